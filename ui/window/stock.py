"""What the window tells besides its page: the last act, what can be undone, and the open rows of each chapter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers import query
from handover.registers.catalogue import registers
from handover.store import Workspace, redo_label, undo_label
from handover.store.history import last_moment
from handover.values import shown
from ui.shell.context import Context
from ui.window.status import StatusLine

_PAUSE_MS = 50


class Stock(QTimer):
    """Takes stock of the workspace: at once, or once for changes that follow each other closely.

    A timer, whose state tells whether stock is still to be taken.

    Args:
        name_undo: shows what undo and redo would do; empty where they would do nothing.
        show_counts: shows the number of open rows by register.
    """

    def __init__(
        self,
        context: Context,
        status: StatusLine,
        name_undo: Callable[[str, str], None],
        show_counts: Callable[[Mapping[str, int]], None],
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._status = status
        self._name_undo = name_undo
        self._show_counts = show_counts
        #: Says what of the page in view isn't stored, empty where nothing is.
        self.unsaved: Callable[[], str] = lambda: ""
        self.setSingleShot(True)
        self.setInterval(_PAUSE_MS)
        self.timeout.connect(self.take)

    @Slot()
    def take(self) -> None:
        """Name undo and redo, and count the open rows beside the chapters."""
        if not self._context.has_workspace:
            self._status.rest("")
            return
        undo, redo = undo_label(self._context.workspace), redo_label(self._context.workspace)
        self._name_undo(undo.label if undo else "", redo.label if redo else "")
        if unsaved := self.unsaved():
            self._status.rest(unsaved)
        elif self._context.read_only:
            self._status.rest(tr("Open for reading"))
        else:
            self._status.rest(_saved(self._context.workspace, undo.label if undo else ""))
        if self._context.has_project:
            self._count()

    def _count(self) -> None:
        """Count the open rows of each register, off the window's thread: a register may be large."""
        workspace, project = self._context.workspace, self._context.project.id

        def count_open(_progress: Progress) -> dict[str, int]:
            with workspace.read() as connection:
                return {
                    r.key: query.count(connection, r, project, query.Query(view="open"))
                    for r in registers()
                    if any(view.key == "open" for view in r.views)
                }

        def show(counts: dict[str, int]) -> None:
            if self._context.has_project and self._context.project.id == project:
                self._show_counts(counts)

        self._context.run_job(tr("Counting"), count_open, done=show, background=True)


def _saved(workspace: Workspace, last: str) -> str:
    """That everything is stored, and since when."""
    at = last_moment(workspace)
    if not at:
        return tr("All changes saved")
    when = shown.told_time(at)
    if not last:
        return tr("All changes saved at {time}", time=when)
    return tr("All changes saved at {time}. Last: {act}", time=when, act=last)
