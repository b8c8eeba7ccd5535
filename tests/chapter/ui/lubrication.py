"""The page with the chart of the rounds."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from handover.i18n import tr
from tests.chapter.rounds_chart import rounds_chart
from ui.charts.view import ChartView
from ui.shell.page import Context, Page


class RoundsChartPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.view = ChartView(None, self)
        QVBoxLayout(self).addWidget(self.view)
        with context.workspace.read() as connection:
            self.view.show_chart(rounds_chart(connection, context.project.id))

    def title(self) -> str:
        return tr("Rounds by state")


def page(context: Context, _key: str) -> Page:
    return RoundsChartPage(context)
