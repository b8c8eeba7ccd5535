"""What happened to a row: who changed which field from what to what, and when; earlier values can be put back."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.registers import query, show
from handover.registers.acts.putting_back import can_go_back, put_back, values_before
from handover.registers.declare import Field, Register
from handover.store.history import Event, history
from handover.values import shown
from ui.register.details.tab import RowTab
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_EVENT = Qt.ItemDataRole.UserRole
#: On the line of a field: its key.
_FIELD = Qt.ItemDataRole.UserRole + 1
_LOW, _AROUND = 28, 10


class _WholeTexts(QStyledItemDelegate):
    """Gives each line the height that its longest text needs in its column."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        heads = not index.parent().isValid()
        wide = self._tree.viewport().width() if heads else self._tree.columnWidth(index.column())
        room = wide - 5 * SPACE - (0 if index.column() else self._tree.indentation() * (1 if heads else 2))
        wraps = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value
        text = option.fontMetrics.boundingRect(QRect(0, 0, max(room, 40), 100_000), wraps, str(index.data() or ""))
        return QSize(text.width() + 2 * SPACE, max(_LOW, text.height() + _AROUND))


class RowHistory(RowTab):
    """The changes of one row, the newest first; a value, or the whole row, can be put back as it was before."""

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register = context, register
        self._row_id = ""
        self._events: list[Event] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        self.none = QLabel(tr("Nothing has happened to this row yet."), self)
        role(self.none, "secondary")
        self.none.setWordWrap(True)
        column.addWidget(self.none)
        self.tree = QTreeWidget(self)
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels([tr("Field"), tr("Before"), tr("After")])
        self.tree.setAccessibleName(tr("History"))
        self.tree.setWordWrap(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.tree.setItemDelegate(_WholeTexts(self.tree))
        self.tree.setIndentation(12)
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        head = self.tree.header()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.sectionResized.connect(self.tree.scheduleDelayedItemsLayout)
        column.addWidget(self.tree, 1)
        column.addLayout(self._make_ways_back())
        self.tree.currentItemChanged.connect(lambda _now, _before: self._offer())
        self._offer()

    def _make_ways_back(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        self.value_back = QPushButton(icon("undo-2"), tr("Put this value back"), self)
        self.value_back.setToolTip(tr("Give the field the value that it had before"))
        self.value_back.clicked.connect(self._put_value_back)
        self.row_back = QPushButton(tr("Put the row back"), self)
        self.row_back.setToolTip(tr("Give all fields the values that they had before this act; the state stays"))
        self.row_back.clicked.connect(self._put_row_back)
        for each in (self.value_back, self.row_back):
            each.setAutoDefault(False)
            row.addWidget(each)
        row.addStretch(1)
        return row

    def show_row(self, row_id: str) -> None:
        """List the changes of a row."""
        self._row_id = row_id
        self.refresh()

    def refresh(self) -> None:
        """List the changes again."""
        self.tree.clear()
        events = history(self._context.workspace, [self._row_id]) if self._row_id else []
        self._events = events
        for each in (self.value_back, self.row_back):
            each.setVisible(bool(events) and not self._context.read_only)
        self.none.setVisible(not events)
        self.tree.setVisible(bool(events))
        fields = {f.attr: f for f in self._register.fields}
        names = self._names(events, fields)
        for place, event in enumerate(events):
            self._add(place, event, fields, names)
        self._offer()
        self._fit()

    def _fit(self) -> None:
        """Names take what they need, up to two fifths, earlier values a third at most; later values have the rest."""
        wide = max(self.tree.viewport().width(), 280)
        metrics = self.tree.fontMetrics()
        lines = [line for at in range(self.tree.topLevelItemCount()) for line in _lines(self.tree.topLevelItem(at))]
        for column, most, aside in ((0, wide * 2 // 5, 2 * self.tree.indentation()), (1, wide // 3, 0)):
            longest = max((metrics.horizontalAdvance(line.text(column)) for line in lines), default=0)
            heading = metrics.horizontalAdvance(self.tree.headerItem().text(column)) + 6 * SPACE
            self.tree.setColumnWidth(column, max(heading, min(longest + 4 * SPACE + aside, most)))
        self.tree.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- back -----------------------------------------------------------------------------------------------------

    def _chosen(self) -> tuple[Event, str] | None:
        """The act in hand, and the field in hand where the line of one is."""
        item = self.tree.currentItem()
        if item is None:
            return None
        head = item.parent() or item
        return self._events[head.data(0, _EVENT)], str(item.data(0, _FIELD) or "")

    def _value(self) -> dict[str, Any]:  # Any: what the field holds
        """The value that the field in hand would get back."""
        chosen = self._chosen()
        if chosen is None or not chosen[1] or chosen[0].op != "update":
            return {}
        field = self._register[chosen[1]]
        return {field.field: field.kind.from_log(chosen[0].fields[field.attr][0])} if self._may(field) else {}

    def _may(self, field: Field) -> bool:
        return can_go_back(self._register, field)

    def _values(self) -> dict[str, Any]:  # Any: what the fields hold
        """The values that the row would get back."""
        chosen = self._chosen()
        return values_before(self._register, self._events, chosen[0].act) if chosen is not None else {}

    def _offer(self) -> None:
        self.value_back.setEnabled(bool(self._value()))
        self.row_back.setEnabled(bool(self._values()))

    def _put_value_back(self) -> None:
        self._put(self._value())

    def _put_row_back(self) -> None:
        self._put(self._values())

    def _put(self, values: dict[str, Any]) -> None:  # Any: as above
        context, register, row = self._context, self._register, self._row_id

        def put() -> bool:
            put_back(context.workspace, register, context.project.id, row, values)
            return True

        if context.act(put):
            context.tell(tr("Put back as it was."), undo=True)

    def _add(self, place: int, event: Event, fields: dict[str, Field], names: dict[str, Any]) -> None:
        line = tr("{when} · {who} · {what}", when=shown.told_moment(event.at), who=event.who, what=event.label)
        head = QTreeWidgetItem(self.tree, [line])
        head.setFirstColumnSpanned(True)
        head.setData(0, _EVENT, place)
        head.setForeground(0, tokens.colour("secondary"))
        head.setToolTip(0, line)
        for attr, (before, after) in event.fields.items():
            field = fields.get(attr)
            if field is None or before == after:
                continue
            texts = [field.label, *(_text(field, v, names) for v in (before, after))]
            item = QTreeWidgetItem(head, texts)
            item.setData(0, _FIELD, field.field)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        head.setExpanded(True)

    def _names(self, events: list[Event], fields: dict[str, Field]) -> dict[str, Any]:  # Any: Linked by key
        names: dict[str, Any] = {}
        wanted: dict[str, list[str]] = {}
        for event in events:
            for attr, values in event.fields.items():
                field = fields.get(attr)
                if field is not None and field.links:
                    wanted.setdefault(field.target, []).extend(v for v in values if v)
        with self._context.workspace.read() as connection:
            for table, ids in wanted.items():
                names.update(query.linked(connection, table, ids))
        return names


def _lines(head: QTreeWidgetItem | None) -> list[QTreeWidgetItem]:
    lines = (head.child(n) for n in range(head.childCount())) if head is not None else ()
    return [line for line in lines if line is not None]


def _text(field: Field, raw: Any, names: dict[str, Any]) -> str:  # Any: a value as the change log keeps it
    if raw is None or raw == "":
        return "–"
    if field.links:
        row = names.get(raw)
        return show.text(field, row) if row else str(raw)
    if isinstance(raw, list | dict):
        return json.dumps(raw, ensure_ascii=False)
    try:
        return show.text(field, field.kind.from_log(raw))
    except (ValueError, TypeError):  # a log that another program wrote
        return shown.told_moment(str(raw))
