"""Every cue fires on its example, and only by its own words; every false friend stays silent on its own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from extracts import deeds, read, relations

import data
from ingest.clauses import cue, names_tasks

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN TƯƠNG DƯƠNG

Số: 88/BC-UBND

Tương Dương, ngày 05 tháng 12 năm 2023

BÁO CÁO
Công tác dân vận năm 2023

"""

# what a cue of each kind makes of two documents
STATES = {
    "carry": "implements", "push": "implements", "review": "implements", "adverb": "implements", "about": "implements",
    "detail": "implements", "means": "implements", "again": "continues", "result": "reports_on", "under": "based_on",
    "replace": "replaces", "part": "replaces", "topic": "replaces", "enclosed": "replaces",
    "agent": "replaces", "at": "replaces", "now": "replaces", "ended": "replaces",
}  # fmt: skip
CUES = data.table("cues")
FALSE_FRIENDS = data.table("false_friends")


def fires(kind: str, example: str) -> bool:
    """Tell whether the example says what words of this kind make it say."""
    if kind == "planned":
        return names_tasks(example)
    if kind == "ground":
        return any(source == "self" for source, _, _ in relations(read(HEAD + example)))
    found = read(f"{HEAD}I. KẾT QUẢ\n\n{example}")
    if kind == "ahead":
        return bool(relations(found)) and not relations(found, planned=False)
    if kind == "actor":
        return not any(action == "implemented" for _, action, _ in deeds(found))
    if kind == "issue":
        return any(action == "issued" for _, action, _ in deeds(found))
    return STATES[kind] in {relation for _, relation, _ in relations(found)}


def without(words: str, example: str, instead: str = "abc") -> str:
    """Return the example with a word of no meaning, or nothing, in place of the row's words."""
    changed = re.sub(
        rf"(?<!\w){re.escape(words.removesuffix(' …'))}(?!\w)", instead, example, count=1, flags=re.IGNORECASE
    )
    return " ".join(changed.split())


@pytest.mark.parametrize("row", CUES, ids=lambda row: f"{row['kind']}: {row['words']}")
def test_cue(row: dict[str, str]) -> None:
    assert fires(row["kind"], row["example"])
    assert without(row["words"], row["example"]) != row["example"]
    assert not fires(row["kind"], without(row["words"], row["example"]))


@pytest.mark.parametrize("row", FALSE_FRIENDS, ids=lambda row: f"{row['kind']}: {row['words']}")
def test_false_friend(row: dict[str, str]) -> None:
    assert row["kind"] in {cue["kind"] for cue in CUES}
    assert re.search(cue(row["kind"]), row["example"], re.IGNORECASE)  # it does look like one
    assert not fires(row["kind"], row["example"])
    assert fires(row["kind"], without(row["words"], row["example"], ""))


@pytest.mark.parametrize("row", [*CUES, *FALSE_FRIENDS], ids=lambda row: f"{row['kind']}: {row['words']}")
def test_row_is_dated(row: dict[str, str]) -> None:
    assert date.fromisoformat(row["checked"]) <= date.max


def test_what_each_kind_states_is_tested() -> None:
    assert {row["kind"] for row in CUES} == {*STATES, "planned", "ground", "ahead", "actor", "issue"}
