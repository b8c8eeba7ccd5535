"""The page of the grid of stakeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.figures.stakeholder_grid import StakeholderCharts, stakeholder_charts
from handover.wording import Words, said_of
from ui.pages.charts import ChartPlace, ChartsPage
from ui.shell.page import Context, Page


class StakeholderGridPage(ChartsPage):
    """Stakeholders by influence and interest."""

    concerned = frozenset({"stakeholder"})
    chart_height = 520
    places: ClassVar[Mapping[str, ChartPlace]] = {"grid": ChartPlace(0, 0)}

    def title(self) -> str:
        return tr("Stakeholder grid")

    def help_key(self) -> str:
        return "stakeholder_grid"

    def look(self, connection: Connection, project: str) -> StakeholderCharts:
        return stakeholder_charts(connection, project)

    def told_of(self, charts: StakeholderCharts) -> Mapping[str, Sequence[Words]]:
        if not charts.without:
            return {}
        said = said_of(
            "{n} stakeholder has no place: influence or interest is missing.",
            "{n} stakeholders have no place: influence or interest is missing.",
            charts.without,
        )
        return {"grid": (said,)}

    def open_rows(self, key: Any) -> None:  # Any: the key of a value, that of a stakeholder here
        if isinstance(key, str):
            self.context.open_row("stakeholders", key)


def page(context: Context, key: str) -> Page:
    """The page of the grid, the only one of the chapter's own."""
    return StakeholderGridPage(context)
