"""Keep in the store what was read, some files in one transaction: only what is kept is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from ingest.readers.archive import Member
from jobs.account import Account, Outcome
from jobs.discovery import ARCHIVE, absolute, is_missing, same_name
from jobs.reading import Done, Job, Result
from kg.files import (
    KeptFile,
    file_at,
    file_called,
    files_with,
    forget_file,
    keep_file,
    keep_refused,
    refused_in,
    sources_of,
)
from kg.language import Saying, saying
from kg.model import Extraction, ThongsuotError
from kg.store import Store

MOST_FILES, MOST_LETTERS, MOST_SECONDS = 400, 4_000_000, 2.0  # of one transaction

Step = Callable[[Outcome], None]


class Keeper:
    """Takes what was read and writes it to the store; counts in `account` and calls `step` for what is kept."""

    def __init__(self, store: Store, account: Account, step: Step) -> None:
        self.store = store
        self.account = account
        self.step = step
        self._waiting: list[Done] = []
        self._kept: deque[Outcome] = deque()  # and not told yet
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
        """Keep all that waits, in one transaction, then tell, first what an earlier call was stopped from telling."""
        waiting, self._waiting, self._letters = self._waiting, [], 0
        if waiting:
            with self.store.batch():
                outcomes = [outcome for done in waiting for outcome in self._outcomes(done)]
            self._kept.extend(outcomes)
        while self._kept:
            self.tell(self._kept.popleft())

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome and show it."""
        self.account.count(outcome)
        self.step(outcome)

    def _outcomes(self, done: Done) -> list[Outcome]:
        """Keep one file; return what became of it, or of the members of an archive."""
        if done.result is None:
            return [failed(done.job, with_older(self.store, done.job.file.name, done.reason))]
        try:
            with self.store.batch():
                return keep(self.store, done, done.result)
        except ThongsuotError:
            raise  # the store is at fault: no other file would fare better
        except Exception as error:  # a fault of ours must not cost the other files
            fault = f"{type(error).__name__}: {error}"
            return [failed(done.job, saying("fault keeping", fault=fault))]


def failed(job: Job, reason: str) -> Outcome:
    """Return the outcome of a file that could not be read."""
    return Outcome("failed", job.file.name, job.shown, reason)


def with_older(store: Store, name: str, reason: str) -> str:
    """Return why a file could not be read; where it was read before, that what it said then still counts."""
    return saying("kept before", reason=reason) if sources_of(store, name) else reason


def keep(store: Store, done: Done, result: Result) -> list[Outcome]:
    """Keep what a file says and the state in which it was read; return the outcomes."""
    job = done.job
    if result.members is not None:
        return keep_archive(store, done, result, result.members)
    if result.extraction is None:
        if job.other is None or is_missing(job.other):  # the same bytes: it was moved
            keep_state(store, job, result, format_before(store, job))
        return unchanged(store, job.file.name, job.shown)
    if job.other is not None:
        return [failed(job, taken(job, job.other))]
    return [keep_said(store, job, result, result.extraction)]


def taken(job: Job, other: Path) -> Saying:
    """Return the words for a file whose name belongs to another one, which may be away."""
    if not is_missing(other):
        return same_name(other)
    whole = job if job.archive is None else job.archive.job
    return saying("name taken by one away", other=other, name=whole.file.name)


def keep_said(store: Store, job: Job, result: Result, said: Extraction) -> Outcome:
    """Keep what a file says."""
    name, warnings, before = job.file.name, said.warnings, ""
    if job.archive is None and file_called(store, name) is None:
        before = moved_from(store, job, result.sha256)
        if before:
            forget_file(store, before)
    what = store.add(said)
    if what == "new" and before:
        what = "renamed"
    elif what == "new" and (twin := same_text(store, name, said.sha256)):
        warnings = (*warnings, saying("same text", other=twin))
    if job.archive is None:
        keep_state(store, job, result, said.format)
    return Outcome(what, name, job.shown, warnings=warnings, before=before)


def keep_archive(store: Store, done: Done, result: Result, members: tuple[Member, ...]) -> list[Outcome]:
    """Keep that an archive was read; what its former members said that it has no more is taken out.

    An archive of which nothing could be read is refused: what it said before is kept. Members that could not be read
    are remembered: they are told again, and the archive is not opened while it is as it was.
    """
    job, name = done.job, done.job.file.name
    passed = [Outcome("passed over", name, job.shown, reason=ending) for ending in result.passed_over]
    if not done.well:
        return [*([] if members else [failed(job, with_older(store, name, saying("archive without files")))]), *passed]
    if job.other is not None:
        return []
    outcomes, before = [], "" if file_called(store, name) else moved_from(store, job, result.sha256)
    if before:
        forget_file(store, before)
        outcomes.append(Outcome("moved", name, job.shown, before=before))
    there = {f"{name}/{member.name}" for member in members}
    for source in sources_of(store, name):
        if source not in there:
            store.remove(source)
            outcomes.append(Outcome("forgotten", source, job.shown))
    keep_state(store, job, result, ARCHIVE)
    keep_refused(store, name, done.refused)
    return outcomes + passed


def keep_state(store: Store, job: Job, result: Result, kind: str) -> None:
    """Keep the state in which a file was read."""
    state = (result.size, result.mtime, result.sha256, kind, result.read)
    keep_file(store, KeptFile(job.file.name, job.file.folder, absolute(job.file.path), *state))


def format_before(store: Store, job: Job) -> str:
    """Return the kind that a file had when it was read."""
    older = file_called(store, job.file.name)
    return older.format if older else ""


def unchanged(store: Store, name: str, shown: str) -> list[Outcome]:
    """Return the outcomes of a file that is as it was: one, or one for each member of an archive."""
    refused = refused_in(store, name)
    said = [Outcome("unchanged", source, shown) for source in sources_of(store, name) if source not in refused]
    for member, reason in refused.items():
        again = with_older(store, member, saying("refused before", reason=reason))
        said.append(Outcome("failed", member, f"{shown}{member.removeprefix(name)}", again))
    return said


def moved_from(store: Store, job: Job, sha256: str) -> str:
    """Return the name under which a file was kept before it was renamed or moved, "" when it is new.

    It is the same file when one lay at this place under another name (a folder above or below it was ingested), or when
    one with these bytes is no more at its place.
    """
    there = file_at(store, absolute(job.file.path))
    if there is not None:
        return there.name
    same = files_with(store, sha256) if sha256 else []
    return next((file.name for file in same if is_missing(file.path)), "")


def same_text(store: Store, name: str, sha256: str) -> str | None:
    """Return the name of another source with the same text, if there is one."""
    query = "SELECT name FROM sources WHERE sha256 = ? AND name <> ? ORDER BY name LIMIT 1"
    row = next(store.rows(query, (sha256, name)), None)
    return row["name"] if row else None
