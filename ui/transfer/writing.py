"""A dialog that writes files: a form, its progress in place, and in the end the way to what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.errors import HandoverError
from handover.i18n import tr, trn
from ui.shell.folders import documents_folder
from ui.shell.help import Help
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer import opening
from ui.transfer.notice import NoticeBox
from ui.transfer.work import WorkingDialog, WorkStrip

#: Where exports and packs went last; shared, since they usually go to the same place.
FOLDER = "packs"
_OPEN_AFTER = "packs/open_folder"
LANGUAGES = ("both", "zh", "en")


class LanguageBox(QComboBox):
    """The languages in which something can be written."""

    def __init__(self, parent: QWidget, wanted: str = LANGUAGES[0], codes: Sequence[str] = LANGUAGES) -> None:
        super().__init__(parent)
        for code in codes:
            self.addItem(language_name(code), code)
        self.setCurrentIndex(max(0, self.findData(wanted)))


class WritingDialog(WorkingDialog):
    """What the dialogs that write have in common. A subclass fills ``form`` and starts its work in ``write``."""

    def __init__(self, context: Context, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(580)
        self.context = context
        self.heading = QLabel(title, self)
        role(self.heading, "title")
        self.lead = QLabel(lead, self)
        role(self.lead, "secondary")
        self.lead.setWordWrap(True)
        self.notice = NoticeBox(self)
        self.form = QWidget(self)
        self.fields = QVBoxLayout(self.form)
        self.fields.setContentsMargins(0, 0, 0, 0)
        self.fields.setSpacing(SPACE * 3)
        self.written = QWidget(self)
        self._links = QVBoxLayout(self.written)
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(SPACE)
        self.written.hide()
        self.work = WorkStrip(context, self)
        self.go = QPushButton(self)
        role(self.go, "primary")
        self.leave = QPushButton(tr("Cancel"), self)
        self.open_after = QCheckBox(tr("Open the folder afterwards"), self)
        self.open_after.setChecked(bool(context.settings.get(_OPEN_AFTER, True)))
        self.open_after.toggled.connect(lambda on: context.settings.put(_OPEN_AFTER, on))
        self.open_after.hide()  # until a subclass offers it
        self._doomed: frozenset[Path] = frozenset()
        self._lay_out()
        self.go.clicked.connect(self.start)
        self.leave.clicked.connect(self.reject)
        self.work.busy_changed.connect(self._busy)
        self.work.stopped.connect(self._stopped)

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        for each in (self.heading, self.lead, self.notice, self.form, self.written):
            whole.addWidget(each)
        whole.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.work, 1)
        for button in (self.leave, self.go):
            button.setAutoDefault(False)
            foot.addWidget(button)
        whole.addLayout(foot)

    def offer_folder(self) -> None:
        """Offer, as the last field of the form, to open the folder once the files are written."""
        self.fields.addWidget(self.open_after)
        self.open_after.show()

    # -- to be filled -------------------------------------------------------------------------------------------------

    def verb(self) -> str:
        """What the button that writes says."""
        raise NotImplementedError

    def targets(self) -> Sequence[Path]:
        """The files that would be written; raises HandoverError when what is chosen can't be."""
        raise NotImplementedError

    def place(self) -> PathField:
        """The field that says where to."""
        raise NotImplementedError

    def write(self) -> None:
        """Start the work; it ends in ``show_written``."""
        raise NotImplementedError

    # -- writing ------------------------------------------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Write; ask first when files stand in the way."""
        if self.work.busy:
            return
        try:
            there = frozenset(p for p in self.targets() if p.exists())
        except HandoverError as error:
            self.notice.complain(error)
            self.grow()
            return
        if there and there != self._doomed:
            self._ask(there)
            return
        self.notice.say("")
        self.write()

    def _ask(self, there: frozenset[Path]) -> None:
        self._doomed = there
        names = tr(", ").join(sorted(p.name for p in there))
        self.notice.say(
            trn(
                "{n} file is already there and would be replaced: {names}.",
                "{n} files are already there and would be replaced: {names}.",
                len(there),
                names=names,
            ),
            "warning",
        )
        self.go.setText(trn("Replace {n} file", "Replace {n} files", len(there)))
        self.go.setFocus()
        self.grow()

    def grow(self) -> None:
        """Make room for what has come into view."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def forget_question(self) -> None:
        """What is to be written changed: the question, if one was asked, no longer stands."""
        if self._doomed:
            self._doomed = frozenset()
            self.notice.say("")
        self.go.setText(self.verb())

    def show_written(self, sentence: str, files: Sequence[Path]) -> None:
        """The work is done: say so, with links to the files and their folder."""
        self._doomed = frozenset()
        self.notice.say(sentence, "ok")
        self.form.hide()
        self.lead.hide()
        for path in files:
            self._link(tr("Open {file}", file=path.name), "external-link", path, opening.open_file)
        self._link(tr("Open the folder {folder}", folder=str(files[0].parent)), "folder-open", files[0],
                   opening.open_folder)  # fmt: skip
        self._link(trn("Copy the path", "Copy the paths", len(files)), "copy", files[0],
                   lambda _first: self._copy_paths(files))  # fmt: skip
        self.written.show()
        self.go.hide()
        self.leave.setText(tr("Close"))
        self.leave.setFocus()
        self.resize(self.width(), self.sizeHint().height())
        if self.open_after.parentWidget() is self.form and self.open_after.isChecked():
            opening.open_folder(files[0])

    def _link(self, text: str, picture: str, path: Path, do: Callable[[Path], bool]) -> None:
        button = QPushButton(text.replace("&", "&&"), self.written)
        role(button, "link")
        button.setIcon(icon(picture, "accent"))
        button.setAutoDefault(False)
        button.setToolTip(str(path))
        button.clicked.connect(lambda _=False: self._open(path, do))
        self._links.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self, path: Path, do: Callable[[Path], bool]) -> None:
        if not do(path):
            self.notice.say(tr("This system has no program that opens {file}.", file=path.name), "warning")

    def _copy_paths(self, files: Sequence[Path]) -> bool:
        """Put the whole paths on the clipboard, a line each."""
        QGuiApplication.clipboard().setText("\n".join(str(path.absolute()) for path in files))
        self.notice.say(trn("The path is on the clipboard.", "The paths are on the clipboard.", len(files)), "ok")
        return True

    def fail(self, error: BaseException) -> None:
        """Show in place why nothing was written."""
        if isinstance(error, HandoverError):
            self.notice.complain(error, self._write_to)
            self.grow()
        else:
            self.context.complain(error)

    def _write_to(self, path: Path) -> None:
        """Write what couldn't be written under another name."""
        self.place().edit.setText(str(path))
        self.start()

    @Slot()
    def _stopped(self) -> None:
        self.notice.say(tr("Stopped. Nothing was written."), "info")
        self.grow()

    @Slot(bool)
    def _busy(self, busy: bool) -> None:
        # Meanwhile the line of the buttons is for the progress and for Stop.
        self.work.setMinimumHeight(self.go.sizeHint().height())
        self.leave.setVisible(not busy)
        self.go.setVisible(not busy)
        self.form.setEnabled(not busy)
        if not busy:
            self.go.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            Help(("export",), (), self).open()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grow()


class PathField(QWidget):
    """A path that can be typed or chosen.

    Args:
        folder: whether it is a folder; else it is a file to be written.
    """

    def __init__(self, title: str, path: Path, *, folder: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._folder = title, folder
        self.edit = QLineEdit(str(path), self)
        self.edit.setAccessibleName(title)
        self.browse = QPushButton(tr("Choose…"), self)
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName(tr("Choose: {what}", what=title))
        self.browse.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.edit, 1)
        row.addWidget(self.browse)
        self.setFocusProxy(self.edit)

    def path(self) -> Path:
        """What stands there; relative to the folder of documents where it isn't a whole path."""
        path = Path(self.edit.text().strip()).expanduser()
        return path if path.is_absolute() else documents_folder() / path

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._title, str(self.path()))
        if self._folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()


def language_name(code: str) -> str:
    """A language of what is written, by its code."""
    return {"en": "English", "zh": "中文"}.get(code) or tr("Chinese and English")


def last_folder(context: Context) -> Path:
    """The folder of the last export or pack; the workspace's own at first."""
    kept = context.settings.get(FOLDER, "")
    return Path(kept) if kept else context.workspace.path.parent
