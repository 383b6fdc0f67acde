"""Find documents that are pointed back at: "Kế hoạch này", "Chỉ thị nêu trên", "văn bản trên"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ingest.citations import Citation
from ingest.letters import LETTER
from ingest.reading import Reading
from ingest.titles import base_type
from ingest.typewords import type_names, type_pattern
from kg.fold import key
from kg.model import SELF

FAR = 2  # blocks back in which the document meant may stand


# |này, |nêu trên; not "trên địa bàn"
POINTS = re.compile(
    r"\s+(?:này|đó|(?:đã\s+)?(?:nêu\s+|nói\s+)?trên)"
    rf"(?=\s*[,.;:)]|\s+(?:đã|được|đến|tới|cho|và|trong|tại|từ|bằng|với)(?![{LETTER}])|\s*$)"
)
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
    for index, block in enumerate(reading.blocks):
        if block.start < reading.top.body:
            continue
        for points in POINTS.finditer(reading.flat, block.start, block.end):
            match = type_before().search(reading.flat, max(block.start, points.start() - REACH), points.start())
            if match is None:
                continue
            kind = base_type(type_names().get(key(match["type"]))) if match["type"] else None
            if kind == base_type(reading.top.header.type):
                continue  # a plan's "Kế hoạch này" is the plan itself
            meant = antecedent(reading, index, match.start(), kind, inner)
            if meant is not None:
                end = points.end()
                yield replace(meant, start=match.start(), end=end, tail=end, block=index, issuers=()), meant


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
