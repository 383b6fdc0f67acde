"""Scans: pictures of pages are recognised by tesseract, and refused with the remedy where that can't be."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scans import scan
from data import table
from ingest.read import read_text
from ingest.readers import recognise
from ingest.readers.limits import Limits
from ingest.readers.pdf import numbers
from ingest.readers.pdf_pictures import LEGIBLE, LEGIBLE_UNDER, MARKED, is_legible
from ingest.readers.recognise import evened, pages_of, sheet_of
from ingest.readers.sheet import Sheet, Word
from ingest.readers.slips import mended
from ingest.readers.tools import TESSERACT
from ingest.traced import Traced
from kg.model import ReadError
from tests.offices import need

LINES = ("Ke hoach so 25/KH-UBND ngay 17/02/2022", "thuc hien Chi thi so 33/CT-TTg ngay 26/11/2021")
SETTING = TESSERACT.setting


def pdf(*pages: str) -> bytes:
    """Return a PDF with a page for each text, in letters without marks, which need no font of their own."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    kids = []
    for text in pages:
        lines = " ".join(f"({line}) Tj 0 -30 Td" for line in text.split("\n"))
        content = f"BT /F 14 Tf 60 760 Td {lines} ET".encode("latin-1")
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def png(width: int, height: int, dots: bytes) -> bytes:
    """Return a picture in shades of grey."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\0" + dots[row * width : (row + 1) * width] for row in range(height))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def drawn(data: bytes) -> bytes:
    """Return the first page of a PDF as a PNG."""
    import pypdfium2

    bitmap = pypdfium2.PdfDocument(data)[0].render(scale=200 / 72, grayscale=True)
    dots = bytes(bitmap.buffer)
    lines = (dots[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return png(bitmap.width, bitmap.height, b"".join(lines))


# ---- with tesseract -------------------------------------------------------------------------------------------------


@pytest.mark.tools
def test_a_scanned_pdf_is_recognised(tmp_path: Path) -> None:
    """Askew, with dirt and a red stamp; the text knows that it was recognised."""
    need(TESSERACT)
    file = tmp_path / "quet.pdf"
    file.write_bytes(scan(pdf("\n".join(LINES)), seed=1))
    text = read_text(file)
    assert text.recognised
    assert text.format == "pdf"
    assert "25/KH-UBND" in text.content
    assert "33/CT-TTg" in text.content


@pytest.mark.tools
def test_a_picture_is_recognised(tmp_path: Path) -> None:
    need(TESSERACT)
    file = tmp_path / "anh.png"
    file.write_bytes(drawn(pdf("\n".join(LINES))))
    text = read_text(file)
    assert text.recognised
    assert text.format == "picture"
    assert "33/CT-TTg" in text.content


@pytest.mark.tools
def test_only_pages_without_text_are_recognised(tmp_path: Path) -> None:
    """Pages of text stay as they are, in the order of the pages."""
    need(TESSERACT)
    text = read_text(mixed(tmp_path))
    assert text.recognised
    assert text.content.index("Trang dau") < text.content.index("33/CT-TTg") < text.content.index("Trang cuoi")


@pytest.mark.tools
def test_time_for_a_scan_is_bounded(tmp_path: Path) -> None:
    need(TESSERACT)
    file = tmp_path / "quet.pdf"
    file.write_bytes(scan(pdf("\n".join(LINES)), seed=1))
    with pytest.raises(ReadError, match="split it, or raise THONGSUOT_SECONDS"):
        read_text(file, Limits(seconds=1e-6))
    with pytest.raises(ReadError, match="could not recognise page 1"):
        read_text(file, Limits(page_seconds=1e-3))


@pytest.mark.tools
def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    need(TESSERACT)
    file = tmp_path / "anh.png"
    file.write_bytes(b"\x89PNG\r\n")
    with pytest.raises(ReadError, match="could not recognise page 1"):
        read_text(file)


# ---- without it -----------------------------------------------------------------------------------------------------


def mixed(folder: Path) -> Path:
    """Write a PDF whose second page is a picture, the others text."""
    import pypdfium2

    made = pypdfium2.PdfDocument(pdf("Trang dau", "Trang cuoi"))
    made.import_pages(pypdfium2.PdfDocument(scan(pdf("\n".join(LINES)), seed=2)), index=1)
    file = folder / "lan-lon.pdf"
    made.save(file)
    return file


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_without_tesseract_a_scan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv(SETTING, "")
    file = tmp_path / f"quet.{kind}"
    file.write_bytes(scan(pdf(LINES[0]), seed=3) if kind == "pdf" else png(4, 4, bytes(16)))
    with pytest.raises(ReadError, match=r"scan.*tesseract.*not installed.*Vietnamese.*doctor.*Debian, Windows"):
        read_text(file)


def test_without_vietnamese_a_scan_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is another thing to install than tesseract."""
    monkeypatch.setenv(SETTING, str(tmp_path / "tesseract"))
    (tmp_path / "tesseract").write_bytes(b"")
    monkeypatch.setattr(recognise, "has_vietnamese", lambda program: False)
    file = tmp_path / "anh.png"
    file.write_bytes(png(4, 4, bytes(16)))
    with pytest.raises(ReadError, match=r"tesseract in .* lacks its data for Vietnamese \(vie\)"):
        read_text(file)


def test_without_tesseract_the_other_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which pages were left out is told."""
    monkeypatch.setenv(SETTING, "")
    text = read_text(mixed(tmp_path))
    assert not text.recognised
    assert "Trang dau" in text.content
    assert "Trang cuoi" in text.content
    assert len(text.warnings) == 1
    assert "pages 2 are pictures and were not read" in text.warnings[0]


# ---- parts ----------------------------------------------------------------------------------------------------------

HOCR = """<html><body><div class='ocr_page' title='image "stdin"; bbox 0 0 2480 3508; ppageno 0'>
<span class='ocr_line' title="bbox 300 400 1700 460; baseline 0.01 -12; x_size 58; x_descenders 12">
 <span class='ocrx_word' title='bbox 300 410 500 450; x_wconf 96'>Th&#7921;c</span>
 <span class='ocrx_word' title='bbox 1500 420 1700 460; x_wconf 90'><strong>hiện</strong></span>
 <span class='ocrx_word' title='bbox 1710 420 1720 430; x_wconf 12'>'</span></span></div></body></html>"""


def test_lines_are_set_upright() -> None:
    """Words of a line that rises stand on one base; dirt that was taken for a sign is none."""
    (page,) = pages_of(HOCR)
    words = [word for word in sheet_of(page).words if not word.blank]
    assert [word.text for word in words] == ["Thực", "hiện"]
    assert words[0].base == pytest.approx(words[1].base)
    assert words[0].left == pytest.approx(72, abs=0.1)  # points, on a page as wide as A4
    assert words[0].size == pytest.approx(13.9, abs=0.1)


def test_lines_of_about_one_size_are_of_one() -> None:
    """Capitals seem larger; notes stay smaller."""
    sizes = (13.7, 14.0, 14.2, 16.8, 10.1)
    sheet = Sheet([Word("chữ" * (9 if size == 14.0 else 1), 0, 9, 0, size) for size in sizes], recognised=True)
    assert [word.size for word in evened([sheet])[0].words] == [14.0, 14.0, 14.0, 14.0, 10.1]


LEGIBLE_TEXTS = [
    ("Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, " * 3, True, True),
    # a scanner's program without Vietnamese
    ("Thuc hién Chi thi so 33/CT-TTg ngày 26/11/2021 cùa Thù tuóng Chinh phù vê viêc tàng cuông " * 3, True, False),
    # letters whose codes the file does not tell
    ("7KӵF KLӋQ &KӍ WKӏ Vӕ  &7 77J QJj\\  FӫD 7Kӫ WѭӟQJ &KtQK SKӫ WăQJ FѭӡQJ " * 3, False, False),
    ("\ue012\ue013\ue044 \ue011\ue022 \ue012\ue013 " * 10, False, False),
    # an old encoding is mended later
    ("Thùc hiÖn ChØ thÞ sè 33 cña Thñ t\xadíng ChÝnh phñ vÒ viÖc t¨ng c\xadêng c«ng t¸c d©n vËn " * 3, True, True),
    # a page in English is no broken text
    ("The provincial committee reports on the results of the third quarter to the ministry " * 3, True, False),
    ("Phụ lục", True, True),  # too short to tell
]


@pytest.mark.parametrize(("text", "as_typed", "as_read_by_a_scanner"), LEGIBLE_TEXTS)
def test_which_text_can_be_used(text: str, as_typed: bool, as_read_by_a_scanner: bool) -> None:
    assert is_legible(text, LEGIBLE) is as_typed
    assert is_legible(text, LEGIBLE_UNDER, MARKED) is as_read_by_a_scanner


SLIPS = [
    ("Chỉ thị số 33/CT-TTE ngày 26/11/2021", "Chỉ thị số 33/CT-TTg ngày 26/11/2021"),
    ("Chỉ thị số 33/CT-TTEg.", "Chỉ thị số 33/CT-TTg."),  # one letter for two
    ("Kế hoạch số l5/KH-UBND ngày O2/l1/2022", "Kế hoạch số 15/KH-UBND ngày 02/11/2022"),  # letters for digits
    ("Quyết định số 15/2O10/QD-UBND", "Quyết định số 15/2010/QĐ-UBND"),
    ("Kế hoạch số 25/KH-ST'TTT", "Kế hoạch số 25/KH-STTTT"),  # dirt above the letters
    ("ĐẲNG CỘNG SẲN VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM"),  # capitals stay
    ("Trường Cao đẳng nghề, bình đẳng giới", "Trường Cao đẳng nghề, bình đẳng giới"),  # another word
    ("15 km/giờ, 3/4 số hộ, AND/OR", "15 km/giờ, 3/4 số hộ, AND/OR"),  # no symbol, no date
]


@pytest.mark.parametrize(("read", "meant"), SLIPS)
def test_slips_are_mended(read: str, meant: str) -> None:
    assert mended(Traced.of(read)).text == meant


@pytest.mark.parametrize("row", table("scan_slips"), ids=lambda row: row["read"])
def test_each_slip_of_the_table(row: dict[str, str]) -> None:
    """Its example holds it and is mended; words keep their length, so that each letter keeps its place."""
    said = mended(Traced.of(row["example"])).text
    assert row["meant"] in (said if row["kind"] == "letters" else said.lower())
    assert row["read"] in (row["example"] if row["kind"] == "letters" else row["example"].lower())
    assert row["kind"] == "letters" or len(row["read"]) == len(row["meant"])


@given(st.text(alphabet="lIO|0123/-. KHUBNDQĐTgsẳẵđn'’", max_size=60))
def test_letters_keep_their_places(text: str) -> None:
    """Whatever is mended: as many origins as letters, in order, the first and last in place."""
    line = mended(Traced.of(text))
    assert len(line.origins) == len(line.text)
    assert list(line.origins) == sorted(line.origins)
    assert mended(line).text == line.text


def test_pages_as_people_write_them() -> None:
    assert numbers([1, 3, 4, 5, 9, 10]) == "1, 3-5, 9-10"
