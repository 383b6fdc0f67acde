"""The store as tables: documents, relations, what units did, units, and the sentences that prove it all.

The same rows become CSV files and the sheets of a workbook; the number in `said_in` leads from a fact to its proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.model import Document, Evidence
from kg.who import days_between
from kg.words import full_name, rule_words

if TYPE_CHECKING:
    from kg.store import Store

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the `name` of its file, its `title`, its columns with their headings, its rows.

    Title and headings are keys of the catalogue; names and rules in the rows are in the language spoken.
    """

    name: str
    title: str
    columns: dict[str, str]
    rows: Iterable[Row]


DOCUMENTS = {
    "id": "column id",
    "document": "column document",
    "type": "column type",
    "kind": "column kind",
    "date": "column issued",
    "issuer": "column issuer",
    "level": "column level",
    "locality": "column place",
    "province": "column province",
    "title": "column subject",
    "file": "sheet file",
    "dates": "dates stated",
    "conflicts": "column conflicts",
    "candidates": "sheet candidates",
    "mentions": "sheet mentions",
}
RELATIONS = {
    "source": "column lower",
    "source_date": "column date",
    "source_issuer": "column lower issuer",
    "relation": "one relation",
    "status": "column status",
    "target": "column upper",
    "target_date": "column upper date",
    "target_issuer": "column upper issuer",
    "days": "column days later",
    "said_in": "column sentence",
    "sentences": "column sentences",
    "source_id": "column lower id",
    "target_id": "column upper id",
}
ACTIONS = {
    "unit": "column unit",
    "level": "column level",
    "action": "column action",
    "status": "column status",
    "document": "column document",
    "document_date": "column document date",
    "said_in": "column sentence",
    "unit_id": "column unit id",
    "document_id": "column document id",
}
UNITS = {
    "id": "column id",
    "name": "column unit",
    "level": "column level",
    "locality": "column place",
    "province": "column province",
    "parent": "column parent id",
    "aliases": "sheet aliases",
}
SENTENCES = {
    "sentence": "column sentence",
    "file": "said file",
    "start": "column start",
    "end": "column end",
    "text": "column text",
    "rule": "column rule",
    "status": "column status",
}


def tables(store: Store) -> Iterator[Table]:
    """Yield the tables; the sentences come last, when the others have said which they are.

    To be read in order, inside one snapshot of the store.
    """
    known = {document.id: document for document in store.documents()}
    said: dict[Evidence, int] = {}
    yield Table("documents", "sheet documents", DOCUMENTS, map(document_row, known.values()))
    yield Table("relations", "sheet relations", RELATIONS, relation_rows(store, known, said))
    yield Table("actions", "sheet deeds", ACTIONS, action_rows(store, known, said))
    yield Table("units", "sheet all units", UNITS, unit_rows(store))
    yield Table(
        "sentences", "sheet sentences", SENTENCES, (sentence_row(item, number) for item, number in said.items())
    )


def numbered(said: dict[Evidence, int], evidence: Evidence) -> int:
    """Return the number of a sentence, a new one when it was not met before."""
    return said.setdefault(evidence, len(said) + 1)


def document_row(document: Document) -> Row:
    """Return one document as plain values."""
    return {
        "id": document.id,
        "document": full_name(document),
        "type": document.type,
        "kind": document.kind,
        "date": document.date,
        "issuer": document.issuer,
        "level": document.level,
        "locality": document.locality or None,
        "province": document.province or None,
        "title": document.title,
        "file": document.source,
        "dates": [date for date, _ in document.dates],
        "conflicts": [f"{conflict.field}: {conflict.value}" for conflict in document.conflicts],
        "candidates": list(document.candidates),
        "mentions": document.mentions,
    }


def relation_rows(store: Store, known: dict[str, Document], said: dict[Evidence, int]) -> Iterator[Row]:
    """Yield a row for each relation, with the number of its first sentence."""
    for edge in store.edges():
        lower, upper = known[edge.source], known[edge.target]
        numbers = [numbered(said, item) for item in edge.evidence]
        yield {
            "source": full_name(lower),
            "source_date": lower.date,
            "source_issuer": lower.issuer,
            "relation": edge.type,
            "status": edge.status,
            "target": full_name(upper),
            "target_date": upper.date,
            "target_issuer": upper.issuer,
            "days": days_between(upper, lower),
            "said_in": numbers[0],
            "sentences": len(numbers),
            "source_id": edge.source,
            "target_id": edge.target,
        }


def action_rows(store: Store, known: dict[str, Document], said: dict[Evidence, int]) -> Iterator[Row]:
    """Yield a row for each sentence that says what a unit did."""
    units = {unit.id: unit for unit in store.units()}
    for action in store.unit_actions():
        document, unit = known[action.document], units.get(action.unit)
        yield {
            "unit": unit.name if unit else action.unit,
            "level": unit.level if unit else None,
            "action": action.action,
            "status": action.evidence.status,
            "document": full_name(document),
            "document_date": document.date,
            "said_in": numbered(said, action.evidence),
            "unit_id": action.unit,
            "document_id": action.document,
        }


def unit_rows(store: Store) -> Iterator[Row]:
    """Yield a row for each unit."""
    for unit in store.units():
        yield {
            "id": unit.id,
            "name": unit.name,
            "level": unit.level,
            "locality": unit.locality or None,
            "province": unit.province or None,
            "parent": unit.parent,
            "aliases": list(unit.aliases),
        }


def sentence_row(evidence: Evidence, number: int) -> Row:
    """Return one proving sentence as plain values."""
    return {
        "sentence": number,
        "file": evidence.source,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
        "rule": rule_words(evidence.rule),
        "status": evidence.status,
    }
