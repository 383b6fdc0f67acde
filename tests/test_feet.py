"""Notes at the foot of pages that are words with their places, as a PDF has them."""

from __future__ import annotations

import pytest

from ingest.readers.pages import flow_of
from ingest.readers.sheet import Rule, Sheet, Word

FIRST = ["Thuc hien nghi quyet cua huyen uy ve cong tac dan van,", "dien tich cay trong vu dong dat 101 phan tram¹."]
SECOND = ["Cong tac tai chinh va ngan sach cua huyen trong quy I,", "thu ngan sach dat 33 phan tram ke hoach nam²."]
THIRD = ["Cong tac van hoa va the thao duoc quan tam chi dao,", "to chuc nhieu hoat dong mung Dang va mung xuan."]
LEEKS = ["¹ Rau cac loai dat 101 ha, nang suat uoc dat 130 ta tren mot ha, gia ban trung binh 20 nghin", "dong."]
YAMS = ["Khoai lang thuc hien 40 ha, dat tat ca ke hoach cua nam, nang suat 67 ta tren mot ha, san luong", "268 tan."]


def sheet(body: list[str], foot: list[str]) -> Sheet:
    """Return a page: lines of the body, and in smaller letters below a short rule those of its notes."""
    words = [*placed(body, 13.0, 100.0), *placed(foot, 10.0, 600.0)]
    return Sheet(words, [Rule(57.0, 585.0, 177.0, 585.5)] if foot else [])


def placed(lines: list[str], size: float, top: float) -> list[Word]:
    """Return the words of lines one below the other."""
    found = []
    for index, line in enumerate(lines):
        left = 57.0
        for text in line.split():
            right = left + 0.45 * size * len(text)
            found.append(Word(text, left, right, top + 1.3 * size * index, size))
            left = right + 0.3 * size
    return found


@pytest.mark.parametrize(
    ("feet", "order"),
    [
        # paragraphs of a note at the foot of the next page stand with the note, not after that page's text
        ([[*LEEKS, "Ngo dong dat 40 ha."], [*YAMS, "Bi do dat 7 ha."]], "F¹NKBS"),
        # the same before a new note begins there
        ([[*LEEKS, "Ngo dong dat 40 ha."], [*YAMS, "² Thu quy I."]], "F¹NKS²"),
        # it may take more than one page
        ([LEEKS, YAMS, ["Bi do dat 7 ha."]], "F¹KBSC"),
        # each page's own notes stand with its text
        ([["¹ Rau cac loai."], ["² Thu quy I."]], "F¹S²"),
    ],
)
def test_notes_that_run_over(feet: list[list[str]], order: str) -> None:
    flow, _ = flow_of([sheet(body, foot) for body, foot in zip((FIRST, SECOND, THIRD), feet, strict=False)])
    initials = {"Thuc": "F", "Cong tac tai": "S", "Cong tac van": "C", "Rau": "¹", "Thu": "²"}
    lines = [(line.text.text, line.note) for line in flow.lines]
    told = [next((sign for words, sign in initials.items() if text.startswith(words)), text[0]) for text, _ in lines]
    assert "".join(told) == order
