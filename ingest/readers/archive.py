"""Unpack a zip of documents, one file at a time, whatever the names in it try.

    van-ban-2023.zip:  kế hoạch/KH 35.docx   __MACOSX/._KH 35.docx   ../../etc/passwd   quý I.zip

No name from an archive ever becomes a path: what is unpacked lies in numbered files, and the name is only shown.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ingest.readers.faults import fault, reason_in
from ingest.readers.kinds import kind_of
from ingest.readers.limits import MEGABYTE, Limits
from ingest.readers.zips import PackedError, open_zip, unpack_part
from kg.language import saying
from kg.model import ReadError

JUNK = {"__macosx", "thumbs.db", "desktop.ini"}
HIDDEN = (".", "~$")
DRIVE = re.compile(r"^[A-Za-z]:")
SUFFIX = re.compile(r"\.[a-z0-9]{1,9}")
UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
UTF8_NAME = 0x800  # flag of an entry whose name is in UTF-8
OLD_NAMES = ("utf-8", "cp1258")  # of archives without that flag; else as zip itself has it, cp437


@dataclass(frozen=True, slots=True)
class Member:
    """A document of an archive: its name, and where it was unpacked; or None, and why it could not be.

    The name has "/" between folders and no tricks; that of a file in an archive within is "quý I.zip/KH 35.docx".
    """

    name: str
    path: Path | None
    problem: str | None = None


def members(path: Path, limits: Limits) -> list[str]:
    """Return the names of the files in an archive, cheaply: nothing is unpacked, so an archive within is one name.

    Raises ReadError for a file that is no zip, is damaged or holds too many parts.
    """
    with open_zip(path, None, limits) as archive:
        return [name for _, name in named_entries(archive)]


def unpack(
    path: Path, into: Path, limits: Limits, accept: Callable[[str], bool] = lambda name: True
) -> Iterator[Member]:
    """Yield the files of an archive whose name `accept` takes, each unpacked into the folder `into`.

    A file that can't be unpacked comes with its problem; archives within are opened, `limits.depth` deep. The caller
    may delete each file when it is done with it. Raises ReadError where nothing of the archive can be read, and where
    what is to be unpacked would be more than `limits.unpacked` bytes.
    """
    yield from Unpacker(into, limits, accept).run(path, "", 1)


@dataclass(slots=True)
class Unpacker:
    """Unpacks an archive and those in it into one folder, all within one bound."""

    into: Path
    limits: Limits
    accept: Callable[[str], bool]
    room: int = field(init=False)  # bytes that may still be unpacked
    left: int = field(init=False)  # files that may still be met
    count: int = 0

    def __post_init__(self) -> None:
        self.room, self.left = self.limits.unpacked, self.limits.members

    def run(self, path: Path, above: str, depth: int) -> Iterator[Member]:
        """Yield the files of the archive `path`, which itself lies in `above`."""
        with open_zip(path, None, self.limits) as archive:
            chosen = [(entry, name) for entry, name in named_entries(archive) if self.accept(name)]
            self.book(path, chosen)
            for entry, name in chosen:
                yield from self.member(archive, entry, above + name, depth)

    def book(self, path: Path, chosen: list[tuple[zipfile.ZipInfo, str]]) -> None:
        """Take what the chosen files will cost from what is left; ReadError where that is too little."""
        size = sum(entry.file_size for entry, _ in chosen)
        if size > self.room:
            raise fault(path, saying("archive large", most=self.limits.unpacked // MEGABYTE))
        if len(chosen) > self.left:
            raise fault(path, saying("archive many", most=self.limits.members))
        self.room -= size
        self.left -= len(chosen)

    def member(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Member]:
        """Yield the file `entry`, or the files in it where it is an archive."""
        if stat.S_ISLNK(entry.external_attr >> 16):
            yield Member(name, None, saying("member link"))
            return
        try:
            data = unpack_part(archive, entry, self.limits.file)
        except PackedError as error:
            yield Member(name, None, error.args[0])
            return
        self.count += 1
        suffix = PurePosixPath(name).suffix.lower()
        path = self.into / f"{self.count:05}{suffix if SUFFIX.fullmatch(suffix) else ''}"
        path.write_bytes(data)
        if kind_of(data) != "zip":
            yield Member(name, path)
        elif depth >= self.limits.depth:
            path.unlink()
            yield Member(name, None, saying("member deep", n=depth))
        else:
            yield from self.within(path, name, depth + 1)

    def within(self, path: Path, name: str, depth: int) -> Iterator[Member]:
        """Yield the files of an archive that lay in another."""
        try:
            yield from self.run(path, f"{name}/", depth)
        except ReadError as error:
            yield Member(name, None, reason_in(error))
        finally:
            path.unlink(missing_ok=True)


def named_entries(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield the files of an archive with their names, each name once; folders and junk left out."""
    seen: Counter[str] = Counter()
    for entry in archive.infolist():
        name = shown_name(entry)
        if not entry.is_dir() and name and not is_junk(name):
            yield entry, once(name, seen)


def shown_name(entry: zipfile.ZipInfo) -> str:
    r"""Return the name of an entry as a plain path below the archive: "..\..\C:\Thư.doc" is "Thư.doc"."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        name = old_name(name)
    name = unicodedata.normalize("NFC", UNSHOWN.sub("_", name)).replace("\\", "/")
    parts = [DRIVE.sub("", part).strip() for part in name.split("/")]
    return "/".join(part for part in parts if part not in {"", ".", ".."})


def old_name(name: str) -> str:
    """Return a name that zip took for cp437 in the encoding that it has."""
    raw = name.encode("cp437", "replace")
    for encoding in OLD_NAMES:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def is_junk(name: str) -> bool:
    """Tell whether systems and programs left a file behind that is nobody's document."""
    return any(part.startswith(HIDDEN) or part.lower() in JUNK for part in name.split("/"))


def once(name: str, seen: Counter[str]) -> str:
    """Return `name`, with a number where the archive has it already: "a (2).txt"."""
    path, found = PurePosixPath(name), name
    while found in seen:
        seen[name] += 1
        found = str(path.with_name(f"{path.stem} ({seen[name]}){path.suffix}"))
    seen[found] = 1
    return found
