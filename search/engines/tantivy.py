"""The tantivy engine, the default: Rust, some hundred times faster than Whoosh, and it opens in a few megabytes.

Text is cut into terms by `search.analysis` and handed over with blanks between; tantivy itself only splits at blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import tantivy
from whoosh import query as wq

from search.analysis import terms
from search.engines.directory import DirectoryEngine
from search.index import Hit, Hits, SearchPassage, filter_values, from_json, to_json
from search.query import FILTERS, ParsedQuery, filter_query

MEMORY = 60_000_000  # bytes that the writer may fill before it puts a part of the index on disk
BLANKS = "blanks"
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def build_schema() -> Any:
    """Return the fields: positions where phrases are sought, and nothing but the terms in filters."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("exact", "folded"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="position")
    for field in ("bigrams", "number"):
        builder.add_text_field(field, tokenizer_name=BLANKS, index_option="freq")
    for field in FILTERS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = build_schema()


class TantivyEngine(DirectoryEngine):
    """One index of tantivy; see `search.index.Engine`."""

    name = "tantivy"
    broken: ClassVar[tuple[type[Exception], ...]] = (ValueError, OSError)

    def load(self, new: bool) -> None:
        if not new and not tantivy.Index.exists(str(self.files)):
            raise FileNotFoundError(f"{self.files} holds no index")  # tantivy would begin an empty one
        self.index = tantivy.Index(SCHEMA, path=str(self.files), reuse=True)
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer(BLANKS, splitter)
        self.index.config_reader("manual")
        self.look_again()

    def look_again(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def count(self) -> int:
        return int(self.searcher.num_docs)

    def new_writer(self) -> Any:
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
        self, query: ParsedQuery, limit: int = 10, offset: int = 0, filters: Mapping[str, Sequence[str]] | None = None
    ) -> Hits:
        asked = translate(query.tree)
        narrowed = filter_query(filters)
        if narrowed is not None:
            within = tantivy.Query.const_score_query(translate(narrowed), 0.0)
            asked = tantivy.Query.boolean_query([(Must, asked), (Must, within)])
        with self.faults():
            found: Any = self.searcher.search(
                asked, max(limit, 1), count=True, offset=offset
            )  # it panics on a limit of 0
            bodies = [(score, self.searcher.doc(address)) for score, address in found.hits[:limit]]
        return Hits(found.count, tuple(Hit(from_json(str(body.get_first("body"))), score) for score, body in bodies))


def document(passage: SearchPassage) -> dict[str, Any]:
    """Return the fields of one passage."""
    found = terms(passage.text)
    return {
        "body": to_json(passage),
        "exact": " ".join(found.exact),
        "folded": " ".join(found.folded),
        "bigrams": " ".join(found.bigrams),
        "number": " ".join(found.number),
        **filter_values(passage),
    }


# ---- from Whoosh's tree to tantivy's --------------------------------------------------------------------------------


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
    return tantivy.Query.boolean_query([(Should, translate(part)) for part in tree.subqueries])


def with_ranking(tree: Any) -> Any:
    """Return the query for the first part, raised by the second.

    Where the first is itself a choice, both in one flat union would find more than the first part alone; so it stays
    nested.
    """
    return tantivy.Query.boolean_query([(Must, translate(tree.a)), (Should, translate(tree.b))])


def beginning(field: str, text: str) -> Any:
    """Return the query for all terms that begin with `text`."""
    return tantivy.Query.fuzzy_term_query(SCHEMA, field, text, distance=0, transposition_cost_one=False, prefix=True)


TRANSLATIONS: dict[type, Callable[[Any], Any]] = {
    wq.Term: lambda tree: tantivy.Query.term_query(SCHEMA, tree.fieldname, tree.text, "freq"),
    wq.Phrase: lambda tree: tantivy.Query.phrase_query(SCHEMA, tree.fieldname, list(tree.words)),
    wq.Prefix: lambda tree: beginning(tree.fieldname, tree.text),
    wq.FuzzyTerm: lambda tree: tantivy.Query.fuzzy_term_query(
        SCHEMA, tree.fieldname, tree.text, distance=tree.maxdist, transposition_cost_one=False
    ),
    wq.And: all_parts,
    wq.Or: any_part,
    wq.AndMaybe: with_ranking,
    type(wq.NullQuery): lambda tree: tantivy.Query.empty_query(),
}
