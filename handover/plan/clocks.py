"""The calendars of a plan, each made ready for arithmetic once."""

from __future__ import annotations

from handover.i18n import N_
from handover.plan.calendar import DayPattern, common, fold, round_the_clock, standard
from handover.plan.problem import PlanProblem
from handover.plan.values import Plan
from handover.plan.worktime import FIRST_DAY, LAST_DAY, WorkTime, moment

_HORIZON = (FIRST_DAY, LAST_DAY)


class Clocks:
    """Hands out the working time of each calendar of a plan; what is wrong with them goes to ``problems``."""

    def __init__(self, plan: Plan) -> None:
        self.problems: list[PlanProblem] = []
        self._calendars = {calendar.id: calendar for calendar in plan.calendars}
        self._around = moment(plan.start)
        self._patterns: dict[str, DayPattern] = {}
        self._clocks: dict[tuple[str, str], WorkTime] = {}
        self._by_id: dict[str, WorkTime] = {}
        self.elapsed = WorkTime(fold({"": round_the_clock("")}, "", _HORIZON), self._around)
        self._fallback = WorkTime(fold({"": standard("")}, "", _HORIZON), self._around)
        self._base_faults()
        self.plan = self.of(plan.calendar, None)

    def of(self, id: str | None, task: str | None) -> WorkTime:
        """The working time of a calendar; the plan's own, or else a five-day week, where it can't be used."""
        if id is None:
            return self.plan
        found = self._by_id.get(id)
        if found is None:
            found = self._made(id, task)
        return found

    def of_both(self, one: str, other: str, task: str) -> WorkTime:
        """What two calendars both work; the second alone where they have no hour in common."""
        key = (one, other)
        if key not in self._clocks:
            if not {one, other} <= self._calendars.keys():
                return self.of(one if one in self._calendars else other, task)
            pattern = common(self._pattern(one), self._pattern(other))
            if pattern.idle:
                self._warn(
                    task,
                    N_("The calendars {calendar} and {other} have no working time in common; the second is used."),
                    calendar=self._name(one),
                    other=self._name(other),
                )
                self._clocks[key] = self.of(other, task)
            else:
                self._clocks[key] = WorkTime(pattern, self._around)
        return self._clocks[key]

    def _made(self, id: str, task: str | None) -> WorkTime:
        instead = self._fallback if task is None else self.plan
        if id not in self._calendars:
            self._warn(task, N_("There is no calendar {calendar}; another is used instead."), calendar=id)
            self._by_id[id] = instead
        elif self._pattern(id).idle:
            self._warn(
                task,
                N_("The calendar {calendar} has no working time in its week; another is used instead."),
                calendar=self._name(id),
            )
            self._by_id[id] = instead
        else:
            self._by_id[id] = WorkTime(self._pattern(id), self._around)
        return self._by_id[id]

    def _pattern(self, id: str) -> DayPattern:
        if id not in self._patterns:
            self._patterns[id] = fold(self._calendars, id, _HORIZON)
        return self._patterns[id]

    def _name(self, id: str) -> str:
        return self._calendars[id].name or id

    def _warn(self, task: str | None, message: str, **values: object) -> None:
        self.problems.append(PlanProblem(task, message, values))

    def _base_faults(self) -> None:
        for id in self._calendars:
            seen = [id]
            while (base := self._calendars[seen[-1]].base) is not None:
                if base not in self._calendars:
                    if len(seen) == 1:
                        self._warn(
                            None,
                            N_("The calendar {calendar} is based on {base}, which is not there."),
                            calendar=self._name(id),
                            base=base,
                        )
                    break
                if base in seen:
                    if base == id:
                        self._warn(None, N_("The calendar {calendar} is based on itself."), calendar=self._name(id))
                    break
                seen.append(base)
