"""The projects of the workspace and the window: which there are, which is in hand, a new one, their properties."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ui.shell.page import Context, ProjectInHand


class Projects(QObject):
    """What the switcher and the Edit menu do with projects.

    Signals:
        leaving: another project is about to be shown.
    """

    leaving = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        context.project_wanted.connect(self.choose)

    def all(self) -> tuple[ProjectInHand, ...]:
        """The projects of the workspace; none while no workspace is open."""
        if not self._context.has_workspace:
            return ()
        return tuple(ProjectInHand(p.id, p.code, p.name) for p in self._context.workspace.projects())

    @Slot(str)
    def choose(self, project_id: str) -> None:
        """Show another project of the workspace."""
        self.leaving.emit()
        self._context.take_project(next(p for p in self.all() if p.id == project_id))

    @Slot()
    def new(self) -> None:
        """Ask for a new project and show it."""
        from ui.pages.project import ProjectDialog  # its fields are loaded only where they are wanted

        dialog = ProjectDialog(self._context, parent=self._window)
        dialog.stored.connect(lambda project: self.choose(project.id))
        dialog.open()

    @Slot()
    def show_properties(self) -> None:
        """Show the fields of the project in hand."""
        from ui.pages.project import ProjectDialog

        project = self._context.workspace.project(self._context.project.code)
        dialog = ProjectDialog(self._context, project, self._window)
        dialog.stored.connect(self._stored)
        dialog.open()

    def _stored(self, project: ProjectInHand) -> None:
        if project != self._context.project:
            self.choose(project.id)
