"""What of a document is only form, and is no answer to any query."""

from __future__ import annotations

import pytest

from kg.model import Document, Extraction, Header, Passage
from search.engines.tantivy import TantivyEngine
from search.index import make_passages
from search.letterhead import letterhead
from search.query import parse

LETTERHEADS = [
    # the lines of a document's top; those with "-" before them are form
    """-ỦY BAN NHÂN DÂN
-XÃ SỸ BÌNH
-CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
-Độc lập - Tự do - Hạnh phúc
-Số: 35/KH-UBND
-Sỹ Bình, ngày 17 tháng 02 năm 2022
-KẾ HOẠCH
Triển khai Chỉ thị số 33/CT-TTg""",
    # the older place of the tone, other dashes, all in one line; a number still to be given
    """-CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc
-Số:     /BC-UBND""",
    # two columns read as the rows of a table
    """-ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
-XÃ X | Độc lập - Tự do - Hạnh phúc
-* | Thái Nguyên, ngày 16 tháng 01 năm 2023""",
    # a letter of the Party: the issuer beside the rule, no day yet; the subject stays
    """-TỈNH ỦY -----------
-Số 14-CV/TU
V/v kiểm tra
-ĐẢNG CỘNG SẢN VIỆT NAM
-Bắc Kạn, ngày tháng năm""",
    # a subject in capitals stands below the day, and stays
    """-UBND XÃ X
-X Y, ngày 01 tháng 02 năm 2023
-BÁO CÁO
KẾT QUẢ DÂN VẬN""",
    # without a letterhead capitals are what is said; so is a sentence that holds a number or a day
    """CHƯƠNG TRÌNH HỌP
Số hộ nghèo giảm còn 12%
Số 5/BC-UBND nêu rõ: dân đồng tình, việc chạy
Bạch Thông, ngày 17 tháng 02 năm 2022 có mưa lớn
Hà Nội, ngày hội lớn, tháng vui, năm mới""",
    # nothing that can be read
    """-- - -
-* * *
Dân vận""",
]


@pytest.mark.parametrize("top", LETTERHEADS)
def test_what_is_only_form(top: str) -> None:
    lines = top.split("\n")
    passages = [Passage((), "paragraph", line.removeprefix("-"), 0, 0) for line in lines]
    form = letterhead(passages)
    assert [line for place, line in enumerate(lines) if place in form] == [one for one in lines if one[0] == "-"]


def test_a_line_in_capitals_under_a_heading_is_said() -> None:
    passages = [
        Passage(("I. HỌP",), "paragraph", "ỦY BAN NHÂN DÂN", 0, 0),
        Passage(("I. HỌP",), "paragraph", "Số: 35/KH-UBND", 0, 0),
    ]
    assert letterhead(passages) == {1}


@pytest.mark.parametrize("query", ["35/KH-UBND", "kế hoạch 35", "kh35"])
def test_the_first_passage_is_found_by_the_number_of_its_report(
    tmp_path_factory: pytest.TempPathFactory, query: str
) -> None:
    """The line with the number is gone, and yet the report answers to its number."""
    lines = ["Số: 35/KH-UBND", "KẾ HOẠCH", "Triển khai việc dân vận", "Mỗi xã một mô hình."]
    passages = tuple(Passage((), "paragraph", line, 0, 0) for line in lines)
    said = Extraction("a.txt", "0", Header(type="kế hoạch"), "plan", "", passages=passages)
    plan = Document("kh-35", "plan", "kế hoạch", full="35/KH-UBND")
    made = list(make_passages("a.txt", said, plan))
    assert [(one.ordinal, one.opens) for one in made] == [(2, True), (3, False)]
    index = TantivyEngine.create(tmp_path_factory.mktemp("own") / "index")
    index.add(made)
    index.commit("1")
    assert [hit.passage.ordinal for hit in index.search(parse(query)).hits] == [2]
    index.close()
