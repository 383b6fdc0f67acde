"""Read what stands right behind a number: the day, the issuers, their term.

Kế hoạch số 35/KH-UBND |ngày 17/02/2022 của UBND huyện Bạch Thông| về triển khai …
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.dates import read_date
from ingest.makers import is_of_outer, place_after
from ingest.units import UnitMention, unit_at
from kg.numbers import Number

# của |, do đồng chí |, của liên |Bộ …, của Hội nghị lần thứ sáu |Ban Chấp hành Trung ương
OF = re.compile(
    r"[\s,]*(?:(?:của|do)\s+(?:đồng\s+chí\s+|liên\s+(?:ngành\s*:?\s+)?|"
    r"Hội\s+nghị\s+(?:(?:Trung\s+ương\s+)?lần\s+thứ\s+\w+|(?:Trung\s+ương|TW)\s*\w+)\s*,?\s+(?:của\s+)?)?|giữa\s+)"
)
ADVISES = re.compile(r"\s+(?:chủ\s+trì|tham\s+mưu|soạn\s+thảo|dự\s+thảo|đề\s+xuất|trình|phối\s+hợp)\s")
AND_UNIT = re.compile(r"\s*(?:và|với|&|,|-)\s+")
JOINT = re.compile(r"L[TSNB](?:-|$)")  # letters of what several bodies issue together: TTLT, HDLS, KHLN
PARTY_CENTRE = {"Ban Bí thư Trung ương Đảng"}  # "của Bộ Chính trị, Ban Bí thư": a comma joins only these


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a number: its date, its issuers, their term, and where that ends."""

    end: int
    date: str | None
    issuers: tuple[UnitMention, ...] = ()
    term: str = ""


def read_tail(flat: str, number: Number | None, start: int, end: int) -> Tail:
    """Return what follows `number` (None for a short form), which ends at `start`, before `end`."""
    closed = LAW_CLOSED.match(flat, start, end) if number is not None and number.issuer.startswith("QH") else None
    place, stated = read_date(flat, closed.end() if closed else start, end)
    if stated is not None and number is not None and is_of_next(flat, number, start, place, end):
        place, stated = start, None
    issuers, place = read_issuers(flat, place, end, number)
    if stated is None and issuers:
        after, later = read_date(flat, place, end)
        if later is not None and NEXT_DEED.match(flat, after, end) is None:
            place, stated = after, later
    if stated is not None and len(stated) == 4 and not issuers and number is None:
        return Tail(place, stated)
    term = TERM_AFTER.match(flat, place, end)  # "… ngày 11/4/2023 khóa XXVII về …"
    named = f"khóa {term['term']}" if term else next((unit.term for unit in issuers if unit.term), "")
    return Tail(term.end() if term else place, stated, issuers, named)


LAW_CLOSED = re.compile(r"[)](?=\s*,?\s+(?:ngày|năm)\s)")  # "Luật Đất đai (Luật số 31/2024/QH15|) ngày 18/01/2024"


def is_of_next(flat: str, number: Number, start: int, place: int, end: int) -> bool:
    """Tell whether a day behind a comma is that of the next deed: "Kế hoạch số 96/KH-UBND, ngày 12/5, UBND huyện ra …".

    Only state documents are written without a comma before their day; the Party writes "12-KH/TU, ngày 12/5/2023".
    """
    state = re.match(r"\d+[a-z]?/", number.full) is not None
    comma = re.match(r"\s*,", flat[start : start + 3]) is not None
    unit = unit_at(flat, place + 2) if state and comma and flat[place : place + 2] == ", " else None
    return unit is not None and unit.end < end and NEXT_DEED.match(flat, place, end) is not None


# A day that belongs to what follows: "… của UBND tỉnh, ngày 17/02/2022 |UBND huyện đã ban hành …"
NEXT_DEED = re.compile(r"\s*,?\s*[^,;.]{3,90}?\s(?:đã\s+)?(?:xây\s+dựng|ban\s+hành|ký|tổ\s+chức|có)\s")
TERM_AFTER = re.compile(
    r"[\s,]*(?:(?:của\s+)?Hội\s+nghị\s+[^,;.()\n]{1,60}?\s)?[(]?kh(?:óa|oá)\s+(?P<term>[IVXL]+|\d{1,2})(?!\w)[)]?"
)


def read_issuers(flat: str, start: int, end: int, number: Number | None) -> tuple[tuple[UnitMention, ...], int]:
    """Return the units after "của" or "giữa" at `start`, behind `number`, and where they end.

    A comma joins those of a paper whose symbol says that several bodies issued it.
    """
    joint = number is not None and JOINT.search(number.symbol) is not None
    match = OF.match(flat, start, end)
    if match is None:
        return (), start
    unit = unit_at(flat, match.end()) or place_after(flat, match.end(), end, number)
    if unit is None or unit.end > end or is_of_outer(number, unit, match[0]):
        return (), start
    if match[0].split()[0] == "do" and ADVISES.match(flat, unit.end):
        return (), start
    if unit.many and flat[unit.end] == ",":  # "của UBND huyện, thị trấn họp": one number is one body's
        unit = replace(unit, many=False)
    units = [unit]
    while (more := AND_UNIT.match(flat, units[-1].end, end)) is not None:
        unit = unit_at(flat, more.end())
        between = match[0].strip(" ,").startswith("giữa")
        allowed = {"và", "&", *((",", "-") if joint else ()), *(("với",) if between else ())}
        named = unit is not None and (more[0].strip() in allowed or unit.base in PARTY_CENTRE)
        if unit is None or unit.end > end or not named:
            break
        units.append(unit)
    return tuple(units), units[-1].end
