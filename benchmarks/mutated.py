"""Read thousands of damaged and tampered files, in processes that can be stopped, and count what becomes of them.

    python -m benchmarks.mutated [--files N] [--seed N] [--seconds N] [--jobs N] [--keep FOLDER] [--libreoffice]

Every file must be read, or refused with a reason that names it; a process that crashes, hangs beyond `--seconds` or
raises anything else is a fault. Files at fault are left in the folder of `--keep`. Exit code 1 when there was one.
With `--libreoffice` what only LibreOffice reads goes there, a second each, and .doc, .rtf and .pdf files that it wrote
are changed too; where it hangs and is stopped, that is its fault. Else files that need it are refused.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

from psutil import Process

from ingest.pipeline import extract
from ingest.readers.archive import unpack
from ingest.readers.limits import DEFAULT, Limits
from ingest.readers.tools import LIBREOFFICE
from jobs.workers import StoppedError, Workers
from kg.model import ReadError
from tests.mutants import files, mutants
from tests.offices import saved_as

LIMITS = replace(DEFAULT, file=2_000_000, unpacked=4_000_000, memory=400_000_000)
UNDER_WAY = 40


def attempt(path: Path, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    """Return (file, why it was refused, "" where it was read) of a file, or of each file of an archive."""
    try:
        if path.suffix == ".zip":
            return [outcome for member in members(path, limits) for outcome in member]
        return [(str(path), read(path, limits))]
    except ReadError as error:
        return [(str(path), str(error))]


def members(path: Path, limits: Limits) -> Iterator[list[tuple[str, str]]]:
    """Yield what becomes of each file of an archive."""
    into = path.with_suffix(".d")
    into.mkdir()
    for member in unpack(path, into, limits):
        if member.path is None:
            yield [(member.name, f"{member.name} {member.problem}")]
        else:
            yield attempt(member.path, limits)


def read(path: Path, limits: Limits) -> str:
    """Read a file to the last stage, and check that what it says has its place in the source; return ""."""
    found = extract(path, path.name, limits)
    size = len(found.text)
    for mention in found.mentions:
        if not 0 <= mention.start < mention.end <= size:
            raise AssertionError(f"a mention stands at {mention.start} to {mention.end} in a source of {size}")
    found.text.encode()
    return ""


# ---- many -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What became of the files: counts by kind and outcome, reasons, the slowest one, the most memory of a process."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    memory: int = 0
    faults: int = 0

    def judge(self, name: str, future: Future[Tried]) -> str:
        """Count what became of a file; return what is at fault with it, "" for nothing."""
        error = future.exception()
        if isinstance(error, StoppedError) and "crash" not in str(error):
            self.counts[name, "stopped"] += 1
            self.reasons[f"stopped: {error}"] += 1
            return "" if os.environ.get(LIBREOFFICE.setting) is None and needs_office(name) else f"stopped: {error}"
        if error is not None:
            return f"{type(error).__name__}: {error}"
        tried = future.result()
        self.slowest = max(self.slowest, (tried.seconds, name))
        self.memory = max(self.memory, tried.memory)
        return "".join(self.count(name, file, reason) for file, reason in tried.outcomes)

    def count(self, name: str, file: str, reason: str) -> str:
        """Count one file or member; return what is at fault."""
        self.counts[name, "refused" if reason else "read"] += 1
        if reason:
            self.reasons[plain(reason.replace(file, "…"))] += 1
        return f"not named: {reason}" if reason and file not in reason else ""

    def show(self) -> None:
        """Print all."""
        for words, count in self.reasons.most_common():
            print(f"{count:7,}  {words}")
        for name in sorted({name for name, _ in self.counts}):
            print(f"{name:12}", *(f"{self.counts[name, what]:7,} {what}" for what in ("read", "refused", "stopped")))
        print(f"slowest {self.slowest[0]:.1f} s ({self.slowest[1]}), most memory {self.memory / 1e6:,.0f} MB")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a file and those in it; the seconds that took, and the most memory of its process in bytes."""

    outcomes: list[tuple[str, str]]
    seconds: float
    memory: int


def tried(path: Path, limits: Limits) -> Tried:
    """Read a file: what a process is asked."""
    began = perf_counter()
    outcomes = attempt(path, limits)
    return Tried(outcomes, perf_counter() - began, peak())


def peak() -> int:
    """Return the most memory that this process has held so far, in bytes."""
    try:
        import resource
    except ImportError:  # Windows
        return int(Process().memory_info().peak_wset)
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main() -> int:
    """Read what the command line asks for; return the exit code."""
    options = arguments()
    tally = Tally()
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        if options.libreoffice:
            more = written_by_libreoffice(Path(folder))
        else:
            more = {}
            os.environ[LIBREOFFICE.setting] = ""
        for path, outcome in outcomes(Path(folder), options, more):
            if fault := tally.judge(path.name.partition("-")[2], outcome):
                tally.faults += 1
                tally.reasons[f"FAULT {fault}"] += 1
                kept(path, options.keep)
    tally.show()
    print(f"{options.files:,} files in {perf_counter() - began:,.0f} s, {tally.faults:,} at fault")
    return 1 if tally.faults else 0


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--libreoffice", action="store_true")
    return parser.parse_args()


def written_by_libreoffice(folder: Path) -> dict[str, bytes]:
    """Return good files that LibreOffice makes of an OpenDocument text."""
    source = folder / "lo.odt"
    source.write_bytes(files()["a.odt"])
    return {
        made.name: made.read_bytes()
        for form in ("doc", "docx", "rtf", "pdf")
        for made in saved_as(form, [source], folder)
    }


def outcomes(folder: Path, options: argparse.Namespace, more: dict[str, bytes]) -> Iterator[tuple[Path, Future[Tried]]]:
    """Yield each changed file with what became of it."""
    limits = replace(LIMITS, seconds=options.seconds)
    waiting: dict[Future[Tried], Path] = {}
    with Workers(options.jobs, limits, scratch=folder / "scratch") as workers:
        for number, (name, data) in enumerate(mutants(options.seed, options.files, more)):
            path = folder / f"{number}-{name}"
            path.write_bytes(data)
            waiting[workers.submit(tried, path, limits)] = path
            if len(waiting) >= UNDER_WAY:
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    yield waiting.pop(done), done
        for done in wait(waiting).done:
            yield waiting.pop(done), done


def needs_office(name: str) -> bool:
    """Tell whether LibreOffice may have to read a file."""
    return name.endswith((".rtf", ".doc", ".zip"))


def kept(path: Path, folder: Path | None) -> None:
    """Keep a file at fault in `folder`."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder)


def plain(reason: str) -> str:
    """Return a reason without its numbers and parts, so that like ones count together."""
    return re.sub(r"\d[\d,.]*", "N", re.sub(r"\(.*?\)", "(…)", reason))[:150]


if __name__ == "__main__":
    sys.exit(main())
