"""`thongsuot doctor` says which files are read here, what is missing and how to get it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from ingest.read import READERS
from ingest.readers.tools import LIBREOFFICE, TESSERACT
from jobs import doctor
from jobs.doctor import Check, examine, works
from tests.offices import need

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def without_tools(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no outside program be found, but where a test is about them."""
    if "tools" not in request.keywords:
        for tool in (LIBREOFFICE, TESSERACT):
            monkeypatch.setenv(tool.setting, "")


def checks_in(directory: Path) -> dict[str, Check]:
    return {check.name: check for check in examine(directory)}


def test_every_kind_that_is_read_is_tried(tmp_path: Path) -> None:
    checks = checks_in(tmp_path)
    assert set(READERS) <= set(checks)
    own = {name: check.state for name, check in checks.items() if check.by == "thongsuot"}
    assert set(own.values()) == {"good"}, own


def test_a_missing_program_is_no_failure(run: Run, tmp_path: Path) -> None:
    result = run("--store", tmp_path / "kho", "doctor", "--lang", "en")
    assert result.exit_code == 0
    for words in ("not installed", "apt install libreoffice-writer-nogui", "winget install", "brew install tesseract"):
        assert words in result.stdout
    assert not (tmp_path / "kho").exists()
    assert "chưa cài" in run("--store", tmp_path, "doctor", "--lang", "vi").stdout


def test_json(run: Run, tmp_path: Path) -> None:
    result = run("--store", tmp_path, "doctor", "--json")
    checks = {check["name"]: check for check in json.loads(result.stdout)}
    assert checks["rtf"]["state"] == "missing"
    assert checks["rtf"]["get"]["Windows"].startswith("winget")
    assert checks["store"]["detail"] == str(tmp_path)


def test_what_nothing_goes_without(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store below a file cannot be written; a reader that cannot be imported is broken."""
    (tmp_path / "tep").write_bytes(b"")
    checks = checks_in(tmp_path)
    assert works(list(checks.values()))
    monkeypatch.setattr(doctor, "OWN", (("docx", "nowhere", None),))
    assert checks_in(tmp_path)["docx"].state == "broken"
    assert run("--store", tmp_path, "doctor").exit_code == 1


@pytest.mark.parametrize(
    ("free", "state"), [(5_000_000_000, "good"), (1_000_000, "low")], ids=["room enough", "hardly any"]
)
def test_a_disk_that_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    """That is told, but is no failure."""
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: type("Usage", (), {"free": free}))
    checks = checks_in(tmp_path)
    assert checks["disk"].state == state
    assert works(list(checks.values()))


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**where: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    checks = checks_in(tmp_path / "kho")
    assert checks["store"].state == "broken"
    assert str(tmp_path) in checks["store"].detail
    assert not works(list(checks.values()))


@pytest.mark.tools
def test_programs_are_tried(tmp_path: Path) -> None:
    need(LIBREOFFICE)
    need(TESSERACT)
    checks = checks_in(tmp_path)
    assert checks["rtf"].state == "good"
    assert "LibreOffice" in checks["rtf"].detail
    assert checks["picture"].state == "good", checks["picture"].detail


@pytest.mark.tools
def test_a_program_that_does_not_do_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program stands under its name, that is told and is no failure."""
    monkeypatch.setenv(LIBREOFFICE.setting, str(need(TESSERACT)))
    checks = checks_in(tmp_path)
    assert checks["rtf"].state == "broken"
    assert works(list(checks.values()))


def test_tesseract_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its data is missing: that is told, and how to get it."""
    program = tmp_path / "tesseract"
    program.write_bytes(b"")
    monkeypatch.setenv(TESSERACT.setting, str(program))
    monkeypatch.setattr(doctor, "has_vietnamese", lambda program: False)
    check = checks_in(tmp_path)["picture"]
    assert check.state == "missing"
    assert "vie" in check.detail
    assert check.get is not None
    assert check.get["Debian, Ubuntu"] == "sudo apt install tesseract-ocr-vie"
