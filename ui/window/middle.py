"""The middle of the window: the pages of the project in hand, or how to begin where there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.shell.context import Context
from ui.window.files import Files
from ui.window.host import PageHost
from ui.window.projects import Projects
from ui.window.welcome import NoProject, Welcome


class Middle(QStackedWidget):
    """The pages, the welcome page, or that a workspace has no project yet."""

    def __init__(
        self, context: Context, host: PageHost, files: Files, projects: Projects, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._host = host
        self._files = files
        self._projects = projects
        self._beginning: QWidget | None = None
        self.addWidget(host)

    def show_what_is_open(self) -> None:
        """Show the pages while a project is in hand; else the first step, in the language in force."""
        if self._beginning is not None:
            self.removeWidget(self._beginning)
            self._beginning.deleteLater()
        self._beginning = None if self._context.has_project else self._first_step()
        if self._beginning is not None:
            self.addWidget(self._beginning)
        self.setCurrentWidget(self._beginning or self._host)

    def _first_step(self) -> QWidget:
        if self._context.has_workspace:
            empty = NoProject(not self._context.read_only, self)
            empty.new_wanted.connect(self._projects.new)
            return empty
        welcome = Welcome(self._files.recent, self)
        welcome.way.connect(self._take_way)
        welcome.recent.connect(lambda path: self._files.open_path(Path(path)))
        welcome.forgotten.connect(self._forget)
        welcome.language_wanted.connect(self._context.choose_language)
        return welcome

    @Slot(str)
    def _take_way(self, way: str) -> None:
        {
            "sample": self._files.open_sample,
            "import": self._files.begin_with_task_list,
            "new": self._files.new,
            "open": self._files.open,
        }[way]()

    def _forget(self, path: str) -> None:
        self._files.forget(path)
        self.show_what_is_open()
