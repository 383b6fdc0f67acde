"""Which statements speak of the same document: a table of pairs, and what holds for any order of reading."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import claim, filled, ids, report

from kg.cells import Statement, cell_of, likeness, title_words, well_known
from kg.model import Claim, Extraction
from kg.naming import parse_unit, unit_id
from kg.store import Store

MASS_WORK = "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"
YOUTH = "tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên"
BACH_THONG = "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"
NA_RI = "Ủy ban nhân dân huyện Na Rì, tỉnh Bắc Kạn"
DEMOCRACY = "thực hiện quy chế dân chủ ở cơ sở"


def nq(date: str | None = None, title: str | None = None, full: str = "25-NQ/TW", **facts: object) -> Claim:
    """Return a claim about a central resolution."""
    return claim("d1", "nghị quyết", full, date=date, title=title, **facts)


def kh(date: str | None = None, issuer: str | None = None, title: str | None = None, full: str = "35/KH-UBND") -> Claim:
    """Return a claim about a plan of a people's committee."""
    return claim("d1", "kế hoạch", full, date=date, issuer=issuer, title=title)


PAIRS = [
    # the same number, the same day
    (nq("2013-06-03"), nq("2013-06-03", MASS_WORK), True),
    # spelt in other ways
    (nq("2013-06-03"), nq("2013-06-03", full="25 - NQ/TW"), True),
    (nq("2013-06-03"), nq("2013-06-03", full="25-NQ/TƯ"), True),
    # day and month exchanged
    (nq("2013-06-03"), nq("2013-03-06"), True),
    # one digit differs: in the day, in the year
    (nq("2013-06-03"), nq("2013-06-08"), True),
    (nq("2013-06-03", MASS_WORK), nq("2016-06-03", MASS_WORK), True),
    # a slip, but the subjects contradict it
    (nq("2013-06-03", MASS_WORK), nq("2013-06-08", "biến đổi khí hậu, tài nguyên và môi trường"), False),
    # other days of one term and one subject: a contradiction, not two documents
    (nq("2013-06-03", MASS_WORK), nq("2014-11-20", MASS_WORK), True),
    # other days, nothing else known: two
    (nq("2013-06-03"), nq("2014-11-20"), False),
    # Party numbers restart each term, whatever the subject
    (nq("2013-06-03", MASS_WORK), nq("2022-08-22", MASS_WORK), False),
    (nq("2003-03-12"), nq("2013-06-03"), False),
    # 05-CT/TW of the Politburo and of the Secretariat: one series, two terms
    (nq("2016-05-15", full="05-CT/TW"), nq("2021-06-23", full="05-CT/TW"), False),
    # the words for the centre do not make another body
    (nq("2013-06-03", issuer="Bộ Chính trị"), nq("2013-06-03", issuer="Ban Bí thư"), True),
    # TU for TW: the words beat the letters
    (nq("2013-06-03"), nq("2013-06-03", full="25-NQ/TU", issuer="Ban Chấp hành Trung ương Đảng"), True),
    (nq("2013-06-03"), nq("2013-06-03", full="25-NQ/TU", issuer="Tỉnh ủy Bắc Kạn"), False),
    # part of a date, and none
    (nq("2013-06-03"), nq("2013"), True),
    (nq("2013-06-03"), nq("2014"), False),
    (nq("2013-06-03"), nq(), True),
    # undated, with another subject
    (nq("2013-06-03", MASS_WORK), nq(None, "chính sách nhà ở cho thanh niên nông thôn"), False),
    # a term in words
    (nq("2013-06-03"), nq(issuer="Ban Chấp hành Trung ương Đảng khóa XI"), True),
    (nq("2013-06-03"), nq(issuer="Ban Chấp hành Trung ương Đảng khoá 11"), True),  # in other spelling
    (nq("2013-06-03"), nq(issuer="Ban Chấp hành Trung ương Đảng khoá IX"), False),
    (nq("2013-06-03"), nq(issuer="Ban Chấp hành Trung ương Đảng khóa X"), False),
    # both undated: nothing speaks against it
    (nq(), nq(None, MASS_WORK), True),
    (nq(None, YOUTH), nq(None, "nông nghiệp, nông dân, nông thôn"), False),
    # the year stands in the number: the symbol alone decides
    (claim("d1", "quyết định", "28/2018/QĐ-TTg"), claim("d1", "quyết định", "28/2018/QĐ-TTg", date="2018-07-12"), True),
    (claim("d1", "quyết định", "28/2018/QĐ-TTg"), claim("d1", "quyết định", "28/QĐ-TTg", date="2018-07-12"), False),
    # a law and a resolution of the National Assembly have numbers of one shape
    (claim("d1", "luật", "10/2022/QH15"), claim("d1", "nghị quyết", "10/2022/QH15"), False),
    # the law by number and by two forms of its name
    (
        claim("d1", "luật", "10/2022/QH15", title="Thực hiện dân chủ ở cơ sở"),
        claim("d1", "luật", title="dân chủ cơ sở"),
        True,
    ),
    (claim("d1", "luật", title="Đất đai"), claim("d1", "luật", title="Đất đai (sửa đổi)"), False),
    (claim("d1", "luật", title="Đất đai"), claim("d1", "luật", title="Thanh niên"), False),
    # a law and the later one of its name: their numbers differ, and the years in them
    (
        claim("d1", "luật", "56/2010/QH12", title="Thanh tra", date="2010-11-15"),
        claim("d1", "luật", "11/2022/QH15", title="Thanh tra", date="2022-11-14"),
        False,
    ),
    (
        claim("d1", "luật", "56/2010/QH12", title="Thanh tra"),
        claim("d1", "luật", "11/2022/QH15", title="Thanh tra"),
        False,
    ),
    # a slip leaves the number, the year or the day
    (
        claim("d1", "luật", "11/2022/QH15", title="Thanh tra", date="2022-11-14"),
        claim("d1", "luật", "12/2022/QH15", title="Thanh tra", date="2022-11-14"),
        True,
    ),
    # the ordinance with and without its term
    (claim("d1", "pháp lệnh", "34/2007/PL-UBTVQH11"), claim("d1", "pháp lệnh", "34/2007/PL-UBTVQH"), True),
    # local numbers: the place is part of the key
    (kh("2022-02-17", BACH_THONG), kh("2022-02-17", BACH_THONG, DEMOCRACY), True),
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh("2022-02-17", NA_RI, DEMOCRACY), False),
    # the chairman signs with the committee's letters; the province is told or known
    (kh("2022-02-17", BACH_THONG), kh("2022-02-17", "Chủ tịch UBND huyện Bạch Thông"), True),
    # no place: only day and subject together find it
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh("2022-02-17", None, DEMOCRACY), True),
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh("2022-02-17"), False),
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh(None, None, DEMOCRACY), False),
    (kh("2022-02-17", None, DEMOCRACY), kh("2022-02-17", None, DEMOCRACY), True),
    (kh(), kh(), False),
    # state numbers restart each year, and plans come back in the same words
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh("2023-02-16", BACH_THONG, DEMOCRACY), False),
    (
        kh("2022-02-17", BACH_THONG, f"{DEMOCRACY} năm 2022"),
        kh("2023-02-17", BACH_THONG, f"{DEMOCRACY} năm 2023"),
        False,
    ),
    (kh("2022-02-17", BACH_THONG, DEMOCRACY), kh("2023-02-17", BACH_THONG, DEMOCRACY), True),
    # undated, one document of that place
    (kh("2022-02-17", BACH_THONG), kh(None, BACH_THONG), True),
    # TU is tỉnh ủy and thành ủy: two places
    (
        kh("2016-08-25", "Tỉnh ủy Bắc Kạn", full="43-KH/TU"),
        kh("2016-08-25", "Thành ủy Bắc Kạn, tỉnh Bắc Kạn", full="43-KH/TU"),
        False,
    ),
    # the standing board is the committee; TW typed for TU is put right by the issuer's words
    (
        claim("d1", "chỉ thị", "15-CT/TU", date="2022-02-08", issuer="Ban Thường vụ Tỉnh ủy Bắc Kạn"),
        claim("d1", "chỉ thị", "15-CT/TW", date="2022-02-08", issuer="Tỉnh ủy Bắc Kạn"),
        True,
    ),
    # HU without a place in a report of the same province stays unknown, TU does not
    (
        kh("2020-04-28", "Huyện ủy Yên Dũng, tỉnh Bắc Giang", full="100-KH/HU"),
        kh("2020-04-16", "Huyện ủy Hiệp Hòa, tỉnh Bắc Giang", full="100-KH/HU"),
        False,
    ),
    (kh("2016-03-01", "Tỉnh ủy Bắc Kạn", full="43-KH/TU"), kh("2016-03-01", full="43-KH/TU"), True),
    # letters of the type against the type's word
    (
        claim("d1", "quy chế", "22-QĐ/TU", date="2021-12-30", issuer="Tỉnh ủy Bắc Kạn"),
        claim("d1", "quy chế", "22-QC/TU", date="2021-12-30", issuer="Tỉnh ủy Bắc Kạn"),
        True,
    ),
    # ĐU of the army's and of the police's committee in one city
    (
        kh("2016-10-25", "Đảng ủy Quân sự thành phố Bắc Kạn", full="105-NQ/ĐU"),
        kh("2016-10-25", "Đảng ủy Công an thành phố Bắc Kạn", full="105-NQ/ĐU"),
        False,
    ),
    # congresses and plenums by name
    (
        claim("d1", "nghị quyết", title="Đại hội XIII"),
        claim("d1", "nghị quyết", title="Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
        True,
    ),
    (
        claim("d1", "nghị quyết", issuer="Đại hội đại biểu Đảng bộ tỉnh Bắc Kạn lần thứ XII"),
        claim("d1", "nghị quyết", title="Đại hội đại biểu toàn quốc lần thứ XII của Đảng"),
        False,
    ),
    (
        claim("d1", "nghị quyết", title="Trung ương 4 khóa XII"),
        claim("d1", "nghị quyết", title="Trung ương 6 khóa XII"),
        False,
    ),
    # without a number: issuer and subject
    (
        claim("d1", "đề án", issuer="Thủ tướng Chính phủ", title="văn hóa công vụ"),
        claim("d1", "đề án", issuer="Thủ tướng Chính phủ", title="Văn hóa công vụ"),
        True,
    ),
    (claim("d1", "đề án", title="văn hóa công vụ"), claim("d1", "đề án", title="văn hóa công vụ"), False),
    # a town and a district of one name beside it: two offices, two plans on one day
    (
        kh("2022-02-17", "UBND thành phố Cao Lãnh, tỉnh Đồng Tháp"),
        kh("2022-02-17", "UBND huyện Cao Lãnh, tỉnh Đồng Tháp"),
        False,
    ),
    # a town that became a city: one office
    (
        kh("2013-08-23", "Thị ủy Bắc Kạn, tỉnh Bắc Kạn", full="97-KH/TU"),
        kh("2013-08-23", "Thành ủy Bắc Kạn, tỉnh Bắc Kạn", full="97-KH/TU"),
        True,
    ),
]


# two names of units, and whether they are one unit's
UNITS = [
    # a town that became a city stayed what it was
    ("Thị ủy Bắc Kạn", "Thành ủy Bắc Kạn", True),
    ("Ban Dân vận Thị ủy Bắc Kạn", "Ban Dân vận Thành ủy Bắc Kạn, tỉnh Bắc Kạn", True),
    ("UBND huyện Sa Pa", "UBND thị xã Sa Pa", True),
    # districts and towns of one name, side by side
    ("UBND huyện Cao Lãnh", "UBND thành phố Cao Lãnh", False),
    ("Huyện ủy Kỳ Anh", "Thị ủy Kỳ Anh", False),
    # the commune of 2025 bears the code and the name of the town before it, and is larger
    ("UBND thị trấn Chợ Chu, huyện Định Hóa", "UBND xã Chợ Chu, tỉnh Thái Nguyên", False),
    # a province and its city
    ("Tỉnh ủy Bắc Ninh", "Thành ủy Bắc Ninh", False),
    # a place that no register knows is what its words say
    ("UBND huyện Xa Lắc", "UBND thị xã Xa Lắc", False),
]


@pytest.mark.parametrize(("a", "b", "same"), UNITS)
def test_two_names_are_one_unit_or_two(a: str, b: str, same: bool) -> None:
    assert (unit_id(parse_unit(a)) == unit_id(parse_unit(b))) is same


@pytest.mark.parametrize(("a", "b", "same"), PAIRS)
def test_two_claims_are_one_document_or_two(a: Claim, b: Claim, same: bool, tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", a), report("b.txt", b)) as store:
        assert len(ids(store)) == (1 if same else 2), ids(store)


def test_four_resolutions_share_a_number(tmp_path: Path) -> None:
    """25-NQ/TW of 2003, 2008, 2013 and 2026 are four documents, and a bare mention may be any of them."""
    dated = [nq("2003-03-12", "tôn giáo"), nq("2008-07-25", YOUTH), nq("2013-06-03", MASS_WORK), nq("2026-08-22")]
    reports = [report(f"{number}.txt", stated) for number, stated in enumerate(dated)]
    with filled(tmp_path, *reports) as store:
        four = ["nq-25-tw-2003", "nq-25-tw-2008", "nq-25-tw-2013", "nq-25-tw-2026"]
        assert ids(store) == four
        assert all(not document.conflicts for document in store.documents())
        store.add(report("bare.txt", nq()))
        store.add(report("early.txt", nq(), date="2009-05-01"))
        store.add(report("subject.txt", nq(None, "công tác dân vận")))
        by_source = {c["name"]: c["document"] for c in store.rows(CLAIMED)}
        assert store.document(by_source["bare.txt"]).candidates == tuple(four)
        # a report of 2009 cannot mean what came later
        assert store.document(by_source["early.txt"]).candidates == tuple(four[:2])
        assert by_source["subject.txt"] == "nq-25-tw-2013"


CLAIMED = "SELECT s.name, c.document FROM claims c JOIN sources s ON s.id = c.source WHERE c.local = 'd1'"


def test_contradictions_keep_their_sentence(tmp_path: Path) -> None:
    reports = [report(f"{n}.txt", nq("2013-06-03", MASS_WORK)) for n in range(2)]
    with filled(tmp_path, *reports, report("odd.txt", nq("2016-06-03", MASS_WORK))) as store:
        (document,) = (d for d in store.documents() if d.mentions)
        assert document.date == "2013-06-03"
        assert document.dates == (("2013-06-03", 2), ("2016-06-03", 1))
        (conflict,) = document.conflicts
        assert (conflict.field, conflict.value, conflict.evidence.source) == ("date", "2016-06-03", "odd.txt")
        evidence = conflict.evidence
        assert store.source_text("odd.txt")[evidence.start : evidence.end] == evidence.text
        assert "03/06/2016" in evidence.text


def test_a_report_that_was_read_is_the_one_that_others_cite(tmp_path: Path) -> None:
    plan = report("plan.txt", type="kế hoạch", number="35", symbol="KH-UBND", date="2022-02-17", title=DEMOCRACY)
    citing = report("citing.txt", kh("2022-02-17", BACH_THONG))
    with filled(tmp_path, plan, citing) as store:
        document = store.document("kh-35-ubnd-bach-thong-2022")
        assert document is not None
        assert (document.source, document.title, document.mentions) == ("plan.txt", DEMOCRACY, 1)
        assert (document.level, document.locality, document.province) == ("huyện", "Bạch Thông", "Bắc Kạn")


def test_blank_numbers_stay_apart(tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", symbol="BC-UBND"), report("b.txt", symbol="BC-UBND")) as store:
        assert len(ids(store, mentioned=False)) == 2


def test_of_several_claims_of_a_place_none_is_guessed(tmp_path: Path) -> None:
    reports = [report("a.txt", kh("2022-02-17", BACH_THONG)), report("b.txt", kh("2023-03-20", BACH_THONG))]
    with filled(tmp_path, *reports, report("c.txt", kh(None, BACH_THONG))) as store:
        (bare,) = (d for d in store.documents() if d.candidates)
        assert bare.candidates == ("kh-35-ubnd-bach-thong-2022", "kh-35-ubnd-bach-thong-2023")


SUBJECTS = [
    # generic words tell nothing apart
    (MASS_WORK, YOUTH, 0.0),
    (MASS_WORK, "công tác dân vận", 1.0),
    # each year's plan has the same words
    ("thực hiện dân vận khéo năm 2022", "thực hiện dân vận khéo năm 2023", 0.0),
    (MASS_WORK, "", None),
]


@pytest.mark.parametrize(("a", "b", "expected"), SUBJECTS)
def test_likeness(a: str, b: str, expected: float | None) -> None:
    assert likeness(title_words(a), title_words(b)) == expected


# ---- whatever the order ---------------------------------------------------------------------------------------------

DATES = st.sampled_from([None, "2013", "2013-06-03", "2013-03-06", "2016-06-03", "2022-02-17", "2023-02-17"])
TITLES = st.sampled_from([None, MASS_WORK, YOUTH, DEMOCRACY, f"{DEMOCRACY} năm 2023"])
ISSUERS = st.sampled_from([None, BACH_THONG, NA_RI, "UBND huyện Bạch Thông", "Tỉnh ủy Bắc Kạn", "Bộ Chính trị"])
NUMBERS = st.sampled_from(["25-NQ/TW", "25-NQ/TU", "35/KH-UBND", "35/2022/QĐ-UBND"])


@st.composite
def reports(draw: st.DrawFn) -> list[Extraction]:
    """Return a few reports about a few numbers."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        claims = [
            claim(f"d{n}", "kế hoạch", draw(NUMBERS), date=draw(DATES), issuer=draw(ISSUERS), title=draw(TITLES))
            for n in range(draw(st.integers(1, 3)))
        ]
        relation = (("d0", "implements", "d1"),) if len(claims) > 1 else ()
        made.append(
            report(f"{number}.txt", *claims, relations=relation, date=draw(st.sampled_from(["2015-01-01", None])))
        )
    return made


def exported(made: list[Extraction], removed: tuple[str, ...] = ()) -> dict[str, object]:
    """Return all that a fresh store knows after it read `made` and forgot `removed`."""
    with tempfile.TemporaryDirectory() as directory, Store.open(Path(directory), write=True) as store:
        for extraction in made:
            store.add(extraction)
        for name in removed:
            store.remove(name)
        return store.export()


MASS_WORK = "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"
CALLED = [
    # a plenum and the subject say which of its resolutions
    ("nghị quyết", "Nghị quyết Trung ương 7 khóa XI", MASS_WORK, True),
    # the plenum alone has two
    ("nghị quyết", "Nghị quyết Trung ương 7 khóa XI", None, False),
    # of another plenum
    ("nghị quyết", "Nghị quyết Trung ương 7 khóa XII", MASS_WORK, False),
    # a programme called by its title is not the decision that approved it
    ("đề án", "Đề án Tăng cường công tác dân vận", MASS_WORK, False),
]


@pytest.mark.parametrize(("type", "name", "title", "same"), CALLED)
def test_a_name_that_the_table_knows(type: str, name: str, title: str | None, same: bool, tmp_path: Path) -> None:
    """What one report calls by name and another by number is one document where the table has both."""
    called = report("a.txt", claim("d1", type, title=title))
    called = replace(called, mentions=tuple(replace(m, form="named", text=name) for m in called.mentions))
    numbered = report("b.txt", claim("d1", "nghị quyết", "25-NQ/TW", date="2013-06-03", title=MASS_WORK))
    with filled(tmp_path, called, numbered) as store:
        assert (len(ids(store)) == 1) is same


MEANT = [
    (Statement("đề án", number="06", names=("Đề án 06",)), "06/QĐ-TTg"),
    # a province's own, or of another day
    (Statement("đề án", number="06", names=("Đề án 06",), issuer="Ủy ban nhân dân tỉnh Bắc Kạn"), None),
    (Statement("đề án", number="06", names=("Đề án 06",), date="2019-05-06"), None),
    # names that point to two laws point to none
    (Statement("luật", names=("Luật Đất đai năm 2013", "Luật Đất đai 2024")), None),
]


@pytest.mark.parametrize(("statement", "full"), MEANT)
def test_what_a_name_means(statement: Statement, full: str | None) -> None:
    meant = well_known(statement)
    assert (meant.full if meant else None) == full


@settings(max_examples=60, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_reading_makes_no_difference(made: list[Extraction], random: object) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)
    assert exported(made) == exported(shuffled + made[:1])


@settings(max_examples=40, deadline=None)
@given(reports(), st.data())
def test_what_was_removed_leaves_no_trace(made: list[Extraction], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(made), unique_by=lambda e: e.name))
    kept = [extraction for extraction in made if extraction not in gone]
    assert exported(kept) == exported(made, tuple(extraction.name for extraction in gone))


@settings(max_examples=40, deadline=None)
@given(reports(), reports())
def test_a_replaced_source_is_as_if_it_had_never_been_otherwise(old: list[Extraction], new: list[Extraction]) -> None:
    names = {extraction.name for extraction in new}
    kept = [extraction for extraction in old if extraction.name not in names]
    assert exported(old + new) == exported(kept + new)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_a_cell(number: str, issuer: str, title: str) -> None:
    """Identity takes whatever extraction makes of a broken text."""
    statement = Statement("kế hoạch", number, number, number, None, issuer, title, token="x")
    assert cell_of(statement).signature == cell_of(statement).signature
    assert cell_of(statement).keys
