"""The tables as one workbook for Excel: real dates, links from a fact to its sentence, and no formula that runs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from io import BytesIO
from itertools import starmap
from typing import TYPE_CHECKING, Any

from kg.language import language, phrase
from kg.tables import Table, tables
from kg.words import labels, type_word, written_date
from present.words import level_word, relation_word

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kg.store import Store

MOST_ROWS = 1_048_575  # of a sheet, beside its headings
MOST_LETTERS = 32_767  # of a cell
MOST_LINKS = 65_530  # of a sheet
FIRST_DAY = "1900-03-01"  # earlier days Excel counts wrongly or not at all
DATES = ("date", "source_date", "target_date", "document_date")
WIDTHS = {
    "title": 60,
    "text": 90,
    "issuer": 34,
    "source_issuer": 34,
    "target_issuer": 34,
    "unit": 44,
    "name": 44,
    "conflicts": 34,
}
LINKED = {"said_in": "sentences", "source_id": "documents", "target_id": "documents", "document_id": "documents"}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def workbook(store: Store) -> bytes:
    """Return the store as a workbook (.xlsx): a sheet for each table, the proving sentences on the last one."""
    from xlsxwriter import Workbook

    out = BytesIO()
    with store.snapshot(), Workbook(out, OPTIONS) as book:
        book.set_properties({"title": "thongsuot", "created": datetime(2000, 1, 1)})  # equal stores give equal files
        book.formats[0].set_text_wrap()
        book.formats[0].set_align("top")
        heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        link = book.add_format({"font_color": "#0B57A4", "underline": 1, "align": "top"})
        places: dict[str, dict[Any, str]] = {}
        for table in tables(store):
            sheet = book.add_worksheet(phrase(table.title))
            Sheet(sheet, link, places).fill(table, heading)
    return out.getvalue()


class Sheet:
    """One sheet as it is filled. `places` tells for each table in which cell an id stands."""

    def __init__(self, sheet: Worksheet, link: Format, places: dict[str, dict[Any, str]]) -> None:
        self.sheet, self.link, self.places = sheet, link, places
        self.links = 0

    def fill(self, table: Table, heading: Format) -> None:
        """Write the headings and the rows; where a sheet ends too soon its last line says so."""
        self.sheet.freeze_panes(1, 1)
        for column, (name, words) in enumerate(table.columns.items()):
            self.sheet.write_string(0, column, phrase(words), heading)
            self.sheet.set_column(column, column, WIDTHS.get(name, 18))
        places = self.places.setdefault(table.name, {})
        number = 0
        for number, row in enumerate(table.rows, 1):
            if number == MOST_ROWS:
                self.sheet.write_string(number, 0, phrase("sheet cut"))
                break
            places[row.get("id")] = f"internal:'{phrase(table.title)}'!A{number + 1}"
            for column, name in enumerate(table.columns):
                self.cell(number, column, name, row[name])
        self.sheet.autofilter(0, 0, max(number, 1), len(table.columns) - 1)

    def cell(self, row: int, column: int, name: str, value: Any) -> None:
        """Write one cell: a day as a date, a number as a number, all else as text that is never a formula."""
        if value is None or value == []:
            return
        target = self.target(name, value)
        if target:
            self.links += 1
            self.sheet.write_url(row, column, target, self.link, str(value)[:MOST_LETTERS])
            if isinstance(value, int):  # the link stays, the cell is a number to sort and look up
                self.sheet.write_number(row, column, value, self.link)
        elif name in DATES and len(value) == len(FIRST_DAY) and value >= FIRST_DAY:
            self.sheet.write_datetime(row, column, datetime.fromisoformat(value))
        elif isinstance(value, int):
            self.sheet.write_number(row, column, value)
        else:
            self.sheet.write_string(row, column, shown(name, value)[:MOST_LETTERS])

    def target(self, name: str, value: Any) -> str | None:
        """Return where a cell leads: from an id to its row, from the number of a sentence to the sentence."""
        if name not in LINKED or self.links >= MOST_LINKS:
            return None
        if LINKED[name] == "sentences":  # the sheet that comes last, a row for each number
            return f"internal:'{phrase('sheet sentences')}'!A{value + 1}" if value < MOST_ROWS else None
        return self.places.get(LINKED[name], {}).get(value)


def shown(name: str, value: Any) -> str:
    """Return a value in the words that people read."""
    if name == "conflicts":
        return otherwise(value)
    if isinstance(value, list):
        return "; ".join(map(written_date, value) if name == "dates" else value)
    if name in DATES:
        return written_date(value)
    if name == "relation":
        return relation_word(value)
    if name == "type":
        return type_word(value) if language() == "en" else str(value)
    known = labels(name) if name in {"status", "action", "kind"} else {}
    return level_word(value) if name == "level" else known.get(value, str(value))


def otherwise(conflicts: list[str]) -> str:
    """Return what is stated otherwise, a line for each field: "ngày ban hành: 06/03/2013; 03/06/2016 (2 lần)"."""
    stated: dict[str, Counter[str]] = {}
    for field, value in (conflict.split(": ", 1) for conflict in conflicts):
        stated.setdefault(field, Counter())[written_date(value) if field == "date" else value] += 1
    known = labels("conflict")
    return "\n".join(
        f"{known.get(field, field)}: {'; '.join(starmap(times, n.items()))}" for field, n in stated.items()
    )


def times(value: str, n: int) -> str:
    """Return a value with how often it is stated, where that is more than once."""
    return f"{value} ({phrase('so many times', n=n)})" if n > 1 else value
