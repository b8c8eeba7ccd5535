"""The command that takes in a transmittal that came."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.exchange.transmittals.matching import standing_word
from handover.exchange.transmittals.opening import opened_parcel
from handover.exchange.transmittals.rehearsal import Rehearsed, rehearse
from handover.exchange.transmittals.taking_in import take_in
from handover.exchange.transmittals.told import SHAPE, as_data, head_said, notices_said, taken_said
from handover.i18n import tr
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "transmittal-in",
        help=tr(
            "Take in a transmittal that came: its list as a workbook, or a folder or .zip of its files. Numbers and "
            "revisions are held against the register, files against their checksums; one undo takes it back. Exit code "
            "1 where a file isn't what was sent or can't be read. JSON: {shape}.",
            shape=SHAPE,
        ),
    )(transmittal_in)


def transmittal_in(
    place: Annotated[Path, typer.Argument(help=tr("The workbook, folder or archive."), metavar="FILE|FOLDER")],
    into: Annotated[Path, typer.Option("--into", help=tr("The workspace."), metavar="WORKSPACE")],
    project: ProjectCode,
    add_documents: Annotated[
        bool, typer.Option("--add-documents", help=tr("Add documents of numbers that aren't in the register."))
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help=tr("Also where a transmittal of this number was taken in before."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a transmittal that came."""
    progress = talk.progress()
    with Workspace.open(into, "read") if dry_run else at_work(into) as workspace:
        owner = workspace.project(project)
        with opened_parcel(workspace, owner, place, progress) as parcel:
            run = rehearse(workspace, owner, parcel, progress)
            taken = None
            if not dry_run:
                taken = take_in(workspace, owner, run, add_documents=add_documents, again=again, progress=progress)
    if as_json:
        talk.data(as_data(run, taken))
    else:
        _tell(run)
        talk.line(taken_said(taken) if taken is not None else tr("Nothing was stored."))
    if run.wrong:
        raise typer.Exit(FINDINGS)


def _tell(run: Rehearsed) -> None:
    talk.line(head_said(run))
    headings = [tr("Where"), tr("Document no."), tr("Revision"), tr("What it is"), tr("Files"), tr("Remarks")]
    rows = [
        [
            each.line.place[:30],
            each.line.number or each.line.title[:40],
            each.line.code,
            standing_word(each.standing),
            str(len(each.line.files)),
            " ".join(run.said_of(each)),
        ]
        for each in run.lines
    ]
    talk.table(headings, rows)
    for said in notices_said(run):
        talk.aside(said)
