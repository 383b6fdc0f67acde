"""The benchmark against editors' relations: what counts as findable, found and typed right."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1])]  # the measurement is no part of the installed program

from benchmarks.luocdo import by_relation, counts, find, judged, tolerant  # noqa: E402

TEXT = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: 15/2025/QĐ-UBND

Nghệ An, ngày 12 tháng 4 năm 2025

QUYẾT ĐỊNH
Quy định phân cấp quản lý đường

Căn cứ Nghị định số 42/2025/NĐ-CP ngày 27/02/2025 của Chính phủ;

Điều 2. Quyết định này thay thế Quyết định số 07/2019/QĐ-UBND.

Điều 3. Các sở thực hiện theo Nghị quyết số 9/NQ-HĐND.

Văn bản liên quan

Thông tư 5/2024/TT-BGTVT
"""

# the editors' relation, its target; findable, listed only, found, typed right
TARGETS = [
    ("based_on", "42/2025/NĐ-CP", (True, False, True, True)),
    ("replaces", "7/2019/QĐ-UBND", (True, False, True, True)),  # the editors drop the zero
    ("amends", "07/2019/QĐ-UBND", (True, False, True, True)),  # one relation of ours for both
    ("cites", "9/NQ-HĐND", (True, False, True, True)),
    ("based_on", "9/NQ-HĐND", (True, False, True, False)),  # named, but no ground
    ("based_on", "72/2025/QH15", (False, False, False, False)),  # a law that the text does not number
    ("based_on", "5/2024/TT-BGTVT", (True, True, True, False)),  # only below the document
]


@pytest.mark.parametrize(("relation", "target", "found"), TARGETS)
def test_judged(relation: str, target: str, found: tuple[bool, ...]) -> None:
    row = {"number": "15/2025/QĐ-UBND", "text": TEXT, "relations": [{"relation": relation, "target": target}]}
    (judgement,) = judged(row)
    assert (judgement.findable, judgement.listed, judgement.found, judgement.typed) == found


@pytest.mark.parametrize(
    ("text", "number", "stands"),
    [
        ("Số: 3173/OĐ-BYT", "3173/QĐ-BYT", True),  # O for Q
        ("số 118/2025/NĐ- CP", "118/2025/NĐ-CP", True),
        ("số 07/2021/TT-BNV", "7/2021/TT-BNV", True),
        ("Nghị định 118/2025/ND-CP", "118/2025/NĐ-CP", True),
        ("số 1118/2025/NĐ-CP", "118/2025/NĐ-CP", False),  # another number
        ("số 118/2025/NĐ-CPX", "118/2025/NĐ-CP", False),
    ],
)
def test_find(text: str, number: str, stands: bool) -> None:
    assert (find(tolerant(text), number) is not None) == stands


def test_counts() -> None:
    relations = [{"relation": relation, "target": target} for relation, target, _ in TARGETS]
    table = {
        name: counts(group)
        for name, group in by_relation(list(judged({"number": "1", "text": TEXT, "relations": relations})))
    }
    assert table["based_on"] == {"targets": 4, "findable": 3, "lost": 1, "listed": 1, "found": 3, "typed right": 1}
    assert table["all"]["typed right"] == 4
