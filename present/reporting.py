"""Which periodic reports are asked for, and which came: a line for each unit, and a sentence above other answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.language import phrase
from kg.model import Document
from kg.periods import Demand
from kg.reporting import Asked, Expected, Reporting, asked_for
from kg.words import name, short_issuer
from present.listing import Column, Listing
from present.timeline import data_number
from present.who import proof
from present.words import document_line, in_words, level_word, unit_name

if TYPE_CHECKING:
    from kg.store import Store

SHOWN = 2  # documents that ask, above another answer
ROMAN = ("", "I", "II", "III", "IV")
COLUMNS = (
    Column("level", "column level", lambda row: level_word(row["level"])),
    Column("unit", "column unit", lambda row: unit_name(row["unit"])),
    Column("found", "column found", lambda row: f"{row['found']}/{row['expected']}"),
    Column("reports", "column reports", lambda row: report_words(row["reports"])),
)


def reporting_listing(directive: Document, found: Sequence[Reporting], asked: Iterable[Asked] | None = None) -> Listing:
    """Return a line for each unit with a plan, with the periods of which reports are expected and what came.

    With `asked`, what was asked for stands above them, with its sentences.
    """
    rows = [
        {
            "level": one.unit.level,
            "unit": one.unit.name,
            "found": sum(line.report is not None for line in one.periods),
            "expected": len(one.periods),
            "reports": [row_of(line) for line in one.periods],
        }
        for one in found
    ]
    head = [document_line(directive)]
    if asked is not None:
        head += demand_lines(asked) or [phrase("no periodic demand")]
    return Listing(rows, COLUMNS, [*head, phrase("periodic reports")] if rows else head)


def row_of(line: Expected) -> dict[str, Any]:
    """Return one period as plain values."""
    return {
        "period": line.period.id,
        "due": line.due.isoformat() if line.due else None,
        "document": data_number(line.report) if line.report else None,
        "document_id": line.report.id if line.report else None,
        "date": line.report.date if line.report else None,
        "asked_by": line.asked.document.id if line.asked else None,
        "evidence": [asdict(line.asked.evidence)] if line.asked else [],
    }


def report_words(reports: Sequence[dict[str, Any]]) -> str:
    """Return the periods and what came: "6 tháng đầu năm 2022: 12/BC-UBND; chưa thấy: năm 2022, năm 2023"."""
    came = [f"{period_words(row['period'])}: {in_words(row['document'])}" for row in reports if row["document"]]
    rest = ", ".join(period_words(row["period"]) for row in reports if not row["document"])
    return "; ".join([*came, f"{phrase('not seen')}: {rest}"] if rest else came)


def period_words(known: str) -> str:
    """Return what a period is called: "6 tháng đầu năm 2022" for "2022-H1"."""
    year, _, part = known.partition("-")
    if not part:
        return phrase("period year", year=year)
    if part in {"H1", "H2", "9M"}:
        return phrase(f"period {part}", year=year)
    if part.startswith("Q"):
        return phrase("period quarter", roman=ROMAN[int(part[1])], year=year)
    return phrase("period month", month=part, year=year)


# ---- what is asked for ----------------------------------------------------------------------------------------------


def demand_lines(asked: Iterable[Asked], most: int | None = None) -> list[str]:
    """Return a line for each document that asks for periodic reports, and below it its sentences; `most` documents."""
    by_document: dict[str, list[Asked]] = {}
    for one in dict.fromkeys(asked):
        by_document.setdefault(one.document.id, []).append(one)
    lines = []
    for group in list(by_document.values())[:most]:
        kinds = ", ".join(dict.fromkeys(demand_words(one.demand) for one in group))
        issuer = short_issuer(group[0].document.issuer)
        named = f"{name(group[0].document)}{f' ({issuer})' if issuer else ''}"
        lines.append(phrase("reports asked for", name=named, kinds=kinds))
        lines += [f"  {said}" for said in dict.fromkeys(proof(asdict(one.evidence)) for one in group)]
    more = len(by_document) - len(by_document if most is None else [*by_document][:most])
    return [*lines, phrase("more that ask", n=more)] if more else lines


def demand_words(demand: Demand) -> str:
    """Return one kind of reports and its day: "6 tháng (trước ngày 15/06)", "quý (trước ngày 20 của tháng cuối)"."""
    kind = phrase(f"every {demand.every}")
    if demand.day is None:
        return kind
    day = phrase("day of the last month", day=str(demand.day))
    return f"{kind} ({phrase('before day', day=f'{demand.day:02}/{demand.month:02}') if demand.month else day})"


def asked_words(store: Store, directive: Document, on: str | None = None, level: str | None = None) -> list[str]:
    """Return a line for the first documents in the cascade that ask for periodic reports, and how to see the rest."""
    lines = demand_lines(asked_for(store, directive.id, on, level).asked, SHOWN)
    return [*lines, phrase("see the reports", name=name(directive))] if lines else []
