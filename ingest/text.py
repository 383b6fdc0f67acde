"""The text of a report as the later stages read it: clean, in blocks, every character's place in the source kept."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of `Text.content`, without a line break: a paragraph, heading, list item, table row or footnote.

    `section` are the headings above it, outermost first. A note has its `mark` ("4") and its `anchor`: the offset in
    `Text.content` of the place where the mark stood in running text, or None where no such place was found. A note of
    several paragraphs is several blocks with one mark and one anchor.
    """

    kind: str  # paragraph | heading | item | row | note
    start: int
    end: int
    section: tuple[str, ...] = ()
    mark: str | None = None
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A source and its clean reading.

    `content` is NFC, blocks in reading order joined by one newline, without footnote marks, markup, soft breaks or
    doubled blanks; a sentence that a page break or a footnote had split is whole again, and notes stand as blocks of
    their own after the block that carries their mark. `origins[i]` is the offset in `source` of the character that
    `content[i]` comes from; offsets are Unicode code points. Origins rise within a block and from body block to body
    block; only a lifted note stands out of the source's order.

    `seams` are the offsets in `content`, rising, between whose two neighbours the source has text of another block (or
    goes backwards): the places where a footnote was lifted out or put in.

    `format` is the kind of file it came from; `recognised` tells that it was read off a picture (OCR); `warnings` are
    what a person who reads the answers should know of the file.
    """

    source: str
    content: str
    origins: array[int]
    blocks: tuple[Block, ...]
    seams: tuple[int, ...] = ()
    format: str = "text"
    recognised: bool = False
    warnings: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `content[start:end]` stands in the source, as (start, end).

        A run that a footnote splits in the source is given by its longest unbroken part, so that the slice is never a
        whole footnote.
        """
        start = min(max(start, 0), len(self.content))
        end = min(max(end, start), len(self.content))
        if start == end:
            point = self.origins[start] if start < len(self.origins) else len(self.source)
            return point, point
        first, last = self.unbroken(start, end) if self.seams else (start, end)
        return self.origins[first], self.origin_end(last - 1)

    def unbroken(self, start: int, end: int) -> tuple[int, int]:
        """Return the longest part of `content[start:end]` that no seam splits, without blanks at the seams."""
        inner = self.seams[bisect_right(self.seams, start) : bisect_left(self.seams, end)]
        if not inner:
            return start, end
        cuts = (start, *inner, end)
        first, last = max(pairwise(cuts), key=lambda part: part[1] - part[0])
        while last - first > 1 and self.content[last - 1].isspace():
            last -= 1
        while last - first > 1 and self.content[first].isspace():
            first += 1
        return first, last

    def origin_end(self, index: int) -> int:
        """Return the offset in the source just after the character that `content[index]` comes from.

        One character may come from several: "ế" from "e" and two marks (NFD), "ắ" from "&#7855;".
        """
        start = self.origins[index]
        end = start + 1
        entity = ENTITY.match(self.source, start) if self.source[start] == "&" else None
        if entity and (index + 1 == len(self.origins) or self.origins[index + 1] != end):
            return entity.end()
        while end < len(self.source) and _joins(self.source[end]):
            end += 1
        return end


def _joins(char: str) -> bool:
    """Return whether `char` is written as part of the character before it."""
    return char >= "\u0300" and (unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff")
