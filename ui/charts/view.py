"""A chart with its title, as a drawing or as a table of its values."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from handover.charts.data import AnyChart
from handover.charts.table import as_table
from handover.i18n import language, tr
from handover.wording import shown
from ui.charts.canvas import ChartCanvas
from ui.charts.values import ValuesTable, tsv
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class ChartView(QWidget):
    """Shows one chart.

    T or the button turns it into a table and back; Ctrl+C copies it as a picture and its values as text.

    Signals:
        picked: the key of the value that was opened, as the chart has it.
    """

    picked = Signal(object)

    def __init__(self, chart: AnyChart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: AnyChart | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        head = QHBoxLayout()
        self.title = QLabel(self)
        role(self.title, "lead")
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QToolButton(self)
        self.button.setIconSize(QSize(16, 16))
        self.button.setAutoRaise(True)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.button.toggled.connect(self._turn)
        head.addWidget(self.title, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.stack = QStackedWidget(self)
        self.canvas = ChartCanvas(self.stack)
        self.table = ValuesTable(self.stack)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.table)
        column.addWidget(self.stack, 1)
        self.canvas.picked.connect(self.picked)
        self.table.picked.connect(self.picked)
        self.table.turned.connect(self.button.toggle)
        self.setFocusProxy(self.canvas)
        self._turn(False)
        self.show_chart(chart)

    def show_chart(self, chart: AnyChart | None) -> None:
        """Show another chart; None for an empty place."""
        self.chart = chart
        title = shown(chart.title, "zh" if language() == "zh" else "en", " ") if chart is not None else ""
        self.title.setText(title)
        self.canvas.show_chart(replace(chart, title="") if chart is not None else None)
        self.table.show_chart(chart)
        for part in (self, self.canvas, self.table):
            part.setAccessibleName(title or tr("Chart"))

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self.button.isChecked()

    def _turn(self, table: bool) -> None:
        inner = self.canvas.hasFocus() or self.table.hasFocus()
        shown_now = self.table if table else self.canvas
        self.stack.setCurrentWidget(shown_now)
        self.setFocusProxy(shown_now)
        if inner:
            shown_now.setFocus()
        words = tr("Show the chart (T)") if table else tr("Show the values as a table (T)")
        self.button.setIcon(icon("chart-column" if table else "table", "secondary"))
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)

    def copy(self) -> None:
        """Put the chart on the clipboard: its picture, and its values as text; of the table what is selected."""
        if self.chart is None:
            return
        if self.as_table:
            self.table.copy()
            return
        both = QMimeData()
        both.setText(tsv(as_table(self.chart).texts()))
        both.setImageData(self.canvas.picture())
        QGuiApplication.clipboard().setMimeData(both)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_T and not event.modifiers():
            self.button.toggle()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("copy"), tr("Copy"), self.copy)
        menu.addAction(self.button.icon(), self.button.toolTip(), self.button.toggle)
        menu.popup(event.globalPos())
