"""How a policy travelled: the walk through the graph from one document, step by step, up and down.

All that is met at one step is asked together, so that the time is that of the edges found, however many others the
store holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg import facts
from kg.ends import Ends, Stated, edge_with, ends_at, stated_at
from kg.model import Edge, Lineage
from kg.store import Store

CASCADE = ("implements", "continues", "replaces", "based_on", "reports_on")


@dataclass(frozen=True, slots=True)
class Way:
    """A walk through the graph: from where, up and down or only one of them, how far, along plain citations too."""

    start: str
    up: bool = True
    down: bool = True
    depth: int | None = None
    cites: bool = False


def lineage(
    store: Store,
    document_id: str,
    *,
    up: bool = True,
    down: bool = True,
    depth: int | None = None,
    cites: bool = False,
) -> Lineage:
    """Return what stands above and below the document, `depth` steps far (None: all the way).

    Only what the document itself carries out, and what carries it out, belongs to it: the walk down never turns up into
    the cascades of other directives that a lower document carries out too.
    """
    stated: Stated = {}

    def look(border: set[str], upwards: bool) -> Stated:
        met = stated_at(store, border, up=upwards)
        stated.update(met)
        return met

    with store.snapshot():
        ends = walked(store, Way(document_id, up, down, depth, cites), look)
        known = {document_id} | {end for source, _, target in ends for end in (source, target)}
        edges = {one: edge_with(one, stated[one]) for one in ends if one[1] != "cites"}
        edges |= cited(store, ends)
        documents = facts.documents_at(store, known)
    if document_id not in documents:
        raise facts.unknown(document_id)
    return Lineage(
        document_id,
        tuple(documents[one] for one in sorted(documents)),
        tuple(edges[one] for one in ends if one in edges),
    )


def cited(store: Store, ends: tuple[Ends, ...]) -> dict[Ends, Edge]:
    """Return the plain citations of the reports among `ends`, with their sentences."""
    sources = sorted({source for source, kind, _ in ends if kind == "cites"})
    return {(e.source, e.type, e.target): e for source in sources for e in facts.citations_by(store, source)}


def reach(
    store: Store,
    document_id: str,
    *,
    up: bool = True,
    down: bool = True,
    depth: int | None = None,
    cites: bool = False,
) -> tuple[Ends, ...]:
    """Return the ends and types of the edges of a lineage, sorted, without documents and sentences."""

    def look(border: set[str], upwards: bool) -> dict[Ends, None]:
        return dict.fromkeys(ends_at(store, border, up=upwards))

    with store.snapshot():
        return walked(store, Way(document_id, up, down, depth, cites), look)


Look = Callable[[set[str], bool], Mapping[Ends, Any]]  # the relations of many documents, upwards or downwards


def walked(store: Store, way: Way, look: Look) -> tuple[Ends, ...]:
    """Return the ends met on a way, sorted."""
    above = steps(store, way, look, upwards=True) if way.up else set()
    below = steps(store, way, look, upwards=False) if way.down else set()
    found = above | below
    if above or way.depth is not None:  # a lower document may name the highest one too
        known = {way.start} | {end for source, _, target in found for end in (source, target)}
        found |= {one for one in look(known, True) if one[2] in known and one[1] in CASCADE}
    return tuple(sorted(found))


def steps(store: Store, way: Way, look: Look, *, upwards: bool) -> set[Ends]:
    """Return the edges met on the way in one direction. Circles end it."""
    seen, border, done = {way.start}, {way.start}, 0
    found: set[Ends] = set()
    while border and (way.depth is None or done < way.depth):
        done += 1
        met = set(look(border, upwards))
        if way.cites:
            met |= {one for one in ends_at(store, border, up=upwards, cites=True) if one[1] == "cites"}
        found |= met
        border = {one[2] if upwards else one[0] for one in met} - seen
        seen |= border
    return found
