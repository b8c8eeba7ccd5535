"""The commands of the window: their names, pictures, keys and what they do."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from handover.i18n import N_
from ui.shell.commands import Commands
from ui.shell.page import Context
from ui.shell.shortcuts import WINDOW, KeyedCommand
from ui.window.files import Files
from ui.window.host import PageHost
from ui.window.overlays import Overlays
from ui.window.projects import Projects


def section_command(number: int) -> KeyedCommand:
    """The command that goes to a section of the navigation, counted from 1."""
    return KeyedCommand(WINDOW, f"section_{number}", N_("Go to section {n}"), (f"Ctrl+{number}",), number)


class CommandedWindow(QMainWindow):
    """A window with what its commands act on."""

    context: Context
    files: Files
    projects: Projects
    host: PageHost
    overlays: Overlays

    def find_here(self) -> None:
        """Into the filter of the page in view."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read everything again."""
        raise NotImplementedError

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        raise NotImplementedError

    def pane_before(self) -> None:
        """Give the keyboard to the pane before."""
        raise NotImplementedError

    def switch_theme(self) -> None:
        """From light to dark or back."""
        raise NotImplementedError

    def switch_language(self) -> None:
        """From English to Chinese or back."""
        raise NotImplementedError


def make_commands(window: CommandedWindow) -> Commands:
    """Make every command of a window that knows its files, projects and overlays."""
    files, projects, context, overlays = window.files, window.projects, window.context, window.overlays
    commands = Commands(window, window.context.shortcuts)
    add = commands.add
    add("new", N_("&New workspace…"), files.new, "file-plus")
    add("open", N_("&Open workspace…"), files.open, "folder-open", "Ctrl+O")
    add("sample", N_("Open the &sample"), files.open_sample, "factory")
    add("fresh_sample", N_("Make a fresh sample"), files.fresh_sample, "factory")
    add("copy", N_("Save a &copy as…"), files.save_copy, "copy")
    add("keep", N_("&Make a restore point"), files.copies.keep_by_hand, "shield-check", "Ctrl+S")
    add("restore", N_("Restore &a copy…"), files.copies.show, "archive-restore")
    add("check", N_("Chec&k the workspace…"), files.copies.check, "shield-check")
    add("close", N_("C&lose workspace"), files.close, "x")
    add("import", N_("&Import…"), files.import_file, "upload", "Ctrl+I")
    add("export", N_("&Export…"), files.export, "download", "Ctrl+E", "Ctrl+P")
    add("pack", N_("Make a handover &pack…"), files.pack, "package", "Ctrl+Shift+E")
    add("verify", N_("Check a hando&ver pack…"), files.verify, "shield-check")
    add("template", N_("&Blank workbook to fill in…"), files.template, "file-plus")
    add("reports", N_("Import repor&ts…"), files.reports, "file-check")
    add("quit", N_("&Quit"), window.close, "log-out", "Ctrl+Q")
    add("undo", N_("&Undo"), context.undo, "undo-2", "Ctrl+Z")
    add("redo", N_("&Redo"), context.redo, "redo-2", "Ctrl+Shift+Z", "Ctrl+Y")
    add("find", N_("&Find on this page"), window.find_here, "funnel", "Ctrl+F")
    add("search", N_("Search &everything…"), overlays.search_everything, "book-open", "Ctrl+Shift+F")
    add("palette", N_("&Go to…"), overlays.show_palette, "search", "Ctrl+K")
    add("new_project", N_("New pro&ject…"), projects.new, "plus", "Ctrl+Shift+N")
    add("properties", N_("Project &properties…"), projects.show_properties, "pencil")
    add("back", N_("&Back"), window.host.back, "arrow-left", "Alt+Left")
    add("forward", N_("&Forward"), window.host.forward, "arrow-right", "Alt+Right")
    add("refresh", N_("&Read again"), window.refresh, "refresh-cw", "F5")
    add("pane", N_("&Next pane"), window.next_pane, "panel-left", "F6")
    add("pane_before", N_("Pre&vious pane"), window.pane_before, "panel-right", "Shift+F6")
    add("theme", N_("Switch light and &dark"), window.switch_theme, "moon")
    add("language", N_("Switch &language"), window.switch_language, "languages")
    add("settings", N_("&Settings"), overlays.show_settings, "settings", "Ctrl+,")
    add("set_keys", N_("C&hange the keys…"), overlays.change_keys, "keyboard")
    add("help", N_("&Help for this page"), overlays.show_help, "circle-question-mark", "F1")
    add("keys", N_("&Keys"), overlays.show_keys, "keyboard")
    add("log", N_("Show the &log folder"), overlays.show_log, "folder")
    add("about", N_("&About Handover"), overlays.show_about, "info")
    roles = {
        "quit": QAction.MenuRole.QuitRole,
        "settings": QAction.MenuRole.PreferencesRole,
        "about": QAction.MenuRole.AboutRole,
    }
    for action in commands:
        action.setMenuRole(QAction.MenuRole.NoRole)
    for key, menu_role in roles.items():
        commands[key].setMenuRole(menu_role)
    return commands
