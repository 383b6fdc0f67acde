"""What one file may cost: the limits by the environment, and which files must be read where they can be stopped."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from ingest.readers.limits import DEFAULT, MEGABYTE, Limits
from kg.language import saying
from kg.model import QueryError

# A setting, the field of `Limits` that it gives, and what its number counts.
SETTINGS = {
    "THONGSUOT_SECONDS": ("seconds", 1),
    "THONGSUOT_PAGE_SECONDS": ("page_seconds", 1),
    "THONGSUOT_MEMORY": ("memory", MEGABYTE),
    "THONGSUOT_FILE": ("file", MEGABYTE),
    "THONGSUOT_UNPACKED": ("unpacked", MEGABYTE),
    "THONGSUOT_MEMBERS": ("members", 1),
    "THONGSUOT_PAGES": ("pages", 1),
    "THONGSUOT_LETTERS": ("text", 1),
}
HEAD = 4096  # bytes that tell text from all else


def limits_setting() -> Limits:
    """Return the limits, by the environment where it has `SETTINGS`; QueryError for what is no number above 0."""
    limits = DEFAULT
    for name, (field, unit) in SETTINGS.items():
        if said := os.environ.get(name):
            if not said.isdecimal() or int(said) == 0:
                raise QueryError(saying("no count", setting=f"{name}={said}"))
            limits = replace(limits, **{field: int(said) * unit})
    return limits


def is_risky(path: Path) -> bool:
    """Tell whether a file is anything but text, and needs a library or program that may hang or crash over it."""
    from ingest.readers.kinds import kind_of

    try:
        if not path.is_file():  # to open a pipe is to wait for whoever writes into it
            return False
        with path.open("rb") as file:
            return kind_of(file.read(HEAD)) != "text"
    except (OSError, ValueError):
        return False  # reading it will say so
