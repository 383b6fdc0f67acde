"""The query language: what a query asks for, and what is said of one that can't be understood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import table
from kg.model import QueryError
from search.abbreviations import Expansion, expansions
from search.analysis import terms, tokens
from search.query import as_typed, filter_query, parse

MUST = [
    ("dân vận khéo", "((exact:dân AND exact:vận AND exact:khéo) OR exact:dvk)"),  # all words, or the abbreviation
    ("dan van", "(folded:dan AND folded:van)"),  # no marks: the folded field alone
    ("dân van", "(exact:dân AND folded:van)"),  # half marked: word by word
    ("hoà giải", "(exact:hòa AND exact:giải)"),  # the older place of the tone
    ("DÂN VẬN", "(exact:dân AND exact:vận)"),  # case
    (unicodedata.normalize("NFD", "dân vận"), "(exact:dân AND exact:vận)"),  # text that is not NFC
    ('"dân vận"', 'exact:"dân vận"'),  # a phrase
    ('"dan van"', 'folded:"dan van"'),
    ("“dân vận”", 'exact:"dân vận"'),  # curly quotes
    ("«dân vận»", 'exact:"dân vận"'),  # and others
    ('"dân van"', '(folded:"dan van" AND exact:dân)'),  # a phrase half marked
    ('"dân vận"~3', 'exact:"dân vận"'),  # a distance is not offered, and does no harm
    ("dân*", "exact:dân*"),  # a prefix with marks
    ("dan*", "folded:dan*"),  # and without
    ("25-nq*", "folded:25_nq*"),  # the beginning of a document's number
    ("khéo~", "exact:khéo~"),  # a slip of the keys
    ("kheo~2", "folded:kheo~2"),
    ("dân AND vận", "(exact:dân AND exact:vận)"),
    ("dân VÀ vận", "(exact:dân AND exact:vận)"),  # operators in Vietnamese
    ("dân OR vận", "(exact:dân OR exact:vận)"),
    ("dân HOẶC vận", "(exact:dân OR exact:vận)"),
    ("dân NOT vận", "(exact:dân AND NOT exact:vận)"),
    ("dân KHÔNG vận", "(exact:dân AND NOT exact:vận)"),
    ("dân AND NOT vận", "(exact:dân AND NOT exact:vận)"),
    ("dân và vận", "(exact:dân AND exact:và AND exact:vận)"),  # small letters: a word
    ("KHÔNG CÓ VỤ VIỆC", "(exact:không AND exact:có AND exact:vụ AND exact:việc)"),  # all in capitals: words
    ("(dân OR quân) xã", "((exact:dân OR exact:quân) AND exact:xã)"),  # brackets
    ("dân AND quân OR xã", "((exact:dân AND exact:quân) OR exact:xã)"),  # AND binds first
    ("25-NQ/TW", "number:25_nq_tw"),  # the dash is no NOT
    ("25 – NQ/TW", "number:25_nq_tw"),
    ("Nghị quyết số 25-NQ/TW", "number:25_nq_tw"),  # passages may name its type or not
    ("nq25", "(number:25_nq OR folded:nq25)"),  # short spellings
    ("33", "(folded:33 OR number:33_*)"),  # a bare count may be the number of a document
    ("hdnd", '(folded:hdnd OR exact:"hội đồng nhân dân")'),  # an abbreviation, marks left out
    ("hội đồng nhân dân", "((exact:hội AND exact:đồng AND exact:nhân AND exact:dân) OR exact:hđnd)"),
    ("tu dân", "(folded:tu AND exact:dân)"),  # two small letters are no abbreviation
    ('"CTDV xã"', '((folded:"ctdv xa" AND exact:xã) OR exact:"công tác dân vận xã")'),  # an abbreviation in a phrase
    ("dân, vận; quân", "(exact:dân AND exact:vận AND exact:quân)"),  # punctuation
    ("dân - vận", "(exact:dân AND exact:vận)"),
    ("3/6/2013", 'folded:"3 6 2013"'),  # what has no blank stays together
    ("dân\x00vận\u200b", "(exact:dân AND exact:vận)"),  # control characters
]


@pytest.mark.parametrize(("text", "expected"), MUST)
def test_what_a_query_asks_for(text: str, expected: str) -> None:
    assert str(parse(text).must) == expected


PAIRS = [
    ("dân vận khéo", ("dan_van", "van_kheo")),  # adjacent words raise a passage
    ('"dân vận" khéo', ("dan_van", "van_kheo")),
    ("dân OR vận", ()),  # alternatives are not neighbours
    ("dân vận NOT quân đội", ("dan_van",)),  # nor is what must not occur
    ("(dân vận) khéo", ("dan_van",)),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_pairs_of_words_that_raise_a_passage(text: str, expected: tuple[str, ...]) -> None:
    assert parse(text).pairs == expected


ERRORS = [
    ("", "empty"),
    (" \t\n", "empty"),
    ("- * ?", "no word"),  # nothing but signs
    ('""', "no word"),
    ("()", "no word"),
    ('"dân vận', "quotation mark"),
    ("(dân vận", "closing bracket is missing"),
    ("dân) vận", "opening bracket is missing"),
    ("dân () vận", "nothing between"),
    ("AND", "“AND” needs words on both sides"),
    ("dân OR", "“OR” needs words on both sides"),
    ("dân AND OR vận", "needs words on both sides"),
    ("dân HOẶC", "“HOẶC” needs words"),
    ("dân NOT", "“NOT” needs words after it"),
    ("NOT dân", "only says what must not occur"),
    ("dân OR NOT vận", "only says what must not occur"),
    ("d*", "too short"),  # it would mean half the words there are
    ("dé~", "too short"),
    ("khéo~5", "one letter"),  # more than two letters off is another word
    ("dân " * 10_000, "too long (10,000 words)"),
    ("(" * 50 + "dân" + ")" * 50, "deep"),
]


@pytest.mark.parametrize(("text", "expected"), ERRORS)
def test_what_was_not_understood_is_said(text: str, expected: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert expected in str(caught.value)


def test_a_long_query_is_a_question() -> None:
    """More than six words need not all occur; its pairs count less than its words, its headings least."""
    assert not parse("xây dựng mô hình dân vận").any_word
    question = parse("xây dựng mô hình dân vận ở đâu")
    assert question.any_word
    assert str(question.tree).count(" OR ") == 2 * (len(question.pairs) + 8) - 1
    assert str(question.tree).count("^") == 2 * len(question.pairs) + 8


def test_a_weaker_query_only_for_plain_words() -> None:
    weaker = parse("dân vận").weaker()
    assert weaker is not None
    assert str(weaker.must) == "(exact:dân OR exact:vận)"
    assert weaker.weaker() is None
    assert parse('"dân vận"').weaker() is None  # quotes are meant
    assert parse("dân AND vận").weaker() is None  # so are operators


def test_abbreviations_are_read_both_ways() -> None:
    for row in table("abbreviations"):
        short = tuple(terms(row["short"]).exact)
        assert short in {other for found in expand(row["long"]) for other in found.others}
        assert tuple(terms(row["long"]).exact) in {other for found in expand(row["short"]) for other in found.others}


def expand(text: str) -> list[Expansion]:
    """Return what else `text` may be written as."""
    return expansions(text, tokens(text))


ARGUMENTS = [
    # as a shell hands them over: its quotation marks are gone
    (["dân vận khéo"], "dân vận khéo"),  # one argument is the query itself
    (["dân", "vận"], "dân vận"),
    (["under:25-NQ/TW", "tiếp công dân"], 'under:25-NQ/TW "tiếp công dân"'),  # typed: under:25-NQ/TW "tiếp công dân"
    (["114", "KL/TW"], "114 KL/TW"),
    (["đơn", "vị:Bạch Thông"], "đơn vị:Bạch Thông"),  # typed: đơn vị:"Bạch Thông"
    (["dân vận", "năm:2023 cấp:xã"], '"dân vận" năm:2023 cấp:xã'),  # fields are no phrase
    (["dân vận", "AND", "(xã OR huyện)"], '"dân vận" AND (xã OR huyện)'),  # nor are operators and brackets
    (['"dân vận"', "“tiếp dân”"], '"dân vận" “tiếp dân”'),  # quoted twice: quoted already
    ([""], ""),
]


@pytest.mark.parametrize(("arguments", "expected"), ARGUMENTS)
def test_the_arguments_of_a_command_line_are_one_query(arguments: list[str], expected: str) -> None:
    assert as_typed(arguments) == expected


def test_pieces_without_a_word_are_reported() -> None:
    assert parse("dân & vận").unused == ("&",)


ANYTHING = st.text(max_size=40)
PIECES = st.lists(
    st.sampled_from(
        [
            "dân",
            "van",
            "nq",
            "số",
            "25",
            "33/CT-TTg",
            "25-NQ/TW",
            "ubnd",
            "hội đồng nhân dân",
            "AND",
            "OR",
            "NOT",
            "VÀ",
            *" \"“()*~:-'[]{}^\\/&;,.",
            "~2",
            "TO",
            "\u0301",
            "\ud7ff",
        ]
    ),
    max_size=25,
)


@given(ANYTHING | PIECES.map("".join) | PIECES.map(" ".join))
def test_a_query_is_understood_or_refused_in_words(text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return  # any other exception fails the test
    assert str(query.tree)
    assert query.text == text


FILTERS = [
    ({"level": ["Xã"]}, "level:xa"),  # as people write it
    ({"unit": ["UBND huyện Bạch Thông"]}, '(unit:"uy ban nhan dan" AND unit:"huyen bach thong")'),
    ({"level": ["xã", "huyện"]}, "(level:xa OR level:huyen)"),  # either
    ({"level": ["xã"], "type": ["báo cáo"]}, "(level:xa AND type:bao_cao)"),  # both
    ({"year": ["2021..2023"]}, "(year:2021 OR year:2022 OR year:2023)"),
    ({"cites": ["25 - NQ/TW"]}, "cites:25_nq_tw"),  # any spelling of the number
    ({"source": ["a b.txt"]}, "source:a b.txt"),  # the name of a file stays as it is
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_filters(filters: dict[str, list[str]], expected: str) -> None:
    assert str(filter_query(filters)) == expected


@pytest.mark.parametrize("filters", [{"colour": ["red"]}, {"year": ["2023..2021"]}])
def test_filters_that_make_no_sense(filters: dict[str, list[str]]) -> None:
    with pytest.raises(QueryError):
        filter_query(filters)


def test_no_filter() -> None:
    assert filter_query(None) is None
    assert filter_query({}) is None
