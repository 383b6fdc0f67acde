"""Who is expected below a place and who is heard of: the question as people ask it, made ready for `kg.states`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import register
from kg.expected import the_place
from kg.language import saying
from kg.located import located
from kg.model import Document, Implementer, QueryError
from kg.states import Asked, State, is_inside, latest, provinces_read, states
from kg.who import implementers

if TYPE_CHECKING:
    from kg.store import Store


def coverage(
    store: Store, directive: Document, within: str | None, on: str | None, level: str | None
) -> tuple[Asked, tuple[State, ...]]:
    """Return the question and the state of every unit expected `within` a place, as `on` a day.

    Without a place, the provinces from which something was read; without a day, the last one of what was read there.
    Raises `QueryError` where the place is unknown, one of several, or gone by that day.
    """
    with store.snapshot():
        tops = (the_place(within, on),) if within else provinces_read(store)
        if not tops:
            raise QueryError(saying("no place read"))
        day = on or latest(store, tops, directive)
        if not day:
            raise QueryError(saying("no day read"))
        tops = tuple(dict.fromkeys(then for top in tops for then in as_on(top, day)))
        asked = Asked(directive.id, tops, day, level)
        return asked, states(store, asked)


def as_on(top: register.Place, day: str) -> tuple[register.Place, ...]:
    """Return the place if it was there on the day, else what it had become by then; as it was where that is unknown."""
    return (top,) if register.is_valid(top, day) else register.successors(top, day) or (top,)


def implementers_within(
    store: Store, directive: Document, within: str | None, on: str | None, level: str | None
) -> tuple[Implementer, ...]:
    """Return who implemented the directive: only units of a place and below it, only what was issued by a day."""
    found = implementers(store, directive.id, level=level)
    if on:
        found = tuple(line for line in found if not line.date or line.date[: len(on)] <= on)
    if within is None:
        return found
    top = the_place(within)
    return tuple(line for line in found if lies_in(line, top))


def lies_in(line: Implementer, top: register.Place) -> bool:
    """Return whether the unit of a line is of that place or below it."""
    place = located(line.unit.name, line.date, line.unit.province)
    return place is not None and is_inside(place, top)
