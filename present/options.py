"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from kg.language import phrase
from present.console import in_utf8
from present.listing import FORMATS

Command = Callable[..., Any]

LEVEL_WORDS = {
    "trung uong": "trung ương",
    "tw": "trung ương",
    "central": "trung ương",
    "tinh": "tỉnh",
    "province": "tỉnh",
    "huyen": "huyện",
    "district": "huyện",
    "xa": "xã",
    "commune": "xã",
    "khac": "khác",
    "other": "khác",
}


def listed(command: Command) -> Command:
    """Add --format and --output to a command that prints a listing."""
    return form_option(output_option(command))


def form_option(command: Command) -> Command:
    """Add --format table|json|csv."""
    words = "How rows are printed: table to read, json or csv for programs."
    return click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help=words)(
        command
    )


def output_option(command: Command) -> Command:
    """Add --output FILE."""
    path = click.Path(path_type=Path, dir_okay=False, readable=False)
    words = "Write to FILE instead of the screen; CSV gets the mark by which Excel knows UTF-8."
    return click.option("-o", "--output", type=path, metavar="FILE", help=words)(command)


def engine_option(command: Command) -> Command:
    """Add --engine tantivy|whoosh."""
    return click.option("--engine", metavar="tantivy|whoosh", help="What searches.  [default: tantivy]")(command)


def base_option(command: Command) -> Command:
    """Add --base IRI."""
    from kg.rdf import BASE

    words = "What the IRIs of RDF begin with: an address or urn of your own."
    return click.option(
        "--base", envvar="THONGSUOT_BASE", default=BASE, show_default=True, show_envvar=True, metavar="IRI", help=words
    )(command)


class Words(click.ParamType[str]):
    """Words as typed, mended where Python takes the letters of the machine for plain ASCII (LC_ALL=C)."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words, decoded as the UTF-8 that they are."""
        return in_utf8(str(value))


class Level(click.ParamType[str]):
    """An administrative level, as people type it: tỉnh, tinh, huyện, xã, trung ương, province, district, commune."""

    name = "tỉnh|huyện|xã|trung ương"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the level as the store writes it."""
        from kg.fold import fold

        level = LEVEL_WORDS.get(fold(in_utf8(str(value))))
        if level is None:
            self.fail(phrase("level wanted", value=value), param, ctx)
        return level


class Day(click.ParamType[str]):
    """A day, month or year as people write it: 30/6/2025, 6/2025, 2025, 2025-06-30."""

    name = "dd/mm/yyyy"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day as the store writes it: "2025-06-30", "2025-06", "2025"."""
        text = str(value).strip()
        parts = text.split("-") if "-" in text else text.replace(".", "/").split("/")[::-1]
        try:
            year, *rest = (int(part) for part in parts)
            date(year, *[*rest, 1, 1][:2])
        except (ValueError, TypeError):
            self.fail(phrase("day wanted", value=value), param, ctx)
        if len(rest) > 2:
            self.fail(phrase("day wanted", value=value), param, ctx)
        return "-".join([f"{year:04}", *(f"{part:02}" for part in rest)])


class Days(click.ParamType[tuple[int, ...]]):
    """Some numbers of days, rising: 30,60."""

    name = "days,days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Return the numbers."""
        if isinstance(value, tuple):
            return value
        words = [part.strip() for part in str(value).split(",")]
        if not all(word.isdecimal() and int(word) for word in words):
            self.fail(phrase("days wanted", value=value), param, ctx)
        return tuple(sorted({int(word) for word in words}))
