"""Reading: files to sources, sources to clean text whose every character knows its place."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.read import parse, read_text
from ingest.readers.limits import Limits
from ingest.text import Text
from kg.model import ReadError


def texts(text: Text, *kinds: str) -> list[str]:
    """Return the words of each block (of these kinds)."""
    return [text.content[block.start : block.end] for block in text.blocks if not kinds or block.kind in kinds]


# ---- files ----------------------------------------------------------------------------------------------------------

FILES = [
    # plain UTF-8
    ("a.txt", "Nghị quyết".encode(), "Nghị quyết"),
    # a byte order mark stays in the source, where it counts as a character, and leaves the content
    ("a.txt", "\ufeffNghị quyết".encode(), "Nghị quyết"),
    # UTF-16 of Notepad
    ("a.txt", "Nghị quyết".encode("utf-16"), "Nghị quyết"),
    ("a.txt", "Nghị quyết".encode("utf-32"), "Nghị quyết"),
    # HTML saved as .txt is told by its content
    ("a.txt", b"<!DOCTYPE html><html><body><p>Ch&#7881; th&#7883;</p></body></html>", "Chỉ thị"),
    # HTML by its name
    ("a.htm", b"<p>Ch&#7881; th&#7883;", "Chỉ thị"),
    # the number of a letter that goes on for ever
    ("a.htm", b"<html><body><p>a \xc3\xa0 &#" + b"9" * 9_000 + b";", "a à &#" + "9" * 9_000 + ";"),
    # Markdown
    ("a.md", "## Chỉ thị".encode(), "Chỉ thị"),
    # the same in UTF-16 without a mark, and in the encoding that the page says it has
    ("a.doc", "<html><body><p>Ch&#7881; th\u1ecb".encode("utf-16-le"), "Chỉ thị"),
    ("a.doc", b'<html><meta charset="windows-1258"><body><p>Ch\xfa thi\xf2 25', "Chú thị 25"),
    # cut off in the middle of a letter
    (
        "a.txt",
        "Thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương Đảng về dân vận".encode() + b"\xe1",
        "Thực hiện Nghị quyết số 25-NQ/TW của Ban Chấp hành Trung ương Đảng về dân vận\ufffd",
    ),
    # an unknown name, but text
    ("a.log", "Chỉ thị".encode(), "Chỉ thị"),
]


@pytest.mark.parametrize(("name", "data", "content"), FILES)
def test_read_text(tmp_path: Path, name: str, data: bytes, content: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert read_text(path).content == content


def test_source_is_the_file_as_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffSố 5\r\nngày".encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert read_text(path).source == file.read()


BAD = [
    # nothing in it
    ("a.txt", b"", "empty"),
    ("a.txt", b" \r\n\t", "empty"),
    # other formats are named, and what is read
    ("a.pdf", b"%PDF-1.7 ...", "damaged PDF.*anew"),
    ("a.txt", b"PK\x03\x04....", "damaged Word"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", "Office file"),
    ("a.txt", b"abc\x00def", "binary"),
    # what cannot surely be told is refused, never guessed: three words are needed for an old encoding
    ("a.txt", "B¸o c¸o".encode("latin-1"), "UTF-8.*TCVN3.*convert"),
    ("a.txt", b"\xff\xfea", "not in UTF-8|UTF-16|convert"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD)
def test_bad_file(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message) as caught:
        read_text(path)
    assert name in str(caught.value)


def test_missing_folder_and_too_large(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="folder"):
        read_text(tmp_path)
    (tmp_path / "a.txt").write_text("abcdef", encoding="utf-8")
    with pytest.raises(ReadError, match="MB"):
        read_text(tmp_path / "a.txt", Limits(file=5))


# ---- lines and paragraphs -------------------------------------------------------------------------------------------

PARAGRAPHS = [
    # a blank line parts paragraphs
    ("Một huyện.\n\nHai xã.", ["Một huyện.", "Hai xã."]),
    # a line break inside a citation is soft
    ("thực hiện Nghị\nquyết số 25-NQ/TW", ["thực hiện Nghị quyết số 25-NQ/TW"]),
    # a hyphen at the line's end inside a symbol stays, without a blank
    ("Văn bản số 177/UBND-\nNV ngày 08/02/2023", ["Văn bản số 177/UBND-NV ngày 08/02/2023"]),
    ("Nghị quyết 25-NQ/\nTW", ["Nghị quyết 25-NQ/TW"]),
    # the number of a term or year is no heading
    ("Ban Chấp hành khóa\nXI. Qua đó", ["Ban Chấp hành khóa XI. Qua đó"]),
    ("giai đoạn 2021\n- 2025", ["giai đoạn 2021 - 2025"]),
    # the subject under the type is one sentence, also after a semicolon
    (
        "KẾ HOẠCH\nThực hiện Chỉ thị số 33/CT-TTg\nngày 26 tháng 11 năm 2021",
        ["KẾ HOẠCH", "Thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021"],
    ),
    ("BÁO CÁO\nKết quả năm 2023;\nNhiệm vụ năm 2024", ["BÁO CÁO", "Kết quả năm 2023; Nhiệm vụ năm 2024"]),
    # each line of the letterhead and of the signature is its own
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n______\nSố: /BC-UBND", 3),
    ("**TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH**\n\nNguyễn Văn A", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A"]),
    # bullets go, their lines stay apart; double bullets of a converter
    ("Nơi nhận:\n- Sở Nội vụ;\n-Phòng Nội vụ;\n- + Lưu: VT.", ["Nơi nhận:", "Sở Nội vụ;", "Phòng Nội vụ;", "Lưu: VT."]),
    # a page break in the middle of a sentence, with and without a page number
    (
        "Điều chỉnh mức trợ cấp xã hội hàng tháng cho 08 người đang\n\nhưởng trợ cấp.",
        ["Điều chỉnh mức trợ cấp xã hội hàng tháng cho 08 người đang hưởng trợ cấp."],
    ),
    (
        "Điều chỉnh mức trợ cấp xã hội hàng tháng theo Kế hoạch của\n\f2\n\nUBND tỉnh.",
        ["Điều chỉnh mức trợ cấp xã hội hàng tháng theo Kế hoạch của UBND tỉnh."],
    ),
    # also before a capital, where a page number stands between and the line is full
    (
        "Bãi bỏ Quyết định số 30/2019/QĐ-UBND ngày 23 tháng 8 năm 2019 của UBND tỉnh\n\n2\n\nCà Mau.",
        ["Bãi bỏ Quyết định số 30/2019/QĐ-UBND ngày 23 tháng 8 năm 2019 của UBND tỉnh Cà Mau."],
    ),
    ("Danh sách các đơn vị đã nộp báo cáo quý\n\n2\n\nCà Mau.", 2),
    # a finished sentence is not joined to a line in lower case
    ("Công tác tuyên truyền được các cấp, các ngành quan tâm thực hiện.\n\nđất ở", 2),
    # Windows line ends
    ("Một.\r\n\r\nHai\r\nba", ["Một.", "Hai ba"]),
    # table rows
    ("| STT | Tên |\n|---|:-:|\n| 1 | Lúa<br>ngô |", ["STT | Tên", "1 | Lúa ngô"]),
    # columns of pdftotext -layout; a blank to be filled in is no column
    ("UBND HUYỆN A         CỘNG HÒA XÃ HỘI", ["UBND HUYỆN A | CỘNG HÒA XÃ HỘI"]),
    ("Thị trấn A, ngày       tháng 5 năm 2023", ["Thị trấn A, ngày tháng 5 năm 2023"]),
]


@pytest.mark.parametrize(("source", "expected"), PARAGRAPHS)
def test_paragraphs(source: str, expected: list[str] | int) -> None:
    found = texts(parse(source))
    assert found == expected if isinstance(expected, list) else len(found) == expected, found


def test_a_running_head_under_page_numbers_goes() -> None:
    page = "Ủy ban nhân dân huyện đã ban hành nhiều văn bản chỉ đạo và các đơn vị đã triển khai. " * 8
    source = f"{page}Kế hoạch của\n\n2\n\nBáo cáo năm 2023\n\nhuyện. {page}\n\n3\n\nBáo cáo năm 2023\n\n{page}"
    found = texts(parse(source))
    assert not any("Báo cáo năm 2023" in text for text in found)
    assert "Kế hoạch của huyện." in found[0]


def test_wrapped_text_reads_as_the_unwrapped() -> None:
    """Lines broken to one width are joined, whatever letter the next begins with; a short line ends its paragraph."""
    long = "Ủy ban nhân dân huyện chỉ đạo các phòng, ban phối hợp với Mặt trận Tổ quốc và Hội Nông dân các xã"
    paragraphs = [f"{long} làm việc số {number}. Đoàn Thanh niên của {long} cùng tham gia." for number in range(9)]
    source = ""
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 60:
                source += line.strip() + "\n"
                line = ""
            line += " " + word
        source += line.strip() + "\n"
    assert texts(parse(source)) == paragraphs


CHARACTERS = [
    # NFD, one letter from three characters
    (unicodedata.normalize("NFD", "Nghị quyết"), "Nghị quyết"),
    # Đ typed as eth; ð inside a word is no đ
    ("11-QÐi/TW, NÐ-CP", "11-QĐi/TW, NĐ-CP"),
    # blanks, soft hyphens, zero widths
    ("Nghị\u00a0 quyết\u200b số\u00ad 5", "Nghị quyết số 5"),
    # hyphens that look like one; dashes stay
    ("25\u2011NQ/TW 2021 \u2013 2025", "25-NQ/TW 2021 – 2025"),
    # emphasis goes, also unpaired bold; a lone star and a multiplication stay
    ("“*Dân vận khéo*” **đậm** _nghiêng_ 5 * 3 **mở", "“Dân vận khéo” đậm nghiêng 5 * 3 mở"),
    (r"\* và a\_b", "* và a_b"),
    # residue of LaTeX, and money
    (r"($1.425/8.691 = 16,4\%$)", "(1.425/8.691 = 16,4%)"),
    ("giá $5 và $10", "giá $5 và $10"),
    # tags and entities; a name in angle brackets is no tag
    ("<b>Tỉnh</b> &amp; Ch&#7881; thị <Nguyễn Văn A>", "Tỉnh & Chỉ thị <Nguyễn Văn A>"),
    # powers stay
    ("28,75 km², 5 m<sup>2</sup>, m$^2$, 10²", "28,75 km², 5 m², m², 10²"),
    # links
    ("xem [Nghị quyết](http://a.vn/b) đây", "xem Nghị quyết đây"),
]


@pytest.mark.parametrize(("source", "content"), CHARACTERS)
def test_characters(source: str, content: str) -> None:
    assert parse(source).content == content


HTML = [
    # paragraphs, inline tags, entities, breaks
    ("<p>Thực hi&#7879;n <b>Nghị</b>&nbsp;quyết<br>Số 5</p><p>Hai", ["Thực hiện Nghị quyết", "Số 5", "Hai"]),
    # scripts and styles go, comments too
    ("<style>p{}</style><script>if (a<b) {}</script><p>Một<!-- x --></p>", ["Một"]),
    # a data table, unclosed cells
    ("<table><tr><th>STT<th>Tên<tr><td>1<td>Lúa</table>", ["STT | Tên", "1 | Lúa"]),
    # a letterhead of two columns reads cell by cell
    (
        "<table><tr><td><p>UBND XÃ A</p><p>Số: 5/BC-UBND</p><td><p>CỘNG HÒA</p></tr></table>",
        ["UBND XÃ A", "Số: 5/BC-UBND", "CỘNG HÒA"],
    ),
    # lists and headings
    ("<h2>I. Kết quả</h2><ul><li><p>Lúa</p><li>Ngô</ul>", ["I. Kết quả", "Lúa", "Ngô"]),
    # broken: unclosed, stray, nested wrongly, and a sign that is no tag
    ("<p>a < b <<i>c</p></div></table><td>d <a href='x", ["a < b <c", "d <a href='x"]),
]


@pytest.mark.parametrize(("source", "expected"), HTML)
def test_html(source: str, expected: list[str]) -> None:
    assert texts(parse(source, "html")) == expected


# ---- sections -------------------------------------------------------------------------------------------------------

SECTIONS = [
    # Roman, arabic, deeper; the item's section is its headings
    (
        "I. KẾT QUẢ\n\n1. Về kinh tế\n\n1.1. Trồng trọt:\n\n- Cây lúa tốt.",
        ("I. KẾT QUẢ", "1. Về kinh tế", "1.1. Trồng trọt"),
    ),
    # a new heading of the same rank closes the old one and those below
    ("A. KẾT QUẢ\n\nI. MỘT\n\n1. Hai\n\nB. NHIỆM VỤ\n\nNội dung.", ("B. NHIỆM VỤ",)),
    # a run-in heading opens a section for its own text
    ("2. Thuận lợi, khó khăn\n\n2.1. Thuận lợi: Được quan tâm.", ("2. Thuận lợi, khó khăn", "2.1. Thuận lợi")),
    # numbered sentences in a row are items, not headings
    ("II. GIẢI PHÁP\n\n1. Tăng cường tuyên truyền.\n\n2. Đẩy mạnh thi đua.", ("II. GIẢI PHÁP",)),
    # a numbered sentence with text below it is a heading
    ("1. Công tác lãnh đạo, chỉ đạo.\n\nHuyện đã chỉ đạo.", ("1. Công tác lãnh đạo, chỉ đạo.",)),
    # articles and parts; a title under the part's number belongs to it
    ("PHẦN THỨ NHẤT\nKẾT QUẢ\n\nĐiều 3. Tổ chức\n\nHuyện làm.", ("PHẦN THỨ NHẤT KẾT QUẢ", "Điều 3. Tổ chức")),
    # marked headings without a number
    ("I. MỘT\n\n### Kết quả nổi bật\n\nHuyện làm.", ("I. MỘT", "Kết quả nổi bật")),
    # the tail is in no section
    ("I. MỘT\n\nHuyện làm.\n\nNơi nhận:\n- Lưu.", ()),
    # an annex after the tail has sections again
    ("Nơi nhận:\n- Lưu.\n\nPHỤ LỤC\n\nI. MỘT\n\nHuyện làm.", ("PHỤ LỤC", "I. MỘT")),
    # an article with its text on the same line
    ("Điều 2. Quyết định này có hiệu lực từ ngày ký; các ông, bà có tên chịu trách nhiệm thi hành.", ("Điều 2",)),
    # V. I. Lênin is a name
    ("1. Học tập\n\nV. I. Lênin dạy.", ("1. Học tập",)),
]


@pytest.mark.parametrize(("source", "section"), SECTIONS)
def test_section_of_the_last_block(source: str, section: tuple[str, ...]) -> None:
    assert parse(source).blocks[-1].section == section


def test_section_labels_are_short() -> None:
    text = parse("1. Công tác " + "lãnh đạo, chỉ đạo, " * 20 + "khác.\n\nHuyện đã chỉ đạo.")
    assert text.blocks[0].kind == "heading"
    assert 60 < len(text.blocks[1].section[0]) <= 120


# ---- spans ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words", "slice_", "format_"),
    [
        # over a soft line break
        ("theo Nghị\r\nquyết số 5.", "Nghị quyết số 5", "Nghị\r\nquyết số 5", "text"),
        # NFD: the last letter's marks belong to it
        (unicodedata.normalize("NFD", "Nghị quyết số"), "quyế", unicodedata.normalize("NFD", "quyế"), "text"),
        # an entity is one letter
        ("<p>Ch&#7881; th&#7883; 5", "Chỉ thị", "Ch&#7881; th&#7883;", "html"),
        # a bare ampersand is no entity
        ("QCDC&DVK;a", "QCDC&", "QCDC&", "text"),
        # emphasis inside and around
        ("theo **Nghị** quyết*", "Nghị quyết", "Nghị** quyết", "text"),
    ],
)
def test_span(source: str, words: str, slice_: str, format_: str) -> None:
    text = parse(source, format_)
    start = text.content.index(words)
    first, last = text.span(start, start + len(words))
    assert source[first:last] == slice_


# What the readers look for, to be thrown together in any order.
PIECES = st.sampled_from(
    [
        *(
            "a Nghị quyết",
            "số 25-NQ/TW",
            "UBND-\n",
            "của",
            "KẾT QUẢ",
            "Nơi nhận:",
            "dài " * 12,
            "     ",
            "\t",
            "&amp;",
            "&",
        ),
        *(
            "\n",
            "\n\n",
            "\r\n",
            "\f",
            "2\n",
            "\n- ",
            "\n+ ",
            "\n# ",
            "I. ",
            "\n1. ",
            "\n2.1. ",
            "PHẦN I",
            "Điều 3. ",
            "a) ",
        ),
        *(
            "¹",
            "²",
            "⁽³⁾",
            "<sup>4</sup>",
            "[^5]",
            "[^5]: ",
            "^[6]",
            "(1)",
            "\n(1) ",
            "\n1 - ",
            "1 Kế",
            "|",
            "^{2}",
            "$x$",
            "$",
        ),
        *(
            "*",
            "**",
            "_",
            "`",
            "\\*",
            "&#7855;",
            "<p>",
            "</p>",
            "<br>",
            "<td>",
            "<tr>",
            "<table>",
            "</table>",
            "<sup>",
            "<!--",
        ),
        *("<li id=fn1>", "<a href='#fn1'>1</a>", "<a href='#fnref1'>", "-->", "<script>", "<b>", "</b>", "<", ">", '"'),
        *(
            "Ðảng",
            "e\u0302\u0301",
            "\u0301",
            "\u1112",
            "\u1161",
            "\u11ab",
            "\u00ad",
            "\ufeff",
            "\u00a0",
            "\ufdd0",
            "\ufdd1",
        ),
    ]
)
SOURCES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
FORMATS = st.sampled_from(["text", "markdown", "html"])


@settings(max_examples=400, deadline=None)
@given(SOURCES, FORMATS)
@example("¹" * 50, "text")
@example("[^1]: a[^2]\n\n[^2]: b[^1]", "text")
@example("<a href='#fn1'>1</a>\n<li id=fn1>", "html")
@example("<TABLE><TD>0<TABLE>0", "html")  # a table inside a cell, text outside its cells
def test_any_source(source: str, format_: str) -> None:
    text = parse(source, format_)
    assert unicodedata.is_normalized("NFC", text.content)
    assert len(text.origins) == len(text.content)
    assert all(0 <= origin < len(source) for origin in text.origins)
    assert text.content == "\n".join(texts(text))  # the blocks cover the content, in order
    seams = set(text.seams)
    assert list(text.seams) == sorted(seams)
    for block in text.blocks:
        words = text.content[block.start : block.end]
        assert words.strip() == words != ""
        assert "\n" not in words
        assert not any("\ufdd0" <= char <= "\ufdef" for char in words)
        run = text.origins[block.start : block.end]
        assert all(a <= b for a, b in pairwise(run))
        assert block.anchor is None or 0 <= block.anchor <= len(text.content)
        assert (block.mark is not None) == (block.kind == "note")
        start, end = text.span(block.start, block.end)
        assert 0 <= start < end <= len(source)
    body = [text.origins[block.start] for block in text.blocks if block.kind != "note"]
    assert body == sorted(body)  # only notes stand out of the source's order


@settings(max_examples=300, deadline=None)
@given(SOURCES, FORMATS)
def test_nfd_reads_as_nfc(source: str, format_: str) -> None:
    composed = parse(unicodedata.normalize("NFC", source), format_)
    decomposed = parse(unicodedata.normalize("NFD", source), format_)
    assert composed.content == decomposed.content
    assert [b.section for b in composed.blocks] == [b.section for b in decomposed.blocks]


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), FORMATS, st.data())
def test_any_span_is_in_the_source(source: str, format_: str, data: st.DataObject) -> None:
    text = parse(source, format_)
    start = data.draw(st.integers(-1, len(text.content) + 1))
    end = data.draw(st.integers(-1, len(text.content) + 1))
    first, last = text.span(start, end)
    assert 0 <= first <= last <= len(source)
