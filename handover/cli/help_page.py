"""What a command says of itself, with -h and above a word that it doesn't know, in the language of the program."""

from __future__ import annotations

import inspect
import shutil
from typing import TYPE_CHECKING, Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from handover.cli.wrapping import columns_of, first_sentence, wrapped
from handover.i18n import N_, tr

if TYPE_CHECKING:
    from typer._click.core import Command, Context

#: The widest page, and how far its second column may begin from the left.
_WIDEST, _FIRST = 78, 32
_SUBCOMMAND: Final = N_("COMMAND [ARGUMENTS]...")


class SpokenCommand(TyperCommand):
    """A command whose page and usage line speak the language of the program."""

    def get_usage(self, ctx: Context) -> str:
        """The line that shows how it is called."""
        return usage_line(self, ctx)

    def get_help(self, ctx: Context) -> str:
        """Its page."""
        return _page(self, ctx)


class SpokenGroup(TyperGroup):
    """All commands under one name, each with its first sentence."""

    def get_usage(self, ctx: Context) -> str:
        """The line that shows how they are called."""
        return usage_line(self, ctx)

    def get_help(self, ctx: Context) -> str:
        """The page that lists them."""
        return _page(self, ctx)


def speak(app: typer.Typer) -> None:
    """Let all commands that were added to an application speak."""
    for command in app.registered_commands:
        command.cls = SpokenCommand


def usage_line(command: Command, ctx: Context) -> str:
    """How a command is called: its options, what must be named, and in brackets what may be."""
    pieces = [tr("[OPTIONS]")]
    for each in command.params:
        if isinstance(each, TyperArgument):
            name = each.display_name_raw.strip("[]").removesuffix("...")
            many = "..." if each.nargs != 1 else ""
            pieces.append(f"{name}{many}" if each.required else f"[{name}{many}]")
    if isinstance(command, TyperGroup):
        pieces.append(tr(_SUBCOMMAND))
    return tr("Usage: {command}", command=" ".join([ctx.command_path, *pieces]))


def _page(command: Command, ctx: Context) -> str:
    width = min(_WIDEST, shutil.get_terminal_size().columns - 2)
    lines = [*wrapped(usage_line(command, ctx), width), ""]
    lines += ["  " + line for line in wrapped(inspect.cleandoc(command.help or ""), width - 2)]
    shown = [each for each in command.params if not getattr(each, "hidden", False)]
    arguments = [(_name(each), _explained(each)) for each in shown if isinstance(each, TyperArgument)]
    options = [(_name(each), _explained(each)) for each in shown if isinstance(each, TyperOption)]
    options.append((", ".join(sorted(ctx.help_option_names, key=len)), tr("Show this page.")))
    lines += _listed(tr("Arguments"), arguments, width) + _listed(tr("Options"), options, width)
    if isinstance(command, TyperGroup):
        widest = max((len(name) for name in command.commands), default=0)
        room = width - widest - 4
        rows = [(name, first_sentence(each.help or "", room)) for name, each in command.commands.items()
                if not each.hidden]  # fmt: skip
        lines += _listed(tr("Commands"), rows, width)
    return "\n".join(lines)


def _name(each: TyperArgument | TyperOption) -> str:
    if isinstance(each, TyperArgument):
        name = each.display_name_raw.strip("[]")
        return name if each.nargs == 1 or name.endswith("...") else f"{name}..."
    names = ", ".join([*each.opts, *each.secondary_opts])
    if each.is_flag:
        return names
    return f"{names} {each.metavar or _value_word(each)}"


def _value_word(each: TyperOption) -> str:
    kind = each.type_descriptor.annotation
    return tr("NUMBER") if kind in (int, float) else tr("FILE") if each.type_descriptor.is_path else tr("TEXT")


def _explained(each: TyperArgument | TyperOption) -> str:
    """What a parameter is for, that it must be given, and its value where none is."""
    said = (each.help or "").strip()
    if each.required:
        return "  ".join([said, tr("[required]")])
    default = each.default
    if isinstance(default, str | int | float) and not isinstance(default, bool) and default not in ("", 0):
        return "  ".join([said, tr("[without it: {value}]", value=default)])
    return said


def _listed(heading: str, rows: list[tuple[str, str]], width: int) -> list[str]:
    """A heading and what stands under it, in two columns; long names have a line of their own."""
    if not rows:
        return []
    first = min(max(columns_of(name) for name, _ in rows) + 4, _FIRST)
    lines = ["", tr("{heading}:", heading=heading)]
    for name, said in rows:
        texts = wrapped(said, max(width - first, 10))
        lead = f"  {name}"
        if columns_of(lead) > first - 2 or not texts:
            lines.append(lead)
        else:
            lines.append(lead + " " * (first - columns_of(lead)) + texts.pop(0))
        lines += [" " * first + text for text in texts]
    return lines
