"""Directives by units: what is known of each expected unit for each of several directives, as on one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import register
from kg.coverage import coverage
from kg.model import Document
from kg.states import State

if TYPE_CHECKING:
    from kg.store import Store

MANY = 8  # directives when none is named


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: its place, and its state for each directive, in their order (None: nothing was expected of it)."""

    name: str
    level: str
    place: register.Place
    states: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: the directives, the day as of which it holds, a row for each unit."""

    directives: tuple[Document, ...]
    tops: tuple[register.Place, ...]
    on: str
    rows: tuple[Row, ...]


def matrix(
    store: Store, directives: Sequence[Document], within: str | None, on: str | None, level: str | None
) -> Matrix:
    """Return the states of all units expected `within` a place, for each directive once, as `on` one day for all.

    Without a day it is the last one that any of the directives gives (see `kg.coverage`).
    """
    directives = list({directive.id: directive for directive in directives}.values())
    with store.snapshot():
        asked = [coverage(store, directive, within, on, level) for directive in directives]
        day = on or max(question.on for question, _ in asked)
        if any(question.on != day for question, _ in asked):
            asked = [coverage(store, directive, within, day, level) for directive in directives]
    columns = [{state.place: state for state in states if state.place} for _, states in asked]
    places = sorted({place: None for column in columns for place in column}, key=standing)
    rows = tuple(row_of(place, columns, day) for place in places)
    return Matrix(tuple(directives), asked[0][0].tops if asked else (), day, rows)


def row_of(place: register.Place, columns: Sequence[dict[register.Place, State]], day: str) -> Row:
    """Return the row of one place."""
    states = tuple(column[place].state if place in column else None for column in columns)
    name = register.full_name(place, day if register.is_valid(place, day) else None)
    return Row(name, place.level, place, states)


def standing(place: register.Place) -> tuple[int, str, str, str]:
    """Return the sort key of a place: level, what it lies in, code."""
    return ("tỉnh", "huyện", "xã").index(place.level), place.parent or "", place.code, place.valid_from


def most_carried_out(store: Store, count: int = MANY) -> list[Document]:
    """Return the directives that most documents are said to implement, the most first."""
    query = """SELECT b.document, a.document AS lower FROM relations r JOIN claims a ON a.id = r.subject
               JOIN claims b ON b.id = r.object WHERE r.type = 'implements' AND r.status = 'done'
               AND a.document <> b.document GROUP BY b.document, a.document"""
    counts = Counter(row["document"] for row in store.rows(query))
    ranked = sorted(counts, key=lambda known: (-counts[known], known))
    found = (store.document(known) for known in ranked[:count])
    return [document for document in found if document is not None]
