"""The pages of acceptance: entering readings, the chain of a parameter, the charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.declare import Register
from handover.registers.figures.acceptance_charts import AcceptanceCharts, acceptance_charts
from ui.chapters.measuring.chain_page import ParameterChainPage
from ui.chapters.measuring.entry_page import ReadingsEntryPage
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


class AcceptanceChartsPage(ChartsPage):
    """Parameters passed over time, rectifications burnt down, results by system."""

    concerned = frozenset(
        {"acceptance_parameter", "parameter_reading", "rectification", "waiver", "test_campaign", "instrument",
         "system", "project"}
    )  # fmt: skip
    chart_height = 320
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "passed": ChartPlace(0, 0), "rectified": ChartPlace(0, 1), "results": ChartPlace(1, 0, 2)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Acceptance charts")

    def help_key(self) -> str:
        return "acceptance_charts"

    def look(self, connection: Connection, project: str) -> AcceptanceCharts:
        return acceptance_charts(connection, project)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Showing the chain of a chosen parameter."""
    if register.key != "parameters":
        return []

    def chain(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one parameter."))
            return
        context.go("parameter_chain", parameter=ids[0])

    return [OwnAct(tr("Show its chain"), "route", chain, writes=False)]


def page(context: Context, key: str) -> Page:
    """One of the chapter's own pages."""
    return {
        "readings_entry": ReadingsEntryPage, "parameter_chain": ParameterChainPage,
        "acceptance_charts": AcceptanceChartsPage,
    }[key](context)  # fmt: skip
