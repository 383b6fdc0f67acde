"""The tantivy engine, the default: Rust, some hundred times faster than Whoosh, and it opens in a few megabytes.

Text is cut into terms by `search.analysis` and handed over with blanks between; tantivy itself only splits at blanks.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import tantivy
from whoosh import query as wq

from kg.model import StoreError
from search.analysis import terms
from search.engines.directory import DirectoryEngine
from search.index import Hit, Hits, SearchPassage, from_json, to_json
from search.kept import FACETS, facet_values, filter_values, heading_terms, same_text, sort_key
from search.query import FILTERS, ParsedQuery
from search.syntax import Narrowing

MEMORY = 60_000_000  # bytes that the writer may fill before it puts a part of the index on disk
BLANKS = "blanks"
MOST_VALUES = 10_000  # of one facet
MOST_TERMS = 200_000  # of the vocabulary
MANY = 16  # terms of one field: more are looked up as a set
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def build_schema() -> Any:
    """Return the fields: positions where phrases are sought, and nothing but the terms in filters."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("exact", "folded", "unit"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="position")
    for field in ("bigrams", "number", "head"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="freq")
    for field in (*FILTERS, "same"):
        if field != "unit":
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in (*FACETS, "source"):
        builder.add_text_field(f"facet_{field}", fast=True, tokenizer_name="raw", index_option="basic")
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

    def load(self, new: bool) -> None:
        if not new and not tantivy.Index.exists(str(self.files)):
            raise FileNotFoundError(f"{self.files} holds no index")  # tantivy would begin an empty one
        self.index = self.opened(new)
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer(BLANKS, splitter)
        self.index.config_reader("manual")
        self.look_again()

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
        return int(self.searcher.num_docs)

    def new_writer(self) -> Any:
        if self.view is not None:
            raise StoreError(
                f"The search index in {self.directory} can't be written: you have no right to write there."
            )
        return self.index.writer(MEMORY, 1)

    def write(self, writer: Any, passage: SearchPassage) -> None:
        writer.add_document(tantivy.Document(**document(passage)))

    def erase(self, writer: Any, source: str) -> None:
        writer.delete_documents_by_term("source", source)

    def publish(self, writer: Any) -> None:
        writer.commit()

    def drop(self, writer: Any) -> None:
        writer.rollback()

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
            bodies = [(score, self.searcher.doc(address)) for score, address in found.hits[:limit]]
        hits = (Hit(from_json(str(body.get_first("body"))), 0.0 if by_date else float(score)) for score, body in bodies)
        return Hits(found.count, tuple(hits))

    def facets(
        self, query: ParsedQuery, fields: Sequence[str], filters: Mapping[str, Sequence[str]] | None = None
    ) -> dict[str, dict[str, int]]:
        asked = {field: {"terms": {"field": f"facet_{field}", "size": MOST_VALUES}} for field in fields}
        with self.faults():
            found = self.searcher.aggregate(within(query, filters), asked)
        counts = {field: {row["key"]: row["doc_count"] for row in found[field]["buckets"]} for field in fields}
        return {field: dict(sorted(values.items(), key=lambda v: (-v[1], v[0]))) for field, values in counts.items()}

    def copies(self, key: str, query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None = None) -> list[str]:
        twin = ParsedQuery("", wq.Term("same", key), conditions=query.conditions)
        return sorted(self.facets(twin, ("source",), filters)["source"])

    def frequency(self, field: str, term: str) -> int:
        return int(self.searcher.doc_freq(field, term))

    def vocabulary(self) -> Mapping[str, int]:
        return dict(self.searcher.terms_with_prefix("folded", "", limit=MOST_TERMS))


def document(passage: SearchPassage) -> dict[str, Any]:
    """Return the fields of one passage."""
    found = terms(passage.text)
    narrow = filter_values(passage)
    return {
        "body": to_json(passage),
        "exact": " ".join(found.exact),
        "folded": " ".join(found.folded),
        "bigrams": " ".join(found.bigrams),
        "number": " ".join(found.number),
        "head": " ".join(heading_terms(passage)),
        "same": same_text(found.folded),
        "order": sort_key(passage),
        **narrow,
        "unit": " ".join(narrow["unit"]),
        **{f"facet_{field}": values for field, values in facet_values(passage).items()},
    }


# ---- from Whoosh's tree to tantivy's --------------------------------------------------------------------------------


def within(query: ParsedQuery, filters: Mapping[str, Sequence[str]] | None) -> Any:
    """Return the tantivy query for `query` within its conditions and `filters`."""
    asked, narrowed = translate(query.tree), query.narrowing(filters)
    return asked if narrowed is None else tantivy.Query.boolean_query([(Must, asked), (Must, silent(narrowed))])


def silent(tree: Any) -> Any:
    """Return the tantivy query for `tree` that adds nothing to scores."""
    return tantivy.Query.const_score_query(translate(tree), 0.0)


def translate(tree: Any) -> Any:
    """Return the tantivy query that finds what the Whoosh query `tree` finds."""
    kind = next(kind for kind in type(tree).__mro__ if kind in TRANSLATIONS)
    return TRANSLATIONS[kind](tree)


def all_parts(tree: Any) -> Any:
    """Return the query for all parts; what Whoosh wraps in Not must not occur."""
    clauses = [
        (MustNot, translate(part.query)) if isinstance(part, wq.Not) else (Must, translate(part))
        for part in tree.subqueries
    ]
    return tantivy.Query.boolean_query(clauses)


def any_part(tree: Any) -> Any:
    """Return the query for at least one part."""
    fields = {part.fieldname if type(part) is wq.Term else "" for part in tree.subqueries}
    if len(tree.subqueries) > MANY and len(fields) == 1 and fields <= {"source", "cites", "year"}:
        return tantivy.Query.term_set_query(SCHEMA, fields.pop(), [part.text for part in tree.subqueries])
    return tantivy.Query.boolean_query([(Should, translate(part)) for part in tree.subqueries])


def with_ranking(tree: Any) -> Any:
    """Return the query for the first part, raised by the second.

    Where the first is itself a choice, both in one flat union would find more than the first part alone; so it stays
    nested.
    """
    return tantivy.Query.boolean_query([(Must, translate(tree.a)), (Should, translate(tree.b))])


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
    wq.Not: lambda tree: all_parts(wq.And([wq.Every(), tree])),
    wq.Or: any_part,
    wq.AndMaybe: with_ranking,
    Narrowing: lambda tree: silent(tree.child),
    wq.Every: lambda tree: tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0),
    type(wq.NullQuery): lambda tree: tantivy.Query.empty_query(),
}
