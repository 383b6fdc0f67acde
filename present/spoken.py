"""The command line in one language: which one, its help, and what click itself says.

`--lang` before or after the command decides, else THONGSUOT_LANG, else the locale. A locale in a language other than
Vietnamese gives English; none, or C, gives Vietnamese. Windows sets no such variable and is not asked further: most
offices in Vietnam work on an English Windows, so that its language tells nothing about who sits before it, and whoever
reads these documents reads Vietnamese.

English help stands in the code, beside what it is about; Vietnamese help in data/help.csv under the name of the command
and of its option ("who --level"), or of the option alone ("--output"). What click says is in data/click.csv.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import click

from data import table
from kg.language import LANGUAGES, chosen, language, speaking

VARIABLE = "THONGSUOT_LANG"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts
EXAMPLES = "\b\n"  # what click wants before lines that stay as they are; in our help the examples come last


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language for a command line."""
    return asked(arguments) or chosen() or named(environment.get(VARIABLE, "")) or of_locale(environment)


def asked(arguments: Sequence[str]) -> str | None:
    """Return the language that --lang names among the arguments, wherever it stands."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == "--lang" and (known := named(value if equals else following)):
            return known
    return None


def named(value: str) -> str | None:
    """Return the language that `value` is, None when it is none of ours."""
    return value.lower() if value.lower() in LANGUAGES else None


def of_locale(environment: Mapping[str, str]) -> str:
    """Return the language of the locale: Vietnamese where it is vi_VN, unset or C, else English."""
    name = next((value for variable in LOCALE if (value := environment.get(variable))), "")
    spoken = name.partition(".")[0].partition("_")[0].lower()
    return "vi" if spoken in {"", "c", "posix", "vi"} else "en"


# ---- help -----------------------------------------------------------------------------------------------------------


class Spoken(click.Command):
    """A command whose help is in the language spoken, and which takes --lang."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.params.append(language_option())

    @property
    def help(self) -> str | None:
        """The help: of the code in English, of the table in Vietnamese, with the same examples."""
        return in_language(self._help, str(self.name))

    @help.setter
    def help(self, words: str | None) -> None:
        self._help = words

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what the line of usage consists of."""
        return [click_words(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help, its words in English as all others are made."""
        with speaking("en"):
            return super().get_help_option(ctx)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an error names the variable that gave a value, in the language spoken."""
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            option = error.param
            if error.param_hint is None and isinstance(option, click.Option) and option.show_envvar and option.envvar:
                variable = click_words("env var: {var}").format(var=option.envvar)
                error.param_hint = f"{click.Parameter.get_error_hint(option, ctx)} ({variable})"
            raise

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, their help in the language spoken."""
        params = super().get_params(ctx)
        for param in params:
            if isinstance(param, click.Option):
                translate(param, str(self.name))
        return params


def in_language(words: str | None, name: str) -> str | None:
    """Return the help of a command in the language spoken; what the table lacks stays as it is."""
    own = vietnamese().get(name)
    if language() == "en" or own is None or words is None:
        return words
    if EXAMPLES in own:
        return own
    _, mark, examples = inspect.cleandoc(words).partition(EXAMPLES)
    first, _, rest = examples.partition("\n")
    return f"{own}\n\n{mark}{click_words(first)}\n{rest}" if mark else own


def translate(option: click.Option, command: str) -> None:
    """Let an option's help be in the language spoken."""
    english: str | None = vars(option).setdefault("english_help", option.help)
    name = max(option.opts, key=len)
    own = vietnamese().get(f"{command} {name}", vietnamese().get(name))
    if isinstance(option.type, click.IntRange):
        option.type.name = click_words(click.IntRange.name)
    option.help = english if language() == "en" or own is None else own


@cache
def vietnamese() -> dict[str, str]:
    """Return the Vietnamese help by its keys."""
    return {row["key"]: row["vi"].replace(r"\b", "\b") for row in table("help")}


def language_option() -> click.Option:
    """Return the option --lang; `wanted` has read it before anything is said."""
    return click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help="Speak Vietnamese or English.  [default: that of the system, else vi]",
    )


# ---- what click says ------------------------------------------------------------------------------------------------


def click_words(english: str) -> str:
    """Return what click says, in the language spoken; what the table lacks stays English."""
    return english if language() == "en" else click_table().get(english, english)


def click_counts(one: str, many: str, count: int) -> str:
    """Return what click says of a number of things; Vietnamese has one form for one and many."""
    return click_words(one if count == 1 else many)


@cache
def click_table() -> dict[str, str]:
    """Return what click says in Vietnamese by its English words."""
    return {row["en"]: row["vi"] for row in table("click")}


def teach_click() -> None:
    """Let click say its own words by our table: its gettext wants compiled files, which nobody can read or mend."""
    for name, module in list(sys.modules.items()):
        if name.startswith("click."):
            for known, ours in (("_", click_words), ("ngettext", click_counts)):
                if callable(vars(module).get(known)):
                    setattr(module, known, ours)


def spoken(arguments: Sequence[str] | None) -> Any:
    """Return the context in which a command line is answered in its language."""
    return speaking(wanted(sys.argv[1:] if arguments is None else arguments, os.environ))
