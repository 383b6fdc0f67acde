"""Bring files into the store, and the store into the search index: where reading, keeping and searching meet.

Each file is kept as soon as it is read, so a run that ends early has lost nothing of what it reported, and the next run
goes on where it stopped: what is kept with the same content is not read again.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from jobs.indexing import build, current_index, drop_indexes, index_directory
from kg.database import FILE, is_there
from kg.graph import Stats, stats
from kg.model import Failure, QueryError, ReadError, ThongsuotError
from kg.store import Store
from search import engine

ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, and the name by which the store knows it: its place below the folder that was given."""

    path: Path
    name: str


@dataclass(slots=True)
class Account:
    """What a run has done: files by outcome, those that could not be read, the number of those of other kinds by their
    endings; then the store and the index as they are."""

    outcomes: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0})
    failures: list[Failure] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    stats: Stats = field(default_factory=Stats)
    passages: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def files(self) -> int:
        """Return how many files were met."""
        return sum(self.outcomes.values()) + len(self.failures)


def find_files(paths: Sequence[Path], account: Account) -> list[File]:
    """Return the readable files below `paths`, in the order of their names; count in `account` what is not read.

    A file that is named itself is taken whatever its ending; of a folder those with one of `ENDINGS` are.
    """
    files: dict[str, File] = {}
    for path in paths:
        for file in files_at(path, account):
            known = files.setdefault(file.name, file)
            if not same_file(known.path, file.path):
                reason = f"has the same name below its folder as {known.path}: ingest the folder above both"
                account.failures.append(Failure(str(file.path), reason))
    return list(files.values())


def files_at(path: Path, account: Account) -> list[File]:
    """Return the file `path`, or the files below the folder `path`; what is not read goes into `account`."""
    if path.is_file():
        return [File(path, kept_name(path.name))]
    if not path.is_dir():
        reason = "is neither a file nor a folder" if path.exists() else "does not exist: check the name"
        account.failures.append(Failure(str(path), reason))
        return []
    before = len(account.failures)
    found = list(files_below(path, account))
    if not found and len(account.failures) == before:
        reason = f"this folder holds no file that can be read ({', '.join(ENDINGS)})"
        account.failures.append(Failure(str(path), reason))
    return found


def files_below(top: Path, account: Account) -> Iterator[File]:
    """Yield the files below the folder `top`; hidden ones are nothing to us, those of other kinds are counted."""

    def refuse(error: OSError) -> None:
        reason = f"may not be read ({error.strerror}): ask its owner for permission"
        account.failures.append(Failure(str(error.filename), reason))

    for folder, folders, names in os.walk(top, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")):
                continue
            if not name.lower().endswith(ENDINGS):
                account.passed_over[Path(name).suffix.lower()] += 1
            else:
                file = Path(folder, name)
                yield File(file, kept_name(file.relative_to(top).as_posix()))


def kept_name(name: str) -> str:
    """Return the name under which the store keeps a file: the same on every system, and always writable as UTF-8."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def same_file(a: Path, b: Path) -> bool:
    """Tell whether two paths lead to one file."""
    try:
        return a == b or a.samefile(b)
    except OSError:
        return False


def read_into(store: Store, files: Sequence[File], account: Account, step: Callable[[File], None]) -> None:
    """Read `files` into `store`, one after the other; count in `account`; call `step` after each."""
    for file in files:
        try:
            account.outcomes[keep(store, file, account)] += 1
        except ReadError as error:
            account.failures.append(Failure(str(file.path), reason_of(error, file.path)))
        except ThongsuotError:
            raise  # the store is at fault: no other file would fare better
        except Exception as error:  # a fault of ours must not cost the other files
            reason = (
                f"could not be understood, by a fault of thongsuot ({type(error).__name__}: {error}): report it, please"
            )
            account.failures.append(Failure(str(file.path), reason))
        step(file)


def keep(store: Store, file: File, account: Account) -> str:
    """Read one file and keep it; return "new", "changed" or "unchanged"."""
    from ingest.pipeline import extract

    digest = content_hash(file.path)
    if digest is not None and store.holds(file.name, digest):
        return "unchanged"
    extraction = extract(file.path, file.name)
    account.warnings.extend((file.name, warning) for warning in extraction.warnings)
    outcome = store.add(extraction)
    if outcome == "new" and (twin := same_content(store, file.name, extraction.sha256)):
        advice = f'has the same text as {twin}, and both count; if it was renamed: thongsuot remove "{twin}"'
        account.warnings.append((file.name, advice))
    return outcome


def same_content(store: Store, name: str, sha256: str) -> str | None:
    """Return the name of another source with the same text, if there is one."""
    query = "SELECT name FROM sources WHERE sha256 = ? AND name <> ? ORDER BY name LIMIT 1"
    row = next(store.rows(query, (sha256, name)), None)
    return row["name"] if row else None


def content_hash(path: Path) -> str | None:
    """Return the hash by which the store knows this content, None when it can't be told without reading the file."""
    from ingest.readers.limits import DEFAULT
    from ingest.readers.plain import decode

    try:
        if path.stat().st_size > DEFAULT.file:
            return None
        text = decode(path.read_bytes(), path)
    except (OSError, ReadError):
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def reason_of(error: ReadError, path: Path) -> str:
    """Return what `error` says without the path that stands before it anyway."""
    message = str(error)
    return message.removeprefix(str(path)).lstrip(" :") or message


# ---- a whole run ----------------------------------------------------------------------------------------------------

Progress = Callable[[int], AbstractContextManager[Callable[[File], None]]]


def gather(directory: Path, paths: Sequence[Path], progress: Progress) -> Account:
    """Read the files below `paths` into the store in `directory` and bring the search index up to date."""
    account = Account()
    files = find_files(paths, account)
    if not files and not is_there(directory / FILE):
        return account  # nothing to keep: make no store
    with writable(directory) as store:
        with progress(len(files)) as step:
            read_into(store, files, account, step)
        account.stats = stats(store)
        with current_index(store) as (index, notes):
            account.passages = index.count()
            account.notes = notes
    return account


def forget(directory: Path, name: str) -> None:
    """Take the source `name` out of store and index; QueryError when the store has none of that name."""
    with Store.open(directory):
        pass  # a store that is not there is not made
    with writable(directory) as store:
        if not store.remove(name):
            raise QueryError(f"The store has no file called {name!r}; `thongsuot search` shows how files are called.")
        with current_index(store):
            pass


def rebuild_index(directory: Path, name: str | None = None) -> tuple[int, str]:
    """Build the index of the engine called `name` anew from the store; return the number of passages, and a note."""
    with Store.open(directory) as store:
        kind, note = engine(name)
        return build(store, kind, index_directory(store, kind)), note


def writable(directory: Path) -> Store:
    """Return the store in `directory`, opened to write; the index that a store which is gone has left goes too."""
    if not is_there(directory / FILE):
        drop_indexes(directory)
    return Store.open(directory, write=True)


def source_count(store: Store) -> int:
    """Return how many files the store keeps."""
    return int(next(store.rows("SELECT count(*) FROM sources"))[0])
