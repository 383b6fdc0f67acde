"""A report ready for its relations: flattened text, blocks, clauses, header and resolved citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest import changes
from ingest.citations import Citation
from ingest.claims import KINDS
from ingest.clauses import Clause, Clauses, cue, find_clauses
from ingest.header import Top
from ingest.resolve import Resolved
from ingest.text import Block


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two documents as found: claim ids, the span of its evidence and the citations it joins."""

    source: str
    type: str
    target: str
    start: int
    end: int
    rule: str
    lower: Citation | None = None
    higher: Citation | None = None
    status: str = "done"


@dataclass(frozen=True)
class Reading:
    """A report ready for its relations: flattened text, blocks, clauses, header and resolved citations."""

    flat: str
    blocks: tuple[Block, ...]
    top: Top
    resolved: Resolved

    @cached_property
    def clauses(self) -> Clauses:
        """The clauses of the text."""
        return find_clauses(self.flat, self.blocks)

    @cached_property
    def by_block(self) -> dict[int, list[Citation]]:
        """The citations of each block, in order."""
        found: dict[int, list[Citation]] = {}
        for cited in self.resolved.citations:
            found.setdefault(cited.block, []).append(cited)
        return found

    @cached_property
    def ids(self) -> dict[int, str]:
        """The claim id for each citation, by the citation's start."""
        return {c.start: self.resolved.claim_of[i] for i, c in enumerate(self.resolved.citations)}

    @cached_property
    def kind(self) -> str:
        """What the report itself is: "report", "plan", "directive" or "other"."""
        return KINDS.get(self.top.header.type or "", "other")

    def by_clause(self, cited: list[Citation]) -> Iterator[tuple[Clause, list[Citation]]]:
        """Yield each clause in which some of `cited` stand, with those."""
        grouped: dict[int, list[Citation]] = {}
        for c in cited:
            grouped.setdefault(self.clauses.index_at(c.start), []).append(c)
        for index, inside in grouped.items():
            yield self.clauses.all[index], inside

    def claim(self, cited: Citation) -> str:
        """Return the claim id of `cited`."""
        return self.ids[cited.start]


DO = cue("carry")
CARRY = rf"(?:{DO}|{cue('review')})"


ADVERB = cue("adverb")


# (về việc) (tiếp tục) (tổ chức) triển khai, quán triệt … thực hiện (có hiệu quả) (việc) |document
VERBS = (
    rf"(?:{cue('push')},?\s+)*(?P<verb>{CARRY})"
    rf"(?:\s*(?:,|và)?\s*(?:tổ\s+chức\s+)?{CARRY})*"
)


YEARS = r"(?:\s+\d{1,2}\s+năm)?"


REACH = rf"{VERBS}{YEARS}(?:\s+{CARRY})?(?:\s+{ADVERB})*\s*$"


# thực hiện |kết luận thanh tra tại, ý kiến chỉ đạo của UBND tỉnh tại |Công văn số …
BY_WORD_OF = (
    r"(?:(?:các\s+)?(?:ý\s+kiến\s+)?(?:chỉ\s+đạo|kết\s+luận(?:\s+(?:thanh\s+tra|kiểm\s+tra|giám\s+sát))?|yêu\s+cầu|đề\s+nghị|kiến\s+nghị)"
    r"(?:\s+của\s+[^;.,]{2,60}?)?\s+(?:tại|theo))"
)


def heads(reading: Reading, block: int) -> list[Citation]:
    """Return the citations that open a clause of the block: the items of its list."""
    found = []
    for clause, inside in reading.by_clause(reading.by_block.get(block, [])):
        lead = reading.flat[clause.start : inside[0].start].strip(" -+*•.,;")
        if len(lead) < 40 and not re.search(CARRY, lead) and not changes.takes_place(lead):
            found.append(inside[0])
    return found
