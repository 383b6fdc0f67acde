"""What the tests share: the sample documents, a store made from them, and a way to run commands."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import started
from click.testing import CliRunner, Result
from hypothesis import settings
from province import Member, paper, write_papers

import data
from cli import group
from kg import register
from present.spoken import LOCALE

# How long an example takes depends on the machine; what it shows does not.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

Run = Callable[..., Result]


def run_command(*words: str | Path) -> Result:
    """Run a command line of `thongsuot` in this process."""
    return CliRunner().invoke(group, [str(word) for word in words], prog_name="thongsuot")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the machine reach a test."""
    for name in os.environ:
        if name.startswith("THONGSUOT_") and name not in {"THONGSUOT_REQUIRE_BROWSER", "THONGSUOT_REQUIRE_TOOLS"}:
            monkeypatch.delenv(name)
    for name in ("COLUMNS", *LOCALE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def english(plain_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program speak English."""
    monkeypatch.setenv("THONGSUOT_LANG", "en")


@pytest.fixture(scope="session")
def samples_folder() -> Path:
    """The folder of the shipped sample documents."""
    return Path(str(data.path("samples")))


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory, samples_folder: Path) -> Path:
    """A store made from the samples; tests read it and leave it as it is."""
    directory = tmp_path_factory.mktemp("samples") / "store"
    result = run_command("--store", directory, "ingest", samples_folder)
    assert result.exit_code == 0, result.output
    return directory


@pytest.fixture
def ask(sample_store: Path) -> Run:
    """Run a command on the store of the samples."""
    return lambda *words: run_command("--store", sample_store, *words)


@pytest.fixture
def run() -> Run:
    """Run a command line."""
    return run_command


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once why tests were skipped, not once for each test."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} not run. {reason}")


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Member]]:
    """A store with the papers of a whole made province, and what each unit must be found to have done."""
    folder = tmp_path_factory.mktemp("province")
    members = write_papers(folder)
    heir = register.successors(members[2].place)[0]  # a new commune acts after the merger
    words = "Triển khai thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"
    paper(folder, heir, register.province_of(heir), "5/KH-UBND", "2025-08-15", "KẾ HOẠCH", words)
    store = tmp_path_factory.mktemp("kept") / "store"
    assert run_command("--store", store, "ingest", folder).exit_code == 0
    return store, members


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with started() as chromium:
        yield chromium
