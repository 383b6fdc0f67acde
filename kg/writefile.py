"""Write a file whole or not at all, and say in plain words why it could not be written."""

from __future__ import annotations

import os
from pathlib import Path

from kg.language import saying, system_words
from kg.model import StoreError


def write_file(path: Path, content: str) -> None:
    """Write `content` as UTF-8 to `path`, whole or not at all.

    What can't be encoded (half a surrogate pair, from a broken file) becomes "?". Raises StoreError when the folder is
    missing or the file can't be written.
    """
    try:
        if not path.parent.is_dir():
            raise StoreError(saying("no folder", path=path, folder=path.parent))
        if path.is_dir():
            raise StoreError(saying("is folder", path=path))
        _replace(path, content)
    except OSError as error:
        raise StoreError(saying("file not written", path=path, reason=system_words(error))) from error


def _replace(path: Path, content: str) -> None:
    """Write beside `path` and then in its place; what is no plain file (a link, /dev/stdout) is written to."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        path.write_text(content, encoding="utf-8", newline="\n", errors="replace")
        return
    half = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with half.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
            file.write(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
