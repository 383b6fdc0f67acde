"""Who of those expected is heard of: a whole province, unit by unit, before and after the merger of 2025."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from conftest import run_command
from province import DAY, Member, top

from kg import register
from kg.coverage import as_on
from kg.expected import expected, the_place
from kg.located import lasting, located
from kg.model import QueryError
from kg.states import FOUND, STATES

Run = Callable[..., Result]


def asked(store: Path, *words: str) -> list[dict[str, Any]]:
    """Return the rows that `who 33/CT-TTg` prints as JSON."""
    result = run_command("--store", store, "who", "33/CT-TTg", *words, "--format", "json")
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    return rows


def test_every_unit_is_found_in_its_state(province: tuple[Path, list[Member]]) -> None:
    store, members = province
    rows = {row["code"]: row for row in asked(store, "--within", "tỉnh Bắc Giang", "--all", "--as-of", "31/5/2023")}
    wrong = {
        m.place.name: (m.state, rows[m.place.code]["state"]) for m in members if rows[m.place.code]["state"] != m.state
    }
    assert not wrong
    assert {m.place.code: m.days for m in members} == {m.place.code: rows[m.place.code]["days"] for m in members}
    # whoever is in no paper is expected all the same, and nothing more is said of them
    others = [row for code, row in rows.items() if code not in {m.place.code for m in members}]
    assert len(rows) == len(expected(top(), DAY)) == len(members) + len(others)
    assert {row["state"] for row in others} == {"absent"}


def test_the_sentence_and_the_table_count_the_same(province: tuple[Path, list[Member]]) -> None:
    store, _ = province
    words = ("who", "33/CT-TTg", "--within", "tỉnh Bắc Giang", "--as-of", "2023-05-31")
    said = run_command("--store", store, *words, "--all").stdout
    rows = asked(store, *words[2:], "--all")
    counts = Counter(row["state"] for row in rows)
    assert f"Trong {len(rows)} đơn vị của tỉnh Bắc Giang (theo địa giới ngày 31/05/2023)" in said
    assert f"tìm thấy {sum(counts[state] for state in FOUND)} (" in said
    assert f"{counts['silent']} có tài liệu, không nêu; {counts['absent']} chưa có tài liệu." in said
    missing = asked(store, *words[2:], "--missing")
    assert Counter(row["state"] for row in missing) == {s: counts[s] for s in STATES if s not in FOUND and counts[s]}
    assert "chưa thực hiện" not in said  # what was not read can't be known


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2021-12-31", {"tỉnh": 1}),  # only the province had its plan
        ("2022-01-31", {"tỉnh": 1, "huyện": 5}),  # five districts in time
        ("2022-09-30", {"tỉnh": 1, "huyện": 10, "xã": 30}),  # before the plans of autumn; reports come in 2023
    ],
)
def test_as_of_a_day(province: tuple[Path, list[Member]], day: str, found: dict[str, int]) -> None:
    store, _ = province
    rows = asked(store, "--within", "tỉnh Bắc Giang", "--all", "--as-of", day)
    assert Counter(row["level"] for row in rows if row["state"] in FOUND) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        # what the districts' reports of May 2023 say of their communes nobody knew a day before
        ("2023-05-19", 0),
        ("2023-05-20", 10),
        # nothing is known of a directive that there is not yet
        ("2021-11-25", 0),
    ],
)
def test_what_is_said_later_does_not_count_as_of_a_day(
    province: tuple[Path, list[Member]], day: str, found: int
) -> None:
    store, _ = province
    for place in ((), ("--within", "tỉnh Bắc Giang")):
        rows = asked(store, *place, "--as-of", day)
        assert sum(row["how"] == "stated" for row in rows) == found
        assert bool(rows) == (day > "2021-11-26")


def test_after_the_merger_old_and_new_units_are_linked_not_conflated(province: tuple[Path, list[Member]]) -> None:
    store, members = province
    heir = register.successors(members[2].place)[0]
    rows = {row["code"]: row for row in asked(store, "--within", "tỉnh Bắc Ninh", "--all", "--as-of", "2025-12-31")}
    assert rows[heir.code]["state"] == "own"
    assert {row["level"] for row in rows.values() if row["place"].endswith("tỉnh Bắc Ninh")} == {"tỉnh", "xã"}
    old = [before["unit"] for row in rows.values() for before in row["before"] if before["state"] in FOUND]
    assert len(old) > 10  # what the communes of before did stands beside the new ones, not as theirs
    silent = [row for row in rows.values() if row["before"] and row["level"] == "xã"]
    assert not {row["state"] for row in silent} & set(FOUND)


def test_without_a_place_and_a_day_nobody_found_is_dropped(ask: Run) -> None:
    # a file of 2026 is in the store; whoever carried the directive of 2021 out did so before the districts went
    found = json.loads(ask("who", "33/CT-TTg", "--format", "json").stdout)
    places = {located(row["unit"], row["date"]) for row in found}
    rows = json.loads(ask("who", "33/CT-TTg", "--all", "--format", "json").stdout)
    assert {row["code"] for row in rows if row["state"] in FOUND} == {place.code for place in places if place}
    said = ask("who", "33/CT-TTg", "--missing").stdout
    assert f"(theo địa giới ngày 12/05/2023): tìm thấy {len(places)} (" in said
    assert "tỉnh Bắc Kạn, tỉnh Thái Nguyên, tỉnh Bắc Giang" in said  # as they were: one was read after the merger only
    matrix = ask("matrix").stdout  # a table of directives of many years has one day, and those found before it
    assert f"33/CT-TTg: {len(places)}/" in matrix


def test_a_place_of_now_is_taken_as_it_was_on_the_day() -> None:
    assert [place.valid_to for place in as_on(the_place("tỉnh Phú Thọ"), DAY)] == ["2025-06-30"]
    assert [place.code for place in as_on(the_place("tỉnh Bắc Giang"), "2026-01-01")] == ["24"]


def test_a_number_that_may_be_the_directives_is_a_mention(ask: Run) -> None:
    words = ("who", "25-NQ/TW 2013", "--within", "huyện Bạch Thông", "--all")
    rows = {row["unit"].partition(",")[0]: row for row in json.loads(ask(*words, "--format", "json").stdout)}
    # "giới thiệu Nghị quyết số 25-NQ/TW", of 2008 or of 2013: it can't be said that it does not name the one of 2013
    assert (rows["xã Mỹ Thanh"]["state"], rows["xã Mỹ Thanh"]["undecided"]) == ("mentioned", True)
    assert "25-NQ/TW" in rows["xã Mỹ Thanh"]["evidence"][0]["text"]
    # with the year it is decided, and what does not have the number is silent as before
    assert (rows["xã Nguyên Phúc"]["state"], rows["xã Nguyên Phúc"]["undecided"]) == ("mentioned", False)
    assert rows["thị trấn Phủ Thông"]["state"] == "silent"
    said = ask(*words).stdout
    assert said.count("chỉ nhắc đến (có thể là văn bản này)") == 1


def test_documents_from_before_the_directive_are_spoken_of(ask: Run) -> None:
    words = ("who", "18-CT/TW", "--within", "huyện Bạch Thông", "--missing", "--as-of", "31/12/2022")
    said = ask(*words).stdout
    assert said.count("xã Mỹ Thanh (chỉ có tài liệu trước ngày 26/10/2022)") == 1
    assert "xã Cao Sơn," in said  # of which no document is here
    rows = {row["place"].partition(",")[0]: row for row in json.loads(ask(*words, "--format", "json").stdout)}
    assert rows["xã Mỹ Thanh"]["state"] == "absent"
    assert "20-cv-34-ubnd-xa-my-thanh-2022.txt" in rows["xã Mỹ Thanh"]["older"]
    assert not rows["xã Cao Sơn"]["older"]


def test_within_alone_narrows_who(province: tuple[Path, list[Member]]) -> None:
    store, members = province
    district = members[1].place
    rows = asked(store, "--within", f"{district.type} {district.name}")
    names = {row["unit"] for row in rows}
    assert len(names) == 8  # the district, and those seven of its communes that did something
    assert all(district.name in name for name in names)


def test_a_matrix_says_what_each_directive_alone_says(province: tuple[Path, list[Member]]) -> None:
    store, members = province
    words = ("--within", "tỉnh Bắc Giang", "--as-of", "2023-05-31", "--all")
    result = run_command("--store", store, "matrix", "33/CT-TTg", "780/KH-UBND", *words, "--format", "json")
    assert result.exit_code == 0, result.output
    rows = {row["code"]: row for row in json.loads(result.stdout)}
    alone = {row["code"]: row["state"] for row in asked(store, *words)}
    assert {code: row["33/CT-TTg"] for code, row in rows.items()} == alone
    late = [m.place.code for m in members if m.place.level == "huyện" and m.state == "through"]
    assert {rows[code]["780/KH-UBND"] for code in late} == {"own"}  # what is indirect for one is direct for the other


def test_a_matrix_without_a_ref_takes_what_is_carried_out_most(ask: Run) -> None:
    said = ask("matrix", "--within", "huyện Bạch Thông").stdout
    assert "33/CT-TTg" in said.splitlines()[0]
    assert "Ô trống: chưa có tài liệu." in said


PLACES = [
    ("huyện Bạch Thông", None, "063"),  # a district that is gone: as it was last
    ("Bạch Thông", "2026", "02014"),  # on a day, only what was there
    ("tinh bac kan", None, "06"),  # without marks, as people type it
    ("xã Tân Thành, huyện Phú Bình", None, "05923"),  # 27 communes bore the name: the district decides
    ("thành phố Bắc Ninh", "2026-10", "24"),  # a city under the centre since September 2026
]


@pytest.mark.parametrize(("name", "on", "code"), PLACES)
def test_the_place_that_is_meant(name: str, on: str | None, code: str) -> None:
    assert the_place(name, on).code == code


@pytest.mark.parametrize(
    ("name", "on", "words"),
    [
        ("Tân Thành", None, "is the name of 45 places"),
        ("xã Không Có", None, "knows no place"),
        ("huyện Bạch Thông", "2026", "it ended on 30/06/2025, and is in xã"),
    ],
)
def test_a_place_that_is_unclear(name: str, on: str | None, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        the_place(name, on)


UNITS = [
    ("Ban Dân vận Huyện ủy Bạch Thông", "2023-05", "063"),  # an organ stands where its place does
    ("Thị ủy Bắc Kạn", "2013-08-23", "058"),  # a town, later a city
    ("UBND xã Tân Thành", "2023", None),  # which of many is not told
    ("Thủ tướng Chính phủ", "2021-11-26", None),  # the centre is no place
]


@pytest.mark.parametrize(("name", "on", "code"), UNITS)
def test_where_a_unit_stands(name: str, on: str, code: str | None) -> None:
    place = located(name, on)
    assert (place.code if place else None) == code


def test_a_place_lasts_until_it_joins_another() -> None:
    town = located("Thị ủy Bắc Kạn", "2013-08-23")
    assert town is not None
    city = lasting(town, "2023")
    assert city is not None
    assert (town.type, city.type) == ("thị xã", "thành phố")
    assert lasting(city, "2013") == town
    commune = located("UBND xã Bình Thành, huyện Định Hóa, tỉnh Thái Nguyên", "2023")
    assert commune is not None
    assert lasting(commune, "2026") is None  # another commune has its name and code since
