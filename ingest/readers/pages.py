"""Make one flow of lines of the sheets of a document: columns, tables, running heads, footnotes, paragraphs."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator

from ingest.characters import regular
from ingest.lines import ends_open
from ingest.markup import MARKS_ONLY, SAYS, Flow, Inline, Line, Mark, tell_line
from ingest.readers.legacy import mended, warning
from ingest.readers.pdf_columns import strips_of
from ingest.readers.pdf_heads import without_heads
from ingest.readers.pdf_notes import Feet
from ingest.readers.pdf_paragraphs import Block, Joiner
from ingest.readers.pdf_tables import take_tables
from ingest.readers.sheet import Sheet, Strip
from ingest.traced import Traced


def flow_of(sheets: list[Sheet]) -> tuple[Flow, tuple[str, ...]]:
    """Return the lines of a document with the marks of its notes, and warnings: text in an old encoding."""
    pages = without_heads([list(page_strips(sheet, index)) for index, sheet in enumerate(sheets)])
    feet = Feet(usual_size(pages))
    body, notes = Joiner(), Joiner()
    ends: list[tuple[int, int]] = []  # how many blocks of body and notes there are after each page
    for strips, sheet in zip(pages, sheets, strict=True):
        foot = feet.split(strips, sheet.rules)
        body.take(foot.body)
        take_notes(notes, foot.lines)
        ends.append((len(body.blocks), len(notes.blocks)))
    return written(list(in_order(body.blocks, notes.blocks, ends)))


def page_strips(sheet: Sheet, page: int) -> Iterator[Strip]:
    """Yield the lines of a page in reading order, tables among them where they stand."""
    words, rows = take_tables(sheet.words, sheet.rules)
    found = strips_of(words)
    placed = sorted(rows, key=lambda row: row.base)
    for strip in found:
        while placed and strip.column == 0 and placed[0].base <= strip.base:
            yield numbered(placed.pop(0), page)
        yield numbered(strip, page)
    for row in placed:
        yield numbered(row, page)


def numbered(strip: Strip, page: int) -> Strip:
    strip.page = page
    return strip


def usual_size(pages: list[list[Strip]]) -> float:
    """Return the size of most of the running text."""
    sizes: dict[float, int] = {}
    for strips in pages:
        for strip in strips:
            if not strip.row:
                sizes[strip.size] = sizes.get(strip.size, 0) + len(strip.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)


def take_notes(notes: Joiner, lines: list[tuple[str | None, Strip]]) -> None:
    """Hand the lines at the foot of one page on: each note from its first line, what runs on from the page before."""
    notes.measure([strip for _, strip in lines])
    for index, (number, strip) in enumerate(lines):
        if number is not None:
            notes.start(strip, number)
        elif index == 0 and notes.blocks and ends_open(notes.blocks[-1].text):
            notes.blocks[-1].add(strip)
        else:
            notes.put(strip)
            notes.blocks[-1].gap = notes.blocks[-1].note is not None


def in_order(body: list[Block], notes: list[Block], ends: list[tuple[int, int]]) -> Iterator[Block]:
    """Yield the paragraphs, and after the last that begins on a page the notes of that page.

    Paragraphs of a note that stand at the foot of the next page stay with it: nothing else tells that they are notes.
    """
    done = noted = 0
    for last, notes_to in ends:
        yield from body[done:last]
        told = notes_end(notes, notes_to)
        yield from notes[noted:told]
        done, noted = max(done, last), max(noted, told)


def notes_end(notes: list[Block], count: int) -> int:
    """Return how many notes have begun and ended where the first `count` blocks of notes have been read."""
    rest = itertools.takewhile(lambda block: block.note is None, notes[count:])
    return count + sum(1 for _ in rest) if count else 0


def written(blocks: list[Block]) -> tuple[Flow, tuple[str, ...]]:
    """Return the blocks as lines, old encodings mended, characters regular, marks of notes told; and warnings."""
    flow = Flow([])
    start = 0
    texts, encodings = mended([block.text for block in blocks])
    for block, mended_text in zip(blocks, texts, strict=True):
        text = regular(mended_text)
        traced = Traced(text.text, array("i", (origin + start for origin in text.origins)))
        start += len(mended_text) + 1
        line = line_of(block, traced, flow.marks, flow.lines[-1] if flow.lines else None)
        if SAYS.search(line.text.text):
            flow.lines.append(line)
    return flow, (warning(encodings),) if encodings else ()


def line_of(block: Block, text: Traced, marks: dict[int, Mark], before: Line | None) -> Line:
    """Return one block as a line."""
    inner = Inline(text, marks, MARKS_ONLY).run().strip()
    if block.row:
        line = Line(inner, "row")
    elif block.note is not None:
        line = Line(inner)
    else:
        line = tell_line(inner, before.text.text if before and not block.gap else "")
    line.gap, line.bold, line.note = block.gap, block.bold, block.note
    return line
