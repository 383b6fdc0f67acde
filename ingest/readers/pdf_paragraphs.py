"""Join the lines of pages to paragraphs by where they stand: indents, short last lines, gaps, centred lines."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from ingest.lines import ends_open, is_caps, starts_anew
from ingest.markup import Line, tell_line
from ingest.readers.sheet import Strip, joined
from ingest.traced import Traced

INDENT = 0.6  # of the size: lines that differ by less begin at one place
WORD = 0.3  # of the size: a blank between words
LETTER = 0.5  # of the size: a letter, where a word's width is guessed
LOOSE = 1.2  # times the usual distance between lines: more is a gap
CENTRED = 0.5  # of the size: how far the middle of a centred line may be off
SUBJECT = re.compile(r"\(?(?:V/v|Về việc)\b", re.I)
INSET = 1.0  # of the size: how far a centred line stays from both margins


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, and how far they usually stand apart."""

    left: float
    right: float
    pitch: float


@dataclass(slots=True)
class Block:
    """A paragraph, a line of a heading or a row: its text, the strips it is made of, `gap` as in `Line`."""

    text: str
    strips: list[Strip]
    gap: bool = True
    note: str | None = None

    @property
    def last(self) -> Strip:
        return self.strips[-1]

    @property
    def bold(self) -> bool:
        return all(strip.bold for strip in self.strips)

    @property
    def row(self) -> bool:
        return self.strips[0].row

    def add(self, strip: Strip) -> None:
        """Append the next line of the paragraph."""
        self.text = joined(self.text, strip.text)
        self.strips.append(strip)


class Joiner:
    """Makes paragraphs of lines, page after page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.margins: dict[tuple[int, int], Margins] = {}

    def take(self, strips: list[Strip]) -> None:
        """Take the lines of one page."""
        self.measure(strips)
        for strip in strips:
            self.put(strip)

    def measure(self, strips: list[Strip]) -> None:
        """Note the margins of each column of a page."""
        for key in {key_of(strip) for strip in strips}:
            self.margins[key] = margins_of([strip for strip in strips if key_of(strip) == key and not strip.row])

    def put(self, strip: Strip) -> None:
        """Add a line to the paragraph that it goes on with, or start one."""
        if self.blocks and self.same(self.blocks[-1], strip):
            self.blocks[-1].add(strip)
        else:
            before = self.blocks[-1].last if self.blocks else None
            self.blocks.append(Block(strip.text, [strip], before is None or self.gap(before, strip)))

    def start(self, strip: Strip, note: str) -> None:
        """Start a note with this line."""
        self.blocks.append(Block(strip.text, [strip], True, note))

    def same(self, block: Block, strip: Strip) -> bool:
        """Return whether a line goes on with a paragraph."""
        last = block.last
        above, here = self.margins.get(key_of(last)), self.margins.get(key_of(strip))
        if here is not None and self.same_subject(block, strip, here):
            return True
        if last.row or strip.row or last.column != strip.column or above is None or here is None:
            return False
        if self.parts(block, strip, above, here) or not is_full(last, strip, above):
            return False
        if is_centred(strip, here) and last.bold == strip.bold and ends_open(last.text):
            return True  # the last line of a title that fills the width
        return not self.indented(block, strip, above, here)

    def same_subject(self, block: Block, strip: Strip, margins: Margins) -> bool:
        """Return whether a line goes on with the subject of a letter ("V/v …"), which fills a column of its own."""
        last = block.last
        if not SUBJECT.match(block.text) or key_of(last) != key_of(strip) or starts_anew(line_of(strip.text)):
            return False
        aside = min(abs(last.left - strip.left), abs(last.left + last.right - strip.left - strip.right) / 2)
        return aside <= INDENT * strip.size and not self.loose(last, strip, margins) and strip.right < margins.right

    def parts(self, block: Block, strip: Strip, above: Margins, here: Margins) -> bool:
        """Return whether the looks of two lines part them: size, weight, distance, both centred, a letterhead."""
        last, centred = block.last, is_centred(strip, here)
        if (is_centred(last, above) and centred) or abs(last.size - strip.size) > INDENT:
            return True
        if strip.column > 0 and (centred or last.text.isupper() or strip.left + INDENT * strip.size < last.left):
            return True  # lines of a letterhead or a signature: `ingest.lines` knows which go on
        if last.page == strip.page and self.loose(last, strip, here):
            return True
        return last.bold != strip.bold and (is_caps(last.text) or block.bold) and not ends_open(last.text)

    def loose(self, last: Strip, strip: Strip, margins: Margins) -> bool:
        """Return whether two lines stand farther apart than lines of a paragraph, or back to the top."""
        step = strip.base - last.base
        return step <= 0 or step > LOOSE * margins.pitch + 1

    def indented(self, block: Block, strip: Strip, above: Margins, here: Margins) -> bool:
        """Return whether a line begins a paragraph by its indent, or by its form after a stop."""
        first, last = block.strips[0], block.last
        begin, indent = strip.left - here.left, INDENT * strip.size
        before = last.left - above.left
        if starts_anew(line_of(strip.text)) and (not ends_open(block.text) or is_next_item(first, strip)):
            return True
        if begin <= indent:
            return False
        if abs(begin - before) <= indent:  # both stand in: a list, a block; or two paragraphs of one line each
            return len(block.strips) == 1 and not ends_open(block.text)
        hanging = begin > before and first is last and (block.note is not None or starts_anew(line_of(first.text)))
        return not (hanging and ends_open(block.text))

    def gap(self, before: Strip, strip: Strip) -> bool:
        """Return whether a new line stands apart from the one before: not within a centred title or a column."""
        if before.page != strip.page or before.column != strip.column or before.row or strip.row:
            return not (before.row and strip.row)
        here = self.margins[key_of(strip)]
        if strip.column > 0:
            return strip.base - before.base > 2.2 * strip.size
        title = is_centred(before, here) and is_centred(strip, here, 0.0)
        return not title or strip.base - before.base > 2.2 * strip.size


def key_of(strip: Strip) -> tuple[int, int]:
    """Return the column that a line stands in: its page, and which of that page."""
    return strip.page, strip.column


def margins_of(strips: list[Strip]) -> Margins:
    """Return the margins of a column by its lines: where the leftmost begin, the farthest end, the usual distance."""
    if not strips:
        return Margins(0.0, 0.0, 0.0)
    right = max(strip.right for strip in strips)
    begins = Counter(round(strip.left / 2) for strip in strips)
    left = 2 * min((place for place, count in begins.items() if count > 1), default=min(begins))
    steps = sorted(
        b.base - a.base
        for a, b in itertools.pairwise(strips)
        if b.base > a.base and abs(a.size - b.size) < 1 and b.base - a.base < 3 * b.size
    )
    pitch = steps[len(steps) // 4] if steps else 1.3 * strips[0].size
    return Margins(left, right, pitch)


def is_centred(strip: Strip, margins: Margins, inset: float = INSET) -> bool:
    """Return whether a line stands in the middle between the margins, `inset` (times its size) away from both."""
    before, after = strip.left - margins.left, margins.right - strip.right
    return min(before, after) >= inset * strip.size - 1 and abs(before - after) <= 2 * CENTRED * strip.size


def is_next_item(first: Strip, strip: Strip) -> bool:
    """Return whether a line that starts with a bullet stands below the bullet of the item before it."""
    both = line_of(first.text).kind == line_of(strip.text).kind == "item"
    return both and first.text[0] == strip.text[0] and abs(first.left - strip.left) <= INDENT * strip.size


def is_full(last: Strip, strip: Strip, margins: Margins) -> bool:
    """Return whether the first word of the next line had no room at the end of the last."""
    word = strip.text.split(maxsplit=1)[0] if strip.text.strip() else ""
    width = (strip.right - strip.left) / max(1, len(strip.text))
    return last.right + WORD * last.size + width * len(word) * 0.9 >= margins.right


def line_of(text: str) -> Line:
    """Return a line told by its first characters."""
    return tell_line(Traced.of(text))
