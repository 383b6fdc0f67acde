"""Contradictions about one document, each with the sentences of both sides and the kind of slip.

Two different documents that share a number are two documents (`kg.identity`) and no contradiction: only statements that
were found to speak of one document are compared. A number whose letters are another type's or another body's than the
words beside it contradicts itself, in one sentence.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.cells import type_class, type_classes
from kg.central import Known, numbered
from kg.fold import fold
from kg.identity import slip
from kg.model import SELF, Document, Evidence, StatedConflict
from kg.sentences import clean, sentence_at
from kg.slips import (
    date_slips,
    full_with,
    issuer_slips,
    misses_issuer,
    misses_type,
    same_issuer,
    same_symbol,
    symbol_slips,
)

if TYPE_CHECKING:
    from kg.store import Store

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


def contradictions(store: Store) -> list[Contradiction]:
    """Return all contradictions, those of the most cited documents first."""
    with store.snapshot():
        found = [one for known in suspects(store) for one in between_statements(store, known)]
        found += within_a_sentence(store, found)
        found += against_table(store)
    return sorted(found, key=lambda c: (-c.document.mentions, c.document.id, c.field, c.value))


# ---- statements against each other ----------------------------------------------------------------------------------

SUSPECTS = """SELECT c.document FROM claims c JOIN conflicts x ON x.claim = c.id
              UNION SELECT c.document FROM claims c LEFT JOIN mentions m ON m.claim = c.id GROUP BY c.document
              HAVING count(DISTINCT m.date) > 1 OR count(DISTINCT m.full) > 1 OR count(DISTINCT m.issuer) > 1
              OR count(DISTINCT c.date) > 1 OR min(c.date) <> min(m.date) ORDER BY 1"""


def suspects(store: Store) -> Iterator[str]:
    """Yield the documents of which two things are said: only they are summed up and compared."""
    for row in list(store.rows(SUSPECTS)):
        yield row["document"]


def between_statements(store: Store, known: str) -> Iterator[Contradiction]:
    """Yield what contradicts the likeliest date, symbol, issuer and title of one document."""
    document = store.document(known)
    if document is None or not document.conflicts:
        return
    sides = Sides(store, document)
    odd: dict[tuple[str, str], list[StatedConflict]] = defaultdict(list)
    for conflict in document.conflicts:
        value = sides.odd_number(conflict) if conflict.field == "symbol" else conflict.value
        odd[conflict.field, value].append(conflict)
    for (field, value), stated in odd.items():
        usual = usual_value(document, field)
        slips = kinds_of_slip(document, field, value)
        if usual is None or not slips:
            continue
        sentences = tuple(dict.fromkeys(clean(one.evidence) for one in stated))
        count, against = sides.of(field, usual, {item.source for item in sentences})
        said = max(dict(document.dates).get(value, 0) if field == "date" else 0, len(sentences))
        yield Contradiction(document, field, slips, value, usual, said, count, sentences, against)


def usual_value(document: Document, field: str) -> str | None:
    """Return what most statements say in `field`."""
    values = {"date": document.date, "symbol": document.full, "issuer": document.issuer, "title": document.title}
    return values.get(field)


def kinds_of_slip(document: Document, field: str, value: str) -> tuple[str, ...]:
    """Return the kinds of slip that `value` is, () when it only says less or the same."""
    usual = usual_value(document, field) or ""
    if field == "date":
        return () if value.startswith(usual) or usual.startswith(value) else date_slips(value, usual)
    if field == "symbol":
        beside = misses_issuer(document.issuer, value) if document.issuer else None
        return tuple(dict.fromkeys([*filter(None, [beside]), *symbol_slips(value, usual, document.type)]))
    if field == "issuer":
        return issuer_slips(value, usual, document.full)
    return (field,) if field == "title" else ()


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


# ---- a sentence against itself --------------------------------------------------------------------------------------


def within_a_sentence(store: Store, known: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """Yield the numbers whose letters are another type's or body's than the words beside them, unless `known` says it.

    "Chương trình số 03-CT/TU"; "Nghị quyết số 110-NQ/TW của Ban Thường vụ Tỉnh ủy".
    """
    told = [(one.document.id, item) for one in known if one.field != "date" for item in one.evidence]
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for known_id, item in told:
        spans[known_id, item.source].append((item.start, item.end))
    found: dict[tuple[str, str, str, str, str], list[Evidence]] = defaultdict(list)
    query = """SELECT c.document, s.name, m.start, m."end", m.text, m.type, m.full, m.issuer FROM mentions m
               JOIN claims c ON c.id = m.claim JOIN sources s ON s.id = m.source WHERE m.full IS NOT NULL
               ORDER BY c.document, s.name, m.start"""
    for row in store.rows(query):
        for field, kind, value, usual in odd_letters(row["text"], row["type"], row["full"], row["issuer"]):
            if not any(start <= row["start"] < end for start, end in spans[row["document"], row["name"]]):
                mark = (row["document"], field, kind, value, usual)
                found[mark].append(sentence_in(store, row["name"], row["start"], row["end"]))
    for (known_id, field, kind, value, usual), sentences in found.items():
        document = store.document(known_id)
        if document is not None:
            evidence = tuple(dict.fromkeys(sentences))
            yield Contradiction(document, field, (kind,), value, usual, len(evidence), 0, evidence, ())


@lru_cache(maxsize=65536)
def odd_letters(text: str, kind: str | None, full: str, issuer: str | None) -> tuple[tuple[str, str, str, str], ...]:
    """Return (field, slip, value, usual) for a mention whose letters contradict its own type word or issuer."""
    found = []
    word = TYPE_WORD.match(" ".join(text.split()))
    if kind and word and type_classes().get(fold(word[1])) == type_class(kind) and misses_type(kind, full):
        found.append(("symbol", "type", full, kind))
    slip = misses_issuer(issuer, full) if issuer else None
    if issuer and slip:
        found.append(("issuer", slip, issuer, full))
    return tuple(found)


# "Chương trình số 03-CT/TU"; not "số 218-QĐ/TW", which shares another's word
TYPE_WORD = re.compile(r"([^\d]+?)\s*(?:số:?\s*)?(?=\d)", re.IGNORECASE)


# ---- statements against the table of central documents ---------------------------------------------------------------

TABLE = "data/central_documents.csv"
UNCHECKED = "kiến thức chung"  # a row whose day no source confirmed accuses nobody


def against_table(store: Store) -> Iterator[Contradiction]:
    """Yield the days that are one slip from the table's, for numbers that it has, where no other row has the day.

    The table is not complete: a day far from all of its rows is another document's.
    """
    known_keys = numbered()
    for row in list(store.rows("SELECT id, nkey, date FROM documents WHERE state = 'sure' AND length(date) = 10")):
        known = known_keys.get(row["nkey"], ())
        near = [one for one in known if slip(row["date"], one.date) and UNCHECKED not in one.source]
        if len(near) != 1 or any(one.date == row["date"] for one in known):
            continue
        document = store.document(row["id"])
        if document is None or document.date != row["date"]:
            continue
        said, evidence = Sides(store, document).of("date", row["date"], set())
        slips, table_row = date_slips(row["date"], near[0].date), Evidence(TABLE, 0, 0, line_of(near[0]), "table")
        yield Contradiction(document, "date", slips, row["date"], near[0].date, said, 1, evidence, (table_row,))


def line_of(known: Known) -> str:
    """Return a row of the table as a line to read, with the source that confirmed it."""
    day = "/".join(reversed(known.date.split("-")))
    return f"{known.type} {known.full} ngày {day} của {known.issuer} về {known.subject} [{known.source}]"


# ---- sentences ------------------------------------------------------------------------------------------------------


def sentence_in(store: Store, name: str, start: int, end: int) -> Evidence:
    """Return the sentence of the file `name` around `start`..`end`."""
    return sentence_at(name, store.source_text(name), start, end)
