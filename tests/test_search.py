"""Search from the query to the marked answer."""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from kg.language import catalogue, saying
from kg.model import QueryError
from search.highlight import LONGEST, highlight, snippet
from search.index import Engine, SearchPassage
from search.query import parse
from search.search import search as find
from search.suggestions import did_you_mean, slips
from search.weaker import APART, SOME
from search.weaker import MARKS as OTHER_MARKS

NFD = unicodedata.normalize("NFD", "Phong trào Dân Vận Khéo")

MARKS = [
    ("dân vận khéo", "Phong trào dân vận khéo", ["dân vận khéo"]),  # words side by side are one mark
    ("dan van kheo", "Phong trào Dân Vận Khéo", ["Dân Vận Khéo"]),  # in the spelling of the passage
    ("dan van kheo", NFD, [NFD[-16:]]),  # whatever its normal form
    ("dân vận", "dân vận và nhân dân", ["dân vận"]),  # a word beside its neighbour is marked only there
    ("dân vận", "nhân dân đi vận chuyển", ["dân", "vận"]),  # unless they never stand side by side
    ("dan", "dân, đàn, dẫn", ["dân", "đàn", "dẫn"]),
    ("đàn", "dân, đàn, dẫn", ["đàn"]),  # marks typed are meant
    ('"dân vận"', "dân vận; vận động nhân dân", ["dân vận"]),  # a phrase, not its words
    ('"dân van khéo"', "dân vận khéo, dàn vận khéo", ["dân vận khéo"]),  # half marked
    ("hòa giải", "hoà giải", ["hoà giải"]),  # the older place of the tone
    ("25-NQ/TW", "theo Nghị quyết số 25 - NQ/TW và 43-KL/TW", ["Nghị quyết số 25 - NQ/TW"]),  # with its type word
    ("nq25", "theo Nghị quyết số 25 này", ["Nghị quyết số 25"]),  # the short form
    ("33", "33 hộ; 33/CT-TTg; 1.233 con", ["33", "33/CT-TTg"]),
    ("UBND", "Uỷ ban nhân dân xã, UBND huyện", ["Uỷ ban nhân dân", "UBND"]),  # abbreviations both ways
    ("khé*", "khéo léo, khế, khét", ["khéo", "khét"]),
    ("khéo~", "khéo, khoe, khó", ["khéo"]),
    ("dân NOT vận", "dân ta vận chuyển", ["dân"]),  # what must not occur is never marked
    ("xã", "huyện", []),
    ("tiếp công dân", "tiếp côn\u00adg\u200b dân", ["tiếp côn\u00adg\u200b dân"]),  # signs nobody sees
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKS)
def test_marks(query: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in highlight(text, parse(query))] == expected


VIETNAMESE = st.text(st.sampled_from("dânvậkhéođĐươ 25-NQ/TW33xã.,\u0301\u00ad"), max_size=80)
QUERIES = st.sampled_from(["dân vận", "dan van kheo", '"dân vận"', "25-NQ/TW", "dâ*", "khéo~", "33", "xa ubnd NOT dân"])


@given(text=VIETNAMESE | st.text(max_size=60), query=QUERIES)
def test_marks_are_in_order_and_in_the_text(text: str, query: str) -> None:
    marks = highlight(text, parse(query))
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(left[1] < right[0] for left, right in pairwise(marks))


@given(st.lists(st.sampled_from(["dân", "vận", "khéo", "xã", "huyện,", "thôn."]), max_size=300).map(" ".join))
def test_a_snippet_is_a_part_of_the_text_with_the_same_marks(text: str) -> None:
    marks = highlight(text, parse("dân vận khéo"))
    found = snippet(text, marks)
    assert len(found.text) <= LONGEST
    assert found.text.strip("…") in text
    for start, end in found.marks:
        assert 0 <= start < end <= len(found.text)
        inside = slice(start - found.text.startswith("…") + found.start, end - found.text.startswith("…") + found.start)
        assert text[inside] == found.text[start:end]
    if marks:
        assert found.marks


FILLING = "và các cơ quan đơn vị trong toàn huyện tiếp tục quan tâm " * 8
SNIPPETS = [
    ("dân vận", "dân vận", "dân vận"),  # a short passage is shown whole
    (FILLING + "dân vận khéo " + FILLING, "dân vận khéo", "dân vận khéo"),  # the place of the mark
    ("dân " + FILLING + "dân vận khéo " + FILLING, "dân van kheo", "dân vận khéo"),  # the densest place
    (FILLING + "dân dân dân " + FILLING + "xã thôn", "dân OR xã OR thôn", "xã thôn"),  # variety before repetition
]


@pytest.mark.parametrize(("text", "query", "expected"), SNIPPETS)
def test_snippet_shows_the_best_place(text: str, query: str, expected: str) -> None:
    found = snippet(text, highlight(text, parse(query)))
    assert expected in found.text
    assert [found.text[start:end] for start, end in found.marks]


def test_snippet_is_cut_between_words() -> None:
    found = snippet(FILLING + "dân vận " + FILLING, highlight(FILLING + "dân vận " + FILLING, parse("dân vận")))
    words = found.text.strip("…").split()
    assert set(words) <= set(FILLING.split()) | {"dân", "vận"}
    assert found.text.startswith("…")
    assert found.text.endswith("…")


def test_snippet_without_marks_is_the_beginning() -> None:
    assert snippet(FILLING, []).text.startswith("và các cơ quan")


@pytest.fixture(scope="module", params=search.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    texts = ["Phong trào dân vận khéo ở xã", "Công tác dân vận của huyện", "Vận động nhân dân", "Quân đội giúp dân"]
    opened = search.engine(request.param)[0].create(tmp_path_factory.mktemp("search") / "index")
    opened.add(
        SearchPassage(f"a#{n}", "a", n, ("I",), "paragraph", text, level="xã" if n % 2 else "huyện")
        for n, text in enumerate(texts)
    )
    opened.commit("1")
    yield opened
    opened.close()


def test_results(engine: Engine) -> None:
    results = find(engine, "dan van kheo")
    assert (results.total, results.notes) == (1, ())
    (hit,) = results.hits
    assert [hit.passage.text[start:end] for start, end in hit.marks] == ["dân vận khéo"]
    assert hit.snippet.text == hit.passage.text
    assert find(engine, "dân vận khéo").hits[0].passage == hit.passage  # with marks and without: the same


def test_where_nothing_has_all_words_those_with_some_are_shown(engine: Engine) -> None:
    results = find(engine, "dân vận ngoại giao")
    assert results.total == 4
    assert results.hits[0].passage.ordinal in {0, 1}  # the two words side by side come first
    assert results.notes == (saying(SOME),)


def test_filters_and_pages(engine: Engine) -> None:
    assert [hit.passage.ordinal for hit in find(engine, "dân vận", filters={"level": ["huyện"]}).hits] == [0, 2]
    whole = [hit.passage.id for hit in find(engine, "dân").hits]
    assert [hit.passage.id for hit in find(engine, "dân", limit=2, offset=2).hits] == whole[2:]
    assert find(engine, "dân", limit=2, offset=2).total == 4


def test_what_was_left_out_is_said(engine: Engine) -> None:
    assert find(engine, "dân & vận").notes == ("“&” was left out: it has no letter or digit.",)


def test_a_query_that_is_wrong(engine: Engine) -> None:
    with pytest.raises(QueryError):
        find(engine, '"dân vận')


WEAKER = [
    # query, how many passages the nearest weaker one finds, and why: keys of the catalogue, or words said with it
    ("dận vẩn", 3, (OTHER_MARKS,)),  # no passage has these marks
    ('"vận dân"', 3, (APART,)),  # the words, not side by side
    ('"vẩn dân"', 3, (APART, OTHER_MARKS)),
    ("dân vận ngoại giao", 4, (SOME,)),
    ('"dân vận" ngoại', 2, (SOME,)),  # what stands in quotes still stands so
    ("dân AND ngoại", 4, (SOME,)),
    ("khéo cấp:tỉnh", 1, ("cấp:tỉnh",)),  # the field that leaves nothing is named
    ("khéo năm:1999 cấp:huyện", 1, ("năm:1999",)),  # the one that costs most goes first
    ("xyzzy", 0, ()),  # nothing near
    ("xyzzy NOT dân", 0, ()),
]


@pytest.mark.parametrize(("text", "total", "why"), WEAKER)
def test_the_nearest_weaker_query_and_why(engine: Engine, text: str, total: int, why: tuple[str, ...]) -> None:
    results = find(engine, text)
    assert results.total == total
    assert bool(results.notes) == bool(why)
    for reason in why:
        assert str(saying(reason) if reason in catalogue("en") else reason) in results.notes[0]


MEANT = [
    ("dan vnaj", "dan van"),  # letters in the wrong order
    ("dân vậm khéoo", "dân vận khéo"),  # the marks that passages have
    ("danvan kheo", "dan van kheo"),  # a blank left out
    ("dan van", None),  # nothing to put right
    ("qwrtzpsdf", None),  # nothing near
]


@pytest.mark.parametrize(("text", "expected"), MEANT)
def test_did_you_mean(engine: Engine, text: str, expected: str | None) -> None:
    assert did_you_mean(engine, parse(text)) == expected


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_slips_are_the_same_both_ways(one: str, other: str) -> None:
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)
    assert slips(one, other, 1) >= min(2, slips(one, other, 9))
