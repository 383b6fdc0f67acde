"""What the picture calls things, in Vietnamese or English, and how a document is named in a box.

One catalogue: `labels` are the names of levels, kinds, relations and rules (data/labels.csv, in English
data/labels_en.csv), `phrase` of `kg.language` what the program itself says. Which language is a setting of the call:

    with speaking("en"):
        words.labels("level")["tỉnh"]       Province

25-NQ/TW            03/06/2013      number and date
Nghị quyết · BCH Trung ương         type and issuer, shortened as offices do
"""

from __future__ import annotations

import re
from functools import cache

from data import table
from kg.language import language, phrase, speaking
from kg.model import Document

# A law is known by its subject; of everything else without a number the subject is too long for a name.
NAMED_TYPES = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ", "cương lĩnh"})
SHORT_TITLE = 60


def labels(field: str) -> dict[str, str]:
    """Return the labels of one field (level, kind, relation, rule, slip …) in the order of the table."""
    return _column("label", field, language())


def inverses() -> dict[str, str]:
    """Return what a relation is called seen from its target: implements, "được thực hiện bởi"."""
    return _column("inverse", "relation", language())


@cache
def _column(column: str, field: str, language: str) -> dict[str, str]:
    """Return one column of the labels of a field; what has no English row keeps its Vietnamese words."""
    tables = ("labels",) if language == "vi" else ("labels", "labels_en")
    return {row["key"]: row[column] for name in tables for row in table(name) if row["field"] == field}


def type_word(type: str) -> str:
    """Return what a type of document is called, with a capital: "Nghị quyết", "Resolution"; "" for no type."""
    return capital(labels("type").get(type.lower(), type))


def rule_word(rule: str) -> str:
    """Return what a rule of reading is called: "title", "trích yếu của văn bản"; "" for no rule.

    "issued what implements (title)" and "title-list" are made of their parts' names; a rule without a row is "khác".
    """
    known = labels("rule")
    if not rule or rule in known:
        return known.get(rule, "")
    joined = re.fullmatch(r"(.+?) \((.+)\)", rule)
    if joined:
        return f"{rule_word(joined[1])} ({rule_word(joined[2])})"
    if rule.endswith("-list"):
        return f"{rule_word(rule.removesuffix('-list'))}, {known['list']}"
    return known["other"]


@cache
def measured() -> dict[str, tuple[int, int]]:
    """Return for each rule that was measured how often it was right and how often it fired (docs/accuracy.md)."""
    found: dict[str, tuple[int, int]] = {}
    for row in table("rule_precision"):
        right, fired = found.get(row["rule"], (0, 0))
        found[row["rule"]] = (right + int(row["right"]), fired + int(row["fired"]))
    return {rule: counts for rule, counts in found.items() if counts[1]}


def rule_words(rule: str) -> str:
    """Return a rule's name with its measured precision: "trích yếu của văn bản, đúng 32/32 khi đo"."""
    right, fired = measured().get(rule, (0, 0))
    return rule_word(rule) + (f", {phrase('measured', right=right, fired=fired)}" if fired else "")


def capital(text: str) -> str:
    """Return `text` with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def written_date(date: str | None) -> str:
    """Return a date as it is written in Vietnam, as far as it is known: 03/06/2013, 05/2023, 2023, or ""."""
    return "/".join(reversed((date or "").split("-")))


def name(document: Document) -> str:
    """Return what a document is called: its number, a law's subject, or "Báo cáo (không số)"."""
    if document.full or document.number:
        return document.full or document.number or ""
    if document.type.lower() in NAMED_TYPES and document.title:
        return shorten(f"{capital(document.type)} {document.title}", SHORT_TITLE)
    return f"{type_word(document.type) or phrase('document')} {phrase('unnumbered')}"


def short_name(document: Document) -> str:
    """Return what a document is called where room is scarce: "BC (không số)"."""
    if document.full or document.number or document.type.lower() in NAMED_TYPES:
        return name(document)
    return f"{short_type(document.type)} {phrase('unnumbered')}"


def short_type(type: str) -> str:
    """Return a type of document in a few letters: "KH" for kế hoạch, "Luật"."""
    row = next((row for row in table("document_types") if row["name"].lower() == type.lower()), None)
    return (row["short"].split(" ")[0] if row else "") or capital(type) or phrase("document")


def full_name(document: Document) -> str:
    """Return the name with the type before it: "Nghị quyết 25-NQ/TW"."""
    if document.full or document.number:
        return f"{type_word(document.type)} {name(document)}".strip()
    return name(document)


def data_name(document: Document) -> str:
    """Return a document's name for programs: the same whatever language is spoken."""
    with speaking("vi"):
        return full_name(document)


def second_line(document: Document) -> str:
    """Return the second line of a box: type and issuer, or for a document without number subject or issuer."""
    issuer = short_issuer(document.issuer)
    if document.full or document.number:
        return " · ".join(part for part in (type_word(document.type), issuer) if part)
    if document.type.lower() in NAMED_TYPES:
        return issuer or phrase("assembly")
    return " · ".join(part for part in (issuer, document.title) if part) or phrase("no issuer")


def place_heading(heading: str) -> str:
    """Return the heading of a locality in words: "(chưa rõ địa phương) · Bắc Kạn" for "? · Bắc Kạn"."""
    return phrase("no place") + heading[1:] if heading.startswith("?") else heading


def short_issuer(issuer: str | None) -> str:
    """Return an issuer for a small box: "UBND xã Bình Thành" of a longer name with its district and province."""
    own = (issuer or "").split(",")[0].strip()
    return _long_names().sub(lambda match: _short_names()[match[0].lower()], own)


@cache
def _short_names() -> dict[str, str]:
    return {long.lower(): short for long, short in labels("short").items()}


@cache
def _long_names() -> re.Pattern[str]:
    """Return a pattern for the names that have a short form, the longest first."""
    longest_first = sorted(labels("short"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def shorten(text: str, length: int) -> str:
    """Return `text` cut at a word to at most `length` characters, with an ellipsis when something is missing."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
