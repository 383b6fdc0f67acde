"""A page as words and rules with their places: what a PDF's page and a recognised picture have in common.

Places are in points; x grows to the right, y downwards, and `base` is the line that letters stand on.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.lines import glue
from ingest.markup import PLAIN, RAISE

SMALL = 0.8  # of a line's size: marks of footnotes and powers are smaller than that
LIFT = 0.15  # of a line's size: how far they stand above its base, at least
TIGHT = 0.18  # of the size: what stands closer is one word
DIGITS = re.compile(r"[(\[]?\d{1,3}[)\]]?")


@dataclass(slots=True)
class Word:
    """Characters side by side without a blank, in one size; `blank` is a real blank of the file."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, level or upright, from (left, top) to (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Sheet:
    """One page: its words in the order of the file, its rules; `recognised` when it was read off a picture."""

    words: list[Word]
    rules: list[Rule] = field(default_factory=list)
    recognised: bool = False


@dataclass(slots=True, eq=False)
class Strip:
    """A line of one column, or a row of a table ("a | b | c").

    `column` tells the strips of one block of a page: 0 is the running text, others are columns side by side.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    row: bool = False
    page: int = 0
    column: int = 0


def strip_of(words: Iterable[Word]) -> Strip:
    """Return the line that `words` (with at least one that is no blank) make, in order of their places."""
    line = sorted(words, key=lambda word: (word.left, word.blank))
    said = [word for word in line if not word.blank]
    size = main_size(said)
    base = Counter(round(word.base, 1) for word in said if word.size >= SMALL * size).most_common(1)[0][0]
    return Strip(
        text_of(line, size, base),
        said[0].left,
        max(word.right for word in said),
        base,
        size,
        all(word.bold for word in said if word.text.isalnum()) and any(word.bold for word in said),
    )


def main_size(words: Iterable[Word]) -> float:
    """Return the size that most characters have."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def text_of(line: list[Word], size: float, base: float) -> str:
    """Return the text of words from left to right; small digits above the base become raised digits: "vận²"."""
    pieces: list[str] = []
    before: Word | None = None
    blanks = 0
    tight = TIGHT * size + spacing(line)
    for word in line:
        if word.blank:
            blanks += 1
            continue
        gap = word.left - before.right if before else 0.0
        if before and (blanks or gap > tight):
            pieces.append(" " * (blanks if blanks > 2 and gap > size else 1))
        pieces.append(shown(word, size, base))
        before, blanks = word, 0
    return "".join(pieces)


def spacing(line: list[Word]) -> float:
    """Return by how much the letters of a line are set apart: B Á O  C Á O; only a line with real blanks tells.

    Between whole words a gap is a blank, though others of the line are written as such.
    """
    if not any(word.blank for word in line):
        return 0.0
    pairs = ((a, b) for a, b in itertools.pairwise(line) if not (a.blank or b.blank) and b.left > a.left)
    gaps = sorted(b.left - a.right for a, b in pairs if min(len(a.text), len(b.text)) == 1)
    return max(0.0, gaps[len(gaps) // 4]) if gaps else 0.0


def shown(word: Word, size: float, base: float) -> str:
    """Return the word, its digits raised where they stand small above the base of its line."""
    raised = word.size <= SMALL * size and base - word.base >= LIFT * size
    return word.text.translate(RAISE) if raised and DIGITS.fullmatch(word.text) else word.text


def joined(before: str, after: str) -> str:
    """Return two lines as one: "177/UBND-" and "NV" without a blank, so too "kinh tế-" and "xã hội", "35/" and "KH"."""
    bound = before[-1:] in "-/" and before[-2:-1].isalnum() and after[:1].isalnum()
    return before + ("" if bound else glue(before, after)) + after


def lowered(text: str) -> str:
    """Return the text with its raised digits as plain ones."""
    return text.translate(PLAIN)
