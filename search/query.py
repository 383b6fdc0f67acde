"""A query as people type it, parsed once into a Whoosh query tree that every engine runs.

Up to six words must all occur in a passage. A longer query is a question: passages with any of its words are found, and
those that share most of it, above all its pairs of adjacent words, come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from whoosh import query as wq
from whoosh.qparser import syntax

from kg.fold import fold
from kg.model import QueryError
from kg.numbers import number_key
from search.analysis import bigrams, tidy
from search.syntax import Clause, Grammar, HalfMarked, PhraseClause, all_of, any_of

QUESTION = 6  # words: more than these need not all occur
LONGEST = 256  # words of a query
LONGEST_TEXT = 4000  # characters
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
FILTERS = ("kind", "type", "unit", "level", "province", "year", "document", "source", "cites")
YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?")
FIRST_YEAR, LAST_YEAR = 1945, 2100

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that was understood.

    `must` is what a passage must fulfil and `pairs` the adjacent words that raise it. `loose`, where the query is plain
    words, asks for any of them; with `any_word`, `must` does so already. `unused` are the pieces that have no letter or
    digit and were left out.
    """

    text: str
    must: Any
    pairs: tuple[str, ...] = ()
    loose: Any = None
    any_word: bool = False
    unused: tuple[str, ...] = ()

    @property
    def tree(self) -> Any:
        """The Whoosh query that engines run."""
        pairs = [wq.Term("bigrams", pair) for pair in self.pairs]
        if not pairs:
            return self.must
        if self.any_word:
            return any_of([*leaves(self.must), *pairs])  # one flat choice is what engines run fastest
        return wq.AndMaybe(self.must, any_of(pairs))

    def weaker(self) -> ParsedQuery | None:
        """Return the query for any of the words, or None where the query is more than plain words, or weak already."""
        return None if self.loose is None else replace(self, must=self.loose, loose=None, any_word=True)


def parse(text: str) -> ParsedQuery:
    """Return what `text` asks for; QueryError says what was not understood."""
    clean = tidy_query(text)
    grammar = Grammar(clean)
    nodes = grammar.process(clean)
    must = simple(nodes.query(grammar))
    if must is None:
        raise QueryError(
            f"“{shown(text)}” has no word to look for: write words, a phrase in quotes or a document number."
        )
    if not positive(must):
        raise QueryError("The query only says what must not occur: add a word that must, as in: dân vận NOT quân đội.")
    runs = list(word_runs(nodes))
    pairs = tuple(dict.fromkeys(pair for run in runs for pair in bigrams(run)))
    loose = any_of(filter(is_word, leaves(must))) if is_plain(nodes) else None
    if loose == must:
        loose = None
    unused = tuple(grammar.unused)
    if loose is not None and sum(map(len, runs)) > QUESTION:
        return ParsedQuery(text, loose, pairs, any_word=True, unused=unused)
    return ParsedQuery(text, must, pairs, loose, unused=unused)


def tidy_query(text: str) -> str:
    """Return the text of a query with one kind of quotation mark, NFC, without control characters."""
    if len(text) > LONGEST_TEXT or len(text.split()) > LONGEST:
        raise QueryError(
            f"The query is too long ({len(text.split())} words): at most {LONGEST} words and {LONGEST_TEXT} characters."
        )
    if not text.strip():
        raise QueryError("The query is empty: write words, a phrase in quotes or a document number.")
    printable = "".join(letter if letter.isprintable() or letter == "\u00ad" else " " for letter in tidy(text))
    return tidy(tidy(printable).translate(QUOTES))


def shown(text: str) -> str:
    """Return the first part of a query, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


# ---- the tree -------------------------------------------------------------------------------------------------------

LEAVES = (wq.Term, wq.Phrase, wq.Prefix, wq.FuzzyTerm)


def simple(tree: Any) -> Any:
    """Return the tree without empty groups and groups of one; None where nothing is left."""
    if isinstance(tree, HalfMarked):
        return tree
    if isinstance(tree, wq.And | wq.Or):
        parts = [part for part in map(simple, tree.subqueries) if part is not None]
        return all_of(parts) if isinstance(tree, wq.And) else any_of(parts)
    if isinstance(tree, wq.Not):
        inside = simple(tree.query)
        return None if inside is None else wq.Not(inside)
    return tree if isinstance(tree, LEAVES) else None


def positive(tree: Any) -> bool:
    """Tell whether the tree says what must occur, not only what must not."""
    if isinstance(tree, wq.And):
        return any(map(positive, tree.subqueries))
    if isinstance(tree, wq.Or):
        return all(map(positive, tree.subqueries))
    return not isinstance(tree, wq.Not)


def leaves(tree: Any) -> Iterator[Any]:
    """Yield the terms, phrases, prefixes and fuzzy terms that a passage may be found by, in order."""
    if isinstance(tree, (*LEAVES, HalfMarked)):
        yield tree
    elif isinstance(tree, wq.And | wq.Or):
        for part in tree.subqueries:
            yield from leaves(part)
    elif isinstance(tree, wq.AndMaybe):
        yield from leaves(tree.a)


def is_word(leaf: Any) -> bool:
    """Tell whether a leaf asks for a word; that a count may begin the number of a document matters in short queries."""
    return not (isinstance(leaf, wq.Prefix) and leaf.fieldname == "number")


def is_plain(nodes: Any) -> bool:
    """Tell whether the query is only words, names and numbers, without operators, brackets or quotation marks."""
    return all(isinstance(node, Clause) and not isinstance(node, PhraseClause) for node in nodes)


def word_runs(nodes: Any) -> Iterator[list[str]]:
    """Yield the folded words that stand side by side in the query and are wanted so."""
    run: list[str] = []
    for node in nodes:
        if isinstance(node, Clause):
            run += [word.folded for word in node.words]
            continue
        yield run
        run = []
        if isinstance(node, syntax.OrGroup):
            for choice in node:
                yield from word_runs([choice])
        elif isinstance(node, syntax.GroupNode) and not isinstance(node, syntax.NotGroup):
            yield from word_runs(node)
    yield run


# ---- filters --------------------------------------------------------------------------------------------------------


def filter_term(field: str, value: str) -> str:
    """Return the term by which engines keep the `value` of a filter field: "Tỉnh ủy" gives "tinh_uy"."""
    return (number_key(value) if field == "cites" else fold(value)).replace(" ", "_")


def filter_query(filters: Filters | None) -> Any:
    """Return the Whoosh query of `filters`: any value of each field, all fields together; None for none.

    A year may be a range: "2021..2023", "2021..", "..2023".
    """
    clauses = []
    for field, values in (filters or {}).items():
        if field not in FILTERS:
            raise QueryError(f"There is no filter “{field}”; there are: {', '.join(FILTERS)}.")
        wanted = [wq.Term(field, term) for value in values for term in filter_terms(field, value)]
        clauses.append(any_of(wanted) if wanted else wq.NullQuery)
    return all_of(clauses)


def filter_terms(field: str, value: str) -> list[str]:
    """Return the terms of one value: several for a range of years."""
    if field in {"document", "source"}:
        return [value]
    years = YEARS.fullmatch(value.strip()) if field == "year" else None
    if years is None:
        return [filter_term(field, value)]
    first, last = int(years[1] or FIRST_YEAR), int(years[2] or LAST_YEAR)
    if first > last or last - first > LAST_YEAR - FIRST_YEAR:
        raise QueryError(f"“{value}” is no range of years: write the earlier year first, as in 2021..2023.")
    return [str(year) for year in range(first, last + 1)]
