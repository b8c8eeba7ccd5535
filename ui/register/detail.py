"""The pane beside a table: the fields of the current row, its history, and rows on their way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTabWidget, QToolButton, QVBoxLayout, QWidget

from handover.errors import HandoverError, NotValid
from handover.i18n import tr, trn
from handover.registers import editing, query
from handover.registers.catalogue import chapter_of, of_table
from handover.registers.declare import OF_FILES, Field, Register
from handover.registers.query import Linked, ShownRow
from ui.register import draft
from ui.register.attachments import AttachmentsPanel
from ui.register.choices import Chosen
from ui.register.fieldbox import RowFieldBox
from ui.register.form import FormGrid
from ui.register.history import RowHistory
from ui.register.related import RelatedRows
from ui.register.tab import RowTab
from ui.register.typed import stored
from ui.shell.own_code import own_code
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class DetailPane(QFrame):
    """Shows one row and edits it in place; or takes a new one.

    Signals:
        closed: the cross was pressed.
        step_wanted: Ctrl+Enter: the next row, -1 the one before.
        added: the key of a new row.
        left: Esc: back to the table.
    """

    closed = Signal()
    step_wanted = Signal(int)
    added = Signal(str)
    left = Signal()

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register = context, register
        self._row_id = ""
        self._ids: list[str] = []
        self._numbers: list[int] = []
        #: Whether rows can be changed: neither in the bin nor in a workspace for reading.
        self.writable = not context.read_only
        self._after: str | None = None
        self.drafting = False
        self._typed = False
        self.boxes: dict[str, RowFieldBox] = {}
        self.setAccessibleName(tr("Details"))
        self.setMinimumWidth(340)
        self.grid = FormGrid(self)
        self.history = RowHistory(context, register, self)
        self.related = RelatedRows(context, register, self)
        self.files = AttachmentsPanel(context, register, self) if register.files else None
        self._make_tabs()
        self._make_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
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
            found = query.rows(connection, self._register, numbers)
        ids = [row.id for row in found]
        another = ids != self._ids
        self._ids, self._numbers = ids, list(numbers)
        self._row_id = ids[0] if len(ids) == 1 else ""
        self.tabs.setEnabled(bool(found))
        if not found:
            self.reference.setText(tr("No row chosen"))
            for box in self.boxes.values():
                box.differ(False)
                box.begin(None)
                box.allow(False)
            self._count_files(found)
            self._show_tab()
            return
        several = trn("{n} row", "{n} rows", len(found))
        self.reference.setText(found[0].ref if len(found) == 1 else several)
        for place, field in enumerate(self._register.fields):
            if field.field not in self.boxes:
                continue
            box, values = self.boxes[field.field], [row.values[place] for row in found]
            shared = all(value == values[0] for value in values)
            box.differ(not shared)
            box.begin(values[0] if shared else None) if another else box.show_value(values[0] if shared else None)
            box.allow(self.writable)
        self._count_files(found)
        self._show_tab()

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
        first = next((b for b in self.boxes.values() if b.field.required), next(iter(self.boxes.values())))
        first.editor.setFocus()

    @property
    def worth_keeping(self) -> bool:
        """Whether somebody typed something into a row that isn't in the register yet."""
        return self.drafting and (self._typed or any(box.unfinished for box in self.boxes.values()))

    def _start(self, given: Mapping[str, Any], after: str | None) -> None:  # Any: as above
        self.drafting, self._typed, self._after, self._row_id, self._ids = True, False, after, "", []
        self.reference.setText(tr("New row"))
        values = draft.initial(self._register, given)
        with self._context.workspace.read() as connection:
            for field in (box.field for box in self.boxes.values()):
                value = values.get(field.field)
                if field.links and isinstance(value, str):
                    value = query.linked(connection, field.target, [value]).get(value)
                self.boxes[field.field].differ(False)
                self.boxes[field.field].begin(value)
                self.boxes[field.field].allow(True)
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
        made = self.add()
        if made is not None:
            self._typed = False
            self._start(self._given, made)
            self.begin(self._given, made)

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
            self.boxes[key].editor.setFocus()
            self.boxes[key].editor.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
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
                return
            changes = {row_id: {key: value} for row_id in self._ids}
            editing.change(self._context.workspace, self._register, self._context.project.id, changes)
            if len(changes) > 1:
                self._context.tell(trn("{n} row changed.", "{n} rows changed.", len(changes)), undo=True)
        except NotValid as error:
            self.boxes.get(error.field, box).refuse(str(error))
            if error.field not in ("", key):
                box.refuse(str(error))
        except HandoverError as error:
            box.refuse(str(error))

    # -- making -------------------------------------------------------------------------------------------------------

    def _make_boxes(self) -> None:
        """The boxes are made when they are first seen: the page opens sooner."""
        if self.boxes:
            return
        shown = [f for f in self._register.fields if f.column not in OF_FILES]  # these have a tab of their own
        typed = [f for f in shown if not f.computed]
        for field in [*typed, *(f for f in shown if f.computed)]:
            box = RowFieldBox(self._context, field, self.grid.widget())
            box.entered.connect(self._enter)
            box.opened.connect(lambda value, f=field: self.open_link(f, value))
            self.boxes[field.field] = box
        self.grid.take(list(self.boxes.values()))

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 2, SPACE)
        self.reference = QLabel(self)
        self.reference.setTextFormat(Qt.TextFormat.PlainText)
        self.reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role(self.reference, "lead")
        row.addWidget(self.reference, 1)
        for picture, name, rows in (("chevron-up", tr("Previous row"), -1), ("chevron-down", tr("Next row"), 1)):
            button = self._tool(picture, name)
            button.clicked.connect(lambda _on=False, n=rows: self.step_wanted.emit(n))
            row.addWidget(button)
        cross = self._tool("x", tr("Close the details"))
        cross.clicked.connect(self.closed)
        row.addWidget(cross)
        return row

    def _tool(self, picture: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button

    def _make_tabs(self) -> None:
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.grid, tr("Details"))
        own = getattr(own_code(chapter_of(self._register.key).key), "tabs", None)
        for title, tab in own(self._context, self._register) if own is not None else ():
            self.tabs.addTab(tab, title)
        if self.files is not None:
            self.tabs.addTab(self.files, tr("Files"))
        self.tabs.addTab(self.related, tr("Related"))
        self.tabs.addTab(self.history, tr("History"))
        self.tabs.setAccessibleName(tr("Details"))
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())

    def _count_files(self, rows: Sequence[ShownRow]) -> None:
        """Say on its tab how many files the row has; the number came along with the row."""
        if self.files is None:
            return
        place = next(n for n, f in enumerate(self._register.fields) if f.field == "files")
        count = sum(row.values[place] or 0 for row in rows)
        self.tabs.setTabText(self.tabs.indexOf(self.files), tr("Files ({n})", n=count) if count else tr("Files"))

    def _show_tab(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, RowTab):
            tab.show_row(self._row_id)

    def _make_foot(self) -> None:
        self.foot = QWidget(self)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 2)
        stop = QPushButton(tr("Discard"), self.foot)
        stop.clicked.connect(self._give_up)
        more = QPushButton(tr("Add and go on"), self.foot)
        more.setToolTip(QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText))
        more.clicked.connect(self._add_and_next)
        self.add_button = QPushButton(tr("Add row"), self.foot)
        role(self.add_button, "primary")
        self.add_button.clicked.connect(self._add_and_show)
        row.addWidget(stop)
        row.addStretch(1)
        row.addWidget(more)
        row.addWidget(self.add_button)
        self.foot.hide()
