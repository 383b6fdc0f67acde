"""When each step was taken: days after the directive, days after the document above, and reports by period.

    03/06/2013  25-NQ/TW
    06/08/2013  14-CTr/TU   64 days after the directive
    23/08/2013  97-KH/TU    81 days after the directive, 17 after 14-CTr/TU: within 30 days

Offices score a plan by the days after its parent plan (within 30, within 60, later); the bounds are a setting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg import facts
from kg.facts import must_have
from kg.fold import fold
from kg.located import located
from kg.model import Document, Edge, Evidence, Unit
from kg.who import Bodies, best_edges, days_between, descent, issuers

if TYPE_CHECKING:
    from kg.store import Store

BOUNDS = (30, 60)
CARRIES = frozenset({"implements", "based_on"})  # what continues a directive years later is not late
PERIODS = {"year": 1, "half": 2, "quarter": 4}  # parts of a year


@dataclass(frozen=True, slots=True)
class Event:
    """One document below the directive: who issued it, and how long after the directive and after its parent.

    `parent` is the latest document that it carries out and that itself stands on the directive. `pace` is the first
    of the bounds that `parent_days` keeps, 0 when it keeps none, None when a day is not known or it is a report.
    """

    document: Document
    units: tuple[Unit, ...]
    days: int | None
    parent: Document | None
    parent_days: int | None
    pace: int | None
    evidence: tuple[Evidence, ...]


def timeline(
    store: Store, document_id: str, *, bounds: Sequence[int] = BOUNDS, on: str | None = None
) -> tuple[Event, ...]:
    """Return what was issued to carry the directive out, by day and up to `on`; what has no day comes last."""
    with store.snapshot():
        directive = must_have(store, document_id)
        below = {step.document for step in descent(store, document_id)}
        look = Look(store, directive, below)
        found = [look.event(known, bounds) for known in sorted(below)]
    known = [event for event in found if event is not None and not (on and (event.document.date or "")[: len(on)] > on)]
    return tuple(sorted(known, key=lambda e: (e.document.date or "9999", e.document.id)))


class Look:
    """The documents below one directive, each looked up once."""

    def __init__(self, store: Store, directive: Document, below: set[str]) -> None:
        self.bodies, self.directive = Bodies(store, sorted(below)), directive
        self.documents = self.bodies.documents | {directive.id: directive}

    def event(self, known: str, bounds: Sequence[int]) -> Event | None:
        """Return the event of one document, None when nothing more is known of it."""
        document = self.documents.get(known)
        if document is None:
            return None
        edges = [edge for edge in facts.edges_at(self.bodies.store, known, down=False) if edge.target in self.documents]
        done = [
            edge
            for edge in edges
            if edge.status == "done" and edge.type in {"implements", "continues", "based_on", "reports_on"}
        ]
        parent = self.parent_of(document, {edge.target for edge in done})
        parent_days = days_between(parent, document) if parent else None
        proof = [
            item
            for edge in done
            if parent and edge.target == parent.id
            for item in edge.evidence
            if item.status == "done"
        ]
        units = tuple(unit for unit, _ in issuers(self.bodies, document))
        carries = any(edge.type in CARRIES for edge in done if parent and edge.target == parent.id)
        pace = pace_of(parent_days, bounds) if carries and document.kind != "report" else None
        days = days_between(self.directive, document)
        return Event(document, units, days, parent, parent_days, pace, tuple(dict.fromkeys(proof)))

    def parent_of(self, document: Document, targets: set[str]) -> Document | None:
        """Return the latest of the documents that one carries out; the directive itself only when there is no other."""
        above = [self.documents[known] for known in targets]
        dated = [one for one in above if not (one.date and document.date and one.date > document.date)] or above
        return max(dated, key=lambda one: (one.id != self.directive.id, one.date or "", one.id), default=None)


def pace_of(days: int | None, bounds: Sequence[int]) -> int | None:
    """Return the least of the bounds that `days` keeps, 0 for none; None for unknown or negative days."""
    if days is None or days < 0:
        return None
    return min((bound for bound in bounds if days <= bound), default=0)


# ---- periodic reports -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reports of one unit on the directive: for each period expected the report found, or None."""

    unit: Unit
    periods: tuple[tuple[str, Document | None], ...]


def reporting(store: Store, events: Iterable[Event], directive: Document, every: str, on: str) -> tuple[Reporting, ...]:
    """Return for each unit with a plan which periods, from its first plan to `on`, have a report on the cascade.

    A report counts for the period that its title names, else for that of its day. `every` is one of `PERIODS`.
    """
    events = list(events)
    starts: dict[str, tuple[Unit, str]] = {}
    for event in events:
        for unit in event.units:
            day = event.document.date
            if unit.id and day and event.document.kind != "report" and day <= starts.get(unit.id, (unit, "9999"))[1]:
                starts[unit.id] = unit, day
    known = reports_by_unit(store, events, directive, every)
    return tuple(
        Reporting(unit, tuple((p, known[unit.id].get(p)) for p in periods(day, min(on, last_of(unit, day)), every)))
        for unit, day in sorted(starts.values(), key=lambda item: (item[0].level, item[0].name))
    )


def last_of(unit: Unit, day: str) -> str:
    """Return the last day of a unit's place: from a district no report is expected after it ended."""
    place = located(unit.name, day, unit.province)
    return place.valid_to or "9999" if place else "9999"


def reports_by_unit(
    store: Store, events: Sequence[Event], directive: Document, every: str
) -> dict[str, dict[str, Document]]:
    """Return the reports that name the directive or a document below it, by unit and period."""
    cascade = [directive.id, *(event.document.id for event in events)]
    found: dict[str, dict[str, Document]] = defaultdict(dict)
    known = {event.document.id for event in events} | {edge.source for one in cascade for edge in naming(store, one)}
    bodies = Bodies(store, sorted(known))
    for _, document in sorted(bodies.documents.items()):
        period = period_of(document, every)
        if document.kind == "report" and period:
            for unit, _ in issuers(bodies, document):
                found[unit.id].setdefault(period, document)
    return found


def naming(store: Store, known: str) -> list[Edge]:
    """Return the edges by which reports name or answer to a document."""
    return [*best_edges(facts.edges_at(store, known, up=False)), *facts.citations_of(store, known)]


STATED = re.compile(
    r"(?:(?P<half>6|sau) thang (?P<which>dau|cuoi) nam |qu[yi] (?P<quarter>[1-4]|i{1,3}|iv)\W+(?:nam )?|nam )"
    r"(?P<year>20\d\d)"
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def period_of(document: Document, every: str) -> str | None:
    """Return the period that a report is about: "2022", "2022-1" (its first half or quarter); None when not known."""
    stated = list(STATED.finditer(fold(document.title or "")))
    month = 12
    if stated:
        last = stated[-1]
        year = int(last["year"])
        if last["half"]:
            month = 6 if last["which"] == "dau" else 12
        elif last["quarter"]:
            month = 3 * (ROMAN.get(last["quarter"]) or int(last["quarter"]))
    elif document.date and len(document.date) >= len("2022-05"):
        year, month = int(document.date[:4]), int(document.date[5:7])
    else:
        return document.date[:4] if document.date and every == "year" else None
    return part_of_year(year, month, every)


def part_of_year(year: int, month: int, every: str) -> str:
    """Return the name of the period in which a month lies."""
    parts = PERIODS[every]
    return str(year) if parts == 1 else f"{year}-{(month - 1) * parts // 12 + 1}"


def periods(first: str, last: str, every: str) -> list[str]:
    """Return the names of all periods from the day `first` to the day `last` that have ended by then or hold it."""
    start, end = whole_day(first), whole_day(last)
    months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
    return list(dict.fromkeys(part_of_year(month // 12, month % 12 + 1, every) for month in months))


def whole_day(known: str) -> date:
    """Return a day for a date that may lack its day or month."""
    year, month, day = ([int(part) for part in known.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(store: Store) -> str | None:
    """Return the last day of what was read, None when no day is known."""
    query = "SELECT max(substr(date, 1, 10)) AS day FROM claims WHERE local = 'self'"
    return next((row["day"] for row in store.rows(query)), None)
