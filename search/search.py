"""Ask the index: a query in, passages out, each with the words that answer marked in its own spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.highlight import Snippet, Span, highlight, snippet
from search.index import Engine, Hit, SearchPassage
from search.query import ParsedQuery, parse


@dataclass(frozen=True, slots=True)
class Result:
    """A passage that answers; `marks` count in its text, those of the snippet in the snippet."""

    passage: SearchPassage
    score: float
    marks: tuple[Span, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: `total` passages, of which `hits` are the page asked for; `notes` say how the query was read."""

    query: ParsedQuery
    total: int
    hits: tuple[Result, ...]
    notes: tuple[str, ...] = ()


def search(
    engine: Engine,
    text: str,
    *,
    limit: int = 10,
    offset: int = 0,
    filters: Mapping[str, Sequence[str]] | None = None,
) -> Results:
    """Return the passages that answer the query `text`; QueryError where it can't be understood.

    All words must occur. Where no passage has them all, those with some of them are found, and a note says so.
    """
    query = parse(text)
    notes = [f"“{piece}” was left out: it has no letter or digit." for piece in query.unused]
    found = engine.search(query, limit, offset, filters)
    weaker = query.weaker() if not found.total else None
    if weaker is not None:
        found = engine.search(weaker, limit, offset, filters)
        query = weaker
        if found.total:
            notes.append("No passage has all these words; shown are those that have some of them.")
    return Results(query, found.total, tuple(result(hit, query) for hit in found.hits), tuple(notes))


def result(hit: Hit, query: ParsedQuery) -> Result:
    """Return the hit with its marks."""
    marks = highlight(hit.passage.text, query)
    return Result(hit.passage, hit.score, tuple(marks), snippet(hit.passage.text, marks))
