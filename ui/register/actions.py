"""Makes the actions of a page, with their icons, keys and tooltips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.theme.icons import icon


class ActionMaker:
    """Makes actions that belong to a page; their keys work while the page is in view."""

    def __init__(self, page: QWidget, *, writable: bool) -> None:
        self._page = page
        self._writable = writable

    def action(self, name: str, picture: str, run: Callable[[], object], *keys: str) -> QAction:
        """An action by its name in the language in force."""
        action = QAction(icon(picture), name, self._page)
        action.setShortcuts([QKeySequence(k) for k in keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{name} ({shown})" if shown else name)
        action.triggered.connect(lambda _on=False: run())
        self._page.addAction(action)
        return action

    def writing(self, name: str, picture: str, run: Callable[[], object], *keys: str) -> QAction:
        """An action that changes rows; off where nothing can be written."""
        action = self.action(name, picture, run, *keys)
        action.setEnabled(self._writable)
        return action

    def switch(self, name: str, picture: str, run: Callable[[], object], *keys: str) -> QAction:
        """An action that is on or off."""
        action = self.action(name, picture, run, *keys)
        action.setCheckable(True)
        return action
