"""How long after the directive, how long after the plan above, and which reports came."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import run_command
from made import claim, filled, report
from province import write_papers

from kg.periods import parts_of
from kg.reporting import period_of_day, periods, reporting
from kg.timeline import pace_of, timeline

Run = Callable[..., Result]

TU, CITY = "Tỉnh ủy Bắc Kạn", "Thành ủy Bắc Kạn, tỉnh Bắc Kạn"
NQ = claim("nq", "nghị quyết", "25-NQ/TW", date="2013-06-03", issuer="Ban Chấp hành Trung ương Đảng khóa XI")
KL = claim("kl", "kết luận", "43-KL/TW", date="2019-01-07", issuer="Ban Bí thư")
CTR = claim("ctr", "chương trình", "14-CTr/TU", date="2013-08-06", issuer=TU)
KH = claim("kh", "kế hoạch", "97-KH/TU", date="2013-08-23", issuer=CITY)
LATE = claim("late", "kế hoạch", "98-KH/TU", date="2013-12-01", issuer=CITY)
UNDATED = claim("un", "kế hoạch", "72/KH-CCB", issuer="Hội Cựu chiến binh thành phố Bắc Kạn, tỉnh Bắc Kạn")
CASCADE = (
    ("ctr", "implements", "nq"),
    ("kh", "implements", "nq"),
    ("kh", "implements", "ctr"),
    ("late", "based_on", "ctr"),
    ("kl", "continues", "nq"),
    ("un", "implements", "nq"),
)

EVENTS = [
    # document, days after the directive, parent, days after the parent, kept bound (0: none, None: not judged)
    ("14-CTr/TU", 64, "25-NQ/TW", 64, 0),
    ("97-KH/TU", 81, "14-CTr/TU", 17, 30),  # names both: the nearer document above counts
    ("98-KH/TU", 181, "14-CTr/TU", 117, 0),
    ("43-KL/TW", 2044, "25-NQ/TW", 2044, None),  # what continues a directive is not late
    ("72/KH-CCB", None, "25-NQ/TW", None, None),  # no day: last, and not judged
]


def test_events(tmp_path: Path) -> None:
    store = filled(tmp_path, report("a.txt", NQ, KL, CTR, KH, LATE, UNDATED, relations=CASCADE))
    found = [
        (e.document.full, e.days, e.parent and e.parent.full, e.parent_days, e.pace)
        for e in timeline(store, "nq-25-tw-2013")
    ]
    assert found == EVENTS
    early = timeline(store, "nq-25-tw-2013", on="2013-08")
    assert [e.document.full for e in early] == ["14-CTr/TU", "97-KH/TU", "72/KH-CCB"]


TINH, HUYEN = "Ủy ban nhân dân tỉnh Bắc Kạn", "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"
CT = claim("ct", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
ITS_PLAN = claim("kh", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=HUYEN)
ABOVE = [
    # what the plan names, of which day and issuer, by which relation; parent and days, for nobody says what it is for
    ("kế hoạch", "780/KH-UBND", "2021-12-20", TINH, "based_on", ("780/KH-UBND", 59)),
    ("kế hoạch", "780/KH-UBND", "2021-12-20", TINH, "cites", ("33/CT-TTg", 83)),  # a mere mention
    ("kế hoạch", "700/KH-UBND", "2021-10-20", TINH, "based_on", ("33/CT-TTg", 83)),  # before the directive
    ("kế hoạch", "10/KH-UBND", "2022-01-20", HUYEN, "based_on", ("33/CT-TTg", 83)),  # its own level
    ("quyết định", "9/QĐ-TTg", "2022-01-20", "Thủ tướng Chính phủ", "based_on", ("33/CT-TTg", 83)),  # two above
    ("kế hoạch", "780/KH-UBND", "2021-12-20", "Ủy ban nhân dân tỉnh Lào Cai", "based_on", ("33/CT-TTg", 83)),
    ("kế hoạch", "780/KH-UBND", None, TINH, "based_on", ("33/CT-TTg", 83)),  # of no known day
]


@pytest.mark.parametrize(("type", "number", "day", "issuer", "relation", "parent"), ABOVE)
def test_the_plan_above_that_a_plan_names_itself(
    type: str, number: str, day: str | None, issuer: str, relation: str, parent: tuple[str, int], tmp_path: Path
) -> None:
    named = claim("above", type, number, date=day, issuer=issuer)
    relations = (("kh", "implements", "ct"), ("kh", relation, "above"))
    store = filled(tmp_path, report("a.txt", CT, ITS_PLAN, named, relations=relations))
    found = [e for e in timeline(store, "ct-33-ttg-2021") if e.document.full == "35/KH-UBND"]
    assert [(e.parent and e.parent.full, e.parent_days) for e in found] == [parent]
    assert all(item.text for e in found for item in e.evidence)


@pytest.mark.parametrize(
    ("days", "bound"),
    [(0, 30), (30, 30), (31, 60), (61, 0), (None, None), (-3, None)],  # before its parent: a slip
)
def test_pace(days: int | None, bound: int | None) -> None:
    assert pace_of(days, (30, 60)) == bound


def test_the_periods_between() -> None:
    assert [p.id for p in periods("2021-12-20", "2023-05", "year")] == ["2021", "2022", "2023"]
    assert [p.id for p in periods("2022-05-01", "2023-02-01", "half")] == ["2022-H1", "2022-H2", "2023-H1"]
    assert [p.id for p in periods("2022-11-01", "2023-05-12", "quarter")] == ["2022-Q4", "2023-Q1", "2023-Q2"]


def test_reports_expected_and_found(tmp_path: Path) -> None:
    answer = report(
        "b.txt",
        NQ,
        KH,
        relations=(("self", "reports_on", "kh"),),
        issuer=CITY,
        date="2014-12-10",
        title="Kết quả năm 2014",
    )
    store = filled(tmp_path, report("a.txt", NQ, KH, relations=(("kh", "implements", "nq"),)), answer)
    directive = store.document("nq-25-tw-2013")
    assert directive is not None
    found = reporting(store, timeline(store, directive.id), directive, "year", "2015-06-01")
    assert [(one.unit.name, [(line.period.id, line.report is not None) for line in one.periods]) for one in found] == [
        (CITY, [("2013", False), ("2014", True), ("2015", False)])
    ]


def test_who_only_continues_owes_no_report_and_a_town_raised_to_a_city_still_does(tmp_path: Path) -> None:
    store = filled(tmp_path, report("a.txt", NQ, KL, KH, relations=(CASCADE[1], CASCADE[4])))
    directive = store.document("nq-25-tw-2013")
    assert directive is not None
    found = reporting(store, timeline(store, directive.id), directive, "year", "2020-06-01")
    assert [(one.unit.name, one.periods[-1].period.id) for one in found] == [(CITY, "2020")]  # no Ban Bí thư


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2023-05-10", "2023-H1"),  # the shortest that holds it
        ("2023-05", "2023-H1"),
        ("2023-12-10", "2023"),
        ("2023", "2023"),
        ("2024-01-05", None),
        ("", None),
    ],
)
def test_the_period_of_a_report_without_words_for_it(day: str, period: str | None) -> None:
    expected = [*parts_of(2023, "half")[:1], *parts_of(2023, "year")]
    found = period_of_day(day, expected)
    assert (found.id if found else None) == period


def test_a_province_in_time_and_late(tmp_path: Path) -> None:
    """Ten districts: five within 60 days of the directive, five 255 days after the province's plan."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_papers(folder)
    run_command("--store", tmp_path / "store", "ingest", folder)
    result = run_command("--store", tmp_path / "store", "timeline", "33/CT-TTg", "--format", "json")
    rows = [row for row in json.loads(result.stdout) if row["level"] == "huyện" and "Kế hoạch" in row["document"]]
    assert sorted((row["days"], row["parent"], row["parent_days"], row["pace"]) for row in rows) == [
        *[(45, "33/CT-TTg", 45, 60)] * 5,
        *[(279, "780/KH-UBND", 255, 0)] * 5,
    ]


def test_the_reports_that_a_province_asks_for(tmp_path: Path) -> None:
    """Five districts answer their province: for 2022 by the subject, for six months of 2023 by the text."""
    folder = tmp_path / "papers"
    folder.mkdir()
    write_papers(folder)
    run_command("--store", tmp_path / "store", "ingest", folder)
    asked = ("timeline", "33/CT-TTg", "--reports", "asked", "--as-of", "2023-06-30")
    rows = json.loads(run_command("--store", tmp_path / "store", *asked, "--format", "json").stdout)
    expected = Counter(
        tuple((one["period"], one["due"], bool(one["document"])) for one in row["reports"]) for row in rows
    )
    first, year, second = ("2022-H1", "2022-06-15"), ("2022", "2022-12-15"), ("2023-H1", "2023-06-15")
    assert expected == {
        ((*year, True), (*second, True)): 5,  # their plans came in September
        # who carries the directive out without naming the province's plan answers to the province too
        ((*first, False), (*year, False), (*second, False)): 5,
    }
    assert {row["level"] for row in rows} == {"huyện"}  # no commune: "Các huyện"
    said = run_command("--store", tmp_path / "store", *asked).stdout
    assert "6 tháng (trước ngày 15/06), hằng năm (trước ngày 15/12)" in said
    assert "chưa" not in said.replace("chưa thấy", "")


def test_on_the_samples(ask: Run) -> None:
    said = ask("timeline", "33/CT-TTg").stdout
    assert "sau 59 ngày (780/KH-UBND)" in " ".join(said.split())
    assert ask("timeline", "33/CT-TTg", "--bounds", "x").exit_code == 2
    asked = " ".join(ask("timeline", "33/CT-TTg", "--reports", "asked").stdout.split())
    assert "6 tháng đầu năm 2023: 47/BC-UBND" in asked
    assert "năm 2023: 47/BC-UBND" in " ".join(ask("timeline", "33/CT-TTg", "--reports", "year").stdout.split())
    assert "10 văn bản: 3 trong 30 ngày, 1 trong 60 ngày, 3 sau 60 ngày, 3 báo cáo (tính" in said


def test_what_is_asked_stands_above_who_in_short(ask: Run) -> None:
    said = ask("who", "33/CT-TTg").stdout
    assert said.count("yêu cầu báo cáo định kỳ:") == 2
    assert "(và 1 văn bản khác yêu cầu báo cáo định kỳ)" in said
    assert "35/KH-UBND (UBND huyện Bạch Thông" in said  # many units have a plan of that number
    for question in ("who", "timeline"):
        assert "yêu cầu báo cáo" not in ask(question, "33/CT-TTg", "--as-of", "2020-01-01").stdout
    assert "yêu cầu báo cáo" not in ask("who", "33/CT-TTg", "--level", "trung ương").stdout
    assert ask("timeline", "33/CT-TTg", "--reports", "asked").stdout.count("yêu cầu báo cáo định kỳ:") == 3
