"""What is done to the cells of a matrix: filled, cleared, copied, pasted; each is one act that Ctrl+Z takes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from handover.errors import HandoverError, Reason
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.registers.matrix.filling import Place, fill
from handover.registers.matrix.letters import Letter
from handover.registers.matrix.reading import MatrixReading, read_again
from ui.matrix.grid import MatrixGrid
from ui.matrix.model import MatrixModel
from ui.register.grid import clipboard
from ui.shell.page import Context

#: More cells than these are filled in a job with its progress.
_IN_A_JOB = 300
_LISTED = 4

Wanted = dict[Place, tuple[Any, ...]]  # Any: what the value field holds


class MatrixActs(QObject):
    """The acts of one matrix.

    Attributes:
        filling: an act of this matrix is being stored; whoever hears of it needn't read anew.

    Signals:
        filled: what was filled is shown.
    """

    filled = Signal()

    def __init__(self, context: Context, grid: MatrixGrid) -> None:
        super().__init__(grid)
        self._context = context
        self._grid = grid
        self._model: MatrixModel = grid.matrix
        self.filling = False
        self.menu: QMenu | None = None
        grid.letter_typed.connect(self.enter)
        grid.in_vain.connect(self._say_in_vain)
        grid.clear_wanted.connect(self.clear)
        grid.copy_wanted.connect(self.copy)
        grid.cut_wanted.connect(self.cut)
        grid.paste_wanted.connect(self.paste)
        grid.menu_wanted.connect(self.offer)
        self._model.typed.connect(self._enter_text)

    # -- acts -------------------------------------------------------------------------------------------------------

    @Slot(object)
    def enter(self, letter: Letter) -> None:
        """Have a value in the selected cells; where all of them have it already, one that is among several goes."""
        reading = self._model.reading
        if reading is None:
            return
        places = self._open_places()
        if letter.retired:
            self._grid.explain(str(reading.letters.no_longer(letter)))
            return
        takes_back = reading.letters.several or len(reading.letters.options) == 1
        gone = takes_back and all(letter.value in reading.values(*place) for place in places)
        wanted: Wanted = {}
        for place in places:
            values = [*reading.values(*place)] if reading.letters.several else []
            if gone:
                values = [value for value in values if value != letter.value]
            elif letter.value not in values:
                values.append(letter.value)
            wanted[place] = reading.letters.in_order(values)
        self._fill(wanted, "hand")

    def clear(self) -> None:
        """Empty the selected cells."""
        places = self._open_places()
        self._model.forget_refused(places)
        self._fill(dict.fromkeys(places, ()), "hand")

    def copy(self) -> None:
        """Put the selected cells on the clipboard as a block."""
        rows, columns = self._grid.block()
        if rows and columns:
            clipboard.put(
                [[str(self._model.index(row, column).data() or "") for column in columns] for row in rows]
            )  # fmt: skip
            self._context.tell(trn("{n} cell copied.", "{n} cells copied.", len(rows) * len(columns)))

    def cut(self) -> None:
        """Copy the selected cells and empty them."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Put the block on the clipboard into the cells from the current one on; nothing where one can't take it.

        A single cell fills the whole selection.
        """
        reading = self._model.reading
        if reading is None or not self._may_write():
            return
        block = clipboard.parse(clipboard.take())
        rows, columns = self._grid.block()
        if not rows or not columns:
            return
        if len(block) == 1 and len(block[0]) == 1:
            block = [[block[0][0]] * len(columns) for _ in rows]
        texts: dict[Place, str] = {}
        beyond = 0
        for row, line in enumerate(block, rows.start):
            for column, text in enumerate(line, columns.start):
                if row < self._model.rowCount() and column < self._model.columnCount():
                    texts[self._model.place(self._model.index(row, column))] = text
                else:
                    beyond += bool(text.strip())
        wanted, refused = self._read(reading, texts)
        if beyond:
            refused.append(trn("{n} cell lies beyond the matrix.", "{n} cells lie beyond the matrix.", beyond))
        if refused:
            listed = refused[:_LISTED]
            if more := len(refused) - len(listed):
                listed.append(tr("… and {n} more.", n=more))
            self._grid.explain("\n".join([tr("Nothing was pasted."), *listed]))
            return
        self._fill(wanted, "paste")

    @Slot(QPoint)
    def offer(self, point: QPoint) -> None:
        """The values of the selected cells as a menu, for who uses the mouse."""
        reading = self._model.reading
        if reading is None or not reading.letters.options:
            return
        here = reading.values(*self._model.place(self._grid.currentIndex()))
        self.menu = QMenu(self._grid)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for letter in reading.letters.options:
            action = self.menu.addAction(f"{letter.letter}\u2003{letter.word}")
            action.setCheckable(True)
            action.setChecked(letter.value in here)
            action.setData(letter)
            action.setEnabled(self._model.writable and not letter.retired)
        self.menu.addSeparator()
        clear = self.menu.addAction(tr("Clear"))
        clear.setEnabled(self._model.writable and bool(here))
        self.menu.triggered.connect(self._chosen)
        self.menu.popup(point)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        letter = action.data()
        if isinstance(letter, Letter):
            self.enter(letter)
        else:
            self.clear()

    # -- within -----------------------------------------------------------------------------------------------------

    @Slot(object, str)
    def _enter_text(self, place: Place, text: str) -> None:
        reading = self._model.reading
        if reading is None or not self._may_write():
            return
        with self._context.workspace.read() as connection:
            try:
                values = reading.letters.read(connection, self._context.project.id, text)
            except HandoverError as error:
                self._model.keep_refused(place, text, str(error))
                return
        if (held := reading.against(*place)) is not None:
            self._model.keep_refused(place, text, str(held))
            return
        self._model.forget_refused([place])
        self._fill({place: values}, "hand")

    def _read(self, reading: MatrixReading, texts: Mapping[Place, str]) -> tuple[Wanted, list[str]]:
        """What texts mean, each looked up only once, and why some can't be taken."""
        wanted: Wanted = {}
        refused: list[str] = []
        known: dict[str, tuple[Any, ...] | HandoverError] = {}  # Any: what the value field holds
        with self._context.workspace.read() as connection:
            for place, text in texts.items():
                if text == reading.text(*place):
                    continue
                if text not in known:
                    try:
                        known[text] = reading.letters.read(connection, self._context.project.id, text)
                    except HandoverError as error:
                        known[text] = error
                meant = known[text]
                where = f"{reading.down_by_id[place[0]].name} / {reading.across_by_id[place[1]].name}"
                if isinstance(meant, HandoverError):
                    refused.append(f"{where}: {meant}")
                elif meant != reading.values(*place):
                    if (held := reading.against(*place)) is not None:
                        refused.append(f"{where}: {held}")
                    wanted[place] = meant
        return wanted, refused

    def _open_places(self) -> list[Place]:
        """The selected cells that can be changed; why others can't is told."""
        reading = self._model.reading
        if reading is None or not self._may_write():
            return []
        places, held = [], None
        for index in self._grid.cells():
            place = self._model.place(index)
            against: Reason | None = reading.against(*place)
            held = held or against
            if against is None:
                places.append(place)
        if held is not None:
            self._grid.explain(str(held))
        return places

    def _may_write(self) -> bool:
        if self._model.writable:
            return True
        why = self._model.matrix.value_field.why_not_typed()
        self._grid.explain(str(why) if why is not None else tr("This workspace is open for reading only."))
        return False

    @Slot(str)
    def _say_in_vain(self, text: str) -> None:
        reading = self._model.reading
        if reading is not None and self._may_write():
            letters = ", ".join(each.letter for each in reading.letters.offered)
            self._grid.explain(str(Reason(N_("“{text}” is none of {letters}."), {"text": text, "letters": letters})))

    def _fill(self, wanted: Wanted, source: str) -> None:
        """Store what is wanted and show it; few cells at once, many in a job."""
        reading = self._model.reading
        if reading is None:
            return
        changes = {place: values for place, values in wanted.items() if values != reading.values(*place)}
        if not changes:
            return
        context, matrix = self._context, self._model.matrix
        workspace, project = context.workspace, context.project.id

        def store(_progress: Progress) -> tuple[MatrixReading, Iterable[Place]]:
            fill(workspace, matrix, project, changes, source=source)
            with workspace.read() as connection:
                return read_again(connection, reading, project, [*{place[0] for place in changes}]), changes

        self.filling = True
        if len(changes) > _IN_A_JOB:
            job = context.run_job(tr("Filling the matrix"), store, done=self._show)
            job.ended.connect(self._end)
            return
        try:
            done = context.act(lambda: store(lambda *_: True))
        finally:
            self.filling = False
        if done is not None:
            self._show(done)

    @Slot(object)
    def _show(self, done: tuple[MatrixReading, Iterable[Place]]) -> None:
        reading, places = done
        self._model.forget_refused(places)
        self._model.renew(reading, places)
        self._grid.reason.hide()
        self.filled.emit()

    @Slot()
    def _end(self) -> None:
        self.filling = False
