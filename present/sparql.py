"""The answer to a question in SPARQL as a listing: IRIs in full for programs, with prefixes for people."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.language import phrase
from present.listing import Column, Listing

if TYPE_CHECKING:
    from kg.rdf.asking import Answer


def answer_listing(answer: Answer) -> Listing:
    """Return the listing of an answer."""
    rows = [dict(zip(answer.names, row, strict=True)) for row in answer.rows]
    of_ask = len(answer.rows) == 1 and [type(value) for value in answer.rows[0]] == [bool]
    headings = ("column answer",) if of_ask else answer.names
    columns = [
        Column(name, heading, partial(cell, answer.prefixes, name))
        for name, heading in zip(answer.names, headings, strict=True)
    ]
    return Listing(rows, columns, () if rows else [phrase("no results")], names=answer.names)


def cell(prefixes: dict[str, str], name: str, row: dict[str, Any]) -> str:
    """Return what the table shows of one value."""
    value = row[name]
    if isinstance(value, bool):
        return phrase("yes") if value else phrase("no")
    return short(prefixes, str(value)) if value is not None else ""


def short(prefixes: dict[str, str], value: str) -> str:
    """Return an IRI with its prefix, document:ct-33-ttg-2021; all else as it is."""
    fitting = [prefix for prefix, name in prefixes.items() if re.fullmatch(rf"{re.escape(name)}[^\s]+", value)]
    if not fitting:
        return value
    longest = max(fitting, key=lambda prefix: len(prefixes[prefix]))
    return f"{longest}:{value[len(prefixes[longest]) :]}"
