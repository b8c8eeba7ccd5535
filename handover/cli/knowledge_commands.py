"""The command that writes or issues the knowledge-transfer plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.pack.chapters.knowledge import issue_plan, wanted, write_plan
from handover.pack.produce import language_of
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "transfer-plan",
        help=tr(
            "Write the knowledge-transfer plan of a person, a system or the whole project with --to as .pdf or .xlsx, "
            "or issue it under its number with --issue. JSON: {shape}.",
            shape='{"number","title","file"}',
        ),
    )(transfer_plan)


def transfer_plan(
    workspace: WorkspaceFile,
    project: ProjectCode,
    of: Annotated[
        str, typer.Option("--for", help=tr("The reference of a person or a system; the whole without."), metavar="REF")
    ] = "",
    to: Annotated[Path | None, typer.Option(help=tr("The file to write."), metavar="FILE")] = None,
    issued: Annotated[bool, typer.Option("--issue", help=tr("Issue it under the next number."))] = False,
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the file."), metavar="en|zh|both")
    ] = "both",
    as_json: AsJson = False,
) -> None:
    """Write the plan, issue it, or both."""
    if to is None and not issued:
        raise NotValid(N_("Say with --to where to write it, or issue it with --issue."))
    language = language_of(written_in)
    told = {"number": "", "title": "", "file": str(to) if to is not None else ""}
    with at_work(workspace) if issued else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            asked = wanted(connection, owner.id, of)
        if to is not None:
            write_plan(opened, owner, asked, to, language)
        if issued:
            paper = issue_plan(opened, owner, asked, language)
            told |= {"number": paper.number, "title": paper.title}
    if as_json:
        talk.data(told)
        return
    if to is not None:
        talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
    if issued:
        talk.line(tr("Issued {number} {title}.", number=told["number"], title=told["title"]))
