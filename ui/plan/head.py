"""What stands above the plan: its finish in a sentence, its views, the baseline shown, and the banner of trying out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trn
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.outlook import finish_sentence, outlook_of
from handover.values import shown
from ui.plan.find import PlanFind
from ui.plan.words import critical_sentence
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class PlanHead(QWidget):
    """Two lines: what comes of the plan, and how it is looked at.

    Signals:
        view_wanted: key of a view.
        critical_wanted: the critical tasks themselves are to be seen.
        baseline_wanted: key of a baseline, empty for none.
    """

    view_wanted = Signal(str)
    baseline_wanted = Signal(str)
    critical_wanted = Signal()

    def __init__(self, views: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 3, 0)
        column.setSpacing(SPACE)
        first = QHBoxLayout()
        first.setSpacing(SPACE * 3)
        self.title = QLabel(tr("Plan"), self)
        role(self.title, "title")
        self.finish = QLabel(self)
        self.finish.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.finish.setWordWrap(True)
        self.finish.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.critical = QPushButton(self)
        role(self.critical, "link")
        self.critical.clicked.connect(self.critical_wanted)
        self.problems = QPushButton(self)
        self.problems.setIcon(icon("triangle-alert", "warning"))
        role(self.problems, "link")
        self.problems.clicked.connect(lambda: self.show_view("problems", ask=True))
        first.addWidget(self.title)
        first.addWidget(self.finish, 1)
        first.addWidget(self.critical)
        first.addWidget(self.problems)
        column.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(SPACE * 2)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Views of the plan"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setStyleSheet("QTabBar::tab { padding: 6px 6px; }")
        self._keys = [key for key, _ in views]
        for _, name in views:
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(lambda at: self.view_wanted.emit(self._keys[at]))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        second.addWidget(self.tabs, 1)
        self.finder = PlanFind(self)
        second.addWidget(self.finder)
        self.baseline = QComboBox(self)
        self.baseline.setAccessibleName(tr("Baseline shown"))
        self.baseline.setToolTip(tr("Baseline shown under the bars"))
        self.baseline.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.baseline.setMaximumWidth(230)
        self.baseline.activated.connect(lambda _: self.baseline_wanted.emit(self.baseline.currentData()))
        first.addWidget(self.baseline)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        second.addLayout(self._buttons)
        column.addLayout(second)

    def add_button(self, action: QAction) -> QToolButton:
        """A button for an action at the end of the second line."""
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setIconSize(QSize(18, 18))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAccessibleName(action.text())
        self._buttons.addWidget(button)
        return button

    def show_view(self, key: str, *, ask: bool = False) -> None:
        """Mark the view in force; with ``ask``, go there."""
        if key in self._keys:
            self.tabs.blockSignals(not ask)
            self.tabs.setCurrentIndex(self._keys.index(key))
            self.tabs.blockSignals(False)

    def show_chart(self, chart: Chart) -> None:
        """Say what comes of a plan."""
        empty = not chart.rows
        self.finder.show_chart(chart)
        self.finish.setText("" if empty else finish_sentence(outlook_of(chart)))
        after = None if empty else chart.after_handover(chart.schedule.finish)
        role(self.finish, "error" if after and after > 0 else "secondary")
        self.finish.style().polish(self.finish)
        self.critical.setVisible(not empty)
        self.critical.setText("" if empty else critical_sentence(chart))
        found = len(chart.schedule.problems)
        self.problems.setVisible(bool(found))
        self.problems.setText(trn("{n} problem", "{n} problems", found))
        self.baseline.clear()
        self.baseline.addItem(tr("No baseline shown"), "")
        for kept in chart.baselines:
            day = shown.moment(kept.taken_on) if kept.taken_on else ""
            self.baseline.addItem(tr("{name} ({date})", name=kept.name, date=day), kept.id)
        self.baseline.setCurrentIndex(max(0, self.baseline.findData(chart.baseline_id)))
        self.baseline.setVisible(bool(chart.baselines))


class TryBanner(QFrame):
    """Says that nothing is stored just now, what it would come to, and offers to keep or drop it.

    Signals:
        keep_wanted, drop_wanted, undo_wanted: a button was pressed.
    """

    keep_wanted = Signal()
    drop_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "warning")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE * 2)
        picture = QLabel(self)
        picture.setPixmap(icon("git-branch", "warning").pixmap(18, 18))
        row.addWidget(picture)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        row.addWidget(self.sentence, 1)
        self.undo = self._button(tr("Undo a step"), self.undo_wanted)
        self.drop = self._button(tr("Drop"), self.drop_wanted)
        self.keep = self._button(tr("Keep"), self.keep_wanted)
        role(self.keep, "primary")
        for button in (self.undo, self.drop, self.keep):
            row.addWidget(button)
        self.hide()

    def say(self, sentence: str, steps: int, *, keepable: bool) -> None:
        """Show what it would come to."""
        self.sentence.setText(sentence)
        self.undo.setEnabled(steps > 0)
        self.keep.setEnabled(steps > 0 and keepable)
        self.show()

    def _button(self, text: str, signal: object) -> QPushButton:
        button = QPushButton(text, self)
        button.clicked.connect(signal)
        return button
