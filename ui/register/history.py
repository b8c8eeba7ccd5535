"""What happened to a row: who changed which field from what to what, and when."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers import query, show
from handover.registers.declare import Field, Register
from handover.store.history import Event, history
from handover.values import shown
from ui.register.tab import RowTab
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role
from ui.theme.tokens import SPACE


class RowHistory(RowTab):
    """The changes of one row, the newest first."""

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register = context, register
        self._row_id = ""
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
        self.tree.setIndentation(12)
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        head = self.tree.header()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        column.addWidget(self.tree, 1)

    def show_row(self, row_id: str) -> None:
        """List the changes of a row."""
        self._row_id = row_id
        self.refresh()

    def refresh(self) -> None:
        """List the changes again."""
        self.tree.clear()
        events = history(self._context.workspace, [self._row_id]) if self._row_id else []
        self.none.setVisible(not events)
        self.tree.setVisible(bool(events))
        fields = {f.attr: f for f in self._register.fields}
        names = self._names(events, fields)
        for event in events:
            self._add(event, fields, names)
        self._fit()

    def _fit(self) -> None:
        """Names and earlier values take what they need, up to a third each; later values have the rest."""
        most = max(self.tree.viewport().width(), 300) // 3
        for column in (0, 1):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, min(self.tree.columnWidth(column), most))

    def _add(self, event: Event, fields: dict[str, Field], names: dict[str, Any]) -> None:
        line = tr("{when} · {who} · {what}", when=shown.told_moment(event.at), who=event.who, what=event.label)
        head = QTreeWidgetItem(self.tree, [line])
        head.setFirstColumnSpanned(True)
        head.setForeground(0, tokens.colour("secondary"))
        head.setToolTip(0, line)
        for attr, (before, after) in event.fields.items():
            field = fields.get(attr)
            if field is None or before == after:
                continue
            texts = [field.label, *(_text(field, v, names) for v in (before, after))]
            item = QTreeWidgetItem(head, texts)
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
