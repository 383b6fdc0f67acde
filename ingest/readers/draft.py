"""What a reader hands on: a source that a person can read, and its lines with what the reader knows of them.

For text and HTML the source is the file as decoded. Other kinds have no text of their own to count in: for them the
source is written here, line after line, notes with their raised numbers, and the lines are traced to that.

    Thực hiện Nghị quyết số 25-NQ/TW⁽¹⁾ ...

    ⁽¹⁾ Nghị quyết ngày 03/6/2013 của Ban Chấp hành Trung ương
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, replace

from ingest.markup import LOW, MARK, MAYBE, RAISE, STAR, Flow, Line, Mark
from ingest.traced import Traced

SIGN = re.compile(f"[{MARK}{MAYBE}{STAR}{LOW}]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A source and its lines; `format` is the kind of file it came from, `warnings` what a person should know.

    `recognised` tells that the words were read off a picture (OCR) and may be misread.
    """

    source: str
    flow: Flow
    format: str = "text"
    recognised: bool = False
    warnings: tuple[str, ...] = ()


def write_out(flow: Flow) -> tuple[str, Flow]:
    """Return a source that holds the words of `flow`, and the same lines and marks traced to it."""
    scribe = Scribe(flow.marks)
    lines = [scribe.write(line) for line in flow.lines]
    return "".join(scribe.pieces), Flow(lines, scribe.marks)


class Scribe:
    """Writes lines into a new source, one after the other."""

    def __init__(self, marks: dict[int, Mark]) -> None:
        self.known = marks
        self.marks: dict[int, Mark] = {}
        self.moved: dict[int, int] = {}  # where a mark stood, and where it stands now
        self.pieces: list[str] = []
        self.size = 0

    def write(self, line: Line) -> Line:
        """Write one line; return it with its new origins."""
        if self.pieces:
            self.put("\n\n" if line.gap else "\n")
        if line.note is not None and not line.more:
            self.put(f"{raised(line.note)} ")
        text, origins, done = line.text.text, array("i"), 0
        for sign in SIGN.finditer(text):
            self.keep(text[done : sign.start()], origins)
            self.sign(sign[0], line.text.origins[sign.start()], origins)
            done = sign.end()
        self.keep(text[done:], origins)
        anchor = None if line.anchor is None else self.moved.get(line.anchor)
        return replace(line, text=Traced(text, origins), anchor=anchor)

    def sign(self, sign: str, origin: int, origins: array[int]) -> None:
        """Write what stands for one of our own characters: a mark's number, a star."""
        origins.append(self.size)
        if sign in (MARK, MAYBE) and origin in self.known:
            self.marks[self.size] = self.known[origin]
            self.moved[origin] = self.size
        if sign == MARK and origin in self.known:
            self.put(raised(self.known[origin].number))
        elif sign in (STAR, LOW):
            self.put("*" if sign == STAR else "_")

    def keep(self, text: str, origins: array[int]) -> None:
        """Write `text`, each character its own origin."""
        origins.extend(range(self.size, self.size + len(text)))
        self.put(text)

    def put(self, text: str) -> None:
        """Append `text` to the source."""
        self.pieces.append(text)
        self.size += len(text)


def raised(number: str) -> str:
    """Return the number of a note as a mark in text: ⁽¹²⁾."""
    return f"⁽{number.translate(RAISE)}⁾" if number.isdecimal() else f"[^{number}]"
