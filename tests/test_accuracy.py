"""The measuring itself: rows judged right, missed, wrong or debatable; rules counted; figures kept and compared."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made import claim, report

import data
from ingest.pipeline import extract
from kg import words
from kg.model import ACTIONS, RELATIONS, Action, Conflict, Extraction, Mention, Relation, UnitClaim

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]  # the measurement is no part of the installed program

from benchmarks import accuracy  # noqa: E402
from benchmarks.figures import Change, Figures, changes, dump, load, measures, own_layers, page, rules_csv  # noqa: E402
from benchmarks.judging import Count, Judged, Rows, judge, same_name  # noqa: E402

DISTRICT = "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn"
PLAN = (0, 22)
DIRECTIVE = (50, 70)
LAW = (90, 107)


def span(place: tuple[int, int], document: str, form: str = "numbered", text: str = "số 35/KH-UBND") -> dict[str, Any]:
    """Return a labelled mention."""
    return {"start": place[0], "end": place[1], "text": text, "document": document, "form": form}


def mention(place: tuple[int, int], document: str, form: str = "numbered", text: str = "số 35/KH-UBND") -> Mention:
    """Return a mention that was read."""
    return Mention(*place, text, document, form)


def gold(**facts: Any) -> dict[str, Any]:
    """Return a small labelled report: a plan that carries out a directive, and a law."""
    return {
        "documents": [
            {"id": "g1", "type": "kế hoạch", "full": "35/KH-UBND"},
            {"id": "g2", "type": "chỉ thị", "full": "33/CT-TTg"},
            {"id": "g3", "type": "luật", "full": None, "title": "Tiếp công dân"},
        ],
        "mentions": [
            span(PLAN, "g1"),
            span(DIRECTIVE, "g2", text="Chỉ thị 33/CT-TTg"),
            span(LAW, "g3", "named", "Luật Tiếp công dân"),
        ],
        "relations": [{"source": "g1", "type": "implements", "target": "g2"}],
        "units": [{"id": "u1", "name": DISTRICT}],
        "unit_actions": [
            {"unit": "u1", "action": "issued", "document": "g1"},
            {"unit": "u1", "action": "implemented", "document": "g2"},
        ],
        "borderline": {},
    } | facts


def read(
    mentions: tuple[Mention, ...] = (),
    relations: tuple[tuple[str, str, str, str], ...] = (),
    actions: tuple[tuple[str, str, str], ...] = (),
    unit: str = "UBND huyện Bạch Thông",
) -> Extraction:
    """Return an extraction: relations as (source, type, target, rule), actions as (action, document, rule)."""
    base = report("a.txt")
    return Extraction(
        base.name,
        base.sha256,
        base.report,
        base.kind,
        " " * 200,
        mentions=mentions,
        relations=tuple(Relation(s, kind, t, 0, 1, "…", rule) for s, kind, t, rule in relations),
        units=(UnitClaim("x1", unit, "huyện"),),
        unit_actions=tuple(Action("x1", action, document, 0, 1, "…", rule) for action, document, rule in actions),
    )


ALL = (
    mention(PLAN, "d1"),
    mention(DIRECTIVE, "d2", text="Chỉ thị 33/CT-TTg"),
    mention(LAW, "d3", "named", "Luật Tiếp công dân"),
)


# ---- mentions -------------------------------------------------------------------------------------------------------

MENTIONS = [
    # all found
    (ALL, ["0-22", "50-70", "90-107"], [], []),
    # half of the union is enough
    ((mention((0, 13), "d1"), *ALL[1:]), ["0-22", "50-70", "90-107"], [], []),
    # less than half is a miss and an invention
    ((mention((0, 9), "d1"), *ALL[1:]), ["50-70", "90-107"], ["0-22"], ["0-9"]),
    # another number at the same place
    ((mention(PLAN, "d1", text="số 36/KH-UBND"), *ALL[1:]), ["50-70", "90-107"], ["0-22"], ["0-22"]),
    # leading zeros are the same number
    ((mention(PLAN, "d1", text="số 035/KH-UBND"), *ALL[1:]), ["0-22", "50-70", "90-107"], [], []),
    # what nobody labelled
    ((*ALL, mention((120, 130), "d4")), ["0-22", "50-70", "90-107"], [], ["120-130"]),
    ((), [], ["0-22", "50-70", "90-107"], []),
]


@pytest.mark.parametrize(("mentions", "right", "missed", "wrong"), MENTIONS)
def test_mentions(mentions: tuple[Mention, ...], right: list[str], missed: list[str], wrong: list[str]) -> None:
    rows = judge(gold(), read(mentions)).rows["mentions"]
    assert (rows.right, rows.missed, rows.wrong) == (right, missed, wrong)


def test_a_debatable_mention_is_neither_right_nor_wrong() -> None:
    unsure = gold(borderline={"mentions": [span((120, 130), "g9", "named", "Chương trình")]})
    judged = judge(unsure, read((*ALL, mention((121, 130), "d4", "named")), (("d4", "implements", "d2", "title"),)))
    assert judged.rows["mentions"].wrong == []
    assert judged.rows["relations"].wrong == []
    assert judged.rules["title", "implements"] == Count(fired=0, right=0, debatable=1)


def test_identity_asks_for_the_right_document() -> None:
    """Two documents taken as one: the mention that is not the one's own is found, and wrong in identity."""
    merged = (ALL[0], mention(DIRECTIVE, "d1", text="Chỉ thị 33/CT-TTg"), ALL[2])
    judged = judge(gold(), read(merged))
    assert judged.rows["mentions"].missed == []
    assert (judged.rows["identity"].right, judged.rows["identity"].missed) == (["0-22", "90-107"], ["50-70"])


def test_what_is_said_of_documents_is_judged_one_by_one() -> None:
    """The date is the labelled one or the true one; a unit's short name is its name; a contradiction has its value."""
    plan = {"id": "g1", "type": "Kế hoạch", "full": "35/KH-UBND", "issuer": DISTRICT, "date": "2022-02-17"}
    plan |= {"date_also": ["2022-02-18"], "conflicts": [{"field": "date", "value": "2022-12-17"}]}
    odd = (Conflict("date", "2022-12-17", 0, 1), Conflict("issuer", "Huyện ủy Na Rì", 0, 1))
    stated = claim("d1", "kế hoạch", "35/KH-UBND", date="2022-02-18", issuer="UBND huyện Bạch Thông", conflicts=odd)
    said = Extraction(**{**fields(read(ALL[:1])), "documents": (stated, claim("d2", "chỉ thị", "33/CT-TTg"))})
    judged = judge(gold(documents=[plan, {"id": "g2", "type": "chỉ thị", "date": "2021-11-26"}]), said)
    # the directive was not found: nothing is said of it
    assert judged.rows["attributes"] == Rows(["g1 date", "g1 issuer", "g1 type"])
    assert [len(keys) for keys in (judged.rows["conflicts"].right, judged.rows["conflicts"].wrong)] == [1, 1]
    (wrong,) = judged.rows["conflicts"].wrong
    assert accuracy.in_words(Change("newly wrong", "a", "conflicts", wrong), judged).startswith(
        "a conflicts: 35/KH-UBND issuer Huyện ủy Na Rì ["
    )


# ---- edges and rules ------------------------------------------------------------------------------------------------

RELATED = [
    # right, by two rules: each fired, the edge counts once
    (
        (("d1", "implements", "d2", "title"), ("d1", "implements", "d2", "opening")),
        (["g1 implements g2"], [], []),
        {("title", "implements"): Count(1, 1), ("opening", "implements"): Count(1, 1)},
    ),
    # said twice by one rule: fired once
    (
        (("d1", "implements", "d2", "title"), ("d1", "implements", "d2", "title")),
        (["g1 implements g2"], [], []),
        {("title", "implements"): Count(1, 1)},
    ),
    # the wrong way round
    (
        (("d2", "implements", "d1", "title"),),
        ([], ["g1 implements g2"], ["g2 implements g1"]),
        {("title", "implements"): Count(1, 0)},
    ),
    # of a document that nobody labelled
    (
        (("d1", "implements", "d7", "title"),),
        ([], ["g1 implements g2"], ["g1 implements ?d7"]),
        {("title", "implements"): Count(1, 0)},
    ),
    # the report itself; a plain mention is no relation
    (
        (("self", "reports_on", "d2", "opening"), ("self", "cites", "d1", "numbered")),
        ([], ["g1 implements g2"], ["self reports_on g2"]),
        {("opening", "reports_on"): Count(1, 0)},
    ),
]


@pytest.mark.parametrize(("relations", "rows", "rules"), RELATED)
def test_relations_and_the_rules_that_read_them(
    relations: tuple[tuple[str, str, str, str], ...],
    rows: tuple[list[str], list[str], list[str]],
    rules: dict[tuple[str, str], Count],
) -> None:
    judged = judge(gold(), read(ALL, relations))
    found = judged.rows["relations"]
    assert (found.right, found.missed, found.wrong) == rows
    assert dict(judged.rules) == rules


def test_a_debatable_relation_counts_neither_way() -> None:
    unsure = gold(borderline={"relations": [{"source": "self", "type": "reports_on", "target": "g2"}]})
    judged = judge(unsure, read(ALL, (("self", "reports_on", "d2", "opening"),)))
    assert judged.rows["relations"].wrong == []
    assert judged.rules["opening", "reports_on"] == Count(0, 0, 1)


def test_deeds_meet_under_the_short_name_of_the_unit() -> None:
    done = (("issued", "d1", "verb of issuing"), ("implemented", "d3", "verb of carrying out"))
    judged = judge(gold(), read(ALL, (), done))
    rows = judged.rows["actions"]
    assert rows.right == ["u1 issued g1"]
    assert rows.missed == ["u1 implemented g2"]
    assert rows.wrong == ["UBND huyện Bạch Thông implemented g3"]
    assert judged.rules["verb of issuing", "issued"] == Count(1, 1)
    assert judged.rules["verb of carrying out", "implemented"] == Count(1, 0)


def test_debatable_deeds_plans_and_what_was_received_do_not_count() -> None:
    unsure = gold(borderline={"unit_actions": [{"unit": "u1", "action": "implemented", "document": "g3"}]})
    said = read(ALL, (), (("implemented", "d3", "verb of carrying out"), ("received", "d2", "recipients")))
    planned = Action("x1", "implemented", "d2", 0, 1, "…", "verb of carrying out", "planned")
    judged = judge(unsure, Extraction(**{**fields(said), "unit_actions": (*said.unit_actions, planned)}))
    assert judged.rows["actions"].wrong == []
    assert judged.rows["actions"].right == []
    assert dict(judged.rules) == {("verb of carrying out", "implemented"): Count(0, 0, 1)}


def fields(said: Extraction) -> dict[str, Any]:
    """Return the fields of an extraction."""
    return {name: getattr(said, name) for name in said.__slots__}


NAMES = [
    ("UBND huyện Bạch Thông", "Ủy ban nhân dân huyện Bạch Thông, tỉnh Bắc Kạn", True),
    ("Ban Thường vụ Tỉnh ủy Bắc Kạn", "BTV Tỉnh ủy Bắc Kạn", True),
    ("Huyện ủy Định Hóa", "Huyện ủy Đại Từ", False),
    # too little of the name to tell
    ("Bắc Kạn", "Ủy ban nhân dân thành phố Bắc Kạn", False),
    ("", "", True),
    ("", "Huyện ủy Định Hóa", False),
]


@pytest.mark.parametrize(("a", "b", "same"), NAMES)
def test_names_of_units(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) == same == same_name(b, a)


# ---- figures --------------------------------------------------------------------------------------------------------


def figures(report_: str = "a", **rows: Rows) -> Figures:
    """Return the figures of one report."""
    return Figures("2026-01-02", {"mentions": measures(1, 1, 0)}, {report_: rows})


CHANGES = [
    # a row that was right is missed: lost
    (Rows(right=["1-2"]), Rows(missed=["1-2"]), [("lost", "1-2")]),
    (Rows(missed=["1-2"]), Rows(right=["1-2"]), [("newly right", "1-2")]),
    (Rows(), Rows(wrong=["1-2"]), [("newly wrong", "1-2")]),
    (Rows(wrong=["1-2"]), Rows(), [("no longer wrong", "1-2")]),
    # nothing moved
    (Rows(["1-2"], ["3-4"], ["5-6"]), Rows(["1-2"], ["3-4"], ["5-6"]), []),
    # a row that is labelled no more is neither gained nor lost
    (Rows(right=["1-2"]), Rows(), []),
    # losses stand first
    (
        Rows(right=["1-2"], missed=["3-4"]),
        Rows(right=["3-4"], missed=["1-2"]),
        [("lost", "1-2"), ("newly right", "3-4")],
    ),
]


@pytest.mark.parametrize(("before", "now", "expected"), CHANGES)
def test_gain_and_loss(before: Rows, now: Rows, expected: list[tuple[str, str]]) -> None:
    found = changes(figures(relations=before), figures(relations=now))
    assert [(c.how, c.key) for c in found] == expected
    assert all((c.report, c.layer) == ("a", "relations") for c in found)


def test_a_report_measured_for_the_first_time_gains_nothing() -> None:
    assert changes(figures("a", mentions=Rows(["1-2"])), figures("b", mentions=Rows(["1-2"]))) == []


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = figures(mentions=Rows(["1-2", "3-4"], [], ["5-6"]), relations=Rows([], ["Huyện ủy issued g1"]))
    (tmp_path / "f.json").write_text(dump(kept), encoding="utf-8")
    assert load(tmp_path / "f.json") == kept
    assert load(tmp_path / "none.json") == Figures()


def test_a_rule_whose_counts_did_not_move_keeps_its_day() -> None:
    before = rules_csv({("title", "implements"): Count(3, 3), ("now", "replaces"): Count(1, 1)}, "here", "2026-01-02")
    now = rules_csv(
        {("title", "implements"): Count(3, 3), ("now", "replaces"): Count(2, 1)}, "here", "2026-05-06", before
    )
    rows = {row["rule"]: row for row in csv.DictReader(io.StringIO(now))}
    assert (rows["title"]["date"], rows["now"]["date"]) == ("2026-01-02", "2026-05-06")
    assert (rows["now"]["fired"], rows["now"]["right"]) == ("2", "1")


def test_a_rule_that_was_only_debatable_is_not_in_the_table() -> None:
    assert len(rules_csv({("title", "implements"): Count(0, 0, 4)}, "here", "2026-01-02").splitlines()) == 1


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    text = page(
        accuracy.PAGE.read_text(encoding="utf-8"), {"x": measures(1, 1, 1)}, {("now", "replaces"): Count(2, 1)}, "D"
    )
    again = page(text, {"x": measures(1, 1, 1)}, {("now", "replaces"): Count(2, 1)}, "D")
    assert text == again
    assert "Measured on D." in text
    assert "| x | 0.500 | 0.500 | 0.500 |  |" in text
    assert "| replaces | now | “nay là” | 1 / 2 |  |" in text
    assert text.startswith("# How right the reading is")
    assert "## To run it again" in text
    assert page("no marks", {}, {}, "D") == "no marks"


def test_layers_are_pooled_over_reports() -> None:
    one, two = Judged(), Judged()
    one.rows["mentions"] = Rows(["1-2"], ["3-4"], [])
    two.rows["mentions"] = Rows(["1-2"], [], ["5-6"])
    assert own_layers([one, two])["mentions"] == {"precision": 2 / 3, "recall": 2 / 3, "f1": pytest.approx(2 / 3)}
    assert own_layers([Judged()])["relations"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


# ---- the whole measurement ------------------------------------------------------------------------------------------

SAMPLE = "18-bc-ubnd-huyen-bach-thong-2023"


@pytest.fixture
def labelled(tmp_path: Path, samples_folder: Path) -> Path:
    """A folder with one labelled report: what is read of a sample, without one relation and with a mention more."""
    text = samples_folder / f"{SAMPLE}.txt"
    said = extract(text)
    label = {
        "documents": [{"id": d.id, "type": d.type, "full": d.full, "title": d.title} for d in said.documents],
        "mentions": [
            {"start": m.start, "end": m.end, "text": m.text, "document": m.document, "form": m.form}
            for m in said.mentions
        ]
        + [span((0, 3), "d1", "named", "xyz")],
        "relations": [{"source": r.source, "type": r.type, "target": r.target} for r in said.relations][1:],
        "units": [{"id": u.id, "name": u.name} for u in said.units],
        "unit_actions": [
            {"unit": a.unit, "action": a.action, "document": a.document}
            for a in said.unit_actions
            if a.status == "done"
        ],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold" / f"{SAMPLE}.json").write_text(json.dumps(label), encoding="utf-8")
    (tmp_path / "texts" / text.name).write_bytes(text.read_bytes())
    (tmp_path / "page.md").write_text(accuracy.PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def measured(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what the measurement prints of the labelled reports in `folder`."""
    files = ["--figures", f"{folder / 'f.json'}", "--rules", f"{folder / 'r.csv'}", "--page", f"{folder / 'page.md'}"]
    assert accuracy.main(["--gold", str(folder), *files, *words]) == 0
    return capsys.readouterr().out


def test_measure_keep_and_measure_again(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = measured(labelled, capsys, "--save", "--errors")
    assert "no earlier figures" in first
    assert f"missed: {SAMPLE} mentions: 0-3 [0-3]" in first
    assert f"wrong: {SAMPLE} relations: " in first
    rows = list(csv.DictReader((labelled / "r.csv").open(encoding="utf-8")))
    assert sum(int(row["fired"]) - int(row["right"]) for row in rows if row["kind"] in RELATIONS) == 1
    assert "0 lost, 0 newly wrong, 0 newly right, 0 no longer wrong" in measured(labelled, capsys)

    kept = load(labelled / "f.json")
    was_right = kept.rows[SAMPLE]["mentions"].right.pop(0)
    kept.rows[SAMPLE]["mentions"].right.append("0-3")
    kept.rows[SAMPLE]["mentions"].missed[:] = [was_right]
    (labelled / "f.json").write_text(dump(kept), encoding="utf-8")
    again = measured(labelled, capsys)
    assert "1 lost, 0 newly wrong, 1 newly right, 0 no longer wrong" in again
    assert f"lost: {SAMPLE} mentions: 0-3 [0-3]" in again
    assert f"newly right: {SAMPLE} mentions: {was_right}" in again


def test_without_labelled_reports_there_is_nothing_to_measure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing to measure" in measured(tmp_path, capsys)
    assert list(tmp_path.iterdir()) == []


def test_changes_are_told_with_names() -> None:
    judged = Judged(names={"g1": "35/KH-UBND", "g2": "33/CT-TTg"})
    shown = accuracy.in_words(Change("lost", "a", "relations", "g1 implements g2"), judged)
    assert shown == "a relations: 35/KH-UBND implements 33/CT-TTg [g1 implements g2]"


# ---- what is committed ----------------------------------------------------------------------------------------------

MEASURED = data.table("rule_precision")


@pytest.mark.parametrize("row", MEASURED, ids=lambda row: f"{row['rule']}:{row['kind']}")
def test_row_of_the_measured_rules(row: dict[str, str]) -> None:
    assert row["kind"] in {*RELATIONS, *ACTIONS}
    assert 0 <= int(row["right"]) <= int(row["fired"])
    assert words.rule_word(row["rule"]) != words.labels("rule")["other"]


def test_the_page_has_the_figures_that_are_kept() -> None:
    text = accuracy.PAGE.read_text(encoding="utf-8")
    kept = load(accuracy.FIGURES)
    assert f"Measured on {kept.date}." in text
    for name, f in kept.layers.items():
        assert f"| {name} | {f['precision']:.3f} | {f['recall']:.3f} | {f['f1']:.3f} |" in text
    for row in MEASURED:
        name = words.rule_word(row["rule"])
        assert f"| {row['kind']} | {row['rule']} | {name} | {row['right']} / {row['fired']} |" in text


def test_the_kept_figures_hold_no_words_of_a_report() -> None:
    """Only ids of labels, offsets, and for what was invented the name of a unit."""
    for layers in load(accuracy.FIGURES).rows.values():
        for layer, rows in layers.items():
            keys = [*rows.right, *rows.missed, *(rows.wrong if layer != "actions" else [])]
            assert all(re.fullmatch(r"\d+-\d+|\w+ \w+|\??\w+ \w+ \??\w+", key) for key in keys)


# ---- the names of rules ---------------------------------------------------------------------------------------------


def named_rules() -> Iterator[tuple[str, str]]:
    """Yield (module, rule) for each literal that a Link or Deed is made with in ingest, or that is called `rule`."""
    said = {*RELATIONS, *ACTIONS, "done", "planned", "self"}
    for path in sorted((ROOT / "ingest").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Link", "Deed"}:
                literals = [a for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from ((path.name, str(a.value)) for a in literals if a.value not in said)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                yield from ((path.name, str(node.value.value)) for name in node.targets if ast.unparse(name) == "rule")


RULES = sorted(set(named_rules()))


def test_rules_are_found_in_the_code() -> None:
    assert {rule for _, rule in RULES} >= {"opening", "verb of issuing", "issuer beside number"}


@pytest.mark.parametrize(("module", "rule"), RULES)
def test_every_rule_has_a_name(module: str, rule: str) -> None:
    """A new rule needs a row `rule,<its name>,<in Vietnamese>,` in data/labels.csv."""
    assert rule in words.labels("rule"), f"{module} reads by {rule!r}"


def test_every_rule_that_reads_the_samples_has_a_name(samples_folder: Path) -> None:
    other = words.labels("rule")["other"]
    fired = set()
    for path in sorted(samples_folder.glob("[0-9]*")):
        said = extract(path)
        fired |= {row.rule for row in (*said.relations, *said.unit_actions)} | {row.form for row in said.mentions}
    assert len(fired) > 10
    assert {rule for rule in fired if other in re.split(r"[(,]\s*|\)", words.rule_word(rule))} == set()


NAMED = [
    ("title", "trích yếu của văn bản"),
    ("through-list", "văn bản ban hành kèm theo, mục tiếp theo của danh mục"),
    ("issued what implements (title)", "đã ban hành văn bản thực hiện (trích yếu của văn bản)"),
    ("no such rule", "khác"),
    ("", ""),
]


@pytest.mark.parametrize(("rule", "name"), NAMED)
def test_names_of_rules(rule: str, name: str) -> None:
    assert words.rule_word(rule) == name


def test_a_measured_rule_says_how_often_it_was_right() -> None:
    rule, (right, fired) = next(iter(words.measured().items()))
    assert words.rule_words(rule) == f"{words.rule_word(rule)}, đúng {right}/{fired} khi đo"
    assert words.rule_words("no such rule") == "khác"
    assert words.rule_words("") == ""


@pytest.mark.parametrize("command", [("who", "18-CT/TW"), ("show", "35/KH-UBND"), ("show", "Huyện ủy Định Hóa")])
def test_answers_name_the_rule_in_vietnamese(ask: Any, command: tuple[str, ...]) -> None:
    page_ = ask(*command).stdout
    assert re.search(r"quy tắc: \S.*, đúng \d+/\d+ khi đo", page_)
    rules = "|".join(re.escape(rule) for _, rule in RULES if " " in rule)
    assert not re.search(rf"\b(?:{rules})\b", page_)


def test_contradictions_and_citations_stand_without_a_rule(ask: Any) -> None:
    page_ = ask("show", "25-NQ/TW 2013").stdout
    cited = page_[page_.index("Được nhắc đến trong") :]
    odd = page_[page_.index("Mâu thuẫn trong tài liệu") : page_.index("Văn bản triển khai")]
    assert "quy tắc" not in cited
    assert "quy tắc" not in odd
