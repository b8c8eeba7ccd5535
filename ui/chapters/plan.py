"""The plan's own page: the chart of its tasks."""

from __future__ import annotations

from ui.plan.page import PlanPage
from ui.shell.page import Context, Page


def page(context: Context, key: str) -> Page:
    """The page with the Gantt chart and the reports on it."""
    return PlanPage(context)
