"""Who of those expected has been heard of: the answer in a sentence, the counts by level, then those not found.

    Trong 117 đơn vị của tỉnh Bắc Kạn (theo địa giới ngày 12/05/2023): tìm thấy 8: 6 có văn bản riêng, ...;
    1 có tài liệu, không nêu; 108 chưa có tài liệu.

It says what was found and what was not, never that somebody did nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from kg import register
from kg.language import phrase
from kg.model import Document
from kg.states import FOUND, Asked, State
from kg.who_counts import counted, heard_of
from kg.words import capital, data_name, labels, written_date
from present.listing import Column, Listing
from present.who import proof, rules_line
from present.words import (
    count_words,
    date_words,
    days_words,
    did_words,
    document_line,
    in_words,
    level_word,
    state_words,
    unit_name,
)

SHOWN = 2  # sentences under a line of the table; JSON and CSV carry all
LISTED = 40  # silent files named in a line

COLUMNS = (
    Column("level", "column level", lambda row: level_word(row["level"])),
    Column("unit", "column unit", lambda row: unit_name(row["unit"])),
    Column("state", "column state", lambda row: known_words(row["state"], row["undecided"])),
    Column("document", "column document", lambda row: in_words(row["document"] or "")),
    Column("date", "column date", lambda row: written_date(row["date"])),
    Column("days", "column days", lambda row: days_words(row["days"])),
)


def coverage_listing(directive: Document, asked: Asked, found: Sequence[State], *, missing: bool) -> Listing:
    """Return the listing of all expected units, or only of those of which nothing is known to have been done."""
    head = [document_line(directive), *([directive.title] if directive.title else []), summary(asked, found)]
    head += by_level(found)
    shown = [state for state in found if not missing or state.state not in FOUND]
    rows = [row_of(state) for state in shown]
    absent = [state for state in shown if state.state == "absent" and not state.before]
    named = [row for row, state in zip(rows, shown, strict=True) if state not in absent]
    return Listing(rows, COLUMNS, head, notes, table_rows=named, foot=nothing_here(absent, directive, asked.on))


def summary(asked: Asked, found: Sequence[State]) -> str:
    """Return the answer in a sentence: how many of how many were found, and of the others what is known."""
    if not found:
        return none_of_level(asked)
    counts = counted(found)
    heard = heard_of(counts)
    where = place_names(asked)
    kinds = ", ".join(so_many(n, s) for s, n in counts.items() if s in FOUND)
    rest = "; ".join(so_many(n, s) for s, n in counts.items() if s not in FOUND)
    answer = phrase("heard of", n=len(found), where=where, day=day_words(asked.on), heard=heard)
    return f"{answer}{f' ({kinds})' if kinds else ''}{f'; {rest}' if rest else ''}."


def none_of_level(asked: Asked) -> str:
    """Return the answer where no unit of the level asked for lies in the place: nobody could be found there."""
    level = level_word(asked.level or "").lower()
    return phrase("no unit of level", where=place_names(asked), level=level, day=day_words(asked.on))


def place_names(asked: Asked) -> str:
    """Return the places that are asked about: "huyện Bạch Thông"."""
    return ", ".join(f"{top.type} {top.name}" for top in asked.tops)


def so_many(count: int, state: str) -> str:
    """Return how many units are in a state: "6 có văn bản riêng"."""
    return f"{count_words(count)} {did_words(state, count)}"


def day_words(on: str) -> str:
    """Return "theo địa giới ngày 12/05/2023": the day whose units are meant."""
    return phrase("units as on", day=date_words(on))


def by_level(found: Sequence[State]) -> list[str]:
    """Return a line for each level: how many are found of how many."""
    lines = []
    for level in dict.fromkeys(state.level for state in found):
        own = [state for state in found if state.level == level]
        heard = count_words(heard_of(counted(own)))
        lines.append(f"  {labels('level').get(level, level)}: {heard}/{count_words(len(own))}")
    return lines


def row_of(state: State) -> dict[str, Any]:
    """Return one unit as plain values."""
    line = state.lines[0] if state.lines else None
    evidence = [item for own in state.lines for item in own.evidence] or list(state.evidence)
    return {
        "level": state.level,
        "unit": state.name,
        "place": register.full_name(state.place) if state.place else None,
        "code": state.place.code if state.place else None,
        "state": state.state,
        "document": data_name(line.document) if line and line.document else None,
        "date": line.date if line else None,
        "days": line.days if line else None,
        "documents": [data_name(own.document) for own in state.lines if own.document],
        "evidence": [asdict(item) for item in dict.fromkeys(evidence)],
        "read": list(state.read),
        "older": list(state.older),
        "undecided": state.undecided,
        "before": [{"unit": old.name, "state": old.state, "undecided": old.undecided} for old in state.before],
    }


def known_words(state: str, undecided: bool) -> str:
    """Return what a state is called; where it is `undecided` what is named, that it may be the directive."""
    return f"{state_words(state)} ({phrase('perhaps this one')})" if undecided else state_words(state)


def notes(row: dict[str, Any]) -> list[str]:
    """Return the lines below one unit: sentences, files that do not name the directive, who was there before."""
    lines = [proof(item) for item in row["evidence"][:SHOWN]]
    lines += rules_line(row["evidence"][:SHOWN])
    if row["state"] == "silent":
        lines.append(phrase("files read", names=files_words(row["read"])))
    if row["state"] == "absent" and row["older"]:
        lines.append(phrase("older files", names=files_words(row["older"])))
    for old in row["before"]:
        known = known_words(old["state"], old["undecided"])
        lines.append(phrase("before merging", unit=old["unit"], state=known))
    return lines


def files_words(names: Sequence[str]) -> str:
    """Return the names of files, the first of many."""
    more = len(names) - LISTED
    return ", ".join([*names[:LISTED], *([phrase("more files", n=more)] if more > 0 else [])])


def nothing_here(absent: Iterable[State], directive: Document, on: str) -> list[str]:
    """Return the units of which no document is here, in a line for each unit above them."""
    above = by_unit_above(absent, directive, on)
    if not above:
        return []
    lines = [f"  {where + ': ' if where else ''}{', '.join(names)}" for where, names in above.items()]
    return ["", f"{capital(state_words('absent'))}:", *lines]


def by_unit_above(states: Iterable[State], directive: Document, on: str) -> dict[str, list[str]]:
    """Return the names of places by the full name of the unit above each, as on that day.

    Where documents from before the directive are here, it is said beside the name.
    """
    above: dict[str, list[str]] = defaultdict(list)
    for state in states:
        if state.place is not None:
            parent = register.parent_of(state.place, on)
            name = f"{state.place.type} {state.place.name}"
            if state.older:
                name += f" ({phrase('only older', day=date_words(directive.date or ''))})"
            above[register.full_name(parent, on) if parent else ""].append(name)
    return dict(above)
