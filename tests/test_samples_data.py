"""The sample documents and their expected answers agree with each other; nothing is extracted here."""

import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

FOLDER = files("data.samples")
EXPECTED: dict[str, Any] = json.loads(FOLDER.joinpath("expected.json").read_text(encoding="utf-8"))
TEXTS = {
    entry.name: entry.read_bytes().decode("utf-8")
    for entry in FOLDER.iterdir()
    if entry.name[:2].isdigit() and entry.name.endswith((".txt", ".md", ".html"))
}


def records(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object anywhere below `value`."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from records(item)


def directive_words(name: str) -> str:
    """Return the number and symbol of a key: "25-NQ/TW" of "25-NQ/TW 2013"."""
    return name.split(" ", maxsplit=1)[0]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_file_is_plain_and_composed(name: str) -> None:
    text = TEXTS[name]
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "\ufeff" not in text
    assert 25 <= text.count("\n") <= 120


def test_every_file_has_its_answer() -> None:
    assert sorted(TEXTS) == [document["file"] for document in EXPECTED["documents"]]


@pytest.mark.parametrize("document", EXPECTED["documents"], ids=lambda document: document["file"])
def test_heading_stands_in_its_file(document: dict[str, Any]) -> None:
    words = " ".join(re.sub(r"<[^>]+>", " ", TEXTS[document["file"]]).split())
    facts = [document["title"], *document["addressee"], *document["recipients"]]
    if document["full"]:
        facts.append(document["full"])
    assert [fact for fact in facts if fact not in words] == []


def test_every_phrase_stands_in_its_file() -> None:
    proofs = [record for record in records(EXPECTED) if "evidence" in record]
    assert len(proofs) > 100
    assert [p for p in proofs if p["evidence"] not in TEXTS[p["file"]]] == []


def test_every_document_named_stands_in_some_file() -> None:
    """A number that no text carries, or that no line of the answers spells as the text does, is a slip of ours."""
    everything = " ".join(TEXTS.values())
    named = {row["document"] for rows in EXPECTED["who"].values() for row in rows if row["document"]}
    for rows in EXPECTED["lineage"].values():
        named.update(directive_words(end) for source, _, target in rows for end in (source, target))
    assert [name for name in sorted(named) if name not in everything and name not in TEXTS] == []


@pytest.mark.parametrize("query", EXPECTED["search"], ids=lambda query: query["query"])
def test_search_names_files_that_exist(query: dict[str, Any]) -> None:
    assert query["files"]
    assert set(query["files"]) <= set(TEXTS)


def test_who_follows_from_the_lineage() -> None:
    """Each own, through and reported row has the relation from which it is derived."""
    stated = {(source, target) for rows in EXPECTED["lineage"].values() for source, _, target in rows}
    for directive in EXPECTED["lineage"]:
        for row in EXPECTED["who"][directive]:
            if row["how"] == "stated":
                continue
            target = row["via"][0] if row.get("via") else directive_words(directive)
            sources = {row["document"] or row["file"]}
            sources |= {source for source, _ in stated if source.split(" (")[0] == row["document"]}
            assert any((source, target) in stated for source in sources), (directive, row)


def test_nobody_is_both_done_and_missing() -> None:
    """A silent unit has no row; a planned sentence never makes the only row of its unit."""
    for record in EXPECTED["silent"] + EXPECTED["not_done"]:
        rows = [row for row in EXPECTED["who"][record["directive"]] if not row.get("optional")]
        assert record["unit"] not in {row["unit"] for row in rows}, record
