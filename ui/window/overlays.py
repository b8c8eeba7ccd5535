"""What lies over the main window when it is asked for: palette, search, help, settings, about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.pages.settings import SettingsDialog
from ui.settings import settings_folder
from ui.shell.help import KEYS, Help
from ui.shell.page import Context, Page
from ui.shell.shortcuts import Shortcuts
from ui.window.about import About
from ui.window.host import PageHost
from ui.window.palette import Palette
from ui.window.projects import Projects
from ui.window.search import SearchDialog


class Overlays(QObject):
    """Opens them with what the page in view has to say.

    Args:
        all_actions: gives the actions of the window and of the page in view.
    """

    def __init__(
        self,
        context: Context,
        projects: Projects,
        host: PageHost,
        all_actions: Callable[[], Sequence[QAction]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._projects, self._host = context, projects, host
        self._all_actions, self._window = all_actions, window

    @property
    def _page(self) -> Page | None:
        return self._host.current if self._context.has_project else None

    @Slot()
    def show_palette(self) -> None:
        """Ctrl+K."""
        of_rows = self._page.row_actions() if self._page is not None else []
        Palette(self._context, [*of_rows, *self._all_actions()], self._window).open()

    @Slot()
    def search_everything(self) -> None:
        """Ctrl+Shift+F."""
        if self._context.has_project:
            SearchDialog(self._context, self._projects, self._window).open()

    @Slot()
    def show_help(self) -> None:
        """F1."""
        page = self._page
        Help(
            (page.help_key(), page.key) if page is not None else (),
            self._all_actions(),
            self._window,
            self._every_key(),
        ).open()

    @Slot()
    def show_keys(self) -> None:
        """Every key of this build."""
        Help((KEYS,), self._all_actions(), self._window, self._every_key()).open()

    def _every_key(self) -> Shortcuts:
        from ui.pages.keys_settings import declared

        return declared(self._context)

    @Slot()
    def show_settings(self) -> None:
        """The settings, also while no project is open."""
        if self._context.has_project:
            self._host.visit("settings")
        else:
            SettingsDialog(self._context, self._window).open()

    @Slot()
    def change_keys(self) -> None:
        """The keys of all commands."""
        from ui.pages.keys_settings import KeysDialog

        KeysDialog(self._context, self._window).open()

    @Slot()
    def show_about(self) -> None:
        """What this build is."""
        About(self._window).open()

    @Slot()
    def show_log(self) -> None:
        """The folder with the logs, in the system's own file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(settings_folder())))
