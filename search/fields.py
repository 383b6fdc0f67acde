"""Fields of a query: `cấp:xã`, `năm:2021..2023`, `đơn vị:"UBND huyện Bạch Thông"`, `under:25-NQ/TW`.

    đơn vị  unit        the issuer of the report: all of its words, or the place alone
    cấp     level       trung ương, tỉnh, huyện, xã
    năm     year        2023, 2021..2023, 2021.., ..2023
    loại    type        a type of document, or its letters: "kế hoạch", "KH"
    tỉnh    province    by any name of the register
    dẫn     cites       a document that the passage names
    thuộc   under       a document below which the report stands
    tệp     source      the file

Names are typed with marks or without. A value of several words stands in quotes, but levels, types, provinces, numbers
of documents and names of units ("UBND huyện Bạch Thông") are recognised without. A comma joins alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, Protocol

from whoosh import query as wq

from kg.fold import fold, without_marks
from kg.language import saying
from kg.model import QueryError
from kg.numbers import number_key
from search.references import references
from search.units import organs, unit_query

FIELDS = {
    "unit": ("don vi", "co quan", "unit"),
    "level": ("cap", "level"),
    "year": ("nam", "year"),
    "type": ("loai", "type"),
    "province": ("tinh", "province"),
    "cites": ("dan", "trich dan", "cites"),
    "under": ("thuoc", "under"),
    "source": ("tep", "source"),
}
SHOWN = {"unit": "đơn vị", "level": "cấp", "year": "năm", "type": "loại", "province": "tỉnh", "cites": "dẫn"}
SHOWN |= {"under": "thuộc", "source": "tệp"}
NAMES = {name: field for field, names in FIELDS.items() for name in names}
LEVELS = {
    **dict.fromkeys(("trung uong", "tw", "central"), "trung ương"),
    **dict.fromkeys(("tinh", "province"), "tỉnh"),
    **dict.fromkeys(("huyen", "quan", "thi xa", "district"), "huyện"),
    **dict.fromkeys(("xa", "phuong", "thi tran", "dac khu", "commune"), "xã"),
    **dict.fromkeys(("khac", "other"), "khác"),
}
ALL_OF = frozenset({"cites", "under"})  # a passage has several: each value typed narrows further
FIRST_YEAR, LAST_YEAR = 1945, 2100

NAME = rf"(?P<name>{'|'.join(sorted(NAMES, key=len, reverse=True))})"
FIELD = re.compile(rf"{NAME}\s?:\s*(?=[^\s:)])")
EMPTY = re.compile(rf"(?<![^\s(]){NAME}\s?:(?=\s*(?:$|[):]))")
UNKNOWN = re.compile(r"(?<![^\s(])([^\W\d_][^\W_]*):(?=[^\s:)])")
CHUNK = re.compile(r'[^\s()",]+')
YEARS = re.compile(r"(\d{4})?(?:\.\.|\s?[-–…]\s?)(\d{4})?|\d{4}")
WORD = re.compile(r"\s*([^\s()\",:]+)")
KINDS = re.compile(r"\s+(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu|uy|doan)(?![^\W_])")


class Graph(Protocol):
    """What the graph knows of a document that a query names."""

    def below(self, ref: str) -> Sequence[str]:
        """Return the names of the sources that stand anywhere below the document."""
        ...

    def numbers(self, ref: str) -> Sequence[str]:
        """Return the numbers of the document, "33/CT-TTg"; QueryError where there is none."""
        ...


class Misread(QueryError):
    """A part of the query that was not understood; `part` is that part, as typed."""

    def __init__(self, message: str, part: str) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field typed at `start`..`end` of the query, with its values as typed."""

    field: str
    values: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field asks for: `shown` is how it was read ("cấp:xã"), `tree` the Whoosh query, `refs` the documents."""

    field: str
    shown: str
    tree: Any
    refs: tuple[str, ...] = ()
    negative: bool = False


# ---- reading --------------------------------------------------------------------------------------------------------


def field_at(text: str, start: int) -> FieldText | None:
    """Return the field that begins at `start` of tidy `text`."""
    if start and text[start - 1] not in " \t\n(":
        return None
    plain = flat(text)
    named = FIELD.match(plain, start)
    if named is None:
        return None
    field, position, values = NAMES[named["name"]], named.end(), []
    while True:
        value, position = value_at(field, text, plain, position)
        values.append(value)
        if position + 1 >= len(text) or text[position] != "," or text[position + 1] in " \n":
            break
        position += 1
    return FieldText(field, tuple(values), start, position, text[start:position])


def value_at(field: str, text: str, plain: str, start: int) -> tuple[str, int]:
    """Return the value that begins at `start`, and where it ends."""
    if text[start] == '"':
        end = text.find('"', start + 1)
        if end < 0:
            raise Misread(saying("quote alone field"), text[start:])
        return text[start + 1 : end].strip(), end + 1
    chunk = CHUNK.match(text, start)
    end = recognised(field, text, plain, start) or (chunk.end() if chunk else start)
    if end == start:
        raise Misread(saying("field without value", field=f"{SHOWN[field]}:"), text[start])
    return text[start:end], end


def recognised(field: str, text: str, plain: str, start: int) -> int | None:
    """Return where a value of several words ends that begins at `start`, None where it is one word."""
    if field in {"cites", "under"}:
        named = [found for found in references(text[start:], typed=True) if found.start == 0]
        return start + named[0].end if named else None
    if field == "unit":
        return unit_end(text, plain, start)
    pattern = known_values(field)
    match = pattern.match(plain, start) if pattern else None
    return match.end() if match else None


def unit_end(text: str, plain: str, start: int) -> int:
    """Return where the name of a unit ends: its organ, then words in capitals and the kinds of place between them."""
    organ = organ_names().match(plain, start) or WORD.match(text, start)
    end = organ.end() if organ else start
    while True:
        kind = KINDS.match(plain, end)
        words = [WORD.match(text, after) for after in ([kind.end()] if kind else []) + [end]]
        named = [word for word in words if word and word[1][0].isupper() and not field_at(text, word.start(1))]
        if named:
            end = named[0].end()
        elif kind and plain[: kind.end()].endswith((" uy", " doan")):
            end = kind.end()
        else:
            return end


@cache
def organ_names() -> re.Pattern[str]:
    """Return the pattern of the organs that have an abbreviation, without marks, the longest first."""
    names = "|".join(r"\s+".join(words) for words in organs())
    return re.compile(rf"(?:{names})(?![^\W_])")


@cache
def known_values(field: str) -> re.Pattern[str] | None:
    """Return the pattern of the values that are known beforehand, without marks, the longest first."""
    known = {"level": LEVELS, "type": types(), "province": provinces()}.get(field)
    if known is None:
        return None
    spellings = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(known, key=len, reverse=True))
    ahead = r"(?:(?:tinh|thanh\s+pho|tp\.?)\s+)?" if field == "province" else ""
    return re.compile(rf"{ahead}(?:{spellings})(?![^\W_])")


@lru_cache(maxsize=16)
def flat(text: str) -> str:
    """Return `text` in small letters without marks, letter for letter as long as before."""
    plain = without_marks(text.casefold())
    return plain if len(plain) == len(text) else "".join((without_marks(c.casefold()) or c)[0] for c in text)


def empty_fields(text: str) -> list[str]:
    """Return the fields that have no value, outside quotation marks: "cấp" of "dân vận cấp:"; they are words."""
    return [text[slice(*match.span("name"))] for match in EMPTY.finditer(flat(unquoted(text)))]


def unquoted(text: str) -> str:
    """Return `text` with nothing but quotation marks where a phrase stands."""
    return re.sub(r'"[^"]*"', lambda match: '"' * len(match[0]), text)


def unknown_fields(text: str) -> list[str]:
    """Return the words before a colon that are no field, outside quotation marks: "màu" of "màu:đỏ"."""
    bare = unquoted(text)
    return [match[1] for match in UNKNOWN.finditer(bare) if flat(match[1]) not in NAMES and flat(match[1]) != "vi"]


# ---- meaning --------------------------------------------------------------------------------------------------------


def condition(typed: FieldText, graph: Graph | None) -> Condition:
    """Return what a typed field asks for; Misread where its value makes no sense."""
    readers: dict[str, Callable[[str], tuple[str, Any]]] = {
        "unit": lambda value: (value, unit_query(value)),
        "level": read_level,
        "year": read_years,
        "type": read_type,
        "province": read_province,
        "cites": lambda value: (value, cites_query(value, graph)),
        "under": lambda value: (value, under_query(value, graph)),
        "source": lambda value: (value, wq.Term("source", value)),
    }
    try:
        if not all(fold(value) for value in typed.values):
            raise QueryError(saying("field without value", field=typed.text))
        read = [readers[typed.field](value) for value in typed.values]
    except QueryError as error:
        raise Misread(error.args[0], typed.text) from None
    shown = ",".join(f'"{value}"' if " " in value else value for value, _ in read)
    trees = [tree for _, tree in read]
    refs = typed.values if typed.field in ALL_OF else ()
    return Condition(typed.field, f"{SHOWN[typed.field]}:{shown}", wq.Or(trees) if len(trees) > 1 else trees[0], refs)


def read_level(value: str) -> tuple[str, Any]:
    """Return the level and its query: "thị trấn" is xã."""
    level = LEVELS.get(fold(value))
    if level is None:
        raise QueryError(saying("no level", value=value))
    return level, wq.Term("level", term(level))


def read_years(value: str) -> tuple[str, Any]:
    """Return the years and their query: "2021..2023"."""
    years = year_range(value)
    if years is None:
        raise QueryError(saying("no year", value=value))
    first, last = years
    shown = f"{first}" if first == last else value.strip()
    return shown, any_term("year", map(str, range(first, last + 1)))


def year_range(value: str) -> tuple[int, int] | None:
    """Return the first and the last year of "2023", "2021..2023", "2021..", "..2023"; None where there are none."""
    match = YEARS.fullmatch(value.strip())
    if match is None:
        return None
    if match[0].isdecimal():
        return int(match[0]), int(match[0])
    first, last = int(match[1] or FIRST_YEAR), int(match[2] or LAST_YEAR)
    nonsense = first > last or last - first > LAST_YEAR - FIRST_YEAR or not (match[1] or match[2])
    return None if nonsense else (first, last)


def read_type(value: str) -> tuple[str, Any]:
    """Return the type of document and its query: "KH" is kế hoạch."""
    name = types().get(fold(value))
    if name is None:
        raise QueryError(saying("no type", value=nearly(value, value, types())))
    return name, wq.Term("type", term(name))


def read_province(value: str) -> tuple[str, Any]:
    """Return the province and its query: "Tỉnh Bắc Kạn" is Bắc Kạn."""
    plain = re.sub(r"^(?:tinh|thanh pho|tp) ", "", fold(value))
    name = provinces().get(plain)
    if name is None:
        raise QueryError(saying("province unknown", value=nearly(value, plain, provinces())))
    return name, wq.Term("province", term(name))


def cites_query(value: str, graph: Graph | None) -> Any:
    """Return the query for the passages that name the document `value`; a short number fits every issuer's."""
    named = [found for found in references(value, typed=True) if (found.start, found.end) == (0, len(value))]
    if named and named[0].whole:
        return wq.Term("cites", named[0].whole)
    if named:
        return wq.Prefix("cites", f"{named[0].terms[0]}_")
    if graph is None:
        return wq.Term("cites", number_key(value).replace(" ", "_"))
    return any_term("cites", (number_key(number).replace(" ", "_") for number in graph.numbers(value)))


def under_query(value: str, graph: Graph | None) -> Any:
    """Return the query for the sources that stand below the document `value`."""
    if graph is None:
        raise QueryError(saying("under alone"))
    return any_term("source", graph.below(value))


def term(value: str) -> str:
    """Return the term by which a value is kept: "Tỉnh ủy" gives "tinh_uy"."""
    return fold(value).replace(" ", "_")


def any_term(field: str, terms: Iterable[str]) -> Any:
    """Return the query for any of `terms`."""
    wanted = [wq.Term(field, one) for one in dict.fromkeys(terms)]
    if not wanted:
        return wq.NullQuery
    return wq.Or(wanted) if len(wanted) > 1 else wanted[0]


def nearly(shown: str, value: str, known: Iterable[str]) -> str:
    """Return a value in quotation marks, with what is spelt nearly like it."""
    near = get_close_matches(fold(value), list(known), n=3, cutoff=0.7)
    return saying("nearly", value=f"“{shown}”", names=", ".join(near)) if near else f"“{shown}”"


@cache
def types() -> dict[str, str]:
    """Return the type of each folded spelling: "kh", "ke hoach" -> "kế hoạch"."""
    from kg.reference import types as of_documents

    return of_documents()


@cache
def provinces() -> dict[str, str]:
    """Return the name of each province, past and present, by its folded spellings."""
    from kg.register import places

    found: dict[str, str] = {}
    for place in places():
        if place.level == "tỉnh":
            for spelling in (place.name, *place.names_alt):
                found.setdefault(fold(spelling), place.name)
    return found
