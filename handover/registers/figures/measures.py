"""The numbers of the overview day by day: kept beside the work, read as a value for each day.

A day's numbers are written when the workspace is opened, after the first act of the day, and again when it is closed:
so they end as the day ended. They follow from the rows: the change log knows nothing of them, undo leaves them.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from handover.clock import today
from handover.errors import HandoverError
from handover.i18n import N_
from handover.model.measure import Measure
from handover.registers.figures.overview import numbers
from handover.store.workspace import Workspace

#: Carries out one keeping.
Keeping = Callable[[], None]
Run = Callable[[Keeping], None]
#: The seconds that a keeping leaves to what was begun with it, such as the reading of the first page.
_MOMENT = 2.0


@dataclass(frozen=True, slots=True)
class DayValue:
    """A number as it stood at the end of a day; None before the first day on which it was written down."""

    day: dt.date
    n: int | None


def keep(workspace: Workspace) -> None:
    """Write down how the numbers of all projects stand today, in the place of what was written earlier today.

    Raises:
        ReadOnly: the workspace can't be written.
        HandoverError: the disk is full or gone; nothing was written.
    """
    day = today()
    projects = [project.id for project in workspace.projects()]
    with workspace.read() as connection:  # counted before the file is taken for writing, which is then over at once
        found = [
            {"project_id": project, "register": each.register.key, "view": each.view, "day": day, "n": each.n}
            for project in projects
            for each in numbers(connection, project)
        ]
    with workspace.edit(N_("Write down the numbers of the day")) as work:
        connection = work.session.connection()
        connection.execute(delete(Measure).where(Measure.project_id.in_(projects), Measure.day == day))
        if found:
            connection.execute(insert(Measure), found)


def at_once(keeping: Keeping) -> None:
    """Carry out a keeping in the thread of the act."""
    keeping()


def at_the_end(_keeping: Keeping) -> None:
    """Leave it to the end of following: for a command, which is over soon."""


def in_a_thread(keeping: Keeping) -> None:
    """Carry out a keeping in a thread of its own, a moment later: neither an act nor the first page waits for it."""
    later = threading.Timer(_MOMENT, keeping)
    later.name, later.daemon = "numbers of the day", True
    later.start()


def follow(workspace: Workspace, run: Run = at_once) -> Callable[[], None]:
    """Keep the numbers of a workspace that was opened for writing from now on.

    Args:
        run: carries out one keeping: ``at_once``, ``at_the_end`` or ``in_a_thread``.

    Returns a function that writes down how the day ends and stops following; call it before the workspace is closed.
    A disk that is full, or a workspace that is read only, costs the day its numbers and nothing else.
    """
    if workspace.read_only:
        return lambda: None
    days = _Days(workspace, run)
    stop = workspace.on_change(days.after_act)
    days.begin()

    def end() -> None:
        stop()
        days.end()

    return end


@contextmanager
def followed(path: Path) -> Iterator[Workspace]:
    """A workspace opened for writing whose numbers are kept once it is done with; raises as ``Workspace.open``."""
    with Workspace.open(path) as workspace:
        end = follow(workspace, at_the_end)
        try:
            yield workspace
        finally:
            end()


def series(
    connection: Connection, project_id: str, register: str, view: str, first: dt.date, last: dt.date
) -> list[DayValue]:
    """A number for each day from ``first`` to ``last``, at most until today.

    A day on which nobody opened the workspace has the value of the day before it.
    """
    of_number = (Measure.project_id == project_id, Measure.register == register, Measure.view == view)
    before = select(Measure.n).where(*of_number, Measure.day < first).order_by(Measure.day.desc()).limit(1)
    value = connection.execute(before).scalar()
    within = select(Measure.day, Measure.n).where(*of_number, Measure.day.between(first, last))
    known = {row.day: row.n for row in connection.execute(within)}
    found = []
    for number in range((min(last, today()) - first).days + 1):
        day = first + dt.timedelta(number)
        value = known.get(day, value)
        found.append(DayValue(day, value))
    return found


class _Days:
    """Knows on which day the numbers were last written down, and whether they may have changed since."""

    def __init__(self, workspace: Workspace, run: Run) -> None:
        self._workspace = workspace
        self._run = run
        self._day: dt.date | None = None
        self._changed = False
        self._ended = False
        self._keeping = threading.Lock()

    def begin(self) -> None:
        self._day = today()
        self._changed = True  # until it was carried out, so that a workspace closed before isn't without its day
        self._run(self._keep)

    def after_act(self, _tables: frozenset[str]) -> None:
        """The first act of a day brings its numbers; those after it wait for the end."""
        self._changed = True
        if self._day != today():
            self.begin()

    def end(self) -> None:
        if self._changed or self._day != today():
            self._keep()
        with self._keeping:
            self._ended = True

    def _keep(self) -> None:
        # What can't be written now is written at the end, or the day goes without: it is no fault of the act.
        with self._keeping, suppress(HandoverError):
            if not self._ended:
                self._changed = False
                keep(self._workspace)
