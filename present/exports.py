"""The whole store in the form that a program wants: JSON, tables, RDF, graphs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg.language import saying, speaking, system_words
from kg.model import QueryError
from kg.rdf import FORMATS as RDF_FORMATS
from present.console import write, write_bytes, write_pieces
from present.listing import as_csv

if TYPE_CHECKING:
    from kg.store import Store

GRAPHS = ("graphml", "node-link")
FORMATS = ("json", "csv", "xlsx", *RDF_FORMATS, *GRAPHS)


def export(store: Store, form: str, base: str, output: Path | None) -> None:
    """Write the store to `output`, to stdout without one."""
    if form == "csv":
        write_tables(store, output)
    elif form == "xlsx":
        write_workbook(store, output)
    elif form in RDF_FORMATS:
        from kg.rdf.files import export as pieces

        write_pieces(pieces(store, form, base), output)
    elif form in GRAPHS:
        from kg.exchange import store_as

        write(store_as(store, form), output, form)
    else:
        write(json.dumps(store.export(), ensure_ascii=False, indent=1), output, form)


def write_tables(store: Store, output: Path | None) -> None:
    """Write one CSV file for each table into the folder `output`, made when it is not there."""
    from kg.tables import tables

    if output is None:
        raise QueryError(saying("csv folder"))
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QueryError(saying("no folder made", path=output, reason=system_words(error))) from None
    for table in tables(store):
        with speaking("vi"):  # programs get the same names whatever language is spoken
            text = as_csv(list(table.rows), list(table.columns))
        write(text, output / f"{table.name}.csv", "csv")


def write_workbook(store: Store, output: Path | None) -> None:
    """Write the tables as one workbook for Excel."""
    from present.workbook import workbook

    if output is None:
        raise QueryError(saying("workbook file"))
    write_bytes(workbook(store), output)
