"""Where nothing answers: the nearest weaker query that finds something, and why the one that was typed did not.

"dận vân khéo"          without the marks
"dân vận" "khéo tay"    the words of each phrase, not side by side
dân vận năm:1999        without the field that leaves nothing
dân vận ngoại giao      any of the words
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from whoosh import query as wq

from kg.fold import without_marks
from kg.language import Saying, saying
from search.index import Engine
from search.query import Filters, ParsedQuery, leaves, simple
from search.syntax import HalfMarked, all_of, any_of

# Why a weaker query was taken: keys of the catalogue.
SOME, MARKS, APART, WITHOUT = "some words", "without marks", "words apart", "without condition"


def nearest(engine: Engine, query: ParsedQuery, filters: Filters | None) -> tuple[ParsedQuery, str] | None:
    """Return the nearest weaker query that finds something, and why it was taken; None where none does."""
    for weaker, why in weaker_queries(engine, query, filters):
        if engine.search(weaker, 0, 0, filters).total:
            return weaker, why
    return None


def weaker_queries(engine: Engine, query: ParsedQuery, filters: Filters | None) -> Iterator[tuple[ParsedQuery, str]]:
    """Yield weaker queries, each with the reason, the nearest first."""
    unmarked, apart = changed(query, without_the_marks), changed(query, words_apart)
    if unmarked is not None:
        yield unmarked, saying(MARKS)
    if apart is not None:
        yield apart, saying(APART)
        both = changed(apart, without_the_marks)
        if both is not None:
            yield both, both_said(saying(APART), saying(MARKS))
    yield from fewer_conditions(engine, query, filters)
    loose = query.weaker() or any_word(query)
    if loose is not None:
        yield loose, saying(SOME)
        bare = changed(loose, without_the_marks)
        if bare is not None:
            yield bare, both_said(saying(SOME), saying(MARKS))
        for fewer, why in fewer_conditions(engine, bare or loose, filters):
            yield fewer, both_said(why, saying(SOME))


def fewer_conditions(engine: Engine, query: ParsedQuery, filters: Filters | None) -> Iterator[tuple[ParsedQuery, str]]:
    """Yield the query without one of its conditions, the one that costs most first, then without any."""
    if query.must is None and len(query.conditions) < 2:
        return
    fewer = [replace(query, conditions=tuple(c for c in query.conditions if c is not one)) for one in query.conditions]
    counts = [engine.search(one, 0, 0, filters).total for one in fewer]
    for place in sorted(range(len(fewer)), key=lambda place: -counts[place]):
        yield fewer[place], saying(WITHOUT, what=query.conditions[place].shown)
    if len(fewer) > 1 and query.must is not None:
        shown = ", ".join(one.shown for one in query.conditions)
        yield replace(query, conditions=()), saying(WITHOUT, what=shown)


def both_said(first: str, second: str) -> Saying:
    """Return two reasons as one."""
    return saying("two sentences", first=first, second=second)


# ---- trees ----------------------------------------------------------------------------------------------------------


def changed(query: ParsedQuery, change: Callable[[Any], Any]) -> ParsedQuery | None:
    """Return the query with every leaf changed; None where that makes no difference."""
    if query.must is None:
        return None
    must = simple(rebuilt(query.must, change))
    return None if must == query.must else replace(query, must=must)


def rebuilt(tree: Any, change: Callable[[Any], Any]) -> Any:
    """Return the tree with every leaf changed, but those that must not occur."""
    if isinstance(tree, wq.And | wq.Or) and not isinstance(tree, HalfMarked):
        parts = [rebuilt(part, change) for part in tree.subqueries]
        return all_of(parts) if isinstance(tree, wq.And) else any_of(parts)
    return tree if isinstance(tree, wq.Not) else change(tree)


def without_the_marks(leaf: Any) -> Any:
    """Return the leaf for the same words whatever their marks."""
    if isinstance(leaf, HalfMarked):
        return leaf.subqueries[0]
    if getattr(leaf, "fieldname", "") != "exact":
        return leaf
    if isinstance(leaf, wq.Phrase):
        return wq.Phrase("folded", [without_marks(word) for word in leaf.words])
    if isinstance(leaf, wq.FuzzyTerm):
        return wq.FuzzyTerm("folded", without_marks(leaf.text), maxdist=leaf.maxdist, prefixlength=0)
    return type(leaf)("folded", without_marks(leaf.text))


def words_apart(leaf: Any) -> Any:
    """Return the leaf for the words of a phrase wherever they stand."""
    if isinstance(leaf, HalfMarked):
        phrase, *marked = leaf.subqueries
        spelt = {without_marks(term.text): term for term in marked}
        return all_of(spelt.get(word, wq.Term("folded", word)) for word in phrase.words)
    if isinstance(leaf, wq.Phrase):
        return all_of(wq.Term(leaf.fieldname, word) for word in leaf.words)
    return leaf


def any_word(query: ParsedQuery) -> ParsedQuery | None:
    """Return the query for any of the words and phrases, still without what must not occur; None where there is one."""
    if query.must is None or query.any_word:
        return None
    every = list(leaves(query.must))
    unwanted = (
        [part for part in query.must.subqueries if isinstance(part, wq.Not)] if isinstance(query.must, wq.And) else []
    )
    if len(set(every)) < 2:
        return None
    must = any_of(every)
    return replace(query, must=all_of([must, *unwanted]), loose=None, any_word=not unwanted)
