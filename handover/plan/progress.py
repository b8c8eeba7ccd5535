"""What became of the plan: slip against a baseline, the S-curve, milestones over time, and what is next."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handover.plan.schedule import Schedule, TaskDates
from handover.plan.values import PlanTask
from handover.plan.worktime import WorkTime, moment
from handover.values.durations import DAY


@dataclass(frozen=True, slots=True)
class Planned:
    """When a task was to start and finish, in one of the baselines."""

    start: datetime
    finish: datetime


Baseline = Mapping[str, Planned]


@dataclass(frozen=True, slots=True)
class Slip:
    """How far a task is from its baseline.

    Args:
        start_days, finish_days: working days of the plan's calendar, above zero if late.
        done: whether its finish is actual; otherwise it is forecast.
        path: ids of the tasks whose slip reached it through the links, from where it arose to the task itself.
    """

    id: str
    planned: Planned
    start: datetime
    finish: datetime
    start_days: float
    finish_days: float
    done: bool
    path: tuple[str, ...]


def slips(schedule: Schedule, baseline: Baseline, minutes_per_day: int = DAY) -> list[Slip]:
    """The slip of every task that the baseline knows, the latest first; tasks on time are not in it."""
    time = schedule.network.clocks.plan
    done = {task.id for task in schedule.plan.tasks if _finished(task)}
    late: dict[str, tuple[TaskDates, Planned, float, float]] = {}
    drivers: dict[str, str | None] = {}
    for dates in schedule:
        drivers[dates.id] = dates.driver
        planned = baseline.get(dates.id)
        if planned is not None:
            start_days = _days(time, planned.start, dates.start, minutes_per_day)
            finish_days = _days(time, planned.finish, dates.finish, minutes_per_day)
            if start_days or finish_days:
                late[dates.id] = (dates, planned, start_days, finish_days)
    found = [
        Slip(id, planned, dates.start, dates.finish, starts, ends, id in done, _slipped(drivers, id, late))
        for id, (dates, planned, starts, ends) in late.items()
    ]
    return sorted(found, key=lambda slip: -slip.finish_days)


def _days(time: WorkTime, planned: datetime, now: datetime, minutes_per_day: int) -> float:
    worked = time.number[moment(now)] - time.number[moment(planned)]
    return round(worked / minutes_per_day, 2)


def _slipped(
    drivers: Mapping[str, str | None], id: str, late: Mapping[str, tuple[TaskDates, Planned, float, float]]
) -> tuple[str, ...]:
    """The end of the driving chain in which every task finishes late."""
    path = [id]
    while (by := drivers[path[-1]]) is not None and by in late and late[by][3] > 0:
        path.append(by)
    return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The share of all work, 0 to 1, that is done up to a day.

    Args:
        planned: by the baseline; None without one.
        actual: None after the data date.
        forecast: what is done and what the schedule expects; None before the data date.
    """

    day: date
    planned: float | None
    actual: float | None
    forecast: float | None


def s_curve(
    schedule: Schedule,
    baseline: Baseline | None,
    data_date: datetime,
    step: int = 7,
    within: tuple[datetime, datetime] | None = None,
) -> list[CurvePoint]:
    """Planned, actual and forecast progress, weighed by duration, every ``step`` days.

    A task's work is spread evenly over the working time between its start and its finish.

    Args:
        within: the days that are told, where single dates lie years from all others; else all of them.
    """
    weights = {task.id: task.duration for task in _worked(schedule)}
    total = sum(weights.values())
    if not total:
        return []
    time = schedule.network.clocks.plan
    spans = [(dates.start, dates.finish) for dates in schedule]
    spans += [(planned.start, planned.finish) for planned in (baseline or {}).values()]
    if within is not None:
        spans = [(max(a, within[0]), min(b, within[1])) for a, b in spans if a <= within[1] and b >= within[0]] or spans
    last = max(finish for _, finish in spans)
    if data_date >= last and any(_done(task) < 1 for task in _worked(schedule)):
        last = data_date + timedelta(days=1)
    days = _every(min(start for start, _ in spans), last, step)
    curve = _Curve(time, days)
    planned_ = [0.0] * len(days)
    actual, rest = [0.0] * len(days), [0.0] * len(days)
    for task in _worked(schedule):
        weight, dates = weights[task.id], schedule[task.id]
        if baseline and task.id in baseline:
            curve.spread(planned_, weight, baseline[task.id].start, baseline[task.id].finish)
        share = _done(task)
        if share:
            curve.spread(actual, weight * share, dates.start, min(dates.finish, max(data_date, dates.start)))
        if share < 1:
            # What isn't done by the data date is done after it, whatever the dates say: there the forecast goes on.
            begin = max(dates.start, data_date)
            curve.spread(rest, weight * (1 - share), begin, max(dates.finish, begin))
    in_baseline = sum(weights[id] for id in baseline or {} if id in weights)
    now = max(bisect_right(days, data_date.date()) - 1, 0)
    return [
        CurvePoint(
            day,
            planned_[n] / in_baseline if in_baseline else None,
            actual[n] / total if n <= now else None,
            (actual[n] + rest[n]) / total if n >= now else None,
        )
        for n, day in enumerate(days)
    ]


def _worked(schedule: Schedule) -> list[PlanTask]:
    outline = schedule.network.outline
    return [
        task
        for node, task in enumerate(schedule.plan.tasks)
        if node not in outline.children and node not in outline.dropped and not outline.inactive[node]
    ]


def _finished(task: PlanTask) -> bool:
    """Whether it is done, be it that nobody said on which day."""
    return task.actual_finish is not None or task.percent >= 100


def _done(task: PlanTask) -> float:
    if _finished(task):
        return 1.0
    return min(max(task.percent, 0.0), 100.0) / 100 if task.actual_start is not None else 0.0


def _every(first: datetime, last: datetime, step: int) -> list[date]:
    days = [first.date()]
    while _start_of(days[-1]) < last:
        days.append(days[-1] + timedelta(days=step))
    return days


def _start_of(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


class _Curve:
    """Adds up, at each of some days, the work before it."""

    def __init__(self, time: WorkTime, days: list[date]) -> None:
        self._time = time
        self._numbers = [time.number[moment(_start_of(day))] for day in days]
        self._moments = [moment(_start_of(day)) for day in days]

    def spread(self, sums: list[float], weight: float, start: datetime, finish: datetime) -> None:
        """Add a weight, spread over the working time from start to finish."""
        first, last = self._time.number[moment(start)], self._time.number[moment(finish)]
        ended = moment(finish)
        for n in range(bisect_right(self._moments, moment(start)), len(sums)):
            if self._moments[n] >= ended or last <= first:
                share = 1.0 if self._moments[n] >= ended else 0.0
            else:
                share = (self._numbers[n] - first) / (last - first)
            sums[n] += weight * min(max(share, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What a report said of a milestone; ``days`` are calendar days later than the first report said."""

    reported: date
    forecast: date
    days: int


def milestone_trend(reports: Iterable[tuple[date, Mapping[str, date]]]) -> dict[str, list[TrendPoint]]:
    """What successive reports forecast for each milestone, as the milestone trend chart draws it.

    Args:
        reports: the day of each report with the forecast date of each milestone's id.
    """
    trend: dict[str, list[TrendPoint]] = defaultdict(list)
    for reported, forecasts in sorted(reports, key=lambda report: report[0]):
        for id, forecast in forecasts.items():
            first = trend[id][0].forecast if trend[id] else forecast
            trend[id].append(TrendPoint(reported, forecast, (forecast - first).days))
    return dict(trend)


@dataclass(frozen=True, slots=True)
class LookAhead:
    """Ids of the tasks that start, and of those that finish, within a time, in the order of these dates."""

    starting: tuple[str, ...]
    finishing: tuple[str, ...]


def look_ahead(schedule: Schedule, today: date, days: int = 14) -> LookAhead:
    """What starts and what finishes from ``today`` until ``days`` later, without summaries and what is done."""
    first, last = _start_of(today), _start_of(today + timedelta(days=days))
    rows = [(task, schedule[task.id]) for task in _worked(schedule) if not _finished(task)]
    starting = [(dates.start, task.id) for task, dates in rows if task.actual_start is None]
    finishing = [(dates.finish, task.id) for task, dates in rows]
    return LookAhead(
        tuple(id for at, id in sorted(starting) if first <= at < last),
        tuple(id for at, id in sorted(finishing) if first < at <= last),
    )
