"""Contradictions about one document, each with the sentences of both sides and the kind of slip.

Two different documents that share a number are two documents (`kg.identity`) and no contradiction: only statements that
were found to speak of one document are compared. A number whose letters are another type's or another body's than the
words beside it contradicts itself, in one sentence. `kg.tabled` holds statements against the table of central
documents, `kg.twins` two numbers of one day that are likely one document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.cells import type_class, type_classes
from kg.fold import fold
from kg.model import Document, Evidence, StatedConflict
from kg.sentences import clean
from kg.sides import Contradiction, Sides, sentence_in
from kg.slips import date_slips, issuer_slips, misses_issuer, misses_type, symbol_slips
from kg.tabled import against_table
from kg.twins import twins

if TYPE_CHECKING:
    from kg.store import Store


def contradictions(store: Store) -> list[Contradiction]:
    """Return all contradictions, those of the most cited documents first."""
    with store.snapshot():
        found = [one for known in suspects(store) for one in between_statements(store, known)]
        found += within_a_sentence(store, found)
        found += against_table(store)
        found += twins(store)
        found = without_scans(store, found)
    return sorted(found, key=lambda c: (-c.document.mentions, c.document.id, c.field, c.value))


def without_scans(store: Store, found: Sequence[Contradiction]) -> list[Contradiction]:
    """Return the contradictions that stand without scans, where a letter that was misread is nobody's slip."""
    scans = {row["name"] for row in store.rows("SELECT name FROM sources WHERE recognised")}
    if not scans:
        return list(found)
    kept = []
    for one in found:
        said, usual = (tuple(item for item in side if item.source not in scans) for side in (one.evidence, one.against))
        if said and (usual or not one.against):
            kept.append(replace(one, evidence=said, against=usual))
    return kept


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
        against += sides.deciding_row(field, usual) if said >= count else ()
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
