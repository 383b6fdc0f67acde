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

from kg.language import saying
from kg.model import QueryError
from search.analysis import bigrams, tidy, tokens
from search.fields import (
    Condition,
    Graph,
    Misread,
    any_term,
    cites_query,
    empty_fields,
    term,
    unknown_fields,
    year_range,
)
from search.syntax import Clause, FieldClause, Grammar, HalfMarked, Narrowing, PhraseClause, Raised, all_of, any_of
from search.units import unit_query

QUESTION = 6  # words: more than these need not all occur
LONGEST = 256  # words of a query
LONGEST_TEXT = 4000  # characters
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
FILTERS = ("kind", "type", "unit", "level", "province", "year", "document", "source", "cites")
HEADING = 0.1  # what a word of the title or a heading counts, beside one of the passage itself
PAIR = 0.4  # what a pair of words of a question counts in the first look; the second counts pairs that stand close

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query that was understood.

    `must` is what a passage must fulfil (None: nothing but the `conditions` of its fields), `words` the folded words
    that are wanted and `pairs` those side by side: both raise a passage, words also where its headings have them.
    `loose`, where the query is plain words, asks for any of them; with `any_word`, `must` does so already. `unused` are
    the pieces that have no letter or digit and were left out, `unknown` the words before a colon that are no field,
    `empty` the fields without a value, `plain` what was typed beside fields.
    """

    text: str
    must: Any
    pairs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    loose: Any = None
    any_word: bool = False
    unused: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    unknown: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    plain: str = ""

    @property
    def tree(self) -> Any:
        """The Whoosh query that engines run, within `narrowing`."""
        if self.must is None:
            return wq.Every()
        raised = self.raised()
        if not raised:
            return self.must
        if self.any_word:
            return any_of([*leaves(self.must), *raised])  # one flat choice is what engines run fastest
        return Raised(self.must, any_of(raised))

    def raised(self) -> list[Any]:
        """Return the Whoosh queries that raise a passage and are not needed to find it."""
        pairs = [wq.Term("bigrams", pair, boost=PAIR if self.any_word else 1.0) for pair in self.pairs]
        return pairs + [wq.Term("head", one, boost=HEADING) for one in (*self.words, *self.pairs)]

    def narrowing(self, filters: Filters | None = None) -> Any:
        """Return the Whoosh query of all conditions and of `filters`; None where there is none.

        Values of one field are alternatives, but a passage must name every document of `cites:` and stand below every
        one of `under:`.
        """
        parts: dict[Any, list[Any]] = {}
        for place, one in enumerate(self.conditions):
            parts.setdefault(place if one.refs or one.negative else one.field, []).append(
                wq.Not(one.tree) if one.negative else one.tree
            )
        every = [any_of(choices) for choices in parts.values()]
        if every and not any(map(positive, every)):
            every.insert(0, wq.Every())  # what must not be is taken from all there is
        return all_of([*every, filter_query(filters)])

    def weaker(self) -> ParsedQuery | None:
        """Return the query for any of the words, or None where the query is more than plain words, or weak already."""
        return None if self.loose is None else replace(self, must=self.loose, loose=None, any_word=True)


def parse(text: str, graph: Graph | None = None) -> ParsedQuery:
    """Return what `text` asks for; QueryError says what was not understood, and what was.

    `graph` tells which reports stand below a document (`under:25-NQ/TW`).
    """
    clean = tidy_query(text)
    try:
        return understood(text, clean, graph)
    except Misread as error:
        rest = the_rest(clean, error.part)
        words = error.args[0]
        raise QueryError(saying("two sentences", first=words, second=rest) if rest else words) from None


def understood(text: str, clean: str, graph: Graph | None) -> ParsedQuery:
    """Return what the tidy query `clean` asks for; Misread names the part that makes no sense."""
    grammar = Grammar(clean, graph)
    nodes = grammar.process(clean)
    conditions, others = taken_out(nodes, grammar)
    plain = plain_text(clean, nodes)
    nodes[:] = others
    must = simple(nodes.query(grammar))
    if must is None and not conditions:
        raise QueryError(saying("query no word", query=shown(text)))
    if must is not None and not positive(must) and any(not one.negative for one in conditions):
        must = wq.And([wq.Every(), must])  # the fields say what there must be
    if must is not None and not positive(must):
        raise QueryError(saying("query only not"))
    if must is None and all(one.negative for one in conditions):
        raise QueryError(saying("query only without"))
    runs = list(word_runs(nodes))
    pairs = tuple(dict.fromkeys(pair for run in runs for pair in bigrams(run)))
    words = tuple(dict.fromkeys(word for run in runs for word in run))
    loose = any_of(filter(is_word, leaves(must))) if is_plain(nodes) else None
    question = loose is not None and loose != must and sum(map(len, runs)) > QUESTION
    return ParsedQuery(
        text,
        must=loose if question else must,
        pairs=pairs,
        words=words,
        loose=None if question or loose == must else loose,
        any_word=question,
        unused=tuple(grammar.unused),
        conditions=conditions,
        unknown=tuple(unknown_fields(clean)),
        empty=tuple(empty_fields(clean)),
        plain=plain,
    )


def taken_out(nodes: Any, grammar: Grammar) -> tuple[tuple[Condition, ...], list[Any]]:
    """Return the conditions of the fields that stand among the words, and the other nodes."""
    conditions, others = [], []
    for node in nodes:
        negative = isinstance(node, syntax.NotGroup) and len(node) == 1
        inner = node[0] if negative else node
        if isinstance(inner, FieldClause) and not isinstance(nodes, syntax.OrGroup):
            found = inner.condition(grammar)
            conditions.append(replace(found, negative=True, shown=f"NOT {found.shown}") if negative else found)
        else:
            others.append(node)
    return tuple(conditions), others


def plain_text(clean: str, nodes: Any) -> str:
    """Return what stands in a query beside its fields, without quotation marks."""
    for node in reversed([node for node in nodes if isinstance(node, FieldClause)]):
        clean = f"{clean[: node.startchar]} {clean[node.endchar :]}"
    return " ".join(clean.replace('"', " ").split())


def the_rest(clean: str, part: str) -> str:
    """Return the sentence that shows what of a query was understood beside `part`."""
    rest = re.sub(r'["()]', " ", clean.replace(part, " ", 1))
    words = " ".join(word for word in rest.split() if tokens(word) and not (word.isupper() and word in OPERATORS))
    return saying("rest understood", words=shown(words)) if words else ""


OPERATORS = ("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG")


def as_typed(arguments: Sequence[str]) -> str:
    """Return the arguments of a command line as one query.

    A shell takes quotation marks away: of several arguments, words with blanks between stood in them and are a phrase.
    """
    if len(arguments) == 1:
        return arguments[0]
    return " ".join(f'"{one}"' if is_only_words(one) and " " in one.strip() else one for one in arguments)


def is_only_words(text: str) -> bool:
    """Tell whether a text is words without fields, operators, brackets or quotation marks."""
    return not re.search(r'[":()*~]', text.translate(QUOTES)) and not any(word in OPERATORS for word in text.split())


def tidy_query(text: str) -> str:
    """Return the text of a query with one kind of quotation mark, NFC, without control characters."""
    if len(text) > LONGEST_TEXT or len(text.split()) > LONGEST:
        raise QueryError(saying("query long", words=len(text.split()), most=LONGEST, letters=LONGEST_TEXT))
    if not text.strip():
        raise QueryError(saying("query empty"))
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
    return tree if isinstance(tree, (*LEAVES, Narrowing)) else None


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
    elif isinstance(tree, Raised):
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


def filter_query(filters: Filters | None) -> Any:
    """Return the Whoosh query of `filters`: any value of each field, all fields together; None for none.

    A year may be a range: "2021..2023", "2021..", "..2023".
    """
    clauses = []
    for field, values in (filters or {}).items():
        if field not in FILTERS:
            raise QueryError(saying("no filter", name=field, known=", ".join(FILTERS)))
        wanted = [value_query(field, value) for value in values]
        clauses.append(any_of(wanted) if wanted else wq.NullQuery)
    return all_of(clauses)


def value_query(field: str, value: str) -> Any:
    """Return the query for one value of a filter."""
    if field in {"document", "source"}:
        return wq.Term(field, value)
    if field == "unit":
        return unit_query(value)
    if field == "cites":
        return cites_query(value, None)
    years = year_range(value) if field == "year" else None
    if years is not None:
        return any_term("year", map(str, range(years[0], years[1] + 1)))
    if ".." in value and field == "year":
        raise QueryError(saying("no range", value=value))
    return wq.Term(field, term(value))
