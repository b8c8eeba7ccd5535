"""Shows a running job: nothing for half a second, then how far it is, with a cancel button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from ui.shell.dialog import Dialog
from ui.shell.jobs import Job
from ui.shell.pace import Pace
from ui.theme.style import role
from ui.theme.tokens import SPACE

SHOWN_AFTER_MS = 500

_INPUT = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.Shortcut,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.DragEnter,
    QEvent.Type.Drop,
}


class _Patience(QObject):
    """Swallows keys and clicks in the half second before the panel shows: an edit would wait for the job's lock."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() in _INPUT


class ProgressPanel(Dialog):
    """The progress of one job, modal to the window while it runs."""

    def __init__(self, job: Job, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle(job.title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(460)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        title = QLabel(job.title, self)
        role(title, "lead")
        title.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(job.title)
        self.what = QLabel(" ", self)
        role(self.what, "secondary")
        self.what.setWordWrap(True)
        self.pace = QLabel(" ", self)
        role(self.pace, "secondary")
        self._pace = Pace()
        self.cancel = QPushButton(tr("Cancel"), self)
        self.cancel.clicked.connect(self.stop)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        for each in (title, self.bar, self.what, self.pace):
            whole.addWidget(each)
        whole.addLayout(row)
        self._patience = _Patience(self)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self._patience)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        self._timer.start(SHOWN_AFTER_MS)
        job.progressed.connect(self._move)
        job.ended.connect(self._end)

    @Slot()
    def stop(self) -> None:
        """Ask the job to stop; the panel stays until it has."""
        self._job.cancel()
        self.cancel.setEnabled(False)
        self.what.setText(tr("Stopping…"))
        self.pace.setText(" ")

    @Slot()
    def _show(self) -> None:
        self._end_patience()
        self.open()

    @Slot(int, int, str)
    def _move(self, done: int, total: int, what: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if what and not self._job.cancelled:
            self.what.setText(what)
            self.pace.setText(self._pace.says(done, total, what) or " ")

    @Slot()
    def _end(self) -> None:
        self._timer.stop()
        self._end_patience()
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()

    def _end_patience(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self._patience)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._job.running:
            self.stop()
            event.ignore()
        else:
            super().closeEvent(event)
