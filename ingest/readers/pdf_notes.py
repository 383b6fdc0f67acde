"""Tell the footnotes of a page: small lines at its foot, below a short rule or from the first one with a number.

... kế hoạch dân vận chính quyền¹.
______
¹ Kế hoạch số 18/KH-UBND ngày 02/02/2023 ...; Kế hoạch số
39/KH-UBND ngày 16/02/2023 ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.lines import ends_open
from ingest.readers.sheet import Rule, Strip, lowered

SMALLER = 0.93  # of the body's size: notes are at most so large
SHORT = 0.45  # of the width: the rule above notes is no longer
LEAST = 20.0  # points: and no shorter
RAISED = re.compile(r"[⁰¹²³⁴-⁹]{1,3}")
LEAD = re.compile(r"[(\[⁽]?(?P<raised>[⁰¹²³⁴-⁹]{1,3})[)\]⁾]?[.:)]?\s*(?=\S)")
PLAIN_LEAD = re.compile(r"[(\[]?(?P<plain>\d{1,3})[)\]]?[.:]?\s*(?=[^\W\d_]|[\"“(])")


@dataclass(slots=True)
class Foot:
    """The notes at the foot of one page: lines with the number of the note that starts there, None for the others."""

    body: list[Strip]
    lines: list[tuple[str | None, Strip]] = field(default_factory=list)


class Feet:
    """Splits the pages of one document; knows which note is still open, and which number comes next."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.last = 0
        self.open = False
        self.rule: float | None = None  # how long the rule above notes was

    def split(self, strips: list[Strip], rules: list[Rule]) -> Foot:
        """Return the strips of a page without its notes, and the lines of those."""
        start = self.start(strips, rules)
        body, foot = strips[:start], strips[start:]
        marks = marks_in(body)
        page = Foot(body)
        for strip in foot:
            number = self.number(strip, marks)
            if number is not None:
                marks.discard(number)
                self.last = int(number)
                strip.text = strip.text[self.end(strip) :]
            page.lines.append((number, strip))
        self.open = bool(foot) and ends_open(foot[-1].text)
        return page

    def start(self, strips: list[Strip], rules: list[Rule]) -> int:
        """Return where in the strips of a page its notes begin."""
        first = len(strips)
        while first and strips[first - 1].column == 0 and not strips[first - 1].row:
            first -= 1
            if first + 1 < len(strips) and strips[first].base > strips[first + 1].base:
                first += 1
                break
        ruled = self.below_rule(strips, first, rules)
        if ruled is not None:
            return ruled
        small = len(strips)
        while small > first and strips[small - 1].size <= SMALLER * self.size:
            small -= 1
        if small == len(strips):
            return small
        if self.open and not LEAD.match(strips[small].text):
            return small
        marks = marks_in(strips[:small])
        leads = (index for index in range(small, len(strips)) if self.number(strips[index], marks) is not None)
        return next(leads, len(strips))

    def below_rule(self, strips: list[Strip], first: int, rules: list[Rule]) -> int | None:
        """Return the first strip below a short rule at the left margin, if notes stand there."""
        if not strips:
            return None
        left, right = min(strip.left for strip in strips), max(strip.right for strip in strips)
        for rule in sorted(rules, key=lambda rule: -rule.top):
            length = rule.right - rule.left
            if not (rule.level and LEAST <= length <= SHORT * (right - left) and rule.left <= left + LEAST):
                continue
            below = next((index for index, strip in enumerate(strips) if strip.base > rule.top), len(strips))
            if first <= below < len(strips) and all(strip.base > rule.top for strip in strips[below:]):
                known = self.open or (self.rule is not None and abs(self.rule - length) < 1)
                if known or self.number(strips[below], marks_in(strips[:below])) is not None:
                    self.rule = length
                    return below
                return None
        return None

    def number(self, strip: Strip, marks: set[str]) -> str | None:
        """Return the number of the note that a line starts: raised, or plain and in turn or called on this page."""
        if lead := LEAD.match(strip.text):
            return lowered(lead["raised"])
        lead = PLAIN_LEAD.match(strip.text)
        if lead and (lead["plain"] in marks or int(lead["plain"]) == self.last + 1):
            return lead["plain"]
        return None

    def end(self, strip: Strip) -> int:
        """Return where the text of a note begins in its first line."""
        lead = LEAD.match(strip.text) or PLAIN_LEAD.match(strip.text)
        return lead.end() if lead else 0


def marks_in(strips: list[Strip]) -> set[str]:
    """Return the raised numbers in lines."""
    return {lowered(found) for strip in strips for found in RAISED.findall(strip.text)}
