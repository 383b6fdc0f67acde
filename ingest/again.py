"""Find documents that are pointed back at: "Kế hoạch này", "Chỉ thị nêu trên", "văn bản trên"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.citations import Citation
from ingest.heads import remembered
from ingest.letters import LETTER
from ingest.reading import Reading
from ingest.titles import base_type
from ingest.typewords import type_names, type_pattern
from kg.fold import key
from kg.model import SELF

FAR = 2  # blocks back in which the document meant may stand


# |này, |nêu trên; not "trên địa bàn"
LAST_WORDS = ("này", "đó", "trên")
POINTS = re.compile(
    r"(?:này|đó|trên)"
    rf"(?=\s*[,.;:)]|\s+(?:đã|được|đến|tới|cho|và|trong|tại|từ|bằng|với)(?![{LETTER}])|\s*$)"
)
BEFORE = {"t": re.compile(r"\s+(?:đã\s+)?(?:nêu\s+|nói\s+)?$"), "n": re.compile(r"\s+$"), "đ": re.compile(r"\s+$")}
WORDS = 16  # characters, more than what stands before "trên"
REACH = 40  # characters, more than the longest type


@cache
def type_before() -> re.Pattern[str]:
    """Return the pattern of the type word right before "này": "Kế hoạch", "văn bản"."""
    return re.compile(rf"(?<![{LETTER}])(?:văn\s+bản|(?P<type>{type_pattern()}))$", re.IGNORECASE)


def pointed_back(reading: Reading, inner: set[int]) -> Iterator[tuple[Citation, Citation]]:
    """Yield (the place as if it were a citation, the citation whose document it means).

    `inner` are the starts of citations that stand in another document's subject; a document that is told of for its
    own sake comes before those. A text whose own type is unknown may mean itself, and yields nothing.
    """
    if reading.top.header.type is None:
        return
    for index, start, end in pointers(reading):
        match = type_before().search(reading.flat, max(reading.blocks[index].start, start - REACH), start)
        if match is None:
            continue
        kind = base_type(type_names().get(key(match["type"]))) if match["type"] else None
        if kind == base_type(reading.top.header.type):
            continue  # a plan's "Kế hoạch này" is the plan itself
        meant = antecedent(reading, index, match.start(), kind, inner)
        if meant is not None:
            yield replace(meant, start=match.start(), end=end, tail=end, block=index, issuers=()), meant


def pointers(reading: Reading) -> Iterator[tuple[int, int, int]]:
    """Yield (number of the block, start, end) of the words that point back, below the header."""
    starts = [block.start for block in reading.blocks]
    for place in last_words(reading.flat):
        index = bisect_right(starts, place) - 1
        block = reading.blocks[index]
        points = POINTS.match(reading.flat, place, block.end) if block.start >= reading.top.body else None
        if points is not None:
            first = max(block.start, place - WORDS)
            before = BEFORE[points[0][0]].search(reading.flat, first, place)
            if before is not None:
                yield index, before.start(), points.end()


@remembered
def last_words(flat: str) -> list[int]:
    """Return where the words stand with which a pointer ends: sought one by one, as `re` seeks a plain word fastest."""
    return sorted(match.start() for word in LAST_WORDS for match in re.finditer(word, flat))


def antecedent(reading: Reading, index: int, place: int, kind: str | None, inner: set[int]) -> Citation | None:
    """Return the last document of type `kind` (any where None) before `place`, None where none is near."""
    near = range(index if kind is None else max(0, index - FAR), index + 1)
    known = [
        c
        for block in near
        for c in reading.by_block.get(block, [])
        if c.tail <= place and reading.claim(c) != SELF and (kind is None or base_type(c.type) == kind)
    ]
    told = [c for c in known if c.start not in inner]
    return (told or known)[-1] if known else None
