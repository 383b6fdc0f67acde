"""How a run is shown: its pace, its lines in a log, its objects for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from jobs.account import Account, Outcome
from present.account import MOST_LINES, note_lines
from present.progress import NOW_AND_THEN, Pace, bar, lines
from tests.made import plan

Run = Callable[..., Result]


class Clock:
    """A clock that we set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


PACES = [
    # nothing read yet: no rate, no time
    (10, [], 0, "0/10 tệp"),
    # what was not opened says nothing of how fast files are read
    (100, ["unchanged"] * 50 + ["new"] * 10, 5, "60/100 tệp, 2,0/s, còn 0:20"),
    (10_000, ["new"] * 1200, 10, "1.200/10.000 tệp, 120/s, còn 1:13"),
    # an archive holds more files than were counted
    (1, ["new"] * 20, 1, "20/20 tệp, 20/s, còn 0:00"),
]


@pytest.mark.parametrize(("total", "done", "seconds", "words"), PACES)
def test_pace(total: int, done: list[str], seconds: int, words: str) -> None:
    clock = Clock()
    pace = Pace(total, clock)
    for what in done:
        pace.count(Outcome(what, "a.txt", "a.txt"))
    clock.now += seconds
    assert pace.words() == words


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    monkeypatch.setattr("present.progress.Pace", lambda total: Pace(total, clock))
    with lines(100) as step:
        for _ in range(100):
            step(Outcome("new", "a.txt", "a.txt"))
            clock.now += NOW_AND_THEN / 30
    assert [line.split(",")[0] for line in capsys.readouterr().err.splitlines()] == [
        "31/100 tệp",
        "61/100 tệp",
        "91/100 tệp",
    ]


@pytest.mark.parametrize("columns", ["20", "200"])
def test_a_bar_fits_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with bar(2) as step:
        step(Outcome("new", "một tên rất dài\x1b[31m.txt" * 5, "a.txt"))
    assert "\x1b[31m.txt" not in capsys.readouterr().err


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two plans and an empty file."""
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(plan(number), encoding="utf-8")
    (folder / "trống.txt").write_text("", encoding="utf-8")
    return folder


def test_json_tells_of_each_file_and_of_the_whole(run: Run, reports: Path, tmp_path: Path) -> None:
    result = run("--store", tmp_path / "kho", "ingest", "--json", reports)
    assert result.exit_code == 1
    *files, account = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(one["event"], one["what"], one["name"]) for one in files} == {
        ("file", "new", "1.txt"),
        ("file", "new", "2.txt"),
        ("file", "failed", "trống.txt"),
    }
    assert account["event"] == "account"
    assert account["outcomes"] == {"new": 2, "changed": 0, "unchanged": 0, "renamed": 0, "failed": 1}
    assert account["failures"][0]["path"] == str(reports / "trống.txt")
    assert account["store"]["sources"] == 2


def test_quiet_says_only_what_failed(run: Run, reports: Path, tmp_path: Path) -> None:
    result = run("--store", tmp_path / "kho", "ingest", "-q", reports)
    assert result.stdout == ""
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["Lỗi"]


def test_long_lists_are_cut() -> None:
    account = Account(missing=[f"{n}.txt" for n in range(MOST_LINES + 5)])
    found = list(note_lines(account))
    assert len(found) == MOST_LINES + 2
    assert "5 dòng nữa" in found[MOST_LINES]


SETTINGS = [
    ({"THONGSUOT_SECONDS": "no"}, "THONGSUOT_SECONDS=no is no whole number above 0."),
    ({"THONGSUOT_MEMORY": "0"}, "THONGSUOT_MEMORY=0 is no whole number above 0."),
    ({"THONGSUOT_EXECUTOR": "no.such:one"}, "names no function"),
    ({"THONGSUOT_JOBS": "0"}, "--jobs"),
]


@pytest.mark.parametrize(("settings", "words"), SETTINGS)
def test_a_setting_that_makes_no_sense_is_told(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], words: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    result = run("--lang", "en", "--store", tmp_path / "kho", "ingest", reports)
    assert result.exit_code in {1, 2}
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("value", ["0", "x"])
def test_a_number_of_jobs_that_makes_no_sense_is_told_in_vietnamese(
    run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """What click says of the variable and of the kind of number is in the language spoken too."""
    monkeypatch.setenv("THONGSUOT_JOBS", value)
    result = run("--lang", "vi", "--store", tmp_path / "kho", "ingest", reports)
    assert result.exit_code == 2
    assert "biến môi trường: THONGSUOT_JOBS" in result.stderr
    assert not re.search("env var|integer|range", result.stderr)


def test_a_limit_is_a_setting(run: Run, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THONGSUOT_LETTERS", "50")
    result = run("--lang", "en", "--store", tmp_path / "kho", "ingest", reports)
    assert "more than the 50 that are read" in result.stderr


def test_extract_reads_what_may_harm_in_a_process_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    result = run("extract", tmp_path / "a.zip")
    assert result.exit_code == 1
    assert str(tmp_path / "a.zip") in result.stderr
    assert "Traceback" not in result.stderr
