"""Several documents or units that fit what was typed: number, date, issuer, subject and id that tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.model import Document, Unit
from kg.words import full_name, written_date
from present.listing import Column, Listing
from present.words import unit_name

COLUMNS = (
    Column("name", "Văn bản / đơn vị"),
    Column("date", "Ngày", lambda row: written_date(row["date"])),
    Column("issuer", "Cơ quan ban hành", lambda row: unit_name(row["issuer"])),
    Column("subject", "Trích yếu"),
    Column("id", "Mã (id)"),
)


def candidates_listing(found: Sequence[Document | Unit]) -> Listing:
    """Return the listing of what fits."""
    return Listing([row_of(item) for item in found], COLUMNS)


def row_of(item: Document | Unit) -> dict[str, Any]:
    """Return one candidate as plain values."""
    if isinstance(item, Unit):
        return {"name": item.name, "date": None, "issuer": None, "subject": None, "id": item.id}
    return {"name": full_name(item), "date": item.date, "issuer": item.issuer, "subject": item.title, "id": item.id}
