"""The whole answer to a query: reports with their best passages, copies folded, counts for narrowing, what was meant.

A report stands where its best passage stands. A passage whose words another, better one has too, as when a commune
copies the plan above it, is not shown again: it is counted with the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from search.fields import Graph
from search.index import Engine, Hit
from search.kept import FACETS
from search.query import ParsedQuery
from search.search import Filters, Result, ranked, result, understand
from search.suggestions import did_you_mean

FIRST_LOOK = 50  # hits that are looked through for the reports of a page; four times as many each time they don't do
MOST = 1000  # passages of one page that are looked at, where the number shown of each report is limited


@dataclass(frozen=True, slots=True)
class Wish:
    """Which part of the answer is wanted: `limit` reports from `offset` on, at most `each` passages of one report.

    With `fold`, a passage is shown only with the first report that has its words.
    """

    limit: int = 10
    offset: int = 0
    each: int | None = 3
    by_date: bool = False
    fold: bool = True
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class ReportHits:
    """A report that answers: the passages shown, and how many `more` of it do (copies not counted)."""

    source: str
    hits: tuple[Result, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: `passages` in `reports` reports, of which `page` is the part asked for.

    `facets` are the counts of all passages found by level, province, unit, year, type and directive cited; `meant` is
    the query as it was perhaps meant, `notes` say how it was read.
    """

    query: ParsedQuery
    passages: int
    reports: int
    page: tuple[ReportHits, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    meant: str | None = None
    notes: tuple[str, ...] = ()

    def shown(self) -> list[Result]:
        """Return the passages of the page, in its order."""
        return [hit for report in self.page for hit in report.hits]


def answer(engine: Engine, text: str, wish: Wish | None = None, graph: Graph | None = None) -> Answer:
    """Return the answer to the query `text`; QueryError where it can't be understood."""
    wish = wish or Wish()
    query, notes = understand(engine, text, wish.filters, graph)
    return Answer(
        query=query,
        passages=engine.search(query, 0, 0, wish.filters).total,
        reports=engine.reports(query, wish.filters),
        page=tuple(page(engine, query, wish)),
        facets=engine.facets(query, FACETS, wish.filters),
        meant=did_you_mean(engine, query),
        notes=notes,
    )


def page(engine: Engine, query: ParsedQuery, wish: Wish) -> Iterator[ReportHits]:
    """Yield the reports of the page asked for, each with its best passages."""
    owners, reports = in_order(engine, query, wish)
    chosen = reports[wish.offset : wish.offset + wish.limit]
    filters = {**(wish.filters or {}), "source": chosen}
    most = engine.search(query, 0, 0, filters).total if wish.each is None else MOST
    found: dict[str, list[Hit]] = {source: [] for source in chosen}
    for hit in hits(engine, query, most, filters, wish.by_date):
        if not wish.fold or owners.setdefault(hit.same, hit.passage.source) == hit.passage.source:
            found[hit.passage.source].append(hit)
    for source, all_hits in found.items():
        own = once_each(all_hits) if wish.fold else all_hits
        shown = own if wish.each is None else own[: wish.each]
        results = [result(hit, query, copies(engine, query, hit, wish.filters)) for hit in shown]
        yield ReportHits(source, tuple(results), len(own) - len(shown))


def in_order(engine: Engine, query: ParsedQuery, wish: Wish) -> tuple[dict[str, str], list[str]]:
    """Return which report is the first to have each text, and the reports in the order of their best own passage.

    Only as many hits are looked through as the page needs.
    """
    wanted, most = wish.offset + wish.limit, FIRST_LOOK
    while True:
        found = hits(engine, query, most, wish.filters, wish.by_date)
        owners: dict[str, str] = {}
        for hit in found if wish.fold else ():
            owners.setdefault(hit.same, hit.passage.source)
        reports = list(dict.fromkeys(owners.values() if wish.fold else (hit.passage.source for hit in found)))
        if len(reports) >= wanted or len(found) < most:
            return owners, reports
        most *= 4


def hits(engine: Engine, query: ParsedQuery, most: int, filters: Filters | None, by_date: bool) -> tuple[Hit, ...]:
    """Return the first `most` hits, the best or the newest first."""
    found = engine.search(query, most, 0, filters, True) if by_date else ranked(engine, query, most, 0, filters)
    return found.hits


def once_each(found: list[Hit]) -> list[Hit]:
    """Return the hits without those that repeat the words of an earlier one."""
    first: dict[str, Hit] = {}
    for hit in found:
        first.setdefault(hit.same, hit)
    return list(first.values())


def copies(engine: Engine, query: ParsedQuery, hit: Hit, filters: Filters | None) -> list[str]:
    """Return the other sources that have the words of a hit, within the conditions of the query."""
    if engine.frequency("same", hit.same) < 2:
        return []  # most passages have no copy
    return [source for source in engine.copies(hit.same, query, filters) if source != hit.passage.source]
