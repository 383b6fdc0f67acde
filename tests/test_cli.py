"""The whole program through its commands: the main answers on the samples, and what is said when it goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result
from encoded import tcvn3

import ingest.pipeline
from ingest.readers.limits import Limits
from kg.fold import fold

Run = Callable[..., Result]

PLAN = """ỦY BAN NHÂN DÂN
HUYỆN BA BỂ
Số: 12/KH-UBND
Ba Bể, ngày 05 tháng 01 năm 2022

KẾ HOẠCH
Triển khai thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ
"""


@pytest.fixture(scope="module")
def expected(samples_folder: Path) -> dict[str, Any]:
    """The answers that the samples must give."""
    answers: dict[str, Any] = json.loads((samples_folder / "expected.json").read_text(encoding="utf-8"))
    return answers


def rows(result: Result) -> list[dict[str, Any]]:
    """Return what a command printed as JSON."""
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def same_unit(one: str, other: str) -> bool:
    """Tell whether two names are one unit's, where one of them tells more of the places above it."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return long.startswith(short)


# ---- who ------------------------------------------------------------------------------------------------------------

WHO = [
    # the directive's own level of implementation: the province's plan, 24 days later
    ("33/CT-TTg", "Ủy ban nhân dân tỉnh Bắc Kạn", "Kế hoạch 780/KH-UBND", "2021-12-20", 24, "own"),
    # a district's plan names both the directive and the province's plan: it is its own
    ("33/CT-TTg", "Ủy ban nhân dân huyện Bạch Thông", "Kế hoạch 35/KH-UBND", "2022-02-17", 83, "own"),
    # known only from a report of another unit
    ("33/CT-TTg", "Công an thành phố Bắc Kạn", "Kế hoạch 29/KH-CATP", "2022-02-25", 91, "own"),
    # a commune carries out the district's plan and never names the directive
    ("33/CT-TTg", "Ủy ban nhân dân xã Sỹ Bình", "Kế hoạch 21/KH-UBND", "2022-03-04", 98, "through"),
    # a report without a number, of a month without a day: no count of days
    ("33/CT-TTg", "Ủy ban nhân dân huyện Bạch Thông", "Báo cáo (không số)", "2023-05", None, "reported"),
    # the year tells which of the two resolutions with this number is meant
    ("25-NQ/TW 2013", "Tỉnh ủy Bắc Kạn", "Chương trình hành động 14-CTr/TU", "2013-08-06", 64, "own"),
    ("25-NQ/TW 2008", "Ban Chấp hành Đoàn", "Kế hoạch 41-KH/ĐTN", "2018-03-15", None, "own"),
    # typed in small letters, without the mark
    ("chi thi 18 2022", "Huyện ủy Định Hóa", "Kế hoạch 88-KH/HU", "2023-02-22", 119, "own"),
]


@pytest.mark.parametrize(("ref", "unit", "document", "date", "days", "how"), WHO)
def test_who_names_unit_document_and_sentence(
    ask: Run, ref: str, unit: str, document: str, date: str, days: int | None, how: str
) -> None:
    found = [row for row in rows(ask("who", ref, "--format", "json")) if row["document"] == document]
    line = next(row for row in found if same_unit(row["unit"], unit) or row["unit"].startswith(unit))
    assert (line["date"], line["how"]) == (date, how)
    assert days is None or line["days"] == days
    assert line["evidence"]


def test_every_answer_leads_to_its_sentence(ask: Run, samples_folder: Path) -> None:
    for row in rows(ask("who", "33/CT-TTg", "--format", "json")):
        for proof in row["evidence"]:
            text = (samples_folder / proof["source"]).read_bytes().decode("utf-8")
            assert text[proof["start"] : proof["end"]].split()[0] == proof["text"].split()[0]


def test_who_finds_nearly_all_that_is_expected(ask: Run, expected: dict[str, Any]) -> None:
    """The floor of the whole: single lines are held by the tests of what reads them."""
    hits = wanted = 0
    for ref, lines in expected["who"].items():
        found = rows(ask("who", ref, "--format", "json"))
        for line in (line for line in lines if not line.get("optional")):
            wanted += 1
            number = line["document"] or ("(không số)" if line["date"] else None)
            hits += any(
                same_unit(row["unit"], line["unit"])
                and (row["document"] or "").split(" ")[-1] == (number or "").split(" ")[-1]
                and row["how"] == line["how"]
                for row in found
            )
    assert wanted > 30
    assert hits / wanted >= 0.8


def test_what_is_wished_or_planned_is_not_done(ask: Run, expected: dict[str, Any]) -> None:
    wrong = []
    for line in expected["not_done"] + expected["silent"]:
        found = rows(ask("who", line["directive"], "--format", "json"))
        wrong += [(line["directive"], row["unit"]) for row in found if same_unit(row["unit"], line["unit"])]
    assert not wrong


def test_who_says_it_in_words_and_never_that_nothing_was_done(ask: Run) -> None:
    page = ask("who", "33/CT-TTg").stdout
    assert "Chỉ thị 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ" in page
    assert "đơn vị có văn bản riêng" in page
    assert "không tìm thấy trong 36 tài liệu này" in page
    assert "chưa thực hiện" not in page
    nobody = ask("who", "33/CT-TTg", "--level", "trung uong")
    assert nobody.exit_code == 0
    assert "Không tìm thấy đơn vị nào" in nobody.stdout


def test_who_of_one_level(ask: Run) -> None:
    assert {row["level"] for row in rows(ask("who", "33/CT-TTg", "--level", "xa", "--format", "json"))} == {"xã"}


# ---- lineage --------------------------------------------------------------------------------------------------------

EDGES = [
    # the province's programme carries out the resolution, the town's plan carries out the programme
    ("25-NQ/TW 2013", "14-CTr/TU", "implements", "25-NQ/TW"),
    ("25-NQ/TW 2013", "97-KH/TU", "implements", "14-CTr/TU"),
    ("25-NQ/TW 2013", "43-KL/TW", "continues", "25-NQ/TW"),
    # a district that names both the province's plan and the directive
    ("33/CT-TTg", "35/KH-UBND", "implements", "33/CT-TTg"),
    ("33/CT-TTg", "35/KH-UBND", "based_on", "780/KH-UBND"),
    ("18-CT/TW", "88-KH/HU", "implements", "18-CT/TW"),
    ("18-CT/TW", "73/UBND-VP", "implements", "88-KH/HU"),
]


@pytest.mark.parametrize(("ref", "source", "kind", "target"), EDGES)
def test_lineage_has_the_step(ask: Run, ref: str, source: str, kind: str, target: str) -> None:
    part = json.loads(ask("lineage", ref, "--json").stdout)
    full = {document["id"]: document["full"] for document in part["documents"]}
    assert (source, kind, target) in {(full[e["source"]], e["type"], full[e["target"]]) for e in part["edges"]}


def test_lineage_is_a_tree_with_words(ask: Run) -> None:
    lines = ask("lineage", "18-CT/TW").stdout.splitlines()
    depth = {number: next((line.index(number) for line in lines[3:] if number in line), -1) for number in DEPTHS}
    assert -1 < depth["18-CT/TW"] < depth["88-KH/HU"] < depth["73/UBND-VP"]
    assert any("thực hiện: Công văn 73/UBND-VP" in line for line in lines)


DEPTHS = ("18-CT/TW", "88-KH/HU", "73/UBND-VP")


def test_lineage_up_down_depth(ask: Run) -> None:
    def full(*words: str) -> set[str]:
        documents = json.loads(ask("lineage", "35/KH-UBND", "--json", *words).stdout)["documents"]
        return {document["full"] or "" for document in documents}

    assert {"33/CT-TTg", "780/KH-UBND"} <= full("--up")
    assert "21/KH-UBND" not in full("--up")
    assert "21/KH-UBND" in full("--down")
    assert "33/CT-TTg" not in full("--down")
    assert full("--up", "--down") == full()
    assert full("--up", "--depth", "1") <= full("--up")


def test_lineage_shows_its_sentences(ask: Run) -> None:
    assert "“" not in ask("lineage", "33/CT-TTg").stdout
    assert "(15-kh-780-kh-ubnd-tinh-bac-kan-2021.txt)" in ask("lineage", "33/CT-TTg", "--evidence").stdout


def test_lineage_writes_its_page(ask: Run, tmp_path: Path) -> None:
    page = tmp_path / "sơ đồ.html"
    assert ask("lineage", "33/CT-TTg", "--html", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!")
    assert "780/KH-UBND" in text


VIEWS = [
    # the default: columns by level, in Vietnamese
    ((), {"Cấp tỉnh", "thực hiện"}),
    # lanes by time
    (("--view", "time"), {"Cấp tỉnh", "2021", "2022"}),
    (("--lang", "en"), {"Province", "carries out"}),
]


@pytest.mark.parametrize(("words", "said"), VIEWS)
def test_lineage_writes_its_picture(ask: Run, tmp_path: Path, words: tuple[str, ...], said: set[str]) -> None:
    picture = tmp_path / "sơ đồ.svg"
    assert ask("lineage", "33/CT-TTg", "--svg", picture, *words).exit_code == 0
    texts = [one.text for one in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert {"33/CT-TTg", "780/KH-UBND"} | said <= set(texts)


def test_the_language_of_pictures_is_a_setting(ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THONGSUOT_LANG", "en")
    ask("lineage", "33/CT-TTg", "--svg", tmp_path / "a.svg", "--html", tmp_path / "a.html")
    assert "carries out" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert '<html lang="en">' in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_lineage_tells_what_goes_round_in_a_circle(run: Run, tmp_path: Path) -> None:
    pairs = (("5/KH-UBND", "Kế hoạch số 6/KH-UBND"), ("6/KH-UBND", "Kế hoạch số 5/KH-UBND"))
    for number, other in pairs:
        text = (
            "ỦY BAN NHÂN DÂN\nTỈNH BẮC KẠN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\n"
            f"Số: {number}\nBắc Kạn, ngày 10 tháng 01 năm 2022\n\nKẾ HOẠCH\n"
            f"Triển khai thực hiện {other} ngày 10/01/2022 của UBND tỉnh Bắc Kạn\n\nNội dung.\n"
        )
        (tmp_path / f"{number[0]}.txt").write_text(text, encoding="utf-8")
    run("--store", tmp_path / "kho", "ingest", tmp_path)
    lines = run("--store", tmp_path / "kho", "lineage", "5/KH-UBND").stdout
    assert "Quan hệ dẫn vòng (1)" in lines
    assert lines.count("►") == 1


def test_lineage_for_graphviz_and_spreadsheets(ask: Run) -> None:
    dot = ask("lineage", "33/CT-TTg", "--dot").stdout
    assert dot.startswith("digraph")
    assert dot.count("->") == len(json.loads(ask("lineage", "33/CT-TTg", "--json").stdout)["edges"])
    table = list(csv.DictReader(io.StringIO(ask("lineage", "33/CT-TTg", "--csv").stdout)))
    assert {"source", "relation", "target", "evidence", "file"} <= set(table[0])


# ---- search ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_search_finds_the_expected_files(ask: Run, expected: dict[str, Any], engine: str) -> None:
    for case in expected["search"]:
        found = rows(ask("search", case["query"], "--limit", "500", "--engine", engine, "--format", "json"))
        assert {row["source"] for row in found} == set(case["files"]), case["query"]


def test_search_without_marks_finds_the_same(ask: Run) -> None:
    def places(query: str) -> set[tuple[str, int]]:
        found = rows(ask("search", query, "--limit", "500", "--format", "json"))
        return {(row["source"], row["start"]) for row in found}

    assert places("dan van kheo") >= places("dân vận khéo") > set()


def test_search_marks_the_words_and_names_the_report(ask: Run) -> None:
    page = ask("search", '"giai phong mat bang"').stdout
    assert "«Giải phóng mặt bằng»" in page
    assert "Kế hoạch 100-KH/HU · Huyện ủy Hiệp Hòa" in page
    row = rows(ask("search", '"giai phong mat bang"', "--format", "json"))[0]
    start, end = row["marks"][0]
    assert fold(row["text"][start:end]) == "giai phong mat bang"


def test_search_that_finds_nothing_says_so(ask: Run) -> None:
    result = ask("search", "xyzzy")
    assert result.exit_code == 0
    assert "Không tìm thấy đoạn nào" in result.stdout


# ---- show, stats, export, extract -----------------------------------------------------------------------------------


def test_show_tells_contradictions_with_their_sentences(ask: Run) -> None:
    page = ask("show", "25-NQ/TW 2013").stdout
    assert "Mâu thuẫn" in page
    assert "ngày ban hành: 06/03/2013" in page
    assert "(09-bc-87-bc-du-xa-sy-binh-2023.txt)" in page


def test_show_a_unit(ask: Run) -> None:
    page = ask("show", "huyen uy dinh hoa").stdout
    assert page.startswith("Huyện ủy Định Hóa")
    assert "ban hành Kế hoạch 88-KH/HU" in page


def test_show_as_json(ask: Run) -> None:
    assert json.loads(ask("show", "33/CT-TTg", "--format", "json").stdout)["document"]["full"] == "33/CT-TTg"


def test_stats(ask: Run, samples_folder: Path) -> None:
    counts = {row["what"]: row["count"] for row in rows(ask("stats", "--format", "json"))}
    assert counts["sources"] == len([file for file in samples_folder.iterdir() if file.name[:2].isdigit()])
    parts = ("resolved_mentions", "ambiguous_mentions", "unplaced_mentions")
    assert counts["mentions"] == sum(counts[part] for part in parts)
    assert counts["ambiguous_mentions"] > 0


def test_export_has_the_promised_form(ask: Run) -> None:
    whole = json.loads(ask("export", "--format", "json").stdout)
    assert set(whole) == {"documents", "units", "relations", "unit_actions", "unit_relations", "sources"}
    assert {"id", "kind", "type", "full", "date", "issuer", "conflicts", "mentions"} <= set(whole["documents"][0])
    assert {"source", "type", "target", "status", "rule", "evidence"} <= set(whole["relations"][0])
    known = {document["id"] for document in whole["documents"]}
    assert {end for edge in whole["relations"] for end in (edge["source"], edge["target"])} <= known


FORM = {
    "report": "type number symbol date place issuer title signer signer_role addressee recipients",
    "documents": "id kind type number symbol full date issuer title conflicts",
    "mentions": "start end text document form",
    "relations": "source type target start end evidence status",
    "units": "id name level parent aliases",
    "unit_actions": "unit action document start end evidence status",
}


def test_extract_prints_the_promised_form(run: Run, samples_folder: Path) -> None:
    for file in sorted(samples_folder.glob("[0-9][0-9]-*")):
        said = json.loads(run("extract", file, "--json").stdout)
        assert said.pop("warnings") == []
        text = file.read_bytes().decode("utf-8")
        assert list(said) == list(FORM)
        assert set(said["report"]) == set(FORM["report"].split())
        for name, keys in list(FORM.items())[1:]:
            assert all(list(row) == keys.split() for row in said[name])
        ids = {document["id"] for document in said["documents"]} | {"self"}
        units = {unit["id"] for unit in said["units"]}
        assert all(text[m["start"] : m["end"]] == m["text"] for m in said["mentions"])
        assert {m["document"] for m in said["mentions"]} <= ids
        assert {end for r in said["relations"] for end in (r["source"], r["target"])} <= ids
        assert {a["document"] for a in said["unit_actions"]} <= ids
        assert {a["unit"] for a in said["unit_actions"]} <= units


def test_a_number_with_a_year_is_shown_as_it_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nd.txt").write_text(
        "CHÍNH PHỦ\n\nSố: 34/2019/NĐ-CP\n\nHà Nội, ngày 24 tháng 4 năm 2019\n\nNGHỊ ĐỊNH\n\nVề cán bộ ở xã\n\n"
        "Căn cứ Nghị định số 92/2009/NĐ-CP;\n",
        "utf-8",
    )
    assert run("extract", tmp_path / "nd.txt").stdout.splitlines()[0] == "Nghị định 34/2019/NĐ-CP"
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", tmp_path / "nd.txt")
    assert run(*store, "show", "34/2019/NĐ-CP").stdout.startswith("Nghị định 34/2019/NĐ-CP")


def test_extract_tells_what_to_know_of_the_reading(run: Run, tmp_path: Path) -> None:
    """Here that the letters were in an encoding of old."""
    (tmp_path / "cu.txt").write_text(
        tcvn3("ỦY BAN NHÂN DÂN huyện Định Hóa đã ban hành Kế hoạch số 35/KH-UBND.\n" * 9), "utf-8"
    )
    said = json.loads(run("extract", tmp_path / "cu.txt", "--json").stdout)
    assert any("TCVN3" in warning for warning in said["warnings"])
    assert "Lưu ý: " in (page := run("extract", tmp_path / "cu.txt").stdout)
    assert "TCVN3" in page
    assert "TCVN3" in run("--lang", "en", "extract", tmp_path / "cu.txt").stdout


def test_extract_tells_a_person(run: Run, samples_folder: Path) -> None:
    page = run("extract", samples_folder / "16-kh-35-kh-ubnd-huyen-bach-thong-2022.txt").stdout
    assert page.startswith("Kế hoạch 35/KH-UBND")
    assert "Tài liệu này thực hiện Chỉ thị 33/CT-TTg" in page


# ---- ingest ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports, one in a folder of its own, and things that are none."""
    folder = tmp_path / "báo cáo"
    (folder / "huyện").mkdir(parents=True)
    (folder / "huyện" / "ke-hoach.txt").write_text(PLAN, encoding="utf-8", newline="\n")
    (folder / "khac.md").write_text(PLAN.replace("12/KH", "13/KH"), encoding="utf-8", newline="\n")
    (folder / "anh.gif").write_bytes(b"GIF89a")
    (folder / ".an.txt").write_text("hidden", encoding="utf-8")
    return folder


def account(result: Result) -> tuple[int, int, int, int]:
    """Return how many files were new, changed, unchanged and failed."""
    line = result.stdout.splitlines()[0]
    new, changed, unchanged, *_, failed = (int(part.split()[0]) for part in line.split("=")[1].split("+"))
    return new, changed, unchanged, failed


def test_ingest_accounts_for_every_file(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    assert account(run(*store, "ingest", reports)) == (2, 0, 0, 0)
    assert account(run(*store, "ingest", reports)) == (0, 0, 2, 0)
    (reports / "khac.md").write_text(PLAN.replace("12/KH", "14/KH"), encoding="utf-8")
    (reports / "trong.txt").write_text(" \n", encoding="utf-8")
    result = run(*store, "ingest", reports)
    assert account(result) == (0, 1, 1, 1)
    assert result.exit_code == 1
    assert "trong.txt: tệp rỗng" in result.stderr
    assert run(*store, "who", "14/KH-UBND").exit_code == 0
    assert run(*store, "who", "13/KH-UBND").exit_code == 2  # only the older content said it


def test_ingest_says_what_it_passed_over(run: Run, reports: Path, tmp_path: Path) -> None:
    """A folder of tables with one text in it must not look as if all had been read."""
    for name in ("a.xlsx", "b.XLSX", "c.pptx", "README"):
        (reports / name).write_bytes(b"x")
    lines = run("--store", tmp_path / "kho", "ingest", reports).stdout.splitlines()
    assert lines[1].endswith("5 tệp loại khác: 2 .xlsx, 1 (không đuôi), 1 .gif, 1 .pptx")


def test_ingest_tells_of_a_file_that_was_renamed(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", reports)
    (reports / "khac.md").rename(reports / "tên mới.md")
    result = run(*store, "ingest", reports)
    assert account(result) == (0, 0, 1, 0)
    assert "1 đổi tên" in result.stdout
    assert account(run(*store, "ingest", reports)) == (0, 0, 2, 0)


def test_ingest_names_files_by_their_place_below_the_folder(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", reports)
    names = {row["source"] for row in rows(run(*store, "search", "33/CT-TTg", "--format", "json"))}
    assert names == {"huyện/ke-hoach.txt", "khac.md"}


def test_a_name_that_two_files_share_is_not_overwritten(run: Run, reports: Path, tmp_path: Path) -> None:
    other = tmp_path / "khác"
    other.mkdir()
    (other / "khac.md").write_text(PLAN.replace("12/KH", "99/KH"), encoding="utf-8")
    result = run("--store", tmp_path / "kho", "ingest", reports, other)
    assert account(result) == (2, 0, 0, 1)
    assert "hãy đọc thư mục chứa cả hai" in result.stderr
    again = run("--store", tmp_path / "kho", "ingest", reports, reports / "khac.md")
    assert account(again) == (0, 0, 2, 0)  # the very same file named twice is no conflict


def test_a_run_that_was_stopped_keeps_what_it_read(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ("--store", tmp_path / "kho")
    read = ingest.pipeline.extract

    def stopped(path: Path, name: str, limits: Limits) -> Any:
        if path.name == "ke-hoach.txt":
            raise KeyboardInterrupt
        return read(path, name, limits)

    monkeypatch.setattr(ingest.pipeline, "extract", stopped)
    result = run(*store, "ingest", reports)
    assert result.exit_code == 130
    assert "chạy lại lệnh" in result.stderr
    monkeypatch.setattr(ingest.pipeline, "extract", read)
    assert len(rows(run(*store, "search", "33/CT-TTg", "--format", "json"))) > 0  # the index follows by itself
    assert account(run(*store, "ingest", reports)) == (1, 0, 1, 0)


def test_a_fault_of_ours_costs_one_file(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ingest.pipeline.extract

    def faulty(path: Path, name: str, limits: Limits) -> Any:
        if path.name == "khac.md":
            raise ZeroDivisionError("oops")
        return read(path, name, limits)

    monkeypatch.setattr(ingest.pipeline, "extract", faulty)
    result = run("--store", tmp_path / "kho", "ingest", reports)
    assert account(result) == (1, 0, 0, 1)
    assert "do lỗi của thongsuot (ZeroDivisionError: oops)" in result.stderr


def test_remove_takes_a_file_out_of_store_and_index(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", reports)
    assert run(*store, "remove", "khac.md").exit_code == 0
    assert {row["source"] for row in rows(run(*store, "search", "33/CT-TTg", "--format", "json"))} == {
        "huyện/ke-hoach.txt"
    }
    unknown = run("--lang", "en", *store, "remove", "khac.md")
    assert unknown.exit_code == 2
    assert "no file called 'khac.md'" in unknown.stderr


def test_reindex_makes_a_lost_index_again(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", reports)
    before = run(*store, "search", "33/CT-TTg").stdout
    (tmp_path / "kho" / "index" / "stamp.json").write_text("{", encoding="utf-8")
    assert run(*store, "reindex").exit_code == 0
    assert run(*store, "search", "33/CT-TTg").stdout == before


def test_an_index_that_a_lost_store_left_is_not_believed(run: Run, reports: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "kho")
    run(*store, "ingest", reports / "khac.md")
    for file in (tmp_path / "kho").glob("graph.db*"):
        file.unlink()
    run(*store, "ingest", reports / "huyện")
    found = rows(run(*store, "search", "33/CT-TTg", "--format", "json"))
    assert {row["source"] for row in found} == {"ke-hoach.txt"}


# ---- the demo -------------------------------------------------------------------------------------------------------


def test_demo_answers_the_three_questions(run: Run, tmp_path: Path) -> None:
    result = run("demo", "--into", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    for words in ("1. Ai đã thực hiện", "Kế hoạch 35/KH-UBND", "2. Các báo cáo nói gì", "«Giải phóng mặt bằng»"):
        assert words in result.stdout
    assert "├─ thực hiện: Chương trình hành động 14-CTr/TU" in result.stdout
    page = tmp_path / "demo" / "lineage.html"
    assert str(page.resolve()) in result.stdout
    assert page.stat().st_size > 100_000
    assert run("demo", "--into", tmp_path / "demo").exit_code == 0  # its own folder is made anew


@pytest.mark.usefixtures("english")
def test_demo_leaves_other_folders_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "quan-trong.txt").write_text("keep", encoding="utf-8")
    result = run("demo", "--into", tmp_path)
    assert result.exit_code == 1
    assert "is left alone" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["quan-trong.txt"]


# ---- what goes wrong ------------------------------------------------------------------------------------------------

QUESTIONS = [
    # nothing fits: what comes near is offered, and the full-text search
    (("who", "999-NQ/XX"), 2, "Nothing in these documents fits '999-NQ/XX'"),
    (("show", "Sở Ngoại vụ Atlantis"), 2, "Nothing in these documents fits"),
    (("lineage", ""), 2, "names nothing"),
    # a unit is no document
    (("who", "Huyện ủy Định Hóa"), 2, "thongsuot show"),
    # a query that has no meaning, and how to mend it
    (("search", '"dân vận'), 2, "quotation mark"),
    (("search", "(dân vận"), 2, "bracket"),
    (("search", "dân vận", "--engine", "lucene"), 2, "there are: tantivy, whoosh"),
    # options
    (("who", "33/CT-TTg", "--level", "thôn"), 2, "is no level; choose one of"),
    (("lineage", "33/CT-TTg", "--depth", "0"), 2, "--depth"),
    (("hỏi",), 2, "No such command"),
    # a place that cannot be written
    (("lineage", "33/CT-TTg", "--html", "no/such/folder/x.html"), 1, "no/such/folder"),
    (("who", "33/CT-TTg", "-o", "no/such/folder/x.csv"), 1, "cannot write"),
]


@pytest.mark.parametrize(("words", "code", "sentence"), QUESTIONS)
@pytest.mark.usefixtures("english")
def test_a_question_that_cannot_be_answered(ask: Run, words: tuple[str, ...], code: int, sentence: str) -> None:
    result = ask(*words)
    assert result.exit_code == code
    assert sentence in result.stderr.replace("\\", "/")
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


AMBIGUOUS = [
    # two resolutions of the Central Committee
    ("25-NQ/TW", {"2008-07-25", "2013-06-03"}),
    # two districts gave one number in one month
    ("100-KH/HU", {"2020-04-16", "2020-04-28"}),
]


@pytest.mark.parametrize(("ref", "dates"), AMBIGUOUS)
@pytest.mark.parametrize("command", ["who", "lineage", "show"])
@pytest.mark.usefixtures("english")
def test_several_matches_are_listed_and_none_is_picked(ask: Run, command: str, ref: str, dates: set[str]) -> None:
    result = ask(command, ref, "--format", "json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert {row["date"] for row in found} == dates
    assert all(row["id"] and row["issuer"] and row["subject"] for row in found)
    assert "fits 2" in result.stderr
    assert ask(command, found[0]["id"]).exit_code == 0  # the id tells them apart


FILES = [
    ("khong-co.txt", None, "does not exist"),
    ("trong.txt", b"", "is empty"),
    ("nhi-phan.txt", b"\x7fELF\0\0\0\1", "is a binary file"),
    ("cu.txt", "Réunion à Genève".encode("latin-1"), "is not in UTF-8"),
    ("bao-cao.pdf", b"%PDF-1.7\n", "is a damaged PDF file"),
    ("bao-cao.docx", b"PK\3\4\0\0", "is a damaged Word"),
]


@pytest.mark.parametrize(
    ("name", "content", "sentence"), FILES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_that_cannot_be_read(
    run: Run, tmp_path: Path, reports: Path, name: str, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    alone = run("--lang", "en", "extract", file)
    assert (alone.exit_code, alone.stdout) == (1, "")
    assert sentence in alone.stderr
    assert name in alone.stderr
    result = run("--lang", "en", "--store", tmp_path / "kho", "ingest", file, reports)
    assert result.exit_code == 1
    assert account(result) == (2, 0, 0, 1)  # the others are read all the same
    assert sentence in result.stderr
    assert name in result.stderr


def test_a_folder_without_readable_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    result = run("--lang", "en", "--store", tmp_path / "kho", "ingest", tmp_path / "x")
    assert result.exit_code == 1
    assert "holds no file that can be read (.txt, .md" in result.stderr
    assert not (tmp_path / "kho").exists()


def newer(store: Path) -> None:
    """Make the store look as a later version would leave it."""
    with sqlite3.connect(store / "graph.db") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()


def damaged(store: Path) -> None:
    """Overwrite the file of the store."""
    for file in store.glob("graph.db*"):
        file.unlink()
    (store / "graph.db").write_bytes(b"This is not a database at all. " * 200)


def missing(store: Path) -> None:
    """Take the file of the store away."""
    for file in store.glob("graph.db*"):
        file.unlink()


def foreign(store: Path) -> None:
    """Put another program's database in its place."""
    missing(store)
    with sqlite3.connect(store / "graph.db") as database:
        database.execute("CREATE TABLE t (x)")
    database.close()


STORES = [
    (newer, "newer thongsuot"),
    (damaged, "damaged"),
    (missing, "There is no store"),
    (foreign, "another program"),
]


@pytest.mark.parametrize(("harm", "sentence"), STORES)
@pytest.mark.parametrize(
    "words", [("who", "33/CT-TTg"), ("search", "x"), ("stats",), ("remove", "khac.md"), ("reindex",)]
)
def test_a_store_that_cannot_be_used(
    run: Run, reports: Path, tmp_path: Path, harm: Callable[[Path], None], sentence: str, words: tuple[str, ...]
) -> None:
    store = tmp_path / "kho"
    run("--store", store, "ingest", reports)
    harm(store)
    result = run("--lang", "en", "--store", store, *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_a_store_below_a_file_cannot_be_made(run: Run, reports: Path, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    result = run("--lang", "en", "--store", tmp_path / "tep" / "kho", "ingest", reports)
    assert result.exit_code == 1
    assert "choose another with --store" in result.stderr


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0, reason="this user may write anywhere")
def test_a_read_only_store_is_read_and_not_written(run: Run, reports: Path, tmp_path: Path) -> None:
    store = tmp_path / "kho"
    run("--store", store, "ingest", reports)
    for path in (*store.rglob("*"), store):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert run("--store", store, "who", "33/CT-TTg").exit_code == 0
        assert run("--store", store, "search", "33/CT-TTg").exit_code == 0
        result = run("--store", store, "ingest", reports)
        assert result.exit_code == 1
        assert "cannot be written" in result.stderr
    finally:
        for path in (store, *store.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.usefixtures("english")
def test_a_fault_of_the_program_is_told_without_a_traceback(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.graph.stats", lambda store: 1 // 0)
    result = ask("stats")
    assert result.exit_code == 1
    assert "a fault of thongsuot, not yours (ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr


# ---- the world outside ----------------------------------------------------------------------------------------------


def program(*words: str | Path | bytes, before: str = "", **settings: str) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own, the statements `before` first."""
    typed = [word if isinstance(word, bytes) else str(word) for word in words]
    command = [sys.executable, "-c", f"{before}\nfrom cli import main; main()", *typed]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **settings}, bufsize=0
    )


def test_a_reader_that_goes_away_is_no_error(sample_store: Path) -> None:
    """As in `thongsuot export | head`."""
    process = program("--store", sample_store, "export")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii"])
def test_output_is_utf_8_whatever_the_code_page(sample_store: Path, encoding: str) -> None:
    process = program("--store", sample_store, "who", "33/CT-TTg", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert "Ủy ban" in out.decode("utf-8") or "UBND huyện Bạch Thông" in out.decode("utf-8")


def test_closed_streams_are_no_fault(sample_store: Path) -> None:
    """As in `thongsuot who 33/CT-TTg >&-`, and in a program without a console."""
    closed = "import sys; sys.stdout = sys.stderr = None"
    assert program("--store", sample_store, "who", "33/CT-TTg", before=closed).wait() == 0
    assert program("--store", sample_store, "who", "không có", before=closed).wait() == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows gives letters, not bytes")
def test_what_is_typed_is_utf_8_whatever_the_locale(sample_store: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = [word.encode() for word in ("nghị quyết 25 2013", "--level", "huyện")]
    out, err = program("--store", sample_store, "who", *words, **plain).communicate()
    assert "Huyện ủy Bạch Thông" in out.decode("utf-8"), err
    _, err = program("ingest", "không có".encode(), **plain).communicate()
    assert "không có: không tồn tại" in err.decode("utf-8")


@pytest.mark.parametrize("columns", [60, 80])
def test_a_narrow_terminal_breaks_no_date_and_no_number(
    ask: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = ask("who", "33/CT-TTg").stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert {"20/12/2021", "780/KH-UBND", "2480/UBND-NCPC"} <= set(" ".join(lines).split())


def test_csv_for_excel(ask: Run, tmp_path: Path) -> None:
    file = tmp_path / "kết quả.csv"
    assert ask("who", "33/CT-TTg", "--format", "csv", "-o", file).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert "Ủy ban nhân dân tỉnh Bắc Kạn" in {row["unit"] for row in table}


def test_the_store_can_be_named_by_the_environment(
    run: Run, sample_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THONGSUOT_STORE", str(sample_store))
    assert run("stats").exit_code == 0
