"""Read what units did with documents: issued, implemented, received; planned and wished deeds are marked as such.

The subject is the unit written before the verb, else the one that heading or earlier item carries, else the reporting
unit itself. "chỉ đạo … thực hiện" counts for the directing unit only where it is written out; "theo", "giám sát việc thực
hiện", "các cấp, các ngành" count for nobody (policies in the labelling rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.citations import LIST_GAP, Citation
from ingest.clauses import Clause, cue, is_planned
from ingest.issuers import issuer_by_letters, stated_issuers
from ingest.letters import LETTER, UPPER
from ingest.places import KIND, NAME, spot_of
from ingest.relations import ADVERB, CARRY, Link, Reading, heads
from ingest.resolve import contradicts
from ingest.units import Organisation, UnitMention, expand, find_units
from kg.model import SELF


@dataclass(frozen=True, slots=True)
class Deed:
    """What one unit did with one document (a claim id), where it says so, by which rule."""

    unit: Organisation
    action: str
    document: str
    start: int
    end: int
    rule: str
    status: str = "done"
    alias: str = ""


ISSUE = cue("issue")
ISSUED = re.compile(
    rf"(?P<will>sẽ\s+|dự\s+kiến\s+|cần\s+|sớm\s+)?(?:đã\s+)?(?P<verb>{ISSUE})(?:\s*(?:,|và)\s*(?:{ISSUE}|{CARRY}))*\s*:?\s*$", re.IGNORECASE
)
CARRIED = re.compile(
    rf"(?P<chain>(?:(?:tiếp\s+tục|tổ\s+chức|đẩy\s+mạnh|tăng\s+cường|tích\s+cực|chủ\s+động|nghiêm\s+túc|duy\s+trì|đồng\s+thời|thường\s+xuyên)\s+)*"
    rf"(?:{CARRY})(?:\s*(?:,|và)?\s*(?:và\s+)?(?:tổ\s+chức\s+|tiếp\s+tục\s+)?(?:{CARRY}))*)(?:\s+{ADVERB})*\s*$",
    re.IGNORECASE,
)
NOT_DONE = re.compile(
    rf"(?<![{LETTER}])(?:chưa|không|sẽ|đề\s+nghị|kiến\s+nghị|yêu\s+cầu|giám\s+sát|kiểm\s+tra|góp\s+ý|nhằm|để|thuận\s+lợi|gắn\s+(?:với|liền)|theo)(?![{LETTER}])[^.;]*$",
    re.IGNORECASE,
)
DIRECTS = re.compile(r"(?:chỉ\s+đạo|hướng\s+dẫn|lãnh\s+đạo|giao|đôn\s+đốc|quán\s+triệt\s+cơ\s+quan)", re.IGNORECASE)
SELF_HEADED = re.compile(rf"^\W*(?:\d+[.)]\s*|[a-zđ][.)]\s*)?(?P<place>(?:{KIND}\s+)?{NAME})\s+(?:đã\s+)?(?={ISSUE})", re.IGNORECASE)


@dataclass(frozen=True)
class Scene:
    """A reading together with its units and the reporting unit."""

    reading: Reading
    reporter: Organisation | None

    @cached_property
    def units(self) -> list[UnitMention]:
        """All units that the text names."""
        return find_units(self.reading.flat)

    @cached_property
    def starts(self) -> list[int]:
        """Where the units stand."""
        return [u.start for u in self.units]

    def units_between(self, start: int, end: int) -> list[UnitMention]:
        """Return the units named in `start`..`end`."""
        from bisect import bisect_left

        return self.units[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def planned(self, block: int) -> bool:
        """Tell whether what stands in `block` is a task or a wish: by its heading, or because the report is a plan."""
        own = self.reading.blocks[block]
        if own.kind == "note" and own.anchor is not None:
            block = self.reading.clauses.at(max(0, own.anchor - 1)).block
        return is_planned(self.reading.blocks[block].section)


def find_deeds(reading: Reading, links: list[Link], reporter: Organisation | None) -> list[Deed]:
    """Return what units did with documents, each (unit, action, document) once, a done one before a planned one."""
    scene = Scene(reading, reporter)
    issued = [*stated(scene), *by_verb(scene), *hung_on_notes(scene)]
    carried = [*through_links(scene, links, issued), *by_carrying(scene, links), *carried_in_notes(scene)]
    found: dict[tuple[str, str, str], Deed] = {}
    for deed in sorted([*issued, *carried], key=lambda d: d.status != "done"):
        found.setdefault((deed.unit.name, deed.action, deed.document), deed)
    return list(found.values())


# ---- issued ---------------------------------------------------------------------------------------------------------


def stated(scene: Scene) -> Iterator[Deed]:
    """Yield the issuers written beside a number: "Kế hoạch số 780/KH-UBND … của UBND tỉnh"."""
    reading = scene.reading
    claims = {c.id: c for c in reading.resolved.claims}
    for cited in reading.resolved.citations:
        if cited.number is None and cited.form != "short":
            continue
        document = reading.claim(cited)
        lettered = issuer_by_letters(cited.number, reading.top.home) if cited.number else None
        for unit in stated_issuers(cited, reading.top.home):
            wrong = any(x.field == "issuer" and x.value == unit.name for x in claims[document].conflicts)
            if not wrong and not (lettered and lettered.level == "trung ương" and contradicts(unit, lettered)):
                yield Deed(unit, "issued", document, cited.start, cited.tail, "issuer beside number", "done", cited.issuers[0].text)


def by_verb(scene: Scene) -> Iterator[Deed]:
    """Yield the subjects of "ban hành": "Huyện Tân Yên ban hành Kế hoạch số 116-KH/HU"; a list keeps its subject."""
    reading = scene.reading
    for block, cited in reading.by_block.items():
        subject: Organisation | None = None
        status = "done"
        for clause, inside in by_clause(reading, cited):
            first = inside[0]
            lead = reading.flat[clause.start : first.start]
            match = ISSUED.search(lead)
            if match is not None:
                subject = subject_before(scene, clause, clause.start + match.start(), first)
                status = "planned" if match["will"] or (scene.planned(block) and "đã" not in lead) else "done"
                yield from issued_list(scene, subject, inside, clause, status)
            elif subject is not None and not lead.strip(" -+*•.,;") and not has_issuer(reading, first):
                yield from issued_list(scene, subject, inside[:1], clause, status)
            else:
                subject = None
            for later in inside[1:]:
                yield from issued_later(scene, clause, later, inside, block)
        yield from items_below(scene, block)


def has_issuer(reading: Reading, cited: Citation) -> bool:
    """Tell whether words beside the number name an issuer, known or not ("của BCĐ QCDC")."""
    return bool(cited.issuers) or re.match(r"[\s,]*(?:của|giữa)\s", reading.flat[cited.tail : cited.tail + 8]) is not None


def by_clause(reading: Reading, cited: list[Citation]) -> Iterator[tuple[Clause, list[Citation]]]:
    """Yield each clause of a block with its citations."""
    grouped: dict[int, list[Citation]] = {}
    for c in cited:
        grouped.setdefault(reading.clauses.index_at(c.start), []).append(c)
    for index, inside in grouped.items():
        yield reading.clauses.all[index], inside


def issued_later(scene: Scene, clause: Clause, later: Citation, inside: list[Citation], block: int) -> Iterator[Deed]:
    """Yield the deed of "ban hành" before a citation that is not the first of its clause."""
    begin = max(c.tail for c in inside if c.start < later.start)
    lead = scene.reading.flat[begin : later.start]
    match = ISSUED.search(lead)
    if match is None or re.search(r"về\s+(?:việc\s+)?$", lead[: match.start()]):
        return
    subject = subject_before(scene, clause, begin + match.start(), later, begin)
    status = "planned" if match["will"] or (scene.planned(block) and "đã" not in lead) else "done"
    yield from issued_list(scene, subject, [later], clause, status)


def issued_list(
    scene: Scene, subject: Organisation | None, inside: list[Citation], clause: Clause, status: str
) -> Iterator[Deed]:
    """Yield that `subject` issued the first of `inside` and what a comma joins to it."""
    taken: list[Citation] = []
    for cited in inside:
        if taken and LIST_GAP.fullmatch(scene.reading.flat, taken[-1].tail, cited.start) is None:
            break
        taken.append(cited)
    for cited in taken:
        if cited.form == "named" or (cited.issuers and status == "done"):
            continue
        unit = fitting_issuer(scene, cited, subject)
        if unit is not None:
            yield Deed(unit, "issued", scene.reading.claim(cited), clause.start, cited.end, "verb of issuing", status)


def fitting_issuer(scene: Scene, cited: Citation, subject: Organisation | None) -> Organisation | None:
    """Return the issuer that subject and symbol agree on: letters that name one body complete or correct the subject."""
    if cited.number is None:
        return subject
    first = cited.number.issuer.split("-")[0]
    lettered = issuer_by_letters(cited.number, scene.reading.top.home)
    if subject is None:
        return None
    if first in {"BDVTU", "BDVHU"} and re.match(r"(?:Tỉnh|Thành|Thị|Huyện) ủy", subject.name):
        return Organisation(f"Ban Dân vận {subject.name}", subject.level, subject.name)
    same_place = lettered is not None and lettered.level == subject.level
    if lettered is not None and same_place and first not in {"TU", "HU", "UBND", "ĐU", "HĐND"}:
        return lettered
    return subject


def subject_before(scene: Scene, clause: Clause, verb: int, cited: Citation, begin: int | None = None) -> Organisation | None:
    """Return the unit whose verb begins at `verb`: named in the clause, a bare place, the heading's, the reporter."""
    reading = scene.reading
    start = clause.start if begin is None else begin
    bare = SELF_HEADED.match(reading.flat, start, verb + 12)
    for unit in reversed(scene.units_between(start, verb)):
        between = reading.flat[unit.end : verb]
        if re.search(r"[;]", between) or len(between) > 120 or re.search(r"(?:của|do|cho)\s+$", reading.flat[max(0, unit.start - 5) : unit.start]):
            continue
        found = expand(unit, reading.top.home)
        entrusted = re.search(r"(?<!\w)(?:giao|tham\s+mưu|phối\s+hợp)(?!\w)", between)
        return found if found is not None and found.level != "trung ương" and not entrusted else None
    if bare is not None and begin is None:
        return committee_of(scene, bare["place"], cited)
    return carried_subject(scene, clause)


def committee_of(scene: Scene, place: str, cited: Citation) -> Organisation | None:
    """Return the body of a bare place by the symbol's letters: "Lục Ngạn ban hành Công văn số 1342-CV/HU" is its Huyện ủy."""
    if cited.number is None:
        return None
    letters = cited.number.issuer.split("-")[0]
    kind_word = re.match(rf"({KIND})\s+", place)
    name = place[kind_word.end() :] if kind_word else place
    if not re.match(rf"[{UPPER}]", name):
        return None
    home = scene.reading.top.home
    kinds = {"HU": "huyện", "QU": "quận", "TU": "thành phố", "UBND": "huyện", "ĐU": "xã"}
    if letters not in kinds:
        return None
    kind = kind_word[1].lower() if kind_word and letters != "HU" else kinds[letters]
    spot = spot_of(kind, name, home)
    rest = spot.full.removeprefix(spot.kind).strip()
    committee = {"HU": f"Huyện ủy {rest}", "QU": f"Quận ủy {rest}", "TU": f"Thành ủy {rest}"}.get(letters)
    return Organisation(committee or f"{'Ủy ban nhân dân' if letters == 'UBND' else 'Đảng ủy'} {spot.full}", spot.level)


def carried_subject(scene: Scene, clause: Clause) -> Organisation | None:
    """Return the subject of a sentence that names none: a colon's, the innermost heading's, else the reporter."""
    flat, block = scene.reading.flat, scene.reading.blocks[clause.block]
    colon = flat.find(":", clause.sentence[0], min(clause.end, clause.sentence[0] + 60))
    if colon >= 0:
        named = [u for u in scene.units_between(clause.sentence[0], colon) if flat[u.end : colon].strip() == ""]
        if named:
            return expand(named[0], scene.reading.top.home)
    opening = paragraph_subject(scene, clause)
    if opening is not None:
        return opening
    for title in reversed(block.section[-1:]):
        if re.search(r"cấp\s+ủy|tổ\s+chức\s+đảng", title, re.IGNORECASE) and not re.search(r"chính\s+quyền", title):
            return own_committee(scene) or scene.reporter
        named = [u for u in find_units(title) if not u.many and u.organ != "central"]
        found = [o for o in (expand(u, scene.reading.top.home) for u in named) if o is not None]
        if len(found) == 1 and len(named) == 1:
            return found[0]
    return scene.reporter


def paragraph_subject(scene: Scene, clause: Clause) -> Organisation | None:
    """Return the unit that opens the paragraph, or the one that carries a footnote's mark: its later sentences' subject."""
    reading = scene.reading
    block = reading.blocks[clause.block]
    if block.kind == "note" and block.anchor is not None:
        sentence = reading.clauses.at(max(0, block.anchor - 1))
        return paragraph_subject(scene, sentence) if reading.blocks[sentence.block].kind != "note" else None
    for unit in scene.units_between(block.start, block.start + 80):
        if re.fullmatch(r"\W*(?:[^:;.]{0,40}:\s*)?", reading.flat[block.start : unit.start]) and not unit.many:
            return expand(unit, reading.top.home)
        break
    return None


def own_committee(scene: Scene) -> Organisation | None:
    """Return the Party committee of the report's own place: what "cấp ủy" means in a heading."""
    home = scene.reading.top.home
    spot = home.at(home.level) if home.level else None
    if spot is None:
        return None
    if spot.level == "xã":
        return Organisation(f"Đảng ủy {spot.full}", "xã")
    words = {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}.get(spot.kind, "Thành ủy")
    return Organisation(f"{words} {spot.full.removeprefix(spot.kind).strip()}", spot.level)


def items_below(scene: Scene, block: int) -> Iterator[Deed]:
    """Yield the items of a list as issued by the subject of its lead: "UBND xã đã ban hành và thực hiện:" - …; - …"""
    reading = scene.reading
    if reading.blocks[block].kind == "note" or block == 0:
        return
    lead = block - 1
    while lead > 0 and reading.blocks[lead].kind in {"item", "note"} and block - lead < 30:
        lead -= 1
    text = reading.flat[reading.blocks[lead].start : reading.blocks[lead].end]
    match = ISSUED.search(text.rstrip())
    if match is None or not text.rstrip().endswith(":"):
        return
    clause = reading.clauses.at(reading.blocks[lead].end - 1)
    verb = reading.blocks[lead].start + match.start()
    for head in heads(reading, block):
        subject = subject_before(scene, clause, verb, head)
        status = "planned" if scene.planned(block) else "done"
        unit = fitting_issuer(scene, head, subject)
        if unit is not None and not head.issuers:
            yield Deed(unit, "issued", reading.claim(head), clause.start, clause.end, "list under verb of issuing", status)
        if subject is not None and re.search(CARRY, match[0]):
            status = "planned" if status == "planned" or reading.kind == "plan" else "done"
            yield Deed(subject, "implemented", reading.claim(head), clause.start, clause.end, "list under verb of carrying out", status)


MADE_PAPERS = re.compile(
    rf"(?P<verb>{ISSUE})[^.;]{{0,40}}?(?:kế\s+hoạch|văn\s+bản|chương\s+trình|công\s+văn|quy\s+chế|quyết\s+định|hướng\s+dẫn|chỉ\s+thị|nghị\s+quyết)", re.IGNORECASE
)


def hung_on_notes(scene: Scene) -> Iterator[Deed]:
    """Yield the list of a footnote hung on "ban hành các văn bản …⁴" as issued by that sentence's subject."""
    reading = scene.reading
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        match = MADE_PAPERS.search(reading.flat, clause.sentence[0], block.anchor)
        if match is None or not heads(reading, index):
            continue
        told = reading.clauses.at(match.start())
        subject = subject_before(scene, told, match.start(), heads(reading, index)[0])
        for head in heads(reading, index):
            if has_issuer(reading, head) or head.number is None or ISSUED.search(reading.flat[reading.clauses.at(head.start).start : head.start]):
                continue
            unit = fitting_issuer(scene, head, subject)
            if unit is not None:
                status = "planned" if scene.planned(index) else "done"
                yield Deed(unit, "issued", reading.claim(head), clause.start, block.anchor, "footnote of verb of issuing", status)


# ---- implemented ----------------------------------------------------------------------------------------------------


def through_links(scene: Scene, links: list[Link], issued: list[Deed]) -> Iterator[Deed]:
    """Yield that the issuer of A implemented B, for every "A implements B"."""
    reading = scene.reading
    makers: dict[str, Organisation] = {}
    for deed in issued:
        makers.setdefault(deed.document, deed.unit)
    for link in links:
        if link.type != "implements":
            continue
        if link.source == SELF:
            unit = scene.reporter
        else:
            beside = stated_issuers(link.lower, reading.top.home) if link.lower else []
            claimed = next((c for c in reading.resolved.claims if c.id == link.source), None)
            wrong = {x.value for x in claimed.conflicts if x.field == "issuer"} if claimed else set()
            named = [u for u in beside if u.name not in wrong]
            unit = named[0] if named else (None if beside else makers.get(link.source))
        if unit is not None:
            yield Deed(unit, "implemented", link.target, link.start, link.end, f"issued what implements ({link.rule})", link.status)


def by_carrying(scene: Scene, links: list[Link]) -> Iterator[Deed]:
    """Yield the subjects of "thực hiện", "triển khai", "quán triệt" before a document, and of the list that follows."""
    reading = scene.reading
    inner = {link.higher.start for link in links if link.higher is not None and link.lower is not None}
    for block, cited in reading.by_block.items():
        running: tuple[Organisation | None, str, Clause] | None = None
        for clause, inside in by_clause(reading, cited):
            first = inside[0]
            lead = reading.flat[clause.start : first.start]
            if clause.start != clause.sentence[0] and running is not None and not lead.strip(" -+*•.,;"):
                yield from carried_list(scene, running[0], inside, inner, running[2], running[1])
                continue
            running = None
            for place, head in enumerate(inside):
                if head.start in inner:
                    continue
                begin = inside[place - 1].tail if place else clause.start
                state = carrying(scene, clause, begin, head, block)
                if state is not None:
                    running = (state[0], state[1], clause)
                    yield from carried_list(scene, state[0], inside[place:], inner, clause, state[1])


# "xây dựng Kế hoạch |thực hiện B", "Triển khai thực hiện Kế hoạch |triển khai thực hiện B": carried out through a plan
PLAN_FOR = re.compile(
    rf"(?:đã\s+)?(?:{ISSUE}|{CARRY})(?:\s*(?:,|và)?\s*(?:{ISSUE}|{CARRY}))*\s+(?:\d+\s+)?(?:chương\s+trình(?:\s+hành\s+động)?|kế\s+hoạch|văn\s+bản)"
    rf"(?:\s*,\s*kế\s+hoạch|\s+chỉ\s+đạo)?\s*(?:để\s+|về\s+)?$",
    re.IGNORECASE,
)


def carrying(scene: Scene, clause: Clause, begin: int, head: Citation, block: int) -> tuple[Organisation | None, str] | None:
    """Return (subject, status) when a verb of carrying out stands right before `head`, else None."""
    reading = scene.reading
    if reading.blocks[block].kind == "heading" or begin < reading.top.body - 1:
        return None
    lead = reading.flat[begin : head.start]
    match = CARRIED.search(lead)
    if match is None:
        return None
    before = lead[: match.start()]
    made = PLAN_FOR.search(before)
    if made is not None:
        before = before[: made.start()]
    if NOT_DONE.search(before) or re.search(r"(?:về|v/v|việc|kết\s+quả|chương\s+trình|kế\s+hoạch|văn\s+bản|năm)\s*$", before, re.IGNORECASE):
        return None
    verb = begin + (made.start() if made is not None else match.start())
    units = [u for u in scene.units_between(max(clause.sentence[0], begin), verb)]
    directs = DIRECTS.search(before)
    if directs is not None:
        units = [u for u in units if u.end <= begin + directs.start()]
        if not units:
            return None
    subject = carrying_subject(scene, clause, units, verb)
    status = "planned" if scene.planned(block) or reading.kind == "plan" else "done"
    return (subject, status) if subject is not None else None


def carrying_subject(scene: Scene, clause: Clause, units: list[UnitMention], verb: int) -> Organisation | None:
    """Return who carries out: the unit nearest before the verb that is not an owner ("của …"), else the carried one."""
    flat = scene.reading.flat
    for unit in units:
        owner = re.search(r"(?:của|do|với|cho|theo|bởi)\s+$", flat[max(0, unit.start - 6) : unit.start])
        if owner or len(flat[unit.end : verb]) > 260:
            continue
        return expand(unit, scene.reading.top.home) if not unit.many else None
    if units and any(u.many for u in units):
        return None
    if re.match(r"\s*(?:Các|Cấp\s+ủy|100%|Mỗi|Toàn|Nhiều|Một\s+số)\b", flat[clause.sentence[0] : clause.sentence[0] + 20]):
        return None
    return carried_subject(scene, clause)


def carried_list(
    scene: Scene, subject: Organisation | None, inside: list[Citation], inner: set[int], clause: Clause, status: str
) -> Iterator[Deed]:
    """Yield that `subject` implemented the first of `inside` and what commas join to it."""
    if subject is None:
        return
    previous: Citation | None = None
    for cited in inside:
        joined = previous is None or LIST_GAP.fullmatch(scene.reading.flat, previous.tail, cited.start) is not None
        if not joined and not (previous and scene.reading.flat[cited.start - 2 : cited.start] == ", "):
            break
        if cited.start not in inner:
            yield Deed(subject, "implemented", scene.reading.claim(cited), clause.start, cited.end, "verb of carrying out", status)
        previous = cited


PAPERS_CARRIED = re.compile(
    rf"(?:{CARRY})(?:\s+{ADVERB})*\s+(?:các|những|một\s+số)\s+[^.;]{{0,120}}?(?:văn\s+bản|chỉ\s+thị|nghị\s+quyết|kết\s+luận|quyết\s+định|kế\s+hoạch|đề\s+án)[^.;]*$", re.IGNORECASE
)


def carried_in_notes(scene: Scene) -> Iterator[Deed]:
    """Yield the list of a footnote hung on "quán triệt, thực hiện các văn bản …²" as carried out by the subject."""
    reading = scene.reading
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        before = reading.flat[clause.start : block.anchor]
        match = PAPERS_CARRIED.search(before)
        if match is None or MADE_PAPERS.search(before) or NOT_DONE.search(before[: match.start()]) or DIRECTS.search(before[: match.start()]):
            continue
        subject = carrying_subject(scene, clause, scene.units_between(clause.start, clause.start + match.start()), clause.start + match.start())
        for head in heads(reading, index):
            made = ISSUED.search(reading.flat[reading.clauses.at(head.start).start : head.start])
            if subject is not None and head.number is not None and made is None:
                status = "planned" if scene.planned(index) or reading.kind == "plan" else "done"
                yield Deed(subject, "implemented", reading.claim(head), clause.start, block.anchor, "footnote of verb of carrying out", status)
