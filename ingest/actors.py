"""Find who is named as acting in a clause: units, places that stand for their committee, offices that no table knows.

    Đảng ủy, UBND, MTTQ xã Tri Lễ | UBND huyện, các xã Yên Phúc, Tri Lễ | Trung tâm Văn hóa huyện  đã triển khai …
    └───────── one group ───────┘   └───────── one group ─────────────┘   └────── one group ─────┘

A list is one group; each of its members counts. "các xã", which names nobody, is a group without members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.clauses import cue, issuing_verb
from ingest.letters import LETTER, alternatives
from ingest.offices import first_words, in_full
from ingest.places import KIND, KINDS, NAME, Home
from ingest.units import Organisation, UnitMention, committee_at, expand, listed_places, named_units, proper
from kg.register import find_places


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are named together at `start`..`end`, each in full; none for many that nobody names ("các xã").

    `last` are those of its last member where it has several, else ().
    """

    start: int
    end: int
    units: tuple[Organisation, ...]
    last: tuple[Organisation, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One member of a list: a mention that the words after it may complete, or units that are known already."""

    start: int
    end: int
    mention: UnitMention | None = None
    units: tuple[Organisation, ...] = ()


# What joins the members of a list: "Huyện ủy, UBND huyện", "Đảng ủy và UBND xã"
JOINT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+")
JOINT_END = re.compile(rf"(?:{JOINT.pattern})$")


def find_groups(
    flat: str, mentions: tuple[UnitMention, ...], start: int, end: int, home: Home, own: Organisation | None
) -> tuple[Group, ...]:
    """Return the groups of actors in `start`..`end`, in order; `mentions` are the units that the text names there.

    `own` is the reporting unit, which calls itself by its first word: "Sở đã trình UBND tỉnh …".
    """
    parts: list[Part] = []
    found = [*called_by_kind(flat, start, end, own), *find_parts(flat, mentions, start, end, home)]
    for part in sorted(found, key=lambda p: (p.start, -p.end)):
        if part.end <= end and (not parts or part.start >= parts[-1].end):
            parts.append(part)
    return tuple(joined(flat, parts, home))


def joined(flat: str, parts: list[Part], home: Home) -> Iterator[Group]:
    """Yield the lists that `parts` form, a list's place given to the members before it that have none."""
    run: list[Part] = []
    for part in parts:
        if run and JOINT.fullmatch(flat, run[-1].end, part.start) is None:
            yield group_of(run, home)
            run = []
        run.append(part)
    if run:
        yield group_of(run, home)


def group_of(run: list[Part], home: Home) -> Group:
    """Return the list of `run` as one group."""
    units: list[tuple[Organisation, ...]] = []
    after: UnitMention | None = None
    for part in reversed(run):
        mention = placed_like(part.mention, after) if part.mention is not None else None
        known = (expand(mention, home),) if mention is not None else part.units
        units.insert(0, tuple(unit for unit in known if unit is not None))
        after = mention if mention is not None else after
    named = tuple(dict.fromkeys(unit for member in units for unit in member))
    return Group(run[0].start, run[-1].end, named, units[-1] if len(run) > 1 else ())


def placed_like(mention: UnitMention, after: UnitMention | None) -> UnitMention:
    """Return `mention` at the place of the one after it: "Đảng ủy, UBND, MTTQ |xã Tri Lễ"."""
    bare = not mention.kind and not mention.place and (mention.organ == "body" or mention.base == "Đảng ủy")
    if after is None or not bare or not after.kind or (mention.base == "Đảng ủy" and KINDS[after.kind] != "xã"):
        return mention
    return replace(mention, kind=after.kind, place=after.place, upper=after.upper)


def find_parts(flat: str, mentions: tuple[UnitMention, ...], start: int, end: int, home: Home) -> Iterator[Part]:
    """Yield what may be a member of a list in `start`..`end`; several may overlap."""
    for mention in mentions:
        yield from parts_of_unit(flat, mention, end, home)
    beyond = min(len(flat), end + 40)  # what an actor does stands behind it
    for match in PLACES.finditer(flat, start, beyond):
        if begins_own(flat, start, match.start()):
            units, stop = listed_places(flat, match.start(), end, home)
            if units:
                yield Part(match.start(), stop, units=units)
            elif match["kind"]:
                yield Part(match.start(), match.end(), units=(committee_at(match["kind"], match["name"], home),))
    for match in local_office().finditer(flat, start, beyond):
        name = before_next(flat, match, mentions)
        if begins_own(flat, start, match.start()) and " " in name:
            units = () if GENERAL.search(name) else (local_unit(name, home),)
            yield Part(match.start(), match.start() + len(name), units=units)


def before_next(flat: str, match: re.Match[str], mentions: tuple[UnitMention, ...]) -> str:
    """Return the name of an office up to the next member of its list: "Hạt Kiểm lâm|, Công an huyện và UBND xã"."""
    for mention in mentions:
        inside = match.start() < mention.start < match.end()
        joint = JOINT_END.search(flat, match.start(), mention.start) if inside else None
        if joint is not None:
            return flat[match.start() : joint.start()]
    return match["name"]


KIND_OF_OFFICE = re.compile(
    r"Sở|Phòng|Trường|Trung\s+tâm|Chi\s+cục|Cục|Bệnh\s+viện|Viện|Hội|Công\s+ty|Ban(?=\s+Quản)|Đảng\s+ủy(?:\s+(?:Sở|Cục))?"
)


def called_by_kind(flat: str, start: int, end: int, own: Organisation | None) -> Iterator[Part]:
    """Yield the reporting office where it calls itself by its kind alone: "Sở đã", "Trường tổ chức"."""
    for unit in itself(own) if own is not None else ():
        for match in calls(unit.name).finditer(flat, start, min(len(flat), end + 40)):
            if begins_own(flat, start, match.start()):
                yield Part(match.start(), match.end(), units=(unit,))


def itself(own: Organisation) -> Iterator[Organisation]:
    """Yield the reporting unit, and the office whose Party committee it is."""
    yield own
    office = own.name.removeprefix("Đảng ủy ")
    if office != own.name:
        yield Organisation(office, own.level)


@lru_cache(maxsize=64)
def calls(name: str) -> re.Pattern[str]:
    """Return the pattern of how an office calls itself: by the first word or words of its name, "Nhà trường"."""
    kind = KIND_OF_OFFICE.match(name)
    if kind is None:
        return NOBODY
    own = re.split(rf",|\s(?={KIND}(?:\s|$))", name[kind.end() :])[0].split()
    more = ""
    for word in reversed(own):
        more = rf"(?:\s+{re.escape(word)}{more})?"
    school = r"|[Nn]hà\s+trường|trường" if kind[0] == "Trường" else ""
    return re.compile(rf"(?<![{LETTER}])(?:{kind[0]}{more}{school}){ACTS}")


NOBODY = re.compile(r"(?!)")


def parts_of_unit(flat: str, mention: UnitMention, end: int, home: Home) -> Iterator[Part]:
    """Yield a unit, or each of "UBND các xã Bến Lức, Cần Giuộc" and of "UBND xã Tri Lễ, Yên Phúc"."""
    several, stop = listed_places(flat, mention.start, end, home)
    if several:
        yield Part(mention.start, stop, units=several)
    elif mention.many:
        yield Part(mention.start, mention.end, units=named_units(flat, mention, end, home))
    else:
        yield Part(mention.start, mention.end, mention)
        yield from places_behind(flat, mention, end, home)


def places_behind(flat: str, mention: UnitMention, end: int, home: Home) -> Iterator[Part]:
    """Yield the same organ at the further places of "UBND xã Tri Lễ, |Yên Phúc": names that the register knows."""
    if mention.organ != "body" or not mention.place or mention.upper or KINDS.get(mention.kind) not in {"huyện", "xã"}:
        return
    place = mention.end
    while (match := FURTHER.match(flat, place, end)) is not None:
        name = proper(match["name"])
        if not find_places(name, level=KINDS[mention.kind]):
            return
        like = replace(mention, start=match.start("name"), end=match.end(), place=name)
        yield Part(like.start, like.end, like)
        place = match.end()


FURTHER = re.compile(rf"(?:,\s+|\s+và\s+)(?P<name>{NAME})(?=,|\s+và\s|\s+[a-zđ])")


# What may stand before a subject: the clause's opening, a number, a day, a comma, "Riêng"
OWN_START = re.compile(r"(?:^|[,:;.(“\"]|[-+*•]|\d{1,2}[.)]|\sđ[)]|\b[a-zđ][)])\s*$|\b(?:[Rr]iêng|và)\s+$")


def begins_own(flat: str, start: int, place: int) -> bool:
    """Tell whether a subject may begin at `place` in the words from `start` on."""
    return OWN_START.search(flat[max(start, place - BEFORE) : place]) is not None


BEFORE = 16  # characters, more than what may stand before a subject and its blanks
ACTS = (
    rf"(?=\s+(?:{cue('carry')}|{issuing_verb()}|{cue('review')}|đã|sẽ|đang|chưa|luôn|cũng|tổ\s+chức|phối\s+hợp|tiếp\s+tục|"
    r"thường\s+xuyên|kịp\s+thời|chủ\s+động|tích\s+cực|nghiêm\s+túc|tham\s+mưu|chỉ\s+đạo|hướng\s+dẫn|lãnh\s+đạo|tiếp\s+nhận|"
    rf"duy\s+trì|gửi|trình|được|yêu\s+cầu|đề\s+nghị|tổng\s+hợp|kính|báo\s+cáo|hoàn\s+thành|phát\s+động|cụ\s+thể\s+hóa|nghiên\s+cứu)(?![{LETTER}])|\s*[:(])"
)
ACTING = re.compile(ACTS)
# "Xã Tri Lễ đã", "Các xã Yên Phúc, Tri Lễ và thị trấn Văn Quan đã"
PLACES = re.compile(
    rf"(?<![{LETTER}])(?:(?P<kind>{KIND})\s+(?P<name>{NAME})(?={ACTS}|,|\s+và\s)|(?:(?:UBND|Ủy\s+ban\s+nhân\s+dân)\s+)?(?i:các)\s+{KIND})"
)


@cache
def local_office() -> re.Pattern[str]:
    """Return the pattern of an office that no table knows by name, before what it does: "Trung tâm Văn hóa đã"."""
    word, offices = rf"(?:[{LETTER}\d&/.-]+|-)", alternatives(list(first_words()))
    return re.compile(
        rf"(?<![{LETTER}-])(?P<name>(?:{offices})(?!\s+(?:{NO_OFFICE})(?![{LETTER}]))"
        rf"(?:(?:,(?!\s+(?:{offices})\s))?\s+(?!đã\s|sẽ\s|của\s|với\s){word}){{0,14}}?)"
        rf"(?:{ACTS}|(?=(?:,|\s+và)\s+(?:{offices})\s))"
    )


@cache
def owning_office() -> re.Pattern[str]:
    """Return the pattern of "của <office that no table knows>", up to a mark or the subject."""
    ends = (
        r"(?=[.,;:()“”\n]|$|\s+(?:về|v/v|và|trong|tại|để|đến|từ|trước|theo|nhằm|năm|đã|được|triển\s+khai|thực\s+hiện)"
        rf"(?![{LETTER}]))"
    )
    return re.compile(
        rf"[\s,]*của\s+(?P<name>(?:{alternatives(list(first_words()))})(?!\s+(?:{NO_OFFICE})(?![{LETTER}]))"
        rf"(?:\s+(?:[{LETTER}\d&/.-]+|-)){{1,12}}?){ends}"
    )


def office_beside(flat: str, start: int, home: Home) -> Iterator[tuple[Organisation, int]]:
    """Yield (the office of "của Trung tâm Văn hóa huyện" at `start`, where it ends); nothing where none stands."""
    match = owning_office().match(flat, start)
    spelt = match is not None and re.search(r"\s[a-zà-ỹđ]", match["name"]) is not None  # "BCĐ QCDC" tells nobody
    if match is not None and spelt and not GENERAL.search(match["name"]):
        yield local_unit(match["name"], home), match.end()


# Words that make another word of an office's first one: "Tổ chức", "Hội nghị", "Đoàn kết", "Đội ngũ", "Ban hành"
NO_OFFICE = r"chức|nghị|thảo|thi|đàm|viên|đồng|họp|kết|ngũ|hành|đầu|hợp|kiểm\s+tra|trưởng|phó|số"
# Many, or hardly a name: "Trung tâm các xã", "Trung tâm"; not "Ban Quản lý các khu công nghiệp"
GENERAL = re.compile(
    rf"(?<![{LETTER}])(?:các(?!\s+(?i:khu|dự\s+án|công\s+trình|cụm))|những|mỗi|từng|thuộc|trên|trong)(?![{LETTER}])|"
    r"^\S+(?:\s+\S+)?$"
)


def local_unit(words: str, home: Home) -> Organisation:
    """Return an office that no table knows, with its place."""
    return Organisation(*in_full(words, home))
