"""Read who carried out which document: by issuing what implements it, by a verb, in footnotes hung on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.actors import ACTING, Group
from ingest.again import pointed_back
from ingest.citations import LIST_GAP, Citation
from ingest.clauses import LONGEST, Clause, lies_ahead
from ingest.issuers import issuer_by_letters, stated_issuers
from ingest.issuing import ISSUED, MADE_PAPERS, item_heads, lead_of, passive, with_room
from ingest.letters import LETTER
from ingest.reading import ADVERB, BY_WORD_OF, CARRY, DO, Link, heads
from ingest.scene import FAR, ISSUE, Deed, Scene, acting, carried_subject, in_a_year_to_come, other_subject
from ingest.units import Organisation
from kg.model import SELF

EAGERLY = (
    r"(?:(?:tiếp\s+tục|tổ\s+chức|lãnh\s+đạo|đẩy\s+mạnh|tăng\s+cường|tích\s+cực|chủ\s+động|nghiêm\s+túc|duy\s+trì|đồng\s+thời|"
    r"thường\s+xuyên|kịp\s+thời|tập\s+trung)\s+)*"
)
CARRIED = re.compile(
    rf"(?P<chain>{EAGERLY}(?:{DO})(?:\s*(?:,|và)?\s*(?:và\s+)?(?:tổ\s+chức\s+|tiếp\s+tục\s+)?(?:{DO}))*)"
    rf"(?:\s+(?:đến|tới)\s+[^;.:]{{1,70}}?)?(?:(?:\s+|,\s+){ADVERB})*(?:\s+{BY_WORD_OF})?\s*:?\s*$",
    re.IGNORECASE,
)
# In small letters, or where the clause opens: "xã |Cần Giuộc" is a place.
UNDONE = (
    r"chưa|không|chậm|cần|phải|đề\s+nghị|đề\s+xuất|kiến\s+nghị|mong\s+muốn|yêu\s+cầu|giám\s+sát|kiểm\s+tra|góp\s+ý|"
    r"thuận\s+lợi|trách\s+nhiệm|gắn\s+(?:với|liền)"
)
NOT_DONE = re.compile(
    rf"(?:(?:(?<![{LETTER}])(?:{UNDONE})|^\W*(?i:{UNDONE}))(?![{LETTER}])(?:(?!song|nhưng)[^.;])*|"
    # a purpose or ground ends at its comma: "Để khắc phục, |thực hiện …"
    rf"(?<![{LETTER}])(?i:nhằm|để|theo)(?![{LETTER}])[^.;,]*)$"
)
DIRECTS = re.compile(
    r"(?:(?:chỉ\s+đạo|hướng\s+dẫn|lãnh\s+đạo|đôn\s+đốc)(?!\s+của\s)|giao|quán\s+triệt\s+cơ\s+quan)", re.IGNORECASE
)


def through_links(scene: Scene, links: list[Link], issued: list[Deed]) -> Iterator[Deed]:
    """Yield that the issuer of A implemented B, for every "A implements B"."""
    reading = scene.reading
    makers: dict[str, Organisation] = {}
    claims = {claim.id: claim for claim in reading.resolved.claims}
    for deed in issued:
        makers.setdefault(deed.document, deed.unit)
    for link in links:
        if link.type != "implements":
            continue
        if link.source == SELF:
            unit = scene.reporter
        else:
            beside = stated_issuers(link.lower, reading.top.home) if link.lower else []
            claimed = claims.get(link.source)
            wrong = {x.value for x in claimed.conflicts if x.field == "issuer"} if claimed else set()
            named = [u for u in beside if u.name not in wrong]
            number = link.lower.number if link.lower is not None else None
            lettered = issuer_by_letters(number, reading.top.home) if number is not None else None
            local = lettered if lettered is not None and lettered.level != "trung ương" else None
            unit = named[0] if named else (None if beside else makers.get(link.source) or local)
        if unit is not None:
            yield Deed(
                unit,
                "implemented",
                link.target,
                link.start,
                link.end,
                f"issued what implements ({link.rule})",
                link.status,
            )


def by_carrying(scene: Scene, links: list[Link]) -> Iterator[Deed]:
    """Yield the subjects of "thực hiện", "triển khai", "quán triệt" before a document, and of the list that follows."""
    reading = scene.reading
    inner = inner_of(links)
    for block, cited in reading.by_block.items():
        running: tuple[Carried, Clause] | None = None
        for clause, inside in reading.by_clause(cited):
            first = inside[0]
            lead = reading.flat[clause.start : first.start]
            if clause.start != clause.sentence[0] and running is not None and not lead.strip(" -+*•.,;"):
                yield from carried_list(scene, running[0], inside, inner, running[1])
                continue
            running = None
            for place, head in enumerate(inside):
                if head.start in inner:
                    continue
                begin = inside[place - 1].tail if place else clause.start
                found = carrying(scene, clause, begin, head, block)
                if found is not None:
                    running = (found, clause) if (found.until > clause.end or not found.until) and not place else None
                    yield from carried_list(scene, found, inside[place:], inner, clause)


# |niêm yết và thực hiện, |và 12/12 đảng ủy xã triển khai, |chỉ đạo triển khai
PASSIVE_CARRY = re.compile(
    rf"(?:\s+và\s+\d+/\d+\s[^.;]{{2,40}}?)?\s+(?:đã\s+)?(?:(?:(?!(?:để|nhằm)\s)[{LETTER}]+\s+){{1,3}}(?:và\s+)?)??{CARRY}",
    re.IGNORECASE,
)


def carried_in_passive(scene: Scene) -> Iterator[Deed]:
    """Yield who carried out what, said in the passive: "Nghị quyết số 18-NQ/TW được UBND huyện triển khai"."""
    for cited, stop in with_room(scene):
        yield from carried_so(scene, cited, stop, scene.reading.claim(cited))


def carried_so(scene: Scene, cited: Citation, stop: int, claim: str) -> Iterator[Deed]:
    """Yield who carried out `claim`, which is named at `cited`, in the passive."""
    for unit, end in passive(scene, cited, stop, PASSIVE_CARRY):
        status = carried_status(scene, cited.block, scene.reading.flat[cited.tail : end])
        yield Deed(unit, "implemented", claim, cited.start, end, "passive of carrying out", status)


def carried_again(scene: Scene, links: list[Link]) -> Iterator[Deed]:
    """Yield who carried out a document that is pointed back at: "UBND xã đã triển khai |Kế hoạch này"."""
    reading = scene.reading
    for here, meant in pointed_back(reading, {link.higher.start for link in links if link.higher is not None}):
        clause, claim = reading.clauses.at(here.start), reading.claim(meant)
        begin = max([clause.start, *(c.tail for c in reading.by_block.get(here.block, []) if c.tail <= here.start)])
        found = carrying(scene, clause, begin, here, here.block)
        for unit in found.units if found is not None else ():
            rule = "verb of carrying out this"
            yield Deed(unit, "implemented", claim, clause.start, here.end, rule, found.status if found else "done")
        yield from carried_so(scene, here, clause.end, claim)


def inner_of(links: list[Link]) -> set[int]:
    """Return where the documents stand that another one's subject names."""
    return {
        link.higher.start
        for link in links
        if link.type != "replaces"
        and link.rule not in {"made for", "by means of"}
        and link.higher is not None
        and link.lower is not None
    }


# Nothing before the verb, or a label, a word on time or purpose: "Thời gian qua, |thực hiện B, UBND xã …"
OPENS = re.compile(r"[\s\-+*•.,;0-9()]*(?:[a-zđ][.)]\s*)?(?:[^;.:]{2,90}:\s*)?(?:[^;.,:]{2,60},\s+)?")
DONE_BEHIND = re.compile(r"\s+đã\s")
DONE = re.compile(r"(?<!\w)đã\s+(?:\w+\s+){0,4}$")


def carried_status(scene: Scene, block: int, lead: str) -> str:
    """Return "done" or "planned" for what is carried out in `block`, `lead` being the words before its verb."""
    if scene.planned(block) or (scene.task(block) and DONE.search(lead) is None):
        return "planned"
    return status_of_time(scene, lead)


def status_of_time(scene: Scene, lead: str) -> str:
    """Return "planned" where the words before a verb speak of what is to come, else "done"."""
    return "planned" if lies_ahead(lead) or in_a_year_to_come(scene, lead) else "done"


# "xây dựng Kế hoạch |thực hiện B", "Triển khai thực hiện Kế hoạch |triển khai thực hiện B": carried out through a plan
PLAN_FOR = re.compile(
    rf"(?:đã\s+)?(?:{ISSUE}|{CARRY})(?:\s*(?:,|và)?\s*(?:{ISSUE}|{CARRY}))*\s+(?:\d+\s+)?(?:chương\s+trình(?:\s+hành\s+động)?|kế\s+hoạch|văn\s+bản)"
    rf"(?:\s*,\s*kế\s+hoạch|\s+chỉ\s+đạo)?\s*(?:để\s+|về\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """Who carries out, whether it is done, and where a subject stands that follows its documents, if it does."""

    units: tuple[Organisation, ...]
    status: str
    until: int = 0


# đã (tổ chức) |sơ kết 03 năm thực hiện B
REVIEWED = re.compile(
    r"(?<=\s)(?:đã|tổ\s+chức)\s+(?:tổ\s+chức\s+)?(?:sơ|tổng)\s+kết\s+\d{1,2}\s+năm\s*$", re.IGNORECASE
)
TITLED = re.compile(r"(?:về|v/v|việc|kết\s+quả|chương\s+trình|kế\s+hoạch|văn\s+bản|năm)\s*$", re.IGNORECASE)


def carrying(scene: Scene, clause: Clause, begin: int, head: Citation, block: int) -> Carried | None:
    """Return who carries out `head`, when a verb of carrying out stands right before it, else None."""
    reading = scene.reading
    if reading.blocks[block].kind == "heading" or begin < reading.top.body - 1:
        return None
    lead = reading.flat[begin : head.start]
    match = CARRIED.search(lead)
    if match is None:
        return None
    before = lead[: match.start()]
    made = PLAN_FOR.search(before) or REVIEWED.search(before)
    if made is not None:
        before = before[: made.start()]
    if NOT_DONE.search(before) or TITLED.search(before):
        return None
    verb = begin + (made.start() if made is not None else match.start())
    groups = scene.groups_between(max(clause.sentence[0], begin, verb - FAR), verb)
    directs = DIRECTS.search(before)
    if directs is not None:
        groups = tuple(g for g in groups if g.end <= begin + directs.start())
        if not groups:
            return None
    if reading.blocks[block].kind == "row" and not groups:
        return None  # a cell without a subject is a task or a title
    status = carried_status(scene, block, lead[: match.start()])
    opens = begin == clause.start and OPENS.fullmatch(before) is not None
    behind = subject_behind(scene, clause, head) if opens and not groups else None
    if behind is not None:
        if scene.reporter in behind.units or DONE_BEHIND.match(reading.flat, behind.end):
            status = "planned" if scene.planned(block) else status_of_time(scene, lead)
        return Carried(behind.units, status, behind.start) if behind.units else None
    subjects = carrying_subject(scene, clause, groups, verb, begin)
    return Carried(subjects, status) if subjects else None


def carrying_subject(
    scene: Scene, clause: Clause, groups: tuple[Group, ...], verb: int, begin: int
) -> tuple[Organisation, ...]:
    """Return who carries out: the first group before the verb that is no owner ("của …"), else the carried subject."""
    for group in groups:
        units = acting(scene, group, verb)
        if units is not None and verb - group.end <= 260:
            return units
    if other_subject(scene, clause.sentence[0], verb):
        return ()
    return carried_subject(scene, clause, begin)


# "Thực hiện |Luật … và Nghị định …, UBND tỉnh đã …": the subject stands behind what it carries out
BEHIND = re.compile(r"[,;]\s+$")
ANY_VERB = re.compile(rf"\s+(?!(?:và|của|với|cùng|tại|trên|trong|thuộc|về|cho|do|ở|các|nhằm|để)(?![{LETTER}]))[a-zđ]")


def subject_behind(scene: Scene, clause: Clause, head: Citation) -> Group | None:
    """Return the group that acts behind a comma after the documents with which a clause opens, None where none does."""
    flat = scene.reading.flat
    for group in scene.groups_between(head.tail, min(clause.sentence[1], head.tail + FAR)):
        if ACTING.match(flat, group.end) is None and ANY_VERB.match(flat, group.end) is None:
            continue
        comma = BEHIND.search(flat[group.start - 2 : group.start]) is not None
        units = group.units if comma else group.last  # "của Ban Tuyên giáo Tỉnh ủy, |Ban Thường vụ Huyện ủy báo cáo"
        if units or comma:
            units = (*units, *(unit for unit in also_made(scene, clause, group.end) if is_peer(unit, units)))
            return replace(group, units=tuple(unit for unit in units if unit.level != "trung ương"))
    return None


def is_peer(unit: Organisation, others: tuple[Organisation, ...]) -> bool:
    """Tell whether `unit` is of the kind and level of `others`: one more Tỉnh ủy, one more UBND of a commune."""
    return any(unit.level == other.level and unit.name.split()[:2] == other.name.split()[:2] for other in others)


# "…, Tỉnh ủy Đắk Nông đã ban hành Chương trình 25; |Tỉnh ủy Bình Thuận ban hành Chương trình 31": for the same document
MADE = re.compile(rf"\s+(?:cũng\s+|đã\s+)*{ISSUE}\s")


def also_made(scene: Scene, clause: Clause, start: int) -> Iterator[Organisation]:
    """Yield who opens a further clause of the sentence by issuing a paper, where the first subject does so."""
    flat, clauses = scene.reading.flat, scene.reading.clauses
    if MADE.match(flat, start) is None:
        return
    index = clauses.index_at(start) + 1
    while index < len(clauses.all) and clauses.all[index].sentence == clause.sentence:
        later = clauses.all[index]
        if later.start > start + FAR:
            return
        groups = scene.groups_between(later.start, later.end)
        if groups and not flat[later.start : groups[0].start].strip() and MADE.match(flat, groups[0].end):
            yield from groups[0].units
        index += 1


# "… về công tác dân vận và |Công văn số 95-CV/ĐU, UBND phường báo cáo": the list goes on behind a title
AND_MORE = re.compile(r"(?:,|;|,?\s+và)\s+$")


def carried_list(
    scene: Scene, carried: Carried, inside: list[Citation], inner: set[int], clause: Clause
) -> Iterator[Deed]:
    """Yield that units implemented the first of `inside` and what commas join to it, or all before their own place."""
    flat, until = scene.reading.flat, carried.until
    previous: Citation | None = None
    for cited in inside:
        if until and cited.start > until:
            break  # what stands behind the subject is what it made
        joined = previous is None or LIST_GAP.fullmatch(flat, previous.tail, cited.start) is not None
        further = cited.end < until and cited.typed and AND_MORE.search(flat[cited.start - 4 : cited.start]) is not None
        if not joined and not further and not (previous and flat[cited.start - 2 : cited.start] == ", "):
            if cited.end < until:
                continue
            break
        for unit in carried.units if cited.start not in inner else ():
            claim = scene.reading.claim(cited)
            rule = "verb of carrying out"
            yield Deed(unit, "implemented", claim, clause.start, cited.end, rule, carried.status)
        previous = cited


PAPERS_CARRIED = re.compile(
    rf"(?:{CARRY})(?:\s+{ADVERB})*\s+(?:các|những|một\s+số)\s+[^.;]{{0,120}}?(?:văn\s+bản|chỉ\s+thị|nghị\s+quyết|kết\s+luận|quyết\s+định|kế\s+hoạch|đề\s+án)[^.;]*$",
    re.IGNORECASE,
)


def carried_below(scene: Scene) -> Iterator[Deed]:
    """Yield the items of a list whose lead has them carried out: "Nhà trường đã quán triệt các văn bản sau:"."""
    reading = scene.reading
    for index in reading.by_block:
        lead = lead_of(scene, index)
        if lead is None:
            continue
        start, end = reading.blocks[lead].start, reading.blocks[lead].end
        words = reading.flat[start:end]
        match = LIST_CARRIED.search(words)
        if match is None or ISSUED.search(words) or NOT_DONE.search(words[: match.start()]):
            continue
        clause, verb = reading.clauses.at(end - 1), start + match.start()
        begin = max(clause.start, start)
        subjects = carrying_subject(scene, clause, scene.groups_between(begin, verb), verb, begin)
        status = carried_status(scene, index, words[: match.start()])
        for head in item_heads(scene, index):
            for subject in subjects:
                rule = "list under verb of carrying out"
                yield Deed(subject, "implemented", reading.claim(head), clause.start, clause.end, rule, status)


LIST_CARRIED = re.compile(
    rf"(?:{DO})(?:\s+{ADVERB})*\s+(?:các|những|một\s+số|nhiều|\d+)\s+(?:\w+\s+){{0,3}}?(?:văn\s+bản|nghị\s+quyết|chỉ\s+thị|kết\s+luận|luật)"
    r"[^.;:]{0,90}?(?:sau(?:\s+đây)?|gồm|như)?\s*:\s*$",
    re.IGNORECASE,
)


def carried_in_notes(scene: Scene) -> Iterator[Deed]:
    """Yield the list of a footnote hung on "quán triệt, thực hiện các văn bản …²" as carried out by the subject."""
    reading = scene.reading
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        begin = max(clause.start, block.anchor - LONGEST)
        before = reading.flat[begin : block.anchor]
        match = PAPERS_CARRIED.search(before)
        if (
            match is None
            or MADE_PAPERS.search(before)
            or NOT_DONE.search(before[: match.start()])
            or DIRECTS.search(before[: match.start()])
        ):
            continue
        verb = begin + match.start()
        subjects = carrying_subject(scene, clause, scene.groups_between(begin, verb), verb, begin)
        for head in heads(reading, index):
            made = ISSUED.search(reading.flat[reading.clauses.at(head.start).start : head.start])
            if head.number is None or made is not None:
                continue
            status = "planned" if scene.task(index) else "done"
            rule = "footnote of verb of carrying out"
            for subject in subjects:
                yield Deed(subject, "implemented", reading.claim(head), clause.start, block.anchor, rule, status)
