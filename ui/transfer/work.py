"""Work of a wizard or dialog while it stays in view: a bar, a sentence and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from handover.errors import Cancelled
from handover.i18n import tr
from ui.shell.dialog import Dialog
from ui.shell.jobs import Job, Work
from ui.shell.pace import Pace
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: Work that ends sooner shows nothing.
SHOWN_AFTER_MS = 300


class WorkStrip(QWidget):
    """Runs one job at a time and shows how far it is.

    Signals:
        busy_changed: whether a job runs.
        stopped: the job was stopped by the user; nothing was changed.
    """

    busy_changed = Signal(bool)
    stopped = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._done: Callable[[Any], None] | None = None  # Any: the job's result
        self._failed: Callable[[BaseException], None] | None = None
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(200)
        self.what = QLabel(self)
        self.what.setMinimumWidth(1)  # a long sentence is cut rather than making the window wider
        role(self.what, "secondary")
        self.pace = QLabel(self)
        role(self.pace, "secondary")
        self._pace = Pace()
        self.stop = QPushButton(tr("Stop"), self)
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 3)
        row.addWidget(self.bar)
        row.addWidget(self.what, 1)
        row.addWidget(self.pace)
        row.addWidget(self.stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(lambda: self._show(True))
        self._show(False)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],  # Any: what the work gives
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run work in a thread; ``failed`` gets what went wrong unless the user stopped it."""
        if self._job is not None:
            raise RuntimeError(f"{self._job.title} is still running")
        self._done, self._failed = done, failed
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.what.setText(title)
        self.pace.clear()
        self.stop.setEnabled(True)
        self._wait.start(SHOWN_AFTER_MS)
        self._job = self._context.run_job(title, work, done=self._succeed, failed=self._fail, background=True)
        self._job.progressed.connect(self._move)
        self.busy_changed.emit(True)

    @Slot()
    def cancel(self) -> None:
        """Ask the job to stop; the strip stays until it has."""
        if self._job is not None:
            self._job.cancel()
            self.stop.setEnabled(False)
            self.what.setText(tr("Stopping…"))
            self.pace.clear()

    @Slot(int, int, str)
    def _move(self, done: int, total: int, what: str) -> None:
        if self._job is None or self._job.cancelled:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if what:
            self.what.setText(what)
            self.pace.setText(self._pace.says(done, total, what))

    @Slot(object)
    def _succeed(self, result: Any) -> None:  # Any: the job's result
        then = self._done
        self._end()
        if then is not None:
            then(result)

    @Slot(object)
    def _fail(self, error: BaseException) -> None:
        then = self._failed
        self._end()
        if isinstance(error, Cancelled):
            self.stopped.emit()
        elif then is not None:
            then(error)
        else:
            self._context.complain(error)

    def _end(self) -> None:
        self._wait.stop()
        self._job = self._done = self._failed = None
        self._show(False)
        self.busy_changed.emit(False)

    def _show(self, shown: bool) -> None:
        for each in (self.bar, self.what, self.stop):
            each.setVisible(shown)


class WorkingDialog(Dialog):
    """A dialog with work of its own, which stays open until that has stopped.

    Attributes:
        work: the strip in which the work runs.
    """

    work: WorkStrip

    def reject(self) -> None:
        """Cancel stops what runs; when nothing does, it closes the dialog."""
        if self.work.busy:
            self.work.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.work.busy:
            self.work.cancel()
            event.ignore()
        else:
            super().closeEvent(event)
