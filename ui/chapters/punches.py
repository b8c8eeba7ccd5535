"""The pages of the punch list: walking down, and its charts; what is picked in them leads to its rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.punch_charts import PunchCharts, punch_charts
from handover.registers.query import Query
from ui.chapters.punch_walk import WalkDownPage
from ui.charts.view import ChartView
from ui.register import filters
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_CONCERNED = {"punch", "pick", "system", "project"}
_HEIGHT = 340


class PunchChartsPage(Page):
    """Burn-down, ages, and a map of systems and disciplines."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.title())
        outer.addWidget(scroll)
        body = QWidget(scroll)
        scroll.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 4)
        heading = QLabel(self.title(), body)
        role(heading, "title")
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setSpacing(SPACE * 4)
        column.addLayout(grid)
        column.addStretch(1)
        self.burn, self.ageing, self.heat = (self._card(body, grid, place) for place in ((0, 0), (0, 1), (1, 0)))
        self.setFocusProxy(self.burn)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Punch charts")

    def help_key(self) -> str:
        return "punch_charts"

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _CONCERNED:
            return
        project = self.context.project.id

        def look(connection: Connection) -> PunchCharts:
            return punch_charts(connection, project)

        self.read(look, self._show)

    def _card(self, body: QWidget, grid: QGridLayout, place: tuple[int, int]) -> ChartView:
        card = QFrame(body)
        role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        view = ChartView(None, card)
        view.setMinimumSize(QSize(360, _HEIGHT))
        view.picked.connect(self._open)
        inner.addWidget(view)
        grid.addWidget(card, *place, 1, 2 if place[0] else 1)
        return view

    def _show(self, charts: PunchCharts) -> None:
        self.burn.show_chart(charts.burn)
        self.ageing.show_chart(charts.ageing)
        self.heat.show_chart(charts.heat)

    @Slot(object)
    def _open(self, key: Any) -> None:  # Any: the key of a value, a query of the register here
        if isinstance(key, Query):
            self.context.go("punches", view=key.view, where=filters.plain(key.where))


def page(context: Context, key: str) -> Page:
    """The page of the walk-down, or that of the charts."""
    return WalkDownPage(context) if key == "punch_walk" else PunchChartsPage(context)
