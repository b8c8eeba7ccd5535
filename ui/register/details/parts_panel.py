"""The parts of a row beside its details: the table of their own register, narrowed to that row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError, NotValid
from handover.i18n import tr
from handover.model.lifecycle import Step
from handover.registers import parts, query
from handover.registers.acts import editing
from handover.registers.acts.taking import lifecycle
from handover.registers.catalogue import of_table
from handover.registers.declare import Field, Register
from handover.registers.linked import Linked
from handover.registers.query import Condition, Query
from ui.register.acts import Acts
from ui.register.details import draft
from ui.register.details.small_form import SmallForm
from ui.register.details.tab import RowTab
from ui.register.grid.choices import choices
from ui.register.grid.editors import LineEdit
from ui.register.grid.loader import FoundRows, Loader
from ui.register.grid.model import RegisterModel
from ui.register.grid.place import Place
from ui.register.grid.table import RegisterTable
from ui.register.grid.typed import stored
from ui.register.menus import RowMenu, StepMenu
from ui.register.own_acts import OwnAct, own_acts
from ui.register.stepping.reasons import ToldReason
from ui.register.stepping.steps import StepActs
from ui.shell.page import Context
from ui.theme.icons import Picture, icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class PartsPanel(RowTab):
    """The rows of one register that belong to one row of another: edited in place, added, pasted, deleted.

    Args:
        owner: the register of the row in hand.
        part: the register of what belongs to it.
    """

    def __init__(self, context: Context, owner: Register, part: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._owner, self.register = context, owner, part
        assert part.part_of is not None
        self._by: Field = part.part_of
        self._owner_id = ""
        self._closed = ""
        self._sort: tuple[tuple[str, bool], ...] = ()
        self._pending: FoundRows | None = None
        self._wanted = ""
        self.form: SmallForm | None = None
        self.setAccessibleName(part.label)
        self._make_parts()
        self._make_actions()
        self._lay_out()
        self._connect()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show_row(self, row_id: str) -> None:
        """Show the parts of a row; none where several are chosen."""
        another = row_id != self._owner_id
        self._owner_id = row_id
        self.acts.given = {self._by.field: row_id}
        if another:
            self.reason.hide()
            self.line.fill("")
        with self._context.workspace.read() as connection:
            reason = parts.closed(connection, self.register, self._owner, row_id) if row_id else None
        self._close(str(reason) if reason is not None else "")
        if row_id:
            self._loader.ask(Query(where=(Condition(self._by.field, "is", (row_id,)),), sort=self._sort))
        else:
            self.none.setText(tr("Choose one row to see what belongs to it."))
            self.none.show()
            self.table.hide()

    def _close(self, reason: str) -> None:
        """Let nothing be changed while the row that they belong to is locked."""
        self._closed = reason
        writable = bool(self._owner_id) and not reason and not self._context.read_only
        self.model.editable = writable
        self.lock.setVisible(bool(reason))
        self.locked.setText(reason)
        self.locked.setVisible(bool(reason))
        for widget in (self.line, self.more, self.remove):
            widget.setEnabled(writable)
        for action in self._actions:
            action.setEnabled(writable)

    @Slot(object)
    def _take(self, found: FoundRows) -> None:
        if not self._owner_id or found.query.where[0].values != (self._owner_id,):
            return  # of the row before
        if self.table.editing:
            self._pending = found
            return
        place = Place(row_id=self._wanted, number=self._number(self._wanted)) if self._wanted else Place.of(self.table)
        if self.model.show_keys(found.keys) or self._wanted:
            self.table.fit({})
            place.restore(self.table)
        self._wanted = ""
        self.model.mark(self._sort, frozenset())
        self.none.setText(tr(self.register.empty))
        self.none.setVisible(not len(found.keys))
        self.table.setVisible(bool(len(found.keys)))
        self.counted.emit(len(found.keys))

    @Slot()
    def _resume(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            self._take(pending)

    def _number(self, row_id: str) -> int:
        with self._context.workspace.read() as connection:
            found = query.number_of(connection, self.register, row_id)
        return -1 if found is None else found

    def go_to(self, row_id: str) -> None:
        """Make a part the current row, once the parts are there."""
        self._wanted = row_id
        self.show_row(self._owner_id)

    # -- adding -------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a part of which the line says the one thing that it can't be without."""
        if self.lead is None:
            return
        self.line.take_marked()
        self.reason.hide()
        try:
            value = stored(self._context, self.lead, self.line.typed())
            made = self._add({self.lead.field: value})
        except HandoverError as error:
            self.reason.setText(str(error))
            self.reason.show()
            return
        self.line.fill("")
        self.go_to(made)

    def add_with_more(self) -> None:
        """Ask for the fields of a new part."""
        if not self._owner_id or self._closed or self._context.read_only:
            return
        asked = [f for f in self.register.entered if f.shown or f.required]
        asked = [f for f in asked if f != self._by and f.kind.stored and not self._numbers(f)]
        title = tr("New row of {register}", register=self.register.label)
        first = draft.initial(self.register, {})
        self.form = SmallForm(self._context, title, asked, (), first, tr("Add row"), self)
        self.form.given.connect(self._add_given)
        self.form.finished.connect(self._forget)
        self.form.open()

    def _numbers(self, field: Field) -> bool:
        return self.register.numbered and field.field == "number"

    @Slot(object)
    def _add_given(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        if self.form is None:
            return
        try:
            made = self._add({key: value for key, value in values.items() if value not in (None, "", [])})
        except HandoverError as error:
            self.form.refuse([ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")])
            return
        self.form.accept()
        self.go_to(made)

    def _add(self, values: Mapping[str, Any]) -> str:  # Any: as above
        context, given = self._context, {self._by.field: self._owner_id, **values}
        made = editing.add(context.workspace, self.register, context.project.id, given)
        context.tell(tr("Row added."), undo=True)
        return made

    def _forget(self, *_: int) -> None:
        self.form = None

    # -- keys and menus -----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The page has actions on these keys, which mean the rows of its own table.
        if isinstance(event, QKeyEvent) and (action := self._by_key.get(event.keyCombination().toCombined())):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                action.trigger()
                return True
        return super().eventFilter(watched, event)

    def _menu(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        if index.isValid():
            menu = RowMenu(self.table, None, self.acts, [*self._own, *self._actions], index, self._step_menu())
            menu.link_wanted.connect(self._open_link)
            menu.popup(self.table.viewport().mapToGlobal(point))

    def _step_menu(self) -> StepMenu | None:
        hand = self.table.in_hand()
        return StepMenu(self.steps, hand, self.table) if hand.states else None

    def _next_step(self) -> None:
        menu = self._step_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.table.under_current())

    def _open_link(self, field: Field, value: Linked) -> None:
        target = of_table(field.target)
        if target is not None:
            self._context.open_row(target.key, value.id)

    def _explain(self, index: QModelIndex) -> None:
        field = self.model.fields[index.column()]
        why = self._closed or self.model.held(index)
        if self._context.read_only:
            why = tr("This workspace is open for reading only.")
        self._context.tell(why or str(field.why_not_typed() or ""))

    def _turn(self, column: int, _add: bool) -> None:
        key = self.model.fields[column].field
        here = dict(self._sort).get(key)
        self._sort = ((key, False),) if here is None else ((key, True),) if not here else ()
        self.show_row(self._owner_id)

    def _ask_step(self, row_id: str, step: Step) -> None:
        # After the editor of the cell has closed.
        QTimer.singleShot(0, self, lambda: self.steps.take([row_id], step))

    # -- making -------------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        context, part = self._context, self.register
        self.model = RegisterModel(context, part, self)
        self.model.show_fields([f for f in part.fields if f.shown and f != self._by])
        self.table = RegisterTable(self.model, self)
        # There is little room; references stand there only where a lock may stand beside them.
        self.table.verticalHeader().setVisible(lifecycle(part) is not None)
        self.acts = Acts(context, self.table, self)
        self.steps = StepActs(context, part, self)
        self.model.take_step = lambda row_id, step: self.steps.take_at_once([row_id], step)
        self._loader = Loader(context, part, self)
        needed = [f for f in part.entered if f.required and f != self._by]
        #: What a new part can't be without, where that is one thing alone: then a line asks for it.
        self.lead = needed[0] if len(needed) == 1 else None
        self.line = LineEdit(choices(context, self.lead) if self.lead else None, self)
        self.line.setPlaceholderText(tr("New: {field}", field=self.lead.label) if self.lead else "")
        self.line.setAccessibleName(self.line.placeholderText() or part.label)
        self.line.setVisible(self.lead is not None)
        self.more = QPushButton(icon("plus"), tr("Add row"), self)
        self.remove = QPushButton(icon("trash-2"), tr("Delete"), self)
        self.lock = Picture("lock", "secondary", 16, self)
        self.locked = QLabel(self)
        self.none = QLabel(tr(part.empty), self)
        self.reason = QLabel(self)
        for label, name in ((self.locked, "secondary"), (self.none, "secondary"), (self.reason, "error")):
            label.setWordWrap(True)
            role(label, name)
        self.reason.hide()

    def _make_actions(self) -> None:
        self._by_key: dict[int, QAction] = {}
        self._actions = [
            self._action(tr("Add row"), "plus", self.add_with_more, Qt.Key.Key_N),
            self._action(tr("Duplicate"), "copy", self.acts.duplicate, Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier),
            self._action(tr("Delete"), "trash-2", self.acts.delete, Qt.Key.Key_Delete),
        ]
        #: What the chapter offers besides; a row that is locked can be sent, too.
        self._own = [self._own_action(each) for each in own_acts(self._context, self.register)]
        step = QAction(self)
        step.triggered.connect(lambda _on=False: self._next_step())
        self._by_key[Qt.Key.Key_F8.value] = step
        self.table.installEventFilter(self)

    def _own_action(self, act: OwnAct) -> QAction:
        action = QAction(icon(act.icon), act.name, self)
        action.setEnabled(not (act.writes and self._context.read_only))
        action.triggered.connect(lambda _on=False: self._run(act))
        for keys in act.keys:
            self._by_key[QKeySequence(keys)[0].toCombined()] = action  # type: ignore[index]  # the stubs lack it
        return action

    def _run(self, act: OwnAct) -> None:
        if ids := self.acts.chosen():
            act.run(ids, self)

    def _action(
        self,
        name: str,
        picture: str,
        run: Any,  # Any: a function without arguments
        key: Qt.Key,
        more: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> QAction:
        action = QAction(icon(picture), name, self)
        action.triggered.connect(lambda _on=False: run())
        self._by_key[key.value | Qt.KeyboardModifier.ControlModifier.value | more.value] = action
        return action

    def _button(self, action: QAction) -> QPushButton:
        button = QPushButton(action.icon(), action.text(), self)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        held = QHBoxLayout()
        held.addWidget(self.lock)
        held.addWidget(self.locked, 1)
        column.addLayout(held)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        row.addWidget(self.line, 1)
        if self.lead is None:
            row.addStretch(1)
        row.addWidget(self.more)
        column.addLayout(row)
        column.addWidget(self.reason)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        foot = QHBoxLayout()
        for action in self._own:
            foot.addWidget(self._button(action))
        foot.addStretch(1)
        foot.addWidget(self.remove)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._loader.found.connect(self._take)
        self.table.settled.connect(self._resume)
        self.table.in_vain.connect(self._explain)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        for head in (self.table.head, self.table.frozen.head):
            head.sorted.connect(self._turn)
        self.model.step_wanted.connect(self._ask_step)
        self.acts.waiting.connect(self.steps.take_each)
        self.acts.added.connect(lambda ids: self.go_to(ids[0]))
        self.line.returnPressed.connect(self.add)
        self.more.clicked.connect(self.add_with_more)
        self.remove.clicked.connect(self.acts.delete)
