from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import register
from kg.register import (
    Place,
    children,
    find_places,
    full_name,
    is_below,
    is_valid,
    parent_of,
    places,
    province_of,
    provinces,
    successors,
    with_code,
)

COUNTS = [
    # the three-level country as the packages have it; 10,598 communes is also the official number for 2023
    ("2022-12-01", {"tỉnh": 63, "huyện": 705, "xã": 10599}),
    ("2023-12-01", {"tỉnh": 63, "huyện": 705, "xã": 10598}),
    # the last day of the districts: 10,035 communes went into the merger
    ("2025-06-30", {"tỉnh": 63, "huyện": 696, "xã": 10035}),
    # resolution 202/2025/QH15
    ("2025-07-01", {"tỉnh": 34, "xã": 3321}),
    # the changes of 2026 add and remove no unit
    ("2026-10-01", {"tỉnh": 34, "xã": 3321}),
]


@pytest.mark.parametrize(("on", "expected"), COUNTS)
def test_counts_of_a_day(on: str, expected: dict[str, int]) -> None:
    assert Counter(place.level for place in places() if is_valid(place, on)) == expected


TYPE_COUNTS = [
    # five cities under the centre; Huế is the sixth from 2025, the year 2026 makes nine
    ("2024-12-31", "tỉnh", "thành phố", 5),
    ("2025-01-01", "tỉnh", "thành phố", 6),
    ("2026-10-01", "tỉnh", "thành phố", 9),
    # 13 special zones (đặc khu); 22 communes became wards in 2026
    ("2025-07-01", "xã", "đặc khu", 13),
    ("2025-07-01", "xã", "phường", 687),
    ("2026-10-01", "xã", "phường", 709),
    # no township (thị trấn) is left
    ("2025-07-01", "xã", "thị trấn", 0),
]


@pytest.mark.parametrize(("on", "level", "type", "expected"), TYPE_COUNTS)
def test_counts_of_a_type(on: str, level: str, type: str, expected: int) -> None:
    assert sum((place.level, place.type) == (level, type) for place in places() if is_valid(place, on)) == expected


FULL_NAMES = [
    # district and commune of one name: the day tells them apart
    ("Bạch Thông", "2023", ["huyện Bạch Thông, tỉnh Bắc Kạn"]),
    ("Bạch Thông", "2025-08", ["xã Bạch Thông, tỉnh Thái Nguyên"]),
    # a year in which both were there gives both
    ("Bạch Thông", "2025", ["huyện Bạch Thông, tỉnh Bắc Kạn", "xã Bạch Thông, tỉnh Thái Nguyên"]),
    # dissolved before the districts ended; its name came back for a ward
    ("Yên Dũng", "2020", ["huyện Yên Dũng, tỉnh Bắc Giang"]),
    ("Yên Dũng", "2025-03", []),
    ("Yên Dũng", "2025-07-15", ["phường Yên Dũng, tỉnh Bắc Ninh"]),
    # upgraded: the document's day decides the word before the name
    ("Việt Yên", "2023-06-01", ["huyện Việt Yên, tỉnh Bắc Giang"]),
    ("Việt Yên", "2024-06-01", ["thị xã Việt Yên, tỉnh Bắc Giang"]),
    ("Bắc Kạn", "2014", ["tỉnh Bắc Kạn", "thị xã Bắc Kạn, tỉnh Bắc Kạn"]),
    ("Bắc Kạn", "2023", ["tỉnh Bắc Kạn", "thành phố Bắc Kạn, tỉnh Bắc Kạn"]),
    # renamed on the way up
    ("Tĩnh Gia", "2019", ["huyện Tĩnh Gia, tỉnh Thanh Hóa"]),
    ("Nghi Sơn", "2021-01", ["thị xã Nghi Sơn, tỉnh Thanh Hóa", "xã Nghi Sơn, thị xã Nghi Sơn, tỉnh Thanh Hóa"]),
    # a city under the centre has nothing above it
    ("Hà Nội", None, ["thành phố Hà Nội"]),
    ("Huế", "2025-01-01", ["thành phố Huế"]),
    ("Thừa Thiên Huế", "2024", ["tỉnh Thừa Thiên Huế"]),
    # the cities of 2026
    ("Đồng Nai", "2026-04-29", ["tỉnh Đồng Nai"]),
    ("Đồng Nai", "2026-05", ["thành phố Đồng Nai"]),
    # the parents are those of the day as well
    ("Trảng Bom", "2026-04", ["xã Trảng Bom, tỉnh Đồng Nai", "phường Trảng Bom, thành phố Đồng Nai"]),
    # quận and phường of a city district
    ("Hoàn Kiếm", "2020", ["quận Hoàn Kiếm, thành phố Hà Nội"]),
    # islands: a district without communes, then a special zone
    ("Cồn Cỏ", "2024", ["huyện Cồn Cỏ, tỉnh Quảng Trị"]),
    ("Cồn Cỏ", "2026", ["đặc khu Cồn Cỏ, tỉnh Quảng Trị"]),
]


@pytest.mark.parametrize(("name", "on", "expected"), FULL_NAMES)
def test_full_names_on_a_day(name: str, on: str | None, expected: list[str]) -> None:
    found = find_places(name, on=on)
    days = [max(place.valid_from, on) if on and len(on) < 10 else on for place in found]
    assert [full_name(place, day) for place, day in zip(found, days, strict=True)] == expected


SPELLINGS = [
    # i and y, in both directions
    ("Sĩ Bình", "Sỹ Bình"),
    ("Sỹ Bình", "Sỹ Bình"),
    ("Quí Quân", "Quý Quân"),
    # the tone's place, capitals
    ("HOÀ BÌNH", "Hòa Bình"),
    ("Thuỷ Nguyên", "Thủy Nguyên"),
    ("thái Nguyên", "Thái Nguyên"),
    # hyphens and dashes, with and without blanks
    ("Phan Rang-Tháp Chàm", "Phan Rang - Tháp Chàm"),
    ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    # apostrophes
    ("Ia H' Drai", "Ia H'Drai"),
    ("Ia H’Drai", "Ia H'Drai"),
    # double blanks; decomposed letters; another letter that looks like Đ
    ("Vũng  Liêm", "Vũng Liêm"),
    ("Bạch Thông", "Bạch Thông"),
    ("Ðông Triều", "Đông Triều"),
    # the other package's spelling
    ("Đăk Đoa", "Đak Đoa"),
    ("Xà Phìn", "Sà Phìn"),
    # as typed without marks
    ("bach thong", "Bạch Thông"),
    ("Sy Binh", "Sỹ Bình"),
    ("dak ha", "Đăk Hà"),
]


@pytest.mark.parametrize(("written", "name"), SPELLINGS)
def test_spellings_of_one_name(written: str, name: str) -> None:
    assert name in {place.name for place in find_places(written)}


NOT_FOUND = [
    # another tone is another name
    ("Bách Thông", {}),
    # a name with marks falls back to no marks never, within a place neither
    ("Bình Thạnh", {"within": "Định Hóa"}),
    # the type before the name and the one asked for contradict each other
    ("huyện Bạch Thông", {"type": "xã"}),
    # a type alone, nothing
    ("huyện", {}),
    ("", {}),
]


@pytest.mark.parametrize(("name", "question"), NOT_FOUND)
def test_not_found(name: str, question: dict[str, str]) -> None:
    within = one(question["within"], level="huyện") if "within" in question else None
    assert find_places(name, type=question.get("type"), within=within) == ()


WITH_TYPE = [
    ("huyện Bạch Thông", "huyện Bạch Thông"),
    ("Thành phố Bắc Kạn", "thành phố Bắc Kạn"),
    ("tỉnh Bắc Kạn", "tỉnh Bắc Kạn"),
    # wards and districts named by a number, with and without the zero
    ("Phường 07", "phường 7"),
    ("quận 1", "quận 1"),
    # a township, in capitals as in a letterhead
    ("THỊ TRẤN PHỦ THÔNG", "thị trấn Phủ Thông"),
    # a ward whose name has the word "phường" in it
    ("Phường Đúc", "phường Phường Đúc"),
]


@pytest.mark.parametrize(("name", "expected"), WITH_TYPE)
def test_type_before_the_name(name: str, expected: str) -> None:
    assert {f"{place.type} {place.name}" for place in find_places(name)} == {expected}


def test_homonyms_are_told_apart_by_what_is_above() -> None:
    assert len(find_places("Bình Thành", type="xã", on="2023-06-01")) == 9
    district = one("Định Hóa", level="huyện")
    assert [place.code for place in find_places("Bình Thành", within=district)] == ["05605"]
    assert [place.code for place in find_places("Bình Thành", within=province_of(district), on="2023")] == ["05605"]
    assert len(find_places("Châu Thành", type="huyện", on="2023")) > 5


def test_a_code_is_used_again() -> None:
    assert [(place.type, place.name, place.valid_to) for place in with_code("24")] == [
        ("tỉnh", "Bắc Giang", "2025-06-30"),
        ("tỉnh", "Bắc Ninh", "2026-09-19"),
        ("thành phố", "Bắc Ninh", None),
    ]
    giang, ninh, _ = with_code("24")
    # communes of the new Bắc Ninh are not below the old Bắc Giang, though the parent's code is the same
    assert not any(is_below(place, giang) for place in children(ninh))
    assert all(place.level == "huyện" for place in children(giang))


SUCCESSORS = [
    # a district: the communes on its territory, none of another province
    (
        ("063", "2023"),
        {
            "xã Phủ Thông, tỉnh Thái Nguyên",
            "xã Bạch Thông, tỉnh Thái Nguyên",
            "xã Cẩm Giàng, tỉnh Thái Nguyên",
            "xã Vĩnh Thông, tỉnh Thái Nguyên",
            "xã Phong Quang, tỉnh Thái Nguyên",
        },
    ),
    # a commune that went whole into another
    (("01978", "2023"), {"xã Vĩnh Thông, tỉnh Thái Nguyên"}),
    # a province
    (("06", "2023"), {"tỉnh Thái Nguyên"}),
    # a district that ended while there were districts
    (("221", "2023"), {"thành phố Bắc Giang, tỉnh Bắc Giang"}),
    # an upgrade goes on under its own code
    (("222", "2023"), {"thị xã Việt Yên, tỉnh Bắc Giang"}),
    # an island district
    (("471", "2023"), {"đặc khu Cồn Cỏ, tỉnh Quảng Trị"}),
    # nothing follows what has not ended
    (("01", "2023"), set()),
]


@pytest.mark.parametrize(("place", "expected"), SUCCESSORS)
def test_successors(place: tuple[str, str], expected: set[str]) -> None:
    (found,) = with_code(place[0], on=place[1])
    day_after = (date.fromisoformat(found.valid_to) + timedelta(days=1)).isoformat() if found.valid_to else None
    assert {full_name(heir, day_after) for heir in successors(found)} == expected


def test_successors_on_a_later_day_follow_several_steps() -> None:
    (yen_dung,) = with_code("221", on="2023")
    found = successors(yen_dung, on="2026-10-01")
    assert {place.level for place in found} == {"xã"}
    assert {full_name(place) for place in found} >= {"phường Yên Dũng, thành phố Bắc Ninh"}


def test_a_divided_commune_says_so() -> None:
    divided = [place for place in places() if place.level == "xã" and place.share == "partial"]
    assert len(divided) == 471
    assert all(len(place.merged_into) > 1 for place in divided)


def test_provinces_and_children_of_a_day() -> None:
    assert len(provinces("2025-06-30")) == 63
    assert len(provinces("2025-07")) == 34
    district = one("Bạch Thông", level="huyện")
    assert len(children(district, on="2023")) == 14
    assert parent_of(district) == one("Bắc Kạn", level="tỉnh")
    assert province_of(district) == parent_of(district)
    assert parent_of(one("Hà Nội", level="tỉnh")) is None


# ---- what is true of every row --------------------------------------------------------------------------------------


def test_code_and_first_day_are_a_key_and_periods_of_a_code_do_not_overlap() -> None:
    for code in register.by_code():
        group = register.with_code(code)
        ends = [place.valid_to or "9999" for place in group]
        starts = [place.valid_from for place in group]
        assert all(end < start for end, start in zip(ends[:-1], starts[1:], strict=True)), code
        assert all(start <= end for start, end in zip(starts, ends, strict=True)), code


def test_a_day_is_like_the_first_of_its_stretch() -> None:
    """What was there on a day was there on the day that stands for it, and the other way round."""
    for day in ("1990-02-01", "2014-12-31", "2019-12-31", "2020-01-01", "2025-06-30", "2025-07-01", "2026-10-01"):
        like = register.like_day(day)
        assert like <= day
        assert register.like_day(like) == like
        assert [place for place in places() if is_valid(place, day) != is_valid(place, like)] == []
    assert register.like_day("2023-05") == "2023-05"
    assert register.like_day("2023") == "2023"


def test_every_unit_has_parents_for_all_its_days() -> None:
    for place in places():
        above = register.parents(place)
        assert bool(above) == (place.level != "tỉnh"), place
        assert all(len(parent.code) < len(place.code) for parent in above), place
        if above:
            assert above[0].valid_from <= place.valid_from, place
            assert (place.valid_to or "9999") <= (above[-1].valid_to or "9999"), place
            assert all(day_after(one) == next.valid_from for one, next in pairwise(above)), place


def test_every_successor_is_there_on_the_next_day() -> None:
    for place in places():
        assert bool(place.valid_to) >= bool(place.merged_into), place
        assert len(successors(place)) == len(place.merged_into), place
        assert (place.share == "full") == (len(place.merged_into) == 1), place


def test_who_took_in_a_commune_is_known_but_for_four() -> None:
    assert len([place for place in places() if place.valid_to and not place.merged_into]) == 4


def test_types_fit_their_levels() -> None:
    by_level = {
        "tỉnh": {"tỉnh", "thành phố"},
        "huyện": {"huyện", "quận", "thị xã", "thành phố"},
        "xã": {"xã", "phường", "thị trấn", "đặc khu"},
    }
    for place in places():
        assert place.type in by_level[place.level], place
        assert len(place.code) == {"tỉnh": 2, "huyện": 3, "xã": 5}[place.level], place
        assert place.name == " ".join(place.name.split()) != "", place
        assert "(" not in place.name, place
        in_town = (parent := parent_of(place)) is not None and parent.type == "quận"
        assert not in_town or place.type == "phường", place


@given(st.sampled_from(places()))
def test_every_place_is_found_by_any_writing_of_its_name(place: Place) -> None:
    for written in (place.name, place.name.upper(), f" {place.name.lower()} ", *place.names_alt):
        assert place in find_places(written)
    assert place in find_places(place.name, type=place.type, within=province_of(place)) or place.level == "tỉnh"
    with_type = find_places(f"{place.type.title()} {place.name}", type=place.type)
    assert place in with_type or {other.name for other in with_type} == {f"{place.type} {place.name}".title()}


@given(st.text(max_size=30), st.sampled_from([None, "xã", "huyện", "tỉnh"]))
def test_any_text_may_be_asked(text: str, level: str | None) -> None:
    assert all(level in {None, place.level} for place in find_places(text, level=level))


def one(name: str, *, level: str) -> Place:
    """Return the only place of that name and level in 2023."""
    (place,) = find_places(name, level=level, on="2023-06-01")
    return place


def day_after(place: Place) -> str:
    assert place.valid_to is not None
    return (date.fromisoformat(place.valid_to) + timedelta(days=1)).isoformat()
