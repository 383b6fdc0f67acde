"""Passages that answer a search: under the report that holds them, with their section and the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.words import capital, written_date
from present.console import faint, plain_colours, strong, width
from present.listing import Column, Listing, wrapped
from present.words import count_words, unit_name

if TYPE_CHECKING:
    from search.search import Result, Results

OPEN, CLOSE = "\ue000", "\ue001"  # stand for the marks until lines are broken; no text has them


def render(found: Results, query: str, sources: int, form: str) -> str:
    """Return what was found as text to read, JSON or CSV."""
    if form == "table":
        return "\n".join(as_text(found, query, sources))
    return Listing([row_of(result) for result in found.hits], [Column("text", "Đoạn")]).render(form)


def row_of(result: Result) -> dict[str, Any]:
    """Return one hit as plain values; `marks` are the (start, end) of the words within `text`."""
    passage = asdict(result.passage)
    names = ("source", "document", "type", "number", "unit", "level", "province", "date", "section", "kind")
    row = {name: passage[name] for name in names}
    row |= {"text": passage["text"], "marks": [list(mark) for mark in result.marks]}
    return row | {"start": passage["start"], "end": passage["end"], "score": round(result.score, 4)}


def as_text(found: Results, query: str, sources: int) -> Iterator[str]:
    """Yield the count, then the passages grouped by report, the best report first."""
    if not found.total:
        yield f"Không tìm thấy đoạn nào có {query} trong {count_words(sources)} tài liệu này."
        return
    reports: dict[str, list[Result]] = {}
    for hit in found.hits:
        reports.setdefault(hit.passage.source, []).append(hit)
    shown = f"; dưới đây là {len(found.hits)} đoạn phù hợp nhất" if found.total > len(found.hits) else ""
    yield f"Tìm thấy {count_words(found.total)} đoạn{shown}, trong {len(reports)} tài liệu:"
    for hits in reports.values():
        yield ""
        yield from report_lines(hits[0])
        for hit in hits:
            yield from passage_lines(hit)


def report_lines(hit: Result) -> Iterator[str]:
    """Yield the line of a report: what it is, whose, of when, and its file."""
    passage = hit.passage
    name = f"{capital(passage.type or 'tài liệu')} {passage.number or '(không số)'}"
    parts = (name, unit_name(passage.unit), written_date(passage.date), passage.source)
    lines = wrapped(" · ".join(part for part in parts if part), "", width())
    yield from (strong(line) for line in lines)


def passage_lines(hit: Result) -> Iterator[str]:
    """Yield the section of a passage, and its words with those that answer marked."""
    if hit.passage.section:
        yield from (faint(line) for line in wrapped(" › ".join(hit.passage.section), "  ", width()))
    shown = hit.snippet
    yield from painted(wrapped(marked(shown.text, shown.marks), "    ", width()))


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
