"""The relations of many documents at a time: their ends alone, as a walk needs them, or with the sentences."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from kg.model import Edge, Evidence
from kg.store import Store

Ends = tuple[str, str, str]  # source, type, target of an edge

# The tables in the order in which they are asked, each by an index.
ENDS = """SELECT DISTINCT a.document, r.type, b.document FROM json_each(?) AS asked
          CROSS JOIN claims {near} ON {near}.document = asked.value CROSS JOIN relations r ON r.{side} = {near}.id
          CROSS JOIN claims {far} ON {far}.id = r.{other} WHERE a.document <> b.document AND r.type <> 'cites'"""
STATED = """SELECT a.document, r.type, b.document, (SELECT name FROM sources WHERE id = r.source), r.start, r."end",
            r.evidence, r.rule, r.status, (SELECT recognised FROM sources WHERE id = r.source)
            FROM json_each(?) AS asked
            CROSS JOIN claims {near} ON {near}.document = asked.value CROSS JOIN relations r ON r.{side} = {near}.id
            CROSS JOIN claims {far} ON {far}.id = r.{other} WHERE a.document <> b.document AND r.type <> 'cites'"""
CITING = """SELECT DISTINCT o.document, 'cites', c.document FROM json_each(?) AS asked
            CROSS JOIN claims o ON o.document = asked.value AND o.local = 'self'
            CROSS JOIN mentions m ON m.source = o.source CROSS JOIN claims c ON c.id = m.claim
            WHERE o.document <> c.document"""
CITED_BY = """SELECT DISTINCT o.document, 'cites', c.document FROM json_each(?) AS asked
              CROSS JOIN claims c ON c.document = asked.value CROSS JOIN mentions m ON m.claim = c.id
              CROSS JOIN claims o ON o.source = m.source AND o.local = 'self' WHERE o.document <> c.document"""
UPWARDS, DOWNWARDS = (
    {"near": "a", "far": "b", "side": "subject", "other": "object"},
    {"near": "b", "far": "a", "side": "object", "other": "subject"},
)


def ends_at(store: Store, ids: Iterable[str], *, up: bool, cites: bool = False) -> list[Ends]:
    """Return source, type and target of the relations that many documents have (`up`) or that others have to them.

    Without the sentences: what a walk needs. With `cites` also mere mentions.
    """
    asked = (json.dumps(sorted(ids)),)
    found: list[Ends] = store.table(ENDS.format(**(UPWARDS if up else DOWNWARDS)), asked)
    if cites:
        found += store.table(CITING if up else CITED_BY, asked)
    return found


Stated = dict[Ends, list[Evidence]]


def stated_at(store: Store, ids: Iterable[str], *, up: bool) -> Stated:
    """Return the same relations with every sentence that states each, in no order."""
    found: Stated = defaultdict(list)
    query = STATED.format(**(UPWARDS if up else DOWNWARDS))
    for source, kind, target, name, *place, rule, status, scan in store.table(query, (json.dumps(sorted(ids)),)):
        start, end, text = place
        found[source, kind, target].append(Evidence(name, start, end, text, rule, status, bool(scan)))
    return found


def edge_with(ends: Ends, evidence: list[Evidence]) -> Edge:
    """Return the edge with its sentences, what is done before what is planned, then by file and place."""
    if len(evidence) > 1:
        evidence = sorted(evidence, key=lambda e: (e.status != "done", e.source, e.start, e.end, e.rule))
    return Edge(ends[0], ends[2], ends[1], "done" if evidence[0].status == "done" else "planned", tuple(evidence))
