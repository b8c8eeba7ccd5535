"""The actions of the plan's page: names, icons, keys, and when each can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from handover.i18n import tr
from ui.shell.commands import keys_text
from ui.theme.icons import icon


class PlanCommands:
    """Actions by key; those that change something are switched off together.

    Args:
        page: where most of them are heard.
        rows: where those are heard that change something: Delete means the tasks only while one is among them.
    """

    def __init__(self, page: QWidget, rows: QWidget) -> None:
        self._page = page
        self._rows = rows
        self._actions: dict[str, QAction] = {}
        self._writing: set[str] = set()

    def add(
        self, key: str, name: str, run: Callable[[], object], picture: str = "", *keys: str, writes: bool = False
    ) -> QAction:
        """Make an action; ``name`` is in the language in force already."""
        action = QAction(name, self._page)
        if picture:
            action.setIcon(icon(picture))
        action.setShortcuts([QKeySequence(k) for k in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shown = keys_text(action.shortcut())
        action.setToolTip(tr("{name} ({keys})", name=name, keys=shown) if shown else name)
        action.setPriority(QAction.Priority.LowPriority)
        action.triggered.connect(lambda _on=False: run())
        (self._rows if writes else self._page).addAction(action)
        self._actions[key] = action
        if writes:
            self._writing.add(key)
        return action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def allow(self, writable: bool) -> None:
        """Switch on or off what changes something."""
        for key in self._writing:
            self._actions[key].setEnabled(writable)

    def menu(self, parent: QWidget, groups: tuple[tuple[str, ...], ...]) -> QMenu:
        """A menu of some actions, groups parted by lines."""
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        for group in groups:
            for key in group:
                menu.addAction(self._actions[key])
            menu.addSeparator()
        return menu
