"""The picture's geometry: what may touch what, and in which order things stand."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lineages import document, edge, synthetic

from kg.columns import inversions
from kg.layout import Box, Curve, Layout, Point, Route, layout, settle
from kg.model import LEVELS, RELATIONS, Document, Edge, Lineage

SIZES = [24, 68, 500, 2000]


def lineage(documents: list[Document], edges: list[Edge] | None = None) -> Lineage:
    return Lineage(documents[0].id, tuple(documents), tuple(edges or []))


CENTRE = document("nq", "trung ương", kind="directive", type="nghị quyết", date="2013-06-03")
PROVINCE = document("ct", "tỉnh", "Bắc Kạn", "Bắc Kạn")
DISTRICT = document("kh", "huyện", "Bạch Thông", "Bắc Kạn")
OTHER_DISTRICT = document("kh2", "huyện", "Chợ Mới", "Bắc Kạn")
COMMUNE = document("bc", "xã", "Bình Thành", "Bắc Kạn")
NO_LEVEL = document("x", "cấp lạ")

# ---- what stands where ----------------------------------------------------------------------------------------------

COLUMNS = [
    # nothing to show is no error
    ([], []),
    # empty columns vanish, the rest keeps the order of the levels
    ([COMMUNE, CENTRE], ["trung ương", "xã"]),
    # a level nobody knows stands with the others
    ([CENTRE, NO_LEVEL], ["trung ương", "khác"]),
    ([DISTRICT, PROVINCE, COMMUNE, CENTRE], ["trung ương", "tỉnh", "huyện", "xã"]),
]


@pytest.mark.parametrize(("documents", "levels"), COLUMNS)
def test_columns(documents: list[Document], levels: list[str]) -> None:
    places = layout(Lineage("nq", tuple(documents), ()))
    assert [column.level for column in places.columns] == levels
    assert sum(column.count for column in places.columns) == len(documents)


HEADINGS = [
    # the centre has no locality and needs no heading
    ([CENTRE], [""]),
    ([DISTRICT], ["Bạch Thông"]),
    # one name in two provinces: each says which
    (
        [document("a", "huyện", "Châu Thành", "Tiền Giang"), document("b", "huyện", "Châu Thành", "Bến Tre")],
        ["Châu Thành · Bến Tre", "Châu Thành · Tiền Giang"],
    ),
    # a province of the name of its town is no repetition: they stand in different columns
    ([PROVINCE, document("a", "huyện", "Bắc Kạn", "Bắc Kạn")], ["Bắc Kạn", "Bắc Kạn"]),
    # what is not known is said
    ([document("a", "xã", "", "Bắc Kạn")], ["? · Bắc Kạn"]),
    ([document("a", "khác")], ["?"]),
]


@pytest.mark.parametrize(("documents", "headings"), HEADINGS)
def test_headings(documents: list[Document], headings: list[str]) -> None:
    assert sorted(group.heading for group in layout(lineage(documents)).groups) == headings


def test_documents_of_a_locality_stand_by_date() -> None:
    dates = ["2023-05", None, "2013-06-03", "2023-01-02"]
    documents = [document(f"d{i}", "huyện", "Bạch Thông", date=date) for i, date in enumerate(dates)]
    boxes = sorted(layout(lineage(documents)).boxes, key=lambda box: box.y)
    assert [box.document for box in boxes] == ["d2", "d3", "d0", "d1"]


def test_provinces_keep_one_order_in_all_columns() -> None:
    places = layout(synthetic(500))
    orders = []
    for column in range(len(places.columns)):
        groups = sorted((g for g in places.groups if g.column == column and g.province), key=lambda g: g.y)
        orders.append(list(dict.fromkeys(group.province for group in groups)))
    common = [province for province in orders[0] if all(province in order for order in orders if order)]
    assert all([p for p in order if p in common] == common for order in orders if order)


def test_a_lone_follower_stands_level_with_what_it_follows() -> None:
    places = layout(lineage([CENTRE, PROVINCE], [edge("ct", "nq")]))
    first, second = places.boxes
    assert first.y == second.y


def test_what_is_no_line_is_not_drawn() -> None:
    # to itself, and to a document outside the lineage
    assert not layout(lineage([CENTRE], [edge("nq", "nq"), edge("nq", "elsewhere")])).routes


ROUTES = [
    # neighbours: one curve
    ("ct", "nq", 1, 0),
    # over the province's column: to the corridor, through it, on to the box
    ("kh", "nq", 3, 1),
    ("bc", "nq", 5, 2),
    # an edge that points down the levels takes the same way
    ("nq", "bc", 5, 2),
    # within a level: one bow
    ("kh", "kh2", 1, 0),
]


@pytest.mark.parametrize(("source", "target", "curves", "corridors"), ROUTES)
def test_routes(source: str, target: str, curves: int, corridors: int) -> None:
    documents = [CENTRE, PROVINCE, DISTRICT, OTHER_DISTRICT, COMMUNE]
    places = layout(lineage(documents, [edge(source, target)]))
    (route,) = places.routes
    assert (len(route.curves), len(route.via)) == (curves, corridors)
    boxes = {box.document: box for box in places.boxes}
    # from the document that is carried out to the one that carries it out, where the arrow is
    assert on_side(route.curves[0][0], boxes[target])
    assert on_side(route.curves[-1][3], boxes[source])


def on_side(point: Point, box: Box) -> bool:
    return point[0] in {box.x, box.x + box.w} and box.y < point[1] < box.y + box.h


def test_edges_of_one_document_to_one_locality_share_a_corridor() -> None:
    plans = [document(f"kh-{i}", "huyện", "Bạch Thông", "Bắc Kạn") for i in range(5)]
    places = layout(lineage([CENTRE, PROVINCE, *plans], [edge(plan.id, "nq") for plan in plans]))
    assert len(places.corridors) == 1


# ---- what may not touch ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", SIZES)
def test_nothing_overlaps(count: int) -> None:
    places = layout(synthetic(count))
    assert len(places.boxes) == count
    assert_tidy(places)


@pytest.mark.parametrize("count", SIZES)
def test_layout_is_the_same_for_records_in_another_order(count: int) -> None:
    once = synthetic(count)
    chance = random.Random(7)
    again = Lineage(
        once.focus,
        tuple(chance.sample(once.documents, len(once.documents))),
        tuple(chance.sample(once.edges, len(once.edges))),
    )
    assert layout(once) == layout(again)


@st.composite
def lineages(draw: st.DrawFn) -> Lineage:
    names = st.sampled_from(["", "Bắc Kạn", "Châu Thành", "Đắk Lắk"])
    documents = [
        document(f"d{i}", draw(st.sampled_from([*LEVELS, "cấp lạ"])), draw(names), draw(names), date=draw(DATES))
        for i in range(draw(st.integers(1, 14)))
    ]
    ids = st.sampled_from([d.id for d in documents])
    made = st.builds(edge, ids, ids, st.sampled_from([*RELATIONS, "khác"]), st.sampled_from(["done", "planned"]))
    return lineage(documents, draw(st.lists(made, max_size=25)))


DATES = st.sampled_from([None, "2013", "2013-06", "2013-06-03", "2023-12-31"])


@given(lineages())
def test_nothing_overlaps_whatever_the_lineage(any_lineage: Lineage) -> None:
    places = layout(any_lineage)
    assert_tidy(places)
    drawable = [e for e in any_lineage.edges if e.source != e.target]
    assert len(places.routes) == len(drawable)


def assert_tidy(places: Layout) -> None:
    by_column: dict[float, list[Box]] = {}
    for box in places.boxes:
        by_column.setdefault(box.x, []).append(box)
    for boxes in by_column.values():
        for above, below in pairwise(sorted(boxes, key=lambda box: box.y)):
            assert above.y + above.h < below.y
    for left, right in pairwise(sorted(by_column)):
        assert left + places.boxes[0].w < right
    for first, second in combinations([(g.x, g.y, g.y + g.h) for g in places.groups], 2):
        assert first[0] != second[0] or first[2] <= second[1] or second[2] <= first[1]
    for box in places.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.w <= places.width
        assert box.y + box.h <= places.height
    for route in places.routes:
        assert not list(crossed(route, by_column)), route.edge


def crossed(route: Route, by_column: dict[float, list[Box]]) -> Iterator[str]:
    """Yield the boxes through which a route goes, beside those at its ends."""
    points = [point for curve in route.curves for point in sampled(curve)]
    for x, boxes in by_column.items():
        ys = [point[1] for point in points if x < point[0] < x + boxes[0].w]
        for box in boxes if ys else ():
            if box.document in {route.edge.source, route.edge.target}:
                continue
            if any(box.y < y < box.y + box.h for y in ys):
                yield box.document


def sampled(curve: Curve, steps: int = 24) -> Iterator[Point]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    for step in range(steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy)


def test_the_check_sees_a_crossing() -> None:
    # a straight line over three columns, through the box in the middle
    places = layout(lineage([CENTRE, PROVINCE, DISTRICT], [edge("ct", "nq"), edge("kh", "ct")]))
    boxes = {box.document: box for box in places.boxes}
    y = boxes["ct"].y + 10
    straight = ((0.0, y), (300.0, y), (600.0, y), (1200.0, y))
    by_column = {box.x: [box] for box in places.boxes}
    assert list(crossed(Route(edge("kh", "nq"), (straight,), ()), by_column)) == ["ct"]


# ---- parts ----------------------------------------------------------------------------------------------------------

SETTLE = [
    # each gets its wish when the wishes are in order
    ([[5.0], [30.0]], [0.0, 10.0], [5.0, 20.0]),
    # two that want the same place share the way
    ([[0.0], [0.0]], [0.0, 10.0], [-5.0, -5.0]),
    # without a wish: after the one above, or before the one below
    ([[7.0], []], [0.0, 10.0], [7.0, 7.0]),
    ([[], [17.0]], [0.0, 10.0], [7.0, 7.0]),
    # nobody wishes
    ([[], []], [0.0, 10.0], [99.0, 99.0]),
]


@pytest.mark.parametrize(("wishes", "offsets", "shifts"), SETTLE)
def test_settle(wishes: list[list[float]], offsets: list[float], shifts: list[float]) -> None:
    assert settle(wishes, offsets, 99.0) == shifts


@given(st.lists(st.lists(st.integers(-500, 500), max_size=3), max_size=12))
def test_settling_never_breaks_the_order(wishes: list[list[int]]) -> None:
    shifts = settle(wishes, [40.0 * i for i in range(len(wishes))], 0.0)
    assert all(above <= below + 1e-9 for above, below in pairwise(shifts))


@given(st.lists(st.integers(0, 9), max_size=20))
def test_inversions_are_counted_as_by_hand(values: list[int]) -> None:
    assert inversions(values) == sum(a > b for a, b in combinations(values, 2))
