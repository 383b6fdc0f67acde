"""Ask the index: a query in, passages out, each with the words that answer marked in its own spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.language import saying
from search.fields import FIELDS, Graph
from search.highlight import Snippet, Span, highlight, snippet
from search.index import Engine, Hit, Hits, SearchPassage
from search.query import ParsedQuery, parse
from search.ranking import CONTEXT, DEPTH, best_first
from search.weaker import nearest

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Result:
    """A passage that answers; `marks` count in its text, those of the snippet in the snippet.

    `copies` are the other sources that have the same words in a passage of theirs; the score is the sum of `parts`.
    """

    passage: SearchPassage
    score: float
    marks: tuple[Span, ...]
    snippet: Snippet
    copies: tuple[str, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()


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
    filters: Filters | None = None,
) -> Results:
    """Return the passages that answer the query `text`; QueryError where it can't be understood.

    Where none does, those that answer the nearest weaker query are found, and a note says why.
    """
    query = parse(text)
    found = ranked(engine, query, limit, offset, filters)
    query, notes = (query, read_as(query)) if found.total else within_reach(engine, query, filters)
    if not found.total:
        found = ranked(engine, query, limit, offset, filters)
    return Results(query, found.total, tuple(result(hit, query) for hit in found.hits), notes)


def understand(
    engine: Engine, text: str, filters: Filters | None = None, graph: Graph | None = None
) -> tuple[ParsedQuery, tuple[str, ...]]:
    """Return the query that `text` is, or the nearest weaker one that finds something, and notes for who asks."""
    query = parse(text, graph)
    if engine.search(query, 0, 0, filters).total:
        return query, read_as(query)
    return within_reach(engine, query, filters)


def within_reach(engine: Engine, query: ParsedQuery, filters: Filters | None) -> tuple[ParsedQuery, tuple[str, ...]]:
    """Return the nearest weaker query that finds something, else the query itself, and notes."""
    weaker = nearest(engine, query, filters)
    return (query, read_as(query)) if weaker is None else (weaker[0], (*read_as(query), weaker[1]))


def read_as(query: ParsedQuery) -> tuple[str, ...]:
    """Return what is to be said of how a query was read."""
    unused = [saying("left out", piece=piece) for piece in query.unused]
    names = ", ".join(f"{name}:" for name in FIELDS)
    unknown = [saying("no field", word=word, names=names) for word in query.unknown]
    empty = [saying("empty field", name=name) for name in query.empty]
    return (*unused, *unknown, *empty)


def ranked(engine: Engine, query: ParsedQuery, limit: int, offset: int, filters: Filters | None) -> Hits:
    """Return the hits of the engine, the first of a question looked at again."""
    if not query.any_word or offset >= DEPTH:
        return engine.search(query, limit, offset, filters)
    found = engine.search(query, max(CONTEXT, offset + limit), 0, filters)
    return Hits(found.total, tuple(best_first(engine, query, found.hits)[offset : offset + limit]))


def result(hit: Hit, query: ParsedQuery, copies: Sequence[str] = ()) -> Result:
    """Return the hit with its marks."""
    marks = highlight(hit.passage.text, query)
    parts = hit.parts or (("words", hit.score),)
    return Result(hit.passage, hit.score, tuple(marks), snippet(hit.passage.text, marks), tuple(copies), parts)
