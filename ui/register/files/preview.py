"""Looking at the PDFs and pictures of a row inside the program: page by page, larger and smaller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from handover.errors import Cancelled, HandoverError
from handover.file_types import is_shown
from handover.i18n import tr
from handover.jobs import Progress
from handover.preview.pages import DrawnPage, page
from handover.registers.files.attached_files import FileRow
from handover.registers.files.opening_files import to_show
from ui.register.files.preview_find import FindBar, PageSheet
from ui.shell.dialog import Dialog
from ui.shell.drawn_page import show_page
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import number_box, role
from ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from ui.shell.jobs import Job

_ZOOMS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_SETTLE_MS = 120


class Preview(Dialog):
    """Shows one file of several, one page at a time; a page is drawn in a confined child, off the window's thread.

    Signals:
        open_wanted: the key of a file that its own program shall open.
        shown: a page, or why there is none, stands there.
    """

    open_wanted = Signal(str)
    shown = Signal()

    def __init__(self, context: Context, files: Sequence[FileRow], at: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._files, self._at = list(files), at
        self._zoom = 0.0  # 0: as wide as there is room
        self._job: Job | None = None
        self._asked = 0
        self.number, self.count = 0, 1
        self.resize(900, 700)
        self._make_parts()
        self._lay_out()
        for keys, run in (
            ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+=", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)),
            ("Ctrl+0", self.fit),
            ("PgDown", lambda: self.turn(1)),
            ("PgUp", lambda: self.turn(-1)),
            ("Alt+Right", lambda: self.step(1)),
            ("Alt+Left", lambda: self.step(-1)),
            ("Ctrl+F", self.look_for),
        ):
            QShortcut(QKeySequence(keys), self, run)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._ask)
        self._show_file()

    # -- what the user does -------------------------------------------------------------------------------------

    def turn(self, pages: int) -> None:
        """Some pages on, or back."""
        wanted = max(0, min(self.count - 1, self.number + pages))
        if wanted != self.number:
            self.number = wanted
            self.page_box.setValue(wanted + 1)

    def step(self, files: int) -> None:
        """Some files on, or back."""
        wanted = max(0, min(len(self._files) - 1, self._at + files))
        if wanted != self._at:
            self._at = wanted
            self._show_file()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by steps."""
        now = self._zoom or 1.0
        larger = [z for z in _ZOOMS if z > now + 0.01]
        smaller = [z for z in _ZOOMS if z < now - 0.01]
        self._zoom = (larger[0] if larger else now) if steps > 0 else (smaller[-1] if smaller else now)
        self._ask()

    def look_for(self) -> None:
        """Find a text in the file; a picture has none."""
        if self.search.isVisibleTo(self):
            self.finding.open()

    def fit(self) -> None:
        """As wide as there is room."""
        self._zoom = 0.0
        self._ask()

    @property
    def file(self) -> FileRow:
        """The file in view."""
        return self._files[self._at]

    # -- drawing ------------------------------------------------------------------------------------------------

    def _show_file(self) -> None:
        self.number, self.count = 0, 1
        self.setWindowTitle(tr("Preview of {file}", file=self.file.name))
        has_text = self.file.media_type == "application/pdf"
        self.search.setVisible(has_text)
        self.finding.clear()
        self.finding.setVisible(has_text and self.finding.isVisibleTo(self))
        self.name.setText(self.file.name)
        self.name.setToolTip(self.file.caption or self.file.name)
        several = len(self._files) > 1
        for button, there in ((self.before, self._at > 0), (self.after, self._at < len(self._files) - 1)):
            button.setVisible(several)
            button.setEnabled(there)
        self._say_pages()
        if self.isVisible():
            self._ask()

    @Slot()
    def _ask(self) -> None:
        """Have the page drawn; what was asked before is called off."""
        if self._job is not None:
            self._job.cancel()
        self._asked += 1
        number, asked, file = self.number, self._asked, self.file
        width, height = self._wanted_size()
        self.percent.setText(tr("Fit") if not self._zoom else f"{self._zoom:.0%}")

        def draw(progress: Progress) -> tuple[int, DrawnPage | HandoverError]:
            try:
                return asked, page(to_show(file), number, width, height, progress)
            except Cancelled:
                raise
            except HandoverError as error:
                return asked, error

        self._job = self._context.run_job(
            tr("Drawing {file}", file=file.name), draw, done=self._take, failed=self._forget, background=True
        )

    def _wanted_size(self) -> tuple[int, int]:
        """How wide and high in pixels; a page is as wide as there is room, a picture as a whole."""
        room = self.ground.viewport().size() - QSize(SPACE * 4, SPACE * 4)
        scale = (self._zoom or 1.0) * self.devicePixelRatioF()
        whole = self.file.media_type.startswith("image/")
        return int(max(200, room.width()) * scale), int(max(200, room.height()) * scale) if whole else 0

    @Slot(object)
    def _forget(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._context.complain(error)

    @Slot(object)
    def _take(self, answer: tuple[int, DrawnPage | HandoverError]) -> None:
        asked, drawn = answer
        if asked != self._asked:
            return
        self._job = None
        if isinstance(drawn, HandoverError):
            self.sheet.setPixmap(QPixmap())
            self.sheet.mark(())
            self.sheet.setText(str(drawn))
            self.sheet.resize(self.ground.viewport().size() - QSize(SPACE * 4, SPACE * 4))
        else:
            show_page(self.sheet, drawn, self.file.name)
            self.sheet.resize(self.sheet.pixmap().deviceIndependentSize().toSize())
            self.number, self.count = drawn.number, drawn.count
            self._mark()
        self._say_pages()
        self.shown.emit()

    def _say_pages(self) -> None:
        self.page_box.blockSignals(True)
        self.page_box.setRange(1, self.count)
        self.page_box.setValue(self.number + 1)
        self.page_box.blockSignals(False)
        self.of.setText(tr("of {n}", n=self.count))
        for each in (self.page_box, self.of, self.up, self.down):
            each.setVisible(self.count > 1)
        self.up.setEnabled(self.number > 0)
        self.down.setEnabled(self.number < self.count - 1)

    @Slot(int)
    def _go_to_place(self, page: int) -> None:
        """Turn to the page of a place that was found, and have it in view."""
        if page >= 0 and page != self.number:
            self.number = page
            self.page_box.setValue(page + 1)
        self._mark()

    def _mark(self) -> None:
        everywhere, here = self.finding.places_on(self.number)
        self.sheet.mark(everywhere, here)
        if here and not self.sheet.pixmap().isNull():
            middle = self.sheet.where(here[0]).center().toPoint()
            self.ground.ensureVisible(middle.x(), middle.y(), 80, 120)

    @Slot(int)
    def _page_typed(self, number: int) -> None:
        self.number = number - 1
        self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom and event.oldSize().isValid():
            self._settling.start(_SETTLE_MS)

    def done(self, result: int) -> None:
        if self._job is not None:
            self._job.cancel()
        self.finding.stop()
        super().done(result)

    # -- making -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.name = QLabel(self)
        role(self.name, "lead")
        self.name.setMinimumWidth(80)
        self.before = self._tool("arrow-left", tr("Previous file"), "Alt+Left", lambda: self.step(-1))
        self.after = self._tool("arrow-right", tr("Next file"), "Alt+Right", lambda: self.step(1))
        self.up = self._tool("chevron-up", tr("Previous page"), "PgUp", lambda: self.turn(-1))
        self.down = self._tool("chevron-down", tr("Next page"), "PgDown", lambda: self.turn(1))
        self.page_box = number_box(self)
        self.page_box.setAccessibleName(tr("Page"))
        self.page_box.setKeyboardTracking(False)
        self.page_box.setFixedWidth(72)
        self.page_box.valueChanged.connect(self._page_typed)
        self.of = QLabel(self)
        role(self.of, "secondary")
        self.smaller = self._tool("zoom-out", tr("Smaller"), "Ctrl+-", lambda: self.zoom(-1))
        self.larger = self._tool("zoom-in", tr("Larger"), "Ctrl++", lambda: self.zoom(1))
        self.fitting = self._tool("maximize-2", tr("As wide as there is room"), "Ctrl+0", self.fit)
        self.percent = QLabel(self)
        self.percent.setFixedWidth(48)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        role(self.percent, "secondary")
        self.search = self._tool("search", tr("Find in this file"), "Ctrl+F", self.look_for)
        self.finding = FindBar(self._context, lambda: self.file, self)
        self.finding.moved.connect(self._go_to_place)
        self.finding.hide()
        self.open_button = self._tool("external-link", tr("Open in its own program"), "", self._open)
        self.sheet = PageSheet(self)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setWordWrap(True)
        role(self.sheet, "page")
        self.ground = QScrollArea(self)
        self.ground.setAccessibleName(tr("Page"))
        self.ground.setAlignment(Qt.AlignmentFlag.AlignCenter)
        role(self.ground, "ground")
        # Always there, so that a page that needs it isn't drawn for a width that its bar takes away.
        self.ground.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.ground.setWidget(self.sheet)
        self.ground.viewport().installEventFilter(self)

    def _tool(self, picture: str, name: str, keys: str, run: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{name} ({shown})" if shown else name)
        button.setAccessibleName(name)
        button.clicked.connect(run)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 4, SPACE * 2, SPACE * 3, SPACE * 2)
        row.setSpacing(SPACE)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.name, 1)
        turning: tuple[QWidget, ...] = (self.up, self.down, self.page_box, self.of)
        sizing: tuple[QWidget, ...] = (self.smaller, self.percent, self.larger, self.fitting, self.search,
                                       self.open_button)  # fmt: skip
        for each in turning:
            row.addWidget(each)
        row.addSpacing(SPACE * 3)
        for each in sizing:
            row.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self.finding)
        whole.addWidget(self.ground, 1)
        self.ground.setFocus()

    def _open(self) -> None:
        self.open_wanted.emit(self.file.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and event.modifiers() & Qt.KeyboardModifier.ControlModifier:  # type: ignore[attr-defined]  # a wheel has them
            self.zoom(1 if event.angleDelta().y() > 0 else -1)  # type: ignore[attr-defined]  # as above
            return True
        return super().eventFilter(watched, event)


def can_preview(file: FileRow) -> bool:
    """Whether there is something to be shown of a file."""
    return is_shown(file.media_type)
