"""Find who issued a report and where it stands: by its header, its closing or opening words, its symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.heads import Finder, head_pattern
from ingest.issuers import issuer_row
from ingest.letterhead import SEATS, TOP, Line, in_header, is_head, title_case, unit_in
from ingest.letters import LETTER
from ingest.places import KIND, KINDS, NAME, Home, Spot, home_of, narrow, spot_of
from ingest.units import (
    UnitMention,
    canonical,
    expand,
    find_units,
    find_units_before,
    proper,
    unit_at,
    unit_matches,
)
from kg.numbers import parse_number
from kg.register import find_places

TAIL = 60


CLOSING = re.compile(
    r"Trên\s+đây\s+là\s+(?:toàn\s+bộ\s+)?(?:[Bb]áo\s+cáo|[Kk]ế\s+hoạch|"
    r"[Cc]hương\s+trình(?:\s+hành\s+động)?|nội\s+dung)[^.;]{0,200}?của\s+"
)


SPEAKS = re.compile(
    r"\s*(?:kính\s+)?(?:đã\s+)?(?:báo\s+cáo|xin\s+báo\s+cáo|ban\s+hành|xây\s+dựng|"
    r"đề\s+nghị|yêu\s+cầu|tổng\s+hợp|trân\s+trọng|thông\s+báo|hướng\s+dẫn|quyết\s+định|triển\s+khai)\b"
)


ON_BEHALF = re.compile(r"^\W*(?:T/?M|K/?T|T/?L|TUQ|Q)[./\s]\s*", re.IGNORECASE)


RENAMED = re.compile(r"[(]\s*nay\s+(?:là|thuộc)\s")
NOW_CALLED = re.compile(r"\s*[(]\s*nay\s+(?:là|thuộc)\s+")


def renames(flat: str, home: Home) -> Iterator[tuple[str, str]]:
    """Yield (old, new) full names for units the text says were renamed: "Thị ủy Bắc Kạn (nay là Thành ủy Bắc Kạn)"."""
    if RENAMED.search(flat) is None:
        return
    for unit in find_units(flat):
        match = NOW_CALLED.match(flat, unit.end)
        after = unit_at(flat, match.end()) if match else None
        if after is None or after.organ != unit.organ:
            continue
        old, new = expand(unit, home), expand(after, home)
        if old is not None and new is not None:
            yield old.name, new.name


def read_issuer(
    lines: list[Line], flat: str, symbol: str | None, place: str | None, stated: str | None, body: int
) -> tuple[UnitMention | None, Home]:
    """Return the unit that issued the report and its home.

    Looked for in the header's lines, the closing sentence ("Trên đây là báo cáo của …"), the opening ("…, UBND xã báo
    cáo …"); its place from the unit's own words, the date line, or the place most named in the text.
    """
    top = in_header(lines, flat, body)
    if top is not None and top.base == CENTRAL:
        top = on_behalf(lines) or top
    for unit in (top, in_closing(lines), in_opening(flat, body)):
        if unit is not None and (unit.organ != "body" or unit.kind or unit.place):
            return complete(unit, place, stated, flat)
    unit = by_symbol(flat, symbol) or central_by_symbol(symbol)
    return complete(unit, place, stated, flat) if unit is not None else (None, Home(on=on_day(stated)))


def central_by_symbol(symbol: str | None) -> UnitMention | None:
    """Return the central body that the symbol's letters name: "NQ-CP" is the Government's."""
    number = parse_number(f"1/{symbol}") if symbol else None
    row = issuer_row(number) if number is not None else None
    return unit_in(row["name"]) if row is not None and row["level"] == "trung ương" else None


CENTRAL = "Ban Chấp hành Trung ương Đảng"


def on_behalf(lines: list[Line]) -> UnitMention | None:
    """Return the central body for which the paper is signed ("T/M BỘ CHÍNH TRỊ"): all of them share one heading."""
    for line in [*lines[:TOP], *lines[-TAIL:]]:
        words = line.text.strip(" *#_")
        signed = ON_BEHALF.match(words) or re.match(r"CỦA\s+", words)
        unit = unit_in(title_case(words[signed.end() :])) if signed else None
        if unit is not None and unit.organ == "central":
            return unit
    return None


def in_closing(lines: list[Line]) -> UnitMention | None:
    """Return the unit of "Trên đây là báo cáo của …"."""
    for line in reversed(lines[-TAIL:]):
        match = CLOSING.search(line.text)
        if match is None:
            continue
        units = find_units(line.text[match.start() :])
        offset = match.end() - match.start()
        at = next((u for u in units if u.start >= offset - 1), None)
        if at is not None and at.start <= offset + 1:
            return at
        last = [u for u in units if line.text[match.start() + u.end :].strip(" ./") == ""]
        return last[-1] if last else None
    return None


def in_opening(flat: str, body: int) -> UnitMention | None:
    """Return the unit that speaks in the opening: "…, Ban Dân vận Tỉnh ủy báo cáo kết quả như sau"."""
    speakers = find_units_before(flat, body, body + OPENING, SPEAKS)
    return next((unit for unit in speakers if unit.organ != "central" and not unit.many), None)


OPENING = 4000  # characters of the body


def by_symbol(flat: str, symbol: str | None) -> UnitMention | None:
    """Return the unit with a place that the symbol's letters fit and that the text names most."""
    if symbol is None:
        return None
    wanted = {
        "UBND": {"Ủy ban nhân dân"},
        "HU": {"Huyện ủy"},
        "TU": {"Tỉnh ủy", "Thành ủy", "Thị ủy"},
        "ĐU": {"Đảng ủy"},
        "HĐND": {"Hội đồng nhân dân"},
    }
    bases = next(
        (
            names
            for letters, names in wanted.items()
            if re.search(rf"[-/]{letters}(?:$|-)", symbol) or symbol.startswith(letters)
        ),
        set(),
    )
    counts: dict[tuple[str, str, str], list[UnitMention]] = {}
    for unit in find_units(flat):
        if unit.base in bases and unit.place and not unit.head and not unit.many:
            counts.setdefault((unit.base, unit.kind, unit.place), []).append(unit)
    best = sorted(counts.values(), key=lambda units: (-len(units), units[0].start))
    return best[0][0] if best else None


PLACE_NAMED = re.compile(
    rf"(?<![{LETTER}])(?P<kind>{KIND})\s+(?!(?i:ủy|uỷ|đoàn)\s)(?P<name>{NAME})"
)  # "HUYỆN ỦY …" is no place

PLACES = Finder(PLACE_NAMED, head_pattern(KINDS))


def places_named(flat: str) -> dict[tuple[str, str], int]:
    """Return how often the text names each place: {("huyện", "Bạch Thông"): 12, …}."""
    counts: dict[tuple[str, str], int] = {}
    for match in PLACES.find(flat, 0, 200_000):
        kind = " ".join(match["kind"].lower().split())
        at = (kind, proper(match["name"]))
        counts[at] = counts.get(at, 0) + 1
    for unit in takewhile(lambda unit: unit.end() <= 60_000, unit_matches(flat)):
        level = COMMITTEES.get(canonical("committee", unit["committee"])) if unit["committee"] else None
        if level is not None and unit["place"] and not is_head(unit["place"]):
            at = (level, proper(unit["place"]))
            counts[at] = counts.get(at, 0) + 1
    return counts


COMMITTEES = {"Tỉnh ủy": "tỉnh", "Huyện ủy": "huyện"}


def complete(unit: UnitMention, place: str | None, stated: str | None, flat: str) -> tuple[UnitMention, Home]:
    """Return `unit` and the home that it and the places named in the text give."""
    start = Home(on=on_day(stated))
    kind = unit.kind or {**SEATS, "Đảng ủy": "xã"}.get(unit.base, "")
    if unit.organ == "department":
        kind = kind or ("tỉnh" if unit.base.startswith("Sở") else "huyện")
    if unit.organ == "central" or not kind:
        return unit, start
    named = places_named(flat)
    province = most_named(named, {"tỉnh"})
    city = None if province else most_named(central_cities(named, start.on), {"thành phố"})
    named_top = city or province
    top = spot_of("thành phố" if city else "tỉnh", named_top, start) if named_top else None
    outer = Home(province=top, on=start.on) if top is not None and kind != "tỉnh" else start
    name = unit.place or (place if place and kind != "tỉnh" else None) or most_named(named, {kind}) or place
    if name is None:
        return unit, start
    spots = [spot_of(kind, name, outer)]
    spots += [spot_of(k, n, outer) for k, n in unit.upper]
    inner = spots[0]
    if inner.level == "xã" and not unit.upper:
        district = most_named(named, {"huyện", "thị xã", "quận"})
        spots += [spot_of("huyện", district, outer)] if district and districts_live(stated) else []
    if outer.province is not None and all(s.level != "tỉnh" for s in spots) and fits(inner, outer.province):
        spots.append(outer.province)
    return unit, home_of(spots, start.on)


def central_cities(named: dict[tuple[str, str], int], on: str | None) -> dict[tuple[str, str], int]:
    """Return those of the places named that are cities of a province's rank on the day: "thành phố Huế"."""
    return {
        (kind, name): count
        for (kind, name), count in named.items()
        if kind == "thành phố" and narrow(find_places(name, level="tỉnh"), Home(on=on))
    }


def districts_live(stated: str | None) -> bool:
    """Tell whether districts existed at the time: they ended on 30 June 2025 (Nghị quyết 203/2025/QH15)."""
    return stated is None or stated < "2025-07"


def on_day(stated: str | None) -> str | None:
    """Return a day for a date that may lack its day: the middle of what is known."""
    if stated is None:
        return None
    return {4: f"{stated}-06-15", 7: f"{stated}-15"}.get(len(stated), stated)


def fits(inner: Spot, province: Spot) -> bool:
    """Tell whether `inner` may lie in `province`: its full name says so, or says nothing."""
    return ", " not in inner.full or inner.full.endswith(province.full)


def most_named(named: dict[tuple[str, str], int], kinds: set[str]) -> str | None:
    """Return the name of the place of these kinds that the text names most, the earlier one among equals."""
    counts: dict[str, int] = {}
    for (kind, name), count in named.items():
        if kind in kinds:
            counts[name] = counts.get(name, 0) + count
    return max(counts, key=lambda name: counts[name]) if counts else None
