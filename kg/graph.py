"""The questions that the graph answers: who implemented a directive, how a policy travelled, who cites a document.

Each function asks the store for the neighbours that it needs, never for the whole graph. An edge points from the lower
document to the higher one, as the text says it: 35/KH-UBND *implements* 33/CT-TTg.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import central, facts
from kg.central import Known
from kg.columns import level_of
from kg.facts import must_have
from kg.language import saying
from kg.model import LEVELS, RELATIONS, Document, Edge, Lineage, QueryError, Unit
from kg.store import Store, UnitAction
from kg.succession import Succession, full_unit_name, links
from kg.walks import CASCADE, lineage, reach
from kg.who import implementers

if TYPE_CHECKING:
    import networkx

__all__ = [
    "Branch",
    "Facts",
    "Stats",
    "circles",
    "cited_by",
    "documents_near",
    "graphml",
    "implementers",
    "lineage",
    "network",
    "node_link",
    "reach",
    "show",
    "stats",
    "tree",
]

# ---- how did the policy travel? -------------------------------------------------------------------------------------


def neighbours(store: Store, document_id: str, direction: str, *, cites: bool) -> list[Edge]:
    """Return the edges that lead "up" or "down" from the document."""
    edges = facts.edges_at(store, document_id, up=direction == "up", down=direction == "down")
    found = [edge for edge in edges if edge.type in CASCADE]
    if cites:
        more = facts.citations_by if direction == "up" else facts.citations_of
        found += more(store, document_id)
    return found


def documents_near(store: Store, document_id: str, *, steps: int = 1, cites: bool = True) -> Lineage:
    """Return the documents at most `steps` relations away, whatever their direction."""
    with store.snapshot():
        focus = must_have(store, document_id)
        walked: dict[tuple[str, str, str], Edge] = {}
        known, border = {focus.id}, {focus.id}
        for _ in range(steps):
            for here in sorted(border):
                for direction in ("up", "down"):
                    for edge in neighbours(store, here, direction, cites=cites):
                        walked[edge.source, edge.type, edge.target] = edge
            ends = {end for edge in walked.values() for end in (edge.source, edge.target)}
            border, known = ends - known, known | ends
        documents = tuple(found for known_id in sorted(known) if (found := store.document(known_id)) is not None)
    return Lineage(focus.id, documents, tuple(walked[ends] for ends in sorted(walked)))


def network(part: Lineage) -> networkx.MultiDiGraph[str]:
    """Return the lineage as a networkx graph: documents as nodes, relations as edges keyed by their type."""
    import networkx  # heavy: only for those who ask for the picture or an export

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(focus=part.focus)
    for document in part.documents:
        graph.add_node(document.id, document=document)
    for edge in part.edges:
        graph.add_edge(edge.source, edge.target, key=edge.type, edge=edge)
    return graph


def exchanged(
    nodes: dict[str, dict[str, str | int]], edges: list[tuple[str, str, dict[str, str | int]]]
) -> networkx.MultiDiGraph[str]:
    """Return nodes and edges with plain values as a networkx graph; each edge has an id of its own, as Gephi wants."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(nodes.items())
    for number, (source, target, values) in enumerate(edges):
        graph.add_edge(source, target, key=f"e{number}", **values)
    return graph


def graphml(nodes: dict[str, dict[str, str | int]], edges: list[tuple[str, str, dict[str, str | int]]]) -> str:
    """Return the graph as GraphML."""
    import networkx

    return "\n".join(["<?xml version='1.0' encoding='utf-8'?>", *networkx.generate_graphml(exchanged(nodes, edges))])


def node_link(
    nodes: dict[str, dict[str, str | int]], edges: list[tuple[str, str, dict[str, str | int]]]
) -> dict[str, object]:
    """Return the graph as the node-link object that `networkx.node_link_graph` reads."""
    import networkx

    found: dict[str, object] = networkx.node_link_data(exchanged(nodes, edges), edges="edges")
    return found


# ---- the cascade as a tree ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Branch:
    """A document in the tree: `edges` join it to the document above it, `also` to others that stand in the tree too."""

    document: Document
    edges: tuple[Edge, ...] = ()
    also: tuple[Edge, ...] = ()
    children: tuple[Branch, ...] = ()


def tree(part: Lineage) -> tuple[Branch, ...]:
    """Return the lineage as trees, the highest documents first; each document stands once.

    A document that carries out several hangs under the lowest of them ("35/KH-UBND" under the province's plan that
    it was made on the ground of) and names the others in `also`.
    """
    documents = {document.id: document for document in part.documents}
    above: dict[str, list[Edge]] = defaultdict(list)
    for edge in acyclic(part, documents):
        above[edge.source].append(edge)
    rank = ranks(documents, above)
    parent = {
        known: max(above[known], key=lambda e: (e.status == "done", rank[e.target], e.target)).target
        for known in documents
        if above[known]
    }
    below: dict[str, list[str]] = defaultdict(list)
    for known, top in parent.items():
        below[top].append(known)

    def grown(known: str) -> Branch:
        mine = tuple(edge for edge in part.edges if edge.source == known and edge.target == parent.get(known))
        also = tuple(edge for edge in part.edges if edge.source == known and edge not in mine)
        children = tuple(grown(child) for child in sorted(below[known], key=lambda k: place_in_list(documents[k])))
        return Branch(documents[known], mine, also, children)

    roots = sorted((known for known in documents if known not in parent), key=lambda k: place_in_list(documents[k]))
    return tuple(grown(root) for root in roots)


def place_in_list(document: Document) -> tuple[str, str]:
    """Return the sort key of a document among its like: the date, those without one last."""
    return document.date or "9999", document.id


def acyclic(part: Lineage, documents: dict[str, Document]) -> list[Edge]:
    """Return the edges without those that close a circle: two reports may name each other.

    What is done counts before what is planned, then what dates and levels allow (of two plans that name each other the
    later one was made for the earlier one), then the stronger relation.
    """
    import networkx

    known = [edge for edge in part.edges if edge.source in documents and edge.target in documents]
    whole: networkx.DiGraph[str] = networkx.DiGraph([(edge.source, edge.target) for edge in known])
    turning = {id_: n for n, ring in enumerate(networkx.strongly_connected_components(whole)) for id_ in ring}
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted(documents))
    kept = []
    for edge in sorted(known, key=lambda e: strength(e, documents)):
        inside = turning[edge.source] == turning[edge.target]  # no other edge can close a circle
        if not (inside and networkx.has_path(graph, edge.target, edge.source)):
            graph.add_edge(edge.source, edge.target)
            kept.append(edge)
    return kept


def strength(edge: Edge, documents: dict[str, Document]) -> tuple[bool, int, int, str, str]:
    """Return the sort key of an edge among those of a circle, the most credible first."""
    lower, higher = documents[edge.source], documents[edge.target]
    earlier = (lower.date or "9999") < (higher.date or "")
    above = LEVELS.index(level_of(lower)) < LEVELS.index(level_of(higher)) and level_of(higher) != "khác"
    kind = RELATIONS.index(edge.type) if edge.type in RELATIONS else len(RELATIONS)
    return (edge.status != "done", earlier + above, kind, edge.source, edge.target)


def circles(part: Lineage) -> tuple[Edge, ...]:
    """Return the edges that close a circle, which only a wrong citation can: A carries out B, and B carries out A."""
    documents = {document.id: document for document in part.documents}
    straight = set(acyclic(part, documents))
    return tuple(e for e in part.edges if e not in straight and e.source in documents and e.target in documents)


def ranks(documents: dict[str, Document], above: dict[str, list[Edge]]) -> dict[str, int]:
    """Return how many steps each document stands below the highest, by the longest way."""
    rank: dict[str, int] = {}
    waiting = sorted(documents)
    while waiting:
        known = waiting[-1]
        missing = [edge.target for edge in above[known] if edge.target not in rank]
        if missing:
            waiting.extend(missing)
            continue
        rank[waiting.pop()] = max((rank[edge.target] + 1 for edge in above[known]), default=0)
    return rank


# ---- one document, and all of them ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one document or unit."""

    document: Document | None = None
    unit: Unit | None = None
    up: tuple[Edge, ...] = ()
    down: tuple[Edge, ...] = ()
    cited_by: tuple[Edge, ...] = ()
    actions: tuple[UnitAction, ...] = ()
    known: Known | None = None  # the document's row in the table of central documents
    before: tuple[Succession, ...] = ()  # what the unit came from
    after: tuple[Succession, ...] = ()  # what it became
    recognised: bool = False  # whether nothing but scans tells of the document


def cited_by(store: Store, document_id: str) -> tuple[Edge, ...]:
    """Return the reports that mention the document, each with its sentences."""
    return tuple(facts.citations_of(store, document_id))


def show(store: Store, known: str) -> Facts:
    """Return what is known of the document or unit with this id."""
    with store.snapshot():
        document = store.document(known)
        if document is not None:
            edges = facts.edges_at(store, known)
            return Facts(
                document=document,
                known=row_of(document),
                up=tuple(edge for edge in edges if edge.source == known),
                down=tuple(edge for edge in edges if edge.target == known),
                cited_by=cited_by(store, known),
                actions=tuple(facts.actions_where(store, "c.document = ?", (known,))),
                recognised=not facts.texts_of(store, known),
            )
        unit = store.unit(known)
        if unit is None:
            raise QueryError(saying("no such id", id=known))
        before, after = links(full_unit_name(unit), unit.level)
        actions = tuple(facts.actions_where(store, "u.unit = ?", (known,)))
        return Facts(unit=unit, actions=actions, before=before, after=after)


def row_of(document: Document) -> Known | None:
    """Return the row of the table of central documents that is this document: its number, and its day or the only one.

    None for a local document, for an ambiguous one, and where the table has the number of other days alone.
    """
    if document.level != "trung ương" or document.candidates:
        return None
    name = f"{document.type} {document.title or ''}"
    rows = central.known(document.full) if document.full else central.by_alias(name)
    attested = {day for day, _ in document.dates if len(day) == len("2013-06-03")}
    same = [one for one in rows if one.date in attested] if attested else list(rows)
    return same[0] if len(same) == 1 else None


@dataclass(frozen=True, slots=True)
class Stats:
    """What the store holds, and how much of it is resolved."""

    sources: int = 0
    documents: int = 0
    read: int = 0  # documents that were themselves read
    ambiguous: int = 0  # documents that may be one of several
    unplaced: int = 0  # local numbers whose issuer is unknown
    units: int = 0
    mentions: int = 0
    resolved_mentions: int = 0
    ambiguous_mentions: int = 0
    unplaced_mentions: int = 0
    relations: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)


def stats(store: Store) -> Stats:
    """Return the counts of the whole store."""

    def count(query: str) -> int:
        return int(next(store.rows(query))[0] or 0)

    with store.snapshot():
        states = (
            "SELECT d.state, sum(c.mentions) AS n FROM claims c JOIN documents d ON d.id = c.document GROUP BY d.state"
        )
        mentions = {row["state"]: row["n"] for row in store.rows(states)}
        documents = {row[0]: row[1] for row in store.rows("SELECT state, count(*) FROM documents GROUP BY state")}
        distinct = """SELECT r.type, count(DISTINCT a.document || ' ' || b.document) AS n FROM relations r
                      JOIN claims a ON a.id = r.subject JOIN claims b ON b.id = r.object
                      WHERE a.document <> b.document AND r.status = 'done' GROUP BY r.type"""
        relations: Counter[str] = Counter({row["type"]: row["n"] for row in store.rows(distinct)})
        actions = "SELECT action, count(*) AS n FROM actions WHERE status = 'done' GROUP BY action ORDER BY action"
        return Stats(
            sources=count("SELECT count(*) FROM sources"),
            documents=sum(documents.values()),
            read=count("SELECT count(DISTINCT document) FROM claims WHERE local = 'self'"),
            ambiguous=documents.get("ambiguous", 0),
            unplaced=documents.get("unplaced", 0),
            units=count("SELECT count(*) FROM units"),
            mentions=sum(mentions.values()),
            resolved_mentions=mentions.get("sure", 0),
            ambiguous_mentions=mentions.get("ambiguous", 0),
            unplaced_mentions=mentions.get("unplaced", 0),
            relations={kind: relations[kind] for kind in RELATIONS if relations[kind]},
            actions={row["action"]: row["n"] for row in store.rows(actions)},
        )
