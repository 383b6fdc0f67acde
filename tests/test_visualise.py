"""The page as a file: offline, safe, complete, the same each time."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lineages import document, edge, evidence, synthetic

from kg import words
from kg.language import phrases, speaking
from kg.model import Document, Edge, Lineage, Missing, StatedConflict, StoreError
from kg.visualise import lineage_page, write_lineage


class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, and the text of scripts and tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: dict[str, str] = {}
        self._script: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._script = dict(attrs).get("id") or "" if tag == "script" else None

    def handle_endtag(self, tag: str) -> None:
        self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.texts.append(data)
        else:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data

    def json(self, id_: str) -> Any:
        return json.loads(self.scripts[id_])


def of(*documents: Document, edges: tuple[Edge, ...] = ()) -> Lineage:
    return Lineage(documents[0].id, documents, edges)


@pytest.fixture(scope="module")
def small() -> str:
    return lineage_page(synthetic(24))


def test_the_page_asks_nothing_of_the_network(small: str) -> None:
    page = Page(small)
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith(
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
    )
    fetched = [a.get(name) for tag, a in page.tags for name in ("src", "href", "action", "data") if a.get(name)]
    assert fetched == []
    assert "@import" not in small


def test_the_page_is_vietnamese_standard_html(small: str) -> None:
    assert small.startswith('<!DOCTYPE html>\n<html lang="vi">')
    assert "<title>Nghị quyết 25-NQ/TW – sơ đồ triển khai</title>" in small


def test_the_licence_of_vis_network_goes_with_it(small: str) -> None:
    assert "@license" in small
    assert "The Apache 2.0 License" in small


def test_a_page_of_24_documents_is_as_small_as_its_script_allows(small: str) -> None:
    assert 500_000 < len(small.encode("utf-8")) < 700_000


@pytest.mark.parametrize("count", [24, 500])
def test_the_same_lineage_gives_the_same_page(count: int) -> None:
    once = synthetic(count)
    turned = Lineage(once.focus, once.documents[::-1], once.edges[::-1])
    assert lineage_page(once) == lineage_page(turned)


def test_title_of_ones_own() -> None:
    assert '<h1 id="ts-heading">Ai &amp; ở đâu</h1>' in lineage_page(of(document("a", "xã")), title="Ai & ở đâu")


def test_everything_is_in_the_data(small: str) -> None:
    lineage, page = synthetic(24), Page(small)
    assert {node["id"] for node in page.json("ts-nodes")} == {d.id for d in lineage.documents}
    drawn = {(e["from"], e["to"], e["type"], e["status"]) for e in page.json("ts-edges")}
    assert drawn == {(e.source, e.target, e.type, e.status) for e in lineage.edges}
    sentences = {said[0] for e in page.json("ts-edges") for said in e["said"]}
    assert sentences == {" ".join(said.text.split()) for e in lineage.edges for said in e.evidence}


def test_conflicts_are_shown_with_their_sentence() -> None:
    odd = StatedConflict("date", "2016-06-03", evidence("Nghị quyết ngày 03/6/2016", "bc.txt"))
    html = lineage_page(of(document("a", "trung ương", conflicts=(odd,), dates=(("2013-06-03", 5), ("2016-06-03", 1)))))
    facts = Page(html).json("ts-nodes")[0]["doc"]
    assert facts["conflicts"] == [["date", "03/06/2016", "Nghị quyết ngày 03/6/2016", 0, 0]]
    assert Page(html).json("ts-meta")["sources"] == ["bc.txt"]
    assert facts["dates"] == [["03/06/2013", 5], ["03/06/2016", 1]]


def test_candidates_are_named() -> None:
    unclear = document("a", "trung ương", candidates=("b", "elsewhere"))
    facts = Page(lineage_page(of(unclear, document("b", "trung ương", full="25-NQ/TW")))).json("ts-nodes")
    assert next(n["doc"]["candidates"] for n in facts if n["id"] == "a") == ["Kế hoạch 25-NQ/TW", "elsewhere"]


def test_above_1500_documents_only_the_tables_remain() -> None:
    html = lineage_page(synthetic(1501))
    assert "vis.Network" not in html
    assert len(html.encode()) < 1_300_000
    assert len(Page(html).json("ts-nodes")) == 1501
    assert "1.501 văn bản, quá nhiều để vẽ" in "".join(Page(html).texts)


def test_a_page_of_500_documents_is_under_a_megabyte() -> None:
    assert len(lineage_page(synthetic(500)).encode()) < 1_000_000


def test_the_page_speaks_the_language_of_the_call() -> None:
    with speaking("en"):
        html = lineage_page(synthetic(24))
    assert '<html lang="en">' in html
    assert "<title>Resolution 25-NQ/TW – how it was carried out</title>" in html
    assert Page(html).json("ts-meta")["words"]["vi"]["phrases"] == phrases("vi")


def test_scripts_ask_only_for_phrases_that_there_are() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in (Path(words.__file__).parent / "templates").glob("*.j*")]
    asked = {key for text in scripts for key in re.findall(r"(?:phrase|say)\(['\"]([^'\"]+)['\"]", text)}
    asked |= {key for text in scripts for key in re.findall(r'data-say(?:-\w+)?="([^"{]+)"', text)}
    assert len(asked) > 60
    assert asked <= set(phrases("vi"))


def test_missing_levels_and_circles_are_in_the_page() -> None:
    high, low = document("a", "trung ương"), document("b", "xã", "Bình Thành", "Bắc Kạn")
    gap = Missing("b", "a", "tỉnh", "Bắc Kạn", "")
    page = Page(lineage_page(Lineage("a", (high, low), (edge("b", "a"), edge("a", "b")), (gap,))))
    assert page.json("ts-meta")["missing"] == [["missing tỉnh Bắc Kạn", "b", "a", "tỉnh", "Bắc Kạn"]]
    assert {node["id"] for node in page.json("ts-nodes")} == {"a", "b", "missing tỉnh Bắc Kạn"}
    assert [line.get("circle") for line in page.json("ts-edges")].count(True) == 1


def test_a_lineage_whose_focus_is_missing_still_has_a_page() -> None:
    assert ">Chuỗi văn bản – sơ đồ triển khai</h1>" in lineage_page(Lineage("none", (document("a", "xã"),), ()))


def test_an_empty_lineage_still_has_a_page() -> None:
    assert Page(lineage_page(Lineage("none", (), ()))).json("ts-nodes") == []


# ---- hostile text ---------------------------------------------------------------------------------------------------

HOSTILE = [
    # ends our script and starts its own
    "</script><script>alert(1)</script>",
    # runs without a script element
    "<img src=x onerror=alert(1)>",
    # leaves an attribute, in either quotes
    "\" onmouseover=alert(1) x='",
    "' autofocus onfocus=alert(1) y=\"",
    # opens a comment in which the rest of the page would vanish
    "<!--<script>",
    # line ends of JavaScript, not of JSON
    "dòng\u2028kế\u2029tiếp",
    # Jinja's own language
    "{{ 7 * 7 }}{% include 'x' %}",
    # half a surrogate pair, from a broken file
    "hỏng \ud83d chữ",
    # pyvis changes its pop-ups for titles with this word
    "href",
]


def hostile(text: str) -> Lineage:
    fields = {"type": text, "full": text, "issuer": text, "title": text, "source": text, "date": text}
    bad = document("a", "trung ương", **fields, conflicts=(StatedConflict(text, text, evidence(text, text, text)),))
    worse = document(text, "huyện", text, text, **fields, kind=text, candidates=(text,), dates=((text, 1), (text, 2)))
    line = Edge(text, "a", text, text, (evidence(text, text, text),))
    return of(bad, worse, edges=(line, replace(line, source="a", target=text)))


def skeleton(page: Page) -> list[tuple[str, list[str]]]:
    """Return the elements with their attributes, but for the static picture's lines of words: longer ones are more."""
    return [(tag, sorted(attributes)) for tag, attributes in page.tags if tag != "text"]


SAFE = skeleton(Page(lineage_page(hostile("an toàn"))))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    page = Page(lineage_page(hostile(text)))
    assert skeleton(page) == SAFE
    assert {node["doc"]["title"] for node in page.json("ts-nodes")} == {text.replace("\ud83d", "?")}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1).filter(lambda text: text.strip() and text != "a"))
def test_any_text_stays_text(text: str) -> None:
    page = Page(lineage_page(hostile(text)))
    assert skeleton(page) == SAFE


# ---- writing --------------------------------------------------------------------------------------------------------


def test_the_file_is_utf8_with_newlines_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "sơ đồ.html"
    write_lineage(synthetic(24), path)
    assert path.read_bytes() == lineage_page(synthetic(24)).encode("utf-8")
    assert b"\r\n" not in path.read_bytes()
    assert os.listdir(tmp_path) == ["sơ đồ.html"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("old", encoding="utf-8")
    write_lineage(of(document("a", "xã")), path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_what_is_no_plain_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """A link stays a link; as root, /dev/null would become a file."""
    (tmp_path / "link.html").symlink_to(tmp_path / "page.html")
    write_lineage(of(document("a", "xã")), tmp_path / "link.html")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


UNWRITABLE = [
    # the folder is missing
    ("missing/a.html", "does not exist"),
    # the path is a folder
    ("folder", "it is a folder"),
    # the parent is a file
    ("file/a.html", "does not exist"),
    # a name that no file system takes
    ("x" * 300 + ".html", "cannot write"),
]


@pytest.mark.parametrize(("name", "reason"), UNWRITABLE)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=reason):
        write_lineage(of(document("a", "xã")), tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


def test_a_failure_halfway_keeps_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_text("old", encoding="utf-8")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left"):
        write_lineage(of(document("a", "xã")), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.html"]


def test_importing_the_module_does_not_import_pyvis() -> None:
    import subprocess

    code = "import kg.visualise, sys; sys.exit('pyvis' in sys.modules or 'IPython' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---- words ----------------------------------------------------------------------------------------------------------

NAMES = [
    # number and type
    ({"full": "25-NQ/TW", "type": "nghị quyết"}, "25-NQ/TW", "Nghị quyết 25-NQ/TW"),
    # number without symbol
    ({"full": None, "number": "12", "type": "kế hoạch"}, "12", "Kế hoạch 12"),
    # no number: the type says at least what it is
    ({"full": None, "type": "báo cáo", "title": "tổng kết"}, "Báo cáo (không số)", "Báo cáo (không số)"),
    # a law is known by its subject
    ({"full": None, "type": "luật", "title": "Tiếp công dân"}, "Luật Tiếp công dân", "Luật Tiếp công dân"),
    # nothing known at all
    ({"full": None, "type": ""}, "Văn bản (không số)", "Văn bản (không số)"),
]


@pytest.mark.parametrize(("facts", "name", "full_name"), NAMES)
def test_names(facts: dict[str, object], name: str, full_name: str) -> None:
    named = document("a", "xã", **facts)
    assert (words.name(named), words.full_name(named)) == (name, full_name)


LINES = [
    ({"issuer": "Ủy ban nhân dân xã Bình Thành, huyện Định Hóa"}, "Kế hoạch · UBND xã Bình Thành"),
    # old tone place and capitals are left: only what the table has is shortened
    ({"issuer": "ỦY BAN NHÂN DÂN TỈNH"}, "Kế hoạch · UBND TỈNH"),
    ({"issuer": None}, "Kế hoạch"),
    # without number the type stands in the first line
    ({"full": None, "issuer": "Huyện ủy", "title": "tổng kết"}, "Huyện ủy · tổng kết"),
    ({"full": None, "issuer": None}, "chưa rõ cơ quan ban hành"),
    # laws are the National Assembly's
    ({"full": None, "type": "luật", "title": "Tiếp công dân"}, "Quốc hội"),
]


@pytest.mark.parametrize(("facts", "line"), LINES)
def test_second_lines(facts: dict[str, object], line: str) -> None:
    assert words.second_line(document("a", "xã", **facts)) == line


@pytest.mark.parametrize(
    ("date", "written"), [("2013-06-03", "03/06/2013"), ("2023-05", "05/2023"), ("2023", "2023"), (None, "")]
)
def test_written_dates(date: str | None, written: str) -> None:
    assert words.written_date(date) == written


def test_every_level_kind_and_relation_has_a_label() -> None:
    from kg.model import LEVELS, RELATIONS

    assert set(words.labels("level")) == set(LEVELS)
    assert set(words.labels("relation")) == set(RELATIONS) == {key for key, label in words.inverses().items() if label}
    assert set(words.labels("kind")) == {"directive", "plan", "report", "other"}


def test_no_script_of_ours_speaks_jinja() -> None:
    # The scripts are included as templates: these signs would be read as Jinja's.
    for path in (Path(words.__file__).parent / "templates").glob("lineage*.[cj]s*"):
        assert not re.search(r"\{\{|\{%|\{#", path.read_text(encoding="utf-8")), path.name
