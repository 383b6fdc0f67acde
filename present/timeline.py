"""When each step was taken, as lines by day, and which reports came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.model import Document
from kg.timeline import Event, Reporting
from kg.words import capital, full_name, name, written_date
from present.listing import Column, Listing
from present.who import proof, rules_line
from present.words import days_words, document_line, unit_name

SHOWN = 2


def after_parent(row: dict[str, Any]) -> str:
    """Return "17 ngày sau 14-CTr/TU"; nothing where that is the directive itself or a day is unknown."""
    if row["parent_days"] is None or row["parent_days"] == row["days"]:
        return ""
    return f"{days_words(row['parent_days'])} ({row['parent']})"


COLUMNS = (
    Column("date", "Ngày", lambda row: written_date(row["date"]) or "không rõ"),
    Column("level", "Cấp", lambda row: capital(row["level"])),
    Column("unit", "Đơn vị", lambda row: "; ".join(unit_name(unit) for unit in row["units"])),
    Column("document", "Văn bản"),
    Column("days", "Sau văn bản gốc", lambda row: days_words(row["days"])),
    Column("parent_days", "Sau văn bản cấp trên", after_parent),
    Column("pace", "Thời hạn", lambda row: row["pace_words"]),
)
REPORT_COLUMNS = (
    Column("level", "Cấp", lambda row: capital(row["level"])),
    Column("unit", "Đơn vị", lambda row: unit_name(row["unit"])),
    Column("found", "Có", lambda row: f"{row['found']}/{row['expected']}"),
    Column("reports", "Báo cáo theo kỳ", lambda row: "; ".join(f"{p}: {n or 'chưa thấy'}" for p, n in row["reports"])),
)


def timeline_listing(directive: Document, events: Sequence[Event], bounds: Sequence[int]) -> Listing:
    """Return the lines by day, with the counts by pace above them."""
    rows = [row_of(event, bounds) for event in events]
    head = [document_line(directive), *([directive.title] if directive.title else []), summary(rows, bounds)]
    return Listing(rows, COLUMNS, head, notes)


def summary(rows: Sequence[dict[str, Any]], bounds: Sequence[int]) -> str:
    """Return how many documents came, and how many of them in time."""
    if not rows:
        return "Không tìm thấy văn bản nào thực hiện trong các tài liệu này."
    counts = Counter(row["pace"] for row in rows if row["pace"] is not None)
    parts = [f"{counts[bound]} {pace_words(bound, bounds)}" for bound in (*bounds, 0) if counts[bound]]
    unknown = sum(row["date"] is None for row in rows)
    parts += [f"{unknown} không rõ ngày"] if unknown else []
    return f"{len(rows)} văn bản{': ' if parts else ''}{', '.join(parts)} (tính từ văn bản cấp trên trực tiếp)."


def pace_words(pace: int | None, bounds: Sequence[int]) -> str:
    """Return what a pace is called: "trong 30 ngày", "sau 60 ngày"."""
    if pace is None:
        return ""
    return f"trong {pace} ngày" if pace else f"sau {max(bounds)} ngày"


def row_of(event: Event, bounds: Sequence[int]) -> dict[str, Any]:
    """Return one event as plain values."""
    return {
        "date": event.document.date,
        "level": event.document.level,
        "units": [unit.name for unit in event.units],
        "document": full_name(event.document),
        "document_id": event.document.id,
        "days": event.days,
        "parent": name(event.parent) if event.parent else None,
        "parent_id": event.parent.id if event.parent else None,
        "parent_days": event.parent_days,
        "pace": event.pace,
        "pace_words": pace_words(event.pace, bounds),
        "evidence": [asdict(item) for item in event.evidence],
    }


def notes(row: dict[str, Any]) -> list[str]:
    """Return the sentences below a line, and the rules that read them."""
    shown = row["evidence"][:SHOWN]
    return [*(proof(item) for item in shown), *rules_line(shown)]


def reporting_listing(directive: Document, found: Sequence[Reporting]) -> Listing:
    """Return a line for each unit with the periods in which a report of it names the directive."""
    rows = [
        {
            "level": one.unit.level,
            "unit": one.unit.name,
            "found": sum(document is not None for _, document in one.periods),
            "expected": len(one.periods),
            "reports": [[period, name(document) if document else None] for period, document in one.periods],
        }
        for one in found
    ]
    head = [document_line(directive), "Báo cáo định kỳ của đơn vị đã có kế hoạch, trong các tài liệu này:"]
    return Listing(rows, REPORT_COLUMNS, head)
