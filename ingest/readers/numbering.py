"""Automatic numbers of a Word file: the file has only "list 3, level 1"; "b)" or "Điều 4." is worked out in reading.

    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>

The rules are those of ECMA-376 part 1, 17.9: lists made from one abstract list count on together, a level starts anew
below a higher one, and a list may set its own start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.readers.parts import child, is_on, name_of, value
from ingest.readers.styles import Listed, Styles, whole

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST_ROMAN = 3999
LONGEST_LETTERS = 26 * 5  # Word writes the 27th as "aa"; beyond this nobody reads it so
BULLET = "-"


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of one level are written: "%1.%2." in the kind "upperRoman", from `start` on.

    `restart` is the level below which it starts anew (None: any higher one, 0: none), `plain` writes all numbers in
    Arabic digits, `style` is the style of paragraphs that are on this level by that alone.
    """

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restart: int | None = None
    plain: bool = False
    glued: bool = False
    style: str | None = None


@dataclass(slots=True)
class Abstract:
    """The levels of a list, and how far each has counted; `link` names the style that has the levels instead."""

    levels: dict[int, Level]
    link: str | None = None
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class Numbered:
    """One use of an abstract list: its own starts and its own levels."""

    abstract: str | None
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of a file; each paragraph is told its number in the order of the text."""

    def __init__(self, blocks: Iterable[Element], styles: Styles) -> None:
        self.styles = styles
        self.abstracts: dict[str, Abstract] = {}
        self.lists: dict[str, Numbered] = {}
        for block in blocks:
            if name_of(block.tag) == "abstractNum" and (id := value(block, "abstractNumId")):
                self.abstracts[id] = abstract_of(block)
            elif name_of(block.tag) == "num" and (id := value(block, "numId")):
                self.lists[id] = numbered_of(block)

    def next(self, listed: Listed, style: str | None) -> str:
        """Return what stands before the next paragraph of a list: "b) ", "- ", or "" where it is in none."""
        by_style = self.styles.listed(style)
        id = by_style.id if listed.id is None else listed.id
        if id is None or (numbered := self.lists.get(id)) is None:
            return ""
        abstract = self.abstract(numbered)
        if abstract is None:
            return ""
        place = listed.level
        if place is None:
            place = by_style.level if listed.id is None else None
        if place is None:
            place = next((n for n, level in abstract.levels.items() if style and level.style == style), 0)
        level = numbered.levels.get(place) or abstract.levels.get(place)
        return self.write(numbered, abstract, place, level) if level is not None and place < LEVELS else ""

    def abstract(self, numbered: Numbered) -> Abstract | None:
        """Return the abstract list of a list, through the style that stands for it."""
        for _ in range(LEVELS):
            abstract = self.abstracts.get(numbered.abstract or "")
            if abstract is None or abstract.levels or abstract.link is None:
                return abstract
            linked = self.lists.get(self.styles.listed(abstract.link).id or "")
            if linked is None:
                return abstract
            numbered = linked
        return None

    def write(self, numbered: Numbered, abstract: Abstract, place: int, level: Level) -> str:
        """Count on, and return the number."""
        counts, before = abstract.counts, abstract.counts[place]
        if place in numbered.starts:
            counts[place] = numbered.starts.pop(place)
        else:
            counts[place] = level.start if before is None else before + 1
        for below in range(place + 1, LEVELS):
            restart = (numbered.levels.get(below) or abstract.levels.get(below) or level).restart
            if restart is None or place < restart:
                counts[below] = None

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = numbered.levels.get(at) or abstract.levels.get(at) or Level()
            count = counts[at]
            return written(shown.start if count is None else count, "decimal" if level.plain else shown.kind)

        label = BULLET if level.kind == "bullet" and level.text.strip() else PLACE.sub(number, level.text).strip()
        return label if not label or level.glued else f"{label} "


def abstract_of(block: Element) -> Abstract:
    """Return the abstract list that an element tells."""
    return Abstract(levels_in(block), value(child(block, "numStyleLink")))


def levels_in(block: Element) -> dict[int, Level]:
    """Return the levels that stand in an element, by their places."""
    return {whole(value(each, "ilvl")) or 0: level_of(each) for each in block if name_of(each.tag) == "lvl"}


def level_of(element: Element) -> Level:
    """Return the level that an element tells."""
    start = whole(value(child(element, "start")))
    kind = value(child(element, "numFmt")) or value(child(element, "mc:AlternateContent", "mc:Fallback", "numFmt"))
    return Level(
        1 if start is None else start,
        kind or "decimal",
        (value(child(element, "lvlText")) or "")[:60],
        whole(value(child(element, "lvlRestart"))),
        bool(is_on(child(element, "isLgl"))),
        value(child(element, "suff")) == "nothing",
        value(child(element, "pStyle")),
    )


def numbered_of(block: Element) -> Numbered:
    """Return the use of a list that an element tells."""
    found = Numbered(value(child(block, "abstractNumId")))
    for override in block:
        if name_of(override.tag) != "lvlOverride":
            continue
        place = whole(value(override, "ilvl")) or 0
        start = whole(value(child(override, "startOverride")))
        if start is not None:
            found.starts[place] = start
        if levels := levels_in(override):
            found.levels[place] = next(iter(levels.values()))
    return found


def written(number: int, kind: str) -> str:
    """Return a number as a list writes it: 3 is "3", "03", "III", "iii", "C" or "c"."""
    if kind in {"none", "bullet"}:
        return ""
    if kind == "decimalZero":
        return f"{number:02}"
    if kind in {"upperRoman", "lowerRoman"} and 0 < number <= LARGEST_ROMAN:
        return roman(number) if kind == "lowerRoman" else roman(number).upper()
    if kind in {"upperLetter", "lowerLetter"} and 0 < number <= LONGEST_LETTERS:
        times, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) * (times + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    return str(number)


def roman(number: int) -> str:
    """Return a number of at most 3999 in Roman digits."""
    out = ""
    for size, letters in ROMAN:
        count, number = divmod(number, size)
        out += letters * count
    return out
