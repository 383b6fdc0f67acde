"""Who implemented a directive: the answer in a sentence, then a line for each unit and document, with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kg.model import Document, Implementer
from kg.words import capital, full_name, labels, rule_words, written_date
from present.listing import Column, Listing
from present.words import HOW, HOW_WORDS, count_words, days_words, document_line, unit_name

SHOWN = 2  # sentences under a line of the table; JSON and CSV carry all

COLUMNS = (
    Column("level", "Cấp", lambda row: capital(row["level"])),
    Column("unit", "Đơn vị", lambda row: unit_name(row["unit"])),
    Column("document", "Văn bản"),
    Column("date", "Ngày", lambda row: written_date(row["date"])),
    Column("days", "Thời gian", lambda row: days_words(row["days"])),
    Column("how", "Hình thức", lambda row: HOW_WORDS.get(row["how"], row["how"])),
)


def who_listing(directive: Document, found: Sequence[Implementer], sources: int, level: str | None = None) -> Listing:
    """Return the listing of those who implemented `directive`, by the `sources` files that were read."""
    head = [document_line(directive)]
    if directive.title:
        head.append(directive.title)
    head.append(answer(directive, found, sources, level))
    return Listing([row_of(line) for line in found], COLUMNS, head, proofs)


def answer(directive: Document, found: Sequence[Implementer], sources: int, level: str | None = None) -> str:
    """Return the answer in words; each unit counts once, by its strongest proof.

    "Tìm thấy 5 đơn vị thực hiện: 3 đơn vị có văn bản riêng, 2 đơn vị có báo cáo. …" and never that others did nothing.
    """
    where = f" ở {labels('level').get(level, level).lower()}" if level else ""
    if not found:
        name = full_name(directive)
        return f"Không tìm thấy đơn vị nào thực hiện {name}{where} trong {count_words(sources)} tài liệu này."
    best: dict[str, str] = {}
    unknown = sum(not line.unit.id for line in found)
    for line in (line for line in found if line.unit.id):
        known = best.setdefault(line.unit.id, line.how)
        best[line.unit.id] = min(known, line.how, key=HOW.index)
    counts = Counter(best.values())
    parts = [f"{counts[how]} đơn vị {HOW_WORDS[how]}" for how in HOW if counts[how]]
    answers = f"Tìm thấy {len(best)} đơn vị thực hiện{where}{': ' if parts else ''}{', '.join(parts)}."
    if unknown:
        answers += f" Thêm {unknown} văn bản chưa rõ cơ quan ban hành."
    return f"{answers} Đơn vị không có tên dưới đây: không tìm thấy trong {count_words(sources)} tài liệu này."


def row_of(line: Implementer) -> dict[str, Any]:
    """Return one line as plain values."""
    return {
        "level": line.unit.level,
        "unit": line.unit.name,
        "unit_id": line.unit.id,
        "document": full_name(line.document) if line.document else None,
        "document_id": line.document.id if line.document else None,
        "date": line.date,
        "days": line.days,
        "how": line.how,
        "path": list(line.path),
        "evidence": [asdict(item) for item in line.evidence],
    }


def proofs(row: dict[str, Any]) -> list[str]:
    """Return the sentences that prove a line, each with its file, and the rules that read them."""
    shown = [proof(item) for item in row["evidence"][:SHOWN]]
    more = len(row["evidence"]) - SHOWN
    return [*shown, *([f"(và {more} câu khác)"] if more > 0 else []), *rules_line(row["evidence"][:SHOWN])]


def rules_line(evidence: Sequence[dict[str, Any]]) -> list[str]:
    """Return one line with the rules that read the sentences, each with its measured precision; none without rules."""
    rules = dict.fromkeys(words for item in evidence if (words := rule_words(item["rule"])))
    return [f"quy tắc: {'; '.join(rules)}"] if rules else []


def proof(evidence: dict[str, Any]) -> str:
    """Return a sentence with the file that says it."""
    return f"“{evidence['text']}” ({evidence['source']})"
