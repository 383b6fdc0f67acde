"""How far each expected unit is known to have carried a directive out, computed from evidence and shown with it.

    own         a numbered document of its own names the directive
    through     its document carries out one that carries the directive out
    reported    a report of its own tells of carrying it out
    stated      a report of another unit says that it did
    unnumbered  a document of its own whose number nobody gives
    mentioned   its documents name the directive, or what may be it, or plan to carry it out, and say no more
    silent      it has documents here that could name the directive; none does
    absent      no document of it is here

None of these says "not done": what was not read can't be known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg import facts, register
from kg.expected import expected
from kg.facts import must_have
from kg.located import lasting, located
from kg.model import Document, Edge, Evidence, Implementer
from kg.naming import parse_unit

if TYPE_CHECKING:
    from kg.store import Store

STATES = ("own", "through", "reported", "stated", "unnumbered", "mentioned", "silent", "absent")
FOUND = STATES[:5]  # the unit is known to have done something
LEVELS = ("trung ương", "tỉnh", "huyện", "xã", "khác")


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one place and a directive: its strongest `state`, and all that shows it.

    `place` is the register's, None for a unit that it lacks; `name` the unit that acted, else the place. `lines` are
    the unit's documents, `evidence` the sentences that only mention the directive, `read` the names of the files of
    the place that could name it, `before` the states of the places that went up in this one. When `undecided`, the
    sentences name a number that may be the directive's or another document's. `older` are the names of the files of the
    place from before the directive.
    """

    name: str
    level: str
    state: str
    place: register.Place | None
    lines: tuple[Implementer, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    read: tuple[str, ...] = ()
    before: tuple[State, ...] = ()
    undecided: bool = False
    older: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read: its document, its day as far as known, the places of its issuers."""

    source: str
    document: str
    date: str
    places: tuple[register.Place, ...]


def readings(store: Store) -> list[Reading]:
    """Return what was read, with the places whose organs issued it."""
    query = """SELECT s.name AS source, c.document, c.date, c.issuer, i.name AS unit FROM sources s
               JOIN claims c ON c.source = s.id AND c.local = 'self' LEFT JOIN issuers i ON i.claim = c.id
               ORDER BY s.name, i.name"""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in store.rows(query):
        rows[row["source"]].append(dict(row))
    return [reading(source, group) for source, group in rows.items()]


def reading(source: str, rows: Sequence[dict[str, str]]) -> Reading:
    """Return one file with the places of all who issued it."""
    date, issuer = rows[0]["date"] or "", rows[0]["issuer"] or ""
    home = parse_unit(issuer).province if issuer else ""
    names = dict.fromkeys(name for row in rows if (name := row["unit"] or row["issuer"]))
    places = [place for name in names if (place := located(name, date or None, home)) is not None]
    return Reading(source, rows[0]["document"], date, tuple(dict.fromkeys(places)))


# ---- the answer -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: which directive, below which places, as on which day, which level (None: all).

    With `anywhere`, units of other places count too when they are known to have carried the directive out.
    """

    directive: str
    tops: tuple[register.Place, ...]
    on: str
    level: str | None = None
    anywhere: bool = False


def states(store: Store, asked: Asked, lines: Iterable[Implementer]) -> tuple[State, ...]:
    """Return a state for each expected place, and for what else acted below the same places, strongest first.

    The `lines` are the answer to "who carried the directive out".
    """
    with store.snapshot():
        directive = must_have(store, asked.directive)
        files = readings(store)
        ledger = Ledger(asked.on, directive.date or "", {read.source: read.date for read in files})
        for line in lines:
            ledger.enter(line)
        for read in files:
            ledger.read(read)
        ledger.mention(facts.citations_of(store, directive.id), planned_by(store, directive))
        ledger.perhaps(perhaps_named(store, directive))
    places = list(dict.fromkeys(place for top in asked.tops for place in expected(top, asked.on)))
    found = [ledger.state_of(place) for place in places] + ledger.others(
        None if asked.anywhere else asked.tops, set(places)
    )
    return tuple(sorted((s for s in found if asked.level in {None, s.level}), key=order_of))


def order_of(state: State) -> tuple[int, int, str]:
    """Return the sort key: level, strength, name."""
    return LEVELS.index(state.level), STATES.index(state.state), state.name


class Ledger:
    """What is known of each place, by its code and first day, as on the day `on`."""

    def __init__(self, on: str, since: str, days: Mapping[str, str]) -> None:
        self.on = on
        self.since = since  # the day of the directive
        self.days = days  # of the files, as far as they are known
        self.lines: dict[register.Place, list[Implementer]] = defaultdict(list)
        self.files: dict[register.Place, list[str]] = defaultdict(list)
        self.older: dict[register.Place, list[str]] = defaultdict(list)
        self.sentences: dict[register.Place, list[Evidence]] = defaultdict(list)
        self.unsure: dict[register.Place, list[Evidence]] = defaultdict(list)
        self._issued: dict[str, tuple[register.Place, ...]] = {}  # by document and by file

    def enter(self, line: Implementer) -> None:
        """Enter one line of the answer to "who" under its place; what came after the day is left out."""
        if known_from(line, self.days, self.since)[: len(self.on)] > self.on:
            return
        place = place_of(line)
        if place is not None:
            self.lines[self.then(place)].append(line)

    def read(self, read: Reading) -> None:
        """Enter a file under the places of its issuers: what could name the directive on its day, and what is older."""
        if read.date[: len(self.on)] > self.on:
            return
        older = bool(read.date) and read.date < self.since[: len(read.date)]
        if not older:
            self._issued[read.document] = self._issued[read.source] = read.places
        for place in read.places:
            (self.older if older else self.files)[self.then(place)].append(read.source)

    def mention(self, citations: Iterable[Edge], planned: Iterable[Evidence]) -> None:
        """Enter the sentences that name the directive, under the places of those who wrote them."""
        for place, evidence in self.written(citations):
            self.sentences[place] += evidence
        for item in planned:
            for place in self._issued.get(item.source, ()):
                self.sentences[self.then(place)].append(item)

    def perhaps(self, citations: Iterable[Edge]) -> None:
        """Enter the sentences that may name the directive or another document, under the places of those who wrote."""
        for place, evidence in self.written(citations):
            self.unsure[place] += evidence

    def written(self, citations: Iterable[Edge]) -> Iterator[tuple[register.Place, tuple[Evidence, ...]]]:
        """Yield the sentences of each citation with the places of those who wrote them."""
        for edge in citations:
            for place in self._issued.get(edge.source, ()):
                yield self.then(place), edge.evidence

    def then(self, place: register.Place) -> register.Place:
        """Return the same place as on the day asked for, or as it was last when it is gone by then."""
        return lasting(place, self.on) or place

    def state_of(self, place: register.Place) -> State:
        """Return what is known of one place, with what is known of those that it took over."""
        state = self.alone(place)
        if state.state in FOUND:
            return state
        return replace(state, before=tuple(self.alone(old) for old in self.gone_into(place)))

    def alone(self, place: register.Place) -> State:
        """Return what is known of one place by what its own organs did."""
        lines = sorted(self.lines.get(place, ()), key=lambda line: (STATES.index(state_of(line)), line.date or "9999"))
        files, named = self.files.get(place, []), tuple(dict.fromkeys(self.sentences.get(place, ())))
        sentences = named or (() if lines else tuple(dict.fromkeys(self.unsure.get(place, ()))))
        name = lines[0].unit.name if lines else register.full_name(place, self.day(place))
        state = state_of(lines[0]) if lines else "mentioned" if sentences else "silent" if files else "absent"
        undecided = bool(sentences) and not named
        older = tuple(sorted(self.older.get(place, ())))
        read = tuple(sorted(files))
        return State(name, place.level, state, place, tuple(lines), sentences, read, (), undecided, older)

    def day(self, place: register.Place) -> str | None:
        """Return the day on which a place is named: the one asked for while it was there."""
        return self.on if register.is_valid(place, self.on) else None

    def gone_into(self, place: register.Place) -> list[register.Place]:
        """Return the places of the same level that are heard of and of which this one took over all or a part."""
        known = dict.fromkeys([*self.lines, *self.sentences, *self.files])
        return [old for old in known if old.level == place.level and place in register.successors(old, self.on)]

    def others(self, tops: Sequence[register.Place] | None, listed: set[register.Place]) -> list[State]:
        """Return the states of places not `listed` that acted, below one of `tops` (None: wherever), gone or not."""
        rest = [place for place in self.lines if place not in listed]
        return [self.alone(place) for place in rest if tops is None or any(is_inside(place, top) for top in tops)]


def state_of(line: Implementer) -> str:
    """Return the state that one line shows: a document without number is less than one that can be called up."""
    numbered = line.document is not None and bool(line.document.number)
    return "unnumbered" if line.how in {"own", "through"} and not numbered else line.how


def place_of(line: Implementer) -> register.Place | None:
    """Return the place of the unit that acted, as it was then; None where none or several fit."""
    return located(line.unit.name, line.date, line.unit.province)


def known_from(line: Implementer, days: Mapping[str, str], since: str) -> str:
    """Return the day from which a line of the answer to "who" holds, "" where it is not known.

    What only reports say, or is a document without a day, is as old as the first of the files, whose `days` are given;
    nothing is older than the directive, which is of the day `since`.
    """
    told = [day for item in line.evidence if (day := days.get(item.source))]
    return max(line.date or min(told, default=""), since)


def days_read(store: Store) -> dict[str, str]:
    """Return the day of each file that was read, as far as it is known."""
    query = "SELECT s.name, c.date FROM sources s JOIN claims c ON c.source = s.id AND c.local = 'self'"
    return {row["name"]: row["date"] or "" for row in store.rows(query)}


def planned_by(store: Store, directive: Document) -> list[Evidence]:
    """Return the sentences by which somebody only plans or wishes to carry the directive out."""
    edges = facts.edges_at(store, directive.id, up=False)
    return [item for edge in edges for item in edge.evidence if item.status != "done"]


def perhaps_named(store: Store, directive: Document) -> list[Edge]:
    """Return the citations of documents that are not decided, where the directive is one of those that they may be."""
    query = """SELECT id FROM documents WHERE state <> 'sure' AND (nkey = (SELECT nkey FROM documents WHERE id = ?)
               OR EXISTS (SELECT 1 FROM json_each(candidates) WHERE value = ?))"""
    unsure = facts.documents_at(store, [row["id"] for row in store.rows(query, (directive.id, directive.id))])
    known = [document.id for document in unsure.values() if directive.id in document.candidates]
    return [edge for id_ in known for edge in facts.citations_of(store, id_)]


def latest(store: Store, tops: Sequence[register.Place], directive: Document) -> str:
    """Return the last day of what was read below `tops`, the directive's own day when nothing was."""
    tops = [then for top in tops for then in times_of(top)]
    days = [read.date for read in readings(store) if any(is_inside(p, top) for p in read.places for top in tops)]
    return max((day for day in days if day), default="") or directive.date or ""


def times_of(place: register.Place, on: str | None = None) -> tuple[register.Place, ...]:
    """Return what bore the code and name of a place on its level, at any time or on a day: Phú Thọ before and after."""
    same = register.with_code(place.code, on)
    return tuple(then for then in same if (then.level, then.name) == (place.level, place.name))


def provinces_read(store: Store) -> tuple[register.Place, ...]:
    """Return the provinces from which something was read, as they were on the last day of it."""
    last: dict[register.Place, str] = {}
    for read in readings(store):
        for place in read.places:
            top = register.province_of(place, read.date or None)
            if top is not None:
                last[top] = max(last.get(top, ""), read.date)
    return tuple(sorted(last, key=lambda top: (top.code, top.valid_from)))


def is_inside(place: register.Place, top: register.Place) -> bool:
    """Return whether `place` is `top`, at any of its times, or lay below it."""
    return (place.code == top.code and place.level == top.level) or register.is_below(place, top)
