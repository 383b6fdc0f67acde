"""What a document rests on by its opening: "Căn cứ …", "Thực hiện Công văn …, UBND huyện báo cáo", "Xét Tờ trình …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import changes
from ingest.citations import LIST_GAP, Citation
from ingest.clauses import Clause, cue
from ingest.letters import bare
from ingest.reading import ADVERB, CARRY, VERBS, YEARS, Link, Reading
from ingest.titles import base_type
from kg.model import SELF

Span = tuple[int, int]

# Read without marks: scans of decisions have "Cặn cứ" for "Căn cứ"
GROUND = re.compile(
    bare(
        rf"^\W*(?:để\s[^,;.]{{1,40}},\s*)?(?:(?:tiếp\s+tục|để|nhằm)\s+)?(?P<word>{cue('ground')})(?:\s+{CARRY})*(?:\s+{ADVERB})*"
        r"(?:\s+(?:khoản|điểm|điều|chương)\s+[\w,\s]{1,24}?)?\s*$"
    ),
    re.IGNORECASE,
)


# "Kế hoạch 14 …, |trên cơ sở |Công văn 95"
FURTHER = re.compile(
    rf"^[\s,;]*(?:và\s+)?(?P<word>căn\s+cứ|trên\s+cơ\s+sở|theo|thực\s+hiện)(?:\s+{CARRY})*\s*$", re.IGNORECASE
)


ANEW = re.compile(r".*\s(?=Can\s+cu\s)", re.DOTALL)  # a scan that lost the line's end: "… nhiệm kỳ 2025 |Căn cứ …"


RESULTS = re.compile(
    rf"báo\s+cáo\s+{cue('result')}[^;.]{{0,40}}?(?:{VERBS}){YEARS}(?:\s+{CARRY})*\s*$",
    re.IGNORECASE,
)


# "Thực hiện Kế hoạch 14 … |về công tác dân vận năm 2026 và |Công văn 95"
AND_TOO = re.compile(r"[\s,]*(?:về|v/v)\s(?:(?!báo\s+cáo|ban\s+hành|thực\s+hiện|triển\s+khai)[^;:.()]){3,200}\svà\s+")


# "Căn cứ Quy định 296 … |về công tác kiểm tra: |Hướng dẫn 08": a scan reads the semicolon so
COLON = re.compile(r"(?:(?!gồm|như\s+sau|sau\s+đây)[^;]){3,400}:\s*")


PROPOSAL = re.compile(
    r"^\W*(?:(?:xét|theo)\s+(?:đề\s+nghị\s+)?|và\s+ý\s+kiến\s+)[^;]{0,120}?\stại\s+(?:các\s+)?$", re.IGNORECASE
)


def opening_links(reading: Reading, pairs: list[Link]) -> Iterator[Link]:
    """Yield what the opening says of the report: "Căn cứ …", "Thực hiện Công văn …, UBND huyện báo cáo …"."""
    nested = {link.higher.start for link in pairs if link.higher is not None and link.rule != "now"}
    for index in opening_blocks(reading):
        governed: str | None = None
        previous: Citation | None = None
        deeds: dict[Span, bool] = {}  # sentences, each looked at once
        for cited in reading.by_block.get(index, []):
            clause = reading.clauses.at(cited.start)
            relation: str | None = None
            if clause.sentence not in deeds:
                deeds[clause.sentence] = tells_a_deed(reading, clause.sentence)
            if cited.start not in nested and not deeds[clause.sentence]:
                relation = ground(reading, clause, cited, previous, governed)
                if is_reported(reading, clause, cited):
                    relation = "reports_on"
                elif relation is not None:
                    governed = relation
            if relation is not None:
                yield Link(SELF, relation, reading.claim(cited), clause.start, cited.end, "opening", None, cited)
            previous = cited


# "Thực hiện Nghị quyết số 18-NQ/TW, UBND huyện |đã tổ chức quán triệt …": a deed of the unit, no ground of the paper
DEED = re.compile(r",\s+[^,;]{2,80}?\s(?:đã|luôn|thường\s+xuyên)\s")
PAPER = re.compile(r"báo\s+cáo|như\s+sau|sau\s+đây|kế\s+hoạch\s+này|\sban\s+hành\s|kết\s+quả\s+như", re.IGNORECASE)


def tells_a_deed(reading: Reading, sentence: Span) -> bool:
    """Tell whether the sentence of an opening says what was done, and nothing of the paper that it opens."""
    words = reading.flat[sentence[0] : sentence[1]]
    return reading.kind == "report" and DEED.search(words) is not None and PAPER.search(words) is None


def is_reported(reading: Reading, clause: Clause, cited: Citation) -> bool:
    """Tell whether a report reports on what its opening names: "báo cáo kết quả thực hiện |Chỉ thị 33"."""
    lead = reading.flat[max(clause.start, cited.start - 240) : cited.start]
    return reading.kind == "report" and RESULTS.search(lead) is not None


def ground(
    reading: Reading, clause: Clause, cited: Citation, previous: Citation | None, governed: str | None
) -> str | None:
    """Return how the report stands to a document that its opening names, or None where that says nothing of it.

    `previous` is the citation before it in the block, `governed` the relation of the ground it may go on with.
    """
    before = previous if previous is not None and previous.start >= clause.start else None
    lead = reading.flat[before.tail if before else clause.start : cited.start]
    word = ground_word(lead, opens=before is None)
    if word is not None:
        return ground_relation(reading, word)
    if PROPOSAL.match(lead):
        return "based_on"
    if governed is None or (before is None and lead.strip(" ;,")):
        return None
    return governed if before is None or goes_on(lead, cited) else None


def ground_word(lead: str, *, opens: bool) -> str | None:
    """Return the word that makes a ground of what follows `lead`: "Căn cứ", "Thực hiện"; in mid-clause few do."""
    plain = bare(lead)
    again = ANEW.match(plain)
    match = GROUND.match(plain[again.end() if again else 0 :]) if opens or again else FURTHER.match(lead)
    return match["word"] if match is not None else None


def goes_on(lead: str, cited: Citation) -> bool:
    """Tell whether a document behind a ground is a ground too: in a list, after its subject, or as what amended it."""
    listed = LIST_GAP.fullmatch(lead) or AND_TOO.fullmatch(lead) or changes.gives_place(lead, "")
    return bool(listed) or (cited.typed and cited.form == "numbered" and COLON.fullmatch(lead) is not None)


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
    carries = re.search(r"thuc\s+hien|trien\s+khai", bare(word), re.IGNORECASE) is not None
    letter = base_type(reading.top.header.type) == "công văn"
    return "implements" if carries and (reading.kind == "plan" or letter) else "based_on"
