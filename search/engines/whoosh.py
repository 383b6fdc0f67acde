"""The Whoosh engine: pure Python and complete, for places without a tantivy wheel and for small collections.

Two habits keep it right: a filter is joined to the query with And (Whoosh's own `filter=` counts wrongly), and a search
runs without block quality (`optimize=False`), whose skipping Whoosh takes for certain where it is a guess.
Whoosh's files are pickles: only an index with our stamp is opened, and its schema is never read from the files.
"""

from __future__ import annotations

import pickle
import struct
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from whoosh import fields, index
from whoosh import query as wq
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import LockError

from search.analysis import VietnameseAnalyzer
from search.engines.directory import DirectoryEngine
from search.index import Hit, Hits, SearchPassage, filter_values, from_json, to_json
from search.query import FILTERS, ParsedQuery, filter_query

NOTHING = 1e-12  # the score a filter adds; Whoosh takes 0.0 for "not given" and adds 1
MEMORY = 64  # megabytes of the writer


def build_schema() -> Any:
    """Return the fields, the same as those of tantivy."""
    text = {name: fields.TEXT(analyzer=VietnameseAnalyzer(name), phrase=True) for name in ("exact", "folded")}
    flat = {name: fields.TEXT(analyzer=VietnameseAnalyzer(name), phrase=False) for name in ("bigrams", "number")}
    narrow = {name: fields.KEYWORD(scorable=False) for name in FILTERS if name not in {"document", "source"}}
    whole = {name: fields.ID() for name in ("document", "source")}
    return fields.Schema(body=fields.STORED, **text, **flat, **narrow, **whole)


SCHEMA = build_schema()


class WhooshEngine(DirectoryEngine):
    """One index of Whoosh; see `search.index.Engine`."""

    name = "whoosh"
    broken: ClassVar[tuple[type[Exception], ...]] = (
        *(OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError, EOFError),
        *(struct.error, pickle.UnpicklingError, index.IndexError, LockError),
    )

    def load(self, new: bool) -> None:
        storage = FileStorage(str(self.files))
        if new:
            storage.create_index(SCHEMA)
        self.index = storage.open_index(schema=SCHEMA)
        self.searcher = self.index.searcher()

    def look_again(self) -> None:
        self.searcher.close()
        self.searcher = self.index.searcher()

    def count(self) -> int:
        return int(self.searcher.doc_count())

    def new_writer(self) -> Any:
        return self.index.writer(limitmb=MEMORY)

    def write(self, writer: Any, passage: SearchPassage) -> None:
        writer.add_document(**document(passage))

    def erase(self, writer: Any, source: str) -> None:
        writer.delete_by_term("source", source)

    def publish(self, writer: Any) -> None:
        writer.commit()
        self.writer = None  # Whoosh wants a new one each time

    def drop(self, writer: Any) -> None:
        writer.cancel()

    def close(self) -> None:
        super().close()
        self.searcher.close()

    def search(
        self, query: ParsedQuery, limit: int = 10, offset: int = 0, filters: Mapping[str, Sequence[str]] | None = None
    ) -> Hits:
        asked = query.tree
        narrowed = filter_query(filters)
        if narrowed is not None:
            asked = wq.And([asked, wq.ConstantScoreQuery(narrowed, NOTHING)])
        with self.faults():
            found = self.searcher.search(asked, limit=max(offset + limit, 1), optimize=False)
            hits = [Hit(from_json(hit["body"]), float(hit.score)) for hit in found[offset : offset + limit]]
            return Hits(len(found), tuple(hits))


def document(passage: SearchPassage) -> dict[str, Any]:
    """Return the fields of one passage; the analyzers of the schema cut the text."""
    narrow = {field: " ".join(values) for field, values in filter_values(passage).items() if values}
    text = dict.fromkeys(("exact", "folded", "bigrams", "number"), passage.text)
    return {"body": to_json(passage), **text, **narrow}
