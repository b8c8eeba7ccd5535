"""The dialog that lists the copies of a workspace beside what it holds now, and restores one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from handover.errors import Cancelled, HandoverError
from handover.i18n import tr, trc, trn
from handover.jobs import Progress, step
from handover.registers.catalogue import registers
from handover.store.copies import copies
from handover.store.copies.copies import Copy, Inside
from handover.store.copies.differences import Difference, differences
from handover.values import shown
from ui.shell.dialog import Dialog
from ui.shell.jobs import Job
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role
from ui.theme.tokens import SPACE

_FIXED = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """A file in the list; ``copy`` is None for the workspace itself, ``inside`` where it can't be read."""

    copy: Copy | None
    size: int
    inside: Inside | None


class RestoreDialog(Dialog):
    """The copies of a workspace, the newest first, below the workspace as it is now.

    Args:
        path: the workspace; it needn't be open, nor whole.
        may_restore: whether its file may be replaced from here.

    Signals:
        wanted: the copy to restore.
        opened: the copy to open for reading.
    """

    wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context, path: Path, *, may_restore: bool = True, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Restore a copy"))
        self.resize(1180, 520)
        self._context = context
        self._path = path
        self._may_restore = may_restore
        self._lines: list[_Line] = []
        self.remark = QLabel(self)
        self.differs = QLabel(self)
        self._compared: Job | None = None
        self.table = QTableWidget(self)
        self.restore = QPushButton(tr("Restore this copy"), self)
        self.look = QPushButton(tr("Open for reading"), self)
        self._build()
        self._choose()
        self._job = context.run_job(
            tr("Looking into the copies"), self._read, done=self._show, failed=context.complain, background=True
        )
        self.finished.connect(self._job.cancel)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        heading = QLabel(tr("Copies of {file}", file=self._path.name), self)
        role(heading, "title")
        self.remark.setText(tr("Looking into the copies"))
        self.remark.setWordWrap(True)
        role(self.remark, "secondary")
        table = self.table
        table.setAccessibleName(heading.text())
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.itemSelectionChanged.connect(self._choose)
        leave = QPushButton(tr("Close"), self)
        leave.clicked.connect(self.reject)
        role(self.restore, "primary")
        self.restore.clicked.connect(self._want)
        self.look.clicked.connect(self._open)
        foot = QHBoxLayout()
        foot.addWidget(self.look)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.restore)
        for button in (leave, self.look, self.restore):
            button.setAutoDefault(False)
        self.differs.setWordWrap(True)
        self.differs.setTextFormat(Qt.TextFormat.PlainText)
        self.differs.setAccessibleName(tr("What differs from now"))
        for each in (heading, self.remark, table, self.differs):
            whole.addWidget(each)
        whole.addLayout(foot)

    def _read(self, progress: Progress) -> list[_Line]:
        """Look into each file, off the window's thread."""
        found = copies.copies_of(self._path)
        lines = []
        if self._path.exists():
            lines.append(_Line(None, self._path.stat().st_size, _inside(self._path)))
        for done, copy in enumerate(found):
            step(progress, done, len(found), "")
            lines.append(_Line(copy, copy.size, _inside(copy.path)))
        return lines

    @Slot(object)
    def _show(self, lines: list[_Line]) -> None:
        self._lines = lines
        listed, table = registers(), self.table
        table.setRowCount(len(lines))
        table.setColumnCount(_FIXED + len(listed))
        heads = [tr("Made"), tr("Why"), tr("Last change"), tr("Size"), *(r.label for r in listed)]
        for column, head in enumerate(heads):
            item = QTableWidgetItem(head)
            item.setTextAlignment(_side(column))
            table.setHorizontalHeaderItem(column, item)
        for row, line in enumerate(lines):
            made = shown.moment(line.copy.made) if line.copy else trc("the present state of a file", "Now")
            why = copies.reason_text(line.copy.reason) if line.copy else tr("The workspace itself")
            counts = [line.inside.rows.get(r.table.name) if line.inside else None for r in listed]
            texts = [made, why, _changed(line), copies.size_text(line.size)]
            for column, text in enumerate([*texts, *("–" if n is None else f"{n:,}" for n in counts)]):
                self._put(row, column, text, line)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        first = next((row for row, line in enumerate(lines) if line.copy and line.inside), None)
        if first is not None:
            table.selectRow(first)
            table.setFocus()
        self._remark(any(line.copy for line in lines))

    def _put(self, row: int, column: int, text: str, line: _Line) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(_side(column))
        if line.inside is None:
            item.setForeground(tokens.colour("danger"))
        elif line.copy is None:
            item.setForeground(tokens.colour("secondary"))
        if line.copy is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        else:
            item.setToolTip(line.copy.name)
        self.table.setItem(row, column, item)

    def _remark(self, any_copy: bool) -> None:
        if not any_copy:
            text = tr(
                "There is no copy yet. One is made each half hour in which you change something, on closing, and "
                "before imports, large deletions, the emptying of a bin and upgrades."
            )
        elif self._may_restore:
            text = tr(
                "A restored copy takes the place of the whole workspace, with all its projects. What it holds now is "
                "kept as a copy first, so that you can come back."
            )
        else:
            text = tr("The workspace is open for reading, so that it can't be replaced from here.")
        self.remark.setText(text)

    @property
    def chosen(self) -> Copy | None:
        """The copy that is selected and can be read."""
        rows = {index.row() for index in self.table.selectedIndexes()}
        line = self._lines[rows.pop()] if rows else None
        return line.copy if line and line.inside else None

    @Slot()
    def _choose(self) -> None:
        copy = self.chosen
        self.look.setEnabled(copy is not None)
        self.restore.setEnabled(copy is not None and self._may_restore)
        self._compare(copy)

    def _compare(self, copy: Copy | None) -> None:
        """Tell what restoring the copy would take and bring back, worked out off the window's thread."""
        if self._compared is not None:
            self._compared.cancel()
            self._compared = None
        self.differs.setText("")
        if copy is None or not any(line.copy is None and line.inside for line in self._lines):
            return
        path = self._path
        self.differs.setText(tr("Comparing with now…"))
        self._compared = self._context.run_job(
            tr("Comparing with now…"),
            lambda progress: (copy, differences(path, copy.path, progress)),
            done=self._tell_differences,
            failed=lambda error: self._not_compared(copy, error),
            background=True,
        )
        self.finished.connect(self._compared.cancel)

    @Slot(object)
    def _tell_differences(self, answer: tuple[Copy, list[Difference]]) -> None:
        copy, found = answer
        if copy == self.chosen:
            self.differs.setText(in_words(found))

    def _not_compared(self, copy: Copy, error: BaseException) -> None:
        # A lambda outlives the dialog, which may be gone when its job ends.
        gone = not isValid(self) or isinstance(error, Cancelled)
        if not gone and copy == self.chosen and isinstance(error, HandoverError):
            self.differs.setText(str(error))

    @Slot()
    def _want(self) -> None:
        copy = self.chosen
        self.accept()
        self.wanted.emit(copy)

    @Slot()
    def _open(self) -> None:
        copy = self.chosen
        self.accept()
        self.opened.emit(copy)


def in_words(found: list[Difference]) -> str:
    """What restoring a copy takes, brings back and sets back, register by register."""
    if not found:
        return tr("The copy holds the same rows as the workspace does now.")
    labels = {r.table.name: r.label for r in registers()}
    said = []
    for each in found:
        parts = [
            trn("{n} row goes", "{n} rows go", each.newer) if each.newer else "",
            trn("{n} row comes back", "{n} rows come back", each.older) if each.older else "",
            trn("{n} row is set back", "{n} rows are set back", each.changed) if each.changed else "",
        ]
        what = tr(
            "{register}: {what}", register=labels.get(each.table, each.table), what=", ".join(filter(None, parts))
        )
        said.append(
            f"{what} ({', '.join(each.names)}{'…' if each.newer + each.older + each.changed > len(each.names) else ''})"
        )
    return tr("Restoring it would do this: {what}.", what="; ".join(said))


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers stand at the right."""
    side = Qt.AlignmentFlag.AlignRight if column >= _FIXED - 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _inside(path: Path) -> Inside | None:
    try:
        return copies.look_into(path)
    except HandoverError:
        return None


def _changed(line: _Line) -> str:
    if line.inside is None:
        return tr("can't be read")
    if line.inside.last_change is None:
        return "–"
    return shown.moment(_local(line.inside.last_change))


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone().replace(tzinfo=None)
