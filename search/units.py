"""The words by which a unit is found: its name without marks, abbreviations written out.

UBND huyện Bạch Thông      uy ban nhan dan huyen bach thong
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from whoosh import query as wq

from data import table
from kg.fold import fold


@lru_cache(maxsize=4096)
def unit_words(name: str) -> tuple[str, ...]:
    """Return the folded words of a unit's name, every abbreviation written out."""
    return tuple(part for word in fold(name).split() for part in written_out().get(word, (word,)))


def unit_query(name: str) -> Any:
    """Return the query for the units that `name` can mean.

    The words of the organ stand together and so do those of the place; what the name leaves out between them, as in
    "UBND Bạch Thông", may be anything.
    """
    words = unit_words(name)
    organ = next((long for long in organs() if words[: len(long)] == long), ())
    parts = [part for part in (organ, words[len(organ) :]) if part]
    if not parts:
        return wq.NullQuery
    runs = [wq.Phrase("unit", list(part)) if len(part) > 1 else wq.Term("unit", part[0]) for part in parts]
    return wq.And(runs) if len(runs) > 1 else runs[0]


@cache
def written_out() -> dict[str, tuple[str, ...]]:
    """Return the folded words of each abbreviation that is one word; the first meaning in the table counts."""
    found: dict[str, tuple[str, ...]] = {"tw": ("trung", "uong"), "tp": ("thanh", "pho")}
    for row in table("abbreviations"):
        found.setdefault(fold(row["short"]), tuple(fold(row["long"]).split()))
    return found


@cache
def organs() -> tuple[tuple[str, ...], ...]:
    """Return the folded words of the organs that have an abbreviation, the longest first."""
    return tuple(sorted((words for words in written_out().values() if len(words) > 2), key=len, reverse=True))
