"""What readers hand on: a source written out line by line, to which every line and mark is traced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.hypertext import read_hypertext
from ingest.markup import read_markup
from ingest.read import compose
from ingest.readers.draft import write_out
from ingest.text import Text

PAGE = """<p>Thực hiện Nghị quyết số 25-NQ/TW<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup> của Đảng.</p>
<h2>I. KẾT QUẢ</h2><p>Giá 5 * 3.</p>
<ol><li id="footnote-1"><p>Ngày 03/6/2013 <a href="#footnote-ref-1">up</a></p></li></ol>"""


def written(page: str) -> Text:
    """Return the text of an HTML page whose lines are written out first."""
    return compose(*write_out(read_hypertext(page)))


def test_source_is_plain_and_notes_stay_linked() -> None:
    text = written(PAGE)
    assert "<" not in text.source
    assert "25-NQ/TW⁽¹⁾ của Đảng." in text.source
    assert "⁽¹⁾ Ngày 03/6/2013" in text.source
    note = next(block for block in text.blocks if block.kind == "note")
    assert note.mark == "1"
    assert note.anchor == text.content.index("25-NQ/TW") + len("25-NQ/TW")


def test_content_is_that_of_the_page() -> None:
    plain = compose(PAGE, read_hypertext(PAGE))
    assert written(PAGE).content == plain.content
    assert [(b.kind, b.mark, b.anchor) for b in written(PAGE).blocks] == [
        (b.kind, b.mark, b.anchor) for b in plain.blocks
    ]


@given(st.text(alphabet="ab ¹²(1)[^]*_<p>\n.Ngị", max_size=80))
def test_any_text_stays_traced(source: str) -> None:
    text = compose(*write_out(read_markup(source)))
    for place, char in enumerate(text.content):
        if char not in "\n ":
            assert text.source[text.origins[place]] == char
