"""Find units: the places where a report names an agency or an administrative unit.

    Ban Thường vụ  Huyện ủy  Bạch Thông          UBND   huyện  Bạch Thông
    └── head ───┘  └ base ┘  └ place ─┘          └base┘ └kind┘ └ place ─┘

`find_units` says where they stand, `expand` what they are called in full, seen from the report's own place. What cannot
be known ("UBND xã" in a district's report, where every commune has one) stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from data import table
from ingest.heads import Finder, head_pattern, remembered
from ingest.letters import LETTER, LOWER, alternatives
from ingest.offices import beginning, in_full, spelt_out
from ingest.places import KIND, KINDS, NAME, NUMBERED, SYLLABLE, Home, Spot, place_below, spot_of, tidy_kind
from kg.fold import fold, key

ORDINAL = r"(?:[IVXL]+|\d{1,2})"
TERM = rf"(?:,?\s+(?P<term>(?:khóa|nhiệm\s+kỳ)\s+{ORDINAL}(?:\d\d-20\d\d|\d\d)?))"
# Words before a unit that make it many: "các", "10/10", "mỗi"
MANY = re.compile(
    r"(?:(?i:các|những|mỗi|từng|toàn\s+thể)|(?<![\d/])\d{1,3}/\d{1,3}|(?<![/\d.])(?:0?[2-9]|[1-9]\d{1,2}))\s+$"
)


# … and the further members of such a list: "các huyện, |thành ủy", "các sở, ngành, |UBND xã"
MANY_LISTED = re.compile(rf"(?i:các|những)\s+(?:[{LOWER}]+(?:\s+[{LOWER}]+)?(?:,\s+|\s+và\s+)){{1,4}}$")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A place where the text names a unit; the parts as the table of organs calls them.

    `base` is the organ ("Ủy ban nhân dân", "Huyện ủy", "Bộ Chính trị"), `head` an organ within it ("Ban Thường vụ"),
    `person` an office ("Chủ tịch"); `kind` and `place` the administrative place as written, `upper` what follows it.
    """

    start: int
    end: int
    text: str
    organ: str  # class in the table of organs
    base: str
    head: str = ""
    person: str = ""
    kind: str = ""
    place: str = ""
    upper: tuple[tuple[str, str], ...] = ()
    term: str = ""
    many: bool = False
    office: str = ""  # whose first words follow a Party committee: "Đảng ủy |Bệnh viện"

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.base))  # tells enough: a hash of all fields costs more than `expand`


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit by its full name: "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn", its level and the unit above it."""

    name: str
    level: str
    parent: str | None = None


@remembered
def find_units(flat: str) -> tuple[UnitMention, ...]:
    """Return the units that `flat` (see `letters.flatten`) names, in reading order, none inside another."""
    return tuple(mention_of(match, flat) for match in unit_matches(flat))


@remembered
def unit_matches(flat: str) -> tuple[re.Match[str], ...]:
    """Return where `flat` names units; `mention_of` tells more of each, at a price."""
    return tuple(match for match in unit_finder().find(flat) if not is_common_noun(match))


def find_units_before(flat: str, start: int, end: int, after: re.Pattern[str]) -> Iterator[UnitMention]:
    """Yield the units that `flat` names in `start`..`end` with `after` right behind them."""
    within = (match for match in unit_matches(flat) if match.start() >= start and match.end() <= end)
    return (mention_of(match, flat) for match in within if after.match(flat, match.end()))


def find_units_in(flat: str, start: int, end: int) -> tuple[UnitMention, ...]:
    """Return the units that `flat` names in `start`..`end`, in reading order."""
    found = unit_finder().find(flat, start, end)
    return tuple(mention_of(match, flat) for match in found if not is_common_noun(match))


def unit_at(flat: str, start: int) -> UnitMention | None:
    """Return the unit that is named right at `start`."""
    match = unit_pattern().match(flat, start)
    return mention_of(match, flat) if match else None


def mention_of(match: re.Match[str], flat: str) -> UnitMention:
    """Return the mention that `match` of the unit pattern found."""
    organ = next(name for name in ORGANS if match[name])
    written, kind, place, upper = match[organ], match["kind"] or "", match["place"] or "", match["upper"]
    bare = organ == "committee" and not kind and not place
    office = beginning().match(flat[match.end() : match.end() + OFFICE_WORDS].lstrip()) if bare else None
    return UnitMention(
        start=match.start(),
        end=match.end(),
        text=match[0],
        organ=organ,
        base=canonical(organ, written) if organ != "department" else department_name(written),
        head=canonical("head", match["head"]) if match["head"] else "",
        person=canonical("person", match["person"]) if match["person"] else "",
        kind=tidy_kind(kind) if kind else "",
        place=proper(place) if place else "",
        upper=upper_places(upper) if upper else (),
        term=" ".join((match["term"] or "").split()),
        many=is_many(flat, match.start(), match.end(), bool(kind)),
        office=spelt_out(office[0]) if office is not None else "",
    )


ORGANS = (
    "central",
    "committee",
    "body",
    "office",
    "department",
    "region",
)  # groups of the pattern, one of which is set
OFFICE_WORDS = 40  # characters that hold the first words of any office


def upper_places(text: str) -> tuple[tuple[str, str], ...]:
    """Return kind and name of each place in ", huyện Định Hóa, tỉnh Thái Nguyên"."""
    return tuple((tidy_kind(kind), proper(name)) for kind, name in UPPER_PLACE.findall(text))


def is_common_noun(match: re.Match[str]) -> bool:
    """Tell whether small letters without a place make an organ an ordinary word: "lực lượng công an", "đảng ủy"."""
    return match["body"] is not None and match[0][0].islower() and not (match["kind"] or match["place"])


def is_many(flat: str, start: int, end: int, placed: bool) -> bool:
    """Tell whether the unit at `start`..`end` is one of many: "các UBND", "UBND các xã", "UBND xã, phường"."""
    after = flat[end : end + 24]
    line = max(start - 60, flat.rfind("\n", max(0, start - 60), start) + 1, 0)
    return (
        (placed and LISTED.match(after) is not None)
        or ALL.match(after) is not None
        or counted(flat[max(line, start - 24) : start])
        or (flat[start].islower() and MANY_LISTED.search(flat[line:start]) is not None)
    )


COUNTS = ("các", "những", "mỗi", "từng", "thể")  # with which the words of `MANY` end


def counted(before: str) -> bool:
    """Tell whether a word or number that makes many stands at the end of `before`."""
    end = before.rstrip()
    likely = end[-1:].isdigit() or end.lower().endswith(COUNTS)
    return likely and MANY.search(before) is not None


LISTED = re.compile(rf",\s+(?:{KIND})\b(?!\s+(?:{NAME}|(?i:ủy|đoàn)\b))")  # "UBND xã|, phường"
ALL = re.compile(r"\s+(?:các|cấp)\s")  # "UBND| các xã"


@lru_cache(maxsize=16384)
def proper(name: str) -> str:
    """Return a place's name as running text has it, also where a heading is in capitals: "THÁI NGUYÊN"."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 1 else word for word in name.split())


UPPER_PLACE = re.compile(rf"(?:,|-|\s)\s*({KIND})\s+({NAME})")


@cache
def unit_pattern() -> re.Pattern[str]:
    """Return the pattern of all units, built from the table of organs."""
    head, person = forms("head"), forms("person")
    place = rf"(?:\s+(?P<kind>{KIND})(?![{LETTER}]))?(?:\s+(?P<place>{PLACE_NAME}))?"
    upper = rf"(?P<upper>(?:,?\s+(?:{KIND})\s+{NAME}){{0,2}})"
    local = rf"(?:(?P<body>{forms('body')})|(?P<committee>{forms('committee')})|(?P<office>{forms('office')}))"
    department = rf"(?P<department>(?:Sở|Phòng|SỞ|PHÒNG)\s+(?:{forms('department')}))"
    region = rf"(?P<region>(?:{forms('region')})\s*(?:[IVX]+|\d))"
    return re.compile(
        rf"(?<![{LETTER}/-])(?:(?P<person>{person})\s+)?"
        rf"(?:(?P<central>{forms('central')})|{region}"
        rf"|(?:(?P<head>{head})\s+)?(?:{local}|{department})(?![{LETTER}]){place}{upper})(?![{LETTER}]){TERM}?"
    )


@cache
def unit_finder() -> Finder:
    """Return what finds the units: by the forms of the table of organs, and "Sở", "Phòng"."""
    forms = [form for row in table("organs") if row["class"] != "department" for form in row["forms"].split("|")]
    return Finder(unit_pattern(), head_pattern([*forms, "sở ", "phòng "], not_after="/-"))


# Capitalised words that follow a unit without being its place: "UBND tỉnh Kế hoạch", "Tỉnh ủy Bắc Giang"
# (a place may begin like one: Quy Nhơn, Hướng Hóa, Chương Mỹ, Quyết Thắng)
STOP_WORDS = (
    r"Ban|Kế\s+(?i:hoạch)|Chỉ\s+(?i:thị)|Nghị\s+(?i:quyết|định)|Quyết\s+(?i:định|nghị)|Quy\s+(?i:chế|định|trình|ước)|"
    r"Công\s+(?i:văn|điện)|Chương\s+(?i:trình)|Đề\s+(?i:án)|Hướng\s+(?i:dẫn)|Thông\s+(?i:báo|tư|tri)|Báo\s+(?i:cáo)|"
    r"Kết\s+(?i:luận)|Hội|Đảng|Nhân\s+(?i:dân)|Trung\s+(?i:ương)|Việt\s+Nam|Căn\s+(?i:cứ)|Thực\s+(?i:hiện)|Luật|"
    r"Khóa|V/v|Số|Ngày|Văn\s+(?i:phòng)|Bệnh\s+(?i:viện)|Trung\s+(?i:tâm)|Trường\s+(?i:THPT|THCS|tiểu|mầm|trung|cao|đại|chính)|"
    r"Công\s+(?i:ty|đoàn)|Chi\s+(?i:cục|bộ)|Sở|Học\s+(?i:viện)|Đại\s+(?i:học)|Thanh\s+(?i:tra)"
)
STOP = rf"(?:{STOP_WORDS})(?![{LETTER}])"
PLACE_NAME = rf"(?:(?!{STOP}){SYLLABLE}(?:[^\S\n]+(?!{STOP}){SYLLABLE}){{0,3}}|{NUMBERED})"


@cache
def forms(organ: str) -> str:
    """Return a pattern for all written forms of the organs of a class, case-free where a form has small letters."""
    written = [form for row in table("organs") if row["class"] == organ for form in row["forms"].split("|")]
    spelt = [form for form in written if any(c.islower() for c in form)]
    short = [form for form in written if form not in spelt]
    parts = ([rf"(?i:{alternatives(spelt)})"] if spelt else []) + ([alternatives(short)] if short else [])
    return f"(?:{'|'.join(parts)})"


@cache
def canonical_names(organ: str) -> dict[str, str]:
    """Return written form (as a key) to proper name for the organs of class `organ`."""
    return {
        key(form): row["name"] for row in table("organs") if row["class"] == organ for form in row["forms"].split("|")
    }


@lru_cache(maxsize=16384)
def canonical(organ: str, written: str) -> str:
    """Return the proper name of an organ as written: "UBND" gives "Ủy ban nhân dân"."""
    if organ == "region":
        tidy = " ".join(written.split())
        body = tidy.rstrip("IVX0123456789").rstrip()
        return f"{canonical_names(organ).get(key(body), body)} {tidy[len(body) :].strip()}"
    return canonical_names(organ).get(key(written), " ".join(written.split()))


def department_name(written: str) -> str:
    """Return the name of a department as the table has it: "SỞ NỘI VỤ" gives "Sở Nội vụ"."""
    words = written.split()
    return f"{words[0].capitalize()} {department_fields().get(key(' '.join(words[1:])), ' '.join(words[1:]))}"


@cache
def department_fields() -> dict[str, str]:
    """Return the fields of departments as the table writes them, by their keys."""
    return {
        key(form): row["name"]
        for row in table("organs")
        if row["class"] == "department"
        for form in row["forms"].split("|")
    }


@lru_cache(maxsize=4096)
def expand(mention: UnitMention, home: Home) -> Organisation | None:
    """Return the unit that `mention` means, seen from `home`, or None when it is many or cannot be known."""
    if mention.organ == "central":
        return Organisation(mention.base, "trung ương")
    if mention.organ == "region":
        return Organisation(mention.base, "khác")
    if mention.many:
        return None
    organisation = renamed(placed(mention, home), home)
    if organisation is None or not mention.head:
        return organisation
    return Organisation(f"{mention.head} {organisation.name}", organisation.level, organisation.name)


def renamed(organisation: Organisation | None, home: Home) -> Organisation | None:
    """Return the unit under the name that the report says it bears now: "Thị ủy Bắc Kạn (nay là Thành ủy Bắc Kạn)"."""
    if organisation is None:
        return None
    now = dict(home.renamed).get(organisation.name)
    return Organisation(now, organisation.level, organisation.parent) if now else organisation


FURTHER_NAME = rf"(?:{PLACE_NAME}|\d{{1,2}}(?![\w/.]))"  # "các phường 3, |4 và |10"
EACH = re.compile(
    rf"\s+(?:các\s+)?(?P<kind>{KIND})\s+(?P<names>{PLACE_NAME}(?:(?:,|\s+và)\s+(?:(?:{KIND})\s+)?{FURTHER_NAME})*)"
)


def named_units(flat: str, mention: UnitMention, end: int, home: Home) -> tuple[Organisation, ...]:
    """Return the units of "UBND các xã Bến Lức, Cần Giuộc và phường Long An", each by itself, () when none is named."""
    match = EACH.match(flat, mention.start + len(mention.text.split()[0]) if mention.kind else mention.end, end)
    if match is None or (mention.organ != "body" and mention.base != "Đảng ủy"):
        return ()
    found, kind = [], match["kind"]
    for name in re.split(r",\s+|\s+và\s+", match["names"]):
        own = re.match(rf"({KIND})\s+", name)
        kind = own[1] if own is not None else kind
        spot = spot_of(kind, proper(name[own.end() :] if own is not None else name), home)
        found.append(Organisation(f"{mention.base} {spot.full}", spot.level))
    return tuple(found)


OFFICE = r"(?:(?:UBND|Ủy\s+ban\s+nhân\s+dân)\s+)?"
LISTED_PLACES = re.compile(
    rf"{OFFICE}(?i:các)\s+(?P<kind>(?:xã|phường|thị\s+trấn|huyện|quận))\s*:?\s+"
    rf"(?P<names>{PLACE_NAME}(?:(?:,|\s+và)\s+{OFFICE}(?:{KIND}\s+)?{FURTHER_NAME})+)"
)


def listed_places(flat: str, start: int, end: int, home: Home) -> tuple[tuple[Organisation, ...], int]:
    """Return the committees of "các xã: Bát Xát, Văn Bàn và phường Cam Đường" at `start`, and where the list ends.

    A place that acts is its people's committee (UBND); () where no such list stands.
    """
    match = LISTED_PLACES.match(flat, start, end)
    if match is None:
        return (), start
    found, kind = [], match["kind"]
    for part in re.split(r",\s+|\s+và\s+", match["names"]):
        own = re.match(rf"{OFFICE}(?:(?P<kind>{KIND})\s+)?(?P<name>.+)", part)
        if own is not None:
            kind = own["kind"] or kind
            spot = spot_of(kind, proper(own["name"]), home)
            found.append(Organisation(f"Ủy ban nhân dân {spot.full}", spot.level))
    return tuple(found), match.end()


def committee_at(kind: str, name: str, home: Home) -> Organisation:
    """Return the people's committee of a place that acts: "Xã Tri Lễ đã |triển khai …"."""
    spot = spot_of(kind, proper(name), home)
    return Organisation(f"Ủy ban nhân dân {spot.full}", spot.level)


def placed(mention: UnitMention, home: Home) -> Organisation | None:
    """Return the organ of `mention` without its head, with its place."""
    if mention.organ == "committee":
        return committee(mention, home)
    if mention.organ == "other":
        own = home.at(home.level) if home.level else None
        return Organisation(in_full(mention.base, home)[0], own.level if own else "khác")
    if mention.organ == "department":
        level = "tỉnh" if mention.base.startswith("Sở") else lowest_with_departments(home)
        return with_place(mention.base, mention.kind or level, mention, home, level)
    if mention.organ == "office":
        level = "tỉnh" if mention.base.startswith("Tỉnh") else "huyện"
        spot = spot_of(level, mention.place, home) if mention.place else home.at(level)
        return Organisation(f"{mention.base} {spot.full.split(' ', 1)[1]}", level) if spot else None
    if mention.kind:
        return with_place(mention.base, mention.kind, mention, home, KINDS[mention.kind])
    own = place_below(mention.place, home) if mention.place else home.at(home.level) if home.level else None
    return Organisation(f"{mention.base} {own.full}", own.level) if own else None


def lowest_with_departments(home: Home) -> str:
    """Return the level that has a Phòng: the district, or the commune where there is none (since July 2025)."""
    return "xã" if home.commune is not None and home.district is None else "huyện"


def committee(mention: UnitMention, home: Home) -> Organisation | None:
    """Return the Party committee: "Huyện ủy Bạch Thông, tỉnh Bắc Kạn", "Đảng ủy xã Bình Thành, huyện Định Hóa, …"."""
    kind = {"Tỉnh ủy": "tỉnh", "Thành ủy": "thành phố", "Thị ủy": "thị xã", "Huyện ủy": "huyện", "Quận ủy": "quận"}
    if mention.base == "Đảng ủy":
        if mention.kind:
            return with_place(mention.base, mention.kind, mention, home, KINDS[mention.kind])
        if mention.office or (home.party and not mention.place):
            fits = home.party.startswith(f"Đảng ủy {mention.office}")
            return Organisation(home.party, "khác") if fits and home.party else None
        own = home.commune
        fits = own is not None and (not mention.place or fold(mention.place) == fold(own.name))
        return Organisation(f"Đảng ủy {own.full}", "xã") if own and fits else None
    own_kind = kind[mention.base]
    spot = spot_of(own_kind, mention.place, home) if mention.place else home.by_kind(own_kind)
    if spot is None:
        return None
    if not mention.place and own_kind == "huyện" and spot.kind != "huyện":
        return None
    return Organisation(f"{mention.base} {named_alone(spot)}", spot.level)


def named_alone(spot: Spot) -> str:
    """Return a place without its kind, as committees are called; a number alone keeps it: "Quận ủy Quận 8"."""
    alone = spot.full.removeprefix(spot.kind).strip()
    return f"{spot.kind.capitalize()} {alone}" if spot.name.isdigit() else alone


def with_place(base: str, kind: str, mention: UnitMention, home: Home, level: str) -> Organisation | None:
    """Return `base` at the place that the mention names, or at the report's own place of that kind."""
    if mention.place:
        outer = home
        for upper_kind, upper_name in reversed(mention.upper):
            spot = spot_of(upper_kind, upper_name, outer)
            outer = Home(
                province=spot if spot.level == "tỉnh" else outer.province,
                district=spot if spot.level == "huyện" else None,
                on=home.on,
            )
        spot = spot_of(kind, mention.place, outer)
        if outer.district is not None and spot.level == "xã" and ", " not in spot.full:
            return Organisation(f"{base} {spot.full}, {outer.district.full}", "xã")
        return Organisation(f"{base} {spot.full}", spot.level)
    own = home.by_kind(kind)
    return Organisation(f"{base} {own.full}", own.level) if own else None
