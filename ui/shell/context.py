"""What every page can ask of the window: the workspace, the project, other pages, jobs, messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from handover.errors import Cancelled, HandoverError
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.registers import catalogue, parts
from handover.registers.figures import measures
from handover.registers.search.following import follow
from handover.store import Workspace, redo, redo_label, undo, undo_label
from handover.store.undo import UndoStep
from ui.settings import Settings
from ui.shell.jobs import Job, Work
from ui.shell.shortcuts import Shortcuts

T = TypeVar("T")
#: An act that changed more rows than this takes longer than the window may stand still.
_MANY = 500


@dataclass(frozen=True, slots=True)
class ProjectInHand:
    """The project that the window shows."""

    id: str
    code: str
    name: str


class Context(QObject):
    """The window as its pages see it.

    A page lives for one project of one workspace: when either changes, the window makes new pages. So a page
    needs ``changed`` (through ``Page.refresh``) and not ``project_changed``.

    Signals:
        changed: the tables that an act touched, always in the window's thread.
        workspace_changed, project_changed, language_changed, theme_changed: after the fact.
        language_wanted, theme_wanted: what was chosen, for the application to carry out.
        wanted: page key and state, when something asks for a page.
        project_wanted: the key of another project that is to be shown first.
        rows_changed: rows of registers have another height.
        told: a sentence for the status bar, and whether it offers Undo.
        complained: an error to be shown plainly, not in the way.
        job_started: a job, and whether it may run behind the window's back.
    """

    changed = Signal(object)
    workspace_changed = Signal()
    project_changed = Signal()
    language_changed = Signal()
    theme_changed = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal(str)
    rows_changed = Signal()
    wanted = Signal(str, object)
    project_wanted = Signal(str)
    told = Signal(str, bool)
    complained = Signal(object)
    complaint_over = Signal()
    job_started = Signal(object, bool)
    _touched = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings or Settings()
        self.shortcuts = Shortcuts(self.settings, self)
        self._workspace: Workspace | None = None
        self._project: ProjectInHand | None = None
        self._stop_listening: Callable[[], None] = lambda: None
        self._end_day: Callable[[], None] = lambda: None
        self._jobs: list[Job] = []
        self._touched.connect(self._pass_on)

    # -- workspace and project ----------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Only the welcome page lives without one."""
        if self._workspace is None:
            raise RuntimeError("no workspace is open")
        return self._workspace

    @property
    def has_workspace(self) -> bool:
        """Whether a workspace is open."""
        return self._workspace is not None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._workspace is None or self._workspace.read_only

    @property
    def project(self) -> ProjectInHand:
        """The project in hand. Pages other than welcome and settings live only while there is one."""
        if self._project is None:
            raise RuntimeError("no project is chosen")
        return self._project

    @property
    def has_project(self) -> bool:
        """Whether a project is chosen."""
        return self._project is not None

    def take_workspace(self, workspace: Workspace | None) -> None:
        """Show another workspace (or none) and close the one before."""
        for job in self._jobs:
            job.cancel()
        self._stop_listening()
        self._end_day()
        before, self._workspace = self._workspace, workspace
        self._project = None
        self._stop_listening = self._end_day = lambda: None
        if workspace is not None:
            self._stop_listening = workspace.on_change(self._touched.emit)
            self._end_day = measures.follow(workspace, measures.in_a_thread)
            follow(workspace)
        if before is not None:
            before.close()
        self.workspace_changed.emit()

    def take_project(self, project: ProjectInHand | None) -> None:
        """Show another project of the workspace."""
        self._project = project
        self.project_changed.emit()

    def rename_project(self, project: ProjectInHand) -> None:
        """The project in hand has another code or name; its pages stay."""
        self._project = project

    @Slot(object)
    def _pass_on(self, tables: frozenset[str]) -> None:
        self.changed.emit(tables)

    # -- looks --------------------------------------------------------------------------------------------------

    def choose_language(self, code: str) -> None:
        """Speak ``en`` or ``zh`` from now on, in every start; empty for the system's."""
        self.settings.put("language", code)
        self.language_wanted.emit(code)

    def choose_theme(self, name: str) -> None:
        """Show ``light`` or ``dark`` from now on, in every start; empty follows the system."""
        self.settings.put("theme", name)
        self.theme_wanted.emit(name)

    def choose_rows(self, name: str) -> None:
        """Show the rows of registers ``compact``, ``roomy`` or, empty, in between, in every start."""
        self.settings.put("rows", name)
        self.rows_changed.emit()

    # -- pages --------------------------------------------------------------------------------------------------

    def go(self, page_key: str, /, **state: Any) -> None:  # Any: what the page's own restore understands
        """Show a page, with the state that its ``restore`` understands; one step further in the history."""
        self.wanted.emit(page_key, state)

    def open_row(self, register_key: str, row_id: str) -> None:
        """Show a row in its register: the register's page gets ``restore({"row": row_id})``.

        A part whose register has no place in the navigation is shown beside the row that it belongs to.
        """
        register = catalogue.register(register_key)
        owner = catalogue.owner_of(register)
        if register.in_navigation or owner is None:
            self.go(register_key, row=row_id)
            return
        with self.workspace.read() as connection:
            found = parts.owner_of(connection, register, owner, row_id)
        if found is not None:
            self.go(owner.key, row=found.id, tab=register_key, part=row_id)

    def open_row_of(self, project_id: str, register_key: str, row_id: str) -> None:
        """Show a row of any project of the workspace, with its project."""
        if project_id != self.project.id:
            self.project_wanted.emit(project_id)
        self.open_row(register_key, row_id)

    # -- acts, jobs, messages -----------------------------------------------------------------------------------

    def act(self, function: Callable[[], T]) -> T | None:
        """Run an edit; a HandoverError is shown plainly and gives None, any other fault goes its way.

        A page that shows errors at the field itself catches them itself and doesn't need this.
        """
        try:
            result = function()
        except Cancelled:
            return None
        except HandoverError as error:
            self.complained.emit(error)
            return None
        self.complaint_over.emit()
        return result

    def undo(self, *, then: Callable[[], None] | None = None) -> None:
        """Take back the last act and say so, then call ``then``; a large act goes back in a thread."""
        ahead = undo_label(self.workspace)
        self._go(undo, ahead, tr("Undoing"), N_("Undone: {act}"), then)

    def redo(self) -> None:
        """Do again what was undone last and say so, as ``undo`` does."""
        ahead = redo_label(self.workspace)
        self._go(redo, ahead, tr("Doing again"), N_("Done again: {act}"), None)

    def _go(
        self,
        move: Callable[[Workspace, Progress], UndoStep],
        ahead: UndoStep | None,
        title: str,
        saying: str,
        then: Callable[[], None] | None,
    ) -> None:
        workspace = self.workspace

        def done(step: UndoStep) -> None:
            self.tell(tr(saying, act=step.label))
            if then is not None:
                then()

        if ahead is not None and ahead.changes > _MANY:
            self.run_job(title, lambda progress: move(workspace, progress), done=done)
        elif (step := self.act(lambda: move(workspace, unattended))) is not None:
            done(step)

    def run_job(
        self,
        title: str,
        function: Work,
        *,
        done: Callable[[Any], object] | None = None,  # Any: the function's result
        failed: Callable[[BaseException], None] | None = None,
        background: bool = False,
    ) -> Job:
        """Run ``function(progress)`` in a thread; after half a second its progress shows, with a cancel button.

        Args:
            title: what is being done, for the progress panel: "Importing tasks".
            function: takes a ``handover.jobs.Progress``; opens its own connections; touches no widget.
            done: gets the result, in the window's thread.
            failed: gets the error; without it, an error is shown (Cancelled is told in the status bar).
            background: it only reads, so the window stays usable and nothing is shown meanwhile.
        """
        job = Job(title, function, self)
        if done is not None:
            job.done.connect(done)
        here = self._workspace, self._project and self._project.id

        def excuse(error: BaseException) -> None:
            # What was being read of a project that went meanwhile is nobody's concern any more.
            if here == (self._workspace, self._project and self._project.id):
                self.complain(error)

        job.failed.connect(failed or (excuse if background else self.complain))
        job.ended.connect(self._forget_job)
        self._jobs.append(job)
        self.job_started.emit(job, background)
        job.start()
        return job

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs that are running."""
        return tuple(self._jobs)

    @Slot()
    def _forget_job(self) -> None:
        for job in [j for j in self._jobs if not j.running]:
            self._jobs.remove(job)
            job.deleteLater()

    def complain(self, error: BaseException) -> None:
        """Show an error: ours plainly above the page, any other in the dialog for unexpected ones."""
        if isinstance(error, Cancelled):
            self.tell(str(error))
        else:
            self.complained.emit(error)

    def tell(self, sentence: str, *, undo: bool = False) -> None:
        """Say something in the status bar for ten seconds, with a link that undoes the last act if wanted."""
        self.told.emit(sentence, undo)
