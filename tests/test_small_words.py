"""What answers say beside the facts: that nothing was to be found, what had no effect, where a question is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import run_command

from kg.language import phrase, speaking

WITHIN = ("33/CT-TTg", "--within", "huyện Bạch Thông", "--level", "tỉnh")

SAID = [
    # no province lies in a district: nobody could be found
    (("who", *WITHIN, "--missing"), 0, "không có đơn vị cấp tỉnh nào"),
    (("summary", *WITHIN), 0, "không có đơn vị cấp tỉnh nào"),
    (("--lang", "en", "who", *WITHIN, "--missing"), 0, "There is no unit of the level province"),
    # more places than are listed
    (("who", "33/CT-TTg", "--within", "Tân Lập"), 2, "; …. Hãy thêm"),
    # the parser speaks English
    (("sparql", "SELECT ?x { ?x "), 2, "không đúng cú pháp SPARQL, ở dòng 1, cột 16 ("),
    (("sparql", "--engine", "rdflib", "SELECT ?x {\n ?x "), 2, "không đúng cú pháp SPARQL, ở dòng 2, cột"),
    (("sparql", "ASK { ?x eli:id_local ?y }"), 0, "Trả lời\ncó"),
    (("sparql", "SELECT ?answer { ?answer eli:id_local ?y } LIMIT 1"), 0, "answer\n"),
    # what is for pictures alone
    (("lineage", "33/CT-TTg", "--missing"), 0, "--missing chỉ có tác dụng với sơ đồ"),
    (("lineage", "33/CT-TTg", "--view", "time"), 0, "--view time chỉ có tác dụng với sơ đồ"),
    # two forms at once
    (("lineage", "33/CT-TTg", "--json", "--csv"), 2, "--json, --csv: mỗi lần chỉ một dạng"),
    (("lineage", "33/CT-TTg", "--json", "--format", "dot"), 2, "--json, --format dot: mỗi lần chỉ một dạng"),
    (("lineage", "33/CT-TTg", "--json", "--format", "json"), 0, '"documents"'),
    (("matrix", "18-CT/TW", "33/CT-TTg", "--within", "huyện Bạch Thông"), 0, "huyện Bạch Thông"),  # as its help says
]


@pytest.mark.parametrize(("words", "code", "said"), SAID)
def test_what_is_said(ask: Callable[..., Result], words: tuple[str, ...], code: int, said: str) -> None:
    result = ask(*words)
    assert result.exit_code == code, result.output
    assert said in result.stdout + result.stderr


@pytest.mark.parametrize("key", ["more documents", "more sentences", "more conflicts"])
def test_one_more_is_no_plural(key: str) -> None:
    with speaking("en"):
        assert not phrase(key, n=1).endswith("s")
        assert phrase(key, n=2).endswith("s")


@pytest.mark.parametrize("words", [("summary", "33/CT-TTg"), ("export",), ("lineage", "33/CT-TTg")])
def test_a_folder_that_is_not_there_is_named(sample_store: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run_command("--store", sample_store, *words, "-o", tmp_path / "không có" / "x")
    assert result.exit_code == 1
    assert "không tồn tại; hãy tạo thư mục trước" in result.stderr
