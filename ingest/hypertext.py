"""Read HTML: a page, a mail, or what Word and converters save as HTML; broken HTML as far as it goes.

    <p>Thực hiện Ngh&#7883; quy&#7871;t<sup><a href="#fn1">1</a></sup></p>   <li id="fn1">Kế hoạch số ...</li>

A small tokenizer of our own, because every character must keep its offset and no page may take more than linear time.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.characters import regular
from ingest.markup import (
    MARK,
    MARKS_ONLY,
    PLAIN,
    RAISE,
    SAYS,
    TOKENS,
    Flow,
    Inline,
    Line,
    Mark,
    character,
    tell_line,
)
from ingest.traced import Traced, Writer

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>])")
BLANKS = re.compile(r"[\s]+")
ENTITY = re.compile(TOKENS["entity"])
ATTRIBUTE = re.compile(r"\b(id|href|name)\s*=\s*[\"']?([^\"'\s>]+)", re.I)
BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|header|html|li|main|nav|ol|option|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
HOLDERS = {"li", "div", "aside", "section", "ol", "ul"}  # what holds the paragraphs of a note, or holds such
DROPPED = {"script", "style", "title", "template", "xml"}
LONGEST_TAG = 20_000
DEEPEST_TABLE = 60  # tables within each other: one that lies deeper belongs to that around it

# Where converters put notes and their marks: pandoc fn1, mammoth footnote-1, Word _ftn1, LibreOffice sdfootnote1sym.
NOTE_ID = re.compile(r"#?_?(?:ftn|edn|fn|en|footnote|endnote|sdfootnote|sdendnote)[-_:]?(\d{1,6})(?:sym)?$")
BACK_ID = re.compile(r"#_?(?:(?:ftn|edn|fn|en|footnote-|endnote-)ref|sd(?:foot|end)note\d+anc)")
INNER = r"\s*(?:<[^<>]{0,300}>\s*){0,8}"
RAISED_NUMBER = re.compile(rf"{INNER}[(\[]?(\d{{1,3}})[)\]]?{INNER}</sup\s*>", re.I)
LINKED_NUMBER = re.compile(rf"{INNER}[(\[]?(\d{{1,6}}|[⁰¹²³⁴-⁹]{{1,3}})[)\]]?{INNER}</a\s*>", re.I)


def read_hypertext(source: str) -> Flow:
    """Return the blocks of an HTML source as lines."""
    page = Page(regular(source))
    page.run()
    return Flow(page.lines, page.marks)


class Page:
    """Reads one page from its first tag to its last."""

    def __init__(self, flow: Traced) -> None:
        self.flow = flow
        self.lines: list[Line] = []
        self.marks: dict[int, Mark] = {}
        self.tables: list[list[list[Line]]] = []  # the open rows, the innermost last: cells of lines
        self.found: dict[str, int] = {}  # where a sought string comes next
        self.holders: list[tuple[str, str | None]] = []  # the open ones, and the number of the note that they hold
        self.held: Counter[str] = Counter()  # how many of each kind are open
        self.begun: str | None = None  # the number of the note that began last
        self._next_line()
        self.strong = 0  # how many <b> are open

    def _next_line(self) -> None:
        self.out = Writer()
        self.level = 0
        self.kind = "paragraph"
        self.note: str | None = None
        self.plain = False  # some of the line is not bold
        self.gap = True

    def run(self) -> None:
        """Read the page."""
        text = self.flow.text
        at = 0
        while (tag := text.find("<", at)) >= 0:
            self._data(at, tag)
            at = self._markup(tag)
        self._data(at, len(text))
        self._flush()
        while self.tables:
            self._end_table()

    def _seek(self, what: str, start: int) -> int:
        """Return where `what` comes next, the end of the page where it does not; each place is looked for once."""
        if self.found.get(what, -1) < start:
            place = self.flow.text.find(what, start)
            self.found[what] = len(self.flow.text) if place < 0 else place
        return self.found[what]

    def _markup(self, start: int) -> int:
        """Read the tag or comment at `start`; return where it ends."""
        text = self.flow.text
        if text.startswith("<!--", start):
            end = self._seek("-->", start + 4)
            return end + 3 if end < len(text) else start + 4
        end = self._seek(">", start)
        tag = TAG.match(text, start)
        if end == len(text) or end - start > LONGEST_TAG or not (tag or text.startswith(("<!", "<?"), start)):
            self._data(start, start + 1)
            return start + 1
        if tag is None:
            return end + 1
        for _ in range(3):  # an attribute with ">" in it: title="a > b"
            if text.count('"', start, end) % 2 == 0 or self._seek(">", end + 1) - start > LONGEST_TAG:
                break
            end = min(self._seek(">", end + 1), len(text) - 1)
        name = tag[1].lower()
        if text[start + 1] == "/":
            self._close(name)
            return end + 1
        return self._open(name, text[start:end], end + 1)

    def _open(self, name: str, tag: str, end: int) -> int:
        if name in DROPPED:
            close = min(self._seek(f"</{name}", end), self._seek(f"</{name.upper()}", end))
            return close if close < len(self.flow.text) else end
        if BLOCK.fullmatch(name):
            self._open_block(name)
        elif name == "br":
            self._flush()
            self.gap = False
        elif name in {"b", "strong"}:
            self.strong += 1
        elif name == "sup":
            return self._raised(end)
        attributes = {key.lower(): value for key, value in ATTRIBUTE.findall(tag)} if "=" in tag else {}
        if name == "a":
            return self._link(attributes.get("href", ""), end)
        note = NOTE_ID.match(attributes.get("id", ""))
        if note and (name == "p" or name in HOLDERS):
            self.note = note[1]
        if name in HOLDERS:
            self.holders.append((name, note[1] if note else self._inside()))
            self.held[name] += 1
        return end

    def _inside(self) -> str | None:
        """Return the number of the note that the open elements hold."""
        return self.holders[-1][1] if self.holders else None

    def _leave(self, name: str) -> None:
        """Close the innermost holder of this name, and what is still open in it."""
        while self.held[name] and self.holders:
            left, _ = self.holders.pop()
            self.held[left] -= 1
            if left == name:
                return

    def _open_block(self, name: str) -> None:
        note = self.note if not self.out.pieces else None  # <li id="fn1"><p>
        kind = self.kind if name == "p" and not self.out.pieces else "paragraph"  # <li><p>
        self._flush()
        self.note, self.kind = note, kind
        if name == "table" and len(self.tables) < DEEPEST_TABLE:
            self.tables.append([])
        elif name == "tr" and self.tables:
            self._end_row()
        elif name in {"td", "th"} and self.tables:
            self.tables[-1].append([])
        elif name == "li":
            self.kind = "item"
        elif name[0] == "h" and name[1:].isdigit():
            self.level, self.kind = int(name[1:]), "heading"

    def _close(self, name: str) -> None:
        if BLOCK.fullmatch(name):
            self._flush()
        if name in HOLDERS:
            self._leave(name)
        if name == "tr" and self.tables:
            self._end_row()
        elif name == "table" and self.tables:
            self._end_table()
        elif name in {"b", "strong"}:
            self.strong = max(0, self.strong - 1)

    def _raised(self, end: int) -> int:
        """Write the number in a <sup> with raised digits; the marks are told from powers later."""
        number = RAISED_NUMBER.match(self.flow.text, end)
        if number is None:
            return end
        bracketed = number[0].strip()[0] in "([" or "[" in number[0] or "href" in number[0]
        shown = number[1].translate(RAISE)
        self.out.put(f"⁽{shown}⁾" if bracketed else shown, self.flow.origins[number.start(1)])
        return number.end()

    def _link(self, target: str, end: int) -> int:
        """Read the link from a mark to its note, or back from the note to the mark."""
        if BACK_ID.match(target):
            number = LINKED_NUMBER.match(self.flow.text, end)
            if number and not self.out.pieces:
                self.note = self.note or number[1].translate(PLAIN)
            close = self._seek("</a", end)
            return close if close - end < 400 else end
        number = LINKED_NUMBER.match(self.flow.text, end) if NOTE_ID.match(target) else None
        if number is None:
            return end
        origin = self.flow.origins[number.start(1)]
        self.marks[origin] = Mark(number[1].translate(PLAIN), 0, True)
        self.out.put(MARK, origin)
        return number.end()

    def _data(self, start: int, end: int) -> None:
        if start >= end:
            return
        data = self.flow.cut(start, end).sub(BLANKS, lambda _: " ").sub(ENTITY, lambda match: character(match[0]))
        if data.text.isspace() and not self.out.pieces:
            return
        self.plain = self.plain or (not self.strong and not data.text.isspace())
        self.out.keep(data)

    def _flush(self) -> None:
        """End the line."""
        text = Inline(self.out.traced(), self.marks, MARKS_ONLY).run().strip()
        if SAYS.search(text.text):
            line = Line(text, self.kind) if self.kind != "paragraph" else tell_line(text)
            line.gap, line.level, line.note = self.gap, self.level, self.note
            if self.note is not None:
                self.begun = self.note
            elif self.gap and (inside := self._inside()) is not None and inside == self.begun:
                line.note, line.more = inside, True
            line.bold = not self.plain
            self._home(self.tables).append(line)
            self._next_line()
        else:
            self.out, self.level, self.kind, self.note = Writer(), 0, "paragraph", None

    def _home(self, tables: list[list[list[Line]]]) -> list[Line]:
        """Return where a line goes: the last open cell of the innermost table that has one, else the page."""
        return next((rows[-1] for rows in reversed(tables) if rows), self.lines)

    def _end_table(self) -> None:
        self._end_row()
        self.tables.pop()

    def _end_row(self) -> None:
        """End a table's row: the cells as one line, or, where cells hold several lines (a letterhead), each line.

        What stands in one cell may be one sentence over several lines: "V/v thực hiện Kế hoạch số ⏎ 88-KH/HU".
        """
        cells = [cell for cell in self.tables[-1] if cell]
        self.tables[-1] = []
        home = self._home(self.tables[:-1])
        if len(cells) < 2 or (len(cells) <= 3 and any(len(cell) > 1 for cell in cells)):
            for cell in cells:
                for line in cell[1:]:
                    line.gap = False
                home += cell
            return
        out = Writer()
        for cell in cells:
            if len(out):
                out.put(" | ", out.origins[-1])
            for index, line in enumerate(cell):
                if index:
                    out.put(" ", out.origins[-1])
                out.keep(line.text)
        home.append(Line(out.traced(), "row"))
