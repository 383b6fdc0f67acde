"""Who implemented a directive: the answer in a sentence, then a line for each unit and document, with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.language import phrase
from kg.model import Document, Implementer
from kg.states import state_of
from kg.who_counts import counted, of_units
from kg.words import data_name, full_name, rule_words, written_date
from present.listing import Column, Listing
from present.words import (
    days_words,
    did_words,
    document_line,
    in_words,
    level_word,
    state_words,
    tidy,
    unit_name,
)

SHOWN = 2  # sentences under a line of the table; JSON and CSV carry all

COLUMNS = (
    Column("level", "column level", lambda row: level_word(row["level"])),
    Column("unit", "column unit", lambda row: unit_name(row["unit"])),
    Column("document", "column document", lambda row: in_words(row["document"] or "")),
    Column("date", "column date", lambda row: written_date(row["date"])),
    Column("days", "column days", lambda row: days_words(row["days"])),
    Column("how", "column how", lambda row: state_words(row["state"])),
)


def who_listing(
    directive: Document,
    found: Sequence[Implementer],
    sources: int,
    level: str | None = None,
    asked: Sequence[str] = (),
) -> Listing:
    """Return the listing of those who implemented `directive`, by the `sources` files that were read.

    The lines `asked` stand below the answer: which reports it asks for regularly.
    """
    head = [document_line(directive)]
    if directive.title:
        head.append(directive.title)
    head += [answer(directive, found, sources, level), *asked]
    return Listing([row_of(line) for line in found], COLUMNS, head, proofs)


def answer(directive: Document, found: Sequence[Implementer], sources: int, level: str | None = None) -> str:
    """Return the answer in words; each unit counts once, by its strongest proof.

    "Tìm thấy 5 đơn vị thực hiện: 3 đơn vị có văn bản riêng, 2 đơn vị có báo cáo. …" and never that others did nothing.
    """
    where = phrase("at level", level=level_word(level).lower()) if level else ""
    if not found:
        return tidy(phrase("nobody found", name=full_name(directive), where=where, n=sources))
    unknown = sum(not line.unit.id for line in found)
    counts = counted(of_units(found))
    parts = [phrase("units how", n=n, how=did_words(state, n)) for state, n in counts.items()]
    found_line = tidy(phrase("units found", n=sum(counts.values()), where=where))
    sentences = [f"{found_line}{': ' if parts else ''}{', '.join(parts)}."]
    sentences += [phrase("issuers unknown", n=unknown)] if unknown else []
    return " ".join([*sentences, phrase("others not found", n=sources)])


def row_of(line: Implementer) -> dict[str, Any]:
    """Return one line as plain values."""
    return {
        "level": line.unit.level,
        "unit": line.unit.name,
        "unit_id": line.unit.id,
        "document": data_name(line.document) if line.document else None,
        "document_id": line.document.id if line.document else None,
        "date": line.date,
        "days": line.days,
        "how": line.how,
        "state": state_of(line),
        "path": list(line.path),
        "evidence": [asdict(item) for item in line.evidence],
    }


def proofs(row: dict[str, Any]) -> list[str]:
    """Return the sentences that prove a line, each with its file, and the rules that read them."""
    shown = [proof(item) for item in row["evidence"][:SHOWN]]
    more = len(row["evidence"]) - SHOWN
    others = [phrase("more sentences of it", n=more)] if more > 0 else []
    return [*shown, *others, *rules_line(row["evidence"][:SHOWN])]


def rules_line(evidence: Sequence[dict[str, Any]]) -> list[str]:
    """Return one line with the rules that read the sentences, each with its measured precision; none without rules."""
    rules = dict.fromkeys(words for item in evidence if (words := rule_words(item["rule"])))
    return [f"{phrase('rule')}: {'; '.join(rules)}"] if rules else []


def proof(evidence: dict[str, Any]) -> str:
    """Return a sentence with the file that says it."""
    scan = f", {phrase('from a scan')}" if evidence["recognised"] else ""
    return f"“{evidence['text']}” ({evidence['source']}{scan})"
