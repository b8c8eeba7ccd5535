"""What can be done on the page of a register, as actions for the toolbar, the menus and the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.registers.acts.taking import lifecycle
from handover.registers.declare import Register
from ui.register.actions import ActionMaker
from ui.register.acts import Acts
from ui.register.own_acts import OwnAct
from ui.register.row_commands import ROW_COMMANDS
from ui.shell.commands import IN_PAGE
from ui.shell.shortcuts import Shortcuts

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
    fill_series: Run
    group: Run
    fold: Run
    unfold: Run
    colour: Run
    since: Run


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
        shortcuts: Shortcuts,
        own: Sequence[OwnAct] = (),
        *,
        writable: bool,
    ) -> None:
        make, known = ActionMaker(page, shortcuts, writable=writable), ROW_COMMANDS
        self.add = make.writing_command(known["add"], "plus", runs.add_row)
        self.duplicate = make.writing_command(known["duplicate"], "copy", acts.duplicate)
        self.delete = make.writing_command(known["delete"], "trash-2", acts.delete)
        self.step = make.writing_command(known["step"], "circle-check", runs.next_step)
        self.restore = make.writing_command(known["restore"], "archive-restore", acts.restore)
        self.empty = make.writing_command(known["empty"], "trash-2", runs.empty_bin)
        self.bin = make.command(known["bin"], "archive", runs.switch_bin)
        self.columns = make.command(known["columns"], "columns-3", runs.choose_columns)
        self.views = make.command(known["views"], "layers", runs.offer_views)
        self.views.setProperty(IN_PAGE, True)
        self.replace = make.writing_command(known["replace"], "pencil", runs.replace)
        self.in_page = [
            self.replace,
            make.writing_command(known["series"], "arrow-down", runs.fill_series),
            make.command(known["group"], "list-tree", runs.group),
            make.command(known["fold"], "chevron-right", runs.fold),
            make.command(known["unfold"], "chevron-down", runs.unfold),
            make.command(known["colour"], "tag", runs.colour),
            make.command(known["since"], "git-compare", runs.since),
        ]
        for each in self.in_page:
            each.setProperty(IN_PAGE, True)
        self.details = make.command(known["details"], "panel-right", runs.switch_details)
        for each in (self.bin, self.details):
            each.setCheckable(True)
        self._tail = [self.columns, self.views, self.bin, self.details]
        self.files: QAction | None = None
        if register.files:
            self.files = make.writing_command(known["files"], "folder-open", runs.find_files)
            self._tail.insert(0, self.files)
        for each in (self.duplicate, *self._tail):
            each.setPriority(QAction.Priority.LowPriority)
        self._steps = [self.step] if lifecycle(register) is not None else []
        self.own = [_made(make, register, each, partial(_run, each, acts, page)) for each in own]
        self.of_rows = [self.add, *self._steps, *self.own, self.duplicate, self.delete, *self._tail]
        if not register.by_hand:
            for each in (self.add, self.duplicate, self.delete):
                each.setEnabled(False)
            self.of_rows = [*self._steps, *self.own, *self._tail]
        self.of_rows += self.in_page
        self.of_bin = [self.restore, self.empty, *self._tail]

    def of_menu(self, offered: list[QAction]) -> list[QAction]:
        """Those of the actions that belong into the menu of a row."""
        always = (self.columns, self.views, self.bin, self.details, self.step, *self.in_page)
        return [action for action in offered if action not in always]


def _made(make: ActionMaker, register: Register, act: OwnAct, run: Run) -> QAction:
    if act.command:
        return (make.writing_command if act.writes else make.command)(act.keyed(register), act.icon, run)
    return (make.writing if act.writes else make.action)(act.name, act.icon, run)


def _run(act: OwnAct, acts: Acts, page: QWidget) -> None:
    """Do an act of the chapter's own with the rows in hand."""
    ids = acts.chosen()
    if ids or not act.of_rows:
        act.run(ids, page)
