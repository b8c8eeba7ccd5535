"""The charts of the overview, on cards below everything else; each leads to its rows or to the page that it is of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.figures.overview_charts import OverviewChart, overview_charts
from handover.registers.figures.rows_behind import RowsBehind
from ui.charts.view import ChartView
from ui.register.narrowing import filters
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_SIZE, _WIDE = QSize(340, 260), QSize(340, 340)
_ACROSS = 2


class OverviewCharts(QWidget):
    """Reads the charts after the page stands, so that nothing waits for them; hidden while there are none.

    Args:
        known: those of before, shown until the new ones are there.

    Signals:
        learnt: the new ones.
    """

    learnt = Signal(object)

    def __init__(self, context: Context, known: Sequence[OverviewChart], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.views: list[ChartView] = []
        self.links: list[QPushButton] = []
        self._shown: Sequence[OverviewChart] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget(self)
        self._column.addWidget(self._body)
        self._show(known)
        workspace, project = context.workspace, context.project.id

        def work(_progress: Progress) -> tuple[OverviewChart, ...]:
            with workspace.read() as connection:
                return overview_charts(connection, project)

        context.run_job(tr("Reading"), work, background=True).done.connect(self._read)

    @Slot(object)
    def _read(self, charts: tuple[OverviewChart, ...]) -> None:
        self.learnt.emit(charts)
        if charts != tuple(self._shown):
            self._show(charts)

    def _show(self, charts: Sequence[OverviewChart]) -> None:
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE * 4)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self._shown = charts
        self.views, self.links = [], []
        place = 0
        for each in charts:
            columns = _ACROSS if each.wide else 1
            place += -place % columns  # a wide one begins a row
            grid.addWidget(self._card(each, body), place // _ACROSS, place % _ACROSS, 1, columns)
            place += columns
        self._column.addWidget(body)
        self._column.removeWidget(self._body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        self.setVisible(bool(charts))

    def _card(self, each: OverviewChart, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        view = ChartView(each.chart, card)
        view.setMinimumSize(_WIDE if each.wide else _SIZE)
        context = self._context
        view.picked.connect(lambda key: _open(context, each, key))
        column.addWidget(view, 1)
        link = QPushButton(tr("Open its page"), card)
        role(link, "link")
        link.setAccessibleName(tr("Open the page of {chart}", chart=view.title.text()))
        link.clicked.connect(lambda: context.go(each.page, **dict(each.state)))
        column.addWidget(link)
        self.views.append(view)
        self.links.append(link)
        return card


def _open(context: Context, each: OverviewChart, key: object) -> None:
    """Go to the rows behind a value, else to the page of the chart."""
    if isinstance(key, RowsBehind):
        context.go(key.register, view=key.query.view, where=filters.plain(key.query.where))
    else:
        context.go(each.page, **dict(each.state))
