"""The pane beside a table: the fields of the current row, its history, and rows on their way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from handover.errors import HandoverError, NotValid
from handover.i18n import tr, trn
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.acts.chosen_states import one_step, set_apart
from handover.registers.acts.held_rows import HeldRows
from handover.registers.acts.next_row import taken_over
from handover.registers.catalogue import of_table
from handover.registers.declare import OF_FILES, Field, Register
from handover.registers.linked import Linked
from handover.registers.query import ShownRow
from ui.register.details import draft
from ui.register.details.fieldbox import RowFieldBox
from ui.register.details.form import FormGrid
from ui.register.details.form_fields import FormFields
from ui.register.details.pane_frame import DraftFoot, PaneHead
from ui.register.details.parts_panel import PartsPanel
from ui.register.details.tab import RowTab
from ui.register.details.tabs import NamedTab, tabs_of
from ui.register.grid.choices import Chosen
from ui.register.grid.typed import stored
from ui.register.stepping.step_head import StepHead
from ui.register.stepping.steps import NO_ROWS, RowsInHand, StepActs
from ui.shell.page import Context


class DetailPane(QFrame):
    """Shows one row and edits it in place; or takes a new one.

    Signals:
        closed: the cross was pressed.
        step_wanted: Ctrl+Enter: the next row, -1 the one before.
        added: the key of a new row.
        added_on: the key of a new row after which another is begun.
        left: Esc: back to the table.
    """

    closed = Signal()
    step_wanted = Signal(int)
    added = Signal(str)
    added_on = Signal(str)
    left = Signal()

    def __init__(self, context: Context, register: Register, steps: StepActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register, self._steps = context, register, steps
        self._held = HeldRows(register)
        self._rows: list[ShownRow] = []
        self._row_id = ""
        self._ids: list[str] = []
        self._numbers: list[int] = []
        #: Whether rows can be changed: neither in the bin nor in a workspace for reading.
        self.writable = not context.read_only
        self._after: str | None = None
        self.drafting = False
        self._typed = False
        self.setAccessibleName(tr("Details"))
        self.setMinimumWidth(340)
        self.grid = FormGrid(self)
        self.fields = FormFields(context, register, self.grid)
        self.head = StepHead(context, steps, self)
        self.head.row_wanted.connect(context.open_row)
        self.top = PaneHead(self.head.pill, self)
        self.reference = self.top.reference
        self.top.step_wanted.connect(self.step_wanted)
        self.top.closed.connect(self.closed)
        self._make_tabs()
        self.foot = DraftFoot(self)
        self.add_button = self.foot.add_button
        self.foot.given_up.connect(self._give_up)
        self.foot.more_wanted.connect(self._add_and_next)
        self.foot.wanted.connect(self._add_and_show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._shortcut(keys, self._next)
        self._shortcut("Ctrl+Shift+Return", lambda: self._leave(-1))

    def _shortcut(self, keys: str, run: Any) -> None:  # Any: a function without arguments
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(run)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def show_rows(self, numbers: Sequence[int]) -> None:
        """Show a row by its number in the workspace; of several, the values that they share."""
        self._make_boxes()
        with self._context.workspace.read() as connection:
            found = query.rows(connection, self._register, numbers, self._read)
        ids = [row.id for row in found]
        another = ids != self._ids
        self._rows = found
        self._show_steps()
        self._ids, self._numbers = ids, list(numbers)
        self._row_id = ids[0] if len(ids) == 1 else ""
        self.tabs.setEnabled(bool(found))
        if not found:
            self.reference.setText(tr("No row chosen"))
            for box in self.boxes.values():
                box.differ(False)
                box.begin(None)
                box.hold("")
                box.allow(False)
            self._show_tab()
            return
        several = trn("{n} row", "{n} rows", len(found))
        self.reference.setText(found[0].ref if len(found) == 1 else several)
        for place, field in enumerate(self._read):
            values = [row.values[place] for row in found]
            if field.counts or field.column in OF_FILES[:1]:
                self._entitle(field.counts or field.field, sum(value or 0 for value in values))
            if field.field not in self.boxes:
                continue
            box = self.boxes[field.field]
            box.of_row(ids[0] if len(ids) == 1 else "")
            shared = all(value == values[0] for value in values)
            box.differ(not shared)
            box.begin(values[0] if shared else None) if another else box.show_value(values[0] if shared else None)
            box.hold(self._why_held(field) if self.writable and not field.computed else "")
            box.allow(self.writable)
        self.grid.tell()
        self._show_tab()

    @property
    def _read(self) -> tuple[Field, ...]:
        """What is read of each row: its fields, and what says whether they can be changed."""
        return (*self._register.fields, *(f for f in self._held.fields if f.field not in self._register))

    def _why_held(self, field: Field) -> str:
        """Why the state of one of the rows lets nobody change a field."""
        keys = [f.field for f in self._read]
        reasons = (self._held.against(field, row.ref, dict(zip(keys, row.values, strict=True))) for row in self._rows)
        return str(next((reason for reason in reasons if reason is not None), ""))

    def _states(self) -> dict[str, str | None]:
        """The state of each row along its lifecycle; nothing where rows have none."""
        place = next((n for n, f in enumerate(self._read) if f.lifecycle is not None), -1)
        return {row.id: row.values[place] for row in self._rows} if place >= 0 else {}

    def _show_steps(self) -> None:
        states = self._states()
        in_bin = not self.writable and not self._context.read_only
        self.head.show_rows(RowsInHand.of([*states], [*states.values()]) if states and not in_bin else NO_ROWS)

    def refresh(self, tables: frozenset[str]) -> None:
        """Rows of these tables changed."""
        if not self.isHidden() and not self.drafting and self._ids:
            self.show_rows(self._numbers)

    def open_link(self, field: Field, value: Linked) -> None:
        """Show the row that a link points to, in its register."""
        target = of_table(field.target)
        if target is not None:
            self._context.open_row(target.key, value.id)

    # -- a new row ----------------------------------------------------------------------------------------------------

    def begin(self, given: Mapping[str, Any], after: str | None = None) -> None:  # Any: what each field holds
        """Begin a row that takes over what is given; one that was begun before is gone on with."""
        self._make_boxes()
        if not self.worth_keeping:
            self._start(given, after)
        self.tabs.setEnabled(True)
        self.tabs.setCurrentIndex(0)
        self.tabs.tabBar().hide()
        self.foot.show()
        first = next((b for b in self.boxes.values() if not b.field.computed), next(iter(self.boxes.values())))
        first.editor.setFocus()

    @property
    def worth_keeping(self) -> bool:
        """Whether somebody typed something into a row that isn't in the register yet."""
        return self.drafting and (self._typed or any(box.unfinished for box in self.boxes.values()))

    def _start(self, given: Mapping[str, Any], after: str | None) -> None:  # Any: as above
        self.drafting, self._typed, self._after, self._row_id, self._ids = True, False, after, "", []
        self.reference.setText(tr("New row"))
        self._rows = []
        self.head.show_rows(NO_ROWS)
        values = draft.initial(self._register, given)
        with self._context.workspace.read() as connection:
            for field in (box.field for box in self.boxes.values()):
                value = values.get(field.field)
                if field.links and isinstance(value, str):
                    value = query.linked(connection, field.target, [value]).get(value)
                self.boxes[field.field].of_row("")
                self.boxes[field.field].differ(False)
                self.boxes[field.field].hold("")
                self.boxes[field.field].begin(value)
                self.boxes[field.field].allow(True)
        self.fields.open_required()
        self._given = dict(given)

    def drop_draft(self) -> None:
        """Forget the row that was begun."""
        if self.drafting:
            self.drafting = self._typed = False
            self.foot.hide()
            self.tabs.tabBar().show()

    def add(self) -> str | None:
        """Put the new row into the register; its key, or None when something is still missing."""
        try:
            made = draft.add_from(self._context, self._register, list(self.boxes.values()), self._given, self._after)
        except HandoverError as error:
            self._context.complain(error)
            return None
        if made is not None:
            self._context.tell(tr("Row added."), undo=True)
        return made

    def _add_and_show(self) -> None:
        made = self.add()
        if made is not None:
            self.drop_draft()
            self.added.emit(made)

    def _add_and_next(self) -> None:
        """Add the row and begin another like it."""
        made = self.add()
        if made is not None:
            with self._context.workspace.read() as connection:
                alike = taken_over(connection, self._register, self._context.project.id, made)
            given = {**self._given, **alike}
            self._typed = False
            self.added_on.emit(made)
            self._start(given, made)
            self.begin(given, made)

    def _give_up(self) -> None:
        self.drop_draft()
        self.closed.emit()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        if self.drafting:
            self._add_and_next()
        else:
            self._leave(1)

    def _leave(self, rows: int) -> None:
        """Go to another row with the cursor in the same field."""
        held = next((b for b in self.boxes.values() if b.editor.hasFocus()), None)
        if held is not None:
            held.finish()
        if held is None or not held.faulty:
            self.step_wanted.emit(rows)
        if held is not None:
            held.editor.setFocus()
            held.editor.selectAll()

    def enter(self, key: str) -> None:
        """Put the cursor into a field."""
        self.tabs.setCurrentIndex(0)
        if key in self.boxes:
            self.fields.reveal(self.boxes[key])
            self.boxes[key].editor.setFocus()
            self.boxes[key].editor.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self.worth_keeping:
                self.drop_draft()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- writing ------------------------------------------------------------------------------------------------------

    def _enter(self, key: str, typed: object) -> None:
        field, box = self._register[key], self.boxes[key]
        self._typed = True
        try:
            value = stored(self._context, field, typed if isinstance(typed, Chosen) else str(typed))
            if self.drafting:
                box.understood(value)
                return
            changes = {row_id: {key: value} for row_id in self._ids}
            if field.lifecycle is not None:
                self._choose_state(box, changes)
                return
            editing.change(self._context.workspace, self._register, self._context.project.id, changes)
            if len(changes) > 1:
                self._context.tell(trn("{n} row changed.", "{n} rows changed.", len(changes)), undo=True)
        except NotValid as error:
            self.boxes.get(error.field, box).refuse(str(error))
            if error.field not in ("", key):
                box.refuse(str(error))
        except HandoverError as error:
            box.refuse(str(error))

    def _choose_state(self, box: RowFieldBox, changes: Mapping[str, Mapping[str, Any]]) -> None:  # Any: fields' values
        """A state that is chosen in the form is a step; what it asks is asked before."""
        states = self._states()
        apart = set_apart(self._register, changes, states)
        if apart.waiting:
            shared = set(states.values())
            box.begin(shared.pop() if len(shared) == 1 else None)
        step = one_step(self._register, apart.changes, states)
        if step is not None:
            self._steps.take_at_once([*apart.changes], step)
        elif apart.changes:
            editing.change(self._context.workspace, self._register, self._context.project.id, apart.changes)
        self._steps.take_each(apart.waiting)

    # -- making -------------------------------------------------------------------------------------------------------

    def _make_boxes(self) -> None:
        self.fields.make(self._prepare)
        self._fill_tabs()

    def _prepare(self, box: RowFieldBox) -> None:
        box.entered.connect(self._enter)
        box.opened.connect(lambda value: self.open_link(box.field, value))

    @property
    def boxes(self) -> dict[str, RowFieldBox]:
        """The boxes by field."""
        return self.fields.boxes

    def _make_tabs(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.grid, tr("Details"))
        #: The tabs besides the fields, by key; they are made with the fields, once details are wanted.
        self.beside: dict[str, NamedTab] = {}
        self.tabs.setAccessibleName(tr("Details"))
        self.tabs.setUsesScrollButtons(True)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())

    def _fill_tabs(self) -> None:
        for named in tabs_of(self._context, self._register) if not self.beside else ():
            self.tabs.addTab(named.tab, named.title)
            named.tab.counted.connect(lambda n, key=named.key: self._entitle(key, n))
            self.beside[named.key] = named

    def _entitle(self, key: str, count: int) -> None:
        """Say behind the title of a tab how many things it shows."""
        named = self.beside[key]
        title = tr("{title} ({n})", title=named.title, n=count) if count else named.title
        self.tabs.setTabText(self.tabs.indexOf(named.tab), title)

    @property
    def tab(self) -> str:
        """The key of the tab in view; empty for the fields."""
        return next((key for key, named in self.beside.items() if named.tab is self.tabs.currentWidget()), "")

    def show_tab(self, key: str, part: str = "") -> None:
        """Turn to a tab by its key; to a part shown there where one is named."""
        self._fill_tabs()
        named = self.beside.get(key)
        if named is None:
            return
        self.tabs.setCurrentWidget(named.tab)
        if part and isinstance(named.tab, PartsPanel):
            named.tab.go_to(part)

    def _show_tab(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, RowTab):
            tab.show_row(self._row_id)
