"""What units became and what they came from: linked, never taken for one another.

    huyện Bạch Thông     until 30/6/2025; its area lies in xã Bạch Thông, xã Phủ Thông, … (203/2025/QH15)
    Huyện ủy Bạch Thông  its place ended: Đảng ủy xã Bạch Thông, Đảng ủy xã Phủ Thông, …
    Ban Dân vận Tỉnh ủy  merged into Ban Tuyên giáo và Dân vận Tỉnh ủy (February 2025)

Places come from the register (docs/register.md), organs from data/organ_successors.csv. A successor did not do what its
predecessor did: `kg.who` counts each by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data import table
from kg import register
from kg.fold import fold
from kg.model import Unit
from kg.naming import COMMITTEE_NAMES, UnitName, parse_unit, unit_id
from kg.register import Place, find_places, full_name, parent_of, province_of, successors

KINDS = ("merged", "renamed", "abolished", "area")  # labels: field "succession"
DISTRICTS_END = "2025-07-01"
REGISTER = "data/register.csv.gz"


@dataclass(frozen=True, slots=True)
class Succession:
    """One step: what `old` was is `new` from `date` on (as far as known), by names; `new` is "" where nothing follows.

    `kind` is of `KINDS`: "area" where a place's area went to others, `share` then "full" or "partial", "" unknown.
    """

    old: str
    new: str
    kind: str
    date: str
    source: str
    share: str = ""


# ---- places ---------------------------------------------------------------------------------------------------------


def after(place: Place) -> tuple[Succession, ...]:
    """Return what a place became."""
    return tuple(step(place, heir) for heir in successors(place))


def before(place: Place) -> tuple[Succession, ...]:
    """Return what a place came from, those with the same name first."""
    steps = [step(old, place) for old in predecessors().get((place.code, place.valid_from), ())]
    return tuple(sorted(steps, key=lambda one: (one.share != "full", one.old)))


def step(old: Place, new: Place) -> Succession:
    """Return the step from one place to one that follows it: a new rank or name, or a new area."""
    renamed = old.code == new.code and old.level == new.level and old.share == "full" and (old.name == new.name)
    renamed = renamed and old.type != new.type and len(predecessors()[new.code, new.valid_from]) == 1
    kind = "renamed" if renamed else "area"
    share = "" if renamed else old.share
    names = full_name(old, old.valid_to), full_name(new, new.valid_from)
    return Succession(*names, kind, new.valid_from, basis(old, new), share)


@cache
def predecessors() -> dict[tuple[str, str], tuple[Place, ...]]:
    """Return for each place, by code and first day, those that went into it."""
    found: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in register.places():
        for heir in successors(place):
            found[heir.code, heir.valid_from].append(place)
    return {key: tuple(several) for key, several in found.items()}


def basis(old: Place, new: Place) -> str:
    """Return the resolution by which one place followed another, and where the step is known from."""
    province = province_of(old)
    rows = [(row["code"], row) for row in table("place_changes")]
    rows += [(row["province"], row) for row in table("place_rounds") if row["level"] == old.level]
    for wanted in (new.code, old.code, province.code if province else "", "-"):
        for code, row in rows:
            if code == wanted and row["date"] == new.valid_from and row["basis"]:
                return f"Nghị quyết {row['basis']}; {REGISTER}"
    return REGISTER


# ---- units ----------------------------------------------------------------------------------------------------------


def links(name: str, level: str = "") -> tuple[tuple[Succession, ...], tuple[Succession, ...]]:
    """Return (what the unit called `name` came from, what it became): by its organ, then by its place.

    `level` tells of a name that has stood for two ("Thành ủy Huế") which it is. A unit under its older name ("Thị ủy"
    of what is Thành ủy now) is the same unit: that stands with what came before. What ended with an organ of its own is
    not carried on by its place.
    """
    unit = placed(name, level)
    places = places_of(unit)
    went = list(organ_steps(unit, backwards=False))
    ended = min((one.date for one in went), default=STILL_TO_COME)
    came = [*organ_steps(unit, backwards=True), *(one for place in places for one in place_steps(unit, place, False))]
    if not went:
        went = [one for place in places for one in place_steps(unit, place, True) if len(set(unit_ids(one))) == 2]
    return tuple(dict.fromkeys(one for one in came if one.date <= ended)), tuple(dict.fromkeys(went))


STILL_TO_COME = "9999-12-31"
OF_A_PROVINCE = re.compile(r"so ")  # a sở is always one's, also of a city that was a province's town before


def placed(name: str, level: str) -> UnitName:
    """Return the name taken apart as the register has its place: first as of old, else as of now.

    Thành phố Huế was a province's city and is one under the centre since 2025: its communes and its sở tell which.
    """
    unit = parse_unit(name)
    highest = "tỉnh" if OF_A_PROVINCE.match(unit.organ) else level
    if (highest == "tỉnh" != unit.level) or (unit.place is not None and not places_of(unit)):
        now = parse_unit(name, on=STILL_TO_COME)
        return now if places_of(now) else unit
    return unit


def full_unit_name(unit: Unit) -> str:
    """Return a unit's name with its province: "Huyện ủy Định Hóa, tỉnh Thái Nguyên"."""
    known = not unit.province or fold(unit.province) in fold(unit.name)
    return unit.name if known else f"{unit.name}, tỉnh {unit.province}"


def places_of(unit: UnitName) -> tuple[Place, ...]:
    """Return the rows of the register that the unit's place is, one after the other; () when it may be several.

    A place that was upgraded, or went on with neighbours under its name, has several rows and is one place here, as in
    `kg.naming.unit_id`. A commune without a district is one of the new order, where the register has such.
    """
    place = unit.place
    if place is None or unit.organ.startswith("dai hoi"):  # a congress is over when it closes
        return ()
    rows = [row for row in find_places(place.name, level=place.level) if lies_in(row, place.district, place.province)]
    if place.level == "xã" and not place.district:
        rows = [row for row in rows if row.parent and len(row.parent) == PROVINCE] or rows
    codes = {row.code for row in rows if row.type == place.kind}
    rows = [row for row in rows if row.code in codes] or rows
    heirs = {heir for row in rows for heir in successors(row)}
    return tuple(rows) if sum(row not in heirs for row in rows) == 1 else ()


PROVINCE = 2  # digits of a province's code


def lies_in(row: Place, district: str, province: str) -> bool:
    """Tell whether a row of the register lies in the district and province named, "" being any."""
    above, top = parent_of(row), province_of(row)
    if district and (above is None or fold(above.name) != fold(district)):
        return False
    return not province or top is None or fold(top.name) == fold(province) or fold(row.name) == fold(province)


def place_steps(unit: UnitName, place: Place, forwards: bool) -> Iterator[Succession]:
    """Yield the steps of a unit that follow from those of its place."""
    for one in after(place) if forwards else before(place):
        old, new = carried(unit, one.old), carried(unit, one.new)
        if old is None or new is None:
            if forwards:  # an office of a level that ended
                yield Succession(unit.name, "", "abolished", one.date, one.source)
                return
        elif old != new:
            yield Succession(old, new, one.kind, one.date, one.source, one.share)


LINES = ("cap uy", "uy ban nhan dan", "hoi dong nhan dan", "uy ban mat tran to quoc viet nam")


def carried(unit: UnitName, place: str) -> str | None:
    """Return the name of the unit's organ at another place (in full); None for an office that has none there.

    The committee, the people's committee and council and the Front stand at every level, offices at their own only.
    """
    if unit.body not in LINES and find_level(place) != unit.level:
        return None
    if unit.organ in {"cap uy", "dang uy", "dang bo"}:
        return committee_at(place)
    if YOUTH.match(unit.name):
        return committee_at(place).replace(" ủy ", " đoàn ", 1)
    there = committee_at(place) if unit.organ.endswith(" cap uy") else place
    return f"{organ_words(unit)} {there}"


YOUTH = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị)\s+đoàn\s")


def committee_at(place: str) -> str:
    """Return the Party committee of a place by its full name: "Đảng ủy xã Phủ Thông, tỉnh Thái Nguyên"."""
    kind = register.split_type(place)[0] or ""
    word = COMMITTEE_NAMES.get(kind)
    return f"{word} {place[len(kind) :].strip()}" if word else f"Đảng ủy {place}"


def find_level(place: str) -> str:
    """Return the level of a place by its full name: a district has its province behind it."""
    kind, _ = register.split_type(place.split(",", maxsplit=1)[0])
    if kind in {"xã", "phường", "thị trấn", "đặc khu"}:
        return "xã"
    return "tỉnh" if "," not in place else "huyện"


PLACE_WORDS = re.compile(
    r"\s+(?:(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s|(?:Tỉnh|Thành|Huyện|Quận|Thị)\s+ủy\s).*",
    re.IGNORECASE,
)


def organ_words(unit: UnitName) -> str:
    """Return the words of the organ without its place: "Ban Dân vận", "Ủy ban nhân dân"."""
    return PLACE_WORDS.sub("", unit.name.split(",")[0])


# ---- organs ---------------------------------------------------------------------------------------------------------


def organ_steps(unit: UnitName, *, backwards: bool) -> Iterator[Succession]:
    """Yield the steps of a unit that the table of organs has for its organ and level."""
    ours, theirs = ("new", "old") if backwards else ("old", "new")
    for row in table("organ_successors"):
        if row["level"] == unit.level and row[ours] != "-" and organ_key(row[ours]) == unit.organ:
            if "{tỉnh}" in row["new"] and backwards:
                continue  # a province's police came from no district's
            other = "" if row[theirs] == "-" else with_place(unit, row[ours], row[theirs])
            old, new = (other, unit.name) if backwards else (unit.name, other)
            yield Succession(old, new, row["kind"], row["date"], f"{row['source']}; data/organ_successors.csv")


def organ_key(words: str) -> str:
    """Return an organ of the table as `kg.naming` folds it: "Ban Dân vận {cấp ủy}" is "ban dan van cap uy"."""
    return parse_unit(words.replace("{cấp ủy}", "cấp ủy")).organ


def with_place(unit: UnitName, own: str, other: str) -> str:
    """Return the unit's name with another organ in place of its own."""
    if "{tỉnh}" in other:
        province = next((place for place in find_places(unit.province, level="tỉnh")), None)
        return other.replace("{tỉnh}", full_name(province) if province else f"tỉnh {unit.province}")
    words = [word for word in re.split(r"[\s,–-]+", own.replace("{cấp ủy}", "")) if word]
    tail = re.sub(r"^" + r"[\s,–-]+".join(map(re.escape, words)), "", unit.name, flags=re.IGNORECASE).strip()
    return f"{other.replace('{cấp ủy}', '').strip()} {tail}".strip()


def unit_ids(one: Succession) -> tuple[str, str]:
    """Return the ids of the two units of a step, "" for none."""
    day = one.date if len(one.date) == 10 else None
    ids = [unit_id(parse_unit(name, on=day)) if name else "" for name in (one.old, one.new)]
    return ids[0], ids[1]
