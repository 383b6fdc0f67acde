"""What goes into the store and out of it again: files read, forgotten, indexed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from commands.meant import FILE
from kg.language import phrase
from present.console import talk
from present.manners import FAILED
from present.options import Words, engine_option
from present.spoken import Spoken


@click.command(cls=Spoken)
@click.option("--into", type=FILE, default="thongsuot-demo", show_default=True, metavar="DIR", help="Its own store.")
@click.pass_context
def demo(context: click.Context, into: Path) -> None:
    """The three answers, on sample documents.

    Reads the shipped samples into a fresh store, answers the three questions and writes the lineage page.

    \b
    Example:
      thongsuot demo
    """
    from present.demo import run

    run(into, context.find_root().command)


@click.command(cls=Spoken)
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="PATH...")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    envvar="THONGSUOT_JOBS",
    show_envvar=True,
    metavar="N",
    help="How many files are read at once.  [default: one for each core]",
)
@click.option("--check-content", is_flag=True, help="Read files of the same size and date too.")
@click.option("--forget-missing", is_flag=True, help="Take out what files said that are gone from their folder.")
@click.option("-q", "--quiet", is_flag=True, help="Say only which files failed.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line: each file as it is kept, then the account."
)
@click.pass_obj
def ingest(directory: Path, /, paths: tuple[Path, ...], quiet: bool, as_json: bool, **options: Any) -> None:
    """Read files and folders into the store.

    Reads Word (.docx, .doc), PDF, OpenDocument (.odt), .rtf, .txt, .md and .html, scans and pictures of pages, and .zip
    of them. What was read before is not read again; a changed file replaces what it said before; what a file said that
    is gone is kept. What was reported as kept is safe, whatever happens: a run that was stopped goes on where it was.

    \b
    Examples:
      thongsuot ingest BAO-CAO/
      thongsuot --store kho-2023 ingest bao-cao-huyen.txt ke-hoach/
      thongsuot ingest --json BAO-CAO/ > nhat-ky.jsonl
    """
    from jobs.bounds import limits_setting
    from jobs.gather import Options, gather
    from present.account import account_lines, account_object, failure_lines, note_lines
    from present.progress import progress_for

    account = gather(directory, paths, progress_for(quiet, as_json), Options(**options, limits=limits_setting()))
    for line in failure_lines(account):
        talk(line)
    if account.unindexed:
        talk(account.unindexed)
    if as_json:
        click.echo(account_object(account))
    elif not quiet:
        for line in note_lines(account):
            talk(line)
        click.echo("\n".join(account_lines(account)))
    if account.stopped:
        raise KeyboardInterrupt
    if account.failures or account.unindexed:
        raise click.exceptions.Exit(FAILED)


@click.command(cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs; offsets count in the file's text.")
def extract(file: Path, as_json: bool) -> None:
    """What one file says, before any store.

    \b
    Examples:
      thongsuot extract bao-cao.txt
      thongsuot extract bao-cao.txt --json > bao-cao.json
    """
    from jobs.bounds import is_risky, limits_setting
    from present.said import as_object, as_page

    limits = limits_setting()
    if is_risky(file):
        from jobs.reading import read_apart as read
    else:
        from ingest.pipeline import extract as read
    said = read(file, file.name, limits)
    click.echo(json.dumps(as_object(said), ensure_ascii=False, indent=1) if as_json else "\n".join(as_page(said)))


@click.command(cls=Spoken)
@click.argument("name", type=Words())
@click.pass_obj
def remove(directory: Path, name: str) -> None:
    """Forget what a file said.

    All that only this file says goes; the file itself stays where it is. NAME is its name below the folder that was
    ingested, as `thongsuot search` shows it.

    \b
    Example:
      thongsuot remove bao-cao-huyen.txt
    """
    from jobs.gather import forget

    forget(directory, name)
    talk(phrase("removed", name=name))


@click.command(cls=Spoken)
@engine_option
@click.pass_obj
def reindex(directory: Path, engine: str | None) -> None:
    """Build the search index again.

    \b
    Examples:
      thongsuot reindex
      thongsuot reindex --engine whoosh
    """
    from jobs.gather import rebuild_index
    from present.words import count_words

    count, note = rebuild_index(directory, engine)
    if note:
        talk(note)
    talk(phrase("indexed", n=count_words(count)))


@click.command(cls=Spoken)
@click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for programs.")
@click.pass_obj
def verify(directory: Path, quiet: bool, as_json: bool) -> None:
    """Check that store and search index are whole.

    Looks whether the store's file is whole, every text is the one that was read, every sentence stands where the store
    says, every conclusion follows from what the files say, and the search index has all of it. Nothing is changed; what
    is wrong is named with what helps, and the exit code is 1.

    \b
    Examples:
      thongsuot verify
      thongsuot --store kho-2023 verify --json
    """
    from jobs.verify import verify as look
    from present.account import finding_lines, findings_object
    from present.progress import progress_for

    checked = look(directory, progress_for(quiet or as_json, False))
    if as_json:
        click.echo(findings_object(checked))
    elif checked.findings or not quiet:
        click.echo("\n".join(finding_lines(checked)))
    if checked.findings:
        raise click.exceptions.Exit(FAILED)


@click.command(cls=Spoken)
@click.argument("into", type=FILE, metavar="DIR")
@click.pass_obj
def backup(directory: Path, into: Path) -> None:
    """Copy the store, even while it is being written.

    DIR becomes a store of its own: `thongsuot --store DIR who ...` answers from it. The search index is not copied; the
    first search makes it again.

    \b
    Example:
      thongsuot backup E:/sao-luu/kho-2026-11
    """
    from jobs.verify import back_up

    back_up(directory, into)
    talk(phrase("copied", path=into))
