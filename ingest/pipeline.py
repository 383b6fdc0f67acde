"""The stages in order: file to text, header, citations, documents, relations, deeds, and all that as one Extraction."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from ingest.actions import find_deeds
from ingest.citations import Citation, find_citations
from ingest.claims import KINDS
from ingest.clauses import LONGEST
from ingest.header import read_header
from ingest.issuers import stated_issuers
from ingest.late import without_late_days
from ingest.letters import flatten
from ingest.names import find_names
from ingest.read import read_text
from ingest.readers.limits import DEFAULT, Limits
from ingest.reading import Link, Reading
from ingest.relations import find_links
from ingest.resolve import resolve
from ingest.scene import Deed
from ingest.subjects import share_subjects
from ingest.text import Text
from ingest.units import Organisation, expand
from kg.model import Action, Claim, Conflict, Extraction, Header, Mention, Passage, Relation, UnitClaim


def extract(path: Path, name: str | None = None, limits: Limits = DEFAULT) -> Extraction:
    """Return all that the file at `path` says; `name` is what the store calls it (default: the file's name).

    Raises `kg.model.ReadError` for a file that cannot be read.
    """
    text = read_text(path, limits)
    return extract_text(text, name or path.name)


def extract_text(text: Text, name: str) -> Extraction:
    """Return all that a text says. A pure function: the same text gives the same Extraction."""
    flat = flatten(text.content)
    top = read_header(text, flat)
    numbered = share_subjects(flat, find_citations(flat, text.blocks), text.blocks)
    named = find_names(flat, text.blocks, [(c.start, c.end) for c in numbered])
    if text.recognised:
        top, numbered, named = without_late_days(top, numbered, named)
    reading = Reading(flat, text.blocks, top, resolve(flat, numbered, named, top))
    links = find_links(reading)
    reporter = expand(top.issuer_unit, top.home) if top.issuer_unit is not None else None
    deeds = find_deeds(reading, links, reporter)
    claims = with_issuers(reading, deeds)
    units = unit_claims(reading, claims, deeds, reporter)
    ids = {unit.name: unit.id for unit in units}
    return Extraction(
        name=name,
        sha256=hashlib.sha256(text.source.encode("utf-8", "surrogatepass")).hexdigest(),
        report=in_source_words(top.header),
        kind=reading.kind,
        text=text.source,
        documents=tuple(with_source_offsets(text, c) for c in claims),
        mentions=tuple(mention(text, flat, c, reading) for c in reading.resolved.citations),
        relations=tuple(relation(text, link) for link in links),
        units=units,
        unit_actions=tuple(action(text, deed, ids) for deed in deeds),
        passages=passages(text),
        warnings=text.warnings,
        format=text.format,
        recognised=text.recognised,
    )


def in_source_words(header: Header) -> Header:
    """Return the header with its blanks in order: a title over two lines reads as one."""
    return replace(header, title=" ".join(header.title.split()) if header.title else None)


def with_issuers(reading: Reading, deeds: list[Deed]) -> tuple[Claim, ...]:
    """Return the claims; where no words beside a number name its issuer, who is said to issue it beats letters."""
    stated = {reading.claim(c) for c in reading.resolved.citations if stated_issuers(c, reading.top.home)}
    makers: dict[str, str] = {}
    for deed in deeds:
        if deed.action == "issued" and deed.status == "done":
            makers.setdefault(deed.document, deed.unit.name)
    return tuple(
        replace(c, issuer=(c.issuer if c.id in stated else makers.get(c.id)) or c.issuer)
        for c in reading.resolved.claims
    )


def with_source_offsets(text: Text, claim: Claim) -> Claim:
    """Return `claim` with its contradictions placed in the source."""
    placed = []
    for conflict in claim.conflicts:
        start, end = text.span(conflict.start, conflict.end)
        placed.append(Conflict(conflict.field, conflict.value, start, end))
    return replace(claim, conflicts=tuple(placed))


def mention(text: Text, flat: str, cited: Citation, reading: Reading) -> Mention:
    """Return the mention that a citation makes in the source."""
    start, end = text.span(cited.start, cited.end)
    issuers = stated_issuers(cited, reading.top.home)
    return Mention(
        start=start,
        end=end,
        text=text.source[start:end],
        document=reading.claim(cited),
        form=cited.form,
        type=cited.type,
        full=cited.number.full if cited.number else None,
        date=cited.date,
        issuer=issuers[0].name if issuers else None,
        title=flat[cited.subject[0] : cited.subject[1]] if cited.subject else None,
    )


def evidence(text: Text, start: int, end: int) -> tuple[int, int, str]:
    """Return (start, end, words) of a proof: its place in the source and its clean words."""
    if end - start > LONGEST:  # an endless list would prove each of its items with all before it
        start = text.content.find(" ", end - LONGEST, end) + 1 or end - LONGEST
    begin, stop = text.span(start, end)
    return begin, stop, " ".join(text.content[start:end].split())


def relation(text: Text, link: Link) -> Relation:
    """Return a link as a statement about the source."""
    start, end, words = evidence(text, link.start, link.end)
    return Relation(link.source, link.type, link.target, start, end, words, link.rule, link.status)


def unit_claims(
    reading: Reading, claims: tuple[Claim, ...], deeds: list[Deed], reporter: Organisation | None
) -> tuple[UnitClaim, ...]:
    """Return the units that did something or issued a document, with the forms in which the text names them."""
    found: dict[str, Organisation] = {}
    aliases: dict[str, list[str]] = {}
    for unit in [*([reporter] if reporter else []), *(d.unit for d in deeds)]:
        found.setdefault(unit.name, unit)
    for cited in reading.resolved.citations:
        for unit_mention in cited.issuers:
            unit_named = expand(unit_mention, reading.top.home)
            if (
                unit_named is not None
                and unit_named.name in found
                and unit_mention.text not in aliases.setdefault(unit_named.name, [])
            ):
                aliases[unit_named.name].append(unit_mention.text)
    for unit in list(found.values()):
        if unit.parent is not None and unit.parent not in found:
            found[unit.parent] = Organisation(unit.parent, unit.level)
    ids = {name: f"u{n}" for n, name in enumerate(found, 1)}
    del claims
    return tuple(
        UnitClaim(ids[name], name, unit.level, ids.get(unit.parent or ""), tuple(aliases.get(name, ())))
        for name, unit in found.items()
    )


def action(text: Text, deed: Deed, ids: dict[str, str]) -> Action:
    """Return a deed as a statement about the source; `ids` are the units' by their names."""
    start, end, words = evidence(text, deed.start, deed.end)
    return Action(ids[deed.unit.name], deed.action, deed.document, start, end, words, deed.rule, deed.status)


def passages(text: Text) -> tuple[Passage, ...]:
    """Return the paragraphs, items, rows and notes of a text under their headings."""
    found = []
    for block in text.blocks:
        start, end = text.span(block.start, block.end)
        found.append(Passage(block.section, block.kind, text.content[block.start : block.end], start, end))
    return tuple(found)


__all__ = ["KINDS", "extract", "extract_text"]
