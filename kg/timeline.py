"""When each step was taken: days after the directive, days after the document above.

    03/06/2013  25-NQ/TW
    06/08/2013  14-CTr/TU   64 days after the directive
    23/08/2013  97-KH/TU    81 days after the directive, 17 after 14-CTr/TU: within 30 days

Offices score a plan by the days after its parent plan (within 30, within 60, later); the bounds are a setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import facts
from kg.ends import ends_at
from kg.facts import must_have
from kg.model import LEVELS, Document, Edge, Evidence, Unit
from kg.who import Bodies, days_between, descent, issuers

if TYPE_CHECKING:
    from kg.store import Store

BOUNDS = (30, 60)
CARRIES = frozenset({"implements", "based_on"})  # what continues a directive years later is not late
UPWARDS = CARRIES | {"continues", "reports_on"}
DISTRICTS_END = "2025-07-01"  # Luật Tổ chức chính quyền địa phương 2025: provinces and communes only


@dataclass(frozen=True, slots=True)
class Event:
    """One document below the directive: who issued it, and how long after the directive and after its parent.

    `parent` is the latest document that it carries out and that itself stands on the directive, else one of the level
    above that it names and that came between. `pace` is the first of the bounds that `parent_days` keeps, 0 when it
    keeps none, None when a day is not known or it is a report. `carries` tells what carries the directive out from what
    only continues it or reports on it.
    """

    document: Document
    units: tuple[Unit, ...]
    days: int | None
    parent: Document | None
    parent_days: int | None
    pace: int | None
    evidence: tuple[Evidence, ...]
    carries: bool


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
    """The documents below one directive and those that they name as standing above them, each looked up once."""

    def __init__(self, store: Store, directive: Document, below: set[str]) -> None:
        self.bodies, self.directive = Bodies(store, sorted(below)), directive
        self.proven = self.bodies.documents | {directive.id: directive}
        ends = ends_at(store, below, up=True)
        self.named = facts.documents_at(store, {end[2] for end in ends if end[1] in CARRIES} - {*self.proven})

    def event(self, known: str, bounds: Sequence[int]) -> Event | None:
        """Return the event of one document, None when nothing more is known of it."""
        document = self.proven.get(known)
        if document is None:
            return None
        edges = facts.edges_at(self.bodies.store, known, down=False)
        done = [edge for edge in edges if edge.status == "done" and edge.type in UPWARDS]
        parent = self.parent_of(document, done)
        parent_days = days_between(parent, document) if parent else None
        upward = [edge for edge in done if parent and edge.target == parent.id]
        proof = [item for edge in upward for item in self.bodies.proofs(edge)]
        units = tuple(unit for unit, _ in issuers(self.bodies, document))
        timed = document.kind != "report" and any(edge.type in CARRIES for edge in upward)
        pace = pace_of(parent_days, bounds) if timed else None
        carries = document.kind != "report" and any(e.type in CARRIES and e.target in self.proven for e in done)
        days = days_between(self.directive, document)
        return Event(document, units, days, parent, parent_days, pace, tuple(dict.fromkeys(proof)), carries)

    def parent_of(self, document: Document, done: Sequence[Edge]) -> Document | None:
        """Return the latest of the documents that one carries out; the directive itself only when there is no other.

        What is not proven to stand on the directive counts where the document itself names it and it `may_pass_on`.
        """
        above = [self.proven[known] for known in sorted({edge.target for edge in done} & {*self.proven})]
        if document.kind != "report" and all(one.id == self.directive.id for one in above):
            targets = {edge.target for edge in done if edge.type in CARRIES} & {*self.named}
            above += [self.named[known] for known in sorted(targets) if self.may_pass_on(self.named[known], document)]
        dated = [one for one in above if not (one.date and document.date and one.date > document.date)] or above
        return max(dated, key=lambda one: (one.id != self.directive.id, one.date or "", one.id), default=None)

    def may_pass_on(self, above: Document, document: Document) -> bool:
        """Tell whether a document can have passed the directive on: of one level above, between the two in time."""
        between = (days_between(self.directive, above), days_between(above, document))
        return (
            above.kind in {"plan", "directive"}
            and above.level == level_above(document)
            and above.province in {"", document.province}
            and all(days is not None and days >= 0 for days in between)
        )


def level_above(document: Document) -> str | None:
    """Return the level above that of a document's issuer; a commune is below its province since July 2025."""
    if document.level not in LEVELS[1:-1]:
        return None
    if document.level == "xã" and (document.date or "") >= DISTRICTS_END:
        return "tỉnh"
    return LEVELS[LEVELS.index(document.level) - 1]


def pace_of(days: int | None, bounds: Sequence[int]) -> int | None:
    """Return the least of the bounds that `days` keeps, 0 for none; None for unknown or negative days."""
    if days is None or days < 0:
        return None
    return min((bound for bound in bounds if days <= bound), default=0)
