"""The command for matrices: shows one, writes it to a file, and takes it back from Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotValid
from handover.exchange.importing.matrix_changes import CellChange, MatrixBack, read_back, store_back
from handover.i18n import N_, tr, trn
from handover.model import Project
from handover.pack.produce import language_of
from handover.pack.single.matrix_file import write_matrix
from handover.registers import show
from handover.registers.matrix.declaration import Matrix, MatrixFinding, MatrixHead
from handover.registers.matrix.reading import HeadsWanted, MatrixReading, matrix_named, read_matrix
from handover.registers.query import Query
from handover.store.workspace import Workspace

_SHAPE = (
    '{"matrix","down":[{"ref","name","findings":[…]}],"across":[{"ref","name","mark","findings":[…]}],'
    '"cells":[{"down","across","values":[…]}]}; --from: {"changes":[{"down","across","before","after"}],'
    '"conflicts":[…],"refused":[{"cell","text","reason"}],"stored"}'
)


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "matrix",
        help=tr(
            "Show a matrix such as raci, write it with --to as .xlsx or .pdf, or take it back from Excel with --from. "
            "Exit code 1 when a line breaks a rule, or a cell that comes back was refused. JSON: {shape}.",
            shape=_SHAPE,
        ),
    )(matrix)


def matrix(
    workspace: WorkspaceFile,
    key: Annotated[str, typer.Argument(help=tr("Which matrix."), metavar="KEY")],
    project: ProjectCode,
    to: Annotated[Path | None, typer.Option(help=tr("The file to write."), metavar="FILE")] = None,
    back: Annotated[
        Path | None, typer.Option("--from", help=tr("The workbook that comes back."), metavar="FILE.xlsx")
    ] = None,
    down: Annotated[str, typer.Option(help=tr("Only rows whose heads contain this text."))] = "",
    across: Annotated[str, typer.Option(help=tr("Only columns whose heads contain this text."))] = "",
    conflicts: Annotated[
        str,
        typer.Option(
            help=tr("Which value stands where both sides changed it since the file was exported."),
            metavar="ours|theirs",
        ),
    ] = "ours",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    written_in: WrittenIn = "en",
    as_json: AsJson = False,
) -> None:
    """Show a matrix, write it, or take it back."""
    known = matrix_named(key)
    if back is not None:
        _take_back(workspace, project, known, back, conflicts, dry_run, as_json)
        return
    wanted = (HeadsWanted(Query(text=down)), HeadsWanted(Query(text=across)))
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        if to is not None:
            _write(opened, owner, known, to, written_in, wanted)
            return
        with opened.read() as connection:
            reading = read_matrix(connection, known, owner.id, *wanted)
    found = {**reading.findings("down"), **reading.findings("across")}
    if as_json:
        talk.data(_as_json(reading, found))
    else:
        _print(reading, found)
    if found:
        raise typer.Exit(FINDINGS)


def _write(
    opened: Workspace,
    owner: Project,
    known: Matrix,
    to: Path,
    written_in: str,
    wanted: tuple[HeadsWanted, HeadsWanted],
) -> None:
    down, across = wanted
    rows, columns = write_matrix(
        opened, owner, known, to, language=language_of(written_in), down=down, across=across, progress=talk.progress()
    )
    talk.line(
        tr(
            "{rows} of {columns} written to {file}.",
            rows=trn("{n} row", "{n} rows", rows),
            columns=trn("{n} column", "{n} columns", columns),
            file=talk.shown_path(to),
        )
    )


def _print(reading: MatrixReading, found: dict[str, list[MatrixFinding]]) -> None:
    """The matrix with a reference over each column, what the references mean, and what is wrong."""
    headings = [tr("Ref."), reading.matrix.down_field.label, *(head.ref for head in reading.across)]
    rows = [
        [head.ref, head.name, *(reading.text(head.id, each.id) for each in reading.across)] for head in reading.down
    ]
    talk.table(headings, rows)
    talk.line()
    for head in reading.across:
        mark = f" ({head.mark})" if head.mark else ""
        talk.line(f"{head.ref}  {head.name}{mark}")
    if reading.letters.options:
        talk.line("  ".join(f"{each.letter} = {each.word}." for each in reading.letters.options))
    for findings in found.values():
        for each in findings:
            talk.aside(str(each.reason))


def _as_json(reading: MatrixReading, found: dict[str, list[MatrixFinding]]) -> dict[str, Any]:  # Any: JSON's values
    def told(head: MatrixHead) -> dict[str, Any]:  # Any: as above
        return {"ref": head.ref, "name": head.name, "findings": [str(each.reason) for each in found.get(head.id, ())]}

    letters = reading.letters.by_value
    return {
        "matrix": reading.matrix.key,
        "down": [told(head) for head in reading.down],
        "across": [{**told(head), "mark": head.mark} for head in reading.across],
        "cells": [
            {
                "down": down.ref,
                "across": across.ref,
                "values": [letters[v].letter if v in letters else show.plain(v) for v in values],
            }
            for down in reading.down
            for across in reading.across
            if (values := reading.values(down.id, across.id))
        ],
    }


def _take_back(
    workspace: Path, project: str, known: Matrix, path: Path, conflicts: str, dry_run: bool, as_json: bool
) -> None:
    if conflicts not in ("ours", "theirs"):
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=conflicts, allowed="ours, theirs")
    with Workspace.open(workspace, "read") if dry_run else at_work(workspace) as opened:
        owner = opened.project(project)
        back = read_back(opened, owner, path, known, theirs=conflicts == "theirs", progress=talk.progress())
        if not dry_run and back.wanted:
            store_back(opened, owner, back)
    if as_json:
        talk.data(_back_as_json(back, stored=not dry_run))
    else:
        _tell_back(back, dry_run)
    if back.refused or back.conflicts:
        raise typer.Exit(FINDINGS)


def _tell_back(back: MatrixBack, dry_run: bool) -> None:
    for each in back.changes:
        talk.line(f"{each.down.ref} {each.down.name} / {each.across.name}: {each.before or '–'} → {each.after or '–'}")
    count = len(back.changes)
    if dry_run:
        talk.line(trn("{n} cell will change.", "{n} cells will change.", count))
    else:
        talk.line(trn("{n} cell changed.", "{n} cells changed.", count))
    for change in back.conflicts:
        talk.aside(
            tr("{down} / {across} was changed here, too: it says {ours}, the workbook says {theirs}.",
               down=change.down.ref, across=change.across.name, ours=change.before or "–", theirs=change.after or "–")
        )  # fmt: skip
    for refusal in back.refused:
        talk.aside(f"{refusal.address}: {refusal.text}: {refusal.reason}")


def _back_as_json(back: MatrixBack, *, stored: bool) -> dict[str, Any]:  # Any: as above
    def told(changes: list[CellChange]) -> list[dict[str, str]]:
        return [{"down": c.down.ref, "across": c.across.ref, "before": c.before, "after": c.after} for c in changes]

    refused = [{"cell": each.address, "text": each.text, "reason": each.reason} for each in back.refused]
    return {"changes": told(back.changes), "conflicts": told(back.conflicts), "refused": refused, "stored": stored}
