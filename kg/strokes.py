"""The parts of the static picture as SVG elements: boxes, lines, bands, words.

Text goes in as text: what means something in XML is escaped, what XML forbids is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from kg import typeset, words
from kg.language import Number, phrase
from kg.layout import Box, Curve
from kg.look import FOCUS, GROUP, INK, KINDS, MARKS, PLANNED, QUIET, SOFT, WARNING, line_look
from kg.model import Document, Edge

NAME, SMALL = 14.5, 13.0  # sizes of the two lines of a box
PLACE = 13.5  # of a locality's heading
SAID = 400  # letters of a sentence in a tooltip
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ARROW = 9.0
MARK = 15.0  # room of a mark


def plain(text: str) -> str:
    """Return `text` for an SVG element: one line, without what XML forbids."""
    return escape(" ".join(FORBIDDEN.sub("?", text).split()))


def number(value: float) -> str:
    """Return a length as short as may be: 12, 12.5."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Return one element; an underscore in an attribute's name stands for a hyphen, None leaves it out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(number(value) if isinstance(value, float) else str(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(said: str, x: float, y: float, size: float, *, room: float = 0, bold: bool = False, **look: object) -> str:
    """Return words at `x`, `y` (their base line), cut where `room` ends."""
    shown = typeset.clipped(said, room, size, bold) if room else said
    given = {"fill": INK, "font_weight": 700 if bold else None, **look}
    return element("text", plain(shown), x=x, y=y, font_size=size, **given)


def title(*lines: str) -> str:
    """Return a tooltip; "" when there is nothing to say."""
    said = "\n".join(plain(line) for line in lines if line)
    return f"<title>{said}</title>" if said else ""


# ---- boxes ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Face:
    """What stands in a box: two lines, on the right of the first one `date` and `mark`, `tip` when asked.

    `short` stands for a name that has no room, where it has such.
    """

    name: str
    line: str
    date: str = ""
    mark: str = ""
    tip: tuple[str, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a box is drawn: as the document asked about, `narrow` in lanes, with the `year` where there are many."""

    focus: bool = False
    narrow: bool = False
    year: bool = False


def face(document: Document, *, narrow: bool, year: bool) -> Face:
    """Return what the box of a document says; a narrow one has day or month before the issuer, and `year` if wanted."""
    name, date = words.name(document), words.written_date(document.date)
    mark = ("⚠" if document.conflicts else "") + ("?" if document.candidates else "")
    about = " · ".join(part for part in (words.full_name(document), date, document.issuer) if part)
    if not narrow:
        return Face(name, words.second_line(document), date, mark, (about, document.title or ""))
    day = date[-7:] if year else date[:5] if len(date) == 10 else date[:7] if len(date) == 7 else ""
    who = document.locality or words.short_issuer(document.issuer) or words.type_word(document.type)
    short = words.short_name(document)
    line = " · ".join(part for part in (day, who) if part)
    return Face(name, line, "", mark, (about, document.title or ""), short if short != name else "")


def box(place: Box, document: Document, look: Look, states: Mapping[str, int]) -> str:
    """Return the box of a document, of a group, a unit or a missing level, with the marks of its units."""
    if document.kind == "group":
        return _group(place, document, states, look.narrow)
    if document.kind == "unit":
        return _unit(place, document, states)
    if document.kind == "missing":
        return _missing(place)
    shown, colour = face(document, narrow=look.narrow, year=look.year), KINDS.get(document.kind, KINDS["other"])
    focus = look.focus
    outline = element(
        "rect", x=place.x, y=place.y, width=place.w, height=place.h, rx=4,
        fill=FOCUS if focus else "#fff", stroke=INK if focus else colour, stroke_width=2.4 if focus else 1.3,
    )  # fmt: skip
    edge = element("rect", x=place.x, y=place.y, width=5, height=place.h, rx=2, fill=colour)
    tip = title(*shown.tip, *told(states))
    return element("g", tip + outline + edge + _words(place, shown) + "".join(_badges(place, states)))


def told(states: Mapping[str, int]) -> Iterator[str]:
    """Yield the states of units in words: "có văn bản riêng: 3 đơn vị"."""
    for state, count in states.items():
        yield phrase("legend state", state=words.labels("state")[state], n=count)


def _words(place: Box, shown: Face) -> str:
    left, right = place.x + 12, place.x + place.w - 8
    parts = []
    for said, size, look in ((shown.date, SMALL, SOFT), (shown.mark, 14.0, WARNING)):
        if said:
            parts.append(text(said, right, place.y + 18, size, fill=look, text_anchor="end"))
            right -= typeset.width(said, size) + 5
    fits = not shown.short or typeset.width(shown.name, NAME, bold=True) <= right - left
    name = shown.name if fits else shown.short
    parts.append(text(name, left, place.y + 18, NAME, room=right - left, bold=True))
    if shown.line:
        parts.append(text(shown.line, left, place.y + 36, SMALL, room=place.x + place.w - 8 - left, fill=QUIET))
    return "".join(parts)


def _badges(place: Box, states: Mapping[str, int]) -> Iterator[str]:
    """Yield the marks of units on the upper right corner, where no line passes and no word stands."""
    x = place.x + place.w - 5
    for state in (state for state, count in states.items() for _ in range(count)):
        yield element("circle", cx=x, cy=place.y, r=8, fill="#fff") + mark(state, x, place.y)
        x -= MARK


def mark(state: str, x: float, y: float, count: int = 1) -> str:
    """Return the mark of a state around `x`, `y` for so many units: its shape tells it in grey too."""
    colour, full, line, dash = MARKS[state]
    parts = element("path", d=full, fill=colour) if full else ""
    if line:
        dashes = " ".join(map(str, dash)) or None
        parts += element("path", d=line, fill="none", stroke=colour, stroke_width=1.6, stroke_dasharray=dashes)
    return element("g", parts, transform=f"translate({number(x)} {number(y)})", data_state=state, data_units=count)


def _group(place: Box, document: Document, states: Mapping[str, int], narrow: bool) -> str:
    """Return the box of a group: what it holds, or the marks of its units, counted.

    In the columns how many documents it has then stands beside its name; in the lanes (`narrow`) that is the name.
    """
    name, line = f"▸ {document.full}", document.title or ""
    beside = line.partition(":")[0] if states and not narrow else ""
    shown = Face(name, "" if states else line, beside, tip=(name, line, *told(states)))
    outline = element(
        "rect", x=place.x, y=place.y, width=place.w, height=place.h, rx=4,
        fill=GROUP, stroke=KINDS["group"], stroke_width=1.4, stroke_dasharray="5 3",
    )  # fmt: skip
    types = line if states and narrow else ""
    return element("g", title(*shown.tip) + outline + _words(place, shown) + "".join(_counts(place, states, types)))


def _counts(place: Box, states: Mapping[str, int], types: str) -> Iterator[str]:
    """Yield the marks of units with their counts, and at the right the types of documents where they have room."""
    x, right = place.x + 12.0, place.x + place.w - 8
    for state, count in states.items():
        said = f"{Number(count)}"
        yield mark(state, x + MARK / 2, place.y + 31, count)
        yield text(said, x + MARK + 2, place.y + 36, SMALL, fill=QUIET)
        x += MARK + 12 + typeset.width(said, SMALL)
    if types and typeset.width(types, SMALL) <= right - x:
        yield text(types, right, place.y + 36, SMALL, fill=SOFT, text_anchor="end")


def _unit(place: Box, document: Document, states: Mapping[str, int]) -> str:
    """Return the box of a unit without a document here: its name, its state."""
    outline = element(
        "rect", x=place.x, y=place.y, width=place.w, height=place.h, rx=12,
        fill="#fff", stroke=KINDS["unit"], stroke_width=1.1,
    )  # fmt: skip
    name, said = words.capital(words.short_issuer(document.issuer)), [words.labels("state")[state] for state in states]
    parts = [mark(state, place.x + 12 + MARK / 2, place.y + 31) for state in states]
    parts.append(text(name, place.x + 12, place.y + 18, NAME, room=place.w - 20, bold=True))
    parts.append(text(", ".join(said), place.x + 14 + MARK, place.y + 36, SMALL, room=place.w - 22 - MARK, fill=QUIET))
    return element("g", title(document.issuer or "", *said) + outline + "".join(parts))


def _missing(place: Box) -> str:
    outline = element(
        "rect", x=place.x, y=place.y, width=place.w, height=place.h, rx=4,
        fill="#fff", stroke=KINDS["missing"], stroke_width=1.2, stroke_dasharray="2 4",
    )  # fmt: skip
    said = text(phrase("missing box"), place.x + 12, place.y + 27, SMALL, room=place.w - 20, fill=SOFT)
    return element("g", outline + said)


# ---- lines ----------------------------------------------------------------------------------------------------------


def line(edge: Edge, curves: Sequence[Curve], names: Mapping[str, str], *, many: int = 1, circle: bool = False) -> str:
    """Return the line of an edge with its arrow and, as tooltip, the sentence; `many` edges drawn as one are wider."""
    colour, dash, width = line_look(edge.type)
    planned = edge.status == "planned"
    way = path(curves)
    said = f"{names[edge.source]} {relation(edge)} {names[edge.target]}"
    proof = [f"“{short(item.text)}” {item.source}" for item in edge.evidence[:1]]
    more = phrase("and more", n=many - 1) if many > 1 else phrase("circle") if circle else ""
    dashes = " ".join(map(str, PLANNED if planned else dash)) or None
    wide = width + min(2.4, 0.5 * (many - 1))
    stroke = element("path", d=way, fill="none", stroke=colour, stroke_width=wide, stroke_dasharray=dashes)
    reach = element("path", d=way, fill="none", stroke="transparent", stroke_width=10)
    return element("g", title(said, *proof, more) + reach + stroke + arrow(curves[-1], colour, hollow=planned))


def relation(edge: Edge) -> str:
    """Return the word for a relation, with "only planned" where it is that."""
    word = words.labels("relation").get(edge.type, edge.type)
    return f"{word} ({phrase('planned')})" if edge.status == "planned" else word


def short(said: str) -> str:
    """Return a sentence cut to what a tooltip holds."""
    return words.shorten(" ".join(said.split()), SAID)


def path(curves: Iterable[Curve]) -> str:
    """Return curves, each beginning where the one before ends, as the data of a path."""
    parts: list[str] = []
    for start, *rest in curves:
        if not parts:
            parts.append("M" + " ".join(map(number, start)))
        parts.append("C" + " ".join(number(value) for point in rest for value in point))
    return "".join(parts)


def arrow(curve: Curve, colour: str, *, hollow: bool) -> str:
    """Return the arrow's head at the end of `curve`, along its last direction, which is level or upright."""
    (bx, by), (x, y) = curve[2], curve[3]
    if abs(x - bx) >= abs(y - by):
        back, side = (-ARROW if bx <= x else ARROW, 0.0), (0.0, ARROW * 0.4)
    else:
        back, side = (0.0, -ARROW if by <= y else ARROW), (ARROW * 0.4, 0.0)
    corners = [(x, y), (x + back[0] + side[0], y + back[1] + side[1]), (x + back[0] - side[0], y + back[1] - side[1])]
    points = " ".join(f"{number(a)},{number(b)}" for a, b in corners)
    return element("polygon", points=points, fill="#fff" if hollow else colour, stroke=colour if hollow else None)
