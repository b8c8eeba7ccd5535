"""Menus and toolbar: every command of the window in its place, and those of the page in view."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from handover.i18n import N_, tr
from ui.shell.commands import IN_PAGE, Commands
from ui.shell.context import Context
from ui.shell.shortcuts import keys_text
from ui.theme import tokens
from ui.theme.icons import icon
from ui.window.files import Files
from ui.window.host import PageHost

_WITH_WORKSPACE = ("keep", "copy", "restore", "check", "close", "new_project")
_WITH_PROJECT = ("properties", "import", "template", "reports", "export", "pack", "verify", "find", "search", "refresh")
_NAMED = ("import", "export", "pack")
_TO_WRITE = ("keep", "new_project", "import")


class WindowBars(QObject):
    """The menu bar and the toolbar of the window.

    Args:
        commands: the commands of the window by the keys that the menus name.
        files: knows the recent workspaces and opens them.
        host: knows the page in view.
    """

    def __init__(self, window: QMainWindow, commands: Commands, files: Files, host: PageHost, context: Context) -> None:
        super().__init__(window)
        self._window = window
        self.commands = commands
        self._files = files
        self._host = host
        self._context = context
        self.menus: list[tuple[QMenu, str]] = []
        self._recent = QMenu(window)
        self._page_menu_end: list[QAction] = []
        self._make_menus()
        self.toolbar = QToolBar(window)
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._fill_toolbar([])
        self.toolbar.installEventFilter(self)
        self.retranslate()
        self.show_recent()

    def _make_menus(self) -> None:
        keys: dict[str, tuple[str, ...]] = {
            N_("&File"): (
                *("new", "open", "sample", "fresh_sample", "recent", "keep", "copy", "restore", "check", "close", ""),
                *("import", "template", "reports", "", "export", "pack", "verify", "", "quit"),
            ),
            N_("&Edit"): ("undo", "redo", "", "find", "search", "", "new_project", "properties", ""),
            N_("&View"): (
                *("back", "forward", "palette", "", "refresh", "pane", "pane_before", ""),
                *("theme", "language", "set_keys", "settings"),
            ),
            N_("&Help"): ("help", "keys", "", "log", "about"),
        }
        for name, entries in keys.items():
            menu = QMenu(self._window)
            for key in entries:
                if key == "recent":
                    menu.addMenu(self._recent)
                elif key:
                    menu.addAction(self.commands[key])
                else:
                    menu.addSeparator()
            self._window.menuBar().addMenu(menu)
            self.menus.append((menu, name))
        self.menus.append((self._recent, N_("Open &recent")))

    def _fill_toolbar(self, page_actions: list[QAction]) -> None:
        bar = self.toolbar
        bar.clear()
        for key in ("back", "forward"):
            bar.addAction(self.commands[key])
        bar.addSeparator()
        for action in page_actions:
            if not action.property(IN_PAGE):
                bar.addAction(action)
        if page_actions:
            bar.addSeparator()
        for key in ("undo", "redo"):
            bar.addAction(self.commands[key])
        space = QWidget(bar)
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        for key in ("import", "export", "pack", "palette"):
            bar.addAction(self.commands[key])
        named = [*page_actions, *(self.commands[k] for k in _NAMED)]
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action in bar.actions():
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):  # F6 and Tab lead there, a click leaves the keyboard where it is
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for action in named:
            button = bar.widgetForAction(action)
            if button is not None and (action.icon().isNull() or action.priority() != QAction.Priority.LowPriority):
                button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.toolbar and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Where the toolbar has no room for all, what stands at its end loses its words before anything falls off."""
        buttons = [self.toolbar.widgetForAction(self.commands[key]) for key in _NAMED]
        styles = Qt.ToolButtonStyle
        for style in (styles.ToolButtonTextBesideIcon, styles.ToolButtonIconOnly):
            for button in buttons:
                if isinstance(button, QToolButton):
                    button.setToolButtonStyle(style)
            layout = self.toolbar.layout()
            if layout is not None:
                layout.invalidate()
            if self.toolbar.sizeHint().width() <= self.toolbar.width():
                return

    @Slot()
    def show_page_actions(self) -> None:
        """Put the actions of the page in view into the toolbar and the Edit menu."""
        page = self._host.current
        actions = page.page_actions() if page is not None else []
        self._fill_toolbar(actions)
        edit = self.menus[1][0]
        for action in self._page_menu_end:
            edit.removeAction(action)
        self._page_menu_end = list(actions)
        for action in actions:
            edit.addAction(action)

    @Slot()
    def show_recent(self) -> None:
        """Offer the workspaces opened lately."""
        self._recent.clear()
        for path in self._files.recent:
            name = tr("{file} – {folder}", file=Path(path).stem, folder=str(Path(path).parent)).replace("&", "&&")
            action = self._recent.addAction(name)
            action.triggered.connect(lambda _on=False, p=path: self._files.open_path(Path(p)))
        self._recent.setEnabled(not self._recent.isEmpty())

    def name_undo(self, undo: str, redo: str) -> None:
        """Name what undo and redo would do; empty where they would do nothing."""
        self._undo, self._redo = undo, redo
        writable = not self._context.read_only
        for key, act, named, bare in (
            ("undo", undo, tr("Undo: {act}", act=undo), tr("&Undo")),
            ("redo", redo, tr("Redo: {act}", act=redo), tr("&Redo")),
        ):
            action = self.commands[key]
            action.setText(named.replace("&", "&&") if act else bare)
            action.setToolTip(
                tr("{name} ({keys})", name=named if act else bare.replace("&", ""), keys=keys_text(action.shortcut()))
            )
            action.setEnabled(bool(act) and writable)

    def update_enabled(self, back: bool, forward: bool) -> None:
        """Switch off what can't be done just now."""
        context = self._context
        self.commands["back"].setEnabled(back)
        self.commands["forward"].setEnabled(forward)
        for key in _WITH_WORKSPACE:
            self.commands[key].setEnabled(context.has_workspace)
        for key in _WITH_PROJECT:
            self.commands[key].setEnabled(context.has_project)
        page = self._host.current
        self.commands["find"].setEnabled(context.has_project and page is not None and page.can_find)
        if context.read_only:
            for key in _TO_WRITE:
                self.commands[key].setEnabled(False)
            self.name_undo("", "")

    def retranslate(self) -> None:
        """Name everything in the language in force."""
        self.commands.retranslate()
        for menu, name in self.menus:
            menu.setTitle(tr(name))
        self.toolbar.setWindowTitle(tr("Toolbar"))
        self.commands["import"].setIconText(tr("Import"))
        self.commands["export"].setIconText(tr("Export"))
        self.commands["pack"].setIconText(tr("Pack"))
        self._fit()
        self._recent.setIcon(icon("history"))
