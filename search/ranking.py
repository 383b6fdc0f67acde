"""A second look at the first hits of a question: which has most of it in one place, under a heading that says so.

BM25 counts words wherever they stand in a passage. Four things tell more of a passage that answers, each a sum of the
weights (inverse document frequency) of words and pairs of words of the question:

    near      the most of the question within ten words, those of the headings included
    around    the most of the question within thirty words
    heading   the share of a heading that the question asks for, as much of its whole weight (at most three times what
              these words weigh), less what `near` had from the headings: a short heading that is all asked for says
              more than a long one with the same words
    report    what the best other passages of the same report have: a report about the matter answers more likely

The score is that of the engine and these four, each with its weight. The weights were fitted on questions that people
asked (docs/search.md).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from search.analysis import SPELLINGS, WORD, terms, tidy
from search.index import Engine, Hit, SearchPassage
from search.kept import heading_terms, terms_of_heading
from search.query import ParsedQuery

DEPTH = 30  # hits that are looked at again
CONTEXT = 50  # hits among which other passages of the same report count
OTHERS = 3  # of them, the best
NEAR = 10  # words
AROUND = 30  # words
AT_MOST = 3  # times what its words weigh counts a heading: “Tổ chức thực hiện” stands in every report

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the score of a hit is made of: the engine's score, and the four parts of the second look."""

    words: float
    near: float = 0.0
    around: float = 0.0
    heading: float = 0.0
    report: float = 0.0

    def shares(self) -> dict[str, float]:
        """Return each part as it counts; their sum is the score."""
        return {one.name: getattr(self, one.name) * getattr(WEIGHT, one.name) for one in fields(self)}

    def score(self) -> float:
        """Return the sum of all parts."""
        return sum(self.shares().values())


WEIGHT = Parts(words=1.0, near=1.1, around=0.4, heading=0.6, report=0.35)


def best_first(engine: Engine, query: ParsedQuery, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits`, of which the first DEPTH are sorted anew; their scores say by what."""
    seen = second_look(engine, query, hits)
    first = [
        replace(hit, score=parts.score(), parts=tuple(parts.shares().items()))
        for hit, parts in zip(hits, seen, strict=False)
    ]
    return sorted(first, key=lambda hit: -hit.score) + list(hits[len(first) :])


def second_look(engine: Engine, query: ParsedQuery, hits: Sequence[Hit]) -> list[Parts]:
    """Return what makes the scores of the first DEPTH of `hits`, which are in the order of the engine."""
    weights = rarity(engine, query)
    with_numbers = any("_" in word for word in query.words)
    return [
        looked_at(hit, weights, words_of(hit.passage, with_numbers), report)
        for hit, report in zip(hits[:DEPTH], reports(hits[:CONTEXT]), strict=False)
    ]


def looked_at(hit: Hit, weights: Weights, words: Sequence[str], report: float) -> Parts:
    """Return what makes the score of one hit."""
    places = places_of(words, weights)
    headings = set(heading_terms(hit.passage)) & weights.keys()
    above = sum(weights[term] for term in headings)
    below = {term: weight for term, weight in weights.items() if term not in headings}
    return Parts(
        words=hit.score,
        near=above + densest(places, below, NEAR),
        around=densest(places, weights, AROUND),
        heading=min(asked_for(hit.passage, weights) * sum(weights.values()), AT_MOST * above) - above,
        report=report,
    )


def rarity(engine: Engine, query: ParsedQuery) -> Weights:
    """Return the weight of each word and pair of words of the query: the fewer passages have it, the more."""
    whole = engine.count()
    found = {}
    for field, sought in (("folded", query.words), ("bigrams", query.pairs)):
        for term in sought:
            having = engine.frequency(field, term)
            found[term] = math.log(1 + (whole - having + 0.5) / (having + 0.5))
    return found


def reports(hits: Sequence[Hit]) -> list[float]:
    """Return for each hit the mean score of the best OTHERS of its report; one that is not there counts nothing."""
    of_report = defaultdict(list)
    for hit in hits:
        of_report[hit.passage.source].append(hit.score)
    return [best_others(of_report[hit.passage.source], hit.score) for hit in hits]


def best_others(scores: Sequence[float], own: float) -> float:
    """Return the mean of the best OTHERS of `scores`, sorted, without `own`."""
    best = list(scores[: OTHERS + 1])
    best.remove(own) if own in best else best.pop()
    return sum(best) / OTHERS


def words_of(passage: SearchPassage, with_numbers: bool) -> list[str]:
    """Return the folded words of a passage, numbers of documents whole only where they matter."""
    if with_numbers:
        return terms(passage.text).folded
    return [SPELLINGS[word][1] for word in WORD.findall(tidy(passage.text))]


def places_of(words: Sequence[str], weights: Weights) -> list[tuple[int, str]]:
    """Return where the words and pairs of the question stand, in reading order."""
    found = []
    last = len(words) - 1
    for place, word in enumerate(words):
        if word in weights:
            found.append((place, word))
            pair = f"{word}_{words[place + 1]}" if place < last else ""
            if pair in weights:
                found.append((place, pair))
    return found


def densest(places: Sequence[tuple[int, str]], weights: Weights, window: int) -> float:
    """Return the most weight of different terms whose places are at most `window` words apart."""
    met = [one for one in places if one[1] in weights]
    inside = dict.fromkeys(weights, 0)
    best = here = 0.0
    oldest = 0
    for place, term in met:
        while met[oldest][0] < place - window:
            gone = met[oldest][1]
            inside[gone] -= 1
            if not inside[gone]:
                here -= weights[gone]
            oldest += 1
        if not inside[term]:
            here += weights[term]
            best = max(best, here)
        inside[term] += 1
    return best


def asked_for(passage: SearchPassage, weights: Weights) -> float:
    """Return the share of the words and pairs of a heading that the question has, for the heading with the largest."""
    headings = [terms_of_heading(heading) for heading in (passage.title, *passage.section)]
    return max((len(weights.keys() & set(found)) / len(found) for found in headings if found), default=0.0)
