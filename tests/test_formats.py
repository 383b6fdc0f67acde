"""A document says the same in every form in which offices keep it (the whole measure: benchmarks.formats)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.formats import FORMS, LAYERS, compare, facts, measure, set_out, table
from ingest.readers.tools import LIBREOFFICE, TESSERACT
from tests.offices import need

NAMES = ("17-cv-2480", "07-kh-119", "09-bc-87")  # a letter with its subject in the head, a plan, a report
LEAST = 0.99
LEAST_SCANNED = 0.9  # of a few symbols: one may be misread


@pytest.mark.tools
def test_every_form_says_the_same(tmp_path: Path, samples_folder: Path) -> None:
    need(LIBREOFFICE)
    need(TESSERACT)
    texts = [next(samples_folder.glob(f"{name}*.txt")) for name in NAMES]
    known = {text: facts(text) for text in texts}
    made = [(form, known[text], facts(file)) for form, text, file in measure(texts, tmp_path, 9, FORMS[1:])]
    for form in (*FORMS, "scan"):
        layers = compare((text, other) for kind, text, other in made if kind == form)
        for layer in ("symbols",) if form == "scan" else ("symbols", "mentions", "footnotes"):
            same, of_text, _ = layers[layer]
            assert same >= (LEAST_SCANNED if form == "scan" else LEAST) * of_text, (form, layer, layers[layer])


def test_what_is_found_and_what_is_added() -> None:
    """A fact that stands twice in the text and once in the other form is found once."""
    from collections import Counter

    text = {layer: Counter({"a": 2, "b": 1}) for layer in LAYERS}
    other = {layer: Counter({"a": 1, "c": 1}) for layer in LAYERS}
    assert compare([(text, other)])["symbols"] == (1, 3, 2)
    assert "1/3 33.3 %, +1" in list(table({"pdf": compare([(text, other)])}))[2]


def test_the_title_is_set_in_the_middle() -> None:
    content = '<text:h text:outline-level="1">KẾ HOẠCH</text:h><text:p>về dân vận</text:p><text:p>Thực hiện</text:p>'
    said = set_out(content)
    assert said.count('"Middle"') == 2
    assert said.endswith("<text:p>Thực hiện</text:p>")
