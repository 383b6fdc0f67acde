"""Mend text in the encodings that Vietnam had before Unicode, paragraph by paragraph.

    TCVN3 (ABC; fonts .VnTime)   B¸o c¸o kÕt qu¶ thùc hiÖn NghÞ quyÕt sè 25     one code for a letter, capitals by fonts
    VNI (fonts VNI-Times)        UÛY BAN NHAÂN DAÂN, Nghò quyeát                 a letter and a code for its marks
    VISCII, Windows-1258         in plain text files only

Their letters are codes of 8 bits that programs show as letters and signs of Latin-1. A paragraph is taken for such a
text when that makes Vietnamese syllables of its words and reading it as it stands does not; where a short one ("C¸O")
leaves it open, the paragraphs around decide. This comes before `ingest.characters.regular`, which drops U+00AD: the ư
of TCVN3. Proper Unicode stays as it is.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from data import table
from ingest.readers.syllables import is_syllable
from kg.language import Saying, saying

CODED = "\xa1-\xff"  # the codes above ASCII that old fonts draw letters for, as characters of Latin-1
# Letters of Vietnamese beyond Latin-1, and tones that combine: a paragraph with one of them is in Unicode.
UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
WORD = re.compile(f"[A-Za-z{CODED}]*[{CODED}][A-Za-z{CODED}]*")
LETTERS = re.compile(r"[^\W\d_]+")
CONSONANTS = set("bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX")
DIGIT = re.compile("[0-9]")
BIG = re.compile("[A-Z]")
SMALL = re.compile("[a-z]")
NEAR = 100  # letters around a word in which its neighbours stand: a line may be a whole file
RIGHT = 0.75  # of the words with codes that become syllables: abbreviations and foreign names do not
SURE = 2  # words that are syllables only by this encoding, for it to need no neighbour
TOLD = 3  # such words in a whole file of bytes


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a paragraph reads in an encoding: of `words` with codes, which become or stop being syllables."""

    words: int
    right: int
    gained: int
    lost: int

    @property
    def open(self) -> bool:
        """Whether the paragraph may be in this encoding."""
        return self.right >= RIGHT * self.words and self.gained >= self.lost

    @property
    def sure(self) -> bool:
        """Whether it is, whatever stands around it."""
        return self.open and self.gained >= SURE and self.gained >= 4 * self.lost


# ---- tables ---------------------------------------------------------------------------------------------------------


@cache
def letters_of(column: str) -> dict[str, str]:
    """Return the letters by the codes of an encoding, the codes as characters of Latin-1."""
    rows = [row for row in table("old_letters") if row[column] != "-"]
    return {bytes.fromhex(row[column]).decode("latin-1"): row["letter"] for row in rows}


def from_tcvn3(text: str) -> str:
    """Return `text` in TCVN3 decoded: "B¸o c¸o" gives "Báo cáo", "B¸O C¸O" gives "BÁO CÁO"."""
    letters = letters_of("tcvn3")
    return re.sub(f"[A-Za-z{CODED}]+", lambda word: _with_case(word, letters), text)


def _with_case(word: re.Match[str], letters: dict[str, str]) -> str:
    """Return a word decoded; letters with tones have no capitals of their own and follow the words around."""
    plain = "".join(letters.get(char, char) for char in word[0])
    return plain.upper() if not word[0].isascii() and _is_capital(word) else plain


def _is_capital(word: re.Match[str]) -> bool:
    """Tell whether all of a word is in capitals: by its own letters after the first, else by the words beside it."""
    if told := _case(word[0]):
        return told == "big"
    text = word.string
    before = text[max(0, word.start() - NEAR) : word.start()].split()[-3:]
    after = text[word.end() : word.end() + NEAR].split()[:3]
    beside = [told for words in (reversed(before), after) if (told := next(filter(None, map(_case, words)), ""))]
    first_is_small = bool(SMALL.match(word[0]))
    return bool(beside) and set(beside) == {"big"} and not first_is_small


def _case(word: str) -> str:
    """Return "big" or "small" by the plain letters of a word after its first; "" for none, and for 35/KH-UBND."""
    rest = "" if DIGIT.search(word) else word[1:]
    if SMALL.search(rest):
        return "small"
    return "big" if BIG.search(rest) else ""


def from_vni(text: str) -> str:
    """Return `text` in VNI decoded: "UÛY BAN" gives "ỦY BAN"; the code of a mark may be in the other case."""
    letters = _vni_letters()
    return _vni_pattern().sub(lambda match: letters[match[0]], text)


@cache
def _vni_letters() -> dict[str, str]:
    letters = dict(letters_of("vni"))
    for code, letter in tuple(letters.items()):
        if len(code) == 2:
            letters.setdefault(code[0] + code[1].swapcase(), letter)
    return letters


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_vni_letters(), key=len, reverse=True))))


ENCODINGS = {"TCVN3": from_tcvn3, "VNI": from_vni}


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def fit(words: Sequence[str], decoded: Sequence[str]) -> Fit:
    """Return how well words with codes read when they are decoded; what is none ("Q§-UB", "tr®") counts for nothing."""
    known = right = gained = lost = 0
    for word, plain in zip(words, decoded, strict=True):
        before, after = _reads(word), is_syllable(plain)
        if not after and not before and plain.isalpha() and (plain.isupper() or set(plain) <= CONSONANTS):
            continue
        known += 1
        right += after
        gained += after and not before
        lost += before and not after
    return Fit(known, right, gained, lost)


def _reads(word: str) -> bool:
    """Tell whether a word is Vietnamese as it stands, signs beside it set aside: "«và»"."""
    parts = LETTERS.findall(word.strip("«»ªº§®©°·¸´¨¯¡¢£¤¥¦¬±²³µ¶¹¼½¾¿"))
    return bool(parts) and all(map(is_syllable, parts))


def readings(text: str) -> dict[str, Fit]:
    """Return the encodings that a paragraph without letters of Unicode may be in, with how well it reads."""
    found = list(WORD.finditer(text))
    words = [match[0] for match in found]
    fits = {name: fit(words, list(map(decode, words))) for name, decode in ENCODINGS.items()}
    return {name: how for name, how in fits.items() if words and how.open}


@dataclass(slots=True)
class Decided:
    """What a paragraph is: in which encoding ("" for Unicode), None while that is open; `ways` those it may be in."""

    name: str | None
    ways: dict[str, Fit]


def encodings(paragraphs: Sequence[str]) -> list[str]:
    """Return for each paragraph the encoding that it is in, "" for one that stays as it is."""
    told = [_alone(text) for text in paragraphs]
    if not any(one.name for one in told):
        return [""] * len(told)
    before = list(_nearest(told))
    after = list(_nearest(told[::-1]))[::-1]
    return [
        one.name if one.name is not None else _beside(one.ways, near)
        for one, *near in zip(told, before, after, strict=True)
    ]


def _alone(text: str) -> Decided:
    """Decide a paragraph by itself where that can be."""
    if text.isascii():
        return Decided(None, {})
    if UNICODE.search(text):
        return Decided("", {})
    ways = readings(text)
    sure = [name for name, how in ways.items() if how.sure]
    most = max(((ways[name].right, ways[name].gained) for name in sure), default=(0, 0))
    best = [name for name in sure if (ways[name].right, ways[name].gained) == most]
    return Decided(best[0] if len(best) == 1 else None, ways)  # "coâng" is công in VNI and coõng in TCVN3


def _nearest(told: Sequence[Decided]) -> Iterator[str | None]:
    """Yield for each paragraph what the last decided one before it is."""
    last: str | None = None
    for one in told:
        yield last
        last = one.name if one.name is not None else last


def _beside(ways: dict[str, Fit], near: Sequence[str | None]) -> str:
    """Return what an open paragraph is: as those around it when they agree, or when something speaks for it itself."""
    sides = {name for name in near if name is not None}
    for name, how in ways.items():
        if sides == {name} or (name in sides and how.gained and not how.lost):
            return name
    return ""


def mended(paragraphs: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the paragraphs in Unicode, and the names of the old encodings that some were in."""
    names = encodings(paragraphs)
    texts = [ENCODINGS[name](text) if name else text for name, text in zip(names, paragraphs, strict=True)]
    return texts, tuple(sorted(set(names) - {""}))


def warning(names: Sequence[str]) -> Saying:
    """Return what a person should know of a text that was mended."""
    return saying("old encoding", names=", ".join(names))


# ---- pages and files ------------------------------------------------------------------------------------------------

LINE_END = re.compile(r"(\r\n?|\n)")
TAG = re.compile(r"(<[^<>]*>)")
BLOCK_TAG = re.compile(r"</?(?:p|div|td|th|tr|table|li|h[1-6]|br|body|html|head|title)\b", re.I)
UNSEEN = re.compile(r"<(style|script)\b|<!--", re.I)
ENDS = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("style", "script")} | {"": re.compile("-->")}


def mended_text(source: str) -> tuple[str, tuple[str, ...]]:
    """Return a plain text whose paragraphs are its lines, mended."""
    if source.isascii():
        return source, ()
    pieces = LINE_END.split(source)
    pieces[::2], names = mended(pieces[::2])
    return "".join(pieces), names


ENDLESS = re.compile("&#(?=[0-9]{8}|[xX][0-9a-fA-F]{8})")  # no letter has so high a number, and Python counts it all


def unescaped(text: str) -> str:
    """Return a text with the letters for which entities stand."""
    return html.unescape(ENDLESS.sub("&amp;#", text))


def mended_page(source: str) -> tuple[str, tuple[str, ...]]:
    """Return an HTML page mended: what stands between the tags of blocks is one paragraph."""
    pieces = TAG.split(seen(source))
    blocks: list[list[int]] = [[]]
    for index, piece in enumerate(pieces):
        if index % 2 and BLOCK_TAG.match(piece):
            blocks.append([])
        elif index % 2 == 0 and piece:
            blocks[-1].append(index)
    names = encodings([unescaped("".join(pieces[index] for index in block)) for block in blocks])
    for name, block in zip(names, blocks, strict=True):
        for index in block if name else []:
            pieces[index] = html.escape(ENCODINGS[name](unescaped(pieces[index])), quote=False)
    found = tuple(sorted(set(names) - {""}))
    return ("".join(pieces) if found else source), found


def seen(page: str) -> str:
    """Return a page without its styles, scripts and comments; one that never ends hides nothing."""
    pieces: list[str] = []
    at, endless = 0, set()
    for start in UNSEEN.finditer(page):
        name = (start[1] or "").lower()
        if start.start() < at or name in endless:
            continue
        if end := ENDS[name].search(page, start.end()):
            pieces.append(page[at : start.start()])
            at = end.end()
        else:
            endless.add(name)  # nor does a later one: each end is looked for once
    return "".join((*pieces, page[at:]))


def decoded(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return the text of bytes that are no UTF-8, and the encodings it was in; None where that can't be told."""
    shown = shown_as(data)
    text, names = mended_page(shown) if BLOCK_TAG.search(shown) else mended_text(shown)
    ways = [(text, names)] if names else []
    ways.append((from_1258(data), ("Windows-1258",)))
    ways.append(("".join(letters_of("viscii").get(char, char) for char in data.decode("latin-1")), ("VISCII",)))
    ways.append((shown, ("Windows-1252",)))  # Vietnamese in a page that writes other letters as &#7883;
    text, names = max(ways, key=lambda way: _share(way[0]))
    return (text, names) if _share(text) >= RIGHT else None


def decoded_by_lines(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Return the text of bytes whose lines are in UTF-8 and in old encodings; None where a line can't be told.

    Such files come of texts that were put together from several.
    """
    told = [_in_utf8(line) for line in data.split(b"\n")]
    lines = [shown_as(line) if text is None else text for line, text in zip(data.split(b"\n"), told, strict=True)]
    names = encodings(lines)
    for index, line in enumerate(data.split(b"\n")):
        ways = [(lines[index], "")] if told[index] is not None else [(from_1258(line), "Windows-1258")]
        if names[index]:
            ways.append((ENCODINGS[names[index]](lines[index]), names[index]))
        lines[index], names[index] = max(ways, key=lambda way: (_share(way[0], 1), way[1] in ENCODINGS))
        if told[index] is None and _share(lines[index], SURE) < RIGHT:
            return None
    text = "\n".join(lines)
    return (text, tuple(sorted(set(names) - {""}))) if _share(text) >= RIGHT else None


def _in_utf8(data: bytes) -> str | None:
    """Return a text in UTF-8; None for what is none."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def shown_as(data: bytes) -> str:
    """Return bytes as the letters and signs of Latin-1 that programs show for them."""
    shown = data.decode("cp1252", "surrogateescape")
    return re.sub("[\udc80-\udcff]", lambda byte: chr(ord(byte[0]) - 0xDC00), shown)


def from_1258(data: bytes) -> str:
    """Return the text of bytes in Windows-1258, its tones put on their letters."""
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def _share(text: str, least: int = TOLD) -> float:
    """Return which part of the words with letters beyond ASCII are syllables; 0 when they are too few to tell."""
    words = [word for word in LETTERS.findall(text) if not word.isascii()]
    right = sum(map(is_syllable, words))
    return right / len(words) if right >= least else 0.0
