"""The commands of every register's page, with the keys that they have as long as nobody wants others."""

from __future__ import annotations

from handover.i18n import N_
from ui.shell.shortcuts import KeyedCommand

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
#: Keys of tables that stay as they are in Excel.
TABLE_KEYS: dict[str, str] = {
    "Ctrl+D": N_("Fill down"),
    "Ctrl+R": N_("Fill right"),
    "Ctrl+;": N_("Put today's date"),
    "F2": N_("Edit the cell"),
    "F3": N_("Next hit"),
    "Shift+F3": N_("Hit before"),
    "Del": N_("Clear cells"),
    "Shift+Space": N_("Select whole rows"),
    "Ctrl+Space": N_("Select whole columns"),
    "Ctrl+Return": N_("Into the details"),
    "Ctrl+Shift+F10": N_("Menu of the column"),
    "Ctrl+Shift+L": N_("Filter the column"),
    **{f"Ctrl+{way}": N_("Jump to the edge") for way in ("Up", "Down", "Left", "Right")},
    **{f"Ctrl+Shift+{way}": N_("Select to the edge") for way in ("Up", "Down", "Left", "Right")},
}
