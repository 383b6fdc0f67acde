"""The store's file: opening it, and saying in plain words what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg import schema
from kg.model import StoreError, ThongsuotError

FILE = "graph.db"
UNREADABLE = "The store {} may not be read; ask its owner for permission or choose another with --store."


def open_file(directory: Path, write: bool, wait: float) -> sqlite3.Connection:
    """Return a connection to the store in `directory`, made when `write` and not there yet.

    Raises StoreError when there is none to read, when it is damaged, of a newer version, read-only or locked.
    """
    path = directory / FILE
    if write:
        make_directory(directory)
    elif not is_there(path):
        raise StoreError(f"There is no store in {directory}. Make one with: thongsuot ingest PATH")
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
        raise StoreError(UNREADABLE.format(path)) from None


def make_directory(directory: Path) -> None:
    """Make the store's directory."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The directory {directory} cannot be made ({error}); choose another with --store.") from error


def connect(path: Path, write: bool, wait: float) -> sqlite3.Connection:
    """Return a connection to the file, in write-ahead mode so that readers and the writer never wait for each other."""
    opened = connect_to_write if write else connect_to_read
    connection = opened(path, wait)
    connection.row_factory = sqlite3.Row
    return connection


def connect_to_write(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection that may write, whose transactions we begin and end ourselves."""
    return sqlite3.connect(path, timeout=wait, isolation_level=None)


def connect_to_read(path: Path, wait: float) -> sqlite3.Connection:
    """Return a connection that cannot write; on a medium that allows no writing at all, one that takes no locks."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=wait, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
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
        raise StoreError(f"The store {path.parent} is empty. Fill it with: thongsuot ingest PATH")
    if empty:
        create(connection)
    elif application != schema.APPLICATION_ID:
        raise StoreError(
            f"{path} is a database of another program, not a thongsuot store; choose another with --store."
        )
    elif version > schema.VERSION:
        raise StoreError(
            f"{path} was written by a newer thongsuot (form {version}); upgrade with: pip install -U thongsuot"
        )
    elif version < schema.VERSION:
        raise StoreError(f"{path} has an older form ({version}); move it away and run `thongsuot ingest PATH` again.")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as kept survives a power cut
        connection.execute("BEGIN IMMEDIATE")  # tells now, not after minutes of reading, that another writer is at work
        connection.execute("ROLLBACK")


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


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a sentence that names the file and the remedy."""
    try:
        yield
    except ThongsuotError:
        raise
    except sqlite3.Error as error:
        raise StoreError(explanation(path, str(error).lower())) from error


def explanation(path: Path, message: str) -> str:
    """Return the sentence for SQLite's `message` about the file at `path`."""
    if "locked" in message or "busy" in message:
        return f"The store {path.parent} is being written by another thongsuot; wait until it is done and try again."
    if "unable to open" in message and path.is_file() and not os.access(path, os.R_OK):
        return UNREADABLE.format(path)
    if "readonly" in message or "read-only" in message or "unable to open" in message:
        return f"The store {path} cannot be written; get the right to write there or choose another with --store."
    if "disk is full" in message or "full" in message:
        return f"The disk with {path} is full; what was reported as done is kept. Make room and run the command again."
    if "not a database" in message or "malformed" in message or "corrupt" in message or "disk i/o" in message:
        return f"The store {path} is damaged ({message}); move it away and run `thongsuot ingest PATH` again."
    return f"The store {path} could not be used ({message}); move it away and run `thongsuot ingest PATH` again."
