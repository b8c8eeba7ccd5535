"""Copies and the window: the one of the day, the dialog that restores one, and what is saved of a damaged file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.store import copies, copying, restoring
from handover.store.copies import Copy
from handover.store.file import SUFFIX, Damaged
from handover.store.salvage import Salvaged, salvage
from handover.store.workspace import user_name
from handover.values import shown
from ui.shell.jobs import Job
from ui.shell.message import Message, MessageChoice
from ui.shell.page import Context
from ui.window.restore import RestoreDialog

#: How long a job of the workspace that is being replaced may take to end.
_PATIENCE_S = 20.0


class OpenPath(Protocol):
    """Opens a workspace."""

    def __call__(self, path: Path, *, read_only: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open the workspace in a file, and call ``then`` once it is open."""


class Copies(QObject):
    """What the File menu does with copies.

    Args:
        open_path: opens what was restored or saved.
        show: puts a dialog over the window.
        window: what the dialogs stand over; these copies live as long.
    """

    def __init__(self, context: Context, open_path: OpenPath, show: Callable[[QDialog], None], window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._open_path = open_path
        self._window = window
        self._show = show
        self._kept: tuple[Path, object] | None = None
        context.workspace_changed.connect(self.keep_daily)
        # A window that stays open over night makes the copy of the new day at its first change.
        context.changed.connect(self.keep_daily)

    @Slot()
    def keep_daily(self) -> None:
        """Make the copy of the day behind the window's back, unless it is there."""
        context = self._context
        if context.read_only:
            return
        workspace, path = context.workspace, context.workspace.path
        if self._kept == (path, clock.today()):
            return
        self._kept = (path, clock.today())

        def failed(error: BaseException) -> None:
            if context.has_workspace and context.workspace is workspace:
                context.complain(error)

        context.run_job(
            tr("Making the copy of the day"), lambda p: copying.daily(path, p), failed=failed, background=True
        )

    # -- restoring ----------------------------------------------------------------------------------------------

    def show(self, path: Path | None = None) -> None:
        """List the copies of a workspace, of the one that is open where none is named."""
        context = self._context
        of_open = path is None or (context.has_workspace and context.workspace.path == path)
        path = path or context.workspace.path
        dialog = RestoreDialog(context, path, may_restore=not (of_open and context.read_only), parent=self._window)
        dialog.wanted.connect(lambda copy: self.restore(path, copy))
        dialog.opened.connect(lambda copy: self._open_path(copy.path, read_only=True))
        self._show(dialog)

    def restore(self, path: Path, copy: Copy) -> None:
        """Put a copy in the place of a workspace and open it; when that fails, what was open is opened again."""
        context = self._context
        user, was_open = user_name(), context.has_workspace and context.workspace.path == path
        reading = context.jobs
        if was_open:
            user = context.workspace.user
            context.take_workspace(None)

        def put(progress: Progress) -> None:
            _wait_for(reading, path)
            restoring.restore(path, copy.path, user, progress)

        def done(_: object) -> None:
            said = tr("{file} is again as it was on {day}.", file=path.name, day=shown.moment(copy.made))
            self._open_path(path, then=lambda: context.tell(said))

        def failed(error: BaseException) -> None:
            if was_open:
                self._open_path(path, then=lambda: context.complain(error))
            else:
                context.complain(error)

        context.run_job(tr("Restoring {file}", file=path.name), put, done=done, failed=failed)

    # -- damage -------------------------------------------------------------------------------------------------

    def tell_damage(self, path: Path, error: Damaged) -> None:
        """Say that a file is damaged and offer what can be done."""
        save = MessageChoice(tr("Save what can be read…"), lambda: self.ask_salvage(path))
        restore = MessageChoice(tr("Restore a copy…"), lambda: self.show(path), "primary")
        choices = (restore, save) if copies.copies_of(path) else (save,)
        self._show(
            Message(
                tr("{file} is damaged", file=path.name),
                str(error),
                *choices,
                MessageChoice(tr("Close")),
                tone="danger",
                detail=error.detail,
                parent=self._window,
            )
        )

    def ask_salvage(self, path: Path) -> None:
        """Ask for the new file and save there what can be read."""
        proposed = path.with_name(tr("{file} salvaged", file=path.stem) + SUFFIX)
        dialog = QFileDialog(self._window, tr("Save what can be read"), str(proposed))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Handover workspaces (*.handover)"))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.fileSelected.connect(lambda target: self.salvage(path, Path(target)))
        self._show(dialog)

    def salvage(self, path: Path, target: Path) -> None:
        """Save what can be read of a file as another, and say what is missing there."""
        user = self._context.settings.get("user", "") or user_name()
        self._context.run_job(
            tr("Saving what can be read of {file}", file=path.name),
            lambda progress: salvage(path, target, user, progress),
            done=self._tell_salvaged,
        )

    def _tell_salvaged(self, outcome: Salvaged) -> None:
        saved, *missing = outcome.sentences()
        listed = tr("What could not be read is listed in the details.")
        self._show(
            Message(
                tr("What could be read was saved"),
                tr("{saved} {rest}", saved=saved, rest=missing[0] if outcome.whole else listed),
                MessageChoice(tr("Open the new file"), lambda: self._open_path(outcome.target), "primary"),
                MessageChoice(tr("Close")),
                tone="ok" if outcome.whole else "warning",
                detail="" if outcome.whole else "\n".join(missing),
                parent=self._window,
            )
        )


def _wait_for(jobs: tuple[Job, ...], path: Path) -> None:
    """Let the jobs of a closed workspace end: SQLite must not find another file under an open connection."""
    if any(not job.wait(_PATIENCE_S) for job in jobs):
        raise HandoverError(N_("{file} is still being read. Try again in a moment."), file=path.name)
