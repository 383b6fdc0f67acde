"""Who acts in a sentence: the unit before the verb, else the heading's or paragraph's, else the reporter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.actors import Group, find_groups
from ingest.citations import Citation
from ingest.clauses import Clause, cue, is_planned, issuing_verb, words_before
from ingest.issuers import issuer_by_letters
from ingest.letters import LETTER
from ingest.places import Home
from ingest.reading import Reading
from ingest.units import Organisation, UnitMention, expand, find_units, named_alone


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


ISSUE = issuing_verb()
FAR = 2000  # characters back in a sentence in which its subject stands


@dataclass(frozen=True)
class Scene:
    """A reading together with its units and the reporting unit."""

    reading: Reading
    reporter: Organisation | None

    @cached_property
    def units(self) -> tuple[UnitMention, ...]:
        """All units that the text names; "UBND huyện" that the report's place does not tell is the one named before."""
        found: list[UnitMention] = []
        for unit in find_units(self.reading.flat):
            found.append(self.as_before(unit, found) if unit.kind and not (unit.place or unit.many) else unit)
        return tuple(found)

    def as_before(self, unit: UnitMention, found: list[UnitMention]) -> UnitMention:
        """Return `unit` at the place that its paragraph named last for such a kind, where its own place is unknown."""
        if expand(unit, self.reading.top.home) is not None:
            return unit
        paragraph = self.reading.flat.rfind("\n", max(0, unit.start - FAR), unit.start)
        for other in reversed(found[-8:]):
            if other.start > max(paragraph, unit.start - FAR) and other.kind == unit.kind and other.place:
                return replace(unit, place=other.place, upper=other.upper)
        return unit

    @cached_property
    def starts(self) -> list[int]:
        """Where the units stand."""
        return [u.start for u in self.units]

    def units_between(self, start: int, end: int) -> tuple[UnitMention, ...]:
        """Return the units named in `start`..`end`."""
        from bisect import bisect_left

        return self.units[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def groups_between(self, start: int, end: int) -> tuple[Group, ...]:
        """Return the actors named in `start`..`end`, lists as one group."""
        mentions = self.units_between(start, end)
        return find_groups(self.reading.flat, mentions, start, end, self.reading.top.home, self.reporter)

    def planned(self, block: int) -> bool:
        """Tell whether what stands in `block` is a task or a wish: by its heading, or because the report is a plan."""
        own = self.reading.blocks[block]
        if own.kind == "note" and own.anchor is not None:
            block = self.reading.clauses.at(max(0, own.anchor - 1)).block
        return is_planned(self.reading.blocks[block].section)

    def task(self, block: int) -> bool:
        """Tell whether what is carried out in `block` is a task: a plan's, unless its heading is of results."""
        if self.planned(block):
            return True
        plan = self.reading.kind in {"plan", "directive"}
        return plan and not any(PAST.search(title) for title in self.reading.blocks[block].section)


YEAR = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)?(?:trong\s+|từ\s+|sang\s+|bước\s+sang\s+)?năm\s+(\d{4})\b[^:;.]*$", re.IGNORECASE
)


def in_a_year_to_come(scene: Scene, lead: str) -> bool:
    """Tell whether a clause begins with a year after the report's own: "Trong năm 2024, tập trung |…" said in 2023."""
    year, written = YEAR.match(lead), scene.reading.top.header.date or ""
    if year is None or re.search(r"(?<!\w)đã(?!\w)", lead):
        return False
    return written[:4].isdecimal() and int(year[1]) > int(written[:4])


PAST = re.compile(
    r"kết\s+quả|tình\s+hình|thực\s+trạng|đánh\s+giá|đã\s+(?:thực\s+hiện|triển\s+khai|ban\s+hành)", re.IGNORECASE
)


def has_issuer(reading: Reading, cited: Citation) -> bool:
    """Tell whether words beside the number name an issuer, known or not ("của BCĐ QCDC")."""
    return (
        bool(cited.issuers) or re.match(r"[\s,]*(?:của|giữa)\s", reading.flat[cited.tail : cited.tail + 8]) is not None
    )


ACTOR = re.compile(rf"(?:^|[,:]\s*)\W*(?:(?:{cue('actor')})(?![{LETTER}])|\d+%|\d+/\d+)[^,:;]*$", re.IGNORECASE)


MANY_ACTORS = re.compile(
    r"(?:^|,)\s*(?:các|mọi|mỗi|những|nhiều|một\s+số|đa\s+số|100%)\s+(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|cấp|ngành|"
    r"địa\s+phương|xã|sở|phòng|tổ\s+chức|hộ|người|chi\s+bộ|thôn|trường|doanh\s+nghiệp)",
    re.IGNORECASE,
)


# "18/18 xã, |thị trấn", "các sở, |ban, |ngành": one subject
KINDS_LISTED = re.compile(
    rf",\s+(?=(?:xã|phường|thị\s+trấn|đặc\s+khu|huyện|thị\s+xã|quận|ban|ngành|phòng|đơn\s+vị|đoàn\s+thể)(?![{LETTER}]))"
)


def other_subject(scene: Scene, start: int, verb: int) -> bool:
    """Tell whether somebody who is no unit of the tables acts: "100% chi bộ đã |…", "Nhân dân các xã |…"."""
    before = KINDS_LISTED.sub(" ", words_before(scene.reading.flat, start, verb))
    return ACTOR.search(before) is not None or MANY_ACTORS.search(before) is not None


# "của", "cho" before a unit: it owns or receives; "phối hợp với": it helps
OWNER = re.compile(r"(?<!\w)(?:của|do|với|(?<!tham mưu )cho|theo|bởi|cùng|tại|gửi|đến|tới)\s+$")
# Between a list and its verb, where the list's last member is the subject: "sự quan tâm của Tỉnh ủy, |UBND huyện đã …"
AT_ONCE = re.compile(
    r"\s*(?:(?:đã|sẽ|luôn|thường\s+xuyên|kịp\s+thời|tiếp\s+tục|chủ\s+động|tích\s+cực|nghiêm\s+túc|tổ\s+chức)\s+)*"
)
ENTRUSTED = re.compile(r"(?<!\w)(?:giao|tham\s+mưu(?!\s*,)|phối\s+hợp(?!\s+(?:với|cùng|chặt)))(?!\w)")


CLOSES = re.compile(r"[^(]*[)]")  # "UBND tỉnh (thường trực: |Sở Nội vụ|) ban hành": who stands in brackets does not act


def acting(scene: Scene, group: Group, verb: int) -> tuple[Organisation, ...] | None:
    """Return the members of `group` that do what begins at `verb`; None where it only owns, receives or helps."""
    flat = scene.reading.flat
    if OWNER.search(flat[max(0, group.start - 14) : group.start]) is None:
        return group.units
    return group.last or None if AT_ONCE.fullmatch(flat, group.end, verb) is not None else None


def subject_before(
    scene: Scene, clause: Clause, verb: int, cited: Citation, begin: int | None = None
) -> tuple[Organisation, ...]:
    """Return who does what begins at `verb`: named in the clause, a bare place, the heading's, the reporter."""
    reading = scene.reading
    start = clause.start if begin is None else begin
    maker = cited.maker
    # A place that stands for one of its bodies, which the letters tell; "UBND xã" without a place is looked up below.
    if maker is not None and start <= maker.start < verb and (maker.place or not maker.kind):
        issuer = expand(maker, reading.top.home)
        return (issuer,) if issuer is not None else ()
    for group in reversed(scene.groups_between(max(start, verb - FAR), verb)):
        between = reading.flat[group.end : verb]
        if len(between) > 120:
            break  # those before it stand further off still
        units = acting(scene, group, verb)
        if units is None or ";" in between or CLOSES.match(between):
            continue
        local = tuple(
            unit for unit in units if unit.level != "trung ương" or is_lettered(unit, cited, reading.top.home)
        )
        return () if ENTRUSTED.search(between) else local
    if other_subject(scene, start, verb):
        return ()
    return carried_subject(scene, clause, start)


PARTY_CENTRE = {"Bộ Chính trị", "Ban Bí thư Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"}


def is_lettered(unit: Organisation, cited: Citation, home: Home) -> bool:
    """Tell whether a central body is the one that the symbol names: "Bộ Chính trị ban hành |Kết luận số 91-KL/TW"."""
    if cited.number is None:
        return False
    lettered = issuer_by_letters(cited.number, home)
    party = cited.number.issuer == "TW" and unit.name in PARTY_CENTRE
    return party or (lettered is not None and lettered.name == unit.name)


def carried_subject(scene: Scene, clause: Clause, place: int) -> tuple[Organisation, ...]:
    """Return the subject of a verb at `place` that has none: an earlier one's, a heading's, else the reporter."""
    flat, block = scene.reading.flat, scene.reading.blocks[clause.block]
    colon = flat.find(":", clause.sentence[0], min(clause.end, clause.sentence[0] + 60))
    if colon >= 0:
        named = [u for u in scene.units_between(clause.sentence[0], colon) if flat[u.end : colon].strip() == ""]
        if named:
            return only(expand(named[0], scene.reading.top.home))
    opening = sentence_subject(scene, clause.sentence[0], place) or only(paragraph_subject(scene, clause))
    return opening or heading_subject(scene, block.section) or only(scene.reporter)


def only(unit: Organisation | None) -> tuple[Organisation, ...]:
    """Return a unit as a list of one, nothing as a list of none."""
    return (unit,) if unit is not None else ()


def heading_subject(scene: Scene, section: tuple[str, ...]) -> tuple[Organisation, ...]:
    """Return the one unit that the innermost heading is about: "Công tác dân vận của HĐND", "2. Công an xã"."""
    for title in section[-1:]:
        if re.search(r"cấp\s+ủy|tổ\s+chức\s+đảng", title, re.IGNORECASE) and not re.search(r"chính\s+quyền", title):
            return only(own_committee(scene) or scene.reporter)
        named = [u for u in find_units(title) if not u.many and u.organ != "central" and owns(title, u.start)]
        found = [o for o in (expand(u, scene.reading.top.home) for u in named) if o is not None]
        if len(found) == 1 and len(named) == 1:
            return (found[0],)
    return ()


# What a subject is followed by: "Ngay khi có Chỉ thị 27, |BTV Tỉnh ủy| đã ban hành …; ban hành …"
DOES = re.compile(rf"\s+(?:đã\s+)?(?:{ISSUE}|{cue('carry')}|tổ\s+chức|chỉ\s+đạo|đã)(?![{LETTER}])", re.IGNORECASE)


ADVISED = re.compile(r"tham\s+mưu\s+(?:cho\s+)?$")  # "… tham mưu cho |UBND tỉnh| ban hành …; chủ trì ban hành …"


def sentence_subject(scene: Scene, begin: int, place: int) -> tuple[Organisation, ...]:
    """Return the last units that are said to act in `begin`..`place`."""
    for group in reversed(scene.groups_between(max(begin, place - FAR), place) if place > begin else ()):
        units = acting(scene, group, group.end)
        if ADVISED.search(scene.reading.flat, max(begin, group.start - 20), group.start):
            continue
        if units is not None and DOES.match(scene.reading.flat, group.end):
            return units
    return ()


def owns(title: str, place: int) -> bool:
    """Tell whether the unit at `place` is whom a heading is about: "Công tác dân vận của |HĐND", "2. |Công an xã"."""
    before = title[:place]
    return re.search(r"của\s+$", before) is not None or re.fullmatch(r"\W*[\divxIVX.)-]*\W*", before) is not None


def paragraph_subject(scene: Scene, clause: Clause) -> Organisation | None:
    """Return the unit that opens the paragraph, or the one that carries a footnote's mark."""
    reading = scene.reading
    block = reading.blocks[clause.block]
    if block.kind == "note" and block.anchor is not None:
        told = reading.clauses.at(max(0, block.anchor - 1))
        if reading.blocks[told.block].kind == "note":
            return None
        return opening_unit(scene, told.sentence[0]) or paragraph_subject(scene, told)
    return opening_unit(scene, block.start)


def opening_unit(scene: Scene, start: int) -> Organisation | None:
    """Return the unit that the text opens with at `start`, behind a label or colon at most."""
    reading = scene.reading
    for unit in scene.units_between(start, start + 80):
        if re.fullmatch(r"\W*(?:[^:;.]{0,40}:\s*)?", reading.flat[start : unit.start]) and not unit.many:
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
    return Organisation(f"{words} {named_alone(spot)}", spot.level)
