"""Commands on papers: labels for boxes and originals, reading a box back, the forms of the trade."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.exits import FINDINGS
from handover.errors import NotFound
from handover.i18n import N_, tr, trn
from handover.model.documents.box import Box
from handover.pack.labels import label_sheet, labels_of, write_labels
from handover.pack.produce import language_of
from handover.pack.trade_forms import form_of, trade_forms, write_form
from handover.registers import catalogue
from handover.registers.acts import taking
from handover.registers.files.reading_back import BoxedPaper, BoxReading
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("labels", help=tr("Write labels with QR codes as a PDF to print, such as those of boxes."))(labels)
    app.command(
        "read-back",
        help=tr(
            "Compare the papers in a box with its list: codes are typed, or read from a file, or from standard input "
            "with “-”. Exit code 1 where one is missing or doesn't belong. JSON: {shape}.",
            shape='{"box","complete","missing":[],"lent":[],"read":[{"code","outcome","ref"}]}',
        ),
    )(read_back)
    app.command("form", help=tr("Write a form of the trade as .pdf or .xlsx, such as the transfer list."))(form)


def labels(
    workspace: WorkspaceFile,
    register: Annotated[str, typer.Argument(help=tr("The register: boxes or documents."), metavar="REGISTER")],
    project: ProjectCode,
    to: Annotated[Path, typer.Option(help=tr("The file to write."), metavar="FILE")],
    refs: Annotated[
        list[str] | None, typer.Argument(help=tr("References; all rows without one."), metavar="[REF...]")
    ] = None,
    sheet: Annotated[str, typer.Option(help=tr("How many labels a sheet has."), metavar="14|8|24")] = "14",
    first: Annotated[int, typer.Option(help=tr("The place of the first label on the sheet."), metavar="N")] = 1,
) -> None:
    """Write labels as a PDF."""
    target = catalogue.register(register)
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            rows = [taking.row_of(connection, owner.id, ref) for ref in refs or ()]
        for ref, (of, _) in zip(refs or (), rows, strict=True):
            if of.key != target.key:
                raise NotFound(N_("{ref} is no row of {register}."), ref=ref, register=target.label)
        made = labels_of(opened, target, owner.id, [key for _, key in rows] if refs else None)
        sheets = write_labels(made, to, label_sheet(sheet), first=first, progress=talk.progress())
    said = trn("{n} label", "{n} labels", len(made))
    talk.line(trn("{labels} on {n} sheet written to {file}.", "{labels} on {n} sheets written to {file}.", sheets,
                  labels=said, file=talk.shown_path(to)))  # fmt: skip


def read_back(
    workspace: WorkspaceFile,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the box."), metavar="REF")],
    project: ProjectCode,
    codes: Annotated[
        list[str] | None, typer.Argument(help=tr("The codes that were read."), metavar="[CODE...]")
    ] = None,
    source: Annotated[
        str, typer.Option("--from", help=tr("A file with a code in each line, or “-”."), metavar="FILE")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Compare what lies in a box with its list."""
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            key = taking.key_of(connection, owner.id, ref, Box, N_("{ref} is no box."))
        reading = BoxReading(opened, owner.id, key)
    reading.take_all([*(codes or ()), *_lines(source)])
    if as_json:
        talk.data(
            {
                "box": reading.code, "complete": reading.complete,
                "missing": [paper.ref for paper in reading.missing], "lent": [paper.ref for paper in reading.lent],
                "read": [{"code": each.code, "outcome": each.outcome.value,
                          "ref": each.paper.ref if each.paper is not None else ""} for each in reading.read],
            }
        )  # fmt: skip
    else:
        _tell(reading)
    if not reading.complete:
        raise typer.Exit(FINDINGS)


def _lines(source: str) -> list[str]:
    if source == "-":
        return sys.stdin.read().splitlines()
    if not source:
        return []
    path = Path(source)
    if not path.is_file():
        raise NotFound(N_("There is no file {file}."), file=source)
    return path.read_text(encoding="utf-8-sig", errors="replace").splitlines()


def _tell(reading: BoxReading) -> None:
    for each in reading.read:
        talk.line(each.sentence)
    for paper in reading.lent:
        talk.line(tr("Lent to {name}: {paper}", name=paper.lent_to, paper=_said(paper)))
    for paper in reading.missing:
        talk.line(tr("Missing: {paper}", paper=_said(paper)))
    if reading.complete:
        talk.line(tr("{box} is complete.", box=reading.code))


def _said(paper: BoxedPaper) -> str:
    return " ".join(filter(None, (paper.ref, paper.number, paper.title)))


def form(
    workspace: WorkspaceFile,
    name: Annotated[
        str, typer.Argument(help=tr("One of: {forms}.", forms=", ".join(f.key for f in trade_forms())), metavar="FORM")
    ],
    to: Annotated[Path, typer.Option(help=tr("The file to write."), metavar="FILE")],
    project: Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")] = "",
    written_in: WrittenIn = "both",
) -> None:
    """Write a form of the trade."""
    wanted = form_of(name)
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project) if project else opened.only_project()
        n = write_form(opened, owner, wanted, to, language_of(written_in), talk.progress())
    talk.line(tr("{rows} written to {file}.", rows=trn("{n} row", "{n} rows", n), file=talk.shown_path(to)))
