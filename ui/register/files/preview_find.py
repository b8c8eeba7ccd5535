"""Finding a text in the file that is looked at: a field, the places one after the other, marks on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from handover.errors import Cancelled, HandoverError
from handover.i18n import tr
from handover.jobs import Progress
from handover.preview.pages import PlaceOnPage, TextFound, find
from handover.registers.files.attached_files import FileRow
from handover.registers.files.opening_files import to_show
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from ui.shell.jobs import Job


class PageSheet(QLabel):
    """A page with marks over some places of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: Sequence[PlaceOnPage] = ()
        self._here: Sequence[PlaceOnPage] = ()

    def mark(self, places: Sequence[PlaceOnPage], here: Sequence[PlaceOnPage] = ()) -> None:
        """Mark places of the page, and one of them as the one in hand."""
        self._places, self._here = places, here
        self.update()

    def where(self, place: PlaceOnPage) -> QRectF:
        """A place of the page on the widget."""
        size = self.pixmap().deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        x1, y1, x2, y2 = place
        return QRectF(left + x1 * size.width(), top + y1 * size.height(),
                      (x2 - x1) * size.width(), (y2 - y1) * size.height())  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._places or self.pixmap().isNull():
            return
        painter = QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        # The page is white whatever the theme is.
        painter.setBrush(QColor(tokens.LIGHT.warning_soft).darker(108))
        for place in self._places:
            painter.drawRect(self.where(place).adjusted(-1, -1, 1, 1))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("accent"), 2))
        for place in self._here:
            painter.drawRect(self.where(place).adjusted(-2, -2, 2, 2))
        painter.end()


class FindBar(QWidget):
    """Asks for a text and goes through the places where it stands.

    Signals:
        moved: another place is in hand, or none; the page of it, -1 for none.
        found: an answer has come.
    """

    moved = Signal(int)
    found = Signal()

    def __init__(self, context: Context, file: Callable[[], FileRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._file = context, file
        self.hits: list[TextFound] = []
        self.at = -1
        self._asked = ""
        self._job: Job | None = None
        self.edit = _FindEdit(self)
        self.edit.setPlaceholderText(tr("Find in this file"))
        self.edit.setAccessibleName(tr("Find in this file"))
        self.edit.setClearButtonEnabled(True)
        self.edit.returnPressed.connect(self.enter)
        self.edit.back.connect(lambda: self.go(-1))
        self.edit.textChanged.connect(self._changed)
        self.said = QLabel(self)
        role(self.said, "secondary")
        self.before = self._tool("chevron-up", tr("Previous place"), -1)
        self.after = self._tool("chevron-down", tr("Next place"), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, 0, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE)
        row.addWidget(self.edit, 1)
        row.addWidget(self.said)
        row.addWidget(self.before)
        row.addWidget(self.after)
        self._say()

    def open(self) -> None:
        """Show it and type into it."""
        self.show()
        self.edit.setFocus()
        self.edit.selectAll()

    def clear(self) -> None:
        """Another file is in view: what was found doesn't hold for it."""
        self.stop()
        self.hits, self.at, self._asked = [], -1, ""
        self._say()
        self.moved.emit(-1)

    def stop(self) -> None:
        """Call off what is asked."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @Slot()
    def enter(self) -> None:
        """Ask for what is typed; when that was asked already, go to the next place."""
        text = self.edit.text().strip()
        if text and text == self._asked:
            self.go(1)
        elif text:
            self._ask(text)

    def go(self, places: int) -> None:
        """Some places on, or back; behind the last stands the first."""
        if self.hits:
            self.at = (self.at + places) % len(self.hits)
            self._say()
            self.moved.emit(self.hits[self.at].number)

    def places_on(self, page: int) -> tuple[list[PlaceOnPage], list[PlaceOnPage]]:
        """All places on a page, and those of the one in hand."""
        everywhere = [place for hit in self.hits if hit.number == page for place in hit.places]
        now = self.hits[self.at] if 0 <= self.at < len(self.hits) else None
        return everywhere, list(now.places) if now is not None and now.number == page else []

    def _ask(self, text: str) -> None:
        self.stop()
        self._asked = text
        file = self._file()
        self.said.setText(tr("Looking…"))

        def look(progress: Progress) -> tuple[str, list[TextFound] | HandoverError]:
            try:
                return text, find(to_show(file), text, progress)
            except Cancelled:
                raise
            except HandoverError as error:
                return text, error

        self._job = self._context.run_job(
            tr("Looking in {file}", file=file.name), look, done=self._take, failed=self._excuse, background=True
        )

    @Slot(object)
    def _take(self, answer: tuple[str, list[TextFound] | HandoverError]) -> None:
        text, found = answer
        if text != self._asked:
            return
        self._job = None
        self.hits = found if isinstance(found, list) else []
        self.at = 0 if self.hits else -1
        self._say(str(found) if isinstance(found, HandoverError) else "")
        self.moved.emit(self.hits[0].number if self.hits else -1)
        self.found.emit()

    @Slot(object)
    def _excuse(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._context.complain(error)

    @Slot(str)
    def _changed(self, text: str) -> None:
        if not text.strip():
            self.clear()

    def _say(self, instead: str = "") -> None:
        said = tr("{n} of {all}", n=self.at + 1, all=len(self.hits)) if self.hits else ""
        self.said.setText(instead or said or (tr("It isn't in this file.") if self._asked else ""))
        for button in (self.before, self.after):
            button.setEnabled(len(self.hits) > 1)

    def _tool(self, picture: str, name: str, places: int) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.go(places))
        return button


class _FindEdit(QLineEdit):
    """Enter goes on, Shift with it goes back, Escape clears before it closes the window.

    Signals:
        back: Shift+Enter.
    """

    back = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.back.emit()
        elif enter:
            self.returnPressed.emit()  # heard here: the dialog would press a button
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
