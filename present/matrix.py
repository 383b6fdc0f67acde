"""Directives by units as a table: one word for each state, the counts below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.language import phrase
from kg.matrix import Matrix
from kg.model import Document
from kg.states import FOUND
from kg.words import labels, name, short_issuer
from present.coverage import day_words
from present.listing import Column, Listing
from present.words import count_words, document_line, level_word, unit_name


def matrix_listing(found: Matrix, *, heard: bool) -> Listing:
    """Return a row for each unit, a column for each directive; with `heard` only the units known for one of them."""
    names = column_names(found)
    rows = [
        {"level": row.level, "unit": row.name, "code": row.place.code, **dict(zip(names, row.states, strict=True))}
        for row in found.rows
        if not heard or any(state not in {None, "absent"} for state in row.states)
    ]
    columns = [
        Column("level", "column level", lambda row: level_word(row["level"])),
        Column("unit", "column unit", lambda row: unit_name(row["unit"])),
        *(Column(column, column, cell(column)) for column in names),
    ]
    return Listing(rows, columns, head(found, len(rows)), foot=foot(found))


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
    """Return what a cell shows."""
    return "" if state in {None, "absent"} else labels("state short")[str(state)]


def foot(found: Matrix) -> list[str]:
    """Return how many units are found for each directive, and what an empty cell says."""
    counts: dict[str, int] = {
        column: sum(row.states[place] in FOUND for row in found.rows)
        for place, column in enumerate(column_names(found))
    }
    told = "; ".join(
        f"{column}: {count_words(count)}/{count_words(len(found.rows))}" for column, count in counts.items()
    )
    return ["", phrase("matrix found", told=told), phrase("matrix empty", state=labels("state")["absent"])]
