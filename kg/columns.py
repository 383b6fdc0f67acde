"""Put the documents of a lineage into columns, localities and corridors, and find an order with few crossings.

    Trung ương │ Cấp tỉnh        │ Cấp huyện            a column for each level that has documents
     25-NQ/TW ─┼─ Bắc Kạn        │                      an item is a locality with its documents by date,
               │  14-CTr/TU ─────┼─ Bạch Thông 35/KH    or a corridor: the way of an edge through a column
               ├─────────────────┼─ Chợ Mới    12/KH    in which it neither starts nor ends

Provinces stand in one order in all columns, so that what belongs together is read along one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.fold import fold
from kg.model import LEVELS, Document, Edge, Lineage

SWEEPS = 12
UNDATED = "9999"  # after all dates


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One thing stacked in a column: a locality with its documents, or, without documents, a corridor.

    `passes` tells corridors apart: the document on the left, the column and locality on the right, relation, status.
    """

    column: int
    province: str
    locality: str
    documents: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place an edge touches: the `port`-th document of item number `item` (0 in a corridor)."""

    item: int
    port: int


@dataclass(frozen=True, slots=True)
class Way:
    """An edge with its waypoints from left to right; two of them in one column for an edge within a level."""

    edge: Edge
    waypoints: tuple[Waypoint, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The documents by column: `order` holds for each column the numbers of its items from top to bottom."""

    levels: tuple[str, ...]
    items: tuple[Item, ...]
    ways: tuple[Way, ...]
    order: tuple[tuple[int, ...], ...]


def level_of(document: Document) -> str:
    """Return the level of the column in which `document` stands."""
    return document.level if document.level in LEVELS else "khác"


def by_date(document: Document) -> tuple[str, str, str]:
    """Return the key by which documents of one locality are sorted: date, then number, then id."""
    return (document.date or UNDATED, document.full or "", document.id)


def arrange(lineage: Lineage) -> Grid:
    """Return the documents and edges of `lineage` in columns, in an order that depends only on what they say."""
    documents = {document.id: document for document in lineage.documents}
    levels = tuple(level for level in LEVELS if any(level_of(d) == level for d in documents.values()))
    places = _localities(documents.values(), levels)
    items, ways = _ways(drawable_edges(lineage), places)
    return Grid(levels, items, ways, _order(len(levels), items, ways, documents))


def drawable_edges(lineage: Lineage) -> list[Edge]:
    """Return the edges between two different documents of `lineage`, sorted."""
    known = {document.id for document in lineage.documents}
    edges = [e for e in lineage.edges if e.source in known and e.target in known and e.source != e.target]
    return sorted(edges, key=lambda e: (e.source, e.target, e.type, e.status, str(e.evidence)))


def _localities(documents: Iterable[Document], levels: Sequence[str]) -> list[Item]:
    groups: dict[tuple[int, str, str, bool], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=by_date):
        place = levels.index(level_of(document)), document.province, document.locality
        groups[(*place, document.kind == "unit")].append(document)  # what they have is known, or only who they are
    return sorted(Item(*key[:3], documents=tuple(d.id for d in group)) for key, group in groups.items())


def _ways(edges: Iterable[Edge], localities: list[Item]) -> tuple[tuple[Item, ...], tuple[Way, ...]]:
    items = list(localities)
    place = {id_: Waypoint(i, port) for i, item in enumerate(items) for port, id_ in enumerate(item.documents)}
    corridors: dict[Item, int] = {}
    ways = []
    for edge in edges:
        left, right = sorted(
            (place[edge.source], place[edge.target]), key=lambda w: (items[w.item].column, w.item, w.port)
        )
        steps = [left]
        for column in range(items[left.item].column + 1, items[right.item].column):
            corridor = _corridor(column, items[left.item].documents[left.port], items[right.item], edge)
            if corridor not in corridors:
                corridors[corridor] = len(items)
                items.append(corridor)
            steps.append(Waypoint(corridors[corridor], 0))
        ways.append(Way(edge, (*steps, right)))
    return tuple(items), tuple(ways)


def _corridor(column: int, left: str, right: Item, edge: Edge) -> Item:
    """Return the corridor that all edges of this kind from one document to one locality share."""
    return Item(column, right.province, right.locality, (), (left, str(right.column), edge.type, edge.status))


# ---- order ----------------------------------------------------------------------------------------------------------

Order = list[list[int]]
Link = tuple[Waypoint, Waypoint]  # in neighbouring columns, left and right


def _order(
    columns: int, items: Sequence[Item], ways: Sequence[Way], documents: dict[str, Document]
) -> tuple[tuple[int, ...], ...]:
    """Return the best order of `SWEEPS` barycentre sweeps: each item goes to the mean of what it is linked with."""
    links = links_by_gap(columns, items, ways)
    rank = _province_ranks(items, links, documents)
    order: Order = [[] for _ in range(columns)]
    for number in sorted(range(len(items)), key=lambda i: (rank[i], _first_date(items[i], documents), items[i])):
        order[items[number].column].append(number)
    best, fewest = [list(column) for column in order], _crossings(order, items, links)
    for sweep in range(SWEEPS):
        _sweep(order, items, links, rank, rightwards=sweep % 2 == 0)
        crossings = _crossings(order, items, links)
        if crossings < fewest:
            best, fewest = [list(column) for column in order], crossings
    return tuple(tuple(column) for column in best)


def _sweep(
    order: Order, items: Sequence[Item], links: list[list[Link]], rank: Sequence[int], *, rightwards: bool
) -> None:
    """Sort each column by the one before it, going to the right or to the left; provinces keep their places."""
    for column in range(1, len(order)) if rightwards else range(len(order) - 2, -1, -1):
        other, gap = (column - 1, links[column - 1]) if rightwards else (column + 1, links[column])
        there, here = _positions(order[other], items), _positions(order[column], items)
        pulls: dict[int, list[int]] = defaultdict(list)
        for left, right in gap:
            near, far = (right, left) if rightwards else (left, right)
            pulls[near.item].append(there[far.item] + far.port)
        scale = len(there) / max(len(here), 1)
        goal = {n: sum(pulls[n]) / len(pulls[n]) if n in pulls else here[n] * scale for n in order[column]}
        order[column].sort(key=lambda n: (rank[n], goal[n], here[n]))


def links_by_gap(columns: int, items: Sequence[Item], ways: Sequence[Way]) -> list[list[Link]]:
    """Return for each gap between columns the pairs of waypoints joined across it, each pair once."""
    gaps: list[dict[Link, None]] = [{} for _ in range(max(columns - 1, 0))]
    for way in ways:
        for left, right in pairwise(way.waypoints):
            if items[left.item].column != items[right.item].column:
                gaps[items[left.item].column][left, right] = None
    return [list(gap) for gap in gaps]


def _province_ranks(items: Sequence[Item], links: list[list[Link]], documents: dict[str, Document]) -> list[int]:
    """Return the place of each item's province: by what it follows in the first column, then by its first date."""
    followed: dict[str, list[int]] = defaultdict(list)
    for left, right in links[0] if links else ():
        followed[items[right.item].province].append(left.port)
    first: dict[str, str] = {}
    for item in items:
        first[item.province] = min(first.get(item.province, UNDATED), _first_date(item, documents))

    def key(province: str) -> tuple[bool, float, str, str, str]:
        ports = followed[province]
        mean = sum(ports) / len(ports) if ports else float(len(documents))
        return (not province, mean, first[province], fold(province), province)

    rank = {province: place for place, province in enumerate(sorted(first, key=key))}
    return [rank[item.province] for item in items]


def _first_date(item: Item, documents: dict[str, Document]) -> str:
    return by_date(documents[item.documents[0]])[0] if item.documents else UNDATED


def _positions(column: Sequence[int], items: Sequence[Item]) -> dict[int, int]:
    """Return for each item of a column how many documents and corridors stand above it."""
    above, positions = 0, {}
    for number in column:
        positions[number] = above
        above += max(len(items[number].documents), 1)
    return positions


def _crossings(order: Order, items: Sequence[Item], links: list[list[Link]]) -> int:
    total = 0
    for column, gap in enumerate(links):
        left, right = _positions(order[column], items), _positions(order[column + 1], items)
        total += inversions([r for _, r in sorted((left[a.item] + a.port, right[b.item] + b.port) for a, b in gap)])
    return total


def inversions(values: list[int]) -> int:
    """Return how many pairs of `values` stand in the wrong order (merge sort's count)."""
    if len(values) < 2:
        return 0
    middle = len(values) // 2
    left, right = values[:middle], values[middle:]
    count = inversions(left) + inversions(right)
    left.sort()
    right.sort()
    i = 0
    for value in right:
        while i < len(left) and left[i] <= value:
            i += 1
        count += len(left) - i
    return count
