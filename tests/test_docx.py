"""Word files: what Word shows is read, notes with their marks, as the same document in plain text is."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data import samples
from ingest.pipeline import extract_text
from ingest.read import compose, read_text
from ingest.readers import docx as reader
from ingest.readers.limits import DEFAULT, Limits
from ingest.text import Text
from kg.model import ReadError
from tests.docxs import HEADINGS, W, called, docx, p, packed, r, tbl, typed
from tests.extracts import deeds, mentions, relations

SAMPLES = sorted(path for path in Path(samples.__file__).parent.iterdir() if path.name[0].isdigit())


def text_of(data: bytes, limits: Limits = DEFAULT) -> Text:
    """Return the text of a Word file."""
    draft = reader.read(Path("thu.docx"), data, limits)
    return replace(compose(draft.source, draft.flow), warnings=draft.warnings)


def blocks(text: Text) -> list[str]:
    """Return what the blocks of a text say."""
    return text.content.split("\n") if text.content else []


# ---- what is shown and what is hidden --------------------------------------------------------------------------------

NUM = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
BOX = "<w:txbxContent>{}</w:txbxContent>"
DRAWN = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
SHOWN = [
    # words broken into runs by the spelling checker are whole again
    (p(r("Nghị quy") + "<w:proofErr/>" + r("ết số 25") + r("-NQ/TW", "<w:i/>")), ["Nghị quyết số 25-NQ/TW"]),
    # decomposed letters, soft and fixed hyphens, fixed blanks
    (
        p(
            r("Nghi\u0323 quye\u0302\u0301t 25")
            + "<w:r><w:noBreakHyphen/><w:t>NQ/</w:t><w:softHyphen/><w:t>TW\u00a0của</w:t></w:r>"
        ),
        ["Nghị quyết 25-NQ/TW của"],
    ),
    # a line break keeps lines of a letterhead apart, a page break too
    (p("<w:r><w:t>HUYỆN ỦY</w:t><w:br/><w:t>*</w:t><w:br/><w:t>Số 1-KH/HU</w:t></w:r>"), ["HUYỆN ỦY", "Số 1-KH/HU"]),
    (p('<w:r><w:t>Hết.</w:t><w:br w:type="page"/><w:t>Phụ lục</w:t></w:r>'), ["Hết.", "Phụ lục"]),
    # columns made by tabs
    (
        p("<w:r><w:t>TỈNH ỦY BẮC KẠN</w:t><w:tab/><w:tab/><w:t>ĐẢNG CỘNG SẢN VIỆT NAM</w:t></w:r>"),
        ["TỈNH ỦY BẮC KẠN | ĐẢNG CỘNG SẢN VIỆT NAM"],
    ),
    # tracked changes: what is put in counts, what is deleted does not, nor what was moved away
    (
        p(r("Kế hoạch số ") + f"<w:del>{r('1')}</w:del><w:ins>{r('2')}</w:ins>" + f"<w:moveFrom>{r('3')}</w:moveFrom>"),
        ["Kế hoạch số 2"],
    ),
    # a deleted paragraph mark joins what stands on its two sides
    (p("Kế hoạch", "<w:rPr><w:del/></w:rPr>") + p(" số 2"), ["Kế hoạch số 2"]),
    (p(f"<w:del>{r('Bỏ')}</w:del>") + p("Giữ"), ["Giữ"]),
    # hidden text, and text hidden by its style
    (p(r("Công khai") + r(" bí mật", "<w:vanish/>") + r(" ẩn", '<w:rStyle w:val="an"/>')), ["Công khai"]),
    (p(r("Công khai", '<w:vanish w:val="0"/>')), ["Công khai"]),
    # capitals that only the look makes: letterheads are told by them
    (p(r("Ủy ban nhân dân", "<w:caps/>")), ["ỦY BAN NHÂN DÂN"]),
    # the result of a field is shown, its code is not; a field that never ends hides nothing after it
    (
        p(
            FIELD.format("begin")
            + CODE.format(" REF a ")
            + FIELD.format("separate")
            + r("Điều 4")
            + FIELD.format("end")
            + r(" này")
        ),
        ["Điều 4 này"],
    ),
    (p(FIELD.format("begin") + CODE.format(" REF a ")) + p("Sau"), ["Sau"]),
    # links outward are words
    (p(f'<w:hyperlink r:id="rId9">{r("Nghị quyết")}</w:hyperlink>' + r(" 25")), ["Nghị quyết 25"]),
    # content controls, but not the hint that stands in an empty one
    (f"<w:sdt><w:sdtContent>{p('Nội dung')}</w:sdtContent></w:sdt>", ["Nội dung"]),
    (p(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Bấm để nhập')}</w:sdtContent></w:sdt>"), []),
    # nor does a table of contents made by Google Docs, which has no styles for it
    (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + f"<w:sdtContent>{p('I. KẾT QUẢ 4')}</w:sdtContent></w:sdt>{p('Nội dung')}",
        ["Nội dung"],
    ),
    # the name of a place that Word has marked; a link made by a field
    (
        p(f'<w:smartTag w:element="place"><w:smartTag w:element="x">{r("Bắc Kạn")}</w:smartTag></w:smartTag>'),
        ["Bắc Kạn"],
    ),
    (
        p(
            FIELD.format("begin")
            + CODE.format(' HYPERLINK "http://a.vn" ')
            + FIELD.format("separate")
            + r("Nghị định 30/2020/NĐ-CP")
            + FIELD.format("end")
        ),
        ["Nghị định 30/2020/NĐ-CP"],
    ),
    # the hyphens that keep a symbol on one line
    (p("Nghị quyết 25\u2011NQ/TW, 26\u2010NQ/TW"), ["Nghị quyết 25-NQ/TW, 26-NQ/TW"]),
    # a letter in two forms, for a new and an old Word
    (
        p(
            "<w:r><w:t>Mục </w:t><mc:AlternateContent><mc:Choice><w:t>☑</w:t></mc:Choice>"
            "<mc:Fallback><w:t>x</w:t></mc:Fallback></mc:AlternateContent><w:t> chọn</w:t></w:r>"
        ),
        ["Mục ☑ chọn"],
    ),
    # a letterhead in frames, in text boxes side by side, in a table within a table
    (
        p("HUYỆN ỦY", '<w:framePr w:w="3000" w:wrap="around"/>') + p("Số 12-KH/HU", '<w:framePr w:w="3000"/>') + p("A"),
        ["HUYỆN ỦY", "Số 12-KH/HU", "A"],
    ),
    (
        p(DRAWN.format(BOX.format(p("HUYỆN ỦY"))) + DRAWN.format(BOX.format(p("ĐẢNG CỘNG SẢN VIỆT NAM")))) + p("A"),
        ["HUYỆN ỦY", "ĐẢNG CỘNG SẢN VIỆT NAM", "A"],
    ),
    (
        tbl([[tbl([[p("HUYỆN ỦY"), p("ĐẢNG CỘNG SẢN VIỆT NAM")]]) + p("a"), p("b")]]),
        ["HUYỆN ỦY | ĐẢNG CỘNG SẢN VIỆT NAM", "a", "b"],
    ),
    # deleted words as Word writes them
    (p("<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>" + r("mới")), ["mới"]),
    # a cell that spans columns beside one that goes on from above
    (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>"
        + p("Xã")
        + "</w:tc><w:tc>"
        + p("một")
        + "</w:tc><w:tc>"
        + p("hai")
        + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>"
        + p(r(""))
        + "</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        + p("ba")
        + "</w:tc></w:tr></w:tbl>",
        ["Xã | một | hai", "ba"],
    ),
    # comments are no part of the text
    (p(r("Nội dung") + '<w:r><w:commentReference w:id="1"/></w:r>'), ["Nội dung"]),
    # a table of contents says nothing that the headings don't
    (p("I. KẾT QUẢ 4", '<w:pStyle w:val="toc"/>') + p("Nội dung"), ["Nội dung"]),
    # symbols, known and unknown
    (
        p('<w:r><w:t>Tăng</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t><w:sym w:font="X" w:char="z"/></w:r>'),
        ["Tăng≥5"],
    ),
    # a formula reads as its letters
    (p(r("Đạt ") + "<m:oMath><m:r><m:t>16,4%</m:t></m:r></m:oMath>"), ["Đạt 16,4%"]),
    # a text box stands after its paragraph, once, though the file has it in two forms
    (p(r("Trước") + DRAWN.format(BOX.format(p("Trong khung")))) + p("Sau"), ["Trước", "Trong khung", "Sau"]),
    # a stamp does not stand in the way of the letterhead
    (
        p(r("HUYỆN ỦY") + DRAWN.format(BOX.format(p("HỎA TỐC")))) + p("Số 1-KH/HU"),
        ["HUYỆN ỦY", "Số 1-KH/HU", "HỎA TỐC"],
    ),
    (p(r("A") + DRAWN.format(BOX.format(p("ĐẾN") + p("Số: 123")))) + p("B"), ["A", "B", "ĐẾN", "Số: 123"]),
    # rows of a table, also those wrapped in a control; deleted rows are gone; cells merged downwards stand once
    (tbl([[p("Xã"), p("Số hộ")], [p("Sỹ Bình"), p("12")]]), ["Xã | Số hộ", "Sỹ Bình | 12"]),
    (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>" + p("b"), ["b"]),
    # a cell of several lines in a broad table is one cell
    (tbl([[p("1"), p("a") + p("b"), p("c"), p("d")]]), ["1 | a b | c | d"]),
    # a raised number typed by hand
    (p(r("diện tích 5 km") + r("2", '<w:vertAlign w:val="superscript"/>')), ["diện tích 5 km²"]),
]
STYLES = (
    HEADINGS
    + '<w:style w:type="character" w:styleId="an"><w:name w:val="Ẩn"/><w:rPr><w:vanish/></w:rPr></w:style>'
    + '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
)


@pytest.mark.parametrize(("body", "expected"), SHOWN)
def test_shown(body: str, expected: list[str]) -> None:
    assert blocks(text_of(docx(body, styles=STYLES))) == expected


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>{}</w:lvl>'
LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + LEVEL.format(0, 1, "upperRoman", "%1.", '<w:pStyle w:val="u1"/>')
    + LEVEL.format(1, 1, "decimal", "%2.", "")
    + LEVEL.format(2, 1, "lowerLetter", "%3)", "")
    + LEVEL.format(3, 1, "decimal", "%2.%4.", "<w:isLgl/>")
    + "</w:abstractNum>"
    + '<w:abstractNum w:abstractNumId="8">'
    + LEVEL.format(0, 4, "decimal", "Điều %1.", "")
    + LEVEL.format(1, 1, "bullet", "\uf02d", "")
    + "</w:abstractNum>"
    + '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="5"><w:abstractNumId w:val="8"/></w:num>'
    + '<w:num w:numId="6"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="9"/>'
    + "</w:lvlOverride></w:num>"
)


def numbered(*lines: tuple[int, int, str]) -> str:
    """Return paragraphs in lists: (list, level, words); list 0 is none."""
    return "".join(p(words, NUM.format(level, number) if number else "") for number, level, words in lines)


NUMBERED = [
    # levels count on, and start anew below a higher one
    (
        numbered(
            (3, 0, "A"), (3, 1, "B"), (3, 1, "C"), (3, 0, "D"), (3, 1, "E"), (3, 2, "F"), (3, 2, "G"), (3, 3, "H")
        ),
        ["I. A", "1. B", "2. C", "II. D", "1. E", "a) F", "b) G", "1.1. H"],
    ),
    # what stands between does not stop the count; another use of the same list goes on with it
    (numbered((3, 1, "A"), (0, 0, "giữa"), (4, 1, "B")), ["1. A", "giữa", "2. B"]),
    # unless it sets its own start, once
    (numbered((3, 1, "A"), (6, 1, "B"), (6, 1, "C")), ["1. A", "9. B", "10. C"]),
    # a start of the list itself; words around the number; bullets are no numbers
    (numbered((5, 0, "A"), (5, 1, "b c"), (5, 0, "D")), ["Điều 4. A", "b c", "Điều 5. D"]),
    # by its style; and a paragraph that opts out
    (p("A", '<w:pStyle w:val="u1"/>') + p("B", '<w:pStyle w:val="u1"/>' + NUM.format(0, 0)), ["I. A", "B"]),
    # numbers of rows
    (
        tbl([[p("", NUM.format(1, 3)), p("Sỹ Bình")], [p("", NUM.format(1, 3)), p("Mỹ Thanh")]]),
        ["1. | Sỹ Bình", "2. | Mỹ Thanh"],
    ),
    # an empty line of a list has no number to read, and does not count
    (numbered((3, 1, "A"), (3, 1, ""), (3, 1, "B")), ["1. A", "2. B"]),
    # lists and levels that are not there
    (numbered((99, 0, "A"), (3, 8, "B")), ["A", "B"]),
]
LISTED = HEADINGS.replace(
    '<w:name w:val="heading 1"/>', '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'
)


@pytest.mark.parametrize(("body", "expected"), NUMBERED)
def test_automatic_numbers(body: str, expected: list[str]) -> None:
    assert blocks(text_of(docx(body, styles=LISTED, numbering=LISTS))) == expected


def test_headings_open_sections() -> None:
    body = p("KẾT QUẢ", '<w:pStyle w:val="u1"/>') + p("Thuận lợi", '<w:pStyle w:val="con"/>') + p("Được mùa.")
    styles = HEADINGS + '<w:style w:styleId="con"><w:name w:val="Mục con"/><w:basedOn w:val="u2"/></w:style>'
    text = text_of(docx(body, styles=styles))
    assert [(block.kind, block.section) for block in text.blocks][-1] == ("paragraph", ("KẾT QUẢ", "Thuận lợi"))


# ---- notes ----------------------------------------------------------------------------------------------------------


def notes(text: Text) -> list[tuple[str | None, str, str]]:
    """Return (number, what stands before its mark, words) of each note."""
    return [
        (b.mark, "".join(text.content[: b.anchor or 0][-60:].split()[-1:]), text.content[b.start : b.end])
        for b in text.blocks
        if b.kind == "note"
    ]


def test_notes_are_numbered_as_they_are_called() -> None:
    """Ids count from anywhere (LibreOffice: 2); footnotes and endnotes count together, so that a number means one."""
    body = p(r("Một") + called(7) + r(" hai") + called(3) + r(" ba") + called(1, "endnote") + r("."))
    text = text_of(docx(body, {3: p("Chú hai."), 7: p("Chú một."), 9: p("Không ai gọi.")}, {1: p("Chú ba.")}))
    assert notes(text) == [("1", "Một", "Chú một."), ("2", "hai", "Chú hai."), ("3", "ba", "Chú ba.")]
    assert text.source.startswith("Một⁽¹⁾ hai⁽²⁾ ba⁽³⁾.")


def test_notes_of_several_paragraphs_and_in_tables() -> None:
    body = tbl([[p(r("Ô") + called(2)), p("b")]]) + p("Giữa.") + p(r("Đoạn") + called(3))
    text = text_of(docx(body, {2: p("Gồm:") + p("- một;") + p("Hết."), 3: p("Khác.")}))
    assert notes(text) == [("1", "Ô", "Gồm:"), ("1", "Ô", "một;"), ("1", "Ô", "Hết."), ("2", "Đoạn", "Khác.")]


def test_a_note_called_twice_or_missing() -> None:
    text = text_of(docx(p(r("Một") + called(2) + r(" hai") + called(2) + r(" ba") + called(5)), {2: p("Chú.")}))
    assert notes(text) == [("1", "Một", "Chú.")]


def test_a_mark_typed_by_hand_is_no_second_one() -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    text = text_of(docx(p(r("Kế hoạch 5") + mark + r(" của tỉnh")), {1: p("Ban hành ngày 01/02/2020")}))
    assert blocks(text) == ["Kế hoạch 5 của tỉnh", "Ban hành ngày 01/02/2020"]
    assert notes(text) == [("1", "5", "Ban hành ngày 01/02/2020")]


STRICT = "http://purl.oclc.org/ooxml/"
FORMS: dict[str, Callable[[str, str], str | None]] = {
    # the strict form of the standard: other namespaces
    "strict": lambda name, xml: xml.replace(W, f"{STRICT}wordprocessingml/main").replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/", f"{STRICT}officeDocument/"
    ),
    # Word's own namespace under another prefix, or under none
    "prefix": lambda name, xml: re.sub(r"(</?| |xmlns:)w(?=[:=])", r"\1ns0", xml) if is_part(name) else xml,
    "no prefix": lambda name, xml: (
        re.sub(r"(</?)w:", r"\1", xml).replace("xmlns:w=", f'xmlns="{W}" xmlns:w=') if is_part(name) else xml
    ),
    # programs that write only what they must
    "no styles": lambda name, xml: None if "styles" in name or "numbering" in name else xml,
    "no relations": lambda name, xml: None if name.endswith(".rels") else xml,
    # targets from the root of the package
    "from the root": lambda name, xml: (
        xml.replace('Target="', 'Target="/word/') if name.endswith("t.xml.rels") else xml
    ),
}


def is_part(name: str) -> bool:
    """Tell whether a part holds text of Word's."""
    return name.startswith("word/") and name.endswith(".xml")


@pytest.mark.parametrize("form", FORMS)
def test_forms_that_other_programs_write(form: str) -> None:
    data = docx(p(r("Thực hiện Nghị quyết 25-NQ/TW") + called(1)), {1: p("Ngày 03/6/2013")})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        changed = {name: FORMS[form](name, archive.read(name).decode()) for name in archive.namelist()}
    text = text_of(packed({name: xml for name, xml in changed.items() if xml is not None}))
    assert notes(text) == [("1", "25-NQ/TW", "Ngày 03/6/2013")]


def test_a_thousand_notes() -> None:
    count = 1_200
    body = "".join(p(r(f"Đoạn {n}") + called(n)) for n in range(1, count + 1))
    text = text_of(docx(body, {n: p(f"Chú {n}.") for n in range(1, count + 1)}))
    assert [note[0] for note in notes(text)] == [str(n) for n in range(1, count + 1)]
    assert all(note[2] == f"Chú {note[0]}." and note[1] == note[0] for note in notes(text))


# ---- the same document in plain text --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name[:2])
def test_reads_as_the_plain_text(path: Path) -> None:
    plain = read_text(path)
    word = text_of(typed(plain))
    a, b = extract_text(plain, "a"), extract_text(word, "b")
    assert b.report == a.report
    assert Counter(mentions(b)) == Counter(mentions(a))
    assert relations(b) == relations(a)
    assert deeds(b) == deeds(a)
    assert [note[1:] for note in notes(word)] == [note[1:] for note in notes(plain)]
    for mention in b.mentions:
        assert word.source[mention.start : mention.end].split()[0] == mention.text.split()[0]


# ---- what is said of a file, and what is refused ---------------------------------------------------------------------

SAID = [
    (p(f"<w:ins>{r('a')}</w:ins>"), "tracked changes"),
    ('<w:altChunk r:id="rId5"/>' + p("a"), "documents put in whole"),
    (p(r("a") + "<w:r><w:object><v:shape/></w:object></w:r>"), "pasted in as objects"),
]


@pytest.mark.parametrize(("body", "said"), SAID)
def test_warnings(body: str, said: str) -> None:
    (warning,) = text_of(docx(body)).warnings
    assert said in warning


def document(xml: str | bytes) -> bytes:
    """Return a Word file whose main part is `xml`."""
    return packed({"word/document.xml": xml})


def nested(depth: int) -> str:
    """Return a table in a table in a table ..."""
    body = p("a")
    for _ in range(depth):
        body = tbl([[body]])
    return body


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
PLAIN = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
TIGHT = replace(DEFAULT, unpacked=8_000_000, members=20, memory=1_000_000)
REFUSED = [
    # entities, and a reference to a file of this machine
    (document(BOMB + PLAIN), "document type or entities"),
    (document("<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + PLAIN), "document type or entities"),
    (
        document(("\ufeff" + BOMB + PLAIN).encode("utf-16-le").decode("utf-16-le").encode("utf-16").decode("latin-1")),
        "damaged",
    ),
    # the same in a part beside the text
    (docx(p("a"), more={"word/footnotes.xml": BOMB + "<w:footnotes/>"}), "document type or entities"),
    # no XML, and XML that breaks off or has a NUL
    (document("Nội dung"), "is damaged"),
    (document(PLAIN[:80]), "is damaged"),
    (document(PLAIN.replace("&b;", "\0")), "is damaged"),
    # in an encoding that there is not
    (document("<?xml version='1.0' encoding='UTH-8'?>" + PLAIN), "is damaged"),
    # deeper than any table
    (docx(nested(60)), "nested too deep"),
    (document(f"<x xmlns='{W}'>" * 100_000), "nested too deep"),
    # bombs: by size of the parts, by their number, by the text
    (docx(p("a"), more={"word/x.bin": b"\0" * 9_000_000}), "would unpack to"),
    (docx(p("a"), more={f"word/{n}.xml": "" for n in range(30)}), "more than 20 parts"),
    (docx(p("a") * 2_000), "too long"),
    # a scan put into Word
    (docx(p("<w:r><w:drawing><wp:inline/></w:drawing></w:r>")), "holds pictures and no text"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        text_of(data, TIGHT)
    assert str(caught.value).startswith("thu.docx")
    assert caught.value.__cause__ is None


def test_tables_in_tables_are_read() -> None:
    assert blocks(text_of(docx(nested(8)))) == ["a"]


def test_a_long_file_is_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    body = "".join(p(r(f"Đoạn {n}") + called(n), "<w:rPr><w:del/></w:rPr>" if n % 2 else "") for n in range(1, 41))
    data = docx(body, {n: p(f"Chú {n}.") for n in range(1, 41)})
    whole = text_of(data)
    monkeypatch.setattr("ingest.readers.wordtext.PIECE", 100)
    assert text_of(data).content == whole.content
    assert notes(text_of(data)) == notes(whole)
