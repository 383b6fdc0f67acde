"""What one file says, before any store: the object of `extract --json`, and a page to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kg.language import phrase
from kg.model import SELF, Claim, Extraction, Header
from kg.numbers import full_number
from kg.words import labels, type_word, written_date
from present.console import faint, strong, width
from present.listing import wrapped
from present.words import action_word, relation_word, unit_name, with_status

KEYS = {
    "documents": ("id", "kind", "type", "number", "symbol", "full", "date", "issuer", "title", "conflicts"),
    "mentions": ("start", "end", "text", "document", "form"),
    "relations": ("source", "type", "target", "start", "end", "evidence", "status"),
    "units": ("id", "name", "level", "parent", "aliases"),
    "unit_actions": ("unit", "action", "document", "start", "end", "evidence", "status"),
}


def as_object(said: Extraction) -> dict[str, Any]:
    """Return what a file says in the form of `extract --json`; offsets count in the text of the source."""
    records: dict[str, Sequence[Any]] = {
        "documents": [claim for claim in said.documents if claim.id != SELF],
        "mentions": said.mentions,
        "relations": said.relations,
        "units": said.units,
        "unit_actions": said.unit_actions,
    }
    rows = {name: [picked(asdict(record), KEYS[name]) for record in found] for name, found in records.items()}
    return {"report": asdict(said.report), **rows, "warnings": list(warnings_of(said))}


def warnings_of(said: Extraction) -> tuple[str, ...]:
    """Return what a person should know of the reading, first that the words were recognised."""
    return (*((phrase("recognised words"),) if said.recognised else ()), *said.warnings)


def picked(row: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the entries of `row` that are named by `keys`, in their order."""
    return {key: row[key] for key in keys}


# ---- the page -------------------------------------------------------------------------------------------------------


def as_page(said: Extraction) -> Iterator[str]:
    """Yield the lines of a page that tells what a file says."""
    names = {claim.id: claim_name(claim) for claim in said.documents} | {SELF: phrase("this file")}
    yield from heading_lines(said.report, said.name)
    for warning in warnings_of(said):
        yield from wrapped(phrase("note", note=warning), "  ", width())
    times = Counter(mention.document for mention in said.mentions)
    documents = [claim for claim in said.documents if claim.id != SELF]
    yield from section(
        "said documents",
        [
            (f"{claim_line(claim)} ({phrase('so many times', n=times[claim.id])})", conflict_words(claim))
            for claim in documents
        ],
    )
    yield from section(
        "said relations",
        [
            (f"{names[r.source]} {with_status(relation_word(r.type), r.status)} {names[r.target]}", f"“{r.evidence}”")
            for r in said.relations
            if r.type != "cites"
        ],
    )
    units = {unit.id: unit_name(unit.name) for unit in said.units}
    yield from section(
        "said actions",
        [
            (
                f"{units[a.unit]} {with_status(action_word(a.action), a.status)} {names[a.document]}",
                f"“{a.evidence}”",
            )
            for a in said.unit_actions
        ],
    )


def heading_lines(report: Header, name: str) -> Iterator[str]:
    """Yield what the top and the tail of the report say."""
    number = report.number or phrase("unnumbered")
    full = full_number(number, report.symbol) or number
    yield strong(f"{type_word(report.type or 'văn bản')} {full}")
    for heading, value in (
        ("said file", name),
        ("column subject", report.title),
        ("column issuer", report.issuer),
        ("column date", written_date(report.date)),
        ("said place", report.place),
        ("said signer", ", ".join(part for part in (report.signer_role, report.signer) if part)),
        ("said addressee", "; ".join(report.addressee)),
        ("said recipients", "; ".join(report.recipients)),
    ):
        if value:
            yield from wrapped(f"{phrase(heading)}: {value}", "  ", width())


def section(heading: str, items: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a heading, and each item with the note under it."""
    yield ""
    yield strong(f"{phrase(heading)} ({len(items)})")
    for words, note in items:
        yield from wrapped(f"- {words}", "  ", width())
        if note:
            yield from (faint(line) for line in wrapped(note, "      ", width()))


def claim_name(claim: Claim) -> str:
    """Return what a document is called."""
    return f"{type_word(claim.type)} {claim.full or claim.title or claim.number or phrase('unnumbered')}"


def claim_line(claim: Claim) -> str:
    """Return a document with its date and issuer."""
    parts = (claim_name(claim), written_date(claim.date), unit_name(claim.issuer))
    return " · ".join(part for part in parts if part)


def conflict_words(claim: Claim) -> str:
    """Return what contradicts the rest of the report about this document."""
    fields = labels("conflict")
    return "; ".join(
        phrase("contradiction", field=fields.get(c.field, c.field), value=c.value) for c in claim.conflicts
    )
