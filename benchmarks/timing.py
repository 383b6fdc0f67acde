"""Time work on one core: processor time, the least of a few runs, because other work shares the machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Return the least processor time of a few runs of `work`, in seconds; never 0."""
    took = []
    for _ in range(runs):
        gc.collect()
        begin = time.process_time()
        work()
        took.append(time.process_time() - begin)
    return max(min(took), 1e-9)
