"""How one task behaves when the passes place it: by its links, its constraint, its progress or by hand.

Most tasks only follow their links and are placed by the loops of the passes themselves; what else there is has a
class here. Moments are minutes as in ``handover.plan.worktime``.
"""

from __future__ import annotations

from dataclasses import dataclass

from handover.plan.values import Constraint
from handover.plan.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a task takes: working minutes on one calendar, or on several at once.

    With several (resources with calendars of their own) it begins with the first of them and ends with the last, as a
    task of MS Project does whose resources keep different hours.
    """

    parts: tuple[tuple[WorkTime, int], ...]

    def begin(self, moment: int) -> int:
        """The first moment at or after ``moment`` where it can start."""
        return min(time.start[time.number[moment]] if minutes else stand(time, moment) for time, minutes in self.parts)

    def finish(self, start: int) -> int:
        """When it ends if it starts at ``start``."""
        return max(
            time.finish[time.number[start] + minutes] if minutes else stand(time, start) for time, minutes in self.parts
        )

    def settle(self, moment: int) -> int:
        """The last moment up to ``moment`` at which its work can end."""
        return max(time.finish[time.number[moment]] if minutes else rest(time, moment) for time, minutes in self.parts)

    def start(self, finish: int) -> int:
        """The latest start that still lets it end at ``finish``."""
        return min(time.start[time.number[finish] - minutes] if minutes else finish for time, minutes in self.parts)

    def share(self, numerator: float, denominator: float) -> Effort:
        """The same kind of effort, shortened in proportion."""
        if denominator <= 0:
            return self
        return Effort(tuple((time, round(minutes * numerator / denominator)) for time, minutes in self.parts))


def stand(time: WorkTime, moment: int) -> int:
    """Where a milestone stands: at a worked moment, or where work just ended; out of a pause it goes forward."""
    number = time.number[moment]
    return moment if time.finish[number] == moment else time.start[number]


def rest(time: WorkTime, moment: int) -> int:
    """The last moment up to ``moment`` where a milestone can stand."""
    number = time.number[moment]
    return moment if time.start[number] == moment else time.finish[number]


class Activity:
    """A task that the passes can't place by its links alone.

    Attributes:
        done: it is over, so it holds none of its predecessors.
        free_start: its start is past or set by hand, so links from its start don't hold it back.
        floats_by_finish: only its finish can slip, not its start.
    """

    __slots__ = ("effort",)
    done = False
    free_start = False
    floats_by_finish = False

    def __init__(self, effort: Effort) -> None:
        self.effort = effort

    def place(self, bound: int) -> tuple[int, int]:
        """Early start and finish, when links allow a start from ``bound`` on."""
        start = self.effort.begin(bound)
        return start, self.effort.finish(start)

    def hold(self, bound: int) -> tuple[int, int]:
        """Latest start and finish, when successors allow a finish up to ``bound``."""
        finish = self.effort.settle(bound)
        return self.effort.start(finish), finish

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """The late dates to show, where they differ from those that bind the predecessors."""
        return start, finish


class Delayed(Activity):
    """A task that waits a while after its links let it start, as levelling of its resources asks."""

    __slots__ = ("delay",)
    floats_by_finish = True

    def __init__(self, effort: Effort, delay: int) -> None:
        super().__init__(effort)
        self.delay = delay

    def place(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        return super().place(self.effort.begin(bound) + self.delay)

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``; its predecessors must be done before it waits."""
        start, finish = super().hold(bound)
        return start - self.delay, finish

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """See ``Activity``."""
        return start + self.delay, finish


class Constrained(Activity):
    """A task that must, or must not, be later than a date. Constraints to the other side are floors of the pass."""

    __slots__ = ("date", "honoured", "kind")

    def __init__(self, effort: Effort, kind: Constraint, date: int, honoured: bool) -> None:
        super().__init__(effort)
        self.kind = kind
        self.date = date
        self.honoured = honoured

    def place(self, bound: int) -> tuple[int, int]:
        """See ``Activity``; a constraint that is honoured wins over the links."""
        start = self.effort.begin(bound)
        fixed = self._fixed()
        must = self.kind in (Constraint.MUST_START_ON, Constraint.MUST_FINISH_ON)
        if must:
            start = fixed if self.honoured else max(start, fixed)
        elif self.honoured:
            start = min(start, fixed)
        if start == fixed and self.kind == Constraint.MUST_FINISH_ON:
            return start, max(self.effort.settle(self.date), self.effort.finish(start))
        return start, self.effort.finish(start)

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        if self.kind in (Constraint.FINISH_NO_LATER, Constraint.MUST_FINISH_ON):
            latest = self.date
        else:
            latest = self.effort.finish(self.effort.begin(self.date))
        must = self.kind in (Constraint.MUST_START_ON, Constraint.MUST_FINISH_ON)
        return super().hold(latest if must and self.honoured else min(bound, latest))

    def breaks(self, bound: int) -> bool:
        """Whether links that allow a start from ``bound`` on place it later than its constraint allows."""
        return self.effort.begin(bound) > self._fixed()

    def _fixed(self) -> int:
        if self.kind in (Constraint.MUST_START_ON, Constraint.START_NO_LATER):
            return self.effort.begin(self.date)
        return self.effort.start(self.effort.settle(self.date))


class Started(Activity):
    """A task under way: it began when it did, and what is left follows.

    Args:
        effort: of the whole task.
        rest: of what remains.
        resume: before when the rest can't go on (data date, resumption), or None where it simply went on.
        went_on: where the rest begins, if that is past and so binds the predecessors however late the finish may be.
        floor: a finish that a constraint keeps it from falling below, or None.
    """

    __slots__ = ("actual_start", "floor", "rest", "resume", "went_on")
    free_start = True
    floats_by_finish = True

    def __init__(
        self,
        effort: Effort,
        actual_start: int,
        rest: Effort,
        resume: int | None,
        went_on: int | None,
        floor: int | None,
    ) -> None:
        super().__init__(effort)
        self.went_on = went_on
        self.actual_start = actual_start
        self.rest = rest
        self.resume = resume
        self.floor = floor

    def place(self, bound: int) -> tuple[int, int]:
        """See ``Activity``. Retained logic: with a data date the rest also waits for the predecessors."""
        if self.resume is None:
            finish = self.effort.finish(self.actual_start)
        else:
            waits = self.went_on is None
            finish = self.rest.finish(self.rest.begin(max(self.resume, bound) if waits else self.resume))
        if self.floor is not None:
            finish = max(finish, self.floor)
        return self.actual_start, max(finish, self.actual_start)

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``; only the rest can still be late."""
        finish = self.rest.settle(bound)
        start = self.rest.start(finish)
        return start if self.went_on is None else min(start, self.went_on), finish

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """See ``Activity``."""
        return self.actual_start, finish


class Fixed(Activity):
    """A task whose dates are given by hand."""

    __slots__ = ("dates",)
    free_start = True
    floats_by_finish = True

    def __init__(self, effort: Effort, start: int, finish: int) -> None:
        super().__init__(effort)
        self.dates = (start, finish)

    def place(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        return self.dates

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``; MS Project leaves the late finish where the successor put it."""
        return super().hold(bound)[0], bound

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """See ``Activity``; without float it stays where it was put, whatever its duration says."""
        return (self.dates[0] if finish == self.dates[1] else start), finish


class FixedUnderWay(Fixed):
    """A task under way whose dates are given by hand: only its rest still holds back its predecessors."""

    __slots__ = ("rest", "went_on")

    def __init__(self, effort: Effort, start: int, finish: int, rest: Effort, went_on: int) -> None:
        super().__init__(effort, start, finish)
        self.rest = rest
        self.went_on = went_on

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        return min(self.rest.start(self.rest.settle(bound)), self.went_on), bound

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """See ``Activity``; late, it would still take its whole duration."""
        return super().shown_late(super().hold(finish)[0], finish)


class Done(Fixed):
    """A task that is over."""

    __slots__ = ()
    done = True

    def shown_late(self, start: int, finish: int) -> tuple[int, int]:
        """See ``Activity``; what is done can't be late any more."""
        return self.dates


class Through(Activity):
    """What stands for the start or finish of a summary between its tasks and its links: it hands moments on."""

    __slots__ = ()

    def place(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        return bound, bound

    def hold(self, bound: int) -> tuple[int, int]:
        """See ``Activity``."""
        return bound, bound
