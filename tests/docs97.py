"""Word 97 files made for tests: the least that [MS-DOC] asks for, in a compound file by [MS-CFB]."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR, FREE, CHAIN_END, TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 1024  # where the text lies in the main stream
NOTE_CALLS, NOTES, PIECES = 2, 3, 33  # tables of the header
STREAM, ROOT = 2, 5
WHOLE = 4096  # bytes from which on a stream has sectors of its own


def doc(text: str, notes: Sequence[str] = (), flags: int = 0, version: int = 0x00C1) -> bytes:
    """Return a Word 97 file of paragraphs that end in "\\r", each \\x02 the mark of the next of `notes`."""
    said = "".join(f"\x02 {note}\r" for note in notes)
    tables, places = [], {}
    starts = [sum(len(note) + 3 for note in notes[:index]) for index in range(len(notes) + 1)]
    marks = [index for index, letter in enumerate(text) if letter == "\x02"]
    pieces = struct.pack("<IIHIH", 0, len(text + said), 0, TEXT_AT, 0)
    for index, table in (
        (NOTE_CALLS, packed([*marks, len(text)]) + b"\0\0" * len(marks)),
        (NOTES, packed([*starts, starts[-1] + 1])),
        (PIECES, b"\2" + packed([len(pieces)]) + pieces),
    ):
        places[index] = sum(map(len, tables)), len(table)
        tables.append(table)
    header = bytearray(TEXT_AT)
    struct.pack_into("<HH6xH", header, 0, 0xA5EC, version, 0x0200 | flags)
    struct.pack_into("<II", header, 0x4C, len(text), len(said))
    for index, (place, size) in places.items():
        struct.pack_into("<II", header, 0x9A + 8 * index, place, size)
    return compound({"WordDocument": bytes(header) + (text + said).encode("utf-16-le"), "1Table": b"".join(tables)})


def packed(numbers: Sequence[int]) -> bytes:
    """Return numbers of 32 bits."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of streams; each has sectors of its own."""
    table, content, entries = [TABLE, CHAIN_END], b"", [entry("Root Entry", ROOT, CHAIN_END, 0)]
    for name, data in streams.items():
        padded = data.ljust(max(WHOLE, -(-len(data) // SECTOR) * SECTOR), b"\0")
        first, count = len(table), len(padded) // SECTOR
        table += [*range(first + 1, first + count), CHAIN_END]
        content += padded
        entries.append(entry(name, STREAM, first, len(padded)))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += packed([0, 1, 1, 0, WHOLE, CHAIN_END, 0, CHAIN_END, 0, 0]).ljust(512 - len(head), b"\xff")
    allocation = packed(table).ljust(SECTOR, b"\xff")
    assert len(head) == len(allocation) == len(directory) == SECTOR, "too much for one sector of tables"
    return head + allocation + directory + content


def entry(name: str, kind: int, first: int, size: int) -> bytes:
    """Return an entry of the directory."""
    raw = (name + "\0").encode("utf-16-le")
    return (raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), kind)).ljust(116, b"\0") + struct.pack(
        "<IQ", first, size
    )
