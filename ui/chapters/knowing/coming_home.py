"""Papers of knowledge that come home as workbooks: the file is chosen, what it says is taken, and what not is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from handover.exchange.importing.filled_papers import FilledIn
from handover.i18n import tr
from handover.jobs import Progress
from handover.model.project import Project
from handover.store.workspace import Workspace
from ui.shell.message import Message
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, last_folder

Take = Callable[[Workspace, Project, Path, Progress], FilledIn]


def choose_filled(context: Context, take: Take, title: str, over: QWidget) -> None:
    """Ask which workbook comes home, and take it."""
    kinds = f"{tr('Excel workbook')} (*.xlsx)"
    chooser = QFileDialog(over.window(), title, str(last_folder(context)), kinds)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.fileSelected.connect(lambda path: take_filled(context, take, title, Path(path), over))
    chooser.open()


def take_filled(context: Context, take: Take, title: str, path: Path, over: QWidget) -> None:
    """Take a workbook that was filled in; it is told what came of it."""
    workspace, code = context.workspace, context.project.code
    context.settings.put(FOLDER, str(path.parent))
    window = over.window()

    def work(progress: Progress) -> FilledIn:
        return take(workspace, workspace.project(code), path, progress)

    def told(done: FilledIn) -> None:
        if not done.refused:
            context.tell(done.said, undo=bool(done.taken))
            return
        reasons = [f"{each.ref}: {each.reason}" for each in done.refused]
        Message(title, "\n".join((done.said, *reasons)), tone="warning", parent=window).open()

    context.run_job(tr("Reading {file}", file=path.name), work, done=told)
