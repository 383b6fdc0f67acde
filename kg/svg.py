"""The picture for paper and mail: one static SVG, without script, that prints on one sheet of A4.

    svg(lineage)                    columns by level
    svg(lineage, view="time")       lanes by level, years from left to right

Text stays text, to be found, copied and read aloud; the sentence that proves a line is its tooltip. What would be too
small to read on the sheet stands in groups, and a note below says how many documents those hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import words
from kg.columns import drawable_edges, level_of
from kg.graph import circles
from kg.lanes import Lanes, lanes, spans
from kg.language import language, phrase
from kg.layout import MARGIN, PADDING, Layout, Route, layout
from kg.look import BAND, FOCUS, FONT, HEAD, INK, KINDS, QUIET, SOFT, line_look
from kg.marks import marked, with_units
from kg.model import Document, Edge, Lineage
from kg.picture import MISSING, Picture, Place, by_province, by_time, drawn, missing_sentence, with_empty_boxes
from kg.strokes import PLACE, SMALL, Look, arrow, box, element, line, mark, number, plain, text
from kg.typeset import lines as broken
from kg.typeset import width as wide
from kg.who_counts import Standing, at_homes, counted, heard_of
from kg.writefile import write_file

VIEWS = ("levels", "time")
# The sheet inside margins of 10 mm, in pixels of 1/96 inch, lying and standing.
SHEETS = {"landscape": (1047.0, 718.0), "portrait": (718.0, 1047.0)}
LEGIBLE = 0.667  # of the size on the screen: the smaller text of a box is then 6.5 points high
LEAST_WIDTH = 760.0  # so that title and legend have room
TITLE, HEADS = 58.0, 46.0  # heights of the title and of the columns' heads
LEGEND_ROW, NOTE_ROW = 22.0, 17.0
BELOW = 70.0  # what legend and notes mostly need
YEARS = 8  # columns of years that fit the sheet
NOTES = 6  # missing levels and circles told in words; the rest is counted
STROKE = 34.0  # length of a line in the legend
SHEET = "@page { size: A4 %s; margin: 10mm } @media print { svg { width: 100%%; height: auto; max-height: 100vh } }"

Places = Layout | Lanes


def write_svg(lineage: Lineage, file: Path, view: str = "levels", standings: Sequence[Standing] = ()) -> None:
    """Write the picture of `lineage` to `file`, whole or not at all; StoreError when it can't be written."""
    picture = svg(lineage, view=view, standings=standings, sheet=True)
    write_file(file, '<?xml version="1.0" encoding="UTF-8"?>\n' + picture + "\n")


def svg(
    lineage: Lineage,
    *,
    view: str = "levels",
    title: str | None = None,
    standings: Sequence[Standing] = (),
    sheet: bool = False,
) -> str:
    """Return the picture of `lineage` as one `<svg>` element, in the language of `kg.words`.

    `view` is one of `VIEWS`; `standings` are the units whose states are shown. With `sheet` the element tells the
    printer how the sheet lies; without it, it is to stand in a page of HTML. The same lineage gives the same text.
    """
    whole, place, laid_out = way_of(lineage, view, standings)
    picture = drawn(whole, place, lambda part: scale(laid_out(part)) >= LEGIBLE)
    return Drawing(lineage, picture, laid_out(picture.lineage), title or heading(lineage), tuple(standings)).whole(
        sheet
    )


def way_of(
    lineage: Lineage, view: str, standings: Sequence[Standing]
) -> tuple[Lineage, Callable[[Document], Place], Callable[[Lineage], Places]]:
    """Return what a view shows of a lineage, by what it groups documents, and how it lays them out."""
    if view == "levels":
        return with_units(with_empty_boxes(lineage), standings), by_province, layout
    return lineage, by_time(spans(lineage.documents, YEARS)), lambda part: lanes(part, YEARS)


def heading(lineage: Lineage) -> str:
    """Return the title of a lineage's picture."""
    focus = next((document for document in lineage.documents if document.id == lineage.focus), None)
    return f"{words.full_name(focus) if focus else phrase('chain')} – {phrase('picture')}"


def scale(places: Places) -> float:
    """Return how much the picture shrinks on the sheet that suits it better; at most 1."""
    height = places.height + TITLE + HEADS + BELOW
    return max(min(1.0, w / max(places.width, LEAST_WIDTH), h / height) for w, h in SHEETS.values())


# ---- the drawing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture: the whole `lineage`, the `picture` of it that is drawn, where things stand, its title, the units."""

    lineage: Lineage
    picture: Picture
    places: Places
    title: str
    standings: tuple[Standing, ...] = ()

    @property
    def width(self) -> float:
        """The width of the picture, at least what title and legend need."""
        return max(self.places.width, LEAST_WIDTH)

    def whole(self, sheet: bool) -> str:
        """Return the SVG element."""
        top = TITLE + (HEADS if isinstance(self.places, Layout) else 0)
        body = element("g", "\n".join(self.body()), transform=f"translate(0 {number(top)})")
        legend, after = self.legend(top + self.places.height + 20)
        notes, height = self.notes(after)
        lying = max(SHEETS, key=lambda name: min(SHEETS[name][0] / self.width, SHEETS[name][1] / height))
        style = element("style", SHEET % lying) if sheet else ""
        ground = element("rect", width=self.width, height=height, fill="#fff")
        said = element("title", plain(self.title)) + element("desc", plain(self.summary()))
        head = "".join(self.head())
        return element(
            "svg", "\n".join(["", said + style, ground, head, body, *legend, *notes, ""]),
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {number(self.width)} {number(height)}",
            width=self.width, height=height, lang=language(), font_family=FONT, class_="thongsuot-lineage",
        )  # fmt: skip

    def summary(self) -> str:
        """Return how much there is, as the page counts it too."""
        return counts(self.lineage)

    def head(self) -> Iterator[str]:
        """Yield the title, the summary and the heads of the columns."""
        yield text(self.title, MARGIN, 28, 20, room=self.width - 2 * MARGIN, bold=True)
        yield text(self.summary(), MARGIN, 48, SMALL, fill=SOFT)
        if isinstance(self.places, Layout):
            for column in self.places.columns:
                middle, count = column.x + column.width / 2, level_count(self.lineage, column.level)
                yield element("rect", x=column.x, y=TITLE, width=column.width, height=HEADS, fill=HEAD)
                label = words.labels("level")[column.level]
                yield text(label, middle, TITLE + 20, 16, bold=True, text_anchor="middle")
                units = units_of_level(self.standings, column.level)
                said = " · ".join([phrase("documents", n=count), *units] if count else units)
                yield text(said, middle, TITLE + 38, SMALL, fill=SOFT, text_anchor="middle")

    def body(self) -> Iterator[str]:
        """Yield the ground, the lines and the boxes."""
        yield from columns(self.places) if isinstance(self.places, Layout) else years(self.places)
        yield from self.lines()
        shown = {document.id: document for document in self.picture.lineage.documents}
        many = [y for y in self.places.years if y.first < y.last] if isinstance(self.places, Lanes) else []
        units = marked(self.lineage, self.standings)
        for place in self.places.boxes:
            several = any(year.x <= place.x < year.x + year.width for year in many)
            look = Look(place.document == self.lineage.focus, isinstance(self.places, Lanes), several)
            inside = [d.id for d in self.picture.groups.get(place.document, ())] or [place.document]
            yield box(place, shown[place.document], look, units.states(inside))

    def lines(self) -> Iterator[str]:
        """Yield the lines, those that go round in a circle with a note of it."""
        names = {
            d.id: f"▸ {d.full}" if d.kind == "group" else words.full_name(d) for d in self.picture.lineage.documents
        }
        behind = {d.id: id_ for id_, group in self.picture.groups.items() for d in group}
        many: dict[tuple[str, str, str, str], int] = {}
        for edge in drawable_edges(self.lineage):
            ends = behind.get(edge.source, edge.source), behind.get(edge.target, edge.target), edge.type, edge.status
            many[ends] = many.get(ends, 0) + 1
        turning = set(map(ends_of, circles(self.lineage)))
        for route in sorted(self.places.routes, key=weight):
            edge = route.edge
            ends = ends_of(edge)
            yield line(edge, route.curves, names, many=many[ends], circle=ends in turning)

    # ---- below the picture ------------------------------------------------------------------------------------------

    def legend(self, y: float) -> tuple[list[str], float]:
        """Return the legend from `y` down, and where it ends."""
        parts = []
        for signs in (self.signs_of_units(), self.signs()):
            x = float(MARGIN)
            for sign, said in signs:
                before = STROKE + 8 if sign else 0
                length = before + wide(said, SMALL, bold=not sign) + 18
                if x + length > self.width and x > MARGIN:
                    x, y = float(MARGIN), y + LEGEND_ROW
                place = f"translate({number(x)} {number(y)})"
                parts.append(element("g", sign + text(said, before, 4, SMALL, bold=not sign), transform=place))
                x += length
            y += LEGEND_ROW if x > MARGIN else 0
        return parts, y

    def signs_of_units(self) -> Iterator[tuple[str, str]]:
        """Yield the marks of units, with how many of them there are, after how many units are counted."""
        if self.standings:
            yield "", phrase("legend units", n=len(self.standings))
        for state, count in counted(self.standings).items():
            sign = mark(state, STROKE - 9, 0, 0)  # it stands for no unit of its own
            yield sign, phrase("legend state", state=words.labels("state")[state], n=count)

    def signs(self) -> Iterator[tuple[str, str]]:
        """Yield the signs that this picture uses, with their meaning."""
        edges, documents = [r.edge for r in self.places.routes], self.picture.lineage.documents
        for kind, said in words.labels("relation").items():
            if any(edge.type == kind for edge in edges):
                yield stroke(kind, planned=False), said
        if any(edge.status == "planned" for edge in edges):
            yield stroke("implements", planned=True), phrase("planned")
        for kind, said in words.labels("kind").items():
            if any(document.kind == kind for document in documents):
                yield swatch(stroke=KINDS[kind], fill="#fff") + swatch_edge(KINDS[kind]), said
        yield swatch(stroke=INK, fill=FOCUS), phrase("legend focus")
        for test, key in (
            (any(d.conflicts for d in documents), "legend conflict"),
            (any(d.candidates for d in documents), "legend unclear"),
        ):
            if test:
                sign, said = phrase(key).split(" ", 1)
                yield text(sign, STROKE, 4, 14, text_anchor="end"), said
        if self.picture.groups:
            yield (
                swatch(stroke=KINDS["group"], fill="#eef2f7", stroke_dasharray="5 3"),
                phrase("legend group print"),
            )
        if any(document.kind == MISSING for document in documents):
            yield swatch(stroke=KINDS["missing"], fill="#fff", stroke_dasharray="2 4"), phrase("legend missing")

    def notes(self, y: float) -> tuple[list[str], float]:
        """Return what must be said in words from `y` down, and where it ends."""
        parts = []
        for said in self.remarks():
            for row in broken(said, self.width - 2 * MARGIN, SMALL):
                parts.append(text(row, MARGIN, y + 4, SMALL, fill=QUIET))
                y += NOTE_ROW
        return parts, y + 6

    def remarks(self) -> Iterator[str]:
        """Yield the notes: what stands in groups, what was left out, missing levels, circles."""
        if self.picture.folded:
            yield phrase("folded", n=self.picture.folded)
        if self.picture.mentions:
            yield phrase("mentions hidden", n=self.picture.mentions)
        if self.picture.between:
            yield phrase("between hidden", n=self.picture.between)
        alone = len(at_homes(self.lineage, self.standings).get("", ()))
        if alone and isinstance(self.places, Lanes):
            yield phrase("units without day", n=alone)
        known = {document.id: document for document in self.lineage.documents}
        gaps = [missing_sentence(missing, known) for missing in self.lineage.missing]
        rings = [circle_sentence(edge.source, edge.type, edge.target, known) for edge in circles(self.lineage)]
        yield from few(gaps)
        yield from few(rings)


def few(said: Sequence[str]) -> Iterator[str]:
    """Yield the first of several sentences, and how many more there are."""
    yield from said[:NOTES]
    if len(said) > NOTES:
        yield phrase("more like it", n=len(said) - NOTES)


def circle_sentence(source: str, kind: str, target: str, known: dict[str, Document]) -> str:
    """Return one edge of a circle in words."""
    word = words.labels("relation").get(kind, kind)
    return f"↺ {phrase('circle')}: {words.full_name(known[source])} {word} {words.full_name(known[target])}."


def ends_of(edge: Edge) -> tuple[str, str, str, str]:
    """Return what tells an edge from others: its ends, type and status."""
    return edge.source, edge.target, edge.type, edge.status


def counts(lineage: Lineage) -> str:
    """Return how many documents, relations and places a lineage has, in words."""
    places = {(d.level, d.province, d.locality) for d in lineage.documents if d.locality}
    edges = len(drawable_edges(lineage))
    return phrase("counts", documents=len(lineage.documents), edges=edges, places=len(places))


def units_of_level(standings: Sequence[Standing], level: str) -> list[str]:
    """Return how many units of a level are known to have done something, of how many: "4/9 đơn vị"; none if no unit."""
    own = counted(unit for unit in standings if unit.level == level)
    heard, total = heard_of(own), sum(own.values())
    if not own:
        return []
    return [phrase("units", n=heard) if heard == total else phrase("units of", n=heard, total=total)]


def level_count(lineage: Lineage, level: str) -> int:
    """Return how many documents of a level there are."""
    return sum(level_of(document) == level for document in lineage.documents)


def weight(route: Route) -> tuple[bool, int]:
    """Return the order in which lines are drawn: mentions and what is planned below the others."""
    order = list(words.labels("relation"))
    return (route.edge.status != "planned", -order.index(route.edge.type) if route.edge.type in order else -len(order))


# ---- ground ---------------------------------------------------------------------------------------------------------


def columns(places: Layout) -> Iterator[str]:
    """Yield the bands of the columns and the headings of the localities."""
    for column in places.columns:
        yield element("rect", x=column.x, y=0, width=column.width, height=places.height, fill=BAND)
    for group in places.groups:
        if group.heading:
            room = group.w
            yield text(
                words.place_heading(group.heading),
                group.x + 1,
                group.y + 15,
                PLACE,
                room=room,
                font_weight=600,
                fill=QUIET,
            )


def years(places: Lanes) -> Iterator[str]:
    """Yield the bands of the lanes with their levels, and the years with a rule at the beginning of each."""
    for number_, lane in enumerate(places.lanes):
        band = BAND if number_ % 2 == 0 else "#fafbfd"
        yield element("rect", x=MARGIN, y=lane.y, width=places.width - 2 * MARGIN, height=lane.height - 4, fill=band)
        label = words.labels("level")[lane.level]
        for row, said in enumerate(broken(label, 82, 14)):
            yield text(said, MARGIN + PADDING, lane.y + 26 + 17 * row, 14, bold=True)
    for year in places.years:
        yield element(
            "path", d=f"M{number(year.x)} 8V{number(places.height - MARGIN)}", stroke="#d3dae4", stroke_width=1
        )
        said = year.label.replace("-", "–") or phrase("no date")
        yield text(said, year.x + 5, 20, SMALL, font_weight=600, fill=SOFT)


# ---- signs of the legend --------------------------------------------------------------------------------------------


def stroke(kind: str, *, planned: bool) -> str:
    """Return a short line as relations of one kind are drawn."""
    colour, dash, thickness = line_look(kind)
    end = ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (STROKE, 0.0))
    dashes = " ".join(map(str, (7, 7) if planned else dash)) or None
    drawn_ = element(
        "path", d=f"M0 0H{number(STROKE - 8)}", stroke=colour, stroke_width=thickness, stroke_dasharray=dashes
    )
    return drawn_ + arrow(end, colour, hollow=planned)


def swatch(**look: str) -> str:
    """Return a small box as boxes of one kind are drawn."""
    given: dict[str, object] = {"x": STROKE - 18, "y": -7, "width": 18, "height": 14, "rx": 2, "stroke_width": 1.4}
    return element("rect", **{**given, **look})


def swatch_edge(colour: str) -> str:
    """Return the coloured edge of a small box."""
    return element("rect", x=STROKE - 18, y=-7, width=5, height=14, fill=colour)
