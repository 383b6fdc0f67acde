"""Take a compound file apart: the form of .doc and .xls before 2007, a small file system of sectors in one file.

By [MS-CFB]. Chains of sectors are followed no further than the file has sectors, so that a broken or malicious file
costs no more than one that is whole.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

SECTOR, MINI, ENTRY = 512, 64, 128  # bytes; version 4 has larger sectors and says so
END = 0xFFFFFFFA  # from here on a number is no sector: end of chain, free, table
STREAM, ROOT = 2, 5  # kinds of directory entries
FIRST_TABLE = 76  # where the header lists the sectors of the allocation table


class Broken(Exception):
    """The bytes are no compound file, or a part of it is not there."""


class Compound:
    """A compound file; `stream` gives one of its streams by name."""

    def __init__(self, data: bytes) -> None:
        if len(data) < SECTOR:
            raise Broken("too short")
        self.data = data
        self.size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
        if self.size < SECTOR:
            raise Broken("no sectors")
        directory, self.cutoff, mini_table = struct.unpack_from("<I4xII", data, 48)
        self.sectors = len(data) // self.size
        listed = dict.fromkeys(number for number in self.table_sectors() if number < self.sectors)
        self.table = numbers(b"".join(map(self.sector, listed)))
        self.entries = dict(self.directory(self.chain(directory)))
        self.mini_table = numbers(self.chain(mini_table))
        start, size = self.entries.get((ROOT, ""), (END, 0))
        self.minis = self.chain(start)[:size]

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; Broken where there is none of that name."""
        if (STREAM, name) not in self.entries:
            raise Broken(f"no part {name}")
        start, size = self.entries[STREAM, name]
        if size >= self.cutoff:
            return self.chain(start)[:size]
        most = len(self.minis) // MINI + 1
        pieces = [self.minis[at * MINI : (at + 1) * MINI] for at in follow(start, self.mini_table, most)]
        return b"".join(pieces)[:size]

    def sector(self, number: int) -> bytes:
        """Return the bytes of a sector; those before the first are the header."""
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def chain(self, start: int) -> bytes:
        """Return the bytes of the sectors from `start` on."""
        return b"".join(self.sector(number) for number in follow(start, self.table, self.sectors))

    def table_sectors(self) -> Iterator[int]:
        """Yield the sectors of the allocation table: some are listed in the header, others in sectors of their own."""
        yield from (number for number in numbers(self.data[FIRST_TABLE:SECTOR]) if number < END)
        further = struct.unpack_from("<I", self.data, 68)[0]
        for _ in range(self.sectors):
            if further >= END:
                return
            *listed, further = numbers(self.sector(further)) or [END]
            yield from (number for number in listed if number < END)

    def directory(self, data: bytes) -> Iterator[tuple[tuple[int, str], tuple[int, int]]]:
        """Yield kind and name of each entry, with its first sector and its size."""
        for at in range(0, len(data) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind in {STREAM, ROOT}:
                yield (kind, name if kind == STREAM else ""), struct.unpack_from("<II", data, at + 116)


def numbers(data: bytes) -> list[int]:
    """Return the 32-bit numbers that stand in `data`."""
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def follow(start: int, table: list[int], most: int) -> Iterator[int]:
    """Yield the sectors of a chain, at most so many: each entry of the table tells the next."""
    for _ in range(most):
        if start >= len(table):
            return
        yield start
        start = table[start]
