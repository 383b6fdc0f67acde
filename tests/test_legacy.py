"""Texts in the encodings before Unicode: told by their syllables, mended by paragraphs, all else left alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import data
from ingest.read import read_text
from ingest.readers.legacy import decoded, from_tcvn3, from_vni, mended, mended_page
from ingest.readers.syllables import is_syllable
from kg.model import ReadError
from tests.encoded import TONES, coded, tcvn3, vni, windows_1258

LETTERS = [row["letter"] for row in data.table("old_letters")]
SENTENCE = "Báo cáo kết quả thực hiện Nghị quyết số 25-NQ/TW của huyện Đại Từ"


# ---- syllables ------------------------------------------------------------------------------------------------------

SYLLABLES = [
    ("huyện nghị quyết gì giếng quốc khuya thuở yêu oan uống UỶ Đảng xoèn nguyễn quýt", True),
    # letters that cannot stand together, tones that a stop does not take, two tones
    ("huyÖn nghò kà cê qet càt tạ́c đượć Réunion hôtel QĐ đ zá", False),
]


@pytest.mark.parametrize(("word", "right"), [(word, right) for words, right in SYLLABLES for word in words.split()])
def test_syllable(word: str, right: bool) -> None:
    assert is_syllable(word) is right


# ---- letters --------------------------------------------------------------------------------------------------------


def test_the_table_has_every_letter_once() -> None:
    bases = "aăâeêioôơuưy"
    lower = {unicodedata.normalize("NFC", base + tone) for base in bases for tone in ("", *TONES)} | {"đ"}
    lower -= set("aeiouy")
    assert len(LETTERS) == len(set(LETTERS)) == 134
    assert set(LETTERS) == lower | {letter.upper() for letter in lower}
    for column in ("tcvn3", "vni", "viscii"):
        codes = [row[column] for row in data.table("old_letters") if row[column] != "-"]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back(letter: str) -> None:
    """ABC has no code for capitals with tones: the letters beside them tell."""
    word = f"TH{letter}NG" if letter.isupper() else f"th{letter}ng"
    assert from_tcvn3(tcvn3(word)) == word
    assert from_vni(vni(word)) == word


@pytest.mark.parametrize("letter", LETTERS)
def test_viscii_has_every_letter(letter: str) -> None:
    text = f"{letter} {SENTENCE}"
    assert decoded(coded("viscii")(text).encode("latin-1")) == (text, ("VISCII",))


# ---- paragraphs -----------------------------------------------------------------------------------------------------

MENDED = [
    # TCVN3: ư is a soft hyphen, Đ a section sign; capitals come from the letters beside
    (["Uû ban nh©n d©n huyÖn", "Trung \xad¬ng §¶ng"], ["Uỷ ban nhân dân huyện", "Trung ương Đảng"]),
    (["CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM"], ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
    # "Uû" has no other plain letter: the words beside it tell
    (["Uû BAN NH¢N D¢N tØnh", "Uû ban nh©n d©n tØnh"], ["UỶ BAN NHÂN DÂN tỉnh", "Uỷ ban nhân dân tỉnh"]),
    # a symbol is no syllable, and tells nothing of the case of its neighbour
    (["Sè: 15/Q§-UBND", "VÒ viÖc thùc hiÖn NghÞ quyÕt"], ["Số: 15/QĐ-UBND", "Về việc thực hiện Nghị quyết"]),
    # VNI: the mark in the other case, letters of one code
    (["UÛY BAN NHAÂN DAÂN", "Aùp duïng Nghò quyeát cuûa Ñaûng"], ["ỦY BAN NHÂN DÂN", "Áp dụng Nghị quyết của Đảng"]),
    # a short heading follows the paragraphs around it
    (["Thùc hiÖn NghÞ quyÕt", "C¸O", "kÕt qu¶ thùc hiÖn"], ["Thực hiện Nghị quyết", "CÁO", "kết quả thực hiện"]),
    # "bé" is a word of its own, or "bộ" in TCVN3
    (["c¸n bé cña huyÖn", "bé", "c¸n bé"], ["cán bộ của huyện", "bộ", "cán bộ"]),
    # one document, three encodings
    (["NghÞ quyÕt cña", "Nghò quyeát cuûa", "Nghị quyết bé"], ["Nghị quyết của", "Nghị quyết của", "Nghị quyết bé"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), MENDED)
def test_mended(old: list[str], new: list[str]) -> None:
    assert mended(old)[0] == new


KEPT = [
    # French, German, Spanish, Portuguese, Swedish
    "Réunion à l'hôtel de ville, été dernier à Genève. Où êtes-vous né, Élodie? Ça va très bien.",
    "Größe über Öl für schöne Mädchen und Bäume",
    "El niño comió más jamón en España con mi compañera, ¿qué día?",
    "São Paulo é a maior cidade do Brasil, não há dúvida",
    "På svenska är det så här också för många år sedan",
    # Vietnamese whose letters all stand in Latin-1, with foreign names and signs
    "và các xã là", "BÁO CÁO", "Công ty TNHH Hòa Phát và Café à la carte", "5 µm và 3 µg ®, «các xã»",
    # one word is too little to tell
    "C¸O", "José Muñoz", "",
    # UTF-8 read as Latin-1 is another accident
    "bÃ¡o cÃ¡o káº¿t quáº£",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert mended([text]) == ([text], ())


SOME = "uỷ ban nhân dân huyện báo cáo và các xã là Hà Giang CÔNG TÁC dân vận khéo đảng ý ở bé cũng thường trực Nghị"
WORDS = st.sampled_from(SOME.split())
TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=6)


@given(TEXTS)
def test_vietnamese_in_unicode_stays(texts: list[str]) -> None:
    assert mended(texts) == (texts, ())


@given(st.lists(st.text(), max_size=5))
def test_any_text_keeps_its_paragraphs(texts: list[str]) -> None:
    once, names = mended(texts)
    assert len(once) == len(texts)
    assert names or once == texts
    assert [new for old, new in zip(texts, once, strict=True) if old.isascii()] == [t for t in texts if t.isascii()]


@example(["công công"], vni)  # coâng: coõng in TCVN3
@given(TEXTS, st.sampled_from([tcvn3, vni]))
def test_old_text_between_old_paragraphs_comes_back(texts: list[str], write: Callable[[str], str]) -> None:
    whole = [SENTENCE, *(text.lower() for text in texts), SENTENCE]
    assert mended([write(text) for text in whole])[0] == whole


# ---- files ----------------------------------------------------------------------------------------------------------


def test_lines_in_several_encodings(tmp_path: Path) -> None:
    """Texts put together of several: each line is in its own encoding, one that can't be told refuses the file."""
    said = f"{SENTENCE}."
    lines = [said.encode(), tcvn3(said).encode("latin-1"), windows_1258(said), vni(said).encode("latin-1")]
    path = tmp_path / "ghép.txt"
    path.write_bytes(b"\n\n".join(lines))
    text = read_text(path)
    assert text.content.split("\n") == [said] * 4
    assert "TCVN3, VNI, Windows-1258" in text.warnings[0]
    path.write_bytes(b"\n\n".join([*lines, b"\x80\x81\xfe"]))
    with pytest.raises(ReadError, match="line 3"):
        read_text(path)


FILES = [
    ("TCVN3", tcvn3(SENTENCE).encode("latin-1")),
    ("VNI", vni(SENTENCE).encode("latin-1")),
    ("VISCII", coded("viscii")(SENTENCE).encode("latin-1")),
    ("Windows-1258", windows_1258(SENTENCE)),
    # pasted from an old document into a new file
    ("TCVN3", tcvn3(SENTENCE).encode()),
    ("VNI", vni(SENTENCE).encode("utf-16")),
]


@pytest.mark.parametrize(("name", "content"), FILES)
def test_file_in_an_old_encoding(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(content)
    text = read_text(path)
    assert text.source.lstrip("\ufeff") == SENTENCE
    assert [name in warning for warning in text.warnings] == [True]


def test_page_of_word_97(tmp_path: Path) -> None:
    """Tags stay, entities are letters too, and what stands between the tags of a block is one paragraph."""
    path = tmp_path / "cu.doc"
    page = '<html><style>p {font: ".VnTime"}</style><p>Trung &shy;¬ng <b>§¶ng</b>.</p><p>C¸O</p><p>vµ &lt;®&gt;'
    path.write_bytes(page.encode("latin-1"))
    text = read_text(path)
    assert text.content.split("\n") == ["Trung ương Đảng.", "CÁO", "và <đ>"]
    assert "TCVN3" in text.warnings[0]
    assert mended_page("<p>Trung ương</p>") == ("<p>Trung ương</p>", ())


def test_page_in_the_code_page_of_the_west(tmp_path: Path) -> None:
    """Such a page writes the letters that the code page lacks as entities."""
    path = tmp_path / "cu.html"
    path.write_bytes("<html><p>Các xã và th&#7883; trấn là đơn vị</p>".replace("đ", "&#273;").replace("ơ", "&#417;")
                     .replace("ị", "&#7883;").replace("ấ", "&#7845;").encode("cp1252"))  # fmt: skip
    assert read_text(path).content == "Các xã và thị trấn là đơn vị"
