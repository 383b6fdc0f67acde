"""When two titles are one: the share of words they have in common."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from ingest.units import Organisation
from kg.fold import fold

SIMILAR = 0.6  # share of title words in common that makes two titles one


EMPTY_WORDS = frozenset(
    [
        "ve",
        "viec",
        "thuc",
        "hien",
        "trien",
        "khai",
        "tiep",
        "tuc",
        "ban",
        "hanh",
        "cua",
        "cac",
        "va",
        "trong",
        "doi",
        "voi",
        "so",
        "ngay",
        "thang",
        "nam",
        "tai",
        "theo",
        "den",
        "cho",
        "duoc",
        "nhung",
        "mot",
    ]
)


@lru_cache(maxsize=4096)
def content_words(title: str) -> frozenset[str]:
    """Return the folded words of a title without numbers and words that any title has."""
    words = frozenset(fold(title).split()) - EMPTY_WORDS
    return frozenset(word for word in words if not word.isdigit())


def likeness(a: AbstractSet[str], b: AbstractSet[str]) -> float:
    """Return the share of the shorter title's words that the other has, 0 where either has fewer than three."""
    if min(len(a), len(b)) < 3:
        return 0.0
    return len(a & b) / min(len(a), len(b))


@cache
def base_type(kind: str | None) -> str:
    """Return the type without its kind: a chương trình hành động is a chương trình, a văn bản a công văn."""
    words = kind or ""
    if words in {"công văn", "văn bản"}:
        return "công văn"
    return next((base for base in ("chương trình", "quy chế", "kế hoạch") if words.startswith(base)), words)


def organ_key(unit: Organisation) -> str:
    """Return the body of a unit, an organ within it set aside: BTV Tỉnh ủy and Tỉnh ủy are one issuing body."""
    return fold(re.sub(r"^(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Ban Thường trực|Chủ tịch)\s+", "", unit.name))
