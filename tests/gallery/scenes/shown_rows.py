"""How the rows of a register are shown: in groups, in colours, with what was changed; and the keys of commands."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.registers.acts import editing
from handover.registers.colouring import ColourRule
from handover.registers.query import SINCE, Condition
from handover.store.history import last_moment
from tests.gallery.opening import Scenes, register_page
from ui.pages.keys_settings import KeysDialog
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


def _grouped(window: MainWindow) -> None:
    shown = register_page(window, "documents", view="", grouped=["discipline", "status"])
    shown.table.go_to(0, 0)
    shown.rows.fold(0, False)


def _in_colours(window: MainWindow) -> RegisterPage:
    shown = register_page(window, "documents", view="", grouped=[])
    late, open_ = ColourRule("danger", "overdue"), ColourRule("info", "open")
    shown.views.colours.put([late, ColourRule("ok", condition=Condition("discipline", "filled")), open_])
    shown.table.select_block(2, 1, 3, 2)
    return shown


def _coloured(window: MainWindow) -> None:
    _in_colours(window)


def _colours(window: MainWindow) -> QWidget:
    shown = _in_colours(window)
    shown.tools.offer_colours()
    assert shown.tools.dialog is not None
    return shown.tools.dialog


def _changed(window: MainWindow) -> None:
    shown = register_page(window, "systems", view="", grouped=[])
    before = last_moment(window.context.workspace)
    rows = shown.model.rows(range(4), (shown.register["name"],))
    changes = {row.id: {"name": f"{row.values[0]} II"} for row in rows}
    editing.change(window.context.workspace, shown.register, window.context.project.id, changes)
    shown.filtering.restore({"where": [Condition(SINCE, "after", (before,))]})
    shown.table.go_to(1, 0)


def _since(window: MainWindow) -> QWidget:
    shown = register_page(window, "documents", view="")
    shown.tools.ask_since()
    assert shown.tools.dialog is not None
    return shown.tools.dialog


def _view_name(window: MainWindow) -> QWidget:
    shown = register_page(window, "documents", view="")
    button = shown.views_button
    button.offer()
    assert button.menu_shown is not None
    button.menu_shown.actions()[-1].trigger()
    button.menu_shown.close()
    assert button.dialog is not None
    return button.dialog


def _keys(window: MainWindow) -> QWidget:
    window.bars.commands["set_keys"].trigger()
    dialog = next(each for each in window.findChildren(KeysDialog) if each.isVisible())
    dialog.search.setText("Ctrl+Shift")
    return dialog


def scenes() -> Scenes:
    """What the buttons above a table show, and the dialog of keys."""
    yield "register-groups", _grouped
    yield "register-colours", _coloured
    yield "register-colour-rules", _colours
    yield "register-changes", _changed
    yield "register-since", _since
    yield "register-view-name", _view_name
    yield "keys-settings", _keys
