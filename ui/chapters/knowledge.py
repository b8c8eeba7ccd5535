"""The page of the charts of knowledge; what is picked in them leads to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.figures.knowledge_charts import KnowledgeCharts, knowledge_charts
from ui.pages.charts import ChartPlace, ChartsPage
from ui.shell.page import Context, Page


class KnowledgeChartsPage(ChartsPage):
    """The gaps going down, coverage by team, and the load of the holders."""

    concerned = frozenset({"knowledge_item", "knowledge_receiver", "knowledge_holder", "person", "project"})
    chart_height = 320
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "burn": ChartPlace(0, 0, 2), "teams": ChartPlace(1, 0), "load": ChartPlace(1, 1)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Knowledge charts")

    def help_key(self) -> str:
        return "knowledge_charts"

    def look(self, connection: Connection, project: str) -> KnowledgeCharts:
        return knowledge_charts(connection, project)


def page(context: Context, key: str) -> Page:
    """The page of the charts."""
    del key  # there is one
    return KnowledgeChartsPage(context)
