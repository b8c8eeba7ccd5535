"""What queries ask of a row that no column holds and that is worked out for all rows of a project at once.

Such as the days that the schedule gives a task. Whoever knows how says so with ``work_out_with``; queries ask with
``handover.model.dialect.worked_out``. It is worked out once for each state of the file and each day, when the first
query asks; nothing of it is stored, so it can't be out of date.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from sqlalchemy import Connection, text

from handover import clock

#: What is known of each row, by its key: text, numbers or nothing, in the order that its maker says.
Facts = Mapping[str, tuple[str | int | None, ...]]
Maker = Callable[[Connection, str], Facts]

_makers: dict[str, Maker] = {}
#: So many projects are kept in mind, of each the newest state.
_KEPT = 8


def work_out_with(name: str, maker: Maker) -> None:
    """From now on ``maker`` tells what queries ask by a name: of the rows of a project, read from a connection."""
    _makers[name] = maker


class WorkedOut:
    """What was worked out of the rows of one workspace.

    Args:
        read: opens a connection of its own, as ``Workspace.read`` does.
    """

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read
        self._one_at_a_time = threading.Lock()
        self._known: dict[tuple[str, str], tuple[tuple[int | None, dt.date], Facts]] = {}

    def ask(self, name: str, project: str, row: str, part: int, act: int | None) -> str | int | None:
        """A fact of a row as the file stood after an act. Within an act, what holds is what was before it."""
        facts = self._facts(name, project, act).get(row)
        return None if facts is None else facts[part]

    def _facts(self, name: str, project: str, act: int | None) -> Facts:
        wanted, day = (name, project), clock.today()
        kept = self._known.get(wanted)
        if kept is not None and kept[0] == (act, day):
            return kept[1]
        with self._one_at_a_time:
            kept = self._known.get(wanted)
            if kept is not None and kept[0] == (act, day):
                return kept[1]
            with self._read() as connection:
                newest = connection.execute(text("SELECT max(id) FROM act")).scalar()
                facts = _makers[name](connection, project)
            self._known.pop(wanted, None)
            # The file may be further by now than where the query stands: then it is asked for again by the next.
            self._known[wanted] = ((newest, day), facts)
            while len(self._known) > _KEPT:
                self._known.pop(next(iter(self._known)))
            return facts
