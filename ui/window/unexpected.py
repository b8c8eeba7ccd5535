"""What happens on a fault nobody foresaw: it is written to a log, shown once in plain words, and the work goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler, qVersion
from PySide6.QtWidgets import QApplication, QWidget

from handover import __version__
from handover.i18n import tr
from ui.settings import settings_folder
from ui.shell.message import Message, MessageChoice

LOG = logging.getLogger("handover.window")


class Watch(QObject):
    """Takes in every unexpected fault of the window, of its threads and of Qt; shows one dialog at a time."""

    _happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: Message | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        """Begin to watch."""
        folder = settings_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(folder / "window.log", encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self.caught(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(_from_qt)

    def caught(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Take in a fault, from any thread."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        LOG.error("%s", text)
        self._happened.emit(
            f"Handover {__version__} · Python {platform.python_version()} · Qt {qVersion()} · "
            f"{platform.platform()}\n\n{text}"
        )

    def report(self, error: BaseException) -> None:
        """Take in a fault that somebody holds in hand."""
        self.caught(type(error), error, error.__traceback__)

    @property
    def dialog(self) -> Message | None:
        """The dialog that is shown just now."""
        return self._dialog

    @Slot(str)
    def _show(self, detail: str) -> None:
        if self._dialog is not None:
            return  # the first fault is the one that matters; the others are in the log
        parent: QWidget | None = QApplication.activeWindow()
        self._dialog = Message(
            tr("Something went wrong in the program"),
            tr(
                "This was not your fault, and your data is as it was before the last step. You can go on working. "
                "If it happens again, copy the details and send them to whoever looks after Handover."
            ),
            MessageChoice(tr("Go on working"), role="primary"),
            MessageChoice(tr("Close the program"), QApplication.quit),
            tone="danger",
            detail=detail,
            parent=parent,
        )
        self._dialog.destroyed.connect(self._gone)
        self._dialog.open()

    @Slot()
    def _gone(self) -> None:
        self._dialog = None


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    LOG.log(level, "Qt: %s", text)
