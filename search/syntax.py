"""The grammar of queries: Whoosh's `QueryParser`, its groups and operators, and the clauses that are ours.

    dân vận khéo        words
    "dân vận khéo"      a phrase
    dân*                words that begin so
    khéo~               words that differ in one letter
    Nghị quyết số 25    a document by its number (`search.references`)
    UBND                an abbreviation or a full name (`search.abbreviations`)
    AND OR NOT ( )      VÀ HOẶC KHÔNG
    cấp:xã              a field (`search.fields`)

A word typed with marks must stand with those marks; a word typed without matches with and without.
Left out on purpose: the plus-minus plugin (it reads 25-NQ/TW as 25 and not NQ), wildcards, boosts, REQUIRE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from whoosh import query
from whoosh.matching import AndMaybeMatcher
from whoosh.qparser import QueryParser, plugins, syntax, taggers

from kg.language import saying
from search.abbreviations import Expansion, expansions
from search.analysis import Token, tokens
from search.fields import Condition, FieldText, Graph, Misread, condition, field_at
from search.references import Reference, references

DEEPEST = 20  # brackets within brackets
SHORTEST_PREFIX = 2  # letters before a star
SHORTEST_FUZZY = 3  # letters before a tilde
NOTHING = 1e-12  # the score a condition adds; Whoosh takes 0.0 for "not given" and adds 1


# ---- what a word asks for -------------------------------------------------------------------------------------------


def all_of(parts: Iterable[Any]) -> Any:
    """Return the query for all `parts` together; None where there is none."""
    return joined(query.And, parts)


def any_of(parts: Iterable[Any]) -> Any:
    """Return the query for at least one of `parts`; None where there is none."""
    return joined(query.Or, parts)


def joined(group: Callable[[list[Any]], Any], parts: Iterable[Any]) -> Any:
    """Return `parts` in one group, each once; a single one stands by itself."""
    kept = list(dict.fromkeys(part for part in parts if part is not None))
    return group(kept) if len(kept) > 1 else (kept[0] if kept else None)


def field_and_text(word: Token) -> tuple[str, str]:
    """Return where and what to look for: ("exact", "dân") or ("folded", "dan")."""
    return ("exact", word.exact) if word.exact != word.folded else ("folded", word.folded)


def word_query(word: Token) -> Any:
    """Return the query for one word; a bare count also means the documents that have it as their number."""
    plain = query.Term(*field_and_text(word))
    if word.folded.isdecimal() and len(word.folded) <= 5:
        return any_of([plain, query.Prefix("number", f"{word.folded}_")])
    return plain


def words_query(words: list[Token]) -> Any:
    """Return the query for all of `words`, anywhere in the passage."""
    return all_of(word_query(word) for word in words)


class Narrowing(query.ConstantScoreQuery):  # type: ignore[misc]  # Whoosh has no types
    """What a field asks for: it narrows and leaves the scores alone."""

    def __init__(self, child: Any) -> None:
        super().__init__(child, NOTHING)


class RaisedMatcher(AndMaybeMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's matcher of "this, and better with that"; its own skips "that" too short a way and loses its score."""

    def skip_to(self, id: int) -> bool:
        """Go to the first passage from `id` on that is "this"; tell whether a block was passed over."""
        moved = bool(self.a.skip_to(id))
        if self.a.is_active() and self.b.is_active():
            self.b.skip_to(self.a.id())
        return moved


class Raised(query.AndMaybe):  # type: ignore[misc]  # Whoosh has no types
    """What must be found, and what raises it where it is there."""

    matcherclass = RaisedMatcher


class HalfMarked(query.And):  # type: ignore[misc]  # Whoosh has no types
    """A phrase without marks, its first part, and those of its words that were typed with marks."""


def phrase_query(words: list[Token]) -> Any:
    """Return the query for `words` one after the other.

    Where some have marks and some have none, the phrase is sought without marks, and the marked words besides.
    """
    if len(words) < 2:
        return words_query(words)
    marked = [word for word in words if word.exact != word.folded]
    if len(marked) == len(words):
        return query.Phrase("exact", [word.exact for word in words])
    phrase = query.Phrase("folded", [word.folded for word in words])
    return HalfMarked([phrase, *(query.Term("exact", word.exact) for word in marked)]) if marked else phrase


def chunk_query(words: list[Token]) -> Any:
    """Return the query for words typed without a blank: "3/6/2013", "đ/c", "15/2020" (a document's number too)."""
    year = words[-1].folded
    if len(words) == 2 and words[0].folded.isdecimal() and re.fullmatch(r"(?:19|20)\d\d", year):
        return any_of([phrase_query(words), query.Prefix("number", f"{words[0].folded}_{year}_")])
    return phrase_query(words)


def spelling_query(terms: tuple[str, ...]) -> Any:
    """Return the query for another spelling of an abbreviation or name."""
    return query.Phrase("exact", list(terms)) if len(terms) > 1 else query.Term("exact", terms[0])


# ---- the clauses of a query -----------------------------------------------------------------------------------------


class Clause(syntax.TextNode):  # type: ignore[misc]  # Whoosh has no types
    """A piece of the query that asks for words; `words` are its terms."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.words = tokens(text)

    def query(self, parser: Grammar) -> Any:
        found = self.ask() if self.words else None
        if found is None:
            parser.unused.append(self.text)
        return found

    def ask(self) -> Any:
        """Return the Whoosh query; `words` are at hand."""
        return chunk_query(self.words)


class PhraseClause(Clause):
    """Words between quotation marks; an abbreviation among them may also be written out, and the reverse."""

    def ask(self) -> Any:
        whole = phrase_query(self.words)
        others = [self.rewritten(expansion, other) for expansion in self.expansions() for other in expansion.others]
        return any_of([whole, *others])

    def expansions(self) -> list[Expansion]:
        """Return what can be written otherwise in the phrase."""
        return expansions(self.text, self.words)[:2]

    def rewritten(self, expansion: Expansion, other: tuple[str, ...]) -> Any:
        """Return the query for the phrase with one of its parts written otherwise."""
        middle = [Token(term, tokens(term)[0].folded, 0, 0) for term in other]
        return phrase_query(self.words[: expansion.first] + middle + self.words[expansion.last :])


class PrefixClause(Clause):
    """The beginning of a word, typed with a star; a digit begins the number of a document too."""

    def ask(self) -> Any:
        *before, last = self.words
        if before and self.words[0].folded[0].isdecimal():
            return query.Prefix("folded", "_".join(word.folded for word in self.words))
        field, text = field_and_text(last)
        if len(text) < SHORTEST_PREFIX:
            raise Misread(saying("star short", text=self.text, n=SHORTEST_PREFIX), self.text + "*")
        return all_of([*(word_query(word) for word in before), query.Prefix(field, text)])


class FuzzyClause(Clause):
    """A word typed with a tilde: words that differ in one letter, or two with ~2, are meant too."""

    def __init__(self, text: str, far: str | None) -> None:
        super().__init__(text)
        self.distance = int(far or 1)

    def ask(self) -> Any:
        field, text = field_and_text(self.words[-1])
        if self.distance not in {1, 2}:
            raise Misread(saying("tilde far", text=self.text, distance=self.distance), f"{self.text}~")
        if len(self.words) > 1 or len(text) < SHORTEST_FUZZY:
            raise Misread(saying("tilde short", text=self.text, n=SHORTEST_FUZZY), self.text + "~")
        return query.FuzzyTerm(field, text, maxdist=self.distance, prefixlength=0)


class NumberClause(Clause):
    """A document named by its number."""

    def __init__(self, text: str, reference: Reference) -> None:
        super().__init__(text)
        self.reference = reference

    def ask(self) -> Any:
        number = query.Term("number", self.reference.terms[0])
        return number if self.reference.whole else any_of([number, phrase_query(self.words)])


class NameClause(Clause):
    """An abbreviation or a full name: any of its spellings will do."""

    def __init__(self, text: str, expansion: Expansion) -> None:
        super().__init__(text)
        self.expansion = expansion

    def ask(self) -> Any:
        return any_of([words_query(self.words), *map(spelling_query, self.expansion.others)])


class FieldClause(syntax.TextNode):  # type: ignore[misc]  # Whoosh has no types
    """A field and its value; among words it narrows the whole query, within brackets and operators its own place."""

    def __init__(self, typed: FieldText) -> None:
        super().__init__(typed.text)
        self.typed = typed

    def condition(self, parser: Grammar) -> Condition:
        """Return what the field asks for."""
        return condition(self.typed, parser.graph)

    def query(self, parser: Grammar) -> Any:
        return Narrowing(self.condition(parser).tree)


# ---- reading the text of the query ----------------------------------------------------------------------------------


class Tagger(taggers.RegexTagger):  # type: ignore[misc]
    """Makes a clause of what a pattern matches."""

    def __init__(self, pattern: str, make: Callable[..., Any]) -> None:
        super().__init__(pattern)
        self.make = make

    def create(self, parser: Any, match: re.Match[str]) -> Any:
        return self.make(**match.groupdict())


class NamedTagger(taggers.Tagger):  # type: ignore[misc]
    """Makes clauses of the stretches of the query that were recognised beforehand."""

    def __init__(self, stretches: list[Any], clause: Callable[[str, Any], Any]) -> None:
        self.stretches = {stretch.start: stretch for stretch in stretches}
        self.clause = clause

    def match(self, parser: Any, text: str, pos: int) -> Any:
        stretch = self.stretches.get(pos)
        if stretch is None:
            return None
        return self.clause(text[stretch.start : stretch.end], stretch).set_range(stretch.start, stretch.end)


class FieldTagger(taggers.Tagger):  # type: ignore[misc]
    """Makes clauses of fields, wherever the parser comes upon one."""

    def match(self, parser: Any, text: str, pos: int) -> Any:
        typed = field_at(text, pos)
        return FieldClause(typed).set_range(typed.start, typed.end) if typed else None


def alone_quote(**_: str) -> Any:
    """Refuse a quotation mark that has no partner."""
    raise Misread(saying("quote alone"), '"')


class Clauses(plugins.Plugin):  # type: ignore[misc]
    """The clauses that are ours; a lower priority is tried first."""

    def __init__(self, text: str) -> None:
        self.names = NamedTagger(expansions(text, tokens(text)), NameClause)
        self.numbers = NamedTagger(references(text, typed=True), NumberClause)

    def taggers(self, parser: Any) -> list[tuple[Any, int]]:
        return [
            (FieldTagger(), -5),
            (Tagger(r'(?P<text>[^\W_][^\s*"()]*)\*+(?=[\s)"]|$)', PrefixClause), -4),
            (Tagger(r"(?P<text>[^\W_]+)~(?P<far>\d+)?(?=[\s)]|$)", FuzzyClause), -3),
            (self.numbers, -2),
            (self.names, -1),
            (Tagger(r'"(?P<text>[^"]*)"(?:~\d*)?', PhraseClause), 0),
            (Tagger(r'(?P<text>")', alone_quote), 1),
            (Tagger(r'(?P<text>(?:[^\s()",;:!?]|(?<=\d)[,:](?=\d))+)', Clause), 200),
            (Tagger(r"(?P<text>[,;:!?]+)", lambda text: syntax.Whitespace()), 201),
        ]


class Checks(plugins.Plugin):  # type: ignore[misc]
    """Says what is wrong with brackets and operators before Whoosh mends it in silence."""

    def filters(self, parser: Any) -> list[tuple[Any, int]]:
        return [(check_brackets, -10), (check_operators, 590)]


def check_brackets(parser: Any, group: Any) -> Any:
    """Refuse a bracket without its partner, and brackets too deep to be meant."""
    depth = 0
    for node in group:
        depth += isinstance(node, plugins.GroupPlugin.OpenBracket) - isinstance(node, plugins.GroupPlugin.CloseBracket)
        if depth < 0:
            break
        if depth > DEEPEST:
            raise Misread(saying("brackets deep", n=DEEPEST), "(")
    if depth:
        raise Misread(*((saying("opening missing"), ")") if depth < 0 else (saying("closing missing"), "(")))
    return group


def check_operators(parser: Any, group: Any) -> Any:
    """Refuse an operator that has nothing to join, and brackets with nothing inside."""
    for position, node in enumerate(group):
        if isinstance(node, syntax.GroupNode):
            if not len(node):
                raise Misread(saying("brackets empty"), "()")
            check_operators(parser, node)
        elif isinstance(node, syntax.Operator):
            before = group[position - 1] if position else None
            after = group[position + 1] if position + 1 < len(group) else None
            if not stands_well(node, before, after):
                needs = "operator after" if isinstance(node, syntax.PrefixOperator) else "operator between"
                raise Misread(saying(needs, word=node.text), node.text)
    return group


def stands_well(operator: Any, before: Any, after: Any) -> bool:
    """Tell whether an operator has on each side what it joins."""
    if after is None or isinstance(after, syntax.InfixOperator):
        return False
    if isinstance(operator, syntax.PrefixOperator):
        return not isinstance(after, syntax.PrefixOperator)
    return before is not None and not isinstance(before, syntax.Operator)


def operators(text: str) -> Any:
    """Return Whoosh's plugin with our operators; VÀ, HOẶC, KHÔNG are words where all is written in capitals."""
    vietnamese = any(letter.islower() for letter in text)
    either = {"And": ["AND"], "Or": ["OR"], "Not": ["NOT"]}
    if vietnamese:
        either["And"].append("VÀ")
        either["Or"].append("HOẶC")
        either["Not"].append("KHÔNG")
    alone = {name: rf'(?<![^\s()"])(?:{"|".join(words)})(?![^\s()"])' for name, words in either.items()}
    return plugins.OperatorsPlugin(**alone, AndNot=None, AndMaybe=None, Require=None)


class Grammar(QueryParser):  # type: ignore[misc]
    """The parser of one query; `unused` are the pieces without a letter or digit, `graph` knows the documents."""

    def __init__(self, text: str, graph: Graph | None = None) -> None:
        super().__init__(None, None, plugins=[plugins.GroupPlugin(), operators(text), Clauses(text), Checks()])
        self.graph = graph
        self.unused: list[str] = []
