"""Who is expected below a place and who is heard of: the question as people ask it, made ready for `kg.states`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import register
from kg.expected import named, the_place
from kg.language import saying
from kg.model import Document, Implementer, Lineage, QueryError
from kg.states import Asked, State, days_read, is_inside, known_from, latest, place_of, provinces_read, states, times_of
from kg.who import implementers
from kg.who_counts import Standing, narrowed, of_places, of_units

if TYPE_CHECKING:
    from kg.store import Store


def coverage(
    store: Store, directive: Document, within: str | None, on: str | None, level: str | None
) -> tuple[Asked, tuple[State, ...]]:
    """Return the question and the state of every unit expected `within` a place, as `on` a day.

    Without a place, the provinces from which something was read, and whoever else carried it out; without a day, the
    last one on which somebody is known to have carried it out, or with a place, on which something was read there.
    Raises `QueryError` where the place is unknown, one of several, or gone by that day.
    """
    with store.snapshot():
        tops = (the_place(within, on),) if within else provinces_read(store)
        if not tops:
            raise QueryError(saying("no place read"))
        lines = implementers(store, directive.id)
        day = on or ("" if within else last_known(store, directive, lines)) or latest(store, tops, directive)
        if not day:
            raise QueryError(saying("no day read"))
        tops = tuple(dict.fromkeys(then for top in tops for then in as_on(top, day)))
        asked = Asked(directive.id, tops, day, level, anywhere=within is None)
        return asked, states(store, asked, lines)


def last_known(store: Store, directive: Document, lines: Iterable[Implementer]) -> str:
    """Return the last day on which a unit of some place is known to have carried the directive out, "" when none is."""
    days, since = days_read(store), directive.date or ""
    return max((known_from(line, days, since) for line in lines if place_of(line)), default="")


def as_on(top: register.Place, day: str) -> tuple[register.Place, ...]:
    """Return the place if it was there on the day, else what it had become or been; as it was where that is unknown."""
    if register.is_valid(top, day):
        return (top,)
    then = register.successors(top, day) if top.valid_from <= day else times_of(top, day)
    return tuple(place for place in then if place.level == top.level) or then or (top,)


def implementers_within(
    store: Store, directive: Document, within: str | None, on: str | None, level: str | None
) -> tuple[Implementer, ...]:
    """Return who implemented the directive: only units of a place and below it, only what was known by a day."""
    found = implementers(store, directive.id, level=level)
    if on:
        days, since = days_read(store), directive.date or ""
        found = tuple(line for line in found if known_from(line, days, since)[: len(on)] <= on)
    if within is None:
        return found
    top = the_place(within, on if on and named(within, on) else None)  # two provinces may have borne one name in turn
    return tuple(line for line in found if lies_in(line, top))


# ---- with a picture -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: `within` which place, `on` which day, of which level; `everyone` who is expected there."""

    within: str | None = None
    on: str | None = None
    level: str | None = None
    everyone: bool = False


def standings(store: Store, directive: Document, wish: Wish) -> tuple[Standing, ...]:
    """Return the units that are counted: those that carried the directive out, or `everyone` expected."""
    if wish.everyone:
        asked, found = coverage(store, directive, wish.within, wish.on, wish.level)
        return of_places(found, asked.on)
    return of_units(implementers_within(store, directive, wish.within, wish.on, wish.level))


def part_of(lineage: Lineage, found: Sequence[Standing], wish: Wish) -> Lineage:
    """Return what of `lineage` has to do with the units asked for, all of it where all units are asked for."""
    return narrowed(lineage, found) if wish.within or wish.on or wish.level else lineage


def seen_in(lineage: Lineage, found: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return the units without those whose documents lie outside of a lineage that was followed for some steps only."""
    known = {document.id for document in lineage.documents}
    return tuple(unit for unit in found if not unit.documents or known & {*unit.documents})


def lies_in(line: Implementer, top: register.Place) -> bool:
    """Return whether the unit of a line is of that place or below it."""
    place = place_of(line)
    return place is not None and is_inside(place, top)
