"""Lay out a lineage: a column for each level, boxes under their localities, edges that cross no foreign box.

Units are the picture's own at zoom 1; x grows to the right, y downwards. The same lineage always gives the same
layout, whatever the order of its records. `templates/lineage-scene.js` repeats the vertical part (`stack`) in the
browser for what is left after filtering and collapsing; a browser test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from kg.columns import Grid, Item, Link, Way, Waypoint, arrange, links_by_gap
from kg.model import Edge, Lineage

BOX_WIDTH, BOX_HEIGHT = 236, 44
BOX_GAP = 8  # between boxes of one locality
HEADING = 22  # height of a locality's heading
GROUP_GAP = 14  # between localities
CORRIDOR = 8  # height of a corridor
CORRIDOR_GAP = 10  # between a corridor and a locality
PADDING = 8  # between a column's edge and its boxes
MARGIN = 14  # around everything
BOW_MARGIN = 46  # right of the last column, for edges within it
GAPS = {2: 140, 3: 110}  # between columns, by their number
GAP = 64  # with four columns and more: four fit a 1366 px screen beside the panel
NOWHERE = "?"  # the heading of documents whose place is unknown: said in words by who draws it
PORT_STEP = 7  # between the ports of two relations at one side of a box

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]  # a cubic Bézier curve: start, two control points, end
Ports = dict[tuple[str, str], list[str]]  # the relations at a side of a box: (document, "left" | "right")
Tops = dict[int, float]  # the y of each item of a grid, by its number


@dataclass(frozen=True, slots=True)
class Box:
    """The place of one document; `x`, `y` is its upper left corner."""

    document: str
    group: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Group:
    """A locality in a column with its documents from top to bottom; `heading` is "" where none is drawn."""

    heading: str
    level: str
    province: str
    locality: str
    column: int
    documents: tuple[str, ...]
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Corridor:
    """The way of edges straight through a column, `y` its middle."""

    column: int
    x: float
    y: float
    w: float


@dataclass(frozen=True, slots=True)
class Column:
    """A level that has documents."""

    level: str
    x: float
    width: float
    count: int


@dataclass(frozen=True, slots=True)
class Route:
    """The line of `edge`, drawn from the higher document (its target) to the lower one, where the arrow is.

    `via` are the numbers of the corridors it takes, from left to right.
    """

    edge: Edge
    curves: tuple[Curve, ...]
    via: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    boxes: tuple[Box, ...]
    corridors: tuple[Corridor, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stacked:
    """A grid whose items have their headings, heights and tops, by the item's number."""

    grid: Grid
    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    heights: tuple[float, ...]
    tops: dict[int, float]


def layout(lineage: Lineage) -> Layout:
    """Return where the documents and edges of `lineage` stand."""
    groups = {document.id for document in lineage.documents if document.kind == "group"}  # they carry their own name
    stacked = _stack(arrange(lineage), groups)
    columns, tops = stacked.columns, stacked.tops
    numbers = [number for column in stacked.grid.order for number in column]
    localities = [number for number in numbers if stacked.grid.items[number].documents]
    passages = [number for number in numbers if not stacked.grid.items[number].documents]
    boxes = tuple(box for i, number in enumerate(localities) for box in _boxes(stacked, number, i))
    return Layout(
        columns=columns,
        groups=tuple(_group(stacked, number) for number in localities),
        boxes=boxes,
        corridors=tuple(_corridor(stacked, number) for number in passages),
        routes=_routes(stacked, boxes, passages),
        width=columns[-1].x + columns[-1].width + BOW_MARGIN if columns else 0,
        height=max((tops[number] + stacked.heights[number] for number in numbers), default=0) + MARGIN,
    )


def _stack(grid: Grid, groups: Set[str]) -> Stacked:
    said = zip(grid.items, _headings(grid), strict=True)
    headings = tuple("" if {*item.documents} <= groups else heading for item, heading in said)
    heights = tuple(_height(item, heading) for item, heading in zip(grid.items, headings, strict=True))
    return Stacked(grid, _columns(grid), headings, heights, _tops(grid, heights, headings))


def gap(columns: int) -> float:
    """Return the space between columns: fewer columns leave more of it."""
    return GAPS.get(columns, GAP)


def _columns(grid: Grid) -> tuple[Column, ...]:
    step = BOX_WIDTH + 2 * PADDING + gap(len(grid.levels))
    counts: Counter[int] = Counter()
    for item in grid.items:
        counts[item.column] += len(item.documents)
    width = BOX_WIDTH + 2 * PADDING
    return tuple(Column(level, MARGIN + i * step, width, counts[i]) for i, level in enumerate(grid.levels))


def _headings(grid: Grid) -> tuple[str, ...]:
    """Return the heading of each item: its locality, with the province where two in the column have one name."""
    named: dict[tuple[int, str], set[str]] = defaultdict(set)
    for item in grid.items:
        if item.documents:
            named[item.column, item.locality].add(item.province)
    return tuple(_heading(item, grid.levels[item.column], named) for item in grid.items)


def _heading(item: Item, level: str, named: dict[tuple[int, str], set[str]]) -> str:
    if not item.documents or (level == "trung ương" and not item.locality):
        return ""
    if not item.locality:
        return f"{NOWHERE} · {item.province}" if item.province else NOWHERE
    if len(named[item.column, item.locality]) > 1 and item.province not in {"", item.locality}:
        return f"{item.locality} · {item.province}"
    return item.locality


# ---- top to bottom --------------------------------------------------------------------------------------------------


def _height(item: Item, heading: str) -> float:
    count = len(item.documents)
    return (HEADING if heading else 0) + count * (BOX_HEIGHT + BOX_GAP) - BOX_GAP if count else CORRIDOR


def _port_y(item: Item, heading: str, port: int) -> float:
    """Return how far below the top of an item the middle of its document number `port` lies."""
    if not item.documents:
        return CORRIDOR / 2
    return (HEADING if heading else 0) + port * (BOX_HEIGHT + BOX_GAP) + BOX_HEIGHT / 2


def _tops(grid: Grid, heights: Sequence[float], headings: Sequence[str]) -> Tops:
    """Return the y of each item: the tallest column stands close, the others beside what they are linked with."""
    offsets = [_offsets([grid.items[n] for n in column], [heights[n] for n in column]) for column in grid.order]
    totals = [o[-1] + heights[c[-1]] if c else 0.0 for o, c in zip(offsets, grid.order, strict=True)]
    if not totals:
        return {}
    tallest = totals.index(max(totals))
    tops = dict(zip(grid.order[tallest], offsets[tallest], strict=True))
    links = links_by_gap(len(grid.levels), grid.items, grid.ways)
    for column in [*range(tallest - 1, -1, -1), *range(tallest + 1, len(totals))]:
        across = links[column] if column < tallest else links[column - 1]
        wishes = _wishes(
            across, column < tallest, tops, lambda w: _port_y(grid.items[w.item], headings[w.item], w.port)
        )
        middle = (totals[tallest] - totals[column]) / 2
        shifts = settle([wishes.get(n, []) for n in grid.order[column]], offsets[column], middle)
        tops.update((n, o + s) for n, o, s in zip(grid.order[column], offsets[column], shifts, strict=True))
    highest = min(tops.values())
    return {number: floor(top - highest + MARGIN + 0.5) for number, top in tops.items()}


def _offsets(items: Sequence[Item], heights: Sequence[float]) -> list[float]:
    """Return the tops of a column's items when they stand as close as they may, the first at 0."""
    offsets = [0.0] if items else []
    for (above, below), height in zip(pairwise(items), heights, strict=False):
        offsets.append(offsets[-1] + height + space(bool(above.documents), bool(below.documents)))
    return offsets


def space(above: bool, below: bool) -> float:
    """Return the space between two items, each a locality (True) or a corridor (False)."""
    if above and below:
        return GROUP_GAP
    return CORRIDOR_GAP if above or below else 0


def _wishes(
    across: Iterable[Link], leftwards: bool, tops: Tops, port_y: Callable[[Waypoint], float]
) -> dict[int, list[float]]:
    """Return for each item the tops at which one of its links would be level."""
    wishes: dict[int, list[float]] = defaultdict(list)
    for left, right in across:
        near, far = (left, right) if leftwards else (right, left)
        wishes[near.item].append(tops[far.item] + port_y(far) - port_y(near))
    return wishes


def settle(wishes: Sequence[Sequence[float]], offsets: Sequence[float], otherwise: float) -> list[float]:
    """Return how far each item moves down from its offset: nearest to its wishes in the mean, no order broken.

    This is isotonic regression by pooling adjacent violators. An item without wishes follows the one above it.
    """
    blocks: list[tuple[float, int, int]] = []  # sum of wishes, their number, number of items
    for wish, offset in zip(wishes, offsets, strict=True):
        blocks.append((sum(w - offset for w in wish), len(wish), 1))
        while len(blocks) > 1 and not _apart(blocks[-2], blocks[-1]):
            (total, weight, count), above = blocks.pop(), blocks.pop()
            blocks.append((above[0] + total, above[1] + weight, above[2] + count))
    return [s for total, weight, count in blocks for s in [total / weight if weight else otherwise] * count]


def _apart(above: tuple[float, int, int], below: tuple[float, int, int]) -> bool:
    """Return whether both blocks have wishes and the lower one wishes to be lower."""
    return bool(above[1] and below[1]) and above[0] / above[1] < below[0] / below[1]


# ---- parts ----------------------------------------------------------------------------------------------------------


def _group(stacked: Stacked, number: int) -> Group:
    item = stacked.grid.items[number]
    column = stacked.columns[item.column]
    return Group(
        heading=stacked.headings[number],
        level=column.level,
        province=item.province,
        locality=item.locality,
        column=item.column,
        documents=item.documents,
        x=column.x + PADDING,
        y=stacked.tops[number],
        w=BOX_WIDTH,
        h=stacked.heights[number],
    )


def _boxes(stacked: Stacked, number: int, group: int) -> Iterable[Box]:
    item = stacked.grid.items[number]
    x = stacked.columns[item.column].x + PADDING
    for port, document in enumerate(item.documents):
        y = stacked.tops[number] + _port_y(item, stacked.headings[number], port) - BOX_HEIGHT / 2
        yield Box(document, group, x, y, BOX_WIDTH, BOX_HEIGHT)


def _corridor(stacked: Stacked, number: int) -> Corridor:
    column = stacked.columns[stacked.grid.items[number].column]
    return Corridor(stacked.grid.items[number].column, column.x, stacked.tops[number] + CORRIDOR / 2, column.width)


# ---- lines ----------------------------------------------------------------------------------------------------------


def _routes(stacked: Stacked, boxes: Sequence[Box], passages: Sequence[int]) -> tuple[Route, ...]:
    place = {box.document: box for box in boxes}
    via = {number: i for i, number in enumerate(passages)}
    ports = _ports(stacked.grid, place)
    return tuple(
        Route(
            way.edge,
            _curves(stacked, way, place, ports),
            tuple(via[waypoint.item] for waypoint in way.waypoints[1:-1]),
        )
        for way in stacked.grid.ways
    )


def _curves(stacked: Stacked, way: Way, place: dict[str, Box], ports: Ports) -> tuple[Curve, ...]:
    left, right = _ends(stacked.grid, way)
    within = place[left].x == place[right].x
    start = _port(place[left], "right", way.edge, ports)
    end = _port(place[right], "right" if within else "left", way.edge, ports)
    if within:
        curves = [bow(start, end, len(stacked.columns))]
    else:
        corridors = [_corridor(stacked, waypoint.item) for waypoint in way.waypoints[1:-1]]
        curves = _through(start, [((c.x, c.y), (c.x + c.w, c.y)) for c in corridors], end)
    if way.edge.target == right:
        curves = [(d, c, b, a) for a, b, c, d in reversed(curves)]
    return tuple(curves)


def _ends(grid: Grid, way: Way) -> tuple[str, str]:
    first, last = way.waypoints[0], way.waypoints[-1]
    return grid.items[first.item].documents[first.port], grid.items[last.item].documents[last.port]


def _ports(grid: Grid, place: dict[str, Box]) -> Ports:
    """Return for each side of each box the relations that end there, sorted: each has its own port."""
    ports: dict[tuple[str, str], set[str]] = defaultdict(set)
    for way in grid.ways:
        left, right = _ends(grid, way)
        ports[left, "right"].add(way.edge.type)
        ports[right, "right" if place[left].x == place[right].x else "left"].add(way.edge.type)
    return {side: sorted(types) for side, types in ports.items()}


def _port(box: Box, side: str, edge: Edge, ports: Ports) -> Point:
    types = ports[box.document, side]
    shift = (types.index(edge.type) - (len(types) - 1) / 2) * PORT_STEP
    return (box.x + (box.w if side == "right" else 0), box.y + box.h / 2 + shift)


def bow(start: Point, end: Point, columns: int) -> Curve:
    """Return a curve from one right side to another of the same column, deeper the farther they are apart."""
    depth = min(gap(columns), 20 + abs(end[1] - start[1]) * 0.12)  # a Bézier curve reaches three quarters of it
    return (start, (start[0] + depth, start[1]), (end[0] + depth, end[1]), end)


def _through(start: Point, corridors: Sequence[tuple[Point, Point]], end: Point) -> list[Curve]:
    """Return S-shaped curves across the gaps and straight ones through the corridors."""
    curves = []
    for enter, leave in corridors:
        curves += [s_curve(start, enter), s_curve(enter, leave)]
        start = leave
    return [*curves, s_curve(start, end)]


def s_curve(start: Point, end: Point) -> Curve:
    """Return the curve that leaves and arrives level."""
    middle = (start[0] + end[0]) / 2
    return (start, (middle, start[1]), (middle, end[1]), end)
