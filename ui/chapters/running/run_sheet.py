"""The run sheet of a wave as it is ticked in the night: who is on what, the slip, and until when one can go back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.i18n import language, tr, trc
from handover.model.cutover.step import CUTOVER_STEP_STATUS
from handover.model.cutover.wave import WAVE_STATUS
from handover.model.vocabulary import Tone
from handover.registers.running.named_with_state import NamedWithState
from handover.registers.running.sheets import WaveBoard, sheet_of, waves_of
from handover.registers.running.ticking import tick
from handover.running import instants
from handover.running.instants import shown_wall
from handover.running.run_sheet import SheetLine
from handover.wording import Words, shown
from ui.shell.page import Context, Page
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: Milliseconds between two readings while the page is looked at: the forecast goes on with the night.
_EVERY = 20_000
_TABLES = frozenset({"cutover_wave", "cutover_step", "rollback_plan", "cutover_rehearsal", "person", "system"})
_NUMBER, _TITLE, _WHO, _STATE, _PLANNED, _REAL, _MINUTES, _SLIP = range(8)
_ICONS = {"waiting": "square", "running": "play", "done": "square-check", "failed": "circle-x", "skipped": "minus"}


@dataclass(frozen=True, slots=True)
class _WaveRead:
    waves: list[NamedWithState]
    board: WaveBoard | None


class RunSheetPage(Page):
    """A wave chosen above; what matters now; the steps, ticked with the space bar, a double click or the button."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._go_on = False  # the step that is to be ticked next comes into hand when the sheet is shown again
        self.board: WaveBoard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 4, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        column.addWidget(self._now())
        self.warning = QLabel(self)
        self.warning.setWordWrap(True)
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        role(self.warning, "error")
        self.warning.hide()
        column.addWidget(self.warning)
        column.addWidget(self._sheet(), 1)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._again)
        self.setFocusProxy(self.steps)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Run sheet")

    def help_key(self) -> str:
        return "run_sheet"

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"wave": self._wanted}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if isinstance(state.get("wave"), str) and state["wave"] != self._wanted:
            self._wanted = state["wave"]
            self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, wanted = self.context.project.id, self._wanted

        def look(connection: Connection) -> _WaveRead:
            waves = waves_of(connection, project)
            key = wanted if any(wave.id == wanted for wave in waves) else _first(waves)
            return _WaveRead(waves, sheet_of(connection, key) if key else None)

        self.read(look, self._show)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        row.addWidget(heading)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(trc("cutover", "Wave"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(24)
        self.choice.activated.connect(self._chosen)
        row.addWidget(self.choice, 1)
        self.open_button = QPushButton(tr("Open the wave"), self)
        self.open_button.clicked.connect(self._open_wave)
        row.addWidget(self.open_button)
        self.tick_button = QPushButton(icon("square-check"), tr("Tick (space)"), self)
        role(self.tick_button, "primary")
        self.tick_button.clicked.connect(self.tick_current)
        row.addWidget(self.tick_button)
        return row

    def _now(self) -> QWidget:
        card = QFrame(self)
        role(card, "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 6)
        self.figures: dict[str, tuple[QLabel, QLabel]] = {}
        for key in ("done", "end", "slip", "back", "busy"):
            column = QVBoxLayout()
            column.setSpacing(0)
            value, label = QLabel(card), QLabel(card)
            role(value, "lead")
            role(label, "secondary")
            value.setWordWrap(key == "busy")
            column.addWidget(value)
            column.addWidget(label)
            row.addLayout(column, 3 if key == "busy" else 1)
            self.figures[key] = value, label
        self.pill = Pill("neutral", "", card)
        row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return card

    def _sheet(self) -> QTreeWidget:
        self.steps = _StepTree(self)
        self.steps.setAccessibleName(tr("Steps of the wave"))
        self.steps.setRootIsDecorated(False)
        self.steps.setUniformRowHeights(True)
        self.steps.setHeaderLabels(
            [tr("No."), tr("Step"), tr("Who"), tr("State"), tr("Planned"), tr("Real or expected"), tr("Minutes"),
             tr("Slip")]
        )  # fmt: skip
        head = self.steps.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        self.steps.itemDoubleClicked.connect(self.tick_current)
        self.steps.space.connect(self.tick_current)
        self.steps.opened.connect(self._open_step)
        return self.steps

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, read: _WaveRead) -> None:
        self.board = read.board
        self.choice.clear()
        for wave in read.waves:
            self.choice.addItem(f"{wave.ref}  {wave.name}  ({_said(wave.status_name)})", wave.id)
        board = read.board
        if board is not None:
            self._wanted = board.wave.id
            self.choice.setCurrentIndex(self.choice.findData(self._wanted))
        else:
            self.choice.setPlaceholderText(tr("No waves yet. Add one among the waves of the cutover."))
        under_way = board is not None and board.wave.status == "executing" and not self.context.read_only
        self.tick_button.setEnabled(under_way)
        self.tick_button.setToolTip("" if under_way or board is None else tr("Start the wave first."))
        self.open_button.setEnabled(board is not None)
        self._show_now(board)
        self._show_steps(board)

    def _show_now(self, board: WaveBoard | None) -> None:
        sheet = board.sheet if board is not None else None
        over = board is not None and board.wave.status in ("verified", "rolled_back")
        steps = board.steps if board is not None else ()
        busy = ", ".join(f"{step.owner or '–'}: {step.title}" for step in (board.busy if board is not None else ()))
        slip = sheet.slip if sheet is not None else 0
        told = {
            "done": (f"{sheet.done if sheet else 0} / {len(steps)}", tr("steps done")),
            "end": (_time(sheet.end if sheet else None), tr("ended") if over else tr("expected end")),
            "slip": (
                tr("{n} min", n=f"{slip:+d}" if slip else 0) if sheet is not None else "–",
                tr("against the plan"),
            ),
            "back": (_time(sheet.last_safe if sheet else None), tr("last safe moment to go back")),
            "busy": (busy or "–", tr("who is on what")),
        }
        for key, (value, label) in told.items():
            self.figures[key][0].setText(value)
            self.figures[key][1].setText(label)
        tone, said = _state(board)
        self.pill.show_status(tone, said)
        self.pill.setVisible(bool(said))
        warnings = list(_warnings(board))
        self.warning.setText("\n".join(warnings))
        self.warning.setVisible(bool(warnings))

    def _show_steps(self, board: WaveBoard | None) -> None:
        kept = "" if self._go_on else self._current()
        self._go_on = False
        self.steps.clear()
        if board is None:
            return
        lines = {line.key: line for line in board.sheet.lines} if board.sheet is not None else {}
        for step in board.steps:
            line = lines.get(step.key)
            minutes = str(step.minutes or 0)
            if step.real_minutes is not None:
                minutes = f"{minutes} → {step.real_minutes}"
            title = f"{step.title}  ⚑" if step.no_return else step.title
            item = QTreeWidgetItem(
                self.steps,
                [str(step.number or ""), title, step.owner, CUTOVER_STEP_STATUS.label(step.status),
                 _span(line, planned=True), _span(line, planned=False), minutes, _slip(line, step.status)],
            )  # fmt: skip
            item.setData(0, Qt.ItemDataRole.UserRole, step.key)
            tone = CUTOVER_STEP_STATUS[step.status].tone
            item.setIcon(_STATE, icon(_ICONS[step.status], tone))
            if step.no_return:
                item.setToolTip(_TITLE, tr("No way back once this step has begun."))
            if line is not None and line.slip > 0 and step.status != "skipped":
                item.setForeground(_SLIP, tokens.colour("warning"))
            for column in (_NUMBER, _MINUTES, _SLIP):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if step.key == kept:
                self.steps.setCurrentItem(item)
        if not self._current():
            self._choose_next(board)

    def _choose_next(self, board: WaveBoard) -> None:
        """The step that is to be ticked next: one under way, else the first that waits."""
        for wanted in ("running", "waiting"):
            for at, step in enumerate(board.steps):
                item = self.steps.topLevelItem(at)
                if step.status == wanted and item is not None:
                    self.steps.setCurrentItem(item)
                    return

    def _current(self) -> str:
        item = self.steps.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # -- what it does ------------------------------------------------------------------------------------------------

    @Slot()
    def tick_current(self) -> None:
        """Begin the step in hand, or tick it off; the next one comes into hand."""
        key = self._current()
        if not key or not self.tick_button.isEnabled() or self.board is None:
            return
        step = next((each for each in self.board.steps if each.key == key), None)
        if step is None or step.status in ("done", "skipped"):
            self.context.tell(tr("This step is over. Open it to take it back."))
            return

        def go() -> bool:
            tick(self.context.workspace, self.context.project.id, key)
            return True

        if self.context.act(go) and step.status == "running":
            self._go_on = True

    @Slot()
    def _again(self) -> None:
        if self.board is not None and self.board.wave.status == "executing":
            self.refresh(frozenset())

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self._wanted = str(self.choice.itemData(at))
        self._go_on = True
        self.refresh(frozenset())

    @Slot()
    def _open_wave(self) -> None:
        if self.board is not None:
            self.context.open_row("waves", self.board.wave.id)

    @Slot()
    def _open_step(self) -> None:
        if key := self._current():
            self.context.open_row("cutover-steps", key)


class _StepTree(QTreeWidget):
    """The steps: space ticks, Enter opens."""

    space = Signal()
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.space.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


def _first(waves: list[NamedWithState]) -> str:
    """The wave under way, else the first that is planned, else the last."""
    for status in ("executing", "planned"):
        for wave in waves:
            if wave.status == status:
                return wave.id
    return waves[-1].id if waves else ""


def _state(board: WaveBoard | None) -> tuple[Tone, str]:
    if board is None or board.sheet is None:
        return "neutral", ""
    if board.wave.status != "executing":
        return WAVE_STATUS[board.wave.status].tone, _said(board.wave.status_name)
    if board.sheet.no_return:
        return "danger", tr("No way back any more")
    if board.sheet.late_to_return:
        return "danger", tr("Too late to go back")
    return "warning" if board.sheet.slip > 0 else "ok", tr("Under way; there is a way back")


def _warnings(board: WaveBoard | None) -> list[str]:
    """What stands against starting the wave, or makes it a risk."""
    if board is None or board.wave.status not in ("planned", "executing"):
        return []
    told = []
    back = board.way_back
    if back is None:
        told.append(tr("This wave has no rollback plan: it can't start before there is a way back."))
    else:
        if back.minutes is None:
            told.append(tr("The rollback plan doesn't say how many minutes going back takes."))
        if back.status != "approved":
            told.append(tr("The rollback plan is not approved."))
        if back.rehearsed_on is None:
            told.append(tr("Nobody has rehearsed the way back."))
    if board.sheet is None:
        told.append(tr("Nobody has said when the wave is to start: no times can be told."))
    return told


def _time(at: dt.datetime | None) -> str:
    if at is None:
        return "–"
    here = instants.at_site(at, at)
    return shown_wall(here) if here.date() != instants.now().date() else f"{here:%H:%M}"


def _span(line: SheetLine | None, *, planned: bool) -> str:
    if line is None:
        return ""
    start, end = (line.planned_start, line.planned_end) if planned else (line.start, line.end)
    zone = line.planned_start.tzinfo
    return f"{start.astimezone(zone):%H:%M}–{end.astimezone(zone):%H:%M}"


def _slip(line: SheetLine | None, status: str) -> str:
    return f"{line.slip:+d}" if line is not None and line.slip and status != "skipped" else ""


def _said(words: Words) -> str:
    return shown(words, "zh" if language() == "zh" else "en", " ")
