"""The words in which answers are given, beside the labels that the picture uses too (`kg.words`)."""

from __future__ import annotations

import re

from kg.language import Number, language, phrase, speaking
from kg.model import Document, Unit
from kg.words import capital, full_name, labels, short_issuer, type_word, written_date


def did_words(state: str, count: int) -> str:
    """Return what so many units did, after their number: "3" "có văn bản riêng", "3" "with documents of their own"."""
    return phrase(f"did {state}", n=count)


def state_words(state: str) -> str:
    """Return what a state is called."""
    return labels("state")[state]


def level_word(level: str) -> str:
    """Return what a level is called in a column: "Huyện", "District"."""
    return capital(level) if language() == "vi" else labels("level").get(level, level)


def data_line(document: Document) -> str:
    """Return a document's line for programs: the same whatever language is spoken."""
    with speaking("vi"):
        return document_line(document)


def tidy(words: str) -> str:
    """Return a phrase of which a place stayed empty: blanks once, none before a full stop."""
    return " ".join(words.split()).replace(" .", ".")


def action_word(action: str) -> str:
    """Return what a unit did: "ban hành", "issued"."""
    return labels("action").get(action, action)


def with_status(words: str, status: str) -> str:
    """Return a deed or relation, said to be planned where it is only that: "dự kiến thực hiện"."""
    return phrase("planned deed", deed=words) if status == "planned" else words


def in_words(name: str) -> str:
    """Return a document's name as rows carry it, its type in the language spoken: "Plan 35/KH-UBND"."""
    if language() == "vi" or not name:
        return name
    folded = name.lower()
    types = (type for type in labels("type") if folded.startswith(f"{type} ") or folded == type)
    type = max(types, key=len, default="")
    with speaking("vi"):
        bare = phrase("unnumbered")
    return (type_word(type) + name[len(type) :]).replace(bare, phrase("unnumbered"))


def relation_word(kind: str) -> str:
    """Return what stands between the lower and the higher document: "thực hiện", "căn cứ"."""
    return labels("relation").get(kind, kind).lower()


def document_line(document: Document) -> str:
    """Return a document with its date and issuer: "Chỉ thị 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"."""
    line = full_name(document)
    if document.date:
        line = phrase("dated", name=line, date=date_words(document.date))
    return phrase("issued by", name=line, issuer=document.issuer) if document.issuer else line


def date_words(date: str) -> str:
    """Return a date with what it is: "ngày 26/11/2021", "tháng 11/2021", "năm 2021"; in English the date alone."""
    return phrase(("a year", "a month", "a day")[date.count("-")], date=written_date(date))


def unit_name(unit: Unit | str | None) -> str:
    """Return a unit's name with its place and the usual short forms, for tables; JSON and CSV carry the full one."""
    name = unit.name if isinstance(unit, Unit) else unit or ""
    body, comma, place = name.partition(",")
    return short_issuer(body) + comma + place


def count_words(count: int) -> str:
    """Return a count with its thousands apart: "12.345" in Vietnamese, "12,345" in English."""
    return f"{Number(count)}"


def days_words(days: int | None) -> str:
    """Return how long after the directive: "sau 83 ngày", "" when a day is not known."""
    if days is None:
        return ""
    if days < 0:
        return phrase("days before", n=-days)
    return phrase("days after", n=days) if days else phrase("same day")


def one_line(text: str) -> str:
    """Return `text` with all blanks, line breaks and control characters as single blanks."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text).split())
