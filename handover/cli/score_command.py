"""The command that prints the contribution score of a project."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.model.teams.contribution import SCORE_ACT
from handover.registers.teams.scoring import formula, score_board
from handover.store.workspace import Workspace


class ScoreBy(StrEnum):
    """By whom scores are summed."""

    SIDE = "side"
    GROUP = "group"
    PERSON = "person"


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "score",
        help=tr(
            "Show the contribution score, by side where nothing is said, with its formula. JSON: {shape}.",
            shape='{"shown","months","scores":[{"name","points","acts":[{"act","rows":[REF],"earned","points"}]}]}',
        ),
    )(score)


def score(
    workspace: WorkspaceFile,
    project: ProjectCode,
    by: Annotated[ScoreBy, typer.Option(help=tr("By whom it is summed."))] = ScoreBy.SIDE,
    month: Annotated[str, typer.Option(help=tr("One month, such as 2026-05."), metavar="MONTH")] = "",
    as_json: AsJson = False,
) -> None:
    """Show the contribution score."""
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        found = score_board(connection, opened.project(project).id, by.value, _first_of(month))
    if as_json:
        talk.data(
            {
                "shown": found.shown,
                "months": [f"{each:%Y-%m}" for each in found.months],
                "scores": [
                    {
                        "name": each.name,
                        "points": each.points,
                        "acts": [
                            {"act": act.act, "rows": [fact.ref for fact in act.facts], "earned": act.earned,
                             "points": act.points}
                            for act in each.acts
                        ],
                    }
                    for each in found.scores
                ],
            }
        )  # fmt: skip
        return
    heads = [tr("Whose, by what"), tr("Act"), tr("Rows"), tr("Points")]
    lines = []
    for each in found.scores:
        lines.append([each.name, "", "", f"{each.points:g}"])
        lines += [["", SCORE_ACT.label(act.act), str(len(act.facts)), f"{act.points:g}"] for act in each.acts]
    talk.table(heads, lines)
    for line in formula(found.worth):
        talk.line(line)


def _first_of(month: str) -> dt.date | None:
    if not month:
        return None
    try:
        return dt.date.fromisoformat(f"{month}-01")
    except ValueError:
        raise NotValid(N_("“{text}” is no month. Write it as 2026-05."), text=month) from None
