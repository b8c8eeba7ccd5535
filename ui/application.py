"""The program as a whole: fonts, language, theme, the watch for faults, and the one window."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from handover import __version__
from ui import language
from ui.settings import Settings
from ui.shell.context import Context
from ui.shell.garbage import GarbageCollector
from ui.theme import style, tokens
from ui.theme.icons import icon
from ui.window.unexpected import Watch

#: Whether a window is open; still true at the start after a crash.
_RUNNING = "last/running"


class Application(QObject):
    """Dresses Qt's application and opens the window on it."""

    def __init__(self, app: QApplication, settings: Settings | None = None) -> None:
        super().__init__(app)
        self._app = app
        app.setApplicationName("Handover")
        app.setApplicationVersion(__version__)
        app.setDesktopFileName("handover")
        app.setStyle("fusion")
        self._marks = tempfile.TemporaryDirectory(prefix="handover-marks-")
        style.load_fonts()
        self.context = Context(settings, self)
        language.choose(app, self.context.settings.get("language", "") or language.of_system())
        app.setFont(style.interface_font())
        self._dress()
        app.setWindowIcon(icon("factory", "accent"))
        self.watch = Watch(self)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.context.language_wanted.connect(self._speak)
        self.context.theme_wanted.connect(self._dress_and_tell)
        from ui.pages import factories
        from ui.window.window import MainWindow

        self.window = MainWindow(self.context, factories.make_page, self.watch)
        #: The program died with a window open: its file may be why, and is opened only when somebody asks for it.
        self._ended_badly = bool(self.context.settings.get(_RUNNING, False))
        self.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() is QEvent.Type.Hide and not event.spontaneous():
            self.context.settings.put(_RUNNING, False)
        return super().eventFilter(watched, event)

    def start(self, file: Path | None) -> None:
        """Show the window, on a file or on the one that was open last."""
        self.window.show()
        last = self.context.settings.get("last/file", "")
        path = file or (Path(last) if last and Path(last).is_file() and not self._ended_badly else None)
        self.context.settings.put(_RUNNING, True)
        self.context.settings.sync()
        if path is not None:
            QTimer.singleShot(0, self, lambda: self.window.files.drop(path))

    def _theme(self) -> tokens.Theme:
        chosen = next((theme for theme in tokens.COLOURS if theme == self.context.settings.get("theme", "")), None)
        hints = self._app.styleHints()
        # Title bars and the system's own dialogs follow what was chosen here.
        if chosen is not None:
            hints.setColorScheme(Qt.ColorScheme.Dark if chosen.endswith("dark") else Qt.ColorScheme.Light)
            return chosen
        hints.unsetColorScheme()
        dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast-dark" if dark else "contrast-light"
        return "dark" if dark else "light"

    def _dress(self) -> None:
        style.apply(self._app, self._theme(), Path(self._marks.name))

    @Slot(str)
    def _dress_and_tell(self, _name: str) -> None:
        self._dress()
        self.context.theme_changed.emit()

    @Slot()
    def _system_changed(self) -> None:
        if not self.context.settings.get("theme", ""):
            self._dress_and_tell("")

    @Slot(str)
    def _speak(self, code: str) -> None:
        language.choose(self._app, code or language.of_system())
        self._app.setFont(style.interface_font())
        self._dress()  # under a style sheet, widgets take another font only with it
        self.context.language_changed.emit()


def run(arguments: Sequence[str]) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        arguments: what stood behind the program's name: nothing, or the file to open.
    """
    app = QApplication([sys.argv[0], *arguments])
    program = Application(app)
    program.watch.install()
    rest = [a for a in app.arguments()[1:] if not a.startswith("-")]
    program.start(Path(rest[0]) if rest else None)
    QTimer.singleShot(0, program, lambda: GarbageCollector(program))
    code = app.exec()
    release_clipboard()
    return code


def release_clipboard() -> None:
    """Leave plain text on the clipboard: Qt ends after Python and crashes over what Python put there (PySide6 6.11)."""
    clipboard = QGuiApplication.clipboard()
    # A platform without a screen shares its clipboard with nobody and never says that it owns it.
    if clipboard.ownsClipboard() or QGuiApplication.platformName() == "offscreen":
        clipboard.setText(clipboard.text())
