"""The command that takes the lists of an industry."""

from __future__ import annotations

from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.i18n import tr
from handover.model.picks.pick import pick_lists
from handover.model.picks.templates import pick_templates
from handover.registers.pick_acts import apply_template
from handover.registers.picks import entries
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "lists",
        help=tr(
            "List the pick lists of a project, or take those of an industry; entries in use are kept. JSON: {shape}.",
            shape='{"lists":[{"key","name","offered","retired"}],"templates":[{"key","name"}],'
            '"applied":{"added","changed","brought_back","retired"}|null}',
        ),
    )(lists)


def lists(
    workspace: WorkspaceFile,
    project: ProjectCode,
    template: Annotated[
        str, typer.Option(help=tr("The industry whose lists are taken, such as power_unit."), metavar="KEY")
    ] = "",
    retire: Annotated[
        bool, typer.Option("--retire", help=tr("Offer entries that the template lacks no more."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the pick lists of a project, or take those of an industry."""
    applied = None
    with at_work(workspace) if template else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        if template:
            applied = apply_template(opened, owner.id, template, retire=retire)
        with opened.read() as connection:
            known = entries(connection, owner.id)
    found = [
        {
            "key": each.key,
            "name": each.label,
            "offered": sum(e.list == each.key and not e.retired for e in known),
            "retired": sum(e.list == each.key and e.retired for e in known),
        }
        for each in pick_lists()
    ]
    if as_json:
        shipped = [{"key": each.key, "name": each.label} for each in pick_templates()]
        told = None if applied is None else {name: getattr(applied, name) for name in applied.__dataclass_fields__}
        talk.data({"lists": found, "templates": shipped, "applied": told})
        return
    talk.table(
        [tr("List"), tr("Name"), tr("Offered"), tr("Retired")],
        [[str(row["key"]), str(row["name"]), str(row["offered"]), str(row["retired"])] for row in found],
    )
    if applied is None:
        talk.line(tr("Templates: {keys}.", keys=", ".join(f"{t.key} ({t.label})" for t in pick_templates())))
    else:
        talk.line(applied.sentence)
