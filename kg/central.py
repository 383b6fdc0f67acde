"""Well-known central documents: what data/central_documents.csv says of a number or of a name in everyday use.

    number "25-NQ/TW"                      ──► four documents: 2003, 2008, 2013, 2026
    name "Nghị quyết Trung ương 7 khóa XI" ──► every document of that plenum in the table

The table is not complete and never will be: a document that it lacks is as real as one that it has, and one that it has
alone under a number may share that number with others. It helps to choose between candidates and to notice slips.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from data import table
from kg.fold import fold
from kg.numbers import SPOKEN, number_key, ordinal

ABSENT = "-"  # a cell of the table with nothing to say
UNCHECKED = "kiến thức chung"  # in the source of a row whose day nothing confirmed

# lần thứ nhất, lần thứ hai ...
ORDINAL = "|".join((r"\d{1,2}", "[ivx]+", *SPOKEN))

# Folded wordings, each with the shorter one that it comes down to; applied in this order.
SHORTER = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bnq(?= ?tw)", "nghi quyet "),
        (r"\bhn(?= ?tw)", ""),
        (r"\b(?:bch )?tw ?(?=\d|\b)", "trung uong "),
        (rf"\bhoi nghi lan thu ({ORDINAL}) ban chap hanh trung uong(?: dang)?", r"trung uong \1"),
        (r"\bhoi nghi trung uong\b", "trung uong"),
        (rf"\btrung uong (?:dang )?lan thu ({ORDINAL})\b", r"trung uong \1"),
        (rf"\bdai hoi (?:dai bieu )?(?:toan quoc )?(?:dang )?(?:toan quoc )?(?:lan thu )?({ORDINAL})\b", r"dai hoi \1"),
        (r"\bnam (?=\d{4}\b)", ""),
        (r" cua dang(?: cong san viet nam)?$", ""),
    )
]
COUNTED = re.compile(rf"\b(trung uong|dai hoi|khoa) ({ORDINAL})\b")


@dataclass(frozen=True, slots=True)
class Known:
    """A central document as the table has it.

    `full` is its number and symbol ("" for a congress's resolution, the Constitution, the Party's rules), `date` a day
    as YYYY-MM-DD, `term` "khóa XI" or "", `subject` its trích yếu without "về", `source` where the row was confirmed.
    """

    type: str
    full: str
    date: str
    issuer: str
    term: str
    subject: str
    aliases: tuple[str, ...]
    source: str


def known(full: str) -> tuple[Known, ...]:
    """Return the documents with this number in any spelling, the earliest first; several when they share it."""
    return numbered().get(number_key(full), ()) if full else ()


def sure_row(nkey: str, day: str) -> Known | None:
    """Return the row with this number (as `kg.numbers.number_key` has it) and day, if a source confirmed the day."""
    rows = (one for one in numbered().get(nkey, ()) if one.date == day and UNCHECKED not in one.source)
    return next(rows, None)


def line_of(known: Known) -> str:
    """Return a row of the table as a line to read, with the source that confirmed it."""
    day = "/".join(reversed(known.date.split("-")))
    name = " ".join(filter(None, (known.type, known.full)))
    return f"{name} ngày {day} của {known.issuer} về {known.subject} [{known.source}]"


def by_alias(text: str) -> tuple[Known, ...]:
    """Return the documents that `text` as a whole names ("Đề án 06", "Luật Đất đai năm 2024"), the earliest first.

    Several when one name covers several: the resolutions of a plenum, the laws of one name ("Luật Đất đai").
    """
    return named().get(alias_key(text), ())


def alias_key(text: str) -> str:
    """Return what all wordings of one name share: "NQTW 7 (khóa XI)" is "Nghị quyết Hội nghị Trung ương 7 khóa XI".

    >>> alias_key("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng")
    'nghi quyet dai hoi 13'
    """
    folded = fold(text)
    for pattern, words in SHORTER:
        folded = pattern.sub(words, folded)
    return COUNTED.sub(lambda match: f"{match[1]} {ordinal(match[2])}", " ".join(folded.split()))


@cache
def documents() -> tuple[Known, ...]:
    """Return the whole table, the earliest first."""
    return tuple(sorted(map(row_document, table("central_documents")), key=lambda one: (one.date, one.full)))


def row_document(row: dict[str, str]) -> Known:
    """Return the document of one row of the table."""
    cells = {column: "" if value == ABSENT else value for column, value in row.items()}
    return Known(
        type=cells["type"],
        full=cells["number"],
        date=cells["date"],
        issuer=cells["issuer"],
        term=cells["term"],
        subject=cells["subject"],
        aliases=tuple(cells["aliases"].split(";")) if cells["aliases"] else (),
        source=cells["source"],
    )


@cache
def numbered() -> dict[str, tuple[Known, ...]]:
    """Return the documents by the key of their numbers."""
    found: defaultdict[str, list[Known]] = defaultdict(list)
    for one in documents():
        if one.full:
            found[number_key(one.full)].append(one)
    return {key: tuple(several) for key, several in found.items()}


@cache
def named() -> dict[str, tuple[Known, ...]]:
    """Return the documents by the keys of their aliases."""
    found: defaultdict[str, dict[Known, None]] = defaultdict(dict)
    for one in documents():
        for alias in one.aliases:
            found[alias_key(alias)][one] = None
    return {key: tuple(several) for key, several in found.items()}
