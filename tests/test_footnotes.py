"""Footnotes: told from other numbers, lifted out, and the sentences around them whole again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import parse
from ingest.text import Text


def body(text: Text) -> list[str]:
    return [text.content[block.start : block.end] for block in text.blocks if block.kind != "note"]


def notes(text: Text) -> list[tuple[str | None, str, str]]:
    """Return each note: its mark, the word before its anchor, its words."""
    return [
        (
            block.mark,
            "" if block.anchor is None else text.content[: block.anchor].split()[-1],
            text.content[block.start : block.end],
        )
        for block in text.blocks
        if block.kind == "note"
    ]


NOTE = "Kế hoạch số 5/KH-UBND."
FORMS = [
    # how marks are written, in the text and before the note
    ("dân vận¹.", "¹ "),
    ("dân vận¹.", "¹"),
    ("dân vận ⁽¹⁾.", "⁽¹⁾ "),
    ("dân vận^[1].", "^[1] "),
    ("dân vận[^1].", "[^1]: "),
    ("dân vận<sup>1</sup>.", "<sup>1</sup> "),
    ("dân vận<sup>(1)</sup>.", "¹"),
    ("dân vận(1).", "(1) "),
    ("dân vận (1).", "1 - "),
    ("dân vận[1].", "[1] "),
    ("dân vận$^{1}$.", "$^{1}$ "),
    # raised digits that came out plain
    ("dân vận1.", "1 "),
]


@pytest.mark.parametrize(("called", "lead"), FORMS)
def test_forms_of_marks(called: str, lead: str) -> None:
    text = parse(f"Huyện thực hiện {called}\n\n{lead}{NOTE}\n\nSau đó.")
    assert body(text) == ["Huyện thực hiện dân vận.", "Sau đó."]
    assert notes(text) == [("1", "vận", NOTE)]


def test_numbers_of_two_digits() -> None:
    source = "".join(f"Việc thứ nhất{n}. " for n in ("⁹", "¹⁰")) + "\n\n⁹ Chín.\n\n¹⁰Mười."
    assert [(mark, words) for mark, _, words in notes(parse(source))] == [("9", "Chín."), ("10", "Mười.")]


NO_NOTES = [
    # units, powers, dates
    "Diện tích 28,75 km², rừng 48.682m² đất, 10² ha (03/2/1930).\n\n2 xã",
    # a list is no note, and its numbers in running text are no marks
    "Nội dung: (1) lúa; (2) ngô.\n\n(1) Lúa tốt.\n\n(2) Ngô tốt.",
    "Công tác năm 2023.\n\n1. Về kinh tế\n\n1.1. Trồng trọt",
    # a bare number before lower case
    "Toàn huyện có dân vận2.\n\n2 xã, thị trấn",
    # a table with numbered columns
    "| (1) | (2) |\n| Lúa(1) | 5 |",
]


@pytest.mark.parametrize("source", NO_NOTES)
def test_no_notes(source: str) -> None:
    assert notes(parse(source)) == []


SPLIT = [
    # a note splits a sentence, even a citation
    (
        "Thường xuyên phổ biến các văn bản¹ và nội dung của Kết\n\n¹ Kế hoạch.\n\nluận số 114-KL/TW của Ban Bí thư.",
        ["Thường xuyên phổ biến các văn bản và nội dung của Kết luận số 114-KL/TW của Ban Bí thư."],
        ["Kế hoạch."],
    ),
    # the note runs on at the foot of the next page, before the body does
    (
        "Huyện ban hành văn bản¹ để tổ chức thực hiện.\n\n¹ Chương trình số 3 của huyện về nâng\n\n"
        "Công tác tuyên truyền được các phòng chuyên môn quan tâm theo hướng\n\n"
        "cao năng lực lãnh đạo của Đảng.\n\ndân chủ, minh bạch.",
        [
            "Huyện ban hành văn bản để tổ chức thực hiện.",
            "Công tác tuyên truyền được các phòng chuyên môn quan tâm theo hướng dân chủ, minh bạch.",
        ],
        ["Chương trình số 3 của huyện về nâng cao năng lực lãnh đạo của Đảng."],
    ),
    # both break off: right after the note the body goes on, the note later
    (
        "Huyện ban hành các văn bản¹ và chỉ đạo các xã tập trung\n\n¹ Kế hoạch số 3 về tăng\n\n"
        "thực hiện nhiệm vụ.\n\nXã đã làm tốt.\n\ncường lãnh đạo.",
        ["Huyện ban hành các văn bản và chỉ đạo các xã tập trung thực hiện nhiệm vụ.", "Xã đã làm tốt."],
        ["Kế hoạch số 3 về tăng cường lãnh đạo."],
    ),
    # words that stand together elsewhere tell whose the rest is
    (
        "Nhằm nâng cao đời sống, huyện có văn bản¹ cụ thể.\n\n¹ Đề án nâng\n\n"
        "Các xã, thị trấn trên địa bàn đã chỉ đạo các thôn, tổ\n\ncao thu nhập.\n\nNăm sau làm tiếp.",
        [
            "Nhằm nâng cao đời sống, huyện có văn bản cụ thể.",
            "Các xã, thị trấn trên địa bàn đã chỉ đạo các thôn, tổ",
            "Năm sau làm tiếp.",
        ],
        ["Đề án nâng cao thu nhập."],
    ),
    # the lines right under a note are its own
    (
        "Trồng rau đạt kế hoạch(1);\n\n1 - Rau: 101 ha.\n- Ngô: 40 ha.\n\n- Cây lúa: 5 ha.",
        ["Trồng rau đạt kế hoạch;", "Cây lúa: 5 ha."],
        ["Rau: 101 ha.", "Ngô: 40 ha."],
    ),
    # numbering that starts again on each page
    ("Một¹.\n\n¹ A một.\n\nHai¹.\n\n¹ B hai.", ["Một.", "Hai."], ["A một.", "B hai."]),
]


@pytest.mark.parametrize(("source", "whole", "lifted"), SPLIT)
def test_split_sentences(source: str, whole: list[str], lifted: list[str]) -> None:
    text = parse(source)
    assert body(text) == whole
    assert [words for _, _, words in notes(text)] == lifted
    assert all(before for _, before, _ in notes(text))  # every anchor was found


def test_notes_stand_after_the_block_of_their_mark() -> None:
    text = parse("Một¹ hai².\n\nBa³.\n\n¹ A.\n\n² B.\n\n³ C.")
    assert text.content.split("\n") == ["Một hai.", "A.", "B.", "Ba.", "C."]
    assert [block.anchor for block in text.blocks if block.mark] == [3, 7, text.content.index("Ba") + 2]


def test_span_over_a_lifted_note_is_its_longest_part() -> None:
    source = "Tổ chức phổ biến các văn bản¹ và toàn bộ nội dung của Kết\n\n¹ Kế hoạch.\n\nluận số 114-KL/TW."
    text = parse(source)
    start = text.content.index("Kết luận số 114-KL/TW")
    first, last = text.span(start, start + len("Kết luận số 114-KL/TW"))
    assert source[first:last] == "luận số 114-KL/TW"


HTML = [
    # pandoc, mammoth, Word
    '<p>dân vận<a href="#fn1" id="fnref1"><sup>1</sup></a>.</p><ol><li id="fn1"><p>{}<a href="#fnref1">↩</a></p></ol>',
    '<p>dân vận<sup><a href="#footnote-1">[1]</a></sup>.</p><ol><li id="footnote-1"><p> {} '
    '<a href="#footnote-ref-1">↑</a></p></li></ol>',
    '<p>dân vận<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>.</p>'
    '<div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> {}</p></div>',
]


@pytest.mark.parametrize("page", HTML)
def test_notes_of_html(page: str) -> None:
    text = parse(page.format(NOTE), "html")
    assert body(text) == ["dân vận."]
    assert notes(text) == [("1", "vận", NOTE)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"]), min_size=1, max_size=8), st.booleans())
def test_any_notes_find_their_marks(words: list[str], at_end: bool) -> None:
    """Whether each note stands under its paragraph or all at the end, each hangs on its own word."""
    paragraphs = [f"Việc {word}[^{number}] xong." for number, word in enumerate(words, 1)]
    lifted = [f"[^{number}]: Về {word}." for number, word in enumerate(words, 1)]
    pairs = (
        [*paragraphs, *lifted] if at_end else [each for pair in zip(paragraphs, lifted, strict=True) for each in pair]
    )
    text = parse("\n\n".join(pairs))
    assert notes(text) == [(str(number), word, f"Về {word}.") for number, word in enumerate(words, 1)]
    assert body(text) == [f"Việc {word} xong." for word in words]
