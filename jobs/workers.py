"""Processes that can be stopped: a `concurrent.futures.Executor` in which a hostile file costs only itself.

A reader that hangs, eats memory or crashes is ended with all that it has started (LibreOffice, tesseract), another
process takes its place, and the future says why. The processes end with their parent, however that ends.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue
from time import monotonic
from typing import Any

import psutil

from ingest.readers.limits import DEFAULT, MEGABYTE, Limits
from jobs.scratch import remove_folder
from jobs.serving import serve
from kg.language import Saying, saying
from kg.model import ReadError, ThongsuotError

SPAWN = get_context("spawn")  # the same on every system; a fork would inherit threads and locks
TICK = 0.1  # seconds between two looks at a process that is at work
START = 120.0  # seconds that a process may take to start, on a machine that is busy
FRESH = 20  # files after which a process that has grown is replaced


class StoppedError(ReadError):
    """What a process was doing was ended: beyond a limit, or by its own crash; the message lacks the file."""


class BrokenError(ThongsuotError):
    """No process can be started at all."""


@dataclass(frozen=True, slots=True)
class Task:
    """A call that somebody waits for."""

    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
    future: Future[Any] = field(default_factory=Future)


class Workers(Executor):
    """`count` processes, each started when there is work for it and never given more than `limits`.

    Where the machine has not room for so many, those that could be started do the work; BrokenError where none could.
    `initializer` is called in each process before its first task, and `scratch` is where their temporary files lie;
    what a process leaves there is removed with it.
    """

    def __init__(
        self, count: int, limits: Limits = DEFAULT, initializer: Callable[[], None] | None = None, *, scratch: Path
    ) -> None:
        self.limits = limits
        self.initializer = initializer
        self.scratch = scratch
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._ended = threading.Event()
        self._closed = False
        self._left = count  # lanes that have not given up
        self._counting = threading.Lock()
        self._lanes = [threading.Thread(target=self._lane, args=(n,), daemon=True) for n in range(count)]
        for lane in self._lanes:
            lane.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have `fn(*args, **kwargs)` called in a process; all of it must be picklable."""
        if self._closed:
            raise RuntimeError("no new tasks after shutdown")
        task = Task((fn, args, kwargs))
        self._tasks.put(task)
        return task.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes end: with `cancel_futures` at once, what they are doing is dropped."""
        self._closed = True
        if cancel_futures:
            self._ended.set()
        for _ in self._lanes:
            self._tasks.put(None)
        for lane in self._lanes:
            if wait:
                lane.join()

    def _lane(self, number: int) -> None:
        """Hand one process after the other its tasks: the life of one thread."""
        block_interrupts()
        worker: Worker | None = None
        try:
            while (task := self._tasks.get()) is not None:
                if self._ended.is_set() and task.future.cancel():
                    continue
                if not task.future.running() and not task.future.set_running_or_notify_cancel():
                    continue
                try:
                    worker = worker or self._start(self.scratch / f"worker-{number}")
                except BrokenError as error:
                    if self._give_up():
                        self._tasks.put(task)  # other lanes have processes
                        return
                    task.future.set_exception(error)
                except StoppedError as error:
                    task.future.set_exception(error)
                else:
                    worker = self._run(task, worker)
        finally:
            if worker is not None:
                worker.end()

    def _start(self, scratch: Path) -> Worker:
        """Start a process; BrokenError where that can't be."""
        try:
            return Worker(self.limits, self.initializer, scratch, self._ended)
        except ThongsuotError:
            raise
        except BaseException as error:  # whatever it is, somebody waits for the future
            raise BrokenError(saying("no process")) from error

    def _give_up(self) -> bool:
        """Let this lane end, unless it is the last one or no more tasks are taken; tell whether it may."""
        with self._counting:
            if self._left == 1 or self._closed:
                return False
            self._left -= 1
            return True

    def _run(self, task: Task, worker: Worker) -> Worker | None:
        """Run one task; return the process for the next one, None where that needs another."""
        try:
            done, value = worker.ask(task, self._ended)
        except BaseException as error:  # whatever it is, somebody waits for the future
            worker.end()
            task.future.set_exception(error)
            return None
        if done:
            task.future.set_result(value)
        else:
            task.future.set_exception(value)
        if worker.grown():
            worker.end()
            return None
        return worker


class Worker:
    """One process, as its parent sees it."""

    def __init__(
        self, limits: Limits, initializer: Callable[[], None] | None, scratch: Path, ended: threading.Event
    ) -> None:
        self.limits = limits
        self.scratch = scratch
        self.asked = 0
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, limits, initializer, scratch), daemon=True)
        try:
            self.process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()
        try:
            self.family = psutil.Process(self.process.pid)
        except psutil.Error:  # it has ended already
            self.process.join()
            self.pipe.close()
            raise
        try:
            self.begin(ended)
        except BaseException:
            self.end()
            raise

    def begin(self, ended: threading.Event) -> None:
        """Wait until the process is ready; BrokenError when it never is, StoppedError when the run ends meanwhile."""
        latest = monotonic() + START
        try:
            while monotonic() < latest:
                if self.pipe.poll(TICK):
                    self.pipe.recv()
                    return
                if ended.is_set():
                    raise StoppedError(saying("run stopped"))
        except (EOFError, OSError):
            pass
        raise BrokenError(saying("no process"))

    def ask(self, task: Task, ended: threading.Event) -> tuple[bool, Any]:
        """Return (True, what the call gave) or (False, the error that it raised); StoppedError beyond a limit."""
        self.asked += 1
        try:
            self.pipe.send(task.call)
            self.wait(ended)
            answer: tuple[bool, Any] = self.pipe.recv()
        except (EOFError, ConnectionError):
            raise StoppedError(saying("reader crashed", how=self.last_words())) from None
        if isinstance(answer[1], MemoryError):
            raise StoppedError(self.too_large())
        return answer

    def wait(self, ended: threading.Event) -> None:
        """Wait for the answer; StoppedError when it takes too long or too much."""
        latest = monotonic() + self.limits.seconds
        while not self.pipe.poll(TICK):
            if ended.is_set():
                raise StoppedError(saying("run stopped"))
            if monotonic() > latest:
                raise StoppedError(saying("file slow", seconds=f"{self.limits.seconds:g}"))
            if self.memory() > self.limits.memory:
                raise StoppedError(self.too_large())

    def too_large(self) -> Saying:
        """Return the words for a file that takes more memory than it may."""
        return saying("file heavy", megabytes=self.limits.memory // MEGABYTE)

    def memory(self) -> int:
        """Return the bytes of memory that the process and all that it started hold."""
        total = 0
        try:
            for one in (self.family, *self.family.children(recursive=True)):
                total += one.memory_info().rss
        except psutil.Error:  # one of them has just ended
            pass
        return total

    def grown(self) -> bool:
        """Tell whether the process has kept so much of what it read that a fresh one is better."""
        return self.asked >= FRESH and self.memory_alone() > self.limits.memory // 2

    def memory_alone(self) -> int:
        """Return the bytes of memory that the process itself holds."""
        try:
            return int(self.family.memory_info().rss)
        except psutil.Error:
            return 0

    def last_words(self) -> str:
        """Return how the process ended: "SIGSEGV", "exit code 3"."""
        self.process.join(1.0)
        code = self.process.exitcode
        if code is None or code >= 0:
            return "it stopped answering" if code is None else f"exit code {code}"
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"

    def end(self) -> None:
        """End the process and all that it has started, and remove what they left behind."""
        end_family(self.family)
        self.process.join()
        self.pipe.close()
        self.process.close()
        remove_folder(self.scratch)


def end_family(process: psutil.Process) -> None:
    """End a process and all that it has started; it is held first, so that it starts nothing more."""
    family = [process]
    try:
        process.suspend()
        family += process.children(recursive=True)
    except (psutil.Error, OSError):
        pass
    for one in family:
        try:
            one.kill()
        except psutil.Error:
            continue


def block_interrupts() -> None:
    """Keep Ctrl-C from this thread and what it starts: only the parent hears it, and ends the others in order."""
    if hasattr(signal, "pthread_sigmask"):  # Windows has none; there the processes ignore it once they run
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
