"""One directive on a sheet: the numbers are those of the other commands, and nothing that a document says runs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result

from kg.coverage import Wish
from kg.store import Store
from present.summary import drawing, findings, summary_page
from tests.made import claim, filled, report


class Seen(HTMLParser):
    """What a page holds: its elements with their attributes, its ids, the words outside styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.ids = {found for _, attributes in self.elements if (found := attributes.get("id"))}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] != "style":
            self.words += data


@pytest.fixture(scope="module")
def page(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sheet of one directive in one district."""
    from tests.conftest import run_command

    file = tmp_path_factory.mktemp("sheet") / "tóm tắt.html"
    words = ("summary", "33/CT-TTg", "--within", "huyện Bạch Thông", "-o", file)
    result = run_command("--store", sample_store, *words)
    assert result.exit_code == 0, result.output
    return file.read_text(encoding="utf-8")


def test_the_answer_is_that_of_the_other_commands(page: str, ask: Callable[..., Result]) -> None:
    words = Seen(page).words
    table = ask("who", "33/CT-TTg", "--within", "huyện Bạch Thông", "--missing").stdout.splitlines()
    for line in table[:5]:  # the directive, its subject, the answer, the counts by level
        assert line.strip() in words
    found = json.loads(ask("who", "33/CT-TTg", "--within", "huyện Bạch Thông", "--format", "json").stdout)
    assert page.count('<td class="notes">') == len(found)
    for line in found:
        assert (line["document"] or "") in words
        assert line["evidence"][0]["text"] in words
        assert line["evidence"][0]["source"] in words


def test_days_and_class_say_what_they_count_from(ask: Callable[..., Result]) -> None:
    """The days count from the directive, the class from the document above: where these are two, both are said."""
    page = ask("summary", "33/CT-TTg").stdout
    events = json.loads(ask("timeline", "33/CT-TTg", "--format", "json").stdout)
    twice = [e for e in events if e["pace"] is not None and e["parent_id"] != "ct-33-ttg-2021"]
    assert twice
    for event in twice:
        number = event["parent"].rpartition(" ")[2]
        assert f"sau {event['days']} ngày; sau {number} {event['parent_days']} ngày (" in page
    assert "Số ngày đầu tính từ ngày của Chỉ thị 33/CT-TTg" in page


def test_one_count_of_days_needs_no_remark(tmp_path: Path) -> None:
    order = claim("d1", "chỉ thị", "33/CT-TTg", date="2021-11-26")
    plan = claim("d2", "kế hoạch", "35/KH-UBND", date="2021-12-26", issuer="UBND tỉnh Bắc Kạn")
    made = report("a.txt", order, plan, relations=(("d2", "implements", "d1"),))
    with filled(tmp_path, made) as store:
        directive = next(document for document in store.documents() if document.full == "33/CT-TTg")
        page = summary_page(findings(store, directive, Wish()))
    assert "sau 30 ngày (trong 30 ngày)" in page
    assert "Số ngày đầu" not in page


def test_who_is_not_found_is_named(page: str) -> None:
    assert "xã Vũ Muộn" in Seen(page).words
    assert "không phải là chưa thực hiện" in page


def test_the_page_says_what_is_counted(page: str, ask: Callable[..., Result]) -> None:
    """Places above, organs in the table: only where a place was asked for."""
    assert "đếm mỗi địa phương một lần" in page
    assert "đếm mỗi địa phương một lần" not in ask("summary", "33/CT-TTg").stdout


def test_a_wide_picture_stands_last(ask: Callable[..., Result]) -> None:
    """It needs a lying sheet of its own: between the others it would leave the sheet before it half empty."""
    wide = ask("summary", "33/CT-TTg", "--within", "tỉnh Bắc Kạn").stdout
    assert wide.count('<section class="picture wide"') == 1
    assert wide.index('class="picture wide"') > wide.index('id="sources"')
    assert "dt { font-weight: bold; break-after: avoid; }" in wide
    narrow = ask("summary", "33/CT-TTg", "--within", "xã Sỹ Bình, huyện Bạch Thông").stdout
    assert narrow.index('class="picture"') < narrow.index('id="sources"')


def test_every_footnote_is_there(page: str) -> None:
    seen = Seen(page)
    targets = {(a.get("href") or "")[1:] for tag, a in seen.elements if tag == "a"}
    assert targets
    assert targets <= seen.ids
    assert {found for found in seen.ids if found.startswith("note-")} == targets


def test_the_picture_stands_in_it(page: str, sample_store: Path) -> None:
    with Store.open(sample_store) as store:
        directive = store.document("ct-33-ttg-2021")
        assert directive is not None
        known = findings(store, directive, Wish("huyện Bạch Thông", everyone=True))
        assert drawing(known) in page


def test_it_prints_on_a4_and_without_a_place(ask: Callable[..., Result]) -> None:
    result = ask("summary", "33/CT-TTg")
    assert "@page { size: A4;" in result.stdout
    assert "Tìm thấy 8 đơn vị thực hiện" in result.stdout
    assert "Đơn vị chưa có tài liệu ở đây" not in result.stdout


def test_a_directive_that_nobody_carries_out(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", claim("d1", "chỉ thị", "99/CT-TTg", date="2024-01-02"))) as store:
        directive = next(document for document in store.documents() if document.full == "99/CT-TTg")
        words = Seen(summary_page(findings(store, directive, Wish()))).words
    assert "Không tìm thấy đơn vị nào" in words
    assert "Không có câu văn nào." in words


HOSTILE = "</td><script>alert(1)</script><img src=http://a.example/x onerror=alert(1)><style>@import 'http://a.example'"


def test_nothing_that_a_document_says_runs(tmp_path: Path) -> None:
    order = claim("d1", "chỉ thị", "33/CT-TTg", date="2021-11-26", title=HOSTILE)
    plan = claim("d2", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=f"UBND huyện {HOSTILE}", title=HOSTILE)
    made = report(
        "<b>.txt", order, plan, relations=(("d2", "implements", "d1"),), deeds=((HOSTILE, "implemented", "d1"),)
    )
    with filled(tmp_path, made) as store:
        directive = next(document for document in store.documents() if document.full == "33/CT-TTg")
        known = findings(store, directive, Wish())
        page = summary_page(known, drawing(known))
    seen = Seen(page)
    assert known.found
    assert HOSTILE in seen.words
    assert not {tag for tag, _ in seen.elements} & {"script", "img", "iframe", "object", "link", "form", "base", "b"}
    assert [tag for tag, _ in seen.elements].count("style") == 1
    assert not {name for _, attributes in seen.elements for name in attributes if name.startswith("on")}


def test_the_page_asks_nothing_of_any_network(page: str) -> None:
    """No script may run, and nothing be loaded, whatever the page holds."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script-src" not in policy[1]
    for _, attributes in Seen(page).elements:
        for name in ("src", "href", "xlink:href", "action", "srcset"):
            assert (attributes.get(name) or "#").startswith("#")
    assert "url(" not in page.replace("url(#", "")
    assert "@import" not in page


def test_equal_stores_give_equal_pages(ask: Callable[..., Result]) -> None:
    assert ask("summary", "33/CT-TTg").stdout == ask("summary", "33/CT-TTg").stdout


def test_a_place_that_is_none_is_told(ask: Callable[..., Result]) -> None:
    result = ask("summary", "33/CT-TTg", "--within", "huyện Không Có")
    assert result.exit_code == 2
    assert "--within" in result.stderr
