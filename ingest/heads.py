"""Find long patterns fast: seek the words with which they can begin, and try the pattern only there.

A pattern of a hundred names costs a try of each at every letter of a text. Their first words, folded into one tree of
letters ("b" then "an" or "ộ" …), are sought in one pass; few places remain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from sys import maxsize
from typing import TypeVar

from ingest.letters import LOWER, shortest, tree_of, whole
from ingest.text import Block

Found = TypeVar("Found")
SHORT = 400  # characters: a heading, a line of the letterhead


def remembered(look: Callable[[str], Found]) -> Callable[[str], Found]:
    """Return `look` with a memory of the last long texts and of many short ones: no heading pushes a report out."""
    of_long, of_short = lru_cache(maxsize=4)(look), lru_cache(maxsize=512)(look)
    return lambda text: of_short(text) if len(text) < SHORT else of_long(text)


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern and the places where it can begin: `heads` matches one character of the text in lower case."""

    pattern: re.Pattern[str]
    heads: re.Pattern[str]

    def find(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        """Yield what `pattern.finditer(text, start, end)` yields."""
        places = head_places(self.heads, text)
        done = start
        for index in range(bisect_left(places, start), len(places)):
            place = places[index]
            if place >= end:
                return
            if place >= done and (match := self.pattern.match(text, place, end)):
                yield match
                done = match.end()


def head_places(heads: re.Pattern[str], text: str) -> tuple[int, ...]:
    """Return where phrases may begin, by the pattern of their heads; several finders share one pass over a text."""
    return places_of(heads)(text)


@cache
def places_of(heads: re.Pattern[str]) -> Callable[[str], tuple[int, ...]]:
    """Return what tells where phrases with these heads may begin in a text."""
    return remembered(lambda text: tuple([match.start() for match in heads.finditer(lowered(text))]))


@remembered
def lowered(text: str) -> str:
    """Return `text` behind a line end and in lower case, character for character as long."""
    low = text.lower()
    return "\n" + (low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text))


def head_pattern(phrases: Iterable[str], not_after: str = "", before: str = "") -> re.Pattern[str]:
    """Return the pattern of what stands before `phrases` in a `lowered` text: one character that is no letter.

    `not_after` are further characters behind which no phrase begins, `before` a pattern of what must follow one. A
    blank stands for any blanks.
    """
    tree = tree_of(phrase.lower() for phrase in phrases)
    rests = {first: (whole if before else shortest)(rest) for first, rest in tree.items()}
    ways = "|".join(f"{re.escape(first)}(?={rest}{before})" for first, rest in rests.items())
    return re.compile(f"[^{LOWER}{re.escape(not_after)}](?:{ways})")


def touched(blocks: Sequence[Block], places: Iterable[int]) -> list[int]:
    """Return the numbers of the blocks in which one of `places` lies, in order."""
    return sorted({bisect_right(blocks, place, key=attrgetter("start")) - 1 for place in places})
