"""Where a passage answers a query: the words to mark, in the spelling of the passage, and the part of it to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from whoosh import query as wq

from kg.fold import without_marks
from search.analysis import aligned, places, tidy
from search.query import ParsedQuery, leaves
from search.references import references
from search.syntax import HalfMarked

Span = tuple[int, int]
LONGEST = 300  # characters of a snippet
LEAD = 60  # characters of a snippet before its first mark
MOST = 200  # marks that are weighed against each other
CUT = "…"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a passage, at `start` of it; `marks` count in `text`, which "…" opens or closes where it was cut."""

    text: str
    marks: tuple[Span, ...]
    start: int


class Words:
    """The words of a text, and where each folded term stands."""

    def __init__(self, text: str) -> None:
        self.pairs, self.spans = places(text)
        self.where: dict[str, list[int]] = defaultdict(list)
        for position, (_, folded) in enumerate(self.pairs):
            self.where[folded].append(position)

    def of(self, field: str, term: str) -> list[int]:
        """Return the positions of a term of the field "exact" or "folded"."""
        if field == "folded":
            return self.where.get(term, [])
        return [position for position in self.where.get(without_marks(term), ()) if self.pairs[position][0] == term]

    def fitting(self, field: str, fits: Callable[[str], bool]) -> list[int]:
        """Return the positions of the terms that fit."""
        terms = {pair[field == "folded"] for pair in self.pairs}
        return sorted(position for term in terms if fits(term) for position in self.of(field, term))


def highlight(text: str, query: ParsedQuery) -> list[Span]:
    """Return what answers `query` in `text`, as (start, end) in its own spelling, in order, none overlapping.

    A word of the query that stands beside its neighbour somewhere in the text is marked there only: for "dân vận khéo"
    the name is marked, not every "dân". Words side by side make one mark.
    """
    words = Words(text)
    runs = {
        run
        for found_by in beside([set(found(leaf, words)) for leaf in leaves(query.must)], words, query)
        for run in found_by
    }
    spans = {(words.spans[run.start][0], words.spans[run.stop - 1][1]) for run in runs}
    return merged(sorted(spans | set(numbers(text, query))), text)


def beside(runs: list[set[range]], words: Words, query: ParsedQuery) -> list[set[range]]:
    """Return the `runs` of each leaf without the single words that stand beside their neighbour elsewhere."""
    pairs = frozenset(query.pairs)
    single = {run.start for found_by in runs for run in found_by if len(run) == 1}
    paired = {
        position
        for left in single
        if left + 1 in single and f"{words.pairs[left][1]}_{words.pairs[left + 1][1]}" in pairs
        for position in (left, left + 1)
    }
    return [{run for run in found_by if len(run) > 1 or run.start in paired} or found_by for found_by in runs]


def found(leaf: Any, words: Words) -> Iterator[range]:
    """Yield the runs of `words` that a term, phrase, prefix or fuzzy term fits."""
    if isinstance(leaf, HalfMarked):
        phrase, *marked = leaf.subqueries
        spelt = {term.text for term in marked}
        yield from (run for run in found(phrase, words) if spelt <= {words.pairs[at][0] for at in run})
    elif leaf.fieldname not in {"exact", "folded"}:
        return
    elif isinstance(leaf, wq.Phrase):
        yield from phrase_runs(list(leaf.words), leaf.fieldname == "folded", words)
    elif isinstance(leaf, wq.Term):
        yield from (range(position, position + 1) for position in words.of(leaf.fieldname, leaf.text))
    else:
        yield from (range(position, position + 1) for position in words.fitting(leaf.fieldname, test(leaf)))


def phrase_runs(sought: list[str], folded: bool, words: Words) -> Iterator[range]:
    """Yield the runs of words that are the terms `sought`, in this order."""
    for start in words.of("folded" if folded else "exact", sought[0]):
        run = range(start, start + len(sought))
        if [pair[folded] for pair in words.pairs[start : run.stop]] == sought:
            yield run


def test(leaf: Any) -> Callable[[str], bool]:
    """Return the function that tells whether a term fits the leaf."""
    if isinstance(leaf, wq.Prefix):
        return lambda term: term.startswith(leaf.text)
    if isinstance(leaf, wq.FuzzyTerm):
        return lambda term: distance(term, leaf.text) <= leaf.maxdist
    return lambda term: term == leaf.text


def numbers(text: str, query: ParsedQuery) -> Iterator[Span]:
    """Yield the documents named by number that the query asks for."""
    asked = [test(leaf) for leaf in leaves(query.must) if getattr(leaf, "fieldname", "") == "number"]
    if not asked:
        return
    clean, origin = aligned(text)
    for reference in references(clean):
        if any(fits(term) for fits in asked for term in reference.terms):
            yield origin(reference.start, reference.end)


@lru_cache(maxsize=16384)
def distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or exchanged to make `one` of `other`."""
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        above, row = row, [down]
        for across, opposite in enumerate(other, 1):
            row.append(min(above[across] + 1, row[-1] + 1, above[across - 1] + (letter != opposite)))
    return row[-1]


def merged(spans: list[Span], text: str) -> list[Span]:
    """Return sorted `spans` with those that touch, overlap, or have only blanks between made one."""
    whole: list[Span] = []
    for start, end in spans:
        if whole and (start <= whole[-1][1] or tidy(text[whole[-1][1] : start]).isspace()):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def snippet(text: str, marks: list[Span], longest: int = LONGEST) -> Snippet:
    """Return the part of `text`, at most `longest` characters, where most is marked; its beginning where nothing is."""
    if len(text) <= longest:
        return Snippet(text, tuple(marks), 0)
    start, end = window(text, marks, longest - 2 * len(CUT))
    opening = CUT if start else ""
    shift = len(opening) - start
    inside = tuple((left + shift, min(right, end) + shift) for left, right in marks if start <= left < end)
    return Snippet(opening + text[start:end] + (CUT if end < len(text) else ""), inside, start)


def window(text: str, marks: list[Span], longest: int) -> Span:
    """Return the stretch of `text` with the most different marked words, cut between words."""
    best = max(marks[:MOST], key=lambda mark: weight(text, marks, mark[0], mark[0] + longest - LEAD), default=(0, 0))
    start = word_start(text, max(0, min(best[0] - LEAD, len(text) - longest)))
    end = min(len(text), start + longest)
    blank = text.rfind(" ", start + longest // 2, end)
    last = max((right for left, right in marks if left < end and right <= end), default=0)
    return start, blank if end < len(text) and blank >= last and blank > start else end


def weight(text: str, marks: list[Span], start: int, end: int) -> int:
    """Return how many different words are marked between `start` and `end`; repetition adds little."""
    inside = [text[left:right].casefold().split() for left, right in marks if left >= start and right <= end]
    return 10 * len(set().union(*inside)) + len(inside)


def word_start(text: str, offset: int) -> int:
    """Return `offset`, or the beginning of the next word near it where it stands within a word."""
    if offset == 0:
        return 0
    blank = text.find(" ", offset - 1, offset + 20)
    return offset if blank < 0 else blank + 1
