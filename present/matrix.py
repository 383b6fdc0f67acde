"""Directives by units as a table: one word for each state, the counts below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg import register
from kg.language import phrase
from kg.matrix import Matrix, Row
from kg.model import Document
from kg.states import FOUND
from kg.words import labels, name, short_issuer
from present.coverage import day_words
from present.listing import Column, Listing
from present.words import count_words, date_words, document_line, level_word, unit_name

NOT_EXPECTED = "–"


def matrix_listing(found: Matrix, *, heard: bool) -> Listing:
    """Return a row for each unit, a column for each directive; with `heard` only the units known for one of them."""
    names = column_names(found)
    rows = [
        {**unit_of(row, found.on), **dict(zip(names, row.states, strict=True))}
        for row in found.rows
        if not heard or any(state not in {None, "absent"} for state in row.states)
    ]
    columns = [
        Column("level", "column level", lambda row: level_word(row["level"])),
        Column("unit", "column unit", lambda row: with_end(unit_name(row["unit"]), row["until"])),
        *(Column(column, column, cell(column)) for column in names),
    ]
    return Listing(rows, columns, head(found, len(rows)), foot=foot(found))


def unit_of(row: Row, on: str) -> dict[str, Any]:
    """Return the unit of a row as plain values; `until` is its last day, None while it was there on the day `on`."""
    until = None if register.is_valid(row.place, on) else row.place.valid_to
    return {"level": row.level, "unit": row.name, "code": row.place.code, "until": until}


def with_end(unit: str, until: str | None) -> str:
    """Return a unit's name with its last day: another may bear the name since."""
    return f"{unit} ({phrase('until', day=date_words(until))})" if until else unit


def column_names(found: Matrix) -> list[str]:
    """Return a name of its own for each directive: its number, where two share it with the year, issuer or id."""
    names = [name(document) for document in found.directives]
    for longer in (with_year, with_issuer, lambda document: document.id):
        names = [
            longer(document) if names.count(words) > 1 else words
            for words, document in zip(names, found.directives, strict=True)
        ]
    return names


def with_year(document: Document) -> str:
    """Return a name with the year: "01-KH/TU (2025)"."""
    return f"{name(document)} ({year(document)})"


def with_issuer(document: Document) -> str:
    """Return a name with issuer and year: "01-KH/TU (Tỉnh ủy Phú Thọ, 2025)"."""
    return f"{name(document)} ({short_issuer(document.issuer) or '?'}, {year(document)})"


def year(document: Document) -> str:
    """Return the year of a document, "?" where it is not known."""
    return (document.date or "?")[:4]


def head(found: Matrix, shown: int) -> list[str]:
    """Return what the table shows: the directives in full, the place, the day, how many units."""
    where = ", ".join(f"{top.type} {top.name}" for top in found.tops)
    counted = phrase("units shown", shown=shown, n=len(found.rows), where=where, day=day_words(found.on))
    return [*(document_line(document) for document in found.directives), counted]


def cell(column: str) -> Callable[[dict[str, Any]], str]:
    """Return what shows a row's state in one column."""
    return lambda row: word(row[column])


def word(state: str | None) -> str:
    """Return what a cell shows: nothing where nothing is here, a dash where nothing was expected."""
    return NOT_EXPECTED if state is None else "" if state == "absent" else labels("state short")[state]


def foot(found: Matrix) -> list[str]:
    """Return how many of the units expected are found for each directive, and what an empty cell and a dash say."""
    told = []
    for place, column in enumerate(column_names(found)):
        states = [row.states[place] for row in found.rows if row.states[place] is not None]
        told.append(f"{column}: {count_words(sum(s in FOUND for s in states))}/{count_words(len(states))}")
    lines = ["", phrase("matrix found", told="; ".join(told)), phrase("matrix empty", state=labels("state")["absent"])]
    if any(state is None for row in found.rows for state in row.states):
        lines.append(phrase("matrix dash", sign=NOT_EXPECTED, day=day_words(found.on)))
    return lines
