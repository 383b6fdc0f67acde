"""The way others go, for comparison: BM25 over the words that pyvi segments Vietnamese into, in one field of tantivy.

pyvi is no part of the product nor of its locks: without it (`pip install pyvi`) the comparison is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import tantivy

from search.index import SearchPassage

WORD = re.compile(r"\w+")
SHARE = 8  # articles that a process is given at a time

Ranking = Callable[[str], list[str]]  # a question in, the ids of the first ten articles out


def words(text: str) -> str:
    """Return the words of `text` as pyvi joins them, in small letters: "dân_vận khéo"."""
    tokenize: Any = import_module("pyvi.ViTokenizer").tokenize
    return " ".join(WORD.findall(tokenize(text).casefold()))


def missing() -> str:
    """Return why the comparison can't be made, "" where it can."""
    try:
        import_module("pyvi.ViTokenizer")
    except ImportError as error:
        return f"pyvi is not installed ({error})"
    return ""


def segmented(passages: Iterable[SearchPassage], top: int) -> Ranking:
    """Return the ranking of `passages` by BM25 over segmented words."""
    from multiprocessing import Pool

    chosen = list(passages)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(60_000_000, 1)
    with Pool() as pool:
        texts = pool.imap(words, (passage.text for passage in chosen), SHARE)
        for passage, text in zip(chosen, texts, strict=True):
            writer.add_document(tantivy.Document(id=passage.id, words=text))
    writer.commit()
    index.reload()
    return lambda question: first_of(index, schema, question, top)


def first_of(index: Any, schema: Any, question: str, top: int) -> list[str]:
    """Return the ids of the first `top` articles for a question."""
    terms = dict.fromkeys(words(question).split())
    asked = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "words", term, "freq")) for term in terms]
    searcher = index.searcher()
    found = searcher.search(tantivy.Query.boolean_query(asked), top).hits
    return [str(searcher.doc(address).get_first("id")) for _, address in found]
