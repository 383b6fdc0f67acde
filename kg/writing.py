"""Statements into the tables: what one file says becomes rows, and rows of a source go with it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from kg.cells import Statement, cell_of, report_cell
from kg.fold import fold
from kg.model import SELF, Claim, Extraction, Header, Mention
from kg.naming import joint_parts, parse_unit
from kg.numbers import full_number
from kg.settle import Settlement

Rows = dict[str, list[tuple[Any, ...]]]  # by their tables
LAWS = frozenset({"luat", "bo luat", "phap lenh"})


def delete_source(db: sqlite3.Connection, name: str, settlement: Settlement) -> bool:
    """Delete all that the source `name` says; tell whether it was known."""
    row = db.execute("SELECT id FROM sources WHERE name = ?", (name,)).fetchone()
    if row is None:
        return False
    settlement.forget(row["id"])
    for table in ("conflicts", "names", "issuers"):
        db.execute(f"DELETE FROM {table} WHERE claim IN (SELECT id FROM claims WHERE source = ?)", (row["id"],))
    for table in ("mentions", "relations", "actions", "unit_claims", "passages", "claims"):
        db.execute(f"DELETE FROM {table} WHERE source = ?", (row["id"],))
    db.execute("DELETE FROM sources WHERE id = ?", (row["id"],))
    return True


def insert_source(db: sqlite3.Connection, extraction: Extraction, settlement: Settlement, generation: int) -> None:
    """Keep all that one file says."""
    source = insert_file(db, extraction, generation)
    rows: Rows = defaultdict(list)
    claims = add_claims(rows, source, extraction, settlement)
    units = add_units(rows, source, extraction, settlement)
    rows["mentions"] = [
        (source, claims[m.document], m.start, m.end, m.text, m.form, m.type, m.full, m.date, m.issuer, m.title)
        for m in extraction.mentions
    ]
    rows["relations"] = [
        (source, claims[r.source], r.type, claims[r.target], r.start, r.end, r.evidence, r.rule, r.status)
        for r in extraction.relations
    ]
    rows["actions"] = [
        (source, units[a.unit], a.action, claims[a.document], a.start, a.end, a.evidence, a.rule, a.status)
        for a in extraction.unit_actions
    ]
    rows["passages"] = passage_rows(source, extraction)
    for table, some in rows.items():
        if some:
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(some[0]))})", some)


def insert_file(db: sqlite3.Connection, extraction: Extraction, generation: int) -> int:
    """Keep the file itself; return its row."""
    db.execute("DELETE FROM removed WHERE name = ?", (extraction.name,))
    header, warnings = dumped(asdict(extraction.report)), dumped(extraction.warnings)
    cursor = db.execute(
        """INSERT INTO sources (name, sha256, kind, header, warnings, text, generation, format, recognised)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            *(extraction.name, extraction.sha256, extraction.kind, header, warnings, extraction.text, generation),
            *(extraction.format, extraction.recognised),
        ),
    )
    return int(cursor.lastrowid or 0)


def add_claims(rows: Rows, source: int, extraction: Extraction, settlement: Settlement) -> dict[str, int]:
    """Add the claims of one source, its report's own among them; return their row numbers by their local ids."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in extraction.mentions:
        mentions[mention.document].append(mention)
    home = home_province(extraction.report)
    claims = [own_claim(extraction), *(claim for claim in extraction.documents if claim.id != SELF)]
    ids = dict(zip((claim.id for claim in claims), settlement.row_numbers("claims", len(claims)), strict=True))
    for claim in claims:
        stated, number = mentions[claim.id], ids[claim.id]
        forms = {"named"} if claim.full else {"named", "short"}  # "Đề án 06", where nothing says whose
        names = tuple(sorted({" ".join(m.text.split()) for m in stated if m.form in forms}))
        statement = statement_of(claim, extraction, names, home)
        cell = report_cell(statement, extraction.sha256) if claim.id == SELF else cell_of(statement)
        placed = settlement.count(cell, len(stated))
        rows["claims"].append(
            (
                *(number, source, claim.id, claim.kind, claim.type, claim.number, claim.symbol, claim.full, claim.date),
                *(claim.issuer, claim.title, claim.term, len(stated), cell.title, *placed),
            )
        )
        rows["conflicts"] += [(number, c.field, c.value, c.start, c.end) for c in claim.conflicts]
        for part in joint_parts(claim.issuer) if claim.issuer else ():
            rows["issuers"].append((number, settlement.name_unit(part, claim.date, home), part))
        rows["names"] += [(name, number) for name in names_of(claim, names)]
    return ids


def names_of(stated: Claim, names: tuple[str, ...]) -> list[str]:
    """Return the names by which a person may ask for the document: those in the text, and type with subject."""
    known = {fold(name) for name in names}
    if stated.title and (not stated.number or fold(stated.type) in LAWS):
        known.add(fold(f"{stated.type} {stated.title}"))
    if stated.issuer and not stated.number and not stated.title:
        known.add(fold(f"{stated.type} {stated.issuer}"))
    return sorted(known - {""})


def add_units(rows: Rows, source: int, extraction: Extraction, settlement: Settlement) -> dict[str, int]:
    """Add the unit claims of one source; return their row numbers by their local ids."""
    header, units = extraction.report, extraction.units
    home = home_province(header)
    ids = dict(zip((unit.id for unit in units), settlement.row_numbers("unit_claims", len(units)), strict=True))
    for unit in units:
        known = settlement.name_unit(unit.name, header.date, home)
        about = (unit.id, unit.name, unit.level, unit.parent, dumped(unit.aliases), known)
        rows["unit_claims"].append((ids[unit.id], source, *about))
    return ids


def passage_rows(source: int, extraction: Extraction) -> list[tuple[Any, ...]]:
    """Return the rows of the passages; words that stand so in the text are kept there alone."""
    text = extraction.text
    sections = {passage.section: dumped(passage.section) for passage in extraction.passages}
    return [
        (source, sections[p.section], p.kind, None if p.text == text[p.start : p.end] else p.text, p.start, p.end)
        for p in extraction.passages
    ]


# ---- from records to what identity looks at -------------------------------------------------------------------------


def own_claim(extraction: Extraction) -> Claim:
    """Return the claim that a report makes of itself: its header."""
    header = extraction.report
    stated = next((claim for claim in extraction.documents if claim.id == SELF), None)
    return Claim(
        SELF,
        extraction.kind,
        header.type or "",
        header.number,
        header.symbol,
        stated.full if stated else full_number(header.number, header.symbol),
        header.date,
        header.issuer,
        header.title,
        stated.term if stated else None,
        stated.conflicts if stated else (),
    )


def statement_of(claim: Claim, extraction: Extraction, names: tuple[str, ...], province: str) -> Statement:
    """Return what identity looks at in `claim`."""
    return Statement(
        type=claim.type,
        number=claim.number,
        symbol=claim.symbol,
        full=claim.full,
        date=claim.date,
        issuer=claim.issuer,
        title=claim.title,
        term=claim.term,
        names=names,
        province=province,
        written=extraction.report.date or "",
        token=f"{extraction.name}\x1f{claim.id}",
        recognised=extraction.recognised,
    )


def home_province(header: Header) -> str:
    """Return the province from which a report comes, "" when it does not tell."""
    return parse_unit(header.issuer, on=full_day(header.date)).province if header.issuer else ""


def full_day(date: str | None) -> str | None:
    """Return `date` when the day is known."""
    return date if date and len(date) == 10 else None


def dumped(value: Any) -> str:
    """Return `value` as JSON."""
    return json.dumps(value, ensure_ascii=False)
