"""Readers that harm: what real libraries do over hostile files, done by the words in the file, for tests of the run."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from ingest.readers.limits import Limits
from jobs.reading import Result, prepare, read_file
from jobs.workers import Workers
from kg.model import ReadError

LIMITS = Limits(seconds=6.0, memory=400_000_000)  # seconds enough for a busy machine to read what is harmless
FAMILY = "family.pid"  # beside a file: the process that its reader started


def read(path: Path, name: str, known: str, into: Path, limits: Limits) -> Result:
    """Read a file as `jobs.reading.read_file` does; one whose first word is of DEEDS harms first."""
    deed = DEEDS.get(path.read_text(encoding="utf-8").split(maxsplit=1)[0])
    if deed is not None:
        deed(path)
    return read_file(path, name, known, into, limits)


def hang(path: Path) -> None:
    """Do nothing, for ever."""
    time.sleep(3600)


def spin(path: Path) -> None:
    """Go on for ever without letting any other thread of the process run."""
    re.match(r"(a|aa)+$", "a" * 60 + "b")


def eat(path: Path) -> None:
    """Take ever more memory."""
    eaten = []
    while True:
        eaten.append(bytearray(20_000_000))


def fall(path: Path) -> None:
    """Read memory that is not there."""
    ctypes.string_at(0)


def leave(path: Path) -> None:
    """End the process behind everybody's back."""
    os._exit(3)


def start(path: Path) -> None:
    """Start another program and wait for it, which never ends; leave a file behind."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
    Path(gettempdir(), "half-done.tmp").write_text("x", encoding="utf-8")
    path.with_name(FAMILY).write_text(str(child.pid), encoding="utf-8")
    child.wait()


def dig(path: Path) -> None:
    """Nest calls without an end."""
    dig(path)


def refuse(path: Path) -> None:
    """Refuse the file as a reader should."""
    raise ReadError(f"{path} is damaged: save it again.")


def answer_badly(path: Path) -> None:
    """Raise what can't be sent from one process to another."""
    raise RuntimeError(lambda: None)


DEEDS = {one.__name__.upper(): one for one in (hang, spin, eat, fall, leave, start, dig, refuse, answer_badly)}


class HostileWorkers(Workers):
    """The real processes, in which `read` above reads."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have the file read by `read`, under the limits of these tests."""
        *some, _ = args
        return super().submit(read, *some, LIMITS)


def executor(jobs: int) -> Executor:
    """Return the executor of the tests, as a setting names it."""
    scratch = Path(os.environ["SCRATCH_OF_TEST"])
    return HostileWorkers(jobs, LIMITS, prepare, scratch=scratch)
