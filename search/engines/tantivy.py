"""The tantivy engine, the default: Rust, some hundred times faster than Whoosh, and it opens in a few megabytes.

Text is cut into terms by `search.analysis` and handed over with blanks between; tantivy itself only splits at blanks.
"""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import tantivy
from whoosh import query as wq

from kg.language import saying
from kg.model import StoreError
from search.analysis import terms
from search.engines.directory import DirectoryEngine
from search.index import Hit, Hits, SearchPassage, from_json, to_json
from search.kept import FACETS, facet_values, filter_values, heading_terms, same_text, sort_key, text_with_numbers
from search.query import FILTERS, ParsedQuery
from search.syntax import HalfMarked, Narrowing, Raised

MEMORY = 100_000_000  # bytes that the writer may fill before it puts a part of the index on disk
BLANKS = "blanks"
MOST_VALUES = 10_000  # of one facet
REPORTS = 2**60  # numbers that a source may have
AT_ONCE, MOST_BUCKETS = 40_000, 60_000  # sources that are counted at once: tantivy refuses more than 65,000
MOST_TERMS = 200_000  # of the vocabulary
FOOTER, FOOTER_MARK = struct.Struct("<II"), 1337  # how its files end: JSON with a checksum, its length, a mark
MANY = 16  # terms of one field: more are looked up as a set
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def build_schema() -> Any:
    """Return the fields: positions where phrases are sought, and nothing but the terms in filters."""
    builder = tantivy.SchemaBuilder()
    builder.add_bytes_field("body", stored=True, indexed=False)  # a text field would be one long term besides
    for field in ("exact", "folded", "unit"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="position")
    for field in ("bigrams", "number", "head"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="freq")
    for field in (*FILTERS, "same"):
        if field != "unit":
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in (*FACETS, "source"):
        builder.add_text_field(f"facet_{field}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("report", fast=True, indexed=False)
    builder.add_text_field("order", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = build_schema()


def view_of(files: Path) -> TemporaryDirectory[str]:
    """Return a folder with links to `files`, copies where links are not allowed: tantivy locks even to read."""
    view: TemporaryDirectory[str] = TemporaryDirectory(prefix="thongsuot-", ignore_cleanup_errors=True)
    for file in files.iterdir():
        if file.suffix == ".lock":
            continue
        try:
            Path(view.name, file.name).symlink_to(file.resolve())
        except OSError:
            shutil.copyfile(file, Path(view.name, file.name))
    return view


class TantivyEngine(DirectoryEngine):
    """One index of tantivy; see `search.index.Engine`."""

    name = "tantivy"
    broken: ClassVar[tuple[type[Exception], ...]] = (ValueError, OSError)
    view: TemporaryDirectory[str] | None = None
    pending = False  # whether something was written that is not committed

    def load(self, new: bool) -> None:
        if not new and not tantivy.Index.exists(str(self.files)):
            raise FileNotFoundError(f"{self.files} holds no index")  # tantivy would begin an empty one
        self.index = self.opened(new)
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer(BLANKS, splitter)
        self.index.config_reader("manual")
        self.look_again()

    @staticmethod
    def is_whole(file: Path) -> bool:
        if file.suffix in {".json", ".lock"}:
            return True
        data = file.read_bytes()
        try:
            end = len(data) - FOOTER.size
            length, mark = FOOTER.unpack_from(data, end)
            said = json.loads(data[end - length : end])["crc"]
        except (struct.error, ValueError, KeyError, TypeError):
            return False
        return bool(mark == FOOTER_MARK and said == zlib.crc32(memoryview(data)[: end - length]))

    def opened(self, new: bool) -> Any:
        """Return tantivy's index over `files`, or over a view of them where this user may not write."""
        try:
            return tantivy.Index(SCHEMA, path=str(self.files), reuse=True)
        except ValueError as error:
            if new or "acquire Lockfile" not in str(error):
                raise
        self.view = view_of(self.files)
        return tantivy.Index(SCHEMA, path=self.view.name, reuse=True)

    def close(self) -> None:
        super().close()
        if self.view is not None:
            del self.searcher, self.index  # Windows removes no file that is open
            self.view.cleanup()
            self.view = None

    def look_again(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def count(self) -> int:
        with self.faults():
            return int(self.searcher.num_docs)

    def new_writer(self) -> Any:
        if self.view is not None:
            raise StoreError(saying("index no right", path=self.directory))
        return self.index.writer(MEMORY, 1)

    @staticmethod
    def prepare(passage: SearchPassage) -> dict[str, Any]:
        return document(passage)

    def write(self, writer: Any, fields: dict[str, Any]) -> None:
        self.pending = True
        writer.add_document(tantivy.Document(**fields))

    def erase(self, writer: Any, source: str) -> None:
        self.pending = True
        writer.delete_documents_by_term("source", source)

    def publish(self, writer: Any) -> None:
        writer.commit()
        self.pending = False

    def drop(self, writer: Any) -> None:
        if self.pending:
            writer.rollback()
        writer.wait_merging_threads()  # of what is left to do nothing may go on behind a closed index

    def search(
        self,
        query: ParsedQuery,
        limit: int = 10,
        offset: int = 0,
        filters: Mapping[str, Sequence[str]] | None = None,
        by_date: bool = False,
    ) -> Hits:
        asked = within(query, filters)
        order = {"order_by_field": "order"} if by_date else {}
        with self.faults():
            # it panics on a limit of 0
            found: Any = self.searcher.search(asked, max(limit, 1), count=True, offset=offset, **order)
            hits = [self.hit(address, 0.0 if by_date else score) for score, address in found.hits[:limit]]
        return Hits(found.count, tuple(hits))

    def hit(self, address: Any, score: float) -> Hit:
        """Return what is kept at an address within the index; ValueError where it is not what was written."""
        try:
            passage, same = from_json(self.searcher.doc(address).get_first("body").decode())
        except (TypeError, AttributeError, IndexError) as error:
            raise ValueError(str(error)) from None
        return Hit(passage, score, same)

    def facets(
        self, query: ParsedQuery, fields: Sequence[str], filters: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, dict[str, int]]:
        asked = {field: {"terms": {"field": f"facet_{field}", "size": MOST_VALUES}} for field in fields}
        with self.faults():
            found = self.searcher.aggregate(within(query, filters), asked)
        counts = {field: {row["key"]: row["doc_count"] for row in found[field]["buckets"]} for field in fields}
        return {field: dict(sorted(values.items(), key=lambda v: (-v[1], v[0]))) for field, values in counts.items()}

    def reports(self, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> int:
        asked = within(query, filters)
        with self.faults():
            most = self.searcher.search(asked, 1, count=True).count  # each may be of a report of its own
            about = most if most < AT_ONCE else self.searcher.cardinality(asked, "report")
            step = REPORTS // (1 + int(about) // AT_ONCE)
            return sum(self.reports_from(asked, first, first + step) for first in range(0, REPORTS, step))

    def reports_from(self, asked: Any, first: int, end: int) -> int:
        """Return how many of the sources that answer have a number from `first` up to `end`."""
        part = (Must, tantivy.Query.range_query(SCHEMA, "report", tantivy.FieldType.Integer, first, end, True, False))
        some = asked if end - first == REPORTS else tantivy.Query.boolean_query([(Must, asked), part])
        counts = {"report": {"terms": {"field": "report", "size": MOST_BUCKETS}}}
        return len(self.searcher.aggregate(some, counts)["report"]["buckets"])

    def copies(self, key: str, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> list[str]:
        twin = ParsedQuery("", wq.Term("same", key), conditions=query.conditions)
        return sorted(self.facets(twin, ("source",), filters)["source"])

    def frequency(self, field: str, term: str) -> int:
        with self.faults():
            return int(self.searcher.doc_freq(field, term))

    def vocabulary(self) -> Mapping[str, int]:
        with self.faults():
            return dict(self.searcher.terms_with_prefix("folded", "", limit=MOST_TERMS))


@lru_cache(maxsize=16)
def report_number(source: str) -> int:
    """Return the number that stands for a source where sources are counted."""
    return int.from_bytes(blake2b(source.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % REPORTS


def document(passage: SearchPassage) -> dict[str, Any]:
    """Return the fields of one passage."""
    found = terms(passage.text)
    same = same_text(found.folded)
    narrow = filter_values(passage)
    return {
        "body": to_json(passage, same).encode(),
        "exact": " ".join(found.exact),
        "folded": " ".join(found.folded),
        "bigrams": " ".join(found.bigrams),
        "number": " ".join(terms(text_with_numbers(passage)).number if passage.opens else found.number),
        "head": " ".join(heading_terms(passage)),
        "same": same,
        "report": report_number(passage.source),
        "order": sort_key(passage),
        **narrow,
        "unit": " ".join(narrow["unit"]),
        **{f"facet_{field}": values for field, values in facet_values(passage).items()},
    }


# ---- from Whoosh's tree to tantivy's --------------------------------------------------------------------------------


def within(query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None) -> Any:
    """Return the tantivy query for `query` within its conditions and `filters`."""
    narrowed = query.narrowing(filters)
    conditions = [] if narrowed is None else [(Must, silent(narrowed))]
    return in_one(clauses(query.tree) + conditions)


def silent(tree: Any) -> Any:
    """Return the tantivy query for `tree` that adds nothing to scores."""
    return tantivy.Query.const_score_query(translate(tree), 0.0)


def translate(tree: Any) -> Any:
    """Return the tantivy query that finds what the Whoosh query `tree` finds."""
    return TRANSLATIONS[type(tree)](tree)


def in_one(parts: list[Any]) -> Any:
    """Return the query that joins the clauses `parts`; a single one that must occur stands by itself."""
    return parts[0][1] if len(parts) == 1 and parts[0][0] is Must else tantivy.Query.boolean_query(parts)


def clauses(tree: Any) -> list[Any]:
    """Return what `tree` asks for as clauses of one level: tantivy runs these faster than the same ones nested.

    What Whoosh wraps in Not must not occur. What only raises a passage stands beside what must occur; a choice of which
    one must occur stays one clause, or a passage would be found by any of what raises it.
    """
    kind = type(tree)
    if kind is Raised:
        raising = tree.b.subqueries if type(tree.b) is wq.Or else [tree.b]
        return clauses(tree.a) + [(Should, translate(part)) for part in raising]
    if kind is wq.And or kind is HalfMarked:
        return [
            (MustNot, translate(part.query)) if type(part) is wq.Not else (Must, translate(part))
            for part in tree.subqueries
        ]
    return [(Must, translate(tree))]


def all_parts(tree: Any) -> Any:
    """Return the query for all parts."""
    return in_one(clauses(tree))


def any_part(tree: Any) -> Any:
    """Return the query for at least one part."""
    fields = {part.fieldname if type(part) is wq.Term else "" for part in tree.subqueries}
    if len(tree.subqueries) > MANY and len(fields) == 1 and fields <= {"source", "cites", "year"}:
        return tantivy.Query.term_set_query(SCHEMA, fields.pop(), [part.text for part in tree.subqueries])
    return tantivy.Query.boolean_query([(Should, translate(part)) for part in tree.subqueries])


def one_term(tree: Any) -> Any:
    """Return the query for one term, with its weight."""
    plain = tantivy.Query.term_query(SCHEMA, tree.fieldname, tree.text, "freq")
    return plain if tree.boost == 1.0 else tantivy.Query.boost_query(plain, tree.boost)


def beginning(field: str, text: str) -> Any:
    """Return the query for all terms that begin with `text`."""
    return tantivy.Query.fuzzy_term_query(SCHEMA, field, text, distance=0, transposition_cost_one=False, prefix=True)


TRANSLATIONS: dict[type, Callable[[Any], Any]] = {
    wq.Term: one_term,
    wq.Phrase: lambda tree: tantivy.Query.phrase_query(SCHEMA, tree.fieldname, list(tree.words)),
    wq.Prefix: lambda tree: beginning(tree.fieldname, tree.text),
    wq.FuzzyTerm: lambda tree: tantivy.Query.fuzzy_term_query(
        SCHEMA, tree.fieldname, tree.text, distance=tree.maxdist, transposition_cost_one=False
    ),
    wq.And: all_parts,
    HalfMarked: all_parts,
    Raised: all_parts,
    wq.Not: lambda tree: all_parts(wq.And([wq.Every(), tree])),
    wq.Or: any_part,
    Narrowing: lambda tree: silent(tree.child),
    wq.Every: lambda tree: tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0),
    type(wq.NullQuery): lambda tree: tantivy.Query.empty_query(),
}
