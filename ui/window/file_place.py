"""Where the open workspace lies, told in the window: moved while it was open, in a synced folder, damaged behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover.i18n import tr
from handover.store import file as files
from handover.store.file import SUFFIX, Damaged
from handover.store.files.medium import sync_client_of
from handover.store.home import Moved
from ui.shell.another_name import write_file
from ui.shell.folders import documents_folder
from ui.shell.message import Message, MessageChoice
from ui.shell.page import Context
from ui.window.copies import Copies, OpenPath

#: The settings' key of the workspaces of which it was said that they lie in a synced folder or on a share.
_SAID = "medium/said"
_MOST_SAID = 200


class FilePlace(QObject):
    """Watches the file of the open workspace.

    Args:
        open_path: opens what was copied to this machine.
        show: puts a dialog over the window.
        window: what the dialogs stand over; this lives as long.

    Signals:
        moved: work goes on in another file than the one that was opened.
    """

    moved = Signal(Path)
    _heard = Signal(object)

    def __init__(
        self,
        context: Context,
        copies: Copies,
        open_path: OpenPath,
        show: Callable[[QDialog], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._copies, self._open_path = context, copies, open_path
        self._show, self._window = show, window
        context.workspace_changed.connect(self._begin)
        self._heard.connect(self._tell_moved)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._came_to_the_front)

    @Slot()
    def _begin(self) -> None:
        context = self._context
        if not context.has_workspace:
            return
        workspace = context.workspace
        workspace.on_move(self._heard.emit)
        if workspace.medium != "local" and not workspace.read_only:
            self._tell_medium(workspace.path)
        if not workspace.checked:
            context.run_job(
                tr("Checking {file}", file=workspace.path.name),
                lambda progress: files.check_pages(workspace.path, progress),
                failed=lambda error: self._checked(workspace.path, error),
                background=True,
            )

    @Slot(Qt.ApplicationState)
    def _came_to_the_front(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._context.has_workspace:
            self._context.act(self._context.workspace.look_around)

    @Slot(object)
    def _tell_moved(self, moved: Moved) -> None:
        """Say what became of the file."""
        if moved.now != moved.before:
            self.moved.emit(moved.now)
        self._show(
            Message(
                tr("The file was moved while it was open"),
                str(moved),
                MessageChoice(tr("Close"), None, "primary"),
                tone="warning",
                parent=self._window,
            )
        )

    def _checked(self, path: Path, error: BaseException) -> None:
        """Let a file that proved to be damaged be read at most."""
        context = self._context
        if not (isinstance(error, Damaged) and context.has_workspace and context.workspace.path == path):
            return
        context.take_workspace(None)
        self._open_path(path, damaged=True, then=lambda: self._copies.tell_damage(path, error))

    # -- synced folders and shares ------------------------------------------------------------------------------

    def _tell_medium(self, path: Path) -> None:
        """Say once of each workspace that it lies where it is slower and less safe, and offer to copy it."""
        said: list[str] = self._context.settings.get(_SAID, [])
        if str(path) in said:
            return
        self._context.settings.put(_SAID, [*said, str(path)][-_MOST_SAID:])
        client = sync_client_of(path)
        if client:
            title = tr("{file} lies in a folder that {client} watches", file=path.name, client=client)
            sentence = tr(
                "It can be worked in here, more slowly. While it is open, {client} may copy it half-written, and when "
                "two people change it, one of them ends up beside it as a conflict. Work in a copy on this machine, "
                "and put it back when you are done.",
                client=client,
            )
        else:
            title = tr("{file} lies on a network share", file=path.name)
            sentence = tr(
                "It can be worked in here, more slowly, by one person at a time. What is done when the connection "
                "breaks is told and isn't stored. Work in a copy on this machine, and put it back when you are done."
            )
        self._show(
            Message(
                title,
                sentence,
                MessageChoice(tr("Copy to this machine…"), self.ask_copy, "primary"),
                MessageChoice(tr("Work here")),
                tone="warning",
                parent=self._window,
            )
        )

    def ask_copy(self) -> None:
        """Ask where on this machine the workspace goes, copy it there with its files, and open the copy."""
        dialog = QFileDialog(
            self._window, tr("Copy to this machine"), str(documents_folder() / self._context.workspace.path.name)
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Handover workspaces (*.handover)"))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.fileSelected.connect(lambda path: self.copy_here(Path(path)))
        self._show(dialog)

    def copy_here(self, target: Path) -> None:
        """Copy the workspace with its files, and open the copy."""
        workspace = self._context.workspace
        write_file(
            self._context,
            self._window,
            target,
            lambda path, progress: workspace.save_copy(path, progress),
            lambda path, _carried: self._open_path(path),
        )
