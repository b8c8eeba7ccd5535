"""The page of the charts of training; what is picked in them leads to its records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.figures.training_charts import TrainingCharts, training_charts
from ui.pages.charts import ChartPlace, ChartsPage
from ui.shell.page import Context, Page


class TrainingChartsPage(ChartsPage):
    """Who passed each course, and the share of each shift."""

    concerned = frozenset({"training_course", "training_record", "person"})
    chart_height = 380
    places: ClassVar[Mapping[str, ChartPlace]] = {"courses": ChartPlace(0, 0), "shifts": ChartPlace(1, 0)}

    def title(self) -> str:
        return tr("Training charts")

    def help_key(self) -> str:
        return "training_charts"

    def look(self, connection: Connection, project: str) -> TrainingCharts:
        return training_charts(connection, project)


def page(context: Context, key: str) -> Page:
    """The page of the charts."""
    del key  # there is one
    return TrainingChartsPage(context)
