"""What is sought by its heads is what the pattern finds at every letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.citations import short_forms
from ingest.heads import Finder
from ingest.letters import alternatives
from ingest.names import by_issuer
from ingest.sender import PLACES
from ingest.units import unit_finder
from kg.numbers import NUMBER, find_numbers, parse_number

FINDERS = {"units": unit_finder(), "short forms": short_forms(), "by issuer": by_issuer(), "places": PLACES}
# Words of which some begin what is sought, some end it, some only look like it; glued in any way.
PHRASES = (
    "UBND|ủy ban nhân dân|Ban|BCH|Thường vụ|Tỉnh ủy|TỈNH ỦY|huyện|Huyện ủy|xã|TP.|Bắc Kạn|Sở|Nội vụ|PHÒNG|Quân khu|2|"
    "Nghị quyết|nghị quyết|NQ|Kế hoạch|KH|CTrHĐ|Chương trình hành động|số|25|25-NQ/TW|25 NQ/TW|15/2020/QĐ-TTg|"
    "66.19/2026/NQ-CP|của|Bộ Chính trị|chính|trị|İ|Luật"
)
GAPS = (" ", "", "\n", ", ", "-", "/", " – ")
TEXTS = st.lists(st.tuples(st.sampled_from(PHRASES.split("|")), st.sampled_from(GAPS)), max_size=14)


@pytest.mark.parametrize("name", FINDERS)
@given(words=TEXTS)
def test_finder_finds_what_its_pattern_finds(name: str, words: list[tuple[str, str]]) -> None:
    finder: Finder = FINDERS[name]
    text = "".join(word + gap for word, gap in words)
    assert [m.span() for m in finder.find(text)] == [m.span() for m in finder.pattern.finditer(text)]


@given(words=TEXTS)
def test_numbers_are_sought_by_digits(words: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in words)
    known = [match.span() for match in NUMBER.finditer(text) if parse_number(match[0])]
    assert [(start, end) for start, end, _ in find_numbers(text)] == known


def test_alternatives_take_the_longest_first() -> None:
    assert alternatives(["Ban", "Ban Bí thư", "BCH"]) == r"B(?:an(?:\s+Bí\s+thư)?|CH)"
