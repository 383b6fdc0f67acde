"""Where words go: data to stdout, talk to stderr, both in UTF-8 whatever the code page of the machine."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.language import phrase, said, system_words

UNREAD = re.compile("[\udc80-\udcff]+")  # what Python makes of bytes that it cannot read
NARROW, WIDE, ENDLESS = 60, 160, 100_000


def prepare_streams() -> None:
    """Let stdout and stderr take any letter: a Windows code page (cp1258, cp1252) has no room for Vietnamese.

    One that is closed takes everything and shows nothing.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by who called us (`>&-`), or no console at all
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  open as long as the program
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def in_utf8(text: str) -> str:
    """Return `text` with the bytes that the system's encoding could not read taken for UTF-8."""
    return UNREAD.sub(lambda bytes: bytes[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace"), text)


def talk(words: str = "") -> None:
    """Print a line for the person at the keyboard, on stderr; a saying in the language spoken."""
    click.echo(in_utf8(str(said(words))), err=True)


def width() -> int:
    """Return the columns of the terminal; in a pipe or file lines have no end, so that `grep` finds whole sentences.

    COLUMNS in the environment decides for both.
    """
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS", "").isdecimal():
        return ENDLESS
    return min(max(shutil.get_terminal_size().columns, NARROW), WIDE)


def strong(text: str) -> str:
    """Return `text` in bold where the terminal shows that; click takes the signs away in pipes and files."""
    return click.style(text, bold=True) if plain_colours() else text


def faint(text: str) -> str:
    """Return `text` dimmed where the terminal shows that."""
    return click.style(text, dim=True) if plain_colours() else text


def plain_colours() -> bool:
    """Tell whether bold and dim are welcome: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def write(text: str, output: Path | None, form: str) -> None:
    """Print `text` to stdout, or into the file `output`; CSV gets there the mark by which Excel knows UTF-8."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    keep(
        [click.unstyle(text) + ("" if text.endswith("\n") else "\n")], output, "utf-8-sig" if form == "csv" else "utf-8"
    )


def write_pieces(pieces: Iterable[str], output: Path | None) -> None:
    """Print a long text piece by piece, or write it so into the file `output`."""
    if output is not None:
        keep(pieces, output)
        return
    for piece in pieces:
        click.echo(piece, nl=False)


def write_bytes(content: bytes, output: Path) -> None:
    """Write a file that is no text."""
    with kept(output):
        output.write_bytes(content)


def keep(pieces: Iterable[str], output: Path, encoding: str = "utf-8") -> None:
    """Write the pieces of a text into the file `output`."""
    with kept(output), output.open("w", encoding=encoding, errors="replace", newline="\n") as file:
        file.writelines(pieces)


@contextmanager
def kept(output: Path) -> Iterator[None]:
    """Say what was written, or in a sentence why it could not be."""
    try:
        yield
    except OSError as error:
        if not output.parent.is_dir():
            raise click.ClickException(phrase("no folder", path=output, folder=output.parent)) from error
        raise click.ClickException(phrase("cannot write", path=output, reason=system_words(error))) from error
    talk(phrase("written", path=output))
