"""Which rows of a page are in view: found when filters change, laid out in groups, with the place of the user."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from handover.i18n import tr
from handover.registers import query
from handover.registers.declare import Field
from handover.registers.grouping import GroupedLines, GroupPath, RowGroup, laid_out
from handover.registers.query import Query
from ui.register.arrange import Arrangement
from ui.register.grid.loader import SMALL, FoundRows, Loader
from ui.register.grid.place import Place
from ui.register.grid.table import RegisterTable
from ui.register.narrowing.filtering import Filtering
from ui.register.pane import RowsPane, narrowed
from ui.shell.page import Context


class RowsInView(QObject):
    """Keeps a table showing the rows that its filters ask for.

    Args:
        show_filters: shows which filters are in force.

    Signals:
        followed: another row may be in hand, or it may have changed.
        taken: rows were found and are shown.
    """

    followed = Signal()
    taken = Signal()

    def __init__(
        self,
        context: Context,
        table: RegisterTable,
        filtering: Filtering,
        arrangement: Arrangement,
        pane: RowsPane,
        show_filters: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._table, self._model = context, table, table.rows
        self._filtering, self._arrangement, self._pane = filtering, arrangement, pane
        self._show_filters = show_filters
        self.loader = Loader(context, self._model.register, self)
        self.loader.found.connect(self._take)
        self._found: FoundRows | None = None
        self._pending: FoundRows | None = None
        self.place: Place | None = None
        self._fitted = False
        table.settled.connect(self._resume)
        table.fold_wanted.connect(self.fold)
        filtering.fold_changed.connect(self._lay_out)
        filtering.changed.connect(self.ask)
        arrangement.changed.connect(self.ask)

    @property
    def large(self) -> bool:
        """Whether rows are found in a thread."""
        return self._model.rowCount() > 3_000 or self.loader.busy

    def query(self) -> Query:
        """Which rows are shown, in which order."""
        return replace(self._filtering.query, searched=tuple(f.field for f in self._model.fields))

    # -- finding ------------------------------------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Show the rows of other filters, or in another order; a cell that is being typed into is left first."""
        self._table.finish_editing()
        self.read()

    def read(self) -> None:
        """Find the rows of the filters in force."""
        self._show_filters()
        self.loader.ask(self.query(), self._added_up(), self._filtering.folded)

    def _added_up(self) -> tuple[Field, ...]:
        return self._model.fields if self._filtering.query.groups else ()

    @Slot(object)
    def _take(self, found: FoundRows) -> None:
        # What is being typed into a cell must not vanish because rows moved elsewhere.
        if self._table.editing:
            self._pending = found
            return
        self._found = found
        place = self.place or Place.of(self._table)
        self._model.take_since(found.query.since)
        moved = self._model.show_lines(self._lines(found))
        if not self._fitted and len(found.keys):
            self._fitted = True
            self._arrangement.fit()
        if moved or self.place is not None:
            self.place = place
            self.settle(final=found.whole)
        if len(found.keys) and not self._table.currentIndex().isValid():
            self._table.go_to(0, 0)
        self.followed.emit()
        self._pane.say_count(self._filtering.query, found)
        self._show_filters()
        self.taken.emit()

    @Slot()
    def _resume(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None and not self._table.editing:
            self._take(pending)

    # -- groups -------------------------------------------------------------------------------------------------------

    def _lines(self, found: FoundRows) -> GroupedLines:
        if not found.groups or found.lines.folded == self._filtering.folded:
            return found.lines
        return laid_out(found.keys, found.groups, self._filtering.folded)

    @Slot()
    def _lay_out(self) -> None:
        """Lay the rows that are there out again, other groups being folded; of many groups in a thread."""
        found, folded = self._found, self._filtering.folded
        if found is None:
            return
        if not self._in_a_thread(found):
            self._show_laid(found, laid_out(found.keys, found.groups, folded))
            return
        self._context.run_job(
            tr("Finding rows"),
            lambda _progress: laid_out(found.keys, found.groups, folded),
            done=lambda lines: self._show_laid(found, lines),
            background=True,
        )

    @staticmethod
    def _in_a_thread(found: FoundRows) -> bool:
        return len(found.lines.heads) > SMALL

    def _show_laid(self, found: FoundRows, lines: GroupedLines) -> None:
        if found is not self._found or lines.folded != self._filtering.folded:
            return  # others were found or folded meanwhile
        at = self._table.currentIndex()
        head = self._model.head(at.row()) if at.isValid() else None
        place = Place.of(self._table)
        self._model.show_lines(lines)
        if head is not None and (row := self._model.position_of(head.path)) >= 0:
            self._table.go_to(row, at.column())
        else:
            place.restore(self._table)
        if self.place is not None and self._in_a_thread(found):
            self.settle(final=True)
        self.followed.emit()

    @Slot(int, object)
    def fold(self, row: int, wanted: bool | None) -> None:
        """Fold the group of a head, unfold it, or the one that isn't so."""
        head = self._model.head(row)
        if head is None:
            return
        folded = set(self._filtering.folded)
        on = head.path not in folded if wanted is None else wanted
        self._filtering.fold(folded | {head.path} if on else folded - {head.path})

    def fold_all(self) -> None:
        """Show of all groups the heads alone."""
        self._filtering.fold({head.path for head in self._found.lines.heads} if self._found is not None else ())

    def unfold_all(self) -> None:
        """Show the rows of all groups."""
        self._filtering.fold(())

    # -- places -------------------------------------------------------------------------------------------------------

    def settle(self, *, final: bool) -> None:
        """Go to the place that was kept; what isn't there yet may come with the rest of the rows."""
        place = self.place
        if place is None:
            return
        if place.row_id and self._unfold_around(place.number):
            return
        there = place.restore(self._table)
        if there or final:
            self.place = None
        if not there and final and place.row_id and narrowed(self._filtering.query):
            # The row is hidden by filters: who asks for a row wants to see it.
            self.place = place
            self._filtering.clear()
        self.followed.emit()

    def _unfold_around(self, number: int) -> bool:
        """Open the groups in which a row lies that somebody asked for; whether that is still on its way."""
        found = self._found
        if found is None or not found.groups or self._model.position(number) >= 0 or not self._filtering.folded:
            return False
        around = _around(found.groups, _index(found.keys, number))
        if not around & self._filtering.folded:
            return False
        self._filtering.fold(self._filtering.folded - around)
        return self._in_a_thread(found)

    def go_to_row(self, row_id: str) -> bool:
        """Make a row the current one; filters that hide it go. Whether there is such a row."""
        number = self._number_of(row_id)
        if number is None:
            self._context.tell(tr("This row no longer exists."))
            return False
        self.place = Place(number=number, row_id=row_id, centre=True)
        return True

    def bring_into_view(self, row_id: str) -> None:
        """Show a row in the table while the details go on with another; one that filters hide stays hidden."""
        number = self._number_of(row_id)
        if number is not None:
            self.place = Place(number=number, centre=True)
            self.settle(final=not self.loader.busy)

    def mark_field(self, key: str) -> None:
        """Make the cell of a field in the row in hand the current one, as soon as the row is there."""
        column = next((n for n, field in enumerate(self._model.fields) if field.field == key), -1)
        if self.place is not None:
            self.place = replace(self.place, field=key)
        elif column >= 0:
            self._table.go_to(self._table.currentIndex().row(), column)

    def _number_of(self, row_id: str) -> int | None:
        with self._context.workspace.read() as connection:
            return query.number_of(connection, self._model.register, row_id)


def _index(keys: array[int], number: int) -> int:
    try:
        return keys.index(number)
    except ValueError:
        return -1


def _around(groups: Collection[RowGroup], at: int) -> set[GroupPath]:
    """The groups in which the row of a place in the order lies."""
    for group in groups if at >= 0 else ():
        if at < group.n:
            return {group.path} | _around(group.inner, at)
        at -= group.n
    return set()
