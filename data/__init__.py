"""What the program knows about Vietnamese administration: one CSV for each subject, described in data/README.md."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import StringIO


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of data/<name>.csv, each by the names of its header row."""
    return tuple(csv.DictReader(StringIO(path(f"{name}.csv").read_text(encoding="utf-8"))))


def path(name: str) -> Traversable:
    """Return where a file of this package lies."""
    return files(__name__).joinpath(name)
