"""Read files in processes: what one process does with one file, and how many are under way at once."""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Any

from ingest.readers.archive import Member
from ingest.readers.faults import fault, reason_in
from ingest.readers.limits import MEGABYTE, Limits
from jobs.account import File
from jobs.bounds import is_risky
from jobs.discovery import endings
from kg.language import Saying, saying
from kg.model import Extraction, ReadError, ThongsuotError

SETTING = "THONGSUOT_EXECUTOR"  # module:function, given the number of jobs, returns a concurrent.futures executor
PER_JOB = 4  # files under way for each process: none waits for work, and few results wait for the writer
UNDER_WAY = 64 * MEGABYTE  # bytes of files, whatever their number: memory is bounded by this
PATIENCE = 0.5  # seconds after which what was read is handed on, though more is still being read
SMALL_RUN, SMALL_FILE = 40, MEGABYTE  # up to so many texts of that size are read sooner than a process starts


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and the hash of its bytes when it was read before ("" when it was not).

    `other` is a different file that has its name in the store already; `archive` the one that it was unpacked from.
    """

    file: File
    known: str = ""
    other: Path | None = None
    archive: Opened | None = None

    @property
    def shown(self) -> str:
        """Where a person finds the file: its path, or its name after the path of the archive."""
        if self.archive is None:
            return str(self.file.path)
        above = self.archive.job.file
        return f"{above.path}{self.file.name.removeprefix(above.name)}"


@dataclass(slots=True)
class Opened:
    """An archive whose members are being read: how many are still to come, which could not be read, how many could."""

    job: Job
    result: Result
    left: int
    refused: list[tuple[str, str]] = field(default_factory=list)
    well: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A file that was read: the hash of its bytes and its state then, and what it says; nothing if it was `known`.

    Of an archive the `members` come unpacked, and those that are passed over are counted by their endings.
    """

    sha256: str
    size: int
    mtime: int
    read: int  # when reading began, in nanoseconds since 1970
    extraction: Extraction | None = None
    members: tuple[Member, ...] | None = None
    passed_over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """A job that has come to its end: with a result, or with the reason why there is none."""

    job: Job
    result: Result | None = None
    reason: str = ""
    refused: tuple[tuple[str, str], ...] = ()  # names and reasons of the members of an archive that could not be read
    well: int = 0  # how many could


def read_file(path: Path, name: str, known: str, into: Path, limits: Limits) -> Result:
    """Read one file: what a process is asked. An archive is unpacked below the folder `into`.

    Raises ReadError as `ingest.pipeline.extract` does.
    """
    from ingest import pipeline
    from ingest.readers.kinds import kind_of

    began = time.time_ns()
    state = ("", 0, 0, began)
    try:
        status = path.stat()
        digest = hash_of(path) if status.st_size <= limits.file else ""
        state = (digest, status.st_size, status.st_mtime_ns, began)
        if digest and digest == known:
            return Result(*state)
        if digest and is_risky(path) and kind_of(path.read_bytes()) == "zip":
            return unpacked(path, into, state, limits)
    except (OSError, ValueError):
        pass  # it is said below what is wrong
    extraction = pipeline.extract(path, name, limits)
    return Result(*state, extraction)


def unpacked(path: Path, into: Path, state: tuple[str, int, int, int], limits: Limits) -> Result:
    """Return the members of the archive `path`, unpacked into a new folder in `into`."""
    from ingest.readers.archive import unpack

    passed: list[str] = []

    def accept(name: str) -> bool:
        if name.lower().endswith(endings()):
            return True
        passed.append(PurePosixPath(name).suffix.lower())
        return False

    into.mkdir(parents=True, exist_ok=True)
    folder = Path(mkdtemp(dir=into))
    found = tuple(unpack(path, folder, limits, accept))
    return Result(*state, members=found, passed_over=tuple(passed))


def hash_of(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def prepare() -> None:
    """Load what reading needs: a process does so before its time counts."""
    import_module("ingest.pipeline")


# ---- where files are read -------------------------------------------------------------------------------------------

Factory = Callable[[int], Executor]


class InPlace(Executor):
    """Calls at once, in this process: for a few texts, which harm nobody."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return what `fn` gives, already there; Ctrl-C goes through."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def reading_place(
    work: Sequence[Job], jobs: int, limits: Limits, factory: Factory | None
) -> Iterator[tuple[Executor, Path]]:
    """Give the executor in which `work` is read, and a folder for what is unpacked.

    It is what `factory` makes, this process for a few texts, else processes that can be stopped.
    """
    from jobs.scratch import scratch_folder

    factory = factory or factory_setting()
    with scratch_folder() as scratch:
        if factory is not None:
            executor = factory(jobs)
        else:
            executor = InPlace() if harmless(work) else stoppable(min(jobs, len(work)), limits, scratch)
        try:
            yield executor, scratch
        finally:
            executor.shutdown(cancel_futures=True)


def read_apart(path: Path, name: str, limits: Limits) -> Extraction:
    """Return what one file says, read in a process that can be stopped; ReadError as by `ingest.pipeline.extract`."""
    from ingest.pipeline import extract
    from jobs.scratch import scratch_folder

    with scratch_folder() as scratch, stoppable(1, limits, scratch) as executor:
        try:
            said: Extraction = executor.submit(extract, path, name, limits).result()
        except ReadError as error:
            raise fault(path, reason_of(error, path)) from None
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise
    return said


def stoppable(count: int, limits: Limits, scratch: Path) -> Executor:
    """Return `count` processes that can be stopped."""
    from jobs.workers import Workers

    return Workers(count, limits, prepare, scratch=scratch)


def factory_setting() -> Factory | None:
    """Return the factory of executors that the environment names as module:function."""
    setting = os.environ.get(SETTING)
    if not setting:
        return None
    module, _, name = setting.partition(":")
    try:
        factory: Factory = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ReadError(saying("no function", setting=f"{SETTING}={setting}", error=error)) from None
    return factory


def harmless(work: Sequence[Job]) -> bool:
    """Tell whether files are few, small and all of them text, which is read in a time that grows with its length."""
    return len(work) <= SMALL_RUN and not any(job.file.size > SMALL_FILE or is_risky(job.file.path) for job in work)


def default_jobs() -> int:
    """Return how many files are read at once where nobody says: one for each core that we may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux lets a process be kept from some cores
        return os.cpu_count() or 1


# ---- in which order -------------------------------------------------------------------------------------------------


class Flow:
    """Hands files to an executor, a bounded number at once, and their results on as they come."""

    def __init__(self, executor: Executor, work: Iterable[Job], jobs: int, into: Path, limits: Limits) -> None:
        self.executor = executor
        self.most = 1 if isinstance(executor, InPlace) else jobs * PER_JOB
        self.into = into
        self.limits = limits
        self.waiting = deque(work)
        self.under_way: dict[Future[Result], Job] = {}
        self.size = 0

    def run(self) -> Iterator[list[Done]]:
        """Yield what was read as it comes, nothing where nothing came for a while."""
        while self.waiting or self.under_way:
            while self.waiting and (not self.under_way or (len(self.under_way) < self.most and self.size < UNDER_WAY)):
                self.begin(self.waiting.popleft())
            ready, _ = wait(self.under_way, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            yield [done for future in ready for done in self.end(future)]

    def begin(self, job: Job) -> None:
        """Have a file read."""
        asked = (job.file.path, job.file.name, job.known, self.into, self.limits)
        self.under_way[self.executor.submit(read_file, *asked)] = job
        self.size += job.file.size

    def end(self, future: Future[Result]) -> Iterator[Done]:
        """Yield what a future tells; the members of an archive are read next, and it ends when they have ended."""
        job = self.under_way.pop(future)
        self.size -= job.file.size
        done = end_of(future, job)
        if done.result is not None and done.result.members is not None:
            yield from self.open(job, done.result, done.result.members)
            return
        yield done
        if job.archive is not None:
            job.file.path.unlink(missing_ok=True)
            yield from self.member_ended(job.archive, done)

    def open(self, job: Job, result: Result, members: tuple[Member, ...]) -> Iterator[Done]:
        """Put the members of an archive before all other work; yield those that could not be unpacked."""
        opened = Opened(job, result, len(members) + 1)
        for member in reversed(members):
            inner = replace(job.file, path=member.path or job.file.path, name=f"{job.file.name}/{member.name}")
            if member.path is None:
                yield (done := Done(Job(inner, archive=opened), reason=member.problem or saying("not unpacked")))
                yield from self.member_ended(opened, done)
            else:
                size = member.path.stat().st_size
                self.waiting.appendleft(Job(replace(inner, size=size), other=job.other, archive=opened))
        yield from self.ended(opened)

    def member_ended(self, opened: Opened, done: Done) -> Iterator[Done]:
        """Note the end of a member; yield the end of its archive when all its members have ended."""
        if done.result is None:
            opened.refused.append((done.job.file.name, done.reason))
        else:
            opened.well += 1
        yield from self.ended(opened)

    def ended(self, opened: Opened) -> Iterator[Done]:
        """Yield the end of an archive when nothing of it is left."""
        opened.left -= 1
        if opened.left == 0:
            yield Done(opened.job, opened.result, refused=tuple(opened.refused), well=opened.well)


def end_of(future: Future[Result], job: Job) -> Done:
    """Return how a job ended."""
    try:
        return Done(job, future.result())
    except ReadError as error:
        return Done(job, reason=reason_of(error, job.file.path))
    except (BrokenExecutor, CancelledError) as error:
        raise ReadError(saying("reading broke", error=error)) from error
    except ThongsuotError:
        raise  # other files would fare no better
    except Exception as error:  # a fault of ours must not cost the other files
        fault = f"{type(error).__name__}: {error}"
        return Done(job, reason=saying("fault reading", fault=fault))


def reason_of(error: ReadError, path: Path) -> str:
    """Return what `error` says without the path that stands before it anyway."""
    reason = reason_in(error)
    return reason if isinstance(reason, Saying) else reason.removeprefix(str(path)).lstrip(" :") or reason
