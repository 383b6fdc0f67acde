"""What an extraction says, in the words a person would check it by: sets of names and numbers, without ids."""

from __future__ import annotations

from functools import cache

from ingest.pipeline import extract_text
from ingest.read import parse
from kg.model import SELF, Claim, Extraction, Mention


@cache
def read(source: str, format: str = "text") -> Extraction:
    """Return all that a source says."""
    return extract_text(parse(source, format), "thu.txt")


def labels(found: Extraction) -> dict[str, str]:
    """Return what to call each document: its number, else the words of its first mention; the report is "self"."""
    first: dict[str, str] = {}
    for mention in found.mentions:
        first.setdefault(mention.document, " ".join(mention.text.split()))
    return {SELF: SELF} | {d.id: d.full or first[d.id] for d in found.documents}


def relations(found: Extraction, *, planned: bool = True) -> set[tuple[str, str, str]]:
    """Return (source, relation, target) of all relations but plain citing."""
    names = labels(found)
    return {
        (names[r.source], r.type, names[r.target])
        for r in found.relations
        if r.type != "cites" and (planned or r.status == "done")
    }


def deeds(found: Extraction, status: str = "done") -> set[tuple[str, str, str]]:
    """Return (unit, action, document) of the deeds with this status."""
    names = labels(found)
    units = {u.id: u.name for u in found.units}
    return {(units[a.unit], a.action, names[a.document]) for a in found.unit_actions if a.status == status}


def mentions(found: Extraction) -> list[tuple[str, str, str | None]]:
    """Return (words, form, number of its document) of all mentions, blanks in order; None for the report itself."""
    numbers = {SELF: None} | {d.id: d.full for d in found.documents}
    return [(" ".join(m.text.split()), m.form, numbers[m.document]) for m in found.mentions]


def document(found: Extraction, full: str) -> Claim:
    """Return the one document with this number."""
    (claim,) = [d for d in found.documents if d.full == full]
    return claim


def mention(found: Extraction, full: str) -> Mention:
    """Return the first mention written with this number."""
    return next(m for m in found.mentions if m.full == full)
