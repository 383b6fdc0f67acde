"""Recognise pictures of pages by tesseract: words with their places, as the page of a PDF has them.

tesseract tells where each line stands and how it is inclined, in hOCR; the page is set upright by that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from time import monotonic

from ingest.readers import tools
from ingest.readers.faults import fault
from ingest.readers.limits import Limits
from ingest.readers.sheet import Sheet, Word
from ingest.readers.tools import TESSERACT, ToolError
from kg.language import saying

LANGUAGE = "vie"
SHORT_SIDE = 595.0  # points of the shorter side of a page: A4, which nearly all office papers are
SURE = 30.0  # per cent: below it a word without letters is dirt, a fold or a stroke of a signature
SURE_LETTERS = 8.0
LIKE_BODY = (0.9, 1.4)  # of the body's size: what tesseract measures for lines of one size, capitals the largest
SPARE = 0.9  # of the time for a file: then it is given up here, with better words than those of who stops it


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a line, in dots of the picture; `slope` and `size` are those of the line."""

    text: str
    left: float
    right: float
    base: float
    size: float
    slope: float


class Recogniser:
    """Recognises the pages of one file; counts the time that the file has."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.limits = limits
        self.began = monotonic()
        self.program = program_for(path)
        self.done = 0

    def sheets(self, picture: bytes) -> list[Sheet]:
        """Return the pages of a picture (a TIFF may have many); ReadError where it can't be recognised."""
        left = SPARE * self.limits.seconds - (monotonic() - self.began)
        if left <= 0:
            raise fault(self.path, saying("scan long", n=self.done, seconds=f"{self.limits.seconds:g}"))
        try:
            said = run(self.program, picture, min(left, self.limits.page_seconds))
        except ToolError as error:
            raise fault(self.path, saying("scan failed", page=self.done + 1, error=error.args[0])) from None
        found = [sheet_of(page) for page in pages_of(said)]
        self.done += len(found)
        return found


def program_for(path: Path) -> Path:
    """Return tesseract, where it has its data for Vietnamese; ReadError with the remedy where it is not so."""
    program = tools.find(TESSERACT)
    if program is None:
        raise fault(path, saying("scan no tesseract"))
    if not has_vietnamese(program):
        raise fault(path, saying("scan no vietnamese", program=program))
    return program


def has_vietnamese(program: Path) -> bool:
    """Tell whether tesseract has its data for Vietnamese."""
    try:
        said = tools.run([program, "--list-langs"], tools.BRIEF)
    except ToolError:
        return False
    return LANGUAGE in said.decode("utf-8", "replace").split()


def run(program: Path, picture: bytes, seconds: float) -> str:
    """Return what tesseract makes of a picture, as hOCR; one thread, for the pages of other files go on beside it."""
    command = [str(program), "stdin", "stdout", "-l", LANGUAGE, "hocr"]
    said = tools.run(command, seconds, data=picture, more={"OMP_THREAD_LIMIT": "1"})
    return said.decode("utf-8", "replace")


# ---- hOCR -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Page:
    """A page of hOCR: width and height in dots, and its words."""

    width: float
    height: float
    words: list[Found]


@dataclass(frozen=True, slots=True)
class LineShape:
    """Where a line stands: its left and lower side, the slope and offset of its base, its size."""

    left: float
    bottom: float
    slope: float
    offset: float
    size: float


NUMBERS = r"((?:\s-?[\d.]+)+)"
PROPERTY = re.compile(rf"\b(bbox|baseline|x_size|x_wconf){NUMBERS}")
LINES = {"ocr_line", "ocr_caption", "ocr_header", "ocr_footer", "ocr_textfloat"}


class Hocr(HTMLParser):
    """Reads what tesseract writes: pages, lines in them, words in those."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Page] = []
        self.line = LineShape(0, 0, 0, 0, 1)
        self.word: tuple[float, float, float] | None = None  # left, right, confidence
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        kind, said = told.get("class"), properties(told.get("title") or "")
        if kind == "ocr_page":
            self.pages.append(Page(said["bbox"][2], said["bbox"][3], []))
        elif kind in LINES:
            left, _, _, bottom = said["bbox"]
            slope, offset = said.get("baseline", (0.0, 0.0))
            self.line = LineShape(left, bottom, slope, offset, said.get("x_size", (1.0,))[0])
        elif kind == "ocrx_word":
            self.word = (said["bbox"][0], said["bbox"][2], said.get("x_wconf", (0.0,))[0])
            self.text = []

    def handle_data(self, data: str) -> None:
        if self.word:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.word:
            left, right, sure = self.word
            text, line = "".join(self.text).strip(), self.line
            if text and sure >= (SURE_LETTERS if any(char.isalnum() for char in text) else SURE):
                base = line.bottom + line.offset + line.slope * (left - line.left)
                self.pages[-1].words.append(Found(text, left, right, base, line.size, line.slope))
            self.word = None


def properties(title: str) -> dict[str, tuple[float, ...]]:
    """Return what the title of an element tells, by name: "bbox 95 178 215 249; x_size 70"."""
    return {name: tuple(map(float, numbers.split())) for name, numbers in PROPERTY.findall(title)}


def pages_of(hocr: str) -> list[Page]:
    """Return the pages of what tesseract wrote."""
    parser = Hocr()
    parser.feed(hocr)
    parser.close()
    return parser.pages


# ---- sheets ---------------------------------------------------------------------------------------------------------


def sheet_of(page: Page) -> Sheet:
    """Return a page in points, set upright by how most of its lines are inclined."""
    scale = SHORT_SIDE / max(1.0, min(page.width, page.height))
    slope = middle([(found.slope, len(found.text)) for found in page.words])
    words: list[Word] = []
    for found in page.words:
        base, size = (found.base - slope * found.left) * scale, found.size * scale
        right = found.right * scale
        words.append(Word(found.text, found.left * scale, right, base, size))
        words.append(Word(" ", right, right, base, size, blank=True))
    return Sheet(words, recognised=True)


def middle(values: list[tuple[float, int]]) -> float:
    """Return the weighted median of (value, weight), 0 of none."""
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return 0.0


def evened(sheets: list[Sheet]) -> list[Sheet]:
    """Return recognised pages with one size for all running text: what is measured differs from line to line."""
    body = middle([(word.size, len(word.text)) for sheet in sheets for word in sheet.words])
    low, high = (body * bound for bound in LIKE_BODY)

    def even(word: Word) -> Word:
        return replace(word, size=body if low <= word.size <= high else word.size)

    return [replace(sheet, words=[even(word) for word in sheet.words]) for sheet in sheets]
