"""The menus of a table: on the head of a column and on a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handover.i18n import tr, trn
from handover.registers.declare import Field
from handover.registers.linked import Linked
from handover.registers.query import Condition
from ui.register.acts import Acts
from ui.register.arrange import Arrangement
from ui.register.grid.table import RegisterTable
from ui.register.narrowing.filter_popup import FilterPopup
from ui.register.narrowing.filtering import Filtering
from ui.register.stepping.steps import RowsInHand, StepActions, StepActs
from ui.theme.icons import icon


class _Menu(QMenu):
    def __init__(self, table: RegisterTable) -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def entry(self, name: str, picture: str, run: object, *, enabled: bool = True) -> QAction:
        action = self.addAction(icon(picture), name)
        action.triggered.connect(run)
        action.setEnabled(enabled)
        return action


class ColumnMenu(_Menu):
    """Sort, filter, hide and freeze a column."""

    def __init__(
        self, table: RegisterTable, filtering: Filtering, arrangement: Arrangement, all_columns: QAction, column: int
    ) -> None:
        super().__init__(table)
        field = table.rows.fields[column]
        key = field.field
        self.entry(tr("Sort ascending"), "arrow-up", lambda: filtering.sort_by(((key, False),)))
        self.entry(tr("Sort descending"), "arrow-down", lambda: filtering.sort_by(((key, True),)))
        self.entry(tr("Sort by reference"), "list", lambda: filtering.sort_by((("ref", False),)))
        self.addSeparator()
        self.entry(tr("Filter…"), "funnel", lambda: open_filter(table, filtering, column))
        if "empty" in field.kind.operators:
            self.entry(tr("Only empty"), "square-dashed", lambda: filtering.add_filter(Condition(key, "empty")))
            self.entry(tr("Only filled"), "square", lambda: filtering.add_filter(Condition(key, "filled")))
        for condition in [c for c in filtering.query.where if c.field == key]:
            self.entry(tr("Remove this filter"), "x", lambda _on=False, c=condition: filtering.remove_filter(c))
        self.addSeparator()
        self.entry(tr("Fit to content"), "maximize-2", lambda: table.fit_column(column))
        self.entry(tr("Freeze up to here"), "lock", lambda: arrangement.freeze_up_to(column))
        self.entry(
            tr("Unfreeze columns"),
            "unlink",
            lambda: arrangement.freeze_up_to(-1),
            enabled=arrangement.columns.frozen > 0,
        )
        self.entry(tr("Hide this column"), "eye-off", lambda: arrangement.hide(key),
                   enabled=len(arrangement.columns.shown) > 1)  # fmt: skip
        self.entry(tr("Columns"), "columns-3", all_columns.trigger)


class StepMenu(QMenu):
    """The steps that lead on from the rows in hand; what isn't possible is off and says why on hovering."""

    def __init__(self, acts: StepActs, hand: RowsInHand, parent: QWidget) -> None:
        several = trn("Next step of {n} row", "Next step of {n} rows", hand.count)
        super().__init__(tr("Next step") if hand.count < 2 else several, parent)
        self.setIcon(icon("circle-check"))
        self.setToolTipsVisible(True)
        self.steps = StepActions(acts, hand, self)
        self.addActions(self.steps.actions)
        self.setEnabled(bool(self.steps.actions))
        self.menuAction().setEnabled(bool(self.steps.actions))


class RowMenu(_Menu):
    """What can be done with the cell under the pointer and the rows that are selected.

    Signals:
        link_wanted: the row that a cell names is to be shown: the field and the ``Linked``.
        details_wanted: the details of the current row are to be shown.
    """

    link_wanted = Signal(object, object)
    details_wanted = Signal()

    def __init__(
        self,
        table: RegisterTable,
        filtering: Filtering | None,
        acts: Acts,
        of_rows: Sequence[QAction],
        index: QModelIndex,
        steps: StepMenu | None = None,
    ) -> None:
        super().__init__(table)
        model = table.rows
        field, value = model.fields[index.column()], model.value(index)
        if isinstance(value, Linked):
            self.entry(tr("Open {row}", row=value.ref), "external-link", lambda: self.link_wanted.emit(field, value))
        if filtering is not None:
            self._of_page(filtering, field, value)
        if steps is not None:
            steps.setParent(self, steps.windowFlags())
            self.addMenu(steps)
        self.addSeparator()
        writable = model.editable
        self.entry(tr("Copy"), "copy", acts.copy)
        self.entry(tr("Cut"), "file-output", acts.cut, enabled=writable)
        self.entry(tr("Paste"), "file-plus", acts.paste, enabled=writable)
        self.entry(tr("Fill down"), "arrow-down", acts.fill_down, enabled=writable)
        self.entry(tr("Continue the series down"), "arrow-down", acts.fill_series, enabled=writable)
        self.entry(tr("Fill right"), "arrow-right", acts.fill_right, enabled=writable)
        self.entry(tr("Clear cells"), "square-dashed", acts.clear, enabled=writable)
        self.addSeparator()
        self.addActions(of_rows)
        table.setFocus()

    def _of_page(self, filtering: Filtering, field: Field, value: Any) -> None:  # Any: what the field holds
        self.entry(tr("Show details"), "panel-right", lambda: self.details_wanted.emit())
        if (field.kind.stored and not isinstance(value, str | None)) or field.words is not None:
            stored = value.id if isinstance(value, Linked) else value
            like_this = Condition(field.field, "is", (stored,))
            self.entry(tr("Only rows like this"), "funnel", lambda: filtering.add_filter(like_this))


def open_filter(table: RegisterTable, filtering: Filtering, column: int) -> FilterPopup:
    """Ask for a condition on a column, below its head."""
    model = table.rows
    query = replace(filtering.query, searched=tuple(field.field for field in model.fields))
    popup = FilterPopup(model.context, model.register, query, model.fields[column], table.window())
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.made.connect(filtering.add_filter)
    head = table.head
    popup.open_at(head.viewport().mapToGlobal(QPoint(head.sectionViewportPosition(column), head.height() + 2)))
    return popup
