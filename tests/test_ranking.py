"""The second look at the hits of a question."""

from __future__ import annotations

import pytest

from search.index import Hit, SearchPassage
from search.ranking import DEPTH, Parts, asked_for, densest, looked_at, places_of, reports

WEIGHTS = {"thu": 1.0, "phi": 2.0, "nuoc": 4.0, "thu_phi": 8.0}


def passage(text: str = "", title: str = "", section: tuple[str, ...] = (), source: str = "a.txt") -> SearchPassage:
    return SearchPassage(f"{source}#0", source, 0, section, "paragraph", text, title=title)


DENSEST = [
    ("thu phi nuoc", 10, 15.0),  # words and their pair
    ("thu va phi", 10, 3.0),  # no pair: something stands between
    ("thu thu thu", 10, 1.0),  # a word counts once
    ("thu a b c d nuoc", 5, 5.0),  # five words apart is within five
    ("thu a b c d e nuoc phi", 5, 6.0),  # the best place, not the first
    ("khong co gi", 10, 0.0),
    ("", 10, 0.0),
]


@pytest.mark.parametrize(("text", "window", "expected"), DENSEST)
def test_densest(text: str, window: int, expected: float) -> None:
    assert densest(places_of(text.split(), WEIGHTS), WEIGHTS, window) == expected


ASKED = [
    (passage(title="Thu phí"), 1.0),  # "thu", "phi" and the pair: all of the heading
    (passage(title="Thu phí và"), 3 / 5),
    (passage(title="Báo cáo năm", section=("Chung", "Nước")), 1.0),  # the heading that the question has most of
    (passage(title="Báo cáo năm"), 0.0),
    (passage(), 0.0),
]


@pytest.mark.parametrize(("found", "expected"), ASKED)
def test_asked_for(found: SearchPassage, expected: float) -> None:
    assert asked_for(found, WEIGHTS) == pytest.approx(expected)


def score(found: SearchPassage) -> float:
    return looked_at(Hit(found, 10.0), WEIGHTS, found.text.split(), 0.0).score()


BETTER = [
    # side by side before far apart
    (passage("thu phi nuoc"), passage("nuoc" + " a" * 40 + " thu phi")),
    # the word that the text lacks stands in the heading
    (passage("thu phi", title="Nước"), passage("thu phi")),
    # a heading that is all asked for before one that says more
    (passage("nuoc", title="Thu phí"), passage("nuoc", title="Thu phí của các cơ quan và đơn vị sự nghiệp công lập")),
]


@pytest.mark.parametrize(("better", "worse"), BETTER)
def test_what_comes_first(better: SearchPassage, worse: SearchPassage) -> None:
    assert score(better) > score(worse)


def test_other_passages_of_the_report_count() -> None:
    hits = [Hit(passage(source=source), score) for source, score in (("a", 9.0), ("b", 8.0), ("a", 6.0), ("a", 3.0))]
    assert reports(hits) == [3.0, 0.0, 4.0, 5.0]


def test_only_the_best_three_others_count() -> None:
    assert reports([Hit(passage(), 6.0)] * DEPTH) == [6.0] * DEPTH


def test_the_shares_make_the_score() -> None:
    parts = Parts(words=3.0, near=2.0, around=1.0, heading=-1.0, report=4.0)
    assert sum(parts.shares().values()) == parts.score()
    assert parts.shares()["words"] == 3.0
