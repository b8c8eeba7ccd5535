"""The command that writes a transmittal as it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, folder_named
from handover.cli.exits import FINDINGS
from handover.i18n import N_, tr, trn
from handover.model.documents.transmittal import Transmittal
from handover.pack.sending import send_out
from handover.registers.acts import taking
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "transmittal",
        help=tr(
            "Write a transmittal that was issued: its note, its files and their checksums, in a folder of its own or "
            "as an archive. Exit code 1 where a document has no file. JSON: {shape}.",
            shape='{"number","place","files":[],"without_file":[]}',
        ),
    )(transmittal)


def transmittal(
    workspace: WorkspaceFile,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the transmittal."), metavar="REF")],
    project: ProjectCode,
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR", parser=folder_named)],
    archive: Annotated[bool, typer.Option("--zip", help=tr("As one archive instead of a folder."))] = False,
    as_json: AsJson = False,
) -> None:
    """Write a transmittal as it is sent."""
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            key = taking.key_of(connection, owner.id, ref, Transmittal, N_("{ref} is no transmittal."))
        sent = send_out(opened, owner.id, key, to, archive=archive, progress=talk.progress())
    if as_json:
        talk.data({"number": sent.number, "place": str(sent.place), "files": list(sent.files),
                   "without_file": list(sent.without)})  # fmt: skip
    else:
        talk.line(tr("Written: {place}", place=talk.shown_path(sent.place)))
        talk.line(trn("{n} file", "{n} files", len(sent.files)))
        for document in sent.without:
            talk.aside(tr("{document} has no file.", document=document))
    if sent.without:
        raise typer.Exit(FINDINGS)
