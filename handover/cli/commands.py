"""All commands under one name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from handover.cli import (
    exchange_commands,
    file_commands,
    find_command,
    knowing_commands,
    knowledge_commands,
    list_commands,
    matrix_command,
    meeting_commands,
    pack_commands,
    paper_commands,
    plan_commands,
    project_commands,
    score_command,
    seal_commands,
    step_commands,
    week_command,
    workspace_commands,
)
from handover.cli.documents import (
    comment_sheet_command,
    lending_commands,
    remind_command,
    requirement_commands,
    scheme_commands,
    transmittal_commands,
    transmittal_in_command,
)
from handover.cli.help_page import SpokenGroup, speak
from handover.cli.proving import acceptance_commands, certificate_command, gate_commands, run_commands
from handover.i18n import tr

if TYPE_CHECKING:
    from typer._click.core import Command

app = typer.Typer(
    name="handover",
    cls=SpokenGroup,
    help=tr(
        "Takes what was built into operation: plan, documents, knowledge and handover packs in one local file. "
        "Without a command the window opens. Exit codes: 0 done, 1 done with findings or rejected rows, "
        "2 wrong use, 3 the file can't be used, 4 a fault of the program, 5 a question is open and nothing was stored."
    ),
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from handover import __version__

        typer.echo(f"Handover {__version__}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    speak: Annotated[str, typer.Option(help=tr("Language of the messages: en or zh."), metavar="en|zh")] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=tr("Show the version."))
    ] = False,
) -> None:
    """Open the window when no command is given."""
    del speak, version  # read before the commands were made
    if context.invoked_subcommand is None:
        from ui.__main__ import open_window

        raise typer.Exit(open_window([]))


for _module in (
    workspace_commands,
    find_command,
    project_commands,
    file_commands,
    exchange_commands,
    step_commands,
    scheme_commands,
    transmittal_commands,
    requirement_commands,
    transmittal_in_command,
    comment_sheet_command,
    lending_commands,
    remind_command,
    knowledge_commands,
    knowing_commands,
    matrix_command,
    meeting_commands,
    score_command,
    week_command,
    pack_commands,
    paper_commands,
    seal_commands,
    plan_commands,
    list_commands,
    acceptance_commands,
    run_commands,
    gate_commands,
    certificate_command,
):
    _module.register_with(app)
speak(app)


@cache
def program() -> Command:
    """All commands as the parser takes them; to make them from their functions takes longer than many a command."""
    return get_command(app)
