"""Copies and the window: those made while one works, the dialog that restores one, what is saved of a damaged file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover import clock
from handover.errors import HandoverError
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.store import Workspace
from handover.store.checking.finding import Finding
from handover.store.copies import copies, copying, restoring
from handover.store.copies.copies import Copy
from handover.store.file import SUFFIX, Damaged
from handover.store.open_file import user_name
from handover.values import shown
from ui.shell.another_name import write_file
from ui.shell.jobs import Job
from ui.shell.message import Message, MessageChoice
from ui.shell.page import Context

if TYPE_CHECKING:
    from handover.store.checking.salvage import Salvaged

#: How often it is looked whether half an hour was worked without a copy.
_LOOK_MS = 5 * 60_000
#: A sentence that was told in the language in force when it was kept.
_AS_IT_IS = "{said}"
#: How long a job of the workspace that is being replaced may take to end.
_PATIENCE_S = 20.0


class OpenPath(Protocol):
    """Opens a workspace."""

    def __call__(
        self, path: Path, *, read_only: bool = False, damaged: bool = False, then: Callable[[], None] | None = None
    ) -> None:
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
        self._changed_since_copy = False
        self._restoring = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.keep_timed)
        context.workspace_changed.connect(self._begin)
        context.changed.connect(self._note_change)

    @Slot()
    def _begin(self) -> None:
        """A workspace was opened, or none is open any more."""
        self._timer.stop()
        self._changed_since_copy = False
        context = self._context
        if context.read_only:
            return
        workspace = context.workspace
        workspace.at_close(lambda: self._keep_on_closing(workspace))
        self.keep_daily(begins=True)
        self._timer.start()

    @Slot()
    def _note_change(self) -> None:
        self._changed_since_copy = True
        # A window that stays open over night makes the copy of the new day at its first change.
        self.keep_daily()

    def keep_daily(self, *, begins: bool = False) -> None:
        """Make the copy of the day behind the window's back, unless it is there.

        Args:
            begins: the workspace was just opened; what an earlier closing could not copy is copied now.
        """
        context = self._context
        if context.read_only:
            return
        path = context.workspace.path
        if self._kept == (path, clock.today()) and not begins:
            return
        self._kept = (path, clock.today())

        def keep(progress: Progress) -> None:
            if copying.daily(path, progress) is None and begins:
                copying.timed(path, progress)

        self._run(tr("Making the copy of the day"), keep)

    @Slot()
    def keep_timed(self) -> None:
        """Make a copy where half an hour was worked without one."""
        if self._changed_since_copy and not self._context.read_only:
            self._changed_since_copy = False
            path = self._context.workspace.path
            self._run(tr("Making a copy"), lambda progress: copying.timed(path, progress), again=True)

    def keep_by_hand(self) -> None:
        """Ctrl+S: everything is stored as it is typed; this makes a copy to which one can go back."""
        context = self._context
        if context.read_only:
            return
        path = context.workspace.path

        def done(copy: Path | None) -> None:
            here = copy or copies.copies_of(path)[0].path
            context.tell(
                tr("Restore point made: {file}. Everything else is saved as it is typed.", file=here.name)
                if copy is not None
                else tr("Nothing has changed since the last restore point, {file}.", file=here.name)
            )

        context.run_job(
            tr("Making a restore point"), lambda progress: copying.ensure(path, copies.BY_HAND, progress), done=done
        )

    def _run(self, title: str, keep: Callable[[Progress], object], *, again: bool = False) -> None:
        """Copy behind the window's back, and say what fails there or in the second folder."""
        context, workspace = self._context, self._context.workspace

        def is_open() -> bool:
            return context.has_workspace and context.workspace is workspace

        def done(copy: object) -> None:
            if again and copy is None:  # the last copy isn't old enough yet
                self._changed_since_copy = True
            if is_open() and (trouble := copying.second_trouble()):
                context.complain(HandoverError(_AS_IT_IS, said=trouble))

        def failed(error: BaseException) -> None:
            self._changed_since_copy = True
            if is_open():
                context.complain(error)

        context.run_job(title, keep, done=done, failed=failed, background=True)

    def _keep_on_closing(self, workspace: Workspace) -> None:
        """Copy what was done, before the workspace closes; where that fails, the next opening tries again."""
        if self._changed_since_copy and not self._restoring:
            with contextlib.suppress(HandoverError):
                copying.ensure(workspace.path, copies.ON_CLOSE)

    # -- restoring ----------------------------------------------------------------------------------------------

    def show(self, path: Path | None = None) -> None:
        """List the copies of a workspace, of the one that is open where none is named."""
        context = self._context
        of_open = path is None or (context.has_workspace and context.workspace.path == path)
        path = path or context.workspace.path
        from ui.window.restore import RestoreDialog  # as what checks and mends: no start waits for it

        dialog = RestoreDialog(context, path, may_restore=not (of_open and context.read_only), parent=self._window)
        dialog.wanted.connect(lambda copy: self.restore(path, copy))
        dialog.opened.connect(self._look_into)
        self._show(dialog)

    def _look_into(self, copy: Copy) -> None:
        """Open a copy for reading; one that shares its pages is written out first."""
        self._context.run_job(
            tr("Reading the copy"),
            lambda progress: copies.written_out(copy, progress),
            done=lambda path: self._open_path(path, read_only=True),
        )

    def restore(self, path: Path, copy: Copy) -> None:
        """Put a copy in the place of a workspace and open it; when that fails, what was open is opened again."""
        context = self._context
        user, was_open = user_name(), context.has_workspace and context.workspace.path == path
        reading = context.jobs
        if was_open:
            user = context.workspace.user
            self._restoring = True  # it makes a copy of its own
            context.take_workspace(None)
            self._restoring = False

        def put(progress: Progress) -> Path | None:
            _wait_for(reading, path)
            return restoring.restore(path, copy.path, user, progress)

        def done(before: Path | None) -> None:
            self._open_path(path, then=lambda: self._tell_restored(path, copy, before))

        def failed(error: BaseException) -> None:
            if was_open:
                self._open_path(path, then=lambda: context.complain(error))
            else:
                context.complain(error)

        context.run_job(tr("Restoring {file}", file=path.name), put, done=done, failed=failed)

    def _tell_restored(self, path: Path, copy: Copy, before: Path | None) -> None:
        """Say that a copy was restored, and offer the way back."""
        said = tr("{file} is again as it was on {day}.", file=path.name, day=shown.moment(copy.made))
        self._context.tell(said)
        kept = next((c for c in copies.copies_of(path) if c.path == before and c.reason != copies.DAMAGED), None)
        if kept is None:
            return
        self._show(
            Message(
                tr("The copy was restored"),
                said,
                MessageChoice(tr("Close"), None, "primary"),
                MessageChoice(tr("Undo the restoring"), lambda: self.restore(path, kept)),
                tone="ok",
                parent=self._window,
            )
        )

    # -- checking -----------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Check the workspace in hand, say what is wrong with it, and offer to mend what can be."""
        from handover.store.checking.check import check

        path = self._context.workspace.path
        self._context.run_job(
            tr("Checking {file}", file=path.name),
            lambda progress: check(path, progress),
            done=lambda findings: self._tell_findings(path, findings),
        )

    def _tell_findings(self, path: Path, findings: list[Finding]) -> None:
        if not findings:
            self._context.tell(tr("{file} is sound.", file=path.name))
            return
        close = MessageChoice(tr("Close"))
        title = trn("{n} thing is wrong with {file}", "{n} things are wrong with {file}", len(findings), file=path.name)
        mends = any(f.mendable for f in findings) and not self._context.read_only
        choice = MessageChoice(tr("Mend what can be mended"), lambda: self.mend(path), "primary")
        self._show(
            Message(
                title,
                findings[0].message,
                *((choice, close) if mends else (close,)),
                tone="warning",
                detail="\n".join(f.message for f in findings),
                parent=self._window,
            )
        )

    def mend(self, path: Path) -> None:
        """Close the workspace, mend it after a copy, and open it again."""
        from handover.store.checking.mending import mend

        context = self._context
        user, reading = context.workspace.user, context.jobs
        context.take_workspace(None)

        def put(progress: Progress) -> int:
            _wait_for(reading, path)
            return mend(path, user, progress)

        def done(changes: int) -> None:
            said = trn("{n} change was made.", "{n} changes were made.", changes)
            self._open_path(path, then=lambda: context.tell(said))

        context.run_job(
            tr("Mending {file}", file=path.name), put, done=done,
            failed=lambda error: self._open_path(path, then=lambda: context.complain(error)),
        )  # fmt: skip

    # -- damage -------------------------------------------------------------------------------------------------

    def tell_damage(self, path: Path, error: Damaged) -> None:
        """Say that a file is damaged and offer what can be done."""
        save = MessageChoice(tr("Save what can be read…"), lambda: self.ask_salvage(path))
        restore = MessageChoice(tr("Restore a copy…"), lambda: self.show(path), "primary")
        read = MessageChoice(tr("Open for reading"), lambda: self._open_path(path, damaged=True))
        choices = (restore, save, read) if copies.copies_of(path) else (save, read)
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
        from handover.store.checking.salvage import salvage

        user = self._context.settings.get("user", "") or user_name()
        write_file(
            self._context,
            self._window,
            target,
            lambda new, progress: salvage(path, new, user, progress),
            self._tell_salvaged,
        )

    def _tell_salvaged(self, _new: Path, outcome: Salvaged) -> None:
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
