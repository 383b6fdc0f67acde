"""Files of Word before 2007, of LibreOffice and in RTF say what the same report says as text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data import samples
from ingest.pipeline import extract
from ingest.read import read_text
from ingest.readers import tools
from kg.model import Header, ReadError
from tests.offices import BULLETS, note, odt, p, saved_as, typed

SAMPLES = sorted(path for path in Path(samples.__file__).parent.iterdir() if path.suffix in {".txt", ".md", ".html"})
SOFFICE = tools.LIBREOFFICE.setting

# A report as an office types it: nine footnotes of one to four documents each.
HEAD = """ĐẢNG BỘ TỈNH CAO BẰNG    ĐẢNG CỘNG SẢN VIỆT NAM
HUYỆN ỦY THẠCH AN
*
Số 212-BC/HU    Thạch An, ngày 14 tháng 11 năm 2022

BÁO CÁO
kết quả 5 năm thực hiện công tác dân vận trong tình hình mới

Thực hiện Kế hoạch số 45-KH/TU ngày 02/8/2017 của Ban Thường vụ Tỉnh ủy, Huyện ủy báo cáo như sau:
"""
SECTIONS = [
    ("I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", 2),
    ("II. KẾT QUẢ CỦA CÁC CƠ QUAN NHÀ NƯỚC", 2),
    ("III. KẾT QUẢ CỦA MẶT TRẬN VÀ ĐOÀN THỂ", 2),
    ("IV. HẠN CHẾ, NGUYÊN NHÂN", 1),
    ("V. NHIỆM VỤ THỜI GIAN TỚI", 2),
]
ROWS = "| Năm | Số cuộc giám sát |\n| --- | --- |\n| 2021 | 12 |\n| 2022 | 15 |\n"


def report() -> str:
    """Return the text of the report."""
    out, number = [HEAD], 0
    for heading, notes in SECTIONS:
        out.append(f"{heading}\n")
        for _ in range(notes):
            number += 1
            cited = "; ".join(
                f"Kế hoạch số {10 * number + each}-KH/HU ngày {each + 10}/{number}/2019 của Huyện ủy Thạch An"
                for each in range(1, number % 4 + 2)
            )
            out.append(
                f"Ban Thường vụ Huyện ủy đã ban hành các văn bản{'⁰¹²³⁴⁵⁶⁷⁸⁹'[number]} để triển khai đợt {number}.\n"
            )
            out.append(f"{'⁰¹²³⁴⁵⁶⁷⁸⁹'[number]} {cited}.\n")
    return "\n".join([*out, ROWS, "T/M BAN THƯỜNG VỤ\nBÍ THƯ"])


Said = tuple[Header, Counter[str], Counter[str]]


def said(file: Path) -> Said:
    """Return the header of a report, the mentions in it, and what its footnotes say."""
    found, text = extract(file), read_text(file)
    notes = (text.content[block.start : block.end] for block in text.blocks if block.kind == "note")
    return found.report, Counter(" ".join(mention.text.split()) for mention in found.mentions), Counter(notes)


def agree(one: Counter[str], other: Counter[str]) -> bool:
    """Tell whether two readings have 99 of 100 in common."""
    return 100 * (one & other).total() >= 99 * max(one.total(), other.total())


def check_same(file: Path, original: Path) -> None:
    """Check that a file says what its original says."""
    (header, mentions, notes), (first, named, noted) = said(file), said(original)
    assert header == first
    assert agree(mentions, named), (named - mentions, mentions - named)
    assert agree(notes, noted), (noted - notes, notes - noted)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The report, and the samples."""
    file = tmp_path_factory.mktemp("text") / "bao-cao.txt"
    file.write_text(report(), encoding="utf-8")
    return [file, *SAMPLES]


@pytest.fixture(scope="module")
def odts(texts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same as OpenDocument texts."""
    folder = tmp_path_factory.mktemp("odt")
    for text in texts:
        (folder / f"{text.stem}.odt").write_bytes(typed(read_text(text)))
    return [folder / f"{text.stem}.odt" for text in texts]


# ---- the same report in every form ----------------------------------------------------------------------------------


def test_the_report_has_nine_footnotes(texts: list[Path]) -> None:
    header, mentions, notes = said(texts[0])
    assert (header.number, header.date) == ("212", "2022-11-14")
    assert notes.total() == 9
    assert mentions.total() == 1 + sum(number % 4 + 1 for number in range(1, 10))


def test_odt_says_the_same(texts: list[Path], odts: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No outside program is asked."""
    monkeypatch.setenv(SOFFICE, "")
    for text, file in zip(texts, odts, strict=True):
        check_same(file, text)
        assert read_text(file).format == "odt"


@pytest.mark.tools
def test_doc_says_the_same(
    texts: list[Path], odts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice makes the files; reading them needs no outside program."""
    files = saved_as("doc", odts, tmp_path)
    monkeypatch.setenv(SOFFICE, "")
    for text, file in zip(texts, files, strict=True):
        check_same(file, text)
        assert read_text(file).format == "doc"


@pytest.mark.tools
def test_rtf_says_the_same(texts: list[Path], odts: list[Path], tmp_path: Path) -> None:
    file = saved_as("rtf", odts[:1], tmp_path)[0]
    check_same(file, texts[0])
    assert read_text(file).format == "rtf"


# ---- what an OpenDocument text shows and hides ----------------------------------------------------------------------

NUMBERED = (
    '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="I"'
    ' style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix=")"'
    ' text:display-levels="2" text:start-value="3"/></text:list-style>'
)
LOOKS = (
    '<style:style style:name="gone"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="big"><style:text-properties fo:text-transform="uppercase"/></style:style>'
    '<style:style style:name="same" style:parent-style-name="gone"/>'
)
LIST = '<text:list text:style-name="N">{}</text:list>'
ITEM = "<text:list-item>{}</text:list-item>"
SHOWN = [
    # blanks, tabs and line breaks are elements
    (p('Số<text:s text:c="2"/>25<text:line-break/>NQ/TW<text:tab/>ngày'), ["Số 25", "NQ/TW ngày"]),
    # hidden text, comments and deleted text are not shown; links and fields are
    (p('Nghị <text:span text:style-name="same">mật</text:span>quyết<office:annotation><text:p>xem lại</text:p>'
       '</office:annotation> <text:a>số 25</text:a>-<text:page-number>3</text:page-number>'), ["Nghị quyết số 25-3"]),
    (f"<text:tracked-changes>{p('đã xóa')}</text:tracked-changes>{p('còn lại')}", ["còn lại"]),
    # raised letters, capitals by style
    (p('10 km<text:span text:style-name="up">2</text:span> <text:span text:style-name="big">đất</text:span>'),
     ["10 km² ĐẤT"]),
    # automatic numbers, a number of its own, a list within a list, a second list that goes on
    (LIST.format(ITEM.format(p("một") + LIST.format(ITEM.format(p("hai"))))) + '<text:list text:style-name="N"'
     ' text:continue-numbering="true">' + ITEM.format(p("ba")) + "</text:list>", ["I. một", "I.3) hai", "II. ba"]),
    (LIST.format(ITEM.format(p("một") + p("và nữa")) + ITEM.format(p("hai"))), ["I. một", "và nữa", "II. hai"]),
    (LIST.format(f'<text:list-item text:start-value="4">{p("bốn")}</text:list-item>'), ["IV. bốn"]),
    # a table with a heading row, a text box, a section
    ("<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Năm</text:p></table:table-cell>"
     "<table:table-cell><text:p>Số</text:p></table:table-cell></table:table-row></table:table-header-rows>"
     "</table:table>", ["Năm | Số"]),
    (p("<draw:frame><draw:text-box><text:p>trong khung</text:p></draw:text-box></draw:frame>thân bài"),
     ["thân bài", "trong khung"]),
    (f"<text:section>{p('trong mục')}</text:section>", ["trong mục"]),
    # old fonts
    (p("Uû ban nh©n d©n huyÖn"), ["Uỷ ban nhân dân huyện"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "lines"), SHOWN)
def test_what_an_odt_shows(tmp_path: Path, body: str, lines: list[str]) -> None:
    file = tmp_path / "a.odt"
    file.write_bytes(odt(body, BULLETS + NUMBERED + LOOKS))
    assert read_text(file).content.split("\n") == lines


def test_notes_of_an_odt(tmp_path: Path) -> None:
    """A note of two paragraphs is one note; its mark stands where it is called."""
    file = tmp_path / "a.odt"
    file.write_bytes(
        odt(p(f"Nghị quyết{note(1, p('của Trung ương') + p('năm 2013'))} và Kết luận{note(2, p('sau'))}."))
    )
    text = read_text(file)
    notes = [(block.mark, text.content[block.start : block.end]) for block in text.blocks if block.kind == "note"]
    assert notes == [("1", "của Trung ương"), ("1", "năm 2013"), ("2", "sau")]
    assert text.source.startswith("Nghị quyết⁽¹⁾ và Kết luận⁽²⁾.")


# ---- files that cannot be read --------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><a>&x;</a>'
BAD = [
    ("a.odt", odt("<text:p>"), "damaged"),
    ("a.odt", odt(p("a"), more={"content.xml": BOMB}), "entities"),
    ("a.odt", odt("<text:section>" * 300 + "</text:section>" * 300), "nested too deep"),
    ("a.odt", odt(p("")), "empty"),
    ("a.odt", odt(p('<text:s text:c="x"/>')), "save it as .docx"),
    ("a.rtf", b"{\\rtf1 abc}", "no program to read it is installed.*LibreOffice.*doctor.*\\.docx"),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD)
def test_bad_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, message: str) -> None:
    monkeypatch.setenv(SOFFICE, "")
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(ReadError, match=message) as caught:
        read_text(file)
    assert name in str(caught.value)
