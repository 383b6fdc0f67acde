"""Read OpenDocument texts (.odt) into a page of HTML, without LibreOffice: the text is one part of XML in a zip.

    <text:h text:outline-level="1">I. KẾT QUẢ</text:h>   <text:p>Nghị quyết<text:note>…</text:note> số 25</text:p>

What is shown is written down, automatic numbers and notes too; deleted and hidden text, comments and tables of
contents are left out. Looks of text stand in styles, which may build on each other.
"""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ingest.readers.faults import fault
from ingest.readers.limits import Limits
from ingest.readers.numbering import written
from ingest.readers.zips import PackedError, open_zip, unpack_part
from kg.language import saying

COST = 40  # bytes of memory that the tree of XML takes for each byte of it
DEEPEST = 200  # elements within each other
LONGEST_CHAIN = 20  # of styles built on styles
BLANKS, COLUMNS = 1_000, 64  # as many are believed where a count is told

HOLDERS = {  # what only holds blocks
    "section", "table-header-rows", "table-row-group", "table-rows", "text-box", "index-body", "numbered-paragraph",
}  # fmt: skip
LEFT_OUT = {
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "sequence-decls", "variable-decls",
    "user-field-decls", "forms", "note-citation", "hidden-text", "script", "ruby-text", "desc", "title",
}  # fmt: skip
BULLET = "-"
KINDS = {"1": "decimal", "i": "lowerRoman", "I": "upperRoman", "a": "lowerLetter", "A": "upperLetter"}


@dataclass(slots=True)
class Style:
    """A style: what it builds on, and what it says itself; None where it says nothing."""

    parent: str = ""
    said: dict[str, bool | None] = field(default_factory=dict)


@dataclass(slots=True)
class Listed:
    """An open list: its style, how deep it lies in others, and whether its paragraph has had its number."""

    style: str
    level: int
    told: bool = True


class Writer:
    """Writes the text of a file as HTML."""

    def __init__(self, styles: Iterable[Element], text: Iterable[Element]) -> None:
        self.styles: dict[str, Style] = {}
        self.labels: dict[tuple[str, int], Element] = {}  # how a list is numbered, by its style and level
        self.counts: dict[tuple[str, int], int] = {}
        self.notes: list[str] = []
        self.boxes: list[Element] = []  # text boxes of the present paragraph
        self.lists: list[Listed] = []
        for element in styles:
            self.take_style(element)
        self.page = "".join(map(self.block, text))

    def take_style(self, element: Element) -> None:
        """Keep what a style says."""
        name = attribute(element, "name")
        if local(element) == "list-style":
            self.labels |= {(name, int(attribute(each, "level") or 1)): each for each in element}
        for each in element:
            if local(element) == "style" and local(each) == "text-properties":
                raised = attribute(each, "text-position")
                weight, shown = attribute(each, "font-weight"), attribute(each, "display")
                capitals = attribute(each, "text-transform")
                self.styles.setdefault(name, Style(attribute(element, "parent-style-name"))).said = {
                    "raised": raised.startswith(("super", "1", "2", "3", "4", "5")) if raised else None,
                    "bold": weight in {"bold", "600", "700", "800", "900"} if weight else None,
                    "hidden": shown == "none" if shown else None,
                    "capitals": capitals == "uppercase" if capitals else None,
                }
        if local(element) == "style":
            self.styles.setdefault(name, Style(attribute(element, "parent-style-name")))

    def look(self, name: str, what: str) -> bool | None:
        """Return whether text of a style is "bold", "raised", "hidden" or in "capitals"."""
        for _ in range(LONGEST_CHAIN):
            style = self.styles.get(name)
            if style is None:
                return None
            if (said := style.said.get(what)) is not None:
                return said
            name = style.parent
        return None

    # ---- blocks

    def block(self, element: Element) -> str:
        """Return a block of the text."""
        name = local(element)
        if name in {"p", "h"}:
            return self.paragraph(element, name)
        if name == "list":
            return self.list(element)
        if name == "table":
            return f"<table>{self.rows(element)}</table>"
        return "".join(map(self.block, element)) if name in HOLDERS else ""

    def paragraph(self, element: Element, name: str) -> str:
        """Return a paragraph or heading, and the text boxes that hang on it."""
        above, self.boxes = self.boxes, []
        style = attribute(element, "style-name")
        words = self.inline(element, style)
        level = min(int(attribute(element, "outline-level") or 1), 6)
        tag = f"h{level}" if name == "h" and level else "p"
        if words.strip() or self.boxes:
            words = self.label() + words
        if self.look(style, "bold") and words:
            words = f"<b>{words}</b>"
        boxes, self.boxes = self.boxes, above
        return (f"<{tag}>{words}</{tag}>" if words else "") + "".join(map(self.block, boxes))

    def rows(self, element: Element) -> str:
        """Return the rows of a table."""
        out = []
        for each in element:
            if local(each) == "table-row":
                cells = (f"<td>{''.join(map(self.block, cell))}</td>" for cell in each if local(cell) == "table-cell")
                out.append(f"<tr>{''.join(cells)}</tr>")
            elif local(each) in HOLDERS:
                out.append(self.rows(each))
        return "".join(out)

    # ---- lists

    def list(self, element: Element) -> str:
        """Return a list: its paragraphs, each item's first with its number."""
        level = len(self.lists) + 1
        style = attribute(element, "style-name") or (self.lists[-1].style if self.lists else "")
        if (
            level == 1
            and attribute(element, "continue-numbering") != "true"
            and not attribute(element, "continue-list")
        ):
            self.counts = {key: count for key, count in self.counts.items() if key[0] != style}
        self.lists.append(Listed(style, level))
        out: list[str] = []
        for item in element:
            self.lists[-1].told = local(item) != "list-item"
            if start := attribute(item, "start-value"):
                self.counts[style, level] = int(start) - 1
            out += map(self.block, item)
        self.lists.pop()
        return "".join(out)

    def label(self) -> str:
        """Return the number of the paragraph that comes first in an item of a list: "b) "."""
        if not self.lists or self.lists[-1].told:
            return ""
        self.lists[-1].told = True
        style, level = self.lists[-1].style, self.lists[-1].level
        how = self.labels.get((style, level))
        if how is None:
            return ""
        if local(how) != "list-level-style-number":
            return f"{BULLET} "
        start = int(attribute(how, "start-value") or 1)
        self.counts[style, level] = self.counts.get((style, level), start - 1) + 1
        self.counts = {key: n for key, n in self.counts.items() if key[0] != style or key[1] <= level}
        shown = range(level - int(attribute(how, "display-levels") or 1) + 1, level + 1)
        number = ".".join(filter(None, (self.number(style, each) for each in shown)))
        label = f"{attribute(how, 'num-prefix')}{number}{attribute(how, 'num-suffix')}".strip()
        return f"{html.escape(label, quote=False)} " if label else ""

    def number(self, style: str, level: int) -> str:
        """Return how far a level of a list has counted, as it writes numbers."""
        how = self.labels.get((style, level))
        kind = KINDS.get(attribute(how, "num-format"), "none") if how is not None else "none"
        return written(self.counts.get((style, level), 1), kind)

    # ---- what stands in a paragraph

    def inline(self, element: Element, style: str) -> str:
        """Return the content of a paragraph or of a stretch of it."""
        out = [self.words(element.text, style)]
        for each in element:
            out += (self.part(each, style), self.words(each.tail, style))
        return "".join(out)

    def words(self, text: str | None, style: str) -> str:
        """Return plain words as they are shown."""
        if not text or self.look(style, "hidden"):
            return ""
        return html.escape(text.upper() if self.look(style, "capitals") else text, quote=False)

    def part(self, element: Element, style: str) -> str:
        """Return an element within a paragraph."""
        name = local(element)
        if name == "note":
            return self.note(element)
        if name == "s":
            return " " * min(int(attribute(element, "c") or 1), BLANKS)
        if name in {"tab", "line-break"}:
            return "&#9;" if name == "tab" else "<br>"
        if name in {"frame", "custom-shape", "g", "text-box", "rect"}:
            self.boxes += [each for each in element.iter() if local(each) == "text-box"]
            return ""
        if name in LEFT_OUT:
            return ""
        own = attribute(element, "style-name") if name == "span" else ""
        words = self.inline(element, own or style)
        if own and words and self.look(own, "raised"):
            return f"<sup>{words}</sup>"
        return f"<b>{words}</b>" if own and words and self.look(own, "bold") else words

    def note(self, element: Element) -> str:
        """Return the mark of a footnote or endnote, and keep its text."""
        body = next((each for each in element if local(each) == "note-body"), None)
        self.notes.append("")
        number = len(self.notes)
        lists, self.lists = self.lists, []
        self.notes[number - 1] = "".join(map(self.block, body if body is not None else ()))
        self.lists = lists
        return f'<a href="#footnote-{number}">[{number}]</a>'


def page_of(path: Path, data: bytes, limits: Limits) -> str:
    """Return the text of a file as HTML, its notes at the end."""
    archive = open_zip(path, data, limits)
    styles = part_of(path, archive, "styles.xml", limits) if "styles.xml" in archive.namelist() else None
    content = part_of(path, archive, "content.xml", limits)
    known = [each for root in (styles, content) if root is not None for each in styles_in(root)]
    text = next((each for each in content.iter() if local(each) == "text"), content)
    try:
        writer = Writer(known, text)
    except (RecursionError, ValueError):
        raise fault(path, saying("odt odd")) from None
    notes = "".join(f'<li id="footnote-{number}">{note}</li>' for number, note in enumerate(writer.notes, 1))
    return f"<html><body>{writer.page}<ol>{notes}</ol></body></html>"


def styles_in(root: Element) -> list[Element]:
    """Return the styles that a part tells."""
    return [each for group in root if local(group) in {"styles", "automatic-styles"} for each in group]


def part_of(path: Path, archive: zipfile.ZipFile, name: str, limits: Limits) -> Element:
    """Return a part of a file as XML that can do no harm; ReadError where it is damaged or made to harm."""
    try:
        data = unpack_part(archive, archive.getinfo(name), min(limits.unpacked, limits.memory // COST))
    except KeyError:
        raise fault(path, saying("part missing", part=name)) from None
    except PackedError as error:
        raise fault(path, saying("part unreadable", part=name, reason=error.args[0])) from None
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(data), ("start", "end"), forbid_dtd=True):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise fault(path, saying("part deep", part=name))
    except DefusedXmlException:
        raise fault(path, saying("file entities", part=name)) from None
    except ParseError:
        raise fault(path, saying("part damaged", part=name)) from None
    assert root is not None  # a part without a root is a ParseError
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name without namespace, "" where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
