"""Numbers and symbols (kg.numbers), and spellings that mean the same (kg.fold)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.fold import fold, key, new_tones, unify, without_marks
from kg.numbers import TYPE_LETTERS, find_numbers, full_number, number_key, parse_number

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
WORDS = st.lists(st.text(VIETNAMESE + VIETNAMESE.upper(), min_size=1, max_size=8), max_size=8).map(" ".join)

# written, (full, number, year, type letters, issuer letters)
PARTS = [
    # Party: number, hyphen, type, slash, body
    ("25-NQ/TW", ("25-NQ/TW", "25", None, "NQ", "TW")),
    ("88-KH/HU", ("88-KH/HU", "88", None, "KH", "HU")),
    # the congress has one series for all types
    ("05-NQ/ĐH", ("05-NQ/ĐH", "05", None, "NQ", "ĐH")),
    # a Party letter writes its CV, a state letter has no type at all
    ("3130-CV/BDVTW", ("3130-CV/BDVTW", "3130", None, "CV", "BDVTW")),
    ("24-BS/UBKTTU", ("24-BS/UBKTTU", "24", None, "BS", "UBKTTU")),
    ("98-KH/BDVTU-BCSĐUBND", ("98-KH/BDVTU-BCSĐUBND", "98", None, "KH", "BDVTU-BCSĐUBND")),
    ("48-QCPH/BDV-UBND", ("48-QCPH/BDV-UBND", "48", None, "QCPH", "BDV-UBND")),
    ("05-CtrPH/BDVTU-CAT", ("05-CtrPH/BDVTU-CAT", "05", None, "CtrPH", "BDVTU-CAT")),
    # a Party body in the style of the state
    ("700/CV-DVTU", ("700/CV-DVTU", "700", None, "CV", "DVTU")),
    # state, administrative
    ("33/CT-TTg", ("33/CT-TTg", "33", None, "CT", "TTg")),
    ("1847/QĐ-TTg", ("1847/QĐ-TTg", "1847", None, "QĐ", "TTg")),
    ("167/KH-MTTQ-BTT", ("167/KH-MTTQ-BTT", "167", None, "KH", "MTTQ-BTT")),
    ("138/CTr-MT", ("138/CTr-MT", "138", None, "CTr", "MT")),
    ("11/CT-BCA-V05", ("11/CT-BCA-V05", "11", None, "CT", "BCA-V05")),
    ("01/HDLB-TC-DV", ("01/HDLB-TC-DV", "01", None, "HDLB", "TC-DV")),
    # official letters: the tail is the drafting unit, or there is none
    ("177/UBND-NV", ("177/UBND-NV", "177", None, "", "UBND-NV")),
    ("1247/UBND", ("1247/UBND", "1247", None, "", "UBND")),
    ("1091/CATP", ("1091/CATP", "1091", None, "", "CATP")),
    ("197/STTTT", ("197/STTTT", "197", None, "", "STTTT")),
    ("2345/SNN&PTNT-KHTC", ("2345/SNN&PTNT-KHTC", "2345", None, "", "SNN&PTNT-KHTC")),
    ("4567/BNV-TCBC", ("4567/BNV-TCBC", "4567", None, "", "BNV-TCBC")),
    # normative: the year stands in the number
    ("15/2020/QĐ-TTg", ("15/2020/QĐ-TTg", "15", "2020", "QĐ", "TTg")),
    ("04/2015/NĐ-CP", ("04/2015/NĐ-CP", "04", "2015", "NĐ", "CP")),
    ("46/2016/NQ-HĐND", ("46/2016/NQ-HĐND", "46", "2016", "NQ", "HĐND")),
    # a law and a resolution of the National Assembly look alike
    ("10/2022/QH15", ("10/2022/QH15", "10", "2022", "", "QH15")),
    ("202/2025/QH15", ("202/2025/QH15", "202", "2025", "", "QH15")),
    ("34/2007/PL-UBTVQH11", ("34/2007/PL-UBTVQH11", "34", "2007", "PL", "UBTVQH11")),
    ("120/2026/UBTVQH15", ("120/2026/UBTVQH15", "120", "2026", "", "UBTVQH15")),
    ("1318/NQ-UBTVQH15", ("1318/NQ-UBTVQH15", "1318", None, "NQ", "UBTVQH15")),
    # dotted numbers of the Government since 2025
    ("66.19/2026/NQ-CP", ("66.19/2026/NQ-CP", "66.19", "2026", "NQ", "CP")),
    # joint circulars name every body
    (
        "01/2026/TTLT-VKSNDTC-BCA-BQP",
        ("01/2026/TTLT-VKSNDTC-BCA-BQP", "01", "2026", "TTLT", "VKSNDTC-BCA-BQP"),
    ),
    # slips: a blank for the hyphen
    ("114 KL/TW", ("114-KL/TW", "114", None, "KL", "TW")),
    ("1836 QĐ/TWĐTN", ("1836-QĐ/TWĐTN", "1836", None, "QĐ", "TWĐTN")),
    # slips: blanks around it
    ("100 - KL/TW", ("100-KL/TW", "100", None, "KL", "TW")),
    ("367 - QĐ/TWĐTN-VP", ("367-QĐ/TWĐTN-VP", "367", None, "QĐ", "TWĐTN-VP")),
    ("16/CT- TTg", ("16/CT-TTg", "16", None, "CT", "TTg")),
    ("25 -NQ / TW", ("25-NQ/TW", "25", None, "NQ", "TW")),
    # slips: all in capitals
    ("01/CT-TTG", ("01/CT-TTg", "01", None, "CT", "TTg")),
    # look-alikes of Đ, dashes of a word processor, a blank that does not break
    ("11-QÐi/TW", ("11-QĐi/TW", "11", None, "QĐi", "TW")),
    ("14–CTr/TU", ("14-CTr/TU", "14", None, "CTr", "TU")),
    ("447‑QĐ/TU", ("447-QĐ/TU", "447", None, "QĐ", "TU")),
    ("114\u00a0KL/TW", ("114-KL/TW", "114", None, "KL", "TW")),
    # TƯ is TW
    ("25-NQ/TƯ", ("25-NQ/TW", "25", None, "NQ", "TW")),
    ("25-NQ/T.Ư", ("25-NQ/TW", "25", None, "NQ", "TW")),
]


@pytest.mark.parametrize(("written", "parts"), PARTS)
def test_parts_of_a_number(written: str, parts: tuple[str, str, str | None, str, str]) -> None:
    (found,) = find_numbers(f"theo văn bản {written} của cấp trên")
    assert written == f"theo văn bản {written} của cấp trên"[found[0] : found[1]]
    number = found[2]
    assert (number.full, number.number, number.year, number.letters, number.issuer) == parts
    assert parse_number(written) == number


FALSE_FRIENDS = [
    # shares, done of planned, two counts
    "rà soát 581/1415 hộ",
    "giải quyết 22/22 vụ việc, 98/98 thôn",
    "gieo trồng 208,13ha/205 ha đạt 101%",
    "hộ nghèo còn 1.425/8.691 = 16,4%",
    "đàn bò 1.313 con/1.330 con",
    "xảy ra 05 vụ/06 đối tượng",
    # a year before a unit
    "năm 2023 UBND xã đã tiếp 12 lượt công dân",
    # standards, hours, roads, rooms, classes, military units
    "áp dụng ISO 9001: 2015",
    "trực 24/24 giờ trên QL 3B",
    "tuyến QL48C, ĐT 545",
    "nhà số 12/9 đường Lê Lợi",
    # figures and money
    "kinh phí 57.160.000đ, 5.779,7 trđ",
    "năng suất 62 tạ/ha, 130tạ/ha",
    "mức hỗ trợ 60kg/khẩu, 15 triệu đồng/hộ",
    "tỷ lệ 73/7 %",
    "đạt 28,45% KH năm",
    # dates and terms
    "giai đoạn 2021-2025, nhiệm kỳ 2020-2025",
    "ngày 26/11/2021 và 03/2/1930",
    "quý III/2013",
    # a count before letters that are no type of document
    "15 HS/GV, 02 CLB/TDP",
    "phòng, chống dịch COVID-19",
]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_no_number_in(text: str) -> None:
    assert [text[a:b] for a, b, _ in find_numbers(text)] == []


SAME = [
    # a leading zero
    ("06-ĐA/TU", "6-ĐA/TU"),
    # blanks, dashes, case
    ("06-ĐA/TU", "06 – ĐA / TU"),
    ("25-NQ/TW", "25-nq/tw"),
    ("16/CT-TTg", "16/CT- TTG"),
    ("114-KL/TW", "114 KL/TW"),
    ("05-CTr/BDVTW-BCA", "05-Ctr/BDVTW-BCA"),
    # TƯ and TW
    ("25-CTr/TW", "25-CTr/TƯ"),
    # a regulation of the Party is written QĐ, QĐi and QyĐ
    ("11-QĐ/TW", "11-QĐi/TW"),
    ("11-QÐi/TW", "11-QyĐ/TW"),
    # an action programme is CTr, locally CTrHĐ or CTHĐ
    ("14-CTr/TU", "14-CTrHĐ/TU"),
    ("14-CTHĐ/TU", "14-CTrHĐ/TU"),
    # the term of the National Assembly follows from the year
    ("34/2007/PL-UBTVQH11", "34/2007/PL-UBTVQH"),
    ("10/2022/QH15", "10/2022/QH"),
    # decomposed letters
    ("15/2020/QĐ-TTg", unicodedata.normalize("NFD", "15/2020/QĐ-TTg")),
    # typed without marks, as in a search
    ("25-nq/tw", "25-NQ/TW"),
    ("290-qd/tw", "290-QĐ/TW"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


DIFFERENT = [
    # another body, level, number, year, type
    ("25-NQ/TW", "25-NQ/TU"),
    ("88-KH/HU", "88-KH/ĐU"),
    ("25-NQ/TW", "250-NQ/TW"),
    ("15/2020/QĐ-TTg", "15/2021/QĐ-TTg"),
    ("15/2020/QĐ-TTg", "15/QĐ-TTg"),
    ("05-CT/TW", "05-CTr/TW"),
    ("05-KL/TW", "05-KH/TW"),
    # one number of one office to two drafting units
    ("177/UBND-NV", "177/UBND-VX"),
    # a plan of the commune's committee is not its office's letter
    ("21/KH-UBND", "21/UBND"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


TYPES = sorted(letters for letters in TYPE_LETTERS if letters != "L")
BODIES = ["TW", "TU", "HU", "ĐU", "BDVTU", "UBKTTW"]
OFFICES = ["TTg", "CP", "UBND", "HĐND", "BNV", "MTTQ-BTT", "UBTVQH15"]


@given(st.integers(1, 9999), st.sampled_from(TYPES), st.sampled_from(BODIES), st.sampled_from(["-", " - ", "–", "- "]))
def test_any_party_number_is_found_whole(count: int, letters: str, body: str, dash: str) -> None:
    text = f"Căn cứ văn bản số {count:02}{dash}{letters}/{body} của cấp trên, đơn vị đã họp."
    ((start, end, number),) = find_numbers(text)
    assert text[start:end] == f"{count:02}{dash}{letters}/{body}"
    assert (number.full, number.letters, number.issuer) == (f"{count:02}-{letters}/{body}", letters, body)
    assert number.key == number_key(f"{count}-{letters}/{body}")


@given(st.integers(1, 9999), st.none() | st.integers(1992, 2030), st.sampled_from(TYPES), st.sampled_from(OFFICES))
def test_any_state_number_is_found_whole(count: int, year: int | None, letters: str, office: str) -> None:
    full = f"{count:02}/{year}/{letters}-{office}" if year else f"{count:02}/{letters}-{office}"
    text = f"({full})."
    ((start, end, number),) = find_numbers(text)
    assert text[start:end] == full
    assert (number.full, number.year, number.letters) == (full, str(year) if year else None, letters)


@given(st.text())
def test_any_text_is_searched(text: str) -> None:
    for start, end, number in find_numbers(text):
        assert parse_number(text[start:end]) == number
        assert number_key(text[start:end]) == number.key


# ---- spellings ------------------------------------------------------------------------------------------------------

SAME_WORDS = [
    # the tone's old and new place, in any case
    ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
    ("HOÀ BÌNH", "Hòa Bình"),
    ("khoá XIII", "khóa XIII"),
    ("Thuỵ Hương", "Thụy Hương"),
    ("loè", "lòe"),
    # blanks and dashes
    ("giai đoạn 2020 – 2025", "giai đoạn  2020 - 2025"),
    ("tỉnh\u00a0Cà Mau", "tỉnh Cà Mau"),
    # Đ and its look-alikes
    ("Ðắk Lắk", "Đắk Lắk"),
    ("Ɖắk Lắk", "đắk lắk"),
    # a soft hyphen and a zero-width blank
    ("Nghệ\u00ad An", "Nghệ An"),
    ("Lạng\u200b Sơn", "Lạng Sơn"),
    ("\ufeffBÁO CÁO", "báo cáo"),
    # composed and decomposed
    (unicodedata.normalize("NFD", "Quyết định"), "Quyết định"),
]


@pytest.mark.parametrize(("one", "other"), SAME_WORDS)
def test_same_words_with_marks(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert fold(one) == fold(other)


OTHER_WORDS = [
    # the mark tells words apart
    ("bản", "bàn"),
    ("Đề", "Để"),
    # after q the tone has one place only: these are two words
    ("quý", "quy"),
    # y for i stays a difference in the strict key
    ("Sỹ Bình", "Sĩ Bình"),
    ("dân", "đân"),
]


@pytest.mark.parametrize(("one", "other"), OTHER_WORDS)
def test_other_words_with_marks(one: str, other: str) -> None:
    assert key(one) != key(other)


FOLDED = [
    # marks and đ
    ("Đắk Lắk", "dak lak"),
    ("ĐƯỜNG LỐI", "duong loi"),
    # y and i where only habit differs
    ("Sỹ Bình", "si binh"),
    ("kỹ thuật", "ki thuat"),
    ("Mỹ Lý", "mi li"),
    ("quy định", "qui dinh"),
    # but not inside a syllable or after a vowel
    ("Thúy", "thuy"),
    ("Quỳ Châu", "qui chau"),
    ("huyện", "huyen"),
    ("ngày", "ngay"),
    # punctuation joins nothing
    ("Cư M'gar", "cu m gar"),
    ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
    ("25-NQ/TW", "25 nq tw"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


TONES = [
    # moved
    ("hoà", "hòa"),
    ("uỷ", "ủy"),
    ("thuý", "thúy"),
    # a final consonant fixes the place
    ("hoàn", "hoàn"),
    ("huỳnh", "huỳnh"),
    # q has taken the u
    ("quý", "quý"),
    ("quỹ", "quỹ"),
]


@pytest.mark.parametrize(("old", "new"), TONES)
def test_new_tones(old: str, new: str) -> None:
    assert new_tones(old) == new


@given(WORDS)
def test_keys_are_settled(text: str) -> None:
    """A key of a key is itself, and neither the normal form nor the case of the text changes it."""
    assert key(key(text)) == key(text)
    assert fold(fold(text)) == fold(text)
    for form in ("NFC", "NFD"):
        assert key(unicodedata.normalize(form, text)) == key(text)
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert key(text.upper()) == key(text)
    assert fold(key(text)) == fold(text)


@given(WORDS)
def test_without_marks_keeps_case_and_leaves_ascii(text: str) -> None:
    plain = without_marks(unify(text))
    assert plain.isascii()
    assert plain.upper() == without_marks(unify(text.upper()))
    assert len(plain) == len(unify(text))


@given(st.text())
def test_any_text_has_keys(text: str) -> None:
    assert unify(unify(text)) == unify(text)
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("number", "symbol", "full"),
    [
        ("355", "BC/BDVTU", "355-BC/BDVTU"),  # the Party's line
        ("35", "KH-UBND", "35/KH-UBND"),  # the state's
        ("30", "2020/NĐ-CP", "30/2020/NĐ-CP"),  # a header keeps the year with the symbol
        ("59", "2020/QH14", "59/2020/QH14"),
        ("01", "2026/TTLT-VKSNDTC-BCA", "01/2026/TTLT-VKSNDTC-BCA"),
        (None, "KH-UBND", None),  # a draft's number is blank
        ("35", None, None),
    ],
)
def test_number_and_symbol_as_one(number: str | None, symbol: str | None, full: str | None) -> None:
    assert full_number(number, symbol) == full
    assert full is None or number_key(full) == number_key(parse_number(full).full)  # type: ignore[union-attr]
