"""Programs of other people that read what we cannot: found where they are installed, run where they can be stopped.

None is needed; without one its kinds of file are refused with the remedy, and `thongsuot doctor` tells how to get it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from kg.language import saying, system_words


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: its names on the PATH, where else it is installed, and the setting that names it outright."""

    name: str
    commands: tuple[str, ...]
    places: tuple[str, ...]
    setting: str


LIBREOFFICE = Tool(
    "LibreOffice",
    ("soffice", "libreoffice"),
    (
        # On Windows soffice.com is the one for a console: it waits, and says what went wrong.
        "C:/Program Files/LibreOffice/program/soffice.com",
        "C:/Program Files (x86)/LibreOffice/program/soffice.com",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    "THONGSUOT_SOFFICE",
)
TESSERACT = Tool(
    "tesseract",
    ("tesseract",),
    ("C:/Program Files/Tesseract-OCR/tesseract.exe", "/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract"),
    "THONGSUOT_TESSERACT",
)

PATIENCE = 5.0  # seconds that a stopped program has to be gone
BRIEF = 60.0  # seconds in which a program must say what it is, on a machine that is busy


class ToolError(Exception):
    """A program failed, or took longer than it may; the message is what it said, in one line."""


def find(tool: Tool) -> Path | None:
    """Return where `tool` is, None where it is not installed or switched off (its setting is empty)."""
    if (named := os.environ.get(tool.setting)) is not None:
        return Path(named) if named and Path(named).is_file() else None
    for command in tool.commands:
        if found := shutil.which(command):
            return Path(found)
    return next((Path(place) for place in tool.places if Path(place).is_file()), None)


def run(
    command: Sequence[str | Path], seconds: float, *, data: bytes = b"", more: Mapping[str, str] | None = None
) -> bytes:
    """Run `command` with `data` as its input and `more` in its environment; return what it writes.

    Raises ToolError when it can't be started, fails, or is not done after `seconds`: then it is stopped with all that
    it has started.
    """
    words = [str(word) for word in command]
    try:
        process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(more or {})},
            start_new_session=True,  # a group of its own, which can be stopped whole; Windows has none and ignores it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # no console flashes up on Windows
        )
    except OSError as error:
        raise ToolError(saying("tool not started", program=words[0], error=system_words(error))) from None
    try:
        out, said = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        stop(process)
        raise ToolError(saying("tool slow", seconds=f"{seconds:.0f}")) from None
    except BaseException:
        stop(process)
        raise
    if process.returncode:
        line = said.decode("utf-8", "replace").strip().splitlines()
        raise ToolError(line[-1] if line else saying("tool ended", code=str(process.returncode)))
    return out


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a program and all that it has started: soffice is a script that starts soffice.bin."""
    family = descendants(process.pid)
    process.kill()
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    for child in [*family, *descendants(process.pid)]:
        with suppress(psutil.Error):
            child.kill()
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=PATIENCE)
    psutil.wait_procs(family, timeout=PATIENCE)  # Windows removes no file that a dying program holds open


def descendants(pid: int) -> list[psutil.Process]:
    """Return the processes that a process has started, and those that they have."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


# ---- temporary folders ----------------------------------------------------------------------------------------------

SCRATCH = "thongsuot-tool-"
OWNED = re.compile(rf"{SCRATCH}(\d+)-")


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a temporary folder for a program to work in, and remove it afterwards.

    A process that is killed can't do that: what such ones left is removed when the next one begins.
    """
    sweep()
    with tempfile.TemporaryDirectory(prefix=f"{SCRATCH}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@cache
def sweep() -> None:
    """Remove the folders of processes that are no more; once in each process."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        owner = OWNED.match(folder.name)
        if owner and not psutil.pid_exists(int(owner[1])):
            shutil.rmtree(folder, ignore_errors=True)
