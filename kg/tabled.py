"""Statements held against the table of central documents: a day, an issuer or a number that is one slip from a row.

The table is not complete (docs/central_documents.md): what is far from all of its rows is another document's, and a row
that no source confirmed accuses nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg.cells import likeness, split_key, title_words, type_class
from kg.central import UNCHECKED, Known, documents, numbered
from kg.conflicts import are_rivals
from kg.identity import one_digit, slip
from kg.model import Document
from kg.naming import parse_unit
from kg.numbers import number_key, without_numbers
from kg.sides import Contradiction, Sides, row_evidence
from kg.slips import date_slips, issuer_slips, symbol_slips

if TYPE_CHECKING:
    from kg.store import Store

ALIKE = 0.6  # of two subjects, as in kg.identity
ENOUGH = 8  # syllables of a subject that tells it from others

HEADING = "ban chap hanh trung uong"  # over all papers of the Party's centre (36-HD/VPTW)

CENTRAL = "SELECT id, nkey, date FROM documents WHERE state = 'sure' AND length(date) = 10 ORDER BY id"


def against_table(store: Store) -> Iterator[Contradiction]:
    """Yield the days, issuers and numbers that are one slip from what the table has."""
    for row in list(store.rows(CENTRAL)):
        known = numbered().get(row["nkey"], ())
        if any(one.date == row["date"] for one in known):
            yield from other_issuer(store, row["id"], [one for one in known if one.date == row["date"]])
            continue
        near = [one for one in known if slip(row["date"], one.date) and UNCHECKED not in one.source]
        if len(near) == 1:
            yield from other_day(store, row["id"], row["date"], near[0])
        elif not near:
            yield from other_number(store, row["id"], row["nkey"], row["date"])


def other_day(store: Store, known: str, day: str, usual: Known) -> Iterator[Contradiction]:
    """Yield that the document's day is one slip from the row's."""
    document = store.document(known)
    if document is not None and document.date == day:
        yield against(store, document, "date", date_slips(day, usual.date), (day, usual.date), usual)


def other_issuer(store: Store, known: str, rows: list[Known]) -> Iterator[Contradiction]:
    """Yield that most statements give the document to another body of the centre than the one row of that day.

    The Central Committee's name accuses nobody: it heads all papers of the Party's centre, whoever of it issued them.
    """
    if len(rows) != 1 or UNCHECKED in rows[0].source:
        return
    document, usual = store.document(known), rows[0].issuer
    if document is None or not document.issuer or parse_unit(document.issuer).body == HEADING:
        return
    if are_rivals(document.issuer, usual):
        slips = issuer_slips(document.issuer, usual, document.full)
        yield against(store, document, "issuer", slips, (document.issuer, usual), rows[0])


def other_number(store: Store, known: str, nkey: str, day: str) -> Iterator[Contradiction]:
    """Yield that the number is one digit from a row's of that day, type and subject: "26-NQ/TW" for 25-NQ/TW."""
    number, _, letters, issuer = split_key(nkey)
    near = [one for one in on_day().get(day, ()) if digit_apart(number, letters, issuer, one)]
    document = store.document(known) if near else None
    if document is None or not document.title:
        return
    alike = [one for one in near if one_subject(document.title, one.subject)]
    if len(alike) == 1 and type_class(document.type) == type_class(alike[0].type):
        values = document.full or "", alike[0].full
        yield against(store, document, "symbol", symbol_slips(*values, document.type), values, alike[0])


def one_subject(a: str, b: str) -> bool:
    """Tell whether two subjects are one and say more than which document they carry out."""
    a, b = without_numbers(a), without_numbers(b)
    told = min(len(a.split()), len(b.split())) >= ENOUGH
    return told and (likeness(title_words(a), title_words(b)) or 0) >= ALIKE


def digit_apart(number: str, letters: str, issuer: tuple[str, ...], known: Known) -> bool:
    """Tell whether a row has the letters and a number that differs in one digit."""
    other, _, other_letters, other_issuer_letters = split_key(number_key(known.full))
    return (letters, issuer) == (other_letters, other_issuer_letters) and one_digit(number, other)


def against(
    store: Store, document: Document, field: str, slips: tuple[str, ...], values: tuple[str, str], row: Known
) -> Contradiction:
    """Return the contradiction between what the statements say (the first of `values`) and a row of the table."""
    said, evidence = Sides(store, document).of(field, values[0], set())
    return Contradiction(document, field, slips, *values, said, 1, evidence, (row_evidence(row),))


@cache
def on_day() -> dict[str, tuple[Known, ...]]:
    """Return the numbered rows of the table whose day a source confirmed, by their days."""
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for one in documents():
        if one.full and UNCHECKED not in one.source:
            found[one.date].append(one)
    return {day: tuple(several) for day, several in found.items()}
