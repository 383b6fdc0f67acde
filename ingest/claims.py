"""What a report says of one document: the majority's word for each fact, contradictions kept."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from data import table
from ingest.citations import Citation, type_by_letters
from ingest.issuers import is_local, issuer_by_letters, makers, stated_issuers
from ingest.places import Home
from ingest.titles import base_type, content_words, likeness, organ_key
from ingest.units import Organisation, expand, unit_at
from kg.central import sure_row
from kg.fold import fold
from kg.model import Claim, Conflict
from kg.numbers import Number, number_key, parse_number, without_numbers

KINDS = {row["name"]: row["kind"] for row in table("document_types")}


def claim(flat: str, identifier: str, cited: list[Citation], home: Home) -> Claim:
    """Return what the report says of one document, the majority's word for each fact, contradictions kept."""
    number = majority_number(cited, home)
    kind = majority_type(cited, number)
    day = majority_date(cited, number)
    issuer = majority_issuer(flat, cited, number, home)
    titles = [flat[c.subject[0] : c.subject[1]] for c in cited if c.subject]
    short = next((c.count for c in cited if c.count), None)
    return Claim(
        id=identifier,
        kind=KINDS.get(kind, "other"),
        type=kind,
        number=number.number if number else short,
        symbol=number.symbol if number else None,
        full=number.full if number else None,
        date=day,
        issuer=issuer.name if issuer else meeting(flat, cited, home),
        title=max(titles, key=lambda t: (t in titles[:1], len(t))) if titles else named_title(flat, cited),
        term=next((c.term for c in cited if c.term), None),
        conflicts=(*conflicts(cited, number, day, issuer, home), *other_titles(flat, cited, day)),
    )


def meeting(flat: str, cited: list[Citation], home: Home) -> str | None:
    """Return the congress or plenum whose resolution is called by name, as its issuer."""
    for c in cited:
        words = (c.name or "").split()
        if words[:2] == ["trung", "uong"]:
            term = re.search(r"khóa\s+[IVXL]+", flat[c.start : c.end])
            return f"Ban Chấp hành Trung ương Đảng {term[0]}" if term else None
        if words[:2] == ["dai", "hoi"]:
            ordinal = re.search(r"[IVXL]+(?![^\W\d_])|\d+", flat[c.start + 12 : c.end])
            number = ordinal[0] if ordinal else words[-1]
            if "toan" in words:
                return f"Đại hội đại biểu toàn quốc lần thứ {number} của Đảng"
            where = " ".join(words[2:])
            spot = next((home.by_kind(kind) for kind in KINDS_OF_PLACE if where.startswith(f"{fold(kind)} ")), None)
            return f"Đại hội đại biểu Đảng bộ {spot.full} lần thứ {number}" if spot else None
    return None


KINDS_OF_PLACE = ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn", "đặc khu")


def named_title(flat: str, cited: list[Citation]) -> str | None:
    """Return the name of a document known by name only, without its type word."""
    for c in cited:
        if c.form == "named" and c.type:
            return flat[c.start + len(c.type) : c.end].strip(' “”"') or None
    return None


def majority_number(cited: list[Citation], home: Home) -> Number | None:
    """Return the number as most mentions write it; one whose letters fit its words before one whose letters do not."""
    numbers = [c.number for c in cited if c.number is not None and c.form == "numbered"]
    numbers = numbers or [c.number for c in cited if c.number is not None]
    if not numbers:
        return None
    fitting = Counter(n.full for n in numbers)
    agreed = {c.number.full for c in cited if c.number is not None and letters_agree(c, home)}
    best = max(fitting, key=lambda full: (full in agreed, fitting[full], -[n.full for n in numbers].index(full)))
    return parse_number(best)


def letters_agree(cited: Citation, home: Home) -> bool:
    """Tell whether the symbol's letters agree with the type word and the issuer beside it."""
    if cited.number is None:
        return False
    local = any(is_local(u) for u in stated_issuers(cited, home))
    if cited.number.issuer == "TW" and local:
        return False
    letters = type_by_letters(cited.number)
    return letters is None or not cited.typed or base_type(letters) == base_type(cited.type)


def majority_type(cited: list[Citation], number: Number | None) -> str:
    """Return the type that most mentions write out, one that agrees with the letters among equals."""
    words = Counter(c.type for c in cited if c.typed and c.type) or Counter(c.type for c in cited if c.type)
    letters = type_by_letters(number) if number else None
    order = list(words)
    return (
        max(words, key=lambda kind: (words[kind], base_type(kind) == base_type(letters), -order.index(kind)))
        or "văn bản"
    )


def majority_date(cited: list[Citation], number: Number | None) -> str | None:
    """Return the date most mentions state.

    Among equals the one that the table of central documents has, then one beside a title or issuer, then the first.
    """
    dates = Counter(c.date for c in cited if c.date)
    if not dates:
        return None
    full = {d: n for d, n in dates.items() if len(d) == 10} or dict(dates)
    rich = {c.date for c in cited if c.date and c.subject}
    order = [c.date for c in cited if c.date]
    nkey = number_key(number.full) if number else ""
    return max(full, key=lambda d: (full[d], sure_row(nkey, d) is not None, d in rich, -order.index(d)))


def majority_issuer(flat: str, cited: list[Citation], number: Number | None, home: Home) -> Organisation | None:
    """Return the issuer most mentions name; letters that name one body win over words, and fill in where words lack."""
    lettered = issuer_by_letters(number, home) if number else None
    if (
        lettered is not None
        and lettered.level == "trung ương"
        and number is not None
        and not number.issuer.endswith("TW")
    ):
        ministers = [u for c in cited for u in stated_issuers(c, home) if u.parent == lettered.name]
        joint = [u for c in cited for u in stated_issuers(c, home)] if "-" in number.issuer else []
        return ministers[0] if ministers else (joint[0] if len(joint) > 1 else lettered)
    parties = joint_issuer(flat, cited, number, home)
    if parties is not None:
        return parties
    named = [makers(c, home) for c in cited]
    counts = Counter(units[0].name for units in named if units)
    if not counts:
        return lettered
    order = [units[0].name for units in named if units]
    best = max(counts, key=lambda name: (counts[name], -order.index(name)))
    return next(units[0] for units in named if units and units[0].name == best)


BETWEEN = re.compile(r"(?<!\w)giữa\s+")


def joint_issuer(flat: str, cited: list[Citation], number: Number | None, home: Home) -> Organisation | None:
    """Return the parties of a joint programme as one issuer: "… giữa X và Y" under a symbol of two bodies."""
    if number is None or "-" not in number.issuer:
        return None
    for c in cited:
        if c.subject is None:
            continue
        match = BETWEEN.search(flat, c.tail, c.subject[1])
        first = unit_at(flat, match.end()) if match else None
        link = re.compile(r"\s+(?:và|với)\s+").match(flat, first.end) if first else None
        second = unit_at(flat, link.end()) if link else None
        if first is None or second is None:
            continue
        parties = [expand(first, home), expand(second, home)]
        if parties[0] is not None and parties[1] is not None:
            return Organisation(f"{parties[0].name} và {parties[1].name}", parties[0].level)
    return None


def conflicts(
    cited: list[Citation], number: Number | None, day: str | None, issuer: Organisation | None, home: Home
) -> list[Conflict]:
    """Return the statements that contradict the majority: another day, other letters, another issuing body."""
    found: dict[tuple[str, str], Conflict] = {}
    for c in cited:
        if c.date and day and len(c.date) == 10 and len(day) == 10 and c.date != day:
            found.setdefault(("date", c.date), Conflict("date", c.date, c.start, c.tail))
        if c.number is not None and number is not None and c.form == "numbered":
            spelling, own = number_key(c.number.full), number_key(number.full)
            if spelling != own:
                found.setdefault(("symbol", c.number.symbol), Conflict("symbol", c.number.symbol, c.start, c.end))
        together = stated_issuers(c, home)
        for unit in together:
            if issuer is not None and issuer not in together and contradicts(unit, issuer):
                name = as_called(unit.name)
                found.setdefault(("issuer", name), Conflict("issuer", name, c.start, c.tail))
    return list(found.values())


COMMITTEE = re.compile(r"((?:.*\s)?(?:Thành|Thị|Huyện|Quận)\s+ủy\s+[^,]+),.*")


def as_called(name: str) -> str:
    """Return a unit's name as papers of its province call it: a district's committee without the province.

    "Thành ủy Bắc Kạn", "Ban Thường vụ Huyện ủy Bạch Thông": there is one of that name in a province.
    """
    match = COMMITTEE.fullmatch(name)
    return match[1] if match else name


def other_titles(flat: str, cited: list[Citation], day: str | None) -> list[Conflict]:
    """Return the subjects that have next to nothing in common with the first one, on one and the same day.

    A mention of another day, or of none, may mean another document; a subject that only names what is carried out
    ("thực hiện Chỉ thị số 21-CT/TW") says too little to contradict one in words.
    """
    told = [(c, flat[c.subject[0] : c.subject[1]]) for c in cited if c.subject and c.date == day and day]
    told = [(c, title) for c, title in told if len(own_words(title)) >= ENOUGH]
    first = own_words(told[0][1]) if told else frozenset()
    odd = [(c, title) for c, title in told[1:] if likeness(first, own_words(title)) < UNLIKE]
    return [Conflict("title", title, c.subject[0], c.subject[1]) for c, title in odd if c.subject]


ENOUGH, UNLIKE = 5, 0.3  # content words of a subject; share of them in common


@lru_cache(maxsize=4096)
def own_words(title: str) -> frozenset[str]:
    """Return the content words of a subject, the numbers of other documents left out."""
    return content_words(without_numbers(title))


def contradicts(unit: Organisation, issuer: Organisation) -> bool:
    """Tell whether two stated issuers cannot both be right; a committee and its standing board can."""
    if unit.level == issuer.level == "trung ương":
        return issuer.name not in {unit.name, unit.parent} and issuer.parent != unit.name
    return unit.level != issuer.level and organ_key(unit) != organ_key(issuer)
