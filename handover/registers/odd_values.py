"""Refusing to make anything of a project with values that can't be read: what is handed over must not guess."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection

from handover.errors import UnusableFile
from handover.i18n import N_
from handover.model.baseline import TaskLabour
from handover.model.calendar import CalendarDay, WorkCalendar
from handover.model.project import Project
from handover.model.task import Task, TaskLink
from handover.registers.catalogue import of_table
from handover.store.odd_values import odd_value

#: The tables of which a schedule is made.
PLAN: Final = frozenset(
    model.__tablename__ for model in (Project, Task, TaskLink, TaskLabour, WorkCalendar, CalendarDay)
)
_SHOWN = 60


def refuse_odd_values(connection: Connection, project_id: str, tables: Collection[str] = ()) -> None:
    """Look through the rows of a project in some tables, or in all.

    Raises:
        UnusableFile: a value can't be read; the sentence names the row and the field.
    """
    found = odd_value(connection, project_id, tables)
    if found is None:
        return
    register = of_table(found.table)
    fields = register.fields if register else ()
    label = next((field.label for field in fields if field.attr == found.column), found.column)
    raise UnusableFile(
        N_(
            "{ref}: what stands in “{label}” can't be read; another program has put it there. "
            "Write it anew, or let “handover check --mend” empty it."
        ),
        ref=found.ref,
        label=label,
        detail=repr(found.value)[:_SHOWN],
    )
