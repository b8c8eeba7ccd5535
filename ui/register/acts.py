"""What the keys and buttons of a register's table do to its rows: copy, paste, fill, clear, duplicate, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from handover.clock import today
from handover.i18n import tr, trn
from handover.jobs import Progress, unattended, watched
from handover.registers import values_of
from handover.registers.acts import editing
from handover.registers.acts.chosen_states import WaitingStep
from handover.registers.block import read_block
from handover.registers.declare import Field
from handover.registers.query import ShownRow
from ui.register.grid import cells, clipboard
from ui.register.grid.fill_handle import FillHandle
from ui.register.grid.filling import CellFilling
from ui.register.grid.model import RegisterModel
from ui.register.grid.paste import PasteDialog, Pasting
from ui.register.grid.table import RegisterTable
from ui.shell.jobs import Work
from ui.shell.page import Context

Changes = dict[str, dict[str, Any]]  # Any: what the fields hold

#: More rows than these are copied, or changed, in a thread.
_AT_ONCE = 2_000
_IN_A_JOB = 300


class Acts(QObject):
    """Acts on what is selected in a table.

    Signals:
        added: keys of rows that came in.
        doubled: a field that tells rows apart holds in a copy what its original has.
        waiting: steps that ask something before rows can take them, each a ``WaitingStep``.
    """

    added = Signal(list)
    waiting = Signal(list)
    doubled = Signal(str)

    def __init__(self, context: Context, table: RegisterTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._table = table
        self._model: RegisterModel = table.rows
        self.dialog: PasteDialog | None = None
        #: What rows that are pasted below the last one bring along, such as the group of a member.
        self.given: dict[str, Any] = {}
        table.copy_wanted.connect(self.copy)
        table.cut_wanted.connect(self.cut)
        table.paste_wanted.connect(self.paste)
        self.filling = CellFilling(context, self._model, self)
        self.handle = FillHandle(table)
        self.handle.filled.connect(self.fill_by_handle)
        table.fill_wanted.connect(self.fill_down)
        table.fill_right_wanted.connect(self.fill_right)
        table.clear_wanted.connect(self.clear)
        table.today_wanted.connect(self.put_today)

    # -- reading ----------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected block on the clipboard."""
        rows, columns = self._table.block()
        fields = [self._model.fields[c] for c in columns]
        if not rows or not fields:
            return
        if len(rows) == 1 and len(columns) == 1 and (fault := self._model.fault(self._table.currentIndex())):
            clipboard.put([[fault.text]])
            return
        numbers = self._model.numbers(rows)
        if len(numbers) <= _AT_ONCE:
            clipboard.put(self._texts_of(numbers, fields, unattended))
            return
        self._context.run_job(
            tr("Copying rows"), lambda progress: self._texts_of(numbers, fields, progress), done=clipboard.put
        )

    def _texts_of(self, numbers: Sequence[int], fields: Sequence[Field], progress: Progress) -> clipboard.Block:
        found = self._model.fetch(numbers, fields)
        return [_texts(r, fields) for r in watched(found, progress, len(found), tr("Copying rows"))]

    # -- writing ----------------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """Copy the block and clear it."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells in one act; cells that can't be empty make it refuse."""
        rows, columns = self._table.block()
        fields = [f for f in (self._model.fields[c] for c in columns) if not f.computed and not f.kind.never_empty]
        if not fields:
            self._context.tell(tr("These cells always have a value."))
            return
        numbers = self._model.numbers(rows)
        self._change(lambda: {row.id: _emptied(row, fields) for row in self._model.fetch(numbers, fields)}, len(rows))

    def fill_down(self) -> None:
        """Give the selected cells below the first row its values; a single cell takes that of the row above."""
        self.filling.down(*self._table.block())

    def fill_series(self) -> None:
        """Continue down the selection what stands in its first cells."""
        self.filling.series_down(*self._table.block())

    def fill_right(self) -> None:
        """Give the selected cells right of the first column its values; a single column takes those left of it.

        What a column can't take, as it is of another kind, is shown before.
        """
        rows, columns = self._table.block()
        columns = [columns[0] - 1, columns[0]] if len(columns) == 1 and columns[0] > 0 else columns
        self.filling.right(self._model.true_rows(rows), columns[:1], len(columns) - 1, copied=True)

    def fill_by_handle(self, down: int, right: int, copied: bool) -> None:
        """Continue the selected block by so many rows, or columns, and select what is filled."""
        block = self.handle.block()
        if block is None:
            return
        top, left, bottom, last = block.top(), block.left(), block.bottom(), block.right()
        self._table.select_block(top, left, bottom + down, last + right)
        self.filling.handle((top, left, bottom, last), down, right, copied)

    def put_today(self) -> None:
        """Put today's date into the selected cells."""
        rows, columns = self._table.block()
        fields = [f for f in (self._model.fields[c] for c in columns) if f.kind.dated and not f.computed]
        numbers = self._model.numbers(rows)
        if fields:
            values = {f.field: today() for f in fields}
            self._change(lambda: {row.id: values for row in self._model.fetch(numbers, ())}, len(rows))

    def paste(self) -> None:
        """Put the block from the clipboard at the selection; what would be refused is shown before."""
        text = clipboard.take()
        if not text or not self.may_write():
            return
        block = clipboard.parse(text)
        if not self._model.rowCount():  # the first rows of a register
            self._preview_or_do(self._pasting(block, 0, 0))
            return
        rows, columns = self._table.block()
        rows = self._model.true_rows(rows)
        if not rows or not columns:
            return
        if len(block) == 1 and len(rows) > 1:  # one row into several fills them all
            block = block * len(rows)
        if len(block[0]) == 1 and len(columns) > 1:
            block = [row * len(columns) for row in block]
        if len(block) == 1 and len(block[0]) == 1 and not self._asks(block[0][0], columns[0]):
            self._model.setData(self._model.index(rows[0], columns[0]), block[0][0])
            return
        self._preview_or_do(self._pasting(block, rows[0], columns[0]))

    def put(self, block: clipboard.Block, top: int, left: int) -> None:
        """Put a block at a cell; what would be refused is shown before."""
        self._preview_or_do(self._pasting(block, top, left))

    def append(self, block: clipboard.Block, left: int) -> None:
        """Put a block below the last row; what would be refused is shown before."""
        if self.may_write():
            self._preview_or_do(self._pasting(block, self._model.rowCount(), left))

    def _asks(self, text: str, column: int) -> bool:
        """Whether a single text may be another date than it seems."""
        field = self._model.fields[column]
        return field.kind.dated and bool(read_block([field], {field.field: [text]}).undecided)

    def _pasting(self, block: clipboard.Block, top: int, left: int) -> Pasting:
        fields = self._model.fields[left : left + len(block[0])]
        lines = self._model.true_rows_from(top, len(block))
        found = self._model.rows(lines, fields)
        inside, beyond = block[: len(lines)], block[len(lines) :]
        typed = {
            row.id: {f.field: t for f, t in zip(fields, texts, strict=False)}
            for row, texts in zip(found, inside, strict=False)
        }
        new = [{f.field: t for f, t in zip(fields, texts, strict=False) if t.strip()} for texts in beyond]
        pasting = Pasting(
            self._model.register, found, tuple(fields), typed, [n for n in new if n], len(block[0]) - len(fields)
        )
        for at, row in zip(lines, found, strict=False):
            held = {f.field: reason for f in fields if (reason := self._model.against(at, f)) is not None}
            if held:
                pasting.held[row.id] = held
        return pasting

    @Slot(object)
    def _preview_or_do(self, pasting: Pasting) -> None:
        workspace, project = self._context.workspace, self._context.project.id

        def check(progress: Progress) -> Pasting:
            with workspace.read() as connection:
                pasting.check(connection, project, progress)
            return pasting

        self.do(tr("Checking what is pasted"), check, self._judge, len(pasting.typed) + len(pasting.new))

    @Slot(object)
    def _judge(self, pasting: Pasting) -> None:
        if pasting.harmless:
            self._apply(pasting)
            return
        self.dialog = PasteDialog(pasting, self._table)
        self.dialog.agreed.connect(self._apply)
        self.dialog.answered.connect(self._preview_or_do)
        self.dialog.open()

    def _apply(self, pasting: Pasting) -> None:
        workspace, project, given = self._context.workspace, self._context.project.id, self.given

        rows = len(pasting.good) + len(pasting.fresh)
        self.do(
            tr("Pasting"),
            lambda _progress: (pasting, pasting.apply(workspace, project, given)),
            self._pasted,
            rows,
        )

    @Slot(object)
    def _pasted(self, answer: tuple[Pasting, list[str]]) -> None:
        pasting, made = answer
        if pasting.cells:
            self._context.tell(trn("{n} cell pasted.", "{n} cells pasted.", pasting.cells), undo=True)
        self._take_in(made)
        self.ask_first(list(pasting.waiting))

    @Slot(object)
    def _take_in(self, made: list[str]) -> None:
        if made:
            self.added.emit(made)

    @Slot(object)
    def ask_first(self, waiting: list[WaitingStep]) -> None:
        """Pass on the steps that ask something before rows can take them."""
        if waiting:
            self.waiting.emit(waiting)

    def chosen(self) -> list[str]:
        """The keys of the selected rows, in their order."""
        return list(self._table.in_hand().every())

    def duplicate(self) -> None:
        """Copy the selected rows."""
        self._rows_act(tr("Duplicating rows"), editing.duplicate, self._take_in_copies)

    @Slot(object)
    def _take_in_copies(self, made: list[str]) -> None:
        """Show the copies, and say which of their fields tells rows apart and is now there twice."""
        self._take_in(made)
        register = self._model.register
        with self._context.workspace.read() as connection:
            doubled = values_of.doubled(connection, register, self._context.project.id, made)
        if doubled:
            names = tr(", ").join(field.label for field in doubled)
            self._context.tell(
                trn(
                    "The copy has the {fields} of its original. Give it its own.",
                    "The copies have the {fields} of their originals. Give them their own.",
                    len(made), fields=names,
                ),
                undo=True,
            )  # fmt: skip
            self.doubled.emit(doubled[0].field)

    def delete(self) -> None:
        """Put the selected rows into the bin."""
        chosen = len(self._model.numbers(self._table.block()[0]))
        self._rows_act(
            tr("Deleting rows"),
            editing.delete,
            lambda n: self._context.tell(_went(min(n, chosen), n), undo=True),
        )

    def restore(self) -> None:
        """Take the selected rows out of the bin."""
        chosen = len(self._model.numbers(self._table.block()[0]))
        self._rows_act(
            tr("Restoring rows"),
            editing.restore,
            lambda n: self._context.tell(_came_back(min(n, chosen), n), undo=True),
        )

    # -- within -----------------------------------------------------------------------------------------------------

    def _rows_act(self, title: str, act: Callable[..., Any], done: Callable[[Any], object]) -> None:  # Any: keys, count
        rows, _ = self._table.block()
        numbers = self._model.numbers(rows)
        if not numbers or not self.may_write():
            return
        workspace, project = self._context.workspace, self._context.project.id

        def work(_progress: Progress) -> Any:  # Any: as above
            return act(workspace, self._model.register, project, [r.id for r in self._model.fetch(numbers, ())])

        self.do(title, work, done, len(numbers))

    def do(self, title: str, work: Work, done: Callable[[Any], object], rows: int) -> None:  # Any: the work's result
        """Few rows at once, many in a job with its progress."""
        if rows > _IN_A_JOB:
            self._context.run_job(title, work, done=done)
            return
        result = self._context.act(lambda: (work(unattended),))
        if result is not None:
            done(result[0])

    def may_write(self) -> bool:
        """Whether anything can be written; said where nothing can."""
        if self._context.read_only:
            self._context.tell(tr("This workspace is open for reading only."))
            return False
        return True

    def _change(self, changes: Callable[[], Changes], rows: int) -> None:
        """Write what ``changes`` gives; it reads the rows first, so it is asked where the writing is done."""
        if self.may_write():
            self.do(
                tr("Changing cells"),
                lambda _progress: self._model.change({row: values for row, values in changes().items() if values}),
                lambda _nothing: None,
                rows,
            )


def _texts(row: ShownRow, fields: Sequence[Field]) -> list[str]:
    return [cells.copied(f, v) for f, v in zip(fields, row.values, strict=True)]


def _emptied(row: ShownRow, fields: Sequence[Field]) -> dict[str, Any]:  # Any: what the fields hold
    return {f.field: f.kind.nothing for f, v in zip(fields, row.values, strict=True) if v not in (None, "")}


def _went(rows: int, all_of_them: int) -> str:
    """That rows went into the bin, and how many that belong to them went along."""
    if more := all_of_them - rows:
        return trn(
            "{n} row is in the bin, with {more} that belong to it.",
            "{n} rows are in the bin, with {more} that belong to them.",
            rows,
            more=more,
        )
    return trn("{n} row is in the bin.", "{n} rows are in the bin.", rows)


def _came_back(rows: int, all_of_them: int) -> str:
    """That rows came back out of the bin, and how many that belong to them came along."""
    if more := all_of_them - rows:
        return trn(
            "{n} row is back, with {more} that belong to it.",
            "{n} rows are back, with {more} that belong to them.",
            rows,
            more=more,
        )
    return trn("{n} row is back.", "{n} rows are back.", rows)
