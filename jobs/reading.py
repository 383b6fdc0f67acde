"""Read files in processes: what one process does with one file, and how many are under way at once."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ingest.readers.limits import MEGABYTE, Limits
from jobs.account import File
from kg.model import Extraction, ReadError, ThongsuotError

SETTING = "THONGSUOT_EXECUTOR"  # module:function, given the number of jobs, returns a concurrent.futures executor
PER_JOB = 4  # files under way for each process: none waits for work, and few results wait for the writer
UNDER_WAY = 64 * MEGABYTE  # bytes of files, whatever their number: memory is bounded by this
PATIENCE = 0.5  # seconds after which what was read is handed on, though more is still being read
SMALL_RUN, SMALL_FILE = 40, MEGABYTE  # up to so many texts of that size are read sooner than a process starts


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read, and the hash of its bytes when it was read before ("" when it was not).

    `other` is a different file that has its name in the store already.
    """

    file: File
    known: str = ""
    other: Path | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A file that was read: its bytes' hash and its state then, and what it says; no extraction if it was `known`."""

    sha256: str
    size: int
    mtime: int
    read: int  # when reading began, in nanoseconds since 1970
    extraction: Extraction | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A job that has come to its end: with a result, or with the reason why there is none."""

    job: Job
    result: Result | None = None
    reason: str = ""


def read_file(path: Path, name: str, known: str, limits: Limits) -> Result:
    """Read one file: what a process is asked. ReadError as by `ingest.pipeline.extract`."""
    from ingest import pipeline

    began = time.time_ns()
    try:
        status = path.stat()
        digest = hash_of(path) if status.st_size <= limits.file else ""
    except (OSError, ValueError):
        pipeline.extract(path, name, limits)  # says what is wrong
        raise
    if digest and digest == known:
        return Result(digest, status.st_size, status.st_mtime_ns, began)
    extraction = pipeline.extract(path, name, limits)
    return Result(digest, status.st_size, status.st_mtime_ns, began, extraction)


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
def reading_place(work: Sequence[Job], jobs: int, limits: Limits, factory: Factory | None) -> Iterator[Executor]:
    """Give the executor in which `work` is read: what `factory` makes, this process for a few texts, else processes."""
    factory = factory or factory_setting()
    if factory is not None:
        executor = factory(jobs)
    elif harmless(work):
        executor = InPlace()
    else:
        with stoppable(min(jobs, len(work)), limits) as executor:
            yield executor
        return
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def stoppable(count: int, limits: Limits) -> Iterator[Executor]:
    """Give `count` processes that can be stopped, and end them afterwards."""
    from jobs.scratch import scratch_folder
    from jobs.workers import Workers

    with scratch_folder() as scratch:
        workers = Workers(count, limits, prepare, scratch=scratch)
        try:
            yield workers
        finally:
            workers.shutdown(cancel_futures=True)


def factory_setting() -> Factory | None:
    """Return the factory of executors that the environment names as module:function."""
    setting = os.environ.get(SETTING)
    if not setting:
        return None
    module, _, name = setting.partition(":")
    try:
        factory: Factory = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ReadError(f"{SETTING}={setting} names no function ({error}): write module:function.") from None
    return factory


def harmless(work: Sequence[Job]) -> bool:
    """Tell whether files are few, small and all of them text, which is read in a time that grows with its length."""
    return len(work) <= SMALL_RUN and not any(job.file.size > SMALL_FILE or is_risky(job.file.path) for job in work)


def is_risky(path: Path) -> bool:
    """Tell whether a file is anything but text, and needs a library or program that may hang or crash over it."""
    from ingest.readers.kinds import kind_of

    try:
        with path.open("rb") as file:
            return kind_of(file.read(4096)) != "text"
    except (OSError, ValueError):
        return False  # reading it will say so


def default_jobs() -> int:
    """Return how many files are read at once where nobody says: one for each core that we may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # only Linux lets a process be kept from some cores
        return os.cpu_count() or 1


# ---- in which order -------------------------------------------------------------------------------------------------


def read_all(executor: Executor, work: Sequence[Job], jobs: int, limits: Limits) -> Iterator[list[Done]]:
    """Yield what was read as it comes, nothing where nothing came for a while: a bounded number is under way."""
    most = 1 if isinstance(executor, InPlace) else jobs * PER_JOB
    under_way: dict[Future[Result], Job] = {}
    size, place = 0, 0
    while place < len(work) or under_way:
        while place < len(work) and (not under_way or (len(under_way) < most and size < UNDER_WAY)):
            job = work[place]
            under_way[executor.submit(read_file, job.file.path, job.file.name, job.known, limits)] = job
            size, place = size + job.file.size, place + 1
        ready, _ = wait(under_way, timeout=PATIENCE, return_when=FIRST_COMPLETED)
        finished = [(future, under_way.pop(future)) for future in ready]
        size -= sum(job.file.size for _, job in finished)
        yield [end_of(future, job) for future, job in finished]


def end_of(future: Future[Result], job: Job) -> Done:
    """Return how a job ended."""
    try:
        return Done(job, future.result())
    except ReadError as error:
        return Done(job, reason=reason_of(error, job.file.path))
    except (BrokenExecutor, CancelledError) as error:
        raise ReadError(f"Reading in processes broke down ({error}); run the command again.") from error
    except ThongsuotError:
        raise  # other files would fare no better
    except Exception as error:  # a fault of ours must not cost the other files
        fault = f"{type(error).__name__}: {error}"
        return Done(job, reason=f"could not be understood, by a fault of thongsuot ({fault}): report it, please")


def reason_of(error: ReadError, path: Path) -> str:
    """Return what `error` says without the path that stands before it anyway."""
    message = str(error)
    return message.removeprefix(str(path)).lstrip(" :") or message
