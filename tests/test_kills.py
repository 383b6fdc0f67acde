"""Runs that are killed at random moments lose nothing: the short form of `benchmarks.kills`."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import trial_of


def test_what_was_reported_survives_kills(tmp_path: Path) -> None:
    trial, reader, unlike = trial_of(tmp_path, kills=5, documents=60, seed=1)
    assert trial.kills == 5
    assert trial.lost == []
    assert trial.left == 0
    assert reader.errors == []
    assert unlike == []
