"""The pages of the punch list: walking down, and its charts; what is picked in them leads to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.figures.punch_charts import PunchCharts, punch_charts
from handover.registers.query import Query
from ui.chapters.punch_walk import WalkDownPage
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.narrowing import filters
from ui.shell.page import Context, Page


class PunchChartsPage(ChartsPage):
    """Burn-down, ages, and a map of systems and disciplines."""

    concerned = frozenset({"punch", "pick", "system", "project"})
    chart_height = 340
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "burn": ChartPlace(0, 0), "ageing": ChartPlace(0, 1), "heat": ChartPlace(1, 0, 2)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Punch charts")

    def help_key(self) -> str:
        return "punch_charts"

    def look(self, connection: Connection, project: str) -> PunchCharts:
        return punch_charts(connection, project)

    def open_rows(self, key: Any) -> None:  # Any: the key of a value, a query of the register here
        if isinstance(key, Query):
            self.context.go("punches", view=key.view, where=filters.plain(key.where))


def page(context: Context, key: str) -> Page:
    """The page of the walk-down, or that of the charts."""
    return WalkDownPage(context) if key == "punch_walk" else PunchChartsPage(context)
