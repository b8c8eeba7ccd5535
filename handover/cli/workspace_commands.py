"""Commands on a workspace: make one, look into it, check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.__main__ import FINDINGS
from handover.i18n import N_, tr, trn
from handover.model.project import Project
from handover.registers import catalogue, show
from handover.registers.query import Query, count, every
from handover.store.check import check as check_file
from handover.store.workspace import Workspace

WorkspaceFile = Annotated[Path, typer.Argument(help=tr("The workspace, a .handover file."), metavar="WORKSPACE")]
ProjectCode = Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")]
AsJson = Annotated[bool, typer.Option("--json", help=tr("Print JSON for scripts."))]


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("new", help=tr("Make a workspace with one empty project."))(new)
    app.command(
        "projects",
        help=tr(
            "List the projects. JSON: a list of {shape}.",
            shape='{"code","name","tasks","documents","knowledge_items"}',
        ),
    )(projects)
    app.command(
        "list",
        help=tr(
            "List the rows of a register: tasks, documents, knowledge, systems, people, organisations, groups, "
            "members. JSON: a list of objects with the register's field keys, dates as ISO text, references as ref."
        ),
    )(list_rows)
    app.command(
        "check",
        help=tr(
            "Check a workspace for damage and say in plain words what is wrong. JSON: {shape}.",
            shape='{"ok","findings":[{"kind","message"}]}',
        ),
    )(check)


def new(
    file: Annotated[Path, typer.Argument(help=tr("The workspace to make."), metavar="FILE")],
    code: Annotated[str, typer.Option(help=tr("The code of its project."))] = "P-01",
    name: Annotated[str, typer.Option(help=tr("The name of its project."))] = "",
) -> None:
    """Make a workspace with one empty project."""
    path = file if file.suffix else file.with_suffix(".handover")
    with (
        Workspace.create(path) as workspace,
        workspace.edit(N_("Create project {code}"), source="cli", code=code) as work,
    ):
        work.add(Project(code=code, name=name or path.stem))
    talk.line(tr("Made {file} with the project {code}.", file=talk.shown_path(path), code=code))


def projects(workspace: WorkspaceFile, as_json: AsJson = False) -> None:
    """List the projects of a workspace."""
    found = []
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        for project in opened.projects():
            row: dict[str, str | int] = {"code": project.code, "name": project.name}
            for key, register in (("tasks", "tasks"), ("documents", "documents"), ("knowledge_items", "knowledge")):
                row[key] = count(connection, catalogue.register(register), project.id, Query())
            found.append(row)
    if as_json:
        talk.data(found)
        return
    headings = [tr("Code"), tr("Name"), tr("Tasks"), tr("Documents"), tr("Knowledge items")]
    talk.table(headings, [[str(v) for v in row.values()] for row in found])


def list_rows(
    workspace: WorkspaceFile,
    register: Annotated[str, typer.Argument(help=tr("Which register."), metavar="REGISTER")],
    project: ProjectCode,
    text: Annotated[str, typer.Option("--filter", help=tr("Only rows that contain this text."))] = "",
    view: Annotated[str, typer.Option(help=tr("Only rows of a view, such as open or overdue."))] = "",
    as_json: AsJson = False,
) -> None:
    """List the rows of a register."""
    listed = catalogue.register(register)
    query = Query(text=text, view=view)
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        fields = listed.fields if as_json else tuple(f for f in listed.fields if f.shown)
        with opened.read() as connection:
            rows = list(every(connection, listed, owner.id, query, fields))
    if as_json:
        keys = [f.field for f in fields]
        talk.data([{"ref": r.ref, **dict(zip(keys, map(show.plain, r.values), strict=True))} for r in rows])
        return
    cells = [[r.ref, *(show.text(f, v) for f, v in zip(fields, r.values, strict=True))] for r in rows]
    talk.table([tr("Ref."), *(f.label for f in fields)], [[c.replace("\n", " ")[:40] for c in row] for row in cells])
    talk.line(trn("{n} row", "{n} rows", len(rows)))


def check(workspace: WorkspaceFile, as_json: AsJson = False) -> None:
    """Check a workspace; exit code 1 when something is wrong with it."""
    findings = check_file(workspace)
    if as_json:
        talk.data({"ok": not findings, "findings": [{"kind": f.kind, "message": f.message} for f in findings]})
    else:
        for finding in findings:
            talk.line(finding.message)
        if not findings:
            talk.line(tr("{file} is sound.", file=talk.shown_path(workspace)))
    if findings:
        raise typer.Exit(FINDINGS)
