"""The register of places: every province, district and commune, with the days between which it was what it was.

    huyện Bạch Thông (063)      until 2025-06-30, below tỉnh Bắc Kạn (06)
    xã Bạch Thông (02014)       from 2025-07-01, below tỉnh Thái Nguyên (19)

A code alone names nothing: 24 was tỉnh Bắc Giang, then tỉnh Bắc Ninh, then thành phố Bắc Ninh. The key of a place is
its code and its first day. Dates are "YYYY-MM-DD"; a first day of "" lies before all that the register knows, a last
day of None is still to come. A question may give a day as far as it is known: "2023", "2023-05" or "2023-05-12".

The table is data/register.csv.gz, made by tools/build_register.py; docs/register.md tells what it knows and what not.
"""

from __future__ import annotations

import csv
import gzip
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from string import punctuation, whitespace

import data
from kg.fold import fold, i_for_y, key, without_marks

TYPES = ("thành phố", "thị trấn", "đặc khu", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")

CODE, NAME, PARENT, VALID_FROM, VALID_TO, NAMES_ALT = 0, 1, 4, 5, 6, 9  # columns of the table
EARLIEST = "0001-01-01"

Index = dict[str, list[int]]  # numbers of rows


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit (đơn vị hành chính) while its type, name and parent stayed the same.

    `type` is its own word ("thị xã"), `level` where it stands ("huyện"); a city under the centre is a "thành phố" of
    level "tỉnh". `merged_into` are the codes of what it became on the day after `valid_to`, first what got most of it;
    `share` is "full" when one unit took all of it, "partial" when several divided it, "" when that is not known.
    """

    code: str
    name: str
    type: str
    level: str
    parent: str | None
    valid_from: str
    valid_to: str | None
    merged_into: tuple[str, ...] = ()
    share: str = ""
    names_alt: tuple[str, ...] = ()


# ---- questions ------------------------------------------------------------------------------------------------------


def find_places(
    name: str,
    *,
    type: str | None = None,
    level: str | None = None,
    within: Place | None = None,
    on: str | None = None,
) -> tuple[Place, ...]:
    """Return the places of that name, higher levels first; of several periods all, unless `on` gives the day.

    The name may have its type before it ("huyện Bạch Thông") and be spelt as other hands do (Sĩ Bình for Sỹ Bình, Hoà
    for Hòa, PHAN RANG-THÁP CHÀM). A name without marks, as people type it, finds all that are read so ("binh thanh":
    Bình Thành, Bình Thạnh), unless one fits as it stands ("Tam An"). A name with marks never finds one with others.
    """

    def fits(place: Place) -> bool:
        return (
            type in {None, place.type}
            and level in {None, place.level}
            and (on is None or is_valid(place, on))
            and (within is None or is_below(place, within))
        )

    for lookup in (named_so, named_without_marks):
        if found := tuple(filter(fits, lookup(name))):
            return found
    own_type, rest = split_type(name)
    if own_type and type in {None, own_type}:
        return find_places(rest, type=own_type, level=level, within=within, on=on)
    return ()


def with_code(code: str, on: str | None = None) -> tuple[Place, ...]:
    """Return what bore that code, the earliest first; with `on`, only what bore it then."""
    there = map(place_at, by_code().get(code, ()))
    return tuple(place for place in there if on is None or is_valid(place, on))


def provinces(on: str | None = None) -> tuple[Place, ...]:
    """Return the provinces and the cities under the centre."""
    return tuple(place for place in places() if place.level == "tỉnh" and (on is None or is_valid(place, on)))


def parent_of(place: Place, on: str | None = None) -> Place | None:
    """Return the unit directly above, as it was on that day, else as it was last."""
    above = parents(place)
    then = [parent for parent in above if on is not None and is_valid(parent, on)] or above
    return then[-1] if then else None


def province_of(place: Place, on: str | None = None) -> Place | None:
    """Return the province above a place, or the place itself if it is one."""
    *_, highest = upwards(place, on)
    return highest if highest.level == "tỉnh" else None


def full_name(place: Place, on: str | None = None) -> str:
    """Return a place's name with all above it: "huyện Bạch Thông, tỉnh Bắc Kạn"."""
    return ", ".join(f"{unit.type} {unit.name}" for unit in upwards(place, on))


def children(place: Place, on: str | None = None) -> tuple[Place, ...]:
    """Return the units directly below a place, at any time of its own or on one day."""
    below = map(place_at, by_parent().get(place.code, ()))
    return tuple(unit for unit in below if overlap(unit, place) and (on is None or is_valid(unit, on)))


def successors(place: Place, on: str | None = None) -> tuple[Place, ...]:
    """Return what a place became: on the day after its end, or, with `on`, what of that was there then.

    A place that has not ended has none. A district (huyện) ends in communes (xã), which is all that is left of it.
    """
    if place.valid_to is None:
        return ()
    day = (date.fromisoformat(place.valid_to) + timedelta(days=1)).isoformat()
    direct = tuple(unit for code in place.merged_into for unit in with_code(code, day))
    if on is None:
        return direct
    later = (unit for heir in direct for unit in ((heir,) if is_valid(heir, on) else successors(heir, on)))
    return tuple(dict.fromkeys(later))


def is_valid(place: Place, on: str) -> bool:
    """Return whether a place was there on a day, or at any time in the month or year."""
    return place.valid_from <= on + "~" and (place.valid_to is None or place.valid_to >= on)


def like_day(on: str) -> str:
    """Return the first of the days on which the register is as on the day `on`; a month or year stays as it is."""
    return (
        days_of_change()[bisect_right(days_of_change(), on) - 1] if len(on) == len(EARLIEST) and on > EARLIEST else on
    )


def is_below(place: Place, top: Place) -> bool:
    """Return whether a place was below another, at any depth and at any time of both."""
    if not overlap(place, top):
        return False
    return any(parent.code == top.code or is_below(parent, top) for parent in parents(place))


def overlap(one: Place, other: Place) -> bool:
    """Return whether there was a day on which both were there."""
    return not (ends_before(one, other) or ends_before(other, one))


def ends_before(one: Place, other: Place) -> bool:
    return one.valid_to is not None and one.valid_to < other.valid_from


def parents(place: Place) -> list[Place]:
    return [unit for unit in with_code(place.parent) if overlap(unit, place)] if place.parent else []


def upwards(place: Place, on: str | None) -> Iterator[Place]:
    """Yield a place and all above it. Without a day, what is above is taken on the place's own last day."""
    yield place
    parent = parent_of(place, on or place.valid_to)
    if parent:
        yield from upwards(parent, on or place.valid_to)


# ---- names ----------------------------------------------------------------------------------------------------------


def named_so(name: str) -> tuple[Place, ...]:
    return written(spelling(name), spelling)


def named_without_marks(name: str) -> tuple[Place, ...]:
    return written(plain(name), plain) if without_marks(name) == name else ()


@lru_cache(maxsize=16384)
def written(name: str, way: Callable[[str], str]) -> tuple[Place, ...]:
    """Return the places whose names are `name` when spelt that `way`, in the register's order.

    Only what has the letters of `name` is spelt: to spell the whole register would delay the first answer.
    """
    same = [entry for entry in by_letters().get(bare_letters(name), ()) if way(entry) == name]
    found = dict.fromkeys(place for entry in same for place in map(place_at, by_name()[entry]))
    return tuple(sorted(found, key=order))


def spelling(name: str) -> str:
    """Return what all ways to write one name have in common.

    Case, place of the tone, i or y ("Quí Quân"), hyphens, apostrophes ("Ea H'Drai", "Ea H' drai"), "phường 07".
    """
    text = APOSTROPHE.sub("", i_for_y(key(name)).replace("-", " "))
    if "qu" in text:
        text = QUY.sub(lambda match: f"qu{Y_TO_I[match[1]]}", text)
    if "0" in text:
        text = ZEROS.sub("", text)
    return " ".join(text.split())


APOSTROPHE = re.compile(r"\s*['’‘`´]\s*")
QUY = re.compile(r"qu([yỳýỷỹỵ])\b")
ZEROS = re.compile(r"\b0+(?=\d)")
Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


def plain(name: str) -> str:
    """Return a name's spelling without marks."""
    return fold(spelling(name))


def bare_letters(name: str) -> str:
    """Return the letters of a name without marks, signs and noughts, y as i: alike in all spellings of one name."""
    return name.casefold().translate(BARE)


def bare_alphabet() -> dict[int, str]:
    """Return for each letter and sign that `bare_letters` changes what it becomes."""
    letters = (chr(code) for part in (range(0xC0, 0x1B1), range(0x1EA0, 0x1EFA)) for code in part)
    bare = {letter: without_marks(letter) for letter in letters if letter.islower()}
    return str.maketrans({**{one: plain.replace("y", "i") for one, plain in bare.items()}, "y": "i", **SILENT})


SILENT = dict.fromkeys(f"{whitespace}{punctuation}’‘´0", "")
BARE = bare_alphabet()


def split_type(name: str) -> tuple[str | None, str]:
    """Return the type that a name starts with and the rest: "Thị xã Chũ" gives "thị xã" and "chũ"."""
    text = key(name)
    for type in TYPES:
        if text.startswith(type + " "):
            return type, text[len(type) + 1 :]
    return None, name


# ---- the table ------------------------------------------------------------------------------------------------------


@cache
def rows() -> list[list[str]]:
    """Return the rows of the register as the table has them."""
    text = gzip.decompress(data.path("register.csv.gz").read_bytes()).decode("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


@cache
def place_at(number: int) -> Place:
    """Return the place of one row; most questions are about few of them."""
    code, name, type, level, parent, first, last, into, share, alt = rows()[number]
    return Place(code, name, type, level, parent or None, first, last or None, several(into), share, several(alt))


@cache
def places() -> tuple[Place, ...]:
    """Return the whole register: provinces, districts, communes, each by code and first day."""
    return tuple(map(place_at, range(len(rows()))))


def several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()


@cache
def by_code() -> Index:
    return index((number, (row[CODE],)) for number, row in enumerate(rows()))


@cache
def by_parent() -> Index:
    return index((number, (row[PARENT],)) for number, row in enumerate(rows()) if row[PARENT])


@cache
def by_name() -> Index:
    return index((number, (row[NAME], *several(row[NAMES_ALT]))) for number, row in enumerate(rows()))


@cache
def by_letters() -> dict[str, list[str]]:
    """Return the names in the register by their `bare_letters`."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in by_name():
        found[bare_letters(name)].append(name)
    return dict(found)


@cache
def days_of_change() -> list[str]:
    """Return the days on which places began or were no more, and one before all of them."""
    begun = {row[VALID_FROM] for row in rows() if row[VALID_FROM]}
    last = {row[VALID_TO] for row in rows() if row[VALID_TO]}
    ended = {(date.fromisoformat(day) + timedelta(days=1)).isoformat() for day in last}
    return sorted({EARLIEST} | begun | ended)


def index(entries: Iterable[tuple[int, Iterable[str]]]) -> Index:
    """Return the numbers of the rows by their entries."""
    found: Index = defaultdict(list)
    for number, keys in entries:
        for entry in keys:
            found[entry].append(number)
    return dict(found)


def order(place: Place) -> tuple[int, str, str]:
    return len(place.code), place.code, place.valid_from
