"""Make scans of PDF files, to measure how well they are recognised: pictures, askew, with dirt and a red stamp."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

DPI = 200  # what offices scan with
TURN = 0.8  # degrees that a page may lie askew, to either side
DIRT = 0.0002  # of the dots
RED = bytes((60, 40, 215))  # blue, green, red
STAMP = 0.16  # of the width of a page: the outer radius of a stamp


def scan(source: bytes, seed: int, pages: int = 1_000) -> bytes:
    """Return a PDF whose pages are pictures of the first `pages` of the PDF `source`."""
    document, made = pypdfium.PdfDocument(source), pypdfium.PdfDocument.new()
    random = Random(seed)
    for index in range(min(len(document), pages)):
        bitmap = askew(document[index], random.uniform(-TURN, TURN))
        spoil(bitmap, random)
        if index == len(document) - 1:
            stamp(bitmap, random)
        put(made, bitmap)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def askew(page: pypdfium.PdfPage, degrees: float) -> pypdfium.PdfBitmap:
    """Return a page as a picture, turned around its middle."""
    width, height = page.get_size()
    scale = DPI / 72
    bitmap = pypdfium.PdfBitmap.new_native(round(width * scale), round(height * scale), pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, bitmap.width, bitmap.height)
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = bitmap.width / 2, bitmap.height / 2
    matrix = pdfium.FS_MATRIX(
        scale * cosine,
        scale * sine,
        -scale * sine,
        scale * cosine,
        x - x * cosine + y * sine,
        y - x * sine - y * cosine,
    )
    whole = pdfium.FS_RECTF(0, 0, bitmap.width, bitmap.height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page, matrix, whole, 0)
    return bitmap


def spoil(bitmap: pypdfium.PdfBitmap, random: Random) -> None:
    """Make some dots of a picture dark and some bright."""
    dots = (ctypes.c_ubyte * (bitmap.stride * bitmap.height)).from_address(ctypes.addressof(bitmap.buffer))
    for _ in range(round(DIRT * bitmap.width * bitmap.height)):
        at = random.randrange(bitmap.height) * bitmap.stride + 3 * random.randrange(bitmap.width)
        dots[at : at + 3] = bytes([random.choice((40, 90, 255))]) * 3


def stamp(bitmap: pypdfium.PdfBitmap, random: Random) -> None:
    """Put a round red stamp on the lower right of a page, over what stands there."""
    dots = (ctypes.c_ubyte * (bitmap.stride * bitmap.height)).from_address(ctypes.addressof(bitmap.buffer))
    radius = STAMP * bitmap.width
    x, y = bitmap.width * random.uniform(0.55, 0.7), bitmap.height * random.uniform(0.3, 0.7)
    for row, column in ring(x, y, radius):
        at = row * bitmap.stride + 3 * column
        if 0 <= row < bitmap.height and 0 <= column < bitmap.width and dots[at] > 128:
            dots[at : at + 3] = RED


def ring(x: float, y: float, radius: float) -> Iterator[tuple[int, int]]:
    """Yield the dots of two circles and of spokes between, as (row, column)."""
    for row in range(round(y - radius), round(y + radius)):
        for column in range(round(x - radius), round(x + radius)):
            far = math.hypot(row - y, column - x) / radius
            spoke = 0.68 < far < 0.9 and math.atan2(row - y, column - x) % 0.25 < 0.09
            if 0.94 < far < 1 or 0.62 < far < 0.65 or spoke:
                yield row, column


def put(document: pypdfium.PdfDocument, bitmap: pypdfium.PdfBitmap) -> None:
    """Append a page to `document` that is a picture."""
    width, height = bitmap.width * 72 / DPI, bitmap.height * 72 / DPI
    page = document.new_page(width, height)
    picture = pypdfium.PdfImage.new(document)
    picture.set_bitmap(bitmap)
    picture.set_matrix(pypdfium.PdfMatrix().scale(width, height))
    page.insert_obj(picture)
    page.gen_content()


def main(source: str, target: str, pages: str = "1000") -> None:
    """Write the scan of one PDF."""
    Path(target).write_bytes(scan(Path(source).read_bytes(), len(source), int(pages)))


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])
