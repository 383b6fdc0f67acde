"""The figures of a measurement: kept, compared with the last ones, and written where people read them.

benchmarks/accuracy.json      layers, and for each report the keys of all rows that were right, missed and wrong
data/rule_precision.csv       how often each rule fired and was right: what `show` and `who` print
docs/accuracy.md              the same for people, between two marks
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.judging import LAYERS, Count, Judged, Rows

COLUMNS = ("rule", "kind", "fired", "right", "source", "date")
BEGIN, END = "<!-- figures: written by `make eval SAVE=1` -->", "<!-- end of figures -->"
# What two people who labelled the same reports apart from each other agreed on (F1)
SECOND_LABELLER = {
    "mentions: numbered": 1.0,
    "mentions: short": 1.0,
    "mentions: named": 0.837,
    "identity (B-cubed)": 0.985,
    "relations: all": 0.958,
    "unit actions: issued": 0.906,
    "unit actions: implemented": 0.722,
}

Layers = dict[str, dict[str, float]]  # name -> precision, recall, f1
Rules = Mapping[tuple[str, str], Count]


@dataclass(slots=True)
class Figures:
    """One measurement: the day, the layers, and the rows of each report by layer."""

    date: str = ""
    layers: Layers = field(default_factory=dict)
    rows: dict[str, dict[str, Rows]] = field(default_factory=dict)


def own_layers(judged: Iterable[Judged]) -> Layers:
    """Return precision, recall and F1 of each layer, pooled over the reports."""
    pooled = {layer: [0, 0, 0] for layer in LAYERS}
    for one in judged:
        for layer, rows in one.rows.items():
            for place, keys in enumerate((rows.right, rows.missed, rows.wrong)):
                pooled[layer][place] += len(keys)
    return {layer: measures(*counts) for layer, counts in pooled.items()}


def measures(right: int, missed: int, wrong: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    precision = right / (right + wrong) if right + wrong else float(not missed)
    recall = right / (right + missed) if right + missed else 1.0
    both = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}


def pooled_rules(judged: Iterable[Judged]) -> dict[tuple[str, str], Count]:
    """Return the counts of all rules over all reports, by type of edge and rule."""
    pooled: dict[tuple[str, str], Count] = {}
    for one in judged:
        for known, counted in one.rules.items():
            total = pooled.setdefault(known, Count())
            total.fired += counted.fired
            total.right += counted.right
            total.debatable += counted.debatable
    return dict(sorted(pooled.items(), key=lambda item: (item[0][1], -item[1].fired, item[0][0])))


# ---- against the last figures ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is not as it was: `how` is newly right, lost, newly wrong, or no longer wrong."""

    how: str
    report: str
    layer: str
    key: str


HOW = ("lost", "newly wrong", "newly right", "no longer wrong")


def changes(before: Figures, now: Figures) -> list[Change]:
    """Return what is gained and lost since `before`, in the reports and layers that both measured; losses first."""
    found = []
    for report in sorted(set(before.rows) & set(now.rows)):
        for layer in (name for name in LAYERS if name in before.rows[report] and name in now.rows[report]):
            old, new = before.rows[report][layer], now.rows[report][layer]
            parts = (
                (set(old.right) & set(new.missed), "lost"),
                (set(new.wrong) - set(old.wrong), "newly wrong"),
                (set(new.right) - set(old.right), "newly right"),
                (set(old.wrong) - set(new.wrong), "no longer wrong"),
            )
            found += [Change(how, report, layer, key) for keys, how in parts for key in sorted(keys)]
    return sorted(found, key=lambda c: (HOW.index(c.how), c.report, LAYERS.index(c.layer)))


# ---- kept -----------------------------------------------------------------------------------------------------------


def load(path: Path) -> Figures:
    """Return the figures kept in a file; none yet when it is not there."""
    if not path.is_file():
        return Figures()
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    rows = {report: {layer: Rows(**keys) for layer, keys in layers.items()} for report, layers in kept["rows"].items()}
    return Figures(kept["date"], kept["layers"], rows)


def dump(figures: Figures) -> str:
    """Return the figures as JSON, the keys of one layer and outcome on a line of their own."""
    lines = ["{", f' "date": {json.dumps(figures.date)},', ' "layers": {']
    layers = [f"  {json.dumps(name)}: {json.dumps(f)}" for name, f in sorted(figures.layers.items())]
    lines += [",\n".join(layers), " },", ' "rows": {']
    reports = []
    for report, by_layer in sorted(figures.rows.items()):
        parts = []
        for layer, rows in by_layer.items():
            keys = [
                f"    {json.dumps(how)}: {json.dumps(kept, ensure_ascii=False)}" for how, kept in asdict(rows).items()
            ]
            parts.append(f"   {json.dumps(layer)}: {{\n" + ",\n".join(keys) + "\n   }")
        reports.append(f"  {json.dumps(report)}: {{\n" + ",\n".join(parts) + "\n  }")
    return "\n".join([*lines, ",\n".join(reports), " }", "}"]) + "\n"


def rounded(measured: Mapping[str, float]) -> dict[str, float]:
    """Return the measures with four places: more says nothing and makes differences where there are none."""
    return {name: round(value, 4) for name, value in measured.items()}


def rules_csv(rules: Rules, source: str, date: str, before: str = "") -> str:
    """Return the table of rules; a row whose counts are those of `before` keeps its day."""
    old = {(r["rule"], r["kind"], r["fired"], r["right"]): r["date"] for r in csv.DictReader(io.StringIO(before))}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (rule, kind), counted in rules.items():
        if counted.fired:
            row = (rule, kind, str(counted.fired), str(counted.right))
            writer.writerow([*row, source, old.get(row, date)])
    return out.getvalue()


# ---- for people -----------------------------------------------------------------------------------------------------


def page(text: str, layers: Layers, rules: Rules, date: str) -> str:
    """Return the page `text` with the figures between its marks made anew; the page unchanged when it has no marks."""
    if BEGIN not in text or END not in text:
        return text
    head, rest = text.split(BEGIN, 1)
    return head + BEGIN + "\n\n" + "\n".join(block(layers, rules, date)) + "\n\n" + END + rest.split(END, 1)[1]


def block(layers: Layers, rules: Rules, date: str) -> list[str]:
    """Return the lines of the figures: the day, the layers, the rules."""
    from kg.words import rule_word

    lines = [
        f"Measured on {date}.",
        "",
        "| layer | precision | recall | F1 | second labeller, F1 |",
        "|---|---|---|---|---|",
    ]
    for name, f in sorted(layers.items()):
        other = SECOND_LABELLER.get(name)
        shown = f"{other:.3f}" if other is not None else ""
        lines.append(f"| {name} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.3f} | {shown} |")
    lines += [
        "",
        "| type of edge | rule | as the program calls it | right / fired | debatable |",
        "|---|---|---|---|---|",
    ]
    for (rule, kind), c in rules.items():
        open_ = str(c.debatable) if c.debatable else ""
        lines.append(f"| {kind} | {rule} | {rule_word(rule)} | {c.right} / {c.fired} | {open_} |")
    return lines
