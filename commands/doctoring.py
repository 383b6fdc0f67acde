"""What works on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kg.language import phrase, said
from present.manners import FAILED
from present.spoken import Spoken

# What checks are called; others are known by the endings of their files.
NAMES = {
    "picture": "doctor picture",
    "index": "doctor index",
    "console": "doctor console",
    "memory": "doctor memory",
    "store": "doctor store",
    "disk": "doctor disk",
}
STATES = {"good": "doctor good", "low": "doctor low", "missing": "doctor missing", "broken": "doctor broken"}
COLUMNS = {
    "what": "doctor column what",
    "state": "doctor column state",
    "by": "doctor column by",
    "detail": "doctor column detail",
}


@click.command(cls=Spoken)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each check, in a list.")
@click.pass_obj
def doctor(directory: Path, /, as_json: bool) -> None:
    """Which kinds of files this machine reads, and what is missing.

    Tries each reader and each outside program on a tiny example, and looks at Python, the store's folder, the disk and
    the search engine. Nothing is changed and nothing is fetched. For what is missing it says how to install it.

    \b
    Examples:
      thongsuot doctor
      thongsuot --store kho-2023 doctor --json
    """
    from jobs.doctor import examine, works

    checks = list(examine(directory))
    if as_json:
        rows = [asdict(check) | {"detail": said(check.detail)} for check in checks]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        click.echo(table(checks))
    if not works(checks):
        raise click.exceptions.Exit(FAILED)


def table(checks: list[Any]) -> str:
    """Return the checks as a table; under those that are missing, how to get them."""
    from present.listing import Column, Listing

    rows = [
        {
            "what": phrase(NAMES[check.name]) if check.name in NAMES else ", ".join(check.endings[:4]) or "Python",
            "state": phrase(STATES[check.state]),
            "by": check.by,
            "detail": said(check.detail),
            "get": check.get or {},
        }
        for check in checks
    ]
    columns = [Column(name, phrase(key)) for name, key in COLUMNS.items()]

    def how(row: dict[str, Any]) -> list[str]:
        return [f"{system}: {command}" for system, command in row["get"].items()]

    return Listing(rows, columns, notes=how).render("table")
