"""Which period a report is about, and which reports a directive asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.periods import SPANS, Demand, demands_in, parts_of, period_reported, stated_period

TITLES = [
    # title, day of the report, period
    ("Kết quả công tác dân vận năm 2022", "2023-01-15", "2022"),  # what the title says, not the day
    ("Kết quả 6 tháng đầu năm 2023", "2023-06-10", "2023-H1"),
    ("Kết quả 6 tháng cuối năm 2022", "2023-01-05", "2022-H2"),
    ("Sơ kết 6 tháng đầu năm; nhiệm vụ 6 tháng cuối năm", "2022-06-20", "2022-H1"),  # the first; its year is the day's
    ("Kết quả công tác năm 2022; phương hướng năm 2023", "2022-12-20", "2022"),
    ("Công tác dân vận sáu tháng năm 2022", "2022-06-20", "2022-H1"),
    ("Công tác dân vận quý II/2022", "2022-06-20", "2022-Q2"),
    ("Công tác dân vận quý 3 năm 2022", "2022-09-20", "2022-Q3"),
    ("Công tác dân vận Quý I", "2023-03-20", "2023-Q1"),
    ("Tình hình 9 tháng đầu năm 2022", "2022-09-20", "2022-9M"),
    ("Công tác tháng 5/2022", "2022-05-25", "2022-05"),
    ("Kết quả thực hiện Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021", "2023-01-15", None),  # a day is no period
    ("Kết quả thi hành Luật Tiếp công dân năm 2013", "2023-01-15", None),  # nor is the year of a law
    ("Sơ kết giai đoạn năm 2021 - 2025", "2023-01-15", None),
    ("Tình hình người Việt Nam ở nước ngoài", "2023-01-15", None),
]


@pytest.mark.parametrize(("title", "day", "period"), TITLES)
def test_the_period_of_a_title(title: str, day: str, period: str | None) -> None:
    found = stated_period(title, day)
    assert (found.id if found else None) == period


REPORTS = [
    # a title without period: the sentence that says what is reported
    ("Kết quả công tác dân vận", "Ủy ban nhân dân xã báo cáo kết quả 6 tháng đầu năm 2022 như sau:", "2022-H1"),
    ("Kết quả công tác dân vận", "Trong năm 2022 đã tổ chức 5 cuộc họp.", None),
    ("Tổng kết 5 năm thực hiện Chỉ thị", "báo cáo kết quả năm 2022 như sau:", None),  # several years are no period
]


@pytest.mark.parametrize(("title", "opening", "period"), REPORTS)
def test_the_period_of_a_text(title: str, opening: str, period: str | None) -> None:
    found = period_reported(title, opening, "2023-01-15")
    assert (found.id if found else None) == period


DEMANDS = [
    (
        "Định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12) báo cáo kết quả về Sở Nội vụ.",
        [Demand("half", 15, 6), Demand("year", 15, 12)],
    ),
    (
        "Báo cáo sáu tháng trước ngày 15/5, báo cáo năm trước ngày 15/11, gửi Phòng Nội vụ tổng hợp.",
        [Demand("half", 15, 5), Demand("year", 15, 11)],
    ),
    ("Các đơn vị định kỳ hằng quý báo cáo trước ngày 20 tháng cuối quý.", [Demand("quarter")]),
    ("Định kỳ hằng quý trước ngày 20 tháng cuối quý, các xã báo cáo kết quả.", [Demand("quarter", 20)]),
    ("Báo cáo định kỳ gửi về Sở Nội vụ trước ngày 30 tháng 11 hằng năm.", [Demand("year", 30, 11)]),
    (
        "Các huyện báo cáo định kỳ tháng, quý, 6 tháng, 9 tháng và năm theo quy định.",
        [Demand("month"), Demand("quarter"), Demand("half"), Demand("nine months"), Demand("year")],
    ),
    ("Định kỳ 06 tháng, 01 năm báo cáo Ủy ban nhân dân huyện.", [Demand("half"), Demand("year")]),
    # one body by name: not of all
    ("2. Bộ Nội vụ theo dõi; mỗi năm tổng hợp báo cáo Thủ tướng trước ngày 31 tháng 12.", []),
    ("Giao Sở Nội vụ định kỳ 6 tháng báo cáo Ủy ban nhân dân tỉnh.", []),
    ("Ban Dân vận Tỉnh ủy hướng dẫn các huyện ủy định kỳ 6 tháng báo cáo.", [Demand("half")]),
    ("Giao Tòa án nhân dân theo dõi, đôn đốc việc thực hiện, định kỳ hằng quý báo cáo Tỉnh ủy.", []),
    ("- Giao Trung ương Ban Chấp hành Đoàn theo dõi, định kỳ hằng quý báo cáo Ban Bí thư.", []),
    ("Giao Đảng ủy Khối các cơ quan và doanh nghiệp theo dõi, hằng quý báo cáo Tỉnh ủy.", []),  # "các" in a name
    ("Giao Ban Tổ chức phối hợp với các cơ quan liên quan theo dõi, định kỳ hằng quý báo cáo.", []),
    ("Giao Sở Nội vụ đôn đốc các huyện thực hiện, tổng hợp, định kỳ 6 tháng báo cáo.", []),  # its own clause
    ("IV. Thực hiện: Giao Ủy ban Kiểm tra theo dõi, hằng năm báo cáo.", []),
    ("Giao các cơ quan, đơn vị triển khai, định kỳ hằng quý báo cáo.", [Demand("quarter")]),
    ("Giao UBND các huyện tổ chức thực hiện, định kỳ hằng quý báo cáo.", [Demand("quarter")]),
    ("Giao cấp ủy trực thuộc triển khai, định kỳ hằng quý báo cáo.", [Demand("quarter")]),
    ("Đề nghị Mặt trận Tổ quốc và các đoàn thể phối hợp, hằng quý báo cáo.", [Demand("quarter")]),
    ("Giao Phòng Nội vụ theo dõi; các xã định kỳ hằng quý báo cáo.", [Demand("quarter")]),
    ("Yêu cầu thủ trưởng cơ quan, đơn vị định kỳ hằng quý báo cáo.", [Demand("quarter")]),
    # once, or of a certain year
    ("Gửi báo cáo về Sở Nội vụ trước ngày 20/5/2023.", []),
    ("Gửi báo cáo năm 2022 trước ngày 15/12/2022.", []),
    ("Ban Dân vận chủ trì báo cáo theo định kỳ.", []),  # no period named
    # no report
    ("Định kỳ 6 tháng tổ chức họp giao ban.", []),
    ("Hằng năm tổ chức tập huấn.", []),
    ("Báo cáo quy định về tiếp công dân.", []),  # quy định is no quý
]


@pytest.mark.parametrize(("sentence", "demands"), DEMANDS)
def test_reports_asked_for(sentence: str, demands: list[Demand]) -> None:
    assert [replace(demand, levels=()) for demand in demands_in(sentence)] == demands


NAMED = [
    # whom a sentence names
    ("Các huyện, thành phố định kỳ 6 tháng báo cáo.", ("huyện",)),
    ("Các sở, ngành, Ủy ban nhân dân các huyện định kỳ 6 tháng báo cáo.", ("tỉnh", "huyện")),
    ("UBND các xã, phường, thị trấn hằng năm báo cáo.", ("xã",)),
    ("Các cơ quan, đơn vị hằng năm báo cáo.", ()),
]


@pytest.mark.parametrize(("sentence", "levels"), NAMED)
def test_the_levels_that_are_asked(sentence: str, levels: tuple[str, ...]) -> None:
    assert {demand.levels for demand in demands_in(sentence)} == {levels}


def test_the_day_a_report_is_due() -> None:
    first, second = parts_of(2022, "half")
    assert Demand("half", 15, 5).due(first) == date(2022, 5, 15)
    assert Demand("half", 15, 5).due(second) == date(2022, 12, 31)  # that day is the first half's
    assert Demand("quarter", 31).due(parts_of(2022, "quarter")[1]) == date(2022, 6, 30)
    assert Demand("year").due(parts_of(2022, "year")[0]) == date(2022, 12, 31)


FILLS = [
    ("half", 0, "quarter", 1, True),  # of six months: also the second quarter's
    ("half", 0, "quarter", 0, False),
    ("year", 0, "half", 1, True),
    ("quarter", 3, "year", 0, False),  # the fourth quarter alone is not the year
    ("nine months", 0, "quarter", 2, True),
]


@pytest.mark.parametrize(("every", "part", "asked", "which", "fills"), FILLS)
def test_a_report_fills_what_it_covers_to_the_end(every: str, part: int, asked: str, which: int, fills: bool) -> None:
    assert parts_of(2022, every)[part].fills(parts_of(2022, asked)[which]) is fills


@given(st.text(max_size=80), st.sampled_from([*SPANS]))
def test_any_text_is_read(text: str, every: str) -> None:
    stated_period(text, "2022-05-01")
    assert all(demand.every in SPANS for demand in demands_in(f"báo cáo định kỳ năm {text}"))
