"""Who implemented a directive, how it travelled, who cites it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import claim, filled, report

from kg import graph
from kg.gaps import with_gaps
from kg.model import Document, Edge, Evidence, Lineage, QueryError
from kg.store import Store

TU = "Tỉnh ủy Bắc Kạn"
CITY = "Thành ủy Bắc Kạn, tỉnh Bắc Kạn"
WARD = "Đảng ủy phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"
NQ25 = claim("nq", "nghị quyết", "25-NQ/TW", date="2013-06-03", issuer="Ban Chấp hành Trung ương Đảng khóa XI")
KL43 = claim("kl", "kết luận", "43-KL/TW", date="2019-01-07", issuer="Ban Bí thư Trung ương Đảng")
CTR14 = claim("ctr", "chương trình", "14-CTr/TU", date="2013-08-06", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn")
KH97 = claim("kh", "kế hoạch", "97-KH/TU", date="2013-08-23", issuer=CITY)
KH05 = claim("kx", "kế hoạch", "05-KH/ĐU", date="2013-09-10", issuer=WARD)
OTHER = claim("ct", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
KH35 = claim("k2", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer="Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn")

CASCADE = (
    ("kl", "continues", "nq"),
    ("ctr", "implements", "nq"),
    ("kh", "implements", "ctr"),
    ("kh", "implements", "nq"),
    ("kx", "based_on", "kh"),
    ("kx", "implements", "ct"),
    ("k2", "implements", "ct"),
    ("self", "reports_on", "nq"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with one cascade of four levels and a second directive that a lower plan carries out too."""
    made = report(
        "a.txt",
        *(NQ25, KL43, CTR14, KH97, KH05, OTHER, KH35),
        relations=CASCADE,
        deeds=(
            ("Hội Cựu chiến binh thành phố Bắc Kạn", "implemented", "nq"),
            ("Công an thành phố Bắc Kạn", "implemented", "nq", "planned"),
            (TU, "issued", "ctr"),
        ),
        issuer=CITY,
    )
    return filled(tmp_path, made)


def test_who(store: Store) -> None:
    lines = graph.implementers(store, "nq-25-tw-2013")
    assert [(line.how, line.unit.level, line.unit.name, line.document and line.document.full) for line in lines] == [
        ("own", "trung ương", "Ban Bí thư Trung ương Đảng", "43-KL/TW"),
        # the standing board's programme is the Party committee's
        ("own", "tỉnh", "Tỉnh ủy Bắc Kạn", "14-CTr/TU"),
        # one line for a document that carries out both the programme and the resolution
        ("own", "huyện", CITY, "97-KH/TU"),
        ("reported", "huyện", CITY, None),
        ("stated", "huyện", "Hội Cựu chiến binh thành phố Bắc Kạn", None),
        ("through", "xã", WARD, "05-KH/ĐU"),
    ]
    assert all(line.evidence for line in lines)
    assert {line.document.full: line.days for line in lines if line.document}["14-CTr/TU"] == 64


def test_who_tells_the_way(store: Store) -> None:
    (line,) = graph.implementers(store, "nq-25-tw-2013", level="xã")
    assert line.path == ("kh-5-du-xa-duc-xuan-2013", "kh-97-tu-bac-kan-2013", "nq-25-tw-2013")
    texts = [item.text for item in line.evidence]
    assert any("97-KH/TU" in text for text in texts)


def test_a_report_on_what_carries_it_out_is_a_report(tmp_path: Path) -> None:
    """A report is never a plan of its own, however many steps lie between: "Thực hiện Kế hoạch số 97-KH/TU, ..."."""
    tells = claim("bc", "báo cáo", "01-BC/ĐU", kind="report", date="2014-01-10", issuer=WARD)
    steps = (("kh", "implements", "nq"), ("bc", "implements", "kh"))
    with filled(tmp_path, report("a.txt", NQ25, KH97, tells, relations=steps)) as store:
        (line,) = graph.implementers(store, "nq-25-tw-2013", level="xã")
        assert (line.how, line.path) == ("reported", ("bc-1-du-xa-duc-xuan-2014", line.path[1], "nq-25-tw-2013"))


def test_plans_and_wishes_never_count(tmp_path: Path) -> None:
    planned = report("a.txt", NQ25, CTR14, relations=(("ctr", "implements", "nq", "planned"),))
    with filled(tmp_path, planned) as store:
        assert graph.implementers(store, "nq-25-tw-2013") == ()
        (edge,) = graph.lineage(store, "nq-25-tw-2013").edges
        assert edge.status == "planned"
        store.add(report("b.txt", NQ25, CTR14, relations=(("ctr", "implements", "nq"),)))
        (line,) = graph.implementers(store, "nq-25-tw-2013")
        assert [item.source for item in line.evidence] == ["b.txt"]


def test_a_joint_document_has_two_units(tmp_path: Path) -> None:
    joint = claim("kh", "kế hoạch", "98-KH/BDVTU-CAT", issuer=f"Ban Dân vận {TU} và Công an tỉnh Bắc Kạn")
    with filled(tmp_path, report("a.txt", NQ25, joint, relations=(("kh", "implements", "nq"),))) as store:
        names = [line.unit.name for line in graph.implementers(store, "nq-25-tw-2013")]
        assert names == [f"Ban Dân vận {TU}", "Công an tỉnh Bắc Kạn"]


def test_a_unit_whose_place_has_grown_counts_once_and_by_its_later_name(tmp_path: Path) -> None:
    early = claim("kh", "kế hoạch", "97-KH/TU", date="2013-08-23", issuer="Thị ủy Bắc Kạn, tỉnh Bắc Kạn")
    late = claim("k2", "kế hoạch", "92-KH/TU", date="2019-03-26", issuer=CITY)
    made = report("a.txt", NQ25, early, late, relations=(("kh", "implements", "nq"), ("k2", "implements", "nq")))
    with filled(tmp_path, made) as store:
        first, second = graph.implementers(store, "nq-25-tw-2013")
        assert first.unit == second.unit
        assert first.unit.name == CITY
        assert "Thị ủy Bắc Kạn, tỉnh Bắc Kạn" in first.unit.aliases


def test_a_city_under_the_centre_is_no_town_of_its_former_province(tmp_path: Path) -> None:
    """Tỉnh Bắc Ninh is a thành phố since 20/9/2026; the town in it that had that name ended in 2025."""
    town = claim("kh", "kế hoạch", "97-KH/TU", date="2023-08-23", issuer="Thành ủy Bắc Ninh, tỉnh Bắc Ninh")
    city = claim("k2", "kế hoạch", "02-KH/TU", date="2026-10-05", issuer="Ban Thường vụ Thành ủy Bắc Ninh")
    made = report("a.txt", NQ25, town, city, relations=(("kh", "implements", "nq"), ("k2", "implements", "nq")))
    with filled(tmp_path, made) as store:
        units = [line.unit for line in graph.implementers(store, "nq-25-tw-2013")]
        assert [(unit.level, unit.id) for unit in units] == [
            ("tỉnh", "tinh-uy-bac-ninh"),
            ("huyện", "thanh-uy-bac-ninh-bac-ninh"),
        ]


def test_a_law_is_the_centres(tmp_path: Path) -> None:
    """Whoever names one seldom says who passed it."""
    with filled(tmp_path, report("a.txt", claim("d1", "luật", title="Tiếp công dân"))) as store:
        law = store.document("luat-tiep-cong-dan")
        assert law is not None
        assert law.level == "trung ương"


def test_an_unknown_issuer_is_not_hidden(tmp_path: Path) -> None:
    plan = claim("kh", "kế hoạch", "71/KH-UBND")
    with filled(tmp_path, report("a.txt", NQ25, plan, relations=(("kh", "implements", "nq"),))) as store:
        (line,) = graph.implementers(store, "nq-25-tw-2013")
        assert (line.unit.id, line.document and line.document.full) == ("", "71/KH-UBND")


def numbers(part: Lineage) -> set[str]:
    """Return the numbers of the documents of a lineage, "self" for reports."""
    return {document.full or "self" for document in part.documents}


def test_lineage_does_not_wander(store: Store) -> None:
    down = graph.lineage(store, "nq-25-tw-2013")
    assert numbers(down) == {"25-NQ/TW", "43-KL/TW", "14-CTr/TU", "97-KH/TU", "05-KH/ĐU", "self"}  # not 33/CT-TTg
    middle = graph.lineage(store, "kh-97-tu-bac-kan-2013")
    assert numbers(middle) == {"25-NQ/TW", "14-CTr/TU", "97-KH/TU", "05-KH/ĐU"}  # not the siblings
    assert numbers(graph.lineage(store, "kh-97-tu-bac-kan-2013", down=False)) == {"25-NQ/TW", "14-CTr/TU", "97-KH/TU"}
    assert numbers(graph.lineage(store, "nq-25-tw-2013", depth=1)) == numbers(down) - {"05-KH/ĐU"}


def test_plain_citations_only_when_asked(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", NQ25)) as store:
        assert graph.lineage(store, "nq-25-tw-2013").edges == ()
        (edge,) = graph.lineage(store, "nq-25-tw-2013", cites=True).edges
        assert (edge.type, edge.target) == ("cites", "nq-25-tw-2013")
        assert graph.cited_by(store, "nq-25-tw-2013") == (edge,)
        assert edge.evidence[0].text.startswith("Nghị quyết số 25-NQ/TW ngày 03/06/2013")


def shape(branches: tuple[graph.Branch, ...]) -> list[object]:
    """Return a tree as nested lists of numbers."""
    return [[branch.document.full or "self", *shape(branch.children)] for branch in branches]


def test_the_tree(store: Store) -> None:
    branches = graph.tree(graph.lineage(store, "nq-25-tw-2013"))
    assert shape(branches) == [["25-NQ/TW", ["14-CTr/TU", ["97-KH/TU", ["05-KH/ĐU"]]], ["43-KL/TW"], ["self"]]]
    (kh97,) = branches[0].children[0].children
    assert [edge.target for edge in kh97.edges] == ["ctr-14-tu-tinh-bac-kan-2013"]
    assert [edge.target for edge in kh97.also] == ["nq-25-tw-2013"]


def test_circles_are_survived(tmp_path: Path) -> None:
    circle = (("ctr", "implements", "nq"), ("kh", "implements", "ctr"), ("nq", "based_on", "kh"))
    with filled(tmp_path, report("a.txt", NQ25, CTR14, KH97, relations=circle)) as store:
        part = graph.lineage(store, "nq-25-tw-2013")
        assert len(part.edges) == 3
        assert len(graph.tree(part)) == 1
        assert graph.implementers(store, "nq-25-tw-2013")


REACH = [
    # all of it, by one question for each step
    {},
    {"up": False},
    {"down": False},
    {"depth": 1},
    {"depth": 2, "up": False},
]


@pytest.mark.parametrize("options", REACH)
@pytest.mark.parametrize("focus", ["nq-25-tw-2013", "ct-33-ttg-2021"])
def test_reach_has_the_edges_of_the_lineage(store: Store, focus: str, options: dict[str, Any]) -> None:
    part = graph.lineage(store, focus, **options)
    assert graph.reach(store, focus, **options) == tuple((e.source, e.type, e.target) for e in part.edges)


CIRCLES = [
    # no circle, none told
    ([("b", "a"), ("c", "b"), ("c", "a")], []),
    # two that name each other: the one against the levels is wrong
    ([("b", "a"), ("a", "b")], [("a", "b")]),
    # round three corners
    ([("b", "a"), ("c", "b"), ("a", "c")], [("a", "c")]),
    # a document that names itself
    ([("b", "a"), ("b", "b")], [("b", "b")]),
]


@pytest.mark.parametrize(("pairs", "wrong"), CIRCLES)
def test_circles_are_told(pairs: list[tuple[str, str]], wrong: list[tuple[str, str]]) -> None:
    levels = {"a": "trung ương", "b": "tỉnh", "c": "huyện"}
    documents = tuple(Document(known, "plan", "kế hoạch", level=level) for known, level in levels.items())
    edges = tuple(Edge(source, target, "implements", "done", ()) for source, target in pairs)
    assert [(e.source, e.target) for e in graph.circles(Lineage("a", documents, edges))] == wrong


def test_levels_between_are_told_of_the_documents_of_a_lineage(tmp_path: Path) -> None:
    commune = "Ủy ban nhân dân xã Dương Phong, huyện Bạch Thông, tỉnh Bắc Kạn"
    low = claim("k3", "kế hoạch", "7/KH-UBND", date="2022-03-01", issuer=commune)
    kept = filled(tmp_path, report("b.txt", OTHER, low, relations=(("k3", "implements", "ct"),), issuer=commune))
    (directive,) = (d.id for d in kept.documents() if d.full == "33/CT-TTg")
    part = with_gaps(kept, graph.lineage(kept, directive))
    assert [(m.level, m.province, m.district) for m in part.missing] == [
        ("tỉnh", "Bắc Kạn", ""),
        ("huyện", "Bắc Kạn", "Bạch Thông"),
    ]


def test_near(store: Store) -> None:
    near = graph.documents_near(store, "kh-97-tu-bac-kan-2013", cites=False)
    assert numbers(near) == {"25-NQ/TW", "14-CTr/TU", "97-KH/TU", "05-KH/ĐU"}


def test_network(store: Store) -> None:
    found = graph.network(graph.lineage(store, "nq-25-tw-2013"))
    assert found.number_of_nodes() == 6
    assert found.has_edge("kh-97-tu-bac-kan-2013", "nq-25-tw-2013", key="implements")


def test_show(store: Store) -> None:
    facts = graph.show(store, "ctr-14-tu-tinh-bac-kan-2013")
    assert [edge.target for edge in facts.up] == ["nq-25-tw-2013"]
    assert [edge.source for edge in facts.down] == ["kh-97-tu-bac-kan-2013"]
    assert [(action.unit, action.action) for action in facts.actions] == [("tinh-uy-bac-kan", "issued")]
    assert len(facts.cited_by) == 1
    unit = graph.show(store, "tinh-uy-bac-kan")
    assert unit.unit is not None
    assert (unit.unit.name, unit.unit.level) == ("Tỉnh ủy Bắc Kạn", "tỉnh")
    with pytest.raises(QueryError, match="nowhere"):
        graph.show(store, "nowhere")
    with pytest.raises(QueryError, match="nowhere"):
        graph.implementers(store, "nowhere")


def test_stats(store: Store, tmp_path: Path) -> None:
    store.add(report("b.txt", claim("d1", "nghị quyết", "25-NQ/TW", date="2003-03-12")))
    store.add(report("c.txt", claim("d1", "nghị quyết", "25-NQ/TW"), claim("d2", "kế hoạch", "71/KH-UBND")))
    stats = graph.stats(store)
    assert (stats.sources, stats.read, stats.documents) == (3, 3, 13)
    assert (stats.resolved_mentions, stats.ambiguous_mentions, stats.unplaced_mentions, stats.mentions) == (8, 1, 1, 10)
    assert stats.relations == {"implements": 5, "continues": 1, "based_on": 1, "reports_on": 1}
    assert stats.actions == {"implemented": 1, "issued": 1}


# ---- any graph ------------------------------------------------------------------------------------------------------


@st.composite
def lineages(draw: st.DrawFn) -> Lineage:
    """Return any graph of a few documents, circles and doubled edges included."""
    names = [f"d{n}" for n in range(draw(st.integers(1, 8)))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(["implements", "based_on"]), st.sampled_from(names))
    ends = sorted(draw(st.sets(pairs.filter(lambda p: p[0] != p[2]), max_size=16)))
    proof = (Evidence("a.txt", 0, 1, "x", "made"),)
    documents = tuple(Document(name, "plan", "kế hoạch") for name in names)
    return Lineage(names[0], documents, tuple(Edge(a, b, kind, "done", proof) for a, kind, b in ends))


@settings(deadline=None)
@given(lineages())
def test_a_tree_has_each_document_once_and_each_edge_somewhere(part: Lineage) -> None:
    seen: list[str] = []
    told: list[Edge] = []

    def walk(branches: tuple[graph.Branch, ...]) -> None:
        for branch in branches:
            seen.append(branch.document.id)
            told.extend([*branch.edges, *branch.also])
            walk(branch.children)

    walk(graph.tree(part))
    assert sorted(seen) == sorted(document.id for document in part.documents)
    assert sorted(told, key=str) == sorted(part.edges, key=str)
