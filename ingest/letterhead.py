"""Read the letterhead: the lines above the type of a paper name who issued it, one completing the other.

ỦY BAN NHÂN DÂN          HUYỆN ỦY BA TRI             HỘI LHPN VIỆT NAM
HUYỆN BẠCH THÔNG         TRUNG TÂM CHÍNH TRỊ         BAN THƯỜNG VỤ TỈNH AN GIANG
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from data import table
from ingest.offices import AT, beginning
from ingest.places import KIND, NAME, tidy_kind
from ingest.typewords import types_without_marks
from ingest.units import UnitMention, canonical, canonical_names, find_units, proper
from kg.fold import fold, key

TOP = 40  # lines in which a header may stand


MOTTO = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|Độc\s+lập\s*-\s*Tự\s+do\s*-\s*Hạnh\s+phúc|"
    r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|^\s*ĐOÀN\s+TNCS\s+HỒ\s+CHÍ\s+MINH\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the flattened text with its place in it."""

    text: str
    start: int


def in_header(lines: list[Line], flat: str, body: int) -> UnitMention | None:
    """Return the unit that the lines above the type name in capitals; the text begins at `body`.

    The last line is the issuer, the one above it completes it: "ỦY BAN NHÂN DÂN" / "HUYỆN BẠCH THÔNG",
    "THỊ ỦY BẮC KẠN" / "BAN DÂN VẬN", "ĐẢNG BỘ TỈNH BẮC GIANG" / "TỈNH ỦY". A line that no table knows is
    a name of its own.
    """
    named = with_their_places([title_case(words) for words in header_names(lines, body)])
    if not named:
        return None
    last, above = named[-1], named[-2] if len(named) > 1 else ""
    upper = unit_in(above)
    if above and BARE_PLACE.fullmatch(last) and unit_in(last) is None:
        return unit_in(f"{above} {DASH.sub(', ', last)}") or upper
    if upper is not None and is_head(last):
        return replace(upper, head=canonical("head", last))
    board = board_in(last, above or youth_union(lines, body))
    if board is not None:
        return board
    unit = known_unit(last) or unknown_unit(last, flat[body:])
    if unit is None:
        return upper
    if unit.organ == "committee" and is_head(last[unit.end :].strip()):  # both on one line: "TỈNH ỦY BAN DÂN VẬN"
        return replace(unit, head=canonical("head", last[unit.end :].strip()))
    return placed_below(unit, above)


def placed_below(unit: UnitMention, above: str) -> UnitMention:
    """Return `unit` at the place that the line above it names, where its own line names none."""
    kind, place = area_of(above)
    if unit.place or not place:
        return unit
    if unit.organ == "committee":
        return replace(unit, place=place)
    return replace(unit, kind=kind, place=place) if unit.kind in {"", kind} else unit


SEATS = {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Thị ủy": "thị xã", "Huyện ủy": "huyện", "Quận ủy": "quận"}


def area_of(words: str) -> tuple[str, str]:
    """Return kind and name of the place of the last unit that a header line names: "ĐẢNG BỘ SỞ Y TẾ NINH THUẬN"."""
    for unit in reversed(find_units(words)):
        if unit.place:
            department = {"department": "tỉnh" if unit.base.startswith("Sở") else "huyện"}.get(unit.organ, "")
            return unit.kind or SEATS.get(unit.base, "") or department, unit.place
    return "", ""


# BAN THƯỜNG VỤ |TỈNH AN GIANG
BOARD = re.compile(rf"(?P<head>\S.*?)\s+(?P<place>(?:{KIND})\s+{NAME}.*)")
UNION = re.compile(r"ĐOÀN\s+TNCS\s+HỒ\s+CHÍ\s+MINH", re.IGNORECASE)


def board_in(last: str, above: str) -> UnitMention | None:
    """Return the board of a mass organisation: "HỘI LHPN VIỆT NAM" / "BAN THƯỜNG VỤ TỈNH AN GIANG"."""
    match, body = BOARD.fullmatch(last), unit_in(above)
    if (
        match is None
        or body is None
        or body.place
        or body.organ not in {"body", "central"}
        or not is_head(match["head"])
    ):
        return None
    unit = unit_in(f"{body.text} {match['place']}")
    return replace(unit, head=canonical("head", match["head"])) if unit is not None and unit.place else None


def youth_union(lines: list[Line], body: int) -> str:
    """Return the name of the Youth Union where it heads the paper: its own motto is the same words."""
    stands = any(line.start < body and UNION.search(line.text) for line in lines[:16])
    return "Đoàn TNCS Hồ Chí Minh" if stands else ""


def with_their_places(named: list[str]) -> list[str]:
    """Return the lines, a bare place joined to the organ above it: "MẶT TRẬN TỔ QUỐC VIỆT NAM" / "TỈNH ĐỒNG THÁP"."""
    whole: list[str] = []
    for words in named:
        placeless = bool(whole) and BARE_PLACE.fullmatch(words) is not None and unit_in(words) is None
        joined = unit_in(f"{whole[-1]} {words}") if placeless else None
        if joined is not None and joined.place and joined.end == len(f"{whole[-1]} {words}"):
            whole[-1] = f"{whole[-1]} {words}"
        else:
            whole.append(words)
    return whole


DASH = re.compile(r"\s+[-–]\s+")
# "HUYỆN BẠCH THÔNG", "XÃ SỸ BÌNH, HUYỆN BẠCH THÔNG", "XÃ SỸ BÌNH - HUYỆN BẠCH THÔNG"
BARE_PLACE = re.compile(rf"(?:{KIND})\s+{NAME}(?:(?:\s*,|{DASH.pattern})\s*(?:{KIND})\s+{NAME}){{0,2}}")


# A line of the header that names nobody: the number, the day; "QUẬN 8", "BỘ TƯ LỆNH QUÂN KHU 5" do
OTHER_LINE = re.compile(r"(?<!QUẬN )(?<!PHƯỜNG )(?<!KHU )(?<!SỐ )\b\d|\d[^\s\d]|(?:^|\s)(?:SỐ(?!\s\d+$)|NGÀY)(?:\W|$)")


def header_names(lines: list[Line], body: int) -> list[str]:
    """Return the lines in capitals above the type line, columns apart, mottos and numbers dropped."""
    named: list[str] = []
    for line in lines[:16]:
        if line.start >= body or fold(line.text.strip(" *#_:")) in types_without_marks():
            break
        for cell in line.text.split("|"):
            words = " ".join(MOTTO.sub(" ", cell).strip(" *#_-:").split())
            if words and capitals(words) and not OTHER_LINE.search(words.upper()):
                named.append(words)
    return named


def unit_in(words: str) -> UnitMention | None:
    """Return the unit that a header line names from its first word on."""
    units = [u for u in find_units(words) if not words[: u.start].strip()]
    return units[0] if units else None


def is_head(words: str) -> bool:
    """Tell whether a header line is only an organ within the unit above it: "BAN DÂN VẬN"."""
    return canonical("head", words) != words or key(words) in canonical_names("head")


def known_unit(words: str) -> UnitMention | None:
    """Return the unit that a header line names; None where its first word is that of an office of another name.

    "ĐẢNG ỦY BỆNH VIỆN ĐA KHOA TỈNH" is no commune's committee.
    """
    unit = unit_in(words)
    bare = unit is not None and unit.base in {"Đảng ủy", "Đảng bộ"} and not (unit.kind or unit.place)
    return None if unit is None or (bare and beginning().match(words[unit.end :].strip())) else unit


# What the name of an office that no table knows begins with
OFFICE = re.compile(
    r"(?:Sở|Ban|Phòng|Trường|Hội|Đoàn|Công|Cục|Chi|Trung|Viện|Bệnh|Văn|Tổng|Liên|Ủy|Đảng|Quỹ|Tòa|Kho|Báo|Đài|Học|Thanh|"
    r"Ngân|Bảo|Hạt|Đội|Đồn|Khối|Hợp|Tập|Nhà|Trạm|Bưu|Điện|Viễn|Cơ|Bộ|Quân|Đại)\s"
)


def unknown_unit(words: str, text: str) -> UnitMention | None:
    """Return a unit that no table knows under its own words: "Trường Mầm non Sao Mai"; None for what is no office."""
    if OFFICE.match(words) is None:
        return None
    name = as_spelt(words, text)
    at = AT.match(name)
    place = proper(at["place"] or "") if at is not None else ""
    return UnitMention(0, len(name), name, "other", name, kind=tidy_kind(at["kind"]) if at else "", place=place)


def as_spelt(words: str, text: str) -> str:
    """Return a name in capitals as the running text spells it, in title case where it does not."""
    spelt = re.compile(r"\s+".join(re.escape(word) for word in words.split()), re.IGNORECASE)
    found = (" ".join(match[0].split()) for match in spelt.finditer(text))
    return next((name for name in found if not name.isupper() and name[0].isupper()), words)


def capitals(text: str) -> bool:
    """Tell whether a header line is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def title_case(words: str) -> str:
    """Return a line in capitals as running text has it: "HUYỆN BẠCH THÔNG" gives "Huyện Bạch Thông"."""
    return " ".join(word.capitalize() if word.isupper() and not is_short(word) else word for word in words.split())


INITIALS = re.compile(r"[BCDĐGHKLMNPQRSTVX&-]{2,}")  # THPT, LHPN


def is_short(word: str) -> bool:
    """Tell whether a word in capitals is an abbreviation: in the table of organs, or without a vowel."""
    return word in short_forms() or INITIALS.fullmatch(word) is not None


@cache
def short_forms() -> frozenset[str]:
    """Return the organs that are written in capitals alone: "UBND"."""
    return frozenset(form for row in table("organs") for form in row["forms"].split("|") if form.isupper())
