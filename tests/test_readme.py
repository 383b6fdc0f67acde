"""The README is true: it shows each command, and what it shows is what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from cli import group

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
DEMO = "thongsuot-demo"
MORE = "…"


def examples() -> list[tuple[str, list[str]]]:
    """Return the command lines of the README with the lines that are shown below each."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sample_store: Path, samples_folder: Path) -> Path:
    """A folder as `make demo` leaves it."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(sample_store, folder / DEMO)
    shutil.copytree(samples_folder, folder / "data" / "samples")
    return folder


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command for command, _ in examples()])
def test_readme_shows_what_the_program_prints(
    run: Callable[..., Result], place: Path, monkeypatch: pytest.MonkeyPatch, command: str, shown: list[str]
) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setenv("COLUMNS", "100")
    program, *words = shlex.split(command)
    result = run(*words)
    assert program == "thongsuot"
    assert result.exit_code == (2 if "ứng với" in result.stderr else 0), result.stderr
    printed = [line.rstrip() for line in result.stdout.splitlines()]
    assert [line for line in shown if line != MORE and line not in printed] == []
    assert MORE in shown or not shown or printed == shown


@pytest.mark.parametrize("name", sorted(group.commands))
def test_every_command_has_help_an_example_and_a_place_in_the_readme(name: str) -> None:
    words = group.commands[name].help or ""
    assert re.search(rf"^ *thongsuot (--store \S+ )?{name}\b", words, re.MULTILINE)
    assert re.search(rf"thongsuot (--store \S+ )?{name}\b|make {name}\b", README)


def test_every_make_target_of_the_readme_is_there() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)", README, re.MULTILINE))
    assert {"demo", "test"} <= targets
    assert targets <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))


def test_readme_names_no_file_that_is_not_there() -> None:
    root = Path(__file__).parents[1]
    named = set(re.findall(r"`((?:data|docs)/[\w./-]+|[A-Z]+\.md|LICENSE)`", README))
    assert named
    assert [name for name in sorted(named) if not (root / name).exists()] == []
