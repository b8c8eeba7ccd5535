"""How ready operations is: criteria by area, system and gate, with score, blockers and the rows behind each number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select

from handover.charts.data import ColumnChart, HeatChart, Series, StackChart
from handover.i18n import N_, NC_
from handover.model.gate import Gate
from handover.model.readiness.areas import AREA
from handover.model.readiness.criterion import CRITERION_STATUS, Criterion
from handover.registers.figures.chart_names import named_systems
from handover.registers.figures.overview_charts import OverviewChart
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.wording import Words, said

#: From which share on which tone.
_STEPS = ((0.0, "danger"), (0.5, "warning"), (0.9, "ok"))
#: The heat map shows the systems that are least ready, at most as many as these.
_SYSTEMS = 40


@dataclass(frozen=True, slots=True)
class ReadyCount:
    """How the criteria of an area, a system or a gate stand.

    Attributes:
        key: the code of the area, or the key of the system or gate; empty for what names none.
        weight, weight_met: of the criteria that apply, and of those that are met.
        states: how many are in each state, by code.
        blockers, overdue: how many open ones decide alone, and how many are past their day.
    """

    key: str
    weight: int
    weight_met: int
    states: dict[str, int]
    blockers: int
    overdue: int

    @property
    def score(self) -> float | None:
        """The share of the weight that is met, 0 to 1; None where no criterion applies."""
        return self.weight_met / self.weight if self.weight else None

    @property
    def total(self) -> int:
        """All criteria."""
        return sum(self.states.values())

    @property
    def applicable(self) -> int:
        """Those that apply."""
        return self.total - self.states.get("na", 0)

    @property
    def met(self) -> int:
        """Those that are met."""
        return self.states.get("met", 0)


def by_area(connection: Connection, project_id: str, gate_id: str = "") -> list[ReadyCount]:
    """How the areas stand, of one gate or of all, in their order; those without criteria left out."""
    found = _counted(connection, project_id, "area", gate_id)
    order = [*(option.code for option in AREA), ""]
    return [found[key] for key in order if key in found]


def by_gate(connection: Connection, project_id: str) -> list[ReadyCount]:
    """How the gates stand in their order, those without criteria too; last the criteria that name no gate."""
    found = _counted(connection, project_id, "gate_id")
    gates = connection.execute(
        select(Gate.id).where(Gate.project_id == project_id, Gate.deleted_at.is_(None)).order_by(Gate.place, Gate.id)
    ).scalars()
    stand = [found.pop(key, ReadyCount(key, 0, 0, {}, 0, 0)) for key in gates]
    return [*stand, *(found[key] for key in ("",) if key in found)]


def whole(connection: Connection, project_id: str, gate_id: str = "") -> ReadyCount:
    """How the criteria of a gate stand, or of the whole project."""
    return together(by_area(connection, project_id, gate_id))


def together(counts: Sequence[ReadyCount]) -> ReadyCount:
    """Several counts as one."""
    states: Counter[str] = Counter()
    for each in counts:
        states.update(each.states)
    return ReadyCount(
        "", sum(each.weight for each in counts), sum(each.weight_met for each in counts), dict(states),
        sum(each.blockers for each in counts), sum(each.overdue for each in counts),
    )  # fmt: skip


def _counted(connection: Connection, project_id: str, by: str, gate_id: str = "") -> dict[str, ReadyCount]:
    found: dict[str, list[ReadyCount]] = defaultdict(list)
    asked = {"project": project_id, "gate": gate_id}
    for name, state, n, weight, met, blockers, overdue in connection.execute(_counting(by, bool(gate_id)), asked):
        numbers = (int(weight or 0), int(met or 0), {state: int(n)}, int(blockers or 0), int(overdue or 0))
        found[name].append(ReadyCount(name, *numbers))
    return {name: replace(together(counts), key=name) for name, counts in found.items()}


@cache
def _counting(by: str, of_gate: bool) -> Any:  # Any: a select of its columns
    """The query that counts criteria by a column, put together once for each way of asking."""
    of = Criterion
    key, late = func.coalesce(getattr(of, by), ""), case((of.overdue(), 1), else_=0)
    query = (
        select(key, of.status, func.count(), func.sum(of.applicable_weight()), func.sum(of.met_weight()),
               func.sum(case((of.blocking(), 1), else_=0)), func.sum(late))
        .where(of.project_id == bindparam("project"), of.deleted_at.is_(None))
        .group_by(key, of.status)
    )  # fmt: skip
    return query.where(of.gate_id == bindparam("gate")) if of_gate else query


# -- charts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadinessCharts:
    """The charts as they stand today, each with what is counted in it."""

    areas: StackChart
    systems: HeatChart
    gates: ColumnChart
    notes: dict[str, tuple[Words, ...]]


def readiness_charts(connection: Connection, project_id: str) -> ReadinessCharts:
    """Readiness by area and state, by system and area, and by gate."""
    areas = by_area(connection, project_id)
    n, blockers = sum(each.total for each in areas), sum(each.blockers for each in areas)
    told = said(N_(
        "Score: weight of the criteria that are met, of the weight of those that apply. "
        "n = {n} criteria; {blockers} open ones decide alone, whatever the score."
    ), n=n, blockers=blockers)  # fmt: skip
    return ReadinessCharts(
        _areas(areas),
        _systems(connection, project_id),
        _gates(connection, project_id),
        {"areas": (told,), "gates": (told,)},
    )


def readiness_on_overview(connection: Connection, project_id: str) -> Iterator[OverviewChart]:
    """Readiness by area, and by system and area."""
    charts = readiness_charts(connection, project_id)
    if charts.areas.categories:
        yield OverviewChart(charts.areas, "readiness_charts", wide=True)
    if charts.systems.rows:
        yield OverviewChart(charts.systems, "readiness_charts", wide=True)


def area_name(code: str) -> Words:
    """The name of an area, or that none is said."""
    return said(AREA[code].name) if code else said(N_("No area said"))


def _areas(areas: Sequence[ReadyCount]) -> StackChart:
    states = [option for option in CRITERION_STATUS.options if any(each.states.get(option.code) for each in areas)]
    colours = {"not_started": "neutral", "in_progress": "info", "met": "ok", "not_met": "danger", "na": "accent"}
    return StackChart(
        title=said(N_("Readiness by area")),
        y=said(N_("Criteria")),
        categories=tuple(area_name(each.key) for each in areas),
        series=tuple(
            Series(
                said(option.name, context="criterion"),
                tuple(float(each.states.get(option.code, 0)) for each in areas),
                colours[option.code],
                tuple(_behind(_is("area", each.key), _is("status", option.code)) for each in areas),
            )
            for option in states
        ),
    )


def _gates(connection: Connection, project_id: str) -> ColumnChart:
    gates = [each for each in by_gate(connection, project_id) if each.total]
    query = select(Gate.id, Gate.name).where(Gate.project_id == project_id)
    names: dict[str, Words] = {row[0]: row[1] for row in connection.execute(query)}
    return ColumnChart(
        title=said(N_("Score of the gates")),
        unit="%",
        categories=tuple(names.get(each.key, said(N_("For no gate"))) for each in gates),
        series=(
            Series(
                said(NC_("gate", "Score"), context="gate"),
                tuple(each.score for each in gates),
                "ok",
                tuple(_behind(_is("gate", each.key)) for each in gates),
            ),
        )
        if gates
        else (),
    )


def _systems(connection: Connection, project_id: str) -> HeatChart:
    of = Criterion
    system, area = func.coalesce(of.system_id, ""), func.coalesce(of.area, "")
    query = select(system, area, of.score()).where(of.project_id == project_id, of.deleted_at.is_(None))
    scores = {(r[0], r[1]): r[2] for r in connection.execute(query.group_by(system, area)) if r[2] is not None}
    across = [code for code in (*(option.code for option in AREA), "") if any(place[1] == code for place in scores)]
    rows = _least_ready(connection, scores)
    return HeatChart(
        title=said(N_("Readiness by system and area")),
        unit="%",
        y=said(N_("System")),
        x=said(NC_("readiness", "Area"), context="readiness"),
        rows=tuple(rows.values()),
        columns=tuple(area_name(code) for code in across),
        cells=tuple(tuple(scores.get((row, code)) for code in across) for row in rows),
        keys=tuple(
            tuple(_behind(_is("system", row), _is("area", code)) if (row, code) in scores else None for code in across)
            for row in rows
        ),
        steps=_STEPS,
        empty=said(N_("No criteria yet.")),
    )


def _least_ready(connection: Connection, scores: dict[tuple[str, str], float]) -> dict[str, Words]:
    least: dict[str, float] = {}
    for (system, _), score in scores.items():
        least[system] = min(score, least.get(system, score))
    found = named_systems(connection, set(sorted(least, key=lambda key: least[key])[:_SYSTEMS]))
    if "" in found:
        found[""] = said(N_("Project as a whole"))
    return found


def _behind(*where: Condition) -> RowsBehind:
    return RowsBehind("criteria", Query(where=where))


def _is(field: str, value: str) -> Condition:
    return Condition(field, "is", (value,)) if value else Condition(field, "empty")
