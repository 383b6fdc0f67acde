"""Directives by units: each column is one directive's own, each cell says what is known, or why nothing is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from conftest import run_command
from province import paper

from kg import register
from kg.matrix import Matrix
from kg.model import Document
from kg.states import FOUND
from present.matrix import column_names

Run = Callable[..., Result]
ON = "2023-05-31"


def place(name: str, on: str = ON) -> register.Place:
    """Return the one place called so on a day."""
    (found,) = register.find_places(name, on=on)
    return found


def above(district: str) -> str:
    """Return how a plan of the district's province is cited."""
    top = register.province_of(place(district), ON)
    return f"Kế hoạch số 01/KH-UBND ngày 10/01/2022 của UBND tỉnh {top.name if top else ''}"


DISTRICTS = ("huyện Phù Ninh", "huyện Bát Xát")  # of Phú Thọ and of Lào Cai


@pytest.fixture(scope="module")
def two_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a plan 01/KH-UBND of two provinces, each carried out by one of its districts."""
    folder = tmp_path_factory.mktemp("two")
    for district in DISTRICTS:
        top = register.province_of(place(district), ON)
        assert top is not None
        subject = "Triển khai thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"
        paper(folder, top, None, "01/KH-UBND", "2022-01-10", "KẾ HOẠCH", subject)
        paper(
            folder,
            place(district),
            top,
            "15/KH-UBND",
            "2022-02-10",
            "KẾ HOẠCH",
            f"Triển khai thực hiện {above(district)}",
        )
    store = folder / "store"
    assert run_command("--store", store, "ingest", folder).exit_code == 0
    return store


def table(store: Path, *words: str, form: str = "json") -> list[dict[str, Any]]:
    """Return the rows of `matrix`."""
    result = run_command("--store", store, "matrix", *words, "--format", form)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = (
        json.loads(result.stdout) if form == "json" else list(csv.DictReader(io.StringIO(result.stdout)))
    )
    return rows


PLANS = ("kh-1-ubnd-tinh-phu-tho-2022", "kh-1-ubnd-tinh-lao-cai-2022")
COLUMNS = ("01/KH-UBND (UBND tỉnh Phú Thọ, 2022)", "01/KH-UBND (UBND tỉnh Lào Cai, 2022)")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_two_directives_of_one_number_and_year_have_a_column_each(two_plans: Path, form: str) -> None:
    rows = {row["unit"].rpartition("nhân dân ")[2]: row for row in table(two_plans, *PLANS, "--as-of", ON, form=form)}
    mine, other = (
        rows[f"{district}, tỉnh {top}"] for district, top in zip(DISTRICTS, ("Phú Thọ", "Lào Cai"), strict=True)
    )
    assert [mine[column] for column in COLUMNS] == ["own", "silent"]
    assert [other[column] for column in COLUMNS] == ["silent", "own"]


def test_the_foot_counts_each_of_them_as_who_does(two_plans: Path) -> None:
    words = ("--within", "tỉnh Phú Thọ", "--as-of", ON)
    said = run_command("--store", two_plans, "matrix", *PLANS, *words).stdout
    for plan, column, found in zip(PLANS, COLUMNS, (1, 0), strict=True):
        rows = json.loads(run_command("--store", two_plans, "who", plan, *words, "--all", "--format", "json").stdout)
        assert sum(row["state"] in FOUND for row in rows) == found
        assert f"{column}: {found}/{len(rows)}" in said


def test_a_directive_that_is_named_twice_has_one_column(two_plans: Path) -> None:
    once, twice = (table(two_plans, *refs, "--as-of", ON) for refs in (PLANS[:1], (PLANS[0], PLANS[0])))
    assert once == twice


def test_a_unit_that_is_gone_is_told_from_its_heir_and_has_no_empty_cell(ask: Run) -> None:
    said = ask("matrix", "18-CT/TW", "33/CT-TTg", "57-NQ/TW", "--as-of", "31/12/2025").stdout
    old = next(line for line in said.splitlines() if "tỉnh Thái Nguyên (đến ngày 30/06/2025)" in line)
    new = next(line for line in said.splitlines() if line.startswith("Tỉnh   tỉnh Thái Nguyên  "))
    assert old.split()[-4:] == ["văn", "bản", "–", "–"]  # it acted on one before it ended, and is not expected to
    assert "–" not in new
    assert "–: không thuộc số đơn vị dự kiến (theo địa giới ngày 31/12/2025)." in said
    words = ("matrix", "18-CT/TW", "33/CT-TTg", "57-NQ/TW", "--as-of", "31/12/2025", "--all", "--format", "json")
    rows = json.loads(ask(*words).stdout)
    assert {row["until"] for row in rows if row["unit"] == "tỉnh Thái Nguyên"} == {None, "2025-06-30"}
    for column in (
        "18-CT/TW",
        "33/CT-TTg",
        "57-NQ/TW",
    ):  # each counts those expected for it, and those that acted on it
        states = [row[column] for row in rows if row[column]]
        assert f"{column}: {sum(state in FOUND for state in states)}/{len(states)}" in said


def test_without_units_that_are_gone_no_dash_is_spoken_of(ask: Run) -> None:
    assert "–" not in ask("matrix", "33/CT-TTg", "--within", "huyện Bạch Thông").stdout


NAMES = [
    # one number: the number
    ([("a", "33/CT-TTg", "2021", None)], ["33/CT-TTg"]),
    # of two years: the year
    ([("a", "25-NQ/TW", "2008", None), ("b", "25-NQ/TW", "2013", None)], ["25-NQ/TW (2008)", "25-NQ/TW (2013)"]),
    # of one year: the issuer
    (
        [("a", "1-KH/TU", "2025", "Tỉnh ủy A"), ("b", "1-KH/TU", "2025", "Tỉnh ủy B")],
        ["1-KH/TU (Tỉnh ủy A, 2025)", "1-KH/TU (Tỉnh ủy B, 2025)"],
    ),
    # of one year, and who issued them nobody says: the id
    ([("kh-a", "1-KH/TU", "2025", None), ("kh-b", "1-KH/TU", "2025", None)], ["kh-a", "kh-b"]),
]


@pytest.mark.parametrize(("known", "names"), NAMES)
def test_columns_are_named_apart(known: list[tuple[str, str, str, str | None]], names: list[str]) -> None:
    documents = tuple(
        Document(id, "directive", "kế hoạch", full=number, date=date, issuer=issuer)
        for id, number, date, issuer in known
    )
    assert column_names(Matrix(documents, (), ON, ())) == names
