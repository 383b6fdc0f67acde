"""The words in which answers are given, beside the labels that the picture uses too (`kg.words`)."""

from __future__ import annotations

import re

from kg.model import Document, Unit
from kg.words import full_name, labels, short_issuer, written_date

# How a unit is known to have implemented a directive (kg.model.Implementer.how), the strongest proof first.
HOW_WORDS = {
    "own": "có văn bản riêng",
    "through": "qua văn bản trung gian",
    "reported": "có báo cáo",
    "stated": "được nêu đã thực hiện",
}
HOW = tuple(HOW_WORDS)
ACTION_WORDS = {"issued": "ban hành", "implemented": "thực hiện", "received": "nhận"}
STATUS_WORDS = {"done": "", "planned": "dự kiến"}


def relation_word(kind: str) -> str:
    """Return what stands between the lower and the higher document: "thực hiện", "căn cứ"."""
    return labels("relation").get(kind, kind).lower()


def document_line(document: Document) -> str:
    """Return a document with its date and issuer: "Chỉ thị 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"."""
    line = full_name(document)
    if document.date:
        line += f" {('năm', 'tháng', 'ngày')[document.date.count('-')]} {written_date(document.date)}"
    if document.issuer:
        line += f" của {document.issuer}"
    return line


def unit_name(unit: Unit | str | None) -> str:
    """Return a unit's name with its place and the usual short forms, for tables; JSON and CSV carry the full one."""
    name = unit.name if isinstance(unit, Unit) else unit or ""
    body, comma, place = name.partition(",")
    return short_issuer(body) + comma + place


def count_words(count: int) -> str:
    """Return a count with the dots of Vietnamese: "12.345"."""
    return f"{count:,}".replace(",", ".")


def days_words(days: int | None) -> str:
    """Return how long after the directive: "sau 83 ngày", "" when a day is not known."""
    if days is None:
        return ""
    if days < 0:
        return f"trước {count_words(-days)} ngày"
    return "cùng ngày" if days == 0 else f"sau {count_words(days)} ngày"


def one_line(text: str) -> str:
    """Return `text` with all blanks, line breaks and control characters as single blanks."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
