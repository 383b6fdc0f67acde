"""Where a text names a unit, and what it is called in full, seen from the report's own place."""

from __future__ import annotations

import pytest

from ingest.letters import flatten
from ingest.places import Home, home_of, spot_of
from ingest.units import expand, find_units


def home(on: str, *places: tuple[str, str]) -> Home:
    """Return the home at the innermost of `places` (innermost first)."""
    start = Home(on=on)
    return home_of([spot_of(kind, name, start) for kind, name in places], on)


PROVINCE = home("2022-05-01", ("tỉnh", "Lạng Sơn"))
CITY = home("2022-05-01", ("thành phố", "Buôn Ma Thuột"), ("tỉnh", "Đắk Lắk"))
DISTRICT = home("2022-05-01", ("huyện", "Quỳ Châu"), ("tỉnh", "Nghệ An"))
TOWN = home("2022-05-01", ("thị xã", "Thái Hòa"), ("tỉnh", "Nghệ An"))
COMMUNE = home("2022-05-01", ("xã", "Châu Hạnh"), ("huyện", "Quỳ Châu"), ("tỉnh", "Nghệ An"))
NEW_COMMUNE = home("2026-03-01", ("xã", "Quỳ Châu"), ("tỉnh", "Nghệ An"))
WARD = home("2026-03-01", ("phường", "Đông Kinh"), ("tỉnh", "Lạng Sơn"))
ISLAND = home("2026-03-01", ("đặc khu", "Phú Quốc"), ("tỉnh", "An Giang"))
QUAN_8 = home("2024-05-01", ("quận", "8"), ("thành phố", "Hồ Chí Minh"))
NOWHERE = Home()

# home, text, the units in full that it names; None stands for one that cannot be known
UNITS = [
    # whole names need no home
    (NOWHERE, "UBND tỉnh Cà Mau", ["Ủy ban nhân dân tỉnh Cà Mau"]),
    (NOWHERE, "Tỉnh ủy Đắk Lắk và HĐND tỉnh Đắk Lắk", ["Tỉnh ủy Đắk Lắk", "Hội đồng nhân dân tỉnh Đắk Lắk"]),
    (NOWHERE, "Uỷ ban nhân dân huyện Văn Quan, tỉnh Lạng Sơn", ["Ủy ban nhân dân huyện Văn Quan, tỉnh Lạng Sơn"]),
    (
        NOWHERE,
        "UBND xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An",
        ["Ủy ban nhân dân xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"],
    ),
    # the centre
    (NOWHERE, "Bộ Chính trị, Ban Bí thư", ["Bộ Chính trị", "Ban Bí thư Trung ương Đảng"]),
    (NOWHERE, "BCH Trung ương khóa XII", ["Ban Chấp hành Trung ương Đảng"]),
    (NOWHERE, "Thủ tướng Chính phủ giao Bộ Nội vụ", ["Thủ tướng Chính phủ", "Bộ Nội vụ"]),
    (
        NOWHERE,
        "Bộ Lao động - Thương binh và Xã hội, Bộ Văn hóa, Thể thao và Du lịch",
        ["Bộ Lao động - Thương binh và Xã hội", "Bộ Văn hóa, Thể thao và Du lịch"],
    ),
    (NOWHERE, "Quân ủy Trung ương; Đảng ủy Quân khu 4", ["Quân ủy Trung ương", "Đảng ủy Quân khu 4"]),
    # the levels above the reporting unit
    (DISTRICT, "UBND tỉnh", ["Ủy ban nhân dân tỉnh Nghệ An"]),
    (DISTRICT, "Tỉnh ủy", ["Tỉnh ủy Nghệ An"]),
    (
        DISTRICT,
        "Ban Thường vụ Tỉnh ủy; BTV Huyện ủy",
        [
            "Ban Thường vụ Tỉnh ủy Nghệ An",
            "Ban Thường vụ Huyện ủy Quỳ Châu, tỉnh Nghệ An",
        ],
    ),
    # districts and wards called by a number, which a count is not
    (
        QUAN_8,
        "UBND Quận 8, Quận ủy, UBND Phường 05, HĐND phường 11",
        [
            "Ủy ban nhân dân quận 8, thành phố Hồ Chí Minh",
            "Quận ủy Quận 8, thành phố Hồ Chí Minh",
            "Ủy ban nhân dân phường 5, quận 8, thành phố Hồ Chí Minh",
            "Hội đồng nhân dân phường 11, quận 8, thành phố Hồ Chí Minh",
        ],
    ),
    (QUAN_8, "UBND quận 6 tháng đầu năm", ["Ủy ban nhân dân quận 8, thành phố Hồ Chí Minh"]),
    (DISTRICT, "UBND huyện", ["Ủy ban nhân dân huyện Quỳ Châu, tỉnh Nghệ An"]),
    (DISTRICT, "Ban Dân vận Huyện ủy", ["Ban Dân vận Huyện ủy Quỳ Châu, tỉnh Nghệ An"]),
    (DISTRICT, "Phòng Nội vụ huyện", ["Phòng Nội vụ huyện Quỳ Châu, tỉnh Nghệ An"]),
    (DISTRICT, "Sở Nội vụ", ["Sở Nội vụ tỉnh Nghệ An"]),
    (DISTRICT, "Ủy ban MTTQ Việt Nam huyện", ["Ủy ban Mặt trận Tổ quốc Việt Nam huyện Quỳ Châu, tỉnh Nghệ An"]),
    (
        DISTRICT,
        "Công an huyện; Ban CHQS huyện",
        [
            "Công an huyện Quỳ Châu, tỉnh Nghệ An",
            "Ban Chỉ huy Quân sự huyện Quỳ Châu, tỉnh Nghệ An",
        ],
    ),
    (DISTRICT, "Ban Chấp hành Đảng bộ huyện khóa XXV", ["Ban Chấp hành Đảng bộ huyện Quỳ Châu, tỉnh Nghệ An"]),
    # a district has many communes
    (DISTRICT, "UBND xã", [None]),
    (DISTRICT, "UBND các xã, thị trấn", [None]),
    (DISTRICT, "các huyện ủy, 21/21 Đảng ủy xã", [None, None]),
    # one of them by name
    (DISTRICT, "UBND xã Châu Hạnh", ["Ủy ban nhân dân xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"]),
    (DISTRICT, "Đảng ủy xã Châu Hạnh", ["Đảng ủy xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"]),
    # a neighbour
    (DISTRICT, "Huyện ủy Tương Dương", ["Huyện ủy Tương Dương, tỉnh Nghệ An"]),
    # from the commune
    (COMMUNE, "UBND xã", ["Ủy ban nhân dân xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"]),
    (COMMUNE, "Đảng ủy", ["Đảng ủy xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"]),
    (COMMUNE, "UBND huyện", ["Ủy ban nhân dân huyện Quỳ Châu, tỉnh Nghệ An"]),
    (COMMUNE, "Huyện ủy", ["Huyện ủy Quỳ Châu, tỉnh Nghệ An"]),
    (COMMUNE, "Hội Nông dân xã", ["Hội Nông dân xã Châu Hạnh, huyện Quỳ Châu, tỉnh Nghệ An"]),
    # from a city below a province
    (CITY, "Thành ủy", ["Thành ủy Buôn Ma Thuột, tỉnh Đắk Lắk"]),
    (CITY, "UBND thành phố", ["Ủy ban nhân dân thành phố Buôn Ma Thuột, tỉnh Đắk Lắk"]),
    (CITY, "UBND TP. Buôn Ma Thuột", ["Ủy ban nhân dân thành phố Buôn Ma Thuột, tỉnh Đắk Lắk"]),
    # from a town
    (
        TOWN,
        "Thị ủy; UBND thị xã",
        [
            "Thị ủy Thái Hòa, tỉnh Nghệ An",
            "Ủy ban nhân dân thị xã Thái Hòa, tỉnh Nghệ An",
        ],
    ),
    # from a province
    (PROVINCE, "UBND huyện", [None]),
    (PROVINCE, "Huyện ủy Văn Quan", ["Huyện ủy Văn Quan, tỉnh Lạng Sơn"]),
    (PROVINCE, "Thành ủy Lạng Sơn", ["Thành ủy Lạng Sơn, tỉnh Lạng Sơn"]),
    (PROVINCE, "Chủ tịch UBND tỉnh", ["Ủy ban nhân dân tỉnh Lạng Sơn"]),
    # two levels since July 2025: the commune lies in the province
    (NEW_COMMUNE, "UBND xã", ["Ủy ban nhân dân xã Quỳ Châu, tỉnh Nghệ An"]),
    (NEW_COMMUNE, "Đảng ủy xã Con Cuông", ["Đảng ủy xã Con Cuông, tỉnh Nghệ An"]),
    (NEW_COMMUNE, "Đảng ủy UBND tỉnh", ["Đảng ủy Ủy ban nhân dân tỉnh Nghệ An"]),
    (WARD, "UBND phường", ["Ủy ban nhân dân phường Đông Kinh, tỉnh Lạng Sơn"]),
    (WARD, "Ban Tuyên giáo và Dân vận Tỉnh ủy", ["Ban Tuyên giáo và Dân vận Tỉnh ủy Lạng Sơn"]),
    (ISLAND, "UBND đặc khu", ["Ủy ban nhân dân đặc khu Phú Quốc, tỉnh An Giang"]),
    # cities under the centre
    (NOWHERE, "Thành ủy Hà Nội", ["Thành ủy Hà Nội"]),
    (NOWHERE, "UBND thành phố Hồ Chí Minh", ["Ủy ban nhân dân thành phố Hồ Chí Minh"]),
    (NOWHERE, "UBND quận Ninh Kiều, thành phố Cần Thơ", ["Ủy ban nhân dân quận Ninh Kiều, thành phố Cần Thơ"]),
    # names of the highlands
    (NOWHERE, "UBND huyện Cư M'gar", ["Ủy ban nhân dân huyện Cư M'gar, tỉnh Đắk Lắk"]),
    (NOWHERE, "Huyện ủy Ea H'leo", ["Huyện ủy Ea H'leo, tỉnh Đắk Lắk"]),
    # places that begin like another word, and where a name ends before one
    (NOWHERE, "UBND huyện Hướng Hóa", ["Ủy ban nhân dân huyện Hướng Hóa, tỉnh Quảng Trị"]),
    (NOWHERE, "UBND huyện Chương Mỹ", ["Ủy ban nhân dân huyện Chương Mỹ, thành phố Hà Nội"]),
    (PROVINCE, "UBND huyện Văn Quan Kế hoạch số 5", ["Ủy ban nhân dân huyện Văn Quan, tỉnh Lạng Sơn"]),
    # a number that ends the line above makes no unit many, a list of kinds does
    (PROVINCE, "Kết quả của Đề án 06\nCông an tỉnh", ["Công an tỉnh Lạng Sơn"]),
    (CITY, "các huyện, thành ủy", [None]),
    # a department by its short name, the commune's since July 2025, the Party committee within an agency
    (DISTRICT, "Phòng GD&ĐT huyện", ["Phòng Giáo dục và Đào tạo huyện Quỳ Châu, tỉnh Nghệ An"]),
    (NEW_COMMUNE, "Phòng Kinh tế", ["Phòng Kinh tế xã Quỳ Châu, tỉnh Nghệ An"]),
    (PROVINCE, "Đảng ủy Sở Nội vụ", ["Đảng ủy Sở Nội vụ tỉnh Lạng Sơn"]),
    # the next capital word is not a place
    (DISTRICT, "UBND tỉnh Kế hoạch số 5", ["Ủy ban nhân dân tỉnh Nghệ An"]),
    (DISTRICT, "Tỉnh ủy Nghị quyết số 5", ["Tỉnh ủy Nghệ An"]),
]


@pytest.mark.parametrize(("seen_from", "text", "names"), UNITS)
def test_units(seen_from: Home, text: str, names: list[str | None]) -> None:
    found = [expand(unit, seen_from) for unit in find_units(flatten(text))]
    assert [unit.name if unit else None for unit in found] == names


LEVELS = [
    (NOWHERE, "Ban Tổ chức Trung ương", "trung ương"),
    (NOWHERE, "Tỉnh ủy Cà Mau", "tỉnh"),
    (NOWHERE, "UBND thành phố Cần Thơ", "tỉnh"),
    (NOWHERE, "UBND thành phố Vinh", "huyện"),
    (DISTRICT, "Phòng Tư pháp huyện", "huyện"),
    (COMMUNE, "Công an xã", "xã"),
    (ISLAND, "UBND đặc khu", "xã"),
    (NOWHERE, "Quân khu 4", "khác"),
    (TOWN, "Thị ủy", "huyện"),
]


@pytest.mark.parametrize(("seen_from", "text", "level"), LEVELS)
def test_levels(seen_from: Home, text: str, level: str) -> None:
    (unit,) = find_units(flatten(text))
    found = expand(unit, seen_from)
    assert found is not None
    assert found.level == level


NO_UNITS = [
    "Huyện có 12 xã; tỉnh có 20 huyện, thành phố",
    "Nhân dân các dân tộc trong xã",
    # ordinary words
    "ủy ban bầu cử, công an nhân dân là lực lượng, đảng viên",
]


@pytest.mark.parametrize("text", NO_UNITS)
def test_no_unit_in(text: str) -> None:
    assert [unit.text for unit in find_units(flatten(text))] == []
