"""A sentence that is shown proves something: it says who does what, not only which document there is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import run_command

from kg.proofs import is_bare, mark_of

CLIPS = [
    ("Nghị quyết số 25-NQ/TW", False, True),
    ("Nghị quyết số 25-NQ/TW", True, True),
    ("nghị quyết 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương", False, True),
    # a verb stands before it
    ("Thực hiện Nghị quyết số 25-NQ/TW", False, False),
    # who carries out what, as another file says; in its own file a plan does not begin with the plan above it
    ("Kế hoạch số 97-KH/TU của Thành ủy về thực hiện Nghị quyết số 25-NQ/TW", False, False),
    ("Kế hoạch số 97-KH/TU của Thành ủy về thực hiện Nghị quyết số 25-NQ/TW", True, True),
]


@pytest.mark.parametrize(("text", "own", "expected"), CLIPS)
def test_a_citation_alone_is_no_proof(text: str, own: bool, expected: bool) -> None:
    assert is_bare(text, own) == expected


MARKS = [
    ("đạt kết quả tốt⁹. Rồi sau đó.\n\n⁹ |Thực hiện", "⁹. Rồi"),
    ("bậc² và tốt¹². Rồi⁴.\n\n² |Thực hiện", "² và"),  # not a part of another number
    ("đạt kết quả² trên 25 m² đất.\n\n² |Thực hiện", "² trên"),  # a square metre is none
    ("đạt kết quả [3]. Rồi.\n[3] |Thực hiện", " [3]. Rồi"),
    ("công tác dân vận1. Rồi 1 việc.\n1 |Kế hoạch", "1. Rồi"),
    ("đạt kết quả tốt. Rồi.\n\n⁹ |Thực hiện", None),
    ("đạt kết quả tốt⁹.\n\nthực |hiện", None),  # the rest of a note, after a page
]


@pytest.mark.parametrize(("text", "expected"), MARKS)
def test_the_mark_of_a_note(text: str, expected: str | None) -> None:
    note = text.index("|")
    words = text.replace("|", "")
    mark = mark_of(words, note)
    if expected is None:
        assert mark is None
    else:
        assert mark is not None
        assert words[mark:].startswith(expected)


PLAN = """ĐẢNG BỘ THÀNH PHỐ BẮC KẠN
ĐẢNG ỦY PHƯỜNG ĐỨC XUÂN
Số: 05-KH/ĐU
Đức Xuân, ngày 10 tháng 9 năm 2013

KẾ HOẠCH
Tăng cường công tác dân vận trên địa bàn phường

Thực hiện Kế hoạch số 97-KH/TU ngày 23/8/2013 của Thành ủy Bắc Kạn về công tác dân vận; Nghị quyết số 25-NQ/TW ngày \
03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI, Đảng ủy phường ban hành kế hoạch như sau:

1. Mục đích, yêu cầu.
"""
NOTED = """TỈNH ỦY BẮC KẠN
THÀNH ỦY BẮC KẠN
Số: 412-BC/TU
Bắc Kạn, ngày 12 tháng 5 năm 2023

BÁO CÁO
Kết quả công tác dân vận

1. Lực lượng vũ trang.

Đảng ủy Quân sự thành phố tổ chức quán triệt các nghị quyết tới cán bộ, chiến sĩ. Hội thi đạt kết quả tốt⁹. Làm tốt \
công tác bảo đảm an ninh.

⁹ Thực hiện Nghị quyết 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI. Hội thi có 20 thí sinh.
"""


def who(folder: Path, text: str) -> list[dict[str, Any]]:
    """Return the answer to `who 25-NQ/TW` of a store of one file."""
    (folder / "a.txt").write_text(text, encoding="utf-8")
    store = folder / "store"
    assert run_command("--store", store, "ingest", "-q", folder / "a.txt").exit_code == 0
    found: list[dict[str, Any]] = json.loads(
        run_command("--store", store, "who", "25-NQ/TW", "--format", "json").stdout
    )
    return found


def test_the_second_of_a_list_is_shown_with_its_verb(tmp_path: Path) -> None:
    lines = who(tmp_path, PLAN)
    (line,) = [line for line in lines if (line["document"] or "").endswith("05-KH/ĐU")]
    assert line["evidence"]
    for item in line["evidence"]:
        assert item["text"].startswith("Thực hiện Kế hoạch số 97-KH/TU")
        assert " ".join(PLAN[item["start"] : item["end"]].split()) == item["text"]
    assert any("Nghị quyết số 25-NQ/TW" in item["text"] for item in line["evidence"])


def test_a_footnote_is_shown_with_what_carries_it(tmp_path: Path) -> None:
    (line,) = [line for line in who(tmp_path, NOTED) if "Quân sự" in line["unit"]]
    texts = [item["text"] for item in line["evidence"]]
    assert texts[0].startswith("Thực hiện Nghị quyết 25-NQ/TW")
    assert texts[1].startswith("Đảng ủy Quân sự thành phố tổ chức quán triệt")
    assert texts[2] == "Hội thi đạt kết quả tốt⁹."
