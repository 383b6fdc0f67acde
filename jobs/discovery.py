"""Find the files to read below the folders that were given, and say what is not read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from jobs.account import Account, File
from kg.database import FILE, is_store
from kg.language import Saying, saying, system_words

ARCHIVE = "zip"
OWN = ("index", "index-whoosh", "rdf")  # folders in that of a store, made from it
DEMO = "thongsuot-demo.txt"  # tells that a folder is the demo's own
LONG = 240  # letters of a path from which on Windows wants to be told that it is meant


@lru_cache(maxsize=1)
def endings() -> tuple[str, ...]:
    """Return the endings of the files that are read: those of kinds that have a reader, and of archives of them."""
    from ingest.read import READERS
    from ingest.readers.kinds import ENDINGS

    return tuple(ending for kind, some in ENDINGS.items() if kind in {*READERS, ARCHIVE} for ending in some)


def find_files(paths: Sequence[Path], account: Account) -> list[File]:
    """Return the readable files below `paths`, in the order of their names; count in `account` what is not read.

    A file that is named itself is taken whatever its ending; of a folder those with one of `endings` are.
    """
    files: dict[str, File] = {}
    places: set[Path] = set()
    for path in sorted(paths, key=lambda path: len(absolute(path).parts)):  # the folder above gives the names
        for file in files_at(path, account):
            if len(paths) > 1 and absolute(file.path) in places:
                continue
            known = files.setdefault(file.name, file)
            if not same_file(known.path, file.path):
                account.fail(file.path, same_name(known.path))
            elif len(paths) > 1:
                places.add(absolute(file.path))
    return list(files.values())


def same_name(other: Path) -> Saying:
    """Return the words for a file whose name belongs to another one."""
    return saying("name taken", other=other)


def files_at(path: Path, account: Account) -> list[File]:
    """Return the file `path`, or the files below the folder `path`; what is not read goes into `account`."""
    if path.is_file():
        return list(files_named(path, account))
    if not path.is_dir():
        account.fail(path, saying("no file or folder") if os.path.lexists(path) else saying("not there"))
        return []
    before = len(account.failures)
    found = list(files_below(path, account))
    if not found and len(account.failures) == before:
        account.fail(path, saying("folder without files", endings=", ".join(endings())))
    return found


def files_named(path: Path, account: Account) -> Iterator[File]:
    """Yield the file that a person named."""
    try:
        status = path.stat()
    except OSError as error:
        account.fail(path, unreadable(error))
        return
    yield File(path, kept_name(path.name), folder_key(path.parent), status.st_size, status.st_mtime_ns)


def files_below(top: Path, account: Account) -> Iterator[File]:
    """Yield the files below the folder `top`; hidden ones are nothing to us, those of other kinds are counted.

    Links to folders are not followed, as they may lead round in a circle: a note names them. The files of a store of
    ours are left out, those beside them are not.
    """
    key = folder_key(top)
    waiting = [(reachable(top), "")]
    while waiting:
        folder, place = waiting.pop()
        entries = listed(folder, account)
        own = own_names(Path(folder), {entry.name for entry in entries})
        below = []
        for entry in entries:
            if entry.name in own:
                continue
            name = f"{place}{entry.name}"
            if is_folder(entry, account):
                below.append((reachable(Path(entry.path)), f"{name}/"))
            elif (found := readable_file(entry, account)) is not None:
                yield File(reachable(Path(entry.path)), kept_name(name), key, found.st_size, found.st_mtime_ns)
        waiting += reversed(below)


def own_names(folder: Path, names: set[str]) -> set[str]:
    """Return which `names` in a folder are those of a store of ours; of a demo, which is made anew, all are."""
    if FILE not in names or not is_store(folder / FILE):
        return set()
    if DEMO in names:
        return names
    return {name for name in names if name in OWN or name == FILE or name.startswith(f"{FILE}-")}


def listed(folder: Path, account: Account) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, hidden files and what Word leaves beside open ones apart, by name."""
    try:
        with os.scandir(folder) as entries:
            seen: Iterable[os.DirEntry[str]] = [e for e in entries if not e.name.startswith((".", "~$"))]
    except OSError as error:
        account.fail(folder, unreadable(error))
        return []
    return sorted(seen, key=lambda entry: entry.name)


def unreadable(error: OSError) -> str:
    """Return the words for what the system does not let us look into."""
    reason = system_words(error)
    if isinstance(error, PermissionError):
        return saying("no right to read", reason=reason)
    return saying("not readable", reason=reason)


def is_folder(entry: os.DirEntry[str], account: Account) -> bool:
    """Tell whether an entry is a folder to look into; links to folders are noted."""
    try:
        if entry.is_dir(follow_symlinks=False) and not is_junction(entry):
            return True
        if entry.is_dir():
            account.notes.append(saying("link not followed", path=entry.path))
    except OSError:
        pass
    return False


def is_junction(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder is one of Windows' links (from Python 3.12 on known without asking the disk)."""
    return os.name == "nt" and bool(getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0))


def readable_file(entry: os.DirEntry[str], account: Account) -> os.stat_result | None:
    """Return what the system knows of a file with one of our endings; None for all else, which is counted."""
    try:
        status = entry.stat()
    except OSError as error:
        if entry.name.lower().endswith(endings()):
            gone = entry.is_symlink()
            account.fail(entry.path, saying("link nowhere") if gone else unreadable(error))
        return None
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode) or not entry.name.lower().endswith(endings()):
        account.pass_over(entry.path, Path(entry.name).suffix.lower())
        return None
    return status


# ---- names ----------------------------------------------------------------------------------------------------------


def kept_name(name: str) -> str:
    """Return the name under which the store keeps a file: the same on every system, and always writable as UTF-8."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def absolute(path: Path) -> Path:
    """Return the full path, without looking at the disk."""
    return Path(os.path.abspath(path))


def folder_key(folder: Path) -> str:
    """Return the folder as the store keeps it, however it was written."""
    return kept_name(os.path.normcase(folder.resolve()))


def reachable(path: Path) -> Path:
    """Return `path` as Windows takes it when it is very long; elsewhere, and mostly, as it is."""
    return Path(extended(str(path.absolute()))) if os.name == "nt" and len(str(path)) > LONG else path


def extended(path: str) -> str:
    r"""Return a full Windows path in the form without a limit: C:\a as \\?\C:\a, \\server\a as \\?\UNC\server\a."""
    if path.startswith("\\\\?\\"):
        return path
    return f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def same_file(a: Path, b: Path) -> bool:
    """Tell whether two paths lead to one file."""
    try:
        return a == b or a.samefile(b)
    except OSError:
        return False


def is_missing(path: Path) -> bool:
    """Tell whether nothing is at `path`; not so where the system only can't tell."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_gone(path: Path, name: str) -> bool:
    """Tell whether the file `path`, called `name` below the folder that was ingested, was taken out of it.

    A folder that is missing with all above it up to `top`, or that is there and empty, is rather a drive that is not
    connected: of what lay in it nothing is gone.
    """
    if not is_missing(path):
        return False
    for above in path.parents[: name.count("/") + 1]:
        try:
            with os.scandir(above) as entries:
                return any(True for _ in entries)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return False
    return False
