"""Which units are expected to carry a directive out: the places of the register below one unit, as on one day.

    huyện Bạch Thông, 2023-05-12      the district itself and its 14 communes
    tỉnh Thái Nguyên, 2026-01-01      the province and its 92 communes and wards: no districts since 1 July 2025

The register speaks of places, and so does expecting: whichever organ of a place acts, the place is heard of.
"""

from __future__ import annotations

from kg import register
from kg.fold import fold
from kg.language import Saying, saying
from kg.model import QueryError
from kg.words import capital, written_date

MANY = 8  # places listed when a name fits several


def expected(top: register.Place, on: str) -> tuple[register.Place, ...]:
    """Return `top` and all places below it on that day, the higher ones first, each level in the order of its codes."""
    found, border = [top], [top]
    while border:
        border = [below for place in border for below in register.children(place, on)]
        found += border
    return tuple(dict.fromkeys(found))


def the_place(name: str, on: str | None = None) -> register.Place:
    """Return the place called `name`, on that day or as it was last.

    Raises `QueryError` when the register knows none, several, or none any more on that day.
    """
    found = named(name, on)
    if not found:
        past = named(name, None)
        raise QueryError(gone(past[-1], on) if on and past else saying("place unknown", name=name))
    codes = {place.code for place in found}
    if len(codes) > 1:
        raise QueryError(several(name, found))
    return max(found, key=lambda place: place.valid_from)


def named(name: str, on: str | None) -> list[register.Place]:
    """Return the places called so; "xã Tân Thành, huyện Phú Bình" only those below the places named after it."""
    own, *above = [part.strip() for part in name.split(",")]
    found = list(register.find_places(own, on=on) or without_marks(own, on))
    for upper in above:
        tops = {fold(top.name) for top in register.find_places(upper)}
        found = [place for place in found if tops & {fold(part.name) for part in register.upwards(place, on)}]
    highest = min((place.level != "tỉnh" for place in found), default=True)
    return [place for place in found if (place.level != "tỉnh") == highest]


def without_marks(name: str, on: str | None) -> tuple[register.Place, ...]:
    """Return the places of a name that is typed without marks, its kind too: "huyen bach thong"."""
    kind = next((kind for kind in register.TYPES if name.lower().startswith(fold(kind) + " ")), None)
    return register.find_places(name[len(kind) + 1 :], type=kind, on=on) if kind else ()


def gone(place: register.Place, on: str | None) -> Saying:
    """Return the words for a place that was not there on the day asked for."""
    name, last = f"{capital(place.type)} {place.name}", written_date(place.valid_to)
    now = ", ".join(f"{heir.type} {heir.name}" for heir in register.successors(place, on))
    became = saying("place became", now=now) if now else ""
    return saying("place gone", place=name, on=written_date(on), last=last, became=became)


def several(name: str, found: list[register.Place]) -> Saying:
    """Return the words for a name that several places have."""
    names = list(dict.fromkeys(register.full_name(place) for place in found))
    shown = [*names[:MANY], *(["…"] if names[MANY:] else [])]
    return saying("place several", name=name, n=len(names), places="; ".join(shown))
