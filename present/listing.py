"""Rows as a table for people, as JSON or CSV for programs: one form of listing for all commands."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.language import phrase
from present.console import faint, strong, width
from present.words import one_line

FORMATS = ("table", "json", "csv")
GAP = "  "
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LEAST = 8  # columns of a cell that must give way


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its `name` for programs, its `heading` (words or their key) and what people see of a row."""

    name: str
    heading: str
    show: Callable[[dict[str, Any]], str] | None = None

    def cell(self, row: dict[str, Any]) -> str:
        """Return what the table shows of `row` in this column."""
        value = row.get(self.name)
        return one_line(self.show(row)) if self.show else one_line("" if value is None else str(value))


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of plain values, the columns that a table shows, a `head` before it and `notes` under each of its lines.

    Programs get all `rows`; where people read better without some of them, `table_rows` are those that the table shows,
    and `foot` says the others in a few words. `names` head the columns of CSV even when there are no rows.
    """

    rows: Sequence[dict[str, Any]]
    columns: Sequence[Column]
    head: Sequence[str] = ()
    notes: Callable[[dict[str, Any]], Sequence[str]] = field(default=lambda row: ())
    table_rows: Sequence[dict[str, Any]] | None = None
    foot: Sequence[str] = ()
    names: Sequence[str] = ()

    def render(self, form: str) -> str:
        """Return the listing in one of `FORMATS`."""
        if form == "json":
            return json.dumps(list(self.rows), ensure_ascii=False, indent=1)
        return as_csv(self.rows, self.names) if form == "csv" else self.as_table()

    def as_table(self) -> str:
        """Return head, headings and lines, wrapped to the terminal."""
        lines = [line for words in self.head for line in wrapped(words, "", width())]
        rows = self.rows if self.table_rows is None else self.table_rows
        if rows:
            cells = [[column.cell(row) for column in self.columns] for row in rows]
            used = [i for i in range(len(self.columns)) if any(row[i] for row in cells)]
            headings = [heading_words(self.columns[i].heading) for i in used]
            chosen = [[row[i] for i in used] for row in cells]
            widths = fitting([headings, *chosen], width())
            if lines:
                lines.append("")
            lines += [strong(line) for line in line_up(headings, widths)]
            for row, shown in zip(rows, chosen, strict=True):
                lines += line_up(shown, widths)
                lines += [faint(line) for note in self.notes(row) for line in wrapped(note, "    ", width())]
        lines += [
            line for words in self.foot for line in wrapped(words, words[: len(words) - len(words.lstrip())], width())
        ]
        return "\n".join(lines)


def heading_words(heading: str) -> str:
    """Return a heading: a key "column ..." of the catalogue in words; a document's or a variable's name as it is."""
    return phrase(heading) if heading.startswith("column ") else heading


def as_csv(rows: Sequence[dict[str, Any]], names: Sequence[str] = ()) -> str:
    """Return rows with a header, `names` or what the rows have; lists joined by "; ", records inside a row as JSON."""
    names = names or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([[plain(row.get(name)) for name in names] for row in rows])
    return out.getvalue()


def plain(value: Any) -> str:
    """Return a value for one cell of a CSV file."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return plain("; ".join(value))
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    # A spreadsheet would take a text that starts so for a formula.
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def fitting(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return a width for each column: as wide as its cells, the widest ones narrowed until a line fits `room`.

    Dates and numbers are broken only where breaking at blanks is not enough.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    words = [max((len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    for least in (words, [LEAST] * len(words)):
        while sum(widths) + len(GAP) * (len(widths) - 1) > room:
            wide = [i for i in range(len(widths)) if widths[i] > least[i]]
            if not wide:
                break
            widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def line_up(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Return the lines of one row, each cell wrapped to its width."""
    parts = [broken(cell, size) or [""] for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, parts))
    blocks = [
        [line.ljust(size) for line in part + [""] * (height - len(part))]
        for part, size in zip(parts, widths, strict=True)
    ]
    return [GAP.join(line).rstrip() for line in zip(*blocks, strict=True)]


def wrapped(text: str, indent: str, room: int) -> list[str]:
    """Return `text` as lines of at most `room` columns."""
    return broken(one_line(text), room, indent, indent) if text else [""]


def broken(text: str, room: int, first: str = "", rest: str = "") -> list[str]:
    """Return `text` broken at blanks, never at the hyphens of numbers; `first` and `rest` stand before the lines."""
    return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
