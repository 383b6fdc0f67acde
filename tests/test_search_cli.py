"""`thongsuot search` and `reindex` on the samples, and on a store whose index can't be trusted."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import jobs.indexing

Run = Callable[..., Result]
ROOT = Path(__file__).parents[1]


def whole(result: Result) -> dict[str, Any]:
    """Return what `search --json` printed."""
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def files(result: Result) -> set[str]:
    """Return the first words of the names of the reports found: "25-kh"."""
    return {"-".join(hit["source"].split("-")[:2]) for hit in whole(result)["hits"]}


# ---- what it answers ------------------------------------------------------------------------------------------------

BELOW_25 = {"02-kl", "03-ctr", "05-kh", "06-kh", "07-kh", "08-kh"}


def test_under_finds_what_stands_anywhere_below(ask: Run) -> None:
    found = files(ask("search", "under:nq-25-tw-2013", "--limit", "100", "--json"))
    assert found > BELOW_25
    assert "01-nq" not in found  # not the resolution itself
    lineage = json.loads(ask("lineage", "nq-25-tw-2013", "--down", "--json").stdout)
    sources = {one["source"] for one in lineage["documents"] if one["source"]}
    assert found == {"-".join(name.split("-")[:2]) for name in sources} - {"01-nq"}
    assert files(ask("search", 'thuộc:"25-NQ/TW 2013" "tiếp công dân"', "--json")) == {"02-kl"}


@pytest.mark.usefixtures("english")
def test_a_number_of_several_documents_means_all_of_them_and_that_is_said(ask: Run) -> None:
    result = ask("search", "under:25-NQ/TW", "--json")
    assert "fits 2 documents" in result.stderr
    cards = whole(result)["cards"]
    assert [[one["id"] for one in card["found"]] for card in cards] == [["nq-25-tw-2008", "nq-25-tw-2013"]]


CARDS = [
    ("33/CT-TTg", ["ct-33-ttg-2021"]),  # a number
    ("ct 33", ["ct-33-ttg-2021"]),  # as people type it
    ("tiếp công dân theo ct 33", ["ct-33-ttg-2021"]),  # among words
    ("cites:33/CT-TTg", ["ct-33-ttg-2021"]),  # in a field
    ("huyen uy dinh hoa", ["huyen-uy-dinh-hoa-thai-nguyen"]),  # a unit
    ("dân vận", []),  # words of many names name none of them
    ("xyzzy", []),
]


@pytest.mark.parametrize(("query", "expected"), CARDS)
def test_what_the_query_names_stands_above_as_a_card(ask: Run, query: str, expected: list[str]) -> None:
    found = whole(ask("search", query, "--json"))["cards"]
    assert [one["id"] for card in found for one in card["found"]] == expected
    page = ask("search", query).stdout
    assert page.startswith("►") == bool(expected)
    assert all(f"thongsuot show {known}" in page for known in expected)


def test_no_result_shows_the_nearest_and_says_why(ask: Run) -> None:
    result = ask("search", "dân vận khéo năm:1999")
    assert "Không có đoạn nào với năm:1999" in result.stderr
    assert "«dân vận khéo»" in result.stdout.lower()


def test_did_you_mean(ask: Run) -> None:
    assert "Có phải bạn tìm: dân vận khéo" in ask("search", "dân vậnn khéo").stdout


def test_pages_and_each(ask: Run) -> None:
    first = whole(ask("search", "dân vận", "--limit", "3", "--json"))
    second = whole(ask("search", "dân vận", "--limit", "3", "--page", "2", "--json"))
    both = whole(ask("search", "dân vận", "--limit", "6", "--json"))
    assert [hit["text"] for hit in first["hits"] + second["hits"]] == [hit["text"] for hit in both["hits"]]
    assert whole(ask("search", "dân vận", "--limit", "3", "--offset", "3", "--json"))["hits"] == second["hits"]
    assert "(tài liệu 4-6)" in ask("search", "dân vận", "--limit", "3", "--page", "2").stdout
    one = whole(ask("search", "dân vận", "--limit", "3", "--each", "1", "--json"))
    assert len(one["hits"]) == 3
    assert one["more"]
    assert "đoạn nữa của tài liệu này" in ask("search", "dân vận", "--limit", "3", "--each", "1").stdout
    assert whole(ask("search", "dân vận", "--page", "99", "--json"))["hits"] == []


def test_the_newest_first(ask: Run) -> None:
    dates = [hit["date"] for hit in whole(ask("search", "dân", "--sort", "date", "--limit", "50", "--json"))["hits"]]
    assert dates == sorted(dates, reverse=True)


def test_levels_are_named_in_the_language_spoken(ask: Run) -> None:
    """As they can be typed: level:commune finds what cấp:xã finds."""
    english, vietnamese = (ask("--lang", language, "search", "dân vận").stdout for language in ("en", "vi"))
    assert re.search(r"level: .*commune \d", english)
    assert "level: xã" not in english
    assert re.search(r"cấp: .*xã \d", vietnamese)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_facets(ask: Run, engine: str) -> None:
    table = ask("search", "dân vận", "--facets", "--format", "csv", "--engine", engine).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    answer = whole(ask("search", "dân vận", "--json"))
    assert {(row["field"], row["value"]): int(row["count"]) for row in rows} == {
        (field, value): count for field, values in answer["facets"].items() for value, count in values.items()
    }
    assert sum(answer["facets"]["level"].values()) <= answer["passages"]
    page = ask("search", "dân vận").stdout
    value, count = next(iter(answer["facets"]["level"].items()))
    assert f"cấp: {value} {count} ·" in page
    narrowed = whole(ask("search", f"dân vận cấp:{value}", "--json"))
    assert narrowed["passages"] == count  # a count is what typing it would find


def test_rows_are_complete_and_a_table_folds(ask: Run) -> None:
    rows = json.loads(ask("search", "33/CT-TTg", "--format", "json").stdout)
    folded = whole(ask("search", "33/CT-TTg", "--json"))
    assert len(rows) == folded["passages"] > len(folded["hits"])
    assert any(hit["copies"] for hit in folded["hits"])
    assert "cùng lời trong" in ask("search", "33/CT-TTg").stdout
    table = list(csv.DictReader(io.StringIO(ask("search", "33/CT-TTg", "--format", "csv").stdout)))
    assert [row["source"] for row in table] == [row["source"] for row in rows]


# ---- an index that can't be trusted ---------------------------------------------------------------------------------

REPORT = """ỦY BAN NHÂN DÂN
XÃ SỸ BÌNH
Số: {number}/BC-UBND
Sỹ Bình, ngày 05 tháng 01 năm 2022

BÁO CÁO
Kết quả công tác dân vận năm 2021

Xã có {number} mô hình dân vận khéo.
"""


@pytest.fixture
def kept(run: Run, tmp_path: Path) -> Path:
    """A store of two reports with an index."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(REPORT.format(number=number), encoding="utf-8")
    assert run("--store", tmp_path / "kho", "ingest", folder).exit_code == 0
    return tmp_path / "kho"


def stamp(index: Path, **facts: Any) -> None:
    """Write other facts into the stamp."""
    path = index / "stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | facts), encoding="utf-8")


HARMS: list[tuple[Callable[[Path], object], str]] = [
    (shutil.rmtree, ""),  # lost: built again, nothing to tell
    (lambda index: stamp(index, version=1), "made by another version"),  # an older program's
    (lambda index: (index / "stamp.json").write_text("{", encoding="utf-8"), "was damaged"),
    (lambda index: [path.write_bytes(b"") for path in index.glob("tantivy-*/*")], "was damaged"),  # a full disk
    (lambda index: stamp(index, generation="1"), ""),  # older than the store: brought up to date
    (lambda index: stamp(index, generation="99"), ""),  # of a store that was here before
    (lambda index: (index / "facts.json").write_text("?", encoding="utf-8"), ""),
]


@pytest.mark.parametrize(("harm", "said"), HARMS)
@pytest.mark.usefixtures("english")
def test_an_index_is_never_silently_wrong(run: Run, kept: Path, harm: Callable[[Path], object], said: str) -> None:
    before = run("--store", kept, "search", "dân vận khéo").stdout
    harm(kept / "index")
    result = run("--store", kept, "search", "dân vận khéo")
    assert result.stdout == before
    assert said in result.stderr
    assert bool(said) == bool(result.stderr)
    assert run("--store", kept, "search", "dân vận khéo").stderr == ""  # and then all is well


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are indexed from here on."""
    names: list[str] = []
    add_source = jobs.indexing.add_source
    monkeypatch.setattr(
        jobs.indexing,
        "add_source",
        lambda store, index, name: [names.append(name), add_source(store, index, name)][1],
    )
    return names


def test_only_what_changed_is_indexed_again(run: Run, kept: Path, tmp_path: Path, indexed: list[str]) -> None:
    (tmp_path / "files" / "3.txt").write_text(REPORT.format(number=3), encoding="utf-8")
    run("--store", kept, "ingest", tmp_path / "files")
    assert indexed == ["3.txt"]


PLAN = """ỦY BAN NHÂN DÂN
HUYỆN BẠCH THÔNG
Số: 35/KH-UBND
Bạch Thông, ngày 17 tháng 02 năm 2022

KẾ HOẠCH

I. MỤC TIÊU
Mỗi xã có một mô hình.
"""
NAMES_IT = """ỦY BAN NHÂN DÂN
XÃ SỸ BÌNH
Số: 7/KH-UBND
Sỹ Bình, ngày 04 tháng 3 năm 2022

KẾ HOẠCH
Về công tác dân vận

Thực hiện Kế hoạch số 35/KH-UBND ngày 17/02/2022 của UBND huyện Bạch Thông về xây dựng mô hình dân vận khéo.
"""


def test_what_others_say_of_a_report_reaches_its_passages(run: Run, tmp_path: Path, indexed: list[str]) -> None:
    """A plan without a subject gets one from the file that names it, and loses it again with that file."""
    kept, folder = tmp_path / "kho", tmp_path / "files"
    folder.mkdir()

    def title() -> str:
        rows = json.loads(run("--store", kept, "search", "mỗi xã", "--format", "json").stdout)
        return str(rows[0]["title"])

    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    run("--store", kept, "ingest", folder)
    assert not title()
    (folder / "names.txt").write_text(NAMES_IT, encoding="utf-8")
    run("--store", kept, "ingest", folder)
    assert title() == "xây dựng mô hình dân vận khéo"
    run("--store", kept, "remove", "names.txt")
    assert not title()
    assert indexed == ["plan.txt", "names.txt", "plan.txt", "plan.txt"]
    assert len(whole(run("--store", kept, "search", "mỗi xã", "--json"))["hits"]) == 1  # each passage once


@pytest.mark.usefixtures("english")
def test_reindex_says_how_many_passages(run: Run, kept: Path) -> None:
    """Of each report the subject and the one sentence; its letterhead is no passage."""
    assert "Indexed: 4 " in run("--store", kept, "reindex").stderr
    texts = {hit["text"] for hit in whole(run("--store", kept, "search", "loại:BC", "--json"))["hits"]}
    assert texts == {
        "Kết quả công tác dân vận năm 2021",
        *(f"Xã có {number} mô hình dân vận khéo." for number in (1, 2)),
    }


@pytest.mark.usefixtures("english")
def test_where_tantivy_is_not_whoosh_searches_and_that_is_said(
    run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine that has no wheel of tantivy; once it has one, tantivy's index is brought up to date."""
    before = run("--store", kept, "search", "dân vận khéo")
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "search.engines.tantivy", None)
        for words in (("reindex",), ("search", "dân vận khéo"), ("ingest", kept.parent / "files")):
            result = run("--store", kept, *words)
            assert result.exit_code == 0
            assert "searching with Whoosh" in result.stderr
            if words[0] == "search":
                assert result.stdout == before.stdout
        refused = run("--store", kept, "search", "dân vận", "--engine", "tantivy")
        assert refused.exit_code == 2
        assert "not installed here" in refused.stderr
    after = run("--store", kept, "search", "dân vận khéo")
    assert (after.stdout, after.stderr) == (before.stdout, "")


@pytest.mark.usefixtures("english")
def test_the_index_of_either_engine_can_be_built_again(run: Run, kept: Path) -> None:
    before = run("--store", kept, "search", "dân vận khéo", "--engine", "whoosh").stdout
    assert "Indexed: 4 " in run("--store", kept, "reindex", "--engine", "whoosh").stderr
    assert run("--store", kept, "search", "dân vận khéo", "--engine", "whoosh").stdout == before
    refused = run("--store", kept, "reindex", "--engine", "lucene")
    assert (refused.exit_code, "tantivy, whoosh" in refused.stderr) == (2, True)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "is empty"),
        (" \t", "is empty"),
        ("***", "no word to look for"),
        ("dân " * 10_000, "too long (10,000 words)"),
        ('"dân vận', "The rest was understood: dân vận."),
        ("cấp:thôn dân vận", "The rest was understood: dân vận."),
        ("dân\x00\x01 AND", "needs words on both sides"),  # signs nobody sees
    ],
)
@pytest.mark.usefixtures("english")
def test_what_makes_no_sense_is_refused_in_words(ask: Run, query: str, said: str, engine: str) -> None:
    for form in ("table", "json", "csv"):
        result = ask("search", query, "--format", form, "--engine", engine)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_pipe_that_closes_early_is_no_error(sample_store: Path, engine: str, form: str) -> None:
    """As in `thongsuot search … | head -1`."""
    words = ["--store", str(sample_store), "search", "dân vận", "--limit", "100", "--engine", engine, "--format", form]
    command = [sys.executable, "-m", "cli", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


WRITER = """
    import sys
    from pathlib import Path
    import search
    from search.index import SearchPassage
    index = search.engine(sys.argv[1])[0].open(Path(sys.argv[2]))
    for turn in range(1, 9):
        index.remove("moving.txt")
        text = f"dân vận khéo lần thứ {turn}"
        index.add([SearchPassage(f"moving.txt#{n}", "moving.txt", n, (), "paragraph", text) for n in range(turn)])
        index.commit(str(turn))
        print(turn, flush=True)
    index.close()
"""


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_a_reader_is_undisturbed_by_a_writer(name: str, tmp_path: Path) -> None:
    """While another process writes, a reader sees one committed state after the other, each whole."""
    import search
    from search.query import parse

    kind = search.engine(name)[0]
    index = kind.create(tmp_path / "index")
    index.commit("0")
    index.close()
    command = [sys.executable, "-c", textwrap.dedent(WRITER), name, str(tmp_path / "index")]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    reader = kind.open(tmp_path / "index")
    seen = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as writer:
        while writer.poll() is None:
            before = reader.search(parse("dân vận khéo"), 50).hits
            assert before == reader.search(parse("dân vận khéo"), 50).hits  # what was opened stays as it was
            turns = {hit.passage.text.rsplit(maxsplit=1)[-1] for hit in before}
            assert len(before) == (int(turns.pop()) if turns else 0)  # a state is whole: as many as its turn says
            seen.append(len(before))
            reader.refresh()
    assert writer.returncode == 0
    reader.refresh()
    assert len(reader.search(parse("dân vận khéo"), 50).hits) == 8
    assert seen == sorted(seen)
    reader.close()


# ---- why ------------------------------------------------------------------------------------------------------------

EXPLAINED = [
    "dân vận khéo",  # marked words, their pairs
    "dan van",  # without marks
    '"dân vận" khéo',  # a phrase
    "33/CT-TTg",  # a number
    "tuyên* dân~",  # a beginning, a slip of the keys
    "công tác dân vận ở cơ sở được thực hiện như thế nào",  # a question: the second look
]


@pytest.mark.parametrize("query", EXPLAINED)
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_explain_adds_up(ask: Run, query: str, engine: str) -> None:
    hits = whole(ask("search", query, "--explain", "--json", "--engine", engine))["hits"]
    assert hits
    for hit in hits:
        why = hit["why"]
        assert why["score"] == hit["score"]
        assert sum(why["parts"].values()) == pytest.approx(why["score"], abs=0.01)
        assert sum(term["adds"] for term in why["terms"]) == pytest.approx(why["parts"]["words"], abs=0.05)


def test_a_page_past_the_end_is_told(ask: Run) -> None:
    assert "trang này ở sau tài liệu cuối" in " ".join(ask("search", "dân vận", "--page", "900").output.split())
    assert "trang này ở sau tài liệu cuối" not in " ".join(ask("search", "dân vận").output.split())


def test_explain_for_people(ask: Run) -> None:
    shown = " ".join(ask("search", "công tác dân vận ở cơ sở được thực hiện như thế nào", "--explain").stdout.split())
    assert "điểm" in shown
    assert "đứng sát nhau" in shown  # a part of the second look
    assert "cặp từ dan van" in shown


def test_nothing_is_explained_unasked_or_of_an_order_by_date(ask: Run) -> None:
    assert "why" not in whole(ask("search", "dân vận", "--json"))["hits"][0]
    assert "why" not in whole(ask("search", "dân vận", "--explain", "--sort", "date", "--json"))["hits"][0]


NO_POINTS = [
    # query and options, what is said of the order, whether points are shown
    (("dân vận", "--sort", "date"), "Thứ tự là theo ngày", False),
    (("cấp:xã",), "cấp:xã chỉ lọc chứ không cho điểm", False),
    (("dân vận cấp:xã",), "cấp:xã chỉ lọc, không thêm điểm.", True),
    (("dân vận",), "", True),
    (("khongcotunaynhuthe",), "", False),
]


@pytest.mark.parametrize(("words", "said", "points"), NO_POINTS)
def test_explain_says_what_decides_where_points_do_not(
    ask: Run, words: tuple[str, ...], said: str, points: bool
) -> None:
    found = ask("search", *words, "--explain")
    assert said in " ".join(found.stderr.split())
    assert bool(said) == any(word in found.stderr for word in ("chỉ lọc", "Thứ tự"))
    assert ("điểm" in found.stdout and "từ và số hiệu" in found.stdout) is points
