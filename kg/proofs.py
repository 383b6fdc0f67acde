"""Sentences that prove by themselves: a clip that holds a citation alone is widened, a footnote gets what carries it.

Nghị quyết số 52-NQ/TW                   ->  Thực hiện Kế hoạch số 01-KH/TU …; Nghị quyết số 52-NQ/TW
⁹ Thực hiện Nghị quyết 25-NQ/TW          +   Đảng ủy Quân sự tổ chức quán triệt các nghị quyết …⁹
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from data import table
from kg.fold import fold
from kg.model import Evidence, Unit
from kg.sentences import clean, sentence_at
from kg.store import Store

REACH = 1500  # characters before a citation in which its sentence must begin
FAR = 12_000  # characters before a footnote in which its mark must stand
WORDS = 3  # of a unit's name, by which a sentence that names it is known
BEGINS = re.compile(
    r"(?:^|[.?!]\s|\n\s*\n|\n(?=\s*[-+*•#])"
    r"|</?(?:p|div|li|[uo]l|h[1-6]|t[dhr]|table|t?body|br|title|blockquote)(?:\s[^<>]{0,200})?/?>)\s*",
    re.IGNORECASE,
)
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LEAD = re.compile(r"(?:^|\n)[ \t]*[\[(]?([⁰¹²³⁴-⁹]{1,3}|\d{1,3})[\])]?[\s:.)–-]*$")
WINDOW = "SELECT substr(text, ?, ?) AS words FROM sources WHERE name = ?"
PASSAGE = """SELECT p.kind, p.start FROM passages p JOIN sources s ON s.id = p.source
             WHERE s.name = ? AND p.start <= ? AND p."end" >= ? ORDER BY p.start DESC"""


@cache
def citation() -> re.Pattern[str]:
    """Return the pattern of a citation: a type of document and its number."""
    types = sorted((row["name"] for row in table("document_types")), key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in types)
    return re.compile(rf"(?:{names})\s+(?:số\s*:?\s*)?\d+[\w/.-]*", re.IGNORECASE)


def is_bare(text: str, own: bool) -> bool:
    """Return whether a clip proves nothing: it begins with a citation, and nothing else in it says who does what.

    In the document's `own` file the document speaks of itself, and what it does stands before the first citation;
    elsewhere the first citation may be the document, and only a clip of one citation says nothing.
    """
    found = citation().match(text)
    return found is not None and (own or citation().search(text, found.end()) is None)


def whole(store: Store, item: Evidence, *, own: bool) -> Evidence:
    """Return the evidence, from the beginning of its sentence on when the clip alone proves nothing."""
    if not is_bare(item.text, own):
        return item
    floor = max(0, item.start - REACH)
    row = next(store.rows(WINDOW, (floor + 1, item.end - floor, item.source)), None)
    words = row["words"] if row else ""
    begins = [match.end() for match in BEGINS.finditer(words) if match.end() <= item.start - floor]
    if len(words) != item.end - floor or not begins or (floor and not begins[-1]):
        return item
    return clean(replace(item, start=floor + begins[-1], text=words[begins[-1] :]))


def with_carriers(store: Store, unit: Unit, evidence: list[Evidence]) -> list[Evidence]:
    """Return the sentences about a unit, those of running text first; after those of a footnote what carries it."""
    plain: list[list[Evidence]] = []
    noted: list[list[Evidence]] = []
    for item in evidence:
        carriers = carriers_of(store, unit, item)
        (noted if carriers else plain).append([item, *carriers])
    return [item for group in (*plain, *noted) for item in group]


def carriers_of(store: Store, unit: Unit, item: Evidence) -> list[Evidence]:
    """Return what carries the footnote in which a sentence stands: where the mark is, and how its paragraph opens.

    What names the unit comes first. Nothing for a sentence of running text and for a note whose mark is not found.
    """
    note = next(store.rows(PASSAGE, (item.source, item.start, item.end)), None)
    if note is None or note["kind"] != "note":
        return []
    text = store.source_text(item.source)
    mark = mark_of(text, note["start"])
    if mark is None:
        return []
    carrier = sentence_at(item.source, text, mark, mark)
    paragraph = next(store.rows(PASSAGE, (item.source, mark, mark)), None)
    start = paragraph["start"] if paragraph else mark
    opening = sentence_at(item.source, text, start, start)
    found = [replace(one, recognised=item.recognised) for one in dict.fromkeys((carrier, opening))]
    return sorted(found, key=lambda one: not names(one, unit))


def names(item: Evidence, unit: Unit) -> bool:
    """Return whether a sentence has the first words of one of the unit's names."""
    text = fold(item.text)
    return any(fold(" ".join(name.split()[:WORDS])) in text for name in (unit.name, *unit.aliases))


def mark_of(text: str, note: int) -> int | None:
    """Return where the mark of the footnote that starts at `note` stands: the latest before it, a raised one first."""
    lead = LEAD.search(text, max(0, note - 12), note)
    if lead is None:
        return None
    number = lead[1].translate(RAISED)
    raised = number.translate({value: key for key, value in RAISED.items()})
    for form in (
        rf"(?<=[^\s⁰¹²³⁴-⁹])(?<!\bm)(?<!\bkm){raised}(?![⁰¹²³⁴-⁹])",
        rf"(?<=\S)\s?[\[(]{number}[\])]",
        rf"(?<=[^\W\d_]){number}(?!\w)",
    ):
        found = list(re.finditer(form, text[max(0, lead.start() - FAR) : lead.start()]))
        if found:
            return max(0, lead.start() - FAR) + found[-1].start()
    return None
