"""What the name of a unit says: its organ, its place, its level.

    Ban Thường vụ Huyện ủy Bạch Thông, tỉnh Bắc Kạn
    └── organ ───────────┘ └ place ─┘  └ province ┘

A committee, its standing board and its congress sign with the same letters and one series of numbers: they
share a `body`. Names that the register does not know are read by their own words; what they leave out stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from data import table
from kg.fold import fold, new_tones, unify

KINDS = {
    "tỉnh": "tỉnh",
    "thành phố": "huyện",  # or a city under the centre: `is_province` tells
    "tp": "huyện",
    "huyện": "huyện",
    "quận": "huyện",
    "thị xã": "huyện",
    "xã": "xã",
    "phường": "xã",
    "thị trấn": "xã",
    "đặc khu": "xã",
}
COMMITTEES = {"tỉnh": "tỉnh", "thành": "thành phố", "thị": "thị xã", "huyện": "huyện", "quận": "quận"}

# "huyện Bạch Thông", "TP. Bắc Kạn"; "Huyện ủy Bạch Thông", "Tỉnh đoàn Bắc Kạn"
PLACE = re.compile(
    r"\b(?:(?P<committee>tỉnh|thành|thị|huyện|quận)\s+(?P<organ>ủy|đoàn)"
    r"|(?P<kind>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu))\s+(?=\S)"
)
CAPITALISED = re.compile(r"\s*([^\W\d_][\w’'-]*|\d+)")

SHORT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc việt nam",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "bchtw": "ban chấp hành trung ương",
    "bdv": "ban dân vận",
    "btt": "ban thường trực",
    "tw": "trung ương",
    "ttg": "thủ tướng",
    "tp": "thành phố",
    "ttcp": "thanh tra chính phủ",
    "ccb": "cựu chiến binh",
}
# As a person types them without marks
SHORT_FOLDED = {fold(short): fold(full) for short, full in SHORT.items()}

CENTRAL = re.compile(
    r"trung ương|chính phủ|quốc hội|bộ chính trị|ban bí thư|chủ tịch nước|toàn quốc|tối cao|ngân hàng nhà nước"
    r"|kiểm toán nhà nước|ủy ban dân tộc$|tổng liên đoàn|^bộ (?!chỉ huy|tư lệnh)|bộ trưởng"
)
# What in a name is only another word for the committee itself: "Ban Thường vụ", "Hội nghị lần thứ sáu"
COMMITTEE_ORGANS = re.compile(
    r"^(?:ban thuong vu|ban chap hanh|thuong truc|hoi nghi(?: lan thu \w+)?|dai hoi(?: dai bieu)?|dong chi|"
    r"pho bi thu|bi thu)\s*"
)
COMMITTEE_ALONE = re.compile(r"\b(tinh|thanh|thi|huyen|quan) uy\b(?! trung uong)")
FILLER = {"cua", "dang", "dang bo", "cap uy", "viet nam", ""}


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative place as a name tells it; what is not told is ""."""

    level: str
    kind: str
    name: str
    district: str = ""
    province: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what two spellings of one place share: huyện Cao Lãnh is not thành phố Cao Lãnh beside it."""
        kind, twin = lasting_kind(self.level, self.kind, self.name, self.district, self.province)
        name = f"{kind} {self.name}" if twin else self.name
        return (self.level, fold(name), fold(self.district), fold(self.province))


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's name taken apart: `organ` and `body` folded, `body` the organ whose letters and numbers it shares."""

    name: str
    organ: str
    body: str
    level: str
    place: Place | None = None

    @property
    def locality(self) -> str:
        """Return the place's own name, "" for the centre and for units without a place."""
        return self.place.name if self.place else ""

    @property
    def province(self) -> str:
        """Return the name of the province, "" when unknown."""
        return self.place.province if self.place else ""


def parse_unit(name: str, *, on: str | None = None, province: str = "") -> UnitName:
    """Return what `name` says; `on` is the day it is used, `province` where the report that uses it comes from.

    "UBND huyện Bạch Thông", "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn" and "Chủ tịch UBND huyện Bạch Thông" have
    one place and one body.
    """
    return parsed(name, like_day(on) if on else on, province)


@lru_cache(maxsize=4096)
def like_day(on: str) -> str:
    """Return one day for all on which the register of places is as on that one: what is known of one serves all."""
    from kg import register

    return register.like_day(on)


@lru_cache(maxsize=32768)
def parsed(name: str, on: str | None, province: str) -> UnitName:
    """Return what `parse_unit` does."""
    shown = " ".join(unify(name).split())
    lower = new_tones(shown.lower())
    found = list(places_in(shown, lower))
    place = complete(found, on, province) if found else None
    organ, body = organ_of(lower, found[0] if found else None)
    if place is not None:
        return UnitName(shown, organ, body, place.level, place)
    level = "trung ương" if CENTRAL.search(spelt_out(lower)) else level_alone(organ)
    return UnitName(shown, organ, central_body(body) if level == "trung ương" else body, level)


@dataclass(frozen=True, slots=True)
class Found:
    """A place inside a name: where it starts, what kind it is, what it is called."""

    start: int
    kind: str
    name: str
    organ: str  # "ủy" or "đoàn" where the kind is part of the organ's name


def places_in(shown: str, lower: str) -> list[Found]:
    """Return the places that `shown` names, in the order of the words."""
    found: list[Found] = []
    end = 0
    for match in PLACE.finditer(lower):
        if match.start() < end:
            continue
        name, end = capitalised(shown, lower, match.end())
        if name:
            kind = COMMITTEES[match["committee"]] if match["committee"] else match["kind"].rstrip(".")
            kind = "thành phố" if kind == "tp" else kind
            found.append(Found(match.start(), kind, title_case(name), match["organ"] or ""))
    return found


def capitalised(shown: str, lower: str, start: int) -> tuple[str, int]:
    """Return the run of capitalised words at `start`, up to the next word for a kind of place, and where it ends."""
    words: list[str] = []
    at = start
    while match := CAPITALISED.match(shown, at):
        first = match[1][0]
        if not (first.isupper() or first.isdigit()) or PLACE.match(lower, match.start(1)):
            break
        words.append(match[1])
        at = match.end()
        if at < len(shown) and shown[at] in ",;()":
            break
    return " ".join(words), at


def title_case(name: str) -> str:
    """Return "Bạch Thông" for "BẠCH THÔNG"."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in name.split())


def complete(found: list[Found], on: str | None, province: str) -> Place:
    """Return the innermost place of `found`, its district and province from the name, the register or the report."""
    own = found[0]
    others = found[1:]
    given = next((f.name for f in others if f.kind == "tỉnh"), "")
    given = given or next((f.name for f in others if f.kind == "thành phố" and is_province(f.name, on)), "")
    level = KINDS[own.kind]
    if own.kind == "thành phố" and not given and is_province(own.name, on):
        level = "tỉnh"
    if level == "tỉnh":
        return Place("tỉnh", own.kind, own.name, "", own.name)
    district = next((f.name for f in others if KINDS[f.kind] == "huyện" and f.name != given), "")
    if level == "xã" and not district:
        district = district_of(own.name, given or province, on)
    if level == "huyện":
        return Place(level, own.kind, own.name, "", given or province_of_place(own, level, "", province))
    return Place(level, own.kind, own.name, district, given or province_of_place(own, level, district, province))


def province_of_place(own: Found, level: str, district: str, hint: str) -> str:
    """Return the province that the register knows for the place, `hint` when that is one of several, else ""."""
    searched = (district, "huyện") if district else (own.name, level)
    provinces = provinces_with(*searched)
    if len(provinces) == 1:
        return next(iter(provinces))
    fitting = [name for name in provinces if fold(name) == fold(hint)]
    if fitting:
        return fitting[0]
    return hint if not provinces else ""


@lru_cache(maxsize=65536)
def district_of(commune: str, province: str, on: str | None) -> str:
    """Return the district in which the register knows that province's commune on that day, "" when not one only."""
    if not province or on is None:
        return ""
    from kg import register

    above = set()
    for place in register.find_places(commune, level="xã", on=on):
        top, parent = register.province_of(place, on), register.parent_of(place, on)
        if top is not None and parent is not None and fold(top.name) == fold(province):
            above.add(parent.name if parent.level == "huyện" else "")
    return above.pop() if len(above) == 1 else ""


@lru_cache(maxsize=65536)
def lasting_kind(level: str, kind: str, name: str, district: str, province: str) -> tuple[str, bool]:
    """Return the kind that the place had first in the register, and whether another of its name stood beside it.

    Thị xã Bắc Kạn became thành phố Bắc Kạn and stayed one place: "thị xã" for both. The commune of 2025 that bears the
    code and name of a town is another place, below another parent. What the register does not know, or knows several
    times, keeps its kind.
    """
    from kg import register

    def inside(place: register.Place) -> bool:
        top, parent = register.province_of(place), register.parent_of(place)
        return fold(province) in {"", fold(top.name) if top else ""} and (
            not district or parent is None or fold(parent.name) == fold(district)
        )

    namesakes = [place for place in register.find_places(name, level=level) if inside(place)]
    codes = {place.code for place in namesakes if place.type == kind}
    if len(codes) != 1:
        return kind, False
    above = {place.parent for place in namesakes if place.code in codes and place.type == kind}
    own = [place for place in namesakes if place.code in codes and place.parent in above]
    others = [place for place in namesakes if place.code not in codes]
    first = min(own, key=lambda place: place.valid_from).type
    return first, any(register.overlap(one, other) for one in own for other in others)


@lru_cache(maxsize=65536)
def provinces_with(name: str, level: str) -> frozenset[str]:
    """Return the names of the provinces in which the register knows a place `name` of `level`."""
    from kg import register  # a table of 14,000 places: read when first needed

    tops = (register.province_of(place) for place in register.find_places(name, level=level))
    return frozenset(top.name for top in tops if top is not None)


@lru_cache(maxsize=4096)
def is_province(name: str, on: str | None) -> bool:
    """Tell whether a city called `name` is under the centre (on day `on`, when that is known)."""
    from kg import register

    day = on if on and len(on) == 10 else None
    places = register.find_places(name, level="tỉnh", on=day) if day else register.find_places(name, level="tỉnh")
    if any(place.type == "thành phố" for place in places):
        return day is not None or not any(
            place.type == "thành phố" for place in register.find_places(name, level="huyện")
        )
    return False


def organ_of(lower: str, found: Found | None) -> tuple[str, str]:
    """Return the organ of a unit and the body whose series of numbers it shares, both folded.

    >>> organ_of("ban thường vụ huyện ủy bạch thông", places_in(...)[0])
    ('ban thuong vu cap uy', 'cap uy')
    """
    words = lower[: found.start] if found else lower
    words = TERM.sub("", words)
    organ = FRONT.sub("uy ban mat tran to quoc viet nam", fold(spelt_out(words.split("(")[0])))
    if found and found.organ:
        return (both := f"{organ} {'cap uy' if found.organ == 'ủy' else 'doan thanh nien'}".strip()), body_of(both)
    return organ, body_of(organ)


def level_alone(organ: str) -> str:
    """Return the level that an organ without a place still tells: "tinh uy" is a province's."""
    found = COMMITTEE_ALONE.search(organ)
    return (
        {"tinh": "tỉnh", "thi": "huyện", "huyen": "huyện", "quan": "huyện"}.get(found[1], "khác") if found else "khác"
    )


def spelt_out(lower: str) -> str:
    """Return `lower` with abbreviations of organs written in full: "ubnd" gives "ủy ban nhân dân"."""
    return " ".join(SHORT.get(word, word) for word in lower.replace(",", " ").split())


def body_of(organ: str) -> str:
    """Return the body behind an organ: the standing board's is the committee, the chairman's the people's committee."""
    rest = re.sub(r"\s*khoa (?:[ivxl]+|\d+)$", "", organ)
    rest = re.sub(r"^(?:pho )?chu tich (?=uy ban|hoi dong)", "", rest)
    rest = re.sub(r"^(?:bo|thu) truong (?=bo )", "", rest)
    rest = re.sub(r"^(?:ban )?thuong truc (?=uy ban|hoi dong)", "", rest)
    if rest in {"dang uy", "dang bo"}:
        return "cap uy"
    if re.fullmatch(r"(?:ban thuong vu|thuong truc|ban chap hanh) dang uy", rest):
        return "cap uy"
    rest = COMMITTEE_ALONE.sub("cap uy", rest)
    bare = COMMITTEE_ORGANS.sub("", rest)
    bare = COMMITTEE_ORGANS.sub("", bare) if bare != rest else rest
    return "cap uy" if bare in FILLER and rest else rest


def central_body(body: str) -> str:
    """Return the central body that `body` (folded) names: "trung uong" for the Central Committee, whoever words it."""
    for pattern, name in CENTRAL_BODIES:
        if pattern.search(body):
            return name
    return body


FRONT = re.compile(r"(?:uy ban )?mat tran to quoc(?: viet nam)?")
CENTRAL_BODIES = (
    (re.compile(r"bo chinh tri"), "bo chinh tri"),
    (re.compile(r"^ban bi thu"), "ban bi thu"),
    (re.compile(r"^(?:hoi nghi .*)?ban chap hanh trung uong"), "ban chap hanh trung uong"),
    (re.compile(r"thu tuong"), "thu tuong chinh phu"),
    (re.compile(r"uy ban thuong vu quoc hoi"), "uy ban thuong vu quoc hoi"),
    (re.compile(r"^dai hoi .*toan quoc"), "dai hoi toan quoc"),
)


@cache
def central_letters() -> dict[str, str]:
    """Return the letters in a symbol that name one body of the centre, folded, with its name: ttg, bnv, qutw."""
    return {fold(row["letters"]): row["name"] for row in table("issuer_letters") if row["level"] == "trung ương"}


def names_the_centre(letters: str) -> bool:
    """Tell whether the issuer's letters (folded: "tw", "ttg", "qh15", "bca") can only be a central body's."""
    bare = re.sub(r"\d+$", "", letters)
    return bare.endswith("tw") or bare.startswith("tw") or bare in central_letters()


COMMITTEE_NAMES = {
    "tỉnh": "Tỉnh ủy",
    "thành phố": "Thành ủy",
    "thị xã": "Thị ủy",
    "huyện": "Huyện ủy",
    "quận": "Quận ủy",
}
BODY_NAMES = {
    "uy ban nhan dan": "Ủy ban nhân dân",
    "hoi dong nhan dan": "Hội đồng nhân dân",
    "uy ban mat tran to quoc viet nam": "Ủy ban Mặt trận Tổ quốc Việt Nam",
}


TERM = re.compile(r",?\s+(?:khóa|khoá|nhiệm kỳ)\s+(?:[IVXL]+|\d[\d -]*)\b", re.IGNORECASE)


def without_term(name: str) -> str:
    """Return the name of a unit without the term of its members: "Bộ Chính trị" for "Bộ Chính trị khóa XI"."""
    return TERM.sub("", unify(name))


def joint_parts(name: str) -> list[str]:
    """Return the units of a joint issuer: two for "Ban Dân vận Tỉnh ủy Bắc Kạn và Công an tỉnh Bắc Kạn", else one."""
    parts = name.split(" và ")
    for place in range(1, len(parts)):
        left, right = " và ".join(parts[:place]), " và ".join(parts[place:])
        if all((u := parse_unit(part)).organ and (u.place or u.level == "trung ương") for part in (left, right)):
            return [left, *joint_parts(right)]
    return [name]


def unit_id(unit: UnitName) -> str:
    """Return the readable id of a unit: "ubnd-huyen-bach-thong-bac-kan", "ban-thuong-vu-tinh-uy-bac-kan"."""
    organ = unit.organ
    place = unit.place
    if place is None:
        words = fold(spelt_out(new_tones(without_term(unit.name).lower()))) or organ
        words = central_body(words) if unit.level == "trung ương" else words
    else:
        kind, _ = lasting_kind(place.level, place.kind, place.name, place.district, place.province)
        committee = fold(COMMITTEE_NAMES.get(kind, "đảng ủy"))
        kind = "" if "cap uy" in organ and kind in COMMITTEE_NAMES else kind
        organ = organ.replace("cap uy", committee)
        province = place.province if place.level != "tỉnh" else ""
        words = " ".join(filter(None, (organ, fold(kind), *map(fold, (place.name, place.district, province)))))
    words = words.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return words.replace("uy ban mat tran to quoc viet nam", "mttq").replace(" ", "-")


def body_name(unit: UnitName) -> str:
    """Return the name of the body whose numbers the unit shares: Tỉnh ủy Bắc Kạn for its Ban Thường vụ."""
    place = unit.place
    if place is None or unit.organ in {unit.body, "dang uy", "dang bo"}:
        return unit.name
    tail = "".join(f",{part}" for part in unit.name.split(",")[1:])
    if unit.body == "cap uy":
        committee = COMMITTEE_NAMES.get(place.kind)
        return f"{committee} {place.name}{tail}" if committee else f"Đảng ủy {place.kind} {place.name}{tail}"
    if unit.body in BODY_NAMES:
        return f"{BODY_NAMES[unit.body]} {place.kind} {place.name}{tail}"
    return unit.name
