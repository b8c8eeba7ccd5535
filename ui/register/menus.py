"""The menus of a table: on the head of a column and on a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from handover.i18n import tr
from handover.registers.declare import Kind
from handover.registers.query import Condition, Linked
from ui.register.filters import FilterPopup
from ui.theme.icons import icon

if TYPE_CHECKING:
    from ui.register.view import RegisterPage


class _Menu(QMenu):
    def __init__(self, page: RegisterPage) -> None:
        super().__init__(page)
        self.page = page
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def entry(self, name: str, picture: str, run: object, *, enabled: bool = True) -> QAction:
        action = self.addAction(icon(picture), name)
        action.triggered.connect(run)
        action.setEnabled(enabled)
        return action


class ColumnMenu(_Menu):
    """Sort, filter, hide and freeze a column."""

    def __init__(self, page: RegisterPage, column: int) -> None:
        super().__init__(page)
        field = page.model.fields[column]
        key = field.field
        self.entry(tr("Sort ascending"), "arrow-up", lambda: page.sort_by(((key, False),)))
        self.entry(tr("Sort descending"), "arrow-down", lambda: page.sort_by(((key, True),)))
        self.entry(tr("Sort by reference"), "list", lambda: page.sort_by((("ref", False),)))
        self.addSeparator()
        self.entry(tr("Filter…"), "funnel", lambda: open_filter(page, column))
        if field.kind is not Kind.LINKS:
            self.entry(tr("Only empty"), "square-dashed", lambda: page.add_filter(Condition(key, "empty")))
            self.entry(tr("Only filled"), "square", lambda: page.add_filter(Condition(key, "filled")))
        for condition in [c for c in page.query().where if c.field == key]:
            self.entry(tr("Remove this filter"), "x", lambda _on=False, c=condition: page.remove_filter(c))
        self.addSeparator()
        self.entry(tr("Fit to content"), "maximize-2", lambda: page.table.fit_column(column))
        self.entry(tr("Freeze up to here"), "lock", lambda: page.arrangement.freeze_up_to(column))
        self.entry(
            tr("Unfreeze columns"),
            "unlink",
            lambda: page.arrangement.freeze_up_to(-1),
            enabled=page.arrangement.columns.frozen > 0,
        )
        self.entry(tr("Hide this column"), "eye-off", lambda: page.arrangement.hide(key),
                   enabled=len(page.arrangement.columns.shown) > 1)  # fmt: skip
        self.entry(tr("Columns"), "columns-3", page.columns_action.trigger)


class RowMenu(_Menu):
    """What can be done with the cell under the pointer and the rows that are selected."""

    def __init__(self, page: RegisterPage, index: QModelIndex) -> None:
        super().__init__(page)
        model, table = page.model, page.table
        field, value = model.fields[index.column()], model.value(index)
        if isinstance(value, Linked):
            self.entry(tr("Open {row}", row=value.ref), "external-link", lambda: page.detail.open_link(field, value))
        self.entry(tr("Show details"), "panel-right", lambda: page._show_details(True))
        if (field.kind is not Kind.LINKS and not isinstance(value, str | None)) or field.words is not None:
            stored = value.id if isinstance(value, Linked) else value
            self.entry(
                tr("Only rows like this"), "funnel", lambda: page.add_filter(Condition(field.field, "is", (stored,)))
            )
        self.addSeparator()
        writable = model.editable
        self.entry(tr("Copy"), "copy", page.acts.copy)
        self.entry(tr("Cut"), "file-output", page.acts.cut, enabled=writable)
        self.entry(tr("Paste"), "file-plus", page.acts.paste, enabled=writable)
        self.entry(tr("Fill down"), "arrow-down", page.acts.fill_down, enabled=writable)
        self.entry(tr("Clear cells"), "square-dashed", page.acts.clear, enabled=writable)
        self.addSeparator()
        for action in page.page_actions():
            if action not in (page.columns_action, page.bin_action, page.details_action):
                self.addAction(action)
        table.setFocus()


def open_filter(page: RegisterPage, column: int) -> FilterPopup:
    """Ask for a condition on a column, below its head."""
    popup = FilterPopup(page.context, page.model.fields[column], page)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.made.connect(page.add_filter)
    head = page.table.head
    popup.open_at(head.viewport().mapToGlobal(QPoint(head.sectionViewportPosition(column), head.height() + 2)))
    return popup
