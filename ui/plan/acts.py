"""What a person does to the plan: each is one act, in the workspace or, while something is tried out, in its copy."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from handover.errors import NotLawful
from handover.i18n import N_, tr
from handover.plan.schedule import schedule
from handover.plan.values import Link, LinkType
from handover.registers import entry, outline
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.linked import Linked
from handover.registers.scheduling import calendars
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.moving import TaskShift, lasting, moved, stretched
from handover.registers.scheduling.whatif import Scratch
from handover.store import Workspace, undo
from handover.values.durations import DAY
from ui.plan.columns import FIELDS, Col
from ui.plan.row_numbers import by_references
from ui.register.grid.choices import Chosen
from ui.shell.page import Context

Links = list[tuple[str, str, float, str]]

#: What is being tried out in a window; it outlives the page, which is made anew when the language changes.
_trying: WeakKeyDictionary[Context, Scratch] = WeakKeyDictionary()


class PlanActs(QObject):
    """Acts on the plan of the project in hand.

    Signals:
        added: the key of a task that came in, whose name is to be typed.
        tried: the scratch copy changed, was begun or was left.
    """

    added = Signal(str)
    tried = Signal()
    _touched = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.chart: Chart | None = None
        self.scratch = _resumed(context)
        self._touched.connect(self.tried)
        if self.scratch is not None:
            self._listen(self.scratch)

    @property
    def workspace(self) -> Workspace:
        """Where acts go: the scratch copy while something is tried out."""
        return self.scratch.workspace if self.scratch else self._context.workspace

    @property
    def writable(self) -> bool:
        """Whether anything can be changed: a copy always can."""
        return self.scratch is not None or not self._context.read_only

    @property
    def _project(self) -> str:
        return self._context.project.id

    def _do(self, function: Callable[[], object]) -> bool:
        """Run an act; whether it was done. What it was refused for is shown."""
        done = self._context.act(lambda: (function(), True)[1])
        return bool(done)

    # -- fields ------------------------------------------------------------------------------------------------------

    def change(self, id: str, fields: dict[str, Any]) -> bool:  # Any: what fields hold
        """Set fields of a task."""
        return self.change_many({id: fields})

    def change_many(self, changes: Mapping[str, Mapping[str, Any]]) -> bool:  # Any: as above
        """Set fields of tasks, by their keys, in one act."""
        return self._do(lambda: editing.change(self.workspace, register("tasks"), self._project, changes))

    def shift(self, shift: TaskShift) -> bool:
        """Store what dragging a bar came to."""
        return self.change(shift.id, dict(shift.fields))

    def shift_days(self, ids: Sequence[str], days: int) -> bool:
        """Move tasks by whole days, as the keys do; those that can't be moved stay."""
        if self.chart is None:
            return False
        changes = {}
        for id in ids:
            start = self.chart.schedule[id].start
            day = dt.datetime.combine(start.date(), dt.time()) + dt.timedelta(days)
            changes[id] = dict(moved(self.chart, id, day).fields)
        return self.change_many(changes)

    def stretch_days(self, ids: Sequence[str], days: int) -> bool:
        """Lengthen or shorten tasks by working days, never below one."""
        if self.chart is None:
            return False
        tasks, node = self.chart.schedule.plan.tasks, self.chart.node
        changes = {}
        for id in ids:
            minutes = max(tasks[node[id]].duration + days * DAY, min(DAY, tasks[node[id]].duration))
            changes[id] = dict(stretched(self.chart, id, minutes).fields)
        return self._do(lambda: editing.change(self.workspace, register("tasks"), self._project, changes))

    def typed(self, id: str, column: Col, value: object) -> None:
        """Store what was typed into a cell. Raises HandoverError when it can't be taken."""
        field = register("tasks")[FIELDS[column]]
        if isinstance(value, Chosen):
            stored: Any = value.value.id if isinstance(value.value, Linked) else value.value
        else:
            with self.workspace.read() as connection:
                text = str(value)
                if column is Col.PREDECESSORS and self.chart is not None:
                    text = by_references(self.chart, text)
                stored = entry.parse(connection, self._project, field, text)
        fields = self._meant(id, column, stored)
        if column is Col.PREDECESSORS:
            self._refuse_circle({id: stored})
        editing.change(self.workspace, register("tasks"), self._project, {id: fields})

    def _meant(self, id: str, column: Col, value: Any) -> dict[str, Any]:  # Any: what fields hold
        """What is to be stored so that the forecast follows what was typed."""
        if self.chart is not None and value is not None:
            if column is Col.START:
                return dict(moved(self.chart, id, value).fields)
            if column is Col.DURATION:
                return dict(stretched(self.chart, id, value).fields)
            if column is Col.FINISH:
                end = value if value.hour or value.minute else value + dt.timedelta(1)
                if end <= self.chart.schedule[id].start:
                    raise NotLawful(N_("It finishes before it starts."))
                return dict(stretched(self.chart, id, lasting(self.chart, id, end)).fields)
        return {FIELDS[column]: value}

    # -- links -------------------------------------------------------------------------------------------------------

    def links_to(self, id: str) -> Links:
        """The predecessors of a task."""
        found = self.chart.schedule.plan.links if self.chart else ()
        return [(k.predecessor, k.type.value, k.lag, k.lag_unit.value) for k in found if k.successor == id]

    def link(self, predecessor: str, successor: str, kind: str = "FS") -> bool:
        """Let a task follow another; a link between them that is there already changes its kind."""
        links = [link for link in self.links_to(successor) if link[0] != predecessor]
        links.append((predecessor, kind, 0.0, "working"))

        def act() -> None:
            self._refuse_circle({successor: links})
            editing.change(self.workspace, register("tasks"), self._project, {successor: {"predecessors": links}})

        return self._do(act)

    def link_chain(self, ids: Sequence[str]) -> bool:
        """Let each of some tasks follow the one before."""
        changes: dict[str, dict[str, Any]] = {}
        for one, other in itertools.pairwise(ids):
            kept = [link for link in self.links_to(other) if link[0] != one]
            changes[other] = {"predecessors": [*kept, (one, "FS", 0.0, "working")]}

        def act() -> None:
            self._refuse_circle({id: fields["predecessors"] for id, fields in changes.items()})
            editing.change(self.workspace, register("tasks"), self._project, changes)

        return bool(changes) and self._do(act)

    def delete_link(self, link: Link) -> bool:
        """Delete one link."""
        kept = [each for each in self.links_to(link.successor) if each[0] != link.predecessor]
        return self.change(link.successor, {"predecessors": kept})

    def unlink(self, ids: Sequence[str]) -> bool:
        """Delete the links among some tasks; with a single task, all links to and from it."""
        if self.chart is None:
            return False
        chosen = set(ids)
        hit = [
            k for k in self.chart.schedule.plan.links
            if (k.predecessor in chosen and k.successor in chosen)
            or (len(chosen) == 1 and chosen & {k.predecessor, k.successor})
        ]  # fmt: skip
        gone = {(k.predecessor, k.successor) for k in hit}
        changes = {
            k.successor: {"predecessors": [x for x in self.links_to(k.successor) if (x[0], k.successor) not in gone]}
            for k in hit
        }
        act = lambda: editing.change(self.workspace, register("tasks"), self._project, changes)  # noqa: E731
        return bool(changes) and self._do(act)

    def _refuse_circle(self, wanted: dict[str, Links]) -> None:
        """Raise NotLawful where these predecessors would make tasks wait for themselves, or could not be kept."""
        if self.chart is None:
            return
        before = self.chart.schedule
        known = {(p.task, p.message, p.tasks) for p in before.network.problems}
        others = tuple(k for k in before.plan.links if k.successor not in wanted)
        mine = tuple(Link(p, id, LinkType(kind), lag) for id, links in wanted.items() for p, kind, lag, _ in links)
        for problem in schedule(replace(before.plan, links=others + mine)).network.problems:
            if (problem.task, problem.message, problem.tasks) in known:
                continue
            if problem.tasks:
                names = " → ".join(self.chart.rows[self.chart.node[t]].name for t in problem.tasks)
                raise NotLawful(N_("This link would close a circle: {tasks}. Nothing was changed."), tasks=names)
            raise NotLawful(problem.message, detail="", **problem.values)

    def set_calendar(self, ids: Sequence[str], calendar_id: str) -> bool:
        """Give tasks a calendar of their own, the project's with an empty key."""
        return self._do(lambda: calendars.assign(self.workspace, self._project, ids, calendar_id))

    # -- outline -----------------------------------------------------------------------------------------------------

    def add(self, after: str | None) -> None:
        """Add a task of a day below another, at its depth; at the end where none is named."""
        made: list[str] = []
        values = {"name": tr("New task"), "duration": DAY}
        act = lambda: made.append(  # noqa: E731
            editing.add(self.workspace, register("tasks"), self._project, values, after=after)
        )
        if self._do(act):
            self.added.emit(made[0])

    def delete(self, ids: Sequence[str]) -> bool:
        """Put tasks with their parts into the bin."""
        return bool(ids) and self._do(
            lambda: editing.delete(self.workspace, register("tasks"), self._project, _tops(self.chart, ids))
        )

    def indent(self, ids: Sequence[str]) -> bool:
        """Make tasks part of the one above."""
        return self._do(lambda: outline.indent(self.workspace, self._project, ids))

    def outdent(self, ids: Sequence[str]) -> bool:
        """Take tasks out of their summary."""
        return self._do(lambda: outline.outdent(self.workspace, self._project, ids))

    def move_by(self, ids: Sequence[str], step: int) -> bool:
        """Move tasks up (-1) or down (1) among their neighbours."""
        return self._do(lambda: outline.move_by(self.workspace, self._project, ids, step))

    # -- trying things out -------------------------------------------------------------------------------------------

    def begin_trying(self) -> None:
        """From now on acts go into a copy that nobody else sees."""
        if self.scratch is None:
            self.scratch = self._context.act(lambda: Scratch(self._context.workspace, self._project))
            if self.scratch is not None:
                _trying[self._context] = self.scratch
                self._listen(self.scratch)
                self.tried.emit()

    def _listen(self, scratch: Scratch) -> None:
        stop = scratch.workspace.on_change(lambda _tables: self._touched.emit())
        self.destroyed.connect(lambda: stop())

    def undo_tried(self) -> None:
        """Take back the last thing that was tried."""
        if self.scratch is not None and self.scratch.steps:
            self._do(lambda: undo(self.workspace))

    def keep_tried(self) -> bool:
        """Carry out in the workspace, as one act, what was tried; whether that was possible."""
        scratch = self.scratch
        if scratch is None or not self._do(lambda: scratch.keep()):
            return False
        self.drop_tried()
        return True

    def drop_tried(self) -> None:
        """Forget what was tried."""
        scratch, self.scratch = self.scratch, None
        _trying.pop(self._context, None)
        if scratch is not None:
            scratch.drop()
            self.tried.emit()


def _tops(chart: Chart | None, ids: Sequence[str]) -> list[str]:
    """Tasks without those that go with a summary among them anyway."""
    if chart is None:
        return list(ids)
    chosen, found, limit = set(ids), [], -1
    for row in chart.rows:
        if limit >= 0 and row.depth > limit:
            continue
        limit = row.depth if row.id in chosen else -1
        if row.id in chosen:
            found.append(row.id)
    return found


def _resumed(context: Context) -> Scratch | None:
    """What is being tried out in the project in hand; what was tried in another one is dropped."""
    scratch = _trying.get(context)
    if scratch is None or (scratch.original is context.workspace and scratch.project_id == context.project.id):
        return scratch
    _trying.pop(context).drop()
    return None
