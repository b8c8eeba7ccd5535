"""What the mouse does to a bar: moving it, stretching it, linking it to another; each shows its outcome meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from operator import ne
from typing import Literal

from handover.i18n import tr, trn
from handover.plan.calendar import DAY
from handover.plan.schedule import Schedule, reschedule
from handover.plan.values import LinkType, TaskKind
from handover.plan.worktime import moment, when
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.moving import TaskShift, can_move, can_stretch, clock_of, moved, rounded, stretched
from handover.values import shown
from ui.plan.model import day_text

Part = Literal["bar", "end", "knob"]


@dataclass(slots=True)
class Drag:
    """A bar in the hand.

    Attributes:
        id: the task.
        part: where it was taken: the bar moves it, the end stretches it, the knob beyond the end links it.
        origin: the moment under the pointer when it was taken.
        shift: what would be stored, None as long as nothing would change.
        preview: the schedule as it would be.
        target: of a link, the task that it would lead to, or empty.
        link: of a link, its kind.
    """

    chart: Chart
    id: str
    part: Part
    origin: float
    shift: TaskShift | None = None
    preview: Schedule | None = None
    target: str = ""
    link: LinkType = LinkType.FS

    def to(self, at: float, grain: int) -> bool:
        """Follow the pointer to a moment; whether anything to show has changed."""
        if self.part == "knob":
            return False
        shift = self._moved(at, grain) if self.part == "bar" else self._stretched(at, grain)
        if (shift and shift.fields) == (self.shift and self.shift.fields):
            return False
        self.shift = shift
        self.preview = reschedule(self.chart.schedule, shift.task) if shift else None
        return True

    def _moved(self, at: float, grain: int) -> TaskShift | None:
        dates = self.chart.schedule[self.id]
        by = round((at - self.origin) / grain) * grain
        if not by:
            return None
        start = moment(dates.start)
        # By whole days the new start is a day; the calendar says at which hour its work begins.
        begin = start // DAY * DAY if grain == DAY else start
        return moved(self.chart, self.id, when(rounded(begin + by, min(grain, 15))))

    def _stretched(self, at: float, grain: int) -> TaskShift | None:
        task = self.chart.schedule.plan.tasks[self.chart.node[self.id]]
        finish = moment(self.chart.schedule[self.id].finish)
        by = round((at - self.origin) / grain) * grain
        if not by:
            return None
        clock = clock_of(self.chart, self.id)
        end = rounded(-(-finish // grain) * grain + by, grain)
        minutes = task.duration + clock.before(end) - clock.before(finish)
        minutes = max(minutes, min(grain, 60))
        return None if minutes == task.duration else stretched(self.chart, self.id, minutes)

    @property
    def sentence(self) -> str:
        """What would come of it, for the label beside the pointer."""
        if self.part == "knob":
            return self._link_sentence()
        if self.preview is None or self.shift is None:
            return ""
        dates, node = self.preview[self.id], self.chart.node[self.id]
        lines = [tr("{start} – {finish}", start=day_text(dates.start), finish=day_text(dates.finish, end=True))]
        if self.part == "end":
            lines[0] += f" · {shown.duration(self.shift.task.duration)}"
        before, after = self.chart.schedule.spans, self.preview.spans
        changed = sum(map(ne, before.finish, after.finish)) - (before.finish[node] != after.finish[node])
        lines.append(trn("moves {n} other task", "moves {n} other tasks", changed))
        if before.last != after.last:
            was = day_text(self.chart.schedule.finish, end=True)
            lines.append(
                tr("the plan finishes {before} → {after}", before=was, after=day_text(self.preview.finish, end=True))
            )
        elif self.part == "bar" and before.start[node] == after.start[node]:
            lines.append(tr("its predecessors or its progress hold it here"))
        return "\n".join(lines)

    def _link_sentence(self) -> str:
        if not self.target:
            return tr("Drop it on the task that shall follow (Shift: starts together, Ctrl: ends together)")
        name = self.chart.rows[self.chart.node[self.target]].name
        mine = self.chart.rows[self.chart.node[self.id]].name
        if self.link is LinkType.SS:
            return tr("{task} starts when {other} starts", task=name, other=mine)
        if self.link is LinkType.FF:
            return tr("{task} ends when {other} ends", task=name, other=mine)
        return tr("{task} follows {other}", task=name, other=mine)


def parts(chart: Chart, id: str) -> set[Part]:
    """Where the bar of a task can be taken."""
    found: set[Part] = set()
    node = chart.node[id]
    if can_move(chart, id):
        found.add("bar")
    if can_stretch(chart, id):
        found.add("end")
    if not chart.rows[node].inactive:
        found.add("knob")
    return found


def describe(chart: Chart, schedule: Schedule, id: str) -> str:
    """All that the chart knows of a task, a line each, for its tooltip."""
    node = chart.node[id]
    row, task, dates = chart.rows[node], schedule.plan.tasks[node], schedule[id]
    lines = [f"{row.ref} · {row.name}"]
    if task.kind is TaskKind.MILESTONE:
        lines.append(tr("Milestone on {date}", date=shown.moment(dates.finish)))
    else:
        lines.append(
            tr("Forecast {start} – {finish}", start=shown.moment(dates.start), finish=shown.moment(dates.finish))
        )
    if not row.summary and task.kind is not TaskKind.MILESTONE:
        lines.append(
            tr("Duration {duration}, {percent} complete", duration=shown.duration(task.duration),
               percent=shown.percent(1.0 if row.actual_finish else row.percent))
        )  # fmt: skip
    if not row.actual_finish:
        lines.append(
            tr("Total float {total}, free float {free}", total=shown.duration(dates.total_float),
               free=shown.duration(dates.free_float))
        )  # fmt: skip
    if dates.critical:
        lines.append(tr("Critical: it decides when the plan finishes."))
    if dates.driver is not None:
        lines.append(tr("Waits for {task}", task=chart.rows[chart.node[dates.driver]].name))
    kept = chart.baseline.get(id)
    if kept is not None and kept.start is not None and kept.finish is not None:
        lines.append(
            tr("Baseline {start} – {finish}", start=shown.moment(kept.start), finish=shown.moment(kept.finish))
        )
    if row.deadline is not None:
        lines.append(tr("Deadline {date}", date=shown.moment(row.deadline)))
    if row.owner:
        lines.append(tr("Owner {name}", name=row.owner))
    return "\n".join(lines)
