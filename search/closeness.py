"""Which of the first passages has most of a question in one place: a second look at the hits of an engine.

BM25 counts words wherever they stand in a passage. A passage that has most of the question within twenty words, or in
the headings above them, answers it more likely. So of the first twenty hits each gets, beside its score, one and a half
times the weight (inverse document frequency) of the different words and pairs of words in its best place.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from search.analysis import SPELLINGS, WORD, terms, tidy
from search.index import Engine, Hit, SearchPassage
from search.kept import heading_terms
from search.query import ParsedQuery

DEPTH = 20  # hits that are looked at again
WINDOW = 20  # words
WEIGHT = 1.5


def closest_first(engine: Engine, query: ParsedQuery, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits`, of which the first DEPTH are sorted anew; their scores say by what."""
    weights = rarity(engine, query)
    with_numbers = any("_" in word for word in query.words)
    first = [
        replace(hit, score=hit.score + WEIGHT * best_place(words_of(hit.passage, with_numbers), weights, headings))
        for hit in hits[:DEPTH]
        for headings in [set(heading_terms(hit.passage))]
    ]
    return sorted(first, key=lambda hit: -hit.score) + list(hits[DEPTH:])


def rarity(engine: Engine, query: ParsedQuery) -> dict[str, float]:
    """Return the weight of each word and pair of words of the query: the fewer passages have it, the more."""
    whole = engine.count()
    found = {}
    for field, sought in (("folded", query.words), ("bigrams", query.pairs)):
        for term in sought:
            having = engine.frequency(field, term)
            found[term] = math.log(1 + (whole - having + 0.5) / (having + 0.5))
    return found


def words_of(passage: SearchPassage, with_numbers: bool) -> list[str]:
    """Return the folded words of a passage, numbers of documents whole only where they matter."""
    if with_numbers:
        return terms(passage.text).folded
    return [SPELLINGS[word][1] for word in WORD.findall(tidy(passage.text))]


def best_place(words: Sequence[str], weights: dict[str, float], headings: set[str]) -> float:
    """Return the most weight of different terms within WINDOW words, those of the headings included."""
    above = sum(weight for term, weight in weights.items() if term in headings)
    sought = {term: weight for term, weight in weights.items() if term not in headings}
    inside: Counter[str] = Counter()
    best = here = above
    met: list[tuple[int, str]] = []
    oldest = 0
    for place, word in enumerate(words):
        if word not in weights:
            continue
        following = words[place + 1] if place + 1 < len(words) else ""
        for term in (word, f"{word}_{following}"):
            if term in sought:
                met.append((place, term))
                here += sought[term] if not inside[term] else 0.0
                inside[term] += 1
        while oldest < len(met) and met[oldest][0] < place - WINDOW:
            gone = met[oldest][1]
            inside[gone] -= 1
            here -= sought[gone] if not inside[gone] else 0.0
            oldest += 1
        best = max(best, here)
    return best
