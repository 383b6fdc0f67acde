"""Open zip files that may be damaged or made to harm: nothing is unpacked before its size is known to be within bounds.

A zip tells the size of each part beforehand, and `zipfile` never gives out more than that; so what a file may cost is
known from its directory alone.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from ingest.readers.limits import Limits
from kg.model import ReadError

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
            raise ReadError(f"{path} holds more than {limits.members:,} parts: unpack it and take what you need.")
        return zipfile.ZipFile(BytesIO(data))
    except FileNotFoundError:
        raise ReadError(f"{path} does not exist: check the name.") from None
    except OSError as error:
        raise ReadError(f"{path} could not be read ({error}): check the disk or the network.") from None
    except DAMAGE:
        raise ReadError(f"{path} is damaged: copy it again from where it came, or save it anew.") from None


def unpacked_size(archive: zipfile.ZipFile) -> int:
    """Return how many bytes all parts unpack to."""
    return sum(entry.file_size for entry in archive.infolist())


def unpack_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """Return the bytes of one part of at most `largest`; PackedError where that can't be."""
    if entry.flag_bits & ENCRYPTED:
        raise PackedError("is locked with a password: unpack it with the password first")
    if entry.compress_type not in METHODS:
        raise PackedError("is packed by a method that is not read: unpack it and pack it anew as a common zip")
    if entry.file_size > largest:
        raise PackedError(f"unpacks to {entry.file_size / 1e6:,.1f} MB, more than the {largest / 1e6:,.1f} MB allowed")
    try:
        return archive.read(entry)
    except (*DAMAGE, OSError):
        raise PackedError("is damaged: copy it again from where it came") from None
