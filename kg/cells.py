"""What identity looks at in a claim: number, issuing body, date, subject, and the keys by which it meets others.

    "Kế hoạch số 35/KH-UBND ngày 17/02/2022 của UBND huyện Bạch Thông"
      key   no 35 kh ubnd @ huyện bach thong     number, type and letters of the issuer, and the place
      date  2022-02-17

Which cells are one document is decided in `kg.identity`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from data import table
from kg.central import Known, by_alias
from kg.fold import fold, key
from kg.naming import UnitName, names_the_centre, parse_unit, unit_id
from kg.numbers import TYPE_LETTERS, number_key, ordinal

# Quy chế, quy định and the decision that promulgates them share a number and are called by each other's name (1.6).
FAMILIES = {"qc": "qd", "qyd": "qd", "qcph": "qd", "ctrph": "ctr"}
DISPATCH = "cv"
# Bodies whose letters are TW
PARTY_CENTRE = frozenset({"ban chap hanh trung uong", "bo chinh tri", "ban bi thu"})
# Letters whose body is the only one of its place; others (ĐU, CATP, BCĐ) need the organ's words too.
ONE_IN_A_PLACE = {"tu", "thu", "hu", "qu", "ubnd", "hdnd"}
# A name that stands for itself though it has no place in the register
SELF_NAMED = re.compile(r"quan khu \w|quan doan|tong cong ty|tap doan|dai hoc \w|hoc vien \w")

# Words that stand in every subject and tell no two documents apart
COMMON = frozenset(row["word"] for row in table("subject_words") if row["use"] == "subject")
LAW_FILLER = frozenset(row["word"] for row in table("subject_words") if row["use"] == "law")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as identity sees it: its own words, and where and when the source that makes it was written."""

    type: str
    number: str | None = None
    symbol: str | None = None
    full: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    term: str | None = None
    names: tuple[str, ...] = ()  # the texts of its named mentions
    province: str = ""  # of the reporting unit
    written: str = ""  # date of the report
    token: str = ""  # source and claim: what makes a document of its own distinct
    recognised: bool = False  # read off a picture, where a digit may be another


@dataclass(frozen=True, slots=True)
class Cell:
    """All claims between which identity makes no difference; `keys` block, the rest decides inside a block.

    `place` is (level, name, district, province), folded, empty when the body is central or unknown. `known` tells
    whether the issuing body is certain. `date` is a full date, a part of one, or "". `bound` is the year after which an
    undated document cannot lie. `day` joins the cells of a local number whose day is known, the place known or not.
    `own` is set on what never merges. `recognised` sets apart what was read off pictures: it has no say against texts.
    """

    keys: tuple[str, ...] = ()
    nkey: str = ""
    family: str = ""
    letters: str = ""  # of the issuer, as its words have put them right: "tu" in "110-NQ/TW của Tỉnh ủy"
    line: str = "state"  # state | party | fixed (the symbol alone decides) | named
    place: tuple[str, str, str, str] = ("", "", "", "")
    organ: str = ""
    known: bool = False
    date: str = ""
    term: str = ""
    bound: str = ""
    title: str = ""
    day: str = ""
    own: str = ""
    recognised: bool = False
    signature: str = field(init=False, repr=False, compare=False)  # the text by which the store knows the cell

    def __post_init__(self) -> None:
        parts = (*self.keys, "|", self.nkey, self.line, *self.place, self.organ, self.date)
        told = (self.term, self.bound, self.title if self.title_counts else "", self.own)
        marked = ("recognised",) if self.recognised else ()
        object.__setattr__(self, "signature", "\x1f".join((*parts, *told, *marked)))

    def __hash__(self) -> int:
        return hash(self.signature)  # which Python reckons once

    @property
    def stranger(self) -> bool:
        """Tell whether the issuer is unknown but day and subject may still find the document."""
        return not self.known and not self.own

    @property
    def full_date(self) -> bool:
        """Tell whether the day is known."""
        return len(self.date) == 10

    @property
    def title_counts(self) -> bool:
        """Tell whether claims with other subjects are other cells: only where no day and place settle the matter."""
        return self.line == "named" or not (self.known and settled(self))


# ---- from a claim to its cell ---------------------------------------------------------------------------------------


def cell_of(statement: Statement) -> Cell:
    """Return the cell to which `statement` belongs."""
    if statement.full and statement.number:
        return numbered_cell(statement)
    return named_cell(statement)


def numbered_cell(statement: Statement) -> Cell:
    """Return the cell of a document with a number and a symbol."""
    nkey = number_key(statement.full or "")
    number, year, letters, issuer = split_key(nkey)
    family = family_of(letters, statement.type)
    body = parse_unit(statement.issuer, on=statement.date, province=statement.province) if statement.issuer else None
    first = re.sub(r"\d+$", "", issuer[0]) if issuer else ""
    local = body is not None and body.place is not None
    if local and body is not None and first == "tw":  # "110-NQ/TW của Tỉnh ủy": words beat letters (1.6)
        first = {"tỉnh": "tu", "huyện": "tu" if body.place and body.place.kind != "huyện" else "hu"}.get(
            body.level, "du"
        )
    elif first == "tw" and body is not None and body.body == "thu tuong chinh phu":
        first = "ttg"
    elif first == "tu" and body is not None and body.body in PARTY_CENTRE:  # "25-NQ/TU của Ban Chấp hành Trung ương"
        first = "tw"
    central = bool(first) and names_the_centre(first) and (first != "tw" or not local)
    cell = Cell(
        nkey=nkey,
        family=family,
        letters=first,
        line="fixed" if year else party_or_state(statement.full or ""),
        date=clean_date(statement.date),
        term=central_term(statement) if central else "",
        title=title_words(statement.title),
    )
    block = " ".join(part for part in ("no", number, year, family, first) if part)
    return bounded(with_body(cell, central, first, body), block, law_keys(statement, family), statement)


def with_body(cell: Cell, central: bool, letters: str, body: UnitName | None) -> Cell:
    """Return `cell` with its issuing body, when that is certain: a body of the centre, or an organ with its place."""
    if central:
        return replace(cell, known=True)
    if body is not None and body.place is not None and may_sign(letters, body.place.level):
        organ = "" if letters in ONE_IN_A_PLACE else body.body
        # nine districts are called Châu Thành: without its province the name is not yet a place
        return replace(cell, known=body.place.key[3] != "", place=body.place.key, organ=organ)
    if body is not None and (body.level == "trung ương" or SELF_NAMED.search(body.body)):
        return replace(cell, known=True, organ=body.body)
    return cell


def may_sign(letters: str, level: str) -> bool:
    """Tell whether a unit of `level` can sign with the letters: HU is never a province's."""
    return level == "huyện" or letters not in {"hu", "qu", "thu"}


def bounded(cell: Cell, block: str, names: tuple[str, ...], statement: Statement) -> Cell:
    """Return `cell` with its keys: numbers meet inside one place, those of unknown place only on one day.

    What can meet nothing gets a key of its own.
    """
    bound = "" if settled(cell) else statement.written[:4]
    day = f"{block} {cell.date}" if cell.full_date and not (cell.known and not cell.place[0]) else ""
    if not cell.known:
        # A report's own province says whose TU it is, but not which of its communes an unnamed UBND is.
        home = fold(statement.province)
        if not day or not (cell.title or (home and cell.letters.endswith("tu"))):
            return replace(cell, keys=(f"own {statement.token}",), own=statement.token, bound=bound)
        return replace(cell, keys=(f"day {day}",), day=day, place=(*cell.place[:3], cell.place[3] or home))
    where = f"@ {' '.join(cell.place[:2])}" if cell.place[0] else ""
    return replace(cell, keys=(f"{block} {where}".strip(), *names), bound=bound, day=day)


def named_cell(statement: Statement) -> Cell:
    """Return the cell of a document without a number: a law, a congress's or plenum's resolution, or one by title."""
    meant = well_known(statement)
    if meant is not None:
        number = split_key(number_key(meant.full))[0]
        return numbered_cell(replace(statement, full=meant.full, number=number, date=meant.date, issuer=meant.issuer))
    family = type_class(statement.type)
    words = " ".join(filter(None, (*statement.names, statement.title, statement.issuer, statement.term)))
    laws = law_keys(statement, "luat" if family in {"luat", "hp", "pl"} else family)
    if laws:
        amended = "amended" if re.search(r"sua doi|du thao", fold(words)) else ""
        year = re.search(r"\b(?:19|20)\d\d\b", fold(words))
        date = clean_date(statement.date) or (year[0] if year else "")
        bound = "" if len(date) == 10 else statement.written[:4]
        return Cell(
            keys=laws, family=family, line="named", known=True, date=date, term=amended, bound=bound, title=laws[0]
        )
    meeting = meeting_key(statement, words)
    if meeting:
        title = "" if meeting.startswith("meeting dai hoi") else title_words(statement.title)
        return Cell(keys=(f"{meeting} {family}",), family=family, line="named", known=True, title=title)
    return titled_cell(statement, family)


def well_known(statement: Statement) -> Known | None:
    """Return the one central document that the statement's names mean: "Đề án 06" is 06/QĐ-TTg of 2022.

    A plenum's resolutions are told apart by their subjects. A law by its name alone may be a later one than the table
    has: only with its year is it sure. A programme called by its title stands beside the decision that approved it.
    """
    meant: set[Known] = set()
    for name in statement.names:
        found = [one for one in by_alias(name) if one.full and is_called(one, statement, name)]
        if type_class(statement.type) in {"luat", "hp", "pl"} and not re.search(r"\d{4}", name):
            continue
        title = title_words(statement.title)
        if title:
            alike = {one: likeness(title, title_words(one.subject)) or 0 for one in found}
            found = [one for one in found if alike[one] >= (0.6 if len(found) > 1 else 0.3)]
        meant.update(found if len(found) == 1 else ())
    return meant.pop() if len(meant) == 1 else None


def is_called(known: Known, statement: Statement, name: str) -> bool:
    """Tell whether `name` is one of the document itself: of its type, or with its number ("Đề án 06").

    Not where the statement gives it to a local body ("Đề án 06 của UBND tỉnh") or to another day.
    """
    number = split_key(number_key(known.full))[0]
    alike = type_class(statement.type) == type_class(known.type)
    if not alike and number not in re.findall(r"\d+", name.replace(" 0", " ")):
        return False
    if statement.issuer and parse_unit(statement.issuer, province=statement.province).place is not None:
        return False
    return known.date.startswith(clean_date(statement.date))


def titled_cell(statement: Statement, family: str) -> Cell:
    """Return the cell of a document known by its issuer and subject alone; without both it stands by itself."""
    body = parse_unit(statement.issuer, on=statement.date, province=statement.province) if statement.issuer else None
    title = fold(statement.title or "")
    if body is None or len(title.split()) < 3 or not (body.place or body.level == "trung ương") or statement.number:
        return Cell(
            keys=(f"own {statement.token}",), family=family, date=clean_date(statement.date), own=statement.token
        )
    place = body.place.key if body.place else ("", "", "", "")
    key = f"title {family} {body.body} {' '.join(place)} {title}"
    cell = Cell(keys=(key,), family=family, line="named", place=place, organ=body.body, known=True)
    bound = "" if len(clean_date(statement.date)) == 10 else statement.written[:4]
    return replace(cell, date=clean_date(statement.date), title=title_words(statement.title), bound=bound)


def report_cell(statement: Statement, sha256: str) -> Cell:
    """Return the cell of a report that was itself read: a blank number merges with nothing but the same file again."""
    if statement.full and statement.number:
        return numbered_cell(statement)
    body = parse_unit(statement.issuer, on=statement.date) if statement.issuer else None
    return Cell(
        keys=(f"file {sha256}",),
        family=type_class(statement.type),
        line="named",
        known=True,
        place=body.place.key if body and body.place else ("", "", "", ""),
        organ=unit_id(body) if body else "",
        date=clean_date(statement.date),
        title=f"file {sha256}",
    )


@lru_cache(maxsize=16384)
def split_key(nkey: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Return (number, year, letters of the type, letters of the issuer) of a number key.

    >>> split_key("15 2020 qd ttg")
    ('15', '2020', 'qd', ('ttg',))
    """
    parts = nkey.split()
    number, rest = parts[0] if parts else "", parts[1:]
    year = rest.pop(0) if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]) else ""
    letters = rest.pop(0) if len(rest) > 1 and rest[0] in letter_classes() else ""
    return number, year, letters, tuple(rest)


@cache
def letter_classes() -> frozenset[str]:
    """Return the classes that the letters of types fall into."""
    return frozenset(row["class"].casefold() for row in TYPE_LETTERS.values())


@cache
def type_classes() -> dict[str, str]:
    """Return the class of each type of document, by its folded name: "nghi quyet" -> "nq"."""
    names = {fold(row["name"]): row["class"] for row in table("document_types")}
    names.update({fold(row["alias"]): names.get(fold(row["name"]), "") for row in table("type_aliases")})
    return names


def type_class(name: str) -> str:
    """Return the class of the type called `name`, or its own folded words when no table knows it."""
    return type_classes().get(fold(name), fold(name).replace(" ", "-"))


def family_of(letters: str, name: str) -> str:
    """Return the family by which numbers are blocked: the letters' class, the type word's where there are no letters.

    A "Chương trình số 03-CT/TU" has the letters of a chỉ thị: there the word wins.
    """
    word = type_class(name)
    if not letters:
        return "" if word in {DISPATCH, ""} else FAMILIES.get(word, word)
    same_spelling = {"dan": "da", "hd2": "hd"}  # ĐA and DA, HĐ and HD meet when marks are set aside
    letters = same_spelling.get(letters, letters)
    if letters == "ct" and word.startswith("ctr"):
        return "ctr"
    return "" if letters == DISPATCH else FAMILIES.get(letters, letters)


def party_or_state(full: str) -> str:
    """Return the line whose rules a number follows: 25-NQ/TW is the Party's, 33/CT-TTg the state's."""
    return "party" if re.match(r"\s*\d+[a-z]?\s*(?:[-–—]|\s[^\W\d_])", full) else "state"


@lru_cache(maxsize=16384)
def title_words(title: str | None) -> str:
    """Return the words of a subject that tell it from others, sorted, in one string."""
    words = re.findall(r"[^\W_]+", key(title or ""))
    told = [word for word in words if word not in COMMON]
    return " ".join(sorted(set(fold(" ".join(told or words)).split())))


@lru_cache(maxsize=16384)
def likeness(a: str, b: str) -> float | None:
    """Return how much of the shorter subject's words the other one has, 0..1; None when one has none.

    Subjects that name different years are different: a plan comes back each year in the same words.
    """
    x, y = words_and_years(a), words_and_years(b)
    if not x[0] or not y[0]:
        return None
    if x[1] and y[1] and x[1].isdisjoint(y[1]):
        return 0.0
    return len(x[0] & y[0]) / min(len(x[0]), len(y[0]))


@lru_cache(maxsize=16384)
def words_and_years(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a subject, and the years among them."""
    words = frozenset(title.split())
    return words, frozenset(word for word in words if len(word) == 4 and re.fullmatch(r"(?:19|20)\d\d", word))


def clean_date(date: str | None) -> str:
    """Return `date` when it is a date as far as known, "" otherwise."""
    return date if date and re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", date) else ""


def law_keys(statement: Statement, family: str) -> tuple[str, ...]:
    """Return the key of a law's name, for the law by name and the law by number to meet: "law dan chu co so"."""
    if family not in {"luat", "hp"}:
        return ()
    names = statement.names or ((statement.title,) if statement.title else ())
    for name in sorted(names, key=len):
        bare = re.sub(r"^(?:bộ )?(?:luật|hiến pháp)\b", "", key(name))
        words = [word for word in re.findall(r"[^\W\d_]+", bare) if word not in LAW_FILLER]
        if words:
            return (f"law {fold(' '.join(words))}",)
    return ()


def meeting_key(statement: Statement, words: str) -> str:
    """Return the key of a congress's or a plenum's document: (level, unit, ordinal, plenum), "" when it is neither."""
    folded = fold(words)
    congress = re.search(r"dai hoi\b.*?\b(?:lan thu|khoa)? ?\b([ivxl]+|\d{1,2})\b", folded)
    if "dai hoi" in folded and congress:
        place = parse_unit(statement.issuer or words, province=statement.province).place
        where = " ".join(dict.fromkeys(filter(None, place.key))) if place else "trung uong"
        if place is None and re.search(r"dang bo (?!viet)", folded):
            if "dang bo tinh" not in folded or not statement.province:
                return ""
            where = f"tỉnh {fold(statement.province)}"
        return f"meeting dai hoi {where} {ordinal(congress[1])}"
    plenum = re.search(
        r"(?:trung uong|tw|hntw)(?: dang)? ?(?:lan thu )?(\d{1,2}|[ivx]+)\b.*?khoa ([ivx]+)"
        r"|hoi nghi lan thu (\w+) .*?trung uong.*?khoa ([ivx]+)",
        folded,
    )
    if plenum:
        number, term = plenum[1] or plenum[3], plenum[2] or plenum[4]
        return f"meeting hoi nghi trung uong {ordinal(number)} khoa {ordinal(term)}"
    return ""


# ---- terms ----------------------------------------------------------------------------------------------------------


def central_term(statement: Statement) -> str:
    """Return the Party's term that the statement names: "XI" for "khóa XI", "khoá XI" and "khóa 11"."""
    words = " ".join(filter(None, (statement.term, statement.issuer)))
    found = re.search(r"\bkhoa ([ivxl]+|\d{1,2})\b", fold(words))
    return party_terms().get(ordinal(found[1]), found[1].upper()) if found else ""


@cache
def party_terms() -> dict[int, str]:
    """Return the Party's terms as the table has them, by their ordinals: 11 -> "XI"."""
    return {ordinal(row["term"]): row["term"] for row in table("terms") if row["body"] == "Trung ương"}


@lru_cache(maxsize=16384)
def terms_of(date: str, line: str, local: bool) -> frozenset[str]:
    """Return the terms in which a document of `date` may have been numbered, several near a congress.

    For the state's line that is the year itself.
    """
    if line != "party":
        return frozenset({date[:4]}) if date else frozenset()
    body = "cấp ủy địa phương" if local else "Trung ương"
    first, last = (date + "-01-01"[len(date) - 4 :])[:10], (date + "-12-31"[len(date) - 4 :])[:10]
    rows = (row for row in table("terms") if row["body"] == body)
    return frozenset(row["term"] for row in rows if row["from"] <= last and first <= row["until"])


def settled(cell: Cell) -> bool:
    """Tell whether the cell needs no other to be placed: the day is known, or the number itself says it all."""
    return cell.full_date or cell.line == "fixed"
