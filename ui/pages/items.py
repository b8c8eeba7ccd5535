"""Open things in a tree: what, which register, by whom, until when; Enter or a click opens the row itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from handover.i18n import N_, tr
from handover.registers.things import OpenItem
from handover.values import shown
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.marks import paint_mark

COLUMNS = (N_("What"), N_("Reference"), N_("Register"), N_("Owner"), N_("Due"))
WHAT, REF, REGISTER, OWNER, DUE = range(5)
TARGET = Qt.ItemDataRole.UserRole
#: On a date: the tone of its mark, empty for none.
TONE = Qt.ItemDataRole.UserRole + 1
_ROOM_FOR_REF = 860
HEADING = Qt.ItemDataRole.UserRole + 2


class _Cells(QStyledItemDelegate):
    """Draws a date with its mark, quiet columns quietly, headings boldly."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        mark = 20 if index.data(TONE) else 0
        return QSize(
            super().sizeHint(option, index).width() + mark, 36 if index.sibling(index.row(), 0).data(HEADING) else 30
        )

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if index.sibling(index.row(), 0).data(HEADING):
            font = QFont(option.font)
            if index.column() == WHAT:
                font.setWeight(QFont.Weight.DemiBold)
            option.font = font
        if not chosen and index.column() in (REF, REGISTER) and not index.sibling(index.row(), 0).data(HEADING):
            option.palette.setColor(option.palette.ColorRole.Text, tokens.colour("secondary"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tone = index.data(TONE)
        if not tone:
            super().paint(painter, option, index)
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        painter.setClipRect(rect)
        if chosen:
            painter.fillRect(rect, tokens.colour("selection"))
        paint_mark(painter, QPointF(rect.left() + 12, rect.center().y() + 0.5), tone)
        painter.setPen(tokens.colour("on_selection" if chosen else tone))
        words = rect.adjusted(22, 0, -4, 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class ItemTree(QTreeWidget):
    """A list of open things, under headings where there are any.

    Signals:
        wanted: register key and row id of a thing that was chosen.
    """

    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent)
        self._flat = flat
        self.setColumnCount(len(COLUMNS))
        self.setItemDelegate(_Cells(self))
        self.setRootIsDecorated(not flat)
        self.setUniformRowHeights(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setIconSize(QSize(18, 18))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.itemActivated.connect(self._open)
        self.itemClicked.connect(self._open)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHeaderLabels([tr(c) for c in COLUMNS])

    def add(self, items: Sequence[OpenItem], under: QTreeWidgetItem | None = None, *, brief: bool = False) -> None:
        """Append things; ``brief`` says only how far their date lies off."""
        made = [row_of(item) for item in items]
        if brief:
            for row, item in zip(made, items, strict=True):
                if item.due:
                    row.setText(DUE, shown.overdue(item.due) or shown.until(item.due))
        if under is None:
            self.addTopLevelItems(made)
        else:
            under.addChildren(made)

    def fit(self) -> None:
        """Make the quiet columns as wide as their content, up to a third of the room."""
        for column in (REF, REGISTER, OWNER, DUE):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + 8, max(150, self.viewport().width() // 3)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._flat:
            # Where there is little room, the name needs it more than the reference, which its tooltip tells.
            self.setColumnHidden(REF, self.viewport().width() < _ROOM_FOR_REF)

    def _open(self, item: QTreeWidgetItem) -> None:
        if target := item.data(0, TARGET):
            self.wanted.emit(*target)
        elif item.childCount():
            item.setExpanded(not item.isExpanded())


def row_of(item: OpenItem) -> QTreeWidgetItem:
    """The line of an open thing."""
    name = item.row.name or item.row.ref
    owner = item.owner.name if item.owner else "–"
    row = QTreeWidgetItem([name, item.row.ref, item.register.label, owner, due_text(item.due)])
    row.setIcon(WHAT, icon(item.register.icon, "secondary"))
    row.setToolTip(WHAT, tr("{ref}  {name}", ref=item.row.ref, name=name))
    row.setToolTip(OWNER, owner)
    row.setData(WHAT, TARGET, (item.register.key, item.row.id))
    if item.overdue_days:
        row.setData(DUE, TONE, "danger")
    if item.due:
        row.setToolTip(DUE, shown.moment(item.due))
    return row


def due_text(day: dt.date | None) -> str:
    """A date and, when it has passed, by how much."""
    if day is None:
        return "–"
    late = shown.overdue(day)
    return tr("{date}, {late}", date=shown.moment(day), late=late) if late else shown.moment(day)
