"""Keep in the store what was read, some files in one transaction: only what is kept is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from jobs.account import Account, Outcome
from jobs.discovery import absolute, is_gone, same_name
from jobs.reading import Done, Job, Result
from kg.files import KeptFile, file_at, file_called, files_with, forget_file, keep_file
from kg.model import ThongsuotError
from kg.store import Store

MOST_FILES, MOST_LETTERS, MOST_SECONDS = 100, 4_000_000, 2.0  # of one transaction

Step = Callable[[Outcome], None]


class Keeper:
    """Takes what was read and writes it to the store; counts in `account` and calls `step` for what is kept."""

    def __init__(self, store: Store, account: Account, step: Step) -> None:
        self.store = store
        self.account = account
        self.step = step
        self._waiting: list[Done] = []
        self._letters = 0
        self._since = monotonic()

    def take(self, some: Iterable[Done]) -> None:
        """Keep `some` files, now or soon."""
        for done in some:
            if not self._waiting:
                self._since = monotonic()
            self._waiting.append(done)
            if done.result and done.result.extraction:
                self._letters += len(done.result.extraction.text)
        late = monotonic() - self._since > MOST_SECONDS
        if late or len(self._waiting) >= MOST_FILES or self._letters >= MOST_LETTERS:
            self.write()

    def write(self) -> None:
        """Keep all that waits, in one transaction, then tell."""
        waiting, self._waiting, self._letters = self._waiting, [], 0
        if not waiting:
            return
        with self.store.batch():
            outcomes = [self._outcome(done) for done in waiting]
        for outcome in outcomes:
            self.tell(outcome)

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome and show it."""
        self.account.count(outcome)
        self.step(outcome)

    def _outcome(self, done: Done) -> Outcome:
        """Keep one file; return what became of it."""
        if done.result is None:
            return failed(done.job, self._with_older(done))
        try:
            with self.store.batch():
                return keep(self.store, done.job, done.result)
        except ThongsuotError:
            raise  # the store is at fault: no other file would fare better
        except Exception as error:  # a fault of ours must not cost the other files
            fault = f"{type(error).__name__}: {error}"
            return failed(done.job, f"could not be kept, by a fault of thongsuot ({fault}): report it, please")

    def _with_older(self, done: Done) -> str:
        """Return why a file could not be read; where it was read before, that what it said then still counts."""
        older = file_called(self.store, done.job.file.name)
        return f"{done.reason} (What it said before is kept.)" if older else done.reason


def failed(job: Job, reason: str) -> Outcome:
    """Return the outcome of a file that could not be read."""
    return Outcome("failed", job.file.name, str(job.file.path), reason)


def keep(store: Store, job: Job, result: Result) -> Outcome:
    """Keep what a file says and the state in which it was read."""
    file, said = job.file, result.extraction
    if job.other is not None:
        return failed(job, same_name(job.other)) if said else Outcome("unchanged", file.name, str(file.path))
    what, before = "unchanged", ""
    warnings: tuple[str, ...] = ()
    older = file_called(store, file.name)
    if said is not None:
        before = "" if older else moved_from(store, file.name, file.path, result.sha256)
        if before:
            forget_file(store, before)
        what, warnings = store.add(said), said.warnings
        if what == "new" and before:
            what = "renamed"
        elif what == "new" and (twin := same_text(store, file.name, said.sha256)):
            warnings = (*warnings, f"has the same text as {twin}: a copy of it.")
    kind = said.format if said else older.format if older else ""
    state = (result.size, result.mtime, result.sha256, kind, result.read)
    keep_file(store, KeptFile(file.name, file.folder, absolute(file.path), *state))
    return Outcome(what, file.name, str(file.path), warnings=warnings, before=before)


def moved_from(store: Store, name: str, path: Path, sha256: str) -> str:
    """Return the name under which a file was kept before it was renamed or moved, "" when it is new.

    It is the same file when one lay at this place under another name (a folder above or below it was ingested), or when
    one with these bytes is gone from its place.
    """
    there = file_at(store, absolute(path))
    if there is not None:
        return there.name
    same = files_with(store, sha256) if sha256 else []
    return next((file.name for file in same if is_gone(file.path, file.name)), "")


def same_text(store: Store, name: str, sha256: str) -> str | None:
    """Return the name of another source with the same text, if there is one."""
    query = "SELECT name FROM sources WHERE sha256 = ? AND name <> ? ORDER BY name LIMIT 1"
    row = next(store.rows(query, (sha256, name)), None)
    return row["name"] if row else None
