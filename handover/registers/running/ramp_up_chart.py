"""The ramp-up as charts: what each line was to make and made, and how much of its target it reaches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.charts.data import ColumnChart, LineChart, Series, colour_of
from handover.clock import today
from handover.i18n import N_, NC_
from handover.model.running.ramp_up import RampUpFigure
from handover.registers.figures.chart_names import named_systems
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.wording import Text, Words, said

#: More lines than these can't be told apart; those with the most figures are drawn.
_LINES = 4


@dataclass(frozen=True, slots=True)
class RampUpCharts:
    """The curves of target and actual, and the share of the target that each line reached last."""

    curve: LineChart
    reached: ColumnChart


@dataclass(frozen=True, slots=True)
class _RampUpLine:
    """What one system makes of one product."""

    system: str
    product: str
    unit: str


def ramp_up_charts(connection: Connection, project_id: str) -> RampUpCharts:
    """The charts of a project's ramp-up."""
    asked = select(
        RampUpFigure.system_id, RampUpFigure.product, RampUpFigure.unit, RampUpFigure.period_on, RampUpFigure.target,
        RampUpFigure.actual,
    ).where(RampUpFigure.project_id == project_id, RampUpFigure.deleted_at.is_(None))  # fmt: skip
    lines: dict[_RampUpLine, dict[dt.date, tuple[float | None, float | None]]] = defaultdict(dict)
    for system, product, unit, day, target, actual in connection.execute(asked.order_by(RampUpFigure.period_on)):
        lines[_RampUpLine(system or "", product or "", unit or "")][day] = target, actual
    drawn = sorted(lines, key=lambda line: (-len(lines[line]), line.system, line.product))[:_LINES]
    systems = named_systems(connection, {line.system for line in lines})
    names = {line: _name(line, systems) for line in lines}
    return RampUpCharts(_curve(drawn, lines, names), _reached(lines, names))


def _curve(
    drawn: list[_RampUpLine],
    lines: Mapping[_RampUpLine, Mapping[dt.date, tuple[float | None, float | None]]],
    names: Mapping[_RampUpLine, Words],
) -> LineChart:
    days = tuple(sorted({day for line in drawn for day in lines[line]}))
    series: list[Series] = []
    for at, line in enumerate(drawn):
        behind = tuple(_behind(line, day) for day in days)
        for place, said_of, dashed in ((0, N_("{line}: target"), True), (1, N_("{line}: actual"), False)):
            values = tuple(lines[line].get(day, (None, None))[place] for day in days)
            series.append(Series(said(said_of, line=names[line]), values, colour_of("", at), behind, dashed))
    units = {line.unit for line in drawn}
    return LineChart(
        title=said(N_("Ramp-up: target and actual")), x=said(N_("Week until")), y=said(NC_("ramp-up", "Made")),
        unit=units.pop() if len(units) == 1 else "", periods=days, series=tuple(series),
        marks=((today(), said(N_("Today"))),) if days and days[0] <= today() <= days[-1] else (),
        empty=said(N_("No ramp-up has been planned.")),
    )  # fmt: skip


def _reached(
    lines: Mapping[_RampUpLine, Mapping[dt.date, tuple[float | None, float | None]]], names: Mapping[_RampUpLine, Words]
) -> ColumnChart:
    shares: dict[_RampUpLine, tuple[dt.date, float]] = {}
    for line, figures in lines.items():
        for day, (target, actual) in sorted(figures.items()):
            if target and actual is not None:
                shares[line] = day, actual / target
    told = sorted(shares, key=lambda line: (line.system, line.product))
    series = Series(
        said(NC_("ramp-up", "Reached")), tuple(shares[line][1] for line in told),
        keys=tuple(_behind(line, shares[line][0]) for line in told),
    )  # fmt: skip
    return ColumnChart(
        title=said(N_("Share of the target reached last")), x=said(N_("Line")), y=said(NC_("ramp-up", "Reached")),
        unit="%", categories=tuple(names[line] for line in told), series=(series,),
        empty=said(N_("What was made isn't known yet.")),
    )  # fmt: skip


def _behind(line: _RampUpLine, day: dt.date) -> RowsBehind:
    where: tuple[Condition, ...] = (Condition("period_on", "is", (day,)),)
    if line.system:
        where = (*where, Condition("system", "is", (line.system,)))
    return RowsBehind("ramp-up", Query(where=where))


def _name(line: _RampUpLine, systems: Mapping[str, Words]) -> Words:
    system = systems.get(line.system, "")
    if not line.product:
        return system
    if isinstance(system, Text):
        return Text(f"{system.en} {line.product}", f"{system.zh} {line.product}")
    return f"{system} {line.product}".strip()
