"""Read what the text states between documents, each with the clause that says it and the name of the rule.

    Kế hoạch số 35/KH-UBND … về triển khai thực hiện Chỉ thị số 33/CT-TTg      35 implements 33       (title)
    Thực hiện Chỉ thị 33 … trên cơ sở Kế hoạch 780 …, UBND huyện ban hành …    35 based_on 780        (opening)
    … xây dựng 03 kế hoạch thực hiện Nghị quyết 25¹   ¹ Kế hoạch số 92 …; …    92 implements 25       (footnote)

Chains, not stars: of "A về triển khai B về triển khai C" come A -> B and B -> C.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from ingest import changes
from ingest.again import pointed_back
from ingest.citations import LIST_GAP, Citation, is_dated_before
from ingest.clauses import LONGEST, Clause, cue, issuing_verb, lies_ahead, words_before
from ingest.endings import ending_links
from ingest.grounds import opening_links
from ingest.ownwords import title_links
from ingest.pairs import pair_links, same_clause
from ingest.reading import ADVERB, BY_WORD_OF, CARRY, REACH, Link, Reading, heads


def find_links(reading: Reading) -> list[Link]:
    """Return all relations of a report, each (source, type, target) once, the first place that states it first."""
    found: dict[tuple[str, str, str], Link] = {}
    if not reading.resolved.citations:
        return []
    pairs = list(pair_links(reading))
    for link in [
        *title_links(reading),
        *ending_links(reading),
        *opening_links(reading, pairs),
        *pairs,
        *made_for_links(reading, pairs),
        *pointed_links(reading, {link.higher.start for link in pairs if link.higher is not None}),
        *bracket_links(reading),
        *means_links(reading),
        *listed_links(reading, pairs),
        *note_links(reading),
    ]:
        if link.source != link.target:
            stated = to_come(reading, link)
            known = found.get((link.source, link.type, link.target))
            if known is None or (known.status == "planned" and stated.status == "done"):
                found[link.source, link.type, link.target] = stated
    return list(found.values())


VERB = 80  # characters that hold any verb of issuing
TO_ISSUE = re.compile(rf"(?:{issuing_verb()}|dự\s+thảo)\s*:?\s*$", re.IGNORECASE)


def to_come(reading: Reading, link: Link) -> Link:
    """Return `link` as planned where its lower document is still to be issued: "UBND huyện sẽ ban hành |Kế hoạch …"."""
    if link.lower is None or is_dated_before(link.lower, reading.top.header.date):
        return link
    before = words_before(reading.flat, reading.clauses.at(link.lower.start).start, link.lower.start)
    return replace(link, status="planned") if TO_ISSUE.search(before[-VERB:]) and lies_ahead(before) else link


MADE = re.compile(rf"{issuing_verb()}(?:\s*(?:,|và)\s*(?:{issuing_verb()}|{CARRY}))*\s*:?\s*$", re.IGNORECASE)


WORD = re.compile(
    rf"(?:^|[:;,]\s*|và\s+)(?:(?:để|nhằm)\s+)?(?P<word>{cue('ground')}|{CARRY})(?:\s*,?\s*{CARRY})*(?:\s+{ADVERB})*(?:\s+{BY_WORD_OF})?\s*$",
    re.IGNORECASE,
)


# xây dựng kế hoạch thực hiện B (|A)
BRACKET = re.compile(r"^[\s,]*[(]\s*(?:là\s+)?$")


MADE_FOR = re.compile(
    rf"{issuing_verb()}\s+(?:\d+\s+)?(?:kế\s+hoạch|chương\s+trình|văn\s+bản|công\s+văn)[^.;()]{{0,60}}?{REACH}",
    re.IGNORECASE,
)


# Thực hiện B, UNIT đã ban hành 02 văn bản, gồm: |A; A
PAPERS = re.compile(
    rf"{issuing_verb()}\s+(?:\d+\s+|các\s+|nhiều\s+|một\s+số\s+)?(?:kế\s+hoạch|văn\s+bản|chương\s+trình)[^.;]{{0,60}}?(?:gồm|như|sau|:)\s*:?\s*$",
    re.IGNORECASE,
)


def bracket_links(reading: Reading) -> Iterator[Link]:
    """Yield A implements B for "xây dựng kế hoạch thực hiện B (A ngày …)"."""
    for cited in reading.by_block.values():
        for higher, lower in pairwise(cited):
            if BRACKET.match(reading.flat[higher.tail : lower.start]) is None or not same_clause(
                reading, higher, lower
            ):
                continue
            clause = reading.clauses.at(higher.start)
            if MADE_FOR.search(reading.flat[max(clause.start, higher.start - 240) : higher.start]):
                a, b = reading.claim(lower), reading.claim(higher)
                yield Link(a, "implements", b, clause.start, lower.end, "in brackets", lower, higher)


BY_MEANS = re.compile(
    rf"^(?:[\s,]*{cue('about')}\s[^;:.]{{3,200}}?)?\s*{cue('means')}(?:\s+việc)?(?:\s+{issuing_verb()})?\s*$",
    re.IGNORECASE,
)


def means_links(reading: Reading) -> Iterator[Link]:
    """Yield A implements B for "cụ thể hóa B bằng A"."""
    for cited in reading.by_block.values():
        for higher, lower in pairwise(cited):
            if BY_MEANS.match(reading.flat[higher.tail : lower.start]) is None:
                continue
            if re.search(REACH, reading.flat[max(0, higher.start - 60) : higher.start], re.IGNORECASE):
                a, b = reading.claim(lower), reading.claim(higher)
                yield Link(a, "implements", b, higher.start, lower.end, "by means of", lower, higher)


def listed_links(reading: Reading, pairs: list[Link]) -> Iterator[Link]:
    """Yield the papers listed after "Thực hiện B, UNIT ban hành 02 văn bản, gồm:" as carrying out B."""
    nested = {link.higher.start for link in pairs if link.higher is not None}
    for cited in reading.by_block.values():
        for place, first in enumerate(cited[1:], 1):
            clause = reading.clauses.at(first.start)
            begin = max(clause.start, cited[place - 1].tail)
            if not PAPERS.search(reading.flat[begin : first.start]):
                continue
            earlier = before_in_clause(cited, place, clause, nested)
            following = [c for c in cited[place:] if c.start < clause.sentence[1] and c.start not in nested]
            for made in following:
                yield from grounds_before(reading, made, earlier, clause.start)


def pointed_links(reading: Reading, nested: set[int]) -> Iterator[Link]:
    """Yield A implements B for "Thực hiện Công văn này, UBND huyện ban hành |A", B being the letter told of before."""
    for here, meant in pointed_back(reading, nested):
        clause = reading.clauses.at(here.start)
        lead = LABEL.sub("", reading.flat[clause.start : here.start].lstrip())
        word = WORD.search(lead)
        if word is None or not opens(lead, word) or not re.search(CARRY, word["word"], re.IGNORECASE):
            continue
        behind = [c for c in reading.by_block.get(here.block, []) if here.end <= c.start < clause.end]
        if behind and MADE.search(reading.flat[here.end : behind[0].start]):
            a, b = reading.claim(behind[0]), reading.claim(meant)
            yield Link(a, "implements", b, clause.start, behind[0].end, "made for", behind[0], meant)


def made_for_links(reading: Reading, pairs: list[Link]) -> Iterator[Link]:
    """Yield A implements B, A based_on C for sentences in which a unit issues A to carry out B on the ground of C."""
    nested = {link.higher.start for link in pairs if link.higher is not None}
    for cited in reading.by_block.values():
        for place, made in enumerate(cited):
            if made.form == "named" or made.start in nested:
                continue
            clause = reading.clauses.at(made.start)
            lead_from = max(clause.start, cited[place - 1].tail if place else clause.start)
            if not MADE.search(reading.flat[lead_from : made.start]):
                continue
            earlier = before_in_clause(cited, place, clause, nested)
            yield from grounds_before(reading, made, earlier, clause.start)


def before_in_clause(cited: list[Citation], place: int, clause: Clause, nested: set[int]) -> list[Citation]:
    """Return the citations of the clause before number `place` of its block, without the targets of others."""
    begin = max(clause.start, cited[place].start - LONGEST)
    first = bisect_left(cited, begin, hi=place, key=lambda c: c.start)
    return [c for c in cited[first:place] if c.start not in nested]


# "Thực hiện Kết luận số 76 … |về tiếp tục thực hiện Nghị quyết số 33 và |Kế hoạch số 270 …, Huyện ủy đã xây dựng …"
AND_ALSO = re.compile(r"[\s,]*(?:về|v/v)\s[^;:.]{3,300}\svà\s+", re.IGNORECASE)


LABEL = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)]|[IVX]+[.)])\s+")  # "1. ", "2.1. ", "a) "


def grounds_before(reading: Reading, made: Citation, earlier: list[Citation], begin: int) -> Iterator[Link]:
    """Yield how `made` stands to what its clause names before it, after "thực hiện", "trên cơ sở"."""
    governed: str | None = None
    place = begin
    for cited in earlier:
        lead = words_before(reading.flat, place, cited.start)
        lead = LABEL.sub("", lead.lstrip()) if place == begin else lead
        match = WORD.search(lead)
        if match is not None and (place != begin or opens(lead, match)):
            carries = re.search(rf"{CARRY}", match["word"], re.IGNORECASE)
            governed = "implements" if carries else "based_on"
        elif LIST_GAP.fullmatch(lead) is None and AND_ALSO.fullmatch(lead) is None:
            governed = None
        if governed is not None:
            yield Link(reading.claim(made), governed, reading.claim(cited), begin, made.end, "made for", made, cited)
        place = cited.tail


def opens(lead: str, match: re.Match[str]) -> bool:
    """Tell whether the ground's word opens the clause or follows a colon: "UBND thành phố: Thực hiện …"."""
    before = re.sub(r"(?:để|nhằm)\s*$", "", lead[: match.start("word")].rstrip(), flags=re.IGNORECASE).rstrip()
    return not before or before.endswith((":", "-", "+", "*", "“")) or WHEN.fullmatch(before) is not None


# Trước khi triển khai diện rộng, |thực hiện B, UBND xã ban hành A; nobody acts before the comma
WHEN = re.compile(
    r"(?:Trước|Sau|Khi|Ngay|Trong|Năm|Từ|Đến|Đầu|Cuối|Cùng|Bên\s+cạnh|Để|Nhằm|Đồng\s+thời|Thời\s+gian|Những\s+năm|Qua|Ngày|Tháng|Quý)"
    r"(?:(?!UBND|HĐND|MTTQ|BTV|\b(?:Ủy|Hội|Ban|Sở|Phòng|Công\s+an|ủy)\s)[^;:.]){0,80},"
)


def last_two_before(reading: Reading, clause: Clause, anchor: int) -> list[Citation]:
    """Return the last citations of a clause, two at most, that end before `anchor`."""
    cited = reading.by_block.get(clause.block, [])
    found: list[Citation] = []
    for place in range(bisect_left(cited, anchor, key=lambda c: c.start) - 1, -1, -1):
        if len(found) == 2 or cited[place].start < clause.start:
            break
        if cited[place].tail <= anchor:
            found.insert(0, cited[place])
    return found


def note_changes(reading: Reading, index: int, before: list[Citation]) -> Iterator[Link]:
    """Yield that the document with a footnote replaces what the note begins with: "¹ Thay thế Quyết định số 5 …"."""
    block, noted = reading.blocks[index], reading.by_block.get(index, [])
    lead = reading.flat[block.start : noted[0].start] if noted else ""
    new = before[0] if len(before) == 1 else None
    if new is not None and len(lead) < NOTE_LEAD and changes.takes_place(lead) and changes.can_change(new, noted[0]):
        a, b = reading.claim(new), reading.claim(noted[0])
        yield Link(a, "replaces", b, new.start, new.end, "replaces", new, noted[0])


NOTE_LEAD = 30  # characters: "¹ Sửa đổi, bổ sung "


PLANS_FOR = re.compile(
    rf"{issuing_verb()}[^.;]{{0,40}}?(?:kế\s+hoạch|văn\s+bản|chương\s+trình|hướng\s+dẫn|công\s+văn|"
    rf"quyết\s+định|chỉ\s+thị)[^.;]{{0,30}}?{REACH}",
    re.IGNORECASE,
)


def note_links(reading: Reading) -> Iterator[Link]:
    """Yield the heads of a footnote's list as carrying out what the sentence with its mark says they are for."""
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        before = last_two_before(reading, clause, block.anchor)
        yield from note_changes(reading, index, before)
        if not before or reading.flat[before[-1].tail : block.anchor].strip(' .,“”"'):
            continue
        target = before[-1]
        begin = (
            before[-2].end if len(before) > 1 else clause.start
        )  # a verb that already has its own document is no list's
        if not PLANS_FOR.search(reading.flat[begin : target.start]):
            continue
        for head in heads(reading, index):
            yield Link(
                reading.claim(head),
                "implements",
                reading.claim(target),
                clause.start,
                block.anchor,
                "footnote",
                head,
                target,
            )
