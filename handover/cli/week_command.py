"""The command that says what needs somebody this week, in all projects of a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, WorkspaceFile, WrittenIn
from handover.i18n import tr, trn
from handover.pack.produce import language_of
from handover.pack.single.week_sheet import write_week
from handover.registers.figures.my_week import MyWeek, my_week
from handover.store.workspace import Workspace
from handover.values import shown


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "week",
        help=tr(
            "Show what needs somebody in all projects, late or due within some days; with --to also as a PDF or a "
            "calendar (.ics). JSON: {shape}.",
            shape='{"days","unknown":[CODE],"items":[{"project","register","ref","name","due","overdue_days"}]}',
        ),
    )(week)


def week(
    workspace: WorkspaceFile,
    days: Annotated[int, typer.Option(min=1, max=366, help=tr("How many days ahead, today included."))] = 7,
    account: Annotated[
        str, typer.Option(help=tr("Whose week, by the account of a person; yours by default."), metavar="NAME")
    ] = "",
    to: Annotated[
        Path | None, typer.Option(help=tr("A file to be written, which ends in .pdf or .ics."), metavar="FILE")
    ] = None,
    written_in: WrittenIn = "en",
    as_json: AsJson = False,
) -> None:
    """Show what needs somebody this week."""
    with Workspace.open(workspace, "read") as opened:
        with opened.read() as connection:
            found = my_week(connection, account or opened.user, days)
        if to is not None:
            write_week(opened, found, to, language=language_of(written_in), progress=talk.progress())
    if as_json:
        talk.data({"days": found.days, "unknown": list(found.unknown), "items": _items(found)})
        return
    heads = [tr("Project"), tr("Reference"), tr("What"), tr("Register"), tr("Due")]
    talk.table(heads, [
        [each.code, item.row.ref, item.row.name, item.register.label, shown.moment(item.due) if item.due else ""]
        for each in found.projects for item in each.items
    ])  # fmt: skip
    talk.line(trn("{n} thing needs you, {late} of it late.", "{n} things need you, {late} of them late.",
                  found.total, late=found.overdue))  # fmt: skip
    for code in found.unknown:
        talk.line(tr("{code}: no person has this account.", code=code))
    if to is not None:
        talk.line(tr("Written to {file}.", file=talk.shown_path(to)))


def _items(found: MyWeek) -> list[dict[str, Any]]:  # Any: JSON's values
    return [
        {
            "project": each.code,
            "register": item.register.key,
            "ref": item.row.ref,
            "name": item.row.name,
            "due": item.due.isoformat() if item.due else None,
            "overdue_days": item.overdue_days,
        }
        for each in found.projects
        for item in each.items
    ]
