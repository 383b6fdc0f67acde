"""Several documents or units that fit what was typed: number, date, issuer, subject and id that tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.model import Document, Unit
from kg.words import data_name, written_date
from present.listing import Column, Listing
from present.words import in_words, unit_name

COLUMNS = (
    Column("name", "column name", lambda row: in_words(row["name"])),
    Column("date", "column date", lambda row: written_date(row["date"])),
    Column("issuer", "column issuer", lambda row: unit_name(row["issuer"])),
    Column("subject", "column subject"),
    Column("id", "column id"),
)


def candidates_listing(found: Sequence[Document | Unit]) -> Listing:
    """Return the listing of what fits."""
    return Listing([row_of(item) for item in found], COLUMNS)


def row_of(item: Document | Unit) -> dict[str, Any]:
    """Return one candidate as plain values."""
    if isinstance(item, Unit):
        return {"name": item.name, "date": None, "issuer": None, "subject": None, "id": item.id}
    return {"name": data_name(item), "date": item.date, "issuer": item.issuer, "subject": item.title, "id": item.id}
