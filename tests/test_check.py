"""What should be looked at: contradictions and the kind of slip, documents wanted, missing levels, open mentions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from made import claim, filled, report

import data
from kg.check import KINDS, Contradiction, ambiguous, check, contradictions, gaps, wanted, wanted_count
from kg.contradictions import odd_letters
from kg.model import Claim, Evidence, Extraction
from kg.sentences import clean
from kg.sides import date_pattern
from kg.slips import SLIPS, date_slips, full_with, issuer_slips, misses_issuer, misses_type, symbol_slips
from kg.store import Store
from kg.words import labels
from present.check import render

CENTRE = "Ban Chấp hành Trung ương Đảng"
TINH_UY = "Ban Thường vụ Tỉnh ủy Bắc Kạn"
THANH_UY = "Thành ủy Bắc Kạn, tỉnh Bắc Kạn"
DISTRICT = "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"
COMMUNE = "Ủy ban nhân dân xã Sỹ Bình, huyện Bạch Thông, tỉnh Bắc Kạn"
PROVINCE = "Ủy ban nhân dân tỉnh Bắc Kạn"
MASS_WORK = "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận"
YOUTH = "tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên"


def said(name: str, *claims: Claim, **facts: Any) -> Extraction:
    """Return a report whose mentions state the issuers that its claims name."""
    made = report(name, *claims, **facts)
    issuers = {stated.id: stated.issuer for stated in claims}
    return replace(made, mentions=tuple(replace(m, issuer=issuers[m.document]) for m in made.mentions))


def nq25(id: str, date: str | None = None, **facts: Any) -> Claim:
    """Return a claim about a resolution 25-NQ/TW."""
    return claim(id, "nghị quyết", "25-NQ/TW", date=date, **facts)


# ---- kinds of slip --------------------------------------------------------------------------------------------------

DATES = [
    # day and month exchanged
    ("2013-03-06", "2013-06-03", ("exchanged",)),
    # 20/10 for 22/10
    ("2013-10-20", "2013-10-22", ("digit",)),
    # 12/12 for 22/12: a digit in the day
    ("2013-12-22", "2013-12-12", ("digit",)),
    # 2016 for 2013: another year, and one key beside the right one
    ("2016-06-03", "2013-06-03", ("year", "digit")),
    # 2009 for 2013: another year
    ("2009-06-03", "2013-06-03", ("year",)),
    # 01/11 for 11/01: exchanged; two digits differ, so it is not one digit
    ("2019-11-01", "2019-01-11", ("exchanged",)),
    # 01/02 for 02/01: exchanged, and nothing else
    ("2019-02-01", "2019-01-02", ("exchanged",)),
    # nothing in common that a slip explains
    ("2014-11-20", "2013-06-03", ("date",)),
]


@pytest.mark.parametrize(("odd", "usual", "expected"), DATES)
def test_date_slips(odd: str, usual: str, expected: tuple[str, ...]) -> None:
    assert date_slips(odd, usual) == expected
    assert date_slips(usual, odd) == expected


@given(st.dates(), st.dates())
def test_two_dates_differ_in_a_named_way_whichever_stands_first(a: Any, b: Any) -> None:
    first, second = a.isoformat(), b.isoformat()
    found = date_slips(first, second)
    assert found == date_slips(second, first)
    assert found
    assert set(found) <= set(SLIPS)


SYMBOLS = [
    # TW for TU, and the reverse
    ("15-CT/TW", "15-CT/TU", "chỉ thị", ("centre",)),
    ("12-NQ/TU", "12-NQ/TW", "nghị quyết", ("centre",)),
    # the decision's letters on a regulation
    ("22-QĐ/TU", "22-QC/TU", "quy chế", ("type",)),
    # another organ of one level
    ("35/KH-HĐND", "35/KH-UBND", "kế hoạch", ("issuer",)),
    # type and issuer at once
    ("16-NQ/TW", "16-CT/TU", "chỉ thị", ("type", "centre")),
    # another year in the number itself, as scans misread it; another number
    ("118/2028/NĐ-CP", "118/2025/NĐ-CP", "nghị định", ("year", "digit")),
    ("36/CT-TTg", "33/CT-TTg", "chỉ thị", ("number", "digit")),
    # two spellings of letters that no word decides
    ("7-KL/TW", "7-TB/TW", "văn bản", ("letters",)),
]


@pytest.mark.parametrize(("odd", "usual", "kind", "expected"), SYMBOLS)
def test_symbol_slips(odd: str, usual: str, kind: str, expected: tuple[str, ...]) -> None:
    assert symbol_slips(odd, usual, kind) == expected


TYPES = [
    # a directive's letters on a programme
    ("chương trình", "03-CT/TU", True),
    ("kế hoạch", "97-CV/TU", False),  # CV is any paper
    ("kết luận", "25-NQ/TW", True),
    # a regulation bears the number of the decision that promulgates it
    ("quy chế", "447-QĐ/TU", False),
    ("quy định", "11-QĐi/TW", False),
    ("chương trình phối hợp", "05-CTr/BDVTU", False),
    # a công văn or văn bản can be any paper; so can letters of the issuer alone
    ("văn bản", "35/KH-UBND", False),
    ("công văn", "177/UBND-NV", False),
    # ĐA and DA, HĐ and HD meet when marks are set aside
    ("đề án", "06-ĐA/TU", False),
    ("hướng dẫn", "05-HD/BTCTW", False),
    ("nghị quyết", "25-NQ/TW", False),
]


@pytest.mark.parametrize(("kind", "full", "expected"), TYPES)
def test_letters_of_another_type(kind: str, full: str, expected: bool) -> None:
    assert misses_type(kind, full) == expected


ISSUERS = [
    # a local committee beside the centre's letters: TW for TU
    ("Ban Thường vụ Tỉnh ủy Bắc Giang", "110-NQ/TW", "centre"),
    ("Tỉnh ủy", "15-CT/TW", "centre"),  # no place needed to tell
    ("Ban Chấp hành Trung ương Đảng", "25-NQ/TU", "centre"),
    # the Prime Minister signs with TTg
    ("Thủ tướng Chính phủ", "16-CT/TW", "issuer"),
    ("Chính phủ", "06/QĐ-TTg", "issuer"),
    ("Chính phủ", "76/NQ-CP", None),
    ("Quốc hội", "10/2022/QH15", None),
    # one series for all bodies of the Party's centre
    ("Ban Bí thư Trung ương Đảng", "43-KL/TW", None),
    ("Bộ Chính trị", "217-QĐ/TW", None),
    # ministers and commissions have letters of their own forms
    ("Bộ trưởng Bộ Công an", "11/CT-BCA-V05", None),
    ("Ban Dân vận Trung ương", "3130-CV/BDVTW", None),
    # TU is a province's, a city's or a town's; HU a district's
    (THANH_UY, "43-KH/TU", None),
    ("Thị ủy Bắc Kạn, tỉnh Bắc Kạn", "92-KH/TU", None),
    ("Đảng ủy xã Sỹ Bình, huyện Bạch Thông, tỉnh Bắc Kạn", "15-KH/TU", "issuer"),
    (TINH_UY, "88-KH/HU", "issuer"),
    # state letters of a Party committee, one organ's letters of the other
    ("Huyện ủy Bạch Thông, tỉnh Bắc Kạn", "35/KH-UBND", "issuer"),
    ("Hội đồng nhân dân tỉnh Bắc Giang", "1814/QĐ-UBND", "issuer"),
    ("Chủ tịch Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn", "35/KH-UBND", None),
    # letters that no table knows say nothing
    ("Thanh tra Chính phủ", "363/KH-TTCTP", None),
]


@pytest.mark.parametrize(("issuer", "full", "expected"), ISSUERS)
def test_letters_of_another_body(issuer: str, full: str, expected: str | None) -> None:
    assert misses_issuer(issuer, full) == expected


def test_two_issuers() -> None:
    assert issuer_slips(THANH_UY, TINH_UY, "43-KH/TU") == ("levels",)
    assert issuer_slips(CENTRE, "Ban Bí thư Trung ương Đảng", "43-KL/TW") == ("bodies",)
    # the letters tell which of the two is odd
    assert issuer_slips("Chính phủ", "Thủ tướng Chính phủ", "33/CT-TTg") == ("issuer",)


@pytest.mark.parametrize(
    ("symbol", "full", "expected"),
    [
        ("CT/TW", "15-CT/TU", "15-CT/TW"),
        ("CT-TTG", "16/CT-TTg", "16/CT-TTG"),
        ("QĐ-UBND", "28/2015/QĐ-TTg", "28/2015/QĐ-UBND"),  # the year stays
        ("CT/TW", None, "CT/TW"),
    ],
)
def test_number_with_another_symbol(symbol: str, full: str | None, expected: str) -> None:
    assert full_with(symbol, full) == expected


def test_every_slip_and_reason_has_words() -> None:
    assert set(SLIPS) == set(labels("slip"))
    assert {row["key"] for row in data.table("labels") if row["field"] == "conflict"} <= {
        "date",
        "symbol",
        "issuer",
        "title",
    }


# ---- contradictions -------------------------------------------------------------------------------------------------


def found(tmp_path: Path, *reports: Extraction) -> list[Contradiction]:
    """Return the contradictions of a store with `reports`."""
    with filled(tmp_path, *reports) as store:
        return contradictions(store)


def test_both_sentences_stand_beside_the_kind_of_slip(tmp_path: Path) -> None:
    right = said("a.txt", nq25("d1", "2013-06-03", title=MASS_WORK))
    again = said("b.txt", nq25("d1", "2013-06-03"))
    wrong = said("c.txt", nq25("d1", "2013-03-06", title=MASS_WORK))
    (one,) = found(tmp_path, right, again, wrong)
    assert (one.field, one.slips) == ("date", ("exchanged",))
    assert (one.value, one.usual) == ("2013-03-06", "2013-06-03")
    assert (one.said, one.said_usual) == (1, 2)
    assert [(e.source, "06/03/2013" in e.text) for e in one.evidence] == [("c.txt", True)]
    assert [(e.source, "03/06/2013" in e.text) for e in one.against] == [("a.txt", True), ("b.txt", True)]


def test_sentences_stand_where_they_say(tmp_path: Path) -> None:
    reports = [said("a.txt", nq25("d1", "2013-06-03")), said("b.txt", nq25("d1", "2016-06-03", title=MASS_WORK))]
    texts = {made.name: made.text for made in reports}
    (one,) = found(tmp_path, *reports, said("c.txt", nq25("d1", "2013-06-03", title=MASS_WORK)))
    texts["c.txt"] = said("c.txt", nq25("d1", "2013-06-03", title=MASS_WORK)).text
    for item in (*one.evidence, *one.against):
        assert texts[item.source][item.start : item.end] == item.text


def test_two_documents_that_share_a_number_are_no_contradiction(tmp_path: Path) -> None:
    """25-NQ/TW of four terms, and two districts' 100-KH/HU of one month."""
    days = {"2003-03-12": "công tác tôn giáo", "2008-07-25": YOUTH, "2013-06-03": MASS_WORK, "2026-08-22": "tư tưởng"}
    plans = [
        claim("k1", "kế hoạch", "100-KH/HU", date="2020-04-28", issuer="Huyện ủy Yên Dũng, tỉnh Bắc Giang"),
        claim("k2", "kế hoạch", "100-KH/HU", date="2020-04-16", issuer="Huyện ủy Hiệp Hòa, tỉnh Bắc Giang"),
    ]
    reports = [said(f"{day}.txt", nq25("d1", day, title=title)) for day, title in days.items()]
    with filled(tmp_path, *reports, said("k.txt", *plans)) as store:
        assert contradictions(store) == []
        assert wanted_count(store) == 6


AGAINST_TABLE = [
    # number, date, issuer, what the table says where the day is a slip
    ("18-CT/TW", "2022-10-16", "Ban Bí thư", ["2022-10-26"]),
    # as the table has it
    ("18-CT/TW", "2022-10-26", "Ban Bí thư", []),
    # far from every row: another document of that number, which the table lacks
    ("18-CT/TW", "2007-04-05", "Ban Bí thư", []),
    # no row at all
    ("9999-CT/TW", "2022-10-16", "Ban Bí thư", []),
]


@pytest.mark.parametrize(("full", "date", "issuer", "usual"), AGAINST_TABLE)
def test_a_day_is_held_against_the_table(full: str, date: str, issuer: str, usual: list[str], tmp_path: Path) -> None:
    odd = found(tmp_path, said("a.txt", claim("d1", "chỉ thị", full, date=date, issuer=issuer)))
    assert [one.usual for one in odd] == usual
    assert all("central_documents.csv" in one.against[0].source for one in odd)


def test_a_document_that_was_read_speaks_first(tmp_path: Path) -> None:
    """The heading of the document itself stands against what others say of its day."""
    own = said(
        "z.txt", type="nghị quyết", number="25", symbol="NQ/TW", date="2013-06-03", issuer=CENTRE, title=MASS_WORK
    )
    own = replace(own, text="Số 25-NQ/TW\nHà Nội, ngày 03 tháng 6 năm 2013\nNGHỊ QUYẾT")
    (one,) = found(tmp_path, own, said("a.txt", nq25("d1", "2013-06-08")), said("b.txt", nq25("d1", "2013-06-03")))
    assert one.slips == ("digit",)
    assert (one.against[0].source, one.against[0].text) == ("z.txt", "Hà Nội, ngày 03 tháng 6 năm 2013")


WITHIN = [
    # the letters of a directive on a programme
    (claim("d1", "chương trình", "03-CT/TU", date="2015-09-28", issuer=THANH_UY), "symbol", "type"),
    # a provincial committee's resolution with the centre's letters, cited once only
    (claim("d1", "nghị quyết", "110-NQ/TW", date="2016-07-11", issuer=TINH_UY), "issuer", "centre"),
    # a district's committee and the people's committee's letters
    (claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer="Huyện ủy Bạch Thông"), "issuer", "issuer"),
]


@pytest.mark.parametrize(("stated", "field", "slip"), WITHIN)
def test_one_sentence_can_contradict_itself(tmp_path: Path, stated: Claim, field: str, slip: str) -> None:
    (one,) = found(tmp_path, said("a.txt", stated))
    assert (one.field, one.slips, one.against) == (field, (slip,), ())
    assert [e.source for e in one.evidence] == ["a.txt"]


@pytest.mark.parametrize(
    "stated",
    [
        # a regulation under its decision's number; a bare number; a joint programme
        claim("d1", "quy chế", "447-QĐ/TU", date="2020-01-02", issuer=TINH_UY),
        claim("d1", "văn bản", "35/KH-UBND", date="2022-02-17", issuer=DISTRICT),
        claim("d1", "chương trình phối hợp", "05-CTrPH/BDVTU-CAT", date="2020-01-02"),
    ],
)
def test_what_is_in_order_is_not_listed(tmp_path: Path, stated: Claim) -> None:
    assert found(tmp_path, said("a.txt", stated)) == []


def test_an_item_of_a_list_has_no_type_word_of_its_own() -> None:
    """ "Quyết định số 217-QĐ/TW, số 43-KL/TW": the second shares the word without being a decision."""
    assert odd_letters("số 43-KL/TW", "quyết định", "43-KL/TW", None) == ()
    assert odd_letters("Quyết định số 43-KL/TW", "quyết định", "43-KL/TW", None) != ()
    # a word that a page cut in two was read as another: "Kết / lệnh số 114-KL/TW"
    assert odd_letters("lệnh số 114-KL/TW", "kết luận", "114-KL/TW", None) == ()
    # "theo quy định của Nghị định số 64/2010/NĐ-CP": not the word of this number
    assert odd_letters("quy định của Nghị định số 64/2010/NĐ-CP", "quy định", "64/2010/NĐ-CP", None) == ()


def test_partial_dates_contradict_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, said("a.txt", nq25("d1", "2013-06-03")), said("b.txt", nq25("d1", "2013"))) == []


@pytest.mark.parametrize("written", ["ngày 03 tháng 6 năm 2013", "ngày 3/6/2013", "03/06/2013"])
def test_a_day_is_found_as_headings_write_it(written: str) -> None:
    import re

    assert re.search(date_pattern("2013-06-03"), f"Hà Nội, {written}")
    assert not re.search(date_pattern("2013-06-13"), f"Hà Nội, {written}")


def test_sentences_of_html_come_without_tags() -> None:
    shown = clean(Evidence("a.html", 0, 9, "CHỈ ĐẠO</h3>\n<p>Nghị quyết <sup>1</sup> a < b", "x"))
    assert shown.text == "CHỈ ĐẠO Nghị quyết 1 a < b"
    assert (shown.start, shown.end) == (0, 9)


# ---- wanted ---------------------------------------------------------------------------------------------------------


def test_wanted_are_those_that_most_reports_cite(tmp_path: Path) -> None:
    kl43 = claim("d2", "kết luận", "43-KL/TW", date="2019-01-07", issuer="Ban Bí thư Trung ương Đảng")
    own = said("kl.txt", type="kết luận", number="43", symbol="KL/TW", date="2019-01-07", issuer=CENTRE)
    ct33 = claim("d3", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
    with filled(
        tmp_path,
        said("a.txt", nq25("d1", "2013-06-03"), kl43, ct33),
        said("b.txt", nq25("d1", "2013-06-03"), kl43, issuer=COMMUNE),
        own,
    ) as store:
        listed = wanted(store)
        # 43-KL/TW was read itself
        assert [(w.document.full, len(w.cited_by)) for w in listed] == [("25-NQ/TW", 2), ("33/CT-TTg", 1)]
        assert [(c.source, c.issuer, c.mentions) for c in listed[0].cited_by] == [
            ("a.txt", DISTRICT, 1),
            ("b.txt", COMMUNE, 1),
        ]
        assert wanted_count(store) == 2
        assert wanted(store, 1) == listed[:1]
        store.add(said("nq.txt", type="nghị quyết", number="25", symbol="NQ/TW", date="2013-06-03", issuer=CENTRE))
        assert [w.document.full for w in wanted(store)] == ["33/CT-TTg"]


# ---- missing levels -------------------------------------------------------------------------------------------------

CT33 = claim("ct", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
KH780 = claim("kt", "kế hoạch", "780/KH-UBND", date="2021-12-20", issuer=PROVINCE)
KH35 = claim("kh", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=DISTRICT)
KH21 = claim("kx", "kế hoạch", "21/KH-UBND", date="2022-03-04", issuer=COMMUNE)
OTHER_PROVINCE = claim("ko", "kế hoạch", "9/KH-UBND", date="2022-01-04", issuer="Ủy ban nhân dân tỉnh Bắc Giang")
AFTER_2025 = claim(
    "kn", "kế hoạch", "5/KH-UBND", date="2026-03-04", issuer="Ủy ban nhân dân xã Bạch Thông, tỉnh Thái Nguyên"
)
LAW = claim("lu", "luật", "10/2022/QH15", date="2022-11-10", issuer="Quốc hội")

GAPS = [
    # a district's plan, nothing of the province
    ((CT33, KH35), (("kh", "implements", "ct"),), {"35/KH-UBND": ("tỉnh",)}),
    # the province's plan is known
    ((CT33, KH35, KH780), (("kh", "implements", "ct"), ("kt", "implements", "ct")), {}),
    # the district's plan names the province's as its ground, whatever that one carries out
    ((CT33, KH35, KH780), (("kh", "implements", "ct"), ("kh", "based_on", "kt")), {}),
    # another province's plan does not count
    (
        (CT33, KH35, OTHER_PROVINCE),
        (("kh", "implements", "ct"), ("ko", "implements", "ct")),
        {"35/KH-UBND": ("tỉnh",)},
    ),
    # a commune: both levels between
    ((CT33, KH21), (("kx", "implements", "ct"),), {"21/KH-UBND": ("tỉnh", "huyện")}),
    ((CT33, KH21, KH35), (("kx", "implements", "ct"), ("kh", "implements", "ct")),
     {"21/KH-UBND": ("tỉnh",), "35/KH-UBND": ("tỉnh",)}),
    # through the chain everything is there
    (
        (CT33, KH780, KH35, KH21),
        (("kt", "implements", "ct"), ("kh", "implements", "kt"),
         ("kx", "implements", "kh"), ("kx", "implements", "ct")),
        {},
    ),
    # since July 2025 no district stands between
    ((CT33, AFTER_2025), (("kn", "implements", "ct"),), {"5/KH-UBND": ("tỉnh",)}),
    # a plan for later, or a ground, is no carrying out
    ((CT33, KH35), (("kh", "implements", "ct", "planned"), ("kh", "based_on", "ct")), {}),
    # laws bind everybody at once
    ((LAW, KH35), (("kh", "implements", "lu"),), {}),
    # a province below the centre leaves no level out
    ((CT33, KH780), (("kt", "implements", "ct"),), {}),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "relations", "expected"), GAPS)
def test_missing_levels(
    tmp_path: Path,
    claims: tuple[Claim, ...],
    relations: tuple[tuple[str, ...], ...],
    expected: dict[str, tuple[str, ...]],
) -> None:
    with filled(tmp_path, said("a.txt", *claims, relations=relations)) as store:
        listed = gaps(store)
    assert {gap.document.full: gap.missing for gap in listed} == expected
    for gap in listed:
        assert gap.directive.full == "33/CT-TTg"
        assert gap.evidence
        assert all(item.source == "a.txt" for item in gap.evidence)


def test_a_neighbouring_district_is_not_the_level_between(tmp_path: Path) -> None:
    na_ri = claim("kr", "kế hoạch", "8/KH-UBND", date="2022-01-09", issuer="Ủy ban nhân dân huyện Na Rì, tỉnh Bắc Kạn")
    relations = (("kx", "implements", "ct"), ("kr", "implements", "ct"), ("kt", "implements", "ct"))
    with filled(tmp_path, said("a.txt", CT33, KH21, na_ri, KH780, relations=relations)) as store:
        assert [(gap.document.full, gap.missing, gap.district) for gap in gaps(store)] == [
            ("21/KH-UBND", ("huyện",), "Bạch Thông")
        ]


# ---- open mentions --------------------------------------------------------------------------------------------------


def test_an_open_mention_has_its_candidates_and_reasons(tmp_path: Path) -> None:
    with filled(
        tmp_path,
        said("a.txt", nq25("d1", "2008-07-25", title=YOUTH)),
        said("b.txt", nq25("d1", "2013-06-03", title=MASS_WORK)),
        said("c.txt", nq25("d1"), date="2019-11-22"),
    ) as store:
        (one,) = ambiguous(store)
    assert one.reasons == (("no day", ""), ("no issuer", ""), ("no title", ""))
    assert [c.document.date for c in one.candidates] == ["2013-06-03", "2008-07-25"]  # the nearer first
    assert [c.reasons for c in one.candidates] == [(("number", "25-NQ/TW"), ("before", "2019-11-22"))] * 2
    assert [(e.source, e.text) for e in one.evidence] == [("c.txt", "Nghị quyết số 25-NQ/TW.")]


def test_the_nearest_candidates_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    """Five districts have a plan of that number and year; programs get them all."""
    districts = ("Bạch Thông", "Chợ Mới", "Chợ Đồn", "Na Rì", "Ba Bể")
    plans = [
        said(f"{n}.txt", claim("k", "kế hoạch", "35/KH-UBND", date=f"2022-02-{10 + n}", issuer=f"UBND huyện {name}"))
        for n, name in enumerate(districts)
    ]
    with filled(tmp_path, *plans, said("z.txt", claim("k", "kế hoạch", "35/KH-UBND"), date="2022-02-13")) as store:
        found = check(store, ("ambiguous",))
    table = render(found, "table")
    assert table.count("có thể là:") == 3
    assert "và 2 văn bản khác" in table
    (row,) = json.loads(render(found, "json"))
    # those that are older than the report, the last first; then what came later
    assert [one["date"][-2:] for one in row["candidates"]] == ["13", "12", "11", "10", "14"]


def test_nothing_is_open_when_the_sentence_decides(tmp_path: Path) -> None:
    with filled(
        tmp_path,
        said("a.txt", nq25("d1", "2008-07-25", title=YOUTH)),
        said("b.txt", nq25("d1", "2013-06-03", title=MASS_WORK)),
        said("c.txt", nq25("d1", title=MASS_WORK), date="2019-11-22"),
    ) as store:
        assert ambiguous(store) == []


def test_a_limit_cuts_the_lists_and_not_the_counts(tmp_path: Path) -> None:
    with filled(tmp_path, said("a.txt", CT33, KH35, KH21, relations=(("kh", "implements", "ct"),))) as store:
        found_ = check(store, limit=1)
        assert (len(found_.wanted), found_.totals["wanted"]) == (1, 3)
        assert list(found_.totals) == list(KINDS)
        assert check(store, ("gaps",)).totals == {"gaps": 1}


def test_the_order_of_reading_changes_nothing(tmp_path: Path) -> None:
    reports = [
        said("a.txt", nq25("d1", "2013-06-03", title=MASS_WORK), CT33, KH35, relations=(("kh", "implements", "ct"),)),
        said("b.txt", nq25("d1", "2016-06-03", title=MASS_WORK)),
        said("c.txt", nq25("d1", "2008-07-25", title=YOUTH), nq25("d2"), date="2019-11-22"),
    ]
    with filled(tmp_path / "one", *reports) as one, filled(tmp_path / "two", *reversed(reports)) as two:
        assert check(one) == check(two)
        assert check(one).contradictions
        assert check(one).gaps


# ---- the command ----------------------------------------------------------------------------------------------------

Run = Callable[..., Result]


def test_the_page_has_all_four_with_their_sentences(ask: Run) -> None:
    result = ask("check")
    assert result.exit_code == 0, result.output
    for words in ("Mâu thuẫn", "chưa có toàn văn", "Chưa thấy cấp ở giữa", "Chưa xác định được"):
        assert words in result.stdout
    for words in (
        "ngày và tháng đổi chỗ",
        "ghi khác: “",
        "đối chiếu: “",
        "nhắc trong: ",
        "có thể là: Nghị quyết 25-NQ/TW",
    ):
        assert words in result.stdout


def test_json_is_an_object_of_lists_or_one_list(ask: Run) -> None:
    whole = json.loads(ask("check", "--format", "json").stdout)
    assert list(whole) == list(KINDS)
    for kind in KINDS:
        assert json.loads(ask("check", "--kind", kind, "--format", "json").stdout) == whole[kind]
    odd = next(row for row in whole["contradictions"] if row["value"] == "2013-03-06")
    assert (odd["field"], odd["slip"], odd["usual"]) == ("date", ["exchanged"], "2013-06-03")
    assert odd["evidence"][0]["source"].startswith("09-")
    assert odd["against"]


def test_the_samples_hold_the_slips_that_were_put_there(ask: Run) -> None:
    """docs/samples.md names them; the answers stand in expected.json, and nothing else is a contradiction."""
    rows = json.loads(ask("check", "--kind", "contradictions", "--format", "json").stdout)
    told = {(row["document"], tuple(row["slip"])) for row in rows}
    assert told == {
        ("Nghị quyết 25-NQ/TW", ("exchanged",)),
        ("Nghị quyết 25-NQ/TW", ("year", "digit")),
        ("Chỉ thị 15-CT/TU", ("centre",)),
        ("Nghị quyết 110-NQ/TU", ("centre",)),
    }


def test_csv_has_a_row_for_each_finding_with_its_kind(ask: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("check", "--format", "csv", "--limit", "2").stdout)))
    assert {row["kind"] for row in rows} == set(KINDS)
    assert sum(row["kind"] == "wanted" for row in rows) == 2
    assert all(row["document"] and row["document_id"] for row in rows)


def test_an_empty_answer_is_said_as_such(run: Run, tmp_path: Path) -> None:
    filled(tmp_path / "store", said("a.txt")).close()
    result = run("--store", tmp_path / "store", "check")
    assert result.exit_code == 0
    assert "Không thấy chỗ nào ghi mâu thuẫn về cùng một văn bản trong 1 tài liệu này." in result.stdout
    assert json.loads(run("--store", tmp_path / "store", "check", "--format", "json").stdout) == {k: [] for k in KINDS}


def test_a_wrong_kind_is_told(ask: Run) -> None:
    result = ask("check", "--kind", "everything")
    assert result.exit_code == 2
    assert "contradictions" in result.stderr


def test_kinds_of_the_command_are_those_of_the_library() -> None:
    from cli import group

    (option,) = [p for p in group.commands["check"].params if p.name == "kind"]
    assert tuple(option.type.choices) == KINDS  # type: ignore[attr-defined]


def test_store_is_only_read(tmp_path: Path) -> None:
    with filled(tmp_path, said("a.txt", CT33)) as store:
        before = store.generation
    with Store.open(tmp_path) as reading:
        check(reading)
        assert reading.generation == before
