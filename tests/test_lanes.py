"""The picture in time: where boxes may stand, and that no line crosses one."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from lineages import document, edge, synthetic
from test_layout import lineages, sampled

from kg.lanes import BOX_WIDTH, Lanes, lanes, rounded, spans
from kg.layout import Box
from kg.model import Document, Edge, Lineage

SIZES = [10, 60, 500, 2000]


def of(*documents: Document, edges: tuple[Edge, ...] = ()) -> Lineage:
    return Lineage(documents[0].id, documents, edges)


def dated(*dates: str | None) -> Lineage:
    return of(*(document(f"d{i}", "xã", date=date) for i, date in enumerate(dates)))


YEARS = [
    # nothing to show is no error
    ([], []),
    # empty years are narrow, but there
    (["2013-06-03", "2015"], ["2013", "2014", "2015"]),
    # many of them stand together
    (["2013-06-03", "2018-01-01"], ["2013", "2014-2017", "2018"]),
    # what has no date stands at the end, under its own name
    ([None, "2013"], ["2013", ""]),
    ([None], [""]),
]


@pytest.mark.parametrize(("dates", "labels"), YEARS)
def test_years(dates: list[str | None], labels: list[str]) -> None:
    places = lanes(dated(*dates) if dates else Lineage("none", (), ()))
    assert [year.label for year in places.years] == labels
    assert all(left.x + left.width == right.x for left, right in pairwise(places.years))


def test_a_year_is_as_wide_as_it_needs() -> None:
    few, many = lanes(dated("2013-02-01")), lanes(dated(*(f"2013-{month:02d}-01" for month in range(1, 10))))
    assert few.years[0].width < many.years[0].width


SPANS = [
    # no limit: each year by itself
    ([2013, 2014, 2019], None, [(2013, 2013), (2014, 2014), (2019, 2019)]),
    # the two neighbours with the fewest documents go together
    ([2013, 2013, 2014, 2019], 2, [(2013, 2013), (2014, 2019)]),
]


@pytest.mark.parametrize(("years", "most", "columns"), SPANS)
def test_spans(years: list[int], most: int | None, columns: list[tuple[int, int]]) -> None:
    assert spans(dated(*map(str, years)).documents, most) == columns


def test_documents_stand_in_the_order_of_their_days() -> None:
    boxes = {box.document: box.x for box in lanes(dated("2013-06-03", "2013-08-06", "2013-12-30", "2014-01-02")).boxes}
    assert boxes["d0"] < boxes["d1"] < boxes["d2"] < boxes["d3"]


def test_lanes_are_the_levels_that_have_documents() -> None:
    places = lanes(of(document("b", "xã"), document("a", "trung ương")))
    assert [lane.level for lane in places.lanes] == ["trung ương", "xã"]


@pytest.mark.parametrize("count", SIZES)
@pytest.mark.parametrize("most", [None, 8])
def test_nothing_overlaps(count: int, most: int | None) -> None:
    places = lanes(synthetic(count), most)
    assert len(places.boxes) == count
    assert_tidy(places)


@pytest.mark.parametrize("count", SIZES)
def test_lanes_are_the_same_for_records_in_another_order(count: int) -> None:
    once, chance = synthetic(count), random.Random(7)
    again = Lineage(
        once.focus,
        tuple(chance.sample(once.documents, len(once.documents))),
        tuple(chance.sample(once.edges, len(once.edges))),
    )
    assert lanes(once) == lanes(again)


@given(lineages())
def test_nothing_overlaps_whatever_the_lineage(any_lineage: Lineage) -> None:
    places = lanes(any_lineage)
    assert_tidy(places)
    assert len(places.routes) == sum(e.source != e.target for e in any_lineage.edges)


def assert_tidy(places: Lanes) -> None:
    rows: dict[float, list[Box]] = {}
    for box in places.boxes:
        rows.setdefault(box.y, []).append(box)
        (year,) = [year for year in places.years if year.x < box.x < year.x + year.width]
        assert box.x + BOX_WIDTH < year.x + year.width
        assert 0 < box.y < places.height - box.h
    for row in rows.values():
        for left, right in pairwise(sorted(row, key=lambda box: box.x)):
            assert left.x + left.w < right.x
    for above, below in pairwise(sorted(rows)):
        assert above + places.boxes[0].h < below
    for lane, other in combinations(places.lanes, 2):
        assert lane.y + lane.height <= other.y
    for route in places.routes if len(places.boxes) < 1000 else places.routes[::20]:
        ends = {route.edge.source, route.edge.target}
        points = [point for curve in route.curves for point in sampled(curve, 12)]
        for x, y in points:
            for top, row in rows.items():
                if top < y < top + row[0].h:
                    inside = [box.document for box in row if box.x < x < box.x + box.w]
                    assert not set(inside) - ends, route.edge


LINES = [
    # from the higher document down into the lower one
    (("2013-01-01", "trung ương"), ("2014-01-01", "xã")),
    # a wrong date: the lower one is older
    (("2014-01-01", "trung ương"), ("2013-01-01", "xã")),
    # the lower one stands above
    (("2013-01-01", "xã"), ("2014-01-01", "trung ương")),
    # both in one row
    (("2013-01-01", "xã"), ("2014-01-01", "xã")),
]


@pytest.mark.parametrize(("higher", "lower"), LINES)
def test_lines_run_from_the_higher_to_the_lower_document(higher: tuple[str, str], lower: tuple[str, str]) -> None:
    first, second = document("a", higher[1], date=higher[0]), document("b", lower[1], date=lower[0])
    places = lanes(of(first, second, edges=(edge("b", "a"),)))
    boxes, (route,) = {box.document: box for box in places.boxes}, places.routes
    (x, y), (end_x, end_y) = route.curves[0][0], route.curves[-1][3]
    assert boxes["a"].x < x < boxes["a"].x + BOX_WIDTH
    assert y in {boxes["a"].y, boxes["a"].y + boxes["a"].h}
    assert boxes["b"].x < end_x < boxes["b"].x + BOX_WIDTH
    assert end_y == boxes["b"].y
    assert all(before[3] == after[0] for before, after in pairwise(route.curves))


def test_a_straight_line_has_no_corners() -> None:
    assert len(rounded([(0, 0), (0, 0), (10, 0)])) == 1
