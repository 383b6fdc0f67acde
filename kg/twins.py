"""Two numbers of one day that are likely one document: TW written for TU, or the reverse.

    Nghị quyết số 110-NQ/TW ngày 11/7/2016                                no words say whose it is
    Nghị quyết số 110-NQ/TU ngày 11/7/2016 của Ban Thường vụ Tỉnh ủy      type, number and day are the same

They stay two documents, for nothing proves that they are one; that is asked about. Where words or the table of central
documents say whose each is, they are two and nothing is asked, unless their subjects are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cells import likeness, title_words
from kg.central import known, numbered
from kg.model import Document, Evidence
from kg.sides import SHOWN, Contradiction, Sides, row_evidence, sentence_in
from kg.slips import CENTRE, LEVELS_OF, letters_of
from kg.tabled import ALIKE

if TYPE_CHECKING:
    from kg.store import Store

PAIRS = """SELECT a.id AS centre, b.id AS place FROM documents a JOIN documents b
           ON b.number = a.number AND b.family = a.family AND b.date = a.date AND b.id <> a.id
           WHERE a.nkey LIKE '% tw' AND length(a.date) = 10 AND a.state <> 'ambiguous' AND b.state <> 'ambiguous'
           ORDER BY a.id, b.id"""


def twins(store: Store) -> Iterator[Contradiction]:
    """Yield the pairs of a central and a local number of one type and day that no words keep apart."""
    for row in list(store.rows(PAIRS)):
        centre, place = store.document(row["centre"]), store.document(row["place"])
        if centre is not None and place is not None and centre.level == "trung ương" != place.level:
            yield from asked_about(store, centre, place)
    yield from without_centre(store)


def asked_about(store: Store, centre: Document, place: Document) -> Iterator[Contradiction]:
    """Yield the question whether `centre` (…/TW) and `place` (…/TU) are one; the odd one is nobody's by words."""
    if letters_of(place.full or "")[1] not in {CENTRE, *LEVELS_OF}:
        return
    sure, local = says_issuer(store, centre) or has_row(centre), says_issuer(store, place)
    alike = (likeness(title_words(centre.title), title_words(place.title)) or 0) >= ALIKE
    if sure and local and not alike:
        return
    sides = (place, centre) if sure and not local else (centre, place)
    (value, said), (usual, said_usual) = ((number_of(one, one is place), tuple(sentences(store, one))) for one in sides)
    counts = sides[0].mentions, sides[1].mentions
    yield Contradiction(sides[1], "symbol", ("centre",), value, usual, *counts, said, said_usual[:SHOWN])


def number_of(document: Document, local: bool) -> str:
    """Return the number, a local committee's with the letters that its words put right: "110-NQ/TW của Tỉnh ủy"."""
    full = document.full or ""
    return re.sub(r"TW$", "TU", full) if local else full


LOCAL = """SELECT id, nkey, date FROM documents d WHERE nkey LIKE '% tu' AND length(date) = 10 AND state <> 'ambiguous'
           ORDER BY id"""


def without_centre(store: Store) -> Iterator[Contradiction]:
    """Yield the local numbers of nobody's that have type, number and day of a row of the table: "25-NQ/TU"."""
    for row in list(store.rows(LOCAL)):
        key = f"{row['nkey'].removesuffix('tu')}tw"
        rows = [one for one in numbered().get(key, ()) if one.date == row["date"]]
        document = store.document(row["id"]) if len(rows) == 1 else None
        if document is None or says_issuer(store, document):
            continue
        full = document.full or ""
        said, evidence = Sides(store, document).of("symbol", full, set())
        if not any(store.rows(SAME, (row["date"], key))):
            yield Contradiction(
                document, "symbol", ("centre",), full, rows[0].full, said, 1, evidence, (row_evidence(rows[0]),)
            )


SAME = "SELECT 1 FROM documents WHERE date = ? AND nkey = ? LIMIT 1"


def says_issuer(store: Store, document: Document) -> bool:
    """Tell whether words beside the number, or the document's own heading, say who issued it."""
    query = """SELECT 1 FROM mentions m JOIN claims c ON c.id = m.claim WHERE c.document = ? AND m.issuer IS NOT NULL
               UNION ALL SELECT 1 FROM actions a JOIN claims c ON c.id = a.claim
               WHERE c.document = ? AND a.action = 'issued' LIMIT 1"""
    return document.source is not None or any(store.rows(query, (document.id, document.id)))


def has_row(document: Document) -> bool:
    """Tell whether the table of central documents has the number with this day."""
    return any(one.date == document.date for one in known(document.full or ""))


def sentences(store: Store, document: Document) -> Iterator[Evidence]:
    """Yield the sentences that mention the document."""
    query = """SELECT s.name, m.start, m."end" FROM mentions m JOIN claims c ON c.id = m.claim
               JOIN sources s ON s.id = m.source WHERE c.document = ? ORDER BY s.name, m.start"""
    for row in list(store.rows(query, (document.id,))):
        yield sentence_in(store, row["name"], row["start"], row["end"])
