"""The summary in a real browser: it asks for nothing, says nothing wrong, and prints on A4 with nothing cut."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from chromium import absent
from conftest import run_command
from made import claim, filled, report
from province import Member

from kg.coverage import Wish
from present.summary import drawing, findings, summary_page

pytestmark = pytest.mark.browser

MM = 72 / 25.4
STANDING, LYING = (595, 842), (842, 595)
LONG = "tăng cường và đổi mới công tác dân vận của cơ quan hành chính nhà nước, chính quyền các cấp " * 6

ASKED = [
    # nobody
    ("--as-of", "1/12/2021"),
    # the province alone has a plan
    ("--as-of", "31/12/2021", "--level", "tỉnh"),
    # a district and its communes
    ("--within", "huyện Hiệp Hòa", "--as-of", "31/5/2023"),
    # 220 units
    ("--within", "tỉnh Bắc Giang", "--as-of", "31/5/2023"),
]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a PDF: its size in points, its words, where they begin and end across."""

    size: tuple[int, int]
    words: str
    left: float
    right: float


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the pages of a PDF."""
    found = []
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        width, height = page.get_size()
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        found.append(Sheet((round(width), round(height)), text.get_text_bounded(), left, right))
    return found


Printed = Callable[[str], list[Sheet]]


@pytest.fixture
def printed(browser: Any) -> Printed:
    """Return a function that opens a page of HTML, looks whether all is well, and prints it."""

    def print_(html: str) -> list[Sheet]:
        try:
            from axe_playwright_python.sync_playwright import Axe
        except ImportError:
            absent("axe-playwright-python is not installed (pip install thongsuot[browser])")
        page, troubles = browser.new_page(viewport={"width": 1366, "height": 768}), []
        page.on("console", lambda message: troubles.append(message.text))
        page.on("request", lambda request: troubles.append(request.url))
        page.set_content(html)
        # Axe is put into the page by a script, which the page's own policy forbids: it is asked in a copy without.
        copy = browser.new_page()
        copy.set_content(re.sub("<meta http-equiv[^>]*>", "", html))
        violations = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(copy).response["violations"]]
        pdf = page.pdf(prefer_css_page_size=True)
        page.close()
        copy.close()
        assert troubles == []
        assert violations == []
        return sheets(pdf)

    return print_


def check(pages: list[Sheet], html: str) -> None:
    """Check that all is on A4, within its margins, and that each footnote is printed."""
    assert {page.size for page in pages} <= {STANDING, LYING}
    for page in pages:
        left, right = (10, 10) if page.size == LYING else (22, 13)
        assert left * MM <= page.left
        assert page.right <= page.size[0] - right * MM
    words = "".join("".join(page.words.split()) for page in pages)
    for number in set(re.findall(r'id="note-(\d+)"', html)):
        assert f"{number}.“" in words
    for said in re.findall(r">(\d+ (?:đơn vị|units?):)</text>", html):  # the legend of the picture
        assert said.replace(" ", "") in words
    assert f"{len(pages)}/{len(pages)}" in words


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("words", ASKED)
def test_summaries_of_all_sizes(
    province: tuple[Path, list[Member]], printed: Printed, words: tuple[str, ...], language: str
) -> None:
    store, _ = province
    result = run_command("--lang", language, "--store", store, "summary", "33/CT-TTg", *words)
    assert result.exit_code == 0, result.output
    pages = printed(result.stdout)
    check(pages, result.stdout)
    assert sum(page.size == LYING for page in pages) <= 1  # the picture, where it is wide


def test_a_long_subject_and_a_long_name(printed: Printed, tmp_path: Path) -> None:
    order = claim("d1", "chỉ thị", "33/CT-TTg", date="2021-11-26", title=LONG)
    office = "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở, công tác dân vận và tiếp công dân huyện Bạch Thông"
    plan = claim("d2", "kế hoạch", "3508/KH-BCĐQCDCCTDVTCD", date="2022-02-17", issuer=office, title=LONG)
    made = report(f"{'tệp-có-tên-dài-' * 12}.txt", order, plan, relations=(("d2", "implements", "d1"),))
    with filled(tmp_path, made) as store:
        directive = next(document for document in store.documents() if document.full == "33/CT-TTg")
        known = findings(store, directive, Wish())
        html = summary_page(known, drawing(known))
    check(printed(html), html)
