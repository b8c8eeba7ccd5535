"""What the keys and buttons of a register's table do to its rows: copy, paste, fill, clear, duplicate, delete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from handover.i18n import tr, trn
from handover.jobs import Progress, unattended, watched
from handover.registers import editing
from handover.registers.declare import Field
from handover.registers.query import Row
from ui.frame.jobs import Work
from ui.frame.page import Context
from ui.register import cells, clipboard
from ui.register.model import RegisterModel
from ui.register.paste import PasteDialog, Pasting
from ui.register.table import RegisterTable

#: More rows than these are copied, or changed, in a thread.
_AT_ONCE = 2_000
_IN_A_JOB = 300


class Acts(QObject):
    """Acts on what is selected in a table.

    Signals:
        added: keys of rows that came in.
    """

    added = Signal(list)

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
        table.fill_wanted.connect(self.fill_down)
        table.clear_wanted.connect(self.clear)
        table.today_wanted.connect(self.put_today)

    # -- reading ----------------------------------------------------------------------------------------------------

    def selected_ids(self) -> list[str]:
        """The keys of the rows that the selection touches."""
        rows, _ = self._table.block()
        return self._model.ids(rows)

    def copy(self) -> None:
        """Put the selected block on the clipboard."""
        rows, columns = self._table.block()
        fields = [self._model.fields[c] for c in columns]
        if not rows or not fields:
            return
        if len(rows) == 1 and len(columns) == 1 and (fault := self._model.fault(self._table.currentIndex())):
            clipboard.put([[fault.text]])
            return
        if len(rows) <= _AT_ONCE:
            clipboard.put([_texts(r, fields) for r in self._model.rows(rows, fields)])
            return
        self._context.run_job(
            tr("Copying rows"), lambda progress: self._texts_of(rows, fields, progress), done=clipboard.put
        )

    def _texts_of(self, rows: Sequence[int], fields: Sequence[Field], progress: Progress) -> clipboard.Block:
        found = self._model.rows(rows, fields)
        return [_texts(r, fields) for r in watched(found, progress, len(found), tr("Copying rows"))]

    # -- writing ----------------------------------------------------------------------------------------------------

    def cut(self) -> None:
        """Copy the block and clear it."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells in one act; cells that can't be empty make it refuse."""
        rows, columns = self._table.block()
        fields = [f for f in (self._model.fields[c] for c in columns) if not f.computed and f.kind != "state"]
        if not fields:
            self._context.tell(tr("These cells always have a value."))
            return
        changes = {row.id: _emptied(row, fields) for row in self._rows_to_write(rows, fields)}
        self._write({row: values for row, values in changes.items() if values})

    def fill_down(self) -> None:
        """Give the selected cells below the first row its values; a single cell takes that of the row above."""
        rows, columns = self._table.block()
        rows = [rows[0] - 1, rows[0]] if len(rows) == 1 and rows[0] > 0 else rows
        fields = [f for f in (self._model.fields[c] for c in columns) if not f.computed]
        if len(rows) < 2 or not fields:
            return
        found = self._rows_to_write(rows, fields)
        if len(found) < 2:
            return
        texts = {f.field: t for f, t in zip(fields, _texts(found[0], fields), strict=True)}
        self._put({row.id: texts for row in found[1:]})

    def put_today(self) -> None:
        """Put today's date into the selected cells."""
        rows, columns = self._table.block()
        fields = [f for f in (self._model.fields[c] for c in columns) if f.kind in ("date", "moment")]
        if fields:
            self._put(
                {row.id: {f.field: "today" for f in fields} for row in self._rows_to_write(rows, fields)}, source="hand"
            )

    def paste(self) -> None:
        """Put the block from the clipboard at the selection; what would be refused is shown before."""
        text = clipboard.take()
        if not text or not self._may_write():
            return
        block = clipboard.parse(text)
        rows, columns = self._table.block()
        if not rows or not columns:
            return
        if len(block) == 1 and len(rows) > 1:  # one row into several fills them all
            block = block * len(rows)
        if len(block[0]) == 1 and len(columns) > 1:
            block = [row * len(columns) for row in block]
        if len(block) == 1 and len(block[0]) == 1:
            self._model.setData(self._model.index(rows[0], columns[0]), block[0][0])
            return
        pasting = self._pasting(block, rows[0], columns[0])
        if pasting is not None:
            self._preview_or_do(pasting)

    def _pasting(self, block: clipboard.Block, top: int, left: int) -> Pasting | None:
        fields = self._model.fields[left : left + len(block[0])]
        last = min(top + len(block), self._model.rowCount())
        found = self._rows_to_write(range(top, last), fields)
        inside, beyond = block[: last - top], block[last - top :]
        typed = {
            row.id: {f.field: t for f, t in zip(fields, texts, strict=False)}
            for row, texts in zip(found, inside, strict=False)
        }
        new = [{f.field: t for f, t in zip(fields, texts, strict=False) if t.strip()} for texts in beyond]
        return Pasting(
            self._model.register, found, tuple(fields), typed, [n for n in new if n], len(block[0]) - len(fields)
        )

    def _preview_or_do(self, pasting: Pasting) -> None:
        workspace, project = self._context.workspace, self._context.project.id

        def check(progress: Progress) -> Pasting:
            with workspace.read() as connection:
                pasting.check(connection, project, progress)
            return pasting

        self._do(tr("Checking what is pasted"), check, self._judge, len(pasting.typed) + len(pasting.new))

    def _judge(self, pasting: Pasting) -> None:
        if pasting.harmless:
            self._apply(pasting)
            return
        self.dialog = PasteDialog(pasting, self._table)
        self.dialog.agreed.connect(self._apply)
        self.dialog.open()

    def _apply(self, pasting: Pasting) -> None:
        workspace, project, given = self._context.workspace, self._context.project.id, self.given

        def done(made: list[str]) -> None:
            self._context.tell(trn("{n} cell pasted.", "{n} cells pasted.", pasting.cells), undo=True)
            if made:
                self.added.emit(made)

        rows = len(pasting.good) + len(pasting.fresh)
        self._do(tr("Pasting"), lambda _progress: pasting.apply(workspace, project, given), done, rows)

    def duplicate(self) -> None:
        """Copy the selected rows."""
        self._rows_act(tr("Duplicating rows"), editing.duplicate, self.added.emit)

    def delete(self) -> None:
        """Put the selected rows into the bin."""
        self._rows_act(
            tr("Deleting rows"),
            editing.delete,
            lambda n: self._context.tell(trn("{n} row is in the bin.", "{n} rows are in the bin.", n), undo=True),
        )

    def restore(self) -> None:
        """Take the selected rows out of the bin."""
        self._rows_act(
            tr("Restoring rows"),
            editing.restore,
            lambda n: self._context.tell(trn("{n} row is back.", "{n} rows are back.", n), undo=True),
        )

    # -- within -----------------------------------------------------------------------------------------------------

    def _rows_act(self, title: str, act: Callable[..., Any], done: Callable[[Any], object]) -> None:  # Any: keys, count
        ids = self.selected_ids()
        if ids and self._may_write():
            workspace, project = self._context.workspace, self._context.project.id
            self._do(title, lambda _progress: act(workspace, self._model.register, project, ids), done, len(ids))

    def _do(self, title: str, work: Work, done: Callable[[Any], object], rows: int) -> None:  # Any: the work's result
        """Few rows at once, many in a job with its progress."""
        if rows > _IN_A_JOB:
            self._context.run_job(title, work, done=done)
            return
        result = self._context.act(lambda: (work(unattended),))
        if result is not None:
            done(result[0])

    def _may_write(self) -> bool:
        if self._context.read_only:
            self._context.tell(tr("This workspace is open for reading only."))
            return False
        return True

    def _rows_to_write(self, rows: Sequence[int], fields: Sequence[Field]) -> list[Row]:
        return self._model.rows(rows, fields) if self._may_write() else []

    def _write(self, changes: dict[str, dict[str, Any]], source: str = "hand") -> None:  # Any: what the fields hold
        if changes:
            self._do(
                tr("Changing cells"),
                lambda _progress: self._model.change(changes, source=source),
                lambda _nothing: None,
                len(changes),
            )

    def _put(self, typed: dict[str, dict[str, str]]) -> None:
        with self._context.workspace.read() as connection:
            good, bad = editing.check(connection, self._model.register, self._context.project.id, typed)
        if bad:
            self._context.complain(bad[0].reason)
            return
        self._write(good)


def _texts(row: Row, fields: Sequence[Field]) -> list[str]:
    return [cells.copied(f, v) for f, v in zip(fields, row.values, strict=True)]


def _emptied(row: Row, fields: Sequence[Field]) -> dict[str, Any]:  # Any: what the fields hold
    return {
        f.field: [] if f.kind == "links" else None
        for f, v in zip(fields, row.values, strict=True)
        if v not in (None, "")
    }
