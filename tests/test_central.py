"""The table of well-known central documents: every row holds, shared numbers are listed, names resolve."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import data
from kg.central import Known, alias_key, by_alias, documents, known
from kg.numbers import TYPE_LETTERS, number_key, parse_number

ROWS = documents()
NUMBERED = [row for row in ROWS if row.full]
TYPES = {row["name"]: row for row in data.table("document_types")}
LETTERS = {row["letters"]: row["name"] for row in data.table("issuer_letters")}
ROMAN = {10: "X", 11: "XI", 12: "XII", 13: "XIII", 14: "XIV", 15: "XV", 16: "XVI"}

# One symbol for the Central Committee, the Politburo and the Secretariat (Hướng dẫn 36-HD/VPTW)
CENTRAL = {"Ban Chấp hành Trung ương Đảng", "Bộ Chính trị", "Ban Bí thư Trung ương Đảng"}

SOURCES = re.compile(
    r"(?:pháp điển|kho mã công khai|báo cáo thực tế|văn bản năm 2025)(?: \([^)]+\))?"
    r"(?:; (?:ngày|nội dung): kiến thức chung)?"
    r"|trang \S.*|kiến thức chung, chưa đối chiếu"
)


def name(row: Known) -> str:
    """Return what a failing test shows of a row."""
    return f"{row.full or row.subject} {row.date}"


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_row(row: Known) -> None:
    assert row.type in TYPES
    assert date(1997, 1, 1) <= date.fromisoformat(row.date) <= date(2027, 1, 1)
    assert len(row.date) == 10
    assert not re.match(r"(?:về|Về)\b", row.subject)
    assert SOURCES.fullmatch(row.source), row.source
    assert len(row.aliases) == len(set(row.aliases))
    assert all(alias.strip() == alias != "" for alias in row.aliases)


@pytest.mark.parametrize("row", NUMBERED, ids=name)
def test_number(row: Known) -> None:
    """The number parses, its letters are those of the type, a year in it is the year of the date."""
    number = parse_number(row.full)
    assert number is not None
    assert number.full == row.full
    if number.letters:
        assert TYPE_LETTERS[number.letters]["class"] == TYPES[row.type]["class"] or row.type == "chương trình phối hợp"
    if number.year:
        assert number.year == row.date[:4]


@pytest.mark.parametrize("row", NUMBERED, ids=name)
def test_issuer_fits_the_letters(row: Known) -> None:
    number = parse_number(row.full)
    assert number is not None
    if number.issuer == "TW":
        assert set(row.issuer.split(", ")) <= CENTRAL
    elif assembly := re.fullmatch(r"(?:PL-)?(QH|UBTVQH)(\d\d)", number.symbol):
        assert row.issuer == LETTERS[assembly[1]]
        assert row.term == f"khóa {ROMAN[int(assembly[2])]}"
    else:
        letters = [piece for piece in re.split(r"[-/]", number.issuer) if piece in LETTERS]
        assert [LETTERS[piece] for piece in letters] == row.issuer.split(", ")[: len(letters)]
        assert letters or row.full == "01/HDLB-TC-DV"  # a joint guidance with letters of its own


def test_party_term_is_that_of_the_day() -> None:
    terms = [row for row in data.table("terms") if row["body"] == "Trung ương"]
    for row in ROWS:
        if row.issuer.split(", ")[0] in CENTRAL:
            assert row.term in {term["name"] for term in terms if term["from"] <= row.date <= term["until"]}, row


def test_said_once() -> None:
    """No two rows of one number and day; those without a number by type and subject."""
    counts = Counter((number_key(row.full) if row.full else f"{row.type} {row.subject}", row.date) for row in ROWS)
    assert [key for key, times in counts.items() if times > 1] == []


# number, years of the documents that share it
SHARED = [
    ("25-NQ/TW", ["2003", "2008", "2013", "2026"]),  # tôn giáo, thanh niên, dân vận, công tác tư tưởng
    ("05-CT/TW", ["2016", "2021"]),  # the Politburo's of one term, the Secretariat's of the next
    ("26-NQ/TW", ["2003", "2008", "2018", "2022", "2026"]),  # five terms, five documents
    ("18-CT/TW", ["2012", "2022"]),  # an toàn giao thông, giám sát và phản biện
    ("16/CT-TTg", ["2016", "2020"]),  # state numbers begin anew each year: dân vận, COVID-19
    ("68/NQ-CP", ["2021", "2024"]),
    ("90/QĐ-TTg", ["2016", "2022"]),
    ("15/2003/QH11", ["2003", "2003"]),  # a law and a resolution of one term: only the type word tells
]


@pytest.mark.parametrize(("number", "years"), SHARED)
def test_shared_number(number: str, years: list[str]) -> None:
    assert [row.date[:4] for row in known(number)] == years


# spelling as reports write it, the day of the only document
SPELLINGS = [
    ("217-QĐ/TW", "2013-12-12"),
    ("114 KL/TW", "2015-07-14"),  # a blank for the dash
    ("33/CT- TTG", "2021-11-26"),  # a blank after it, upper case
    ("08-QĐ/TW", "2018-10-25"),  # quy định: QĐ or QĐi
    ("11-QÐi/TW", "2019-02-18"),  # U+00D0 for Đ
    ("34/2007/PL-UBTVQH", "2007-04-20"),  # without the term
    ("10/2022/QH15", "2022-11-10"),
]


@pytest.mark.parametrize(("spelling", "day"), SPELLINGS)
def test_any_spelling(spelling: str, day: str) -> None:
    assert [row.date for row in known(spelling)] == [day]


# name, numbers it stands for, remark
NAMES = [
    ("Đề án 06", ["06/QĐ-TTg"]),
    ("đề án 06", ["06/QĐ-TTg"]),  # whatever the case
    ("Luật Đất đai năm 2024", ["31/2024/QH15"]),
    ("Luật Đất đai 2013", ["45/2013/QH13"]),
    ("Luật Đất đai", ["13/2003/QH11", "45/2013/QH13", "31/2024/QH15"]),  # a bare name covers all that bore it
    ("Bộ luật Hình sự 2015", ["100/2015/QH13"]),
    ("Nghị quyết Trung ương 7 khóa XI", ["24-NQ/TW", "25-NQ/TW"]),  # one plenum, two resolutions
    ("NQTW7 khóa XI", ["24-NQ/TW", "25-NQ/TW"]),
    ("NQTW 7 (khoá XI)", ["24-NQ/TW", "25-NQ/TW"]),  # brackets, the tone's older place
    ("Nghị quyết Hội nghị Trung ương 7 khóa XI", ["24-NQ/TW", "25-NQ/TW"]),
    ("Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng khóa XI", ["24-NQ/TW", "25-NQ/TW"]),  # spoken
    ("Nghị quyết TW 4 khóa XII", ["04-NQ/TW", "05-NQ/TW", "06-NQ/TW"]),
    ("Kết luận Trung ương 4 khóa XIII", ["21-KL/TW"]),  # conclusions have plenums too
    ("Nghị quyết Đại hội XIII", [""]),  # a congress's resolution has no number
    ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng", [""]),
    ("Nghị quyết Đại hội Đảng toàn quốc lần thứ XIII", [""]),
    ("Quy chế 23-QĐ/TW", ["23-QĐ/TW"]),  # what a decision promulgates, called by the decision's number
    ("Nghị quyết Trung ương 7", []),  # without the term it is nobody's
    ("Luật Đất đai 1993", []),  # the table is not complete
    ("Đề án", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), NAMES)
def test_name(text: str, numbers: list[str]) -> None:
    assert [row.full for row in by_alias(text)] == numbers


def test_every_alias_finds_its_row() -> None:
    for row in ROWS:
        for alias in row.aliases:
            assert row in by_alias(alias), alias
            assert row in by_alias(alias.upper()), alias


def test_dated_names_are_one_document() -> None:
    """A law's name with its year names no second law, but for the one name that two laws of 2025 bear."""
    twice = {
        (alias, tuple(found.full for found in by_alias(alias)))
        for row in ROWS
        for alias in row.aliases
        if re.search(r"uật .* \d{4}$", alias) and len(by_alias(alias)) > 1 and "năm" not in alias
    }
    assert twice == {("Luật Tổ chức chính quyền địa phương 2025", ("65/2025/QH15", "72/2025/QH15"))}


def test_no_number_finds_nothing() -> None:
    assert known("") == ()
    assert known("9999-NQ/TW") == ()
    assert known("không phải số hiệu") == ()


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert by_alias(unicodedata.normalize("NFD", text)) == by_alias(text)
    assert all(alias_key(text) in {alias_key(alias) for alias in row.aliases} for row in by_alias(text))
    assert all(number_key(row.full) == number_key(text) for row in known(text))
