"""What a search found: cards of what the query names, reports with their passages and the words marked, counts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from kg.language import Saying, language, phrase, saying
from kg.model import Unit
from kg.words import labels, type_word, written_date
from present.console import faint, plain_colours, strong, width
from present.listing import Column, Listing, wrapped
from present.words import count_words, document_line, tidy, unit_name
from search.fields import LEVELS

if TYPE_CHECKING:
    from jobs.asking import Card
    from search.answers import Answer
    from search.explain import Reason
    from search.search import Result

OPEN, CLOSE = "\ue000", "\ue001"  # stand for the marks until lines are broken; no text has them
FIELDS = {"level": "cấp", "province": "tỉnh", "unit": "đơn vị", "year": "năm", "type": "loại", "cites": "dẫn"}  # typed
LEVEL_NAMES = {level: word for word, level in LEVELS.items()}  # the last spelling of each is the English one
VALUES = 5  # of one facet, in the table
FEW = 5  # passages that nobody needs to narrow
CARDS = 5  # of one number
COPIES = 3  # names of other files with the same words
TERMS = 12  # of one passage's score


@dataclass(frozen=True, slots=True)
class Found:
    """An answer and what stands around it: the query as typed, its cards, the first report's place, files in all.

    `reasons`, by the id of the passage, say why it stands where it stands; none where they were not asked for.
    `scans` are those of the sources whose words were recognised.
    """

    answer: Answer
    query: str
    cards: Sequence[Card] = ()
    offset: int = 0
    sources: int = 0
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    scans: frozenset[str] = frozenset()


def render(found: Found, form: str) -> str:
    """Return what was found as text to read, as rows in JSON or CSV, or as one JSON object ("object")."""
    if form == "table":
        return "\n".join(as_text(found))
    rows = [row_of(hit) | why(found, hit) for report in found.answer.page for hit in report.hits]
    if form == "object":
        return json.dumps(as_object(found, rows), ensure_ascii=False, indent=1)
    return Listing(rows, [Column("text", "column passage")]).render(form)


def facets_listing(facets: Mapping[str, Mapping[str, int]]) -> Listing:
    """Return the counts as a listing: field, value, passages."""
    rows = [
        {"field": name, "value": value, "count": count}
        for name, values in facets.items()
        for value, count in values.items()
    ]
    columns = (
        Column("field", "column query field", lambda row: field_word(row["field"])),
        Column("value", "column value"),
        Column("count", "column passages", lambda row: count_words(row["count"])),
    )
    return Listing(rows, columns)


# ---- for programs ---------------------------------------------------------------------------------------------------


def row_of(result: Result) -> dict[str, Any]:
    """Return one hit as plain values; `marks` are the (start, end) of the words within `text`."""
    passage = asdict(result.passage)
    names = ("source", "document", "type", "number", "unit", "level", "province", "date", "title", "section", "kind")
    row = {name: passage[name] for name in names}
    row |= {"text": passage["text"], "marks": [list(mark) for mark in result.marks]}
    row |= {"start": passage["start"], "end": passage["end"], "score": round(result.score, 4)}
    return row | {"cites": list(result.passage.directives), "copies": list(result.copies)}


def why(found: Found, result: Result) -> dict[str, Any]:
    """Return the reason of one hit under "why", nothing where it was not asked for."""
    reason = found.reasons.get(result.passage.id)
    if reason is None:
        return {}
    terms = [{"field": term.field, "text": term.text, "adds": round(term.adds, 4)} for term in reason.terms]
    parts = {name: round(value, 4) for name, value in reason.parts.items()}
    return {"why": {"score": round(reason.score, 4), "parts": parts, "terms": terms}}


def as_object(found: Found, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the whole answer as one object."""
    answer = found.answer
    return {
        "query": found.query,
        "conditions": [one.shown for one in answer.query.conditions],
        "passages": answer.passages,
        "reports": answer.reports,
        "offset": found.offset,
        "cards": [{"ref": card.ref, "found": [asdict(one) for one in card.found]} for card in found.cards],
        "did_you_mean": answer.meant,
        "notes": list(answer.notes),
        "facets": {name: dict(values) for name, values in answer.facets.items()},
        "more": {report.source: report.more for report in answer.page if report.more},
        "hits": list(rows),
    }


# ---- for people -----------------------------------------------------------------------------------------------------


def as_text(found: Found) -> Iterator[str]:
    """Yield the cards, the counts, then the passages grouped by report, the best report first."""
    answer = found.answer
    for card in found.cards:
        yield from card_lines(card)
    if found.cards:
        yield ""
    if answer.meant:
        yield phrase("did you mean", words=answer.meant)
    if not answer.passages:
        yield phrase("no passage", query=found.query, n=found.sources)
        return
    yield from wrapped(count_line(found), "", width())
    for report in answer.page:
        yield ""
        yield from report_lines(report.hits[0], found.scans)
        for hit in report.hits:
            yield from passage_lines(hit)
            yield from reason_lines(found.reasons.get(hit.passage.id))
        if report.more:
            yield faint(f"    {phrase('more passages', n=report.more)}")
    if answer.passages > FEW:
        yield from facet_lines(answer.facets)


def card_lines(card: Card) -> Iterator[str]:
    """Yield what a part of the query names, and how to ask more about it."""
    for one in card.found[:CARDS]:
        line = one.name if isinstance(one, Unit) else document_line(one)
        yield from (strong(part) for part in wrapped(f"► {line}", "", width()))
        if not isinstance(one, Unit) and one.title:
            yield from wrapped(one.title, "    ", width())
        yield faint(f"    thongsuot show {one.id}")
    if len(card.found) > CARDS:
        units = isinstance(card.found[0], Unit)
        words = {"n": len(card.found) - CARDS, "ref": card.ref}
        yield f"    {phrase('more units fit', **words) if units else phrase('more documents fit', **words)}"


def count_line(found: Found) -> str:
    """Return how much was found, and which part is shown."""
    answer = found.answer
    last = found.offset + len(answer.page)
    part = ""
    if not answer.page:
        part = phrase("past the last")
    elif len(answer.page) < answer.reports:
        part = phrase("files from to", first=found.offset + 1, last=last)
    line = tidy(phrase("passages found", passages=answer.passages, reports=answer.reports, part=part))
    conditions = ", ".join(one.shown for one in answer.query.conditions)
    return phrase("with conditions", line=line, conditions=conditions) if conditions else f"{line}:"


def report_lines(hit: Result, scans: frozenset[str]) -> Iterator[str]:
    """Yield the line of a report: what it is, whose, of when, its file, and whether that is a scan."""
    passage = hit.passage
    name = f"{type_word(passage.type) or phrase('file')} {passage.number or phrase('unnumbered')}"
    scan = phrase("from a scan") if passage.source in scans else ""
    parts = (name, unit_name(passage.unit), written_date(passage.date), passage.source, scan)
    lines = wrapped(" · ".join(part for part in parts if part), "", width())
    yield from (strong(line) for line in lines)


def passage_lines(hit: Result) -> Iterator[str]:
    """Yield the section of a passage, its words with those that answer marked, and who else has the same words."""
    if hit.passage.section:
        yield from (faint(line) for line in wrapped(" › ".join(hit.passage.section), "  ", width()))
    shown = hit.snippet
    yield from painted(wrapped(marked(shown.text, shown.marks), "    ", width()))
    if hit.copies:
        others = ", ".join(hit.copies[:COPIES]) + (", …" if len(hit.copies) > COPIES else "")
        words = phrase("same words", n=len(hit.copies), names=others)
        yield from (faint(line) for line in wrapped(words, "    ", width()))


def order_notes(answer: Answer, *, by_date: bool) -> list[Saying]:
    """Return what decides the order where scores do not: the day, or nothing where conditions alone were asked for."""
    if not answer.page:
        return []
    if by_date:
        return [saying("order by date")]
    conditions = ", ".join(one.shown for one in answer.query.conditions)
    if not any(one.score for one in answer.shown()):
        return [saying("order of conditions", conditions=conditions or "*")]
    return [saying("conditions only narrow", conditions=conditions)] if conditions else []


def reason_lines(reason: Reason | None) -> Iterator[str]:
    """Yield why a passage stands where it stands: the parts of its score, and what the words of the query add."""
    if reason is None or not (reason.score or reason.terms):
        return
    names, fields = labels("score"), labels("term")
    parts = [f"{names[part]} {points(value)}" for part, value in reason.parts.items()]
    terms = [f"{fields[one.field]} {one.text} {points(one.adds)}" for one in reason.terms[:TERMS]]
    more = f" · … {phrase('so many more', n=len(reason.terms) - TERMS)}" if len(reason.terms) > TERMS else ""
    score = phrase("score", points=points(reason.score), parts=" + ".join(parts))
    yield from (faint(line) for line in wrapped(score, "    ", width()))
    yield from (faint(line) for line in wrapped(" · ".join(terms) + more, "      ", width()))


def points(value: float) -> str:
    """Return a part of a score: "3,25" in Vietnamese, "3.25" in English."""
    return f"{value:.2f}".replace(".", "," if language() == "vi" else ".")


def facet_lines(facets: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Yield for each field that tells passages apart its commonest values with their counts, as they can be typed."""
    lines = []
    for name, values in facets.items():
        if len(values) > 1:
            first = [f"{short(name, value)} {count_words(n)}" for value, n in list(values.items())[:VALUES]]
            lines.append(f"  {field_word(name)}: {' · '.join(first)}{' · …' if len(values) > VALUES else ''}")
    if lines:
        yield ""
        yield phrase("narrow by")
        yield from (faint(part) for line in lines for part in wrapped(line, "  ", width()))


def field_word(name: str) -> str:
    """Return a field as it can be typed in a query."""
    return FIELDS[name] if language() == "vi" else name


def short(field: str, value: str) -> str:
    """Return a value of a facet for the table."""
    if field == "level" and language() == "en":
        return LEVEL_NAMES.get(value, value)
    return unit_name(value) if field == "unit" else value


def marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Return `text` with OPEN and CLOSE around the words at `marks`."""
    parts, last = [], 0
    for start, end in marks:
        parts += [text[last:start], OPEN, text[start:end], CLOSE]
        last = end
    return "".join([*parts, text[last:]])


def painted(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, the marks as «» or on a terminal as bold letters, also where a mark runs over two lines."""
    inside = False
    for line in lines:
        if not plain_colours():
            yield line.replace(OPEN, "«").replace(CLOSE, "»")
            continue
        shown = ""
        for part in re.split(f"([{OPEN}{CLOSE}])", line):
            if part in {OPEN, CLOSE}:
                inside = part == OPEN
            elif part:
                shown += strong(part) if inside else part
        yield shown
