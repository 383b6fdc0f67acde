"""Open zip files that may be damaged or made to harm: nothing is unpacked before its size is known to be within bounds.

A zip tells the size of each part beforehand, and `zipfile` never gives out more than that; so what a file may cost is
known from its directory alone.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from ingest.readers.faults import fault, megabytes
from ingest.readers.limits import MEGABYTE, Limits
from kg.language import saying, system_words

METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # others take memory by what the file says
ENTRY = b"PK\x01\x02"  # begins each entry of the directory
ENCRYPTED = 1
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class PackedError(Exception):
    """A part can't be unpacked; the message says why, and what to do."""


def open_zip(path: Path, data: bytes | None, limits: Limits) -> zipfile.ZipFile:
    """Return the zip in `data`, or in the file `path` where `data` is None; ReadError where it is damaged or too large.

    The parts together unpack to at most `limits.unpacked` bytes, and are at most `limits.members`.
    """
    try:
        data = path.read_bytes() if data is None else data  # zipfile asks a file for as many bytes as the zip claims
        if data.count(ENTRY) > limits.members:  # before any of them takes memory
            raise fault(path, saying("parts many", most=limits.members))
        return zipfile.ZipFile(BytesIO(data))
    except FileNotFoundError:
        raise fault(path, saying("file missing")) from None
    except OSError as error:
        raise fault(path, saying("file unreadable", error=system_words(error))) from None
    except DAMAGE:
        raise fault(path, saying("zip damaged")) from None


def unpacked_size(archive: zipfile.ZipFile) -> int:
    """Return how many bytes all parts unpack to."""
    return sum(entry.file_size for entry in archive.infolist())


def unpack_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """Return the bytes of one part of at most `largest`; PackedError where that can't be."""
    if entry.flag_bits & ENCRYPTED:
        raise PackedError(saying("part locked"))
    if entry.compress_type not in METHODS:
        raise PackedError(saying("part method"))
    if entry.file_size > largest:
        raise PackedError(saying("part large", size=megabytes(entry.file_size), most=largest // MEGABYTE))
    try:
        return archive.read(entry)
    except (*DAMAGE, OSError):
        raise PackedError(saying("part broken")) from None
