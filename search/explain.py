"""Why a passage stands where it stands: what each word, pair, number and the second look add to its score.

The engine's score is a sum over the parts of the query. Each part is asked for by itself, within the reports that are
shown, and what the passage scores then is what that part adds: whichever engine it is, by its own arithmetic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from whoosh import query as wq

from search.index import Engine
from search.query import LEAVES, ParsedQuery
from search.search import Result
from search.syntax import Raised

MOST = 10_000  # passages of the reports that are shown


@dataclass(frozen=True, slots=True)
class Term:
    """What one part of the query adds to the score: field "exact", text "vận"; "bigrams", "van kheo"."""

    field: str
    text: str
    adds: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a passage has its score: `parts` add up to `score`, `terms` to the part "words", the largest first."""

    score: float
    parts: Mapping[str, float]
    terms: tuple[Term, ...]


def reasons(engine: Engine, query: ParsedQuery, results: Sequence[Result]) -> dict[str, Reason]:
    """Return the reason of each of `results`, which answer `query`, by the id of its passage."""
    terms = terms_found(engine, query, sorted({one.passage.source for one in results}))
    return {
        one.passage.id: Reason(one.score, dict(one.parts), tuple(sorted(terms[one.passage.id], key=lambda t: -t.adds)))
        for one in results
    }


def terms_found(engine: Engine, query: ParsedQuery, sources: Sequence[str]) -> Mapping[str, list[Term]]:
    """Return what each part of the query adds to the passages of `sources`, by the id of the passage."""
    found: dict[str, list[Term]] = defaultdict(list)
    for leaf, within in scored(query.tree, ()):
        allowed = [set(scores(engine, tree, sources)) for tree in within]
        for passage, adds in scores(engine, leaf, sources).items():
            if adds and all(passage in ids for ids in allowed):
                found[passage].append(Term(leaf_field(leaf), leaf_text(leaf), adds))
    return found


def scored(tree: Any, within: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the parts of a query whose scores add up, each with the groups that must hold for it to count.

    Of `(dân AND vận) OR dvk` a passage that has "dvk" and "dân" gets nothing for "dân".
    """
    if isinstance(tree, LEAVES):
        yield tree, within
    elif isinstance(tree, wq.And):
        for part in tree.subqueries:
            yield from scored(part, (*within, tree))
    elif isinstance(tree, wq.Or):
        for part in tree.subqueries:
            yield from scored(part, within)
    elif isinstance(tree, Raised):
        yield from scored(tree.a, within)
        yield from scored(tree.b, within)


def scores(engine: Engine, tree: Any, sources: Sequence[str]) -> dict[str, float]:
    """Return the scores of the passages of `sources` that answer one part of a query, by their ids."""
    hits = engine.search(ParsedQuery("", tree), MOST, 0, {"source": sources}).hits if sources else ()
    return {hit.passage.id: hit.score for hit in hits}


def leaf_field(leaf: Any) -> str:
    """Return the field that a part of the query is sought in."""
    return str(leaf.fieldname)


def leaf_text(leaf: Any) -> str:
    """Return a part of the query for people: "vận", "dan van", “dân vận”, "tuyên*", "khéo~"."""
    if isinstance(leaf, wq.Phrase):
        return f"“{' '.join(leaf.words)}”"
    sign = "*" if isinstance(leaf, wq.Prefix) else "~" if isinstance(leaf, wq.FuzzyTerm) else ""
    pair = leaf.fieldname in {"bigrams", "head"}
    return str(leaf.text).replace("_", " " if pair else "-") + sign
