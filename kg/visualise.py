"""Make one offline HTML page of a lineage: picture, side panel with the proving sentences, and tables.

pyvis carries the data and the vis-network script; places, lines, boxes and the page are our own (`kg.layout`,
`templates/`). Of pyvis only `Network`, its two plain lists and `generate_html` are used: `show`, `write_html` and
`set_options` write in the locale's code page, load scripts from the network or lose text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from data import table
from kg import layout as sizes
from kg import words
from kg.columns import drawable_edges
from kg.layout import Layout, layout
from kg.model import Document, Edge, Evidence, Lineage, StoreError

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "lineage.html.j2"
DRAWN_AT_MOST = 1500  # boxes; above, only the tables are of use
COLLAPSE_ABOVE = 150  # boxes in sight
COLLAPSED_GROUP = 12  # documents of one level and province that stay open
CITES_HIDDEN_ABOVE = 150  # edges
# Lengths that layout and script share.
SIZES = (
    *("BOX_WIDTH", "BOX_HEIGHT", "BOX_GAP", "HEADING", "GROUP_GAP", "CORRIDOR", "CORRIDOR_GAP"),
    *("PADDING", "MARGIN", "BOW_MARGIN", "PORT_STEP"),
)

Json = dict[str, Any]


def write_lineage(lineage: Lineage, path: Path) -> None:
    """Write the page of `lineage` to `path`, whole or not at all.

    Raises StoreError when the folder is missing or the file can't be written.
    """
    page = lineage_page(lineage)
    try:
        if not path.parent.is_dir():
            raise StoreError(f"cannot write {path}: the folder {path.parent} does not exist; create it first")
        if path.is_dir():
            raise StoreError(f"cannot write {path}: it is a folder; give the name of a file, such as lineage.html")
        _replace(path, page)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"cannot write {path}: {reason}; close the program that has it open, or choose another folder"
        ) from error


def _replace(path: Path, page: str) -> None:
    """Write `page` beside `path` and then in its place; what is no plain file (a link, /dev/stdout) is written to."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_text(page, encoding="utf-8", newline="\n")
        return
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with half.open("w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def lineage_page(lineage: Lineage, title: str | None = None) -> str:
    """Return one self-contained HTML page for `lineage`; it asks nothing of any network.

    The same lineage gives the same page. Above `DRAWN_AT_MOST` documents the page holds the tables only.
    """
    by_id = {document.id: document for document in lineage.documents}
    lineage = Lineage(lineage.focus, tuple(by_id.values()), lineage.edges)
    places = layout(lineage)
    network = _network(lineage, places) if len(by_id) <= DRAWN_AT_MOST else _empty_network()
    focus = by_id.get(lineage.focus)
    name = words.full_name(focus) if focus else "Chuỗi văn bản"
    network.heading = title or f"{name} – sơ đồ triển khai"
    network.templateEnv = _environment(
        {
            "drawn": len(by_id) <= DRAWN_AT_MOST,
            "drawn_at_most": DRAWN_AT_MOST,
            "meta": _meta(lineage, places),
            "documents": _document_rows(lineage, places),
            "relations": _relation_rows(lineage),
            "counts": _counts(lineage),
        }
    )
    network.path = TEMPLATE
    page: str = network.generate_html()
    # What can't be encoded (half a surrogate pair, from a broken file) must not cost the whole page.
    return page.encode("utf-8", errors="replace").decode("utf-8")


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
    environment.filters["fragment"] = lambda id_: quote(id_, errors="replace")
    environment.globals.update(values)
    return environment


def _empty_network() -> Any:
    from pyvis.network import Network

    return Network(directed=True, cdn_resources="in_line")


def _network(lineage: Lineage, places: Layout) -> Any:
    """Return a pyvis network with a node for each document, in reading order, and an edge for each route."""
    network = _empty_network()
    documents = {document.id: document for document in lineage.documents}
    for box in places.boxes:
        facts = _box(documents[box.document], documents)
        network.add_node(box.document, label=facts["name"], x=box.x, y=box.y, doc={**facts, "group": box.group})
    for route in places.routes:
        # Appended, for add_edge looks through all nodes twice for each edge.
        network.edges.append(_line(route.edge, [len(places.groups) + number for number in route.via]))
    return network


def _box(document: Document, documents: Mapping[str, Document]) -> Json:
    """Return what box and panel say of a document; what is not known is left out."""
    facts: Json = {
        "name": words.name(document),
        "line": words.second_line(document),
        "date": words.written_date(document.date),
        "year": int(document.date[:4]) if document.date and document.date[:4].isdecimal() else None,
        "kind": document.kind if document.kind in words.labels("kind") else "other",
        "type": words.capital(document.type),
        "short": _short_types().get(document.type.lower(), words.capital(document.type)),
        "issuer": document.issuer,
        "title": document.title,
        "locality": document.locality,
        "province": document.province,
        "source": document.source,
        "mentions": document.mentions,
        "dates": [[words.written_date(date), count] for date, count in document.dates]
        if len(document.dates) > 1
        else [],
        "conflicts": [
            [words.labels("conflict").get(c.field, c.field), _stated(c.field, c.value), *_sentence(c.evidence)]
            for c in document.conflicts
        ],
        "candidates": [words.full_name(documents[id_]) if id_ in documents else id_ for id_ in document.candidates],
    }
    return {key: value for key, value in facts.items() if value}


def _stated(field: str, value: str) -> str:
    return words.written_date(value) if field == "date" else value


def _short_types() -> dict[str, str]:
    return {row["name"].lower(): row["short"] or row["name"] for row in table("document_types")}


def _line(edge: Edge, via: list[int]) -> Json:
    return {
        "from": edge.source,
        "to": edge.target,
        "type": edge.type,
        "status": edge.status,
        "via": via,
        "said": [_sentence(evidence) for evidence in edge.evidence],
    }


def _sentence(evidence: Evidence) -> list[str]:
    return [" ".join(evidence.text.split()), evidence.source, words.rule_words(evidence.rule), evidence.status]


def _meta(lineage: Lineage, places: Layout) -> Json:
    """Return what the script must know beside documents and edges."""
    tops = [group.y for group in places.groups] + [corridor.y for corridor in places.corridors]
    stands = [group.column for group in places.groups] + [corridor.column for corridor in places.corridors]
    return {
        "focus": lineage.focus,
        "levels": words.labels("level"),
        "kinds": words.labels("kind"),
        "relations": {key: [label, words.inverses()[key]] for key, label in words.labels("relation").items()},
        "columns": [[c.level, c.x, c.width, c.count] for c in places.columns],
        "groups": [[g.heading, g.column, g.province, len(g.documents)] for g in places.groups],
        "order": [
            sorted((i for i, at in enumerate(stands) if at == column), key=lambda i: tops[i])
            for column in range(len(places.columns))
        ],
        "size": {key.lower(): getattr(sizes, key) for key in SIZES} | {"gap": sizes.gap(len(places.columns))},
        "limits": {"collapse": COLLAPSE_ABOVE, "group": COLLAPSED_GROUP, "cites": CITES_HIDDEN_ABOVE},
    }


# ---- tables ---------------------------------------------------------------------------------------------------------


def _counts(lineage: Lineage) -> dict[str, int]:
    places = {(d.level, d.province, d.locality) for d in lineage.documents if d.locality}
    return {"documents": len(lineage.documents), "edges": len(drawable_edges(lineage)), "localities": len(places)}


def _document_rows(lineage: Lineage, places: Layout) -> list[Json]:
    documents = {document.id: document for document in lineage.documents}
    return [_document_row(documents[box.document], lineage.focus) for box in places.boxes]


def _document_row(document: Document, focus: str) -> Json:
    place = [p for p in (document.locality, document.province) if p]
    return {
        "id": document.id,
        "focus": document.id == focus,
        "level": words.labels("level").get(document.level, words.labels("level")["khác"]),
        "place": ", ".join(dict.fromkeys(place)),
        "name": words.name(document),
        "type": words.capital(document.type),
        "date": words.written_date(document.date),
        "issuer": document.issuer or "",
        "title": document.title or "",
        "source": document.source or "",
        "conflicts": [
            (words.labels("conflict").get(c.field, c.field), _stated(c.field, c.value), _sentence(c.evidence))
            for c in document.conflicts
        ],
        "ambiguous": bool(document.candidates),
    }


def _relation_rows(lineage: Lineage) -> list[Json]:
    documents = {document.id: document for document in lineage.documents}
    return [
        {
            "source": edge.source,
            "source_name": words.full_name(documents[edge.source]),
            "label": words.labels("relation").get(edge.type, edge.type),
            "planned": edge.status == "planned",
            "target": edge.target,
            "target_name": words.full_name(documents[edge.target]),
            "said": [_sentence(evidence) for evidence in edge.evidence],
        }
        for edge in drawable_edges(lineage)
    ]
