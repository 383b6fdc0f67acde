"""The ends of relations, of many documents at a time and without the sentences: what a walk through the graph needs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kg.store import Store

Ends = tuple[str, str, str]  # source, type, target of an edge

# The tables in the order in which they are asked, each by an index.
ENDS = """SELECT DISTINCT a.document, r.type, b.document FROM json_each(?) AS asked
          CROSS JOIN claims {near} ON {near}.document = asked.value CROSS JOIN relations r ON r.{side} = {near}.id
          CROSS JOIN claims {far} ON {far}.id = r.{other} WHERE a.document <> b.document AND r.type <> 'cites'"""
CITING = """SELECT DISTINCT o.document, 'cites', c.document FROM json_each(?) AS asked
            CROSS JOIN claims o ON o.document = asked.value AND o.local = 'self'
            CROSS JOIN mentions m ON m.source = o.source CROSS JOIN claims c ON c.id = m.claim
            WHERE o.document <> c.document"""
CITED_BY = """SELECT DISTINCT o.document, 'cites', c.document FROM json_each(?) AS asked
              CROSS JOIN claims c ON c.document = asked.value CROSS JOIN mentions m ON m.claim = c.id
              CROSS JOIN claims o ON o.source = m.source AND o.local = 'self' WHERE o.document <> c.document"""
UPWARDS = ENDS.format(near="a", far="b", side="subject", other="object")
DOWNWARDS = ENDS.format(near="b", far="a", side="object", other="subject")


def ends_at(store: Store, ids: Iterable[str], *, up: bool, cites: bool = False) -> list[Ends]:
    """Return source, type and target of the relations that many documents have (`up`) or that others have to them.

    Without the sentences: what a walk needs. With `cites` also mere mentions.
    """
    asked = (json.dumps(sorted(ids)),)
    found: list[Ends] = [tuple(row) for row in store.rows(UPWARDS if up else DOWNWARDS, asked)]
    if cites:
        found += [tuple(row) for row in store.rows(CITING if up else CITED_BY, asked)]
    return found
