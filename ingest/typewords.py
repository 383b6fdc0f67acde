"""The words for types of documents: names, aliases, abbreviations, and what each is called properly."""

from __future__ import annotations

import re
from functools import cache

from data import table
from ingest.heads import head_pattern
from ingest.letters import alternatives
from kg.fold import fold, key


@cache
def type_pattern() -> str:
    """Return a pattern for the type words: full names in any case, abbreviations ("NQ", "CTrHĐ") as they are."""
    return rf"(?:(?i:{alternatives(long_words())})|{alternatives(short_words())})"


def long_words() -> list[str]:
    """Return the names of the types and what else they are called."""
    return [row["name"] for row in table("document_types")] + [row["alias"] for row in table("type_aliases")]


def short_words() -> list[str]:
    """Return the abbreviations of the types: "NQ", "CTrHĐ"."""
    return [word for row in table("document_types") for word in row["short"].split()]


@cache
def type_names() -> dict[str, str]:
    """Return the type's proper name for each written form (as a key)."""
    names = {key(row["name"]): row["name"] for row in table("document_types")}
    names |= {key(word): row["name"] for row in table("document_types") for word in row["short"].split()}
    return names | {key(row["alias"]): row["name"] for row in table("type_aliases")}


@cache
def types_without_marks() -> dict[str, str]:
    """Return the type's proper name by its letters alone: scans lose tones ("QUYÉT ĐỊNH")."""
    return {fold(row["name"]): row["name"] for row in reversed(table("document_types"))} | {
        fold(row["alias"]): row["name"] for row in table("type_aliases")
    }


@cache
def type_heads() -> re.Pattern[str]:
    """Return the pattern of where a type word may stand before a bare number or before "của"."""
    return head_pattern([*long_words(), *short_words()], before=r"\s+(?:(?:số\s+)?\d|của\s)")
