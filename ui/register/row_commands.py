"""The commands of every register's page, with the keys that they have as long as nobody wants others."""

from __future__ import annotations

from handover.i18n import N_
from ui.shell.shortcuts import TABLES, KeyedCommand

ROWS = "rows"
ROW_COMMANDS: dict[str, KeyedCommand] = {
    key: KeyedCommand(ROWS, key, name, keys)
    for key, name, *keys_ in (
        ("add", N_("Add row"), "Ctrl+N"),
        ("duplicate", N_("Duplicate"), "Ctrl+Shift+D"),
        ("delete", N_("Delete"), "Ctrl+Delete"),
        ("step", N_("Next step"), "F8"),
        ("restore", N_("Restore")),
        ("empty", N_("Empty the bin")),
        ("bin", N_("Bin")),
        ("columns", N_("Columns"), "Ctrl+Shift+C"),
        ("views", N_("Saved views"), "Ctrl+Shift+V"),
        ("replace", N_("Replace…"), "Ctrl+H"),
        ("series", N_("Continue the series down"), "Ctrl+Shift+J"),
        ("group", N_("Group the rows…"), "Ctrl+Shift+G"),
        ("fold", N_("Fold all groups"), "Ctrl+Shift+["),
        ("unfold", N_("Unfold all groups"), "Ctrl+Shift+]"),
        ("colour", N_("Colours by rules…"), "Ctrl+Shift+B"),
        ("since", N_("Changes since…"), "Ctrl+Shift+Y"),
        ("details", N_("Details"), "F4"),
        ("files", N_("Find files…")),
    )
    for keys in (tuple(keys_),)
}
#: The commands of every table, named as what the table does then; their usual keys are those of Excel.
TABLE_COMMANDS: dict[str, KeyedCommand] = {
    key: KeyedCommand(TABLES, key, name, keys)
    for key, name, *keys_ in (
        ("fill", N_("Fill down"), "Ctrl+D"),
        ("fill_right", N_("Fill right"), "Ctrl+R"),
        ("today", N_("Put today's date"), "Ctrl+;"),
        ("edit_cell", N_("Edit the cell"), "F2"),
        ("next_hit", N_("Next hit"), "F3"),
        ("hit_before", N_("Hit before"), "Shift+F3"),
        ("clear", N_("Clear cells"), "Del"),
        ("whole_rows", N_("Select whole rows"), "Shift+Space"),
        ("whole_columns", N_("Select whole columns"), "Ctrl+Space"),
        ("into_details", N_("Into the details"), "Ctrl+Return"),
        ("head_menu", N_("Menu of the column"), "Ctrl+Shift+F10"),
        ("filter", N_("Filter the column"), "Ctrl+Shift+L"),
        ("jump_up", N_("Jump to the first row"), "Ctrl+Up"),
        ("jump_down", N_("Jump to the last row"), "Ctrl+Down"),
        ("jump_left", N_("Jump to the first column"), "Ctrl+Left"),
        ("jump_right", N_("Jump to the last column"), "Ctrl+Right"),
        ("extend_up", N_("Select to the first row"), "Ctrl+Shift+Up"),
        ("extend_down", N_("Select to the last row"), "Ctrl+Shift+Down"),
        ("extend_left", N_("Select to the first column"), "Ctrl+Shift+Left"),
        ("extend_right", N_("Select to the last column"), "Ctrl+Shift+Right"),
    )
    for keys in (tuple(keys_),)
}
