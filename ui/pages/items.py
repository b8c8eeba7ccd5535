"""Open things in a tree: what, which register, by whom, until when; Enter or a click opens the row itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)

from handover.i18n import N_, tr
from handover.registers.figures.things import OpenItem
from handover.store.open_file import sort_key
from handover.values import shown
from ui.register.grid import clipboard
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.marks import paint_mark

COLUMNS = (N_("What"), N_("Reference"), N_("Register"), N_("Owner"), N_("Due"))
WHAT, REF, REGISTER, OWNER, DUE = range(5)
TARGET = Qt.ItemDataRole.UserRole
#: On a date: the tone of its mark, empty for none.
TONE = Qt.ItemDataRole.UserRole + 1
_ROOM_FOR_REF = 1100
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
        ordered: a head was clicked: the things are wanted in the order of its column, from the end, as they came.
    """

    wanted = Signal(str, str)
    ordered = Signal()

    def __init__(self, parent: QWidget | None = None, *, flat: bool = False) -> None:
        super().__init__(parent)
        self._flat = flat
        #: The column by which things are ordered, and whether from the end; -1 for the order in which they came.
        self.order = (-1, False)
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
        header.setSectionsClickable(not flat)
        header.sectionClicked.connect(self._turn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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

    def in_order(self, items: Sequence[OpenItem]) -> list[OpenItem]:
        """Things in the order that was chosen; those without an owner or a day stand last."""
        column, from_end = self.order
        if column < 0:
            return list(items)
        texts = [(_ordered_by(item, column), item) for item in items]
        given = sorted((each for each in texts if each[0]), key=lambda each: sort_key(each[0]) or b"", reverse=from_end)
        return [item for _, item in (*given, *(each for each in texts if not each[0]))]

    def _turn(self, column: int) -> None:
        before, from_end = self.order
        self.order = (column, False) if column != before else (-1, False) if from_end else (column, True)
        self.header().setSortIndicatorShown(self.order[0] >= 0)
        down = Qt.SortOrder.DescendingOrder if self.order[1] else Qt.SortOrder.AscendingOrder
        self.header().setSortIndicator(max(0, self.order[0]), down)
        self.ordered.emit()

    def target(self) -> tuple[str, str] | None:
        """Register and row of the current thing."""
        item = self.currentItem()
        return item.data(0, TARGET) if item is not None else None

    def go_to(self, target: tuple[str, str] | None) -> None:
        """Make a thing the current one, where it is there."""
        items = QTreeWidgetItemIterator(self)
        while target is not None and (item := items.value()) is not None:
            if tuple(item.data(0, TARGET) or ()) == tuple(target):
                self.setCurrentItem(item)
                return
            items += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.selectedItems():
            clipboard.put([[item.text(c) for c in range(len(COLUMNS))] for item in self.selectedItems()])
            return
        super().keyPressEvent(event)

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


def _ordered_by(item: OpenItem, column: int) -> str:
    """What a thing is ordered by in a column; empty where it has nothing there."""
    match column:
        case 0:
            return item.row.name or item.row.ref
        case 1:
            return item.row.ref
        case 2:
            return item.register.label
        case 3:
            return item.owner.name if item.owner else ""
        case _:
            return item.due.isoformat() if item.due else ""


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
