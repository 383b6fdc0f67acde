"""Text made ready for patterns: as long as before, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.letters import bare, flatten


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("thay thế, sửa đổi", "thay the, sua doi"),
        ("thay thể, sửa đỗi", "thay the, sua doi"),  # as scans have them
        ("QUYẾT ĐỊNH SỐ 15/2021/QĐ-UBND", "QUYET DINH SO 15/2021/QD-UBND"),  # the case stays
        ("“Điều 5” – 10 m²", "“Dieu 5” – 10 m²"),  # only letters change
    ],
)
def test_bare(text: str, plain: str) -> None:
    assert bare(text) == plain


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_offsets_hold(text: str) -> None:
    assert len(bare(text)) == len(text)
    assert len(flatten(text)) == len(text)
