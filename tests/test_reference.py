"""REF as people type it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import DISTRICT, claim, filled, report

from kg.model import AmbiguousError, QueryError
from kg.reference import find, read
from kg.store import Store

TU = "Ban Thường vụ Tỉnh ủy Bắc Kạn"
CLAIMS = (
    claim("d1", "nghị quyết", "25-NQ/TW", date="2013-06-03", issuer="Ban Chấp hành Trung ương Đảng"),
    claim("d2", "nghị quyết", "26-NQ/TW", date="2018-05-19"),
    claim("d3", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ"),
    claim("d4", "đề án", "06-ĐA/TU", date="2017-12-14", issuer=TU),
    claim("d5", "đề án", "06-ĐA/TU", date="2023-02-03", issuer=TU),
    claim("d6", "luật", title="Tiếp công dân"),
    claim("d7", "luật", "10/2022/QH15", title="Thực hiện dân chủ ở cơ sở"),
    claim("d8", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=DISTRICT),
    claim("d9", "quy chế", "23-QĐ/TW", date="2021-07-30"),
    claim("d10", "công văn", "2480/UBND-NCPC", date="2023-04-24", issuer="Ủy ban nhân dân tỉnh Bắc Kạn"),
    claim("d11", "quyết định", "28/2018/QĐ-TTg"),
    claim("d12", "nghị quyết", title="Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
    claim("d13", "kết luận", "114-KL/TW", date="2015-07-14"),
)
DEEDS = (("Huyện ủy Định Hóa, tỉnh Thái Nguyên", "implemented", "d1"),)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with documents and units to ask for."""
    with filled(tmp_path_factory.mktemp("store"), report("a.txt", *CLAIMS, deeds=DEEDS)) as made:
        made.add(report("bare.txt", claim("d1", "kế hoạch", "35/KH-UBND")))
        yield made


REFS = [
    ("25-NQ/TW", "nq-25-tw-2013"),
    ("25-nq/tw", "nq-25-tw-2013"),
    ("NQ 25-NQ/TW 2013", "nq-25-tw-2013"),
    ("nghị quyết 25", "nq-25-tw-2013"),
    ("nghị quyết số 25", "nq-25-tw-2013"),
    ("nq 25", "nq-25-tw-2013"),
    ("nq25", "nq-25-tw-2013"),
    ("nq 25 tw", "nq-25-tw-2013"),
    ("“25-NQ/TW”", "nq-25-tw-2013"),
    # as typed by others, and as dated by others
    ("25 - NQ/TƯ", "nq-25-tw-2013"),
    ("25-NQ/TW 03/6/2013", "nq-25-tw-2013"),
    ("25-NQ/TW ngày 3 tháng 6 năm 2013", "nq-25-tw-2013"),
    ("chi thi 33", "ct-33-ttg-2021"),
    ("33/CT-TTg", "ct-33-ttg-2021"),
    ("33/ct-ttg", "ct-33-ttg-2021"),
    # a year or a date tells two of one number apart
    ("06-ĐA/TU 2017", "da-6-tu-tinh-bac-kan-2017"),
    ("06-da/tu 03/02/2023", "da-6-tu-tinh-bac-kan-2023"),
    ("đề án 6 năm 2017", "da-6-tu-tinh-bac-kan-2017"),
    # by name, with and without marks; a law by number too
    ("Luật Tiếp công dân", "luat-tiep-cong-dan"),
    ("luat tiep cong dan", "luat-tiep-cong-dan"),
    ("Luật Thực hiện dân chủ ở cơ sở", "luat-10-2022-qh"),
    ("10/2022/QH15", "luat-10-2022-qh"),
    ("28/2018/QĐ-TTg", "qd-28-2018-ttg"),
    ("Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII", "nq-dai-hoi-trung-uong-13"),
    # the type by its word, whatever the letters say
    ("quy chế 23", "qd-23-tw-2021"),
    ("công văn 2480", "cv-2480-ubnd-ncpc-tinh-bac-kan-2023"),
    ("114 KL/TW", "kl-114-tw-2015"),
    # a bare mention does not make the real one ambiguous
    ("35/KH-UBND", "kh-35-ubnd-bach-thong-2022"),
    # the issuer after the number, as documents are cited: with marks and without, the committee for its board
    ("chỉ thị số 33 của Thủ tướng Chính phủ", "ct-33-ttg-2021"),
    ("Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương", "nq-25-tw-2013"),
    ("35/KH-UBND cua ubnd huyen bach thong", "kh-35-ubnd-bach-thong-2022"),
    ("06-ĐA/TU của Tỉnh ủy năm 2017", "da-6-tu-tinh-bac-kan-2017"),
    # units
    ("UBND huyện Bạch Thông", "ubnd-huyen-bach-thong-bac-kan"),
    ("ubnd huyen bach thong", "ubnd-huyen-bach-thong-bac-kan"),
    ("huyen uy dinh hoa", "huyen-uy-dinh-hoa-thai-nguyen"),
    ("Thủ tướng Chính phủ", "thu-tuong-chinh-phu"),
    # ids
    ("nq-25-tw-2013", "nq-25-tw-2013"),
    ("huyen-uy-dinh-hoa-thai-nguyen", "huyen-uy-dinh-hoa-thai-nguyen"),
]


@pytest.mark.parametrize(("ref", "expected"), REFS)
def test_find(store: Store, ref: str, expected: str) -> None:
    assert find(store, ref).id == expected


def test_a_city_by_the_name_it_has_now(tmp_path: Path) -> None:
    """The town of that name is another unit: both are listed where both are known."""
    city = report("a.txt", deeds=(("Thành ủy Bắc Ninh", "implemented", "self"),), date="2026-10-05")
    town = report("b.txt", deeds=(("Thành ủy Bắc Ninh", "implemented", "self"),), date="2023-10-05")
    with filled(tmp_path, city) as store:
        assert find(store, "Thành ủy Bắc Ninh").id == "tinh-uy-bac-ninh"
        store.add(town)
        with pytest.raises(AmbiguousError, match="fits 2"):
            find(store, "Thành ủy Bắc Ninh")


def test_several_are_listed(store: Store) -> None:
    with pytest.raises(AmbiguousError, match=r"14/12/2017(.|\n)*03/02/2023") as raised:
        find(store, "06-ĐA/TU")
    assert [candidate.id for candidate in raised.value.candidates] == [
        "da-6-tu-tinh-bac-kan-2017",
        "da-6-tu-tinh-bac-kan-2023",
    ]


NOTHING = [
    # the nearest numbers, and what to try
    ("27-NQ/TW", "25-NQ/TW"),
    ("33/CT-TG", "33/CT-TTg"),
    # a known number with a year that it does not have
    ("25-NQ/TW 2008", "03/06/2013"),
    # a known number of another issuer, and an unknown number of a known one: neither the one nor the other is meant
    ("35/KH-UBND của UBND huyện Ba Bể", "Bạch Thông"),
    ("chỉ thị 99 của Thủ tướng Chính phủ", "Nothing in these documents"),
    # a name that is nearly one
    ("luật tiếp dân", "luat tiep cong dan"),
    ("xyz", "thongsuot search"),
    ("", "names nothing"),
    ("  …  ", "names nothing"),
]


@pytest.mark.parametrize(("ref", "hint"), NOTHING)
def test_nothing_fits(store: Store, ref: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        find(store, ref)
    assert hint in str(raised.value)


READ = [
    ("25-NQ/TW 03/6/2013", "25-NQ/TW", "2013-06-03"),
    ("25-NQ/TW ngày 3 tháng 6 năm 2013", "25-NQ/TW", "2013-06-03"),
    ("25-NQ/TW 2013-06-03", "25-NQ/TW", "2013-06-03"),
    ("nq 25 năm 2013", "nq 25", "2013"),
    ("NQ 25 (2013)", "NQ 25", "2013"),
    # the issuer stands behind the date, or before the year
    ("25-NQ/TW ngày 03/6/2013 của BCH Trung ương", "25-NQ/TW", "2013-06-03"),
    ("nq 25 của BCH Trung ương năm 2013", "nq 25", "2013"),
    # a year inside a number is the number's
    ("28/2018/QĐ-TTg", "28/2018/QĐ-TTg", ""),
    ("2013", "2013", ""),
]


@pytest.mark.parametrize(("ref", "words", "date"), READ)
def test_read(ref: str, words: str, date: str) -> None:
    asked = read(ref)
    assert (asked.words, asked.date) == (words, date)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=40))
def test_any_ref_is_answered_or_refused(store: Store, ref: str) -> None:
    try:
        answer = find(store, ref).id
    except QueryError as error:
        answer = str(error)
    assert answer
