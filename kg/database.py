"""The store's file: opening it, and saying in plain words what is wrong with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kg import schema
from kg.language import Saying, catalogue, saying, system_words
from kg.model import BusyError, StoreError, ThongsuotError

FILE = "graph.db"
WRITER = "graph.db-writer"  # beside it: which process writes
CACHE = 64_000  # kB of the file that a writer keeps in memory: rows come in order, their keys do not
PAGES = 16_000  # of 4 kB in the write-ahead file before they go into the store: those written often go there once

# What went wrong, by the code that SQLite gives it: its words may hold those of a document.
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
FAULTS = {
    "store not writable": {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM},
    "store full": {sqlite3.SQLITE_FULL},
    "store disk": {sqlite3.SQLITE_IOERR},
    "store damaged": BROKEN,
}
UNDECODABLE = "could not decode"  # what Python says, without a code, of text that is none


def open_file(directory: Path, write: bool, wait: float) -> sqlite3.Connection:
    """Return a connection to the store in `directory`, made when `write` and not there yet.

    Raises StoreError when there is none to read, when it is damaged, of a newer version, read-only or locked.
    """
    path = directory / FILE
    if write:
        make_directory(directory)
    elif not is_there(path):
        raise StoreError(saying("store none", directory=directory))
    with explained(path):
        connection = connect(path, write, wait)
        try:
            check(connection, path, write)
        except BaseException:
            connection.close()
            raise
    return connection


def is_there(path: Path) -> bool:
    """Tell whether the store's file is there; StoreError when its folder may not be read."""
    try:
        return path.is_file()
    except PermissionError:
        raise StoreError(saying("store unreadable", path=path)) from None


def is_store(path: Path) -> bool:
    """Tell whether a file is a store's by its first bytes; they may still lie in the log beside it."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return False
    ours = head[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")
    return head.startswith(b"SQLite format 3\0") and (ours or path.with_name(WRITER).is_file())


def make_directory(directory: Path) -> None:
    """Make the store's directory."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = system_words(error)
        raise StoreError(saying("store folder not made", directory=directory, reason=reason)) from error


def connect(path: Path, write: bool, wait: float) -> sqlite3.Connection:
    """Return a connection to the file, in write-ahead mode so that readers and the writer never wait for each other."""
    opened = connect_to_write if write else connect_to_read
    connection = opened(path, wait)
    connection.row_factory = sqlite3.Row
    return connection


def connect_to_write(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection that may write, whose transactions we begin and end ourselves."""
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    connection.execute(f"PRAGMA cache_size = {-CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES}")
    return connection


def connect_to_read(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection that cannot write; on a medium that allows no writing at all, one that takes no locks."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=wait, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if result_code(error) in BUSY:
            raise
        return sqlite3.connect(f"{address}?immutable=1", uri=True, timeout=wait, isolation_level=None)
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, path: Path, write: bool) -> None:
    """Make the tables in a new file; raise StoreError when the file is not a store of this version."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if empty and not write:
        raise StoreError(saying("store empty", directory=path.parent))
    if empty:
        create(connection)
    elif application != schema.APPLICATION_ID:
        raise StoreError(saying("store of another", path=path))
    elif version > schema.VERSION:
        raise StoreError(saying("store newer", path=path, version=version))
    elif version < schema.VERSION:
        raise StoreError(saying("store older", path=path, version=version))
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as kept survives a power cut
        connection.execute("BEGIN IMMEDIATE")  # tells now, not after minutes of reading, that another writer is at work
        connection.execute(schema.REFUSED)
        connection.execute("COMMIT")


def create(connection: sqlite3.Connection) -> None:
    """Make the tables, all or none."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
            for statement in schema.TABLES.split(";"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def copy_file(connection: sqlite3.Connection, path: Path) -> None:
    """Write the database as it is now into the new file `path`, complete or not at all."""
    if path.exists():
        raise StoreError(saying("copy there", directory=path.parent))
    made = [folder for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        with explained_copy(connection, path):
            check_pages(connection)
            connection.execute("VACUUM INTO ?", (str(draft),))
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        made = []
    except OSError as error:
        raise StoreError(saying("copy not written", path=path.parent, reason=system_words(error))) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()


def check_pages(connection: sqlite3.Connection) -> None:
    """Raise StoreError where the file hangs together no more: SQLite would copy what it can still read of it."""
    said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        message = f"SQLite: {said.splitlines()[-1]}"
        raise StoreError(saying("store damaged", path=file_of(connection), message=message))


def file_of(connection: sqlite3.Connection) -> Path:
    """Return the path of the database."""
    return Path(connection.execute("PRAGMA database_list").fetchone()["file"])


@contextmanager
def explained_copy(connection: sqlite3.Connection, copy: Path) -> Iterator[None]:
    """Turn what SQLite says while it copies into a sentence on the store or, where that can't be written, the copy."""
    try:
        yield
    except sqlite3.Error as error:
        path = file_of(connection)
        code = result_code(error)
        if code == sqlite3.SQLITE_CONSTRAINT:  # rows that were allowed when they were written
            raise StoreError(saying("store damaged", path=path, message=sqlite_words(error))) from error
        raise StoreError(explanation(path if code in BROKEN else copy, error)) from error


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence that names the file and the remedy."""
    try:
        yield
    except ThongsuotError:
        raise
    except sqlite3.Error as error:
        words = explanation(path, error)
        raise (BusyError if words.key.startswith("store busy") else StoreError)(words) from error


def explanation(path: Path, error: sqlite3.Error) -> Saying:
    """Return the sentence for what SQLite says about the file at `path`."""
    code = result_code(error)
    if code == sqlite3.SQLITE_CANTOPEN and path.is_file() and not os.access(path, os.R_OK):
        return saying("store unreadable", path=path)
    if code in BUSY:
        by = writer_named(path)
        return saying("store busy by", path=path.parent, by=by) if by else saying("store busy", path=path.parent)
    key = next((key for key, codes in FAULTS.items() if code in codes), "store unusable")
    return saying(key, path=path, message=sqlite_words(error))


def result_code(error: sqlite3.Error) -> int:
    """Return the code of what went wrong, without its finer shades; 0 where SQLite did not say it."""
    if str(error).lower().startswith(UNDECODABLE):
        return sqlite3.SQLITE_CORRUPT
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def sqlite_words(error: sqlite3.Error) -> object:
    """Return what SQLite says went wrong: a saying for what is common, else its own words but none of a document."""
    code = result_code(error)
    known = f"sqlite {code}" in catalogue("en")
    return saying(f"sqlite {code}") if known else str(error).partition(" with text ")[0]


def note_writer(path: Path, since: datetime) -> None:
    """Write beside the store which process writes to it, for another one that waits in vain."""
    import platform

    who = {"process": os.getpid(), "host": platform.node(), "since": since.isoformat(" ", "minutes")}
    with suppress(OSError):  # only words are lost
        path.with_name(WRITER).write_text(json.dumps(who), encoding="utf-8")


def writer_named(path: Path) -> Saying | None:
    """Return which process has written to the store last, as "process 12 on PC-3 since ...", None when unknown."""
    try:
        who = json.loads(path.with_name(WRITER).read_text(encoding="utf-8"))
        return saying("store writer", process=str(who["process"]), host=who["host"], since=who["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
