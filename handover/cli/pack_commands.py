"""Commands that write packs: of a project, and of the sample."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import ProjectCode, WorkspaceFile
from handover.i18n import language, tr
from handover.pack.produce import Pack, make_pack
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("pack", help=tr("Write the handover pack of a project as PDF and Excel."))(pack)
    app.command("demo", help=tr("Make the sample workspace and its handover pack."))(demo)


def pack(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR")],
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the pack."), metavar="en|zh|both")
    ] = "both",
) -> None:
    """Write the handover pack of a project."""
    with Workspace.open(workspace, "read") as opened:
        made = make_pack(opened, opened.project(project), to, language=written_in, progress=talk.progress())
    _tell(made)


def demo(
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR")] = Path("handover-demo"),
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the sample."), metavar="en|zh")
    ] = "",
) -> None:
    """Make the sample workspace, import its task list, schedule it and write its pack."""
    from handover import sample

    chosen = written_in or language()
    path = sample.build(to / sample.FILE_NAME, chosen, talk.progress())
    talk.line(tr("Workspace: {file}", file=talk.shown_path(path)))
    with Workspace.open(path, "read") as opened:
        made = make_pack(opened, opened.projects()[0], to, language=chosen, progress=talk.progress())
    _tell(made)


def _tell(made: Pack) -> None:
    if made.pdf:
        talk.line(tr("PDF: {file}", file=talk.shown_path(made.pdf)))
    if made.workbook:
        talk.line(tr("Excel: {file}", file=talk.shown_path(made.workbook)))
    talk.line(tr("Manifest: {file}", file=talk.shown_path(made.manifest)))
