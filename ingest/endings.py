"""What a document itself ends or amends: "Quyết định này thay thế …", "Điều 1. Bãi bỏ …", "… hết hiệu lực"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import changes
from ingest.citations import LIST_GAP, Citation
from ingest.clauses import Clause, refers
from ingest.letters import bare
from ingest.reading import Link, Reading
from ingest.titles import base_type
from kg.model import SELF, Header

RULE = "own words of ending"


def ending_links(reading: Reading) -> Iterator[Link]:
    """Yield what a directive or plan replaces, ends or amends by its own words."""
    header = reading.top.header
    for block, cited in reading.by_block.items():
        listed = reading.kind in {"directive", "plan"} and ended_by_lead(reading, block)
        goes_on = False
        for clause, inside in reading.by_clause(cited):
            goes_on = ends(reading, clause, inside[0], listed) or (goes_on and opens(reading, clause, inside[0]))
            ended = joined(reading, inside) if goes_on else out_of_force(reading, clause, inside)
            for c in ended:
                if changes.may_change(header.type, c.type) and not later(c, header):
                    yield Link(SELF, "replaces", reading.claim(c), clause.start, c.end, RULE, None, c)


def later(cited: Citation, header: Header) -> bool:
    """Tell whether a document was issued in a later year than the one that would end it."""
    year = changes.year_of(cited)
    return year is not None and header.date is not None and year > header.date[:4]


def ends(reading: Reading, clause: Clause, first: Citation, listed: bool) -> bool:
    """Tell whether a clause says that the document itself ends or amends the first one it names."""
    lead = reading.flat[clause.start : first.start]
    words = bare(lead)
    if changes.OWN.match(words) is not None:
        return reading.kind == "directive" or re.search(r"\snày\s", lead) is not None
    if reading.kind not in {"directive", "plan"}:
        return False
    if reading.kind == "directive" and changes.enacts(words, reading.top.header.type):
        return True
    return listed and len(lead) < changes.WINDOW and not refers(words)


def opens(reading: Reading, clause: Clause, first: Citation) -> bool:
    """Tell whether a clause begins with a document: "Bãi bỏ Quyết định số 5 …; |Quyết định số 7 …"."""
    return not reading.flat[clause.start : first.start].strip(" ;,.-+)0123456789")


LABEL = re.compile(r"(?:[a-zđ]|\d{1,2})(?=[.)]\s)")
FAR = 12  # lines from an item up to the head of its list


def ended_by_lead(reading: Reading, block: int) -> bool:
    """Tell whether the list in which `block` stands is one of ended documents: "Bãi bỏ các văn bản sau đây:"."""
    own = label(reading, block)
    for lead in range(block - 1, max(-1, block - FAR), -1):
        line = reading.blocks[lead]
        beside = line.kind == "item" and own != "" and label(reading, lead) == own  # "a) … gồm:" is no head of "b) …"
        if reading.flat[line.end - 1] == ":" and not beside:
            return changes.heads_list(reading.flat[line.start : line.end])
        if line.kind != "item":
            return False
    return False


def label(reading: Reading, block: int) -> str:
    """Return the sort of an item's label: "a" for letters, "1" for digits, "" for none."""
    match = LABEL.match(reading.flat, reading.blocks[block].start)
    return "" if match is None else "1" if match[0].isdigit() else "a"


def out_of_force(reading: Reading, clause: Clause, inside: list[Citation]) -> Iterator[Citation]:
    """Yield the documents of "X … và Điều 11 Quyết định Y … hết hiệu lực kể từ ngày Quyết định này có hiệu lực"."""
    words = bare(reading.flat[clause.start : clause.end])
    ended = changes.OUT.search(words, inside[-1].tail - clause.start)
    if ended is None:
        return
    before = bare(reading.flat[reading.blocks[clause.block].start : clause.start][-changes.WINDOW :])
    if changes.FROM_NOW.match(words, ended.end()) is None and changes.IN_FORCE_NOW.search(before) is None:
        return
    place = clause.start
    for cited in inside:
        if changes.SIDE_BY_SIDE.search(bare(reading.flat[place : cited.start])) is not None:
            yield cited
        place = cited.tail


def joined(reading: Reading, inside: list[Citation]) -> Iterator[Citation]:
    """Yield the first of `inside` and what is joined to it."""
    previous: Citation | None = None
    for cited in inside:
        if previous is not None and not is_joined(reading, previous, cited):
            return
        yield cited
        previous = cited


# "thay thế Quyết định số 5 … |về quản lý đất đai và |Quyết định số 7 …"
AND_ANOTHER = re.compile(r"[\s,]*[^;.]{3,400}\sva\s*$", re.IGNORECASE)


def is_joined(reading: Reading, previous: Citation, cited: Citation) -> bool:
    """Tell whether one document follows another in a list, the first one's subject between them or not."""
    gap = reading.flat[previous.tail : cited.start]
    if LIST_GAP.fullmatch(gap) is not None:
        return True
    alike = base_type(previous.type) == base_type(cited.type) and previous.number and cited.number
    return bool(alike) and not refers(bare(gap[-60:])) and AND_ANOTHER.fullmatch(bare(gap)) is not None
