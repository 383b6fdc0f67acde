"""Read who issued which document: beside the number, by a verb, in lists and footnotes hung on one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from data import table
from ingest.actors import office_beside
from ingest.citations import LIST_GAP, Citation, is_dated_before
from ingest.claims import contradicts
from ingest.clauses import LONGEST, Clause, lies_ahead
from ingest.issuers import issuer_by_letters, letters_table, stated_issuers
from ingest.reading import CARRY, heads
from ingest.scene import ISSUE, Deed, Scene, has_issuer, in_a_year_to_come, subject_before
from ingest.units import Organisation, expand
from kg.model import SELF
from kg.numbers import Number

ISSUED = re.compile(
    rf"(?P<will>cần\s+)?(?:đã\s+)?(?P<verb>{ISSUE})"
    rf"(?:\s*(?:,|và)\s*(?:{ISSUE}|{CARRY}))*(?:\s+(?:các|những|thêm))?\s*:?\s*$",
    re.IGNORECASE,
)


def stated(scene: Scene) -> Iterator[Deed]:
    """Yield the issuers written beside a number: "Kế hoạch số 780/KH-UBND … của UBND tỉnh"."""
    reading = scene.reading
    claims = {c.id: c for c in reading.resolved.claims}
    for cited in reading.resolved.citations:
        document = reading.claim(cited)
        if (cited.number is None and cited.form != "short") or document == SELF or is_draft(reading.flat, cited):
            continue
        for unit in stated_issuers(cited, reading.top.home):
            wrong = any(x.field == "issuer" and x.value == unit.name for x in claims[document].conflicts)
            if not wrong and not denied_by_letters(scene, cited, unit):
                said = cited.issuers[0].text
                yield Deed(unit, "issued", document, cited.start, cited.tail, "issuer beside number", "done", said)


def of_an_office(scene: Scene) -> Iterator[Deed]:
    """Yield the office that no table knows beside a number: "… của Ban Chỉ huy Phòng thủ khu vực 3 - Hải Hà"."""
    reading = scene.reading
    for cited in reading.resolved.citations:
        if cited.number is None or cited.issuers or is_draft(reading.flat, cited) or reading.claim(cited) == SELF:
            continue
        for unit, end in office_beside(reading.flat, cited.tail, reading.top.home):
            rule = "issuer beside number"
            yield Deed(unit, "issued", reading.claim(cited), cited.start, end, rule)


def is_draft(flat: str, cited: Citation) -> bool:
    """Tell whether only a draft is spoken of: "góp ý dự thảo |Nghị quyết số 12/NQ-HĐND"."""
    return re.search(r"dự\s+thảo\s+$", flat[max(0, cited.start - 12) : cited.start], re.IGNORECASE) is not None


def denied_by_letters(scene: Scene, cited: Citation, unit: Organisation) -> bool:
    """Tell whether the symbol names a central body that `unit` is not; one of several bodies is none to deny."""
    lettered = issuer_by_letters(cited.number, scene.reading.top.home) if cited.number else None
    if lettered is None or cited.number is None or lettered.level != "trung ương":
        return False
    return contradicts(unit, lettered) and not (len(cited.issuers) > 1 and has_letters(unit, cited.number))


# "UBND tỉnh đã ban hành 05 văn bản chỉ đạo, điển hình như: |A; B; C"
LISTED = re.compile(
    rf"(?P<will>cần\s+)?(?:đã\s+)?(?P<verb>{ISSUE})(?:\s*(?:,|và)\s*(?:{ISSUE}|{CARRY}))*"
    r"\s+(?:\d+\s+|các\s+|nhiều\s+|một\s+số\s+)?(?:kế\s+hoạch|văn\s+bản|chương\s+trình|công\s+văn|quyết\s+định)"
    r"[^.;]{0,60}?(?:gồm|như|sau|:)\s*:?\s*$",
    re.IGNORECASE,
)


@cache
def last_words() -> tuple[str, ...]:
    """Return the words of which one ends whatever `ISSUED` or `LISTED` finds."""
    cues = (row["words"] for row in table("cues") if row["kind"] in {"issue", "carry", "review"})
    return (*sorted({words.split()[-1].lower() for words in cues}), "các", "những", "thêm", "gồm", "như", "sau", ":")


def issuing(lead: str) -> re.Match[str] | None:
    """Return the verb of issuing with which the words before a document or before a list of documents end."""
    if not lead.rstrip()[-16:].lower().endswith(last_words()):  # a look at the last word: the patterns try every letter
        return None
    return ISSUED.search(lead) or LISTED.search(lead)


# "chưa |ban hành", "ngay sau khi |có Nghị quyết 18"
NEVER = re.compile(r"(?:không|chưa|khi|từ\s+ngày|dự\s+thảo)\s+$", re.IGNORECASE)


# "…; Công văn số 455 |đã được UBND huyện sao gửi": something happens to it, the list is over
ACTED_ON = re.compile(
    r"\s*(?:đã\s+|đang\s+)?được\s+(?:UBND|Ủy\s+ban|HĐND|(?:Tỉnh|Huyện|Thành|Thị|Quận|Đảng)\s+ủy|Ban\s|Sở\s|Phòng\s|các\s|"
    r"sửa\s+đổi|thay\s+thế)"
)


def issuing_status(scene: Scene, cited: Citation, lead: str, verb: re.Match[str]) -> str:
    """Return "planned" for what is to be issued: by the words before it, or by the heading where none says "đã".

    What bears a day not after the report's own was issued, whatever words of things to come stand before it.
    """
    if scene.planned(cited.block) and "đã" not in lead:
        return "planned"
    ahead = bool(verb["will"]) or lies_ahead(lead) or in_a_year_to_come(scene, lead)
    return "planned" if ahead and not is_dated_before(cited, scene.reading.top.header.date) else "done"


# thành lập Ban Chỉ đạo tại |Quyết định số 2260-QĐ/TU, báo cáo UBND tỉnh tại |Báo cáo số …, gửi |Báo cáo số 276/BC-UBND
AT_PAPER = re.compile(
    r"(?<!được )(?P<will>cần\s+)?(?P<verb>(?:đã(?!\s+được)|thành\s+lập|kiện\s+toàn|phân\s+công|phê\s+duyệt|báo\s+cáo|"
    r"thông\s+báo|công\s+bố|công\s+nhận|điều\s+chỉnh|giao|chỉ\s+đạo|đề\s+nghị|đề\s+xuất|trả\s+lời)\s[^.;]{0,160}?\s?"
    rf"(?:tại|bằng)|{CARRY}\s(?:[^.;]{{0,160}}?\s)?bằng|ký\s+(?:kết\s+)?với\s[^.;]{{3,90}}?|"
    r"gửi|nộp|trình|trình\s+bày|(?:báo\s+cáo|trình|đề\s+nghị|thông\s+báo|kiến\s+nghị)(?:\s[^.;()]{0,90})?\s*[(]\s*(?:tại\s+)?)\s*$",
    re.IGNORECASE,
)


# "đã hết hiệu lực và được |thay thế bằng", "ký với …, |thay cho": no deed of who acts before
IN_PLACE = re.compile(r"(?:được|bị)\s+(?:thay|sửa)|,\s+thay\s+(?:thế\s+)?cho", re.IGNORECASE)


NEAR = 400  # characters before a number in which it is said who did something by it


def set_down(scene: Scene) -> Iterator[Deed]:
    """Yield who did something by a paper of its own: "thành lập Ban Chỉ đạo tại Quyết định số …"."""
    reading = scene.reading
    for cited in reading.resolved.citations:
        if cited.form != "numbered" or cited.number is None or has_issuer(reading, cited):
            continue
        clause = reading.clauses.at(cited.start)
        begin = max(clause.start, cited.start - NEAR)
        lead = reading.flat[begin : cited.start]
        match = AT_PAPER.search(lead)
        if match is None or NEVER.search(lead[: match.start()]) or IN_PLACE.search(match["verb"]):
            continue
        status = issuing_status(scene, cited, lead, match)
        for unit in subject_before(scene, clause, begin + match.start(), cited, begin):
            if has_letters(unit, cited.number):
                rule = "did so by its paper"
                yield Deed(unit, "issued", reading.claim(cited), clause.start, cited.end, rule, status)


def by_verb(scene: Scene) -> Iterator[Deed]:
    """Yield the subjects of "ban hành": "Huyện Tân Yên ban hành Kế hoạch số 116-KH/HU"; a list keeps its subject."""
    reading = scene.reading
    for block, cited in reading.by_block.items():
        subject: tuple[Organisation, ...] = ()
        status = "done"
        for clause, inside in reading.by_clause(cited):
            first = inside[0]
            lead = reading.flat[clause.start : first.start]
            match = issuing(lead)
            if match is not None and NEVER.search(lead[: match.start()]):
                subject = ()
            elif match is not None:
                subject = subject_before(scene, clause, clause.start + match.start(), first)
                status = issuing_status(scene, first, lead, match)
                yield from issued_list(scene, subject, inside, clause, status)
            elif (
                subject
                and not lead.strip(" -+*•.,;")
                and not has_issuer(reading, first)
                and not ACTED_ON.match(reading.flat, first.tail)
            ):
                yield from issued_list(scene, subject, inside[:1], clause, status)
            else:
                subject = ()
            for place, (before, later) in enumerate(pairwise(inside), 1):
                told = issued_later(scene, clause, later, before.tail, block)
                if told is not None:
                    subject, status = told
                    yield from issued_list(scene, subject, inside[place:], clause, status)
        yield from items_below(scene, block)


# Kế hoạch số 40/KH-UBND |được, … về chuyển đổi số |đã được
PASSIVE = re.compile(r"[)]?\s*(?:đã\s+)?được\s+|[^.;:“”]{1,160}?\sđã\s+được\s+")
PASSIVE_ISSUE = re.compile(rf"\s+(?:đã\s+)?{ISSUE}", re.IGNORECASE)


def passive(scene: Scene, cited: Citation, stop: int, verb: re.Pattern[str]) -> Iterator[tuple[Organisation, int]]:
    """Yield (unit, where its verb ends) for "Kế hoạch số 40/KH-UBND được UBND huyện ban hành", before `stop`."""
    said = scene.reading.flat.find("được", cited.tail, stop) >= 0
    match = PASSIVE.match(scene.reading.flat, cited.tail, stop) if said else None
    groups = scene.groups_between(match.end(), stop) if match is not None else ()
    if match is None or not groups or groups[0].start != match.end():
        return
    done = verb.match(scene.reading.flat, groups[0].end)
    for unit in groups[0].units if done is not None else ():
        yield unit, done.end() if done is not None else 0


def with_room(scene: Scene) -> Iterator[tuple[Citation, int]]:
    """Yield each citation with the place up to which its clause says something of it: the next citation, or its end."""
    reading = scene.reading
    starts = [*(c.start for c in reading.resolved.citations[1:]), len(reading.flat)]
    for cited, after in zip(reading.resolved.citations, starts, strict=False):
        yield cited, min(after, reading.clauses.at(cited.start).end)


# "(UBND phường Thuận Hóa|: |Kế hoạch số 41", "UBND xã Tri Lễ| (|Kế hoạch số 15", "UBND xã Tri Lễ| |15/KH-UBND"
BETWEEN = re.compile(r"\s*[:(|]\s*|\s+")


COUNTED = re.compile(r"(?:^|\s)\d{1,3}[.)]?\s+$")  # the row of a table whose columns are lost: "01 |UBND xã Tri Lễ"


def before_colon(scene: Scene) -> Iterator[Deed]:
    """Yield the unit right before a number as its issuer: before a colon, a bracket, a bare number."""
    reading = scene.reading
    for cited in reading.resolved.citations:
        if cited.number is None or has_issuer(reading, cited) or cited.form != "numbered":
            continue
        status = "planned" if scene.planned(cited.block) else "done"
        for unit, start in right_before(scene, cited):
            rule = "unit before a colon"
            yield Deed(unit, "issued", reading.claim(cited), start, cited.end, rule, status)


def right_before(scene: Scene, cited: Citation) -> Iterator[tuple[Organisation, int]]:
    """Yield (unit, where it stands) for the local units right before a number whose letters are theirs."""
    flat, block = scene.reading.flat, scene.reading.blocks[cited.block]
    if cited.maker is not None and ":" in flat[cited.maker.end : cited.start]:
        maker = expand(cited.maker, scene.reading.top.home)
        yield from [(maker, cited.maker.start)] if maker is not None else []
    groups = scene.groups_between(max(block.start, cited.start - 160), cited.start)
    between = BETWEEN.fullmatch(flat, groups[-1].end, cited.start) if groups else None
    if between is None or cited.number is None:
        return
    counted = COUNTED.search(flat[block.start : groups[-1].start]) is not None
    if cited.typed and not between[0].strip() and not counted:
        return
    for unit in groups[-1].units:
        if unit.level != "trung ương" and has_letters(unit, cited.number):
            yield unit, groups[-1].start


def in_passive(scene: Scene) -> Iterator[Deed]:
    """Yield who issued what, said in the passive."""
    for cited, stop in with_room(scene):
        for unit, end in passive(scene, cited, stop, PASSIVE_ISSUE) if cited.number is not None else ():
            yield Deed(unit, "issued", scene.reading.claim(cited), cited.start, end, "passive of issuing")


def issued_later(
    scene: Scene, clause: Clause, later: Citation, begin: int, block: int
) -> tuple[tuple[Organisation, ...], str] | None:
    """Return (subjects, status) of "ban hành" before a citation that is not the first of its clause."""
    lead = scene.reading.flat[begin : later.start]
    match = issuing(lead)
    before = lead[: match.start()] if match is not None else ""
    if match is None or NEVER.search(before) or re.search(r"về\s+(?:việc\s+)?$", before):
        return None
    subject = subject_before(scene, clause, begin + match.start(), later, begin)
    return subject, issuing_status(scene, later, lead, match)


def issued_list(
    scene: Scene, subject: tuple[Organisation, ...], inside: list[Citation], clause: Clause, status: str
) -> Iterator[Deed]:
    """Yield that `subject` issued the first of `inside` and what a comma joins to it."""
    taken: list[Citation] = []
    for cited in inside:
        if taken and not joined_paper(scene, taken[-1], cited):
            if further_paper(scene, taken[0], cited):
                taken.append(cited)
            elif cited.number is None or same_body(taken[0], cited):
                break
        else:
            taken.append(cited)
    makers = [fitting_issuers(scene, cited, subject) for cited in taken]
    if len(taken) == len(subject) and all(unit in units for unit, units in zip(subject, makers, strict=True)):
        makers = [(unit,) for unit in subject]  # one each, as they are named
    for cited, units in zip(taken, makers, strict=True):
        if cited.form == "named" or (cited.issuers and status == "done"):
            continue
        for unit in (unit for unit in units if not of_the_centre(cited, unit)):
            yield Deed(unit, "issued", scene.reading.claim(cited), clause.start, cited.end, "verb of issuing", status)


def joined_paper(scene: Scene, here: Citation, after: Citation) -> bool:
    """Tell whether `after` is issued with `here`: a comma joins them, or "và" behind a title under the same letters."""
    if LIST_GAP.fullmatch(scene.reading.flat, here.tail, after.start) is not None:
        return True
    behind = re.search(r"(?:^|\s)và\s*$", scene.reading.flat[here.tail : after.start]) is not None
    same = here.number is not None and after.number is not None and here.number.issuer == after.number.issuer
    return behind and same and after.typed


def of_the_centre(cited: Citation, unit: Organisation) -> bool:
    """Tell whether the letters are the centre's and the unit is not: no Tỉnh ủy issues "218-QĐ/TW"."""
    return cited.number is not None and cited.number.issuer.endswith("TW") and unit.level != "trung ương"


def further_paper(scene: Scene, first: Citation, cited: Citation) -> bool:
    """Tell whether `cited` goes on with a list behind a subject: "Kế hoạch 131 … về nguồn nhân lực, |Kế hoạch 305"."""
    lead = scene.reading.flat[first.end : cited.start]
    behind = re.search(r"[\w)”\"],\s+(?:và\s+)?$", lead) is not None
    return behind and cited.typed and same_body(first, cited) and not has_issuer(scene.reading, cited)


def same_body(a: Citation, b: Citation) -> bool:
    """Tell whether two numbers name the same body first: "2655/SGDĐT-GDTrH" and "2661/SGDĐT-GDTH"."""
    return (
        a.number is not None and b.number is not None and a.number.issuer.split("-")[0] == b.number.issuer.split("-")[0]
    )


def fitting_issuers(scene: Scene, cited: Citation, subjects: tuple[Organisation, ...]) -> tuple[Organisation, ...]:
    """Return the issuers that subjects and symbol agree on: of several, those whose letters it bears, else all."""
    if cited.number is None or not subjects:
        return subjects
    if TOGETHER.search(cited.number.symbol) and len(subjects) <= len(cited.number.issuer.split("-")):
        return subjects
    own = tuple(unit for unit in subjects if has_letters(unit, cited.number)) if len(subjects) > 1 else ()
    return own or tuple(lettered_issuer(scene, cited.number, subject) for subject in subjects)


TOGETHER = re.compile(r"(?:PH|L[TSNB])[-/]")  # letters of a programme of several bodies: KHPH, CTrPH, TTLT, HDLS


def has_letters(unit: Organisation, number: Number) -> bool:
    """Tell whether one of the bodies that the symbol names may be `unit`: "40/KH-UBND" is no Party committee's."""
    for letters in number.issuer.split("-"):
        row = letters_table().get(letters.upper())
        names = [row["name"].replace("{TU}", name) for name in COMMITTEES] if row is not None else []
        initials = "".join(word[0] for word in re.findall(r"\w+", unit.name) if word != "và").upper()
        if any(name in unit.name for name in names) or (len(letters) > 2 and initials.startswith(letters.upper())):
            return True
    return False


COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Thị ủy")


def lettered_issuer(scene: Scene, number: Number, subject: Organisation) -> Organisation:
    """Return `subject`, or the organ within it that the letters name: "BDVHU" is its Ban Dân vận."""
    first = number.issuer.split("-")[0]
    lettered = issuer_by_letters(number, scene.reading.top.home)
    if first in {"BDVTU", "BDVHU"} and re.match(r"(?:Tỉnh|Thành|Thị|Huyện) ủy", subject.name):
        return Organisation(f"Ban Dân vận {subject.name}", subject.level, subject.name)
    same_place = lettered is not None and lettered.level == subject.level
    if lettered is not None and same_place and first not in {"TU", "ThU", "HU", "QU", "UBND", "ĐU", "HĐND"}:
        return lettered
    return subject


def lead_of(scene: Scene, block: int) -> int | None:
    """Return the number of the block that leads in the list in which `block` is an item, None where it is none."""
    blocks = scene.reading.blocks
    if blocks[block].kind == "note" or block == 0:
        return None
    lead = block - 1
    while lead > 0 and blocks[lead].kind in {"item", "note"} and block - lead < 30:
        if ends_list(scene, lead):
            return None
        lead -= 1
    return lead if scene.reading.flat[blocks[lead].start : blocks[lead].end].rstrip().endswith(":") else None


def ends_list(scene: Scene, item: int) -> bool:
    """Tell whether an item is the last of its list: it ends with a stop, the one before it with a semicolon."""
    blocks, flat = scene.reading.blocks, scene.reading.flat
    if blocks[item].kind != "item" or blocks[item - 1].kind != "item":
        return False
    return flat[blocks[item].end - 1] == "." and flat[blocks[item - 1].end - 1] == ";"


def item_heads(scene: Scene, block: int) -> list[Citation]:
    """Return the documents that an item lists, in its first sentence: what follows its stop is told for itself."""
    start = scene.reading.blocks[block].start
    first = scene.reading.clauses.at(start).sentence
    listed = [head for head in heads(scene.reading, block) if head.start < first[1]]
    return [] if listed and scene.units_between(start, listed[0].start) else listed  # "- UBND tỉnh giao … tại |A"


def items_below(scene: Scene, block: int) -> Iterator[Deed]:
    """Yield the items of a list as issued by the subject of its lead: "UBND xã đã ban hành và thực hiện:" - …; - …"""
    reading = scene.reading
    lead = lead_of(scene, block)
    if lead is None:
        return
    text = reading.flat[reading.blocks[lead].start : reading.blocks[lead].end].rstrip()
    match = issuing(text)
    if match is None:
        return
    clause = reading.clauses.at(reading.blocks[lead].end - 1)
    verb = reading.blocks[lead].start + match.start()
    for head in item_heads(scene, block):
        if ISSUED.search(reading.flat[reading.clauses.at(head.start).start : head.start]):
            continue  # an item with a subject and verb of its own
        subjects = subject_before(scene, clause, verb, head)
        status = "planned" if scene.planned(block) else "done"
        for unit in fitting_issuers(scene, head, subjects) if not head.issuers else ():
            rule = "list under verb of issuing"
            yield Deed(unit, "issued", reading.claim(head), clause.start, clause.end, rule, status)
        if re.search(CARRY, match[0]):
            status = "planned" if status == "planned" or reading.kind in {"plan", "directive"} else "done"
            rule = "list under verb of carrying out"
            for unit in subjects:
                yield Deed(unit, "implemented", reading.claim(head), clause.start, clause.end, rule, status)


MADE_PAPERS = re.compile(
    rf"(?P<verb>{ISSUE})[^.;]{{0,40}}?(?:kế\s+hoạch|văn\s+bản|chương\s+trình|công\s+văn|"
    r"quy\s+chế|quyết\s+định|hướng\s+dẫn|chỉ\s+thị|nghị\s+quyết)",
    re.IGNORECASE,
)


def hung_on_notes(scene: Scene) -> Iterator[Deed]:
    """Yield the list of a footnote hung on "ban hành các văn bản …⁴" as issued by that sentence's subject."""
    reading = scene.reading
    for index, block in enumerate(reading.blocks):
        if block.kind != "note" or block.anchor is None:
            continue
        clause = reading.clauses.at(max(0, block.anchor - 1))
        match = MADE_PAPERS.search(reading.flat, max(clause.sentence[0], block.anchor - LONGEST), block.anchor)
        if match is None or not heads(reading, index):
            continue
        told = reading.clauses.at(match.start())
        subjects = subject_before(scene, told, match.start(), heads(reading, index)[0])
        for head in heads(reading, index):
            if (
                has_issuer(reading, head)
                or head.number is None
                or ACTED_ON.match(reading.flat, head.tail)
                or ISSUED.search(reading.flat[reading.clauses.at(head.start).start : head.start])
            ):
                continue
            status = "planned" if scene.planned(index) else "done"
            rule = "footnote of verb of issuing"
            for unit in fitting_issuers(scene, head, subjects):
                yield Deed(unit, "issued", reading.claim(head), clause.start, block.anchor, rule, status)
