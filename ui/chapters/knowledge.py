"""What knowledge has of its own in the window: risk of loss, the calendar of sessions, charts, and acts on its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.declare import Register
from handover.registers.figures.knowledge_charts import KnowledgeCharts, knowledge_charts
from ui.chapters.knowing.acts import knowledge_acts
from ui.chapters.knowing.calendar_page import SessionCalendarPage
from ui.chapters.knowing.loss_page import LossRiskPage
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


class KnowledgeChartsPage(ChartsPage):
    """The gaps going down, coverage by team and by system, and the load of the holders."""

    concerned = frozenset({"knowledge_item", "knowledge_receiver", "knowledge_holder", "person", "project", "system"})
    chart_height = 320
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "burn": ChartPlace(0, 0, 2), "teams": ChartPlace(1, 0), "load": ChartPlace(1, 1), "radar": ChartPlace(2, 0, 2)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Knowledge charts")

    def help_key(self) -> str:
        return "knowledge_charts"

    def look(self, connection: Connection, project: str) -> KnowledgeCharts:
        return knowledge_charts(connection, project)


def page(context: Context, key: str) -> Page:
    """The page of a key: what may be lost, the calendar of sessions, or the charts."""
    pages: Mapping[str, Callable[[Context], Page]] = {
        "loss_risks": LossRiskPage,
        "session_calendar": SessionCalendarPage,
        "knowledge_charts": KnowledgeChartsPage,
    }
    return pages[key](context)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with the rows of knowledge: plan, invite, print, type back."""
    return knowledge_acts(context, register)
