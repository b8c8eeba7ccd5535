"""The rows of a register with what stands around them: bar, chips, banner, or a sentence where there are no rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.declare import Register
from handover.registers.query import Query, ShownRow
from handover.store.history import deletion
from handover.values.shown import told_moment
from ui.register.bar import ChipLine, RegisterBar
from ui.register.empty import EmptyState
from ui.register.grid.loader import FoundRows
from ui.register.grid.new_line import NewLine
from ui.register.grid.table import RegisterTable
from ui.register.narrowing import filters
from ui.register.narrowing.filtering import Filtering
from ui.shell.banner import Banner
from ui.shell.page import Context
from ui.theme.tokens import SPACE


class RowsPane(QWidget):
    """Shows which rows are in view, and why these."""

    def __init__(
        self, context: Context, register: Register, table: RegisterTable, picture: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._register = register
        self._table = table
        self.bar = RegisterBar(register.label)
        context.shortcuts.changed.connect(self._name_keys)
        self._name_keys()
        self.chips = ChipLine()
        self.chips.offer_views([(v.key, v.label) for v in register.views])
        self.banner = Banner("info", lasting=True)
        self.empty = EmptyState(picture)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(table)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(0)
        for each in (self.bar, self.chips, self.banner):
            column.addWidget(each)
        column.addWidget(self.stack, 1)
        self.line = NewLine(table, self)
        column.addWidget(self.line)

    def _name_keys(self) -> None:
        self.bar.quick.name_keys(self._context.shortcuts.hint("window.find", "Ctrl+F"))

    def say_count(self, query: Query, found: FoundRows) -> None:
        """Say how many rows there are, or why there are none."""
        shown = len(found.keys) if found.whole else found.total
        if query.bin:
            self.bar.count.setText(tr("{shown} in the bin", shown=f"{shown:,}"))
        elif narrowed(query):
            self.bar.count.setText(tr("{shown} of {total}", shown=f"{shown:,}", total=f"{found.total:,}"))
        else:
            self.bar.count.setText(f"{shown:,}" if shown else "")
        if not shown:
            self._say_empty(query, found.total)
        elif self.stack.currentWidget() is not self._table:
            self.stack.setCurrentWidget(self._table)

    def _say_empty(self, query: Query, total: int) -> None:
        if query.bin:
            self.empty.say(tr("The bin is empty."), first_step=False, filtered=False)
        elif narrowed(query) and total:
            self.empty.say(tr("No row fits these filters."), first_step=False, filtered=True)
        else:
            first_step = not self._context.read_only and self._register.by_hand
            self.empty.say(tr(self._register.empty), first_step=first_step, filtered=False)
        self.stack.setCurrentWidget(self.empty)

    def show_text(self, text: str) -> None:
        """Show what the quick filter searches for, without searching for it."""
        if self.bar.quick.text().strip() != text:
            self.bar.quick.blockSignals(True)
            self.bar.quick.setText(text)
            self.bar.quick.blockSignals(False)

    def show_filters(self, filtering: Filtering) -> None:
        """Show the filters in force as chips, the order where no head shows it, and that the rows are in the bin."""
        query, called = filtering.query, filtering.called
        self.chips.show_view(query.view)
        chips: list[tuple[str, Callable[[], object]]] = [
            (filters.sentence(self._context, self._register, c, called), partial(filtering.remove_filter, c))
            for c in query.where
        ]
        in_view = {field.field for field in self._table.rows.fields}
        for key, descends in query.sort:
            if key in self._register and key not in in_view:
                name = self._register[key].label
                up, down = tr("Sorted by {column}", column=name), tr("Sorted by {column}, descending", column=name)
                said = down if descends else up
                chips.append((said, partial(filtering.end_sort, key)))
        if query.text:
            chips.append((tr("Any column contains “{text}”", text=query.text), self.bar.quick.clear))
        self.chips.show_chips(chips, filtering.clear)
        self.chips.setVisible(not query.bin and self.chips.filled)
        if query.bin:
            self.say_deleted(None)
        else:
            self.banner.hide()
        may_add = not query.bin and not self._context.read_only and self._register.by_hand
        self.line.setVisible(may_add)

    def say_deleted(self, row: ShownRow | None) -> None:
        """Say of the rows in the bin what they are, and of the current one by whom it was deleted and when."""
        said = tr("These rows were deleted. They can be restored until the bin is emptied.")
        event = deletion(self._context.workspace, row.id) if row is not None else None
        if row is not None and event is not None:
            by_whom = tr(
                "{ref} was deleted by {who} on {when}.", ref=row.ref, who=event.who, when=told_moment(event.at)
            )
            said = f"{said} {by_whom}"
        self.banner.say(said)


def narrowed(query: Query) -> bool:
    """Whether a query leaves rows out."""
    return bool(query.text or query.view or query.where or query.bin)
