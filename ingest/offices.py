"""Offices that the table of organs has no name for: what they are called in full, seen from the report's own place.

    TTYT huyện Lý Nhân           Trung tâm Y tế huyện Lý Nhân, tỉnh Hà Nam
    Trường THCS Châu Hạnh        Trường Trung học cơ sở Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An

The table tells only with which words they begin (class `local`).
"""

from __future__ import annotations

import re
from functools import cache

from data import table
from ingest.letters import alternatives
from ingest.places import KIND, NAME, Home, spot_of, tidy_kind
from kg.fold import key

# Trung tâm Y tế |huyện (Lý Nhân); the last one: "Bảo hiểm xã hội |tỉnh Cao Bằng"
AT = re.compile(rf".*\s(?P<kind>{KIND})(?:\s+(?P<place>{NAME}))?$")
NATIONAL = re.compile(r"Trung\s+ương|Việt\s+Nam|\bTổng\s")


@cache
def first_words() -> dict[str, str]:
    """Return the words with which such an office begins, and how they are spelt out: "TTYT" is "Trung tâm Y tế"."""
    rows = [row for row in table("organs") if row["class"] == "local"]
    return {form: row["name"] for row in rows for form in row["forms"].split("|")}


@cache
def beginning() -> re.Pattern[str]:
    """Return the pattern of the words with which an office begins, in any case: headings are in capitals."""
    return re.compile(rf"(?:{alternatives(list(first_words()))})(?!\w)", re.IGNORECASE)


@cache
def by_key() -> dict[str, str]:
    """Return the spelt-out beginnings by the keys of their forms."""
    return {key(form): name for form, name in first_words().items()}


def spelt_out(words: str) -> str:
    """Return an office's own words, the kind of office without abbreviation: "Trường THCS Châu Hạnh"."""
    words = " ".join(words.split()).rstrip(" .,-")
    match = beginning().match(words)
    name = by_key().get(key(match[0])) if match is not None else None
    return f"{name}{words[match.end() :]}" if match is not None and name else words


def in_full(words: str, home: Home) -> tuple[str, str]:
    """Return (name in full, level) of an office: its own words, completed by the report's place."""
    words = spelt_out(words)
    if NATIONAL.search(words):
        return words, "khác"
    at = AT.match(words)
    own = home.at(home.level) if home.level else None
    if at is None:
        return (f"{words}, {own.full}" if own else words), "khác"
    kind = tidy_kind(at["kind"])
    spot = spot_of(kind, at["place"], home) if at["place"] else home.by_kind(kind)
    return (f"{words[: at.start('kind')]}{spot.full}", spot.level) if spot is not None else (words, "khác")
