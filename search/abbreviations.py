"""Abbreviations in a query, read both ways: who types UBND also means "ủy ban nhân dân", and the reverse."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from data import table
from search.analysis import Token, terms

SURE = 3  # letters: a shorter abbreviation is a word of its own too often, and must be typed in its capitals


@dataclass(frozen=True, slots=True)
class Expansion:
    """The words at `start`..`end` of a query (tokens `first`..`last`), and the exact terms of their other spellings."""

    start: int
    end: int
    first: int
    last: int
    others: tuple[tuple[str, ...], ...]


def expansions(clean: str, words: list[Token]) -> list[Expansion]:
    """Return the abbreviations and the full names among the `words` of tidy text `clean`; the longest first wins."""
    found: list[Expansion] = []
    position = 0
    while position < len(words):
        longest = expansion_at(clean, words, position)
        if longest:
            found.append(longest)
        position = longest.last if longest else position + 1
    return found


def expansion_at(clean: str, words: list[Token], first: int) -> Expansion | None:
    """Return the longest abbreviation or full name that begins with the word `first`."""
    for last in range(min(len(words), first + longest_name()), first, -1):
        run = words[first:last]
        if not joined(clean, run):
            continue
        others = spellings().get(tuple(word.folded for word in run), ())
        fitting = tuple(other for written, other in others if means(clean, run, written))
        if fitting:
            return Expansion(run[0].start, run[-1].end, first, last, fitting)
    return None


def joined(clean: str, run: list[Token]) -> bool:
    """Tell whether only blanks stand between the words."""
    return all(clean[left.end : right.start].isspace() for left, right in pairwise(run))


def means(clean: str, run: list[Token], written: str) -> bool:
    """Tell whether the words can be the spelling `written`: marks left out are forgiven, wrong ones are not."""
    exact = terms(written).exact
    if any(word.exact not in (right, word.folded) for word, right in zip(run, exact, strict=True)):
        return False
    return len(run) > 1 or len(written) >= SURE or clean[run[0].start : run[0].end] == written


@cache
def spellings() -> dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return, for the folded terms of each spelling, the spelling and the exact terms of what else it may be."""
    both = defaultdict(list)
    for row in table("abbreviations"):
        for written, other in ((row["short"], row["long"]), (row["long"], row["short"])):
            both[tuple(terms(written).folded)].append((written, tuple(terms(other).exact)))
    return {folded: tuple(others) for folded, others in both.items()}


@cache
def longest_name() -> int:
    """Return the number of words of the longest spelling."""
    return max(map(len, spellings()))
