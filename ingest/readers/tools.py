"""Programs of other people that read what we cannot: found where they are installed, run where they can be stopped.

None is needed; without one its kinds of file are refused with the remedy, and `thongsuot doctor` tells how to get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


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
        "C:/Program Files/LibreOffice/program/soffice.exe",
        "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    "THONGSUOT_SOFFICE",
)
ANTIWORD = Tool("antiword", ("antiword",), ("C:/antiword/antiword.exe",), "THONGSUOT_ANTIWORD")
TESSERACT = Tool(
    "tesseract",
    ("tesseract",),
    ("C:/Program Files/Tesseract-OCR/tesseract.exe", "/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract"),
    "THONGSUOT_TESSERACT",
)


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
    environment = {**os.environ, **(more or {})}
    words = [str(word) for word in command]
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
    except OSError as error:
        raise ToolError(f"{words[0]} cannot be started ({error})") from None
    try:
        out, said = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        stop(process)
        raise ToolError(f"not done after {seconds:.0f} seconds") from None
    except BaseException:
        stop(process)
        raise
    if process.returncode:
        line = said.decode("utf-8", "replace").strip().splitlines()
        raise ToolError(line[-1] if line else f"ended with code {process.returncode}")
    return out


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a program and all that it has started."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        family = []
    process.kill()
    for child in family:
        try:
            child.kill()
        except psutil.Error:
            continue
    process.communicate()
