"""REF: a document or unit as a person types it.

    25-NQ/TW   nq 25   "nghị quyết 25"   33/CT-TTg   25-NQ/TW 03/6/2013   luat tiep cong dan   huyen uy dinh hoa

`find` returns the one thing that fits, or says which several fit, or what comes near.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from data import table
from kg.cells import family_of, type_class
from kg.central import by_alias
from kg.fold import fold, unify
from kg.language import Saying, phrase, saying
from kg.model import AmbiguousError, Document, QueryError, Unit
from kg.naming import SHORT_FOLDED, parse_unit, unit_id
from kg.numbers import find_numbers, number_key
from kg.store import Store

MANY = 50

# 03/6/2013, 03-06-2013, 2013-06-03, ngày 3 tháng 6 năm 2013
DAY = re.compile(
    r"(?:\bng[àa]y\s+)?\b(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)"
    r"|(?P<d3>\d{1,2})\s+th[áa]ng\s+(?P<m3>\d{1,2})\s+n[ăa]m\s+(?P<y3>(?:19|20)\d\d))\s*$",
    re.IGNORECASE,
)
# "chỉ thị 33 của Thủ tướng": only after a number, for "của" is a word of subjects too
ISSUER = re.compile(r"(?P<words>\D*\d.*?)\s+c[ủu]a\s+(?P<issuer>\S.*)", re.IGNORECASE)
YEAR = re.compile(r"(?:^|[\s,(])(?:n[ăa]m\s+)?((?:19|20)\d\d)\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a person typed, taken apart: words, the date or year after them, and the issuer after a number."""

    text: str
    words: str
    date: str = ""
    issuer: str = ""


def find(store: Store, ref: str) -> Document | Unit:
    """Return the document or unit that `ref` names.

    Raises AmbiguousError with the candidates when several fit, QueryError with what comes near when none does.
    """
    if not fold(ref):
        raise QueryError(saying("asks nothing"))
    with store.snapshot():
        exact = store.document(ref.strip()) or store.unit(ref.strip())
        if exact is not None:
            return exact
        asked = read(ref)
        for look in (documents_for, units_for, documents_like):
            if found := look(store, asked):
                return the_one(ref, found)
        raise QueryError(nothing(store, ref, asked))


def read(ref: str) -> Reference:
    """Return `ref` with its date or year and its issuer set apart; the year inside a number stays there."""
    asked = dated(ref)
    if named := ISSUER.fullmatch(asked.words):
        before = dated(named["words"])  # "ngày 03/6/2013 của …"
        return Reference(asked.text, before.words, asked.date or before.date, named["issuer"])
    return asked


def dated(ref: str) -> Reference:
    """Return `ref` with the date or year at its end set apart."""
    text = " ".join(unify(ref).split()).strip("\"'“”")
    if day := DAY.search(text):
        year, month, date = (day["y"] or day["y2"] or day["y3"], day["m"] or day["m2"] or day["m3"],
                             day["d"] or day["d2"] or day["d3"])  # fmt: skip
        return Reference(text, text[: day.start()].strip(" ,"), f"{year}-{int(month):02}-{int(date):02}")
    if (year_alone := YEAR.search(text)) and text[: year_alone.start()].strip():
        return Reference(text, text[: year_alone.start()].strip(" ,"), year_alone[1])
    return Reference(text, text)


def documents_for(store: Store, asked: Reference) -> list[Document]:
    """Return the documents that fit: by whole number, by type and number, by name."""
    for look in (by_number, by_short_number, by_name, by_table):
        fitting = [document for document in documents(store, look(store, asked.words)) if fits(document, asked)]
        if fitting:
            return certain(fitting)
    return certain(documents(store, by_name(store, asked.text)))  # a year may be part of the name


def documents_like(store: Store, asked: Reference) -> list[Document]:
    """Return the documents whose name begins with or holds the words."""
    found = documents(store, by_part_of_name(store, asked.words))
    return certain([document for document in found if fits(document, asked)])


def documents(store: Store, ids: Iterable[str]) -> list[Document]:
    """Return the documents with these ids."""
    return [document for known in ids if (document := store.document(known)) is not None]


def certain(found: list[Document]) -> list[Document]:
    """Return those of `found` that are documents in their own right; bare mentions only where there is nothing else."""
    sure = [document for document in found if not document.candidates]
    return sorted(sure or found, key=lambda d: (d.date or "9999", d.id))


def fits(document: Document, asked: Reference) -> bool:
    """Tell whether date and issuer, where they are asked for, do not contradict the document."""
    return fits_date(document, asked.date) and fits_issuer(document, asked.issuer)


def fits_issuer(document: Document, issuer: str) -> bool:
    """Tell whether `issuer` can be the document's: "Tỉnh ủy" for the Ban Thường vụ Tỉnh ủy Bắc Kạn; "" fits all."""
    if not issuer or document.issuer is None:
        return not (issuer and document.candidates)  # whose a bare mention is, nobody knows
    wanted, own = parse_unit(issuer), parse_unit(document.issuer)
    return wanted.level == own.level == "trung ương" or f"-{unit_id(wanted)}-" in f"-{unit_id(own)}-"


def fits_date(document: Document, date: str) -> bool:
    """Tell whether the document is attested with `date` (a day or a year), "" fits all."""
    if not date:
        return True
    attested = {known for known, _ in document.dates} | ({document.date} if document.date else set())
    return any(known.startswith(date) for known in attested) or f"/{date}/" in (document.full or "")


def by_number(store: Store, words: str) -> list[str]:
    """Return the ids of the documents with the number that `words` contain: "nq 25-nq/tw" has 25-NQ/TW."""
    numbers = find_numbers(words) or find_numbers(words.upper())
    if not numbers:
        return []
    rows = store.rows("SELECT id FROM documents WHERE nkey = ? ORDER BY id", (numbers[-1][2].key,))
    ids = [row["id"] for row in rows]
    if ids:
        return ids
    query = "SELECT DISTINCT c.document FROM mentions m JOIN claims c ON c.id = m.claim WHERE m.full IN (?, ?)"
    full = numbers[-1][2].full
    return [row["document"] for row in store.rows(query, (full, full.upper()))]


def by_short_number(store: Store, words: str) -> list[str]:
    """Return the ids of the documents that "nghị quyết 25", "nq25" or "25" can mean."""
    short = re.fullmatch(
        r"(?:(?P<type>[a-z][a-z ]*?) ?)?(?:so )?0*(?P<number>\d{1,5})(?P<tail>(?: [a-z]+\d*)*)", fold(words)
    )
    if short is None:
        return []
    name = types().get((short["type"] or "").removesuffix(" so").strip())
    if short["type"] and name is None:
        return []
    query, parameters = "SELECT id, nkey, family FROM documents WHERE number = ?", [short["number"]]
    rows = list(store.rows(query + " ORDER BY id", parameters))
    if name is not None:
        rows = [row for row in rows if is_of_type(row["nkey"], row["family"], name)]
    if short["tail"]:
        tail = [word for word in short["tail"].split() if types().get(word) != name or name is None]
        rows = [row for row in rows if all(word in row["nkey"].split() for word in tail)]
    return [row["id"] for row in rows]


def is_of_type(nkey: str, family: str, name: str) -> bool:
    """Tell whether a number can be that of a document of type `name`."""
    wanted = type_class(name)
    return wanted in nkey.split()[1:] or family == family_of("", name) or (wanted.startswith("ctr") and family == "ctr")


@cache
def types() -> dict[str, str]:
    """Return every spelling of a type that a person types, folded: "nghi quyet", "nq", "ctr" -> the type's name."""
    found: dict[str, str] = {}
    for row in table("document_types"):
        for spelling in (row["name"], *row["letters"].split(), *row["short"].split()):
            found.setdefault(fold(spelling), row["name"])
    for row in table("type_aliases"):
        found.setdefault(fold(row["alias"]), row["name"])
    return found


def by_name(store: Store, words: str) -> list[str]:
    """Return the ids of the documents called so: "luat tiep cong dan", "Nghị quyết Đại hội XIII"."""
    return [row["document"] for row in store.rows(NAMED.format("= ?"), (fold(words), MANY))]


def by_table(store: Store, words: str) -> list[str]:
    """Return the ids of the documents that the table of central documents knows by this name: "NQTW 7 khóa XI"."""
    known = {one.full for one in by_alias(words) if one.full}
    return [document for full in sorted(known) for document in by_number(store, full)]


NAMED = """SELECT DISTINCT c.document FROM names n JOIN claims c ON c.id = n.claim WHERE n.name {}
           ORDER BY c.document LIMIT ?"""


def by_part_of_name(store: Store, words: str) -> list[str]:
    """Return the ids of the documents whose names begin with `words`, else of those that hold them."""
    name = fold(words)
    query = NAMED
    if len(name.split()) < 2 or types().get(name):
        return []
    ahead = [row["document"] for row in store.rows(query.format("BETWEEN ? AND ?"), (name + " ", name + "!", MANY))]
    return ahead or [row["document"] for row in store.rows(query.format("LIKE ?"), (f"% {name}%", MANY))]


STILL_TO_COME = "9999-12-31"  # what places have become in the end: thành phố Bắc Ninh, once a town, then a province


def units_for(store: Store, asked: Reference) -> list[Unit]:
    """Return the units called so, with or without marks, abbreviated or not, with or without the places above."""
    if asked.issuer:
        return []  # what a unit has issued is no unit
    text = asked.text
    meant = dict.fromkeys(unit_id(parse_unit(text, on=day)) for day in (None, STILL_TO_COME))
    exact = [unit for known in meant if (unit := store.unit(known)) is not None]
    if exact:
        return exact
    wanted = next(iter(meant))
    spelt = " ".join(SHORT_FOLDED.get(word, word) for word in fold(text).split())
    spelt = spelt.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd").replace(" ", "-")
    spelt = re.sub(r"(?:uy-ban-)?mat-tran-to-quoc(?:-viet-nam)?", "mttq", spelt)
    for slug in dict.fromkeys((wanted, spelt, re.sub(r"-(?:tinh|huyen|thanh-pho)-(?=[a-z])", "-", spelt))):
        for condition, value in (("id = ?", slug), ("id LIKE ?", f"{slug}-%"), ("id LIKE ?", f"%-{slug}")):
            query = f"SELECT id FROM units WHERE {condition} ORDER BY length(id), id LIMIT ?"
            ids = [row["id"] for row in store.rows(query, (value, MANY))]
            if condition != "id = ?":
                ids = [known for known in ids if no_deeper(store, known, slug)]
            if ids:
                return [unit for known in ids if (unit := store.unit(known)) is not None]
    return []


def no_deeper(store: Store, known: str, slug: str) -> bool:
    """Tell whether the unit is the asked one with its places written out, not one whose own name only begins so."""
    unit = store.unit(known)
    if unit is None:
        return False
    rest = known.removeprefix(slug).strip("-") if known.startswith(slug) else ""
    above = "-".join(fold(part).replace(" ", "-") for part in unit.name.split(",")[1:])
    return not rest or fold(unit.province).replace(" ", "-") in {rest, rest.split("-", 1)[-1]} or rest in above


def the_one(ref: str, found: Sequence[Document | Unit]) -> Document | Unit:
    """Return the only one found; raise AmbiguousError with all when there are several."""
    if len(found) == 1:
        return found[0]
    lines = "".join(f"\n  {described(item)}" for item in found[:MANY]) + "\n"
    question, advice = saying("fits several", ref=ref, n=len(found)), saying("fits several advice")
    raise AmbiguousError(saying("several listed", question=question, lines=lines, advice=advice), tuple(found))


def described(item: Document | Unit) -> str:
    """Return one line about a document or unit, its id last."""
    if isinstance(item, Unit):
        return f"{item.name} [{item.id}]"
    day = "/".join(reversed(item.date.split("-"))) if item.date else phrase("unknown day")
    parts = [f"{item.type} {item.full or ''}".strip(), day, item.issuer or phrase("unknown issuer"), item.title or ""]
    return ", ".join(part for part in parts if part) + f" [{item.id}]"


# ---- when nothing fits ----------------------------------------------------------------------------------------------


def nothing(store: Store, ref: str, asked: Reference) -> Saying:
    """Return the sentence for a question that nothing fits, with what comes near."""
    near = suggestions(store, asked)
    return saying("fits nothing near", ref=ref, names="; ".join(near)) if near else saying("fits nothing", ref=ref)


def suggestions(store: Store, asked: Reference) -> list[str]:
    """Return at most five numbers or names of the store that are spelt nearly so, without their dates first."""
    ids = by_number(store, asked.words) or by_short_number(store, asked.words)
    dated = [described(document) for document in documents(store, ids[:5])]
    return dated or nearest(asked.words, choices(store, asked.words))


def choices(store: Store, words: str) -> Iterable[str]:
    """Yield what a misspelt REF may have meant: numbers with the same digits or symbol, names with a word in common."""
    numbers = find_numbers(words) or find_numbers(words.upper())
    digits = re.search(r"\d+", words)
    if numbers or digits:
        value = str(int(digits[0])) if digits else ""
        tail = number_key(numbers[-1][2].full).split(" ", 1)[-1] if numbers else "-"
        query = """SELECT DISTINCT c.full FROM documents d JOIN claims c ON c.document = d.id
                   WHERE c.full IS NOT NULL AND (d.number = ? OR d.nkey LIKE ?) LIMIT 500"""
        yield from (row["full"] for row in store.rows(query, (value, f"% {tail}")))
    elif len(fold(words)) > 2:
        for word in sorted(fold(words).split(), key=len, reverse=True)[:2]:
            query = "SELECT DISTINCT name FROM names WHERE name LIKE ? LIMIT 500"
            yield from (row["name"] for row in store.rows(query, (f"%{word}%",)))
            query = "SELECT id FROM units WHERE id LIKE ? LIMIT 500"
            for row in store.rows(query, (f"%{word}%",)):
                yield row["id"].replace("-", " ")


def nearest(words: str, offered: Iterable[str]) -> list[str]:
    """Return at most five of `offered` that are spelt most like `words`."""
    by_fold: dict[str, str] = {}
    for item in offered:
        by_fold.setdefault(fold(item), item)
    return [by_fold[match] for match in difflib.get_close_matches(fold(words), by_fold, n=5, cutoff=0.5)]
