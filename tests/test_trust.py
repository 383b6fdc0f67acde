"""A scan, whose letters may be misread, has no say against texts and accuses nobody; what it alone says is kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from made import DISTRICT, claim, filled, report

from ingest.pipeline import extract_text
from ingest.read import parse
from kg.check import contradictions
from kg.model import Claim, Extraction
from tests.conftest import run_command

DAY, OTHER_DAY = "2013-06-03", "2013-06-08"
CENTRE, RIVAL = "Ban Chấp hành Trung ương Đảng", "Bộ Chính trị"


def nq25(**facts: str) -> Claim:
    return claim("d1", "nghị quyết", "25-NQ/TW", **facts)


def scanned(name: str, *claims: Claim) -> Extraction:
    return replace(report(name, *claims), recognised=True)


REPORTS = (
    report("a.txt", nq25(date=DAY, issuer=CENTRE)),
    scanned("b.pdf", nq25(date=OTHER_DAY, issuer=RIVAL)),
    scanned("c.pdf", nq25(date=OTHER_DAY, issuer=RIVAL)),
)


@pytest.mark.parametrize("order", list(permutations(REPORTS)))
def test_scans_do_not_outvote_a_text(tmp_path: Path, order: tuple[Extraction, ...]) -> None:
    """Two scans say another day and issuer than one text; the order of reading does not matter."""
    with filled(tmp_path, *order) as store:
        (found,) = [one for one in store.documents() if one.full == "25-NQ/TW"]
        assert (found.date, found.issuer) == (DAY, CENTRE)
        assert found.dates == ((DAY, 1),)
        assert found.conflicts == ()
        assert contradictions(store) == []


def test_texts_that_say_so_are_a_contradiction(tmp_path: Path) -> None:
    """The same said by texts is one: it is the reading that is not trusted."""
    with filled(tmp_path, *(replace(one, recognised=False) for one in REPORTS)) as store:
        (found,) = [one for one in store.documents() if one.full == "25-NQ/TW"]
        assert found.date == OTHER_DAY
        assert {one.field for one in contradictions(store)} >= {"date"}


def test_what_only_scans_say_is_kept(tmp_path: Path) -> None:
    with filled(tmp_path, *REPORTS[1:]) as store:
        (found,) = [one for one in store.documents() if one.full == "25-NQ/TW"]
        assert (found.date, found.issuer) == (OTHER_DAY, RIVAL)
        assert found.mentions == 2


def test_a_scan_says_the_day_that_texts_leave_out(tmp_path: Path) -> None:
    """A text that gives the year alone does not speak against it."""
    with filled(tmp_path, report("a.txt", nq25(date="2013")), REPORTS[1]) as store:
        (found,) = [one for one in store.documents() if one.full == "25-NQ/TW"]
        assert found.date == OTHER_DAY


def test_answers_tell_what_was_recognised(tmp_path: Path) -> None:
    """Beside the sentence, after the file that it stands in."""
    plan = claim("d2", "kế hoạch", "12/KH-UBND", date="2014-01-20", issuer=DISTRICT)
    said = report("quet.pdf", nq25(date=DAY), plan, relations=(("d2", "implements", "d1"),))
    text = report("go.txt", nq25(date=DAY), plan, relations=(("d2", "implements", "d1"),))
    filled(tmp_path, replace(said, recognised=True), text).close()
    for question in ("who", "show"):
        words = " ".join(run_command("--store", tmp_path, question, "25-NQ/TW").stdout.split())
        assert "(quet.pdf, nhận dạng từ bản quét)" in words
        assert "(go.txt)" in words


def test_what_only_a_scan_says_is_marked(tmp_path: Path) -> None:
    """On the sheet under its name, in a list of passages behind the file; a text beside it takes the mark away."""
    body = "Thực hiện Nghị quyết số 25-NQ/TW, huyện đã mở lớp bồi dưỡng."
    said = extract_text(replace(parse(LETTERHEAD + body), recognised=True), "quet.pdf")
    filled(tmp_path, said).close()
    told = "nhận dạng bằng máy từ bản quét"
    assert told in run_command("--store", tmp_path, "show", "25-NQ/TW").stdout
    assert told in run_command("--store", tmp_path, "show", "12/BC-UBND").stdout
    found = " ".join(run_command("--store", tmp_path, "search", "bồi dưỡng").stdout.split())
    assert "quet.pdf · nhận dạng từ bản quét" in found
    filled(tmp_path, extract_text(parse("Thực hiện Nghị quyết số 25-NQ/TW."), "go.txt")).close()
    assert told not in run_command("--store", tmp_path, "show", "25-NQ/TW").stdout
    assert told in run_command("--store", tmp_path, "show", "12/BC-UBND").stdout


LETTERHEAD = """ỦY BAN NHÂN DÂN
HUYỆN ĐỊNH HÓA
Số: 12/BC-UBND
Định Hóa, ngày 17 tháng 02 năm 2023

BÁO CÁO
Công tác dân vận

"""


@pytest.mark.parametrize(
    ("written", "cited", "recognised", "own", "day"),
    [
        ("2023", "2022", True, "2023-02-17", "2022-10-26"),
        # misread: no report cites what is issued after it, and none is of a year to come
        ("2023", "2092", True, "2023-02-17", None),
        ("2023", "2025", True, "2023-02-17", None),
        ("2093", "2022", True, None, "2022-10-26"),
        # what a text says stands, for the contradiction to be told
        ("2023", "2092", False, "2023-02-17", "2092-10-26"),
    ],
)
def test_days_that_cannot_be(written: str, cited: str, recognised: bool, own: str | None, day: str | None) -> None:
    source = LETTERHEAD.replace("2023", written) + (
        f"Thực hiện Chỉ thị số 18-CT/TW ngày 26/10/{cited} và Nghị quyết số 25-NQ/TW ngày 03/6/2013."
    )
    said = extract_text(replace(parse(source), recognised=recognised), "quet.pdf")
    assert said.report.date == own
    assert {d.full: d.date for d in said.documents} == {"18-CT/TW": day, "25-NQ/TW": "2013-06-03"}


def test_a_report_older_than_most_that_it_cites_is_misread_itself() -> None:
    source = LETTERHEAD.replace("2023", "2003") + "Thực hiện Chỉ thị số 18-CT/TW ngày 26/10/2022."
    (cited,) = extract_text(replace(parse(source), recognised=True), "quet.pdf").documents
    assert cited.date == "2022-10-26"
