"""The fields of a row in one or two columns, as there is room, under headings that fold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from handover.i18n import tr, trn
from ui.register.details.fieldbox import RowFieldBox
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TWO_COLUMNS = 520


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields that belong together; ``key`` is empty for those at the top, which stand under no heading."""

    key: str
    title: str
    boxes: tuple[RowFieldBox, ...]


class SectionHead(QToolButton):
    """The heading of a section: a click, Space or Enter folds it, and so do the arrows to the left and right.

    Signals:
        folded: whether the section is now folded, by the user's hand.
    """

    folded = Signal(bool)

    def __init__(self, section: FormSection, body: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._section, self._body = section, body
        self.is_folded = False
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setIconSize(QSize(14, 14))
        role(self, "section")
        self.clicked.connect(lambda: self.fold(not self.is_folded, by_hand=True))
        self.tell()

    def fold(self, folded: bool, *, by_hand: bool = False) -> None:
        """Fold the section or open it."""
        if folded == self.is_folded:
            return
        self.is_folded = folded
        self._body.setVisible(not folded)
        self.tell()
        if by_hand:
            self.folded.emit(folded)

    def tell(self) -> None:
        """Say what the section is called, and of a folded one how much stands in it."""
        filled = sum(bool(box.text()) for box in self._section.boxes)
        title = self._section.title
        said = trn("{section} · {n} filled in", "{section} · {n} filled in", filled, section=title)
        self.setText(said if self.is_folded and filled else title)
        self.setIcon(icon("chevron-right" if self.is_folded else "chevron-down", "secondary"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(tr("Folded") if self.is_folded else tr("Unfolded"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(event.key()))
        if wanted is not None:
            self.fold(wanted, by_hand=True)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class SectionBody(QWidget):
    """The fields of a section in reading order; long text goes over both columns."""

    def __init__(self, boxes: Sequence[RowFieldBox], parent: QWidget) -> None:
        super().__init__(parent)
        self._boxes = boxes
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE * 4)
        self._grid.setVerticalSpacing(SPACE * 3)

    def set(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        row = column = 0
        for box in self._boxes:
            if box.wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, columns if box.wide else 1)
            column += columns if box.wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for each in range(2):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)


class FormGrid(QScrollArea):
    """A form whose sections lie under each other; two columns from a certain width on.

    Signals:
        folded: a section by its key, and whether it is now folded, by the user's hand.
    """

    folded = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget(self)
        self._body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        self._column.setSpacing(SPACE * 3)
        self.setWidget(self._body)
        self._parts: list[SectionBody] = []
        #: The headings of the sections, by key.
        self.heads: dict[str, SectionHead] = {}
        self._columns = 0

    def take(self, boxes: Sequence[RowFieldBox]) -> None:
        """Show these boxes without headings."""
        self.take_sections([FormSection("", "", tuple(boxes))])

    def take_sections(self, sections: Sequence[FormSection], folded: Collection[str] = ()) -> None:
        """Show these sections.

        Args:
            folded: the keys of those that begin folded.
        """
        before: QWidget | None = None
        for section in sections:
            body = SectionBody(section.boxes, self._body)
            in_order: list[QWidget] = [box.editor for box in section.boxes]
            if section.key:
                head = self._head(section, body)
                head.fold(section.key in folded)
                in_order.insert(0, head)
            self._column.addWidget(body)
            self._parts.append(body)
            for box in section.boxes:
                box.in_trouble.connect(lambda key=section.key: self.reveal(key))
                box.editor.installEventFilter(self)
            for widget in in_order:
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        self._column.addStretch(1)
        self._columns = 0
        self._set()

    def reveal(self, key: str) -> None:
        """Open a section, for what is to be seen in it; the user's choice is kept."""
        if key in self.heads:
            self.heads[key].fold(False)

    def tell(self) -> None:
        """Say anew how much stands in the sections that are folded."""
        for head in self.heads.values():
            head.tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            # A section that was just opened gets its place first.
            QTimer.singleShot(0, watched, lambda: self._bring_into_view(watched))
        return super().eventFilter(watched, event)

    def _bring_into_view(self, editor: QWidget) -> None:
        box = editor.parentWidget()
        if editor.hasFocus() and box is not None:
            self.ensureWidgetVisible(box, 0, SPACE * 2)

    def _head(self, section: FormSection, body: QWidget) -> SectionHead:
        head = SectionHead(section, body, self._body)
        head.folded.connect(lambda folded, key=section.key: self.folded.emit(key, folded))
        self._column.addWidget(head)
        self.heads[section.key] = head
        return head

    def _set(self) -> None:
        columns = 2 if self.viewport().width() >= _TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            for part in self._parts:
                part.set(columns)
