"""Text to terms: the Whoosh analyzers for Vietnamese, the same for every engine, for passages and for queries.

    "Uỷ ban ND xã thực hiện 25 - NQ/TW"
    exact     ủy ban nd xã thực hiện 25_nq_tw          lower case, NFC, one place for the tone, one spelling of i/y
    folded    uy ban nd xa thuc hien 25_nq_tw          the same without marks, đ as d
    bigrams   uy_ban ban_nd nd_xa ...                  adjacent folded terms: what word segmentation is for elsewhere
    number    25_nq_tw 25_nq                           documents named by number (`search.references`)

Exact and folded have the same positions. A count is one term and its unit another: "208,13ha" gives 208,13 and ha.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from whoosh.analysis import Analyzer
from whoosh.analysis import Token as WhooshToken

from kg.fold import IMPOSTORS, i_for_y, new_tones, unify, without_marks
from search.references import Reference, references

# 1.181 | 208,13 | 2023 (of "2021,2022" each) | ubnd | v05 | qh15; "13ha" is 13 and ha
WORD = re.compile(r"\d+(?:[.,]\d{1,3}(?!\d))*|[^\W\d_]+[^\W_]*")
LETTERS, DIGIT = re.compile(r"[^\W_]+"), re.compile(r"\d")  # the same as WORD, sooner, where there is no digit
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
ODD = re.compile(f"[{''.join(map(chr, IMPOSTORS))}]")
DROPPED = re.compile(f"[{''.join(chr(code) for code, letter in IMPOSTORS.items() if letter is None)}]")
QUI = re.compile(r"qu([iìíỉĩị])")
LONGEST = 64  # characters of a term: what is longer is no word
CACHED = 200_000  # spellings; forgotten all at once when there are more


@dataclass(frozen=True, slots=True)
class Token:
    """A term with and without marks, and where it stands in the text as given."""

    exact: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the index keeps of one text: the terms of each field, in reading order."""

    exact: list[str]
    folded: list[str]
    bigrams: list[str]
    number: list[str]


class Spellings(dict[str, tuple[str, str]]):
    """The (exact, folded) forms of each spelling met so far."""

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= CACHED:
            self.clear()
        forms = self[word] = spell(word)
        return forms


SPELLINGS = Spellings()


def spell(word: str) -> tuple[str, str]:
    """Return the exact and the folded form of one word: "Uỷ" gives ("ủy", "uy"), "1.181" gives "1181" twice."""
    if word[0].isdecimal():
        count = word.replace(".", "") if THOUSANDS.fullmatch(word) else word.replace(".", ",")
        count = count.lstrip("0") if count.lstrip("0")[:1].isdecimal() else "0" + count.lstrip("0")
        return count[:LONGEST], count[:LONGEST]
    plain = i_for_y(new_tones(unicodedata.normalize("NFC", word.casefold())))
    exact = QUI.sub(lambda match: "qu" + "yỳýỷỹỵ"["iìíỉĩị".index(match[1])], plain) if len(plain) == 3 else plain
    exact = exact[:LONGEST]
    return exact, without_marks(exact)


def tidy(text: str) -> str:
    """Return `unify(text)`, sooner where there is nothing to mend."""
    return unify(text) if ODD.search(text) else unicodedata.normalize("NFC", text)


def terms(text: str) -> Terms:
    """Return the terms of all fields for `text`; positions are those of the lists."""
    clean = tidy(text)
    has_digits = DIGIT.search(clean)
    named = references(clean) if has_digits else []
    if named:
        pairs = token_forms(clean, named)
    else:
        pairs = list(map(SPELLINGS.__getitem__, (WORD if has_digits else LETTERS).findall(clean)))
    exact = [pair[0] for pair in pairs]
    folded = [pair[1] for pair in pairs]
    numbers = list(dict.fromkeys(term for reference in named for term in reference.terms)) if named else []
    return Terms(exact, folded, bigrams(folded), numbers)


def bigrams(folded: list[str]) -> list[str]:
    """Return the pairs of adjacent terms: ["dan", "van", "kheo"] gives ["dan_van", "van_kheo"]."""
    return list(map("_".join, pairwise(folded)))


def token_forms(clean: str, named: list[Reference]) -> list[tuple[str, str]]:
    """Return the (exact, folded) terms of `clean`, each whole number as one."""
    pairs: list[tuple[str, str]] = []
    for piece in pieces(clean, named):
        if isinstance(piece, Reference):
            pairs.append((piece.whole, piece.whole))
        else:
            pairs.extend(map(SPELLINGS.__getitem__, WORD.findall(clean, *piece)))
    return pairs


def pieces(clean: str, named: list[Reference]) -> Iterator[Reference | tuple[int, int]]:
    """Yield the whole numbers, and the stretches (start, end) between them."""
    last = 0
    for reference in named:
        if reference.whole:
            yield last, reference.number_start
            yield reference
            last = reference.end
    yield last, len(clean)


def tokens(text: str) -> list[Token]:
    """Return the terms of `text` with their places in it, whatever its normal form."""
    pairs, spans = places(text)
    return [Token(*pair, *span) for pair, span in zip(pairs, spans, strict=True)]


def places(text: str) -> tuple[list[tuple[str, str]], list[tuple[int, int]]]:
    """Return the (exact, folded) terms of `text`, and for each its (start, end): `tokens` without the records."""
    clean, origin = aligned(text)
    pairs: list[tuple[str, str]] = []
    spans: list[tuple[int, int]] = []
    for piece in pieces(clean, references(clean)):
        if isinstance(piece, Reference):
            pairs.append((piece.whole, piece.whole))
            spans.append((piece.number_start, piece.end))
        else:
            found = [(match.span(), match[0]) for match in WORD.finditer(clean, *piece)]
            pairs += [SPELLINGS[word] for _, word in found]
            spans += [span for span, _ in found]
    return pairs, spans if origin is same else [origin(*span) for span in spans]


def same(start: int, end: int) -> tuple[int, int]:
    """Return the span itself: where tidy text is as long as the text given."""
    return start, end


def aligned(text: str) -> tuple[str, Callable[[int, int], tuple[int, int]]]:
    """Return `unify(text)` and the function from (start, end) in it to those in `text`."""
    if unicodedata.is_normalized("NFC", text) and not DROPPED.search(text):
        return tidy(text), same
    origins: list[tuple[int, int]] = []
    parts: list[str] = []
    for start, end in clusters(text):
        part = tidy(text[start:end])
        parts.append(part)
        origins.extend([(start, end)] * len(part))
    return "".join(parts), lambda first, last: (origins[first][0], origins[last - 1][1])


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each letter together with the marks that follow it."""
    start = 0
    for offset in range(1, len(text) + 1):
        if offset == len(text) or not joins(text[offset]):
            yield start, offset
            start = offset


def joins(letter: str) -> bool:
    """Tell whether NFC may join `letter` to the one before it: marks of all scripts, and the parts of Hangul."""
    return unicodedata.category(letter)[0] == "M" or "\u1160" <= letter <= "\u11ff"


class VietnameseAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """The Whoosh analyzer of one field: "exact", "folded", "bigrams" or "number"."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        **_: Any,
    ) -> Iterator[Any]:
        token = WhooshToken(positions, chars, removestops=False)
        for position, (term, start, end) in enumerate(self.terms(value, chars)):
            token.text = term
            token.original = term
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + position
            if chars:
                token.startchar, token.endchar = start_char + start, start_char + end
            yield token

    def terms(self, text: str, chars: bool) -> Iterator[tuple[str, int, int]]:
        """Yield the terms of the field with their places (0, 0 where these are not asked for)."""
        if chars and self.field in {"exact", "folded"}:
            for token in tokens(text):
                yield getattr(token, self.field), token.start, token.end
        else:
            for term in getattr(terms(text), self.field):
                yield term, 0, 0
