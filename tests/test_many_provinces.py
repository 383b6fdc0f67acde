"""Identity in a collection of many provinces: every office has its 01-KH/TU and its 15/KH-UBND, often of one day.

The texts are made, one set for each province of the register: its Party plan, its state plan, and of one district the
plan and the report, which cite what stands above. All numbers, days and subjects are the same everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from ingest.pipeline import extract_text
from ingest.read import parse
from kg.check import ambiguous
from kg.contradictions import contradictions
from kg.export import export
from kg.register import Place, children, provinces
from kg.store import Store

DAY = "2023-06-01"  # 63 provinces and their districts
COMMITTEES = {
    "tỉnh": ("Tỉnh ủy", "TU"),
    "thành phố": ("Thành ủy", "TU"),
    "thị xã": ("Thị ủy", "TU"),
    "huyện": ("Huyện ủy", "HU"),
    "quận": ("Quận ủy", "QU"),
}
REFORM = "cải cách hành chính năm 2023"


def party_plan(place: Place) -> str:
    """Return the Party committee's plan 01-KH/TU."""
    committee, letters = COMMITTEES[place.type]
    return (
        f"{committee.upper()} {place.name.upper()}\n*\nSố 01-KH/{letters}\n\n"
        f"{place.name}, ngày 10 tháng 01 năm 2023\n\n"
        "KẾ HOẠCH\nthực hiện Chỉ thị số 18-CT/TW ngày 26/10/2022 của Ban Bí thư\n\n-----\n\n"
        "Triển khai Chỉ thị số 18-CT/TW trong toàn đảng bộ.\n"
    )


def state_plan(place: Place, month: str, body: str) -> str:
    """Return the people's committee's plan 15/KH-UBND."""
    return (
        f"ỦY BAN NHÂN DÂN\n{place.type.upper()} {place.name.upper()}\n\nSố: 15/KH-UBND\n\n"
        f"{place.name}, ngày 10 tháng {month} năm 2023\n\nKẾ HOẠCH\nVề {REFORM}\n\n-----\n\n{body}\n"
    )


def report(place: Place, province: Place) -> str:
    """Return the district's report, which names the province's plans and its own."""
    committee = COMMITTEES[province.type][0]
    return (
        f"ỦY BAN NHÂN DÂN\n{place.type.upper()} {place.name.upper()}\n\nSố: 88/BC-UBND\n\n"
        f"{place.name}, ngày 20 tháng 12 năm 2023\n\nBÁO CÁO\nKết quả {REFORM}\n\n-----\n\n"
        f"Thực hiện Kế hoạch số 15/KH-UBND ngày 10/01/2023 của UBND {province.type}, UBND {place.type} đã ban hành "
        f"Kế hoạch số 15/KH-UBND ngày 10/02/2023 về {REFORM}.\n\n"
        f"{committee} chỉ đạo tại Kế hoạch số 01-KH/TU ngày 10/01/2023 của {committee} {province.name}.\n"
    )


def collection() -> dict[str, str]:
    """Return the texts by the names of their files, "<province>/<what>.txt"."""
    texts = {}
    for province in provinces(DAY):
        district = children(province, DAY)[1]
        above = COMMITTEES[province.type][0]
        said = f"Thực hiện Kế hoạch số 01-KH/TU ngày 10/01/2023 của {above} {province.name}."
        texts[f"{province.code}/tu.txt"] = party_plan(province)
        texts[f"{province.code}/ubnd.txt"] = state_plan(province, "01", said)
        said = f"Thực hiện Kế hoạch số 15/KH-UBND ngày 10/01/2023 của UBND {province.type} {province.name}."
        texts[f"{province.code}/huyen.txt"] = state_plan(district, "02", said)
        texts[f"{province.code}/bao-cao.txt"] = report(district, province)
    return texts


def filled(directory: Path, texts: dict[str, str]) -> Store:
    """Return a store with the texts, each read as a file of its name."""
    store = Store.open(directory, write=True)
    with store.batch():
        for name, words in texts.items():
            store.add(extract_text(parse(words), name))
    return store


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store with the texts of all provinces."""
    return filled(tmp_path_factory.mktemp("provinces"), collection())


def test_nothing_of_two_provinces_is_one(everywhere: Store) -> None:
    whole = export(everywhere)
    assert len(whole["sources"]) == 4 * 63
    read_in = {row["document"]: row["name"].split("/")[0] for row in whole["sources"]}
    wrong = {}
    for document in whole["documents"]:
        homes = {mention["source"].split("/")[0] for mention in document["mentions"]}
        homes |= {read_in[document["id"]]} if document["id"] in read_in else set()
        if len(homes) > 1 and document["full"] != "18-CT/TW":
            wrong[document["id"]] = homes
    assert wrong == {}


def test_a_province_s_plans_are_one_wherever_they_are_named(everywhere: Store) -> None:
    """Of each province four documents: two plans above, the district's plan and its report.

    "Quận 3" is a number and no name: a report of it tells no province, and what it names stays apart.
    """
    whole = export(everywhere)
    numbers = defaultdict(set)
    for document in whole["documents"]:
        for mention in document["mentions"]:
            numbers[mention["source"].split("/")[0], document["full"]].add(document["id"])
    split = [key for key, found in numbers.items() if len(found) > {"15/KH-UBND": 2}.get(key[1], 1)]
    assert set(split) <= {("79", "15/KH-UBND")}


def test_many_documents_of_one_number_contradict_nothing(everywhere: Store) -> None:
    assert contradictions(everywhere) == []


# ---- one number of the centre, four terms ---------------------------------------------------------------------------

TERMS = {
    "2003": ("12/3/2003", "công tác tôn giáo"),
    "2008": (
        "25/7/2008",
        "tăng cường sự lãnh đạo của Đảng đối với công tác thanh niên thời kỳ đẩy mạnh công nghiệp hóa",
    ),
    "2013": ("03/6/2013", "tăng cường và đổi mới sự lãnh đạo của Đảng đối với công tác dân vận trong tình hình mới"),
    "2026": ("22/8/2026", "chiến lược công tác tư tưởng trong giai đoạn phát triển mới"),
}

MENTIONS = [
    # a bare mention of 2014 may be any that was there: not that of 2026
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW, các xã đã triển khai.", {"2003", "2008", "2013"}),
    # of 2026, any of the four
    (2026, "Thực hiện Nghị quyết số 25-NQ/TW, các xã đã triển khai.", {"2003", "2008", "2013", "2026"}),
    # there was one only
    (2005, "Thực hiện Nghị quyết số 25-NQ/TW, các xã đã triển khai.", {"2003"}),
    # the sentence decides: by term, year, day, subject
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW khóa XI, các xã đã triển khai.", {"2013"}),
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW năm 2008, các xã đã triển khai.", {"2008"}),
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW ngày 12/3/2003, các xã đã triển khai.", {"2003"}),
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW về công tác tôn giáo, các xã đã triển khai.", {"2003"}),
    (2014, "Thực hiện Nghị quyết số 25-NQ/TW về sự lãnh đạo của Đảng đối với công tác dân vận.", {"2013"}),
]


def four(texts: dict[str, str]) -> dict[str, str]:
    """Return a report that cites each of the four in full, and `texts`."""
    cited = {
        year: UNDER.format(
            2026, f"Thực hiện Nghị quyết số 25-NQ/TW ngày {day} của Ban Chấp hành Trung ương về {subject}."
        )
        for year, (day, subject) in TERMS.items()
    }
    return {**{f"{year}.txt": words for year, words in cited.items()}, **texts}


UNDER = """ỦY BAN NHÂN DÂN
HUYỆN BẠCH THÔNG

Số:      /BC-UBND

Bạch Thông, ngày 20 tháng 11 năm {}

BÁO CÁO
Kết quả công tác năm

-----

{}
"""


@pytest.mark.parametrize(("year", "sentence", "meant"), MENTIONS)
def test_four_resolutions_of_one_number(year: int, sentence: str, meant: set[str], tmp_path: Path) -> None:
    with filled(tmp_path, four({"bare.txt": UNDER.format(year, sentence)})) as store:
        known = {document.date[:4]: document for document in store.documents() if document.full and document.date}
        assert set(known) >= set(TERMS)
        assert contradictions(store) == []
        open_mentions = ambiguous(store)
        if len(meant) == 1:
            assert open_mentions == []
            assert known[next(iter(meant))].mentions == 2
        else:
            (one,) = open_mentions
            assert {candidate.document.date[:4] for candidate in one.candidates if candidate.document.date} == meant
            assert all(candidate.reasons for candidate in one.candidates)
            assert one.evidence[0].source == "bare.txt"
