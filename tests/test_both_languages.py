"""The same answers in both languages: no word of the other one in them, and the same data for programs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.store import Store
from present.words import unit_name

Ask = Callable[..., Result]
WITHIN = "huyện Bạch Thông"
COMMANDS = [
    ("who", "33/CT-TTg"),
    ("who", "33/CT-TTg", "--level", "xã"),
    ("who", "33/CT-TTg", "--within", WITHIN, "--missing"),
    ("who", "33/CT-TTg", "--within", "tỉnh Bắc Kạn", "--all"),
    ("who", "57-NQ/TW"),
    ("timeline", "25-NQ/TW 2013"),
    ("timeline", "33/CT-TTg", "--reports", "year"),
    ("matrix", "33/CT-TTg", "--within", WITHIN),
    ("lineage", "25-NQ/TW 2013", "--evidence"),
    ("lineage", "18-CT/TW", "--up"),
    ("show", "25-NQ/TW 2013"),
    ("show", "35/KH-UBND"),
    ("show", "UBND huyện Bạch Thông"),
    ("show", WITHIN),
    ("check",),
    ("stats",),
    ("summary", "33/CT-TTg", "--within", WITHIN),
    ("search", "dan van kheo", "--facets"),
    ("search", "33/CT-TTg", "--facets"),
    ("search", "dân vận", "--page", "900"),
    ("show", "25-NQ/TW"),
    ("who", "999-NQ/XX"),
    ("who", "33/CT-TTg", "--within", "huyện Không Có"),
]

# Words by which a sentence is told to be of a language; names of offices and places may stand in any.
VIETNAMESE = (
    "ngày|tháng|năm|của|văn bản|đơn vị|tìm thấy|tài liệu|thực hiện|câu|lần|đã đọc|được|quy tắc|nguồn|không có"
    "|sau|trước|cùng|hoặc|khi nào|nữa|chỗ|kho|tệp|đoạn|chưa"
)
ENGLISH = "the|of|and|by|with|without|found|units?|documents?|files?|after|before|who|which|rule|source|no"
PROPER = r"(?:đơn vị|cấp|năm|loại|tỉnh|dẫn|thuộc):"  # fields as they are typed


def foreign(text: str, words: str, quoted: list[str]) -> set[str]:
    """Return which of `words` stand in `text` outside of what is quoted from documents."""
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"“[^”]*”", " ", " ".join(text.split()))
    for name in quoted:
        text = text.replace(name, " ")
    text = re.sub(PROPER, " ", text)
    text = re.sub(r"'[^']*'|also called: [^]]*]|source: [^]]*]|còn gọi: [^]]*]", " ", text)
    return set(re.findall(rf"(?<!\w)(?:{words})(?!\w)", text.lower()))


@pytest.fixture(scope="module")
def quoted(sample_store: Path) -> list[str]:
    """Return what answers take from documents word for word: titles, names of units, of files, whole passages."""
    with Store.open(sample_store) as store:
        documents, units = list(store.documents()), list(store.units())
        names = {unit.name for unit in units} | {unit_name(unit) for unit in units}
        names |= {alias for unit in units for alias in unit.aliases} | {document.issuer or "" for document in documents}
        names |= {unit_name(document.issuer) for document in documents}
        titles = {document.title or "" for document in documents}
        files = {source.name for source in store.sources()}
        texts = {" ".join(passage.text.split()) for _, passage in store.passages()}
    return sorted({*names, *titles, *files, *texts} - {""}, key=len, reverse=True)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_word_of_the_other_language(ask: Ask, quoted: list[str], words: tuple[str, ...]) -> None:
    english, vietnamese = (ask(*words, "--lang", language) for language in ("en", "vi"))
    assert english.exit_code == vietnamese.exit_code
    assert foreign(english.output, VIETNAMESE, quoted) == set(), english.output
    assert foreign(vietnamese.output, ENGLISH, quoted) == set(), vietnamese.output


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize(
    "words",
    [
        ("who", "33/CT-TTg"),
        ("who", "33/CT-TTg", "--within", WITHIN, "--all"),
        ("timeline", "25-NQ/TW 2013"),
        ("matrix", "33/CT-TTg", "--within", WITHIN),
        ("lineage", "25-NQ/TW 2013"),
        ("check",),
        ("stats",),
        ("search", "dân vận khéo"),
        ("export",),
    ],
    ids=" ".join,
)
def test_programs_get_the_same_whatever_language_is_spoken(ask: Ask, words: tuple[str, ...], form: str) -> None:
    if words == ("export",) and form == "csv":
        pytest.skip("a folder: see below")
    english, vietnamese = (ask(*words, "--format", form, "--lang", language) for language in ("en", "vi"))
    assert english.exit_code == vietnamese.exit_code == 0
    assert english.stdout == vietnamese.stdout


@pytest.mark.parametrize("form", ["turtle", "graphml", "node-link"])
def test_exports_for_programs_are_the_same(ask: Ask, form: str) -> None:
    english, vietnamese = (ask("export", "--format", form, "--lang", language).stdout for language in ("en", "vi"))
    assert english == vietnamese


def test_tables_for_programs_are_the_same(ask: Ask, tmp_path: Path) -> None:
    for language in ("en", "vi"):
        assert ask("export", "--format", "csv", "--lang", language, "-o", tmp_path / language).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "vi").iterdir())
    assert names
    for name in names:
        assert (tmp_path / "vi" / name).read_bytes() == (tmp_path / "en" / name).read_bytes()


def test_dates_are_written_day_first_in_both(ask: Ask) -> None:
    for language in ("en", "vi"):
        assert "26/11/2021" in ask("who", "33/CT-TTg", "--lang", language).stdout
