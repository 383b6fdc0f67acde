"""Take a page of a PDF apart into words and rules by pypdfium2.

The order of a file's letters is not that of its lines: where a font lacks "Ộ", a writer sets all letters of a line that
it has, and then those that it took from another font. So every letter is placed by where it stands.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from ingest.readers.sheet import Rule, Sheet, Word

MOST_OBJECTS = 20_000  # of a page: a map or a drawing has more, and no table in them
MOST_SEGMENTS = 400  # of a path
THIN = 2.5  # points: no rule is thicker
SHORTEST = 8.0  # points: no rule is shorter
HYPHENS = (0xFFFE, 0x2)  # how pdfium writes a hyphen at the end of a line
NEAR = 0.05  # of the size: letters that follow each other so closely are of one word
BOLD = ("bold", "black", "heavy", "demi")
SURROGATE = re.compile("[\ud800-\udfff]")
BLANK, RETURN, FEED = 0x20, 0x0D, 0x0A


@dataclass(slots=True)
class Shape:
    """How the letters from here on are set: size in points, direction as (cosine, sine), weight."""

    size: float
    cosine: float
    sine: float
    bold: bool


def read_sheet(page: pdfium.FPDF_PAGE) -> Sheet:
    """Return the words and rules of a loaded page."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return Sheet([])
    try:
        words, turned = upright(list(Letters(text).words()))
    finally:
        pdfium.FPDFText_ClosePage(text)
    return Sheet(words, [turned_rule(rule, turned) for rule in find_rules(page)] if words else [])


class Letters:
    """Reads the letters of a page one after the other, and tells where one word ends."""

    def __init__(self, text: pdfium.FPDF_TEXTPAGE) -> None:
        self.text = text
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.box = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()
        self.shape = Shape(1.0, 1.0, 0.0, False)
        self.fonts: dict[bytes, bool] = {}

    def words(self) -> Iterator[tuple[Word, float, float]]:
        """Yield each word with the cosine and sine of its direction."""
        word: Word | None = None
        letters: list[str] = []
        for index in range(pdfium.FPDFText_CountChars(self.text)):
            code = pdfium.FPDFText_GetUnicode(self.text, index)
            if code in (RETURN, FEED, 0) or (code == BLANK and pdfium.FPDFText_IsGenerated(self.text, index) == 1):
                continue
            left, right, base = self.place(index)
            near = NEAR * self.shape.size
            follows = word is not None and abs(base - word.base) < near and -near < left - word.right < near
            if word is not None and not (follows and code != BLANK and not word.blank):
                yield self.done(word, letters)
                word = None
            if word is None:
                if not follows:
                    self.shape = self.shape_at(index)
                    left, right, base = self.place(index)
                elif code != BLANK:
                    self.shape.bold = self.is_bold(index)
                word = Word("", left, right, base, self.shape.size, self.shape.bold, code == BLANK)
                letters = []
            word.right = max(word.right, right)
            letters.append("-" if code in HYPHENS else chr(code))
        if word is not None:
            yield self.done(word, letters)

    def done(self, word: Word, letters: list[str]) -> tuple[Word, float, float]:
        word.text = "".join(letters)
        if SURROGATE.search(word.text):  # one letter beyond U+FFFF comes as two
            word.text = word.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return word, self.shape.cosine, self.shape.sine

    def place(self, index: int) -> tuple[float, float, float]:
        """Return (left, right, base) of a letter, seen in the direction of the present shape."""
        pdfium.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
        pdfium.FPDFText_GetLooseCharBox(self.text, index, self.box)
        x, y, cosine, sine = self.x.value, self.y.value, self.shape.cosine, self.shape.sine
        box = self.box
        if not sine and cosine > 0:
            return x, max(box.right, x), -y
        corners = [(box.left, box.top), (box.left, box.bottom), (box.right, box.top), (box.right, box.bottom)]
        along = x * cosine + y * sine
        return along, max(along, *(a * cosine + b * sine for a, b in corners)), x * sine - y * cosine

    def shape_at(self, index: int) -> Shape:
        """Return how the letter at `index` is set."""
        size = pdfium.FPDFText_GetFontSize(self.text, index)
        cosine, sine = 1.0, 0.0
        if pdfium.FPDFText_GetMatrix(self.text, index, self.matrix):
            matrix = self.matrix
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            if abs(matrix.b) > 1e-3 * abs(matrix.a) or matrix.a < 0:
                length = math.hypot(matrix.a, matrix.b) or 1.0
                cosine, sine = round(matrix.a / length, 3), round(matrix.b / length, 3)
        return Shape(max(size, 1.0), cosine, sine, self.is_bold(index))

    def is_bold(self, index: int) -> bool:
        size = pdfium.FPDFText_GetFontInfo(self.text, index, self.name, len(self.name), self.flags)
        name = self.name.raw[: min(size, len(self.name))] if size else b""
        if name not in self.fonts:
            said = name.decode("utf-8", "replace").lower()
            self.fonts[name] = any(word in said for word in BOLD)
        return self.fonts[name]


# ---- direction ------------------------------------------------------------------------------------------------------


def upright(found: list[tuple[Word, float, float]]) -> tuple[list[Word], tuple[float, float]]:
    """Return the words in the direction that most have, those in others set below them, and that direction."""
    ways: dict[tuple[float, float], list[Word]] = {}
    for word, cosine, sine in found:
        ways.setdefault((cosine, sine), []).append(word)
    if len(ways) < 2:
        return [word for word, *_ in found], next(iter(ways), (1.0, 0.0))
    main = max(ways, key=lambda way: sum(len(word.text) for word in ways[way]))
    words = ways.pop(main)
    for others in ways.values():  # a watermark, a stamp in the margin: after the text, below it
        shift = max(word.base for word in words) + 100 - min(word.base for word in others)
        for word in others:
            word.base += shift
        words = words + others
    return words, main


def turned_rule(rule: Rule, way: tuple[float, float]) -> Rule:
    """Return a rule as it stands when the page is turned so that its words are level."""
    cosine, sine = way
    corners = [(rule.left, -rule.top), (rule.right, -rule.bottom)]
    xs = sorted(x * cosine + y * sine for x, y in corners)
    ys = sorted(x * sine - y * cosine for x, y in corners)
    return Rule(xs[0], ys[0], xs[1], ys[1])


# ---- rules ----------------------------------------------------------------------------------------------------------


def find_rules(page: pdfium.FPDF_PAGE) -> Iterator[Rule]:
    """Yield the rules of a page: thin paths, and the sides of drawn boxes."""
    count = pdfium.FPDFPage_CountObjects(page)
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(count if count <= MOST_OBJECTS else 0):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        if right - left <= THIN or top - bottom <= THIN:
            yield from rules_between((left, top), (right, bottom))
        elif pdfium.FPDFPath_CountSegments(item) <= MOST_SEGMENTS:
            yield from sides_of(item)


def sides_of(path: pdfium.FPDF_PAGEOBJECT) -> Iterator[Rule]:
    """Yield the level and upright lines of a path."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    at = start = (0.0, 0.0)
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from rules_between(at, here)
        at = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from rules_between(here, start)


def rules_between(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    """Yield the rule from one point to the other, if it is one: level or upright, and long enough."""
    left, right = sorted((a[0], b[0]))
    low, high = sorted((a[1], b[1]))
    if min(right - left, high - low) <= THIN and max(right - left, high - low) >= SHORTEST:
        yield Rule(left, -high, right, -low)
