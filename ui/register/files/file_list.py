"""The list of a row's files: a small picture, the name, how large, how kept, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from handover.i18n import tr
from handover.registers.files.attached_files import FileRow, Presence
from handover.store.files.incoming_file import size_words
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.theme.tokens import RADIUS, SPACE

Index = QModelIndex | QPersistentModelIndex

#: The side of a small picture.
PICTURE = 44
_HEIGHT = 64


def kind_icon(file: FileRow) -> str:
    """The icon that stands for a file without a picture of its own."""
    if file.media_type.startswith("image/"):
        return "eye"
    if "sheet" in file.media_type or file.name.endswith((".csv", ".xls")):
        return "file-spreadsheet"
    return "file-text" if file.media_type.startswith(("application/pdf", "text/")) else "paperclip"


def facts(file: FileRow) -> str:
    """What is said below a file's name."""
    kind = tr("Linked") if file.kept == "linked" else tr("Stored")
    parts = [size_words(file.size), kind, file.added_on[:10], file.added_by]
    return " · ".join(part for part in parts if part)


class FileModel(QAbstractListModel):
    """The files of one row, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: list[FileRow] = []
        #: Small pictures by hash, kept from row to row.
        self.pictures: dict[str, QPixmap | None] = {}

    def show_files(self, files: Sequence[FileRow]) -> None:
        """Show these files."""
        if [f.id for f in files] == [f.id for f in self.files]:
            self.files = list(files)
            self._repaint()
            return
        self.beginResetModel()
        self.files = list(files)
        self.endResetModel()

    def show_picture(self, sha256: str, picture: QPixmap | None) -> None:
        """Take the small picture of a content; None where there is none to be had."""
        if len(self.pictures) > 500:
            self.pictures.clear()
        self.pictures[sha256] = picture
        self._repaint()

    def file(self, index: Index) -> FileRow:
        """The file of an index."""
        return self.files[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if not index.isValid():
            return None
        file = self.files[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return file.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (file.name, facts(file), file.caption, file.remark) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (file.name, facts(file), file.caption, file.remark) if part)
        return None

    def _repaint(self) -> None:
        if self.files:
            self.dataChanged.emit(self.index(0), self.index(len(self.files) - 1))


class FileDelegate(QStyledItemDelegate):
    """Paints a file: its picture, its name, its facts; a caption or what is wrong in the place of the facts' end."""

    def __init__(self, model: FileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 1 if self._third(self._model.file(index)) else 0
        return QSize(200, _HEIGHT + lines * 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        file = self._model.file(index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(tokens.colour("selection"))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        box = QRectF(ground.left() + SPACE * 2, ground.top() + 9, PICTURE, PICTURE)
        self._paint_picture(painter, box, file)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tokens.colour("accent"))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
        words = ground.adjusted(SPACE * 2 + PICTURE + SPACE * 3, 8, -SPACE * 2, -6)
        ink = "on_selection" if chosen else "text"
        quiet = "on_selection" if chosen else "secondary"
        name = QFont(option.font)
        self._line(painter, words, 0, file.name, ink, name, Qt.TextElideMode.ElideMiddle)
        small = QFont(name)
        small.setPixelSize(tokens.SMALL)
        self._line(painter, words, 22, facts(file), quiet, small)
        if third := self._third(file):
            wrong = file.presence is not Presence.HERE
            self._line(painter, words, 42, third, "danger" if wrong and not chosen else ink, small)
        painter.restore()

    def _paint_picture(self, painter: QPainter, box: QRectF, file: FileRow) -> None:
        picture = self._model.pictures.get(file.sha256)
        if file.presence is not Presence.HERE:
            painter.setBrush(tokens.colour("danger_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            paint_icon(painter, box.adjusted(10, 10, -10, -10), "file-question-mark", tokens.colour("danger"))
        elif picture is not None:
            size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            shown = QRectF(0, 0, size.width(), size.height())
            shown.moveCenter(box.center())
            painter.drawPixmap(shown, picture, QRectF(picture.rect()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tokens.colour("line"))
            painter.drawRect(shown)
        else:
            painter.setBrush(tokens.colour("neutral_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            paint_icon(painter, box.adjusted(11, 11, -11, -11), kind_icon(file), tokens.colour("neutral"))
        if file.kept == "linked":
            corner = QRectF(box.right() - 13, box.bottom() - 13, 16, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("raised"))
            painter.drawRoundedRect(corner, 4, 4)
            paint_icon(painter, corner.adjusted(2, 2, -2, -2), "link", tokens.colour("info"))

    def _line(
        self, painter: QPainter, words: QRectF, top: float, text: str, ink: str, font: QFont,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(tokens.colour(ink))
        metrics = QFontMetricsF(font)
        place = QRectF(words.left(), words.top() + top, words.width(), metrics.height() + 2)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine
        painter.drawText(place, int(flags), metrics.elidedText(text, elide, place.width()))

    @staticmethod
    def _third(file: FileRow) -> str:
        return file.remark or file.caption


class FileList(QListView):
    """The list with its keys.

    Signals:
        open_wanted: Enter or a double click; preview_wanted: the space bar; rename_wanted: F2; remove_wanted: Delete;
        move_wanted: Alt with an arrow, by how many places.
    """

    open_wanted = Signal()
    preview_wanted = Signal()
    rename_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, model: FileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(FileDelegate(model, self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Files"))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda _index: self.open_wanted.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.open_wanted.emit()
        elif key == Qt.Key.Key_Space:
            self.preview_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()  # the panel pastes
        else:
            super().keyPressEvent(event)
