"""Units and the bodies behind them, as all statements together make them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Unit
from kg.naming import body_name, parse_unit, without_term
from kg.votes import Votes

if TYPE_CHECKING:
    from kg.store import Store

RANKS = {"thị trấn": 1, "phường": 2, "thị xã": 1, "quận": 1, "thành phố": 2}  # towns and cities grow, never back


class Named(NamedTuple):
    """A name by which reports speak of a unit, with the header of one (as JSON) and the day when it was last used.

    From the units that a report lists also what it says of them; `issued` tells a name that stands as an issuer.
    """

    unit: str
    name: str
    header: str
    day: str | None
    level: str | None
    parent: str | None
    aliases: str
    issued: int


NAMED = """SELECT u.unit, u.name, s.header, json_extract(s.header, '$.date'), u.level, p.unit, u.aliases, 0
           FROM json_each(?) AS asked CROSS JOIN unit_claims u ON u.unit = asked.value JOIN sources s ON s.id = u.source
           LEFT JOIN unit_claims p ON p.source = u.source AND p.local = u.parent"""
ISSUED = """SELECT i.unit, i.name, min(s.header), max(CASE length(c.date) WHEN 10 THEN c.date END), NULL, NULL, '[]', 1
            FROM json_each(?) AS asked CROSS JOIN issuers i ON i.unit = asked.value JOIN claims c ON c.id = i.claim
            JOIN sources s ON s.id = c.source GROUP BY i.unit, i.name"""


def unit(store: Store, known: str) -> Unit | None:
    """Return the unit with this id by all that is said of it, None when there is none."""
    return units_at(store, (known,)).get(known)


def units_at(store: Store, ids: Iterable[str]) -> dict[str, Unit]:
    """Return the units with these ids, as far as there are such, by id: together, for each question costs time."""
    wanted = sorted(set(ids))
    named: dict[str, list[Named]] = {}
    for row in (*store.table(NAMED, (json.dumps(wanted),)), *store.table(ISSUED, (json.dumps(wanted),))):
        named.setdefault(row[0], []).append(Named._make(row))
    found = {known: unit_of(rows) for known, rows in named.items()}
    alone = {known: body_alone(store, known) for known in wanted if known not in found}
    return found | {known: body for known, body in alone.items() if body}


def unit_of(named: Sequence[Named]) -> Unit:
    """Return the unit by all the names that it is given, one or more."""
    names: dict[int, Votes] = defaultdict(Votes)  # by the rank of the place
    levels, parents, aliases = Votes(), Votes(), set[str]()
    for row in named:
        names[rank_of(row.name)].add(row.name, 1 - row.issued, row.issued)
        levels.add(row.level, 1, 0)
        parents.add(row.parent, 1, 0)
        aliases.update(json.loads(row.aliases))
    name, *older = (names[rank].winner() or "" for rank in sorted(names, reverse=True))
    day = max(plain_day(row.day) or "" for row in named if row.name == name)
    province = next(filter(None, (home_of(row.header) for row in named)), "")
    parsed = parse_unit(name, on=day or None, province=province)  # thành phố Bắc Ninh was a province's town
    many = re.search(r"\bcác\b", name.lower())  # "UBND các xã": the place is the district's, the level is not
    level = parsed.level if parsed.level != "khác" and not many else levels.winner() or parsed.level
    others = tuple(sorted({*aliases, *older} - {name}))
    return Unit(named[0].unit, without_term(name), level, parsed.locality, parsed.province, parents.winner(), others)


def rank_of(name: str) -> int:
    """Return how high the place of a unit stands: who was Thị ủy is Thành ủy now, and is called so."""
    place = parse_unit(name).place
    return RANKS.get(place.kind, 0) if place else 0


def home_of(header: str) -> str:
    """Return the province of the report whose header (as JSON) this is."""
    issuer = json.loads(header)["issuer"]
    return parse_unit(issuer).province if issuer else ""


def body_alone(store: Store, known: str) -> Unit | None:
    """Return the body of that id that no source names itself, only its boards: the Tỉnh ủy of a Ban Thường vụ."""
    row = next(store.rows("SELECT id FROM units WHERE body = ? AND id <> ? ORDER BY id", (known, known)), None)
    part = unit(store, row["id"]) if row else None
    if part is None:
        return None
    parsed = parse_unit(part.name, province=part.province)
    return Unit(known, body_name(parsed), part.level, parsed.locality, parsed.province)


def bodies_of(store: Store, ids: Iterable[str]) -> dict[str, Unit]:
    """Return for each unit the body whose numbers it shares: the Party committee for its standing board."""
    wanted = sorted(set(ids))
    query = "SELECT u.id, u.body FROM json_each(?) AS asked CROSS JOIN units u ON u.id = asked.value"
    bodies = dict(zip(wanted, wanted, strict=True)) | dict(store.table(query, (json.dumps(wanted),)))
    units = units_at(store, bodies.values())
    return {known: units[body] for known, body in bodies.items() if body in units}


def plain_day(date: str | None) -> str | None:
    """Return `date` when the day is known."""
    return date if date and len(date) == 10 else None
