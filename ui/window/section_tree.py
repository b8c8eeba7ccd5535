"""The tree of the navigation: sections that fold, the pages in them, and below a line what belongs to no section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QFont, QIcon, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from handover.i18n import tr, trn
from ui.shell.chapters import PageEntry, SectionEntry
from ui.shell.commands import plain_name
from ui.shell.shortcuts import keys_text
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
Foot = PageEntry | QAction

#: The page that an entry shows; empty for a section of several pages, a line and an action.
PAGE = Qt.ItemDataRole.UserRole
_SECTION = Qt.ItemDataRole.UserRole + 1
_COUNT = Qt.ItemDataRole.UserRole + 2
_ACTION = Qt.ItemDataRole.UserRole + 3
_LINE = Qt.ItemDataRole.UserRole + 4

_TALL, _LOW, _GAP = 34, 30, SPACE * 4
_SMALL_ICON, _FOLD_WIDTH = 16, 32
#: A section of more pages than this begins folded.
_MANY = 6


class SectionTree(QTreeWidget):
    """Sections, pages and actions; it knows what is folded, and who uses it keeps that.

    Attributes:
        counts: how many open rows each page has, by its key.
        keys_of: with which keys one comes to the section of a number; empty for none.

    Signals:
        page_wanted: the key of a page that was chosen.
        section_wanted: the key of a section whose name was chosen.
        folded: a section, and whether its pages are now out of sight, by the user's hand.
    """

    page_wanted = Signal(str)
    section_wanted = Signal(str)
    folded = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        role(self, "navigation")
        self.narrow = False
        self._sections: dict[str, SectionEntry] = {}
        self.counts: Mapping[str, int] = {}
        self.keys_of: Callable[[int], str] = "Ctrl+{}".format
        self._current = ""
        self._own_fold = False
        self.menu: QMenu | None = None
        self.setHeaderHidden(True)
        self.header().setMinimumSectionSize(0)
        self.header().setStretchLastSection(False)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Entries(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self.itemExpanded.connect(lambda item: self._turned(item, False))
        self.itemCollapsed.connect(lambda item: self._turned(item, True))

    # -- what is shown ------------------------------------------------------------------------------------------------

    def fill(self, sections: Sequence[SectionEntry], foot: Sequence[Foot], folded: Mapping[str, bool]) -> None:
        """Show sections, and ``foot`` below a line.

        Args:
            folded: the sections that the user folded or unfolded; the others are folded when they are long.
        """
        self._own_fold = True
        self.clear()
        self._sections = {each.key: each for each in sections}
        for each in sections:
            if each.pages:
                self._add_section(each, folded.get(each.key, len(each.pages) > _MANY))
        if foot:
            line = QTreeWidgetItem(self)
            line.setData(0, _LINE, True)
            line.setFlags(Qt.ItemFlag.NoItemFlags)
        for end in foot:
            self._add_action(end) if isinstance(end, QAction) else self._add_page(end, self)
        self._own_fold = False
        self.show_counts(self.counts)
        self.show_current(self._current)

    def _with_keys(self, name: str, number: int) -> str:
        keys = self.keys_of(number)
        return tr("{page} ({keys})", page=name, keys=keys) if keys else name

    def _add_section(self, section: SectionEntry, folded: bool) -> None:
        item = QTreeWidgetItem(self, [section.label])
        item.setIcon(0, icon(section.icon))
        item.setData(0, _SECTION, section.key)
        item.setToolTip(0, self._with_keys(section.label, section.number))
        if len(section.pages) == 1:
            (page,) = section.pages
            item.setData(0, PAGE, page.key)
            if page.label != section.label:
                name = tr("{section}: {page}", section=section.label, page=page.label)
                item.setToolTip(0, self._with_keys(name, section.number))
            return
        for page in section.pages:
            self._add_page(page, item)
        item.setExpanded(not folded and not self.narrow)

    def _add_page(self, page: PageEntry, under: QTreeWidgetItem | QTreeWidget) -> None:
        item = QTreeWidgetItem(under, [page.label])
        item.setIcon(0, icon(page.icon))
        item.setData(0, PAGE, page.key)
        item.setToolTip(0, page.label)

    def _add_action(self, action: QAction) -> None:
        item = QTreeWidgetItem(self)
        item.setData(0, _ACTION, action)
        self._show_action(item)

    def show_actions(self) -> None:
        """Show the names of the actions, and whether they can be done just now."""
        for item in self._items():
            if item.data(0, _ACTION) is not None:
                self._show_action(item)

    def _show_action(self, item: QTreeWidgetItem) -> None:
        action: QAction = item.data(0, _ACTION)
        name, keys = plain_name(action), keys_text(action.shortcut())
        item.setText(0, name)
        item.setIcon(0, action.icon())
        item.setToolTip(0, f"{name} ({keys})" if keys else name)
        item.setDisabled(not action.isEnabled())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many open rows each page has, by its key; a folded section shows those of its pages together."""
        self.counts = counts
        for item in self._items():
            pages = self._pages_of(item)
            count = sum(counts.get(key, 0) for key in pages) if pages else 0
            item.setData(0, _COUNT, count)
            name = item.text(0)
            said = trn("{page}, {n} open", "{page}, {n} open", count, page=name) if count else name
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)

    def show_current(self, page_key: str) -> None:
        """Mark the entry of a page, or that of its section while the section is folded."""
        self._current = page_key
        item = self.page_item(page_key) if page_key else None
        above = item.parent() if item is not None else None
        if above is not None and not above.isExpanded():
            item = above
        self.setCurrentItem(item)  # type: ignore[arg-type]  # None takes the mark away
        if item is not None:
            self.scrollToItem(item)

    def marks(self, index: Index) -> bool:
        """Whether an entry stands for the page in view: its own, or its section's while that is folded."""
        page = index.data(PAGE)
        if page:
            return bool(page == self._current)
        item = self.itemFromIndex(index)
        return not item.isExpanded() and any(each.data(0, PAGE) == self._current for each in _below(item))

    @property
    def current(self) -> str:
        """The key of the page that is marked."""
        return self._current

    def set_narrow(self, narrow: bool, folded: Mapping[str, bool]) -> None:
        """Show the icons of the sections alone; or names, and the pages of what isn't folded."""
        self.narrow = narrow
        self._own_fold = True
        for item in _below(self.invisibleRootItem()):
            if item.childCount():
                shut = folded.get(item.data(0, _SECTION), item.childCount() > _MANY)
                item.setExpanded(not narrow and not shut)
        self._own_fold = False
        self.show_current(self._current)
        self.doItemsLayout()

    def page_item(self, key: str) -> QTreeWidgetItem | None:
        """The entry of a page; that of its section where it is the only one there."""
        return next((item for item in self._items() if item.data(0, PAGE) == key), None)

    def section_item(self, key: str) -> QTreeWidgetItem | None:
        """The entry of a section."""
        return next((item for item in self._items() if item.data(0, _SECTION) == key), None)

    def shown(self) -> list[str]:
        """The names in sight, from top to bottom."""
        return [
            each.text(0)
            for top in _below(self.invisibleRootItem())
            for each in (top, *(_below(top) if top.isExpanded() else ()))
            if each.text(0)
        ]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for top in _below(self.invisibleRootItem()):
            yield top
            yield from _below(top)

    def _pages_of(self, item: QTreeWidgetItem) -> list[str]:
        return [str(each.data(0, PAGE)) for each in (_below(item) or [item]) if each.data(0, PAGE)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A header out of sight never becomes narrower by itself.
        self.header().resizeSection(0, self.viewport().width())

    # -- what is done -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.childCount() and not self.narrow:
            edge = self.visualItemRect(item).right() - _FOLD_WIDTH
            if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= edge:
                item.setExpanded(not item.isExpanded())
                return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # A click on the mark that folds chose nothing.
        self.show_current(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # The arrow keys went through the entries and chose none: the page in view is marked again.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.show_current(self._current)

    @Slot(QTreeWidgetItem)
    def _choose(self, item: QTreeWidgetItem) -> None:
        if (action := item.data(0, _ACTION)) is not None:
            action.trigger()
            self.show_current(self._current)
        elif page := item.data(0, PAGE):
            self.page_wanted.emit(page)
        elif item.childCount() and self.narrow:
            self._offer(item)
        elif item.childCount():
            item.setExpanded(True)
            self.section_wanted.emit(item.data(0, _SECTION))

    def _offer(self, item: QTreeWidgetItem) -> None:
        """Offer the pages of a section beside its icon."""
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.destroyed.connect(self._forget_menu)
        for page in _below(item):
            name, count = page.text(0).replace("&", "&&"), page.data(0, _COUNT)
            action = self.menu.addAction(page.icon(0), f"{name}\t{count}" if count else name)
            key: str = page.data(0, PAGE)
            action.triggered.connect(lambda _=False, key=key: self.page_wanted.emit(key))
        rect = self.visualItemRect(item)
        self.menu.popup(self.viewport().mapToGlobal(QPoint(rect.right(), rect.top())))

    def _forget_menu(self) -> None:
        self.menu = None

    def _turned(self, item: QTreeWidgetItem, folded: bool) -> None:
        if self._own_fold:
            return
        self.show_current(self._current)
        self.folded.emit(item.data(0, _SECTION), folded)


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(item.childCount()) if (child := item.child(n)) is not None]


class _Entries(QStyledItemDelegate):
    """Draws an entry: a bar and a ground where one is, its icon, its name, the number of open rows, what folds it."""

    def __init__(self, tree: SectionTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(_LINE):
            return QSize(0, _GAP)
        return QSize(0, _LOW if index.parent().isValid() else _TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(_LINE):
            painter.fillRect(QRect(rect.left() + 12, rect.center().y(), rect.width() - 24, 1), tokens.colour("line"))
            painter.restore()
            return
        box = rect.adjusted(8, 1, -8, -1)
        chosen = self._tree.marks(index)
        self._ground(painter, box, option.state, chosen)
        inner = index.parent().isValid()
        side = _SMALL_ICON if inner else tokens.ICON
        picture = QRect(0, 0, side, side)
        picture.moveCenter(box.center())
        if not self._tree.narrow:
            picture.moveLeft(box.left() + (40 if inner else 10))
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, picture, Qt.AlignmentFlag.AlignCenter, mode)
        if not self._tree.narrow:
            painter.setFont(option.font)
            words = box.adjusted(picture.right() - box.left() + (9 if inner else 11), 0, -10, 0)
            if index.model().hasChildren(index):
                words.setRight(words.right() - self._fold(painter, box, index))
            self._words(painter, words, index, option.state, chosen)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, chosen: bool) -> None:
        hovered = bool(state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), tokens.RADIUS, tokens.RADIUS)

    def _fold(self, painter: QPainter, box: QRect, index: Index) -> int:
        """Draw the mark that folds; how much room it takes."""
        mark = QRect(0, 0, _SMALL_ICON, _SMALL_ICON)
        mark.moveCenter(box.center())
        mark.moveRight(box.right() - 8)
        opened = self._tree.isExpanded(index)
        icon("chevron-down" if opened else "chevron-right", "secondary").paint(painter, mark)
        return _SMALL_ICON + 6

    def _words(self, painter: QPainter, words: QRect, index: Index, state: QStyle.StateFlag, chosen: bool) -> None:
        font = QFont(painter.font())
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        unfolded = index.model().hasChildren(index) and self._tree.isExpanded(index)
        if (count := index.data(_COUNT)) and not unfolded:
            number = str(count)
            painter.setPen(tokens.colour("on_selection" if chosen else "secondary"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
            words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(number) - 8)
        ink = "on_selection" if chosen else "text" if state & QStyle.StateFlag.State_Enabled else "border"
        painter.setPen(tokens.colour(ink))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
