"""Tell which pages of a PDF are pictures to recognise, and draw them.

A scan has one picture or strips of it all over the page, and no text; or the name of who signed it by machine; or a
text under the picture that a scanner read, often without Vietnamese.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from ingest.readers.legacy import mended
from ingest.readers.pages import page_strips
from ingest.readers.sheet import Sheet
from ingest.readers.syllables import is_syllable

COARSE, FINE = 200, 300  # dots in an inch: between these a scan is drawn as fine as it is, all else at the finest
MOST_DOTS = 40_000_000  # of a picture that is drawn: A4 has 8.7 million, A3 17 million
COVERED = 0.6  # of a page: a scan covers more
FEW = 400  # letters on a picture: a stamp, a signature by machine, a number
LEAST = 20  # words that tell how legible a text is
LEGIBLE = 0.4  # of the words of a text that people set are syllables of Vietnamese, mostly far more
LEGIBLE_UNDER = 0.75  # of those that a scanner read
MARKED = 0.2  # of the words have letters with marks: Vietnamese has them in four of five
PUNCTUATION = ".,;:!?()[]{}<>\"'“”‘’…-–—/|*&%"
STRANGE = {"Co", "Cn", "Cc", "Cs"}
MOST_STRANGE = 0.03  # of the characters
INVISIBLE = 3  # the render mode of text that a scanner laid under its picture
MOST_OBJECTS = 20_000


def is_picture(page: pdfium.FPDF_PAGE, sheet: Sheet) -> bool:
    """Tell whether the words of a page are to be recognised, for it has none, or none that can be used."""
    text = "\n".join(strip.text for strip in page_strips(sheet, 0)) if sheet.words else ""
    letters = sum(char.isalnum() for char in text)
    pictures, hidden, objects = seen(page)
    if pictures < COVERED:
        return not letters and objects > 0 if letters < LEAST else not is_legible(text, LEGIBLE)
    return letters < FEW or (hidden and not is_legible(text, LEGIBLE_UNDER, MARKED)) or not is_legible(text, LEGIBLE)


def is_read_by_scanner(page: pdfium.FPDF_PAGE) -> bool:
    """Tell whether the text of a page lies under a picture of it."""
    pictures, hidden, _ = seen(page)
    return hidden and pictures >= COVERED


def seen(page: pdfium.FPDF_PAGE) -> tuple[float, bool, int]:
    """Return how much of a page pictures cover (0..1), whether its text is hidden, and how many things it has."""
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    covered, hidden, shown, count = 0.0, 0, 0, pdfium.FPDFPage_CountObjects(page)
    for item in things(page, count):
        if is_image(item):
            covered += size_of(item)
        elif pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT:
            is_hidden = pdfium.FPDFTextObj_GetTextRenderMode(item) == INVISIBLE
            hidden, shown = hidden + is_hidden, shown + (not is_hidden)
    return min(1.0, covered / max(area, 1.0)), hidden > shown, count


def things(page: pdfium.FPDF_PAGE, count: int) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    """Yield what stands on a page, also in forms that it is made of."""
    for index in range(min(count, MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            for place in range(min(pdfium.FPDFFormObj_CountObjects(item), MOST_OBJECTS)):
                yield pdfium.FPDFFormObj_GetObject(item, place)
        else:
            yield item


def size_of(item: pdfium.FPDF_PAGEOBJECT) -> float:
    """Return how much of the page a thing covers, in square points."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *sides):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    return max(0.0, right - left) * max(0.0, top - bottom)


def is_legible(text: str, least: float, marked: float = 0.0) -> bool:
    """Tell whether a text has words of Vietnamese, in an encoding of today or an old one; a short text has.

    English and other languages in plain letters pass where nothing is `marked`: they are no broken text.
    """
    text = mended([text])[0][0]
    strange = sum(unicodedata.category(char) in STRANGE or char == "\ufffd" for char in text if char not in "\t\n")
    if strange > MOST_STRANGE * len(text):
        return False
    words = [word for word in (token.strip(PUNCTUATION) for token in text.split()) if any(map(str.isalpha, word))]
    if len(words) < LEAST:
        return True
    plain = sum(word.isascii() and word.isalpha() for word in words)
    good = sum(map(is_syllable, words))
    if marked and sum(is_syllable(word) and not word.isascii() for word in words) < marked * len(words):
        return False
    return (good if marked else max(good, plain)) >= least * len(words)


# ---- drawing --------------------------------------------------------------------------------------------------------


def fineness(page: pdfium.FPDF_PAGE) -> float:
    """Return with how many dots in an inch to draw a page: those of its largest picture, for more only blur it."""
    sizes = [(size_of(item), item) for item in things(page, pdfium.FPDFPage_CountObjects(page)) if is_image(item)]
    if not sizes:
        return FINE
    area, largest = max(sizes, key=lambda one: one[0])
    across, down = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(largest, across, down)
    dots = 72 * (across.value * down.value / max(area, 1.0)) ** 0.5
    return float(min(max(dots, COARSE), FINE))


def is_image(item: pdfium.FPDF_PAGEOBJECT) -> bool:
    return bool(pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE)


def drawn(page: pdfium.FPDF_PAGE) -> bytes:
    """Return a page as a picture in shades of grey (PGM), as one sees it through red glass: without its red stamps."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(fineness(page) / 72, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_Create(across, down, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        dots = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    red = dots[2::4]  # blue, green, red, nothing
    return b"P5 %d %d 255\n" % (stride // 4, down) + red
