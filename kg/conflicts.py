"""Contradictions about one document: the odd date, symbol or issuer, each with the sentence that says it.

A scan contradicts nobody: what it says otherwise may be a letter that was misread.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import StatedConflict
from kg.naming import parse_unit
from kg.numbers import number_key
from kg.sentences import sentence_at

if TYPE_CHECKING:
    from kg.store import Store


def conflicts_of(
    store: Store, document_id: str, date: str | None, issuer: str | None, full: str | None
) -> Iterator[StatedConflict]:
    """Yield what contradicts the likeliest date, issuer and symbol, each with the sentence that says it."""
    seen: set[tuple[str, str, str, int]] = set()
    for conflict in (
        *stated_conflicts(store, document_id),
        *odd_dates(store, document_id, date),
        *odd_symbols(store, document_id, full),
        *odd_issuers(store, document_id, issuer),
    ):
        mark = (conflict.field, conflict.value, conflict.evidence.source, conflict.evidence.start)
        if mark not in seen and not (conflict.field == "date" and conflict.value == date):
            seen.add(mark)
            yield conflict


def stated_conflicts(store: Store, document_id: str) -> Iterator[StatedConflict]:
    """Yield the contradictions inside one report that its extraction found."""
    query = """SELECT s.name, s.text, x.* FROM conflicts x JOIN claims c ON c.id = x.claim
               JOIN sources s ON s.id = c.source WHERE c.document = ? AND NOT s.recognised
               ORDER BY s.name, x.start, x.field"""
    for row in store.rows(query, (document_id,)):
        yield stated(row["field"], row["value"], row, "within one report")


def odd_dates(store: Store, document_id: str, date: str | None) -> Iterator[StatedConflict]:
    """Yield the mentions that give another day than `date`."""
    query = """SELECT s.name, s.text, m.start, m."end", m.date FROM mentions m JOIN claims c ON c.id = m.claim
               JOIN sources s ON s.id = c.source WHERE c.document = ? AND m.date IS NOT NULL AND m.date <> ?
               AND NOT s.recognised ORDER BY s.name, m.start"""
    for row in store.rows(query, (document_id, date or "")):
        if not agree(row["date"], date or ""):
            yield stated("date", row["date"], row, "between reports")
    # a report's own date, or one that was read apart from the mention: the first mention stands for it
    query = """SELECT s.name, s.text, c.date, min(m.start) AS start, m."end" FROM claims c
               JOIN sources s ON s.id = c.source LEFT JOIN mentions m ON m.claim = c.id
               WHERE c.document = ? AND c.date <> ? AND NOT s.recognised
               GROUP BY c.id HAVING sum(coalesce(m.date, '') = c.date) = 0 ORDER BY s.name, start"""
    for row in store.rows(query, (document_id, date or "")):
        if not agree(row["date"], date or ""):
            yield stated("date", row["date"], row, "between reports")


def agree(a: str, b: str) -> bool:
    """Tell whether one date only says less than the other."""
    return a.startswith(b) or b.startswith(a)


def odd_symbols(store: Store, document_id: str, full: str | None) -> Iterator[StatedConflict]:
    """Yield the mentions that give another symbol than most do: "15-CT/TW" for 15-CT/TU."""
    if not full:
        return
    query = """SELECT s.name, s.text, m.start, m."end", m.full, c.full AS usual FROM mentions m
               JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = c.source
               WHERE c.document = ? AND m.full IS NOT NULL AND m.full <> ? AND NOT s.recognised
               ORDER BY s.name, m.start"""
    wanted = number_key(full)
    for row in store.rows(query, (document_id, full)):
        key = number_key(row["full"])
        if key != wanted and len(key.split()) >= len(wanted.split()):
            symbol = re.sub(r"^[\d.]+[a-z]?(?:/(?:19|20)\d\d)?[-/ ]\s*", "", row["full"])
            yield stated("symbol", symbol, row, "between reports")


def odd_issuers(store: Store, document_id: str, issuer: str | None) -> Iterator[StatedConflict]:
    """Yield the claims that give a central document to another body of the centre: one number, two issuers."""
    if issuer is None or parse_unit(issuer).level != "trung ương":
        return
    query = """SELECT s.name, s.text, m.start, m."end", m.issuer FROM mentions m JOIN claims c ON c.id = m.claim
               JOIN sources s ON s.id = c.source WHERE c.document = ? AND m.issuer IS NOT NULL AND m.issuer <> ?
               AND NOT s.recognised ORDER BY s.name, m.start"""
    for row in store.rows(query, (document_id, issuer)):
        if are_rivals(issuer, row["issuer"]):
            yield stated("issuer", row["issuer"], row, "between reports")


RIVALS = frozenset({"bo chinh tri", "ban bi thu", "ban chap hanh trung uong", "thu tuong chinh phu", "chinh phu"})


def are_rivals(a: str, b: str) -> bool:
    """Tell whether two names are of two bodies of the centre that a number can't both have."""
    bodies = {parse_unit(a).body, parse_unit(b).body}
    return len(bodies) == 2 and bodies <= RIVALS


def stated(field: str, value: str, row: sqlite3.Row, rule: str) -> StatedConflict:
    """Return the contradiction with the sentence in which `row` (name, text, start, end) says it."""
    said = sentence_at(row["name"], row["text"], row["start"] or 0, row["end"] or 0, rule)
    return StatedConflict(field, value, said)
