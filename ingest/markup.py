r"""Set markup aside: characters made regular, tags and inline marks taken out, lines told apart.

A plain text file is often made from PDF or Word and keeps traces of Markdown, HTML and LaTeX:

    *in đậm*   **TM. ỦY BAN**   ## I. KẾT QUẢ   km<sup>2</sup>   $1.425/8.691 = 16,4\%$   | cột | cột |

A footnote mark becomes one character that no text contains (`MARK`, `MAYBE`); which number it carries stands in
`Flow.marks`, by the offset of the mark in the source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.entities import html5

from ingest.characters import regular, regular_character
from ingest.traced import Traced, Writer

# Unicode noncharacters, meant for internal use; those of the source are dropped first.
MARK = "\ufdd0"  # a footnote mark stood here
MAYBE = "\ufdd1"  # what follows is a footnote mark if such a note exists: "(1)", "[1]", "10²", "dân vận1"
SEAM = "\ufdd2"  # the text of another block stood here
STAR, LOW = "\ufdd3", "\ufdd4"  # an escaped \* and \_

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN = str.maketrans(RAISED, "0123456789")
RAISE = str.maketrans("0123456789", RAISED)


@dataclass(slots=True)
class Mark:
    """A footnote mark: its number, and how many characters after a `MAYBE` it takes when a note has that number."""

    number: str
    width: int = 0
    bracketed: bool = False


@dataclass(slots=True)
class Line:
    """A line of the source, or a block of HTML, as the stages of reading pass it on.

    `gap` tells that a blank line, a page break or a block boundary stands before it, `level` which heading markup
    makes of it (0: none), `bold` that all of it is emphasised, `note` the number of the footnote that starts here (with
    `more`: goes on here), `anchor` the offset in the source of the mark that calls that note, `page` that a page number
    stood right above.
    """

    text: Traced
    kind: str = "paragraph"
    gap: bool = True
    level: int = 0
    bold: bool = False
    note: str | None = None
    more: bool = False
    anchor: int | None = None
    page: bool = False


@dataclass(slots=True)
class Flow:
    """The lines of a source, and the footnote marks in them by their offset in the source."""

    lines: list[Line]
    marks: dict[int, Mark] = field(default_factory=dict)


# ---- inline markup --------------------------------------------------------------------------------------------------

# Tags of HTML that turn up in text; "<Nguyễn Văn A>" is none.
LINE_TAGS = "br|p|div|hr|ul|ol|li|table|tr|h[1-6]|blockquote|pre|center|thead|tbody"
TAG_NAMES = (
    f"{LINE_TAGS}|td|th|a|abbr|b|big|body|cite|code|dd|dl|dt|em|figure|font|head|html|i|img|ins|mark|o:p|s|section"
    "|small|span|strike|strong|sub|sup|tfoot|u"
)
TOKENS = {
    "escape": r"\\[\\`*_{}\[\]()#+\-.!%$&|~<>]",
    "comment": r"<!--",
    "sup": r"(?i:<sup\b[^<>]{0,80}>)[\s(\[]{0,3}\d{1,3}[\s)\]]{0,3}(?i:</sup>)",  # <sup>3</sup>
    "tag": rf"(?i:</?(?:{TAG_NAMES})\b)[^<>]{{0,400}}>",
    "entity": r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
    "raised": f"⁽[{RAISED}]{{1,3}}⁾|[{RAISED}]{{1,3}}",  # ⁽²⁾ ¹⁰
    "called": r"\[\^[^\s\[\]]{1,20}\]|\^\[\d{1,3}\]",  # [^1] ^[6]
    "caret": r"\$\s?\^\{?\(?\d{1,3}\)?\}?\s?\$|\^\{\(?\d{1,3}\)?\}|\^\(\d{1,3}\)|\^\d{1,3}\^",  # $^{3}$ ^{3} ^3^
    "math": r"\$(?=[^\s$])[^$\n]{1,300}(?<=\S)\$(?!\d)",
    "link": r"!?\[(?:\\.|[^\[\]\n]){0,300}\]\([^()\s]{0,500}\)",
    "paren": r"[(\[]\d{1,3}[)\]]",
}
LEAD = re.compile(rf"[\\<&$^\[(!⁽{RAISED}]")  # what a token begins with
TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in TOKENS.items()))
MARKS_ONLY = re.compile("|".join(f"(?P<{name}>{TOKENS[name]})" for name in ("raised", "called", "paren")))
NUMBER = re.compile(r"\d+")
LETTERS = re.compile(r"[^\W\d_]+$")
UNITS = {"m", "km", "cm", "dm", "mm", "hm", "dam", "µm"}
FORMULAS = {"co", "h", "o", "so", "no"}  # CO², H²O


class Inline:
    """Takes inline markup out of a text, and notes the footnote marks in it; `tokens` are those it knows."""

    def __init__(self, flow: Traced, marks: dict[int, Mark], tokens: re.Pattern[str] = TOKEN) -> None:
        self.flow = flow
        self.tokens = tokens
        self.marks = marks
        self.out = Writer()
        self.done = 0
        self.line = 0  # where the present line starts
        self.seen = 0  # up to where line ends were sought
        self.comment = 0  # where the next comment ends

    def run(self) -> Traced:
        """Return the text without tags, entities, escapes and footnote marks."""
        text = self.flow.text
        match = self.next_token(0)
        if match is None:
            return self.flow
        while match:
            self.line = max(self.line, text.rfind("\n", self.seen, match.start()) + 1)
            self.seen = match.start()
            taken = getattr(self, f"take_{match.lastgroup}")(match)
            match = self.next_token(max(match.end() if taken is None else taken, match.start() + 1))
        self.out.keep(self.flow, self.done)
        return self.out.traced()

    def next_token(self, place: int) -> re.Match[str] | None:
        """Return the first token from `place` on."""
        for lead in LEAD.finditer(self.flow.text, place):
            if match := self.tokens.match(self.flow.text, lead.start()):
                return match
        return None

    def change(self, match: re.Match[str], put: str, at: int | None = None) -> None:
        """Write `put` for the match; its origin is the character at `at`, or the match's first."""
        self.out.keep(self.flow, self.done, match.start())
        self.out.put(put, self.flow.origins[match.start() if at is None else at])
        self.done = match.end()

    def take_escape(self, match: re.Match[str]) -> None:
        self.change(match, {"*": STAR, "_": LOW}.get(match[0][1], match[0][1]), match.start() + 1)

    def take_comment(self, match: re.Match[str]) -> int:
        if self.comment < match.end():
            self.comment = self.flow.text.find("-->", match.end()) % (len(self.flow.text) + 1)
        end = self.comment
        if end == len(self.flow.text):  # never closed: no comment
            return match.end()
        self.out.keep(self.flow, self.done, match.start())
        self.done = end + 3
        return self.done

    def take_tag(self, match: re.Match[str]) -> None:
        name = match[0].strip("</> ").split()[0].rstrip("/").lower() if match[0].strip("</> ") else ""
        if name in {"td", "th"}:
            put = "" if match[0].startswith("</") else " | "
        elif re.fullmatch(LINE_TAGS, name):
            put = " " if self.flow.text.startswith("|", self.line) else "\n"
        else:
            put = ""
        self.change(match, put)

    def take_entity(self, match: re.Match[str]) -> None:
        if (char := character(match[0])) is not None:
            self.change(match, char)

    def take_sup(self, match: re.Match[str]) -> None:
        self.raised(match, bracketed=bool(re.search(r"[(\[]", match[0][4:])))

    def take_raised(self, match: re.Match[str]) -> None:
        self.raised(match, bracketed=match[0][0] == "⁽")

    def take_caret(self, match: re.Match[str]) -> None:
        self.raised(match, bracketed="(" in match[0])

    def take_called(self, match: re.Match[str]) -> None:
        self.mark(match, match[0].strip("[]^"), bracketed=True)

    def take_link(self, match: re.Match[str]) -> None:
        inner = match[0][match[0].index("[") + 1 : match[0].rindex("](")]
        number = inner.strip("\\[]^ ").translate(PLAIN)
        if number.isdecimal() and len(number) < 4:
            self.mark(match, number, bracketed=True)
            return
        start = match.start() + match[0].index("[") + 1
        self.out.keep(self.flow, self.done, match.start())
        if match[0][0] != "!":
            self.out.keep(self.flow, start, start + len(inner))
        self.done = match.end()

    def take_math(self, match: re.Match[str]) -> None:
        inner = self.flow.cut(match.start() + 1, match.end() - 1)
        self.out.keep(self.flow, self.done, match.start())
        self.out.keep(inner.sub(MATH, plain_math))
        self.done = match.end()

    def take_paren(self, match: re.Match[str]) -> None:
        """Note "(1)" as a possible mark where one may stand: "kế hoạch(1);" but not "gồm: (1) cây lúa"."""
        text, start, end = self.flow.text, match.start(), match.end()
        before = text[start - 1] if start > self.line else "\n"
        glued = not before.isspace() and before not in "([|/-–:"
        ends = before == " " and text[end : end + 1] in {"", ".", ",", ";", "\n"} and start - self.line > 2
        if glued or ends:
            self.maybe(match, match[0].strip("()[]"), match[0], bracketed=True)

    def raised(self, match: re.Match[str], bracketed: bool) -> None:
        """Write a raised number: a unit's power ("km²"), a footnote mark, or perhaps one ("10²", "năm 2023²")."""
        number = (NUMBER.search(match[0].translate(PLAIN)) or match)[0]
        before = self.flow.text[max(self.line, match.start() - 12) : match.start()]
        letters = LETTERS.search(before)
        word = letters[0].lower() if letters else ""
        if word in UNITS and number in {"2", "3"}:
            digit = NUMBER.search(match[0]) if match.lastgroup != "raised" else None
            self.change(match, number.translate(RAISE), match.start() + digit.start() if digit else None)
        elif not bracketed and (before[-1:].isdigit() or len(word) == 1 or word in FORMULAS):
            self.maybe(match, number, number.translate(RAISE), bracketed=False)
        else:
            self.mark(match, number, bracketed)

    def mark(self, match: re.Match[str], number: str, bracketed: bool) -> None:
        self.marks[self.flow.origins[match.start()]] = Mark(number, 0, bracketed)
        self.change(match, MARK)

    def maybe(self, match: re.Match[str], number: str, shown: str, bracketed: bool) -> None:
        self.marks[self.flow.origins[match.start()]] = Mark(number, len(shown), bracketed)
        self.change(match, MAYBE + shown)


def character(entity: str) -> str | None:
    """Return the character that an entity names, None where there is no such character."""
    char = html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
    if char == entity:
        return None
    return "".join(map(regular_character, char))


# Residue of LaTeX: \times \approx {,} \text{ha} ^{2}
SYMBOLS = {
    "times": "×",
    "cdot": "·",
    "approx": "≈",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "pm": "±",
    "div": ":",
}
MATH = re.compile(r"\\(?:text|mathrm|mathbf|mathit)\{|\\([A-Za-z]+)|\\([%$&#_{} ,;])|\^\{?(\d)\}?|[{}]")


def plain_math(match: re.Match[str]) -> str:
    """Return what a piece of LaTeX reads as."""
    if match[1]:
        return SYMBOLS.get(match[1], "")
    if match[2]:
        return match[2] if match[2] in "%$&#_" else " "
    return match[3].translate(RAISE) if match[3] else ""


# ---- emphasis -------------------------------------------------------------------------------------------------------

EMPHASIS = re.compile(r"[*_\n](?:(?<=\*)\**|(?<=_)_*|(?<=\n)[ \t]*\n)")


def emphasis(flow: Traced) -> tuple[Traced, set[int], set[int]]:
    """Return the text without *...*, **...** and _..._, and the origins of the first and last characters of bold runs.

    Pairs are sought within a paragraph; a single star without a partner stays, as do "5 * 3" and "_____".
    """
    text = flow.text
    if "*" not in text and "_" not in text:
        return flow, set(), set()
    drop: list[tuple[int, int]] = []
    first: set[int] = set()
    last: set[int] = set()
    waiting: dict[str, list[tuple[int, int]]] = {}
    for match in EMPHASIS.finditer(text):
        stars = match[0]
        if stars[0] == "\n":
            drop += waiting.get("**", [])
            waiting = {}
            continue
        opens, closes = _flanks(text, match)
        if closes and waiting.get(stars):
            start = waiting[stars].pop()
            drop += [start, match.span()]
            if stars != "*":
                first.add(flow.origins[start[1]])
                last.add(flow.origins[match.start() - 1])
        elif opens:
            waiting.setdefault(stars, []).append(match.span())
    drop += waiting.get("**", [])
    out = Writer()
    done = 0
    for run in sorted(drop):
        out.keep(flow, done, run[0])
        done = run[1]
    out.keep(flow, done)
    return out.traced(), first, last


def _flanks(text: str, match: re.Match[str]) -> tuple[bool, bool]:
    """Return whether a run of stars or low lines can open, and whether it can close an emphasis."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if len(match[0]) > 3 or (before.isdigit() and after.isdigit()):
        return False, False
    low = match[0][0] == "_"
    opens = after.strip() != "" and not (low and before.isalnum())
    closes = before.strip() != "" and not (low and after.isalnum())
    return opens, closes


# ---- lines ----------------------------------------------------------------------------------------------------------

RULED = re.compile(r"[-_*=~–—.…·•+\s|:]{3,}")
SAYS = re.compile(f"[^\\W_]|{MARK}|{MAYBE}")
HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
QUOTE = re.compile(r"(?:>\s?)+(?=\S)")
# "- Cây lúa", "-Cây ngô", "- + Cây dong", "+) Triển khai", "• ", bullets of the Symbol font; not "-2020", "-NQ/TW".
SIGN = "[*●○◦▪▫■□•‣⁃∙·➢➤❖✓✔\uf0b7\uf0a7\uf02d\uf0d8\uf076\uf0fc]"
BULLET = re.compile(rf"(?:(?:{SIGN}|[-–—+](?=[ \t+]|[^\W\dA-ZĐ_]|[^\W\d_][^\W\dA-ZĐ_])|\+\))[ \t]*)+(?=\S)")
# a) đất ở    (1) cây lúa    1) cây ngô    (b) nhà
LETTERED = re.compile(r"\(?(?:[a-zđ]|\d{1,2})\)\s+\S")
# Columns kept apart by blanks (pdftotext -layout) or tabs; not "ngày      tháng 5 năm 2023", "Số:      /BC-UBND".
COLUMNS = re.compile(r"(?<![\s:])(?<!ngày)(?<!tháng)(?<!năm)(?<!số)(?<!Số)(?: *\t\s*| {5,})(?!tháng|năm|ngày|/|\s)")


def read_markup(source: str) -> Flow:
    """Return the lines of a text or Markdown source."""
    marks: dict[int, Mark] = {}
    flow, first, last = emphasis(Inline(regular(source), marks).run())
    return Flow(list(_lines(flow, first, last)), marks)


def _lines(flow: Traced, first: set[int], last: set[int]) -> list[Line]:
    lines: list[Line] = []
    gap = True
    at = 0
    for raw in flow.text.split("\n"):
        words = raw.strip()
        if not words or not (words[0].isalnum() or says(words)):
            gap = True
            at += len(raw) + 1
            continue
        start = at + len(raw) - len(raw.lstrip())
        text = Traced(words, flow.origins[start : start + len(words)])
        at += len(raw) + 1
        line = tell_line(text, "" if gap or not lines else lines[-1].text.text)
        line.gap = gap
        line.bold = text.origins[0] in first and text.origins[-1] in last
        gap = False
        if line.text.text:
            lines.append(line)
    return lines


def says(words: str) -> bool:
    """Return whether a line has a word or a mark in it and is no ruled one."""
    return not RULED.fullmatch(words) and SAYS.search(words) is not None


def tell_line(text: Traced, before: str = "") -> Line:
    """Return one line told by its first characters: heading, item, table row or paragraph.

    `before` is the line before: after "giai đoạn 2021", "- 2025 của" is no item; nor is "- xã hội" after a long line
    that breaks off with "phát triển kinh tế".
    """
    if quote := QUOTE.match(text.text):
        text = text.cut(quote.end(), len(text))
    plain = text.text[:1].isalpha()  # no sign before its words
    if not plain and (heading := HEADING.match(text.text)):
        return Line(text.cut(heading.end(), len(text)).strip("# \t"), "heading", level=len(heading[1]))
    if border := _border(text.text):
        return Line(text.strip("| \t").sub(border, lambda _: " | "), "row")
    bullet = None if plain else BULLET.match(text.text)
    if bullet and not _goes_on(before, text.text[bullet.end()]):
        return Line(text.cut(bullet.end(), len(text)), "item")
    return Line(text, "item" if ")" in text.text[:4] and LETTERED.match(text.text) else "paragraph")


def _goes_on(before: str, first: str) -> bool:
    """Return whether a dash and `first` are the middle of a sentence that the line before began."""
    return (before[-1:].isdigit() and first.isdigit()) or (
        len(before) >= 50 and before[-1].isalnum() and (first.islower() or first.isdigit())
    )


PIPE = re.compile(r"\s*\|\s*")


def _border(text: str) -> re.Pattern[str] | None:
    """Return what parts the cells of a table row, None where the line is none."""
    if "|" in text and (text.startswith("|") or text.count("|") > 1):
        return PIPE
    if "     " not in text and "\t" not in text:
        return None
    borders = list(COLUMNS.finditer(text))
    wide = len(borders) == 1 and borders[0].start() >= 8 and len(text) - borders[0].end() >= 8
    return COLUMNS if wide or len(borders) > 1 else None
