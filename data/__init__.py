"""What the program knows about Vietnamese administration: one CSV for each subject, described in data/README.md."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of data/<name>.csv, each by the names of its header row."""
    with path(f"{name}.csv").open("r", encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def path(name: str) -> Traversable:
    """Return where a file of this package lies."""
    return files(__name__).joinpath(name)
