"""Days that recognising misread: "2092" for 2022 lies after the day on which the report was written, or after today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.citations import Citation
from ingest.header import Top


def without_late_days(
    top: Top, numbered: list[Citation], named: list[Citation]
) -> tuple[Top, list[Citation], list[Citation]]:
    """Return header and citations of a recognised text without the dates that cannot be."""
    today = date.today().isoformat()
    top = replace(top, header=replace(top.header, date=up_to(top.header.date, today)))
    latest = last_year(top.header.date, [c.date for c in (*numbered, *named) if c.date]) or today
    numbered, named = ([replace(c, date=up_to(c.date, latest)) for c in found] for found in (numbered, named))
    return top, numbered, named


def last_year(own: str | None, cited: list[str]) -> str | None:
    """Return the date of the report, None where it is unknown or most of what it cites is later: then itself is odd."""
    if own is None or 2 * sum(up_to(day, own) is None for day in cited) > len(cited):
        return None
    return own


def up_to(day: str | None, latest: str) -> str | None:
    """Return a date, None where its year is after that of `latest`."""
    return day if day is None or day[:4] <= latest[:4] else None
