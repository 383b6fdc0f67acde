"""Measure extraction on labelled reports: the scorer's layers, every rule, and what changed since the last figures.

    make eval                   measure, and compare with the last committed figures
    make eval SAVE=1            and keep the new ones (benchmarks/figures.py tells in which files)
    python -m benchmarks.accuracy [--gold DIR] [--texts DIR] [--all] [--errors] [--save]

DIR holds gold/*.json, one label file for each report (eval's SCHEMA.md tells how they are made), and beside gold/ the
scorer `score.py` when there is one; the texts are ../seeds or texts/ below DIR unless --texts says where. Without a
scorer the layers are counted here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks import figures as kept
from benchmarks.figures import Change, Figures
from benchmarks.judging import Judged, judge
from ingest.pipeline import extract
from kg.words import rule_word

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "benchmarks" / "accuracy.json"
RULES = ROOT / "data" / "rule_precision.csv"
PAGE = ROOT / "docs" / "accuracy.md"
LISTED = 40  # changes printed of each sort


def main(words: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = parsed(words)
    reports = sorted(gold_folder(options.gold).glob("*.json"))
    if not reports:
        print(f"no labelled reports at {options.gold}: nothing to measure")
        return 0
    texts = options.texts or texts_folder(options.gold)
    judged = {path.stem: judge(labels(path), extract(text_of(texts, path.stem))) for path in reports}
    exact, printed = scored(options, texts) or (kept.own_layers(judged.values()), "")
    layers = {name: kept.rounded(measured) for name, measured in exact.items()}
    now = Figures(date.today().isoformat(), layers, {name: one.rows for name, one in judged.items()})
    before = kept.load(options.figures)
    rules = kept.pooled_rules(judged.values())
    print("\n".join([*layer_lines(layers, before, printed), "", *rule_lines(rules)]))
    print("\n".join(["", *change_lines(kept.changes(before, now), judged, before, options.all)]))
    if options.errors:
        print("\n".join(["", *error_lines(judged)]))
    if options.save:
        save(now, rules, options)
    return 0


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.accuracy", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "eval", help="folder with gold/*.json")
    parser.add_argument("--texts", type=Path, help="folder with the reports as text")
    parser.add_argument("--all", action="store_true", help=f"list all changes, not the first {LISTED} of each sort")
    parser.add_argument("--errors", action="store_true", help="list what is missed and wrong now")
    parser.add_argument("--save", action="store_true", help="keep the figures")
    parser.add_argument("--figures", type=Path, default=FIGURES, help="where they are kept")
    parser.add_argument("--rules", type=Path, default=RULES, help="the table of rules")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page with the figures between its marks")
    parser.add_argument(
        "--source", default="three labelled reports of 2023, see docs/accuracy.md", help="for the table"
    )
    return parser.parse_args(words)


# ---- the labelled reports -------------------------------------------------------------------------------------------


def gold_folder(folder: Path) -> Path:
    """Return the folder of the label files: gold/ below `folder`, else itself."""
    return folder / "gold" if (folder / "gold").is_dir() else folder


def texts_folder(folder: Path) -> Path:
    """Return where the reports lie: texts/ in the folder, else seeds/ beside it, else the folder itself."""
    places = (folder / "texts", folder.parent / "seeds")
    return next((place for place in places if place.is_dir()), folder)


def labels(path: Path) -> dict[str, object]:
    """Return one label file."""
    loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def text_of(folder: Path, stem: str) -> Path:
    """Return the file that a label file is about."""
    return next((path for path in sorted(folder.glob(f"{stem}.*")) if path.suffix != ".json"), folder / f"{stem}.txt")


# ---- the scorer -----------------------------------------------------------------------------------------------------


def scored(options: argparse.Namespace, texts: Path) -> tuple[kept.Layers, str] | None:
    """Return the layers as the scorer beside the labels counts them, and what it says of identity across reports."""
    scorer = options.gold / "score.py"
    if not scorer.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        pooled = Path(folder) / "layers.json"
        places = ["--gold", str(gold_folder(options.gold)), "--texts", str(texts)]
        command = f'"{Path(sys.executable).as_posix()}" -m cli extract {{file}} --json'
        run([sys.executable, str(scorer), "--command", command, *places, "--json", str(pooled)])
        layers: kept.Layers = json.loads(pooled.read_text(encoding="utf-8"))
        same = options.gold / "corpus.json"
        return layers, across(scorer, places, texts, Path(folder) / "store") if same.is_file() else ""


def across(scorer: Path, places: Sequence[str], texts: Path, store: Path) -> str:
    """Return what the scorer says of documents across reports, after an ingest of the texts."""
    run([sys.executable, "-m", "cli", "--store", str(store), "ingest", str(texts)])
    export = f'"{Path(sys.executable).as_posix()}" -m cli --store "{store.as_posix()}" export --format json'
    return run([sys.executable, str(scorer), "--corpus", "--errors", "--command", export, *places]).strip()


def run(command: Sequence[str]) -> str:
    """Return what a command prints; the measurement ends when it fails."""
    settings = {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=settings, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


# ---- what is printed ------------------------------------------------------------------------------------------------


def layer_lines(layers: kept.Layers, before: Figures, printed: str) -> Iterator[str]:
    """Yield the layers, each with its F1 of last time where that differs."""
    yield f"{'layer':34} precision  recall     F1   last F1"
    for name, now in sorted(layers.items()):
        old = before.layers.get(name, {}).get("f1")
        last = f"{old:9.3f}" if old is not None and abs(old - now["f1"]) >= 0.0005 else "        ="
        yield f"{name:34} {now['precision']:9.3f} {now['recall']:7.3f} {now['f1']:6.3f} {last}"
    if printed:
        yield ""
        yield printed


def rule_lines(rules: kept.Rules) -> Iterator[str]:
    """Yield how often each rule fired and was right."""
    yield f"{'edge':13} {'rule':42} fired  right  debatable  as the program calls it"
    for (rule, kind), c in rules.items():
        mark = "" if c.right == c.fired else "  <-"
        yield f"{kind:13} {rule:42} {c.fired:5}  {c.right:5}  {c.debatable or '':9}  {rule_word(rule)}{mark}"


def change_lines(
    found: Sequence[Change], judged: dict[str, Judged], before: Figures, everything: bool
) -> Iterator[str]:
    """Yield gains and losses row by row, the losses first."""
    if not before.rows:
        yield "no earlier figures to compare with"
        return
    counts = {how: sum(change.how == how for change in found) for how in kept.HOW}
    yield f"against the figures of {before.date}: " + ", ".join(f"{count} {how}" for how, count in counts.items())
    new = sorted(set(judged) - set(before.rows))
    if new:
        yield f"  measured for the first time: {', '.join(new)}"
    for how in kept.HOW:
        listed = [change for change in found if change.how == how]
        shown = listed if everything else listed[:LISTED]
        yield from (f"  {how}: {in_words(change, judged[change.report])}" for change in shown)
        if len(listed) > len(shown):
            yield f"  {how}: {len(listed) - len(shown)} more (--all lists them)"


def error_lines(judged: dict[str, Judged]) -> Iterator[str]:
    """Yield all rows that are missed or wrong now."""
    for report, one in sorted(judged.items()):
        for layer, rows in one.rows.items():
            for how, keys in (("missed", rows.missed), ("wrong", rows.wrong)):
                yield from (f"  {how}: {in_words(Change(how, report, layer, key), one)}" for key in keys)


def in_words(change: Change, judged: Judged) -> str:
    """Return a row with the labelled ids replaced by names."""
    words = " ".join(judged.names.get(part, part) for part in change.key.split(" "))
    return f"{change.report} {change.layer}: {words} [{change.key}]"


# ---- what is kept ---------------------------------------------------------------------------------------------------


def save(now: Figures, rules: kept.Rules, options: argparse.Namespace) -> None:
    """Keep the figures, the table of rules and the figures of the page."""
    write(options.figures, kept.dump(now))
    before = options.rules.read_text(encoding="utf-8") if options.rules.is_file() else ""
    write(options.rules, kept.rules_csv(rules, options.source, now.date, before))
    with contextlib.suppress(FileNotFoundError):
        write(options.page, kept.page(options.page.read_text(encoding="utf-8"), now.layers, rules, now.date))
    print(f"\nkept: {options.figures}, {options.rules}, {options.page}")


def write(path: Path, text: str) -> None:
    """Write a file with the line ends of the repository."""
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
