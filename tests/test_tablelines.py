"""Tables that lost their bars are rows again, and what is no table stays as it is."""

from __future__ import annotations

import pytest

from ingest.pipeline import extract_text
from ingest.read import parse
from tests.extracts import deeds

TOP = """ỦY BAN NHÂN DÂN
TỈNH PHÚ THỌ

Số: 12/BC-UBND

Phú Thọ, ngày 5 tháng 9 năm 2025

BÁO CÁO
Kết quả thực hiện Chỉ thị số 33/CT-TTg

"""

# the lines, the rows
TABLES = [
    # the cells of Word's table one below the other: the numbers tell where rows begin
    (
        "TT\nĐơn vị\nKế hoạch\nNgày\n1\nUBND xã A\n12/KH-UBND\n18/7/2025\n2\nUBND xã B\n09/KH-UBND\n16/7/2025\n\nHết.",
        ["TT | Đơn vị | Kế hoạch | Ngày", "1 | UBND xã A | 12/KH-UBND | 18/7/2025",
         "2 | UBND xã B | 09/KH-UBND | 16/7/2025"],
    ),
    # a cell may be empty, or take two lines
    (
        "STT\nĐơn vị\nVăn bản\n1\nUBND xã A\n2\nUBND xã B\n09/KH-UBND\nvà 10/KH-UBND\n3\nUBND xã C\n11/KH-UBND",
        ["STT | Đơn vị | Văn bản", "1 | UBND xã A",
         "2 | UBND xã B | 09/KH-UBND | và 10/KH-UBND", "3 | UBND xã C | 11/KH-UBND"],
    ),
    # the cells of a row on one line
    (
        "STT Đơn vị Văn bản Ngày\n01 UBND xã A Kế hoạch số 5/KH-UBND về thi đua 2/8/2025\n02 UBND xã B Chưa ban hành",
        ["STT Đơn vị Văn bản Ngày",
         "01 | UBND xã A | Kế hoạch số 5/KH-UBND về thi đua | 2/8/2025", "02 | UBND xã B Chưa ban hành"],
    ),
    # columns kept apart by blanks
    (
        "Xã A   KH số 12/KH-UBND   25/7/2025\nXã B   KH số 03/KH-UBND   01/8/2025",
        ["Xã A | KH số 12/KH-UBND | 25/7/2025", "Xã B | KH số 03/KH-UBND | 01/8/2025"],
    ),
    # one such line is none, nor is a list that nothing counts
    ("Xã A   KH số 12/KH-UBND   25/7/2025", []),
    ("1. Xã A: 12/KH-UBND.\n2. Xã B: 13/KH-UBND.", []),
    # a title alone makes no table
    ("STT\nĐơn vị\nCác xã báo cáo.", []),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "rows"), TABLES)
def test_rows(lines: str, rows: list[str]) -> None:
    text = parse(f"{TOP}Các xã đã ban hành:\n\n{lines}\n")
    assert [text.content[b.start : b.end] for b in text.blocks if b.kind == "row"] == rows


# a row of a table "TT | Đơn vị | Văn bản | Ngày | Nội dung"; documents and days; what the unit did
ROWS = [
    # the day in its own cell is that of the plan, not of what the plan carries out
    (
        "1 | UBND xã Tân Sơn | Kế hoạch số 52/KH-UBND thực hiện Kế hoạch số 118/KH-UBND | 22/8/2025 | -",
        {"52/KH-UBND": "2025-08-22", "118/KH-UBND": None},
        {("issued", "52/KH-UBND"), ("implemented", "118/KH-UBND")},
    ),
    # nor does the unit issue what its plan carries out by another cell
    (
        "1 | UBND xã Tân Sơn | 52/KH-UBND | 22/8/2025 | Thực hiện Kế hoạch số 118/KH-UBND",
        {"52/KH-UBND": "2025-08-22", "118/KH-UBND": None},
        {("issued", "52/KH-UBND"), ("implemented", "118/KH-UBND")},
    ),
    # two documents of one cell: the day is the first's
    (
        "1 | UBND xã Tân Sơn | 52/KH-UBND và 60/KH-UBND | 22/8/2025 | -",
        {"52/KH-UBND": "2025-08-22", "60/KH-UBND": None},
        {("issued", "52/KH-UBND"), ("issued", "60/KH-UBND")},
    ),
]


@pytest.mark.parametrize(("row", "days", "done"), ROWS)
def test_a_row_tells_of_its_own_document(row: str, days: dict[str, str | None], done: set[tuple[str, str]]) -> None:
    titles = "TT | Đơn vị | Văn bản | Ngày | Nội dung"
    found = extract_text(parse(f"{TOP}Các xã đã ban hành:\n\n| {titles} |\n| {row} |\n"), "bao-cao.md")
    assert {claim.full: claim.date for claim in found.documents if claim.full in days} == days
    unit = "Ủy ban nhân dân xã Tân Sơn, tỉnh Phú Thọ"
    assert {(action, document) for who, action, document in deeds(found) if who == unit} == done
