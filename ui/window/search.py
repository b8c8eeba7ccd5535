"""Ctrl+Shift+F: searches all registers at once and opens what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.search import Group, Hit, can_be_asked, search
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.window.projects import Projects
from ui.window.search_lines import SearchLine, SearchLines, heading, of_hit, to_more

T = TypeVar("T")
_PAUSE_MS = 120
_WIDTH = 760
#: How many rows of a register are shown, and how many of one of which more are wanted.
_OF_EACH, _MORE = 8, 200


class SearchDialog(QDialog):
    """A field, where to search, and what was found by register; Enter opens the marked row in its register.

    Args:
        projects: the projects of the workspace; a row of another one is shown with its project.
    """

    def __init__(self, context: Context, projects: Projects, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(tr("Search everything"))
        self._context = context
        self._projects = projects
        self._codes = {project.id: project.code for project in projects.all()}
        self._asked = 0
        self._wanted_more: set[str] = set()
        self._make_parts()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self.everywhere.toggled.connect(lambda _on: self._typed(self.field.text()))
        self._show([])

    def _make_parts(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame(self)
        role(frame, "popup")
        outer.addWidget(frame)
        whole = QVBoxLayout(frame)
        whole.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        whole.setSpacing(SPACE * 2)
        self.field = QLineEdit(frame)
        self.field.setPlaceholderText(tr("Search all registers"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.addAction(icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        self.everywhere = QCheckBox(tr("In all projects"), frame)
        self.everywhere.setEnabled(len(self._codes) > 1)
        top = QHBoxLayout()
        top.setSpacing(SPACE * 3)
        top.addWidget(self.field, 1)
        top.addWidget(self.everywhere)
        self.list = QListWidget(frame)
        self.list.setAccessibleName(tr("Found"))
        self.list.setItemDelegate(SearchLines(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("border: 0;")
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(self._clicked)
        self.said = QLabel(frame)
        role(self.said, "secondary")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        whole.addLayout(top)
        whole.addWidget(self.list)
        whole.addWidget(self.said)

    # -- for the window -------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show it over the upper middle of the window."""
        parent = self.parentWidget()
        width = min(_WIDTH, parent.width() - SPACE * 8)
        self.setFixedWidth(width)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + max(48, parent.height() // 10))
        super().open()
        self.field.setFocus()
        self._fit()

    def type(self, text: str) -> None:
        """Put a text into the field as if it had been typed."""
        self.field.setText(text)
        self._typed(text)

    @property
    def lines(self) -> list[SearchLine]:
        """What the list shows."""
        return [self._line(at) for at in range(self.list.count())]

    def take(self) -> None:
        """Do what the marked line says."""
        at = self.list.currentRow()
        run = self._line(at).run if at >= 0 else None
        if run is None:
            return
        if self._line(at).stays:
            run()
            return
        self.accept()
        # After the dialog has gone, so that what runs finds the focus where it was.
        QTimer.singleShot(0, self._context, run)

    # -- keys -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if step := steps.get(Qt.Key(event.key())):
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        """Mark another line; headings are passed over."""
        rows = [at for at, line in enumerate(self.lines) if line.run is not None]
        if not rows:
            return
        here = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
        there = rows[max(0, min(len(rows) - 1, here + step))]
        self.list.setCurrentRow(there)
        if there == rows[0]:
            self.list.scrollToTop()  # with its heading

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self.take()

    def _line(self, at: int) -> SearchLine:
        line: SearchLine = self.list.item(at).data(Qt.ItemDataRole.UserRole)
        return line

    # -- searching ------------------------------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._asked += 1  # what is still being searched for is no longer wanted
        self._wanted_more.clear()
        if can_be_asked(text):
            self._pause.start(_PAUSE_MS)
        else:
            self._pause.stop()
            self._show([])

    @Slot()
    def _ask(self) -> None:
        mine, text = self._asked, self.field.text()
        workspace = self._context.workspace
        project = None if self.everywhere.isChecked() else self._context.project.id
        most = _MORE if self._wanted_more else _OF_EACH

        def find(progress: Progress) -> list[Group]:
            return search(workspace, text, project, most, progress)

        def show(groups: list[Group]) -> None:
            if mine == self._asked:
                self._show([self._of_wanted(group) for group in groups])

        def wait(told: tuple[int, int, str]) -> None:
            done, total, what = told
            if mine == self._asked and total:
                self._say(tr("{what}: {percent} %", what=what, percent=done * 100 // total))

        job = self._context.run_job(tr("Searching"), find, background=True)
        job.done.connect(self._while_open(show))
        waiting = self._while_open(wait)
        job.progressed.connect(lambda done, total, what: waiting((done, total, what)))

    def _while_open(self, function: Callable[[T], None]) -> Callable[[T], None]:
        """A function that does nothing once the dialog is gone."""
        alive = [True]
        self.destroyed.connect(lambda: alive.clear())

        def when_alive(value: T) -> None:
            if alive:
                function(value)

        return when_alive

    def _show(self, groups: Sequence[Group]) -> None:
        text = self.field.text()
        self.list.clear()
        for group in groups:
            self._add(heading(group))
            for hit in group.hits:
                self._add(of_hit(hit, text, self._side(hit), lambda hit=hit: self._open(hit)))
            if len(group.hits) < min(group.total, _MORE):
                self._add(to_more(group, lambda key=group.register.key: self._more(key)))
        if groups:
            self.list.setCurrentRow(1)
        self.list.setVisible(bool(groups))
        self._say("" if groups else self._nothing(text))
        self.list.scrollToTop()

    def _of_wanted(self, group: Group) -> Group:
        """A group as far as it is shown: all that was found of a register of which more is wanted."""
        if group.register.key in self._wanted_more:
            return group
        return replace(group, hits=group.hits[:_OF_EACH])

    def _more(self, register_key: str) -> None:
        self._wanted_more.add(register_key)
        self._ask()

    def _add(self, line: SearchLine) -> None:
        item = QListWidgetItem(line.text, self.list)
        item.setData(Qt.ItemDataRole.UserRole, line)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
        if line.run is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _nothing(self, text: str) -> str:
        """What stands in the place of hits."""
        if not text.strip():
            return tr(
                "References, titles, notes and all other texts, the words of choices, and the names of people and "
                "systems. Type the beginning of a word, any part of a Chinese one, or its pinyin: 换热器 or hrq."
            )
        if not can_be_asked(text):
            return tr("Type at least one letter, digit or Chinese character.")
        if self.everywhere.isChecked():
            return tr("No row in any project has “{text}” in its texts, choices or names.", text=text.strip())
        code = self._context.project.code
        return tr("No row in {project} has “{text}” in its texts, choices or names.", project=code, text=text.strip())

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self._fit()

    def _fit(self) -> None:
        height = sum(self.list.sizeHintForRow(at) for at in range(self.list.count())) + 4
        most = int(self.parentWidget().height() * 0.7)
        self.list.setFixedHeight(max(0, min(height, most)))
        self.adjustSize()

    # -- opening --------------------------------------------------------------------------------------------------

    def _side(self, hit: Hit) -> str:
        return self._codes.get(hit.project_id, "") if hit.project_id != self._context.project.id else ""

    def _open(self, hit: Hit) -> None:
        if hit.project_id != self._context.project.id:
            self._projects.choose(hit.project_id)
        self._context.open_row(hit.register.key, hit.row.id)
