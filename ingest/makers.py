"""Find who is said to issue a document right before it is named: a unit, or a place that stands for one.

    UBND huyện đã ban hành Kế hoạch số 15/KH-UBND …
    Huyện Tân Yên ban hành Kế hoạch số 116-KH/HU …; Lục Ngạn ban hành Công văn số 1342-CV/HU …

The symbol's letters tell which body of the place it is: HU its huyện ủy, UBND its people's committee.
"""

from __future__ import annotations

import re
from functools import cache

from data import table
from ingest.letters import LETTER, UPPER
from ingest.places import KIND, KINDS, NAME, tidy_kind
from ingest.units import UnitMention, find_units_in
from kg.numbers import Number
from kg.register import find_places

MADE_BY = re.compile(
    rf"(?:^|[;.:\n“]\s*|[-+*•]\s+|(?:,|\svà)\s+(?=(?:trong\s+đó\s+)?(?:{KIND})\s))(?:[Rr]iêng\s+|[Tt]rong\s+đó\s+)?(?P<place>(?:(?P<kind>{KIND})\s+)?(?P<name>{NAME}))\s+(?:đã\s+)?"
    r"(?:xây\s+dựng\s*(?:,|và)\s*)?(?:(?:ký\s+)?ban\s+hành|xây\s+dựng|có)\s+$"
)
# Lắk: |Kế hoạch số 76-KH/HU
NAMED_BEFORE = re.compile(rf"(?:^|[;\n]\s*|[-+*•]\s+)(?P<place>(?:(?P<kind>{KIND})\s+)?(?P<name>{NAME}))\s*:\s+$")
REACH = 100
PARTY = {"HU": "Huyện ủy", "QU": "Quận ủy", "TU": "Thành ủy", "ĐU": "Đảng ủy"}
STATE = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
# The verb between a unit and what it issued: "UBND huyện |đã xây dựng, ban hành |Kế hoạch số 15/KH-UBND"
ISSUED = re.compile(r"\s+(?:đã\s+)?(?:kịp\s+thời\s+)?(?:xây\s+dựng\s*(?:,|và)?\s*)?(?:ký\s+)?ban\s+hành\s+")
ISSUING = re.compile(r"ban\s+hành\s+$")
UPPER_KINDS = {"HU": "huyện", "QU": "quận", "TU": "thành phố", "ĐU": "xã", "UBND": "", "HĐND": ""}  # any level


def maker_before(flat: str, start: int, begin: int, number: Number) -> UnitMention | None:
    """Return the unit that the place before "ban hành" stands for, for a document named at `begin`, or None."""
    letters = number.issuer.split("-")[0]
    if letters not in UPPER_KINDS:
        return None
    offset = max(start, begin - REACH)
    if not flat[max(offset, begin - 12) : begin].rstrip().endswith(("hành", "dựng", "có", ":")):
        return None
    unit = unit_before(flat, offset, begin)
    if unit is not None:
        return unit if unit.base == {**PARTY, **STATE}[letters] else None
    match = MADE_BY.search(flat[offset:begin]) or NAMED_BEFORE.search(flat[offset:begin])
    if match is None or (match.start() == 0 and offset > start and match[0][0].isalpha()):
        return None
    kind = tidy_kind(match["kind"]) if match["kind"] else UPPER_KINDS[letters]
    if not match["kind"] and not find_places(match["name"]):
        return None
    if KINDS.get(kind) == "tỉnh" or re.search(rf"[{LETTER}]\s$", flat[max(start, offset - 1) : offset]):
        return None
    place = " ".join(match["name"].split())
    span = (offset + match.start("place"), offset + match.end("place"))
    if letters in PARTY and letters != "ĐU":
        return UnitMention(*span, match["place"], "committee", PARTY[letters], place=place)
    return UnitMention(*span, match["place"], "body", STATE.get(letters, "Đảng ủy"), kind=kind, place=place)


# "Kế hoạch số 77/KH-UBND … |của Phường 1|", "Nghị quyết số 12-NQ/HU |của huyện|"; not "của xã, phường"
PLACE_ALONE = re.compile(
    rf"(?P<kind>{KIND})(?:\s+(?P<name>{NAME})(?!\s+[{UPPER}])|(?=\s+(?:về|v/v|đã|đến|và|ban|triển|thực)\s|\s*[.;)]))"
)


def place_after(flat: str, start: int, end: int, number: Number | None) -> UnitMention | None:
    """Return the body of the place that stands alone behind "của", as the number's letters tell it, or None."""
    letters = number.issuer.split("-")[0] if number is not None else ""
    match = PLACE_ALONE.match(flat, start, end) if letters in UPPER_KINDS else None
    if match is None:
        return None
    kind, place = tidy_kind(match["kind"]), " ".join((match["name"] or "").split())
    if letters not in PARTY or letters == "ĐU":
        return UnitMention(*match.span(), match[0], "body", STATE.get(letters, "Đảng ủy"), kind=kind, place=place)
    base = {**PARTY, "TU": {"tỉnh": "Tỉnh ủy", "thị xã": "Thị ủy"}.get(kind, "Thành ủy")}[letters]
    return UnitMention(*match.span(), match[0], "committee", base, place=place)


def unit_before(flat: str, start: int, begin: int) -> UnitMention | None:
    """Return the unit whose "đã ban hành" ends at `begin`, or None."""
    if ISSUING.search(flat, start, begin) is None:
        return None
    named = [unit for unit in find_units_in(flat, start, begin) if ISSUED.fullmatch(flat, unit.end, begin)]
    return named[-1] if named else None


PARTY_CENTRE = {"Bộ Chính trị", "Ban Bí thư Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"}  # they issue "/TW"


def is_of_outer(number: Number | None, unit: UnitMention, of: str) -> bool:
    """Tell whether "do |unit ban hành" closes an outer title, since the symbol before it names another central body.

    "Công văn 433/TLĐ-CTCĐ … theo Kết luận 183-KL/TW |do Tổng Liên đoàn Lao động Việt Nam ban hành": not its conclusion.
    """
    if number is None or unit.organ != "central" or of.strip(" ,") != "do":
        return False
    letters = re.sub(r"\d+$", "", number.issuer.split("-")[0])
    named = central_letters().get(letters)
    return unit.base not in PARTY_CENTRE if letters == "TW" else named is not None and named != unit.base


@cache
def central_letters() -> dict[str, str]:
    """Return the central bodies by the letters of their symbols."""
    return {row["letters"]: row["name"] for row in table("issuer_letters") if row["level"] == "trung ương"}
