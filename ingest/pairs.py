"""What the words between two neighbouring citations state: "A … về triển khai thực hiện B", "A (nay là B)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest import changes
from ingest.citations import LIST_GAP, Citation
from ingest.clauses import cue, issuing_verb, lies_ahead, spoiled
from ingest.reading import CARRY, REACH, Link, Reading
from ingest.titles import base_type

INTRO = cue("about")


CONTINUE = rf"(?P<again>{cue('again')}\s+)?"


# A … về triển khai thực hiện |B
DIRECT = re.compile(
    rf"^[\s,:“\"]*(?:[(][^()]*[)])?(?:\s*(?:gửi|tới)\s[^;.]{{1,60}}?\s(?={INTRO}\s))?[\s,]*(?:đều\s+)?(?:{INTRO}\s+)?(?:việc\s+)?"
    rf"(?:(?:đôn\s+đốc|chỉ\s+đạo|yêu\s+cầu|hướng\s+dẫn)\s+(?:các\s+[^;:.“”()]{{2,50}}?\s)?)?{CONTINUE}{REACH}",
    re.IGNORECASE,
)


# A … ban hành Chương trình hành động thực hiện |B; A … về thực hiện chương trình hành động thực hiện |B
THROUGH = re.compile(
    rf"^[\s,:“\"]*(?:{INTRO}\s+)?(?:việc\s+)?(?:ban\s+hành|{CARRY}(?:\s+{CARRY})*)\s+(?:kèm\s+theo\s+)?"
    rf"(?:chương\s+trình|kế\s+hoạch|đề\s+án|quy\s+chế|quy\s+định|nội\s+dung|văn\s+bản)"
    rf"[^;:.”\"]{{0,40}}?\s{CONTINUE}{REACH}",
    re.IGNORECASE,
)


# A … về tăng cường công tác … và triển khai thực hiện |B
WITHIN = re.compile(
    rf"^[\s,]*{INTRO}\s+(?:(?!đồng\s+thời|tiếp\s+tục\s+quán)[^;:.”\"()]){{0,90}}?(?:(?:,|và|để|nhằm)\s+{CONTINUE}|\s(?P<more>{cue('again')})\s+){REACH}",
    re.IGNORECASE,
)


# A (…) được UBND tỉnh ban hành để thực hiện |B; A (ban hành để thực hiện |B)
MADE_TO = re.compile(
    rf"^(?:[\s,]*{INTRO}\s[^;:.,()“”\"]{{3,160}}?)?\s*(?:[(]\s*(?:được\s+)?|(?:đã\s+)?được\s+)(?:[^;:.,()“”\"]{{2,80}}?\s)??"
    rf"{issuing_verb()}(?:\s*(?:,|và)\s*{issuing_verb()})*\s+(?:để|nhằm)\s+{REACH}",
    re.IGNORECASE,
)


# Nghị định A quy định chi tiết (một số điều của) |Luật B; Thông tư A hướng dẫn thi hành |Nghị định B
DETAILS = re.compile(
    rf"^[\s,]*(?:{INTRO}\s+)?{cue('detail')}(?:[^;.”\"]{{0,60}}?\s(?:của|thi\s+hành|thực\s+hiện))?\s*$",
    re.IGNORECASE,
)


# A … được xây dựng trên cơ sở |B
GROUNDED = re.compile(
    rf"^(?:[\s,]*{INTRO}\s[^;:.“”\"]{{3,160}}?)?[\s,]*(?:(?:đã\s+)?được\s+)?(?:(?:xây\s+dựng|ban\s+hành|lập)\s+)?trên\s+cơ\s+sở\s*$",
    re.IGNORECASE,
)


UNDER = re.compile(rf"^[\s,”\"]*{cue('under')}\s*$", re.IGNORECASE)


def pair_links(reading: Reading) -> Iterator[Link]:
    """Yield the relations between a citation and the next one in its clause, and the list that follows it."""
    for cited in reading.by_block.values():
        lowers: dict[int, Citation] = {}  # by where the higher document of an earlier link stands, its lower one
        heads: list[Citation] = []  # so far, without those higher documents
        for place, (lower, higher) in enumerate(pairwise(cited)):
            if lower.start not in lowers:
                heads.append(lower)
            if lower.end > higher.start or not same_clause(reading, lower, higher):
                continue
            link = relation_between(reading, lower, higher, lowers.get(lower.start))
            if link is None:
                continue
            yield link
            if link.type in {"implements", "based_on", "replaces", "reports_on"} and link.lower is lower:
                yield from with_list(reading, link, lower, (cited[i] for i in range(place + 1, len(cited))))
                yield from with_twins(reading, link, reversed(heads))
                lowers[higher.start] = lower
            elif link.rule == "now":
                yield from with_twins_before(reading, link, (cited[i] for i in range(place, -1, -1)))
                yield from with_twins_after(reading, link, (cited[i] for i in range(place + 1, len(cited))))


def same_clause(reading: Reading, lower: Citation, higher: Citation) -> bool:
    """Tell whether two citations stand in one clause."""
    return reading.clauses.index_at(lower.start) == reading.clauses.index_at(higher.start)


def relation_between(reading: Reading, lower: Citation, higher: Citation, head: Citation | None = None) -> Link | None:
    """Return what the words between two neighbouring citations state, or None.

    `head` is the document whose subject names `lower`: "Thông tư A hướng dẫn Nghị định B và thay thế Thông tư C".
    """
    bridge = reading.flat[lower.tail : higher.start]
    if reading.blocks[lower.block].kind == "row":  # "12/KH-UBND | 18/7/2025 |thực hiện Kế hoạch 118": its cell tells
        bridge = bridge.rpartition("|")[2]
    a, b = reading.claim(lower), reading.claim(higher)
    span = (lower.start, higher.end)
    change = change_between(reading, lower, higher, head)
    if change is not None:
        return change
    if lower.form == "named" and UNDER.match(bridge):
        return Link(a, "based_on", b, *span, "under", lower, higher)
    if GROUNDED.match(bridge):
        return Link(a, "based_on", b, *span, "on the ground of", lower, higher)
    if DETAILS.match(bridge):
        return Link(a, "implements", b, *span, "details", lower, higher)
    for rule, pattern in (("title", DIRECT), ("through", THROUGH), ("within", WITHIN), ("made to", MADE_TO)):
        match = pattern.match(bridge)
        if match is None or len(bridge) > 220 or spoiled("carry", bridge[: match.start("verb")]):
            continue
        if pattern is MADE_TO and lies_ahead(bridge):
            continue
        if lower.form == "short" and not match.groupdict().get("again") and not re.match(rf"\s*(?:{INTRO})\s", bridge):
            return None  # "Việc triển khai Nghị quyết số 25 … thực hiện": headings, not statements
        return Link(
            a,
            kind_of(lower, bool(match.groupdict().get("again") or match.groupdict().get("more"))),
            b,
            *span,
            rule,
            lower,
            higher,
        )
    if base_type(lower.type) == "báo cáo" and REPORTED.match(bridge):
        return Link(a, "reports_on", b, *span, "title", lower, higher)
    return None


def change_between(reading: Reading, lower: Citation, higher: Citation, head: Citation | None) -> Link | None:
    """Return which of two neighbouring documents replaces the other by the words between them, or None.

    What neither can do to the other, `head` does or suffers: "A hướng dẫn Luật B (được sửa đổi bởi Thông tư C)".
    """
    bridge, near = reading.flat[lower.tail : higher.start], reading.flat[lower.end : higher.start]
    after = reading.flat[higher.tail : higher.tail + changes.WINDOW]
    before = reading.flat[max(reading.clauses.at(lower.start).start, lower.start - changes.WINDOW) : lower.start]
    if changes.gives_place(bridge, after) or changes.gives_place(near, after) or changes.puts_in_place(before, bridge):
        old = lower if head is None or changes.can_change(higher, lower) else head
        if changes.can_change(higher, old):
            a, b = reading.claim(old), reading.claim(higher)
            return Link(b, "replaces", a, old.start, higher.end, "now", higher, old)
    if changes.takes_place(bridge):
        new = head if head is not None and changes.is_second_deed(bridge) else lower
        if changes.can_change(new, higher):
            a, b = reading.claim(new), reading.claim(higher)
            return Link(a, "replaces", b, new.start, higher.end, "replaces", new, higher)
    return None


# Báo cáo A … về kết quả 02 tháng thực hiện |B
REPORTED = re.compile(
    rf"^[\s,]*(?:(?:{INTRO})\s+)?(?:việc\s+)?{cue('result')}[^;.”\"]{{0,60}}?{REACH}",
    re.IGNORECASE,
)


def kind_of(lower: Citation, again: bool) -> str:
    """Return "continues" for a conclusion or directive "về tiếp tục thực hiện" another, else "implements"."""
    if base_type(lower.type) == "báo cáo":
        return "reports_on"
    central = lower.number is not None and lower.number.issuer in {"TW", "TU", "HU", "CP", "TTg"}
    return (
        "continues"
        if again and central and base_type(lower.type) in {"kết luận", "nghị quyết", "chỉ thị"}
        else "implements"
    )


# "thực hiện Chỉ thị 26 và Kế hoạch 101.": of another type, and the sentence ends; "…, Kế hoạch 101 về …" begins anew
LAST = re.compile(r"\s*[.;]")
# "… và Nghị quyết 139 ngày … của Chính phủ |ban hành Kế hoạch …": another ground, not another target
ISSUES = re.compile(r"\s*ban\s+hành\s", re.IGNORECASE)


def with_list(reading: Reading, link: Link, lower: Citation, following: Iterator[Citation]) -> Iterator[Link]:
    """Yield the relation again for each item joined to its target: "thực hiện Nghị quyết 76 … và Nghị quyết 08"."""
    for here, after in pairwise(following):
        joined = LIST_GAP.fullmatch(reading.flat, here.tail, after.start) is not None
        if not joined or not is_listed(reading, link, lower, here, after):
            return
        yield Link(
            link.source, link.type, reading.claim(after), lower.start, after.end, f"{link.rule}-list", lower, after
        )


def is_listed(reading: Reading, link: Link, lower: Citation, here: Citation, after: Citation) -> bool:
    """Tell whether `after`, joined to the target `here` of `lower`, is a target too and begins no statement of its own.

    No document carries out a later one; an older one of another type may be a target in mid-sentence, too.
    """
    if ISSUES.match(reading.flat, after.tail):
        return False
    alike = base_type(after.type) == base_type(here.type) or LAST.match(reading.flat, after.tail) is not None
    if link.type == "replaces":
        return alike and changes.can_change(lower, after)
    known = all(c.date is not None and len(c.date) == 10 for c in (lower, after))
    if (known and (after.date or "") > (lower.date or "")) or not stands_above(after, lower):
        return False
    return alike or known


# The ladder of normative documents: Law 64/2025/QH15, article 4
LADDER = {
    "hiến pháp": 0,
    "bộ luật": 1,
    "luật": 1,
    "pháp lệnh": 2,
    "nghị định": 3,
    "thông tư liên tịch": 4,
    "thông tư": 4,
}


def stands_above(cited: Citation, other: Citation) -> bool:
    """Tell whether a normative document stands above another, which may carry it out; True where one is none."""
    return LADDER.get(cited.type or "", -1) < LADDER.get(other.type or "", len(LADDER))


TWIN_GAP = re.compile(r"\s*(?:[(][^()]{1,20}[)]\s*)?và\s*")


def with_twins(reading: Reading, link: Link, backwards: Iterator[Citation]) -> Iterator[Link]:
    """Yield the same relation for heads of one type joined by "và": "Kế hoạch 33 … và Kế hoạch 71 … về thực hiện B"."""
    for here, after in pairwise(backwards):
        if TWIN_GAP.fullmatch(reading.flat, after.tail, here.start) is None or after.type != here.type:
            return
        yield Link(reading.claim(after), link.type, link.target, after.start, link.end, "twin", after, link.higher)


def with_twins_before(reading: Reading, link: Link, backwards: Iterator[Citation]) -> Iterator[Link]:
    """Yield that a document replaces all of a list: "Thông tư 01, 02 và 03 … (được sửa đổi tại Thông tư 08)"."""
    for here, after in pairwise(backwards):
        if LIST_GAP.fullmatch(reading.flat, after.tail, here.start) is None or after.type != here.type:
            return
        yield Link(link.source, link.type, reading.claim(after), after.start, link.end, "now", link.lower, after)


def with_twins_after(reading: Reading, link: Link, following: Iterable[Citation]) -> Iterator[Link]:
    """Yield that all of a list changed a document: "Luật 150 … được sửa đổi theo Luật 64, Luật 07 và Luật 24"."""
    for here, after in pairwise(following):
        if LIST_GAP.fullmatch(reading.flat, here.tail, after.start) is None or after.type != here.type:
            return
        yield Link(reading.claim(after), link.type, link.target, link.start, after.end, "now", after, link.higher)
