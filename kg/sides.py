"""The two sides of a contradiction: the statements that say the odd thing, and those that say the usual one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.central import Known, line_of, sure_row
from kg.model import SELF, Document, Evidence, StatedConflict
from kg.numbers import number_key
from kg.sentences import clean, sentence_at
from kg.slips import full_with, same_issuer, same_symbol

if TYPE_CHECKING:
    from kg.store import Store

TABLE = "data/central_documents.csv"
SHOWN = 3  # sentences kept for the side that most statements are on
HEAD = 3000  # characters in which a document states its own number and date


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One odd value of one document: `said` statements have it, `said_usual` the `usual` one.

    `field` is date, symbol, issuer or title; `slips` are keys of `kg.slips.SLIPS`. `evidence` are the sentences with
    the odd value, `against` some with the usual one, the document's own heading first; `against` is empty when one
    sentence contradicts itself.
    """

    document: Document
    field: str
    slips: tuple[str, ...]
    value: str
    usual: str
    said: int
    said_usual: int
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...]


class Sides:
    """The statements about one document, to find those that say what most say."""

    def __init__(self, store: Store, document: Document) -> None:
        self._store = store
        self._document = document
        query = """SELECT s.name, m.start, m."end", m.date, m.full, m.issuer, m.title FROM mentions m
                   JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source WHERE c.document = ?
                   ORDER BY s.name, m.start"""
        self._mentions = list(store.rows(query, (document.id,)))
        query = """SELECT s.name, s.header FROM claims c JOIN sources s ON s.id = c.source
                   WHERE c.document = ? AND c.local = ? ORDER BY s.name"""
        self._own = list(store.rows(query, (document.id, SELF)))

    def of(self, field: str, usual: str, near: set[str]) -> tuple[int, tuple[Evidence, ...]]:
        """Return how many statements say `usual`, and some of them: its own heading, then the files `near`."""
        column = {"symbol": "full"}.get(field, field)
        agreeing = [row for row in self._mentions if row[column] and agrees(field, row[column], usual)]
        count = dict(self._document.dates).get(usual, 0) if field == "date" else len(agreeing)
        chosen = sorted(agreeing, key=lambda row: (row["name"] not in near, row["name"], row["start"]))
        sentences = [*self._headings(field, usual), *(self._sentence(row) for row in chosen[:SHOWN])]
        return max(count, len(sentences)), tuple(dict.fromkeys(sentences))[:SHOWN]

    def deciding_row(self, field: str, usual: str) -> tuple[Evidence, ...]:
        """Return the row of the table of central documents with the usual day, which decides where as many say both."""
        row = sure_row(number_key(self._document.full), usual) if field == "date" and self._document.full else None
        return (row_evidence(row),) if row is not None else ()

    def odd_number(self, conflict: StatedConflict) -> str:
        """Return the whole number that a contradicting mention gives, of which the conflict keeps the symbol."""
        usual, said = self._document.full or "", conflict.evidence
        for row in self._mentions:
            inside = row["name"] == said.source and said.start <= row["start"] < said.end
            if inside and row["full"] and not same_symbol(row["full"], usual):
                return str(row["full"])
        return full_with(conflict.value, usual)

    def _sentence(self, row: object) -> Evidence:
        place = dict(row)  # type: ignore[call-overload]
        return sentence_in(self._store, place["name"], place["start"], place["end"])

    def _headings(self, field: str, usual: str) -> Iterator[Evidence]:
        """Yield the lines in which the document itself says so, where it was read."""
        for row in self._own:
            header = json.loads(row["header"])
            if field == "date" and header["date"] == usual and len(usual) == 10:
                yield from heading(self._store, row["name"], date_pattern(usual))
            elif field == "symbol" and header["symbol"] and usual.endswith(header["symbol"]):
                yield from heading(self._store, row["name"], re.escape(usual))


def agrees(field: str, stated: str, usual: str) -> bool:
    """Tell whether a statement says the usual value."""
    if field == "symbol":
        return same_symbol(stated, usual)
    return same_issuer(stated, usual) if field == "issuer" else stated == usual


def date_pattern(date: str) -> str:
    """Return the pattern of a full date as headings write it: "ngày 03 tháng 6 năm 2013", "03/6/2013"."""
    year, month, day = date.split("-")
    return rf"\b0?{day.lstrip('0')}\s*(?:/|tháng)\s*0?{month.lstrip('0')}\s*(?:/|năm)\s*{year}\b"


def heading(store: Store, name: str, pattern: str) -> Iterator[Evidence]:
    """Yield the line at the top of the file `name` in which `pattern` stands."""
    text = store.source_text(name)
    match = re.compile(pattern).search(text, 0, HEAD)
    if match is not None:
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = end if end >= 0 else len(text)
        yield clean(Evidence(name, start, end, text[start:end], ""))


def sentence_in(store: Store, name: str, start: int, end: int) -> Evidence:
    """Return the sentence of the file `name` around `start`..`end`."""
    return sentence_at(name, store.source_text(name), start, end)


def row_evidence(known: Known) -> Evidence:
    """Return a row of the table of central documents as evidence."""
    return Evidence(TABLE, 0, 0, line_of(known), "table")
