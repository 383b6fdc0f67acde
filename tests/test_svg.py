"""The picture for paper: safe, complete, legible on one sheet, the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lineages import document, edge, evidence, synthetic
from test_visualise import HOSTILE, hostile

from kg.lanes import BOX_WIDTH as LANE_BOX
from kg.language import speaking
from kg.layout import BOX_HEIGHT, Box
from kg.model import Document, Lineage, Missing
from kg.strokes import Look, box
from kg.svg import LEGIBLE, SHEETS, VIEWS, svg, write_svg

SPACE = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def said(text: str) -> list[str]:
    return ["".join(one.itertext()) for one in parsed(text).iter(f"{SPACE}text")]


def tips(text: str) -> list[str]:
    return [one.text or "" for one in parsed(text).iter(f"{SPACE}title")]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("count", [10, 60, 500])
def test_it_is_xml_without_script_and_fits_the_sheet(view: str, count: int) -> None:
    root = parsed(svg(synthetic(count), view=view))
    assert {one.tag.removeprefix(SPACE) for one in root.iter()} <= {
        "svg", "g", "rect", "path", "polygon", "text", "title", "desc",
    }  # fmt: skip
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or "href" in name]
    width, height = (float(value) for value in root.attrib["viewBox"].split()[2:])
    assert max(min(w / width, h / height) for w, h in SHEETS.values()) >= LEGIBLE * 0.97


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("count", [10, 60, 500])
def test_the_same_lineage_gives_the_same_picture(view: str, count: int) -> None:
    once = synthetic(count)
    turned = Lineage(once.focus, once.documents[::-1], once.edges[::-1])
    assert svg(once, view=view) == svg(turned, view=view)


@pytest.mark.parametrize("view", VIEWS)
def test_a_small_lineage_is_drawn_whole_with_its_sentences(view: str) -> None:
    lineage = synthetic(10)
    text = svg(lineage, view=view)
    assert {d.full for d in lineage.documents if d.full} <= set(said(text))
    assert all(any(" ".join(e.evidence[0].text.split()) in tip for tip in tips(text)) for e in lineage.edges)


@pytest.mark.parametrize("view", VIEWS)
def test_what_does_not_fit_stands_in_groups_and_is_said(view: str) -> None:
    text = " ".join(said(svg(synthetic(500), view=view)))
    grouped = int(re.search(r"Đã gộp (\d+) văn bản", text)[1])  # type: ignore[index]
    assert 0 < grouped < 500
    assert "25-NQ/TW" in text
    assert "nhắc đến." in text


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x08\x1b"])
def test_hostile_text_stays_text(view: str, text: str) -> None:
    harmless = parsed(svg(hostile("an toàn"), view=view).replace("\ufffe", ""))
    found = parsed(svg(hostile(text), view=view).encode("utf-8", errors="replace").decode())
    assert {one.tag for one in found.iter()} == {one.tag for one in harmless.iter()}


def test_missing_levels_and_circles_are_told() -> None:
    high, low = document("a", "trung ương", type="chỉ thị"), document("b", "xã", "Bình Thành", "Bắc Kạn")
    gap = Missing("b", "a", "tỉnh", "Bắc Kạn", "")
    text = " ".join(said(svg(Lineage("a", (high, low), (edge("b", "a"), edge("a", "b")), (gap,)))))
    assert "Chưa thấy văn bản cấp này" in text
    assert "Cấp tỉnh Bắc Kạn: chưa thấy văn bản nào nối Kế hoạch B với Chỉ thị A" in text
    assert "↺ Dẫn vòng: Chỉ thị A thực hiện Kế hoạch B." in text


def test_it_speaks_english() -> None:
    with speaking("en"):
        text = svg(synthetic(10))
    assert parsed(text).attrib["lang"] == "en"
    assert {"Province", "carries out", "Resolution 25-NQ/TW – how it was carried out"} <= set(said(text))


def test_it_is_written_with_the_sheet(tmp_path: Path) -> None:
    write_svg(synthetic(10), tmp_path / "sơ đồ.svg")
    text = (tmp_path / "sơ đồ.svg").read_text(encoding="utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert "@page { size: A4 landscape" in text
    assert "@page" not in svg(synthetic(10))


def test_an_empty_lineage_still_has_a_picture() -> None:
    assert all("Chuỗi văn bản" in svg(Lineage("none", (), ()), view=view) for view in VIEWS)


def test_a_tooltip_holds_no_more_than_can_be_read() -> None:
    long = edge("b", "a").__class__("b", "a", "implements", "done", (evidence("từ " * 400),))
    text = svg(Lineage("a", (document("a", "trung ương"), document("b", "xã")), (long,)))
    assert max(map(len, tips(text))) < 600


def test_it_needs_no_pyvis() -> None:
    code = "import kg.svg, sys; sys.exit(bool({'pyvis', 'jinja2', 'networkx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- boxes ----------------------------------------------------------------------------------------------------------

NARROW = Box("a", 0, 0, 0, LANE_BOX, BOX_HEIGHT)


@pytest.mark.parametrize(
    ("facts", "years", "lines"),
    [
        ({"full": "35/KH-UBND", "date": "2023-05-12"}, False, ["35/KH-UBND", "12/05 · Yên Lập"]),
        # known by its month, which no column of a year tells
        ({"full": "35/KH-UBND", "date": "2023-05"}, False, ["35/KH-UBND", "05/2023 · Yên Lập"]),
        ({"full": "35/KH-UBND", "date": "2023"}, False, ["35/KH-UBND", "Yên Lập"]),
        ({"full": "35/KH-UBND", "date": "2023-05"}, True, ["35/KH-UBND", "05/2023 · Yên Lập"]),
        # "Báo cáo (không số)" has no room; its letters have
        ({"type": "báo cáo", "date": "2023-05"}, False, ["BC (không số)", "05/2023 · Yên Lập"]),
        ({"type": "chương trình"}, False, ["CTr (không số)", "Yên Lập"]),
        ({"type": "đề án"}, False, ["Đề án (không số)", "Yên Lập"]),
    ],
)
def test_a_box_of_a_lane_tells_its_name_and_day_whole(facts: dict[str, object], years: bool, lines: list[str]) -> None:
    shown = document("a", "xã", "Yên Lập", "Phú Thọ", **{"full": None, "date": None, **facts})
    look = Look(narrow=True, year=years)
    assert said(f'<svg xmlns="{SPACE[1:-1]}">{box(NARROW, shown, look, {})}</svg>') == lines


@pytest.mark.parametrize(
    ("types", "states", "lines"),
    [
        ("7 KH, 4 CV", {}, ["▸ 61 văn bản", "7 KH, 4 CV"]),
        ("7 KH, 4 CV", {"own": 7}, ["▸ 61 văn bản", "7", "7 KH, 4 CV"]),
        # no room beside the marks: the tooltip has them
        ("23 KH, 20 BC, 18 CV", {"own": 25}, ["▸ 61 văn bản", "25"]),
    ],
)
def test_a_group_of_a_lane_tells_how_many_it_holds(types: str, states: dict[str, int], lines: list[str]) -> None:
    group = Document("g", "group", "", full="61 văn bản", title=types, level="xã")
    shown = f'<svg xmlns="{SPACE[1:-1]}">{box(NARROW, group, Look(narrow=True), states)}</svg>'
    assert said(shown) == lines
    assert types in tips(shown)[0]
