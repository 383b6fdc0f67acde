"""Read what the text states between documents, each with the clause that says it and the name of the rule.

    Kế hoạch số 35/KH-UBND … về triển khai thực hiện Chỉ thị số 33/CT-TTg      35 implements 33       (title)
    Thực hiện Chỉ thị 33 … trên cơ sở Kế hoạch 780 …, UBND huyện ban hành …    35 based_on 780        (opening)
    … xây dựng 03 kế hoạch thực hiện Nghị quyết 25¹   ¹ Kế hoạch số 92 …; …    92 implements 25       (footnote)

Chains, not stars: of "A về triển khai B về triển khai C" come A -> B and B -> C.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ingest.citations import LIST_GAP, Citation
from ingest.claims import KINDS
from ingest.clauses import Clause, Clauses, cue, find_clauses
from ingest.header import Top
from ingest.letters import LETTER
from ingest.resolve import Resolved
from ingest.text import Block
from ingest.titles import base_type
from kg.fold import without_marks
from kg.model import SELF


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


CARRY = cue("carry")
ADVERB = cue("adverb")
# (về việc) (tiếp tục) (tổ chức) triển khai, quán triệt … thực hiện (có hiệu quả) (việc) |document
VERBS = (
    rf"(?:(?:tổ\s+chức|đẩy\s+mạnh|tăng\s+cường)\s+)?(?P<verb>{CARRY})"
    rf"(?:\s*(?:,|và)?\s*(?:tổ\s+chức\s+)?{CARRY})*"
)
YEARS = r"(?:\s+\d{1,2}\s+năm)?"
REACH = rf"{VERBS}{YEARS}(?:\s+{CARRY})?(?:\s+{ADVERB})*\s*$"
INTRO = r"(?:về\s+việc|về|v/v|vv|để|nhằm)"
CONTINUE = r"(?P<again>tiếp\s+tục\s+)?"
# A … về triển khai thực hiện |B
DIRECT = re.compile(rf"^[\s,:“\"]*(?:[(][^()]*[)])?[\s,]*(?:{INTRO}\s+)?(?:việc\s+)?{CONTINUE}{REACH}", re.IGNORECASE)
# A … ban hành Chương trình hành động thực hiện |B; A … về thực hiện chương trình hành động thực hiện |B
THROUGH = re.compile(
    rf"^[\s,:“\"]*(?:{INTRO}\s+)?(?:việc\s+)?(?:ban\s+hành|{CARRY}(?:\s+{CARRY})*)\s+(?:kèm\s+theo\s+)?"
    rf"(?:chương\s+trình|kế\s+hoạch|đề\s+án|quy\s+chế|quy\s+định|nội\s+dung|văn\s+bản)"
    rf"[^;:.”\"]{{0,40}}?\s{CONTINUE}{REACH}",
    re.IGNORECASE,
)
# A … về tăng cường công tác … và triển khai thực hiện |B
WITHIN = re.compile(
    rf"^[\s,]*{INTRO}\s+(?:(?!đồng\s+thời|tiếp\s+tục\s+quán)[^;:.”\"()]){{0,90}}?(?:,|và|để|nhằm)\s+{CONTINUE}{REACH}",
    re.IGNORECASE,
)
NOW = re.compile(
    r"[(,]\s*nay\s+(?:là|được\s+thay\s+(?:thế\s+)?bằng)\s*$|được\s+thay\s+thế\s+(?:bởi|bằng)\s*$", re.IGNORECASE
)
REPLACES = re.compile(
    r"(?:thay\s+thế(?:\s+cho)?|bãi\s+bỏ|"
    r"sửa\s+đổi(?:,\s*bổ\s+sung)?(?:\s+một\s+số\s+(?:điều|nội\s+dung)\s+(?:của)?)?)\s*$",
    re.IGNORECASE,
)
UNDER = re.compile(r"^[\s,”\"]*(?:ban\s+hành\s+)?(?:kèm\s+theo|theo|tại)\s*$", re.IGNORECASE)
WEAK = re.compile(
    rf"(?:gắn\s+(?:với|liền)|theo\s+tinh\s+thần|giám\s+sát|kiểm\s+tra|chưa|không)(?![{LETTER}])[^,;]*$", re.IGNORECASE
)


def find_links(reading: Reading) -> list[Link]:
    """Return all relations of a report, each (source, type, target) once, the first place that states it first."""
    found: dict[tuple[str, str, str], Link] = {}
    pairs = list(pair_links(reading))
    for link in [
        *title_links(reading),
        *ending_links(reading),
        *opening_links(reading, pairs),
        *pairs,
        *made_for_links(reading, pairs),
        *note_links(reading),
    ]:
        if link.source != link.target:
            found.setdefault((link.source, link.type, link.target), link)
    return list(found.values())


# ---- between neighbours: A về thực hiện B ---------------------------------------------------------------------------


def pair_links(reading: Reading) -> Iterator[Link]:
    """Yield the relations between a citation and the next one in its clause, and the list that follows it."""
    for cited in reading.by_block.values():
        for place, (lower, higher) in enumerate(pairwise(cited)):
            if lower.end > higher.start or not same_clause(reading, lower, higher):
                continue
            link = relation_between(reading, lower, higher)
            if link is None:
                continue
            yield link
            if link.type in {"implements", "based_on"} and link.lower is lower:
                yield from with_list(reading, link, lower, cited[place + 1 :])


def same_clause(reading: Reading, lower: Citation, higher: Citation) -> bool:
    """Tell whether two citations stand in one clause."""
    return reading.clauses.index_at(lower.start) == reading.clauses.index_at(higher.start)


def relation_between(reading: Reading, lower: Citation, higher: Citation) -> Link | None:
    """Return what the words between two neighbouring citations state, or None."""
    bridge = reading.flat[lower.tail : higher.start]
    before = reading.flat[lower.end : higher.start]
    a, b = reading.claim(lower), reading.claim(higher)
    span = (lower.start, higher.end)
    if NOW.search(bridge) or NOW.search(before):
        return Link(b, "replaces", a, *span, "now", higher, lower)
    if REPLACES.search(bridge) and not re.search(r"[”\"]", bridge):
        return Link(a, "replaces", b, *span, "replaces", lower, higher)
    if lower.form == "named" and UNDER.match(bridge):
        return Link(a, "based_on", b, *span, "under", lower, higher)
    for rule, pattern in (("title", DIRECT), ("through", THROUGH), ("within", WITHIN)):
        match = pattern.match(bridge)
        if match is None or len(bridge) > 220 or WEAK.search(bridge[: match.start("verb")]):
            continue
        if lower.form == "short" and not match["again"] and not re.match(rf"\s*(?:{INTRO})\s", bridge):
            return None  # "Việc triển khai Nghị quyết số 25 … thực hiện": headings, not statements
        return Link(a, kind_of(lower, bool(match["again"])), b, *span, rule, lower, higher)
    return None


def kind_of(lower: Citation, again: bool) -> str:
    """Return "continues" for a conclusion or directive "về tiếp tục thực hiện" another, else "implements"."""
    central = lower.number is not None and lower.number.issuer in {"TW", "TU", "HU", "CP", "TTg"}
    return (
        "continues"
        if again and central and base_type(lower.type) in {"kết luận", "nghị quyết", "chỉ thị"}
        else "implements"
    )


def with_list(reading: Reading, link: Link, lower: Citation, following: list[Citation]) -> Iterator[Link]:
    """Yield the same relation to the items joined to its target: "thực hiện Nghị quyết 76 … và Nghị quyết 08"."""
    for here, after in pairwise(following):
        if LIST_GAP.fullmatch(reading.flat, here.tail, after.start) is None:
            return
        yield Link(
            link.source, link.type, reading.claim(after), lower.start, after.end, f"{link.rule}-list", lower, after
        )


# ---- the report itself ----------------------------------------------------------------------------------------------

ABOUT = re.compile(
    rf"(?:{VERBS}|kết\s+quả|tổng\s+kết|sơ\s+kết|báo\s+cáo){YEARS}(?:\s+{CARRY})*(?:\s+{ADVERB})*\s*$", re.IGNORECASE
)


def title_links(reading: Reading) -> Iterator[Link]:
    """Yield what the report's own title says: "Kết quả thực hiện Chỉ thị 33", "tổng kết 10 năm thực hiện …"."""
    span = reading.top.title
    if span is None:
        return
    inside = [c for c in reading.resolved.citations if span[0] <= c.start < span[1]]
    covered = -1
    previous: Citation | None = None
    for cited in inside:
        begin = max(span[0], previous.tail if previous else span[0])
        lead = reading.flat[begin : cited.start]
        joined = previous is not None and LIST_GAP.fullmatch(lead) is not None and previous.start >= covered
        if previous is not None and relation_between(reading, previous, cited) is not None and ";" not in lead:
            covered = cited.start + 1  # the target of another title: "Kết luận 43 tiếp tục thực hiện Nghị quyết 25"
        elif joined or (ABOUT.search(lead) and (previous is None or re.search(r"[;,]|và\s", lead))):
            yield Link(
                SELF,
                own_relation(reading, lead),
                reading.claim(cited),
                span[0],
                max(cited.end, span[0] + 1),
                "own title",
                None,
                cited,
            )
        previous = cited


def own_relation(reading: Reading, lead: str) -> str:
    """Return how the report stands to the document its title is about, by what kind of document it is."""
    if reading.kind == "report":
        return "reports_on"
    if re.search(r"tiếp\s+tục\s+thực\s+hiện", lead) and base_type(reading.top.header.type) in {
        "kết luận",
        "nghị quyết",
    }:
        return "continues"
    return "implements"


# Read without marks: scans of decisions have "Cặn cứ" for "Căn cứ"
GROUND = re.compile(
    without_marks(
        rf"^\W*(?:(?:tiếp\s+tục|để|nhằm)\s+)?(?P<word>{cue('ground')})(?:\s+{CARRY})*(?:\s+{ADVERB})*"
        r"(?:\s+(?:khoản|điểm|điều|chương)\s+[\w,\s]{1,24}?)?\s*$"
    ),
    re.IGNORECASE,
)
RESULTS = re.compile(
    rf"báo\s+cáo\s+(?:tình\s+hình|kết\s+quả|tổng\s+kết|sơ\s+kết)[^;.]{{0,40}}?(?:{VERBS}){YEARS}(?:\s+{CARRY})*\s*$",
    re.IGNORECASE,
)


def opening_links(reading: Reading, pairs: list[Link]) -> Iterator[Link]:
    """Yield what the opening says of the report: "Căn cứ …", "Thực hiện Công văn …, UBND huyện báo cáo …"."""
    nested = {link.higher.start for link in pairs if link.higher is not None}
    for index in opening_blocks(reading):
        block = reading.blocks[index]
        governed: str | None = None
        previous: Citation | None = None
        for cited in reading.by_block.get(index, []):
            clause = reading.clauses.at(cited.start)
            begin = max(clause.start, previous.tail if previous and previous.start >= clause.start else clause.start)
            lead = reading.flat[begin : cited.start]
            first = (
                GROUND.match(without_marks(lead))
                if begin in {clause.start, block.start}
                else re.match(
                    rf"^[\s,;]*(?:và\s+)?(?P<word>căn\s+cứ|trên\s+cơ\s+sở|theo|thực\s+hiện)(?:\s+{CARRY})*\s*$",
                    lead,
                    re.IGNORECASE,
                )
            )
            listed = governed is not None and previous is not None and LIST_GAP.fullmatch(lead)
            continued = governed is not None and begin == clause.start and not lead.strip(" ;,")
            if cited.start in nested:
                pass
            elif RESULTS.search(reading.flat[clause.start : cited.start]) and reading.kind == "report":
                yield Link(SELF, "reports_on", reading.claim(cited), clause.start, cited.end, "opening", None, cited)
            elif first or listed or continued:
                governed = ground_relation(reading, first["word"]) if first else governed
                yield Link(
                    SELF, governed or "based_on", reading.claim(cited), clause.start, cited.end, "opening", None, cited
                )
            previous = cited


def opening_blocks(reading: Reading) -> list[int]:
    """Return the numbers of the blocks between the title and the first heading."""
    found: list[int] = []
    for index, block in enumerate(reading.blocks):
        if block.start < reading.top.body or block.kind == "note":
            continue
        words = reading.flat[block.start : block.end].strip(" *#_")
        if (
            (block.kind == "heading" and found)
            or re.match(r"(?:[IVX]+|A|1)[.)]\s|Điều\s+1|PHẦN", words)
            or len(found) >= 25
        ):
            break
        found.append(index)
    return found


def ground_relation(reading: Reading, word: str) -> str:
    """Return the relation of a report to what it opens with: a plan that says "Thực hiện B" carries B out."""
    carries = re.search(r"thuc\s+hien|trien\s+khai", without_marks(word), re.IGNORECASE) is not None
    letter = base_type(reading.top.header.type) == "công văn"
    return "implements" if carries and (reading.kind == "plan" or letter) else "based_on"


# Quyết định này thay thế |X; Bãi bỏ (Điều 2) |X; Sửa đổi, bổ sung một số điều của |X
ENDS = re.compile(
    r"(?:thay\s+thế(?:\s+cho)?|bãi\s+bỏ|hủy\s+bỏ|sửa\s+đổi(?:,?\s*(?:và\s+)?bổ\s+sung)?)"
    r"(?:\s+(?:toàn\s+bộ|một\s+phần|một\s+số\s+(?:điều|nội\s+dung)|khoản|điểm|điều|chương|phụ\s+lục|các|của|tại|và|ban\s+hành|kèm\s+theo|[\dIVX]+[a-zđ]?,?|[a-zđ],?))*\s*$",
    re.IGNORECASE,
)
ENDED_BELOW = re.compile(
    r"(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|hết\s+hiệu\s+lực)[^.;]{0,60}(?:sau\s+đây|sau|gồm)\s*:\s*$", re.IGNORECASE
)


def ending_links(reading: Reading) -> Iterator[Link]:
    """Yield what a directive ends or amends by its own words: "Quyết định này thay thế Quyết định số 1836 …"."""
    if reading.kind not in {"directive", "plan"}:
        return
    for block, cited in reading.by_block.items():
        listed = ended_by_lead(reading, block)
        for clause, inside in reading.by_clause(cited):
            lead = reading.flat[clause.start : inside[0].start]
            if ENDS.search(lead) or (listed and len(lead.strip(" -+abcdđe).0123456789")) < 30):
                for c in joined(reading, inside):
                    yield Link(SELF, "replaces", reading.claim(c), clause.start, c.end, "own words of ending", None, c)


def ended_by_lead(reading: Reading, block: int) -> bool:
    """Tell whether the list in which `block` stands is one of ended documents: "Bãi bỏ các văn bản sau đây:"."""
    lead = block - 1
    while lead >= 0 and block - lead < 12 and reading.flat[reading.blocks[lead].end - 1] != ":":
        if reading.blocks[lead].kind != "item":
            return False
        lead -= 1
    start = reading.blocks[lead].start
    return lead >= 0 and ENDED_BELOW.search(reading.flat, start, reading.blocks[lead].end) is not None


def joined(reading: Reading, inside: list[Citation]) -> Iterator[Citation]:
    """Yield the first of `inside` and what commas join to it."""
    previous: Citation | None = None
    for cited in inside:
        if previous is not None and LIST_GAP.fullmatch(reading.flat, previous.tail, cited.start) is None:
            return
        yield cited
        previous = cited


# ---- Thực hiện B và trên cơ sở C, UNIT ban hành A -------------------------------------------------------------------

MADE = re.compile(rf"{cue('issue')}(?:\s*(?:,|và)\s*(?:{cue('issue')}|{CARRY}))*\s*:?\s*$", re.IGNORECASE)
WORD = re.compile(
    rf"(?:^|[:;,]\s*|và\s+)(?P<word>{cue('ground')})(?:\s*,?\s*{CARRY})*(?:\s+{ADVERB})*\s*$", re.IGNORECASE
)


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
            earlier = [c for c in cited[:place] if c.start >= clause.start and c.start not in nested]
            yield from grounds_before(reading, made, earlier, clause.start)


def grounds_before(reading: Reading, made: Citation, earlier: list[Citation], begin: int) -> Iterator[Link]:
    """Yield how `made` stands to what its clause names before it, after "thực hiện", "trên cơ sở"."""
    governed: str | None = None
    place = begin
    for cited in earlier:
        lead = reading.flat[place : cited.start]
        match = WORD.search(lead.lstrip()) if place == begin else WORD.search(lead)
        if match is not None and (place != begin or opens(lead, match)):
            carries = re.search(r"thực\s+hiện|triển\s+khai|thi\s+hành", match["word"], re.IGNORECASE)
            governed = "implements" if carries else "based_on"
        elif LIST_GAP.fullmatch(lead) is None:
            governed = None
        if governed is not None:
            yield Link(reading.claim(made), governed, reading.claim(cited), begin, made.end, "made for", made, cited)
        place = cited.tail


def opens(lead: str, match: re.Match[str]) -> bool:
    """Tell whether the ground's word opens the clause or follows a colon: "UBND thành phố: Thực hiện …"."""
    before = lead.lstrip()[: match.start("word")].rstrip()
    return not before or before.endswith((":", "-", "+", "*", "“"))


# ---- footnote lists -------------------------------------------------------------------------------------------------

PLANS_FOR = re.compile(
    rf"{cue('issue')}[^.;]{{0,40}}?(?:kế\s+hoạch|văn\s+bản|chương\s+trình|hướng\s+dẫn|công\s+văn|"
    rf"quyết\s+định|chỉ\s+thị)[^.;]{{0,30}}?{REACH}",
    re.IGNORECASE,
)


def note_links(reading: Reading) -> Iterator[Link]:
    """Yield the heads of a footnote's list as carrying out what the sentence with its mark says they are for."""
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        before = [
            c for c in reading.by_block.get(clause.block, []) if clause.start <= c.start and c.tail <= block.anchor
        ]
        if not before or reading.flat[before[-1].tail : block.anchor].strip(' .,“”"'):
            continue
        target = before[-1]
        if not PLANS_FOR.search(reading.flat[clause.start : target.start]):
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


def heads(reading: Reading, block: int) -> list[Citation]:
    """Return the citations that open a clause of the block: the items of its list."""
    found = []
    for cited in reading.by_block.get(block, []):
        clause = reading.clauses.at(cited.start)
        lead = reading.flat[clause.start : cited.start].strip(" -+*•.,;")
        if (
            len(lead) < 40
            and not re.search(rf"{CARRY}", lead)
            and all(c.start >= cited.start or c.start < clause.start for c in reading.by_block[block])
        ):
            found.append(cited)
    return found
