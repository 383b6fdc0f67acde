"""Lay out a lineage in time: a lane for each level, years from left to right, each as wide as it needs.

               2013                  2014-2018   2019           undated
    Trung ương │ 25-NQ/TW ─┐         │          │ 43-KL/TW     │
    Cấp tỉnh   │    14-CTr/TU        │          │              │ 7-BC/TU
    Cấp huyện  │       97-KH/TU      │          │              │

A box never leaves its year, so that between two years there is always a free way down; between two rows there is one
across. Lines keep to these ways and to free air, and therefore cross no box. Units and axes are those of `kg.layout`;
`templates/lineage-lanes.js` repeats this in the browser, and a browser test holds the two together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, hypot

from kg.columns import by_date, drawable_edges, level_of
from kg.layout import BOX_HEIGHT, MARGIN, PORT_STEP, Box, Curve, Point, Route
from kg.model import LEVELS, Document, Edge, Lineage

BOX_WIDTH = 152
LABEL = 100  # left of the first year: the names of the lanes
YEARS = 30  # height of the years' line
SIDE = 11  # between a year's edge and its boxes: the way down
ROW_GAP = 22  # between rows: the way across
LANE_GAP = 10  # between lanes
BESIDE = 10  # between boxes of one row
EMPTY = 40  # width of a year without documents
SPAN = 84  # width of many such years
LONG = 3  # empty years in a row; more become a span
SPREAD = 24  # what each further document of a lane adds to its year, up to two boxes
PORT = 22  # from a box's left edge to its first port
ROUND = 7  # radius of a line's corners
CLEAR = 5  # between a line and a box that it passes
SLOTS, SLOT_STEP = 5, 2.5  # lines of different documents share a way side by side


@dataclass(frozen=True, slots=True)
class Year:
    """A year, several ("2014-2018") or what has no date (""), from `x` on."""

    label: str
    x: float
    width: float
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A level that has documents, from `y` down."""

    level: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where everything stands."""

    lanes: tuple[Lane, ...]
    years: tuple[Year, ...]
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def lanes(lineage: Lineage, most: int | None = None) -> Lanes:
    """Return where the documents and edges of `lineage` stand in time.

    With `most`, for paper, years with few documents go together until no more than so many columns have any, and all
    are equally narrow: what happens at one time stands one below the other.
    """
    documents = sorted({d.id: d for d in lineage.documents}.values(), key=by_date)
    levels = [level for level in LEVELS if any(level_of(d) == level for d in documents)]
    years = _years(documents, most)
    rows, tops = _rows(documents, levels, years)
    boxes = tuple(box for row in rows for box in row)
    below = rows[-1][0].y + BOX_HEIGHT + ROW_GAP if rows else 0
    ends = [*tops[1:], below]
    return Lanes(
        lanes=tuple(Lane(v, y, end - y) for v, y, end in zip(levels, tops, ends, strict=False)),
        years=tuple(dict.fromkeys(years.values())),
        boxes=boxes,
        routes=_routes(drawable_edges(lineage), rows, years, {d.id: year_of(d) for d in documents}),
        width=max((year.x + year.width for year in years.values()), default=0) + MARGIN,
        height=below + MARGIN if rows else 0,
    )


def year_of(document: Document) -> int | None:
    """Return the year of a document, None when it is not known."""
    year = (document.date or "")[:4]
    return int(year) if len(year) == 4 and year.isdecimal() else None


def _through(document: Document, year: Year) -> float:
    """Return how far through its column a document stands, 0 to 1; what is known by the year alone stands first."""
    date = (*(document.date or "").split("-"), "", "")[:3]
    whole, month, day = (int(part) if part.isdecimal() else 0 for part in date)
    passed = (max(month - 1, 0) + max(day - 1, 0) / 31) / 12
    return (whole - year.first + passed) / (year.last - year.first + 1) if year.first else 0


# ---- years ----------------------------------------------------------------------------------------------------------


def _years(documents: Sequence[Document], most: int | None) -> dict[int | None, Year]:
    """Return the column of each year that has documents or is empty between such, and of what has no date (None)."""
    crowd: dict[int | None, Counter[str]] = defaultdict(Counter)
    for document in documents:
        crowd[year_of(document)][level_of(document)] += 1
    found: dict[int | None, Year] = {}
    x: float = MARGIN + LABEL
    for first, last in _with_empty(spans(documents, most)):
        here = sum((crowd[year] for year in range(first, last + 1) if year in crowd), Counter())
        width = _width(here, most) if here else EMPTY if first == last else SPAN
        year = Year(str(first) if first == last else f"{first}-{last}", x, width, first, last)
        found.update((number, year) for number in range(first, last + 1))
        x += width
    if None in crowd:
        found[None] = Year("", x, _width(crowd[None], most))
    return found


def spans(documents: Sequence[Document], most: int | None) -> list[tuple[int, int]]:
    """Return the first and last year of each column that has documents: one year each, or at most `most` columns."""
    count = Counter(year_of(document) for document in documents)
    undated = count.pop(None, 0)
    columns = [(year, year) for year in sorted(year for year in count if year is not None)]
    while most is not None and len(columns) + bool(undated) > max(most, 2):
        number = min(
            range(len(columns) - 1), key=lambda i: sum(count[y] for y in range(columns[i][0], columns[i + 1][1] + 1))
        )
        columns[number : number + 2] = [(columns[number][0], columns[number + 1][1])]
    return columns


def _with_empty(columns: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the columns and between them the empty years, many of them together."""
    for number, (first, last) in enumerate(columns):
        yield first, last
        following = columns[number + 1][0] if number + 1 < len(columns) else last + 1
        empty = range(last + 1, following)
        if len(empty) > LONG:
            yield empty[0], empty[-1]
        else:
            yield from ((year, year) for year in empty)


def _width(crowd: Counter[str], most: int | None) -> float:
    spread = 0 if most else SPREAD * (max(crowd.values()) - 1)
    return 2 * SIDE + BOX_WIDTH + min(2 * (BOX_WIDTH + BESIDE), spread)


# ---- rows -----------------------------------------------------------------------------------------------------------

Rows = list[list[Box]]


def _rows(
    documents: Sequence[Document], levels: Sequence[str], years: dict[int | None, Year]
) -> tuple[Rows, list[float]]:
    """Return the boxes row by row from top to bottom, and the tops of the lanes."""
    rows: Rows = []
    tops: list[float] = []
    y: float = YEARS
    for lane, level in enumerate(levels):
        y += LANE_GAP
        tops.append(y)
        for row in _packed([d for d in documents if level_of(d) == level], years):
            y += ROW_GAP
            rows.append([Box(known, lane, x, y, BOX_WIDTH, BOX_HEIGHT) for known, x in row])
            y += BOX_HEIGHT
        y += ROW_GAP
    return rows, tops


def _packed(documents: Sequence[Document], years: dict[int | None, Year]) -> list[list[tuple[str, float]]]:
    """Return the documents of a lane in rows: each in the first row that has room at its day."""
    rows: list[list[tuple[str, float]]] = []
    places = [(_x(document, years), document.id) for document in documents]
    for x, known in sorted(places, key=lambda place: place[0]):
        row = next((row for row in rows if row[-1][1] + BOX_WIDTH + BESIDE <= x), None)
        if row is None:
            row = []
            rows.append(row)
        row.append((known, x))
    return rows


def _x(document: Document, years: dict[int | None, Year]) -> float:
    year = years[year_of(document)]
    room = year.width - 2 * SIDE - BOX_WIDTH
    return floor(year.x + SIDE + room * _through(document, year) + 0.5)


# ---- lines ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ways:
    """What a line must know: the rows, where each box stands, the ports of each side, the slots, the ways down."""

    rows: Rows
    place: dict[str, tuple[int, Box]]
    ports: dict[tuple[str, str], list[str]]
    slots: dict[str, float]
    down: dict[str, float]

    def port(self, document: str, side: str, kind: str) -> float:
        """Return the x at which lines of one kind leave or reach a document."""
        return self.place[document][1].x + PORT + PORT_STEP * self.ports[document, side].index(kind)

    def across(self, gutter: int) -> float:
        """Return the y of the way above row number `gutter`."""
        if gutter < len(self.rows):
            return self.rows[gutter][0].y - ROW_GAP / 2
        return self.rows[-1][0].y + BOX_HEIGHT + ROW_GAP / 2

    def free(self, x: float, first: int, last: int) -> bool:
        """Tell whether a line can go down at `x` from the way above row `first` to the one above row `last`."""
        for row in self.rows[first:last]:
            number = bisect_left(row, x + CLEAR, key=lambda box: box.x) - 1  # the last box that begins left of the line
            if number >= 0 and x < row[number].x + row[number].w + CLEAR:
                return False
        return True


def _routes(
    edges: Sequence[Edge], rows: Rows, years: dict[int | None, Year], when: dict[str, int | None]
) -> tuple[Route, ...]:
    place = {box.document: (number, box) for number, row in enumerate(rows) for box in row}
    ports: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in edges:
        ports[edge.target, "out"].add(edge.type)
        ports[edge.source, "in"].add(edge.type)
    slots = {known: (i % SLOTS - SLOTS // 2) * SLOT_STEP for i, known in enumerate(place)}
    down = {known: years[year].x for known, year in when.items()}
    ways = _Ways(rows, place, {side: sorted(kinds) for side, kinds in ports.items()}, slots, down)
    return tuple(Route(edge, tuple(rounded(_points(ways, edge))), ()) for edge in edges)


def _points(ways: _Ways, edge: Edge) -> list[Point]:
    """Return the corners of the line from the higher document to the lower one, which it reaches from above."""
    (start, higher), (goal, lower) = ways.place[edge.target], ways.place[edge.source]
    slot = ways.slots[edge.target]
    leave, reach = ways.port(edge.target, "out", edge.type), ways.port(edge.source, "in", edge.type)
    downwards = goal > start
    gutter = start + 1 if downwards else start
    first, second = ways.across(gutter) + slot, ways.across(goal) + slot
    head = [(leave, higher.y + higher.h if downwards else higher.y), (leave, first)]
    tail = [(reach, second), (reach, lower.y)]
    if gutter == goal:
        return [*head, *tail]
    between = sorted((gutter, goal))
    wished = (reach, leave, ways.down[edge.source] + slot)
    turn = next((x for x in wished if ways.free(x, *between)), wished[-1])
    return [*head, (turn, first), (turn, second), *tail]


def rounded(points: Sequence[Point]) -> list[Curve]:
    """Return the line through `points` as curves, its corners rounded."""
    corners = [points[0], *(b for a, b in pairwise(points) if hypot(b[0] - a[0], b[1] - a[1]) > 0.01)]
    curves: list[Curve] = []
    here = corners[0]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        enter, leave = _towards(corner, before), _towards(corner, after)
        curves += [straight(here, enter), (enter, _near(enter, corner), _near(leave, corner), leave)]
        here = leave
    return [*curves, straight(here, corners[-1])]


def _towards(corner: Point, other: Point) -> Point:
    """Return the point where a corner's curve begins on the way from `other`."""
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    part = min(ROUND, length / 2) / length
    return (corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part)


def _near(point: Point, corner: Point) -> Point:
    return (point[0] + (corner[0] - point[0]) * 0.55, point[1] + (corner[1] - point[1]) * 0.55)


def straight(start: Point, end: Point) -> Curve:
    """Return a straight line as a curve."""
    dx, dy = (end[0] - start[0]) / 3, (end[1] - start[1]) / 3
    return (start, (start[0] + dx, start[1] + dy), (end[0] - dx, end[1] - dy), end)
