"""The run sheet of a cutover wave: when each step is planned and expected, the slip, and until when one can go back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

#: The states of a step in which nothing of it is left to do.
OVER = frozenset({"done", "skipped"})


@dataclass(frozen=True, slots=True)
class SheetStep:
    """A step as it is planned and as it went.

    Attributes:
        minutes: planned.
        together: it begins with the step before it, not after it.
        no_return: once it has begun, there is no way back.
    """

    key: str
    minutes: int
    together: bool = False
    no_return: bool = False
    status: str = "waiting"
    started: dt.datetime | None = None
    finished: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """When a step is planned, and when it was or is expected to be."""

    key: str
    planned_start: dt.datetime
    planned_end: dt.datetime
    start: dt.datetime
    end: dt.datetime
    slip: int  # minutes after the plan at its end


@dataclass(frozen=True, slots=True)
class RunSheet:
    """A wave by the clock; minutes.

    Attributes:
        end: when it was through, or is expected to be.
        last_safe: the last moment to begin going back; None where nothing says how long that takes.
        no_return: a step after which there is no way back has begun.
        late_to_return: the last safe moment has passed.
    """

    lines: tuple[SheetLine, ...]
    planned_start: dt.datetime
    planned_end: dt.datetime
    end: dt.datetime
    last_safe: dt.datetime | None
    no_return: bool
    late_to_return: bool
    done: int

    @property
    def slip(self) -> int:
        """Minutes by which the end is later than planned; negative where it is earlier."""
        return _minutes(self.end - self.planned_end)


def run_sheet(
    steps: Sequence[SheetStep],
    planned_start: dt.datetime,
    now: dt.datetime,
    *,
    started: dt.datetime | None = None,
    rollback: int | None = None,
    back_by: dt.datetime | None = None,
) -> RunSheet:
    """The run sheet of a wave.

    The last safe moment is ``rollback`` minutes before everything must run again, and never after the expected
    beginning of a step without return.

    Args:
        steps: in their order.
        started: when the wave was started.
        rollback: how many minutes going back takes.
        back_by: when everything must run again; the planned end where nobody said.
    """
    lines: list[SheetLine] = []
    plan_before = plan_after = planned_start
    real_before = real_after = started or max(planned_start, now)
    for step in steps:
        planned = plan_before if step.together else plan_after
        planned_end = planned + dt.timedelta(minutes=step.minutes)
        earliest = real_before if step.together else real_after
        start, end = _expected(step, earliest, now)
        lines.append(SheetLine(step.key, planned, planned_end, start, end, _minutes(end - planned_end)))
        plan_before, plan_after = planned, max(plan_after, planned_end)
        real_before, real_after = start, max(real_after, end)
    last_safe = None
    if rollback is not None:
        last_safe = (back_by or plan_after) - dt.timedelta(minutes=rollback)
        for step, line in zip(steps, lines, strict=True):
            if step.no_return and step.status not in OVER:
                last_safe = min(last_safe, line.start)
    beyond = any(step.no_return and step.status in ("running", "done", "failed") for step in steps)
    done = sum(step.status in OVER for step in steps)
    late = last_safe is not None and now > last_safe
    return RunSheet(tuple(lines), planned_start, plan_after, real_after, last_safe, beyond, late, done)


def _expected(step: SheetStep, earliest: dt.datetime, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """When a step began and ended, or is expected to: what hasn't happened by now can't lie before it."""
    if step.status == "skipped":
        at = step.finished or earliest
        return at, at
    lasting = dt.timedelta(minutes=step.minutes)
    if step.finished is not None:
        return step.started or step.finished, step.finished
    if step.started is not None:
        return step.started, max(step.started + lasting, now)
    start = max(earliest, now)
    return start, start + lasting


def _minutes(span: dt.timedelta) -> int:
    return round(span.total_seconds() / 60)
