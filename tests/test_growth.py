"""Reading takes steps in proportion to the text, also for texts that no clerk writes (benchmarks/adversarial.py).

Steps are counted, not timed: calls of functions, and characters cut out of the text to be looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import SupportsIndex

import pytest

from benchmarks.adversarial import TEXTS
from ingest import pipeline
from ingest.letters import flatten
from ingest.read import parse

SMALL, TIMES = 2_500, 6
LIMIT = 2.5 * TIMES  # what grows with the square comes to 36; what looks back 2,000 characters is not yet even
FEW = 5_000  # steps: what takes fewer, whatever the text, has no growth to speak of


class Counter:
    """Counts steps; while it counts, texts cut from `Watched` add the characters cut."""

    steps = 0


class Watched(str):
    """A text that counts what is cut out of it."""

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        found = super().__getitem__(key)
        Counter.steps += len(found)
        return found


@contextmanager
def counting() -> Iterator[None]:
    """Count the calls of functions meanwhile."""

    def count(frame: object, event: str, value: object) -> None:
        Counter.steps += event in {"call", "c_call"}

    Counter.steps = 0
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def steps(source: str) -> int:
    """Return how many steps it takes to read and extract a text."""
    with counting():
        text = parse(source)
        pipeline.extract_text(replace(text, content=Watched(text.content)), "text.txt")
    return Counter.steps


@pytest.mark.parametrize("name", TEXTS)
def test_steps_grow_with_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "flatten", lambda content: Watched(flatten(content)))
    small, large = TEXTS[name](SMALL), TEXTS[name](SMALL * TIMES)
    steps(large)  # what is looked up once for good is looked up now
    assert steps(large) <= LIMIT * max(steps(small), FEW)
