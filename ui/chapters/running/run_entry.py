"""The form below the run clock: what the shift logs, typed in seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers.catalogue import register
from handover.registers.running.named_with_state import NamedWithState
from handover.registers.running.run_log import interrupt, run_again
from ui.register.details.fieldbox import RowFieldBox
from ui.register.grid.typed import stored
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: What is typed of an entry: its name here, the register and the field that it is of, and how wide it is.
_TYPED = (
    ("at", "interruptions", "from_at", 2), ("shift", "segments", "shift", 1), ("load", "segments", "load", 1),
    ("cause", "interruptions", "cause", 3), ("item", "interruptions", "item", 2),
    ("attribution", "interruptions", "attribution", 2),
)  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RunEntryForm(QFrame):
    """A line of fields and two keys: the run was interrupted, or runs again."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._run: NamedWithState | None = None
        self.boxes: dict[str, RowFieldBox] = {}
        role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.addLayout(self._fields())
        column.addLayout(self._keys())
        self.fault = QLabel(self)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        role(self.fault, "error")
        self.fault.hide()
        column.addWidget(self.fault)

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        for key, of, field, wide in _TYPED:
            box = RowFieldBox(self._context, register(of)[field], self, asked=False)
            box.begin(None)
            box.editor.installEventFilter(self)
            self.boxes[key] = box
            row.addWidget(box, wide)
        return row

    def _keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        self.stop_button = QPushButton(icon("octagon-alert"), tr("Interrupted"), self)
        self.stop_button.clicked.connect(self.log_interruption)
        self.run_button = QPushButton(icon("play", "on_accent"), tr("Runs again"), self)
        role(self.run_button, "primary")
        self.run_button.clicked.connect(self.log_running)
        hint = QLabel(
            tr("Without a time it is now. Enter in the cause logs an interruption, in the load that it runs."), self
        )
        role(hint, "secondary")
        hint.setWordWrap(True)
        row.addWidget(self.stop_button)
        row.addWidget(self.run_button)
        row.addWidget(hint, 1)
        return row

    def show_run(self, run: NamedWithState | None) -> None:
        """Log into a run from now on; what is being typed stays."""
        self._run = run
        running = run is not None and run.status == "running" and not self._context.read_only
        for part in (self.stop_button, self.run_button):
            part.setEnabled(running)
            part.setToolTip("" if running or run is None else tr("Start the run first."))
        for box in self.boxes.values():
            box.allow(running)

    @Slot()
    def log_interruption(self) -> None:
        """Log that something interrupts the run."""
        values = self._typed("at", "shift", "cause", "item", "attribution")
        if values is None or self._run is None:
            return
        if not values["cause"]:
            self.boxes["cause"].refuse(tr("Say what interrupts the run."))
            self.boxes["cause"].editor.setFocus()
            return
        workspace, project, run = self._context.workspace, self._context.project.id, self._run.id

        def act() -> str:
            return interrupt(
                workspace, project, run, values["cause"], values["attribution"], item=values["item"],
                shift=values["shift"], at=values["at"],
            )  # fmt: skip

        self._store(act, tr("The interruption is logged."), "at", "cause", "item", "attribution")

    @Slot()
    def log_running(self) -> None:
        """Log that the plant runs again, or at another load."""
        values = self._typed("at", "shift", "load")
        if values is None or self._run is None:
            return
        workspace, project, run = self._context.workspace, self._context.project.id, self._run.id

        def act() -> str:
            return run_again(workspace, project, run, values["load"], shift=values["shift"], at=values["at"])

        self._store(act, tr("It is logged that the plant runs."), "at", "load")

    def _typed(self, *keys: str) -> dict[str, Any] | None:  # Any: what fields hold
        """What was typed; None where something of it can't be read, which is said beside it."""
        values: dict[str, Any] = {}
        faulty = None
        for key in keys:
            box = self.boxes[key]
            box.finish()
            box.forgive()
            try:
                values[key] = stored(self._context, box.field, box.typed()) if box.text().strip() else None
            except HandoverError as error:
                box.refuse(str(error))
                faulty = faulty or box
        if faulty is not None:
            faulty.editor.setFocus()
            return None
        return values

    def _store(self, act: Callable[[], str], said: str, *emptied: str) -> None:
        try:
            act()
        except HandoverError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        self.fault.hide()
        self._context.tell(said, undo=True)
        for key in emptied:
            self.boxes[key].begin(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            for key, act in (("cause", self.log_interruption), ("load", self.log_running)):
                if watched is self.boxes[key].editor:
                    act()
                    return True
        return super().eventFilter(watched, event)
