"""One directive on a sheet of A4: the answer in a sentence, the table, who is not found, the sentences as footnotes.

One file of HTML without script: it opens offline, asks nothing of any network and prints as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.coverage import Wish, coverage, implementers_within, part_of
from kg.language import language, phrase
from kg.model import Document, Evidence, Implementer, Lineage
from kg.states import FOUND, Asked, State, state_of
from kg.svg import svg
from kg.timeline import BOUNDS, Event
from kg.who_counts import Standing, of_places, of_units
from kg.words import full_name, labels, rule_words, written_date
from present.coverage import by_level, by_unit_above, known_words, summary
from present.timeline import pace_words
from present.who import answer
from present.words import days_words, document_line, state_words, unit_name

if TYPE_CHECKING:
    from jinja2 import Environment

    from kg.store import Store

TEMPLATE = "summary.html.j2"
SHOWN = 2  # sentences of one line; the JSON of `who` carries all
FILES = 5  # named of a unit whose documents do not name the directive
IMPLEMENTERS = ("unit", "document", "date", "days", "how")
SHORT = ("date",)  # columns that never break a line
OTHERS = ("unit", "state", "files read")
WIDE = 1048  # pixels; a wider picture would be too small to read on a standing sheet


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of one directive: who carried it out, when, and where a place was named who was expected there."""

    directive: Document
    found: Sequence[Implementer]
    events: Sequence[Event]
    sources: int
    cascade: Lineage
    units: Sequence[Standing] = ()
    level: str | None = None
    asked: Asked | None = None
    states: Sequence[State] = ()
    bounds: Sequence[int] = BOUNDS


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its level, its cells, the numbers of its footnotes, how many more sentences there are."""

    level: str
    cells: tuple[str, ...]
    notes: list[int]
    more: int = 0


@dataclass(slots=True)
class Footnotes:
    """The sentences in the order in which the page comes to them, each once."""

    numbers: dict[Evidence, int] = field(default_factory=dict)

    def of(self, evidence: Sequence[Evidence]) -> list[int]:
        """Return the numbers of the first sentences."""
        return [self.numbers.setdefault(item, len(self.numbers) + 1) for item in evidence[:SHOWN]]


def summary_page(known: Findings, picture: str = "") -> str:
    """Return the page; `picture` is a drawing in SVG, trusted as it stands."""
    from markupsafe import Markup

    notes = Footnotes()
    tables = (
        ("summary found", IMPLEMENTERS, implementers(known, notes), counting(known)),
        ("summary others", OTHERS, others(known, notes), list[str]()),
    )
    values = {
        "name": full_name(known.directive),
        "line": document_line(known.directive),
        "title": known.directive.title,
        "answers": answers(known),
        "levels": [line.strip() for line in by_level(known.states)],
        "picture": Markup(picture),
        "wide": width_of(picture) > WIDE,
        "tables": tables,
        "short": SHORT,
        "absent": absent(known),
        "notes": [note(item) for item in notes.numbers],
        "say": phrase,
        "language": language(),
    }
    page = environment().get_template(TEMPLATE).render(values)
    # What can't be encoded (half a surrogate pair, from a broken file) must not cost the whole page.
    return page.encode("utf-8", errors="replace").decode("utf-8")


def drawing(known: Findings) -> str:
    """Return the picture of what is known, with the states of the units; "" where there is nothing to draw."""
    return svg(known.cascade, standings=known.units) if known.cascade.edges or known.units else ""


def width_of(picture: str) -> float:
    """Return the width of a drawing in pixels; 0 when there is none."""
    found = re.search(r'<svg[^>]* width="([\d.]+)"', picture)
    return float(found[1]) if found else 0


def environment() -> Environment:
    """Return a Jinja environment that escapes whatever a document says."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("present", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def findings(store: Store, directive: Document, wish: Wish) -> Findings:
    """Return what the store has on one directive; `QueryError` where the place is none of the register."""
    from kg.graph import lineage
    from kg.store import source_count
    from kg.timeline import timeline

    found = implementers_within(store, directive, wish.within, wish.on, wish.level)
    events = timeline(store, directive.id, on=wish.on)
    cascade, sources = lineage(store, directive.id, up=False), source_count(store)
    if wish.everyone:
        asked, states = coverage(store, directive, wish.within, wish.on, wish.level)
        units = of_places(states, asked.on)
        return Findings(
            directive, found, events, sources, part_of(cascade, units, wish), units, wish.level, asked, states
        )
    units = of_units(found)
    return Findings(directive, found, events, sources, part_of(cascade, units, wish), units, wish.level)


# ---- the answer -----------------------------------------------------------------------------------------------------


def answers(known: Findings) -> list[str]:
    """Return the answer in a sentence: with a place named, how many of those expected there are found."""
    if known.asked:
        return [summary(known.asked, known.states)]
    return [answer(known.directive, known.found, known.sources, known.level)]


def absent(known: Findings) -> list[tuple[str, list[str]]]:
    """Return the units of which no document is here: the unit above them, and their names."""
    states = [state for state in known.states if state.state == "absent" and not state.before]
    return list(by_unit_above(states, known.directive, known.asked.on).items()) if known.asked else []


# ---- the tables -----------------------------------------------------------------------------------------------------


def implementers(known: Findings, notes: Footnotes) -> list[Row]:
    """Return a row for each unit and document that carried the directive out."""
    events = {event.document.id: event for event in known.events}
    rows: list[Row] = []
    for line in known.found:
        event = events.get(line.document.id) if line.document else None
        cells = (
            unit_name(line.unit),
            full_name(line.document) if line.document else "",
            written_date(line.date),
            in_time(line.days, event, known),
            state_words(state_of(line)),
        )
        rows.append(row(line.unit.level, cells, line.evidence, notes))
    return rows


def others(known: Findings, notes: Footnotes) -> list[Row]:
    """Return a row for each expected unit of which something is here, and nothing that it did."""
    states = [state for state in known.states if state.state not in FOUND]
    heard = [state for state in states if state.state != "absent" or state.before]
    rows: list[Row] = []
    for state in heard:
        before = [
            phrase("before merging", unit=old.name, state=known_words(old.state, old.undecided)) for old in state.before
        ]
        more = f", {phrase('more files', n=len(state.read) - FILES)}" if state.read[FILES:] else ""
        cells = (
            unit_name(state.name),
            "; ".join([known_words(state.state, state.undecided), *before]),
            ", ".join(state.read[:FILES]) + more if state.state == "silent" else "",
        )
        rows.append(row(state.level, cells, state.evidence, notes))
    return rows


def in_time(days: int | None, event: Event | None, known: Findings) -> str:
    """Return after how many days, and how that stands to the bounds: "sau 45 ngày (trong 60 ngày)".

    The bounds count from the document above; where that is not the directive itself, both are said:
    "sau 98 ngày; sau 780/KH-UBND 15 ngày (trong 30 ngày)".
    """
    pace = pace_words(event.pace, known.bounds) if event else ""
    after = after_above(event, known.directive) if event else ""
    words = "; ".join(part for part in (days_words(days), after) if part)
    return f"{words} ({pace})" if words and pace else words or pace


def after_above(event: Event, directive: Document) -> str:
    """Return how long after the document above it a document came, "" where that is the directive or has no pace."""
    if event.parent is None or event.parent.id == directive.id or event.pace is None:
        return ""
    key = "days after above" if event.parent_days else "same day as above"
    return phrase(key, n=event.parent_days, name=event.parent.full or full_name(event.parent))


def counting(known: Findings) -> list[str]:
    """Return what is to be said below the table of times: from where days, and what is counted above."""
    shown = {line.document.id for line in known.found if line.document}
    twice = [event for event in known.events if event.document.id in shown and after_above(event, known.directive)]
    days = [phrase("summary counting", name=full_name(known.directive))] if twice else []
    return [*days, phrase("summary places")] if known.asked else days


def row(level: str, cells: tuple[str, ...], evidence: Sequence[Evidence], notes: Footnotes) -> Row:
    """Return one row with the numbers of its first sentences."""
    return Row(labels("level").get(level, level), cells, notes.of(evidence), max(0, len(evidence) - SHOWN))


def note(evidence: Evidence) -> dict[str, str]:
    """Return one footnote: the sentence, its file, the rule that read it."""
    return {"text": evidence.text, "file": evidence.source, "rule": rule_words(evidence.rule)}
