"""One directive on a sheet of A4: the answer in a sentence, the table, who is not found, and the sentences as footnotes.

One file of HTML without script: it opens offline, asks nothing of any network and prints as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.model import Document, Evidence, Implementer
from kg.states import FOUND, Asked, State
from kg.timeline import BOUNDS, Event
from kg.words import capital, full_name, rule_words, written_date
from present.coverage import by_level, silent_places, state_words, summary
from present.timeline import pace_words
from present.words import HOW_WORDS, days_words, document_line, unit_name
from present.who import answer

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "summary.html.j2"
SHOWN = 2  # sentences of one line; the program's JSON carries all
CAUTION = (
    "“Không tìm thấy” nghĩa là không có trong những tài liệu đã đọc, không phải là chưa thực hiện. "
    "Mỗi dòng dẫn đến câu văn chứng minh và tệp chứa câu đó."
)
IMPLEMENTERS = ("Cấp", "Đơn vị", "Văn bản", "Ngày", "Thời gian", "Thời hạn", "Hình thức")
OTHERS = ("Cấp", "Đơn vị", "Tình trạng", "Tệp đã đọc")


@dataclass(frozen=True, slots=True)
class Findings:
    """What is known of one directive: who carried it out, when, and, where a place was named, who was expected there."""

    directive: Document
    found: Sequence[Implementer]
    events: Sequence[Event]
    sources: int
    asked: Asked | None = None
    states: Sequence[State] = ()
    level: str | None = None


@dataclass(slots=True)
class Footnotes:
    """The sentences in the order in which the page comes to them, each once."""

    numbers: dict[Evidence, int] = field(default_factory=dict)

    def of(self, evidence: Sequence[Evidence]) -> list[int]:
        """Return the numbers of the first sentences."""
        return [self.numbers.setdefault(item, len(self.numbers) + 1) for item in evidence[:SHOWN]]


def summary_page(known: Findings, picture: str = "") -> str:
    """Return the page; `picture` is a drawing in SVG, trusted as it stands."""
    from markupsafe import Markup

    notes = Footnotes()
    tables = [table(1, "Đơn vị đã thực hiện", IMPLEMENTERS, implementers(known, notes))]
    tables.append(table(2, "Đơn vị chỉ nhắc đến, hoặc có tài liệu mà không nêu", OTHERS, others(known, notes)))
    values = {
        "name": full_name(known.directive),
        "line": document_line(known.directive),
        "title": known.directive.title,
        "answers": answers(known),
        "levels": [line.strip() for line in by_level(known.states)] if known.asked else [],
        "picture": Markup(picture),  # noqa: S704  our own drawing, escaped where it is made
        "tables": tables,
        "absent": [(capital(w), ", ".join(names)) for w, names in absent(known)],
        "notes": [note(item) for item in notes.numbers],
        "caution": CAUTION,
    }
    page = environment().get_template(TEMPLATE).render(values)
    return page.encode("utf-8", errors="replace").decode("utf-8")


def environment() -> Environment:
    """Return a Jinja environment that escapes whatever a document says."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("present", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
