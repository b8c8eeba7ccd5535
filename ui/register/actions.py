"""Makes the actions of a page, with their icons, keys and tooltips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from ui.shell.shortcuts import KeyedCommand, Shortcuts, keys_text
from ui.theme.icons import icon


class ActionMaker:
    """Makes actions that belong to a page; their keys work while the page is in view."""

    def __init__(self, page: QWidget, shortcuts: Shortcuts, *, writable: bool) -> None:
        self._page, self._shortcuts = page, shortcuts
        self._writable = writable

    def command(self, command: KeyedCommand, picture: str, run: Callable[[], object]) -> QAction:
        """The action of a command, with the keys that its user gave it."""
        action = self.action(tr(command.name), picture, run)
        self._shortcuts.follow(command, action, lambda: _tip(action))
        _tip(action)
        return action

    def writing_command(self, command: KeyedCommand, picture: str, run: Callable[[], object]) -> QAction:
        """The action of a command that changes rows; off where nothing can be written."""
        action = self.command(command, picture, run)
        action.setEnabled(self._writable)
        return action

    def action(self, name: str, picture: str, run: Callable[[], object], *keys: str) -> QAction:
        """An action by its name in the language in force."""
        action = QAction(icon(picture), name, self._page)
        action.setShortcuts([QKeySequence(k) for k in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        _tip(action)
        action.triggered.connect(lambda _on=False: run())
        self._page.addAction(action)
        return action

    def writing(self, name: str, picture: str, run: Callable[[], object], *keys: str) -> QAction:
        """An action that changes rows; off where nothing can be written."""
        action = self.action(name, picture, run, *keys)
        action.setEnabled(self._writable)
        return action


def _tip(action: QAction) -> None:
    shown = keys_text(action.shortcut())
    action.setToolTip(f"{action.text()} ({shown})" if shown else action.text())
