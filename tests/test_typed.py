"""Queries as officials type them: what must come first, and what must not be found, on every engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest

import search
from search.answers import Wish, answer
from search.index import Engine, SearchPassage
from search.query import parse

XA = {"type": "báo cáo", "unit": "Ủy ban nhân dân xã Sỹ Bình, huyện Bạch Thông, tỉnh Bắc Kạn", "level": "xã",
      "province": "Bắc Kạn", "date": "2023-05-17", "year": "2023", "title": "Kết quả công tác dân vận"}  # fmt: skip
HUYEN = {"type": "kế hoạch", "unit": "Huyện ủy Bạch Thông, tỉnh Bắc Kạn", "level": "huyện",
         "province": "Bắc Kạn", "date": "2022-02-17", "year": "2022", "title": "Kế hoạch năm"}  # fmt: skip
PASSAGES = {
    "model": (XA, "Mô hình dân vận khéo ở ba thôn, 1.181 hộ tham gia."),
    "apart": (XA, "Nhân dân tham gia vận chuyển vật liệu; anh Khéo là trưởng thôn."),
    "poultry": (XA, "Đàn gà, đàn vịt của phụ nữ phát triển."),
    "reception": (XA, "UBND xã tiếp công dân mỗi tuần một ngày."),
    "mediation": (XA, "Hoà giải ở cơ sở: 22/22 vụ tranh chấp nhỏ."),
    "peace": (XA, "Hòa bình và giải thưởng."),
    "land": (XA, "208,13 ha đất được giải phóng mặt bằng."),
    "surface": (XA, "Mặt đường bằng phẳng, giải quyết xong 208 vụ."),
    "poor": (XA, "33 hộ nghèo được hỗ trợ nhà ở."),
    "water": (XA, "Thuỷ lợi và thuỷ sản; phòng chống thiên tai."),
    "skills": (XA, "Bồi dưỡng kỹ năng cho cán bộ, chiến sỹ."),
    "resolution": (HUYEN, "Triển khai Nghị quyết số 25-NQ/TW ngày 03/6/2013 tới các chi bộ."),
    "province": (HUYEN, "Nghị quyết số 25-NQ/TU của Tỉnh ủy về đất đai; 25 nghị quyết khác."),
    "hundred": (HUYEN, "Nghị quyết số 125-NQ/TW về cán bộ."),
    "directive": (HUYEN, "Thực hiện Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ."),
    "conclusion": (HUYEN, "Kết luận số 114 KL/TW của Ban Bí thư về dân vận chính quyền."),
    "decree": (HUYEN, "Nghị định số 15/2020/NĐ-CP về xử phạt; 15 thôn tham gia năm 2020."),
    "army": (HUYEN, "Quân đội làm công tác dân vận; bộ đội giúp dân làm đường."),
    "democracy": (HUYEN, "Thực hiện quy chế dân chủ ở cơ sở trong doanh nghiệp."),
    "front": (HUYEN, "Ủy ban MTTQ giám sát và phản biện xã hội."),
    "council": (HUYEN, "Hội đồng nhân dân huyện chất vấn về nước sạch."),
}


@pytest.fixture(scope="module", params=search.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = search.engine(request.param)[0].create(tmp_path_factory.mktemp("typed") / "index")
    opened.add(
        SearchPassage(name, f"{name}.txt", 0, (), "paragraph", text, **facts)
        for name, (facts, text) in PASSAGES.items()
    )
    opened.commit("1")
    yield opened
    opened.close()


# what is typed, what comes first, what is not found however the query is weakened ("" for none), what the row teaches
TYPED = [
    # ---- marks
    ("dân vận khéo", "model", "poultry", "all marks"),
    ("dan van kheo", "model", "land", "no marks: words side by side before words apart"),
    ("dân van khéo", "model", "poultry", "half marked: a word typed with marks keeps them"),
    ("dan vận kheo", "model", "land", "half marked the other way"),
    ("dan van khéo", "model", "land", "only the last word marked"),
    ("đan ga", "poultry", "model", "no passage has đan with these marks: đàn is nearest"),
    ("đàn gà", "poultry", "model", "đ is no d"),
    ("dan ga", "poultry", "water", "d may be đ where nothing is marked"),
    ("đàn", "poultry", "model", "a marked word never finds another mark"),
    ("phu nu", "poultry", "model", "two words without marks"),
    ("quan doi", "army", "model", "đ typed as d"),
    ("quân đôi", "army", "model", "one mark too few: read without marks"),
    ("mô hinh", "model", "apart", "the last mark forgotten"),
    ("giãi phóng mặt bằng", "land", "surface", "hỏi and ngã confused"),
    # ---- where the tone stands, i and y
    ("hòa giải", "mediation", "land", "the newer place of the tone finds the older"),
    ("hoà giải", "mediation", "land", "the older place"),
    ("hoa giai", "mediation", "land", "no marks at all"),
    ("thủy lợi", "water", "", "ủy for uỷ"),
    ("thuỷ lợi", "water", "", "uỷ for ủy"),
    ("thũy lợi", "water", "", "a wrong tone in the newer place"),
    ("kĩ năng", "skills", "", "i for y"),
    ("kỹ năng chiến sĩ", "skills", "", "y in one word, i in the other"),
    ("đơn vị:Sĩ Bình dân vận", "model", "army", "i for y in the name of a place"),
    # ---- case and the normal form
    ("DÂN VẬN KHÉO", "model", "poultry", "capitals"),
    ("Dân Vận Khéo", "model", "poultry", "a capital at each word"),
    ("đÀN gÀ", "poultry", "model", "the key for capitals stuck"),
    ("DAN VAN KHEO", "model", "land", "capitals without marks"),
    ("KHÔNG CÓ HOÀ GIẢI", "mediation", "", "KHÔNG in a query all in capitals is a word"),
    # ---- phrases and their quotation marks
    ('"dân vận khéo"', "model", "apart", "a phrase"),
    ("“dân vận khéo”", "model", "apart", "curly quotation marks, as Word makes them"),
    ("«dan van kheo»", "model", "apart", "others, and no marks"),
    ("„tiếp công dân“", "reception", "model", "low and high ones"),
    ('"tiếp cong dân"', "reception", "model", "a phrase half marked"),
    ('"giải phóng mặt bằng" đất', "land", "surface", "a phrase and a word"),
    # ---- copied from a PDF or a web page
    ("tiếp cô\u00adng dân", "reception", "model", "a soft hyphen within a word"),
    ("giải phóng mặt\u200b bằng", "land", "surface", "a blank of no width"),
    ("tiếp\u00a0công\u00a0dân", "reception", "model", "blanks that do not break"),
    ("giải\nphóng\nmặt\tbằng", "land", "surface", "line breaks and a tab"),
    ("phản biện xã hội\x0c", "front", "model", "the end of a page"),
    ("\ufeffphản biện", "front", "model", "a byte order mark"),
    ("• hòa giải ở cơ sở;", "mediation", "peace", "the dot of a list and a semicolon"),
    ("(giải phóng mặt bằng)", "land", "surface", "brackets that only enclose"),
    ("Ðàn gà", "poultry", "model", "Icelandic Ð, which looks like Đ"),
    ("25\u2011NQ/TW", "resolution", "hundred", "the hyphen that does not break"),
    ("25\u2013NQ/TW", "resolution", "hundred", "a dash"),
    ("25\u2212NQ/TW", "resolution", "hundred", "a minus sign"),
    ("25-NQ/\nTW", "resolution", "hundred", "a number broken at the end of a line"),
    ("25 -\nNQ/TW", "resolution", "hundred", "broken after its hyphen"),
    ("dân vận-\nkhéo", "model", "poultry", "a hard hyphen at the end of a line"),
    ("dân vận, khéo", "model", "poultry", "a comma"),
    ("dân-vận-khéo", "model", "apart", "hyphens where blanks belong"),
    # ---- abbreviations, both ways
    ("UBND xã tiếp", "reception", "model", "as it stands"),
    ("ubnd xã tiếp", "reception", "model", "in small letters"),
    ("ủy ban nhân dân xã tiếp", "reception", "model", "written out, where the text has the letters"),
    ("Uỷ ban nhân dân xã tiếp", "reception", "model", "written out, the older place of the tone"),
    ("uy ban nhan dan xa tiep", "reception", "land", "written out without marks"),
    ("HĐND chất vấn", "council", "reception", "letters, where the text writes it out"),
    ("hdnd chat van", "council", "reception", "the same without marks"),
    ("QCDC", "democracy", "model", "of a policy"),
    ("DVK", "model", "apart", "of a movement"),
    ("mặt trận tổ quốc giám sát", "front", "model", "written out"),
    ("CTDV quân đội", "army", "model", "letters beside words"),
    # ---- numbers of documents in every spelling
    ("25-NQ/TW", "resolution", "province", "as it should be; another issuer is another document"),
    ("25 - NQ/TW", "resolution", "hundred", "blanks around the hyphen"),
    ("25-nq/tw", "resolution", "hundred", "small letters"),
    ("25 nq tw", "resolution", "hundred", "blanks for all signs"),
    ("25 NQ/TW", "resolution", "hundred", "a blank for the hyphen"),
    ("25-NQ-TW", "resolution", "hundred", "a hyphen for the stroke"),
    ("số 25-NQ/TW", "resolution", "hundred", "with “số”"),
    ("Nghị quyết số: 25-NQ/TW", "resolution", "hundred", "with its type and a colon"),
    ("nghi quyet so 25-nq/tw", "resolution", "hundred", "without marks"),
    ("NQ 25-NQ/TW", "resolution", "hundred", "the type twice"),
    ("25-NQ/TU", "province", "resolution", "the province's, not the centre's"),
    ("nq25 chi bộ", "resolution", "hundred", "short, with a word that chooses"),
    ("NQ 25 tới các chi bộ", "resolution", "hundred", "short, with a blank"),
    ("nghị quyết 25 chi bộ", "resolution", "hundred", "the type written out"),
    ("33/CT-TTg", "directive", "poor", "a directive of the Prime Minister"),
    ("33/ct-ttg", "directive", "poor", "small letters"),
    ("33/CT- TTg", "directive", "poor", "a blank within"),
    ("chi thi 33", "directive", "poor", "type and number without marks"),
    ("CT33", "directive", "poor", "nothing between"),
    ("114 KL/TW", "conclusion", "resolution", "as reports write it"),
    ("114-KL/TW", "conclusion", "resolution", "as it should be"),
    ("kết luận 114", "conclusion", "resolution", "short"),
    ("15/2020/NĐ-CP", "decree", "model", "a number with its year"),
    ("nghị định 15/2020", "decree", "model", "without its letters"),
    ("nghi dinh 15", "decree", "model", "without its year"),
    ("15/2020/nd-cp", "decree", "model", "đ as d in the letters"),
    # ---- counts, measures, days
    ("1.181 hộ", "model", "poor", "the dot of thousands"),
    ("1181 hộ", "model", "poor", "without it"),
    ("33 hộ", "poor", "directive", "a count is no number of a document where a word says so"),
    ("208,13 ha", "land", "surface", "a comma"),
    ("208,13ha", "land", "surface", "no blank before the unit"),
    ("208.13 ha", "land", "surface", "a dot for the comma"),
    ("22/22 vụ", "mediation", "surface", "a share"),
    ("3/6/2013", "resolution", "province", "a day without its zero"),
    ("03/06/2013", "resolution", "province", "a day with two"),
    # ---- operators, beginnings, slips of the keys
    ("dân vận NOT khéo", "army", "model", "what must not occur"),
    ("khéo AND thôn AND hộ", "model", "apart", "all of them"),
    ("vịt HOẶC sạch", "poultry", "model", "an operator in Vietnamese"),
    ("quâ*", "army", "model", "the beginning of a word"),
    ("khéoo~ hộ", "model", "apart", "a letter too many, said with a tilde"),
    ("mặt bằngg", "land", "model", "a slip that is not said: the other words are found"),
    # ---- fields and questions
    ("dân vận năm:2022", "army", "model", "a year"),
    ("mô hình năm:2023 cấp:xã", "model", "army", "a year and a level"),
    ("dan van cap:huyen", "army", "model", "a field without marks"),
    ('dân vận đơn vị:"Bạch Thông" loại:KH', "army", "model", "a unit and a type"),
    ("xã tiếp công dân vào những ngày nào trong tuần?", "reception", "", "a question with marks"),
    ("xa tiep cong dan vao nhung ngay nao trong tuan", "reception", "", "a question without"),
    ("ai lam cong tac dan van giup dan lam duong o huyen", "army", "", "a question in other words"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "never", "teaches"), TYPED, ids=[row[3] for row in TYPED])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_as_officials_type(engine: Engine, text: str, first: str, never: str, teaches: str, form: str) -> None:
    answered = answer(engine, unicodedata.normalize(form, text), Wish(limit=len(PASSAGES)))
    found = [hit.passage.id for report in answered.page for hit in report.hits]
    assert found[:1] == [first], teaches
    assert never not in found, teaches


NOT_FOUND = [
    # a query, and what it must not find: what was typed is meant
    ("đàn vận", "model"),  # marks
    ('"khéo dân vận"', "model"),  # the order of a phrase
    ("125-NQ/TW", "resolution"),  # another number
    ("25-CT/TW", "resolution"),  # another type
    ("33-NQ/TW", "directive"),
    ("1,181", "model"),  # another count
    ("khéo cấp:huyện", "model"),  # another level
    ("năm:2021 dân vận", "model"),  # another year
]


@pytest.mark.parametrize(("text", "unwanted"), NOT_FOUND)
def test_what_must_not_be_found(engine: Engine, text: str, unwanted: str) -> None:
    """The query as it is, without the help of a weaker one."""
    assert unwanted not in {hit.passage.id for hit in engine.search(parse(text), 50).hits}
