"""Two numbers that are likely one document are asked about; two documents that share a number are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made import claim, filled
from test_check import TINH_UY, said

from kg.contradictions import contradictions
from kg.model import Claim, Extraction

LAND = "tăng cường sự lãnh đạo của Đảng đối với công tác bồi thường, giải phóng mặt bằng"
CENTRE = "Bộ Chính trị"
CENTRAL_COMMITTEE = "Ban Chấp hành Trung ương Đảng"


def nq(full: str, day: str = "2016-07-11", **facts: Any) -> Claim:
    """Return a claim about a resolution."""
    return claim(facts.pop("id", "d1"), "nghị quyết", full, date=day, **facts)


def asked(tmp_path: Path, *reports: Extraction) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (odd number, usual number, slips) of what is asked about two numbers."""
    with filled(tmp_path, *reports) as store:
        return [(one.value, one.usual, one.slips) for one in contradictions(store) if one.field == "symbol"]


TU_FOR_TW = ("110-NQ/TW", "110-NQ/TU", ("centre",))

TWINS = [
    # in one report: no words say whose the one with TW is
    ([nq("110-NQ/TW"), nq("110-NQ/TU", id="d2", issuer=TINH_UY)], [], [TU_FOR_TW]),
    # across reports
    ([nq("110-NQ/TW")], [nq("110-NQ/TU", issuer=TINH_UY)], [TU_FOR_TW]),
    # TW in both, one of them the Tỉnh ủy's: that one contradicts itself, and the other is asked about
    ([nq("110-NQ/TW")], [nq("110-NQ/TW", issuer=TINH_UY)], [TU_FOR_TW]),
    # another day: two documents
    ([nq("110-NQ/TW")], [nq("110-NQ/TU", "2016-07-12", issuer=TINH_UY)], []),
    # words say of both whose they are: two documents
    ([nq("110-NQ/TW", issuer=CENTRE)], [nq("110-NQ/TU", issuer=TINH_UY)], []),
    # so they do, but the subject is the same
    ([nq("110-NQ/TW", issuer=CENTRE, title=LAND)], [nq("110-NQ/TU", issuer=TINH_UY, title=LAND)], [TU_FOR_TW]),
    # the table has the central one: the local one is nobody's, and odd
    ([nq("25-NQ/TW", "2013-06-03")], [nq("25-NQ/TU", "2013-06-03")], [("25-NQ/TU", "25-NQ/TW", ("centre",))]),
    # the table alone has it
    ([nq("25-NQ/TU", "2013-06-03")], [], [("25-NQ/TU", "25-NQ/TW", ("centre",))]),
    # but words give the local one to its committee
    ([nq("25-NQ/TU", "2013-06-03", issuer=TINH_UY)], [], []),
    # a conclusion and a resolution with one number are two
    ([nq("110-NQ/TW")], [claim("d1", "kết luận", "110-KL/TU", date="2016-07-11", issuer=TINH_UY)], []),
    # the state's letters are no committee's
    ([nq("110-NQ/TW")], [nq("110/NQ-HĐND", issuer="Hội đồng nhân dân tỉnh Bắc Kạn")], []),
    # one digit from a row of the table, with its day and subject
    (
        [nq("26-NQ/TW", "2013-06-03", title="tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận")],
        [],
        [("26-NQ/TW", "25-NQ/TW", ("number", "digit"))],
    ),
    # a subject that only says what is carried out tells no two apart
    (
        [claim("d1", "kết luận", "02-KL/TW", date="2021-05-18", title="tiếp tục thực hiện Chỉ thị số 47-CT/TW")],
        [],
        [],
    ),
    # with another subject it is another document of that day
    ([nq("24-NQ/TW", "2013-06-03", title="chủ động ứng phó với biến đổi khí hậu")], [], []),
]


@pytest.mark.parametrize(("one", "other", "expected"), TWINS)
def test_two_numbers_of_one_day(
    one: list[Claim], other: list[Claim], expected: list[tuple[str, str, tuple[str, ...]]], tmp_path: Path
) -> None:
    reports = [said("a.txt", *one), *([said("b.txt", *other)] if other else [])]
    assert asked(tmp_path, *reports) == expected


def test_both_sentences_are_shown(tmp_path: Path) -> None:
    with filled(tmp_path, said("a.txt", nq("110-NQ/TW")), said("b.txt", nq("110-NQ/TU", issuer=TINH_UY))) as store:
        (one,) = contradictions(store)
    assert [(item.source, item.text[:24]) for item in (*one.evidence, *one.against)] == [
        ("a.txt", "Nghị quyết số 110-NQ/TW "),
        ("b.txt", "Nghị quyết số 110-NQ/TU "),
    ]


ISSUERS = [
    # the row of that day says the Ban Bí thư
    ("43-KL/TW", "2019-01-07", "Bộ Chính trị", ["Ban Bí thư Trung ương Đảng"]),
    ("43-KL/TW", "2019-01-07", "Ban Bí thư Trung ương Đảng", []),
    # a local body is no rival of the centre's: its number was misread otherwise
    ("43-KL/TW", "2019-01-07", None, []),
]


@pytest.mark.parametrize(("full", "day", "issuer", "expected"), ISSUERS)
def test_an_issuer_is_held_against_the_table(
    full: str, day: str, issuer: str | None, expected: list[str], tmp_path: Path
) -> None:
    with filled(tmp_path, said("a.txt", claim("d1", "kết luận", full, date=day, issuer=issuer))) as store:
        assert [one.usual for one in contradictions(store) if one.field == "issuer"] == expected


def test_the_heading_of_the_centre_stands_over_what_its_bodies_issue(tmp_path: Path) -> None:
    """A conclusion of the Secretariat is headed "Ban Chấp hành Trung ương": no contradiction, and words tell which."""
    own = said("kl.txt", type="kết luận", number="43", symbol="KL/TW", date="2019-01-07", issuer=CENTRAL_COMMITTEE)
    cited = claim("d1", "kết luận", "43-KL/TW", date="2019-01-07", issuer="Ban Bí thư Trung ương Đảng")
    with filled(tmp_path, own, said("a.txt", cited)) as store:
        assert contradictions(store) == []
        document = store.document("kl-43-tw-2019")
        assert document is not None
        assert document.issuer == "Ban Bí thư Trung ương Đảng"
    with filled(tmp_path / "alone", own) as store:
        assert contradictions(store) == []


TIES = [
    # one says so, one otherwise: the table decides, whichever day is earlier
    ("25-NQ/TW", ["2013-03-06", "2013-06-03"], "2013-06-03", True),
    ("18-CT/TW", ["2022-10-16", "2022-10-26"], "2022-10-26", True),
    # a row whose day no source confirmed decides nothing: the earlier day
    ("17-NQ/TW", ["2002-03-18", "2002-03-16"], "2002-03-16", False),
    # most statements beat the table
    ("18-CT/TW", ["2022-10-16", "2022-10-16", "2022-10-26"], "2022-10-16", False),
]


@pytest.mark.parametrize(("full", "days", "expected", "by_table"), TIES)
def test_the_table_breaks_a_tie_of_days(
    full: str, days: list[str], expected: str, by_table: bool, tmp_path: Path
) -> None:
    kind = {"NQ": "nghị quyết", "CT": "chỉ thị"}[full[3:5]]
    reports = [said(f"{n}.txt", claim("d1", kind, full, date=day)) for n, day in enumerate(days)]
    with filled(tmp_path, *reports) as store:
        (document,) = (one for one in store.documents() if one.full == full)
        assert document.date == expected
        assert document.id.endswith(expected[:4])
        shown = [item.source for one in contradictions(store) if one.usual == expected for item in one.against]
    assert any("central_documents.csv" in source for source in shown) == by_table
