"""How a run is asked to end: Ctrl-C, and what a closed window, `kill` or Windows' Ctrl-Break say, end it in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")  # the last on Windows alone


@contextmanager
def stopping() -> Iterator[None]:
    """Let what asks this process to end do inside what Ctrl-C does; what is ignored (`nohup`) stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    numbers = [signal.Signals[name] for name in SIGNALS if name in signal.Signals.__members__]
    before = {number: signal.getsignal(number) for number in numbers}
    heard = [number for number, handler in before.items() if handler is signal.SIG_DFL]
    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])


def interrupt(number: int, frame: FrameType | None) -> None:
    """Do what Ctrl-C does."""
    raise KeyboardInterrupt
