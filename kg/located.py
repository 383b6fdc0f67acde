"""Where a unit's name stands in the register of places, on the day it was used.

"Ban Dân vận Huyện ủy Bạch Thông", 2023-05  ──► huyện Bạch Thông (063), until 30 June 2025
"UBND xã Tân Thành"                         ──► nothing: 27 communes were called so, and no district is named
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache, lru_cache

from kg import register
from kg.fold import fold
from kg.naming import Place, parse_unit


@lru_cache(maxsize=65536)
def located(name: str, on: str | None = None, province: str = "") -> register.Place | None:
    """Return the register's place of the unit called `name`, None where none or several fit.

    `on` is the day as far as it is known, `province` where the name was used. Without a day the last period counts.
    """
    place = parse_unit(name, on=on if on and len(on) == len("2023-05-12") else None, province=province).place
    if place is None:
        return None
    day = on or None
    found = [entry for entry in candidates(place, day) if fits(entry, place, day)]
    codes = {entry.code for entry in found}
    return max(found, key=lambda entry: entry.valid_from) if len(codes) == 1 else None


def candidates(place: Place, on: str | None) -> tuple[register.Place, ...]:
    """Return the places of that name and level, those of its very kind if there are any."""
    own = register.find_places(place.name, type=place.kind, level=place.level, on=on)
    return own or register.find_places(place.name, level=place.level, on=on)


def fits(entry: register.Place, place: Place, on: str | None) -> bool:
    """Return whether the register has the place below the province and district that its name tells."""
    top, parent = register.province_of(entry, on), register.parent_of(entry, on)
    in_province = not place.province or (top is not None and fold(top.name) == fold(place.province))
    in_district = not place.district or (parent is not None and fold(parent.name) == fold(place.district))
    return in_province and in_district


def lasting(place: register.Place, on: str) -> register.Place | None:
    """Return the same place on another day, None where it was not the same any more.

    A town that was raised to a city stayed what it was. A commune that took its neighbour in is another one, though
    it kept its name and code.
    """
    here: register.Place | None = place
    while here is not None and not register.is_valid(here, on):
        here = (
            alone(register.successors(here), predecessors)
            if here.valid_from <= on
            else alone(predecessors(here), register.successors)
        )
    return here


def alone(
    others: tuple[register.Place, ...], back: Callable[[register.Place], tuple[register.Place, ...]]
) -> register.Place | None:
    """Return the one place in `others` from which only one way leads back, None where several divide or join."""
    return others[0] if len(others) == 1 and len(back(others[0])) == 1 else None


def predecessors(place: register.Place) -> tuple[register.Place, ...]:
    """Return the places that went up in `place`, in whole or in part, on its first day."""
    return _gone_into().get(place, ())


@cache
def _gone_into() -> dict[register.Place, tuple[register.Place, ...]]:
    found: dict[register.Place, list[register.Place]] = defaultdict(list)
    for place in register.places():
        for heir in register.successors(place):
            if heir.level == place.level:
                found[heir].append(place)
    return {heir: tuple(group) for heir, group in found.items()}
