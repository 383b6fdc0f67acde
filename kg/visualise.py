"""Make one offline HTML page of a lineage: picture, side panel with the proving sentences, and tables.

pyvis carries the data and the vis-network script; places, lines, boxes and the page are our own (`kg.layout`,
`kg.lanes`, `templates/`). Of pyvis only `Network`, its two plain lists and `generate_html` are used: `show`,
`write_html` and `set_options` write in the locale's code page, load scripts from the network or lose text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import lanes as times
from kg import layout as sizes
from kg import look, words
from kg.columns import by_date, drawable_edges, level_of
from kg.graph import circles
from kg.language import LANGUAGES, language, phrase, phrases, speaking
from kg.layout import Layout, layout
from kg.look import CITES_HIDDEN_ABOVE, COLLAPSE_ABOVE, COLLAPSE_TO, COLLAPSED_GROUP, DRAWN_AT_MOST, LINES_AT_MOST
from kg.marks import UNIT, marked, with_units
from kg.model import Document, Edge, Evidence, Lineage, Missing
from kg.picture import missing_id, with_empty_boxes
from kg.states import FOUND
from kg.svg import counts, ends_of, heading, svg
from kg.who_counts import Standing, counted
from kg.writefile import write_file

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "lineage.html.j2"
# Lengths that layout and script share.
SIZES = (
    *("BOX_WIDTH", "BOX_HEIGHT", "BOX_GAP", "HEADING", "GROUP_GAP", "CORRIDOR", "CORRIDOR_GAP"),
    *("PADDING", "MARGIN", "BOW_MARGIN", "PORT_STEP"),
)
TIMES = (
    *("BOX_WIDTH", "LABEL", "YEARS", "SIDE", "ROW_GAP", "LANE_GAP", "BESIDE", "EMPTY", "SPAN", "LONG", "SPREAD"),
    *("PORT", "ROUND", "CLEAR", "SLOTS", "SLOT_STEP"),
)

SENTENCES, FILES = 5, 10  # of a unit without a document

Json = dict[str, Any]


def write_lineage(lineage: Lineage, path: Path, view: str = "levels", standings: Sequence[Standing] = ()) -> None:
    """Write the page of `lineage` to `path`, whole or not at all; StoreError when it can't be written."""
    write_file(path, lineage_page(lineage, view=view, standings=standings))


def lineage_page(
    lineage: Lineage, title: str | None = None, view: str = "levels", standings: Sequence[Standing] = ()
) -> str:
    """Return one self-contained HTML page for `lineage`; it asks nothing of any network.

    It opens with `view` ("levels" or "time") in the language of `kg.words` and holds both views, both languages and the
    tables; `standings` are the units whose states are shown. The same lineage gives the same page. Above
    `DRAWN_AT_MOST` documents it holds the tables only.
    """
    by_id = {document.id: document for document in lineage.documents}
    whole = with_empty_boxes(Lineage(lineage.focus, tuple(by_id.values()), lineage.edges, lineage.missing))
    whole = with_units(whole, standings)
    drawn = len(whole.documents) <= DRAWN_AT_MOST
    lists, places = Lists(), layout(whole)
    network = _network(whole, places, lists)
    units = _units(lineage, standings, lists)
    network.heading = title or heading(lineage)
    network.templateEnv = _environment(
        {
            "drawn": drawn,
            "too_many": phrase("not drawn", n=len(by_id), most=DRAWN_AT_MOST),
            "say": phrase,
            "counted": counts(lineage),
            "static": static(lineage, view, title, standings),
            "kinds": look.KINDS,
            "meta": _meta(lineage, places, lists) | units | {"view": view, "headings": _headings(lineage, title)},
        }
    )
    network.path = TEMPLATE
    page: str = network.generate_html()
    # What can't be encoded (half a surrogate pair, from a broken file) must not cost the whole page.
    return page.encode("utf-8", errors="replace").decode("utf-8")


def static(lineage: Lineage, view: str, title: str | None, standings: Sequence[Standing]) -> str:
    """Return the picture for a browser without script; "" where there are too many documents."""
    few = len(lineage.documents) <= COLLAPSE_ABOVE
    return svg(lineage, view=view, title=title, standings=standings) if few else ""


def _units(lineage: Lineage, standings: Sequence[Standing], lists: Lists) -> Json:
    """Return the counts of the units' states, and each unit: the box where it is shown, its name, state, proof."""
    homes = marked(lineage, standings).by_box
    return {
        "states": counted(standings),
        "found": FOUND,
        "units": [
            [
                box,
                unit.unit,
                unit.level,
                unit.state,
                [lists.sentence(item) for item in _proof(unit)],
                list(unit.read[:FILES]),
            ]
            for box, units in homes.items()
            for unit in units
        ],
    }


def _proof(unit: Standing) -> tuple[Evidence, ...]:
    """Return the sentences that the page must carry for a unit: those of documents stand with their relations."""
    return () if unit.documents else unit.evidence[:SENTENCES]


def _headings(lineage: Lineage, title: str | None) -> dict[str, str]:
    headings = {}
    for each in LANGUAGES:
        with speaking(each):
            headings[each] = title or heading(lineage)
    return headings


def _environment(values: Mapping[str, Any]) -> Environment:
    """Return a Jinja environment of our own: pyvis' does not escape, and its `tojson` sorts keys."""
    import pyvis
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

    scripts = FileSystemLoader(Path(pyvis.__file__).parent / "templates")
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("kg", "templates"), scripts]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    environment.globals.update(values)
    return environment


class Lists:
    """Sources and rules, each kept once: sentences name them by number."""

    def __init__(self) -> None:
        self.sources: dict[str, int] = {}
        self.rules: dict[str, int] = {}

    def sentence(self, evidence: Evidence) -> list[Any]:
        """Return a sentence with the numbers of its source and rule, and 1 when it tells only what is planned."""
        source = self.sources.setdefault(evidence.source, len(self.sources))
        rule = self.rules.setdefault(evidence.rule, len(self.rules))
        said: list[Any] = [" ".join(evidence.text.split()), source, rule]
        return [*said, 1] if evidence.status == "planned" else said


def _network(lineage: Lineage, places: Layout, lists: Lists) -> Any:
    """Return a pyvis network with a node for each document, in reading order, and an edge for each route.

    Its lists are filled directly: `add_node` and `add_edge` look through all of them each time, and give each node a
    shape and a colour that nothing here uses.
    """
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    documents = {document.id: document for document in lineage.documents}
    order = {document.id: at for at, document in enumerate(sorted(documents.values(), key=by_date))}
    for box in places.boxes:
        facts = _facts(documents[box.document], documents, lists) | {"group": box.group, "at": order[box.document]}
        network.nodes.append({"id": box.document, "doc": facts})
    turning = set(map(ends_of, circles(lineage)))
    for route in places.routes:
        via = [len(places.groups) + number for number in route.via]
        network.edges.append(_line(route.edge, via, ends_of(route.edge) in turning, lists))
    return network


def _facts(document: Document, documents: Mapping[str, Document], lists: Lists) -> Json:
    """Return what box and panel say of a document; what is not known is left out."""
    called, about, typed = _named(document)
    facts: Json = {
        "called": called,
        "about": about,
        "typed": typed,
        "date": words.written_date(document.date),
        "year": times.year_of(document),
        "kind": document.kind if document.kind in look.KINDS else "other",
        "type": document.type.lower(),
        "short": words.short_type(document.type),
        "issuer": document.issuer,
        "title": document.title,
        "locality": document.locality,
        "province": document.province,
        "source": document.source,
        "mentions": document.mentions,
        "dates": [[words.written_date(date), count] for date, count in document.dates]
        if len(document.dates) > 1
        else [],
        "conflicts": [[c.field, _stated(c.field, c.value), *lists.sentence(c.evidence)] for c in document.conflicts],
        "candidates": [words.full_name(documents[id_]) if id_ in documents else id_ for id_ in document.candidates],
    }
    return {key: value for key, value in facts.items() if value or (key == "typed" and value is False)}


def _named(document: Document) -> tuple[str, str, bool | None]:
    """Return a document's name ("" where only its type names it), what else its box says, and whether its type leads.

    None tells that nothing leads: the name says the type already; False, that it is a law.
    """
    issuer = words.short_issuer(document.issuer)
    if document.kind == UNIT:
        return words.capital(issuer), "", None
    if document.full or document.number:
        return words.name(document), issuer, True
    if document.type.lower() in words.NAMED_TYPES:
        return (words.name(document) if document.title else ""), issuer, False
    return "", " · ".join(part for part in (issuer, document.title) if part), None


def _stated(field: str, value: str) -> str:
    return words.written_date(value) if field == "date" else value


def _line(edge: Edge, via: list[int], circle: bool, lists: Lists) -> Json:
    line: Json = {"from": edge.source, "to": edge.target, "type": edge.type, "status": edge.status}
    given: Json = {"via": via, "circle": circle, "said": [lists.sentence(evidence) for evidence in edge.evidence]}
    return line | {key: value for key, value in given.items() if value or key == "said"}


def _meta(lineage: Lineage, places: Layout, lists: Lists) -> Json:
    """Return what the script must know beside documents and edges."""
    tops = [group.y for group in places.groups] + [corridor.y for corridor in places.corridors]
    stands = [group.column for group in places.groups] + [corridor.column for corridor in places.corridors]
    held = [level_of(document) for document in lineage.documents]
    return {
        "focus": lineage.focus,
        "language": language(),
        "words": {each: _words(each, lineage, lists) for each in LANGUAGES},
        "measured": [list(words.measured().get(rule, ())) for rule in lists.rules],
        "sources": list(lists.sources),
        "counts": _counts(lineage),
        "missing": [_missing(missing) for missing in lineage.missing],
        "columns": [[c.level, c.x, c.width, held.count(c.level)] for c in places.columns],
        "groups": [[g.heading, g.column, g.province, len(g.documents)] for g in places.groups],
        "order": [
            sorted((i for i, at in enumerate(stands) if at == column), key=lambda i: tops[i])
            for column in range(len(places.columns))
        ],
        "size": _lengths(sizes, SIZES) | {"gap": sizes.gap(len(places.columns))},
        "time": _lengths(times, TIMES),
        "limits": {
            "collapse": COLLAPSE_ABOVE,
            "open": COLLAPSE_TO,
            "group": COLLAPSED_GROUP,
            "cites": CITES_HIDDEN_ABOVE,
            "lines": LINES_AT_MOST,
        },
        "look": look.as_json(),
    }


def _lengths(module: object, names: Iterable[str]) -> Json:
    return {name.lower(): getattr(module, name) for name in names}


def _missing(missing: Missing) -> list[str]:
    place = ", ".join(part for part in (missing.district, missing.province) if part)
    return [missing_id(missing), missing.document, missing.directive, missing.level, place]


def _counts(lineage: Lineage) -> dict[str, int]:
    places = {(d.level, d.province, d.locality) for d in lineage.documents if d.locality}
    return {"documents": len(lineage.documents), "edges": len(drawable_edges(lineage)), "places": len(places)}


def _words(spoken: str, lineage: Lineage, lists: Lists) -> Json:
    """Return the page's words in one language: its phrases, and the labels that this lineage needs."""
    types = {document.type.lower() for document in lineage.documents}
    with speaking(spoken):
        return {
            "phrases": phrases(spoken),
            **{field: words.labels(field) for field in ("level", "kind", "relation", "conflict", "state")},
            "inverse": words.inverses(),
            "type": {type_: said for type_, said in words.labels("type").items() if type_ in types},
            "rules": [words.rule_word(rule) for rule in lists.rules],
        }
