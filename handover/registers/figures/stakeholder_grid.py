"""The grid of stakeholders: influence upward, interest across, coloured by what they think of the handover."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.charts.data import Dot, DotSeries, ScatterChart
from handover.i18n import N_, NC_
from handover.model.teams.stakeholder import ATTITUDE, HIGH, Stakeholder
from handover.wording import Words, said

_STEPS = range(1, 6)
_COLOURS = {"supports": "ok", "neutral": "neutral", "against": "danger"}


@dataclass(frozen=True, slots=True)
class StakeholderCharts:
    """The grid as it stands today; its keys are the keys of the stakeholders."""

    grid: ScatterChart
    #: How many have no place on it, because nobody gave their influence or their interest.
    without: int


def stakeholder_charts(connection: Connection, project_id: str) -> StakeholderCharts:
    """The grid of a project's stakeholders."""
    here = (Stakeholder.project_id == project_id, Stakeholder.deleted_at.is_(None))
    wanted = select(
        Stakeholder.id, Stakeholder.name, Stakeholder.interest, Stakeholder.influence, Stakeholder.attitude
    ).where(*here)
    dots: dict[str, list[Dot]] = defaultdict(list)
    without = 0
    for row in connection.execute(wanted.order_by(Stakeholder.id)):
        if row.interest is None or row.influence is None:
            without += 1
        else:
            dots[row.attitude or ""].append(Dot(row.interest, row.influence, row.name, row.id))
    series = tuple(
        DotSeries(_attitude(code), tuple(dots[code]), _COLOURS.get(code, "info"))
        for code in (*(option.code for option in ATTITUDE.options), "")
        if dots[code]
    )
    steps: tuple[Words, ...] = tuple(str(n) for n in _STEPS)
    zones = tuple(tuple(_zone(interest, influence) for interest in _STEPS) for influence in _STEPS)
    grid = ScatterChart(
        title=said(N_("Stakeholders by influence and interest")),
        x=said(NC_("stakeholder", "Interest (1 to 5)")),
        y=said(NC_("stakeholder", "Influence (1 to 5)")),
        series=series,
        x_steps=steps,
        y_steps=steps,
        zones=zones,
    )
    return StakeholderCharts(grid, without)


def _attitude(code: str) -> Words:
    option = next((option for option in ATTITUDE.options if option.code == code), None)
    return said(option.name) if option is not None else said(N_("Not known"))


def _zone(interest: int, influence: int) -> str:
    """The tone of a field: as that of how its stakeholders are dealt with."""
    if influence >= HIGH:
        return "danger" if interest >= HIGH else "warning"
    return "info" if interest >= HIGH else "neutral"
