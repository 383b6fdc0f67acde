"""The corpora that the benchmarks write: the same for the same seed, a small one the beginning of a large one."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from statistics import median

from benchmarks.corpus.__main__ import files
from benchmarks.corpus.cascades import papers
from benchmarks.corpus.offices import PARTY
from ingest.pipeline import extract_text
from ingest.read import parse


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(files(40, seed=3)) == list(files(60, seed=3))[:40]
    assert list(files(40, seed=3)) != list(files(40, seed=4))


def test_sizes_and_kinds_are_those_of_offices() -> None:
    some = list(islice(papers(seed=1), 2_000))
    assert 4_000 < median(paper.size for paper in some) < 7_000
    assert {paper.office.line for paper in some} == {"party", "state"}
    assert Counter(paper.type for paper in some).most_common(1)[0][0] == "Kế hoạch"
    assert {paper.day.isoformat() >= "2025-07-01" for paper in some} == {True, False}
    assert len({(paper.office.name, paper.full, paper.day.year) for paper in some}) == len(some)
    assert all(paper.office.letters in paper.full for paper in some if paper.office.line == PARTY)


def test_papers_are_read_as_what_they_are() -> None:
    found = []
    for (name, text), paper in zip(files(60, seed=1), papers(seed=1), strict=False):
        header = extract_text(parse(text), name).report
        found.append((header.type, header.number) == (paper.type.lower(), paper.full.split("-")[0].split("/")[0]))
    assert sum(found) > 0.9 * len(found)
