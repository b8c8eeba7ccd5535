"""The files of a folder as a table: what was found of each, and whether it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from handover.file_names import shown_name
from handover.i18n import tr, trc
from handover.model.vocabulary import Tone
from handover.registers.files.file_matching import Candidate
from handover.registers.files.file_scan import VERDICTS, FileVerdict, FoundFile
from handover.store.files.incoming_file import size_words
from ui.theme import tokens
from ui.theme.marks import paint_pill, pill_width
from ui.theme.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
FILE, FOUND, ROW, SURE, NOTE, SIZE = range(6)
_Role = Qt.ItemDataRole

VERDICT_TONES: Final[dict[FileVerdict, Tone]] = {
    FileVerdict.MATCHED: "ok",
    FileVerdict.DOUBTFUL: "warning",
    FileVerdict.CHANGED: "info",
    FileVerdict.HELD: "neutral",
    FileVerdict.COPY: "neutral",
    FileVerdict.CLOSED: "danger",
    FileVerdict.UNMATCHED: "danger",
}
#: What isn't taken unless somebody gives it a row.
_NEVER = (FileVerdict.CLOSED, FileVerdict.UNMATCHED)


class ScanModel(QAbstractTableModel):
    """The files of one verdict, or all; ticks are kept whatever is in view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.files: list[FoundFile] = []
        self._shown: list[int] = []
        self._ticked: set[int] = set()
        self._verdict: FileVerdict | None = None

    def show_files(self, files: Sequence[FoundFile]) -> None:
        """Show other files, those ticked that are sure."""
        self.beginResetModel()
        order = list(FileVerdict)
        self.files = sorted(files, key=lambda f: (order.index(f.verdict), f.path.name.casefold(), str(f.path)))
        self._ticked = {n for n, file in enumerate(self.files) if file.sure}
        self._verdict = None
        self._shown = list(range(len(self.files)))
        self.endResetModel()

    def show_verdict(self, verdict: FileVerdict | None) -> None:
        """Show the files of one verdict alone; all with None."""
        self.beginResetModel()
        self._verdict = verdict
        self._shown = [n for n, file in enumerate(self.files) if verdict in (None, file.verdict)]
        self.endResetModel()

    def in_view(self) -> list[FoundFile]:
        """The files that are shown."""
        return [self.files[n] for n in self._shown]

    def ticked(self) -> list[FoundFile]:
        """The files that are to be taken."""
        return [self.files[n] for n in sorted(self._ticked)]

    def file(self, index: Index) -> FoundFile:
        """The file of an index."""
        return self.files[self._shown[index.row()]]

    def give(self, row: int, candidate: Candidate) -> None:
        """Say by hand to which row a file belongs; it is ticked where it can be taken."""
        n = self._shown[row]
        self.files[n] = self.files[n].given_to(candidate)
        if self.files[n].sure:
            self._ticked.add(n)
        else:
            self._ticked.discard(n)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    # -- as Qt asks ---------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        found = trc("of files", "Found")
        return (tr("File name"), found, tr("Row"), tr("Sure by"), tr("To be known"), tr("Size"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == FILE and self._can_be_taken(self.file(index)):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid():
            return None
        file, column = self.file(index), index.column()
        if role == _Role.CheckStateRole:
            if column != FILE or not self._can_be_taken(file):
                return None
            on = self._shown[index.row()] in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == _Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if column in (SIZE, SURE) else Qt.AlignmentFlag.AlignLeft
            )
        if role == _Role.ToolTipRole and column == FILE:
            return str(file.path)
        if role == _Role.ToolTipRole and column == SURE:
            return file.by
        return _said(file)[column] if role in (_Role.DisplayRole, _Role.ToolTipRole) else None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # Any: as above
        if role != _Role.CheckStateRole or not self._can_be_taken(self.file(index)):
            return False
        n = self._shown[index.row()]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(n)
        else:
            self._ticked.discard(n)
        self.dataChanged.emit(index, index)
        return True

    @staticmethod
    def _can_be_taken(file: FoundFile) -> bool:
        return file.verdict not in _NEVER and file.verdict is not FileVerdict.HELD and bool(file.rows or file.renews)


def _said(file: FoundFile) -> tuple[str, ...]:
    row = file.rows[0] if file.rows else None
    near = file.match.near
    note = file.note or (tr("Nearest: {rows}", rows=", ".join(c.name or c.ref for c in near)) if near else "")
    return (
        shown_name(file.path.name),
        tr(VERDICTS[file.verdict]),
        f"{row.ref}  {row.name}".strip() if row else "",
        f"{file.match.confidence:.0%}" if row else "",
        note,
        size_words(file.size),
    )


class FoundDelegate(QStyledItemDelegate):
    """Draws what was found of a file as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, ScanModel)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, tokens.colour("selection" if chosen else "raised"))
        place = QRectF(option.rect).adjusted(SPACE * 2, 0, -SPACE, -1)
        paint_pill(painter, place, VERDICT_TONES[model.file(index).verdict], index.data() or "")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = pill_width(QFontMetricsF(option.font), index.data() or "")
        return QSize(int(width) + 4 * SPACE, tokens.ROW)
