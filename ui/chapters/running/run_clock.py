"""The live page of a run: its clock, its log typed by the shift, its strip, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.i18n import language, tr, trc
from handover.model.running.rules import EFFECT
from handover.registers.running.named_with_state import NamedWithState
from handover.registers.running.run_board import LogLine, RunBoard, board_of, runs_of
from handover.registers.running.run_strip import run_strip
from handover.registers.running.run_words import finding_words
from handover.running.instants import shown_wall
from handover.wording import shown
from ui.chapters.running.clock_face import ClockFace, ClockScreen
from ui.chapters.running.run_entry import RunEntryForm
from ui.charts.view import ChartView
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: So many seconds pass between two readings while the page is looked at; in between it counts on by itself.
_READ_AGAIN = 60
_TABLES = frozenset({"proving_run", "run_segment", "run_interruption", "run_rules", "project", "system"})


@dataclass(frozen=True, slots=True)
class _RunRead:
    runs: list[NamedWithState]
    board: RunBoard | None


class RunClockPage(Page):
    """A run chosen above; the face, the log and its form below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._seconds = 0
        self.board: RunBoard | None = None
        self.screen_shown: ClockScreen | None = None
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
        column.setContentsMargins(SPACE * 6, SPACE * 4, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head(body))
        self.face = ClockFace(body)
        self.face.setMinimumHeight(240)
        column.addWidget(_card(body, self.face), 3)
        self.findings = QLabel(body)
        self.findings.setWordWrap(True)
        self.findings.setTextFormat(Qt.TextFormat.PlainText)
        role(self.findings, "error")
        self.findings.hide()
        column.addWidget(self.findings)
        self.entry = RunEntryForm(context, body)
        column.addWidget(self.entry)
        below = QHBoxLayout()
        below.setSpacing(SPACE * 4)
        self.strip = ChartView(None, body)
        self.strip.setMinimumHeight(240)
        self.strip.picked.connect(self._open)
        below.addWidget(_card(body, self.strip), 4)
        below.addWidget(_card(body, self._log(body)), 5)
        column.addLayout(below, 2)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._full = QAction(icon("maximize-2"), tr("Full screen"), self)
        self._full.setShortcut(QKeySequence(Qt.Key.Key_F11))
        self._full.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._full.triggered.connect(self.show_screen)
        self.addAction(self._full)
        self.setFocusProxy(self.choice)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Run clock")

    def help_key(self) -> str:
        return "run_clock"

    def page_actions(self) -> list[QAction]:
        return [self._full]

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"run": self._wanted}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if isinstance(state.get("run"), str) and state["run"] != self._wanted:
            self._wanted = state["run"]
            self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, wanted = self.context.project.id, self._wanted

        def look(connection: Connection) -> _RunRead:
            runs = runs_of(connection, project)
            key = wanted if any(run.id == wanted for run in runs) else runs[0].id if runs else ""
            return _RunRead(runs, board_of(connection, key) if key else None)

        self.read(look, self._show)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _head(self, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), body)
        role(heading, "title")
        row.addWidget(heading)
        self.choice = QComboBox(body)
        self.choice.setAccessibleName(trc("run", "Run"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        self.choice.activated.connect(self._chosen)
        row.addWidget(self.choice, 1)
        self.open_button = QPushButton(tr("Open the run"), body)
        self.open_button.clicked.connect(self._open_run)
        row.addWidget(self.open_button)
        self.full_button = QPushButton(icon("maximize-2"), tr("Full screen (F11)"), body)
        self.full_button.clicked.connect(self.show_screen)
        row.addWidget(self.full_button)
        return row

    def _log(self, body: QWidget) -> QTreeWidget:
        self.log = QTreeWidget(body)
        self.log.setAccessibleName(tr("Log of the run"))
        self.log.setRootIsDecorated(False)
        self.log.setUniformRowHeights(True)
        self.log.setHeaderLabels([tr("From"), tr("To"), tr("What"), tr("Effect"), tr("Shift")])
        self.log.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.log.header().setStretchLastSection(False)
        self.log.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.log.itemActivated.connect(self._open_item)
        self.log.setMinimumHeight(200)
        return self.log

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, read: _RunRead) -> None:
        self.board = read.board
        self._seconds = 0
        self.choice.clear()
        for run in read.runs:
            self.choice.addItem(f"{run.ref}  {run.name}  ({_said(run.status_name)})", run.id)
        if read.board is not None:
            self._wanted = read.board.run.id
            self.choice.setCurrentIndex(self.choice.findData(self._wanted))
        else:
            self.choice.setPlaceholderText(tr("No runs yet. Add one among the proving runs."))
        self.entry.show_run(read.board.run if read.board is not None else None)
        self.open_button.setEnabled(read.board is not None)
        self.full_button.setEnabled(read.board is not None)
        self._full.setEnabled(read.board is not None)
        for face in self._faces():
            face.show_board(read.board)
        self._show_log(read.board)

    def _show_log(self, board: RunBoard | None) -> None:
        self.log.clear()
        if board is None:
            self.strip.show_chart(None)
            self.findings.hide()
            return
        self.strip.show_chart(run_strip(board.clock, board.names))
        for line in board.log:
            item = QTreeWidgetItem(self.log, _cells(line))
            item.setData(0, Qt.ItemDataRole.UserRole, (line.register, line.key))
            item.setToolTip(0, shown_wall(line.start))
            item.setToolTip(2, item.text(2))
            if line.register == "interruptions":
                item.setIcon(2, icon("octagon-alert", EFFECT[line.effect].tone))
        told = [finding_words(finding, board.names) for finding in board.clock.findings]
        self.findings.setText("\n".join(told))
        self.findings.setVisible(bool(told))

    def _faces(self) -> list[ClockFace]:
        return [self.face, *([self.screen_shown.face] if self.screen_shown is not None else [])]

    @Slot()
    def _tick(self) -> None:
        """Count a second on; every minute the log is read again, since a limit may be broken by now."""
        self._seconds += 1
        for face in self._faces():
            face.tick()
        if self._seconds >= _READ_AGAIN:
            self._seconds = 0
            self.refresh(frozenset())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.screen_shown is None:
            self._timer.stop()

    # -- what it does ------------------------------------------------------------------------------------------------

    @Slot()
    def show_screen(self) -> None:
        """Show the face alone on the whole screen."""
        if self.board is None or self.screen_shown is not None:
            return
        self.screen_shown = ClockScreen(self)
        self.screen_shown.destroyed.connect(self._screen_left)
        self.screen_shown.face.show_board(self.board)
        self.screen_shown.showFullScreen()

    @Slot()
    def _screen_left(self) -> None:
        self.screen_shown = None
        if not self.isVisible():
            self._timer.stop()

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self._wanted = str(self.choice.itemData(at))
        self.refresh(frozenset())

    @Slot()
    def _open_run(self) -> None:
        if self.board is not None:
            self.context.open_row("runs", self.board.run.id)

    @Slot(QTreeWidgetItem)
    def _open_item(self, item: QTreeWidgetItem) -> None:
        register_key, key = item.data(0, Qt.ItemDataRole.UserRole)
        self.context.open_row(register_key, key)

    @Slot(object)
    def _open(self, key: Any) -> None:  # Any: the key of a value
        line = next((each for each in self.board.log if each.key == key), None) if self.board is not None else None
        if line is not None:
            self.context.open_row(line.register, line.key)


def _card(body: QWidget, inside: QWidget) -> QFrame:
    card = QFrame(body)
    role(card, "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
    column.addWidget(inside)
    return card


def _cells(line: LogLine) -> list[str]:
    start, end = f"{line.start:%m-%d %H:%M}", f"{line.end:%m-%d %H:%M}" if line.end is not None else tr("goes on")
    if line.register == "segments":
        load = f"{line.load:.0%}" if line.load is not None else ""
        what = "  ".join(part for part in (load, line.what) if part)
        return [start, end, what, "", line.shift]
    what = f"{line.what} ({_said(line.attribution)})" if line.attribution else line.what
    return [start, end, what, EFFECT.label(line.effect), line.shift]


def _said(words: Any) -> str:  # Any: words in both languages, or a user's own
    return shown(words, "zh" if language() == "zh" else "en", " ")
