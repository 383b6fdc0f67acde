"""The graph in the forms of other programs: GraphML (Gephi, yEd, Cytoscape) and node-link JSON (networkx, D3).

Documents and units are nodes, relations and deeds edges; each carries plain values, an edge its first sentence too.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg.graph import graphml, node_link
from kg.model import Document, Edge, Evidence, Lineage, Unit
from kg.words import data_name

if TYPE_CHECKING:
    from kg.store import Store

Attributes = dict[str, str | int]
Nodes = dict[str, Attributes]
Edges = list[tuple[str, str, Attributes]]

FORMS = ("graphml", "node-link")
# What no XML may hold, not even escaped.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def lineage_as(part: Lineage, form: str) -> str:
    """Return the cascade around one document in one of `FORMS`."""
    nodes = {document.id: document_node(document) for document in part.documents}
    edges = [relation_edge(edge) for edge in part.edges if edge.source in nodes and edge.target in nodes]
    return written(nodes, edges, form)


def store_as(store: Store, form: str) -> str:
    """Return the whole store in one of `FORMS`: units too, and what they did."""
    with store.snapshot():
        nodes = {document.id: document_node(document) for document in store.documents()}
        nodes |= {unit_id(unit.id): unit_node(unit) for unit in store.units()}
        edges = [relation_edge(edge) for edge in store.edges()]
        deeds: dict[tuple[str, str, str, str], list[Evidence]] = {}
        for action in store.unit_actions():
            ends = unit_id(action.unit), action.action, action.document, action.evidence.status
            deeds.setdefault(ends, []).append(action.evidence)
    edges += [
        (unit, document, edge_attributes(kind, status, evidence))
        for (unit, kind, document, status), evidence in deeds.items()
        if unit in nodes
    ]
    return written(nodes, edges, form)


def written(nodes: Nodes, edges: Edges, form: str) -> str:
    """Return nodes and edges as text."""
    if form == "graphml":
        return graphml(nodes, edges)
    return json.dumps(node_link(nodes, edges), ensure_ascii=False, indent=1)


def unit_id(unit: str) -> str:
    """Return the id of a unit's node, which no document can have."""
    return f"unit/{unit}"


def document_node(document: Document) -> Attributes:
    """Return a document as plain values."""
    return filled(
        label=data_name(document),
        node="document",
        kind=document.kind,
        type=document.type,
        date=document.date,
        issuer=document.issuer,
        title=document.title,
        level=document.level,
        locality=document.locality,
        province=document.province,
        file=document.source,
    )


def unit_node(unit: Unit) -> Attributes:
    """Return a unit as plain values."""
    return filled(
        label=unit.name, node="unit", level=unit.level, locality=unit.locality, province=unit.province, kind="unit"
    )


def relation_edge(edge: Edge) -> tuple[str, str, Attributes]:
    """Return a relation with its ends, from the lower to the higher document."""
    return edge.source, edge.target, edge_attributes(edge.type, edge.status, list(edge.evidence))


def edge_attributes(kind: str, status: str, evidence: list[Evidence]) -> Attributes:
    """Return a relation or deed as plain values, with its first sentence and the number of all."""
    first = evidence[0] if evidence else None
    said = {"sentence": first.text, "file": first.source, "rule": first.rule} if first else {}
    return filled(relation=kind, status=status, sentences=len(evidence), **said)


def filled(**values: Any) -> Attributes:
    """Return the values that are known, without characters that XML cannot hold."""
    return {
        name: value if isinstance(value, int) else NO_XML.sub("\ufffd", value)
        for name, value in values.items()
        if value not in {None, ""}
    }
