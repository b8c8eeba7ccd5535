"""The command that reminds receivers of transmittals that they haven't acknowledged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, folder_named
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.i18n import N_, tr, trn
from handover.model.documents.transmittal import Transmittal
from handover.pack.reminding import Waiting, remind, waiting
from handover.registers.acts import taking
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "remind",
        help=tr(
            "List who hasn't acknowledged which transmittal, and for how many days. With --to, write an e-mail draft "
            "(.eml) for each of them into a folder and note the day. Exit code 1 where somebody has no address. "
            "JSON: {shape}.",
            shape='{"waiting":[{"transmittal","name","address","days","reminded_on"}],"files":[],"without_address":[]}',
        ),
    )(remind_of)


def remind_of(
    workspace: WorkspaceFile,
    project: ProjectCode,
    refs: Annotated[
        list[str] | None,
        typer.Argument(help=tr("References of transmittals; all that wait without one."), metavar="[REF...]"),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help=tr("The folder for the drafts."), metavar="DIR", parser=folder_named)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Remind the receivers of transmittals."""
    files: list[Path] = []
    without: list[str] = []
    with Workspace.open(workspace, "read") if to is None else at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            keys = _wanted(connection, owner.id, refs or [])
        late = [(ref, each) for key, ref in keys for each in waiting(opened, key)]
        if to is not None:
            for key, _ in keys:
                if waiting(opened, key):
                    done = remind(opened, owner.id, key, to)
                    files += done.files
                    without += done.without_address
    if as_json:
        talk.data({"waiting": [_plain(ref, each) for ref, each in late], "files": [str(path) for path in files],
                   "without_address": without})  # fmt: skip
    else:
        _tell(late, files, without)
    if without:
        raise typer.Exit(FINDINGS)


def _wanted(connection: Connection, project_id: str, refs: list[str]) -> list[tuple[str, str]]:
    """The keys and references of the transmittals that are named, or of all that wait for somebody."""
    if refs:
        unlike = N_("{ref} is no transmittal.")
        return [(taking.key_of(connection, project_id, ref, Transmittal, unlike), ref.upper()) for ref in refs]
    here = (Transmittal.project_id == project_id, Transmittal.deleted_at.is_(None), Transmittal.unacknowledged())
    found = connection.execute(select(Transmittal.id, Transmittal.ref).where(*here).order_by(Transmittal.ref))
    return [(row.id, row.ref) for row in found]


def _plain(ref: str, each: Waiting) -> dict[str, object]:
    reminded = each.reminded_on.isoformat() if each.reminded_on is not None else None
    return {"transmittal": ref, "name": each.name, "address": each.address, "days": each.days, "reminded_on": reminded}


def _tell(late: list[tuple[str, Waiting]], files: list[Path], without: list[str]) -> None:
    if not late:
        talk.line(tr("Nobody is left to be reminded."))
        return
    headings = [tr("Transmittal"), tr("Receiver"), tr("E-mail"), tr("Days"), tr("Reminded on")]
    rows = [
        [ref, each.name, each.address or "–", str(each.days), each.reminded_on.isoformat() if each.reminded_on else ""]
        for ref, each in late
    ]
    talk.table(headings, rows)
    for path in files:
        talk.line(tr("Written: {place}", place=talk.shown_path(path)))
    for name in without:
        talk.aside(tr("No address is known of {name}.", name=name))
    if files:
        talk.line(trn("{n} draft was written.", "{n} drafts were written.", len(files)))
