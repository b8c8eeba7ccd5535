"""The commands of the plan's page, with the keys that they have as long as nobody wants others."""

from __future__ import annotations

from handover.i18n import N_
from ui.shell.shortcuts import KeyedCommand

PLAN = "plan"
PLAN_COMMANDS: dict[str, KeyedCommand] = {
    key: KeyedCommand(PLAN, key, name, keys)
    for key, name, *keys_ in (
        ("open", N_("Open the task")),
        ("rename", N_("Edit the cell")),
        ("add", N_("Add task"), "Insert", "Ctrl+N"),
        ("delete", N_("Delete"), "Delete"),
        ("indent", N_("Indent"), "Alt+Shift+Right"),
        ("outdent", N_("Outdent"), "Alt+Shift+Left"),
        ("up", N_("Move up"), "Ctrl+Up"),
        ("down", N_("Move down"), "Ctrl+Down"),
        ("link", N_("Link the selected tasks"), "Ctrl+F2"),
        ("unlink", N_("Delete links"), "Ctrl+Shift+F2"),
        ("later", N_("Start a day later"), "Ctrl+Shift+Right"),
        ("earlier", N_("Start a day earlier"), "Ctrl+Shift+Left"),
        ("longer", N_("A day longer"), "Ctrl+Alt+Right"),
        ("shorter", N_("A day shorter"), "Ctrl+Alt+Left"),
        ("fold", N_("Collapse all"), "Ctrl+Shift+-"),
        ("unfold", N_("Expand all"), "Ctrl+Shift++"),
        ("in", N_("Zoom in"), "Ctrl++", "Ctrl+="),
        ("out", N_("Zoom out"), "Ctrl+-"),
        ("fit", N_("Fit the plan into the width"), "Ctrl+0"),
        ("today", N_("Go to today"), "Ctrl+T"),
        ("critical", N_("Show the critical path"), "Ctrl+Shift+K"),
        ("try", N_("Try things out"), "Ctrl+Shift+T"),
        ("baseline", N_("Take a baseline…")),
        ("drop_baseline", N_("Delete the baseline shown")),
        ("calendars", N_("Working calendars…")),
        ("options", N_("How the plan is scheduled…")),
        ("pdf", N_("Chart as PDF…")),
        ("picture", N_("Chart as a picture…")),
        ("copy", N_("Copy the tasks")),
        ("columns", N_("Columns…"), "Ctrl+Shift+C"),
    )
    for keys in (tuple(keys_),)
}
