"""A part of a pack beside the form in which it is put together: drawn anew whenever something in the form changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from handover.errors import Cancelled, HandoverError
from handover.i18n import tr
from handover.jobs import Progress
from handover.pack.packs.defined import PackAsked, contents_asked
from handover.pack.packs.preview import COVER, preview_of
from handover.pack.produce import language_of
from handover.preview.pages import DrawnPage, File, page
from ui.shell.drawn_page import show_page
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from ui.shell.jobs import Job

#: So long after the last change a page is drawn, in milliseconds.
_SETTLE_MS = 120
#: The page in view and the one behind it are set, so that one can turn on.
_AHEAD = 2
_WIDTH, _HEIGHT = 330, 440


class PackPreview(QWidget):
    """Shows the pages of one part of a pack, or its cover.

    Args:
        asked: what the form asks for at the moment.

    Signals:
        shown: a page, or why there is none, stands there.
    """

    shown = Signal()

    def __init__(self, context: Context, asked: Callable[[], PackAsked], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._what_is_asked = context, asked
        self._folder = TemporaryDirectory(prefix="handover-preview-", ignore_cleanup_errors=True)
        self.part = COVER
        self.number, self.count = 0, 1
        self._job: Job | None = None
        self._wanted = 0
        self.sheet = QLabel(self)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setWordWrap(True)
        self.sheet.setFixedSize(_WIDTH, _HEIGHT)
        role(self.sheet, "page")
        self.title = QLabel(tr("Preview"), self)
        role(self.title, "small")
        self.back = self._tool("chevron-left", tr("Previous page"), -1)
        self.on = self._tool("chevron-right", tr("Next page"), 1)
        self.of = QLabel(self)
        role(self.of, "secondary")
        turning = QHBoxLayout()
        turning.setSpacing(SPACE)
        turning.addWidget(self.title, 1)
        for each in (self.back, self.of, self.on):
            turning.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(turning)
        column.addWidget(self.sheet)
        column.addStretch(1)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._draw)

    def _tool(self, picture: str, name: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.turn(step))
        return button

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT + 40)

    def look_at(self, part: str, title: str) -> None:
        """Show a part from its first page on."""
        self.part, self.number = part, 0
        self.title.setText(title.replace("&", "&&"))
        self.refresh()

    def refresh(self) -> None:
        """Draw it anew, once the form has come to rest."""
        if self._job is not None:
            self._job.cancel()
        if self.isVisible():
            self._settling.start(_SETTLE_MS)

    def turn(self, pages: int) -> None:
        """Some pages on, or back."""
        wanted = max(0, min(self.count - 1, self.number + pages))
        if wanted != self.number:
            self.number = wanted
            self.refresh()

    def stop(self) -> None:
        """Draw no more: the form is left."""
        self._settling.stop()
        if self._job is not None:
            self._job.cancel()
        self._folder.cleanup()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._settling.stop()
        super().hideEvent(event)

    @Slot()
    def _draw(self) -> None:
        self._wanted += 1
        wanted, part, number = self._wanted, self.part, self.number
        asked, workspace, project_code = self._what_is_asked(), self._context.workspace, self._context.project.code
        path = Path(self._folder.name) / f"{wanted}.pdf"
        width = int(_WIDTH * self.devicePixelRatioF())
        height = int(_HEIGHT * self.devicePixelRatioF())

        def draw(progress: Progress) -> tuple[int, DrawnPage | HandoverError, bool]:
            try:
                project = workspace.project(project_code)
                contents = contents_asked(workspace, project, asked)
                language = language_of(asked.language)
                there = preview_of(workspace, project, contents, part, language, path, progress, number + _AHEAD)
                file = File(tr("Preview"), path, "application/pdf")
                return wanted, page(file, number, width, height, progress), there.goes_on
            except Cancelled:
                raise
            except HandoverError as error:
                return wanted, error, False
            finally:
                path.unlink(missing_ok=True)

        self._job = self._context.run_job(
            tr("Drawing the preview"), draw, done=self._take, failed=self._forget, background=True
        )

    @Slot(object)
    def _forget(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._context.complain(error)

    @Slot(object)
    def _take(self, answer: tuple[int, DrawnPage | HandoverError, bool]) -> None:
        wanted, drawn, goes_on = answer
        if wanted != self._wanted:
            return
        self._job = None
        if isinstance(drawn, HandoverError):
            self.sheet.setPixmap(QPixmap())
            self.sheet.setText(str(drawn))
            self.sheet.setAccessibleName(str(drawn))
            self.number, self.count = 0, 1
        else:
            show_page(self.sheet, drawn, self.title.text())
            self.number, self.count = drawn.number, drawn.count
        self.of.setText(tr("{n} of {count}", n=self.number + 1, count=f"{self.count}+" if goes_on else self.count))
        self.back.setEnabled(self.number > 0)
        self.on.setEnabled(self.number < self.count - 1)
        self.shown.emit()
