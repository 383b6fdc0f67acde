"""The styles of a Word file, as far as they change what is read: headings, hidden text, capitals, automatic numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.parts import child, is_on, name_of, value

TEXT = 9  # the outline level of what is no heading
RAISED = 4  # half points above the line: LibreOffice writes raised numbers so
LONGEST_CHAIN = 20  # of styles based on styles; some files have circles


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of text looks; None where nothing is said of it."""

    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    raised: bool | None = None

    def over(self, under: Look) -> Look:
        """Return this look, what it leaves open taken from `under`."""
        return Look(
            under.bold if self.bold is None else self.bold,
            under.hidden if self.hidden is None else self.hidden,
            under.capitals if self.capitals is None else self.capitals,
            under.raised if self.raised is None else self.raised,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of automatic numbers that a paragraph belongs to ("0": none), and its level in it; None: not said."""

    id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name in lower case, the style it is based on, and what it sets."""

    name: str
    base: str | None
    look: Look
    listed: Listed
    outline: int | None  # 0 is the highest heading


@dataclass(slots=True)
class Styles:
    """The styles of a file by their ids, and the one of paragraphs that name none."""

    styles: dict[str, Style] = field(default_factory=dict)
    usual: str | None = None
    looks: dict[str | None, Look] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Iterable[Element]) -> Styles:
        """Return the styles that a part of styles tells."""
        styles = cls()
        for block in blocks:
            if name_of(block.tag) != "style" or (id := value(block, "styleId")) is None:
                continue
            styles.styles[id] = style_of(block)
            if value(block, "type") == "paragraph" and value(block, "default") in {"1", "true", "on"}:
                styles.usual = id
        return styles

    def chain(self, id: str | None) -> Iterator[Style]:
        """Yield the style `id`, the one it is based on, and so on."""
        for _ in range(LONGEST_CHAIN):
            if id is None or (style := self.styles.get(id)) is None:
                return
            yield style
            id = style.base

    def look(self, id: str | None) -> Look:
        """Return how text in the style `id` looks."""
        if id not in self.looks:
            look = Look()
            for style in self.chain(id):
                look = look.over(style.look)
            self.looks[id] = look
        return self.looks[id]

    def level(self, id: str | None) -> int:
        """Return which heading a paragraph in the style `id` is: 1 to 6, 0 for text."""
        for style in self.chain(id):
            named = style.name.removeprefix("heading ")
            if named != style.name and named.isdecimal():
                return min(int(named[:3]), 6)
            if style.outline is not None:
                return heading_level(style.outline)
        return 0

    def listed(self, id: str | None) -> Listed:
        """Return which list a paragraph in the style `id` belongs to."""
        list_id = level = None
        for style in self.chain(id):
            list_id = style.listed.id if list_id is None else list_id
            level = style.listed.level if level is None else level
        return Listed(list_id, level)

    def is_contents(self, id: str | None) -> bool:
        """Return whether a paragraph in the style `id` is a line of a table of contents."""
        return any(style.name.startswith("toc ") for style in self.chain(id))


def style_of(block: Element) -> Style:
    """Return the style that an element tells."""
    paragraph = child(block, "pPr")
    return Style(
        (value(child(block, "name")) or "").lower(),
        value(child(block, "basedOn")),
        look_of(child(block, "rPr")),
        listed_of(paragraph),
        outline_of(paragraph),
    )


def look_of(properties: Element | None) -> Look:
    """Return the look that the properties of a run tell."""
    if properties is None:
        return Look()
    found = {name_of(each.tag): each for each in properties}
    lifted = whole(value(found.get("position"))) or 0
    raised = value(found.get("vertAlign")) or ("superscript" if lifted >= RAISED else None)
    return Look(
        is_on(found.get("b")),
        is_on(found.get("vanish")),
        is_on(found.get("caps")),
        None if raised is None else raised == "superscript",
    )


def listed_of(properties: Element | None) -> Listed:
    """Return the list that the properties of a paragraph name."""
    numbers = child(properties, "numPr")
    return Listed(value(child(numbers, "numId")), whole(value(child(numbers, "ilvl"))))


def outline_of(properties: Element | None) -> int | None:
    """Return the outline level that the properties of a paragraph tell."""
    return whole(value(child(properties, "outlineLvl")))


def heading_level(outline: int) -> int:
    """Return which heading an outline level makes: 1 to 6, 0 for text."""
    return min(outline + 1, 6) if 0 <= outline < TEXT else 0


def whole(digits: str | None) -> int | None:
    """Return the number that `digits` tell, None where they are none or it is beyond use."""
    return int(digits) if digits and digits.isascii() and digits.isdecimal() and len(digits) < 10 else None
