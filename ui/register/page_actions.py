"""What can be done on the page of a register, as actions for the toolbar, the menus and the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.registers.acts.taking import lifecycle
from handover.registers.declare import Register
from ui.register.actions import ActionMaker
from ui.register.acts import Acts
from ui.register.own_acts import OwnAct
from ui.shell.commands import IN_PAGE

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class PageRuns:
    """What the page itself does when an action is triggered."""

    add_row: Run
    next_step: Run
    empty_bin: Run
    switch_bin: Run
    choose_columns: Run
    offer_views: Run
    switch_details: Run
    find_files: Run
    replace: Run


class PageActions:
    """The actions of a page, each with its keys.

    Attributes:
        of_rows: those for rows that are there, in their order.
        of_bin: those for rows in the bin.
    """

    def __init__(
        self,
        page: QWidget,
        register: Register,
        acts: Acts,
        runs: PageRuns,
        own: Sequence[OwnAct] = (),
        *,
        writable: bool,
    ) -> None:
        make = ActionMaker(page, writable=writable)
        self.add = make.writing(tr("Add row"), "plus", runs.add_row, "Ctrl+N")
        self.duplicate = make.writing(tr("Duplicate"), "copy", acts.duplicate, "Ctrl+Shift+D")
        self.delete = make.writing(tr("Delete"), "trash-2", acts.delete, "Ctrl+Delete")
        self.step = make.writing(tr("Next step"), "circle-check", runs.next_step, "F8")
        self.restore = make.writing(tr("Restore"), "archive-restore", acts.restore)
        self.empty = make.writing(tr("Empty the bin"), "trash-2", runs.empty_bin)
        self.bin = make.switch(tr("Bin"), "archive", runs.switch_bin)
        self.columns = make.action(tr("Columns"), "columns-3", runs.choose_columns, "Ctrl+Shift+C")
        self.views = make.action(tr("Saved views"), "layers", runs.offer_views, "Ctrl+Shift+V")
        self.views.setProperty(IN_PAGE, True)
        self.replace = make.writing(tr("Replace…"), "pencil", runs.replace, "Ctrl+H")
        self.replace.setProperty(IN_PAGE, True)
        self.details = make.switch(tr("Details"), "panel-right", runs.switch_details, "F4")
        self._tail = [self.columns, self.views, self.bin, self.details]
        self.files: QAction | None = None
        if register.files:
            self.files = make.writing(tr("Find files…"), "folder-open", runs.find_files)
            self._tail.insert(0, self.files)
        for each in (self.duplicate, *self._tail):
            each.setPriority(QAction.Priority.LowPriority)
        self._steps = [self.step] if lifecycle(register) is not None else []
        self.own = [_made(make, each, partial(_run, each, acts, page)) for each in own]
        self.of_rows = [self.add, *self._steps, *self.own, self.duplicate, self.delete, *self._tail]
        if not register.by_hand:
            for each in (self.add, self.duplicate, self.delete):
                each.setEnabled(False)
            self.of_rows = [*self._steps, *self.own, *self._tail]
        self.of_rows.append(self.replace)
        self.of_bin = [self.restore, self.empty, *self._tail]

    def of_menu(self, offered: list[QAction]) -> list[QAction]:
        """Those of the actions that belong into the menu of a row."""
        always = (self.columns, self.views, self.bin, self.details, self.step, self.replace)
        return [action for action in offered if action not in always]


def _made(make: ActionMaker, act: OwnAct, run: Run) -> QAction:
    return (make.writing if act.writes else make.action)(act.name, act.icon, run, *act.keys)


def _run(act: OwnAct, acts: Acts, page: QWidget) -> None:
    """Do an act of the chapter's own with the rows in hand."""
    ids = acts.chosen()
    if ids or not act.of_rows:
        act.run(ids, page)
