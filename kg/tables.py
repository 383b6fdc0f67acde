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
    """One table: the `name` of its file, its `title`, its columns with their headings, its rows."""

    name: str
    title: str
    columns: dict[str, str]
    rows: Iterable[Row]


DOCUMENTS = {
    "id": "Mã", "document": "Văn bản", "type": "Loại", "kind": "Nhóm", "date": "Ngày ban hành",
    "issuer": "Cơ quan ban hành", "level": "Cấp", "locality": "Địa phương", "province": "Tỉnh", "title": "Trích yếu",
    "file": "Tệp đã đọc", "dates": "Ngày đã nêu", "conflicts": "Chỗ ghi khác", "candidates": "Có thể là",
    "mentions": "Số lần nhắc đến",
}  # fmt: skip
RELATIONS = {
    "source": "Văn bản dưới", "source_date": "Ngày", "source_issuer": "Cơ quan", "relation": "Quan hệ",
    "status": "Mức độ", "target": "Văn bản trên", "target_date": "Ngày văn bản trên",
    "target_issuer": "Cơ quan văn bản trên", "days": "Số ngày sau", "said_in": "Câu số", "sentences": "Số câu",
    "source_id": "Mã văn bản dưới", "target_id": "Mã văn bản trên",
}  # fmt: skip
ACTIONS = {
    "unit": "Đơn vị", "level": "Cấp", "action": "Việc", "status": "Mức độ", "document": "Văn bản",
    "document_date": "Ngày văn bản", "said_in": "Câu số", "unit_id": "Mã đơn vị", "document_id": "Mã văn bản",
}  # fmt: skip
UNITS = {
    "id": "Mã", "name": "Đơn vị", "level": "Cấp", "locality": "Địa phương", "province": "Tỉnh",
    "parent": "Mã cấp trên", "aliases": "Tên khác",
}  # fmt: skip
SENTENCES = {
    "sentence": "Câu số", "file": "Tệp", "start": "Từ ký tự", "end": "Đến ký tự", "text": "Câu văn",
    "rule": "Quy tắc đọc", "status": "Mức độ",
}  # fmt: skip


def tables(store: Store) -> Iterator[Table]:
    """Yield the tables; the sentences come last, when the others have said which they are.

    To be read in order, inside one snapshot of the store.
    """
    known = {document.id: document for document in store.documents()}
    said: dict[Evidence, int] = {}
    yield Table("documents", "Văn bản", DOCUMENTS, map(document_row, known.values()))
    yield Table("relations", "Quan hệ", RELATIONS, relation_rows(store, known, said))
    yield Table("actions", "Việc của đơn vị", ACTIONS, action_rows(store, known, said))
    yield Table("units", "Đơn vị", UNITS, unit_rows(store))
    yield Table("sentences", "Nguồn", SENTENCES, (sentence_row(item, number) for item, number in said.items()))


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
