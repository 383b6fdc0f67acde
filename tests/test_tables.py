"""Every row of every table in data/: filled, in NFC, said once, and of the kinds that the code knows."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

import data
from ingest.clauses import cue
from ingest.typewords import type_names
from kg.fold import fold, key
from kg.model import ACTIONS, LEVELS, RELATIONS
from kg.numbers import TYPE_LETTERS, find_numbers, parse_number
from kg.register import find_places

TABLES = sorted(entry.name.removesuffix(".csv") for entry in files("data").iterdir() if entry.name.endswith(".csv"))
KINDS = {"directive", "plan", "report", "other"}

# Columns that may be empty, and why
MAY_BE_EMPTY = {
    ("document_types", "letters"),  # laws and "văn bản" have none
    ("document_types", "class"),  # those without letters but with a class of their own still state it
    ("document_types", "short"),  # not abbreviated in running text
    ("issuer_letters", "level"),  # UBND stands at every level
    ("organs", "level"),  # likewise
    ("labels", "inverse"),  # only relations have one
    ("place_changes", "basis"),  # a day whose resolution was not at hand
    ("place_changes", "type"),  # what is gone has no type or name any more
    ("place_changes", "name"),
    ("place_rounds", "basis"),
    ("labels_en", "inverse"),
}


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_filled(name: str) -> None:
    rows = data.table(name)
    assert rows
    for row in rows:
        assert None not in row, f"more cells than columns: {row}"
        empty = {column for column, value in row.items() if not value}
        assert {column for column in empty if (name, column) not in MAY_BE_EMPTY} == set(), row


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_clean(name: str) -> None:
    """NFC, no blanks at the edges or doubled, the letter Đ and no look-alike, lines that end in a newline."""
    raw = data.path(f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    for row in data.table(name):
        for value in row.values():
            assert unicodedata.is_normalized("NFC", value), value
            lines = value.splitlines() if name == "help" else [value]
            assert all(line.lstrip() == " ".join(line.split()) or "  " in line for line in lines), value
            assert not value[:1].isspace(), value
            assert not re.search("[ÐƉð\u00a0\u00ad\u200b\ufeff–—]", value), value


@pytest.mark.parametrize("name", TABLES)
def test_no_row_twice(name: str) -> None:
    rows = [
        tuple(value for column, value in row.items() if column not in {"source", "checked"}) for row in data.table(name)
    ]
    assert len(rows) == len(set(rows)), [row for row in rows if rows.count(row) > 1]


# What is our own wording, not a fact that a source has; and what says by `date` when it was measured
WITHOUT_SOURCE = {"labels", "labels_en", "phrases", "sayings", "errors", "help", "click", "rdf_terms"}
WITHOUT_DAY = {*WITHOUT_SOURCE, "rule_precision"}


@pytest.mark.parametrize("name", TABLES)
def test_rows_say_where_they_are_from_and_when_that_was_checked(name: str) -> None:
    for row in data.table(name):
        assert row.get("source") or name in WITHOUT_SOURCE, row
        if name not in WITHOUT_DAY:
            assert date(2026, 1, 1) <= date.fromisoformat(row["checked"]), row
            assert len(row["checked"]) == len("2026-11-21")


# ---- types of documents ---------------------------------------------------------------------------------------------

TYPES = data.table("document_types")


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row["name"])
def test_document_type(row: dict[str, str]) -> None:
    assert row["name"] == row["name"].lower()
    assert row["kind"] in KINDS
    assert row["line"] in {"party", "state", "both"}
    assert re.fullmatch(r"[a-z0-9]*", row["class"])
    assert date.fromisoformat(row["date"])
    for letters in row["letters"].split():
        number = parse_number(f"7-{letters}/TW")
        assert number is not None
        assert number.letters == letters
        assert find_numbers(f"số 7/{letters}-UBND")[0][2].letters == letters


def test_type_names_are_said_once() -> None:
    names = [key(row["name"]) for row in TYPES]
    aliases = [key(row["alias"]) for row in data.table("type_aliases")]
    assert len(names) == len(set(names))
    assert len(aliases) == len(set(aliases))


def test_letters_are_said_once_in_each_line() -> None:
    """TT is a thông tri of the Party and a thông tư of the state: only there two types may share letters."""
    for line in ("party", "state"):
        letters = [word for row in TYPES if row["line"] in {line, "both"} for word in row["letters"].split()]
        assert {word for word in letters if letters.count(word) > 1} == set(), line


def test_short_words_are_said_once() -> None:
    words = [word for row in TYPES for word in row["short"].split()]
    assert len(words) == len(set(words))


# letters and the type they stand for, by Nghị định 30/2020 and Hướng dẫn 36-HD/VPTW
NORM = [
    ("NQ", "nghị quyết"), ("QĐ", "quyết định"), ("CT", "chỉ thị"), ("QC", "quy chế"), ("QyĐ", "quy định"),
    ("TC", "thông cáo"), ("TB", "thông báo"), ("HD", "hướng dẫn"), ("CTr", "chương trình"), ("KH", "kế hoạch"),
    ("PA", "phương án"), ("ĐA", "đề án"), ("DA", "dự án"), ("BC", "báo cáo"), ("BB", "biên bản"), ("TTr", "tờ trình"),
    ("HĐ", "hợp đồng"), ("CĐ", "công điện"), 
    ("GM", "giấy mời"), ("GGT", "giấy giới thiệu"),
    ("KL", "kết luận"), ("CV", "công văn"),
    ("QĐi", "quy định"), ("QTr", "quy trình"), ("NĐ", "nghị định"), ("TTLT", "thông tư liên tịch"), ("PL", "pháp lệnh"),
    ("BS", "bản sao"),
]  # fmt: skip


@pytest.mark.parametrize(("letters", "name"), NORM)
def test_letters_of_the_norms(letters: str, name: str) -> None:
    assert TYPE_LETTERS[letters]["name"] == name


@pytest.mark.parametrize("row", data.table("type_aliases"), ids=lambda row: row["alias"])
def test_type_alias(row: dict[str, str]) -> None:
    assert row["name"] in {kind["name"] for kind in TYPES}
    assert type_names()[key(row["alias"])] == row["name"]


# ---- issuers and organs ---------------------------------------------------------------------------------------------

LETTERS = data.table("issuer_letters")
ORGANS = data.table("organs")


@pytest.mark.parametrize("row", LETTERS, ids=lambda row: row["letters"])
def test_issuer_letters(row: dict[str, str]) -> None:
    assert row["level"] in {*LEVELS, ""}
    number = parse_number(f"7/KH-{row['letters']}")
    assert number is not None
    assert number.issuer.upper() == row["letters"].upper()
    if "{" in row["name"]:
        assert "{TU}" in row["name"]
        assert row["level"] == "tỉnh"


def test_issuer_letters_are_said_once() -> None:
    letters = [row["letters"].upper() for row in LETTERS]
    assert {word for word in letters if letters.count(word) > 1} == set()


ISSUERS = """
    TTg CP VPCP TTCP CTN QH UBTVQH VPTW BDVTW BTCTW BTGTW BTGDVTW BNCTW UBKTTW QUTW ĐUCATW
    BNV BCA BQP BTP BTC BCT BYT BGDĐT BVHTTDL BNNPTNT BNNMT BTNMT BLĐTBXH BKHĐT BXD BGTVT BKHCN BTTTT BDTTG UBDT NHNN
    TU HU QU ĐU BDVTU BTCTU BTGTU BTGDVTU BNCTU UBKTTU VPTU UBND HĐND CAT CATP CAH CAX SNV MTTQ CCB
"""


@pytest.mark.parametrize("letters", ISSUERS.split())
def test_issuers_of_the_norms_are_known(letters: str) -> None:
    assert letters in {row["letters"] for row in LETTERS}


@pytest.mark.parametrize("row", ORGANS, ids=lambda row: row["name"] + ":" + row["class"])
def test_organ(row: dict[str, str]) -> None:
    assert row["level"] in {*LEVELS, ""}
    assert row["class"] in {
        "central", "committee", "body", "office", "department", "region", "head", "person", "local",
    }  # fmt: skip
    forms = row["forms"].split("|")
    assert all(form == form.strip() and form for form in forms)


@pytest.mark.parametrize("organ", sorted({row["class"] for row in ORGANS}))
def test_forms_are_said_once_in_a_class(organ: str) -> None:
    """By level: a Sở and a Phòng Nội vụ share their second word."""
    forms = [(row["level"], f) for row in ORGANS if row["class"] == organ for f in row["forms"].split("|")]
    assert {form for form in forms if forms.count(form) > 1} == set()


# ---- words, laws, terms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", data.table("laws"), ids=lambda row: row["name"])
def test_law(row: dict[str, str]) -> None:
    assert row["type"] in {"luật", "bộ luật", "pháp lệnh"}
    assert row["name"][0].isupper()
    # "Luật Luật sư" is the one law whose name begins so
    assert row["name"] == "Luật sư" or not row["name"].lower().startswith(("luật ", "bộ luật ", "pháp lệnh "))


def test_laws_are_said_once() -> None:
    names = [(row["type"], fold(row["name"])) for row in data.table("laws")]
    assert {name for name in names if names.count(name) > 1} == set()


@pytest.mark.parametrize(
    "name",
    ["Tiếp công dân", "Thực hiện dân chủ ở cơ sở", "Đất đai", "Khiếu nại", "Tố cáo", "Phòng, chống tham nhũng",
     "Thanh niên", "Tổ chức chính quyền địa phương", "Cán bộ, công chức",
     "Mặt trận Tổ quốc Việt Nam", "Công đoàn", "An ninh mạng"],
)  # fmt: skip
def test_laws_that_reports_name(name: str) -> None:
    assert fold(name) in {fold(row["name"]) for row in data.table("laws")}


@pytest.mark.parametrize("kind", sorted({row["kind"] for row in data.table("cues")}))
def test_cues(kind: str) -> None:
    words = [key(row["words"]) for row in data.table("cues") if row["kind"] == kind]
    assert len(words) == len(set(words))
    pattern = re.compile(cue(kind), re.IGNORECASE)
    assert all(pattern.fullmatch(word) for word in words)


TERMS = data.table("terms")


@pytest.mark.parametrize("row", TERMS, ids=lambda row: f"{row['body']} {row['term']}")
def test_term(row: dict[str, str]) -> None:
    assert date.fromisoformat(row["from"]) < date.fromisoformat(row["until"])
    assert row["term"] in row["name"]


@pytest.mark.parametrize("body", sorted({row["body"] for row in TERMS}))
def test_terms_follow_each_other_without_a_gap(body: str) -> None:
    rows = sorted((row for row in TERMS if row["body"] == body), key=lambda row: row["from"])
    for earlier, later in pairwise(rows):
        assert earlier["from"] < later["from"]
        assert earlier["until"] < later["until"]
        gap = date.fromisoformat(later["from"]) - date.fromisoformat(earlier["until"])
        assert gap.days <= 1, (earlier, later)


@pytest.mark.parametrize("row", data.table("labels"), ids=lambda row: f"{row['field']}:{row['key']}")
def test_label(row: dict[str, str]) -> None:
    allowed = {"level": set(LEVELS), "kind": KINDS, "relation": set(RELATIONS), "action": set(ACTIONS)}
    assert row["key"] in allowed.get(row["field"], {row["key"]})
    assert bool(row["inverse"]) == (row["field"] == "relation")


@pytest.mark.parametrize("row", data.table("labels_en"), ids=lambda row: f"{row['field']}:{row['key']}")
def test_english_label(row: dict[str, str]) -> None:
    """An English label stands beside a Vietnamese one, or names a type of document."""
    known = {(label["field"], label["key"]) for label in data.table("labels")} | {("type", t["name"]) for t in TYPES}
    assert (row["field"], row["key"]) in known
    assert bool(row["inverse"]) == (row["field"] == "relation")


@pytest.mark.parametrize("field", ["level", "kind", "relation", "conflict", "state"])
def test_what_the_picture_names_has_an_english_label(field: str) -> None:
    english = {row["key"] for row in data.table("labels_en") if row["field"] == field}
    assert english == {row["key"] for row in data.table("labels") if row["field"] == field}


@pytest.mark.parametrize(("field", "keys"), [("level", LEVELS), ("kind", KINDS), ("relation", RELATIONS)])
def test_everything_has_a_label(field: str, keys: tuple[str, ...]) -> None:
    assert set(keys) <= {row["key"] for row in data.table("labels") if row["field"] == field}


@pytest.mark.parametrize("row", data.table("reading_words"), ids=lambda row: row["word"])
def test_reading_word(row: dict[str, str]) -> None:
    assert row["word"] == row["word"].lower()
    assert row["word"] in row["example"].lower()


@pytest.mark.parametrize("row", data.table("subject_words"), ids=lambda row: row["word"])
def test_subject_word(row: dict[str, str]) -> None:
    assert row["word"] == key(row["word"])
    assert " " not in row["word"]


# ---- the register, where the tests of extraction lean on it ---------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Quỳ Châu", "Năm Căn", "Văn Quan", "Cư M'gar", "Đông Kinh", "Phú Quốc", "Ea H'leo", "Đầm Dơi"]
)
def test_places_of_these_tests_are_known(name: str) -> None:
    assert find_places(name)
