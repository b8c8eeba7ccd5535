"""The command ``handover``: the language, the errors and the exit codes of all its commands."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress
from typing import NoReturn

from handover import i18n
from handover.children import run_as_child
from handover.cli.exits import DONE, INTERRUPTED, WRONG_USE
from handover.i18n import tr


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code; see ``handover.cli.exits``."""
    words = sys.argv[1:] if arguments is None else arguments
    if (status := run_as_child(words)) is not None:  # a frozen program starts itself to read a file under limits
        sys.exit(status)
    if not words:  # the window needs none of the commands, nor what they load
        from ui.__main__ import open_window

        sys.exit(open_window([]))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    """Carry out a command; whatever goes wrong is a sentence and the exit code that fits it."""
    try:
        i18n.use(_language(words) or i18n.system_language())
        # The commands carry their help texts, so that they are imported once the language is known.
        gc.disable()  # nothing that is loaded becomes garbage
        from handover.cli.commands import program

        gc.freeze()
        gc.enable()
        done = program()(words, prog_name="handover", standalone_mode=False)
        sys.stdout.flush()
        return done if isinstance(done, int) else DONE
    except SystemExit as leaving:  # only a pipe that nobody reads any more ends the commands so
        return DONE if leaving.code == 1 else int(leaving.code or DONE)
    except BrokenPipeError:
        _let_go_of_output()
        return DONE
    except BaseException as error:  # noqa: BLE001 - the last place where a fault can be told from a result
        return _tell(error)


def _tell(error: BaseException) -> int:
    from typer._click.exceptions import ClickException
    from typer.exceptions import Abort

    from handover.cli import talk
    from handover.cli.faults import told

    if isinstance(error, ClickException):  # wrong use, as the parser found it
        from handover.cli.usage import told_of_use

        for line in told_of_use(error):
            talk.aside(line)
        return WRONG_USE
    if isinstance(error, Abort):
        talk.aside(tr("Stopped. Nothing was changed."))
        return INTERRUPTED
    sentence, detail, code = told(error)
    with suppress(OSError):
        talk.aside(sentence)
        if detail:
            talk.aside(detail)
    return code


def _let_go_of_output() -> None:
    """Write the rest of the output nowhere, so that its end is no fault either."""
    import os

    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(words: list[str]) -> str:
    for at, word in enumerate(words):
        if word == "--speak" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--speak="):
            return word.partition("=")[2]
    return ""


if __name__ == "__main__":
    main()
