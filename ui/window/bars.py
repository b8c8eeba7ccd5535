"""Menus and toolbar: every command of the window in its place, and those of the page in view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QWidget

from handover.i18n import N_, tr
from ui.settings import settings_folder
from ui.shell.commands import Commands, keys_text
from ui.theme import tokens
from ui.theme.icons import icon
from ui.window.about import About

if TYPE_CHECKING:
    from ui.window.window import MainWindow

_WITH_WORKSPACE = ("copy", "restore", "close", "new_project")
_WITH_PROJECT = ("properties", "import", "template", "reports", "export", "pack", "verify", "find", "search", "refresh")
_TO_WRITE = ("new_project", "import")


class Bars(QObject):
    """The menu bar and the toolbar of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.commands = Commands(window)
        self._make_commands()
        self.menus: list[tuple[QMenu, str]] = []
        self._recent = QMenu(window)
        self._page_menu_end: list[QAction] = []
        self._make_menus()
        self.toolbar = QToolBar(window)
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._fill_toolbar([])
        self.retranslate()
        self.show_recent()

    def _make_commands(self) -> None:
        window, files, context = self._window, self._window.files, self._window.context
        add = self.commands.add
        add("new", N_("&New workspace…"), files.new, "file-plus")
        add("open", N_("&Open workspace…"), files.open, "folder-open", "Ctrl+O")
        add("sample", N_("Open the &sample"), files.open_sample, "factory")
        add("copy", N_("Save a &copy as…"), files.save_copy, "copy")
        add("restore", N_("Restore &a copy…"), files.copies.show, "archive-restore")
        add("close", N_("C&lose workspace"), files.close, "x")
        add("import", N_("&Import…"), files.import_file, "upload", "Ctrl+I")
        add("export", N_("&Export…"), files.export, "download", "Ctrl+E")
        add("pack", N_("Make a handover &pack…"), files.pack, "package", "Ctrl+Shift+E")
        add("verify", N_("Chec&k a handover pack…"), files.verify, "shield-check")
        add("template", N_("&Blank workbook to fill in…"), files.template, "file-plus")
        add("reports", N_("Import repor&ts…"), files.reports, "file-check")
        add("quit", N_("&Quit"), window.close, "log-out", "Ctrl+Q")
        add("undo", N_("&Undo"), context.undo, "undo-2", "Ctrl+Z")
        add("redo", N_("&Redo"), context.redo, "redo-2", "Ctrl+Shift+Z", "Ctrl+Y")
        add("find", N_("&Find on this page"), window.find_here, "funnel", "Ctrl+F")
        add("search", N_("Search &everything…"), window.search_everything, "book-open", "Ctrl+Shift+F")
        add("palette", N_("&Go to…"), window.show_palette, "search", "Ctrl+K")
        add("new_project", N_("New pro&ject…"), window.new_project, "plus", "Ctrl+Shift+N")
        add("properties", N_("Project &properties…"), window.project_properties, "pencil")
        add("back", N_("&Back"), window.host.back, "arrow-left", "Alt+Left")
        add("forward", N_("&Forward"), window.host.forward, "arrow-right", "Alt+Right")
        add("refresh", N_("&Read again"), window.refresh, "refresh-cw", "F5")
        add("pane", N_("&Next pane"), window.next_pane, "panel-left", "F6")
        add("theme", N_("Switch light and &dark"), window.switch_theme, "moon")
        add("language", N_("Switch &language"), window.switch_language, "languages")
        add("settings", N_("&Settings"), window.show_settings, "settings", "Ctrl+,")
        add("help", N_("&Help for this page"), window.show_help, "circle-question-mark", "F1")
        add("keys", N_("&Keys"), window.show_keys, "keyboard")
        add("log", N_("Show the &log folder"), _show_log, "folder")
        add("about", N_("&About Handover"), lambda: About(window).open(), "info")
        roles = {
            "quit": QAction.MenuRole.QuitRole,
            "settings": QAction.MenuRole.PreferencesRole,
            "about": QAction.MenuRole.AboutRole,
        }
        for action in self.commands:
            action.setMenuRole(QAction.MenuRole.NoRole)
        for key, menu_role in roles.items():
            self.commands[key].setMenuRole(menu_role)
        for number in range(1, 10):
            action = QAction(window)
            action.setShortcut(f"Ctrl+{number}")
            action.triggered.connect(lambda _=False, n=number: window.visit_number(n))
            window.addAction(action)

    def _make_menus(self) -> None:
        keys: dict[str, tuple[str, ...]] = {
            N_("&File"): (
                *("new", "open", "sample", "recent", "copy", "restore", "close", ""),
                *("import", "template", "reports", "", "export", "pack", "verify", "", "quit"),
            ),
            N_("&Edit"): ("undo", "redo", "", "find", "search", "", "new_project", "properties", ""),
            N_("&View"): (*("back", "forward", "palette", "", "refresh", "pane", "", "theme", "language", "settings"),),
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
        named = [*page_actions, *(self.commands[k] for k in ("import", "export", "pack"))]
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for action in named:
            button = bar.widgetForAction(action)
            if button is not None and (action.icon().isNull() or action.priority() != QAction.Priority.LowPriority):
                button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    @Slot()
    def show_page_actions(self) -> None:
        """Put the actions of the page in view into the toolbar and the Edit menu."""
        page = self._window.host.current
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
        for path in self._window.files.recent:
            name = tr("{file} – {folder}", file=Path(path).stem, folder=str(Path(path).parent)).replace("&", "&&")
            self._recent.addAction(name, lambda p=path: self._window.files.open_path(Path(p)))
        self._recent.setEnabled(not self._recent.isEmpty())

    def name_undo(self, undo: str, redo: str) -> None:
        """Name what undo and redo would do; empty where they would do nothing."""
        self._undo, self._redo = undo, redo
        writable = not self._window.context.read_only
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
        context = self._window.context
        self.commands["back"].setEnabled(back)
        self.commands["forward"].setEnabled(forward)
        for key in _WITH_WORKSPACE:
            self.commands[key].setEnabled(context.has_workspace)
        for key in _WITH_PROJECT:
            self.commands[key].setEnabled(context.has_project)
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
        self._recent.setIcon(icon("history"))


def _show_log() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(settings_folder())))
