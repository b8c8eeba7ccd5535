"""The commands of the window: each is one action with a name, an icon and a key, in menu, toolbar and palette alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from ui.shell.shortcuts import WINDOW, KeyedCommand, Shortcuts, keys_text
from ui.theme.icons import icon

#: The property of an action that holds its English name, by which the palette finds it in every language.
ENGLISH = "english"
#: The property of an action of a page that has a button in the page itself, so that the toolbar needs none.
IN_PAGE = "in_page"


class Commands(QObject):
    """Actions by key; they change their language together."""

    def __init__(self, window: QWidget, shortcuts: Shortcuts) -> None:
        super().__init__(window)
        self._window, self._shortcuts = window, shortcuts
        self._actions: dict[str, tuple[QAction, str]] = {}

    def add(
        self,
        key: str,
        name: str,
        run: Callable[[], object],
        icon_name: str = "",
        *shortcuts: str,
    ) -> QAction:
        """Make a command. ``name`` is a catalogue key with its mnemonic; ``run`` takes no argument."""
        action = QAction(self._window)
        action.triggered.connect(lambda _checked=False: run())
        if icon_name:
            action.setIcon(icon(icon_name))
        self._window.addAction(action)
        self._actions[key] = (action, name)
        command = KeyedCommand(WINDOW, key, name, shortcuts)
        self._shortcuts.follow(command, action, lambda: self._tip(action))
        self._name(action, name)
        return action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key][0]

    def __iter__(self) -> Iterator[QAction]:
        return (action for action, _ in self._actions.values())

    def retranslate(self) -> None:
        """Name every command in the language in force."""
        for action, name in self._actions.values():
            self._name(action, name)

    def _name(self, action: QAction, name: str) -> None:
        action.setText(tr(name))
        action.setProperty(ENGLISH, name.replace("&", "").rstrip("…"))
        self._tip(action)

    def _tip(self, action: QAction) -> None:
        plain = plain_name(action)
        keys = keys_text(action.shortcut())
        action.setToolTip(f"{plain} ({keys})" if keys else plain)


def plain_name(action: QAction) -> str:
    """The name of an action without mnemonic and dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…").strip()
