"""Files and the window: new, open, recent, copies, what is dropped on it, and the wizards that read and write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover.errors import HandoverError
from handover.i18n import N_, language, tr, trn
from handover.jobs import Progress
from handover.model.project import Project
from handover.registers.beginning import add_project
from handover.replacing import free_name
from handover.store import Workspace
from handover.store.file import SUFFIX, Damaged
from handover.store.files.attached import Carried
from handover.store.files.incoming_file import size_words
from handover.store.lock import InUse
from handover.store.trouble import Unreachable
from ui.settings import settings_folder
from ui.shell.another_name import write_file
from ui.shell.folders import documents_folder
from ui.shell.message import Message, MessageChoice
from ui.shell.page import Context, Page
from ui.window.begin import NewWorkspace
from ui.window.copies import Copies
from ui.window.file_place import FilePlace
from ui.window.host import PageHost

_RECENT = 10
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".xml", ".xer", ".mpp"}


def _sample_path() -> Path:
    return settings_folder() / "sample" / f"Sample{SUFFIX}"


class Files(QObject):
    """What the File menu does.

    Signals:
        recent_changed: the list of recent files is another.
    """

    recent_changed = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        #: The dialog shown last, so that the palette and tests find it.
        self.dialog: QDialog | None = None
        self.copies = Copies(context, self.open_path, self._show, window)
        self.place = FilePlace(context, self.copies, self.open_path, self._show, window)
        self.place.moved.connect(self._note)

    # -- workspaces ---------------------------------------------------------------------------------------------

    @property
    def recent(self) -> list[str]:
        """The workspaces opened lately that are still there, the last first."""
        return [p for p in self._kept() if Path(p).is_file()]

    def forget(self, path: str) -> None:
        """Take a workspace off the list of recent ones."""
        self._remember([p for p in self._kept() if p != path])

    def new(self, then: Callable[[], None] | None = None, name: str = "") -> None:
        """Ask for the first project and the file, make it and open it."""
        dialog = NewWorkspace(self._window, name)
        dialog.wanted.connect(lambda path, code, name: self.create(path, code, name, then))
        self._show(dialog)

    def create(self, path: Path, code: str, name: str, then: Callable[[], None] | None = None) -> None:
        """Make a workspace with one project and open it."""

        def make() -> Workspace:
            workspace = Workspace.create(path)
            try:
                self._name_user(workspace)
                with workspace.edit(N_("Add project {code}"), code=code) as work:
                    add_project(work, Project(code=code, name=name))
            except BaseException:
                workspace.close()
                raise
            return workspace

        workspace = self._context.act(make)
        if workspace is not None:
            self._take(workspace)
            if then is not None:
                then()

    def open(self) -> None:
        """Ask for a workspace and open it."""
        dialog = QFileDialog(self._window, tr("Open workspace"), str(self._folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Handover workspaces (*.handover)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.open_path(Path(path)))
        self._show(dialog)

    def open_path(
        self, path: Path, *, read_only: bool = False, damaged: bool = False, then: Callable[[], None] | None = None
    ) -> None:
        """Open a workspace; what stands against it is said in a dialog."""
        path = path.absolute()
        if self._context.has_workspace and self._context.workspace.path == path and not self._context.read_only:
            return  # it is the one that is open

        def load(_progress: Progress) -> Workspace:
            if damaged:
                return Workspace.open_damaged(path)
            return Workspace.open(path, "read" if read_only else "write")

        def opened(workspace: Workspace) -> None:
            self._take(workspace)
            if then is not None:
                then()

        self._context.run_job(
            tr("Opening {file}", file=path.name), load, done=opened, failed=lambda error: self._refused(path, error)
        )

    def _refused(self, path: Path, error: BaseException) -> None:
        if isinstance(error, InUse):
            self._show(
                Message(
                    tr("Open in another window"),
                    str(error),
                    MessageChoice(tr("Open for reading"), lambda: self.open_path(path, read_only=True), "primary"),
                    MessageChoice(tr("Cancel")),
                    tone="warning",
                    parent=self._window,
                )
            )
        elif isinstance(error, Damaged):
            self.copies.tell_damage(path, error)
        elif isinstance(error, Unreachable) and error.readable:
            self._show(
                Message(
                    tr("{file} was not opened", file=path.name),
                    str(error),
                    MessageChoice(tr("Open for reading"), lambda: self.open_path(path, read_only=True), "primary"),
                    MessageChoice(tr("Close")),
                    tone="warning",
                    detail=error.detail,
                    parent=self._window,
                )
            )
        elif isinstance(error, HandoverError):
            self._show(
                Message(
                    tr("{file} was not opened", file=path.name),
                    str(error),
                    MessageChoice(tr("Open another file…"), self.open, "primary"),
                    MessageChoice(tr("Close")),
                    tone="danger",
                    detail=error.detail,
                    parent=self._window,
                )
            )
        else:
            self._context.complain(error)

    def open_sample(self) -> None:
        """Open the sample workspace, made when it is first wanted."""
        path = _sample_path()
        if path.exists():
            self.open_path(path)
        else:
            self._make_sample(path)

    def fresh_sample(self) -> None:
        """Make the sample as it was at first and open it; one in which somebody has worked stays beside it."""
        path = _sample_path()
        self._make_sample(free_name(path) if path.exists() else path)

    def _make_sample(self, path: Path) -> None:
        from handover.sample import build as build_sample

        def build(progress: Progress) -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            return build_sample(path, language(), progress)

        self._context.run_job(tr("Making the sample"), build, done=self.open_path)

    def close(self) -> None:
        """Close the workspace and show the welcome page, also at the next start."""
        self._context.settings.put("last/file", "")
        self._context.take_workspace(None)

    def save_copy(self) -> None:
        """Ask where, and write a whole copy of the workspace there."""
        here = self._context.workspace.path
        dialog = QFileDialog(self._window, tr("Save a copy"), str(here.with_name(f"{here.stem} copy{SUFFIX}")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Handover workspaces (*.handover)"))
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.fileSelected.connect(lambda path: self._ask_for_files(Path(path)))
        self._show(dialog)

    def _ask_for_files(self, target: Path) -> None:
        """Ask whether the attached files come along, where there are any."""
        contents = self._context.workspace.contents()
        if not contents:
            self.copy_to(target)
            return
        sentence = trn(
            "{n} attached file ({size}) lies beside the workspace. A copy without it shows its name only.",
            "{n} attached files ({size}) lie beside the workspace. A copy without them shows their names only.",
            len(contents),
            size=size_words(sum(contents.values())),
        )
        self._show(
            Message(
                tr("Copy the attached files, too?"),
                sentence,
                MessageChoice(tr("Copy with the files"), lambda: self.copy_to(target), "primary"),
                MessageChoice(tr("Copy without them"), lambda: self.copy_to(target, with_files=False)),
                MessageChoice(tr("Cancel")),
                parent=self._window,
            )
        )

    def copy_to(self, target: Path, *, with_files: bool = True) -> None:
        """Write a whole copy of the workspace."""
        workspace = self._context.workspace
        left = 0 if with_files else len(workspace.contents())

        def told(path: Path, taken: Carried) -> None:
            said = [tr("Copied to {file}", file=str(path))]
            if left:
                said.append(trn("{n} attached file was left out.", "{n} attached files were left out.", left))
            if gone := taken.missing:
                said.append(trn("{n} attached file is missing.", "{n} attached files are missing.", gone))
            self._context.tell(" · ".join(said))

        write_file(
            self._context,
            self._window,
            target,
            lambda path, progress: workspace.save_copy(path, progress, with_files=with_files),
            told,
        )

    # -- wizards ------------------------------------------------------------------------------------------------

    def import_file(self, path: Path | None = None, register: str | None = None) -> None:
        """Show the import wizard, at a file if one is given."""
        from ui.transfer.wizard.import_wizard import ImportWizard

        self._show(ImportWizard(self._context, path=path, register=register))

    def export(self) -> None:
        """Show the dialog that writes registers as workbooks."""
        from ui.transfer.export_dialog import ExportDialog

        self._show(ExportDialog(self._context, page=self._page()))

    def pack(self) -> None:
        """Show the dialog that makes a handover pack."""
        from ui.transfer.export_dialog import PackDialog

        self._show(PackDialog(self._context))

    def verify(self) -> None:
        """Show the dialog that checks the files of a pack."""
        from ui.transfer.verify_dialog import VerifyDialog

        self._show(VerifyDialog(self._context))

    def template(self) -> None:
        """Show the dialog that writes a blank workbook of a register."""
        from ui.transfer.template_dialog import TemplateDialog

        page = self._page()
        self._show(TemplateDialog(self._context, page.key if page is not None else ""))

    def reports(self) -> None:
        """Show what was imported into the project so far."""
        from ui.transfer.reports import ReportsDialog

        self._show(ReportsDialog(self._context))

    def begin_with_task_list(self) -> None:
        """Ask for the list, then for a new workspace named after it, and import it as soon as that is open."""
        dialog = QFileDialog(self._window, tr("Choose the task list"), str(documents_folder()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Lists (*.xlsx *.xlsm *.xls *.ods *.csv *.tsv *.xml *.xer)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.begin_with(Path(path)))
        self._show(dialog)

    def begin_with(self, path: Path) -> None:
        """A new workspace for a list, its project named as the list names itself, and the import of the list."""
        from handover.exchange.importing.project_title import project_title  # no start waits for what reads lists

        def named(name: str) -> None:
            self.new(then=lambda: self.import_file(path), name=name)

        self._context.run_job(
            tr("Reading {file}", file=path.name),
            lambda progress: project_title(path, progress),
            done=named,
            failed=lambda _error: named(path.stem),  # the wizard says what is wrong with it
        )

    def takes(self, path: Path) -> bool:
        """Whether something can be done with a file dropped on the window."""
        kind = path.suffix.lower()
        may_import = not self._context.has_workspace or not self._context.read_only
        return kind == SUFFIX or (kind in _WORKBOOKS and may_import)

    def drop(self, path: Path) -> None:
        """Open a workspace, import anything else; without a project, first ask for one."""
        if path.suffix.lower() == SUFFIX:
            self.open_path(path)
        elif self._context.has_project:
            self.import_file(path)
        else:
            self.begin_with(path)

    def _page(self) -> Page | None:
        host = self._window.findChild(PageHost)
        return host.current if host is not None else None

    # -- within -------------------------------------------------------------------------------------------------

    def _take(self, workspace: Workspace) -> None:
        self._name_user(workspace)
        self._note(workspace.path)
        self._context.take_workspace(workspace)

    def _note(self, opened: Path) -> None:
        """Remember a workspace as the one that was open last."""
        path = str(opened)
        self._remember([path, *(p for p in self._kept() if p != path)])
        self._context.settings.put("last/file", path)

    def _name_user(self, workspace: Workspace) -> None:
        if name := self._context.settings.get("user", ""):
            workspace.user = name

    def _kept(self) -> list[str]:
        return [p for p in self._context.settings.get("recent", []) if isinstance(p, str)]

    def _remember(self, paths: list[str]) -> None:
        self._context.settings.put("recent", paths[:_RECENT])
        self.recent_changed.emit()

    def _folder(self) -> Path:
        return self._context.workspace.path.parent if self._context.has_workspace else documents_folder()

    def _show(self, dialog: Any) -> None:  # Any: QDialog, also those of others with their own open()
        self.dialog = dialog
        if dialog.parent() is None:
            dialog.setParent(self._window, dialog.windowFlags())
        dialog.destroyed.connect(lambda: self._gone(dialog))
        dialog.open()

    def _gone(self, dialog: QDialog) -> None:
        if self.dialog is dialog:  # a choice in it may have shown the next one
            self.dialog = None
