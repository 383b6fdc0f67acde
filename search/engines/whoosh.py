"""The Whoosh engine: pure Python and complete, for places without a tantivy wheel and for small collections.

Two habits keep it right: a filter is joined to the query with And (Whoosh's own `filter=` counts wrongly), and a search
passes over nothing: block quality takes a guess for certain, and matchers that give way to narrower ones (`replace`)
leave passages uncounted that are not among the best.
Whoosh's files are pickles: only an index with our stamp is opened, and its schema is never read from the files.
"""

from __future__ import annotations

import pickle
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from whoosh import analysis, fields, index
from whoosh import query as wq
from whoosh.collectors import TopCollector, UnlimitedCollector
from whoosh.filedb.filestore import FileStorage
from whoosh.writing import LockError

from search.analysis import VietnameseAnalyzer, terms
from search.engines.directory import DirectoryEngine
from search.index import Hit, Hits, SearchPassage, from_json, to_json
from search.kept import facet_values, filter_values, heading_terms, same_text, sort_key, text_with_numbers
from search.query import FILTERS, ParsedQuery
from search.syntax import Narrowing

MEMORY = 64  # megabytes of the writer


def build_schema() -> Any:
    """Return the fields, the same as those of tantivy."""
    text = {name: fields.TEXT(analyzer=VietnameseAnalyzer(name), phrase=True) for name in ("exact", "folded")}
    flat = {name: fields.TEXT(analyzer=VietnameseAnalyzer(name), phrase=False) for name in ("bigrams", "number")}
    flat["head"] = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=False)
    text["unit"] = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=True)
    narrow = {name: fields.KEYWORD(scorable=False) for name in FILTERS if name not in {"document", "source", "unit"}}
    whole = {name: fields.ID() for name in ("document", "source", "same")}
    kept = dict.fromkeys(("body", "order", "facets"), fields.STORED)
    return fields.Schema(**text, **flat, **narrow, **whole, **kept)


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

    @staticmethod
    def prepare(passage: SearchPassage) -> dict[str, Any]:
        return document(passage)

    def write(self, writer: Any, fields: dict[str, Any]) -> None:
        writer.add_document(**fields)

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
        self,
        query: ParsedQuery,
        limit: int = 10,
        offset: int = 0,
        filters: Mapping[str, Sequence[str]] | None = None,
        by_date: bool = False,
    ) -> Hits:
        best = TopCollector(max(offset + limit, 1), usequality=False, replace=0)
        collector = UnlimitedCollector() if by_date else best
        with self.faults():
            self.searcher.search_with_collector(within(query, filters), collector)
            found = collector.results()
            page = sorted(found, key=lambda hit: str(hit["order"]), reverse=True) if by_date else found
            hits = [
                Hit(passage, 0.0 if by_date else float(hit.score), same)
                for hit in page[offset : offset + limit]
                for passage, same in [from_json(hit["body"])]
            ]
            return Hits(len(found), tuple(hits))

    def facets(
        self, query: ParsedQuery, fields: Sequence[str], filters: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, dict[str, int]]:
        counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
        with self.faults():
            for number in self.searcher.docs_for_query(within(query, filters)):
                kept = self.searcher.stored_fields(number)["facets"]
                for field in fields:
                    counts[field].update(kept.get(field, ()))
        return {field: dict(sorted(values.items(), key=lambda v: (-v[1], v[0]))) for field, values in counts.items()}

    def reports(self, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> int:
        return len(self.facets(query, ("source",), filters)["source"])

    def copies(self, key: str, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> list[str]:
        twin = ParsedQuery("", wq.Term("same", key), conditions=query.conditions)
        return sorted(self.facets(twin, ("source",), filters)["source"])

    def frequency(self, field: str, term: str) -> int:
        with self.faults():
            return int(self.searcher.doc_frequency(field, term))

    def vocabulary(self) -> Mapping[str, int]:
        reader = self.searcher.reader()
        with self.faults():
            return {text.decode("utf-8"): int(info.doc_frequency()) for text, info in reader.iter_field("folded")}


def within(query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None) -> Any:
    """Return the query within its conditions and `filters`."""
    narrowed = query.narrowing(filters)
    return query.tree if narrowed is None else wq.And([query.tree, Narrowing(narrowed)])


def document(passage: SearchPassage) -> dict[str, Any]:
    """Return the fields of one passage; the analyzers of the schema cut the text."""
    narrow = {field: " ".join(values) for field, values in filter_values(passage).items() if values}
    text = dict.fromkeys(("exact", "folded", "bigrams"), passage.text) | {"number": text_with_numbers(passage)}
    same = same_text(terms(passage.text).folded)
    kept = {"body": to_json(passage, same), "order": sort_key(passage), "facets": facet_values(passage)}
    return {**kept, **text, **narrow, "head": " ".join(heading_terms(passage)), "same": same}
