"""The folder for temporary files of a run: gone with the run and, where that was killed, with the next one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PREFIX = "thongsuot-run-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for the temporary files of this run; those that killed runs left are removed first."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield folder
    finally:
        remove_folder(folder)


def sweep(place: Path) -> None:
    """Remove the folders of runs whose process is no more."""
    for folder in place.glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdecimal() and not folder.is_symlink() and not psutil.pid_exists(int(number)):
            remove_folder(folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all in it, as far as we may."""
    shutil.rmtree(folder, ignore_errors=True)
