"""How many units are in which state: the one count behind the sentence, the table, the picture, the page, the summary.

    who 33/CT-TTg                   each unit that acted, once, by its strongest proof
    who 33/CT-TTg --missing         each expected place, by its strongest state (`kg.states`)

Both give a `Standing` for each unit, and whatever tells a number takes it from `counted`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import register
from kg.located import located
from kg.model import Evidence, Implementer, Lineage
from kg.states import FOUND, STATES, State, state_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit that is counted: its strongest `state`, and what shows it.

    `documents` are the ids of its documents, the strongest first, `paths` the ways from each up to the directive;
    `above` is the full name of the place that it lies in, `read` the files that could name the directive.
    """

    id: str
    unit: str
    level: str
    state: str
    province: str = ""
    above: str = ""
    documents: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    read: tuple[str, ...] = ()


def counted(units: Iterable[Standing | State]) -> dict[str, int]:
    """Return how many units are in each state, the strongest state first; states of nobody are left out."""
    counts = Counter(unit.state for unit in units)
    return {state: counts[state] for state in STATES if counts[state]}


def heard_of(counts: Mapping[str, int]) -> int:
    """Return how many of the counted units are known to have done something."""
    return sum(n for state, n in counts.items() if state in FOUND)


def of_units(found: Iterable[Implementer]) -> tuple[Standing, ...]:
    """Return the standing of each unit that carried a directive out; lines whose issuer is unknown count for none."""
    lines: dict[str, list[Implementer]] = defaultdict(list)
    for line in found:
        if line.unit.id:
            lines[line.unit.id].append(line)
    return tuple(_of_unit(id_, strongest(own)) for id_, own in lines.items())


def strongest(lines: Iterable[Implementer]) -> list[Implementer]:
    """Return the lines of a unit, the strongest proof first, then the earliest."""
    return sorted(lines, key=lambda line: (STATES.index(state_of(line)), line.date or "9999"))


def _of_unit(id_: str, lines: Sequence[Implementer]) -> Standing:
    first = lines[0]
    place = located(first.unit.name, first.date, first.unit.province)
    stands = Standing(id_, first.unit.name, first.unit.level, state_of(first), first.unit.province)
    stands = replace(stands, above=lies_in(place, first.date) if place else first.unit.province)
    return _with_lines(stands, lines)


def of_places(states: Iterable[State], on: str) -> tuple[Standing, ...]:
    """Return the standing of each expected place, as on a day."""
    return tuple(_of_place(state, on) for state in states)


def _of_place(state: State, on: str) -> Standing:
    place = state.place
    if place is None:
        return _with_lines(Standing(state.name, state.name, state.level, state.state), state.lines)
    day = on if register.is_valid(place, on) else None
    top = register.province_of(place, day)
    id_ = f"{place.level} {place.code} {place.valid_from}"
    stands = Standing(id_, state.name, state.level, state.state, top.name if top else "", lies_in(place, day))
    stands = replace(stands, evidence=state.evidence, read=state.read)
    return _with_lines(stands, strongest(state.lines)) if state.lines else stands


def lies_in(place: register.Place, on: str | None) -> str:
    """Return the name of the place above, with its kind; "" for a province."""
    above = register.parent_of(place, on)
    return f"{above.type} {above.name}" if above else ""


def _with_lines(stands: Standing, lines: Sequence[Implementer]) -> Standing:
    documents = dict.fromkeys(line.document.id for line in lines if line.document)
    evidence = dict.fromkeys([*(item for line in lines for item in line.evidence), *stands.evidence])
    paths = dict.fromkeys(line.path for line in lines if line.path)
    return replace(stands, documents=tuple(documents), paths=tuple(paths), evidence=tuple(evidence))


# ---- in a lineage ---------------------------------------------------------------------------------------------------


def narrowed(lineage: Lineage, standings: Iterable[Standing]) -> Lineage:
    """Return what of `lineage` these units have to do with: their documents, the ways up, and what stands above."""
    kept = {lineage.focus} | {id_ for unit in standings for path in unit.paths for id_ in path}
    above = {lineage.focus}
    for _ in lineage.documents:
        more = {edge.target for edge in lineage.edges if edge.source in above} - above
        if not more:
            break
        above |= more
    kept |= above
    return replace(
        lineage,
        documents=tuple(document for document in lineage.documents if document.id in kept),
        edges=tuple(edge for edge in lineage.edges if edge.source in kept and edge.target in kept),
        missing=tuple(gap for gap in lineage.missing if gap.document in kept and gap.directive in kept),
    )


def at_homes(lineage: Lineage, standings: Iterable[Standing]) -> Mapping[str, list[Standing]]:
    """Return the units by the document at which each is shown, its strongest here; "" for those without any."""
    known = {document.id for document in lineage.documents}
    homes: dict[str, list[Standing]] = defaultdict(list)
    for unit in standings:
        homes[next((id_ for id_ in unit.documents if id_ in known), "")].append(unit)
    return homes
