"""What the reports on a plan say: a sentence, a table, and a chart where time is the point."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from handover.charts.data import LineChart
from handover.clock import today
from handover.i18n import N_, tr, trn
from handover.plan.paths import critical_paths
from handover.plan.progress import look_ahead, milestone_trend, slips
from handover.plan.values import TaskKind
from handover.registers.scheduling import task_days
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.mending import mend_of
from handover.registers.scheduling.outlook import late_sentence
from handover.registers.scheduling.plan_charts import planned_dates, progress_chart, progress_points, trend_chart
from handover.values import shown
from ui.plan.model import day_text

_PATHS = 8


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A row of a report: its cells, the tasks to which it leads, and the name of the act that would mend it."""

    cells: tuple[str, ...]
    ids: tuple[str, ...] = ()
    mend: str = ""


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """A report.

    Args:
        right: columns whose cells stand on the right.
        chart: None where the report is a table alone; its keys are keys of tasks or days.
        on: the tasks to which a day of the chart leads.
    """

    sentence: str
    heads: tuple[str, ...]
    lines: tuple[FindingLine, ...]
    right: frozenset[int] = frozenset()
    chart: LineChart | None = None
    on: Callable[[dt.date], tuple[str, ...]] | None = None


def problems(chart: Chart) -> PlanFinding:
    """What is wrong with the plan."""
    found = chart.schedule.problems
    lines = []
    for problem in found:
        ids = tuple(dict.fromkeys([*([problem.task] if problem.task else []), *problem.tasks]))
        ids = tuple(id for id in ids if id in chart.node)
        ref = chart.rows[chart.node[ids[0]]].ref if ids else ""
        mend = mend_of(chart, problem)
        values = {k: shown.moment(v) if isinstance(v, dt.date) else v for k, v in problem.values.items()}
        lines.append(FindingLine((ref, tr(problem.message, **values)), ids, mend.label if mend else ""))
    said = trn("{n} problem. The rest of the plan is scheduled all the same.",
               "{n} problems. The rest of the plan is scheduled all the same.", len(found))  # fmt: skip
    return PlanFinding(
        said if found else tr("Nothing is wrong with the plan."), (tr("Task"), tr("Problem")), tuple(lines)
    )


def paths(chart: Chart) -> PlanFinding:
    """The chains of tasks that decide the finish, the critical one first."""
    lines = []
    for number, path in enumerate(critical_paths(chart.schedule, _PATHS), 1):
        names = " → ".join(chart.rows[chart.node[id]].name for id in path.tasks)
        lines.append(
            FindingLine(
                (str(number), shown.duration(path.float_minutes), str(len(path.tasks)), day_text(path.start),
                 day_text(path.finish, end=True), names),
                path.tasks,
            )
        )  # fmt: skip
    heads = (tr("No."), tr("Float"), tr("Tasks"), tr("From"), tr("Until"), tr("Path"))
    said = tr("The chains of tasks that decide when the plan finishes; without float first.")
    return PlanFinding(said, heads, tuple(lines), frozenset({0, 1, 2}))


def slip(chart: Chart) -> PlanFinding:
    """What moved against the baseline, and the chain through which it came."""
    heads = (tr("Task"), tr("Baseline finish"), tr("Finish"), tr("Slip"), tr("Through"))
    if not chart.baseline:
        return PlanFinding(tr("Take a baseline first: the plan is then measured against it."), heads, ())
    lines = []
    for found in slips(chart.schedule, planned_dates(chart.baseline)):
        row = chart.rows[chart.node[found.id]]
        through = " → ".join(chart.rows[chart.node[id]].name for id in found.path[:-1])
        lines.append(
            FindingLine(
                (row.name, day_text(found.planned.finish, end=True), day_text(found.finish, end=True),
                 tr("{n} d", n=f"{found.finish_days:+g}" if found.finish_days else "0"), through),
                found.path[::-1],
            )
        )  # fmt: skip
    kept = next(b.name for b in chart.baselines if b.id == chart.baseline_id)
    said = trn("{n} task moved against the baseline {name}.", "{n} tasks moved against the baseline {name}.",
               len(lines), name=kept)  # fmt: skip
    return PlanFinding(said, heads, tuple(lines), frozenset({1, 2, 3}))


def curve(chart: Chart) -> PlanFinding:
    """Planned, actual and forecast progress."""
    points = progress_points(chart)
    heads = (tr("Day"), tr("Baseline"), tr("Actual"), tr("Forecast"))
    lines = tuple(
        FindingLine(
            (
                shown.moment(p.day),
                *(shown.percent(s) if s is not None else "" for s in (p.planned, p.actual, p.forecast)),
            )
        )
        for p in points
    )
    done = next((p.actual for p in reversed(points) if p.actual is not None), 0.0)
    said = tr("{percent} of the work is done, weighed by duration.", percent=shown.percent(done))
    drawn = progress_chart(chart, points) if points else None
    return PlanFinding(said, heads, lines, frozenset({1, 2, 3}), drawn, on=lambda day: under_way(chart, day))


def under_way(chart: Chart, day: dt.date) -> tuple[str, ...]:
    """The tasks on which work goes on by the schedule on a day, summaries left out."""
    dates = (chart.schedule[row.id] for row in chart.rows if not row.summary)
    return tuple(d.id for d in dates if d.start.date() <= day <= d.finish.date())


def trend(chart: Chart, reports: list[tuple[dt.date, dict[str, dt.date]]]) -> PlanFinding:
    """What each baseline, and the plan today, forecast for the milestones."""
    heads = (tr("Milestone"), tr("Reported on"), tr("Forecast"), tr("Days later"))
    stones = [t for t in chart.schedule.plan.tasks if t.kind is TaskKind.MILESTONE and not t.inactive]
    now = {t.id: chart.schedule[t.id].finish.date() for t in stones}
    told = [(day, {id: at for id, at in said.items() if id in now}) for day, said in reports]
    found = milestone_trend([*told, (today(), now)])
    moved = sorted(found, key=lambda id: (-abs(found[id][-1].days), now.get(id, today())))
    lines = []
    for id in (id for id in moved if id in chart.node):
        name = chart.rows[chart.node[id]].name
        for point in found[id]:
            days = f"{point.days:+d}" if point.days else "0"
            lines.append(FindingLine((name, shown.moment(point.reported), shown.moment(point.forecast), days), (id,)))
    if not stones:
        said = tr("The plan has no milestones yet.")
    elif not reports:
        said = tr("Take baselines from time to time: each adds a point to the trend of every milestone.")
    else:
        said = tr("A line that rises is a milestone that slips.")
    drawn = trend_chart(chart, {id: found[id] for id in moved}) if lines else None
    return PlanFinding(said, heads, tuple(lines), frozenset({1, 2, 3}), drawn)


def soon(chart: Chart) -> PlanFinding:
    """What starts and what ends in the next two weeks."""
    ahead = look_ahead(chart.schedule, today())
    rows: list[tuple[dt.datetime, FindingLine]] = []
    for ids, word in ((ahead.starting, tr("starts")), (ahead.finishing, tr("finishes"))):
        for id in ids:
            row, dates = chart.rows[chart.node[id]], chart.schedule[id]
            at = dates.start if ids is ahead.starting else dates.finish
            day = day_text(at, end=ids is ahead.finishing)
            rows.append((at, FindingLine((day, word, row.name, row.owner, shown.percent(row.percent)), (id,))))
    rows.sort(key=lambda pair: pair[0])
    heads = (tr("Day"), tr("What"), tr("Task"), tr("Owner"), tr("% complete"))
    said = tr("In the next two weeks {a} tasks start and {b} finish.", a=len(ahead.starting), b=len(ahead.finishing))
    return PlanFinding(said, heads, tuple(line for _, line in rows), frozenset({4}))


def late(chart: Chart) -> PlanFinding:
    """Unfinished tasks whose time is past, by owner; the overview and the register of tasks count the same."""
    found = task_days.late(chart)
    owners = {row.id: row.owner for row in chart.rows}
    load = Counter(owners[each.id] for each in found)
    lines = []
    for task in sorted(found, key=lambda each: (-load[owners[each.id]], owners[each.id])):
        row = chart.rows[chart.node[task.id]]
        what = tr("should be finished") if task.begun else tr("should have started")
        days = trn("{n} day", "{n} days", task.days)
        lines.append(FindingLine((row.owner or tr("nobody"), row.name, what, shown.moment(task.due), days), (task.id,)))
    heads = (tr("Owner"), tr("Task"), tr("What"), tr("Due"), tr("Late"))
    return PlanFinding(late_sentence(found), heads, tuple(lines), frozenset({3, 4}))


#: The reports by key: name and what makes each; the trend needs the baselines besides.
REPORTS: dict[str, tuple[str, Callable[[Chart], PlanFinding] | None]] = {
    "paths": (N_("Critical paths"), paths),
    "slip": (N_("Slip"), slip),
    "curve": (N_("S-curve"), curve),
    "trend": (N_("Milestone trend"), None),
    "soon": (N_("Next two weeks"), soon),
    "late": (N_("Late tasks"), late),
    "problems": (N_("Problems"), problems),
}
