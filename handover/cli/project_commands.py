"""Commands on what a project is set up with: its number series, and who the user is in it."""

from __future__ import annotations

from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.i18n import tr
from handover.registers import find
from handover.registers.me import choose, me
from handover.registers.numbering import all_series, set_last, set_pattern
from handover.registers.query import linked
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "series",
        help=tr(
            "List the number series of a project, or write one in another way from its next number on: "
            "--set pack {pattern}, with {year} where each year begins anew. JSON: a list of {shape}.",
            pattern="{project}-HP-{n:03}",
            year="{year}",
            shape='{"series","name","pattern","last","last_number","next_number"}',
        ),
    )(series)
    app.command(
        "me",
        help=tr(
            "Say who you are in a project, or with --person name yourself; steps then name you. JSON: {shape}.",
            shape='{"account","person"}',
        ),
    )(who_am_i)


def series(
    workspace: WorkspaceFile,
    project: ProjectCode,
    pattern: Annotated[
        tuple[str, str] | None,
        typer.Option("--set", help=tr("A series and how its numbers are written."), metavar="KEY PATTERN"),
    ] = None,
    last: Annotated[
        tuple[str, int] | None,
        typer.Option(
            "--last", help=tr("A series and the number behind which it goes on; never back."), metavar="KEY NUMBER"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the number series of a project, or change one."""
    if pattern is not None or last is not None:
        with at_work(workspace) as opened:
            owner = opened.project(project)
            if pattern is not None:
                set_pattern(opened, owner.id, *pattern, source="cli")
            if last is not None:
                set_last(opened, owner.id, *last, source="cli")
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        found = all_series(connection, opened.project(project).id)
    if as_json:
        talk.data(
            [
                {
                    "series": each.paper.key,
                    "name": each.paper.label,
                    "pattern": each.pattern,
                    "last": each.last,
                    "last_number": each.last_number or None,
                    "next_number": each.next_number,
                }
                for each in found
            ]
        )
        return
    headings = [tr("Number series"), tr("Name"), tr("Pattern"), tr("Last number"), tr("Next number")]
    rows = [[e.paper.key, e.paper.label, e.pattern, e.last_number or "–", e.next_number] for e in found]
    talk.table(headings, rows)


def who_am_i(
    workspace: WorkspaceFile,
    project: ProjectCode,
    person: Annotated[
        str, typer.Option("--person", help=tr("Your name or reference among the people."), metavar="PERSON")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say who the user is in a project, or set it."""
    if person:
        with at_work(workspace) as opened:
            owner = opened.project(project)
            with opened.read() as connection:
                key = find.resolve(connection, owner.id, "person", person).id
            choose(opened, owner.id, key, source="cli")
    with Workspace.open(workspace, "read") as opened:
        owner, account = opened.project(project), opened.user
        myself = me(opened, owner.id)
        with opened.read() as connection:
            name = str(linked(connection, "person", [myself])[myself].name) if myself else None
    if as_json:
        talk.data({"account": account, "person": name})
    elif name:
        talk.line(tr("{account} is {name} in {code}.", account=account, name=name, code=project))
    else:
        talk.line(tr("Nobody of {code} works under the account {account}. Name yourself with --person.",
                     code=project, account=account))  # fmt: skip
