"""The command for what must be delivered: takes a template, and lists the documents that are asked for."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, WorkspaceFile
from handover.cli.at_work import at_work
from handover.errors import NotFound
from handover.i18n import N_, tr, trn
from handover.model.documents.expected import ExpectedChanges
from handover.registers.requiring.listing import list_expected, look_ahead
from handover.registers.requiring.taking_over import TakenOver, take_template
from handover.registers.requiring.templates import requirement_templates
from handover.store.workspace import Workspace

_SHAPE = (
    '{"templates":[{"key","name","milestones":[…],"lines"}]} or {"taken":{"requirements","present","milestones",'
    '"entries"},"documents":{"new":[…],"gone":[…],"listed"},"stored"}'
)


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "requirements",
        help=tr(
            "Take the requirements of an industry into a project, and list the documents that they ask for. Without "
            "--template and --generate, say which templates there are. JSON: {shape}.",
            shape=_SHAPE,
        ),
    )(requirements)


def requirements(
    workspace: WorkspaceFile,
    project: Annotated[str, typer.Option(help=tr("The code of the project."), metavar="CODE")] = "",
    template: Annotated[str, typer.Option(help=tr("The template of an industry."), metavar="KEY")] = "",
    milestones: Annotated[
        str, typer.Option(help=tr("Only these milestones of the template, parted by commas."), metavar="CODES")
    ] = "",
    generate: Annotated[
        bool, typer.Option("--generate", help=tr("List the documents that are asked for and aren't listed yet."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Take a template, and list what is asked for."""
    if not (template or generate):
        _tell_templates(as_json)
        return
    if not project:
        raise NotFound(N_("Name the project with --project."))
    taken: TakenOver | None = None
    changes: ExpectedChanges | None = None
    with Workspace.open(workspace, "read") if dry_run else at_work(workspace) as opened:
        owner = opened.project(project)
        if template:
            codes = [code.strip() for code in milestones.split(",") if code.strip()]
            taken = take_template(opened, owner.id, template, codes, dry_run=dry_run)
        if generate:
            changes = look_ahead(opened, owner.id) if dry_run else list_expected(opened, owner.id, talk.progress())
    if as_json:
        talk.data(_as_json(taken, changes, stored=not dry_run))
        return
    if taken is not None:
        _tell_taken(taken, dry_run)
    if changes is not None:
        _tell_changes(changes, dry_run)


def _tell_templates(as_json: bool) -> None:
    known = requirement_templates()
    if as_json:
        told = [
            {"key": each.key, "name": each.label, "milestones": [m.code for m in each.milestones],
             "lines": len(each.demands)}
            for each in known
        ]  # fmt: skip
        talk.data({"templates": told})
        return
    rows = [[each.key, each.label, ", ".join(m.code for m in each.milestones), str(len(each.demands))]
            for each in known]  # fmt: skip
    talk.table([tr("Template"), tr("Industry"), tr("Milestones"), tr("Lines")], rows)
    for each in known:
        if each.source:
            talk.line(f"{each.label}: {each.source}")


def _tell_taken(taken: TakenOver, dry_run: bool) -> None:
    n = taken.requirements
    if dry_run:
        talk.line(trn("{n} requirement would come.", "{n} requirements would come.", n))
    else:
        talk.line(trn("{n} requirement came.", "{n} requirements came.", n))
    talk.line(
        tr(
            "{present} of the template are there already; {milestones} milestones and {entries} list entries are new.",
            present=taken.present, milestones=taken.milestones, entries=taken.entries,
        )
    )  # fmt: skip
    if taken.unsure:
        talk.line(tr("Chinese names to be reviewed by somebody of the trade: {names}", names=", ".join(taken.unsure)))


def _tell_changes(changes: ExpectedChanges, dry_run: bool) -> None:
    new, gone = len(changes.new), len(changes.gone)
    for each in changes.new if dry_run else ():
        talk.line(f"+ {each['title']}")
    for listed in changes.gone:
        talk.line(f"- {listed.ref} {listed.title}")
    if dry_run:
        talk.line(trn("{n} document would be listed.", "{n} documents would be listed.", new))
        talk.line(trn("{n} document would go into the bin.", "{n} documents would go into the bin.", gone))
    else:
        talk.line(trn("{n} document is listed now.", "{n} documents are listed now.", new))
        talk.line(trn("{n} document went into the bin.", "{n} documents went into the bin.", gone))
    talk.line(trn("{n} was listed before.", "{n} were listed before.", changes.listed))


def _as_json(
    taken: TakenOver | None, changes: ExpectedChanges | None, *, stored: bool
) -> dict[str, Any]:  # Any: JSON's values
    found: dict[str, Any] = {"stored": stored}  # Any: as above
    if taken is not None:
        found["taken"] = {"requirements": taken.requirements, "present": taken.present,
                          "milestones": taken.milestones, "entries": taken.entries,
                          "unsure": list(taken.unsure)}  # fmt: skip
    if changes is not None:
        found["documents"] = {"new": [each["title"] for each in changes.new],
                              "gone": [each.ref for each in changes.gone], "listed": changes.listed}  # fmt: skip
    return found
