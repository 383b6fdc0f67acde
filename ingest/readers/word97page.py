"""Write a binary Word file as a page of HTML: paragraphs, headings, tables, notes with their marks.

What is hidden or deleted is left out, as are headers, pictures and comments. The words in text boxes stand at the end.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ingest.readers.styles import Listed
from ingest.readers.word97 import BODY, TEXT_BOXES, Stretch, WordFile, look_at
from ingest.readers.word97lists import numbering_of, styles_of

# Properties by their codes.
IN_TABLE, ROW_END, LIST, LIST_LEVEL = 0x2416, 0x2417, 0x460B, 0x260A
DELETED, HIDDEN, BOLD, CAPITALS, RAISED, FONT = 0x0800, 0x083C, 0x0835, 0x083B, 0x2A48, 0x4A4F
YES = b"\x01"
ON = (b"\x01", b"\x81")
NONE = b"\x00\x00"

HEADINGS = range(1, 7)  # the first styles of every file are those of headings
CAPITAL_FONT = re.compile(r"\.Vn.*H$", re.I)  # .VnTimeH draws small letters as capitals
PART = re.compile("[^\r\x07]*[\r\x07]?")
SIGN = re.compile("[\x00-\x1f]")
SIGNS = {"\t": "&#9;", "\x0b": "<br>", "\x0c": "<br>", "\x0e": "<br>", "\x1e": "-", "\x1f": ""}
SMALL = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")  # codes of old fonts stay


class Table:
    """The table that is open, if one is: how deep in it, of table, row and cell, the page stands."""

    TAGS = ("table", "tr", "td")

    def __init__(self) -> None:
        self.depth = 0

    def open(self) -> str:
        """Return what opens a cell, where none is open."""
        tags = "".join(f"<{name}>" for name in self.TAGS[self.depth :])
        self.depth = 3
        return tags

    def close(self, depth: int) -> str:
        """Return what leads back out to `depth`."""
        tags = "".join(f"</{name}>" for name in reversed(self.TAGS[depth : self.depth]))
        self.depth = min(self.depth, depth)
        return tags


class Page:
    """Writes one file."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.called: dict[int, int] = {}  # the number of a note by the place of its mark
        self.styles = styles_of(file)
        self.numbering = numbering_of(file)
        self.codes: list[bool] = []  # for each open field: whether its code stands here, not its result

    def write(self) -> str:
        """Return the document as HTML, the notes behind it."""
        document = "".join(self.blocks(0, min(self.file.lengths[BODY], len(self.file.text))))
        boxes = sum(self.file.lengths[:TEXT_BOXES])
        self.codes.clear()
        document += "".join(self.blocks(boxes, min(boxes + self.file.lengths[TEXT_BOXES], len(self.file.text))))
        notes = []
        for mark, number in self.called.items():
            note = self.file.notes[mark]
            self.codes.clear()
            notes.append(f'<li id="footnote-{number}">{"".join(self.blocks(note.start, note.end))}</li>')
        return units(f"<html><body>{document}<ol>{''.join(notes)}</ol></body></html>")

    # ---- blocks

    def blocks(self, start: int, end: int) -> Iterator[str]:
        """Yield what stands between two places of the text."""
        table = Table()
        for part in PART.finditer(self.file.text, start, end):
            if part.start() == part.end():
                continue
            look = look_at(self.file.paragraphs, self.file.place(part.end() - 1)[0])[0]
            told = look.properties if look else {}
            if told.get(IN_TABLE) != YES:
                yield table.close(0)
            elif told.get(ROW_END) == YES:
                yield table.close(1)
                continue
            else:
                yield table.open()
            yield self.paragraph(part, look)
            if table.depth and part[0].endswith("\x07"):
                yield table.close(2)
        yield table.close(0)

    def paragraph(self, part: re.Match[str], look: Stretch | None) -> str:
        """Return a paragraph or heading."""
        style = look.style if look else 0
        said = self.styles.get(style, {})
        written = "".join(self.run(start, end, said | own) for start, end, own in self.split(part.start(), part.end()))
        if not written:
            return ""
        name = f"h{style}" if style in HEADINGS else "p"
        return f"<{name}>{self.label(said | (look.properties if look else {}))}{written}</{name}>"

    def label(self, look: dict[int, bytes]) -> str:
        """Return the automatic number of a paragraph: "b) "."""
        use, level = look.get(LIST, NONE), look.get(LIST_LEVEL, NONE)
        if use == NONE:
            return ""
        number = self.numbering.next(Listed(str(int.from_bytes(use, "little")), level[0]), None)
        return html.escape(number, quote=False)

    # ---- runs

    def split(self, start: int, end: int) -> Iterator[tuple[int, int, dict[int, bytes]]]:
        """Yield the runs between two places of the text, each with its properties."""
        while start < end:
            place, piece = self.file.place(start)
            look, until = look_at(self.file.runs, place)
            size = min(-(-(until - place) // piece.wide), piece.start + piece.size - start, end - start)
            yield start, start + max(1, size), look.properties if look else {}
            start += max(1, size)

    def run(self, start: int, end: int, look: dict[int, bytes]) -> str:
        """Return a run of characters that look alike."""
        if look.get(DELETED) in ON or look.get(HIDDEN) in ON:
            return ""
        text = self.file.text[start:end]
        if look.get(CAPITALS) in ON or self.draws_capitals(look):
            text = text.translate(SMALL) if self.draws_capitals(look) else text.upper()
        out, done = [], 0
        for sign in SIGN.finditer(text):
            out.append(self.plain(text[done : sign.start()]))
            out.append(self.sign(sign[0], start + sign.start()))
            done = sign.end()
        out.append(self.plain(text[done:]))
        written = "".join(out)
        if look.get(RAISED) == YES and "<" not in written:
            return f"<sup>{written}</sup>" if written else ""
        return f"<b>{written}</b>" if look.get(BOLD) in ON and written else written

    def draws_capitals(self, look: dict[int, bytes]) -> bool:
        """Tell whether a run's font has capitals only."""
        number = int.from_bytes(look.get(FONT, b"\xff\xff"), "little")
        return number < len(self.file.fonts) and CAPITAL_FONT.match(self.file.fonts[number]) is not None

    def plain(self, text: str) -> str:
        """Return text for HTML, "" in the code of a field."""
        return "" if any(self.codes) else html.escape(text, quote=False)

    def sign(self, sign: str, place: int) -> str:
        """Return what a character of control stands for: the mark of a note, a tab; note where fields begin and end."""
        if sign == "\x13":
            self.codes.append(True)
        elif sign == "\x14" and self.codes:
            self.codes[-1] = False
        elif sign == "\x15" and self.codes:
            self.codes.pop()
        if any(self.codes):
            return ""
        if sign == "\x02" and place in self.file.notes:
            number = self.called.setdefault(place, len(self.called) + 1)
            return f'<a href="#footnote-{number}">[{number}]</a>'
        return SIGNS.get(sign, "")


def units(text: str) -> str:
    """Return `text` with each pair of surrogates as the character that it stands for."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
