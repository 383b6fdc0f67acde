"""A place as a person asks for it, "huyện Bạch Thông": what the register says of it, and the store's units there.

    huyện Bạch Thông, tỉnh Bắc Kạn    until 30/06/2025, then xã Phủ Thông, xã Bạch Thông, …; here: Huyện ủy, UBND huyện

A place is no unit: its committee, council and offices are, and each acts for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import register
from kg.fold import fold
from kg.model import Unit
from kg.naming import parse_unit
from kg.register import Place, find_places, full_name, province_of, split_type
from kg.succession import Succession, after, before

if TYPE_CHECKING:
    from kg.store import Store


@dataclass(frozen=True, slots=True)
class Locality:
    """One row of the register: its full name, its days, what it came from and became, and the store's units of it.

    `valid_from` is "" before all that the register knows, `valid_to` None while the place is there.
    """

    name: str
    level: str
    code: str
    valid_from: str
    valid_to: str | None
    before: tuple[Succession, ...]
    after: tuple[Succession, ...]
    units: tuple[Unit, ...]


def localities(store: Store, ref: str) -> tuple[Locality, ...]:
    """Return the places that `ref` names by type and name ("xã Bình Thành, huyện Định Hóa"), those of the store first.

    () where it names none, or more than a place: "UBND huyện Bạch Thông" is a unit.
    """
    name, *above = (part.strip() for part in ref.split(","))
    kind, bare = split_type(name)
    if kind is None:
        return ()
    tops = [bare_name(part) for part in above]
    rows = [row for row in find_places(bare, type=kind) if all(is_within(row, top) for top in tops)]
    with store.snapshot():
        found = [locality(store, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.units, one.valid_from, one.code)))


def bare_name(words: str) -> str:
    """Return a place's name without its type, folded."""
    return fold(split_type(words)[1])


def is_within(row: Place, top: str) -> bool:
    """Tell whether a place lies in one of that folded name."""
    return top in {fold(place.name) for place in register.upwards(row, None)}


def locality(store: Store, row: Place) -> Locality:
    """Return what is known of one row of the register."""
    steps = before(row), after(row)
    name = full_name(row, row.valid_to)
    return Locality(name, row.level, row.code, row.valid_from, row.valid_to, *steps, units_of(store, row))


def units_of(store: Store, row: Place) -> tuple[Unit, ...]:
    """Return the store's units whose own place it is."""
    slug = fold(row.name).replace(" ", "-")
    found = []
    for known in list(store.rows("SELECT id FROM units WHERE id LIKE ? ORDER BY id", (f"%-{slug}%",))):
        unit = store.unit(known["id"])
        if unit is not None and stands_in(unit, row):
            found.append(unit)
    return tuple(found)


def stands_in(unit: Unit, row: Place) -> bool:
    """Tell whether a unit's place is this row: name, type, district and province agree as far as they are told."""
    place = parse_unit(unit.name, province=unit.province).place
    if place is None or (place.level, fold(place.name), place.kind) != (row.level, fold(row.name), row.type):
        return False
    above, top = register.parent_of(row, row.valid_to), province_of(row, row.valid_to)
    told = (place.district, above.name if above and above.level == "huyện" else ""), (place.province, top and top.name)
    return all(not ours or fold(ours) == fold(theirs or "") for ours, theirs in told)
