"""Tables that lost their bars: what is left of a table of Word or PDF in a text file, made rows again.

    TT               the cells one below the other; a row ends where the next number stands
    Đơn vị
    Văn bản
    1
    UBND xã Lâm Thao
    12/KH-UBND

    STT Đơn vị Văn bản Ngày                                a row on each line, its cells side by side
    01 UBND xã Tân Hồng Kế hoạch số 52/KH-UBND 22/8/2025

    Xã Thoại Sơn   KH số 03/KH-HPN   01/8/2025             columns kept apart by some blanks, line after line

Only a table that counts its rows 1, 2 is taken for one of the first two kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.letters import alternatives
from ingest.lines import NUMBERED, types
from ingest.markup import Line
from ingest.traced import Traced, Writer

COUNTED = re.compile(r"(?:S?TT|Số\s+TT|Số\s+thứ\s+tự)\b[.:]?\s*", re.IGNORECASE)
NUMBER = re.compile(r"0?(?P<number>\d{1,3})[.)]?")
BEGINS = re.compile(rf"{NUMBER.pattern}\s+(?=\D)")
TITLE, MOST, CELL = 40, 9, 300  # characters of a column's title, columns, and characters of a cell, at most
WRAPPED = 3  # lines more than cells that a row may have
BLANKS = re.compile(r"(?<=\S) {3,}(?=\S)")
DAY = re.compile(r"\s+(?=(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*$)")
BAR = " | "


def with_rows(lines: list[Line]) -> list[Line]:
    """Return the lines, those of a table without bars joined and parted to rows."""
    if not any(COUNTED.match(line.text.text) for line in lines):
        return list(with_columns(lines))
    out: list[Line] = []
    place = 0
    while place < len(lines):
        rows, end = stacked(lines, place) or beside(lines, place) or ([lines[place]], place + 1)
        out += rows
        place = end
    return list(with_columns(out))


# ---- cells one below the other --------------------------------------------------------------------------------------

Table = tuple[list[Line], int]  # the rows, and the number of the line behind them


def stacked(lines: list[Line], place: int) -> Table | None:
    """Return the table whose first title stands at `place`, its cells one below the other; None when it is none."""
    head = COUNTED.fullmatch(lines[place].text.text)
    first = next((i for i in range(place + 1, min(place + MOST + 1, len(lines))) if counts(lines[i], 1)), None)
    if head is None or first is None or first == place + 1:
        return None
    if not all(is_cell(line, TITLE) for line in lines[place + 1 : first]):
        return None
    columns = first - place
    rows, start = [lines[place:first]], first
    while (end := row_end(lines, start, columns, len(rows))) is not None:
        rows.append(lines[start:end])
        start = end
    if len(rows) < 3:
        return None
    return [joined(row, BAR) for row in rows], start


def row_end(lines: list[Line], start: int, columns: int, number: int) -> int | None:
    """Return where row `number` of a table ends that begins at `start`, None when none begins there."""
    if start >= len(lines) or not counts(lines[start], number):
        return None
    for end in range(start + 2, min(start + columns + WRAPPED, len(lines)) + 1):
        if end < len(lines) and counts(lines[end], number + 1):
            return end
    end = start + 1  # the last row has no number behind it
    while end < min(start + columns, len(lines)) and is_cell(lines[end], CELL) and not NUMBERED.match(text(lines[end])):
        end += 1
    return end if end > start + 1 else None


def counts(line: Line, number: int) -> bool:
    """Tell whether a line is nothing but the number of a row."""
    found = NUMBER.fullmatch(line.text.text)
    return found is not None and int(found["number"]) == number


def is_cell(line: Line, most: int) -> bool:
    """Tell whether a line may be a cell: short, and no heading or note."""
    return line.kind in {"paragraph", "item"} and line.note is None and line.level == 0 and len(line.text) <= most


# ---- cells side by side ---------------------------------------------------------------------------------------------


def beside(lines: list[Line], place: int) -> Table | None:
    """Return the table whose titles stand on the line `place`, its rows on lines of their own; None when it is none."""
    head = COUNTED.match(text(lines[place]))
    if head is None or not text(lines[place])[head.end() :] or not is_cell(lines[place], CELL):
        return None
    rows: list[list[Line]] = []
    start = place + 1
    while (end := line_row_end(lines, start, len(rows) + 1)) is not None:
        rows.append(lines[start:end])
        start = end
    if len(rows) < 2:
        return None
    titles = joined([lines[place]], " ")
    return [titles, *(parted(joined(row, " ")) for row in rows)], start


def line_row_end(lines: list[Line], start: int, number: int) -> int | None:
    """Return where row `number` ends that begins at `start` with its number, None when none begins there."""
    if start >= len(lines) or not opens_row(lines[start], number):
        return None
    end = start + 1
    while end < min(start + WRAPPED, len(lines)) and not (lines[end].gap or opens_row(lines[end], number + 1)):
        if not is_cell(lines[end], CELL) or NUMBERED.match(text(lines[end])) or BEGINS.match(text(lines[end])):
            break
        end += 1
    return end


def opens_row(line: Line, number: int) -> bool:
    """Tell whether a line begins with the number of a row."""
    found = BEGINS.match(text(line))
    return found is not None and is_cell(line, CELL) and int(found["number"]) == number


@cache
def document() -> re.Pattern[str]:
    """Return what finds where the first document of a row begins: "Kế hoạch số 52/KH-UBND", "52/KH-UBND"."""
    kinds = alternatives(sorted(types(), key=len, reverse=True))
    return re.compile(rf"\s+(?=(?:(?:(?:{kinds})\s+)?(?:số\s*:?\s*)?)\d+[\d/]*\s?[-/]\s?[A-ZĐ])", re.IGNORECASE)


def parted(row: Line) -> Line:
    """Return a row parted before its first document and before the day at its end."""
    number = BEGINS.match(row.text.text)
    places = [found.span() for found in (document().search(row.text.text), DAY.search(row.text.text)) if found]
    if number is not None:
        places.insert(0, (number.end() - 1, number.end()))
    out, done = Writer(), 0
    for start, end in sorted(set(places)):
        if start >= done:
            out.keep(row.text, done, start)
            out.put(BAR, row.text.origins[start])
            done = end
    out.keep(row.text, done)
    return Line(out.traced(), "row", row.gap)


# ---- columns kept apart by blanks -----------------------------------------------------------------------------------


def with_columns(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines; where two or more follow each other with as many columns, three at least, they are rows."""
    columns = [len(BLANKS.findall(text(line))) if is_cell(line, CELL) else 0 for line in lines]
    for place, line in enumerate(lines):
        near = {columns[other] for other in (place - 1, place + 1) if 0 <= other < len(lines)}
        if columns[place] >= 2 and columns[place] in near:
            yield Line(line.text.sub(BLANKS, lambda _: BAR), "row", line.gap)
        else:
            yield line


# ---- lines ----------------------------------------------------------------------------------------------------------


def text(line: Line) -> str:
    """Return the words of a line."""
    return line.text.text


def joined(lines: list[Line], between: str) -> Line:
    """Return some lines as one row, `between` them."""
    out = Writer()
    for line in lines:
        if len(out):
            out.put(between, out.origins[-1])
        out.keep(line.text)
    words: Traced = out.traced()
    return Line(words, "row", lines[0].gap)
