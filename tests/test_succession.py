"""What units became and came from: linked with day and source, and never counted for one another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from made import claim, filled, report

import data
from kg.export import export
from kg.graph import implementers, show
from kg.localities import localities
from kg.succession import KINDS, Succession, links, unit_ids
from kg.words import labels

Run = Callable[..., Result]

AFTER = [
    # a district's committee: the communes' that have its area now
    (
        "Huyện ủy Bạch Thông, tỉnh Bắc Kạn",
        {"Phủ Thông", "Cẩm Giàng", "Vĩnh Thông", "Bạch Thông", "Phong Quang"},
        ("Đảng ủy xã Bạch Thông, tỉnh Thái Nguyên", "area", "partial", "2025-07-01", "203/2025/QH15"),
    ),
    # a people's committee, a council, the Front go with the place too
    (
        "Hội đồng nhân dân tỉnh Bắc Kạn",
        set(),
        ("Hội đồng nhân dân tỉnh Thái Nguyên", "area", "full", "2025-07-01", "202/2025/QH15"),
    ),
    (
        "Ủy ban nhân dân xã Sỹ Bình, huyện Bạch Thông, tỉnh Bắc Kạn",
        set(),
        ("Ủy ban nhân dân xã Vĩnh Thông, tỉnh Thái Nguyên", "area", "full", "2025-07-01", "register"),
    ),
    # a city under the centre of 2026 is the province's committee under a new name: nothing comes after, but before
    ("Ủy ban nhân dân tỉnh Đồng Nai", set(), None),
    # a commission merged, its committee's place in its name
    (
        "Ban Dân vận Thành ủy Bắc Kạn, tỉnh Bắc Kạn",
        set(),
        ("Ban Tuyên giáo và Dân vận Thành ủy Bắc Kạn, tỉnh Bắc Kạn", "merged", "", "2025-02", "organ_successors"),
    ),
    ("Ban Dân vận Trung ương", set(), ("Ban Tuyên giáo và Dân vận Trung ương", "merged", "", "2025-02", "")),
    ("Bộ Giao thông vận tải", set(), ("Bộ Xây dựng", "merged", "", "2025-03-01", "176/2025/QH15")),
    # hyphens and commas as they may be written
    (
        "Sở Lao động – Thương binh và Xã hội tỉnh Bắc Kạn",
        set(),
        ("Sở Nội vụ tỉnh Bắc Kạn", "merged", "", "2025-03-01", "45/2025/NĐ-CP"),
    ),
    # what ended with its level has no successor, or one above
    ("Phòng Nội vụ huyện Bạch Thông, tỉnh Bắc Kạn", set(), ("", "abolished", "", "2025-07-01", "203/2025/QH15")),
    ("Công an huyện Bạch Thông, tỉnh Bắc Kạn", set(), ("Công an tỉnh Bắc Kạn", "abolished", "", "2025-03-01", "")),
    # a standing board goes with its committee
    (
        "Ban Thường vụ Huyện ủy Bạch Thông, tỉnh Bắc Kạn",
        set(),
        ("Ban Thường vụ Đảng ủy xã Bạch Thông, tỉnh Thái Nguyên", "area", "partial", "2025-07-01", ""),
    ),
    # a city that was a province's and is one under the centre: its sở is the new one's, its committee as of old
    ("Sở Tài chính thành phố Huế", set(), None),
    ("Thành ủy Huế", set(), ("Quận ủy Thuận Hóa, thành phố Huế", "area", "partial", "2025-01-01", "register")),
    ("Tỉnh đoàn Bạc Liêu", set(), ("Tỉnh đoàn Cà Mau", "area", "full", "2025-07-01", "202/2025/QH15")),
    # a congress is no office that goes on
    ("Đại hội đại biểu Đảng bộ tỉnh Bắc Kạn lần thứ XII", set(), None),
    # a town beside a district of its name
    (
        "Thị ủy Long Mỹ, tỉnh Hậu Giang",
        set(),
        ("Đảng ủy phường Long Bình, thành phố Cần Thơ", "area", "partial", "2025-07-01", "203/2025/QH15"),
    ),
    # nine districts of that name: which one is not known
    ("Huyện ủy Châu Thành", set(), None),
    # nothing ended
    ("Chính phủ", set(), None),
]


@pytest.mark.parametrize(("name", "places", "expected"), AFTER)
def test_what_a_unit_became(name: str, places: set[str], expected: tuple[str, ...] | None) -> None:
    _, after = links(name)
    if expected is None:
        assert after == ()
        return
    new, kind, share, day, source = expected
    (one,) = [step for step in after if step.new == new]
    assert (one.kind, one.share, one.date) == (kind, share, day)
    assert source in one.source
    assert all(any(f" {place}," in step.new for step in after) for place in places)


BEFORE = [
    # rank: the same committee under its older name
    ("Thành ủy Bắc Kạn, tỉnh Bắc Kạn", ("Thị ủy Bắc Kạn, tỉnh Bắc Kạn", "renamed", "2015-03-11", "892/NQ-UBTVQH13")),
    ("Ủy ban nhân dân tỉnh Bắc Ninh", ("Ủy ban nhân dân tỉnh Bắc Ninh", "renamed", "2026-09-20", "39/2026/QH16")),
    # back from the commune of 2025 to the district and to the communes that went into it
    ("Đảng ủy xã Bạch Thông, tỉnh Thái Nguyên", ("Huyện ủy Bạch Thông, tỉnh Bắc Kạn", "area", "2025-07-01", "203")),
    (
        "Đảng ủy xã Bạch Thông, tỉnh Thái Nguyên",
        ("Đảng ủy xã Quang Thuận, huyện Bạch Thông, tỉnh Bắc Kạn", "area", "2025-07-01", ""),
    ),
    # a ward of 2026
    (
        "Ủy ban nhân dân phường Hiệp Hòa, thành phố Bắc Ninh",
        ("Ủy ban nhân dân xã Hiệp Hòa, tỉnh Bắc Ninh", "renamed", "2026-09-20", "388/NQ-UBTVQH16"),
    ),
    ("Tỉnh ủy Thái Nguyên", ("Tỉnh ủy Bắc Kạn", "area", "2025-07-01", "202/2025/QH15")),
    # a commune of a city under the centre
    (
        "Ủy ban nhân dân phường Thuận Hóa, thành phố Huế",
        ("Ủy ban nhân dân quận Thuận Hóa, thành phố Huế", "area", "2025-07-01", "203/2025/QH15"),
    ),
    # both of a merger
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy Bắc Giang", ("Ban Dân vận Tỉnh ủy Bắc Giang", "merged", "2025-02", "")),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy Bắc Giang", ("Ban Tuyên giáo Tỉnh ủy Bắc Giang", "merged", "2025-02", "")),
]


@pytest.mark.parametrize(("name", "expected"), BEFORE)
def test_what_a_unit_came_from(name: str, expected: tuple[str, str, str, str]) -> None:
    old, kind, day, source = expected
    before, _ = links(name)
    (one,) = [step for step in before if step.old == old]
    assert (one.kind, one.date) == (kind, day)
    assert source in one.source


def test_a_level_tells_of_a_name_that_stood_for_two() -> None:
    assert links("Thành ủy Huế")[1]
    assert links("Thành ủy Huế", "tỉnh")[1] == ()


def test_what_had_ended_was_carried_on_by_no_place() -> None:
    """Ban Dân vận Tỉnh ủy ended in February 2025, the province in July: Cà Mau's has nothing of Bạc Liêu's."""
    before, (after,) = links("Ban Dân vận Tỉnh ủy Cà Mau")
    assert before == ()
    assert after.new == "Ban Tuyên giáo và Dân vận Tỉnh ủy Cà Mau"


@pytest.mark.parametrize("row", data.table("organ_successors"), ids=lambda row: f"{row['old']} ({row['level']})")
def test_organ_successors(row: dict[str, str]) -> None:
    """Each row is found from a unit of its level, and leads back."""
    place = {"tỉnh": "tỉnh Bắc Kạn", "huyện": "huyện Bạch Thông, tỉnh Bắc Kạn", "trung ương": ""}[row["level"]]
    committee = {"tỉnh": "Tỉnh ủy Bắc Kạn", "huyện": "Huyện ủy Bạch Thông, tỉnh Bắc Kạn", "trung ương": ""}[
        row["level"]
    ]
    name = row["old"].replace("{cấp ủy}", committee) if "{cấp ủy}" in row["old"] else f"{row['old']} {place}".strip()
    assert row["kind"] in KINDS
    _, after = links(name)
    (one,) = [step for step in after if row["source"] in step.source]
    assert one.kind == row["kind"]
    assert bool(one.new) == (row["new"] != "-")
    if one.new and "{tỉnh}" not in row["new"]:
        assert name in {step.old for step in links(one.new)[0]}


def test_kinds_and_shares_have_words() -> None:
    assert set(KINDS) == set(labels("succession"))
    assert set(labels("share")) == {"full", "partial"}


DISTRICT = "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"
COMMUNE = "Ủy ban nhân dân xã Bạch Thông, tỉnh Thái Nguyên"
CT33 = claim("ct", "chỉ thị", "33/CT-TTg", date="2021-11-26", issuer="Thủ tướng Chính phủ")
PLAN = claim("kh", "kế hoạch", "35/KH-UBND", date="2022-02-17", issuer=DISTRICT)
LATER = claim("kx", "kế hoạch", "7/KH-UBND", date="2026-02-17", issuer=COMMUNE)


def test_a_successor_did_not_do_what_its_predecessor_did(tmp_path: Path) -> None:
    made = report("a.txt", CT33, PLAN, LATER, relations=(("kh", "implements", "ct"),))
    with filled(tmp_path, made) as store:
        assert [line.unit.name for line in implementers(store, "ct-33-ttg-2021")] == [DISTRICT]
        units = {unit.name: unit.id for unit in store.units()}
        assert units[DISTRICT] != units[COMMUNE]
        assert export(store)["unit_relations"] == [
            {
                "source": units[COMMUNE],
                "type": "succeeds",
                "target": units[DISTRICT],
                "kind": "area",
                "share": "partial",
                "date": "2025-07-01",
                "basis": "Nghị quyết 203/2025/QH15; data/register.csv.gz",
            }
        ]
        assert COMMUNE in {step.new for step in show(store, units[DISTRICT]).after}
        assert DISTRICT in {step.old for step in show(store, units[COMMUNE]).before}


def test_ids_of_a_step() -> None:
    one = Succession("Thị ủy Bắc Kạn, tỉnh Bắc Kạn", "Thành ủy Bắc Kạn, tỉnh Bắc Kạn", "renamed", "2015-03-11", "")
    assert len(set(unit_ids(one))) == 1  # one unit with two names
    assert unit_ids(Succession("Tỉnh ủy Bắc Kạn", "", "abolished", "2025", ""))[1] == ""


PLACES = [
    ("huyện Bạch Thông", ["huyện Bạch Thông, tỉnh Bắc Kạn"]),
    ("huyen bach thong", []),  # a type of place is told with its marks, as names are that are to be sure
    ("xã Bạch Thông", ["xã Bạch Thông, tỉnh Thái Nguyên"]),
    ("xã Bình Thành, huyện Định Hóa", ["xã Bình Thành, huyện Định Hóa, tỉnh Thái Nguyên"]),
    ("xã Bình Thành, tỉnh Thái Nguyên", ["xã Bình Thành, huyện Định Hóa, tỉnh Thái Nguyên",
                                         "xã Bình Thành, tỉnh Thái Nguyên"]),
    ("tỉnh Bắc Kạn", ["tỉnh Bắc Kạn"]),
    # a unit, a number, no place
    ("UBND huyện Bạch Thông", []),
    ("25-NQ/TW", []),
    ("xã Không Có", []),
]  # fmt: skip


@pytest.mark.parametrize(("ref", "expected"), PLACES)
def test_places_as_they_are_asked_for(ref: str, expected: list[str], tmp_path: Path) -> None:
    with filled(tmp_path, report("a.txt", PLAN)) as store:
        assert sorted(one.name for one in localities(store, ref)) == sorted(expected)


def test_show_a_place(ask: Run) -> None:
    page = ask("show", "huyện Bạch Thông").stdout
    assert "Huyện Bạch Thông, tỉnh Bắc Kạn" in page
    assert "Đến hết: 30/06/2025" in page
    assert "ubnd-huyen-bach-thong-bac-kan" in page
    assert "- xã Bạch Thông, tỉnh Thái Nguyên: một phần địa bàn, từ 01/07/2025 (nguồn: Nghị quyết 203/2025/QH15" in page
    (row,) = json.loads(ask("show", "huyện Bạch Thông", "--format", "json").stdout)
    assert (row["code"], row["valid_to"], row["after"][0]["date"]) == ("063", "2025-06-30", "2025-07-01")


def test_show_a_unit_with_what_came_after(ask: Run) -> None:
    page = ask("show", "UBND huyện Bạch Thông").stdout
    assert "Tiếp nối (5)" in page
    assert "- Ủy ban nhân dân xã Bạch Thông, tỉnh Thái Nguyên: một phần địa bàn, từ 01/07/2025" in page
    older = ask("show", "Thành ủy Bắc Kạn").stdout
    assert "- Thị ủy Bắc Kạn, tỉnh Bắc Kạn → Thành ủy Bắc Kạn, tỉnh Bắc Kạn: đổi tên hoặc đổi loại" in older


def test_show_the_row_of_the_table(ask: Run) -> None:
    """Number, day, issuer, subject, names in use, source; of a local document none."""
    page = " ".join(ask("show", "25-NQ/TW 2013").stdout.split())
    assert "Bảng văn bản Trung ương: nghị quyết 25-NQ/TW ngày 03/06/2013 của Ban Chấp hành Trung ương Đảng" in page
    assert "Nghị quyết Trung ương 7 khóa XI" in page
    assert "[nguồn: báo cáo thực tế" in page
    whole = json.loads(ask("show", "25-NQ/TW 2013", "--format", "json").stdout)
    assert whole["known"]["full"] == "25-NQ/TW"
    assert json.loads(ask("show", "35/KH-UBND", "--format", "json").stdout)["known"] is None
