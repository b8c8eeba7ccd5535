"""Small pictures of files, drawn some at a time off the window's thread, so that the first show soon."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.jobs import Progress
from handover.preview.pages import File, pictures
from handover.registers.files.attached_files import FileRow, Presence
from ui.register.files.file_list import PICTURE, FileModel
from ui.register.files.preview import can_preview
from ui.shell.page import Context

_AT_ONCE = 6


class SmallPictures(QObject):
    """Has the pictures drawn that a list of files still lacks, while the list is in view."""

    def __init__(self, context: Context, model: FileModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._model, self._widget = context, model, parent
        self._drawing = False

    @Slot()
    def draw(self) -> None:
        """Begin, unless it is at it."""
        some = self._lacking(self._model.files)
        if self._drawing or not some or not self._widget.isVisible():
            return
        side = int(PICTURE * self._widget.devicePixelRatioF())
        self._drawing = True

        def work(progress: Progress) -> dict[str, bytes | None]:
            hashes = {file: sha256 for sha256, file in some.items()}
            drawn = pictures(list(hashes), side, progress)
            return {hashes[file]: png if isinstance(png, bytes) else None for file, png in drawn}

        job = self._context.run_job(tr("Drawing small pictures"), work, done=self._take, background=True)
        job.ended.connect(self._drawn)

    def _lacking(self, files: Sequence[FileRow]) -> dict[str, File]:
        wanted = {
            file.sha256: File(file.name, file.place, file.media_type)
            for file in files
            if file.presence is Presence.HERE and can_preview(file) and file.sha256 not in self._model.pictures
        }
        return dict(list(wanted.items())[:_AT_ONCE])

    @Slot(object)
    def _take(self, drawn: dict[str, bytes | None]) -> None:
        for sha256, png in drawn.items():
            picture = QPixmap()
            self._model.show_picture(sha256, picture if png and picture.loadFromData(png, "PNG") else None)

    @Slot()
    def _drawn(self) -> None:
        self._drawing = False
        QTimer.singleShot(0, self, self.draw)
