"""The main job on the shipped samples: read them into a fresh store and answer the three questions."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib.resources import as_file
from pathlib import Path

import click

import data
from jobs.discovery import DEMO as MARK
from jobs.gather import gather
from kg.language import phrase, saying, system_words
from kg.model import StoreError
from present.account import account_lines, failure_lines, note_lines
from present.console import strong, talk
from present.progress import progress_for

PAGE = "lineage.html"
MARK_TEXT = "Made by `thongsuot demo`, which empties this folder each time. Keep nothing here.\n"

DIRECTIVE, QUERY, POLICY = "33/CT-TTg", '"giai phong mat bang"', "25-NQ/TW 2013"


def run(into: Path, commands: click.Command) -> None:
    """Make the demo's store in `into` and print the answers of `commands` to the three questions."""
    make_fresh(into)
    say(phrase("demo reads"), ["ingest", "data/samples"])
    click.echo(phrase("demo invented"))
    with as_file(data.path("samples")) as samples:
        account = gather(into, [samples], progress_for(quiet=False, as_json=False))
    for line in (*failure_lines(account), *note_lines(account)):
        talk(line)
    click.echo("\n".join(account_lines(account)))

    say(phrase("demo who"), ask(into, "who", DIRECTIVE))
    answer(commands, into, "who", DIRECTIVE)
    say(
        phrase("demo search"),
        ask(into, "search", QUERY),
    )
    answer(commands, into, "search", QUERY)
    say(
        phrase("demo lineage"),
        ask(into, "lineage", POLICY, "--html", str(into / PAGE)),
    )
    answer(commands, into, "lineage", POLICY, "--html", str(into / PAGE))
    click.echo("\n".join(closing(into)))


def make_fresh(into: Path) -> None:
    """Make `into` an empty folder of the demo; StoreError when it is somebody's."""
    if into.exists() and not (into / MARK).is_file() and (not into.is_dir() or any(into.iterdir())):
        raise StoreError(saying("not the demo's", path=into))
    try:
        if into.is_dir():
            shutil.rmtree(into)
        into.mkdir(parents=True)
        (into / MARK).write_text(MARK_TEXT, encoding="utf-8", newline="\n")
    except OSError as error:
        words = saying("demo not made", path=error.filename or into, reason=system_words(error))
        raise StoreError(words) from error


def ask(into: Path, *words: str) -> list[str]:
    """Return the command line that asks the same of the demo's store."""
    return ["--store", str(into), *words]


def say(words: str, command: Sequence[str]) -> None:
    """Print what comes next, and the command that does it."""
    click.echo("")
    click.echo(strong(f"== {words}"))
    click.echo(f"$ thongsuot {' '.join(quoted(word) for word in command)}")
    click.echo("")


def quoted(word: str) -> str:
    """Return `word` as a person types it at a prompt."""
    if '"' in word:
        return f"'{word}'"
    return f'"{word}"' if " " in word else word


def answer(commands: click.Command, into: Path, *words: str) -> None:
    """Answer a question as the command line does."""
    commands.main(ask(into, *words), prog_name="thongsuot", standalone_mode=False)


def closing(into: Path) -> list[str]:
    """Return what to do next."""
    page = (into / PAGE).resolve()
    return [
        "",
        strong(f"== {phrase('demo next')}"),
        phrase("demo picture", path=page),
        f"  {phrase('demo open')}",
        phrase("demo try"),
        f'  thongsuot --store {into} who "25-NQ/TW 2013"',
        f"  thongsuot --store {into} show 33/CT-TTg",
        f"  thongsuot ingest THU-MUC-BAO-CAO/       {phrase('demo own')}",
    ]
