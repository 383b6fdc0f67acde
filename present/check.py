"""What should be looked at: contradictions with both sentences, documents wanted, missing levels, open mentions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from kg.check import KINDS, Contradiction, Findings, Gap, OpenMention, Reason, Wanted
from kg.model import Document, Evidence
from kg.words import full_name, labels, short_issuer, shorten, written_date
from present.console import strong
from present.listing import Column, Listing, as_csv
from present.words import count_words, document_line, unit_name

SHOWN = 2  # sentences of one side
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
    total, files = found.totals[kind], f"{count_words(found.sources)} tài liệu này"
    title, none, meaning = TITLES[kind]
    shown = f"; dưới đây là {len(rows)}" if total > len(rows) else ""
    if not total:
        return "\n".join([strong(f"{title} (0)"), f"{none} trong {files}."])
    listing = Listing(rows, COLUMNS[kind], (meaning.format(files),), NOTES[kind])
    return "\n".join([strong(f"{title} ({count_words(total)}{shown})"), listing.render("table")])


TITLES = {
    "contradictions": (
        "Mâu thuẫn / contradictions",
        "Không thấy chỗ nào ghi mâu thuẫn về cùng một văn bản",
        "Cùng một văn bản mà {} ghi khác nhau; đọc cả hai câu trước khi kết luận bên nào đúng.",
    ),
    "wanted": (
        "Được nhắc đến nhưng chưa có toàn văn / cited, not read",
        "Không có văn bản nào được nhắc đến mà chưa có toàn văn",
        "Nên tìm và nạp thêm; văn bản được nhiều tài liệu nhắc đến nhất đứng trước.",
    ),
    "gaps": (
        "Chưa thấy cấp ở giữa / missing middle levels",
        "Không thấy văn bản nào thực hiện thẳng văn bản của Trung ương mà thiếu cấp ở giữa",
        "Câu hỏi để xem lại, không phải thiếu sót: văn bản ở giữa có thể có mà chưa được nạp, hoặc không cần có.",
    ),
    "ambiguous": (
        "Chưa xác định được / ambiguous mentions",
        "Không có chỗ nhắc nào phù hợp với nhiều văn bản",
        "Chỗ nhắc có thể là một trong những văn bản nêu dưới; chương trình không tự chọn.",
    ),
}


def place_of(document: Document) -> Row:
    """Return the fields by which every row names its document."""
    return {
        "document": full_name(document),
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
    return f"{shown} ({row[count]} lần)" if row[count] else shown


def subject_words(title: str) -> str:
    """Return a subject for a column: its first words."""
    return shorten(title, 60)


def contradiction_notes(row: Row) -> list[str]:
    """Return the sentences of both sides, the odd one first."""
    if not row["against"]:
        return [f"trong cùng một câu: {quote(item)}" for item in row["evidence"][:SHOWN]]
    return [
        *(f"ghi khác: {quote(item)}" for item in row["evidence"][:SHOWN]),
        *(f"đối chiếu: {quote(item)}" for item in row["against"][:SHOWN]),
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
    return ["nhắc trong: " + "; ".join([*names, *([f"và {more} tài liệu khác"] if more > 0 else [])])]


def cited_in(citing: Row) -> str:
    """Return a citing report: its issuer, its file, how often."""
    issuer = f"{short_issuer(citing['issuer'])}, " if citing["issuer"] else ""
    return f"{issuer}{citing['source']} ({citing['mentions']} lần)"


# ---- gaps -----------------------------------------------------------------------------------------------------------


def gap_row(one: Gap) -> Row:
    """Return a document that carries out a central one, and the levels between of which nothing is known."""
    return {
        **place_of(one.document),
        "directive": full_name(one.directive),
        "directive_id": one.directive.id,
        "directive_date": one.directive.date,
        "missing": list(one.missing),
        "province": one.province,
        "district": one.district,
        "evidence": plain(one.evidence),
    }


def directive_words(row: Row) -> str:
    """Return the central document with its date, for several may bear its number."""
    return (
        f"{row['directive']} ngày {written_date(row['directive_date'])}" if row["directive_date"] else row["directive"]
    )


def missing_words(row: Row) -> str:
    """Return the levels that are missing, with their places: "cấp tỉnh (Bắc Kạn)"."""
    places = {"tỉnh": row["province"], "huyện": row["district"]}
    words = [
        labels("level")[level].lower() + (f" ({places[level]})" if places.get(level) else "")
        for level in row["missing"]
    ]
    return " và ".join(words)


# ---- open mentions --------------------------------------------------------------------------------------------------


def open_row(one: OpenMention) -> Row:
    """Return mentions that stay open, with what they may mean and why."""
    return {
        **place_of(one.document),
        "reasons": [reason_words(reason) for reason in one.reasons],
        "candidates": [
            {
                **place_of(candidate.document),
                "title": candidate.document.title,
                "words": document_line(candidate.document),
                "reasons": [reason_words(reason) for reason in candidate.reasons],
            }
            for candidate in one.candidates
        ],
        "evidence": plain(one.evidence),
    }


def reason_words(reason: Reason) -> str:
    """Return a reason in words: "có trước tài liệu này (22/11/2019)"."""
    key, value = reason
    shown = written_date(value) if key in {"date", "before"} else value
    return labels("reason")[key].format(shown)


def open_notes(row: Row) -> Iterator[str]:
    """Yield the sentences, then each candidate with what speaks for it."""
    yield from (quote(item) for item in row["evidence"][:SHOWN])
    for candidate in row["candidates"]:
        subject = f" về {candidate['title']}" if candidate["title"] else ""
        reasons = ", ".join(candidate["reasons"])
        yield f"có thể là: {candidate['words']}{subject} [{candidate['document_id']}]: {reasons}"


NAME = Column("document", "Văn bản")
DAY = Column("date", "Ngày", lambda row: written_date(row["date"]))
ISSUER = Column("issuer", "Cơ quan ban hành", lambda row: unit_name(row["issuer"]))
COLUMNS = {
    "contradictions": (
        NAME,
        Column("field", "Chỗ khác nhau", lambda row: labels("conflict").get(row["field"], row["field"])),
        Column("value", "Ghi khác", lambda row: stated(row, "value", "said")),
        Column("usual", "Chỗ khác ghi", lambda row: stated(row, "usual", "said_usual")),
        Column("slip", "Dạng sai sót", lambda row: ", ".join(labels("slip")[slip] for slip in row["slip"])),
    ),
    "wanted": (
        NAME,
        DAY,
        ISSUER,
        Column("reports", "Số tài liệu"),
        Column("mentions", "Số lần"),
    ),
    "gaps": (
        NAME,
        DAY,
        ISSUER,
        Column("directive", "Thực hiện thẳng", directive_words),
        Column("missing", "Chưa thấy văn bản", missing_words),
    ),
    "ambiguous": (
        NAME,
        DAY,
        Column("reasons", "Vì sao chưa rõ", lambda row: ", ".join(row["reasons"])),
    ),
}
NOTES: dict[str, Callable[[Row], Sequence[str]]] = {
    "contradictions": contradiction_notes,
    "wanted": wanted_notes,
    "gaps": lambda row: [quote(item) for item in row["evidence"][:SHOWN]],
    "ambiguous": lambda row: list(open_notes(row)),
}

assert set(TITLES) == set(COLUMNS) == set(NOTES) == set(KINDS)
