"""Bring files into the store, and the store into the search index: where reading, keeping and searching meet.

Files are read in processes and kept by one writer, some in each transaction, so a run that ends early has lost nothing
of what it reported, and the next run goes on where it stopped: a file of the same size and date is not opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from ingest.readers.limits import DEFAULT, Limits
from jobs.account import Account, File, Outcome
from jobs.discovery import absolute, find_files, folder_key, is_gone, is_missing, same_file
from jobs.indexing import begin_index, build, current_index, drop_indexes, index_directory
from jobs.keeping import Keeper, Step, unchanged
from jobs.reading import Factory, Flow, Job, default_jobs, reading_place
from jobs.stopping import stopping
from kg.database import FILE, is_there
from kg.files import KeptFile, file_at, file_called, files_of, forget_file, refused_in, sources_of
from kg.graph import stats
from kg.language import saying
from kg.model import BusyError, QueryError, StoreError
from kg.store import Store
from search import engine

RACY = 2_000_000_000  # nanoseconds: the coarsest clock of a file system (FAT)
MANY = 500  # files that are forgotten in one transaction
INDEX_WAIT = 60.0  # seconds for which a run waits for another one that builds the index

Progress = Callable[[int], AbstractContextManager[Step]]


@dataclass(frozen=True, slots=True)
class Options:
    """How a run goes: how many files are read at once (None: one for each core), and in which executor.

    With `check_content` files of the same size and date are read too; with `forget_missing` what files said that are
    gone is taken out of the store.
    """

    jobs: int | None = None
    executor: Factory | None = None
    check_content: bool = False
    forget_missing: bool = False
    limits: Limits = DEFAULT


def gather(directory: Path, paths: Sequence[Path], progress: Progress, options: Options | None = None) -> Account:
    """Read the files below `paths` into the store in `directory` and bring the search index up to date.

    `progress` is told how many files there are, and gives what is called with the outcome of each. Ctrl-C ends the run:
    what was read is kept, and the account says that it was `stopped`.
    """
    account, options = Account(), options or Options()
    files = find_files(paths, account)
    if not files and not is_there(directory / FILE):
        return account  # nothing to keep: make no store
    with stopping(), writable(directory) as store:
        begin_index(store)
        try:
            with progress(len(files)) as step:
                read_into(store, files, Keeper(store, account, step), options)
                look_for_missing(store, paths, files, Keeper(store, account, step), options)
            index_now(store, account)
        except KeyboardInterrupt:
            account.stopped = True
        account.stats = stats(store)
    return account


def index_now(store: Store, account: Account) -> None:
    """Bring the index up to date; where that fails the account says why, and what was read is kept all the same."""
    latest = monotonic() + INDEX_WAIT
    while True:
        try:
            with current_index(store) as (index, notes):
                account.passages = index.count()
                account.notes += notes
            return
        except BusyError as error:
            if monotonic() > latest:
                account.notes.append(saying("index later", error=error.args[0]))
                return
            sleep(0.2)
        except StoreError as error:
            account.unindexed = saying("index later", error=error.args[0])
            return


def read_into(store: Store, files: Sequence[File], keeper: Keeper, options: Options) -> None:
    """Read what is new or has changed among `files` into the store."""
    work = [job for file in files if (job := job_for(store, file, keeper, options.check_content)) is not None]
    if not work:
        return
    jobs = options.jobs or default_jobs()
    try:
        with reading_place(work, jobs, options.limits, options.executor) as (executor, scratch):
            for some in Flow(executor, work, jobs, scratch, options.limits).run():
                keeper.take(some)
    finally:  # stopped or not: what was read is kept
        keeper.write()


def job_for(store: Store, file: File, keeper: Keeper, check_content: bool) -> Job | None:
    """Return what is to be done for a file; None, counted and told, where it is as it was.

    A file that was changed as it was read, or shortly before, may have been changed again without a later date. What
    a file of another folder said is never replaced: not when that file is there, nor when it is away.
    """
    file, known = as_known(store, file)
    if known is None:
        return Job(file)
    if known.folder != file.folder and not same_file(known.path, file.path):
        return Job(file, known.sha256, known.path)
    same = (known.size, known.mtime) == (file.size, file.mtime) and known.read - known.mtime > RACY
    if not same or check_content or known.folder != file.folder:
        again = check_content and refused_in(store, file.name)
        return Job(file, "" if again else known.sha256)
    for outcome in unchanged(store, file.name, str(file.path)):
        keeper.tell(outcome)
    return None


def as_known(store: Store, file: File) -> tuple[File, KeptFile | None]:
    """Return a file by the name that it has in the store, and what is kept of it.

    What was read from a folder above keeps its name when a folder below is ingested by itself.
    """
    known = file_called(store, file.name)
    if known is not None and known.folder == file.folder:
        return file, known
    there = file_at(store, absolute(file.path))
    if there is not None and len(there.folder) < len(file.folder):
        return replace(file, name=there.name, folder=there.folder), there
    return file, known


def look_for_missing(
    store: Store, paths: Sequence[Path], files: Sequence[File], keeper: Keeper, options: Options
) -> None:
    """Tell of what was read from the folders `paths` and is there no more; forget it where that is wanted."""
    met = {file.name for file in files}
    tops = {folder_key(path) for path in paths if path.is_dir()}
    connected = {file.folder for file in files}  # folders with files in them are no drives that are away
    gone = [
        file
        for top in sorted(tops)
        for file in files_of(store, top)
        if file.name not in met and (is_missing(file.path) if top in connected else is_gone(file.path, file.name))
    ]
    for first in range(0, len(gone), MANY):
        some = gone[first : first + MANY]
        if options.forget_missing:
            with store.batch():
                for file in some:
                    forget_file(store, file.name)
        for file in some:
            keeper.tell(Outcome("forgotten" if options.forget_missing else "missing", file.name, str(file.path)))


def forget(directory: Path, name: str) -> None:
    """Take the source `name`, or all members of the archive `name`, out of store and index; QueryError when unknown."""
    with Store.open(directory):
        pass  # a store that is not there is not made
    with writable(directory) as store:
        if not sources_of(store, name):
            raise QueryError(saying("no file called", name=name))
        with store.batch():
            forget_file(store, name)
        with current_index(store):
            pass


def rebuild_index(directory: Path, name: str | None = None) -> tuple[int, str]:
    """Build the index of the engine called `name` anew from the store; return the number of passages, and a note."""
    with Store.open(directory) as store:
        kind, note = engine(name)
        return build(store, kind, index_directory(store, kind)), note


def writable(directory: Path) -> Store:
    """Return the store in `directory`, opened to write; the index that a store which is gone has left goes too."""
    if not is_there(directory / FILE):
        drop_indexes(directory)
    return Store.open(directory, write=True)
