"""The lists whose entries a site edits: the lists at the left, the entries of one at the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.errors import HandoverError
from handover.i18n import language, tr
from handover.model.picks.pick import pick_list, pick_lists, used_in, uses
from handover.model.picks.templates import pick_templates
from handover.model.vocabulary import Vocabulary
from handover.registers import pick_acts
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.declare import Field
from handover.registers.query import Condition, Query
from ui.register.acts import Acts
from ui.register.grid.loader import FoundRows, Loader
from ui.register.grid.model import RegisterModel
from ui.register.grid.table import RegisterTable
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_COLUMNS = ("code", "en", "zh", "meaning", "tone", "also", "retired")


class IndustryBox(QWidget):
    """Takes the lists of an industry into the project."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        head = QLabel(tr("Lists of an industry"), self)
        role(head, "lead")
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(head.text())
        for each in pick_templates():
            self.choice.addItem(each.label, each.key)
        self.retire = QCheckBox(tr("Retire entries that it lacks"), self)
        self.go = QPushButton(tr("Take these lists"), self)
        self.go.clicked.connect(self.take)
        for widget in (head, self.choice, self.retire, self.go):
            column.addWidget(widget)
        for widget in (self.choice, self.retire, self.go):
            widget.setEnabled(not context.read_only)

    @Slot()
    def take(self) -> None:
        """Add and rename entries as the industry has them; those in use stay."""
        workspace, project = self._context.workspace, self._context.project.id
        key, retire = str(self.choice.currentData()), self.retire.isChecked()
        applied = self._context.act(lambda: pick_acts.apply_template(workspace, project, key, retire=retire))
        if applied is not None:
            self._context.tell(applied.sentence, undo=True)


class EntriesPanel(QWidget):
    """The entries of one list, edited in place."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._register = register("picks")
        self._list = ""
        self._wanted = ""
        self.title = QLabel(self)
        role(self.title, "lead")
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        role(self.remark, "secondary")
        self.model = RegisterModel(context, self._register, self)
        self.table = RegisterTable(self.model, self)
        self.table.verticalHeader().hide()
        self.acts = Acts(context, self.table, self)
        self._loader = Loader(context, self._register, self)
        self._loader.found.connect(self._take)
        self.code = QLineEdit(self)
        self.code.setPlaceholderText(tr("Code"))
        self.code.setMaximumWidth(110)
        self.word = QLineEdit(self)
        self.word.setPlaceholderText(tr("Word"))
        for line in (self.code, self.word):
            line.setAccessibleName(line.placeholderText())
            line.returnPressed.connect(self.add)
        self.plus = QPushButton(tr("Add entry"), self)
        self.plus.clicked.connect(self.add)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        role(self.reason, "error")
        self.reason.hide()
        self.used = QLabel(self)
        role(self.used, "secondary")
        self.up = QPushButton(tr("Up"), self)
        self.down = QPushButton(tr("Down"), self)
        self.retire = QPushButton(tr("Retire"), self)
        self.delete = QPushButton(tr("Delete"), self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.title)
        column.addWidget(self.remark)
        column.addWidget(self.table, 1)
        column.addWidget(self.used)
        below = QHBoxLayout()
        below.setSpacing(SPACE * 2)
        for each in (self.up, self.down, self.retire, self.delete):
            below.addWidget(each)
        below.addStretch(1)
        column.addLayout(below)
        column.addWidget(self.reason)
        fresh = QHBoxLayout()
        fresh.setSpacing(SPACE * 2)
        fresh.addWidget(self.code)
        fresh.addWidget(self.word, 1)
        fresh.addWidget(self.plus)
        column.addLayout(fresh)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.up.clicked.connect(lambda: self.shift(-1))
        self.down.clicked.connect(lambda: self.shift(1))
        self.up.setToolTip(tr("Move the entry up (Alt+Up)"))
        self.down.setToolTip(tr("Move the entry down (Alt+Down)"))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self.shift(by))
        self.retire.clicked.connect(self.turn_retired)
        self.delete.clicked.connect(self.acts.delete)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._follow())

    # -- showing ----------------------------------------------------------------------------------------------------

    def show_list(self, key: str) -> None:
        """Show the entries of a list."""
        self._list = key
        shown = pick_list(key)
        self.title.setText(shown.label)
        self.remark.setText(
            tr("The program goes by the meaning of an entry. Code, words, colour and order are yours.")
            if shown.meanings
            else tr("Code, words, colour and order are yours.")
        )
        self.table.setAccessibleName(shown.label)
        self.reason.hide()
        self.acts.given = {"list": key, "meaning": shown.otherwise or None}
        self.model.show_fields(self._fields())
        self.refresh()

    def _fields(self) -> list[Field]:
        """The columns; a meaning is one of those that this list knows."""
        meanings = pick_list(self._list).meanings
        shown = [self._register[key] for key in _COLUMNS if key != "meaning" or meanings]
        return [replace(f, words=Vocabulary(meanings)) if f.field == "meaning" else f for f in shown]

    def refresh(self) -> None:
        """Read the entries again."""
        if self._list:
            self._loader.ask(Query(where=(Condition("list", "is", (self._list,)),)))

    @Slot(object)
    def _take(self, found: FoundRows) -> None:
        before = self._current()
        if self.model.show_keys(found.keys):
            self.table.fit({})
        self._go_to(self._wanted or before)
        self._wanted = ""
        self._follow()

    def _current(self) -> str:
        row = self.table.currentIndex().row()
        held = self.model.row(row) if 0 <= row < self.model.rowCount() else None
        return held.id if held else ""

    def _ids(self) -> list[str]:
        rows = (self.model.row(n) for n in range(self.model.rowCount()))
        return [row.id for row in rows if row is not None]

    def _go_to(self, entry: str) -> None:
        ids = self._ids()
        if not ids:
            return
        row = ids.index(entry) if entry in ids else 0
        column = max(0, self.table.currentIndex().column())
        index = self.model.index(row, column)
        self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _follow(self) -> None:
        """Say of the current entry how many rows use it, and what can be done with it."""
        entry = self._current()
        self.used.setText("")
        if entry:
            with self._context.workspace.read() as connection:
                self.used.setText(used_in(uses(connection, self._list, [entry]).get(entry, 0)))
        self.retire.setText(tr("Offer again") if self._retired() else tr("Retire"))
        row, last = self.table.currentIndex().row(), self.model.rowCount() - 1
        writable = not self._context.read_only
        self.up.setEnabled(writable and bool(entry) and row > 0)
        self.down.setEnabled(writable and bool(entry) and row < last)
        for each in (self.retire, self.delete):
            each.setEnabled(writable and bool(entry))
        for widget in (self.plus, self.code, self.word):
            widget.setEnabled(writable)

    def _retired(self) -> bool:
        index = self.table.currentIndex()
        fields = [f.field for f in self.model.fields]
        if not index.isValid() or "retired" not in fields:
            return False
        return bool(self.model.value(index.siblingAtColumn(fields.index("retired"))))

    # -- changing ---------------------------------------------------------------------------------------------------

    @Slot()
    def add(self) -> None:
        """Add the entry that was typed below the table."""
        code, word = self.code.text().strip(), self.word.text().strip()
        spoken = language()
        values = {**self.acts.given, "code": code or word[:40], spoken: word or None}
        try:
            made = editing.add(self._context.workspace, self._register, self._context.project.id, values)
        except HandoverError as error:
            self.reason.setText(str(error))
            self.reason.show()
            return
        self._wanted = made
        self.refresh()
        self.reason.hide()
        self.code.clear()
        self.word.clear()
        self.code.setFocus()

    def shift(self, by: int) -> None:
        """Move the current entry up or down."""
        entry, ids = self._current(), self._ids()
        if not entry or self._context.read_only or not 0 <= (to := ids.index(entry) + by) < len(ids):
            return
        ids.remove(entry)
        ids.insert(to, entry)
        self._wanted = entry
        self._context.act(lambda: pick_acts.reorder(self._context.workspace, self._context.project.id, self._list, ids))

    @Slot()
    def turn_retired(self) -> None:
        """Offer the current entry no more, or again; say how many rows keep it."""
        entry, retired = self._current(), not self._retired()
        workspace, project = self._context.workspace, self._context.project.id
        used = self._context.act(lambda: pick_acts.retire(workspace, project, [entry], retired))
        if used is None:
            return
        if retired and used:
            self._context.tell(tr("It is offered no more. {uses} They keep it.", uses=used_in(used)), undo=True)
        else:
            self._context.tell(tr("It is offered no more.") if retired else tr("It is offered again."), undo=True)


class PickListsPage(Page):
    """The lists at the left, the entries at the right. ``restore`` understands ``list``, the key of a list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lists = QListWidget(self)
        self.lists.setAccessibleName(self.title())
        for each in pick_lists():
            item = QListWidgetItem(each.label, self.lists)
            item.setData(Qt.ItemDataRole.UserRole, each.key)
        self.entries = EntriesPanel(context, self)
        self.industry = IndustryBox(context, self)
        self.table_of_all = QPushButton(tr("All entries as a table"), self)
        role(self.table_of_all, "link")
        self.table_of_all.setCursor(Qt.CursorShape.PointingHandCursor)
        self.table_of_all.clicked.connect(lambda: context.go("picks"))
        self._lay_out()
        self.lists.currentItemChanged.connect(self._chosen)
        self.lists.setCurrentRow(0)
        self.setFocusProxy(self.lists)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 4)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        whole.addWidget(heading)
        across = QHBoxLayout()
        across.setSpacing(SPACE * 5)
        left = QWidget(self)
        left.setFixedWidth(230)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 3)
        column.addWidget(self.lists, 1)
        column.addWidget(self.table_of_all, 0, Qt.AlignmentFlag.AlignLeft)
        line = QFrame(left)
        line.setFrameShape(QFrame.Shape.HLine)
        column.addWidget(line)
        column.addWidget(self.industry)
        across.addWidget(left)
        across.addWidget(self.entries, 1)
        whole.addLayout(across, 1)

    def title(self) -> str:
        return tr("Pick lists")

    def help_key(self) -> str:
        return "picks"

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Which list is shown."""
        item = self.lists.currentItem()
        return {"list": item.data(Qt.ItemDataRole.UserRole)} if item else {}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        """Show a list."""
        keys = [self.lists.item(n).data(Qt.ItemDataRole.UserRole) for n in range(self.lists.count())]
        if state.get("list") in keys:
            self.lists.setCurrentRow(keys.index(state["list"]))

    def refresh(self, tables: frozenset[str]) -> None:
        """Entries changed, or rows that may use them."""
        self.entries.refresh()

    @Slot(QListWidgetItem, QListWidgetItem)
    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.entries.show_list(str(item.data(Qt.ItemDataRole.UserRole)))


def page(context: Context, key: str) -> Page:
    """The page of the lists."""
    return PickListsPage(context)
