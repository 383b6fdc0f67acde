"""How the program ends: every error as a sentence that names the thing and the remedy, never as a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from kg.language import phrase, said, system_words
from kg.model import QueryError, ThongsuotError
from present.console import talk
from present.spoken import Spoken, spoken, teach_click

DONE, FAILED, NOT_UNDERSTOOD, INTERRUPTED = 0, 1, 2, 130
DEBUG = "THONGSUOT_DEBUG"


class Program(Spoken, click.Group):
    """The group of all commands; whatever goes wrong inside ends in a sentence and an exit code."""

    def main(self, args: Sequence[str] | None = None, *given: Any, **named: Any) -> Any:
        """Answer a command line, all of it in one language."""
        teach_click()
        with spoken(args):
            return super().main(args, *given, **named)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with mannered():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextmanager
def mannered() -> Iterator[None]:
    """Turn errors into a sentence and an exit code: 0 done, 1 failed, 2 not understood, 130 stopped."""
    try:
        yield
    except ThongsuotError as error:
        raise told(str(said(error)), NOT_UNDERSTOOD if isinstance(error, QueryError) else FAILED) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        talk(f"\n{phrase('stopped')}")
        raise click.exceptions.Exit(INTERRUPTED) from None
    except OSError as error:
        if is_closed_pipe(error):
            close_quietly()
            raise click.exceptions.Exit(DONE) from None
        raise told(f"{error.filename or 'thongsuot'}: {said(system_words(error))}", FAILED) from error
    except MemoryError:
        raise told(phrase("no memory"), FAILED) from None
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        words = phrase("own fault", error=f"{type(error).__name__}: {error}", setting=f"{DEBUG}=1")
        raise told(words, FAILED) from error


class Told(click.ClickException):
    """A sentence for the person at the keyboard, and the exit code that goes with it."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.exit_code = code  # type: ignore[misc]  # click declares it for the class and reads it from the instance


def told(sentence: str, code: int) -> click.ClickException:
    """Return the exception by which click prints `sentence` and ends with `code`."""
    return Told(sentence, code)


def is_closed_pipe(error: OSError) -> bool:
    """Tell whether who read our output has gone (`| head`); Windows says it with EINVAL."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def close_quietly() -> None:
    """Let what is still to be flushed at the end go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a stdout without a descriptor, as in tests
        pass
    finally:
        os.close(nowhere)
