"""The actions of the plan's page: names, icons, keys, and when each can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handover.i18n import tr
from ui.plan.plan_keys import PLAN_COMMANDS
from ui.shell.shortcuts import Shortcuts, keys_text
from ui.theme.icons import icon


class PlanCommands:
    """Actions by key; those that change something are switched off together.

    Args:
        page: where most of them are heard.
        rows: where those are heard that change something: Delete means the tasks only while one is among them.
    """

    def __init__(self, page: QWidget, rows: QWidget, shortcuts: Shortcuts) -> None:
        self._page, self._shortcuts = page, shortcuts
        self._rows = rows
        self._actions: dict[str, QAction] = {}
        self._writing: set[str] = set()

    def add(self, key: str, run: Callable[[], object], picture: str = "", *, writes: bool = False) -> QAction:
        """Make the action of a command of the plan."""
        command = PLAN_COMMANDS[key]
        action = QAction(tr(command.name), self._page)
        if picture:
            action.setIcon(icon(picture))
        self._shortcuts.follow(command, action, lambda: _tip(action))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        _tip(action)
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


def _tip(action: QAction) -> None:
    shown = keys_text(action.shortcut())
    action.setToolTip(tr("{name} ({keys})", name=action.text(), keys=shown) if shown else action.text())
