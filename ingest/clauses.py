"""Cut the text into sentences and clauses: a stop ends a sentence, a semicolon a clause, a quoted title none."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

from data import table
from ingest.letters import LETTER, UPPER, alternatives, bare
from ingest.text import Block

# Begins with a set of characters, which `re` seeks fast.
BREAK = re.compile(
    rf"[“”\";.…!?](?:(?<=[“”\";])|(?:(?<=\.)\.\.|(?<=…))(?=\s+[{UPPER}])|(?<=[.!?])(?=\s+[{UPPER}“\"-]|\s*$))"
)
SHORTENED = re.compile(r"(?:\b(?:TP|T/M|TM|KT|TL|Tp|tp|đ/c|Đ/c|PGS|GS|TS|ThS)|\b\d{1,2})$")


LONGEST = (
    2000  # characters before a place that can bear on it: no clerk's sentence is longer, and a list may have no end
)


def words_before(flat: str, start: int, end: int) -> str:
    """Return the words from `start` on that lead up to `end`, of an endless clause the last ones."""
    return flat[max(start, end - LONGEST) : end]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause `start`..`end` of the sentence `sentence` (start, end), in block number `block`."""

    start: int
    end: int
    sentence: tuple[int, int]
    block: int


@dataclass(frozen=True, slots=True)
class Clauses:
    """All clauses of a text, in order."""

    all: tuple[Clause, ...]
    starts: tuple[int, ...]

    def at(self, place: int) -> Clause:
        """Return the clause in which `place` lies."""
        return self.all[max(0, bisect_right(self.starts, place) - 1)]

    def index_at(self, place: int) -> int:
        """Return the number of the clause in which `place` lies."""
        return max(0, bisect_right(self.starts, place) - 1)


def find_clauses(flat: str, blocks: tuple[Block, ...]) -> Clauses:
    """Return the clauses of all blocks."""
    found: list[Clause] = []
    for index, block in enumerate(blocks):
        found += block_clauses(flat, index, block)
    return Clauses(tuple(found), tuple(c.start for c in found))


def block_clauses(flat: str, index: int, block: Block) -> list[Clause]:
    """Return the clauses of one block."""
    sentences: list[list[tuple[int, int]]] = [[]]
    start, quoted = block.start, False
    for match in BREAK.finditer(flat, block.start, block.end):
        if match[0] in '“”"':
            quoted = match[0] == "“" or (match[0] == '"' and not quoted)
            continue
        if quoted and flat.find("”", match.end(), min(block.end, match.end() + 500)) >= 0:
            continue  # inside a title in quotation marks
        if match[0] == "." and SHORTENED.search(flat[max(start, match.start() - 6) : match.start()]):
            continue
        sentences[-1].append((start, match.end()))
        start, quoted = match.end(), False
        if match[0] != ";":
            sentences.append([])
    if start < block.end:
        sentences[-1].append((start, block.end))
    return [
        Clause(a, b, (sentence[0][0], sentence[-1][1]), index)
        for sentence in sentences
        if sentence
        for a, b in sentence
    ]


@cache
def cue(kind: str) -> str:
    """Return a pattern for all cue words of `kind` (data/cues.csv)."""
    return f"(?:{alternatives([row['words'] for row in table('cues') if row['kind'] == kind])})"


@cache
def issuing_verb() -> str:
    """Return the pattern of the cues of issuing where they issue: "ra Nghị quyết", neither "đưa ra" nor "kiểm tra"."""
    friends = [row["words"] for row in table("false_friends") if row["kind"] == "issue"]
    return rf"(?<!\w){''.join(rf'(?<!{word} )' for word in friends)}{cue('issue')}"


@cache
def bare_cue(kind: str) -> str:
    """Return `cue(kind)` for text without marks (`letters.bare`)."""
    return f"(?:{alternatives([bare(row['words']) for row in table('cues') if row['kind'] == kind])})"


@cache
def false_friends(kind: str) -> tuple[str, str]:
    """Return patterns for the words that take a cue of `kind` its force: right before it, and anywhere before it.

    In data/false_friends.csv a row that ends in "…" leaves room for other words.
    """
    words = [row["words"] for row in table("false_friends") if row["kind"] == kind]
    near = alternatives([word for word in words if not word.endswith("…")])
    far = alternatives([word.removesuffix("…") for word in words if word.endswith("…")])
    return f"(?:{near or '(?!)'})", f"(?:{far or '(?!)'})"


@cache
def spoilers(kind: str) -> re.Pattern[str]:
    """Return the pattern of false friends of `kind` before the cue that they spoil, in one phrase with it."""
    near, far = false_friends(kind)
    return re.compile(rf"(?<![{LETTER}])(?:{near},?|{far}(?![{LETTER}])[^,;.()]{{0,120}}|{far},)\s*$", re.IGNORECASE)


def spoiled(kind: str, lead: str) -> bool:
    """Tell whether the words before a cue make it something else: "|kiến nghị |sửa đổi Nghị định …"."""
    return spoilers(kind).search(lead) is not None


@cache
def referring() -> re.Pattern[str]:
    """Return the pattern of the words that refer to a document as a ground."""
    return re.compile(rf"(?<![a-z])(?<!kem\s){bare_cue('ground')}(?![a-z])", re.IGNORECASE)


def refers(words: str) -> bool:
    """Tell whether words without marks refer to what follows as a ground: "theo |Quyết định …", not "kèm theo"."""
    return referring().search(words) is not None


def is_planned(section: tuple[str, ...]) -> bool:
    """Tell whether tasks and wishes stand under these headings, not deeds ("V. NHIỆM VỤ, GIẢI PHÁP")."""
    return any(names_tasks(title) for title in section)


@lru_cache(maxsize=1024)
def names_tasks(title: str) -> bool:
    """Tell whether a heading is of tasks or wishes: in capitals, or with such a word among its first ones."""
    letters = [c for c in title if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) > 0.7 * len(letters)
    words = title if capitals else " ".join(title.split()[:6])
    return planned_heading().search(words) is not None and done_heading().search(title) is None


@cache
def planned_heading() -> re.Pattern[str]:
    """Return the pattern of headings of tasks and wishes."""
    return re.compile(cue("planned"), re.IGNORECASE)


@cache
def done_heading() -> re.Pattern[str]:
    """Return the pattern of headings of what was done, whatever else they name: "Kết quả thực hiện nhiệm vụ"."""
    return re.compile(false_friends("planned")[1], re.IGNORECASE)


@cache
def words_ahead() -> re.Pattern[str]:
    """Return the pattern of words that put off what follows them ("sẽ", "dự kiến", "đang xây dựng")."""
    return re.compile(rf"(?<![{LETTER}]){cue('ahead')}(?![{LETTER}])", re.IGNORECASE)


DONE_SINCE = re.compile(rf"(?<!\w)(?:song|nhưng|nên)(?!\w)|,\s+(?=[{UPPER}])")
TIME = re.compile(r"tới$", re.IGNORECASE)


def lies_ahead(lead: str) -> bool:
    """Tell whether the words before a deed put it off or make it a wish: "|UBND huyện sẽ |ban hành …".

    A day to come holds for the whole clause ("Trong tháng tới, UBND huyện …"); other words up to the next subject.
    """
    found = list(words_ahead().finditer(lead))
    if not found:
        return False
    last = found[-1]
    if re.search(r"(?<!\w)đã(?!\w)", lead[last.end() :]):
        return False
    since = DONE_SINCE.search(lead, last.end())
    return since is None or (since[0].startswith(",") and TIME.search(last[0]) is not None)
