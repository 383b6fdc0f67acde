"""What a run has done, file by file and in sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.graph import Stats
from kg.model import Failure

MOST_OTHERS = 1000  # files of other kinds that are named
KEPT = ("new", "changed", "renamed", "unchanged")  # what becomes of a file that was read


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    `name` is the one by which the store knows it: its place below `folder`, the folder that was given. `size` is in
    bytes, `mtime` in nanoseconds since 1970.
    """

    path: Path
    name: str
    folder: str = ""
    size: int = 0
    mtime: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or one member of an archive.

    `what` is one of `KEPT`, or "failed" for `reason`, "missing" (its file is gone, what it said is kept), "forgotten",
    "moved" (an archive has another name, its members are new under it), "passed over" (a file of another kind in an
    archive; `reason` is its ending), "checked" (the store has been looked at).
    """

    what: str
    name: str
    path: str
    reason: str = ""
    warnings: tuple[str, ...] = ()
    before: str = ""  # the name that a renamed file had


@dataclass(slots=True)
class Account:
    """What a run has done: files by outcome, those that could not be read, the number of those of other kinds by their
    endings; then the store and the index as they are."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)  # the first `MOST_OTHERS` of these files
    warnings: list[tuple[str, str]] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    stats: Stats = field(default_factory=Stats)
    passages: int = 0
    notes: list[str] = field(default_factory=list)
    unindexed: str = ""  # why the index could not be brought up to date
    stopped: bool = False

    @property
    def files(self) -> int:
        """Return how many files were met."""
        return sum(self.outcomes[what] for what in KEPT) + len(self.failures)

    def fail(self, path: Path | str, reason: str) -> None:
        """Note a file that could not be read."""
        self.failures.append(Failure(str(path), reason))

    def pass_over(self, path: str, ending: str) -> None:
        """Note a file of another kind."""
        self.passed_over[ending] += 1
        if len(self.others) < MOST_OTHERS:
            self.others.append(path)

    def count(self, outcome: Outcome) -> None:
        """Note what became of one file."""
        self.warnings += [(outcome.name, warning) for warning in outcome.warnings]
        if outcome.what == "failed":
            self.fail(outcome.path, outcome.reason)
            return
        if outcome.what == "passed over":
            self.pass_over(outcome.path, outcome.reason)
            return
        self.outcomes[outcome.what] += 1
        if outcome.what in {"renamed", "moved"}:
            self.renamed.append((outcome.before, outcome.name))
        elif outcome.what == "missing":
            self.missing.append(outcome.name)
        elif outcome.what == "forgotten":
            self.forgotten.append(outcome.name)
