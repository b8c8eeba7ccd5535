"""The page of the charts of documents on their way; what is picked in them leads to its rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import language, tr
from handover.registers.transfer_charts import TransferCharts, transfer_charts
from handover.registers.transfer_rate import RowsBehind
from handover.wording import Language, shown
from ui.charts.view import ChartView
from ui.register import filters
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_CONCERNED = {"document", "revision", "review", "comment", "transmittal", "transmittal_item", "recipient",
              "transfer_error", "working_group", "pick", "project"}  # fmt: skip
_HEIGHT = 320
#: The charts with their places: row, column, columns that they take.
_PLACES = {
    "delivered": (0, 0, 2),
    "errors": (1, 0, 2),
    "states": (2, 0, 2),
    "ageing": (3, 0, 2),
    "first_pass": (4, 0, 2),
}


class TransferChartsPage(Page):
    """Delivered against plan, transfer errors, states, ages, and the first-pass rate."""

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
        self.notes: dict[str, QLabel] = {}
        self.views = {key: self._card(body, grid, key) for key in _PLACES}
        self.setFocusProxy(self.views["delivered"])
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Transfer charts")

    def help_key(self) -> str:
        return "transfer_charts"

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _CONCERNED:
            return
        project = self.context.project.id

        def look(connection: Connection) -> TransferCharts:
            return transfer_charts(connection, project)

        self.read(look, self._show)

    def _card(self, body: QWidget, grid: QGridLayout, key: str) -> ChartView:
        row, column, columns = _PLACES[key]
        card = QFrame(body)
        role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        view = ChartView(None, card)
        view.setMinimumSize(QSize(360, _HEIGHT))
        view.picked.connect(self._open)
        inner.addWidget(view, 1)
        note = QLabel(card)
        note.setWordWrap(True)
        role(note, "secondary")
        note.hide()
        inner.addWidget(note)
        self.notes[key] = note
        grid.addWidget(card, row, column, 1, columns)
        return view

    def _show(self, charts: TransferCharts) -> None:
        code: Language = "zh" if language() == "zh" else "en"
        for key, view in self.views.items():
            view.show_chart(getattr(charts, key))
            told = "\n".join(shown(words, code) for words in charts.notes.get(key, ()))
            self.notes[key].setText(told)
            self.notes[key].setVisible(bool(told))

    @Slot(object)
    def _open(self, key: Any) -> None:  # Any: the key of a value, the rows behind it here
        if isinstance(key, RowsBehind):
            self.context.go(key.register, view=key.query.view, where=filters.plain(key.query.where))
