"""Tell the lines of a page and put them in reading order: columns side by side are read one after the other.

ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN BẠCH THÔNG              Độc lập - Tự do - Hạnh phúc
Số: 35/KH-UBND          Bạch Thông, ngày 17 tháng 02 năm 2022
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.readers.sheet import SMALL, TIGHT, Strip, Word, main_size, strip_of

SAME = 0.2  # of the size: bases that differ by less are one line
RAISED = 0.65  # of the size: a small mark stands at most so high above the base
BESIDE = 0.75  # of the size: lines that differ by less can't stand under each other
WIDE = 1.5  # of the size: a gap that parts columns
STRETCHED = 2.5  # times the usual gap between the words of its line, which may be stretched to fill the width
GUTTER = 0.7  # the same, where lines above or below part there
REACH = 2.0  # of the size: how far below a line the next of its column stands
# What stands apart before its line: "-", "+", "1.", "1.1.", "a)", "II.", "(1)", "²"
LABEL = re.compile(r"\W{1,2}|\(?(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]?|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[⁰¹²³⁴-⁹]{1,3}")
# A blank that is to be filled in: "Số:      /BC-UBND", "ngày      tháng 5 năm 2023"
OPEN = re.compile(r"(?:số|ngày|tháng|năm|:)\s*$", re.I)
FILLED = re.compile(r"[-/]|tháng|năm|ngày", re.I)


@dataclass(slots=True)
class Row:
    """Lines that stand side by side, from left to right."""

    parts: list[list[Word]]
    strips: list[Strip] = field(default_factory=list)

    @property
    def size(self) -> float:
        return max(strip.size for strip in self.strips)

    @property
    def base(self) -> float:
        return max(strip.base for strip in self.strips)


def lines_of(words: Iterable[Word]) -> list[Strip]:
    """Return the lines of one column, from top to bottom."""
    return [strip_of(line) for line in lines(words)]


def strips_of(words: Iterable[Word]) -> list[Strip]:
    """Return the lines of a page in reading order; those of columns side by side carry the number of their column."""
    rows = [Row(parts) for parts in beside([part for line in lines(words) for part in parted(line)])]
    for row in rows:
        row.strips = [strip_of(part) for part in row.parts]
    found: list[Strip] = []
    for number, band in enumerate(bands(rows)):
        found += band.in_order(number)
    return found


# ---- lines ----------------------------------------------------------------------------------------------------------


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return the words by the lines they stand on, from top to bottom; raised marks with the line they mark."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if found and word.base - found[-1][0].base <= SAME * min(word.size, found[-1][0].size):
            found[-1].append(word)
        else:
            found.append([word])
    kept = [line for line in found if any(not word.blank for word in line)]
    return list(_with_marks(kept))


def _with_marks(found: list[list[Word]]) -> Iterator[list[Word]]:
    """Yield the lines, small ones that stand just above or below a larger one taken into it."""
    sizes = [main_size([word for word in line if not word.blank]) for line in found]
    waiting: list[Word] = []
    last: list[Word] | None = None
    for index, line in enumerate(found):
        after = index + 1 < len(found) and found[index + 1][0].base - line[0].base <= RAISED * sizes[index + 1]
        if after and sizes[index] <= SMALL * sizes[index + 1]:
            waiting += line
        elif last and sizes[index] <= SMALL * last[0].size and line[0].base - last[0].base <= 0.3 * last[0].size:
            last += line
        else:
            if last is not None:
                yield last
            last = [*line, *waiting]
            waiting = []
    if last is not None:
        yield last


def parted(line: list[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a line between wide gaps."""
    wide = wide_gap(line)
    part: list[Word] = []
    right: float | None = None
    for word in sorted(line, key=lambda word: (word.left, word.blank)):
        if not word.blank:
            if right is not None and word.left - right > wide and not _to_fill_in(part, word):
                yield part
                part = []
            right = max(right or word.right, word.right)
        part.append(word)
    yield part


def wide_gap(line: list[Word]) -> float:
    """Return from which width on a gap in a line parts columns."""
    said = sorted((word for word in line if not word.blank), key=lambda word: word.left)
    size = main_size(said)
    gaps = sorted(gap for a, b in itertools.pairwise(said) if (gap := b.left - a.right) > TIGHT * size)
    usual = gaps[(len(gaps) - 1) // 2] if len(gaps) > 1 else 0.0
    return max(WIDE * size, STRETCHED * usual if usual < WIDE * size else 0.0)


def _to_fill_in(part: list[Word], word: Word) -> bool:
    """Return whether the gap before `word` is a blank to be filled in, or parts a label from its line."""
    said = "".join(word.text for word in part[-12:])
    if len(part) < 4 and LABEL.fullmatch(said.strip()):
        return True
    return OPEN.search(said) is not None and FILLED.match(word.text) is not None


def beside(parts: list[list[Word]]) -> list[list[list[Word]]]:
    """Return the parts in rows: those that overlap in height stand side by side."""
    rows: list[list[list[Word]]] = []
    for part in sorted(parts, key=lambda part: part[0].base):
        said = [word for word in part if not word.blank]
        if rows and said[0].base - rows[-1][0][0].base < BESIDE * said[0].size and _apart(rows[-1], said):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda part: part[0].left) for row in rows]


def _apart(row: list[list[Word]], words: list[Word]) -> bool:
    """Return whether `words` overlap with no part of the row in width."""
    left, right = words[0].left, words[-1].right
    return all(part[0].left >= right or max(word.right for word in part) <= left for part in row)


# ---- columns --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Band:
    """Rows one below the other that leave the same gutters free."""

    rows: list[Row]
    gutters: list[tuple[float, float]]

    def takes(self, row: Row) -> bool:
        """Return whether the row goes on with the columns; take its width into account if so."""
        if not self.gutters or row.base - self.rows[-1].base > REACH * max(row.size, self.rows[-1].size):
            return False
        if len(row.strips) == 1:
            split = split_at(row, self.gutters)
            if split is not None:
                row.strips = split
        gutters = [narrowed(gutter, row.strips) for gutter in self.gutters]
        if any(high - low < GUTTER * row.size for low, high in gutters) or len(row.strips) > len(gutters) + 1:
            return False
        self.gutters = gutters
        self.rows.append(row)
        return True

    def in_order(self, number: int) -> list[Strip]:
        """Return the strips in reading order: two columns one after the other, three and more as rows of a table."""
        if not self.gutters:
            return [strip for row in self.rows for strip in row.strips]
        columns: list[list[Strip]] = [[] for _ in range(len(self.gutters) + 1)]
        for row in self.rows:
            for strip in row.strips:
                at = sum(strip.left >= high - 1 for _, high in self.gutters)
                columns[at].append(strip)
                strip.column = number * 10 + at + 1
        if len(self.gutters) == 1:
            return columns[0] + columns[1]
        return [row_of(row) for row in self.rows]


def row_of(row: Row) -> Strip:
    """Return the strips of a row as the row of a table."""
    first = row.strips[0]
    if len(row.strips) == 1:
        return first
    right = max(strip.right for strip in row.strips)
    text = " | ".join(strip.text for strip in row.strips)
    return Strip(text, first.left, right, row.base, row.size, row=True, column=-1)


def bands(rows: list[Row]) -> Iterator[Band]:
    """Yield the rows in bands, from top to bottom."""
    band: Band | None = None
    for row in rows:
        if band is not None and band.takes(row):
            continue
        if band is not None:
            yield band
        band = Band([row], gutters_of(row))
    if band is not None:
        yield band


def gutters_of(row: Row) -> list[tuple[float, float]]:
    """Return the gaps between the parts of a row."""
    return [(a.right, b.left) for a, b in zip(row.strips, row.strips[1:], strict=False)]


def narrowed(gutter: tuple[float, float], strips: list[Strip]) -> tuple[float, float]:
    """Return what of a gutter the strips leave free."""
    low, high = gutter
    for strip in strips:
        if strip.right < high and strip.left < low:
            low = max(low, strip.right)
        elif strip.left > low:
            high = min(high, strip.left)
        else:
            return 0.0, 0.0
    return low, high


def split_at(row: Row, gutters: list[tuple[float, float]]) -> list[Strip] | None:
    """Return the two parts of a line that has a gap, if a small one, where columns part; else None."""
    words = sorted((word for word in row.parts[0] if not word.blank), key=lambda word: word.left)
    for index in range(1, len(words)):
        low, high = words[index - 1].right, words[index].left
        if high - low >= GUTTER * row.size and any(low < end and begin < high for begin, end in gutters):
            blanks = [word for word in row.parts[0] if word.blank]
            left = words[:index] + [word for word in blanks if word.left < low]
            right = words[index:] + [word for word in blanks if word.left >= low]
            return [strip_of(left), strip_of(right)]
    return None
