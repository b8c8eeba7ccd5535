"""A chart of each kind."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from handover.i18n import tr
from tests.charts.kinds import every_kind
from tests.gallery.opening import Opener, Scenes
from ui.charts.view import ChartView
from ui.theme.style import role
from ui.window.window import MainWindow


def _charts(table: bool) -> Opener:
    """A chart of each kind beside one another, as drawings or as tables."""

    def show(window: MainWindow) -> QWidget:
        dialog = QDialog(window)
        dialog.setWindowTitle(tr("Chart"))
        dialog.resize(window.width() - 60, window.height() - 60)
        # A page of charts scrolls, and so does this: on a small screen the last ones are below.
        scroll = QScrollArea(dialog)
        scroll.setWidgetResizable(True)
        body = QWidget(scroll)
        grid = QGridLayout(body)
        scroll.setWidget(body)
        QVBoxLayout(dialog).addWidget(scroll)
        for at, chart in enumerate(every_kind().values()):
            card = QFrame(body)
            role(card, "card")
            inner = QVBoxLayout(card)
            view = ChartView(chart, card)
            view.button.setChecked(table)
            inner.addWidget(view)
            grid.addWidget(card, at // 3, at % 3)
        return dialog

    return show


def scenes() -> Scenes:
    """All charts as drawings, and as tables."""
    yield "charts", _charts(False)
    yield "charts-as-tables", _charts(True)
