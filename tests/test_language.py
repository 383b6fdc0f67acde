"""What the program says: one catalogue, both languages, in which of them, and nothing said outside it."""

from __future__ import annotations

import ast
import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import click
import pytest
from click.testing import Result

import data
from cli import group
from kg.language import CATALOGUE, catalogue, said, saying, speaking, system_words
from kg.model import ReadError
from present import spoken
from present.spoken import wanted
from tests.test_layers import MODULES

ROWS = [(name, row) for name in CATALOGUE for row in data.table(name)]


def places(words: str) -> Counter[str]:
    """Return the places to fill in a phrase, each as often as it stands there.

    {n:day|days} chooses a word by a number that is given in any case: Vietnamese needs no such choice.
    """
    return Counter(name for _, name, spec, _ in Formatter().parse(words) if name and "|" not in (spec or ""))


# ---- the catalogue --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[row["key"] for _, row in ROWS])
def test_both_languages_fill_the_same_places(name: str, row: dict[str, str]) -> None:
    assert set(places(row["vi"])) == set(places(row["en"]))
    assert row["vi"] != row["en"] or not re.search(r"\w", re.sub(r"\{.*?\}", "", row["vi"]))


def test_a_phrase_has_one_key() -> None:
    keys = Counter(row["key"] for _, row in ROWS)
    assert {key for key, count in keys.items() if count > 1} == set()


def asked() -> Iterator[tuple[str, str, set[str]]]:
    """Yield each key that the code asks for: the module, the key, the places that it fills."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            if node.func.id in {"saying", "phrase"} and isinstance(node.args[0], ast.Constant):
                yield module, str(node.args[0].value), {keyword.arg or "**" for keyword in node.keywords}


ASKED = list(asked())


@pytest.mark.parametrize(("module", "key", "given"), ASKED, ids=[f"{module}:{key}" for module, key, _ in ASKED])
def test_what_the_code_says_is_in_the_catalogue(module: str, key: str, given: set[str]) -> None:
    assert key in catalogue("vi")
    chosen_by = {
        name for words in (catalogue("vi")[key], catalogue("en")[key]) for name in re.findall(r"{(\w+):", words)
    }
    assert "**" in given or set(places(catalogue("vi")[key])) | chosen_by == given


def named_anywhere() -> set[str]:
    """Return every string of the program, its scripts and templates: a key may be chosen before it is said."""
    root = Path(__file__).parents[1]
    texts = {
        node.value
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in (file for folder in ("kg", "present") for file in (root / folder).rglob("*.j[2s]")):
        texts.update(re.findall(r"""["']([\w' -]+)["']""", path.read_text(encoding="utf-8")))
    return texts


def made_of_parts() -> re.Pattern[str]:
    """Return a pattern for the keys that are put together where they are said: f"did {state}"."""
    calls = [
        node.args[0]
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"saying", "phrase"}
        if node.args and isinstance(node.args[0], ast.JoinedStr)
    ]
    parts = [
        "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in call.values)
        for call in calls
    ]
    return re.compile("|".join([*parts, "system .+"]))


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    used, made = named_anywhere(), made_of_parts()
    used |= {f"column {name}" for name in used}  # as the template of the summary asks
    assert {row["key"] for _, row in ROWS if row["key"] not in used and not made.fullmatch(row["key"])} == set()


# ---- errors ---------------------------------------------------------------------------------------------------------


def errors() -> set[str]:
    """Return the names of the errors that a person is told."""
    from kg import model

    return {name for name, kind in vars(model).items() if isinstance(kind, type) and issubclass(kind, Exception)} | {
        *("Misread", "PackedError", "ToolError")
    }


def test_every_error_is_said_in_both_languages() -> None:
    """An error that a person reads is a saying of the catalogue, never a sentence in the code."""
    names = errors()
    found = [
        f"{module}: line {node.lineno}"
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        if node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
    ]
    assert found == []


def test_what_is_wrong_with_a_file_is_said_in_both_languages() -> None:
    """No reader has a sentence of its own: what it finds wrong, and what it warns of, are sayings."""
    found = [
        f"{module}: line {node.lineno}"
        for module, tree in MODULES.items()
        if module.startswith("ingest.")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"fault", "Member"}
        for arg in node.args[1:]
        if isinstance(arg, ast.JoinedStr) or (isinstance(arg, ast.Constant) and arg.value is not None)
    ]
    assert found == []


def test_a_saying_is_english_for_logs_and_in_the_language_of_who_reads_it() -> None:
    error = ReadError(saying("no folder", path=Path("a.html"), folder=Path("b")))
    assert str(error) == "cannot write a.html: the folder b does not exist; create it first"
    with speaking("vi"):
        assert said(error) == "không ghi được a.html: thư mục b không tồn tại; hãy tạo thư mục trước"
    assert said("a word of somebody else") == "a word of somebody else"
    assert str(said(ReadError("no key"))) == "no key"  # what has no key is shown as it is


def test_a_saying_may_hold_sayings_and_goes_to_another_process() -> None:
    inner = system_words(FileNotFoundError(2, "whatever the system calls it"))
    error = pickle.loads(pickle.dumps(ReadError(saying("file not written", path="x", reason=inner))))
    with speaking("vi"):
        assert "không có tệp hoặc thư mục này" in str(said(error))
    with speaking("en"):
        assert "No such file or directory" in str(said(error))


# ---- which language -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "environment", "language"),
    [
        # nothing is known: the documents are Vietnamese, and so is who reads them; Windows, which sets none of these
        ("who 33/CT-TTg", {}, "vi"),
        ("who 33/CT-TTg", {"LANG": "C.UTF-8"}, "vi"),
        ("who 33/CT-TTg", {"LANG": "POSIX"}, "vi"),
        # the locale
        ("who 33/CT-TTg", {"LANG": "vi_VN.UTF-8"}, "vi"),
        ("who 33/CT-TTg", {"LANG": "en_US.UTF-8"}, "en"),
        ("who 33/CT-TTg", {"LANG": "vi_VN", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ("who 33/CT-TTg", {"LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN"}, "vi"),
        # neither of both: English is the likelier second language
        ("who 33/CT-TTg", {"LANG": "de_DE.UTF-8"}, "en"),
        # what is set for the program is stronger than the locale; nonsense there counts for nothing here
        ("who 33/CT-TTg", {"LANG": "en_US.UTF-8", "THONGSUOT_LANG": "vi"}, "vi"),
        ("who 33/CT-TTg", {"LANG": "vi_VN", "THONGSUOT_LANG": "EN"}, "en"),
        ("who 33/CT-TTg", {"LANG": "vi_VN", "THONGSUOT_LANG": "xx"}, "vi"),
        # what is asked for on the line is stronger than both, before the command or after it
        ("--lang en who 33/CT-TTg", {"THONGSUOT_LANG": "vi"}, "en"),
        ("who 33/CT-TTg --lang=en", {"THONGSUOT_LANG": "vi"}, "en"),
        ("who --help --lang en", {}, "en"),
        # after -- stand words, no options
        ("search -- --lang en", {}, "vi"),
    ],
)
def test_which_language(line: str, environment: dict[str, str], language: str) -> None:
    assert wanted(line.split(), environment) == language


# ---- help and what click says ---------------------------------------------------------------------------------------

COMMANDS = {"group": group, **group.commands}
OPTIONS = [
    (name, max(option.opts, key=len))
    for name, command in COMMANDS.items()
    for option in command.params
    if isinstance(option, click.Option)
]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_in_both_languages(name: str) -> None:
    with speaking("en"):
        english = COMMANDS[name].help
    with speaking("vi"):
        vietnamese = COMMANDS[name].help
    assert english
    assert vietnamese
    assert name in spoken.vietnamese()
    assert re.findall(r"thongsuot .*?(?=   |$)", vietnamese, re.MULTILINE)


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_has_help_in_both_languages(command: str, option: str) -> None:
    assert {f"{command} {option}", option} & set(spoken.vietnamese())
    assert next(o for o in COMMANDS[command].params if option in o.opts and isinstance(o, click.Option)).help


def test_help_is_of_what_there_is() -> None:
    names = {*COMMANDS, *(option for _, option in OPTIONS), *(f"{name} {option}" for name, option in OPTIONS)}
    assert set(spoken.vietnamese()) - names - {"--help"} == set()


@pytest.mark.parametrize("row", data.table("click"), ids=lambda row: row["en"])
def test_what_click_says_fills_the_same_places(row: dict[str, str]) -> None:
    assert set(places(row["vi"])) == set(places(row["en"]))


@pytest.mark.parametrize(
    ("line", "vietnamese", "english"),
    [
        ("who", "Lỗi: Thiếu tham số 'REF'", "Error: Missing argument 'REF'"),
        ("whu", "Không có lệnh 'whu'. Có phải ý bạn là 'who'?", "No such command 'whu'. Did you mean 'who'?"),
        ("who x --wthin y", "Không có tùy chọn '--wthin'. Có phải", "No such option '--wthin'. Did you mean"),
        ("who x --as-of hôm-qua", "Giá trị không hợp lệ cho '--as-of'", "Invalid value for '--as-of'"),
        ("who x --format pdf", "'pdf' không nằm trong số: 'table'", "'pdf' is not one of 'table'"),
        ("search x --limit 0", "nằm ngoài khoảng", "is not in the range"),
        ("who x --lang", "cần một giá trị", "requires an argument"),
        ("--help", "Cách dùng: thongsuot [TÙY CHỌN] LỆNH", "Usage: thongsuot [OPTIONS] COMMAND"),
        ("who --help", "--missing                  Những đơn vị", "--missing                  The units expected"),
    ],
)
def test_what_click_says(run: Callable[..., Result], line: str, vietnamese: str, english: str) -> None:
    for language, words in (("vi", vietnamese), ("en", english), ("vi", vietnamese)):
        assert words in run("--lang", language, *line.split()).output
