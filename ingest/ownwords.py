"""What a report says of itself: in its title, its opening, and where it ends or amends another document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.citations import LIST_GAP, Citation
from ingest.clauses import cue
from ingest.pairs import relation_between
from ingest.reading import ADVERB, CARRY, VERBS, YEARS, Link, Reading
from ingest.titles import base_type
from kg.fold import without_marks
from kg.model import SELF

ABOUT = re.compile(
    rf"(?:{VERBS}|kết\s+quả|tổng\s+kết|sơ\s+kết|báo\s+cáo){YEARS}(?:\s+{CARRY})*(?:\s+{ADVERB})*\s*$", re.IGNORECASE
)


JOINED = re.compile(r"^\s*,\s*$|(?:^|\s)và\s*$")  # what joins a second subject to a title, after the first one's own


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
        joined = previous is not None and JOINED.search(lead) is not None and previous.start >= covered
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
        rf"^\W*(?:để\s[^,;.]{{1,40}},\s*)?(?:(?:tiếp\s+tục|để|nhằm)\s+)?(?P<word>{cue('ground')})(?:\s+{CARRY})*(?:\s+{ADVERB})*"
        r"(?:\s+(?:khoản|điểm|điều|chương)\s+[\w,\s]{1,24}?)?\s*$"
    ),
    re.IGNORECASE,
)


RESULTS = re.compile(
    rf"báo\s+cáo\s+(?:tình\s+hình|kết\s+quả|tổng\s+kết|sơ\s+kết)[^;.]{{0,40}}?(?:{VERBS}){YEARS}(?:\s+{CARRY})*\s*$",
    re.IGNORECASE,
)


# "Thực hiện Kế hoạch 14 … |về công tác dân vận năm 2026 và |Công văn 95"
AND_TOO = re.compile(r"[\s,]*(?:về|v/v)\s(?:(?!báo\s+cáo|ban\s+hành|thực\s+hiện|triển\s+khai)[^;:.()]){3,200}\svà\s+")


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
            proposed = PROPOSAL.match(lead) is not None
            listed = (
                governed is not None and previous is not None and (LIST_GAP.fullmatch(lead) or AND_TOO.fullmatch(lead))
            )
            continued = governed is not None and begin == clause.start and not lead.strip(" ;,")
            if cited.start in nested:
                pass
            elif (
                RESULTS.search(reading.flat[max(clause.start, cited.start - 240) : cited.start])
                and reading.kind == "report"
            ):
                yield Link(SELF, "reports_on", reading.claim(cited), clause.start, cited.end, "opening", None, cited)
            elif first or listed or continued or proposed:
                governed = ground_relation(reading, first["word"]) if first else governed
                yield Link(
                    SELF,
                    "based_on" if proposed else governed or "based_on",
                    reading.claim(cited),
                    clause.start,
                    cited.end,
                    "opening",
                    None,
                    cited,
                )
            previous = cited


PROPOSAL = re.compile(
    r"^\W*(?:(?:xét|theo)\s+(?:đề\s+nghị\s+)?|và\s+ý\s+kiến\s+)[^;]{0,120}?\stại\s+(?:các\s+)?$", re.IGNORECASE
)


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
    r"^\W*(?:Điều\s+\d+\.\s*)?(?:(?:\d{1,2}(?:\.\d+)*|[a-zđ])[.)]\s*)?"
    r"(?:(?:Quyết\s+định|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Chỉ\s+thị|Quy\s+chế|Quy\s+định|Kế\s+hoạch|Hướng\s+dẫn|"
    r"Chương\s+trình|Luật)\s+này\s[^.;]{0,90}?)?"
    r"(?:thay\s+thế(?:\s+cho)?|bãi\s+bỏ|hủy\s+bỏ|sửa\s+đổi(?:,?\s*(?:và\s+)?bổ\s+sung)?)"
    r"(?:\s+(?:toàn\s+bộ|một\s+phần|một\s+số\s+(?:điều|nội\s+dung)|khoản|điểm|điều|chương|phụ\s+lục|các|của|tại|"
    r"và|ban\s+hành|kèm\s+theo|quy\s+định|quy\s+chế|nội\s+dung|[\dIVX]+[a-zđ]?,?|[a-zđ],?))*\s*$",
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
            own = ENDS.match(lead) and (reading.kind == "directive" or re.search(r"\snày\s", lead))
            if own or (listed and len(lead.strip(" -+abcdđe).0123456789")) < 30):
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
