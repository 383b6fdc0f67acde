"""Take Word's binary files apart (.doc of Word 97 to 2003): text, looks of runs and paragraphs, notes.

By [MS-DOC]. The text lies in pieces, found by the piece table; one character ends a paragraph, another a cell of a
table; notes are a text of their own behind the body. How runs and paragraphs look stands in pages of 512 bytes, for
stretches of the file, as a list of properties:

    body ... NQ/TW\\x02 ...\\r    notes: \\x02 Nghị quyết ngày ...\\r    [start, end) raised, [start, end) in a table
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.compound import Broken, Compound, numbers

# Where the header has the lengths of the parts of the text, and the places and lengths of the tables.
LENGTHS, TABLES = 0x4C, 0x9A
BODY, TEXT_BOXES = 0, 6  # parts of the text
CALLS, NOTES, RUNS, PARAGRAPHS, FONTS, PIECES, END_CALLS, END_NOTES = 2, 3, 12, 13, 15, 33, 46, 47  # tables
WORD_97 = 0x00C1
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
PAGE = 512
NARROW = 0x40000000  # of a piece's place: one byte for a character

LONG_LISTS = {0xD608, 0xD606}  # properties whose length takes two bytes
WIDTHS = (1, 1, 2, 4, 2, 2, 0, 3)  # of a property's value, by the upper three bits of its code


class Locked(Exception):
    """The file is locked with a password."""


class TooOld(Exception):
    """The file is of a Word before 97."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text: where it starts in the text and in the file, its characters and the bytes of each."""

    start: int
    place: int
    size: int
    wide: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the file in which the same properties hold; `style` is the number of a paragraph's style."""

    start: int
    end: int
    properties: dict[int, bytes]
    style: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """Where a note's mark stands in the text, and its own text: from `start` to `end`."""

    mark: int
    start: int
    end: int


class WordFile:
    """A file, taken apart."""

    def __init__(self, data: bytes) -> None:
        parts = Compound(data)
        self.main = parts.stream("WordDocument")
        version, flags = self.number(2, "H"), self.number(10, "H")
        if version < WORD_97:
            raise TooOld
        if flags & ENCRYPTED:
            raise Locked
        self.tables = parts.stream("1Table" if flags & SECOND_TABLE else "0Table")
        self.lengths = [max(0, self.number(LENGTHS + 4 * part, "i")) for part in range(8)]
        self.pieces = list(self.read_pieces())
        self.text = "".join(map(self.text_of, self.pieces))  # a character for each unit of UTF-16
        self.runs = self.read_stretches(RUNS, 1)
        self.paragraphs = self.read_stretches(PARAGRAPHS, 13)
        self.fonts = list(self.read_fonts())
        self.notes = {note.mark: note for note in self.read_notes()}

    def number(self, offset: int, form: str) -> int:
        """Return a number of the header."""
        try:
            value: int = struct.unpack_from(f"<{form}", self.main, offset)[0]
        except struct.error:
            raise Broken("its header is cut off") from None
        return value

    def span(self, index: int) -> tuple[int, int]:
        """Return where one of the tables lies that the header tells of, and its length."""
        return self.number(TABLES + 8 * index, "I"), self.number(TABLES + 8 * index + 4, "I")

    def table(self, index: int) -> bytes:
        """Return one of the tables."""
        place, size = self.span(index)
        return self.tables[place : place + size]

    # ---- text

    def read_pieces(self) -> Iterator[Piece]:
        """Yield the pieces of the text in their order."""
        data, at = self.table(PIECES), 0
        while data[at : at + 1] == b"\x01":  # properties that pieces may share
            at += 3 + int.from_bytes(data[at + 1 : at + 3], "little")
        if data[at : at + 1] != b"\x02":
            raise Broken("it has no table of its text")
        data = data[at + 5 :]
        count = max(0, (len(data) - 4) // 12)
        ends = numbers(data[4 : 4 * (count + 1)])
        start = 0
        for index, end in enumerate(ends):
            place = int.from_bytes(data[4 * (count + 1) + 8 * index + 2 :][:4], "little")
            wide = 1 if place & NARROW else 2
            place = (place & (NARROW - 1)) // (3 - wide)
            size = min(end - start, (len(self.main) - place) // wide)
            if size != end - start or size < 0 or end > len(self.main):
                raise Broken("some of its text is not there")
            yield Piece(start, place, size, wide)
            start = end

    def text_of(self, piece: Piece) -> str:
        """Return the characters of a piece."""
        raw = self.main[piece.place : piece.place + piece.size * piece.wide]
        if piece.wide == 1:
            return raw.decode("cp1252", "replace")
        return "".join(map(chr, struct.unpack(f"<{piece.size}H", raw)))

    def place(self, character: int) -> tuple[int, Piece]:
        """Return where in the file a character lies, and its piece."""
        piece = self.pieces[bisect_right(self.pieces, character, key=lambda piece: piece.start) - 1]
        return piece.place + (character - piece.start) * piece.wide, piece

    # ---- notes

    def read_notes(self) -> Iterator[Note]:
        """Yield footnotes and endnotes; those whose mark was typed by hand ("*") have none of Word's."""
        for calls, notes, before in ((CALLS, NOTES, 1), (END_CALLS, END_NOTES, 5)):
            data = self.table(calls)
            count = max(0, (len(data) - 4) // 6)
            marks = numbers(data[: 4 * count])
            starts = numbers(self.table(notes))
            base, last = sum(self.lengths[:before]), 0
            for mark, start, end in zip(marks, starts, starts[1:], strict=False):
                if mark < self.lengths[BODY] and self.text[mark : mark + 1] == "\x02" and last <= start <= end:
                    yield Note(mark, base + start, min(base + end, len(self.text)))
                    last = end

    # ---- looks

    def read_stretches(self, index: int, width: int) -> list[Stretch]:
        """Return how runs or paragraphs look, in the order of the file; `width` is that of an entry of their pages."""
        data = self.table(index)
        count = max(0, (len(data) - 4) // 8)
        found: list[Stretch] = []
        for number in dict.fromkeys(numbers(data[4 * (count + 1) : 4 * (2 * count + 1)])):
            page = self.main[(number & 0x3FFFFF) * PAGE :][:PAGE]
            if len(page) == PAGE:
                found += stretches(page, width)
        return sorted(found, key=lambda stretch: stretch.start)

    def read_fonts(self) -> Iterator[str]:
        """Yield the names of the fonts; runs tell theirs by its place in this list."""
        data, at = self.table(FONTS), 4
        while at + 40 < len(data):
            name = data[at + 40 : at + 1 + data[at]].decode("utf-16-le", "replace")
            yield name.split("\0", 1)[0]
            at += 1 + data[at]


def look_at(looks: list[Stretch], place: int) -> tuple[Stretch | None, int]:
    """Return how the file looks at `place`, None where nothing is said, and up to where that holds."""
    index = bisect_right(looks, place, key=lambda stretch: stretch.start) - 1
    if index >= 0 and place < looks[index].end:
        return looks[index], looks[index].end
    return None, looks[index + 1].start if index + 1 < len(looks) else 1 << 40


def stretches(page: bytes, width: int) -> Iterator[Stretch]:
    """Yield what a page tells of runs (`width` 1) or paragraphs (13): where they lie, then where their looks stand."""
    count = min(page[-1], (PAGE - 5) // (4 + width))
    places = numbers(page[: 4 * (count + 1)])
    for index in range(count):
        at = 2 * page[4 * (count + 1) + width * index]
        if width == 1:
            yield Stretch(
                places[index], places[index + 1], dict(properties(page[at + 1 : at + 1 + page[at]])) if at else {}
            )
            continue
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1] + 1 if at + 1 < PAGE else 0
        held = page[at + 1 : at + 1 + size] if page[at] else page[at + 2 : at + 1 + size]
        style = int.from_bytes(held[:2], "little") if at else 0
        yield Stretch(places[index], places[index + 1], dict(properties(held[2:])) if at else {}, style)


def properties(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the properties of a list: code and value."""
    at = 0
    while at + 2 < len(data):
        code = int.from_bytes(data[at : at + 2], "little")
        at += 2
        size = WIDTHS[code >> 13]
        if code in LONG_LISTS:
            size = int.from_bytes(data[at : at + 2], "little") + 1
        elif code >> 13 == 6:
            size = data[at] + 1
        yield code, data[at : at + size]
        at += size
