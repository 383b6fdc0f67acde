"""What the picture calls things, in Vietnamese: the labels of data/labels.csv, and how a document is named in a box.

25-NQ/TW            03/06/2013      number and date
Nghị quyết · BCH Trung ương         type and issuer, shortened as offices do
"""

from __future__ import annotations

import re
from functools import cache

from data import table
from kg.model import Document

# A law is known by its subject; of everything else without a number the subject is too long for a name.
NAMED_TYPES = frozenset({"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ", "cương lĩnh"})
SHORT_TITLE = 60


@cache
def labels(field: str) -> dict[str, str]:
    """Return the labels of one field (level, kind, relation, rule, slip …) in the order of the table."""
    return {row["key"]: row["label"] for row in table("labels") if row["field"] == field}


@cache
def inverses() -> dict[str, str]:
    """Return what a relation is called seen from its target: implements, "được thực hiện bởi"."""
    return {row["key"]: row["inverse"] for row in table("labels") if row["field"] == "relation"}


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
    return rule_word(rule) + (f", đúng {right}/{fired} khi đo" if fired else "")


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
    return f"{capital(document.type) or 'Văn bản'} (không số)"


def full_name(document: Document) -> str:
    """Return the name with the type before it: "Nghị quyết 25-NQ/TW"."""
    if document.full or document.number:
        return f"{capital(document.type)} {name(document)}".strip()
    return name(document)


def second_line(document: Document) -> str:
    """Return the second line of a box: type and issuer, or for a document without number subject or issuer."""
    issuer = short_issuer(document.issuer)
    if document.full or document.number:
        return " · ".join(part for part in (capital(document.type), issuer) if part)
    if document.type.lower() in NAMED_TYPES:
        return issuer or "Quốc hội"
    return " · ".join(part for part in (issuer, document.title) if part) or "chưa rõ cơ quan ban hành"


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
