"""Damaged and tampered files of every format: each is read, or refused by name; nothing else happens.

`python -m benchmarks.mutated` does the same with thousands, in processes that can be stopped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.mutated import attempt
from tests.mutants import files, mutants

COUNT = 480


@pytest.mark.parametrize("name", files())
def test_the_good_files_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(files()[name])
    assert all(reason == "" for _, reason in attempt(path))


@pytest.mark.parametrize("seed", range(12))
def test_changed_files(seed: int, tmp_path: Path) -> None:
    """What is refused is named, and some are still good enough to be read."""
    good = 0
    for number, (name, data) in enumerate(mutants(seed, COUNT // 12)):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        for file, reason in attempt(path):
            assert not reason or file in reason
            good += not reason
    assert good
