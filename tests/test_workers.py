"""Reading in processes that can be stopped: a file that harms costs itself, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import Result

from ingest.readers.faults import fault
from jobs.reading import default_jobs, prepare, reason_of
from jobs.scratch import PREFIX, sweep
from jobs.workers import SPAWN, BrokenError, StoppedError, Workers
from kg.language import phrase, said, saying, speaking
from tests.hostile import FAMILY, LIMITS, read
from tests.made import plan

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """One process for all cases: whatever it meets, the next file is read."""
    workers = Workers(1, LIMITS, prepare, scratch=tmp_path_factory.mktemp("scratch"))
    yield workers
    workers.shutdown(cancel_futures=True)


HARM = [
    # waits for ever
    ("HANG", "was not read after 6 seconds"),
    # a pattern that never ends, and lets nothing else run
    ("SPIN", "was not read after 6 seconds"),
    # a bomb
    ("EAT", "takes more than 400 MB of memory"),
    # a fault in a library written in C; Windows has codes where others have signals
    ("FALL", "made its reader crash ("),
    # a library that ends the program
    ("LEAVE", "made its reader crash (exit code 3)"),
    # a program that it started hangs
    ("START", "was not read after 6 seconds"),
    # an honest refusal comes through as it is
    ("REFUSE", "is damaged: save it again."),
]


@pytest.mark.parametrize(("deed", "reason"), HARM)
def test_a_file_that_harms_its_reader_costs_itself(workers: Workers, tmp_path: Path, deed: str, reason: str) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_text(deed, encoding="utf-8")
    good.write_text(plan(1), encoding="utf-8")
    first, second = (workers.submit(read, file, file.name, "", tmp_path, LIMITS) for file in (bad, good))
    error = first.exception()
    assert reason in str(error)
    extraction = second.result().extraction
    assert extraction is not None
    assert extraction.report.number == "1"


FAULTS = [
    ("DIG", RecursionError),
    # an error that can't be sent
    ("ANSWER_BADLY", RuntimeError),
]


@pytest.mark.parametrize(("deed", "kind"), FAULTS)
def test_a_fault_comes_back_as_an_error(workers: Workers, tmp_path: Path, deed: str, kind: type[Exception]) -> None:
    (tmp_path / "bad.txt").write_text(deed, encoding="utf-8")
    error = workers.submit(read, tmp_path / "bad.txt", "bad.txt", "", tmp_path, LIMITS).exception()
    assert isinstance(error, kind)


def test_what_a_stopped_reader_started_ends_with_it(workers: Workers, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("START", encoding="utf-8")
    with pytest.raises(StoppedError):
        workers.submit(read, tmp_path / "bad.txt", "bad.txt", "", tmp_path, LIMITS).result()
    started = int((tmp_path / FAMILY).read_text(encoding="utf-8"))
    until(lambda: not runs(started))  # what is killed may take a moment to be gone
    assert not list(workers.scratch.rglob("half-done.tmp"))


def test_shutdown_drops_what_is_under_way(tmp_path: Path) -> None:
    """Ctrl-C must not wait for a file that hangs."""
    (tmp_path / "bad.txt").write_text("HANG", encoding="utf-8")
    workers = Workers(1, scratch=tmp_path)
    futures = [workers.submit(read, tmp_path / "bad.txt", "bad.txt", "", tmp_path, LIMITS) for _ in range(3)]
    while not futures[0].running():
        time.sleep(0.01)
    workers.shutdown(cancel_futures=True)
    assert isinstance(futures[0].exception(), StoppedError)
    assert [future.cancelled() for future in futures[1:]] == [True, True]
    with pytest.raises(RuntimeError):
        workers.submit(prepare)


PARENT = """
import sys, time
from pathlib import Path
from jobs.workers import Workers
from tests.hostile import LIMITS, read

if __name__ == "__main__":
    bad = Path(sys.argv[1])
    workers = Workers(2, scratch=bad.parent)
    futures = [workers.submit(read, bad, bad.name, "", bad.parent, LIMITS) for _ in range(2)]
    time.sleep(3600)
"""


def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("START", encoding="utf-8")
    root = str(Path(__file__).parents[1])
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r})\n{PARENT}", str(tmp_path / "bad.txt")],
        cwd=root,
    )
    until((tmp_path / FAMILY).is_file)
    family = psutil.Process(parent.pid).children(recursive=True)
    assert len(family) >= 3
    parent.kill()
    parent.wait()
    until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family))


def test_folders_of_killed_runs_are_swept(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f"{PREFIX}{gone.pid}-a", f"{PREFIX}{psutil.Process().pid}-b", f"{PREFIX}else", "other"):
        (tmp_path / name).mkdir()
    sweep(tmp_path)
    assert {folder.name for folder in tmp_path.iterdir()} == {
        f"{PREFIX}{psutil.Process().pid}-b",
        f"{PREFIX}else",
        "other",
    }


def test_a_run_names_each_file_that_harms_and_reads_the_others(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole program, with an executor that the environment names."""
    monkeypatch.setenv("THONGSUOT_EXECUTOR", "tests.hostile:executor")
    monkeypatch.setenv("SCRATCH_OF_TEST", str(tmp_path))
    folder = tmp_path / "báo cáo"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(plan(number + 1), encoding="utf-8")
    for deed in ("HANG", "EAT", "LEAVE", "DIG", "REFUSE"):
        (folder / f"{deed}.txt").write_text(deed, encoding="utf-8")
    result = run("--lang", "en", "--store", tmp_path / "kho", "ingest", folder, "--jobs", "2")
    assert result.exit_code == 1
    assert result.stdout.startswith("Files: 11 = 6 new")
    for words in (
        "HANG.txt: was not read after 6 seconds",
        "EAT.txt: takes more than 400 MB",
        "LEAVE.txt: made its reader crash",
        "DIG.txt: could not be understood, by a fault of thongsuot (RecursionError",
        "REFUSE.txt: is damaged",
    ):
        assert words in result.stderr


@pytest.mark.parametrize("key", ["file slow", "file heavy"])
def test_why_a_reader_was_stopped_is_said_in_the_language_spoken(tmp_path: Path, key: str) -> None:
    """The reason stays a saying on its way to who reads it, also inside the error that names the file."""
    path = tmp_path / "a.pdf"
    reason = reason_of(StoppedError(saying(key, seconds=1, megabytes=60)), path)
    with speaking("vi"):
        assert "hãy chia nhỏ tệp" in str(said(fault(path, reason)))
        assert "hãy chia nhỏ tệp" in phrase("file failed", path=path, reason=reason)


def test_one_file_is_read_at_once_for_each_core() -> None:
    assert default_jobs() >= 1


def runs(process: int) -> bool:
    """Tell whether a process is at work."""
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


def until(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for something that must happen soon."""
    latest = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < latest, "it did not happen"
        time.sleep(0.05)


class Unstartable:
    """A process that the system has no room for."""

    def __init__(self, *given: object, **named: object) -> None:
        pass

    def start(self) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize(("room", "works"), [(1, True), (0, False)])
def test_as_many_processes_read_as_there_is_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, works: bool
) -> None:
    """`--jobs 64` on a small machine: those that could be started do the work; none at all is told once."""
    good, left, lock = tmp_path / "good.txt", [room], threading.Lock()
    good.write_text(plan(1), encoding="utf-8")
    process = SPAWN.Process

    def start(*given: Any, **named: Any) -> Any:
        with lock:
            left[0] -= 1
            return process(*given, **named) if left[0] >= 0 else Unstartable()

    monkeypatch.setattr(SPAWN, "Process", start)
    with Workers(4, scratch=tmp_path / "scratch") as workers:
        futures = [workers.submit(read, good, good.name, "", tmp_path, LIMITS) for _ in range(8)]
        if works:
            assert all(future.result().extraction for future in futures)
        else:
            assert any(isinstance(future.exception(), BrokenError) for future in futures)
