"""The sentence, the table, both pictures, the page and the summary tell the same number of units in each state."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import run_command
from province import Member

from kg.states import FOUND, STATES
from kg.words import labels
from present.words import did_words

BEFORE, AFTER = ("--as-of", "31/5/2023"), ("--as-of", "31/12/2025")
OLD, NEW = ("--within", "tỉnh Bắc Giang"), ("--within", "tỉnh Bắc Ninh")

ASKED = [
    # who acted, wherever
    (),
    # at one level: the documents between are drawn, and not counted
    ("--level", "xã"),
    # by a day on which half of the districts had a plan
    ("--as-of", "31/1/2022"),
    # by a day before which nobody did anything
    ("--as-of", "1/12/2021"),
    # before and after the merger of 2025
    (*OLD, *BEFORE),
    (*NEW, *AFTER),
    # one district of it
    ("--within", "huyện Hiệp Hòa", *BEFORE, "--level", "xã"),
]
EVERYONE = [
    # all that are expected there, heard of or not
    (*OLD, *BEFORE),
    (*NEW, *AFTER),
    (*OLD, *BEFORE, "--level", "huyện"),
    (*NEW, *AFTER, "--level", "xã"),
    ("--within", "huyện Hiệp Hòa", "--as-of", "31/1/2022"),
]


def printed(store: Path, *words: str | Path) -> str:
    """Return what a command prints."""
    result = run_command("--store", store, *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(sentence: str) -> dict[str, int]:
    """Return the counts of a sentence: 6 for "6 đơn vị có văn bản riêng"."""
    found = {}
    for state in STATES:
        said = re.search(rf"([0-9.]+) (?:đơn vị )?{re.escape(did_words(state, 2))}", sentence)
        found |= {state: int(said[1].replace(".", ""))} if said else {}
    return found


def drawn(svg: str) -> dict[str, int]:
    """Return how many units the marks of a picture stand for; its legend must say the same."""
    root = ElementTree.fromstring(svg)
    marks: Counter[str] = Counter()
    for group in root.iter("{http://www.w3.org/2000/svg}g"):
        marks[group.get("data-state", "")] += int(group.get("data-units", 0))
    counts = {state: marks[state] for state in STATES if marks[state]}
    texts = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {f"{labels('state')[state]}: {n}" for state, n in counts.items()} <= texts
    assert f"{sum(counts.values())} đơn vị:" in texts or not counts
    return counts


def paged(page: str) -> dict[str, int]:
    """Return the counts that a page carries for its legend; its units, one by one, must give the same."""
    meta: dict[str, Any] = json.loads(re.findall(r'id="ts-meta">(.*?)</script>', page, re.DOTALL)[0])
    units = Counter(state for _, _, _, state, *_ in meta["units"])
    assert meta["states"] == {state: units[state] for state in STATES if units[state]}
    assert {box for box, *_ in meta["units"]} <= set(re.findall(r'"id": ?"(.*?)"', page))
    return dict(meta["states"])


@pytest.mark.parametrize("view", ["levels", "time"])
@pytest.mark.parametrize("words", ASKED)
def test_who_acted(province: tuple[Path, list[Member]], tmp_path: Path, words: tuple[str, ...], view: str) -> None:
    store, _ = province
    svg, html = tmp_path / "a.svg", tmp_path / "a.html"
    counts = told(printed(store, "who", "33/CT-TTg", *words).splitlines()[1])
    rows = json.loads(printed(store, "who", "33/CT-TTg", *words, "--format", "json"))
    best: dict[str, str] = {}
    for row in rows:
        best[row["unit_id"]] = min(best.get(row["unit_id"], "absent"), row["state"], key=STATES.index)
    assert Counter(best.values()) == counts
    printed(store, "lineage", "33/CT-TTg", *words, "--svg", svg, "--html", html, "--view", view)
    assert paged(html.read_text(encoding="utf-8")) == counts
    if view == "levels":
        assert drawn(svg.read_text(encoding="utf-8")) == counts


@pytest.mark.parametrize("words", EVERYONE)
def test_who_is_expected(province: tuple[Path, list[Member]], tmp_path: Path, words: tuple[str, ...]) -> None:
    store, _ = province
    svg, html = tmp_path / "a.svg", tmp_path / "a.html"
    sentence = printed(store, "who", "33/CT-TTg", *words, "--all").splitlines()[1]
    counts = told(sentence)
    rows = json.loads(printed(store, "who", "33/CT-TTg", *words, "--all", "--format", "json"))
    assert Counter(row["state"] for row in rows) == counts
    printed(store, "lineage", "33/CT-TTg", *words, "--missing", "--svg", svg, "--html", html)
    assert drawn(svg.read_text(encoding="utf-8")) == counts
    assert paged(html.read_text(encoding="utf-8")) == counts
    summary = printed(store, "summary", "33/CT-TTg", *words)
    assert sentence in summary
    assert drawn(re.findall(r"<svg.*</svg>", summary, re.DOTALL)[0]) == counts
    assert f"tìm thấy {sum(n for state, n in counts.items() if state in FOUND)}" in summary
