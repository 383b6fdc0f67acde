"""The page in a real browser: what a reader sees, clicks and types.

Needs Chromium and playwright; without them the tests are skipped, or fail where THONGSUOT_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from chromium import absent
from lineages import document, edge, evidence, synthetic

from kg.lanes import lanes
from kg.layout import layout
from kg.model import Edge, Lineage, Missing, StatedConflict
from kg.visualise import write_lineage
from kg.who_counts import Standing

pytestmark = pytest.mark.browser

SCREEN = {"width": 1366, "height": 768}


@dataclass
class Watched:
    """A page with what it asked for and what went wrong in it."""

    page: Any
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def run(self, script: str, *arguments: object) -> Any:
        return self.page.evaluate(script, *arguments)

    def heading(self) -> str:
        return str(self.page.inner_text("#ts-panel h2"))

    def panel(self) -> str:
        return " ".join(self.page.inner_text("#ts-panel").split())

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the picture is on the screen."""
        at = self.run(
            "([x, y]) => { const p = lineagePicture.network.canvasToDOM({x, y}),"
            " r = document.getElementById('ts-stage').getBoundingClientRect(); return [p.x + r.x, p.y + r.y]; }",
            [x, y],
        )
        return (at[0], at[1])

    def box(self, id_: str) -> dict[str, float]:
        found: dict[str, float] = self.run(
            "(id) => { const b = lineagePicture.scene.boxes.get(id); return {x: b.x, y: b.y, w: b.w, h: b.h}; }", id_
        )
        return found

    def click_box(self, id_: str) -> None:
        box = self.box(id_)
        self.page.mouse.click(*self.on_screen(box["x"] + box["w"] / 2, box["y"] + box["h"] / 2))
        self.page.wait_for_timeout(400)  # vis waits for a second click before it reports one


Opened = Callable[..., Watched]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """Return a function that writes the page of a lineage and opens it; at the end nothing may have gone wrong."""
    pages: list[Watched] = []

    def open_(
        lineage: Lineage,
        fragment: str = "",
        answered: bool = True,
        patience: int = 20_000,
        standings: Sequence[Standing] = (),
    ) -> Watched:
        path = tmp_path / f"page-{len(pages)}.html"
        write_lineage(lineage, path, standings=standings)
        watched = Watched(browser.new_page(viewport=SCREEN))
        pages.append(watched)
        watched.page.on("console", lambda message: watched.troubles.append(message.text))
        watched.page.on("pageerror", lambda error: watched.troubles.append(str(error)))
        watched.page.on("dialog", lambda dialog: (watched.troubles.append(dialog.message), dialog.dismiss()))

        def route(request: Any) -> None:
            if request.request.url.startswith(path.parent.as_uri()):
                request.continue_()
                return
            watched.requests.append(request.request.url)
            if answered:
                request.abort()

        watched.page.route("**/*", route)
        watched.page.goto(path.as_uri() + fragment, timeout=patience)
        watched.page.wait_for_timeout(250)
        return watched

    yield open_
    for watched in pages:
        watched.page.close()
        assert watched.requests == []
        assert watched.troubles == []


FAMILY = Lineage(
    "nq",
    (
        document(
            "nq",
            "trung ương",
            kind="directive",
            type="nghị quyết",
            full="25-NQ/TW",
            issuer="Ban Chấp hành Trung ương Đảng",
            title="tăng cường công tác dân vận",
            date="2013-06-03",
            conflicts=(StatedConflict("date", "2016-06-03", evidence("Nghị quyết ghi ngày 03/6/2016", "b.txt")),),
        ),
        document("ctr", "tỉnh", "Bắc Kạn", "Bắc Kạn", full="14-CTr/TU", title="chương trình của tỉnh"),
        document(
            "kh/1 ă", "huyện", "Bạch Thông", "Bắc Kạn", full="35/KH-UBND", title="Dân vận khéo", date="2022-02-17"
        ),
        document("bc", "xã", "Bình Thành", "Bắc Kạn", full=None, kind="report", type="báo cáo", date="2023-05"),
    ),
    (
        Edge("ctr", "nq", "implements", "done", (evidence("Tỉnh ủy đã ban hành chương trình", "tinh.txt"),)),
        Edge("kh/1 ă", "ctr", "implements", "planned", (evidence("Huyện sẽ xây dựng kế hoạch", "huyen.txt"),)),
        Edge("bc", "nq", "reports_on", "done", (evidence("Xã báo cáo kết quả", "xa.txt"),)),
    ),
)


def test_the_first_view_is_the_focus_with_its_sentences(opened: Opened) -> None:
    watched = opened(FAMILY)
    assert watched.heading() == "25-NQ/TW"
    panel = watched.panel()
    for part in [
        "Nghị quyết",
        "Ban Chấp hành Trung ương Đảng · 03/06/2013",
        "Tăng cường công tác dân vận",
        "Có nơi ghi ngày ban hành: 03/06/2016",
        "“Nghị quyết ghi ngày 03/6/2016”",
        "Được thực hiện bởi (1)",
        "“Tỉnh ủy đã ban hành chương trình”",
        "Nguồn: tinh.txt · quy tắc khác",
        "Được báo cáo bởi (1)",
    ]:
        assert part in panel


@pytest.mark.parametrize("count", [24, 68, 500])
def test_the_first_view_is_readable(opened: Opened, count: int) -> None:
    watched = opened(synthetic(count))
    # the smaller text of a box is 13 units high
    assert watched.run("lineagePicture.network.getScale()") * 13 >= 11
    box = watched.box(synthetic(count).focus)
    x, y = watched.on_screen(box["x"], box["y"])
    assert 0 <= x <= SCREEN["width"] - 330 - 150
    assert 120 <= y <= SCREEN["height"] - 60


@pytest.mark.parametrize("count", [60, 500])
def test_it_draws_when_the_network_never_answers(opened: Opened, count: int) -> None:
    watched = opened(synthetic(count), answered=False, patience=3000)
    assert watched.run("lineagePicture.scene.boxes.size") > 40
    assert inked(watched) > 2000


def inked(watched: Watched) -> int:
    """Return how many pixels of the picture are neither clear nor the light ground of a column."""
    return int(
        watched.run(
            "() => { const c = document.querySelector('#ts-canvas canvas');"
            " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
            " for (let i = 0; i < d.length; i += 4) if (d[i + 3] && d[i] + d[i + 1] + d[i + 2] < 600) n += 1;"
            " return n; }"
        )
    )


def test_clicking_a_box_shows_its_sentence(opened: Opened) -> None:
    watched = opened(FAMILY)
    watched.click_box("kh/1 ă")
    assert watched.heading() == "35/KH-UBND"
    assert "Thực hiện (1) 14-CTr/TU" in watched.panel()
    assert "mới dự kiến “Huyện sẽ xây dựng kế hoạch”" in watched.panel()
    assert watched.page.url.endswith("#" + quote("kh/1 ă", safe=""))


def test_clicking_a_line_shows_its_sentence(opened: Opened) -> None:
    watched = opened(FAMILY)
    x, y = watched.run(
        "() => { const l = lineagePicture.scene.lines.find((l) => l.type === 'reports_on'), c = l.curves[1];"
        " return [(c[0][0] + c[3][0]) / 2, c[0][1]]; }"
    )
    watched.page.mouse.click(*watched.on_screen(x, y))
    watched.page.wait_for_timeout(400)
    assert watched.heading() == "Quan hệ: báo cáo kết quả"
    assert "“Xã báo cáo kết quả”" in watched.panel()


@pytest.mark.parametrize(("count", "whole"), [(10, True), (68, False), (500, False)])
def test_what_fits_the_screen_can_be_read(opened: Opened, count: int, whole: bool) -> None:
    """A tall picture is fitted by its width and scrolled, around the focus."""
    watched = opened(synthetic(count))
    watched.page.click("#ts-fit")
    watched.page.wait_for_timeout(100)
    scale = watched.run("lineagePicture.network.getScale()")
    assert scale * 13 >= 9  # the smaller text of a box is 13 units high
    assert (watched.run("lineagePicture.scene.height") * scale < SCREEN["height"]) == whole
    x, y = watched.on_screen(*(watched.box(synthetic(count).focus)[at] for at in "xy"))
    assert 0 <= x <= SCREEN["width"] - 330
    assert 120 <= y <= SCREEN["height"]


@pytest.mark.parametrize("scale", [0.7, 0.3, 0.18])
def test_headings_are_whole_however_small(opened: Opened, scale: float) -> None:
    watched = opened(synthetic(68))
    watched.run(f"lineagePicture.network.moveTo({{ scale: {scale} }})")
    watched.page.wait_for_timeout(200)
    cut = "[...document.querySelectorAll('#ts-levels b')].filter((b) => b.scrollWidth > b.clientWidth + 1).length"
    assert watched.run(cut) == 0


def test_clicking_the_ground_or_escape_gives_the_overview(opened: Opened) -> None:
    watched = opened(FAMILY)
    watched.page.keyboard.press("Escape")
    assert watched.heading() == "Tổng quan"
    assert "#" not in watched.page.url


SEARCHES = [
    # without marks, in the subject
    ("dan van kheo", "35/KH-UBND"),
    # as people name documents: letters, then number
    ("nq 25", "25-NQ/TW"),
    ("nq25", "25-NQ/TW"),
    # with marks, a locality
    ("Bình Thành", "Báo cáo (không số)"),
    # the signs of the number don't matter
    ("14 ctr tu", "14-CTr/TU"),
]


@pytest.mark.parametrize(("typed", "heading"), SEARCHES)
def test_search(opened: Opened, typed: str, heading: str) -> None:
    watched = opened(FAMILY)
    watched.page.keyboard.press("Escape")
    watched.page.keyboard.press("/")
    watched.page.keyboard.type(typed)
    watched.page.keyboard.press("Enter")
    assert watched.heading() == heading


def test_search_says_when_nothing_is_found(opened: Opened) -> None:
    watched = opened(FAMILY)
    watched.page.fill("#ts-search", "không có đâu")
    assert watched.page.inner_text("#ts-found") == "Không tìm thấy trong sơ đồ này"


def test_deep_link_selects(opened: Opened) -> None:
    watched = opened(FAMILY, "#" + quote("kh/1 ă", safe=""))
    assert watched.heading() == "35/KH-UBND"
    watched.run("location.hash = 'bc'")
    watched.page.wait_for_timeout(100)
    assert watched.heading() == "Báo cáo (không số)"


def test_arrow_keys_move(opened: Opened) -> None:
    watched = opened(FAMILY)
    headings = []
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"]:
        watched.page.keyboard.press(key)
        headings.append(watched.heading())
    assert headings == ["14-CTr/TU", "35/KH-UBND", "14-CTr/TU", "25-NQ/TW"]


def test_filters_hide_and_clear(opened: Opened) -> None:
    watched = opened(FAMILY)
    watched.page.click("#ts-filters summary")
    watched.page.uncheck("text=Báo cáo >> nth=0")
    assert watched.run("lineagePicture.scene.boxes.size") == 3
    assert "đang ẩn 1 văn bản" in watched.page.inner_text("#ts-hidden")
    watched.page.fill("input[aria-label='Từ năm']", "2022")
    watched.page.keyboard.press("Enter")
    assert watched.run("[...lineagePicture.scene.boxes.keys()]") == ["nq", "kh/1 ă"]
    watched.page.click("text=Bỏ lọc")
    assert watched.run("lineagePicture.scene.boxes.size") == 4


def test_only_this_chain(opened: Opened) -> None:
    watched = opened(FAMILY, "#ctr")
    watched.page.click("text=Chỉ chuỗi này")
    assert sorted(watched.run("[...lineagePicture.scene.boxes.keys()]")) == ["ctr", "kh/1 ă", "nq"]
    watched.page.click("text=Hiện tất cả")
    assert watched.run("lineagePicture.scene.boxes.size") == 4


def test_table_view_has_rows_and_leads_back(opened: Opened) -> None:
    watched = opened(FAMILY)
    assert not watched.page.is_visible("#ts-tables")
    watched.page.keyboard.press("t")
    assert watched.page.locator("#ts-documents tbody tr:visible").count() == 4
    assert watched.page.locator("#ts-relations tbody tr:visible").count() == 3
    assert not watched.page.is_visible("#ts-stage")
    watched.page.click("#ts-documents >> text=35/KH-UBND")
    watched.page.wait_for_timeout(100)
    assert watched.page.is_visible("#ts-stage")
    assert watched.heading() == "35/KH-UBND"


# ---- the states of units ---------------------------------------------------------------------------------------------

UNITS = (
    Standing("1", "Tỉnh ủy Bắc Kạn", "tỉnh", "own", "Bắc Kạn", documents=("ctr",)),
    Standing("2", "Ủy ban nhân dân xã Bình Thành", "xã", "reported", "Bắc Kạn", documents=("bc",)),
    Standing("3", "Huyện ủy Na Rì", "huyện", "stated", "Bắc Kạn", "tỉnh Bắc Kạn", evidence=(evidence("Na Rì đã làm"),)),
    *(Standing(f"x{n}", f"xã Số {n}", "xã", "absent", "Bắc Kạn", "huyện Na Rì") for n in range(3)),
    Standing("4", "xã Im", "xã", "silent", "Bắc Kạn", "huyện Na Rì", read=("im.txt",)),
)


def test_units_stand_in_the_picture_the_panel_and_the_table(opened: Opened, tmp_path: Path) -> None:
    watched = opened(FAMILY, standings=UNITS)
    legend = " ".join(watched.page.inner_text("#ts-legend").split())
    for said in ["7 đơn vị:", "có văn bản riêng: 1", "được nêu đã thực hiện: 1", "chưa có tài liệu: 3"]:
        assert said in legend
    assert watched.run(OVERLAPS) == []
    assert watched.run("lineagePicture.scene.boxes.size") == 4 + 5
    watched.click_box("unit 3")
    assert watched.heading() == "Huyện ủy Na Rì"
    assert "“Na Rì đã làm”" in watched.panel()
    watched.page.keyboard.press("/")
    watched.page.keyboard.type("xa im")
    watched.page.keyboard.press("Enter")
    assert "có tài liệu, không nêu" in watched.panel()
    assert "im.txt" in watched.panel()
    watched.page.keyboard.press("t")
    assert watched.page.locator("#ts-units tbody tr:visible").count() == len(UNITS)
    assert watched.page.locator("#ts-documents tbody tr:visible").count() == 4
    # level by level, in each the strongest state first
    told = watched.page.locator("#ts-units tbody tr").evaluate_all(
        "rows => rows.map((row) => row.cells[1].textContent)"
    )
    assert [name.removeprefix("Ủy ban nhân dân ") for name in told] == [
        *("Tỉnh ủy Bắc Kạn", "Huyện ủy Na Rì", "xã Bình Thành", "xã Im"),
        *("xã Số 0", "xã Số 1", "xã Số 2"),
    ]
    watched.page.keyboard.press("t")
    with watched.page.expect_download() as download:
        watched.page.click("#ts-svg")
    download.value.save_as(tmp_path / "a.svg")
    texts = {one.text for one in ElementTree.parse(tmp_path / "a.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert {"7 đơn vị:", "chưa có tài liệu: 3", "Huyện ủy Na Rì"} <= texts


def test_units_can_be_hidden_and_are_told_by_time(opened: Opened) -> None:
    watched = opened(FAMILY, standings=UNITS)
    watched.page.click("#ts-filters summary")
    watched.page.uncheck("text=Đơn vị chưa có văn bản trong sơ đồ")
    assert watched.run("lineagePicture.scene.boxes.size") == 4
    watched.page.click("text=Bỏ lọc")
    watched.page.click("text=Theo thời gian")
    assert watched.run("lineagePicture.scene.boxes.size") == 4
    assert "5 đơn vị không có văn bản trong sơ đồ" in watched.page.inner_text("#ts-hidden")


def test_many_units_stand_together_and_leave_documents_open(opened: Opened) -> None:
    many = [Standing(f"x{n}", f"xã Số {n}", "xã", "absent", "Bắc Kạn", "huyện Na Rì") for n in range(200)]
    watched = opened(FAMILY, standings=many)
    assert watched.run("lineagePicture.scene.boxes.size") == 4 + 1
    assert watched.run("[...lineagePicture.scene.boxes.values()].find((b) => b.cluster).states") == [["absent", 200]]


# ---- views, languages, what can be kept ------------------------------------------------------------------------------


def test_the_view_by_time(opened: Opened) -> None:
    watched = opened(FAMILY)
    watched.page.click("text=Theo thời gian")
    assert watched.page.get_attribute("#ts-view-time", "aria-pressed") == "true"
    boxes = [watched.box(id_) for id_ in ("nq", "ctr", "kh/1 ă", "bc")]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    assert [box["x"] for box in boxes] == sorted(box["x"] for box in boxes)
    watched.click_box("kh/1 ă")
    assert watched.heading() == "35/KH-UBND"
    watched.page.keyboard.press("ArrowUp")
    assert watched.heading() == "14-CTr/TU"
    watched.page.keyboard.press("g")
    assert watched.page.get_attribute("#ts-view-levels", "aria-pressed") == "true"


@pytest.mark.parametrize("count", [24, 68])
def test_the_browser_lays_out_time_as_python_does(opened: Opened, count: int) -> None:
    watched = opened(synthetic(count))
    watched.page.keyboard.press("g")
    there = watched.run("[...lineagePicture.scene.boxes.values()].map((b) => [b.id, b.x, b.y])")
    places = lanes(synthetic(count))
    assert {id_: (x, y) for id_, x, y in there} == {b.document: (b.x, b.y) for b in places.boxes}
    routes = watched.run(
        "lineagePicture.scene.lines.map((l) => [l.lower, l.higher, l.type, l.planned, l.curves.flat()])"
    )
    drawn = {(*key, planned): curves for *key, planned, curves in routes}
    for route in places.routes:
        edge_, points = route.edge, [point for curve in route.curves for point in curve]
        found = drawn[edge_.source, edge_.target, edge_.type, edge_.status == "planned"]
        assert [coordinate for point in found for coordinate in point] == pytest.approx(
            [coordinate for point in points for coordinate in point]
        )


def test_many_documents_of_one_year_stand_together(opened: Opened) -> None:
    watched = opened(synthetic(500))
    watched.page.click("text=Theo thời gian")
    assert watched.run("lineagePicture.scene.boxes.size") <= 150
    assert watched.run(OVERLAPS) == []
    watched.page.click("text=Mở tất cả")
    assert watched.run("lineagePicture.scene.boxes.size") == 500
    assert watched.run(OVERLAPS) == []


def test_the_page_turns_english_and_back(opened: Opened) -> None:
    watched = opened(FAMILY)
    vietnamese = watched.page.inner_text("body")
    watched.page.click("text=English")
    assert watched.page.get_attribute("html", "lang") == "en"
    assert watched.page.title() == "Resolution 25-NQ/TW – how it was carried out"
    for words_ in ["carried out by (1)", "Some state the date of issue", "By time", "Central"]:
        assert words_.lower() in watched.page.inner_text("body").lower()
    watched.page.keyboard.press("t")
    assert "Report (no number)" in watched.page.inner_text("#ts-documents")
    watched.page.keyboard.press("t")
    watched.page.click("text=Tiếng Việt")
    assert watched.page.inner_text("body") == vietnamese


def test_a_month_stands_in_its_box_by_time(opened: Opened, tmp_path: Path) -> None:
    watched = opened(FAMILY)
    watched.page.click("text=Theo thời gian")
    with watched.page.expect_download() as download:
        watched.page.click("#ts-svg")
    download.value.save_as(tmp_path / "a.svg")
    texts = {one.text for one in ElementTree.parse(tmp_path / "a.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert {"05/2023 · Bình Thành", "17/02 · Bạch Thông"} <= texts


def test_svg_is_what_the_screen_shows(opened: Opened, tmp_path: Path) -> None:
    watched = opened(FAMILY)
    with watched.page.expect_download() as download:
        watched.page.click("#ts-svg")
    assert download.value.suggested_filename == "so-do-25-nq-tw.svg"
    download.value.save_as(tmp_path / "a.svg")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    texts = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"25-NQ/TW", "14-CTr/TU", "35/KH-UBND", "thực hiện"} <= texts
    assert root[0].attrib["fill"] == "#fff"


def test_csv_has_both_tables(opened: Opened, tmp_path: Path) -> None:
    watched = opened(FAMILY)
    with watched.page.expect_download() as download:
        watched.page.click("#ts-csv")
    download.value.save_as(tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert [row[2] for row in rows[1:5]] == ["25-NQ/TW", "14-CTr/TU", "35/KH-UBND", "Báo cáo (không số)"]
    assert sorted(row[1] for row in rows[-3:]) == ["Báo cáo kết quả", "Thực hiện", "Thực hiện (mới dự kiến)"]


def test_levels_between_are_boxes_that_say_so(opened: Opened) -> None:
    gap = Missing("bc", "nq", "huyện", "Bắc Kạn", "Chợ Mới")
    watched = opened(replace(FAMILY, missing=(gap,)))
    watched.click_box("missing huyện Bắc Kạn Chợ Mới")
    assert watched.heading() == "Chưa thấy văn bản cấp này"
    assert "chưa thấy văn bản nào nối Báo cáo (không số) với Nghị quyết 25-NQ/TW" in watched.panel()
    assert "4 văn bản" in watched.page.inner_text("#ts-count")


def test_a_circle_is_told(opened: Opened) -> None:
    around = (*FAMILY.edges, Edge("nq", "ctr", "implements", "done", (evidence("Nghị quyết thực hiện chương trình"),)))
    watched = opened(replace(FAMILY, edges=around))
    assert "↺ Dẫn vòng: 25-NQ/TW thực hiện 14-CTr/TU" in watched.panel()


def test_too_many_documents_are_tables(opened: Opened) -> None:
    watched = opened(synthetic(1501))
    assert watched.page.locator("#ts-documents tbody tr:visible").count() == 1501
    assert not watched.page.locator("canvas").count()


VIEWED = [
    # the first view
    (60, [], ()),
    # the filters open
    (60, ["#ts-filters summary"], ()),
    # time, English
    (60, ["#ts-view-time", "#ts-language"], ()),
    # tables
    (60, ["#ts-view-table"], ()),
    # groups
    (500, [], ()),
    # tables only
    (1501, [], ()),
    # the states of units, in the picture and in tables
    (60, [], UNITS),
    (60, ["#ts-view-table"], UNITS),
]


@pytest.mark.parametrize(("count", "clicks", "standings"), VIEWED)
def test_axe_finds_nothing(opened: Opened, count: int, clicks: list[str], standings: tuple[Standing, ...]) -> None:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        absent("axe-playwright-python is not installed (pip install thongsuot[browser])")
    watched = opened(synthetic(count), standings=standings)
    for selector in clicks:
        watched.page.click(selector)
    found = Axe().run(watched.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_without_script_the_static_picture_is_there(browser: Any, tmp_path: Path) -> None:
    write_lineage(FAMILY, tmp_path / "a.html")
    page = browser.new_page(java_script_enabled=False)
    page.goto((tmp_path / "a.html").as_uri())
    assert page.locator("svg text", has_text="14-CTr/TU").first.is_visible()
    assert page.is_visible("text=Trình duyệt đang tắt JavaScript")
    assert not page.is_visible("#ts-stage")
    page.close()


def test_png_has_a_white_ground(opened: Opened, tmp_path: Path) -> None:
    watched = opened(FAMILY)
    with watched.page.expect_download() as download:
        watched.page.click("#ts-png")
    assert download.value.suggested_filename == "so-do-25-nq-tw.png"
    download.value.save_as(tmp_path / "a.png")
    image = (tmp_path / "a.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    corner = watched.run(
        "async (bytes) => { const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));"
        " const c = document.createElement('canvas').getContext('2d'); c.drawImage(image, 0, 0);"
        " return [...c.getImageData(0, 0, 1, 1).data]; }",
        list(image),
    )
    assert corner == [255, 255, 255, 255]


# ---- large lineages -------------------------------------------------------------------------------------------------

OVERLAPS = """() => {
  const boxes = [...lineagePicture.scene.boxes.values()], found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h) found.push([a.id, b.id]);
  }));
  return found;
}"""


@pytest.mark.parametrize("count", [24, 68])
def test_the_browser_stacks_as_python_does(opened: Opened, count: int) -> None:
    watched = opened(synthetic(count))
    there = watched.run("[...lineagePicture.scene.boxes.values()].map((b) => [b.id, b.x, b.y])")
    assert {id_: (x, y) for id_, x, y in there} == {b.document: (b.x, b.y) for b in layout(synthetic(count)).boxes}
    routes = watched.run(
        "lineagePicture.scene.lines.map((l) => [l.lower, l.higher, l.type, l.planned, l.curves.flat()])"
    )
    drawn = {(*key, planned): curves for *key, planned, curves in routes}
    for route in layout(synthetic(count)).routes:
        edge_ = route.edge
        points = [point for curve in route.curves for point in curve]
        assert drawn[edge_.source, edge_.target, edge_.type, edge_.status == "planned"] == [list(p) for p in points]


def test_large_groups_collapse_and_open(opened: Opened) -> None:
    watched = opened(synthetic(500))
    before = watched.run("lineagePicture.scene.boxes.size")
    assert before <= 150
    assert watched.run(OVERLAPS) == []
    assert "đang ẩn quan hệ “nhắc đến”" in watched.page.inner_text("#ts-hidden")
    inside = watched.run("() => { const [[key, ids]] = lineagePicture.scene.clusters; return ids[3]; }")
    hidden = watched.run("(id) => lineagePicture.scene.boxes.has(id)", inside)
    assert not hidden
    watched.run("(id) => { location.hash = encodeURIComponent(id); }", inside)
    watched.page.wait_for_timeout(600)
    assert watched.run("lineagePicture.state.selected") == inside
    assert watched.run("lineagePicture.scene.boxes.size") > before
    assert watched.run(OVERLAPS) == []
    watched.page.click("text=Thu gọn")
    assert watched.run("lineagePicture.scene.boxes.size") == before


def test_a_click_opens_a_group(opened: Opened) -> None:
    watched = opened(synthetic(500))
    cluster = watched.run(
        "() => [...lineagePicture.scene.boxes.values()].filter((b) => b.cluster).map((b) => b.id).find((id) => {"
        " const b = lineagePicture.scene.boxes.get(id), y = lineagePicture.network.canvasToDOM(b).y;"
        " return y > 60 && y < 500; })"
    )
    watched.click_box(cluster)
    assert not watched.run("(id) => lineagePicture.scene.boxes.has(id)", cluster)


def test_all_can_be_expanded(opened: Opened) -> None:
    watched = opened(synthetic(500))
    watched.page.click("text=Mở tất cả")
    assert watched.run("lineagePicture.scene.boxes.size") == 500
    assert watched.run(OVERLAPS) == []


# ---- hostile text ---------------------------------------------------------------------------------------------------

HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onload='alert(1)", "a\u2028b"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_runs_nothing(opened: Opened, text: str) -> None:
    fields = {"type": text, "full": text, "issuer": text, "title": text, "source": text}
    odd = (StatedConflict(text, text, evidence(text, text, text)),)
    bad = document("a", "trung ương", text, text, **fields, conflicts=odd, candidates=(text,))
    worse = document(text, "huyện", text, text, **fields)
    units = [Standing(text, text, "xã", "silent", text, text, evidence=(evidence(text, text),), read=(text,))]
    edges = (edge(text, "a"), Edge("a", text, text, text, (evidence(text),)))
    watched = opened(Lineage("a", (bad, worse), edges), standings=units)
    assert watched.heading() == text
    watched.click_box(text)
    watched.page.fill("#ts-search", "1 alert img a b")
    watched.page.keyboard.press("t")
    watched.page.wait_for_timeout(100)
    assert watched.run("document.querySelectorAll('img, iframe, object').length") == 0
