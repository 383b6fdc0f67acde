"""Where a report stands, and what the place names in it mean seen from there.

"UBND tỉnh" in a report of huyện Bạch Thông is that of tỉnh Bắc Kạn; "huyện" alone is Bạch Thông.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ingest.letters import LETTER, UPPER
from kg.register import Place, find_places, full_name, parent_of, province_of

KINDS = {
    "tỉnh": "tỉnh",
    "thành phố": "huyện",  # or a city under the centre: the register tells
    "tp": "huyện",
    "tp.": "huyện",
    "huyện": "huyện",
    "thị xã": "huyện",
    "quận": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
KIND = r"(?i:tỉnh|thành\s+phố|tp\.?|huyện|thị\s+xã|quận|xã|phường|thị\s+trấn|đặc\s+khu)"
SYLLABLE = rf"[{UPPER}][{LETTER}’'-]*"
# Quận |8, PHƯỜNG |10; not "UBND quận 6 tháng đầu năm", "phường 12/14"
COUNTED = (
    r"tháng|năm|ngày|tuần|quý|lần|lượt|người|hộ|vụ|đồng|triệu|tỷ|cán\s+bộ|đảng\s+viên|trường\s+hợp|văn\s+bản|kế\s+hoạch|"
    r"công\s+trình|khu\s+phố|tổ\s+dân|buổi|lớp|cuộc|điểm|đơn\s+vị|mô\s+hình|nội\s+dung|chỉ\s+tiêu|nhiệm\s+vụ|phường|quận"
)
NUMBERED = (
    r"(?:(?<=[Qq]uận\s)|(?<=QUẬN\s)|(?<=[Pp]hường\s)|(?<=PHƯỜNG\s))0?[1-9]\d?"
    rf"(?![\w%]|[.,/:]\d|\s?/|\s+(?:{COUNTED})(?![{LETTER}]))"
)
NAME = rf"(?:{SYLLABLE}(?:[^\S\n]+{SYLLABLE}){{0,3}}|{NUMBERED})"  # a name ends with its block


@dataclass(frozen=True, slots=True)
class Spot:
    """An administrative place by its own words: kind "huyện", name "Bạch Thông", the level, and the whole name."""

    kind: str
    name: str
    level: str
    full: str  # "huyện Bạch Thông, tỉnh Bắc Kạn"


@dataclass(frozen=True, slots=True)
class Home:
    """The places that a report speaks from: its commune, district and province as far as they are known."""

    province: Spot | None = None
    district: Spot | None = None
    commune: Spot | None = None
    level: str | None = None
    on: str | None = None
    party: str = (
        ""  # the reporting Party committee where it is an office's: "Đảng ủy Bệnh viện Đa khoa tỉnh Ninh Thuận"
    )
    renamed: tuple[tuple[str, str], ...] = ()  # (old name, new name) of units, as the report says "(nay là …)"

    def __hash__(self) -> int:
        inner = self.commune or self.district or self.province
        return hash((inner.full if inner else "", self.on))  # tells enough: a hash of all fields is dear

    def at(self, level: str) -> Spot | None:
        """Return the home place of `level`."""
        return {"tỉnh": self.province, "huyện": self.district, "xã": self.commune}.get(level)

    def by_kind(self, kind: str) -> Spot | None:
        """Return the home place that "the <kind>" means: "thành phố" is the district that is one, else the province."""
        if kind in {"thành phố", "tp", "tp."}:
            return next((s for s in (self.district, self.province) if s and s.kind == "thành phố"), None)
        spot = self.at(KINDS[kind])
        if spot is not None and KINDS[kind] == "huyện" and kind not in {spot.kind, "huyện"}:
            # "thị ủy", "thị xã" of a place that is a city by now: the same place under its older rank
            return spot if kind == "thị xã" and spot.kind == "thành phố" else None
        return spot


def tidy_kind(word: str) -> str:
    """Return the kind of place that `word` spells: "TP." gives "thành phố"."""
    kind = " ".join(word.lower().split())
    return "thành phố" if kind in {"tp", "tp."} else kind


def known_prefix(words: str, level: str | None, home: Home) -> tuple[str, tuple[Place, ...]]:
    """Return the longest leading part of `words` that the register knows as a place, with the places, else all."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count])
        places = find_places(name, level=level)
        if places:
            return name, narrow(places, home)
    return words, ()


def narrow(places: tuple[Place, ...], home: Home) -> tuple[Place, ...]:
    """Return those of `places` that fit best: valid at the report's time, below its province, below its district."""
    if home.on:
        dated = tuple(p for p in places if p.valid_from <= home.on and (p.valid_to is None or home.on <= p.valid_to))
        places = dated or places
    for spot in (home.province, home.district):
        if spot is not None:
            within = (spot.level, spot.name)  # "8" is a ward's name and a district's
            near = tuple(p for p in places if within in {(above.level, above.name) for above in lineage(p, home.on)})
            places = near or places
    return places


def lineage(place: Place, on: str | None) -> list[Place]:
    """Return `place` and what it lies in, innermost first."""
    line = [place]
    while (above := parent_of(line[-1], on)) is not None:
        line.append(above)
    return line


@lru_cache(maxsize=16384)
def spot_of(kind: str, words: str, home: Home) -> Spot:
    """Return the place that "<kind> <words>" names, completed by the register and by the report's own place."""
    kind, on = tidy_kind(kind), home.on
    level = KINDS[kind]
    words = words.lstrip("0") if words.isdigit() else words
    wanted = None if kind == "thành phố" else level
    name, places = known_prefix(words, wanted, home)
    fitting = tuple(p for p in places if p.type == kind) or places
    if level == "xã" and home.province is not None:  # a report names its own communes without the province
        fitting = tuple(p for p in fitting if home.province.name in {above.name for above in lineage(p, on)})
    for spot in (home.commune, home.district, home.province):
        if spot is not None and spot.kind == kind and spot.name == name:
            return spot
    names = {full_name(p, on) for p in fitting}
    if len(names) == 1:
        place = fitting[0]
        rank = kind if kind != "huyện" or place.type == "huyện" else place.type
        above = full_name(place, on).split(", ", 1)[1:]
        return Spot(rank, name, place.level, ", ".join([f"{rank} {name}", *above]))
    province = home.province.full if home.province and level != "tỉnh" else ""
    return Spot(kind, name, level, f"{kind} {name}, {province}" if province else f"{kind} {name}")


def place_below(words: str, home: Home) -> Spot | None:
    """Return the place of that name which the register knows below the report's own place, else below its province.

    "Yên Phúc" in a report of huyện Văn Quan is its commune, "Bình Gia" the district beside it; a name that no place
    there bears is None.
    """
    own = home.at(home.level) if home.level else None
    for area in dict.fromkeys(spot for spot in (own, home.province) if spot is not None):
        for level in ("huyện", "xã"):
            found = known_prefix(words, level, home)[1] if level != area.level else ()
            below = [p for p in found if area.name in {above.name for above in lineage(p, home.on)[1:]}]
            if below and below[0].name == words:
                return spot_of(below[0].type, words, home)
    return None


def home_of(spots: list[Spot], on: str | None) -> Home:
    """Return the home that the innermost of `spots` (innermost first) gives, its upper places from the register."""
    by_level: dict[str, Spot] = {spot.level: spot for spot in reversed(spots)}
    inner = spots[0] if spots else None
    if inner is not None:
        for place in upper_places(inner, by_level.get("tỉnh"), on):
            by_level.setdefault(place.level, Spot(place.type, place.name, place.level, full_name(place, on)))
    province, district, commune = (by_level.get(level) for level in ("tỉnh", "huyện", "xã"))
    if district is not None and province is not None and ", " not in district.full:
        district = Spot(district.kind, district.name, "huyện", f"{district.kind} {district.name}, {province.full}")
    if commune is not None and district is not None and ", " not in commune.full:
        commune = Spot(commune.kind, commune.name, "xã", f"{commune.kind} {commune.name}, {district.full}")
    elif commune is not None and province is not None and ", " not in commune.full:
        commune = Spot(commune.kind, commune.name, "xã", f"{commune.kind} {commune.name}, {province.full}")
    return Home(province, district, commune, inner.level if inner else None, on)


def upper_places(inner: Spot, province: Spot | None, on: str | None) -> list[Place]:
    """Return what `inner` lies in, when the register knows exactly one such place (within `province`, at `on`)."""
    home = Home(province=province, on=on)
    places = narrow(find_places(inner.name, level=inner.level), home)
    fitting = tuple(p for p in places if p.type == inner.kind) or places
    tops = {(province_of(p, on) or p).name for p in fitting}
    above = {full_name(p, on).split(", ", 1)[-1] for p in fitting}
    if not fitting or len(above) > 1 or len(tops) > 1:
        return []
    return lineage(fitting[0], on)[1:]
