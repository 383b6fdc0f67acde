"""Read the tables of a page by their rules: each row one line, its cells parted by bars.

Chỉ tiêu | Kế hoạch | Thực hiện | Đạt
Hồ sơ tiếp nhận | 3.400 | 3.517 | 103%
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.pdf_columns import lines_of
from ingest.readers.sheet import Rule, Strip, Word, joined, main_size

TOUCH = 3.0  # points between rules that meet
MOST_RULES = 1500  # of a page: more are a drawing
MIDDLE = 0.3  # of the size above the base: the middle of a letter


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of one table: where its rows part, and its upright rules."""

    left: float
    right: float
    levels: list[float]
    uprights: list[Rule]

    def row_at(self, y: float) -> int:
        """Return the number of the row at `y`; 0 and the number of levels are outside."""
        return bisect_right(self.levels, y)

    def edges(self, row: int) -> list[float]:
        """Return where the cells of a row part: a merged cell has no rule within."""
        middle = (self.levels[row - 1] + self.levels[row]) / 2
        within = [rule.left for rule in self.uprights if rule.top - TOUCH <= middle <= rule.bottom + TOUCH]
        return [x for x in merged(within) if self.left + TOUCH < x < self.right - TOUCH]


def take_tables(words: list[Word], rules: list[Rule]) -> tuple[list[Word], list[Strip]]:
    """Return the words outside tables, and the rows of the tables."""
    rows: list[Strip] = []
    for grid in find_grids(rules):
        inside = [word for word in words if within(grid, word)]
        if not any(not word.blank for word in inside):
            continue
        taken = {id(word) for word in inside}
        words = [word for word in words if id(word) not in taken]
        rows += rows_of(grid, inside)
    return words, rows


def within(grid: Grid, word: Word) -> bool:
    """Return whether a word stands between the outer rules of a table."""
    y = word.base - MIDDLE * word.size
    return grid.levels[0] < y < grid.levels[-1] and grid.left < (word.left + word.right) / 2 < grid.right


def rows_of(grid: Grid, words: Iterable[Word]) -> list[Strip]:
    """Return each row of a table as one line; a row with one cell that holds anything as a line of text."""
    cells: dict[tuple[int, int], list[Word]] = {}
    edges: dict[int, list[float]] = {}
    for word in words:
        row = grid.row_at(word.base - MIDDLE * word.size)
        if row not in edges:
            edges[row] = grid.edges(row)
        cells.setdefault((row, bisect_right(edges[row], (word.left + word.right) / 2)), []).append(word)
    rows: dict[int, list[list[Word]]] = {}
    for row, column in sorted(cells):
        if any(not word.blank for word in cells[row, column]):
            rows.setdefault(row, []).append(cells[row, column])
    return [row_strip(grid, grid.levels[row], found) for row, found in rows.items()]


def row_strip(grid: Grid, bottom: float, cells: list[list[Word]]) -> Strip:
    """Return the cells of one row as a line."""
    texts = []
    for cell in cells:
        text = ""
        for line in lines_of(cell):
            text = joined(text, line.text) if text else line.text
        texts.append(text)
    said = [word for cell in cells for word in cell if not word.blank]
    return Strip(" | ".join(texts), grid.left, grid.right, bottom, main_size(said), row=len(cells) > 1, column=-1)


# ---- which rules are a table ----------------------------------------------------------------------------------------


def find_grids(rules: list[Rule]) -> list[Grid]:
    """Return the tables: rules that meet, with at least two rows or two columns between them."""
    if not 4 <= len(rules) <= MOST_RULES:
        return []
    return [grid for group in groups(rules) if (grid := grid_of(group)) is not None]


def grid_of(rules: list[Rule]) -> Grid | None:
    """Return the table that rules that meet are; None for a box around text, a line under it."""
    uprights = [rule for rule in rules if not rule.level]
    levels = merged([rule.top for rule in rules if rule.level])
    left, right = min(rule.left for rule in rules), max(rule.right for rule in rules)
    inner = [x for x in merged([rule.left for rule in uprights]) if left + TOUCH < x < right - TOUCH]
    if not inner:
        return None
    levels = merged([*levels, min(rule.top for rule in uprights), max(rule.bottom for rule in uprights)])
    return Grid(left, right, levels, uprights) if len(levels) >= 2 else None


def merged(places: list[float]) -> list[float]:
    """Return the places in order, those that nearly coincide as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > TOUCH:
            kept.append(place)
    return kept


def groups(rules: list[Rule]) -> list[list[Rule]]:
    """Return the rules in groups that hang together."""
    waiting = sorted(rules, key=lambda rule: rule.top)
    found: list[tuple[Rule, list[Rule]]] = []  # the box around a group, and the group
    for rule in waiting:
        box, members = rule, [rule]
        apart = []
        for other, group in found:
            if meets(box, other):
                box, members = around(box, other), group + members
            else:
                apart.append((other, group))
        found = [*apart, (box, members)]
    return [group for _, group in found if len(group) > 3]


def meets(a: Rule, b: Rule) -> bool:
    """Return whether two boxes touch."""
    level = a.left <= b.right + TOUCH and b.left <= a.right + TOUCH
    return level and a.top <= b.bottom + TOUCH and b.top <= a.bottom + TOUCH


def around(a: Rule, b: Rule) -> Rule:
    """Return the box around two."""
    return Rule(min(a.left, b.left), min(a.top, b.top), max(a.right, b.right), max(a.bottom, b.bottom))
