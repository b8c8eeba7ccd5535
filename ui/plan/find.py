"""Finding tasks in the plan: what is typed is marked, one goes from hit to hit, or sees these alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from handover.i18n import tr
from handover.registers.scheduling.chart import Chart
from handover.registers.search.pinyin import initials
from handover.values.cells import folded
from ui.register.bar import QuickFilter
from ui.theme.style import role
from ui.theme.tokens import SPACE


class _FindLine(QuickFilter):
    """Enter goes on to the next hit, Shift+Enter to the one before.

    Signals:
        on: to the next hit, or with -1 to the one before.
    """

    on = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


class PlanFind(QWidget):
    """The line above the plan in which tasks are looked for.

    Signals:
        wanted: a task to go to.
        only_wanted: the keys of the tasks to be shown alone, None for all.
        left: the user wants the rows.
    """

    wanted = Signal(str)
    only_wanted = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        self._hits: list[str] = []
        self._at = -1
        self.line = _FindLine(self)
        self.line.setPlaceholderText(tr("Find"))
        self.line.setAccessibleName(tr("Find tasks by name, number, WBS or owner"))
        self.line.setMinimumWidth(130)
        self.line.setMaximumWidth(200)
        self.line.textChanged.connect(self._look)
        self.line.on.connect(self.go_on)
        self.line.left.connect(self.left)
        self.count = QLabel(self)
        role(self.count, "small")
        self.only = QPushButton(tr("Only these"), self)
        role(self.only, "view")
        self.only.setCheckable(True)
        self.only.toggled.connect(self._show_only)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        for each in (self.line, self.count, self.only):
            row.addWidget(each)
        self._say()

    def show_chart(self, chart: Chart) -> None:
        """Look in another plan for what is typed already."""
        self._chart = chart
        if self.line.text().strip():
            self._hits = self._found()
            self._say()
            if self.only.isChecked():
                self._show_only(True)

    def begin(self) -> None:
        """Put the cursor into the line."""
        self.line.setFocus()
        self.line.selectAll()

    def go_on(self, step: int) -> None:
        """Go to the next hit, round and round."""
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self.wanted.emit(self._hits[self._at])
            self._say()

    def _look(self, _text: str) -> None:
        self._hits = self._found()
        self._at = -1
        if not self._hits:
            self.only.setChecked(False)
        self._say()
        if self.only.isChecked():
            self._show_only(True)
        self.go_on(1)

    def _found(self) -> list[str]:
        words = [folded(word) for word in self.line.text().split()]
        if self._chart is None or not words:
            return []
        found = []
        for number, row in enumerate(self._chart.rows, 1):
            text = folded(f"{number} {row.ref} {row.wbs} {row.name} {row.owner}")
            if all(word in text or word in initials(row.name) for word in words):
                found.append(row.id)
        return found

    def _show_only(self, on: bool) -> None:
        self.only_wanted.emit(frozenset(self._hits) if on and self._hits else None)

    def _say(self) -> None:
        typed = bool(self.line.text().strip())
        of = len(self._hits)
        self.count.setText(tr("{n} of {of}", n=self._at + 1, of=of) if of else tr("nothing") if typed else "")
        self.count.setVisible(typed)
        self.only.setVisible(typed and (bool(of) or self.only.isChecked()))
