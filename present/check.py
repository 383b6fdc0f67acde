"""What should be looked at: contradictions with both sentences, documents wanted, missing levels, open mentions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import reduce
from typing import Any

from kg.check import KINDS, Contradiction, Findings, Gap, OpenMention, Reason, Wanted
from kg.language import phrase, speaking
from kg.model import Document, Evidence
from kg.words import data_name, labels, short_issuer, shorten, written_date
from present.console import strong
from present.listing import Column, Listing, as_csv
from present.words import count_words, data_line, date_words, in_words, unit_name

SHOWN = 2  # sentences of one side
CANDIDATES = 3  # of what a mention may mean, the likeliest; JSON and CSV carry all
CITING = 4  # reports named of those that cite a document
Row = dict[str, Any]


def render(found: Findings, form: str) -> str:
    """Return the findings as text, JSON (an object with a list for each kind; one kind: its list) or CSV."""
    rows = {kind: rows_of(found, kind) for kind in found.totals}
    if form == "json":
        return json.dumps(next(iter(rows.values())) if len(rows) == 1 else rows, ensure_ascii=False, indent=1)
    if form == "csv":
        return as_csv([{"kind": kind, **row} for kind, items in rows.items() for row in items])
    return "\n\n".join(section(kind, rows[kind], found) for kind in rows)


def rows_of(found: Findings, kind: str) -> list[Row]:
    """Return the findings of one kind as plain values."""
    makers: dict[str, Callable[[Any], Row]] = {
        "contradictions": contradiction_row,
        "wanted": wanted_row,
        "gaps": gap_row,
        "ambiguous": open_row,
    }
    return [makers[kind](item) for item in getattr(found, kind)]


def section(kind: str, rows: Sequence[Row], found: Findings) -> str:
    """Return one kind of findings as a heading, what it means, and a table with its sentences."""
    total, title = found.totals[kind], phrase(f"check {kind}")
    if not total:
        return "\n".join([strong(f"{title} (0)"), phrase(f"check no {kind}", n=found.sources)])
    shown = phrase("shown below", n=len(rows)) if total > len(rows) else ""
    listing = Listing(rows, COLUMNS[kind], (phrase(f"check {kind} means", n=found.sources),), NOTES[kind])
    return "\n".join([strong(f"{title} ({count_words(total)}{shown})"), listing.render("table")])


def place_of(document: Document) -> Row:
    """Return the fields by which every row names its document."""
    return {
        "document": data_name(document),
        "document_id": document.id,
        "date": document.date,
        "issuer": document.issuer,
    }


def quote(evidence: Row) -> str:
    """Return a sentence with its file."""
    return f"“{evidence['text']}” ({evidence['source']})"


def plain(evidence: Sequence[Evidence]) -> list[Row]:
    """Return sentences as plain values: file, place and words."""
    return [{"source": e.source, "start": e.start, "end": e.end, "text": e.text} for e in evidence]


# ---- contradictions -------------------------------------------------------------------------------------------------


def contradiction_row(one: Contradiction) -> Row:
    """Return a contradiction: the odd value, the usual one, how often each is said, and the sentences of both."""
    return {
        **place_of(one.document),
        "field": one.field,
        "slip": list(one.slips),
        "value": one.value,
        "said": one.said,
        "usual": one.usual,
        "said_usual": one.said_usual,
        "evidence": plain(one.evidence),
        "against": plain(one.against),
    }


def stated(row: Row, value: str, count: str) -> str:
    """Return a value as people write it, and how often it is said."""
    words: dict[str, Callable[[str], str]] = {"date": written_date, "title": subject_words}
    shown = words.get(row["field"], short_issuer)(row[value])
    return f"{shown} ({phrase('so many times', n=row[count])})" if row[count] else shown


def subject_words(title: str) -> str:
    """Return a subject for a column: its first words."""
    return shorten(title, 60)


def contradiction_notes(row: Row) -> list[str]:
    """Return the sentences of both sides, the odd one first."""
    if not row["against"]:
        return [f"{phrase('in one sentence')}: {quote(item)}" for item in row["evidence"][:SHOWN]]
    return [
        *(f"{phrase('states otherwise')}: {quote(item)}" for item in row["evidence"][:SHOWN]),
        *(f"{phrase('compare')}: {quote(item)}" for item in row["against"][:SHOWN]),
    ]


# ---- wanted ---------------------------------------------------------------------------------------------------------


def wanted_row(one: Wanted) -> Row:
    """Return a document that was not read: how many reports cite it, how often, and which."""
    return {
        **place_of(one.document),
        "reports": len(one.cited_by),
        "mentions": one.mentions,
        "cited_by": [asdict(citing) for citing in one.cited_by],
    }


def wanted_notes(row: Row) -> list[str]:
    """Return who cites it."""
    names = [cited_in(citing) for citing in row["cited_by"][:CITING]]
    more = len(row["cited_by"]) - CITING
    return [phrase("cited in", names="; ".join([*names, *([phrase("more files", n=more)] if more > 0 else [])]))]


def cited_in(citing: Row) -> str:
    """Return a citing report: its issuer, its file, how often."""
    issuer = f"{short_issuer(citing['issuer'])}, " if citing["issuer"] else ""
    return f"{issuer}{citing['source']} ({phrase('so many times', n=citing['mentions'])})"


# ---- gaps -----------------------------------------------------------------------------------------------------------


def gap_row(one: Gap) -> Row:
    """Return a document that carries out a central one, and the levels between of which nothing is known."""
    return {
        **place_of(one.document),
        "directive": data_name(one.directive),
        "directive_id": one.directive.id,
        "directive_date": one.directive.date,
        "missing": list(one.missing),
        "province": one.province,
        "district": one.district,
        "evidence": plain(one.evidence),
    }


def directive_words(row: Row) -> str:
    """Return the central document with its date, for several may bear its number."""
    name, day = in_words(row["directive"]), row["directive_date"]
    return phrase("dated", name=name, date=date_words(day)) if day else name


def missing_words(row: Row) -> str:
    """Return the levels that are missing, with their places: "cấp tỉnh (Bắc Kạn)"."""
    places = {"tỉnh": row["province"], "huyện": row["district"]}
    words = [
        labels("level")[level].lower() + (f" ({places[level]})" if places.get(level) else "")
        for level in row["missing"]
    ]
    return reduce(lambda first, second: phrase("both", first=first, second=second), words)


# ---- open mentions --------------------------------------------------------------------------------------------------


def open_row(one: OpenMention) -> Row:
    """Return mentions that stay open, with what they may mean and why."""
    return {
        **place_of(one.document),
        "reasons": data_words(one.reasons),
        "why": [list(reason) for reason in one.reasons],
        "candidates": [
            {
                **place_of(candidate.document),
                "title": candidate.document.title,
                "words": data_line(candidate.document),
                "reasons": data_words(candidate.reasons),
                "why": [list(reason) for reason in candidate.reasons],
            }
            for candidate in one.candidates
        ],
        "evidence": plain(one.evidence),
    }


def data_words(reasons: Sequence[Reason]) -> list[str]:
    """Return reasons in words for programs: the same whatever language is spoken."""
    with speaking("vi"):
        return [reason_words(reason) for reason in reasons]


def reason_words(reason: Reason) -> str:
    """Return a reason in words: "có trước tài liệu này (22/11/2019)"."""
    key, value = reason
    shown = written_date(value) if key in {"date", "before"} else value
    return labels("reason")[key].format(shown)


def open_notes(row: Row) -> Iterator[str]:
    """Yield the sentences, then each candidate with what speaks for it."""
    yield from (quote(item) for item in row["evidence"][:SHOWN])
    for candidate in row["candidates"][:CANDIDATES]:
        yield phrase(
            "may be",
            document=line_words(candidate),
            subject=f": {candidate['title']}" if candidate["title"] else "",
            id=candidate["document_id"],
            reasons=why_words(candidate),
        )
    if (more := len(row["candidates"]) - CANDIDATES) > 0:
        yield phrase("other documents", n=more)


def line_words(row: Row) -> str:
    """Return the document of a row with its date and issuer."""
    line = in_words(row["document"])
    if row["date"]:
        line = phrase("dated", name=line, date=date_words(row["date"]))
    return phrase("issued by", name=line, issuer=row["issuer"]) if row["issuer"] else line


def why_words(row: Row) -> str:
    """Return the reasons of a row in the language spoken."""
    return ", ".join(reason_words((key, value)) for key, value in row["why"])


NAME = Column("document", "column document", lambda row: in_words(row["document"]))
DAY = Column("date", "column date", lambda row: written_date(row["date"]))
ISSUER = Column("issuer", "column issuer", lambda row: unit_name(row["issuer"]))
COLUMNS = {
    "contradictions": (
        NAME,
        Column("field", "column field", lambda row: labels("conflict").get(row["field"], row["field"])),
        Column("value", "column stated otherwise", lambda row: stated(row, "value", "said")),
        Column("usual", "column stated elsewhere", lambda row: stated(row, "usual", "said_usual")),
        Column("slip", "column slip", lambda row: ", ".join(labels("slip")[slip] for slip in row["slip"])),
    ),
    "wanted": (
        NAME,
        DAY,
        ISSUER,
        Column("reports", "column citing"),
        Column("mentions", "column times"),
    ),
    "gaps": (
        NAME,
        DAY,
        ISSUER,
        Column("directive", "column straight", directive_words),
        Column("missing", "column no document of", missing_words),
    ),
    "ambiguous": (
        NAME,
        DAY,
        Column("reasons", "column why", why_words),
    ),
}
NOTES: dict[str, Callable[[Row], Sequence[str]]] = {
    "contradictions": contradiction_notes,
    "wanted": wanted_notes,
    "gaps": lambda row: [quote(item) for item in row["evidence"][:SHOWN]],
    "ambiguous": lambda row: list(open_notes(row)),
}

assert set(COLUMNS) == set(NOTES) == set(KINDS)
