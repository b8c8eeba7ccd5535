"""Where the window and the pages of each project stood, kept for the next start."""

from __future__ import annotations

import base64
import contextlib

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from handover import clock
from ui.settings import Settings
from ui.shell.dialog import FRAME
from ui.shell.page import ProjectInHand
from ui.window.host import PageHost


class Places:
    """Remembers places in the settings."""

    def __init__(self, settings: Settings, host: PageHost) -> None:
        self._settings = settings
        self._host = host
        self._project = ""

    def enter(self, project: ProjectInHand) -> str:
        """Let the pages of a project begin where they were left; the key of the one that was in view."""
        self._host.clear(self._settings.get(f"project/{project.id}/pages", {}))
        self._project = project.id
        return str(self._settings.get(f"project/{project.id}/page", "overview"))

    def leave(self) -> None:
        """From now on no project's pages are shown."""
        self._project = ""

    def keep(self) -> None:
        """Remember where every page of the project stands."""
        project, settings = self._project, self._settings
        if not project:
            return
        pages = {**settings.get(f"project/{project}/pages", {}), **self._host.states()}
        settings.put(f"project/{project}/pages", pages)
        settings.put(f"project/{project}/visited", clock.now().isoformat(timespec="milliseconds"))
        if self._host.current is not None:
            settings.put(f"project/{project}/page", self._host.current.key)

    def restore_window(self, window: QMainWindow) -> None:
        """Put the window where it was, or at a first start into the middle of the screen."""
        kept = self._settings.get("window/geometry", "")
        with contextlib.suppress(ValueError):  # no geometry of ours
            if kept and window.restoreGeometry(QByteArray(base64.b64decode(kept))):
                return
        screen = QGuiApplication.primaryScreen().availableGeometry()
        window.resize(max(1280, int(screen.width() * 0.8)), max(800, int(screen.height() * 0.8)))
        window.resize(window.size().boundedTo(screen.size() - FRAME))
        window.move(screen.center() - window.rect().center())

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window stands."""
        self._settings.put("window/geometry", base64.b64encode(window.saveGeometry().data()).decode())
        self._settings.sync()
