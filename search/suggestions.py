"""“Did you mean”: words of a query that no passage has, and the words of the index that are spelt most like them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from whoosh import query as wq

from search.analysis import Token, tidy, tokens
from search.index import Engine
from search.query import ParsedQuery

SHORTEST = 3  # letters of a word that can be told from others
LOOKED_AT = 20  # passages from which the marks of a word are taken


def did_you_mean(engine: Engine, query: ParsedQuery) -> str | None:
    """Return the query with the words that the index lacks put right; None where there is nothing to put right."""
    text = tidy(query.text)
    unknown = [token for token in tokens(text) if token.folded in query.words and is_unknown(engine, token.folded)]
    if not unknown:
        return None
    vocabulary, mended, last = engine.vocabulary(), "", 0
    for token in unknown:
        better = replacement(engine, token, vocabulary)
        if better is not None:
            mended += text[last : token.start] + better
            last = token.end
    return mended + text[last:] if last else None


def is_unknown(engine: Engine, word: str) -> bool:
    """Tell whether no passage has the word, and it is one that may be misspelt."""
    return len(word) >= SHORTEST and word.isalpha() and not engine.frequency("folded", word)


def replacement(engine: Engine, token: Token, vocabulary: Mapping[str, int]) -> str | None:
    """Return what is written in place of a word: one word spelt like it, or the two that it joins."""
    joined = max(pairs_in(engine, token.folded), default=(0, ""))
    if joined[0]:
        return joined[1]
    for most in (1, 2) if len(token.folded) > SHORTEST else (1,):
        near = [word for word in vocabulary if word.isalpha() and 0 < slips(token.folded, word, most) <= most]
        if near:
            best = max(near, key=lambda word: (vocabulary[word], word))
            return best if token.exact == token.folded else with_marks(engine, best, token.exact)
    return None


def pairs_in(engine: Engine, word: str) -> Iterator[tuple[int, str]]:
    """Yield the two words that were typed without a blank between, with the number of passages: "danvan"."""
    for place in range(2, len(word) - 1):
        left, right = word[:place], word[place:]
        yield engine.frequency("bigrams", f"{left}_{right}"), f"{left} {right}"


def with_marks(engine: Engine, word: str, typed: str) -> str:
    """Return the spelling with marks of a folded word that is nearest to what was typed, else the commonest."""
    found = engine.search(ParsedQuery(word, wq.Term("folded", word)), LOOKED_AT)
    spellings = Counter(token.exact for hit in found.hits for token in tokens(hit.passage.text) if token.folded == word)
    most = len(typed) + len(word)
    return max(spellings, key=lambda one: (-slips(typed, one, most), spellings[one], one), default=word)


def slips(one: str, other: str, most: int) -> int:
    """Return how many letters were left out, put in, exchanged or typed in the wrong order; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        row = [down]
        for across, opposite in enumerate(other, 1):
            cost = min(above[across] + 1, row[-1] + 1, above[across - 1] + (letter != opposite))
            if down > 1 < across and letter == other[across - 2] and one[down - 2] == opposite:
                cost = min(cost, before[across - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
