"""The whole store as one object: the form of `thongsuot export --format json`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.model import Document, Evidence
from kg.succession import full_unit_name, links, unit_ids

if TYPE_CHECKING:
    from kg.store import Store


def export(store: Store) -> dict[str, Any]:
    """Return documents, units, their relations and actions, and sources, sorted: equal stores give equal objects."""
    with store.snapshot():
        return {
            "documents": [document_row(store, document) for document in store.documents()],
            "units": [asdict(unit) for unit in store.units()],
            "relations": [
                {
                    "source": edge.source,
                    "type": edge.type,
                    "target": edge.target,
                    "status": edge.status,
                    "rule": edge.evidence[0].rule,
                    "evidence": [evidence_row(item) for item in edge.evidence],
                }
                for edge in store.edges()
            ],
            "unit_actions": action_rows(store),
            "unit_relations": succession_rows(store),
            "sources": [
                {"name": source.name, "sha256": source.sha256, "document": source.document}
                for source in store.sources()
            ],
        }


def document_row(store: Store, document: Document) -> dict[str, Any]:
    """Return one document with its conflicts and mentions."""
    row: dict[str, Any] = asdict(document)
    for name in ("dates", "mentions", "candidates"):
        del row[name]
    row["dates"] = [list(pair) for pair in document.dates]
    row["conflicts"] = [{"field": c.field, "value": c.value, **evidence_row(c.evidence)} for c in document.conflicts]
    if document.candidates:
        row["candidates"] = list(document.candidates)
    query = """SELECT s.name, m.start, m."end", m.form FROM mentions m JOIN claims c ON c.id = m.claim
               JOIN sources s ON s.id = m.source WHERE c.document = ? ORDER BY s.name, m.start"""
    row["mentions"] = [
        {"source": m["name"], "start": m["start"], "end": m["end"], "form": m["form"]}
        for m in store.rows(query, (document.id,))
    ]
    return row


def evidence_row(evidence: Evidence) -> dict[str, Any]:
    """Return where a sentence stands and what it says."""
    return {"source": evidence.source, "start": evidence.start, "end": evidence.end, "text": evidence.text}


def action_rows(store: Store) -> list[dict[str, Any]]:
    """Return the unit actions, one row for each unit, action, document and status, with all their sentences."""
    rows: dict[tuple[str, str, str, str], list[Evidence]] = defaultdict(list)
    for action in store.unit_actions():
        rows[action.unit, action.action, action.document, action.evidence.status].append(action.evidence)
    return [
        {
            "unit": unit,
            "action": kind,
            "document": document,
            "status": status,
            "rule": evidence[0].rule,
            "evidence": [evidence_row(item) for item in evidence],
        }
        for (unit, kind, document, status), evidence in sorted(rows.items())
    ]


def succession_rows(store: Store) -> list[dict[str, Any]]:
    """Return which unit of the store succeeds which other, with the day and where it is known from.

    They stay two units, each with its own deeds; `share` tells how much of a place's area went over.
    """
    known = {unit.id: unit for unit in store.units()}
    rows = {}
    for unit in known.values():
        for one in links(full_unit_name(unit), unit.level)[1]:
            heir = unit_ids(one)[1]
            if heir in known and heir != unit.id:
                rows[heir, unit.id] = one
    return [
        {"source": heir, "type": "succeeds", "target": old, "kind": one.kind, "share": one.share, "date": one.date,
         "basis": one.source}
        for (heir, old), one in sorted(rows.items())
    ]  # fmt: skip
