"""Texts in the encodings before Unicode, made for tests."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from ingest.readers.legacy import letters_of

TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> str:
    """Return `text` as an ABC font needs it: what has no capital of its own is drawn as one by another font."""
    codes = {letter: code for code, letter in letters_of("tcvn3").items()}
    return "".join(codes.get(char) or codes.get(char.lower(), char) for char in text)


def coded(column: str) -> Callable[[str], str]:
    """Return what writes a text in VNI or VISCII."""
    codes = {letter: code for code, letter in letters_of(column).items()}
    return lambda text: "".join(codes.get(char, char) for char in text)


vni = coded("vni")


def windows_1258(text: str) -> bytes:
    """Return `text` as Windows wrote it: the letter with its hat, then the tone."""
    out = b""
    for char in text:
        parted = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(part for part in parted if part not in TONES))
        out += (letter + "".join(part for part in parted if part in TONES)).encode("cp1258")
    return out
