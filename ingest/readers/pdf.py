"""Read PDF: the text with its places by pypdfium2; pages without text are pictures to recognise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from ingest.readers.draft import Draft, write_out
from ingest.readers.limits import Limits
from ingest.readers.pages import flow_of
from ingest.readers.pdf_sheet import read_sheet
from ingest.readers.sheet import Sheet
from kg.model import ReadError


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a PDF; ReadError when it is damaged, locked, empty or too long."""
    with opened(path, data) as document:
        count = len(document)
        if count > limits.pages:
            raise ReadError(
                f"{path} has {count:,} pages, more than the {limits.pages:,} that are read: split the file."
            )
        sheets = [sheet_of(document, index) for index in range(count)]
    lines, warnings = flow_of(sheets)
    source, flow = write_out(lines)
    return Draft(source, flow, "pdf", warnings=warnings)


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[pypdfium.PdfDocument]:
    """Open a document, and close it; ReadError names what is wrong with it."""
    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError as error:
        locked = getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        if locked:
            raise ReadError(f"{path} is locked with a password: save it without one, then read it again.") from None
        raise ReadError(f"{path} is a damaged PDF file ({error}): open it, save it anew and read it again.") from None
    try:
        yield document
    finally:
        document.close()


def sheet_of(document: pypdfium.PdfDocument, index: int) -> Sheet:
    """Return the words and rules of one page; none of a page that is damaged."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return Sheet([])
    try:
        return read_sheet(page)
    finally:
        pdfium.FPDF_ClosePage(page)
