"""Periodic reports: which were asked for, of whom, by when, and which are here.

    780/KH-UBND  "Định kỳ 6 tháng (trước ngày 15/6) báo cáo về Sở Nội vụ"
    UBND huyện Hiệp Hòa   first half of 2022, by 15/06/2022: 12/BC-UBND;  second half of 2022: not seen here

Asked is who issued a document that carries out the one that asks, or who lies below its issuer and has a plan too: of
the levels that the sentence names, else of the issuer's own and the next. What is not seen here may have been sent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg import facts, register
from kg.located import lasting, located
from kg.model import Document, Edge, Evidence, Unit
from kg.periods import Demand, Period, demands_in, parts_of, period_reported
from kg.sentences import clean
from kg.timeline import DISTRICTS_END, Event
from kg.who import Bodies, best_edges, descent, issuers

if TYPE_CHECKING:
    from kg.store import Store

OPENING = 3000  # characters in which a report says what it is about
RULE = "periodic reports"
LEVELS = ("trung ương", "tỉnh", "huyện", "xã")
SENTENCE = re.compile(r"\S(?:[^.\n]|[.\n](?!\s))*[.]?")


@dataclass(frozen=True, slots=True)
class Asked:
    """Reports that a document asks for in every period, with the sentence that does."""

    demand: Demand
    document: Document
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Expected:
    """A period of which a report is expected: by which day (None: not said), and the report found, or None."""

    period: Period
    due: date | None
    report: Document | None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    """The periodic reports of one unit on the directive, by period."""

    unit: Unit
    periods: tuple[Expected, ...]


# ---- what is asked for ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """What the directive and the documents between ask for, and for each document below what stands above it."""

    asked: tuple[Asked, ...]
    above: dict[str, frozenset[str]]

    def of(self, unit: Unit, day: str, plans: Iterable[str]) -> list[Asked]:
        """Return what is asked of a unit that issued `plans` from that day on.

        It answers to what stands above its plans, and to the plans of the places above its own.
        """
        ways = frozenset[str]().union(*(self.above.get(plan, frozenset()) for plan in plans))
        place = located(unit.name, day, unit.province)
        return [
            one
            for one in self.asked
            if unit.level in answering(one) and (one.document.id in ways or is_under(place, one.document))
        ]


def answering(asked: Asked) -> tuple[str, ...]:
    """Return the levels that answer: those that are named, else the asking document's own and the one below it."""
    level = asked.document.level
    if asked.demand.levels or level not in LEVELS:
        return asked.demand.levels or LEVELS
    two_levels = level == "tỉnh" and (asked.document.date or "") >= DISTRICTS_END
    return (level, "xã") if two_levels else LEVELS[LEVELS.index(level) : LEVELS.index(level) + 2]


def is_under(place: register.Place | None, document: Document) -> bool:
    """Return whether a place lies below that of the issuer of a document."""
    top = located(document.issuer, document.date, document.province) if document.issuer else None
    return place is not None and top is not None and register.is_below(place, top)


def asked_for(store: Store, document_id: str, on: str | None = None, level: str | None = None) -> Asking:
    """Return what the directive and the documents between ask for, as far as they were read.

    With `on` only what was issued by that day, with `level` only what units of that level answer to.
    """
    above = {step.document: frozenset(edge.target for edge in step.edges) for step in descent(store, document_id)}
    documents = facts.documents_at(store, {document_id, *above})
    issued = [one for _, one in sorted(documents.items()) if not (on and (one.date or "")[: len(on)] > on)]
    asked = (one for document in issued for one in demands_of(store, document))
    return Asking(tuple(one for one in asked if level is None or level in answering(one)), above)


def demands_of(store: Store, document: Document) -> Iterator[Asked]:
    """Yield what a document asks for in its own text; nothing when only others speak of it, or when it reports."""
    if document.source is None or document.kind == "report":
        return
    for source, passage in store.passages([document.source]):
        for match in SENTENCE.finditer(passage.text):
            for demand in demands_in(match[0]):
                start = passage.start + match.start()
                said = clean(Evidence(source, start, min(start + len(match[0]), passage.end), match[0], RULE))
                yield Asked(demand, document, said)


# ---- what is expected of each unit ----------------------------------------------------------------------------------


def reporting(
    store: Store, events: Sequence[Event], directive: Document, every: str | None, on: str
) -> tuple[Reporting, ...]:
    """Return for each unit with a plan the periods of which a report on the cascade is expected by `on`, and what came.

    With `every`, one of `SPANS`, all such periods from its first plan; with None those that the directive and the
    documents between ask for. A report counts for the period that its subject or its opening names, else for the
    shortest of the expected ones in which its day lies.
    """
    asking = asked_for(store, directive.id, on) if every is None else Asking((), {})
    known = reports_by_unit(store, events, directive)
    found = []
    for unit, day, plans in planners(events):
        last = min(on, last_of(unit, day))
        wanted = demanded(asking.of(unit, day, plans), day, last)
        if every is not None:
            wanted = {period: Expected(period, None, None) for period in periods(day, last, every)}
        lines = (replace(one, report=answer(known[unit.id], one.period, wanted)) for one in wanted.values())
        if wanted:
            found.append(Reporting(unit, tuple(sorted(lines, key=lambda line: line.period))))
    return tuple(found)


def planners(events: Iterable[Event]) -> list[tuple[Unit, str, list[str]]]:
    """Return the units below the centre that carry the directive out by plans or orders of their own.

    Each with the day of its first and all their ids. Who only continues a directive or reports on it owes no report.
    """
    days: dict[str, list[str]] = defaultdict(list)
    plans: dict[str, list[str]] = defaultdict(list)
    units: dict[str, Unit] = {}
    for event in events:
        for unit in event.units:
            if unit.id and event.document.date and event.carries and unit.level != LEVELS[0]:
                units[unit.id] = unit
                days[unit.id].append(event.document.date)
                plans[unit.id].append(event.document.id)
    ordered = sorted(units.values(), key=lambda unit: (unit.level, unit.name))
    return [(unit, min(days[unit.id]), plans[unit.id]) for unit in ordered]


def demanded(asked: Iterable[Asked], first: str, last: str) -> dict[Period, Expected]:
    """Return the periods whose day falls between two days, each with its earliest day and the sentence that asks.

    Where the whole year is asked for too, its report is that of the second half and of the fourth quarter.
    """
    start, end = whole_day(first), whole_day(last)
    found: dict[Period, Expected] = {}
    for one in asked:
        for year in range(start.year, end.year + 1):
            for period in parts_of(year, one.demand.every):
                due = one.demand.due(period)
                usual = found.get(period)
                if start < due <= end and (usual is None or usual.due is None or due < usual.due):
                    found[period] = Expected(period, due, None, one)
    return {
        period: one
        for period, one in found.items()
        if not any(other != period and other.fills(period) for other in found)
    }


def periods(first: str, last: str, every: str) -> list[Period]:
    """Return all periods from the day `first` to the day `last` that have ended by then or hold it."""
    start, end = whole_day(first), whole_day(last)
    return [
        period
        for year in range(start.year, end.year + 1)
        for period in parts_of(year, every)
        if (year, period.last) >= (start.year, start.month) and (year, period.first) <= (end.year, end.month)
    ]


def whole_day(known: str) -> date:
    """Return a day for a date that may lack its day or month."""
    year, month, day = ([int(part) for part in known.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_of(unit: Unit, day: str) -> str:
    """Return the last day of a unit's place: from a district no report is expected after it ended.

    A town that was raised to a city goes on.
    """
    place = located(unit.name, day, unit.province)
    while place is not None and place.valid_to:
        after = lasting(place, (date.fromisoformat(place.valid_to) + timedelta(days=1)).isoformat())
        if after is None or after.level != place.level:
            return place.valid_to
        place = after
    return "9999"


# ---- what came ------------------------------------------------------------------------------------------------------


Report = tuple[Period | None, Document]  # with the period that it names


def answer(reports: Sequence[Report], asked: Period, expected: Iterable[Period]) -> Document | None:
    """Return the report that answers for one of the `expected` periods: on it alone before one on more months."""
    fitting = []
    for stated, document in reports:
        period = stated or period_of_day(document.date or "", expected)
        if period is not None and (period.fills(asked) if stated else period == asked):
            fitting.append((period.first != asked.first, document.date or "", document.id, document))
    return min(fitting, key=lambda one: one[:3])[3] if fitting else None


def period_of_day(known: str, expected: Iterable[Period]) -> Period | None:
    """Return the shortest of the `expected` periods that holds a day, month or year."""
    if not known:
        return None
    first = int(known[5:7] or 1)
    last = int(known[5:7] or 12)
    holding = [one for one in expected if one.year == int(known[:4]) and one.first <= first <= last <= one.last]
    return min(holding, key=lambda one: one.last - one.first, default=None)


def reports_by_unit(store: Store, events: Sequence[Event], directive: Document) -> dict[str, list[Report]]:
    """Return the reports that name the directive or a document below it, by unit, with the period that each names."""
    cascade = [directive.id, *(event.document.id for event in events)]
    found: dict[str, list[Report]] = defaultdict(list)
    known = {event.document.id for event in events} | {edge.source for one in cascade for edge in naming(store, one)}
    bodies = Bodies(store, sorted(known))
    for _, document in sorted(bodies.documents.items()):
        if document.kind == "report":
            period = period_of(store, document)
            for unit, _ in issuers(bodies, document):
                found[unit.id].append((period, document))
    return found


def naming(store: Store, known: str) -> list[Edge]:
    """Return the edges by which reports name or answer to a document."""
    return [*best_edges(facts.edges_at(store, known, up=False)), *facts.citations_of(store, known)]


def period_of(store: Store, document: Document) -> Period | None:
    """Return the period that a report names: None without words for it."""
    opening = store.source_text(document.source)[:OPENING] if document.source else ""
    return period_reported(document.title or "", opening, document.date)


def last_day(store: Store) -> str | None:
    """Return the last day of what was read, None when no day is known."""
    query = "SELECT max(substr(date, 1, 10)) AS day FROM claims WHERE local = 'self'"
    return next((row["day"] for row in store.rows(query)), None)
