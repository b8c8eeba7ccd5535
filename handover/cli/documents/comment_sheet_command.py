"""The command that writes a comment sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.i18n import tr, trn
from handover.pack.comment_sheet import sheet_of, write_comment_sheet
from handover.registers.acts import taking
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "comment-sheet",
        help=tr(
            "Write the comments on a revision, or on a document's current one, into a workbook to be filled in; "
            "“import” takes it back as changes, and only who raised a comment closes it. JSON: {shape}.",
            shape='{"file","comments"}',
        ),
    )(comment_sheet)


def comment_sheet(
    workspace: WorkspaceFile,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the revision or the document."), metavar="REF")],
    project: ProjectCode,
    to: Annotated[Path, typer.Option(help=tr("The file to write."), metavar="FILE")],
    written_in: WrittenIn = "en",
    as_json: AsJson = False,
) -> None:
    """Write a comment sheet."""
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            register, key = taking.row_of(connection, owner.id, ref)
            sheet = sheet_of(connection, register, key)
        n = write_comment_sheet(opened, owner, sheet, to, language=written_in, progress=talk.progress())
    if as_json:
        talk.data({"file": str(to), "comments": n})
    else:
        talk.line(trn("{n} comment written to {file}.", "{n} comments written to {file}.", n, file=talk.shown_path(to)))
