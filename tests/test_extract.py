"""The whole extraction: each sample document against what a person reads in it (data/samples/expected.json)."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import pytest
from extracts import deeds, labels, relations

from ingest.pipeline import extract
from kg.model import SELF, Action, Extraction, Relation

FOLDER = files("data.samples")
EXPECTED: dict[str, Any] = json.loads(FOLDER.joinpath("expected.json").read_text(encoding="utf-8"))
HEADERS = EXPECTED["documents"]
FIELDS = ("type", "number", "symbol", "date", "place", "title", "signer", "signer_role", "addressee", "recipients")


@cache
def sample(name: str) -> Extraction:
    """Return what a sample document says."""
    with as_file(FOLDER.joinpath(name)) as path:
        return extract(path)


def number_of(name: str) -> str:
    """Return the number in a name of the expected answers: "25-NQ/TW" of "25-NQ/TW 2013", a file's name as it is."""
    return name if name.endswith((".txt", ".md", ".html")) else name.split(" ", maxsplit=1)[0]


def same_unit(one: str | None, other: str | None) -> bool:
    """Tell whether two names of a unit differ only by the places that follow its first comma, or by its term."""
    if one is None or other is None:
        return one == other
    return one.split(" khóa ")[0].split(", ")[0] == other.split(" khóa ")[0].split(", ")[0]


def bare(title: str | None) -> str:
    """Return a title without "về việc" at its head, in small letters."""
    return re.sub(r"^(?:về việc|v/v|về)\s+", "", (title or "").casefold())


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["file"])
@pytest.mark.parametrize("field", FIELDS)
def test_header(header: dict[str, Any], field: str) -> None:
    value = getattr(sample(header["file"]).report, field)
    expected = header[field]
    if field == "title":
        assert bare(value) == bare(expected)
    else:
        assert value == (tuple(expected) if isinstance(expected, list) else expected)


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["file"])
def test_issuer_and_kind(header: dict[str, Any]) -> None:
    found = sample(header["file"])
    assert found.kind == header["kind"]
    assert same_unit(found.report.issuer, header["issuer"]), found.report.issuer


# Sentences whose subject only points back: "Kế hoạch này còn dựa trên …", "Luật thay cho …" in a note on that law
POINTING = ("Kế hoạch này còn dựa trên", "Luật thay cho")
RELATIONS = [row for rows in EXPECTED["relations"].values() for row in rows] + EXPECTED["other_relations"]
STATED = [row for row in RELATIONS if not row["evidence"].startswith(POINTING)]


@pytest.mark.parametrize(
    "row", STATED, ids=lambda row: f"{row['source']} {row['type']} {row['target']} in {row['file']}"
)
def test_relation(row: dict[str, str]) -> None:
    """Each relation of the lineages stands in the file that states it."""
    found = sample(row["file"])
    own = number_of(row["source"]) in {row["file"], own_number(found)}
    source = SELF if own else number_of(row["source"])
    assert (source, row["type"], number_of(row["target"])) in relations(found)


def own_number(found: Extraction) -> str | None:
    """Return the number of the document itself: "25-NQ/TW"."""
    head = found.report
    if head.number is None or head.symbol is None:
        return None
    party = "/" in head.symbol and not head.symbol.startswith(("QH", "UBTVQH"))
    return f"{head.number}-{head.symbol}" if party else f"{head.number}/{head.symbol}"


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["file"])
def test_nothing_else_is_stated_of_the_cascades(header: dict[str, Any]) -> None:
    """Between documents of the cascades a file states only what the expected answers have."""
    found = sample(header["file"])
    known = {(number_of(r["source"]), r["type"], number_of(r["target"])) for r in RELATIONS}
    names = {name for row in known for name in (row[0], row[2])}
    own = own_number(found) or header["file"]
    stated = {(own if s == SELF else s, kind, t) for s, kind, t in relations(found, planned=False)}
    mine = {own, header["file"]}
    extra = {(s, kind, t) for s, kind, t in stated if s in names and t in names} - known
    assert {row for row in extra if not ((header["file"], row[1], row[2]) in known and row[0] in mine)} == set()


@pytest.mark.parametrize("row", EXPECTED["conflicts"], ids=lambda row: f"{row['document']} in {row['file']}")
def test_conflict_or_odd_mention(row: dict[str, str]) -> None:
    """A value that contradicts is told, or, where the file has no other, is the file's own statement."""
    found = sample(row["file"])
    told = {(c.field, c.value) for d in found.documents for c in d.conflicts}
    alone = {("date", d.date) for d in found.documents} | {("symbol", d.symbol) for d in found.documents}
    assert (row["field"], row["value"]) in told | alone


@pytest.mark.parametrize(
    "row", EXPECTED["not_done"], ids=lambda row: f"{row['unit']} {row['directive']} in {row['file']}"
)
def test_not_done(row: dict[str, str]) -> None:
    """A sentence that plans, wishes or asks makes no done implementation."""
    done = {
        full
        for unit, action, full in deeds(sample(row["file"]))
        if action == "implemented" and same_unit(unit, row["unit"])
    }
    elsewhere = {
        number_of(directive)
        for directive, rows in EXPECTED["who"].items()
        for other in rows
        if other["file"] == row["file"] and same_unit(other["unit"], row["unit"])
    }
    assert number_of(row["directive"]) not in done - elsewhere


WHO = [
    row | {"directive": name}
    for name, rows in EXPECTED["who"].items()
    for row in rows
    if row["how"] == "stated" and not row.get("optional")
]


@pytest.mark.parametrize("row", WHO, ids=lambda row: f"{row['unit']} {row['directive']} in {row['file']}")
def test_stated_deed(row: dict[str, Any]) -> None:
    """A deed without a document of its own stands as implemented, done."""
    done = deeds(sample(row["file"]))
    assert any(
        action == "implemented" and full == number_of(row["directive"]) and same_unit(unit, row["unit"])
        for unit, action, full in done
    ), done


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["file"])
def test_every_proof_stands_in_the_file(header: dict[str, Any]) -> None:
    """Mentions are slices of the source, proofs hold words of it, ids exist, every document is mentioned."""
    found = sample(header["file"])
    names = labels(found)
    assert {m.document for m in found.mentions} >= {d.id for d in found.documents}
    for mention in found.mentions:
        assert found.text[mention.start : mention.end] == mention.text
        assert mention.document in names
    proofs: list[Relation | Action] = [*found.relations, *found.unit_actions]
    for proof in proofs:
        assert words(found.text[proof.start : proof.end]) & words(proof.evidence)
    assert {r.source for r in found.relations} | {r.target for r in found.relations} <= set(names)


def words(text: str) -> set[str]:
    """Return the words of a text, without numbers."""
    return set(re.findall(r"[^\W\d]{2,}", text))


@pytest.mark.parametrize("row", EXPECTED["ambiguous"], ids=lambda row: row["file"])
def test_an_open_mention_stays_open(row: dict[str, Any]) -> None:
    """Where a file does not say which document of a number it means, nothing is filled in."""
    found = sample(row["file"])
    (claim,) = [d for d in found.documents if row["text"].endswith(d.full or "-")]
    assert (claim.date, claim.issuer, claim.term) == (None, None, None)


def test_the_same_text_gives_the_same_extraction() -> None:
    name = HEADERS[9]["file"]
    with as_file(FOLDER.joinpath(name)) as path:
        assert extract(path) == extract(path) == sample(name)
