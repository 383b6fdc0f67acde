"""In which language things are said, and what is said: one catalogue of phrases in Vietnamese and English.

    with speaking("en"):
        phrase("documents", n=3)                3 documents

An error or a warning that a person will read is a `saying`: plain English for logs and tests, and, as long as it is not
turned into another string, what `said` puts into the language of the person who reads it.

    raise ReadError(saying("file missing", path=path))
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from data import table

LANGUAGES = ("vi", "en")
CATALOGUE = ("phrases", "sayings", "errors")  # the words of the picture, of the command line, of what goes wrong
_language: ContextVar[str | None] = ContextVar("language", default=None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let everything inside be said in `language`, one of `LANGUAGES`."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """Return the language in which things are said now; Vietnamese where none was chosen."""
    return _language.get() or "vi"


def chosen() -> str | None:
    """Return the language that was chosen by `speaking`, None where none was."""
    return _language.get()


def phrase(key: str, **values: object) -> str:
    """Return what the program says under `key` of the catalogue, its {places} filled with `values`."""
    return catalogue(language())[key].format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> object:
    """Return a value as a phrase shows it: counts with their thousands apart, sayings in the language spoken."""
    return Number(value) if type(value) is int else said(value)


class Number(int):
    """A count in a phrase: {n} is "12.345" or "12,345"; {n:day|days} is the word for one or for many."""

    def __format__(self, spec: str) -> str:
        if "|" in spec:
            return spec.split("|")[self != 1]
        return f"{int(self):,}".replace(",", "." if language() == "vi" else ",")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return all phrases of one language by their keys."""
    return {row["key"]: row[language] for name in CATALOGUE for row in table(name)}


@cache
def phrases(language: str) -> dict[str, str]:
    """Return the phrases of the picture in one language by their keys: what its page must carry."""
    return {row["key"]: row[language] for row in table("phrases")}


class Saying(str):
    """What is to be said to a person: in English as a string, in another language through `said`."""

    key: str
    values: dict[str, object]


def saying(key: str, **values: object) -> Saying:
    """Return what stands under `key` of the catalogue; the `values` may be sayings themselves."""
    with speaking("en"):
        words = Saying(phrase(key, **values))
    words.key, words.values = key, {name: kept(value) for name, value in values.items()}
    return words


def kept(value: object) -> object:
    """Return a value in a form that can go to another process: numbers and sayings as they are, all else as words."""
    return value if isinstance(value, Saying | int | float) else str(value)


def said(words: object) -> object:
    """Return a saying, or the saying of an error, in the language spoken now; anything else as it is."""
    if isinstance(words, Exception) and words.args and isinstance(words.args[0], Saying):
        return said(words.args[0])
    return phrase(words.key, **words.values) if isinstance(words, Saying) else words


def system_words(error: OSError) -> object:
    """Return what the system says went wrong: a saying for what is common, else its own words."""
    key = f"system {errno.errorcode.get(error.errno or 0, '')}"
    return saying(key) if key in catalogue("en") else error.strerror or str(error)
