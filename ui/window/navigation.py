"""The navigation at the left: the project on top, the chapters below, icons alone where the window is narrow."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trn
from ui.shell.chapters import chapters
from ui.shell.page import Context, ProjectInHand
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_WIDE, _NARROW = 244, 56
_KEY = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1


class _Entries(QStyledItemDelegate):
    """Draws an entry: a bar and a ground where one is, its icon, its name and the number of open rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, SPACE * 3 if not index.data(_KEY) else 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not index.data(_KEY):
            painter.fillRect(QRect(rect.left() + 12, rect.center().y(), rect.width() - 24, 1), tokens.colour("line"))
            painter.restore()
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        box = rect.adjusted(8, 1, -8, -1)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), tokens.RADIUS, tokens.RADIUS)
        picture = QRect(0, 0, tokens.ICON, tokens.ICON)
        picture.moveCenter(box.center())
        if not self.narrow:
            picture.moveLeft(box.left() + 10)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, picture)
        if not self.narrow:
            painter.setFont(option.font)
            self._words(painter, box.adjusted(picture.right() - box.left() + 11, 0, -10, 0), index, chosen)
        painter.restore()

    def _words(self, painter: QPainter, words: QRect, index: QModelIndex | QPersistentModelIndex, chosen: bool) -> None:
        font = QFont(painter.font())
        if chosen:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        if count := index.data(_COUNT):
            number = str(count)
            painter.setPen(tokens.colour("on_selection" if chosen else "secondary"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
            words.setRight(words.right() - painter.fontMetrics().horizontalAdvance(number) - 8)
        painter.setPen(tokens.colour("on_selection" if chosen else "text"))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Navigation(QWidget):
    """The list of chapters and the project switcher.

    Signals:
        wanted: the key of a page that was chosen.
        project_wanted: the id of a project that was chosen.
        new_project_wanted, properties_wanted: from the switcher's menu.
    """

    wanted = Signal(str)
    project_wanted = Signal(str)
    new_project_wanted = Signal()
    properties_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._projects: tuple[ProjectInHand, ...] = ()
        self._counts: Mapping[str, int] = {}
        role(self, "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE * 2, 0, SPACE * 2)
        whole.setSpacing(SPACE * 2)
        self.switcher = QToolButton(self)
        role(self.switcher, "switcher")
        self.switcher.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.switcher.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.switcher.setIcon(icon("factory", "accent"))
        self.switcher.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.switcher.setMinimumHeight(40)
        self.switcher.setMenu(QMenu(self.switcher))
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 2, 0, SPACE * 2, 0)
        row.addWidget(self.switcher)
        whole.addLayout(row)
        self.list = QListWidget(self)
        role(self.list, "navigation")
        self._delegate = _Entries(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        whole.addWidget(self.list, 1)
        self.narrow = False
        self.set_narrow(False)
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with names."""
        self.narrow = self._delegate.narrow = narrow
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        role(self.switcher, "" if narrow else "switcher")
        self.switcher.style().unpolish(self.switcher)
        self.switcher.style().polish(self.switcher)
        self.switcher.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self._name_switcher()
        self.list.viewport().update()

    def retranslate(self) -> None:
        """Name everything in the language in force."""
        self.list.setAccessibleName(tr("Chapters"))
        current = self.current
        self.list.clear()
        group = None
        for number, chapter in enumerate(chapters(), 1):
            if group is not None and chapter.group != group:
                gap = QListWidgetItem(self.list)
                gap.setFlags(Qt.ItemFlag.NoItemFlags)
            group = chapter.group
            item = QListWidgetItem(icon(chapter.icon), chapter.label, self.list)
            item.setData(_KEY, chapter.key)
            item.setToolTip(tr("{page} (Ctrl+{n})", page=chapter.label, n=number) if number < 10 else chapter.label)
        self.show_counts(self._counts)
        self.show_current(current)
        self.show_projects(self._projects)

    @property
    def current(self) -> str:
        """The key of the entry that is marked."""
        item = self.list.currentItem()
        return str(item.data(_KEY) or "") if item else ""

    def show_current(self, key: str) -> None:
        """Mark the entry of a page."""
        for at in range(self.list.count()):
            if self.list.item(at).data(_KEY) == key:
                self.list.setCurrentRow(at)
                return
        self.list.setCurrentRow(-1)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many open rows each chapter has, by key."""
        self._counts = counts
        for at in range(self.list.count()):
            item = self.list.item(at)
            count = counts.get(item.data(_KEY) or "", 0)
            item.setData(_COUNT, count)
            name = item.text()
            said = trn("{page}, {n} open", "{page}, {n} open", count, page=name) if count else name
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)

    def show_projects(self, projects: tuple[ProjectInHand, ...]) -> None:
        """Offer the projects of the workspace."""
        self._projects = projects
        menu = self.switcher.menu()
        menu.clear()
        here = self._context.project.id if self._context.has_project else ""
        for project in projects:
            action = menu.addAction(tr("{code}  {name}", code=project.code, name=project.name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(project.id == here)
            action.triggered.connect(lambda _=False, key=project.id: self.project_wanted.emit(key))
        menu.addSeparator()
        properties = menu.addAction(icon("pencil"), tr("Project properties…"), self.properties_wanted.emit)
        properties.setEnabled(bool(here))
        menu.addAction(icon("plus"), tr("New project…"), self.new_project_wanted.emit).setEnabled(
            not self._context.read_only
        )
        self._name_switcher()

    def _name_switcher(self) -> None:
        name = self._context.project.name if self._context.has_project else tr("No project")
        room = _WIDE - 92
        self.switcher.setText(
            self.switcher.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
        )
        self.switcher.setToolTip(tr("Project: {name}", name=name))
        self.switcher.setAccessibleName(tr("Project: {name}", name=name))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        if key := item.data(_KEY):
            self.wanted.emit(key)
