"""The command that searches all registers at once."""

from __future__ import annotations

from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, WorkspaceFile
from handover.i18n import tr, trn
from handover.registers.search.files import take_files
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import Group, search
from handover.store.workspace import Workspace

_MOST = 50


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "find",
        help=tr(
            "Search all registers at once: Chinese of any length, beginnings of words, pinyin or its initials; every "
            "word must be found. JSON: a list of {shape}, at most {n} of each register, the best first.",
            shape='{"register","ref","name","project","where","text"}',
            n=_MOST,
        ),
    )(find)


def find(
    workspace: WorkspaceFile,
    text: Annotated[str, typer.Argument(help=tr("What to search for."), metavar="TEXT")],
    project: Annotated[
        str, typer.Option("--project", help=tr("Only in the project of this code."), metavar="CODE")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Search all registers of a workspace, or of one of its projects."""
    with Workspace.open(workspace, "read") as opened:
        only = opened.project(project).id if project else None
        codes = {p.id: p.code for p in opened.projects()}
        catch_up(opened, talk.progress())
        take_files(opened, talk.progress())
        groups = search(opened, text, only, _MOST, talk.progress())
    if as_json:
        talk.data(
            [
                {
                    "register": group.register.key,
                    "ref": hit.row.ref,
                    "name": hit.row.name,
                    "project": codes.get(hit.project_id, ""),
                    "where": (hit.excerpt.field.field if hit.excerpt.field else hit.excerpt.place)
                    if hit.excerpt
                    else "",
                    "text": hit.excerpt.text if hit.excerpt else "",
                }
                for group in groups
                for hit in group.hits
            ]
        )
        return
    _tell(groups, codes)


def _tell(groups: list[Group], codes: dict[str, str]) -> None:
    cells = [
        [
            group.register.label,
            codes.get(hit.project_id, ""),
            hit.row.ref,
            hit.row.name[:50],
            tr("{field}: {text}", field=hit.excerpt.label, text=hit.excerpt.text[:50]) if hit.excerpt else "",
        ]
        for group in groups
        for hit in group.hits
    ]
    if cells:
        talk.table([tr("Register"), tr("Project"), tr("Ref."), tr("Title"), tr("Found in")], cells)
    shown = len(cells)
    talk.line(trn("{n} row", "{n} rows", shown))
    for group in groups:
        if group.total > len(group.hits):
            talk.line(
                tr("{register} has more; the first {n} are shown.", register=group.register.label, n=len(group.hits))
            )
