"""Read PDF: the text with its places by pypdfium2; pages without text are pictures to recognise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from ingest.readers.draft import Draft
from ingest.readers.faults import fault, reason_in
from ingest.readers.limits import Limits
from ingest.readers.pdf_pictures import drawn, is_picture, is_read_by_scanner
from ingest.readers.pdf_sheet import read_sheet
from ingest.readers.recognise import Recogniser, evened
from ingest.readers.scan import draft_of
from ingest.readers.sheet import Sheet
from kg.language import saying
from kg.model import ReadError


def read(path: Path, data: bytes, limits: Limits) -> Draft:
    """Return the draft of a PDF; ReadError when it is damaged, locked, empty or too long."""
    with opened(path, data) as document:
        count = len(document)
        if count > limits.pages:
            raise fault(path, saying("pdf long", n=count, most=limits.pages))
        pages = Pages(path, document, limits)
        sheets = [pages.sheet(index) for index in range(count)]
    draft = draft_of(evened(sheets) if pages.recogniser else sheets, "pdf")
    return replace(draft, warnings=(*draft.warnings, *pages.warnings(any(sheet.words for sheet in sheets))))


class Pages:
    """Reads the pages of one PDF, each as a text or as a picture; knows which it could not."""

    def __init__(self, path: Path, document: pypdfium.PdfDocument, limits: Limits) -> None:
        self.path = path
        self.document = document
        self.limits = limits
        self.recogniser: Recogniser | None = None
        self.refused: ReadError | None = None  # why no page can be recognised here
        self.left: list[int] = []  # numbers of the pages that were not read

    def sheet(self, index: int) -> Sheet:
        """Return the words and rules of one page; none of a page that is damaged."""
        page = pdfium.FPDF_LoadPage(self.document.raw, index)
        if not page:
            return Sheet([])
        try:
            sheet = read_sheet(page)
            if not is_picture(page, sheet):
                return replace(sheet, recognised=is_read_by_scanner(page))
            return self.recognised(page, index)
        finally:
            pdfium.FPDF_ClosePage(page)

    def recognised(self, page: pdfium.FPDF_PAGE, index: int) -> Sheet:
        """Return the words of a page that is a picture; none where it can't be recognised on this machine."""
        try:
            if self.recogniser is None and self.refused is None:
                self.recogniser = Recogniser(self.path, self.limits)
        except ReadError as error:
            self.refused = error
        if self.recogniser is None:
            self.left.append(index + 1)
            return Sheet([])
        return next(iter(self.recogniser.sheets(drawn(page))), Sheet([]))

    def warnings(self, some: bool) -> tuple[str, ...]:
        """Return which pages were not read, where `some` were; ReadError where none was for want of a program."""
        if self.refused is None:
            return ()
        if not some:
            raise self.refused
        return (saying("scan pages left", pages=numbers(self.left), error=reason_in(self.refused)),)


def numbers(pages: list[int]) -> str:
    """Return numbers of pages as people write them: "1, 3-7, 12"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ", ".join("-".join(map(str, run)) for run in runs)


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[pypdfium.PdfDocument]:
    """Open a document, and close it; ReadError names what is wrong with it."""
    try:
        document = pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError as error:
        locked = getattr(error, "err_code", 0) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        if locked:
            raise fault(path, saying("pdf locked")) from None
        raise fault(path, saying("pdf damaged", error=str(error).rstrip("."))) from None
    try:
        yield document
    finally:
        document.close()


def picture_of(data: bytes) -> bytes:
    """Return the first page of a PDF as a picture: what a scan of it would be."""
    with opened(Path("example.pdf"), data) as document:
        page = pdfium.FPDF_LoadPage(document.raw, 0)
        try:
            return drawn(page)
        finally:
            pdfium.FPDF_ClosePage(page)
