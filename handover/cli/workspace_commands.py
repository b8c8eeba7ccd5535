"""Commands on a workspace: make one, look into it, check it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.exits import FINDINGS
from handover.errors import NotValid, UnusableFile
from handover.i18n import N_, tr, trc, trn
from handover.model.project import Project
from handover.registers import catalogue, show
from handover.registers.beginning import add_project
from handover.registers.figures.overview import totals
from handover.registers.query import Query, every
from handover.registers.search.form import is_stored
from handover.store.checking.check import check as check_file
from handover.store.checking.mending import mend
from handover.store.checking.salvage import salvage
from handover.store.copies import copies, restoring
from handover.store.copies.differences import differences
from handover.store.open_file import user_name
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("new", help=tr("Make a workspace with one empty project."))(new)
    app.command(
        "projects",
        help=tr(
            "List the projects. JSON: a list of {shape}, with the number of rows of each register.",
            shape='{"code","name","rows":{REGISTER:n}}',
        ),
    )(projects)
    app.command(
        "list",
        help=tr(
            "List the rows of a register: {keys}. "
            "JSON: a list of objects with the register's field keys, dates as ISO text, references as ref.",
            keys=", ".join(each.key for each in catalogue.registers()),
        ),
    )(list_rows)
    app.command(
        "check",
        help=tr(
            "Check a workspace for damage and say in plain words what is wrong. JSON: {shape}.",
            shape='{"ok","findings":[{"kind","message","mendable"}]}',
        ),
    )(check)
    app.command(
        "restore",
        help=tr(
            "List the copies of a workspace, or put one in its place after a copy of the present file. "
            "JSON: a list of {shape}.",
            shape='{"name","reason","made","size","rows"}',
        ),
    )(restore)


def new(
    file: Annotated[Path, typer.Argument(help=tr("The workspace to make."), metavar="FILE")],
    code: Annotated[str, typer.Option(help=tr("The code of its project."))] = "P-01",
    name: Annotated[str, typer.Option(help=tr("The name of its project."))] = "",
) -> None:
    """Make a workspace with one empty project."""
    if not file.name:
        raise NotValid(N_("{file} is a folder. Name the workspace in it."), file=str(file))
    path = file if file.suffix else file.with_suffix(".handover")
    with (
        Workspace.create(path) as workspace,
        workspace.edit(N_("Create project {code}"), source="cli", code=code) as work,
    ):
        add_project(work, Project(code=code, name=name or path.stem))
    talk.line(tr("Made {file} with the project {code}.", file=talk.shown_path(path), code=code))


def projects(workspace: WorkspaceFile, as_json: AsJson = False) -> None:
    """List the projects of a workspace."""
    found = []
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        for project in opened.projects():
            rows = totals(connection, project.id)
            found.append({"code": project.code, "name": project.name, "rows": rows})
    if as_json:
        talk.data(found)
        return
    headings = [tr("Code"), tr("Name"), tr("Rows")]
    talk.table(headings, [[str(p["code"]), str(p["name"]), _filled(p["rows"])] for p in found])


def _filled(rows: object) -> str:
    """How many rows each register has that has any, as a person reads it."""
    counted = rows.items() if isinstance(rows, dict) else ()
    return ", ".join(f"{catalogue.register(key).label} {n:,}" for key, n in counted if n)


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
    searched = (f.field for f in listed.fields if f.shown or is_stored(listed, f))  # notes, too, which aren't printed
    query = Query(text=text, searched=tuple(searched), view=view)
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


def check(
    workspace: WorkspaceFile,
    salvage_to: Annotated[
        Path | None,
        typer.Option("--salvage-to", help=tr("Save what can be read as this new file."), metavar="FILE"),
    ] = None,
    mend_it: Annotated[
        bool,
        typer.Option("--mend", help=tr("Mend what can be mended, after a copy, in one act that can be undone.")),
    ] = False,
    shrink: Annotated[
        bool, typer.Option("--shrink", help=tr("Give the space back that the file doesn't need any more."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a workspace; exit code 1 when something is wrong with it."""
    if salvage_to is not None:
        _salvage(workspace, salvage_to, as_json)
        return
    if shrink:
        with Workspace.open(workspace) as opened:
            gained = opened.shrink()
        talk.aside(tr("{size} were given back.", size=copies.size_text(gained)))
    if mend_it:
        done = mend(workspace, user_name(), talk.progress())
        talk.aside(trn("{n} change was made.", "{n} changes were made.", done))
    findings = check_file(workspace, talk.progress())
    if as_json:
        found = [{"kind": f.kind, "message": f.message, "mendable": f.mendable} for f in findings]
        talk.data({"ok": not findings, "findings": found})
    else:
        for finding in findings:
            talk.line(finding.message)
        if any(f.mendable for f in findings) and not mend_it:
            talk.aside(tr("With --mend what can be mended is, in an act that can be undone."))
        if not findings:
            talk.line(tr("{file} is sound.", file=talk.shown_path(workspace)))
    if findings:
        raise typer.Exit(FINDINGS)


def _salvage(workspace: Path, target: Path, as_json: bool) -> None:
    """Exit code 1 when something was lost."""
    outcome = salvage(workspace, target, user_name(), talk.progress())
    if as_json:
        talk.data({"ok": outcome.whole, "findings": [{"kind": "salvage", "message": m} for m in outcome.sentences()]})
    else:
        for sentence in outcome.sentences():
            talk.line(sentence)
    if not outcome.whole:
        raise typer.Exit(FINDINGS)


def restore(
    workspace: WorkspaceFile,
    copy: Annotated[str, typer.Option(help=tr("The name of the copy to restore."), metavar="NAME")] = "",
    differ: Annotated[
        bool, typer.Option("--differences", help=tr("Say what restoring the copy would change; nothing is restored."))
    ] = False,
    list_them: Annotated[bool, typer.Option("--list", help=tr("List the copies; also done without --copy."))] = False,
    as_json: AsJson = False,
) -> None:
    """List the copies of a workspace or restore one."""
    if list_them or not copy:
        _list_copies(workspace, as_json)
        return
    chosen = copies.copy_named(workspace, copy)
    if differ:
        _tell_differences(workspace, chosen, as_json)
        return
    before = restoring.restore(workspace, chosen.path, user_name(), talk.progress())
    talk.line(tr("{file} is again as it was in {copy}.", file=talk.shown_path(workspace), copy=chosen.name))
    if before is not None:
        talk.line(tr("What it was until now is kept as {copy}.", copy=before.name))


def _tell_differences(workspace: Path, copy: copies.Copy, as_json: bool) -> None:
    """What restoring a copy would take, bring back and set back, register by register."""
    found = {each.table: each for each in differences(workspace, copy.path, talk.progress())}
    shown = [(r, found[r.table.name]) for r in catalogue.registers() if r.table.name in found]
    if as_json:
        talk.data(
            [{"register": r.key, "goes": d.newer, "comes_back": d.older, "set_back": d.changed} for r, d in shown]
        )
        return
    headings = [
        tr("Register"),
        tr("Rows that go"),
        tr("Rows that come back"),
        tr("Rows that are set back"),
        tr("Such as"),
    ]
    rows = [[r.label, str(d.newer), str(d.older), str(d.changed), ", ".join(d.names)] for r, d in shown]
    talk.table(headings, rows)


def _list_copies(workspace: Path, as_json: bool) -> None:
    listed = []
    for copy in copies.copies_of(workspace):
        try:
            rows = copies.look_into(copy.path).rows
        except UnusableFile:
            rows = {}
        listed.append((copy, {r.key: rows[r.table.name] for r in catalogue.registers() if r.table.name in rows}))
    if as_json:
        shape = [
            {"name": c.name, "reason": c.reason, "made": c.made.isoformat("T", "seconds"), "size": c.size, "rows": rows}
            for c, rows in listed
        ]
        talk.data(shape)
        return
    shown = catalogue.registers()
    talk.table(
        [trc("a copy of the workspace", "Copy"), tr("Why"), tr("Size"), *(r.label for r in shown)],
        [
            [
                c.name,
                copies.reason_text(c.reason),
                copies.size_text(c.size),
                *(str(rows.get(r.key, "–")) for r in shown),
            ]
            for c, rows in listed
        ],
    )
    talk.line(trn("{n} copy", "{n} copies", len(listed)))
