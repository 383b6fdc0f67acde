"""The automatic numbers and the styles of a binary Word file, in the form in which those of .docx are counted.

By [MS-DOC]: a paragraph names a list by its place in a table of uses (LFO); the use names the list (LST), whose levels
say how they are written: "\\x00." is the number of the first level and a stop.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from ingest.readers.numbering import Abstract, Level, Numbered, Numbering
from ingest.readers.styles import Styles
from ingest.readers.word97 import WordFile, properties

LISTS, USES, STYLES = 73, 74, 1  # tables
LEVELS = 9
KINDS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
         23: "bullet", 255: "none"}  # fmt: skip
PLAIN, NO_RESTART = 0x04, 0x08  # of the flags of a level
NOTHING_FOLLOWS = 2
OF_PARAGRAPHS = 1  # a kind of style
LONGEST_CHAIN = 20


class Cut(Exception):
    """The table ends before it should."""


class Tape:
    """A table that is read from its start to its end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int, ...]:
        """Return the next numbers."""
        try:
            found = struct.unpack_from(f"<{form}", self.data, self.at)
        except struct.error:
            raise Cut from None
        self.at += struct.calcsize(f"<{form}")
        return found


def numbering_of(file: WordFile) -> Numbering:
    """Return the lists of a file, by the numbers that its paragraphs name; as far as its tables go."""
    found = Numbering((), Styles())
    place, size = file.span(LISTS)
    try:  # the levels stand behind the table, and are not counted in its length
        found.abstracts = dict(read_lists(Tape(file.tables[place:]))) if size else {}
        found.lists = dict(read_uses(Tape(file.table(USES))))
    except Cut:
        pass
    return found


def read_lists(tape: Tape) -> Iterator[tuple[str, Abstract]]:
    """Yield the lists by their ids."""
    heads = [tape.take("i22xBx") for _ in range(max(0, tape.take("h")[0]))]
    for id, flags in heads:
        yield str(id), Abstract({place: read_level(tape) for place in range(1 if flags & 1 else LEVELS)})


def read_level(tape: Tape) -> Level:
    """Return how one level of a list is written."""
    start, kind, flags, follows, runs, paragraphs, restart = tape.take("iBB9xB8xBBBx")
    tape.at += runs + paragraphs
    size = tape.take("H")[0]
    text = "".join(f"%{unit + 1}" if unit < LEVELS else chr(unit) for unit in tape.take(f"{size}H"))
    return Level(
        start=max(0, start),
        kind=KINDS.get(kind, "decimal"),
        text=text[:60],
        restart=restart if flags & NO_RESTART else None,
        plain=bool(flags & PLAIN),
        glued=follows == NOTHING_FOLLOWS,
    )


def read_uses(tape: Tape) -> Iterator[tuple[str, Numbered]]:
    """Yield the uses of lists by their places, which count from one, with their own starts."""
    heads = [tape.take("i8xB3x") for _ in range(max(0, tape.take("i")[0]))]
    for number, (id, changed) in enumerate(heads, 1):
        use = Numbered(str(id))
        tape.take("i")
        for _ in range(changed):
            start, flags = tape.take("iI")
            place = flags & 0xF
            if flags & 0x20:
                use.levels[place] = read_level(tape)
            elif flags & 0x10:
                use.starts[place] = max(0, start)
        yield str(number), use


# ---- styles ---------------------------------------------------------------------------------------------------------


def styles_of(file: WordFile) -> dict[int, dict[int, bytes]]:
    """Return what the styles of paragraphs say of a paragraph and its runs, by their numbers."""
    own: dict[int, tuple[int, dict[int, bytes]]] = {}
    tape = Tape(file.table(STYLES))
    try:
        (size,) = tape.take("H")
        count, base = tape.take("HH")
        tape.at = 2 + size
        for number in range(count):
            (length,) = tape.take("H")
            if style := read_style(tape.data[tape.at : tape.at + length], base):
                own[number] = style
            tape.at += length
    except Cut:
        pass
    return {number: whole(number, own) for number in own}


def read_style(data: bytes, base: int) -> tuple[int, dict[int, bytes]] | None:
    """Return what a style of paragraphs builds on, and what it says itself; None for one of another kind."""
    tape = Tape(data)
    try:
        _, kind, pieces = tape.take("HHH")
        if kind & 0xF != OF_PARAGRAPHS:
            return None
        tape.at = base
        tape.at = base + 2 * (tape.take("H")[0] + 2)  # its name, and the zero behind it
        said: dict[int, bytes] = {}
        for piece in range(min(pieces & 0xF, 2)):
            (size,) = tape.take("H")
            held = data[tape.at : tape.at + size]
            said |= dict(properties(held[2:] if piece == 0 else held))  # the first begins with the style's number
            tape.at += size + size % 2
    except Cut:
        return None
    return kind >> 4, said


def whole(number: int, own: dict[int, tuple[int, dict[int, bytes]]]) -> dict[int, bytes]:
    """Return what a style says with what those say that it builds on."""
    said: dict[int, bytes] = {}
    for _ in range(LONGEST_CHAIN):
        if number not in own:
            break
        number, mine = own[number]
        said = mine | said
    return said
