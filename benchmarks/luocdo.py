"""Hold what is read in published documents against the relations that the editors of a law site recorded for them.

    python -m benchmarks.luocdo FILE [--errors] [--json]

FILE are JSON lines, plain or .gz: {number, text, relations: [{relation, target, title}]}; `text` is what optical
character recognition made of the page, `target` the number of the other document. Of all targets it counts those that

- are *findable*: the number stands in the text, blanks, dashes, slashes, marks and leading zeros set aside, Q and O,
  1 and l as one letter; the rest the scan has lost or the text never names by number (a law by its title alone);
- are *found*: findable, and among the documents that the extraction names;
- are *typed right*: findable, and in the relation that the editors recorded. What the text does not state, or names
  only in an appendix, counts as missed.

*listed* are the findable ones whose number stands only below the text, in the editors' own list under the line "Văn bản
liên quan": nothing can be stated of them, yet they count as missed too.

The editors' labels and ours (`kg.model.RELATIONS`), always from the document itself ("self") to its target:

    based_on    based_on      "Căn cứ …", "Theo …", "Xét đề nghị … tại Tờ trình …"
    replaces    replaces      "thay thế", "bãi bỏ", "hết hiệu lực"
    amends      replaces      "sửa đổi, bổ sung": one relation of ours for replacing and amending
    implements  implements    "quy định chi tiết", "hướng dẫn thi hành"
    cites       any mention   what the text names without one of these relations
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.retrieval import lines
from ingest.letters import flatten
from ingest.pipeline import extract_text
from ingest.read import parse
from kg.fold import unify, without_marks
from kg.model import SELF, Extraction
from kg.numbers import number_key

OURS = {"based_on": "based_on", "replaces": "replaces", "amends": "replaces", "implements": "implements"}
LOOKALIKES = str.maketrans({"o": "q", "l": "1", "i": "1", "0": "q"})  # what a scan exchanges: QĐ and OĐ, 1 and l


@dataclass(frozen=True, slots=True)
class Target:
    """One relation of the editors: which document states it, and whether it was findable, found, typed right."""

    document: str
    relation: str
    number: str
    findable: bool
    listed: bool
    found: bool
    typed: bool
    told: str  # the words around the number, for a person to judge by


def main() -> None:
    """Measure what the command line asks for and print it."""
    options = arguments()
    targets = [target for row in lines(options.file) for target in judged(row)]
    table = {name: counts(group) for name, group in by_relation(targets)}
    print(json.dumps(table, indent=1) if options.json else printed(table))
    if options.errors:
        for target in targets:
            if target.findable and not (target.found and target.typed):
                print(f"\n{target.document} {target.relation} {target.number}{'' if target.found else ' (not found)'}")
                print(f"    … {target.told} …")


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="and what is findable but missed, with its words")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def judged(row: dict[str, object]) -> Iterator[Target]:
    """Yield the editors' relations of one document, each held against what is read in its text."""
    text = str(row["text"])
    found = extract_text(parse(text, "text"), "text.txt")
    known = documents(found)
    related = relations(found, known)
    relations_told = row["relations"]
    assert isinstance(relations_told, list)
    for told in relations_told:
        relation, number = told["relation"], told["target"]
        spelling = number_key(number)
        place = find(tolerant(text), number)
        yield Target(
            document=str(row["number"]),
            relation=relation,
            number=number,
            findable=place is not None,
            listed=place is not None and place[0] > end_of_document(text),
            found=spelling in known.values(),
            typed=spelling in related.get(OURS[relation], set()) if relation in OURS else spelling in known.values(),
            told=" ".join(text[max(0, place[0] - 220) : place[1] + 80].split()) if place is not None else "",
        )


def documents(found: Extraction) -> dict[str, str]:
    """Return the number, as a key, of each numbered document that the text names, by the document's id."""
    return {claim.id: number_key(claim.full) for claim in found.documents if claim.full}


def relations(found: Extraction, known: dict[str, str]) -> dict[str, set[str]]:
    """Return the numbers of the documents to which the text itself stands in each relation."""
    related: dict[str, set[str]] = {}
    for link in found.relations:
        if link.source == SELF and link.target in known:
            related.setdefault(link.type, set()).add(known[link.target])
    return related


def find(plain: str, number: str) -> tuple[int, int] | None:
    """Return where `number` first stands in a text (see `tolerant`), as (start, end), or None where it does not."""
    pieces = re.findall(r"\d+|[^\W\d_]+", without_marks(unify(number)).casefold())
    pieces[0] = pieces[0].lstrip("0")
    spelt = r"[\s./_-]*".join(re.escape(piece.translate(LOOKALIKES)) for piece in pieces)
    match = re.search(rf"(?<![\w/.-])q*{spelt}(?!\w)", plain)
    return match.span() if match is not None else None


def end_of_document(text: str) -> int:
    """Return where the document ends and the editors' list of related documents begins."""
    match = re.search(r"^Văn bản liên quan\s*$", text, re.MULTILINE)
    return match.start() if match is not None else len(text)


def tolerant(text: str) -> str:
    """Return `text` character for character without marks and case, look-alikes as one."""
    flat = flatten(text.replace("\u200b", " "))
    plain = "".join(without_marks(c).casefold()[:1] or " " for c in flat)
    return plain.translate(LOOKALIKES)


def by_relation(targets: list[Target]) -> Iterator[tuple[str, list[Target]]]:
    """Yield the targets of each of the editors' relations, and all of them."""
    for name in ("based_on", "replaces", "amends", "implements", "cites"):
        yield name, [target for target in targets if target.relation == name]
    yield "all", targets


def counts(targets: list[Target]) -> dict[str, int]:
    """Return how many targets there are, how many are findable, found and typed right."""
    findable = [target for target in targets if target.findable]
    return {
        "targets": len(targets),
        "findable": len(findable),
        "lost": len(targets) - len(findable),
        "listed": sum(target.listed for target in findable),
        "found": sum(target.found for target in findable),
        "typed right": sum(target.typed for target in findable),
    }


def printed(table: dict[str, dict[str, int]]) -> str:
    """Return the counts as lines, shares of the findable ones beside them."""
    rows = [f"{'relation':12}" + "".join(f"{column:>13}" for column in table["all"]) + f"{'of findable':>13}"]
    for name, row in table.items():
        share = row["typed right"] / row["findable"] if row["findable"] else 1.0
        rows.append(f"{name:12}" + "".join(f"{value:13}" for value in row.values()) + f"{share:13.1%}")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
