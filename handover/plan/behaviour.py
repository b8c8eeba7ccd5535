"""What each task's own values say about when it can happen, before its links are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from handover.i18n import N_
from handover.plan.activity import Activity, Constrained, Delayed, Done, Effort, Fixed, FixedUnderWay, Started
from handover.plan.calendar import DAY
from handover.plan.clocks import Clocks
from handover.plan.problem import PlanProblem
from handover.plan.values import Constraint, Plan, PlanTask
from handover.plan.worktime import EARLIEST, LATEST, WorkTime, moment

#: A date further than this from the plan's start is a slip of the keyboard more often than a plan.
_CENTURY = 36_525 * DAY

_HOLDING = (
    Constraint.MUST_START_ON,
    Constraint.MUST_FINISH_ON,
    Constraint.START_NO_LATER,
    Constraint.FINISH_NO_LATER,
)


@dataclass(slots=True)
class Behaviour:
    """What the passes need to know of one task.

    Args:
        floor: the moment before which it can't start.
        cap: the moment after which its finish is late.
        activity: None where links, floor and cap say all.
    """

    time: WorkTime
    duration: int
    floor: int
    cap: int = LATEST
    activity: Activity | None = None
    problems: list[PlanProblem] = field(default_factory=list)


class _Reader:
    """Reads one task, taking a fault for a problem and going on without what is wrong."""

    def __init__(self, task: PlanTask, plan: Plan, clocks: Clocks) -> None:
        self.task = task
        self.plan = plan
        self.clocks = clocks
        self.problems: list[PlanProblem] = []

    def warn(self, message: str, **values: object) -> None:
        self.problems.append(PlanProblem(self.task.id, message, {"task": self.task.name or self.task.id, **values}))

    def date(self, when: datetime | None) -> int | None:
        """A date as a moment; one that a slip of the keyboard put a century away is left out."""
        if when is None:
            return None
        found = moment(when)
        if abs(found - moment(self.plan.start)) > _CENTURY or not EARLIEST < found < LATEST:
            self.warn(
                N_("{task} has the date {date}, a century away from the plan's start; it is left out. Check its year."),
                date=when.date(),
            )
            return None
        return found

    def effort(self, time: WorkTime, duration: int) -> Effort:
        task = self.task
        if not task.labour or task.elapsed:
            return Effort(((time, duration),))
        parts = []
        for part in task.labour:
            if task.calendar is None:
                parts.append((self.clocks.of(part.calendar, task.id), part.minutes))
            else:
                parts.append((self.clocks.of_both(task.calendar, part.calendar, task.id), part.minutes))
        return Effort(tuple(parts))


def usual_floor(plan: Plan) -> int:
    """The moment before which a task without a date of its own doesn't start."""
    start = moment(plan.start)
    return start if plan.data_date is None else max(start, moment(plan.data_date))


def is_plain(task: PlanTask, plan: Plan) -> bool:
    """Whether a task only follows its links on the plan's calendar, as most do."""
    return (
        task.constraint is Constraint.ASAP
        and task.actual_start is task.actual_finish is task.deadline is None
        and task.calendar is None
        and not (task.labour or task.manual or task.elapsed or task.percent or task.delay or plan.from_finish)
        and 0 <= task.duration < _CENTURY
    )


def behaviour_of(task: PlanTask, plan: Plan, clocks: Clocks) -> Behaviour:
    """What a task says of itself: calendar, duration, bounds, and how it is placed if not by its links alone."""
    time = clocks.elapsed if task.elapsed else clocks.of(task.calendar, task.id)
    if is_plain(task, plan):
        return Behaviour(time, task.duration, usual_floor(plan))
    return _particular(task, plan, clocks, time)


def _particular(task: PlanTask, plan: Plan, clocks: Clocks, time: WorkTime) -> Behaviour:
    reader = _Reader(task, plan, clocks)
    duration = task.duration
    if not 0 <= duration < _CENTURY:
        reader.warn(N_("{task} has a duration below zero or of more than a century; it counts as none."))
        duration = 0
    effort = reader.effort(time, duration)
    found = Behaviour(time, duration, moment(plan.start), problems=reader.problems)
    if (deadline := reader.date(task.deadline)) is not None:
        found.cap = deadline
    kind, date = _constraint(reader)
    done = _done(reader, effort)
    if done is not None:
        found.activity = done
    elif task.manual and (fixed := _by_hand(reader, effort)) is not None:
        found.activity = fixed
    elif task.actual_start is not None and (start := reader.date(task.actual_start)) is not None:
        floor = date if kind is Constraint.FINISH_NO_EARLIER else None
        found.activity = _under_way(reader, effort, start, floor)
        _cap(found, kind, date)
    else:
        _not_begun(found, reader, effort, kind, date)
    return found


def _constraint(reader: _Reader) -> tuple[Constraint, int | None]:
    task = reader.task
    if not task.constraint.dated:
        return task.constraint, None
    if task.constraint_date is None:
        reader.warn(N_("{task} has a constraint without its date; it is scheduled as soon as possible."))
        return Constraint.ASAP, None
    date = reader.date(task.constraint_date)
    return (Constraint.ASAP, None) if date is None else (task.constraint, date)


def _done(reader: _Reader, effort: Effort) -> Done | None:
    task = reader.task
    finish = reader.date(task.actual_finish)
    if finish is None:
        return None
    start = reader.date(task.actual_start)
    if start is not None and start > finish:
        reader.warn(N_("{task} finished before it started; its actual start is left out."))
        start = None
    return Done(effort, effort.start(effort.settle(finish)) if start is None else start, finish)


def _under_way(reader: _Reader, effort: Effort, start: int, floor: int | None) -> Started:
    task, plan = reader.task, reader.plan
    rest = _rest(task, effort)
    resume = reader.date(task.resume)
    went_on = None
    if plan.data_date is not None:
        resume = max(moment(plan.data_date), resume or EARLIEST)
        if start > moment(plan.data_date):
            reader.warn(N_("{task} has an actual start after the data date."))
    else:
        went_on = _went_on(task, effort, start, resume)
        if resume is None and task.remaining is not None:
            resume = went_on
    return Started(effort, start, rest, resume, went_on, floor)


def _rest(task: PlanTask, effort: Effort) -> Effort:
    """What remains of a task under way."""
    left = [part.remaining for part in task.labour]
    if left and not task.elapsed and None not in left:
        return Effort(tuple((time, minutes or 0) for (time, _), minutes in zip(effort.parts, left, strict=True)))
    remaining = task.remaining
    if remaining is None:
        remaining = round(task.duration * (1 - min(max(task.percent, 0), 100) / 100))
    return effort.share(remaining, task.duration)


def _went_on(task: PlanTask, effort: Effort, start: int, resume: int | None) -> int:
    """Where the rest of a task under way begins, as far as its progress tells."""
    return effort.share(min(max(task.percent, 0), 100), 100).finish(start) if resume is None else resume


def _by_hand(reader: _Reader, effort: Effort) -> Fixed | None:
    start, finish = reader.date(reader.task.start), reader.date(reader.task.finish)
    if start is None and finish is None:
        return None
    if start is None and finish is not None:
        start = effort.start(effort.settle(finish))
    elif start is not None and finish is None:
        finish = effort.finish(start)
    assert start is not None and finish is not None
    if finish < start:
        reader.warn(N_("{task} is scheduled by hand to finish before it starts; its finish is left out."))
        finish = effort.finish(start)
    if reader.task.actual_start is not None and reader.plan.data_date is None:
        rest = _rest(reader.task, effort)
        return FixedUnderWay(
            effort, start, finish, rest, _went_on(reader.task, effort, start, reader.date(reader.task.resume))
        )
    return Fixed(effort, start, finish)


def _not_begun(found: Behaviour, reader: _Reader, effort: Effort, kind: Constraint, date: int | None) -> None:
    task, plan = reader.task, reader.plan
    if kind is Constraint.START_NO_EARLIER and date is not None:
        found.floor = date
    elif kind is Constraint.FINISH_NO_EARLIER and date is not None:
        found.floor = effort.start(effort.settle(date))
    if plan.data_date is not None:
        found.floor = max(found.floor, moment(plan.data_date))
        if task.percent > 0:
            reader.warn(N_("{task} has progress but no actual start; it counts as not begun."))
    if kind in _HOLDING and date is not None:
        found.activity = Constrained(effort, kind, date, plan.honour_constraints)
    elif task.delay > 0 and task.constraint is not Constraint.ALAP:
        found.activity = Delayed(effort, task.delay)
    elif task.labour:
        found.activity = Activity(effort)


def _cap(found: Behaviour, kind: Constraint, date: int | None) -> None:
    """A task under way can still break a constraint on its finish."""
    if kind in (Constraint.MUST_FINISH_ON, Constraint.FINISH_NO_LATER) and date is not None:
        found.cap = min(found.cap, date)
