"""One SQLite file that keeps what was read: add, replace, remove, look up.

    with Store.open(Path("thongsuot-store"), write=True) as store:
        store.add(extraction)

Statements are kept as their sources make them; which statements speak of one document is derived from them by
`kg.identity` (kept up by `kg.settle`) in the same transaction, only for the numbers that changed. One writer at a time,
any number of readers, which see whole documents only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from kg import writing
from kg.database import FILE, copy_file, explained, note_writer, open_file
from kg.language import saying
from kg.model import (
    Document,
    Edge,
    Evidence,
    Extraction,
    Header,
    Passage,
    StoreError,
    Unit,
)
from kg.settle import Settlement

WAIT = 10.0  # seconds that a second writer waits for the first


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name below the ingested folder, its text's hash, and the document that it is.

    `format` is the kind of file, `recognised` tells that its words were read off a picture (OCR).
    """

    name: str
    sha256: str
    kind: str
    header: Header
    document: str
    warnings: tuple[str, ...] = ()
    format: str = "text"
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class UnitAction:
    """What a unit did with a document, by their ids, and the sentence that says so."""

    unit: str
    action: str
    document: str
    evidence: Evidence


class Store:
    """The statements of all sources, and the documents and units that follow from them."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
        self.path = path
        self.write = write
        self._db = connection
        self._depth = 0
        self._since = datetime.now()
        self._settlement = Settlement(connection)

    # ---- opening and closing ----------------------------------------------------------------------------------------

    @classmethod
    def open(cls, directory: Path, *, write: bool = False, wait: float = WAIT) -> Store:
        """Return the store in `directory`, made when `write` and not there yet.

        A writer waits `wait` seconds for another one.

        Raises StoreError when there is none to read, when it is damaged, of a newer version, read-only or locked.
        """
        connection = open_file(Path(directory), write, wait)
        return cls(connection, Path(directory) / FILE, write=write)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def copy_to(self, directory: Path) -> None:
        """Write the store as it is now into another directory, whatever a writer does meanwhile.

        Raises StoreError where there is a store already, or the copy can't be written.
        """
        copy_file(self._db, Path(directory) / FILE)

    # ---- transactions -----------------------------------------------------------------------------------------------

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep all changes inside together: all are kept, or none when an error ends the block.

        What statements mean is decided at the end, once for all: inside, documents are as they were before.
        """
        self._must_write()
        with explained(self.path):
            if self._depth == 0:
                self._settlement = Settlement(self._db)
                self._db.execute("BEGIN IMMEDIATE")
                note_writer(self.path, self._since)
            self._db.execute(f"SAVEPOINT level{self._depth}")
            self._depth += 1
            try:
                yield
                if self._depth == 1:
                    self._settlement.settle()
            except BaseException:
                self._depth -= 1
                self._settlement.undone()
                self._undo(f"level{self._depth}")
                raise
            self._depth -= 1
            self._db.execute(f"RELEASE level{self._depth}")
            if self._depth == 0:
                self._commit()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all questions inside see the store as it is now, whatever a writer does meanwhile."""
        if self._db.in_transaction:
            yield
            return
        with explained(self.path):
            self._db.execute("BEGIN")
            try:
                yield
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _undo(self, savepoint: str) -> None:
        if self._db.in_transaction:  # a full disk has rolled all back already
            if self._depth == 0:
                self._db.execute("ROLLBACK")
            else:
                self._db.execute(f"ROLLBACK TO {savepoint}")
                self._db.execute(f"RELEASE {savepoint}")

    def _commit(self) -> None:
        try:
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _must_write(self) -> None:
        if not self.write:
            raise StoreError(saying("opened to read", path=self.path.parent))

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of an SQL query: how the other modules of `kg` read the store."""
        with explained(self.path):
            yield from self._db.execute(query, parameters)

    def table(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of an SQL query as plain tuples, in half the time of `rows`: for thousands that are short."""
        with explained(self.path):
            cursor = self._db.cursor()
            cursor.row_factory = None
            return cursor.execute(query, parameters).fetchall()

    def change(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Run an SQL statement that changes the store, inside a batch: how the other modules of `kg` write."""
        self._must_write()
        with explained(self.path):
            self._db.execute(statement, parameters)

    # ---- sources ----------------------------------------------------------------------------------------------------

    def add(self, extraction: Extraction) -> str:
        """Keep what one file says; return "new", "changed" (its older statements are replaced) or "unchanged"."""
        self._must_write()
        if self.holds(extraction.name, extraction.sha256):
            return "unchanged"
        with self.batch():
            # asked again: another writer may have been quicker
            if self.holds(extraction.name, extraction.sha256):
                return "unchanged"
            known = writing.delete_source(self._db, extraction.name, self._settlement)
            writing.insert_source(self._db, extraction, self._settlement, self._rise())
        return "changed" if known else "new"

    def remove(self, name: str) -> bool:
        """Forget all that only the source `name` says; tell whether it was known."""
        with self.batch():
            known = writing.delete_source(self._db, name, self._settlement)
            if known:
                generation = self._rise()
                self._db.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (name, generation))
                # Or the next run would take the file, or the archive that it lies in, for known.
                names = [
                    (name[:end],) for end in range(len(name) + 1) if name[end:].startswith("/") or end == len(name)
                ]
                self._db.executemany("DELETE FROM files WHERE name = ?", names)
        return known

    def holds(self, name: str, sha256: str) -> bool:
        """Tell whether the source `name` is kept with exactly this content."""
        query = "SELECT 1 FROM sources WHERE name = ? AND sha256 = ?"
        return next(self.rows(query, (name, sha256)), None) is not None

    def sources(self) -> Iterator[Source]:
        """Yield the sources in the order of their names."""
        query = """SELECT s.*, c.document FROM sources s LEFT JOIN claims c ON c.source = s.id AND c.local = 'self'
                   ORDER BY s.name"""
        yield from map(source_of, self.rows(query))

    def source(self, name: str) -> Source | None:
        """Return the source `name`, None when it is unknown."""
        query = """SELECT s.*, c.document FROM sources s LEFT JOIN claims c ON c.source = s.id AND c.local = 'self'
                   WHERE s.name = ?"""
        row = next(self.rows(query, (name,)), None)
        return source_of(row) if row else None

    def source_text(self, name: str) -> str:
        """Return the text of the source `name`, in which all offsets count; StoreError when it is unknown."""
        row = next(self.rows("SELECT text FROM sources WHERE name = ?", (name,)), None)
        if row is None:
            raise StoreError(saying("no such source", name=name))
        return str(row["text"])

    def passages(self, names: Sequence[str] | None = None) -> Iterator[tuple[str, Passage]]:
        """Yield (source name, passage) in reading order, of all sources or of `names`."""
        if names is None:
            names = [row["name"] for row in self.rows("SELECT name FROM sources ORDER BY name")]
        for name in names:
            for source in self.rows("SELECT id, text FROM sources WHERE name = ?", (name,)):
                rows = self.rows("SELECT * FROM passages WHERE source = ? ORDER BY rowid", (source["id"],))
                yield from ((name, passage_of(row, source["text"])) for row in rows)

    @property
    def generation(self) -> int:
        """A count that rises with each change of the sources."""
        return int(next(self.rows("SELECT value FROM meta WHERE key = 'generation'"))["value"])

    def changes_since(self, generation: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the names of the sources added or changed since `generation`, and of those removed."""
        changed = "SELECT name FROM sources WHERE generation > ? ORDER BY name"
        removed = "SELECT name FROM removed WHERE generation > ? ORDER BY name"
        with self.snapshot():
            return (
                tuple(row["name"] for row in self.rows(changed, (generation,))),
                tuple(row["name"] for row in self.rows(removed, (generation,))),
            )

    # ---- conclusions (made in kg.facts, kg.units) --------------------------------------------------------------------

    def document(self, document_id: str) -> Document | None:
        """Return the document with this id, by all that is said of it, None when there is none."""
        from kg import facts

        return facts.document(self, document_id)

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order of their ids."""
        from kg import facts

        for row in self.rows("SELECT id FROM documents ORDER BY id"):
            found = facts.document(self, row["id"])
            if found is not None:
                yield found

    def unit(self, unit: str) -> Unit | None:
        """Return the unit with this id, None when there is none."""
        from kg import units

        return units.unit(self, unit)

    def units(self) -> Iterator[Unit]:
        """Yield all units in the order of their ids."""
        from kg import units

        for row in self.rows("SELECT id FROM units ORDER BY id"):
            found = units.unit(self, row["id"])
            if found is not None:
                yield found

    def edges(self) -> Iterator[Edge]:
        """Yield all stated relations between documents."""
        from kg import facts

        return facts.edges(self)

    def unit_actions(self) -> Iterator[UnitAction]:
        """Yield what the sources say that units did."""
        from kg import facts

        return facts.unit_actions(self)

    def export(self) -> dict[str, Any]:
        """Return the whole store as one object, in the form of `thongsuot export --format json`."""
        from kg.export import export

        return export(self)

    def _rise(self) -> int:
        self._db.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        return self.generation


def source_count(store: Store) -> int:
    """Return how many files the store keeps."""
    return int(next(store.rows("SELECT count(*) FROM sources"))[0])


# ---- rows to records ------------------------------------------------------------------------------------------------


def source_of(row: sqlite3.Row) -> Source:
    """Return the source that a row of `sources` keeps."""
    stored: dict[str, Any] = json.loads(row["header"])
    header: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    warnings = tuple(json.loads(row["warnings"]))
    return Source(
        *(row["name"], row["sha256"], row["kind"], Header(**header), row["document"] or "", warnings),
        *(row["format"], bool(row["recognised"])),
    )


def passage_of(row: sqlite3.Row, text: str) -> Passage:
    """Return the passage that a row of `passages` keeps, of a source with this text."""
    start, end = row["start"], row["end"]
    words = text[start:end] if row["text"] is None else row["text"]
    return Passage(tuple(json.loads(row["section"])), row["kind"], words, start, end)
