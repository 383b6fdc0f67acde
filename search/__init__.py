"""Full-text search over the passages of the reports, in Vietnamese with and without marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language import saying
from kg.model import QueryError

if TYPE_CHECKING:
    from search.index import Engine

ENGINES = ("tantivy", "whoosh")


def engine(name: str | None = None) -> tuple[type[Engine], str]:
    """Return the engine called `name`, and a note for the user, "" where there is nothing to say.

    Without a name it is tantivy or, where tantivy can't be imported, Whoosh, which the note then says.
    """
    if name not in {None, *ENGINES}:
        raise QueryError(saying("no engine", name=name, known=", ".join(ENGINES)))
    if name == "whoosh":
        return whoosh_engine(), ""
    try:
        from search.engines.tantivy import TantivyEngine
    except ImportError as error:
        if name == "tantivy":
            raise QueryError(saying("no tantivy", error=error)) from error
        note = saying("whoosh instead", error=error)
        return whoosh_engine(), note
    return TantivyEngine, ""


def whoosh_engine() -> type[Engine]:
    """Return the engine that is pure Python."""
    from search.engines.whoosh import WhooshEngine

    return WhooshEngine
