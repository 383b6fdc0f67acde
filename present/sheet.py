"""One document or unit on a sheet: what is known, what contradicts it, who cites it; and the counts of the store."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from kg.central import Known
from kg.graph import Facts, Stats
from kg.language import phrase
from kg.localities import Locality
from kg.model import Document, Edge, Evidence, StatedConflict, Unit
from kg.store import Store, UnitAction
from kg.succession import Succession
from kg.words import capital, labels, written_date
from present.console import faint, strong, width
from present.listing import Column, Listing, wrapped
from present.who import proof, rules_line
from present.words import action_word, count_words, document_line, relation_word, unit_name, with_status

Name = Callable[[str], str]  # an id to what it is called
SHOWN = 3  # sentences of one relation; --format json carries all


def sheet(found: Facts, name: Name, form: str) -> str:
    """Return what is known of one document or unit as text or JSON."""
    if form == "json":
        return json.dumps(asdict(found), ensure_ascii=False, indent=1)
    lines = document_lines(found, found.document, name) if found.document else unit_lines(found, found.unit, name)
    return "\n".join(lines)


def document_lines(found: Facts, document: Document, name: Name) -> Iterator[str]:
    """Yield the sheet of a document."""
    yield strong(document_line(document))
    if found.recognised:
        yield from wrapped(phrase("note", note=phrase("recognised words")), "  ", width())
    yield from fields(
        ("column subject", document.title),
        ("column level", labels("level").get(document.level, document.level)),
        ("column place", ", ".join(dict.fromkeys(part for part in (document.locality, document.province) if part))),
        ("column type", labels("kind").get(document.kind, document.kind)),
        ("sheet file", document.source or phrase("not read")),
        ("dates stated", ", ".join(f"{written_date(d)} ({phrase('so many times', n=n)})" for d, n in document.dates)),
        ("sheet mentions", count_words(document.mentions)),
        ("sheet candidates", "; ".join(name(known) for known in document.candidates)),
        ("sheet table", table_row(found.known) if found.known else None),
        ("column id", document.id),
    )
    conflicts = [(contradiction(c), [c.evidence]) for c in document.conflicts]
    yield from section("sheet conflicts", conflicts)
    up = [(f"{relation(e)} {name(e.target)}", e.evidence) for e in found.up]
    down = [(f"{name(e.source)} {relation(e)}", e.evidence) for e in found.down]
    yield from section("sheet up", up, rules=True)
    yield from section("sheet down", down, rules=True)
    yield from section(
        "sheet actions", [(f"{unit_of(a, name)} {deed(a)}", [a.evidence]) for a in found.actions], rules=True
    )
    yield from section("sheet cited", [(name(e.source), e.evidence) for e in found.cited_by])


def unit_lines(found: Facts, unit: Unit | None, name: Name) -> Iterator[str]:
    """Yield the sheet of a unit."""
    if unit is None:
        return
    yield strong(unit.name)
    yield from fields(
        ("column level", labels("level").get(unit.level, unit.level)),
        ("column place", ", ".join(dict.fromkeys(part for part in (unit.locality, unit.province) if part))),
        ("sheet parent", name(unit.parent) if unit.parent else None),
        ("sheet aliases", "; ".join(unit.aliases)),
        ("column id", unit.id),
    )
    yield from successions("predecessors", [(one.old, one) for one in found.before])
    yield from successions("successors", [(one.new, one) for one in found.after])
    deeds = [(f"{deed(a)} {name(a.document)}", [a.evidence]) for a in found.actions]
    yield from section("deeds", deeds, rules=True)


def table_row(known: Known) -> str:
    """Return a row of the table of central documents: number, day, issuer, subject, its names in use, its source."""
    issuer = " ".join(filter(None, (known.issuer, known.term)))
    called = phrase("also called", names=", ".join(known.aliases)) if known.aliases else ""
    name, day = " ".join(filter(None, (known.type, known.full))), written_date(known.date)
    return phrase(
        "table row", name=name, date=day, issuer=issuer, subject=known.subject, called=called, source=known.source
    )


def successions(heading: str, steps: Sequence[tuple[str, Succession]]) -> Iterator[str]:
    """Yield a heading and a line for each step, with its day and source; nothing when there is none."""
    if steps:
        yield ""
        yield strong(f"{phrase(heading)} ({len(steps)})")
    for other, one in steps:
        yield from wrapped(f"- {succession_words(other, one)}", "  ", width())


def succession_words(other: str, one: Succession) -> str:
    """Return one step in words: "xã Phủ Thông, tỉnh Thái Nguyên: một phần địa bàn, từ 01/07/2025 (nguồn: …)"."""
    what = labels("share")[one.share] if one.share else labels("succession")[one.kind]
    other = f"{one.old} → {one.new}" if one.kind == "renamed" else other
    who = f"{other}: " if other else ""
    return phrase("successor line", who=who, what=what, date=written_date(one.date), source=one.source)


def locality_sheet(found: Sequence[Locality], form: str) -> str:
    """Return what is known of the places that a name may be, as text or JSON (a list)."""
    if form == "json":
        return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1)
    return "\n\n".join("\n".join(locality_lines(one)) for one in found)


def locality_lines(one: Locality) -> Iterator[str]:
    """Yield the sheet of a place."""
    yield strong(capital(one.name))
    yield from fields(
        ("column level", labels("level").get(one.level, one.level)),
        ("sheet from", written_date(one.valid_from)),
        ("sheet until", written_date(one.valid_to)),
        ("sheet code", one.code),
        ("sheet units", "; ".join(f"{unit.name} [{unit.id}]" for unit in one.units) or phrase("none here")),
    )
    yield from successions("predecessors", [(step.old, step) for step in one.before])
    yield from successions("successors", [(step.new, step) for step in one.after])


def fields(*pairs: tuple[str, str | None]) -> Iterator[str]:
    """Yield a line for each pair that has a value."""
    for heading, value in pairs:
        if value:
            yield from wrapped(f"{phrase(heading)}: {value}", "  ", width())


def section(heading: str, items: Sequence[tuple[str, Sequence[Evidence]]], *, rules: bool = False) -> Iterator[str]:
    """Yield a heading and its items with their sentences, equal items as one; nothing when there are none.

    `rules` adds under each item which rules read its sentences, and how often they were right when measured.
    """
    gathered: dict[str, list[Evidence]] = {}
    for words, evidence in items:
        gathered.setdefault(words, []).extend(evidence)
    if items:
        yield ""
        yield strong(f"{phrase(heading)} ({len(gathered)})")
    for words, evidence in gathered.items():
        yield from wrapped(f"- {words}", "  ", width())
        shown = [asdict(item) for item in evidence[:SHOWN]]
        for note in (*map(proof, shown), *(rules_line(shown) if rules else [])):
            yield from (faint(line) for line in wrapped(note, "      ", width()))


def contradiction(conflict: StatedConflict) -> str:
    """Return what a report says otherwise: "ngày ban hành: 03/06/2016"."""
    value = written_date(conflict.value) if conflict.field == "date" else conflict.value
    return f"{labels('conflict').get(conflict.field, conflict.field)}: {value}"


def relation(edge: Edge) -> str:
    """Return the word for a relation."""
    return with_status(relation_word(edge.type), edge.status)


def deed(action: UnitAction) -> str:
    """Return the word for what a unit did."""
    return with_status(action_word(action.action), action.evidence.status)


def unit_of(action: UnitAction, name: Name) -> str:
    """Return the name of the unit that acted."""
    return unit_name(name(action.unit))


def namer(store: Store) -> Name:
    """Return the function that tells what the document or unit with an id is called."""

    def name(known: str) -> str:
        found = store.document(known) or store.unit(known)
        if found is None:
            return known
        return found.name if isinstance(found, Unit) else document_line(found)

    return name


# ---- the store ------------------------------------------------------------------------------------------------------

COUNTED = (
    *("sources", "documents", "read", "ambiguous", "unplaced", "units"),
    *("mentions", "resolved_mentions", "ambiguous_mentions", "unplaced_mentions"),
)
STATS_COLUMNS = (
    Column("what", "column in store", lambda row: stats_words(row["what"])),
    Column("count", "column count", lambda row: count_words(row["count"])),
)


def stats_listing(stats: Stats) -> Listing:
    """Return the counts of the store."""
    counts = {name: getattr(stats, name) for name in COUNTED}
    counts |= {f"relation {kind}": count for kind, count in stats.relations.items()}
    counts |= {f"action {kind}": count for kind, count in stats.actions.items()}
    return Listing([{"what": what, "count": count} for what, count in counts.items()], STATS_COLUMNS)


def stats_words(what: str) -> str:
    """Return what is counted: "văn bản được biết", "quan hệ: thực hiện"."""
    kind, _, name = what.partition(" ")
    if not name:
        return phrase(f"stats {what}")
    word = relation_word(name) if kind == "relation" else action_word(name)
    return phrase(f"stats {kind}", what=word)
