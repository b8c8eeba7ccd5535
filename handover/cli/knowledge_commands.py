"""The command that writes or issues the knowledge-transfer plan."""

from __future__ import annotations

from typing import Annotated

import typer

from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.write_or_issue import IssueIt, PaperAsked, ToFile, write_or_issue
from handover.i18n import tr
from handover.pack.chapters.knowledge import issue_plan, wanted, write_plan
from handover.store.workspace import Workspace
from handover.wording import Language


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
    to: ToFile = None,
    issued: IssueIt = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the plan, issue it, or both."""

    def plan(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        with opened.read() as connection:
            asked = wanted(connection, owner.id, of)
        return PaperAsked(
            lambda path: write_plan(opened, owner, asked, path, language),
            lambda: issue_plan(opened, owner, asked, language),
        )

    write_or_issue(workspace, to, issued, written_in, as_json, plan)
