"""The engines that the product is measured beside, each driven by hand with the product's own terms.

Every one keeps two fields, words with their marks and without, with positions, the year as something to narrow by, and
the text to give back. None ranks by anything but the words of the query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Protocol

from search.analysis import terms
from search.index import SearchPassage

TOP = 10
BLANKS = "blanks"
MEMORY = 200_000_000  # bytes that tantivy's writer may fill, the same as the product's


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an engine is asked it: the terms `words` of the field "exact" or "folded".

    All must occur; as a `phrase` one after the other; as a `prefix` the one word is the beginning of words. `year`
    narrows where it is not "".
    """

    field: str
    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    year: str = ""


class Raw(Protocol):
    """An engine filled with passages."""

    name: ClassVar[str]

    def __init__(self, directory: Path, passages: Iterable[SearchPassage]) -> None: ...

    def ask(self, asked: Asked) -> int:
        """Return how many passages there are; the texts of the ten best are fetched."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


def fields_of(passage: SearchPassage, names: Sequence[str] = ("exact", "folded")) -> dict[str, str]:
    """Return the terms of a passage with blanks between."""
    found = terms(passage.text)
    return {name: " ".join(getattr(found, name)) for name in names}


class RawTantivy:
    """tantivy."""

    name = "tantivy"
    fields: ClassVar[dict[str, str]] = {"exact": "position", "folded": "position"}

    def __init__(self, directory: Path, passages: Iterable[SearchPassage]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_bytes_field("body", stored=True, indexed=False)
        builder.add_text_field("year", tokenizer_name="raw", index_option="basic")
        for field, kept in self.fields.items():
            builder.add_text_field(field, tokenizer_name=BLANKS, index_option=kept)
        self.query, self.must = tantivy.Query, tantivy.Occur.Must
        self.schema = builder.build()
        directory.mkdir()
        self.index = tantivy.Index(self.schema, path=str(directory))
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer(BLANKS, splitter)
        writer = self.index.writer(MEMORY, 1)
        for passage in passages:
            writer.add_document(
                tantivy.Document(
                    body=passage.text.encode(), year=passage.year, **fields_of(passage, tuple(self.fields))
                )
            )
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, asked: Asked) -> int:
        found: Any = self.searcher.search(self.translated(asked), TOP, count=True)
        for _, address in found.hits:
            self.searcher.doc(address).get_first("body").decode()
        return int(found.count)

    def translated(self, asked: Asked) -> Any:
        """Return tantivy's query."""
        if asked.phrase:
            return self.query.phrase_query(self.schema, asked.field, list(asked.words))
        if asked.prefix:
            return self.query.fuzzy_term_query(
                self.schema, asked.field, asked.words[0], distance=0, transposition_cost_one=False, prefix=True
            )
        every = [self.query.term_query(self.schema, asked.field, word, "freq") for word in asked.words]
        if asked.year:
            every.append(self.query.term_query(self.schema, "year", asked.year, "basic"))
        return self.query.boolean_query([(self.must, one) for one in every])

    def close(self) -> None:
        del self.searcher, self.index


class SameTerms(RawTantivy):
    """tantivy with the terms of the text that the product keeps: pairs and numbers too."""

    name = "tantivy with the same terms"
    fields: ClassVar[dict[str, str]] = {**RawTantivy.fields, "bigrams": "freq", "number": "freq"}


class RawFts5:
    """SQLite FTS5."""

    name = "fts5"

    def __init__(self, directory: Path, passages: Iterable[SearchPassage]) -> None:
        self.database = sqlite3.connect(directory)
        splitting = "unicode61 remove_diacritics 0 tokenchars ''_''"
        self.database.execute(
            f"CREATE VIRTUAL TABLE p USING fts5(exact, folded, body UNINDEXED, year UNINDEXED, tokenize='{splitting}')"
        )
        rows = ((*fields_of(one).values(), one.text, one.year) for one in passages)
        self.database.executemany("INSERT INTO p VALUES (?, ?, ?, ?)", rows)
        self.database.commit()

    def ask(self, asked: Asked) -> int:
        pieces = [" ".join(asked.words)] if asked.phrase else asked.words
        sought = " AND ".join(f'"{piece}"' for piece in pieces) + ("*" if asked.prefix else "")
        where = f"p MATCH ?{' AND year = ?' if asked.year else ''}"
        values = [f"{asked.field}: ({sought})", *([asked.year] if asked.year else [])]
        self.database.execute(f"SELECT body FROM p WHERE {where} ORDER BY rank LIMIT {TOP}", values).fetchall()
        return int(self.database.execute(f"SELECT count(*) FROM p WHERE {where}", values).fetchone()[0])

    def close(self) -> None:
        self.database.close()


class RawWhoosh:
    """Whoosh."""

    name = "whoosh"

    def __init__(self, directory: Path, passages: Iterable[SearchPassage]) -> None:
        from whoosh import analysis, fields, index, query

        text = {
            name: fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=True) for name in ("exact", "folded")
        }
        directory.mkdir()
        made = index.create_in(directory, fields.Schema(body=fields.STORED(), year=fields.ID(), **text))
        writer = made.writer(limitmb=64)
        for passage in passages:
            writer.add_document(body=passage.text, year=passage.year, **fields_of(passage))
        writer.commit()
        self.query, self.searcher = query, made.searcher()

    def ask(self, asked: Asked) -> int:
        wq = self.query
        if asked.phrase:
            tree = wq.Phrase(asked.field, list(asked.words))
        elif asked.prefix:
            tree = wq.Prefix(asked.field, asked.words[0])
        else:
            every = [wq.Term(asked.field, word) for word in asked.words]
            tree = wq.And([*every, *([wq.Term("year", asked.year)] if asked.year else [])])
        found = self.searcher.search(tree, limit=TOP)
        for hit in found:
            hit["body"]
        return len(found)

    def close(self) -> None:
        self.searcher.close()


class RawXapian:
    """Xapian; its Python part comes with the system (Debian: python3-xapian), not from the package index."""

    name = "xapian"
    LETTERS: ClassVar[dict[str, str]] = {"exact": "XE", "folded": "XF"}

    def __init__(self, directory: Path, passages: Iterable[SearchPassage]) -> None:
        self.xapian = xapian()
        database = self.xapian.WritableDatabase(str(directory), self.xapian.DB_CREATE_OR_OVERWRITE)
        for passage in passages:
            document = self.xapian.Document()
            for field, words in fields_of(passage).items():
                for position, word in enumerate(words.split()):
                    document.add_posting(self.LETTERS[field] + word, position)
            document.add_boolean_term(f"Y{passage.year}")
            document.set_data(passage.text)
            database.add_document(document)
        database.commit()
        self.database = database

    def ask(self, asked: Asked) -> int:
        made, whole = self.xapian.Query, self.database.get_doccount()
        sought = [self.LETTERS[asked.field] + word for word in asked.words]
        kind = made.OP_PHRASE if asked.phrase else made.OP_AND
        beginning = (made.OP_WILDCARD, sought[0], 0, made.WILDCARD_LIMIT_ERROR, made.OP_OR)
        query = made(*beginning) if asked.prefix else made(kind, sought)
        if asked.year:
            query = made(made.OP_FILTER, query, made(f"Y{asked.year}"))
        enquire = self.xapian.Enquire(self.database)
        enquire.set_query(query)
        found = enquire.get_mset(0, TOP, whole)
        for match in found:
            match.document.get_data().decode()
        return int(found.get_matches_estimated())  # exact: all passages were checked

    def close(self) -> None:
        self.database.close()


def xapian() -> ModuleType:
    """Return Xapian's module; ImportError where this Python has none."""
    import importlib

    return importlib.import_module("xapian")
