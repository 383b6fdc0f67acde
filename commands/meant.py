"""What a person means by a REF, for all commands that take one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.language import phrase, saying
from present.candidates import candidates_listing
from present.console import talk, write
from present.manners import NOT_UNDERSTOOD

if TYPE_CHECKING:
    from kg.model import Document, Unit
    from kg.store import Store

FILE = click.Path(path_type=Path, readable=False)  # what may not be read is told in our own words


def the_one(store: Store, ref: str, form: str) -> Document | Unit:
    """Return what `ref` names; several that fit are listed, and the program ends with "not understood"."""
    from kg.model import AmbiguousError
    from kg.reference import find

    try:
        return find(store, ref)
    except AmbiguousError as error:
        talk(phrase("fits several", ref=ref, n=len(error.candidates)))
        write(candidates_listing(error.candidates).render(form), None, form)
        talk(phrase("fits several advice"))
        raise click.exceptions.Exit(NOT_UNDERSTOOD) from None


def the_document(store: Store, ref: str, form: str) -> Document:
    """Return the document that `ref` names; a unit is not what was asked for."""
    from kg.model import QueryError, Unit

    found = the_one(store, ref, form)
    if isinstance(found, Unit):
        raise QueryError(saying("unit asked", ref=ref, unit=found.name))
    return found
