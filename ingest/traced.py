"""Strings that know where each of their characters stands in the source."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Traced:
    """A string and, for each of its characters, the offset of its origin in the source."""

    text: str
    origins: array[int]

    @classmethod
    def of(cls, source: str) -> Traced:
        """Return the whole source, each character its own origin."""
        return cls(source, own_places(len(source)))

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> Traced:
        """Return the characters from `start` to `end`."""
        return Traced(self.text[start:end], self.origins[start:end])

    def strip(self, chars: str | None = None) -> Traced:
        """Return the string without blanks (or `chars`) at both ends."""
        left = len(self.text) - len(self.text.lstrip(chars))
        stripped = self.text.strip(chars)
        return self if len(stripped) == len(self.text) else self.cut(left, left + len(stripped))

    def sub(self, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str | None]) -> Traced:
        """Return the string with each match changed to what `change` gives; None leaves the match as it is.

        The characters put in have the origin of the match's first character.
        """
        out = Writer()
        done = 0
        for match in pattern.finditer(self.text):
            put = change(match)
            if put is not None:
                out.keep(self, done, match.start())
                out.put(put, self.origins[match.start()])
                done = match.end()
        if not done:
            return self
        out.keep(self, done, len(self.text))
        return out.traced()


SHARED = 1 << 20  # characters: more are counted anew, lest the longest text stay in memory


def own_places(size: int) -> array[int]:
    """Return 0, 1, 2 … up to `size`: a slice of one array costs a copy, counting costs an object for each number."""
    return counted(1 << size.bit_length())[:size] if size < SHARED else array("i", range(size))


@cache
def counted(size: int) -> array[int]:
    """Return 0, 1, 2 … up to `size`, kept for the next text of about that length."""
    return array("i", range(size))


class Writer:
    """Builds a Traced string from left to right."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.origins: array[int] = array("i")

    def __len__(self) -> int:
        return len(self.origins)

    def keep(self, traced: Traced, start: int = 0, end: int | None = None) -> None:
        """Append a run of `traced` with its origins."""
        end = len(traced.text) if end is None else end
        if start < end:
            self.pieces.append(traced.text[start:end])
            self.origins.extend(traced.origins[start:end])

    def put(self, text: str, origin: int) -> None:
        """Append `text`, all of it from `origin`."""
        if text:
            self.pieces.append(text)
            self.origins.extend([origin] * len(text))

    def ends(self, char: str) -> bool:
        """Return whether what was written ends with `char`."""
        return bool(self.pieces) and self.pieces[-1].endswith(char)

    def drop(self) -> None:
        """Take back the last character."""
        self.pieces[-1] = self.pieces[-1][:-1]
        self.origins.pop()
        if not self.pieces[-1]:
            self.pieces.pop()

    def traced(self) -> Traced:
        """Return what was written."""
        return Traced("".join(self.pieces), self.origins)


# Normalisation never reaches over the front of an ASCII character, so each such run stands for itself.
RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def normalise(traced: Traced) -> Traced:
    """Return the string in NFC; a composed character has the origin of its first part."""
    if unicodedata.is_normalized("NFC", traced.text):
        return traced
    out = Writer()
    done = 0
    for match in RUN.finditer(traced.text):
        if unicodedata.is_normalized("NFC", match[0]):
            continue
        out.keep(traced, done, match.start())
        _compose(traced.cut(*match.span()), out)
        done = match.end()
    out.keep(traced, done)
    return out.traced()


def _compose(run: Traced, out: Writer) -> None:
    """Write `run` composed: both forms have the same decomposition, whose lengths tell which came from which."""
    places = [
        origin
        for char, origin in zip(run.text, run.origins, strict=True)
        for _ in range(len(unicodedata.normalize("NFD", char)))
    ]
    at = 0
    for char in unicodedata.normalize("NFC", run.text):
        out.put(char, places[at])
        at += len(unicodedata.normalize("NFD", char))
