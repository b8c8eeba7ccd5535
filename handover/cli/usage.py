"""Wrong use of a command, in the language of the program: what its parser found, said by what it knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from typer.core import TyperGroup

from handover.cli.help_page import usage_line
from handover.i18n import tr

if TYPE_CHECKING:
    from typer._click.core import Context
    from typer._click.exceptions import ClickException, UsageError
    from typer.core import _TyperParameter


def told_of_use(error: ClickException) -> list[str]:
    """What is said of an error of the parser, line by line: how the command is called, where help is, what is wrong."""
    context: Context | None = getattr(error, "ctx", None)
    lines = []
    if context is not None:
        lines.append(usage_line(context.command, context))
        if context.help_option_names:
            page = f"{context.command_path} {min(context.help_option_names, key=len)}"
            lines += [tr("More: {command}", command=page), ""]
    return [*lines, _what(error)]


def _what(error: ClickException) -> str:
    from typer._click import exceptions as parser

    match error:
        case parser.MissingParameter():
            return _missing(error)
        case parser.NoSuchOption():
            return _no_option(error)
        case parser.BadOptionUsage():
            if "not take a value" in error.message:
                return tr("The option {option} takes no value.", option=error.option_name)
            return tr("The option {option} needs a value.", option=error.option_name)
        case parser.BadParameter() if error.param is not None:
            return _bad_value(error)
        case parser.UsageError():
            return _of_words(error)
    return error.format_message()


def _missing(error: ClickException) -> str:
    param: _TyperParameter | None = getattr(error, "param", None)
    if param is None:
        return error.format_message()
    if param.param_type_name == "option":
        return tr("The option {option} is missing.", option=" / ".join(param.opts))
    return tr("{argument} is missing.", argument=param.display_name_raw.strip("[]"))


def _no_option(error: ClickException) -> str:
    name, near = str(getattr(error, "option_name", "")), getattr(error, "possibilities", None)
    return _with_near(tr("There is no option {option}.", option=name), sorted(near or ()))


def _bad_value(error: ClickException) -> str:
    """A value that the option or argument can't take, with the value where the check names it."""
    from pydantic import ValidationError

    param: _TyperParameter | None = getattr(error, "param", None)
    name = " / ".join(param.opts) if param is not None else ""
    cause = error.__cause__
    if not isinstance(cause, ValidationError) or not cause.errors():
        return tr("{option}: {why}", option=name, why=error.message)
    first = cause.errors()[0]
    value, bounds = first["input"], first.get("ctx", {})
    match first["type"]:
        case "int_parsing" | "int_from_float" | "int_type":
            return tr("{option} wants a whole number, not “{value}”.", option=name, value=value)
        case "float_parsing" | "float_type":
            return tr("{option} wants a number, not “{value}”.", option=name, value=value)
        case "greater_than_equal":
            return tr("{option} is at least {least}, not {value}.", option=name, least=bounds.get("ge"), value=value)
        case "less_than_equal":
            return tr("{option} is at most {most}, not {value}.", option=name, most=bounds.get("le"), value=value)
    return tr("{option} can't be “{value}”.", option=name, value=value)


def _of_words(error: UsageError) -> str:
    """Words of the line that name no command, or are too many; the parser says of them nothing but a sentence."""
    context = error.ctx
    if context is None:
        return error.format_message()
    if isinstance(context.command, TyperGroup):
        words = _quoted(error.message)
        if not words:
            return tr("Say what is to be done.")
        near = get_close_matches(words[0], list(context.command.commands))
        return _with_near(tr("There is no command “{command}”.", command=words[0]), near)
    if "unexpected extra" in error.message:
        return tr("Too many words: {words}", words=error.message.partition("(s) (")[2].removesuffix(")"))
    return error.format_message()


def _with_near(said: str, near: Sequence[str]) -> str:
    """A sentence, and what may have been meant instead."""
    return " ".join([said, tr("Perhaps: {names}.", names=", ".join(near))]) if near else said


def _quoted(message: str) -> list[str]:
    """What stands in quotes in a sentence of the parser."""
    return message.replace('"', "'").split("'")[1::2]
