"""What runs inside a process of `jobs.workers`: one call after the other, until its parent has no more or is gone."""

from __future__ import annotations

import faulthandler
import os
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import psutil

from ingest.readers.limits import Limits

LATE = 10.0  # seconds after which a process that nobody stopped ends itself
RESERVED = 2  # times the memory a file may take: programs reserve more than they use


def serve(pipe: Connection, limits: Limits, initializer: Callable[[], None] | None, scratch: Path) -> None:
    """Answer the calls that come through `pipe`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    bound(limits)
    settle_in(scratch)
    if initializer is not None:
        initializer()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        pipe.send(None)
        while (call := next_call(pipe)) is not None:
            # Even a reader that lets no other thread run is ended, should the parent be gone.
            faulthandler.dump_traceback_later(limits.seconds + LATE, exit=True, file=nowhere)
            hand_back(pipe, answer(call))
            faulthandler.cancel_dump_traceback_later()


def next_call(pipe: Connection) -> Any:
    """Return the next call, None when there will be none."""
    try:
        return pipe.recv()
    except (EOFError, OSError):
        return None
    except Exception as error:  # what was sent can't be made whole again here
        return raising, (error,), {}


def raising(error: Exception) -> None:
    """Raise `error`: what a call that did not arrive amounts to."""
    raise error


def answer(call: Any) -> tuple[bool, Any]:
    """Return (True, what the call gives) or (False, the error that it raises, with its traceback as a note)."""
    function, args, kwargs = call
    try:
        return True, function(*args, **kwargs)
    except MemoryError:
        return False, MemoryError()
    except BaseException as error:
        error.add_note(traceback.format_exc())
        return False, error


def hand_back(pipe: Connection, answered: tuple[bool, Any]) -> None:
    """Send an answer; where it can't be sent, the reason."""
    try:
        pipe.send(answered)
    except OSError:
        raise SystemExit from None  # the parent is gone
    except Exception as error:
        pipe.send((False, RuntimeError(f"{answered[1]!r:.500} can't be sent ({error})")))


def end_with_parent() -> None:
    """End this process and what it has started when its parent is gone, killed or not."""
    parent = parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.Error:
            continue
    os._exit(1)


def bound(limits: Limits) -> None:
    """Have the system refuse memory far beyond the limit, and write no core files, where it can."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches
        return
    for what, most in ((resource.RLIMIT_DATA, RESERVED * limits.memory), (resource.RLIMIT_CORE, 0)):
        try:
            _, highest = resource.getrlimit(what)
            resource.setrlimit(what, (most if highest == resource.RLIM_INFINITY else min(most, highest), highest))
        except (ValueError, OSError):
            continue


def settle_in(scratch: Path) -> None:
    """Let all temporary files of this process, and of what it starts, lie in `scratch`."""
    scratch.mkdir(parents=True, exist_ok=True)
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = str(scratch)
    tempfile.tempdir = None  # let it be found out anew
