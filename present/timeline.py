"""When each step was taken, as lines by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.language import phrase, speaking
from kg.model import Document
from kg.timeline import Event
from kg.words import data_name, name, written_date
from present.listing import Column, Listing
from present.who import proof, rules_line
from present.words import days_words, document_line, in_words, level_word, unit_name

SHOWN = 2


def after_parent(row: dict[str, Any]) -> str:
    """Return "sau 17 ngày (14-CTr/TU)"; nothing where that is the directive itself or a day is unknown."""
    if row["parent_days"] is None or row["parent_days"] == row["days"]:
        return ""
    return f"{days_words(row['parent_days'])} ({in_words(row['parent'])})"


COLUMNS = (
    Column("date", "column date", lambda row: written_date(row["date"]) or phrase("unknown")),
    Column("level", "column level", lambda row: level_word(row["level"])),
    Column("unit", "column unit", lambda row: "; ".join(unit_name(unit) for unit in row["units"])),
    Column("document", "column document", lambda row: in_words(row["document"])),
    Column("days", "column days after root", lambda row: days_words(row["days"])),
    Column("parent_days", "column days after parent", after_parent),
    Column("pace", "column pace", lambda row: pace_words(row["pace"], row["bounds"])),
)


def timeline_listing(
    directive: Document, events: Sequence[Event], bounds: Sequence[int], asked: Sequence[str] = ()
) -> Listing:
    """Return the lines by day, with the counts by pace and what is `asked` for regularly above them."""
    rows = [row_of(event, bounds) for event in events]
    head = [document_line(directive), *([directive.title] if directive.title else []), summary(events, bounds), *asked]
    return Listing(rows, COLUMNS, head, notes)


def summary(events: Sequence[Event], bounds: Sequence[int]) -> str:
    """Return how many documents came, how many of them in time, and how many are not judged: together all of them."""
    if not events:
        return phrase("no step found")
    plans = [event for event in events if event.document.kind != "report"]
    counts = Counter(event.pace for event in plans if event.pace is not None)
    parts = [f"{counts[bound]} {pace_words(bound, bounds)}" for bound in (*bounds, 0) if counts[bound]]
    unjudged = [event for event in plans if event.pace is None]
    undated = sum(event.document.date is None for event in unjudged)
    others = {
        "so many undated": undated,
        "so many not judged": len(unjudged) - undated,
        "so many reports": len(events) - len(plans),
    }
    parts += [phrase(kind, n=n) for kind, n in others.items() if n]
    return phrase("paces", counted=f"{phrase('so many documents', n=len(events))}: {', '.join(parts)}")


def pace_words(pace: int | None, bounds: Sequence[int]) -> str:
    """Return what a pace is called: "trong 30 ngày", "sau 60 ngày"."""
    if pace is None:
        return ""
    return phrase("within days", n=pace) if pace else phrase("beyond days", n=max(bounds))


def row_of(event: Event, bounds: Sequence[int]) -> dict[str, Any]:
    """Return one event as plain values."""
    return {
        "date": event.document.date,
        "level": event.document.level,
        "units": [unit.name for unit in event.units],
        "document": data_name(event.document),
        "document_id": event.document.id,
        "days": event.days,
        "parent": data_number(event.parent) if event.parent else None,
        "parent_id": event.parent.id if event.parent else None,
        "parent_days": event.parent_days,
        "pace": event.pace,
        "bounds": list(bounds),
        "evidence": [asdict(item) for item in event.evidence],
    }


def data_number(document: Document) -> str:
    """Return a document's number for programs, "Báo cáo (không số)" without one: the same in every language."""
    with speaking("vi"):
        return name(document)


def notes(row: dict[str, Any]) -> list[str]:
    """Return the sentences below a line, and the rules that read them."""
    shown = row["evidence"][:SHOWN]
    return [*(proof(item) for item in shown), *rules_line(shown)]
