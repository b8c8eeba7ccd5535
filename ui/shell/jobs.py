"""Long work off the window's thread: one core function with its progress, its cancel and its result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from handover.errors import HandoverError
from handover.jobs import Progress

Work = Callable[[Progress], Any]  # Any: the result is between the function and who asked for it


class Job(QObject):
    """A function that runs in a thread of its own; every signal arrives in the thread that made the job.

    Signals:
        progressed: done, total (0 while unknown), sentence.
        done: the result.
        failed: the HandoverError (also Cancelled) or another exception.
        ended: after either.
    """

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _finished = Signal(object, object)

    def __init__(self, title: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.running = False
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"job: {title}", daemon=True)
        self._finished.connect(self._conclude)

    def start(self) -> None:
        """Begin."""
        self.running = True
        self._thread.start()

    def cancel(self) -> None:
        """Ask the function to stop at its next step; it then fails with Cancelled."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job has been asked to stop."""
        return self._stop.is_set()

    def wait(self, seconds: float) -> bool:
        """Block until the thread has ended; whether it has. Only for the end of the program."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            result = self._work(self._report)
        except HandoverError as error:
            self._say(None, error)
        except BaseException as error:  # noqa: BLE001 - a fault in a thread is shown like one in the window
            self._say(None, error)
        else:
            self._say(result, None)

    def _say(self, result: object, error: BaseException | None) -> None:
        try:
            self._finished.emit(result, error)
        except RuntimeError:
            return  # the window was closed meanwhile: nobody is left to be told

    def _report(self, done: int, total: int, what: str) -> bool:
        if self._stop.is_set():
            return False
        try:
            self.progressed.emit(min(done, 2**31 - 1), min(total, 2**31 - 1), what)
        except RuntimeError:
            return False  # the window was closed meanwhile: stop the work, too
        return True

    def _conclude(self, result: object, error: BaseException | None) -> None:
        self.running = False
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)
        self.ended.emit()
