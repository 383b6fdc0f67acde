"""What the engines keep of a passage beside its text: what narrows, what is counted, what sorts, what raises it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter

from search.analysis import terms
from search.fields import term
from search.index import SearchPassage
from search.query import FILTERS
from search.units import unit_words

SHARED = tuple(field for field in FILTERS if field != "cites")
OF_REPORT = attrgetter(*SHARED)
WHOLE = frozenset({"document", "source"})  # names that are kept as they are
FACETS = ("level", "province", "unit", "year", "type", "cites")
COUNTED = (*FACETS[:-1], "source")  # once for each report
FACTS = attrgetter(*COUNTED)


def filter_values(passage: SearchPassage) -> dict[str, list[str]]:
    """Return the terms of the filter fields of one passage, as `search.query.value_query` asks for them."""
    return {**values_of_report(*OF_REPORT(passage)), "cites": [key.replace(" ", "_") for key in passage.cites]}


@lru_cache(maxsize=256)
def values_of_report(*values: str) -> dict[str, list[str]]:
    """Return the terms of the fields that the passages of one report share; they are indexed one after the other."""
    known = {field: value for field, value in zip(SHARED, values, strict=True) if value}
    found = {field: [value if field in WHOLE else term(value)] for field, value in known.items()}
    return found | {"unit": list(unit_words(known.get("unit", "")))}


def facet_values(passage: SearchPassage) -> dict[str, list[str]]:
    """Return what is counted of one passage, as people read it: "huyện", "UBND xã An Bình", "33/CT-TTg"."""
    return {**facets_of_report(*FACTS(passage)), "cites": list(dict.fromkeys(passage.directives))}


@lru_cache(maxsize=256)
def facets_of_report(*values: str) -> dict[str, list[str]]:
    """Return what the passages of one report share of `facet_values`."""
    return {field: [value] for field, value in zip(COUNTED, values, strict=True) if value}


def sort_key(passage: SearchPassage) -> str:
    """Return the text by which passages are sorted by date, the newest last; those of one report stand together.

    "2023-05-17 bao-cao.txt 999958": a date that is known less far goes before those within it.
    """
    return f"{passage.date or '0'} {passage.source} {999_999 - passage.ordinal:06}"


def text_with_numbers(passage: SearchPassage) -> str:
    """Return the text in which documents are named by number: where a report opens, its own is one of them."""
    return f"{passage.text}\n{passage.type} số {passage.number}" if passage.opens and passage.number else passage.text


def heading_terms(passage: SearchPassage) -> list[str]:
    """Return the folded words and pairs of words of the report's title and of the headings above a passage."""
    return [term for heading in (passage.title, *passage.section) for term in terms_of_heading(heading)]


@lru_cache(maxsize=4096)
def terms_of_heading(heading: str) -> tuple[str, ...]:
    """Return the folded words of one heading, and its pairs of words."""
    found = terms(heading)
    return (*found.folded, *found.bigrams)


def same_text(folded: Sequence[str]) -> str:
    """Return the key that passages with the same words share, whatever their marks and signs."""
    return blake2b(" ".join(folded).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
