"""The whole answer, on every engine: fields, facets, order, folded copies, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from kg.model import QueryError
from search.answers import Answer, Wish, answer
from search.fields import field_at
from search.index import Engine, SearchPassage
from search.query import parse

COMMON = "Các chi bộ học tập, quán triệt kế hoạch theo đúng thời gian."
REPORTS: list[tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]] = [
    (
        {"source": "xa.txt", "type": "báo cáo", "unit": "Ủy ban nhân dân xã Sỹ Bình, huyện Bạch Thông, tỉnh Bắc Kạn",
         "level": "xã", "province": "Bắc Kạn", "date": "2023-05-17", "title": "kết quả công tác dân vận"},
        [("Mô hình dân vận khéo ở ba thôn, 1.181 hộ tham gia.", {}),
         ("UBND xã tiếp công dân mỗi tuần một ngày theo Chỉ thị số 33/CT-TTg.", {"cites": ("33 ct ttg",)}),
         (COMMON, {})],
    ),
    (
        {"source": "huyen.txt", "type": "kế hoạch", "unit": "Huyện ủy Bạch Thông, tỉnh Bắc Kạn",
         "level": "huyện", "province": "Bắc Kạn", "date": "2022-02", "title": "thực hiện Nghị quyết số 25-NQ/TW"},
        [("Triển khai Nghị quyết số 25-NQ/TW và Chỉ thị số 33/CT-TTg tới các xã.",
          {"cites": ("25 nq tw", "33 ct ttg")}),
         (COMMON.upper(), {}),
         ("Hoà giải ở cơ sở: 208,13 ha đất được giải phóng mặt bằng.",
          {"section": ("II. KẾT QUẢ", "1. Dân vận khéo")})],
    ),
    (
        {"source": "tinh.txt", "type": "kế hoạch", "unit": "Ban Dân vận Tỉnh ủy Bắc Giang",
         "level": "tỉnh", "province": "Bắc Giang", "date": "2021", "title": "công tác năm"},
        [(COMMON, {}), ("Quân đội làm công tác dân vận; đàn gà của phụ nữ.", {})],
    ),
]  # fmt: skip
SHOWN = {"25 nq tw": "25-NQ/TW", "33 ct ttg": "33/CT-TTg"}


def passages() -> Iterator[SearchPassage]:
    """Yield the passages of the reports above."""
    for report, texts in REPORTS:
        for n, (text, facts) in enumerate(texts):
            directives = tuple(SHOWN[key] for key in facts.get("cites", ()))
            known = {"kind": "paragraph", "section": (), "year": report["date"][:4]} | report | facts
            yield SearchPassage(f"{report['source']}#{n}", ordinal=n, text=text, directives=directives, **known)


class Below:
    """A graph in which the district's plan and the commune's report stand below 25-NQ/TW."""

    def below(self, ref: str) -> list[str]:
        return ["huyen.txt", "xa.txt"] if ref == "25-NQ/TW" else []

    def numbers(self, ref: str) -> list[str]:
        return ["33/CT-TTg"]


@pytest.fixture(scope="module", params=search.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = search.engine(request.param)[0].create(tmp_path_factory.mktemp("answers") / "index")
    opened.add(passages())
    opened.commit("1")
    yield opened
    opened.close()


def found(engine: Engine, text: str) -> set[str]:
    """Return the ids of the passages that a query finds, without the help of a weaker one."""
    return {hit.passage.id for hit in engine.search(parse(text, Below()), 50).hits}


XA, HUYEN, TINH = ({f"{name}.txt#{n}" for n in range(count)} for name, count in (("xa", 3), ("huyen", 3), ("tinh", 2)))

FIELDS = [
    ("cấp:xã", XA),  # a field alone is a query
    ("level:commune", XA),  # in English
    ("CAP:XA", XA),  # no marks, capitals
    ('cấp:"xã"', XA),  # quoted
    ("cấp: xã", XA),  # a blank after the colon
    ("cấp:phường", XA),  # what stands at the level of a commune
    ("cấp:xã,huyện", XA | HUYEN),  # a comma: either
    ("cấp:xã cấp:huyện", XA | HUYEN),  # a field twice: either
    ("năm:2022", HUYEN),
    ("năm:2021..2022", HUYEN | TINH),
    ("year:2022..", XA | HUYEN),
    ("nam:..2021", TINH),
    ("năm:2021-2022", HUYEN | TINH),  # as a range is written elsewhere
    ("loại:kế hoạch", HUYEN | TINH),  # two words are known to belong together
    ("loại:KH", HUYEN | TINH),  # by its letters
    ("type:bao cao", XA),
    ("tỉnh:Bắc Kạn", XA | HUYEN),
    ("province:bac giang dan", {"tinh.txt#1"}),  # the name ends where the register says
    ('đơn vị:"Bạch Thông"', XA | HUYEN),  # the place alone
    ("đơn vị:UBND xã Sỹ Bình", XA),  # capitals belong together
    ("đơn vị:UBND Sĩ Bình", XA),  # the kind of place left out, i for y
    ("unit:huyen", XA | HUYEN),
    ("đơn vị:Huyện ủy Bạch Thông xã", {"huyen.txt#0"}),
    ("đơn vị:BDV", TINH),  # an abbreviation for what is written out
    ("cites:33/CT-TTg", {"xa.txt#1", "huyen.txt#0"}),
    ("dẫn:chỉ thị 33", {"xa.txt#1", "huyen.txt#0"}),  # short: whoever issued it
    ("dẫn:nq25", {"huyen.txt#0"}),
    ("cites:33/CT-TTg cites:25-NQ/TW", {"huyen.txt#0"}),  # several documents: all of them
    ("cites:33/CT-TTg,25-NQ/TW", {"xa.txt#1", "huyen.txt#0"}),
    ('dẫn:"Chỉ thị về dân vận"', {"xa.txt#1", "huyen.txt#0"}),  # by its name: the graph knows the number
    ("under:25-NQ/TW", XA | HUYEN),
    ("thuộc:25-NQ/TW dân vận", {"xa.txt#0"}),
    ("thuộc:1-NQ/TW", set()),  # nothing below
    ("tệp:tinh.txt", TINH),
    ("dân vận NOT cấp:tỉnh", {"xa.txt#0"}),  # what must not be
    ("NOT cấp:tỉnh dân vận", {"xa.txt#0"}),
    ("cấp:xã NOT công", {"xa.txt#0", "xa.txt#2"}),  # the field says what there must be
    ("dân (quân OR NOT cấp:tỉnh)", {"xa.txt#0", "xa.txt#1", "tinh.txt#1"}),
    ("(cấp:tỉnh OR năm:2023) dân vận", {"xa.txt#0", "tinh.txt#1"}),  # fields within brackets
    ("dân vận AND (cấp:tỉnh OR khéo)", {"xa.txt#0", "tinh.txt#1"}),
    ('"quán triệt" cấp:huyện năm:2022 tỉnh:Bắc Kạn', {"huyen.txt#1"}),  # many at once
    ('"cấp:xã"', set()),  # within quotes a field is words
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FIELDS)
def test_fields_narrow(engine: Engine, text: str, expected: set[str]) -> None:
    assert found(engine, text) == expected


def test_a_field_leaves_the_scores_alone(engine: Engine) -> None:
    scores = {hit.passage.id: hit.score for hit in engine.search(parse("dân vận")).hits}
    for hit in engine.search(parse("dân vận cấp:xã")).hits:
        assert hit.score == pytest.approx(scores[hit.passage.id])


WRONG = [
    ("cấp:thôn dân vận", "“thôn” is no level", "dân vận"),
    ("dân vận năm:hai", "“hai” is no year", "dân vận"),
    ("năm:2023..2021 dân", "earlier year first", "dân"),
    ("loại:bao caoo dân", "no type of document", "caoo dân"),
    ("tỉnh:Bắc Cạp dân", "“Bắc” is no province", "Cạp dân"),
    ('đơn vị:"Bạch Thông dân vận', "no partner", ""),
    ('đơn vị:"" dân vận', "no value", "dân vận"),
    ('dân vận "khéo', "no partner", "dân vận khéo"),
    ("dân vận (khéo", "closing bracket", "dân vận khéo"),
    ("dân vận AND", "needs words on both sides", "dân vận"),
    ("d* vận", "too short", "vận"),
    ("NOT cấp:xã", "only says what must not", ""),
]


@pytest.mark.parametrize(("text", "wrong", "rest"), WRONG)
def test_an_error_says_what_was_not_understood_and_what_was(text: str, wrong: str, rest: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, Below())
    assert wrong in str(caught.value)
    assert (f"The rest was understood: {rest}." in str(caught.value)) == bool(rest)


def test_a_field_that_is_none_is_taken_for_a_word_and_said(engine: Engine) -> None:
    answered = answer(engine, "màu:đỏ dân vận khéo")
    assert any("“màu:” is no field" in note and "level:" in note for note in answered.notes)
    assert answered.passages


EMPTY = [
    ("dân vận cấp:", ("cấp",)),  # typing stopped here
    ("(năm: ) dân vận", ("năm",)),
    ("đơn vị : ", ("đơn vị",)),
    ("nam:", ("nam",)),  # as it was typed
    ("cấp:xã năm:2023", ()),
    ('cấp:"xã" loại:  báo cáo', ()),
    ('"theo cấp:"', ()),  # within quotation marks it is words
    ("màu:", ()),  # no field at all
]


@pytest.mark.parametrize(("text", "fields"), EMPTY)
def test_a_field_without_a_value_is_a_word_and_said(engine: Engine, text: str, fields: tuple[str, ...]) -> None:
    assert parse(text).empty == fields
    notes = " ".join(answer(engine, text).notes)
    assert all(f"“{field}:” has no value" in notes for field in fields)
    assert ("has no value" in notes) == bool(fields)


@given(st.text(st.sampled_from('đơnvịcấpnămunitunder: xãBạch2023.,25-NQ/TW"()'), max_size=30))
def test_a_field_lies_within_the_text(text: str) -> None:
    for start in range(len(text)):
        try:
            typed = field_at(text, start)
        except QueryError:
            continue
        assert typed is None or (start < typed.end <= len(text) and typed.text == text[start : typed.end])


# ---- the answer -----------------------------------------------------------------------------------------------------


def sources(answered: Answer) -> list[str]:
    """Return the reports of the page in their order."""
    return [report.source for report in answered.page]


def test_the_counts_are_those_of_all_passages_found(engine: Engine) -> None:
    answered = answer(engine, "dân vận")
    assert (answered.passages, answered.reports) == (2, 2)
    assert {name: dict(values) for name, values in answered.facets.items()} == {
        "level": {"tỉnh": 1, "xã": 1},
        "province": {"Bắc Giang": 1, "Bắc Kạn": 1},
        "unit": {REPORTS[2][0]["unit"]: 1, REPORTS[0][0]["unit"]: 1},
        "year": {"2021": 1, "2023": 1},
        "type": {"báo cáo": 1, "kế hoạch": 1},
        "cites": {},
    }
    everything = answer(engine, "năm:2021..2023").facets
    assert list(everything["level"].items()) == [
        ("huyện", 3),
        ("xã", 3),
        ("tỉnh", 2),
    ]  # the most first, then the alphabet
    assert everything["cites"] == {"33/CT-TTg": 2, "25-NQ/TW": 1}
    assert answer(engine, "xyzzy").facets["level"] == {}


def test_the_order_by_date_is_the_newest_first(engine: Engine) -> None:
    assert sources(answer(engine, "năm:2021..2023", Wish(by_date=True))) == ["xa.txt", "huyen.txt", "tinh.txt"]
    hits = engine.search(parse("năm:2021..2023"), 50, by_date=True).hits
    assert [hit.passage.ordinal for hit in hits] == [0, 1, 2, 0, 1, 2, 0, 1]  # one report in reading order
    pages = [engine.search(parse("năm:2021..2023"), 3, offset, by_date=True).hits for offset in (0, 3, 6)]
    assert [hit.passage for page in pages for hit in page] == [hit.passage for hit in hits]


def test_copies_are_folded_into_the_first(engine: Engine) -> None:
    answered = answer(engine, "quán triệt kế hoạch")
    (report,) = answered.page
    (hit,) = report.hits
    others = {"xa.txt", "huyen.txt", "tinh.txt"} - {report.source}
    assert set(hit.copies) == others  # whatever their capitals
    assert (answered.passages, answered.reports) == (3, 3)  # the counts are of all
    assert len(answer(engine, "quán triệt kế hoạch", Wish(fold=False)).page) == 3
    assert answer(engine, "quán triệt kế hoạch cấp:xã").page[0].hits[0].copies == ()  # others don't answer this
    two = answer(engine, "quán triệt kế hoạch tỉnh:Bắc Kạn").page[0]
    assert {two.source, *two.hits[0].copies} == {"xa.txt", "huyen.txt"}


def test_a_report_shows_its_best_passages_and_says_how_many_more(engine: Engine) -> None:
    (report,) = answer(engine, "xã OR thôn OR học cấp:xã", Wish(each=1, fold=False)).page
    assert (len(report.hits), report.more) == (1, 2)
    (report,) = answer(engine, "xã OR thôn OR học cấp:xã", Wish(each=None, fold=False)).page
    assert (len(report.hits), report.more) == (3, 0)
    scores = [hit.score for hit in report.hits]
    assert scores == sorted(scores, reverse=True)


def test_pages_make_up_the_whole(engine: Engine) -> None:
    for wish in ({"fold": False}, {"fold": True}, {"by_date": True}):
        whole = sources(answer(engine, "năm:2021..2023", Wish(**wish)))
        pages = [sources(answer(engine, "năm:2021..2023", Wish(limit=1, offset=n, **wish))) for n in range(4)]
        assert [source for page in pages for source in page] == whole


def test_did_you_mean_leaves_the_rest_as_typed(engine: Engine) -> None:
    assert answer(engine, "dân vậnn cấp:xã").meant == "dân vận cấp:xã"
    assert answer(engine, "dân vận").meant is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    words=st.lists(st.sampled_from(["dân", "van", "cấp:xã", "năm:2022..", "NOT cấp:tỉnh", "OR", "khéo", '"kế hoạch"']))
)
def test_the_facets_are_the_hits_counted(engine: Engine, words: list[str]) -> None:
    try:
        query = parse(" ".join(words))
    except QueryError:
        return
    hits = [hit.passage for hit in engine.search(query, 50).hits]
    counts = engine.facets(query, ("level", "source"))
    assert counts["source"] == Counter(hit.source for hit in hits)
    assert sum(counts["level"].values()) == len(hits)
