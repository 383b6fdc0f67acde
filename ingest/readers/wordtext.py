"""The text of a Word file as a reader sees it, in plain WordprocessingML that mammoth makes HTML of.

What Word shows is written down: automatic numbers, capitals, text boxes, notes numbered as they are called, tracked
changes as if accepted. What it hides goes out: deleted and hidden text, comments, codes of fields, tables of contents.
Nothing that is written refers to anything outside, and each note is called once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from data import table
from ingest.hypertext import BACK_ID, NOTE_ID
from ingest.readers.numbering import Numbering
from ingest.readers.parts import child, is_on, name_of, value
from ingest.readers.styles import Look, Styles, heading_level, listed_of, look_of, outline_of, whole

WRAPPED = {"ins", "moveTo", "customXml", "smartTag", "fldSimple", "dir", "bdo"}  # their content is shown
SIGNS = {"tab": "<w:tab/>", "ptab": "<w:tab/>", "br": "<w:br/>", "cr": "<w:br/>"}
SIGNS |= {"noBreakHyphen": "<w:noBreakHyphen/>", "softHyphen": "<w:softHyphen/>"}
LETTERS = {"t", "sym"}
NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
CONTENTS = "Table of Contents"  # what every Word calls it, whatever its language
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,6}")
SEAM = '</w:t><w:t xml:space="preserve">'
PIECE = 200_000  # characters of XML that mammoth gets at a time: it is slower, the more it has in hand
WIDEST_SPAN = 63  # columns: no table of Word has more


class TooLong(Exception):
    """The text is longer than what may be read."""


@dataclass(slots=True)
class Runs:
    """The runs of one paragraph, those that look alike put together."""

    pieces: list[str] = field(default_factory=list)
    look: tuple[bool, bool] | None = None  # of the open run: bold, raised

    def put(self, xml: str, bold: bool = False, raised: bool = False) -> None:
        """Append what stands in a run."""
        if self.look != (bold, raised):
            self.end()
            self.look = bold, raised
            looks = ("<w:b/>" if bold else "") + ('<w:vertAlign w:val="superscript"/>' if raised else "")
            self.pieces.append(f"<w:r><w:rPr>{looks}</w:rPr>" if looks else "<w:r>")
        self.pieces.append(xml)

    def between(self, xml: str) -> None:
        """Append what stands between runs."""
        self.end()
        self.pieces.append(xml)

    def end(self) -> None:
        """Close the open run."""
        if self.look is not None:
            self.pieces.append("</w:r>")
            self.look = None

    def written(self) -> str:
        """Return the runs."""
        self.end()
        return "".join(self.pieces).replace(SEAM, "")


@dataclass(slots=True)
class WordText:
    """Writes the blocks of a file down; `most` is how many characters may be written."""

    styles: Styles
    numbering: Numbering
    most: int
    out: list[str] = field(default_factory=list)
    size: int = 0
    since: int = 0  # the size when something was last taken
    joins: bool = False  # the end of the last paragraph is deleted
    notes: dict[tuple[str, str], str] = field(default_factory=dict)  # by kind and id: what the note says
    called: dict[tuple[str, str], int] = field(default_factory=dict)  # the number of each note that was called
    given: int = 0  # how many of them were given out
    stamps: list[Element] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)  # what is not read, or read in a certain way
    codes: list[bool] = field(default_factory=list)  # for each open field: whether its code stands here
    rows: int = 0  # the tables that are open

    def put(self, xml: str) -> None:
        """Write; TooLong beyond what may be written."""
        self.size += len(xml)
        if self.size > self.most:
            raise TooLong
        self.out.append(xml)

    def taken(self) -> str:
        """Return what was written, and forget it."""
        written = "".join(self.out)
        self.out.clear()
        self.since = self.size
        return written

    @property
    def can_part(self) -> bool:
        """Return whether enough was written to be taken, and its last paragraph ends where it ends."""
        return self.size - self.since > PIECE and not self.joins

    def read_notes(self, kind: str, blocks: Iterable[Element]) -> None:
        """Take in the notes of one kind: "footnote", "endnote"."""
        for block in blocks:
            if name_of(block.tag) == kind and value(block, "type") not in NO_NOTES and (id := value(block, "id")):
                self.blocks(block)
                self.notes[kind, id] = self.taken()

    def called_notes(self) -> Iterator[str]:
        """Yield the notes that were called since the last time, in the order of their numbers, as footnotes."""
        start, self.given = self.given, len(self.called)
        for key, number in islice(self.called.items(), start, None):
            yield f'<w:footnote w:id="{number}">{self.notes[key]}</w:footnote>'

    # ---- blocks

    def blocks(self, elements: Iterable[Element]) -> None:
        """Write paragraphs and tables."""
        for element in elements:
            name = name_of(element.tag)
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.table(element)
            elif name == "altChunk":
                self.met["document"] += 1
            else:
                self.blocks(self.shown(element, name))

    def shown(self, element: Element, name: str) -> Iterable[Element]:
        """Return the elements that are shown of one that wraps others; none where it hides them or is no wrapping."""
        if name in WRAPPED:
            self.met["change"] += name in {"ins", "moveTo"}
            return element
        if name == "sdt":
            settings = child(element, "sdtPr")
            content = child(element, "sdtContent")
            contents = value(child(settings, "docPartObj", "docPartGallery")) == CONTENTS
            return () if content is None or contents or is_on(child(settings, "showingPlcHdr")) else content
        if name == "mc:AlternateContent":
            choice = child(element, "mc:Choice")
            return (choice if choice is not None else child(element, "mc:Fallback")) or ()
        self.met["change"] += name in {"del", "moveFrom"}
        return ()

    def paragraph(self, element: Element) -> None:
        """Write a paragraph, and the text boxes that hang on it after it."""
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self.styles.usual
        if self.styles.is_contents(style):
            return
        runs = Runs()
        boxes: list[Element] = []
        self.inline(element, runs, boxes, self.styles.look(style))
        self.codes.clear()
        written = runs.written()
        listed = listed_of(properties)
        if (written or self.rows) and listed.id != "0":
            written = self.numbered(self.numbering.next(listed, style), written)
        outline = outline_of(properties)
        level = self.styles.level(style) if outline is None else heading_level(outline)
        heading = f'<w:pStyle w:val="Heading{level}"/>' if level else ""
        deleted = child(properties, "rPr", "del") is not None
        joins = "<w:rPr><w:del/></w:rPr>" if deleted else ""
        if written or deleted:
            self.joins = deleted
            self.put(f"<w:p><w:pPr>{heading}{joins}</w:pPr>{written}</w:p>")
        for box in boxes:
            if is_stamp(box):
                self.stamps.append(box)
            else:
                self.blocks(box)

    def numbered(self, label: str, written: str) -> str:
        """Return the runs of a paragraph with its automatic number before them, as bold as they begin."""
        if not label:
            return written
        runs = Runs()
        runs.put(text_xml(label), bold=written.startswith("<w:r><w:rPr><w:b/>"))
        return runs.written() + written

    def table(self, element: Element) -> None:
        """Write a table."""
        self.rows += 1
        self.put("<w:tbl>")
        for row in self.within(element, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is None and not is_on(child(properties, "hidden")):
                self.put("<w:tr>")
                for cell in self.within(row, "tc"):
                    self.cell(cell)
                self.put("</w:tr>")
        self.put("</w:tbl>")
        self.rows -= 1

    def within(self, element: Element, name: str) -> Iterator[Element]:
        """Yield the rows of a table or the cells of a row, those that are wrapped too."""
        for each in element:
            if name_of(each.tag) == name:
                yield each
            elif inner := self.shown(each, name_of(each.tag)):
                yield from self.within(inner, name)  # type: ignore[arg-type]

    def cell(self, element: Element) -> None:
        """Write a cell: how many columns it spans, and whether it goes on with the one above."""
        properties = child(element, "tcPr")
        span = whole(value(child(properties, "gridSpan"))) or 1
        wide = f'<w:gridSpan w:val="{span}"/>' if 1 < span <= WIDEST_SPAN else ""
        merge = child(properties, "vMerge")
        goes_on = "" if merge is None else f"<w:vMerge w:val={quoteattr(value(merge) or 'continue')}/>"
        self.put(f"<w:tc><w:tcPr>{wide}{goes_on}</w:tcPr>")
        self.blocks(element)
        self.put("</w:tc>")

    # ---- what stands in a paragraph

    def inline(self, element: Iterable[Element], runs: Runs, boxes: list[Element], look: Look) -> None:
        """Write the runs of a paragraph."""
        for each in element:
            name = name_of(each.tag)
            if name == "r":
                self.run(each, runs, boxes, look)
            elif name == "hyperlink":
                self.link(each, runs, boxes, look)
            elif name in {"m:oMath", "m:oMathPara"}:
                if xml := text_xml("".join(part.text or "" for part in each.iter() if name_of(part.tag) == "m:t")):
                    runs.put(xml)
            else:
                self.inline(self.shown(each, name), runs, boxes, look)

    def link(self, element: Element, runs: Runs, boxes: list[Element], look: Look) -> None:
        """Write a link: one between a mark and its note stays, of others the words do."""
        anchor = f"#{value(element, 'anchor') or ''}"
        if not NOTE_ID.match(anchor) and not BACK_ID.match(anchor):
            self.inline(element, runs, boxes, look)
            return
        runs.between(f"<w:hyperlink w:anchor={quoteattr(anchor[1:])}>")
        self.inline(element, runs, boxes, look)
        runs.between("</w:hyperlink>")

    def run(self, element: Element, runs: Runs, boxes: list[Element], look: Look) -> None:
        """Write one run."""
        properties = child(element, "rPr")
        if properties is not None:
            named = value(child(properties, "rStyle"))
            look = look_of(properties).over(self.styles.look(named).over(look) if named else look)
        for each in self.pieces(element):
            name = name_of(each.tag)
            if name in {"fldChar", "instrText"}:
                self.field(value(each, "fldCharType"))
            elif name in {"drawing", "pict", "object", "mc:AlternateContent"}:
                self.picture(each, name, boxes)
            elif not look.hidden and not any(self.codes) and (xml := self.character(each, name, look)):
                runs.put(xml, bool(look.bold), bool(look.raised) and "Reference" not in xml)

    def pieces(self, run: Element) -> Iterator[Element]:
        """Yield what a run holds: a letter that stands there in two forms once, no typed mark after that of a note."""
        marked = False
        for each in run:
            name = name_of(each.tag)
            forms = list(self.shown(each, name)) if name == "mc:AlternateContent" else []
            if any(name_of(form.tag) in LETTERS for form in forms):
                yield from forms
            elif not (marked and name in LETTERS):
                yield each
            marked = marked or value(each, "customMarkFollows") in {"1", "true", "on"}

    def field(self, sign: str | None) -> None:
        """Note where the code of a field begins, where its result, and where it ends."""
        if sign == "begin":
            self.codes.append(True)
        elif self.codes and sign == "separate":
            self.codes[-1] = False
        elif self.codes and sign == "end":
            self.codes.pop()

    def character(self, element: Element, name: str, look: Look) -> str:
        """Return what an element within a run reads as."""
        if name == "t":
            text = element.text or ""
            return text_xml(text.upper() if look.capitals else text)
        if name in {"footnoteReference", "endnoteReference"}:
            return self.call(name.removesuffix("Reference"), value(element, "id") or "")
        if name == "sym" and HEXADECIMAL.fullmatch(code := value(element, "char") or ""):
            return f'<w:sym w:font={quoteattr(value(element, "font") or "")} w:char="{code}"/>'
        return SIGNS.get(name, "")

    def call(self, kind: str, id: str) -> str:
        """Return the mark of a note; nothing where there is no such note, or it was called before."""
        if (kind, id) not in self.notes or (kind, id) in self.called:
            return ""
        number = self.called[kind, id] = len(self.called) + 1
        return f'<w:footnoteReference w:id="{number}"/>'

    def picture(self, element: Element, name: str, boxes: list[Element]) -> None:
        """Take note of a picture or an embedded object, and of the text boxes drawn in it."""
        found = list(boxes_in(element))
        boxes += found
        if not found:
            self.met["object" if name == "object" else "picture"] += 1


def text_xml(text: str) -> str:
    """Return an element of text; nothing for no text."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


def boxes_in(element: Element) -> Iterator[Element]:
    """Yield the text boxes drawn in an element; a drawing that stands there in two forms counts once."""
    if name_of(element.tag) == "txbxContent":
        yield element
        return
    if name_of(element.tag) == "mc:AlternateContent":
        for form in element:
            if found := list(boxes_in(form)):
                yield from found
                return
        return
    for each in element:
        yield from boxes_in(each)


def is_stamp(box: Element) -> bool:
    """Return whether a text box is a stamp ("HỎA TỐC", "ĐẾN Số: …") and no part of the text."""
    lines = ("".join(text.text or "" for text in each.iter() if name_of(text.tag) == "t") for each in box)
    words = " ".join(" ".join(lines).split())[:80].lower()
    return any(words == stamp or words.startswith(f"{stamp} ") for stamp in stamps())


def stamps() -> list[str]:
    """Return the words of stamps, in lower case."""
    return [row["word"] for row in table("reading_words") if row["kind"] == "stamp"]
