"""The files that the sources were read from: by what a later run tells that nothing has changed, or what has gone.

They are no statements: nothing that is answered depends on them.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.language import Saying, saying
from kg.store import Store


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as it was when it was read.

    `name` is the source's, `folder` the folder that was ingested, `path` where the file lay; `size` in bytes, `mtime`
    and `read` (when it was read) in nanoseconds since 1970; `sha256` is that of its bytes, `format` its kind.
    An archive is one file, whose sources are named "archive.zip/member.docx".
    """

    name: str
    folder: str
    path: Path
    size: int
    mtime: int
    sha256: str
    format: str
    read: int


def keep_file(store: Store, file: KeptFile) -> None:
    """Keep what is known of a file, inside a batch."""
    values = (file.size, file.mtime, file.sha256, file.format, file.read)
    store.change(
        "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (file.name, file.folder, os.fsencode(file.path), *values),
    )


def file_called(store: Store, name: str) -> KeptFile | None:
    """Return the file that is kept under `name`."""
    return next(files_where(store, "name = ?", name), None)


def file_at(store: Store, path: Path) -> KeptFile | None:
    """Return the file that lay at `path`."""
    return next(files_where(store, "path = ? ORDER BY name", os.fsencode(path)), None)


def files_with(store: Store, sha256: str) -> list[KeptFile]:
    """Return the files with these bytes."""
    return list(files_where(store, "sha256 = ? ORDER BY name", sha256))


def files_of(store: Store, folder: str) -> Iterator[KeptFile]:
    """Yield the files that were found below the ingested folder `folder`."""
    return files_where(store, "folder = ? ORDER BY name", folder)


def files_where(store: Store, condition: str, value: str | bytes) -> Iterator[KeptFile]:
    """Yield the files for which an SQL condition on one value holds."""
    yield from map(kept_file, store.rows(f"SELECT * FROM files WHERE {condition}", (value,)))


def kept_file(row: sqlite3.Row) -> KeptFile:
    """Return the file that a row keeps."""
    name, folder, path, *rest = row
    return KeptFile(name, folder, Path(os.fsdecode(path)), *rest)


def sources_of(store: Store, name: str) -> list[str]:
    """Return the names of the sources that come from the file `name`: itself, or the members of an archive."""
    query = "SELECT name FROM sources WHERE name = ? OR (name >= ? AND name < ?) ORDER BY name"
    return [row["name"] for row in store.rows(query, (name, f"{name}/", f"{name}0"))]  # "0" follows "/"


def forget_file(store: Store, name: str) -> None:
    """Take out the file `name` and all its sources, inside a batch."""
    for source in sources_of(store, name):
        store.remove(source)
    store.change("DELETE FROM files WHERE name = ?", (name,))
    keep_refused(store, name, ())


# ---- members of archives that could not be read -----------------------------------------------------------------


def keep_refused(store: Store, archive: str, members: Iterable[tuple[str, str]]) -> None:
    """Keep which members of an archive could not be read, and why, inside a batch; those kept before are dropped."""
    store.change("DELETE FROM refused WHERE archive = ?", (archive,))
    for name, reason in members:
        written = json.dumps(in_json(reason), ensure_ascii=False)
        store.change("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", (archive, name, written))


def refused_in(store: Store, archive: str) -> dict[str, str]:
    """Return why members of an archive could not be read, by their names."""
    rows = store.rows("SELECT member, reason FROM refused WHERE archive = ? ORDER BY member", (archive,))
    return {row["member"]: out_of_json(json.loads(row["reason"])) for row in rows}


def in_json(words: object) -> object:
    """Return a saying in a form that JSON has, so that it can be said in any language later; all else as it is."""
    if not isinstance(words, Saying):
        return words
    return {
        "key": words.key,
        "words": str(words),
        "values": {name: in_json(value) for name, value in words.values.items()},
    }


def out_of_json(kept: Any) -> Any:
    """Return the saying again; its English words where the catalogue has it no more."""
    if not isinstance(kept, dict):
        return kept
    try:
        return saying(kept["key"], **{name: out_of_json(value) for name, value in kept["values"].items()})
    except KeyError:
        return kept["words"]
