"""The days that the schedule gives each task, for queries and for whoever shows them."""

from __future__ import annotations

from sqlalchemy import Connection

from handover.clock import today
from handover.model.task import TASK_DAY_PARTS
from handover.plan.lateness import LateTask, days_of, late_tasks
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.planning import schedule_project
from handover.store.worked_out import Facts


def read_task_days(connection: Connection, project_id: str) -> Facts:
    """What ``worked_out`` tells of every task of a project, in the order of ``TASK_DAY_PARTS``."""
    found = days_of(schedule_project(connection, project_id))
    return {key: tuple(_stored(getattr(days, part)) for part in TASK_DAY_PARTS) for key, days in found.items()}


def _stored(value: object) -> str | int | None:
    if value is None or isinstance(value, bool):
        return None if value is None else int(value)
    return str(value)


def late(chart: Chart) -> list[LateTask]:
    """The late tasks of a plan, as the register of tasks counts them: a summary without parts is no work."""
    kinds = {row.id: row.kind for row in chart.rows}
    return [each for each in late_tasks(chart.schedule, today()) if kinds.get(each.id) != "summary"]
