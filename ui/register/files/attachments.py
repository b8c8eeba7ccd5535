"""The files of a row beside its details: listed with small pictures, added, looked at, opened, removed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from handover.errors import Cancelled
from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.registers.declare import Register
from handover.registers.files.attached_files import Budget, FileRow, Presence, budget, files_of, why_closed
from handover.store.files.incoming_file import size_words
from ui.register.details.tab import RowTab
from ui.register.files.file_acts import FileActs
from ui.register.files.file_list import FileList, FileModel
from ui.register.files.preview import Preview, can_preview
from ui.register.files.small_pictures import SmallPictures
from ui.shell.jobs import Job
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class _Answer(NamedTuple):
    asked: int
    files: list[FileRow]
    removed: int
    closed: str
    used: Budget


class AttachmentsPanel(RowTab):
    """The files of one row.

    Signals:
        shown: the files of the row stand there.
    """

    shown = Signal()

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register = context, register
        self._row_id = ""
        self._asked = 0
        self._closed = ""
        self._reading: Job | None = None
        self.acts = FileActs(context, register, self)
        self.preview: Preview | None = None
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Files"))
        self._make_parts()
        self._lay_out()
        self._connect()

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_row(self, row_id: str) -> None:
        """Show the files of a row; none where several are chosen."""
        if row_id != self._row_id:
            self.bin_switch.setChecked(False)
            self.model.show_files([])
        self._row_id = self.acts.row_id = row_id
        self._asked += 1
        asked, workspace, project = self._asked, self._context.workspace, self._context.project.id
        register, binned = self._register, self.bin_switch.isChecked()
        if not row_id:
            self._closed = tr("Choose one row to see its files.")
            self._take(_Answer(asked, [], 0, self._closed, Budget(0, 0, 0)))
            return

        def read(progress: Progress) -> _Answer:
            files = files_of(workspace, row_id, progress, binned=binned)
            removed = len(files) if binned else len(files_of(workspace, row_id, progress, binned=True))
            return _Answer(asked, files, removed, why_closed(workspace, register, row_id), budget(workspace, project))

        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._context.run_job(
            tr("Reading"), read, done=self._take, failed=self._excuse, background=True
        )

    @Slot(object)
    def _excuse(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._context.complain(error)

    @Slot(object)
    def _take(self, answer: _Answer) -> None:
        if answer.asked != self._asked:
            return
        self._reading = None
        chosen = {file.id for file in self.chosen()}
        self._closed = answer.closed
        self.model.show_files(answer.files)
        self._choose(chosen)
        missing = sum(file.kept == "stored" and file.presence is not Presence.HERE for file in answer.files)
        self.missing.setText(trn("{n} file isn't here.", "{n} files aren't here.", missing))
        for each in (self.missing, self.find_button):
            each.setVisible(bool(missing))
        self.find_button.setEnabled(not self._context.read_only)
        self.none.setText(self._empty())
        self.none.setVisible(not answer.files)
        self.list.setVisible(bool(answer.files))
        self.bin_switch.setVisible(bool(answer.removed) or self.bin_switch.isChecked())
        self.bin_switch.setText(tr("Removed ({n})", n=answer.removed))
        self.used.setText(self._budget(answer))
        self._follow()
        self.pictures.draw()
        self.shown.emit()

    def _empty(self) -> str:
        if not self._row_id:
            return self._closed
        if self.bin_switch.isChecked():
            return tr("No file of this row was removed.")
        if self._closed:
            return tr("No files.")
        return tr("No files yet. Drop files here, paste a picture, or add them with the button.")

    def _budget(self, answer: _Answer) -> str:
        if not self._row_id:
            return ""
        here = sum(file.size for file in answer.files)
        line = trn("{n} file, {size}", "{n} files, {size}", len(answer.files), size=size_words(here))
        return tr("{here} · whole project: {size}", here=line, size=size_words(answer.used.stored))

    def chosen(self) -> list[FileRow]:
        """The files that are selected, in their order."""
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.model.files[row] for row in rows if row < len(self.model.files)]

    def _choose(self, ids: set[str]) -> None:
        selection = self.list.selectionModel()
        rows = [n for n, file in enumerate(self.model.files) if file.id in ids]
        if not rows and self.model.files:
            rows = [0]
        for row in rows:
            selection.select(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)
        if rows and not self.list.currentIndex().isValid():
            selection.setCurrentIndex(self.model.index(rows[0]), QItemSelectionModel.SelectionFlag.NoUpdate)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pictures.draw()

    # -- what the user does -------------------------------------------------------------------------------------

    def open_chosen(self) -> None:
        """Open the selected files in their own programs."""
        for file in self.chosen()[:1]:
            self.acts.open(file)

    def preview_chosen(self) -> None:
        """Look at the selected file, or the first that can be looked at."""
        files = [f for f in self.model.files if can_preview(f) and f.presence in (Presence.HERE, Presence.CHANGED)]
        chosen = [f for f in self.chosen() if f in files]
        if not chosen:
            self._context.tell(tr("There is no preview of this file. Open it in its own program."))
            return
        self.preview = Preview(self._context, files, files.index(chosen[0]), self.window())
        self.preview.open_wanted.connect(self._open_by_key)
        self.preview.open()

    @Slot(str)
    def _open_by_key(self, key: str) -> None:
        for file in self.model.files:
            if file.id == key:
                self.acts.open(file)

    def remove_chosen(self) -> None:
        """Put the selected files into the bin, or take them out where the bin is in view."""
        files = self.chosen()
        if not files or self._refused():
            return
        if self.bin_switch.isChecked():
            self.acts.restore(files)
        else:
            self.acts.remove(files)

    def rename_chosen(self) -> None:
        """Ask for another name and caption of the selected file."""
        files = self.chosen()
        if len(files) == 1 and not self._refused():
            self.acts.rename(files[0])

    def move_chosen(self, places: int) -> None:
        """Move the selected file up or down."""
        files = self.chosen()
        if len(files) == 1 and not self.bin_switch.isChecked() and not self._refused():
            self.acts.move(files[0], places)

    def save_chosen(self) -> None:
        """Ask where to write the selected file."""
        for file in self.chosen()[:1]:
            self.acts.save(file)

    def paste(self) -> None:
        """Attach what is on the clipboard."""
        if not self._refused():
            self.acts.paste()

    def _refused(self) -> bool:
        """Whether the files of the row can't be changed; says why."""
        if self._closed:
            self._context.tell(self._closed)
        return bool(self._closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, wherever in the panel the focus is: what its parts don't take comes here."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.list.isHidden():
            self.list.setFocus(event.reason())

    # -- dropping -----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.acts.takes(event.mimeData()) and not self._closed:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._closed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._closed:
            return
        event.acceptProposedAction()
        link = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) or (
            event.dropAction() == Qt.DropAction.LinkAction
        )
        self.acts.drop(event.mimeData(), link=link)

    # -- making -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.model = FileModel(self)
        self.pictures = SmallPictures(self._context, self.model, self)
        self.list = FileList(self.model, self)
        self.none = QLabel(self)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        role(self.none, "secondary")
        self.add = QPushButton(icon("paperclip"), tr("Attach…"), self)
        self.add.clicked.connect(lambda: self.acts.choose())
        self.link = QPushButton(icon("link"), tr("Link…"), self)
        self.link.clicked.connect(lambda: self.acts.choose(link=True))
        self.missing = QLabel(self)
        role(self.missing, "error")
        self.find_button = QPushButton(tr("Find them…"), self)
        role(self.find_button, "link")
        self.find_button.clicked.connect(lambda: self.acts.find())
        self.bin_switch = QPushButton(self)
        self.bin_switch.setCheckable(True)
        role(self.bin_switch, "view")
        self.bin_switch.hide()
        self.used = QLabel(self)
        role(self.used, "small")
        self.used.setWordWrap(True)
        self.open_button = self._tool("external-link", tr("Open"), "Return", self.open_chosen)
        self.preview_button = self._tool("eye", tr("Preview"), "Space", self.preview_chosen)
        self.save_button = self._tool("download", tr("Save as…"), "", self.save_chosen)
        self.rename_button = self._tool("pencil", tr("Name and caption"), "F2", self.rename_chosen)
        self.up_button = self._tool("arrow-up", tr("Move up"), "Alt+Up", lambda: self.move_chosen(-1))
        self.down_button = self._tool("arrow-down", tr("Move down"), "Alt+Down", lambda: self.move_chosen(1))
        self.remove_button = self._tool("trash-2", tr("Remove"), "Delete", self.remove_chosen)
        self.restore_button = self._tool("archive-restore", tr("Restore"), "Delete", self.remove_chosen)

    def _tool(self, picture: str, name: str, keys: str, run: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture))
        button.setAccessibleName(name)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setProperty("said", f"{name} ({shown})" if shown else name)
        button.clicked.connect(lambda _on=False: run())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        adding = QHBoxLayout()
        adding.setSpacing(SPACE * 2)
        for each in (self.add, self.link):
            adding.addWidget(each)
        adding.addStretch(1)
        adding.addWidget(self.bin_switch)
        column.addLayout(adding)
        lack = QHBoxLayout()
        lack.addWidget(self.missing)
        lack.addWidget(self.find_button)
        lack.addStretch(1)
        column.addLayout(lack)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        for tool in (self.open_button, self.preview_button, self.save_button):
            tools.addWidget(tool)
        tools.addStretch(1)
        for tool in (self.rename_button, self.up_button, self.down_button, self.remove_button, self.restore_button):
            tools.addWidget(tool)
        column.addLayout(tools)
        column.addWidget(self.used)
        self.missing.hide()
        self.find_button.hide()
        order: tuple[QWidget, ...] = (
            self.add, self.link, self.bin_switch, self.find_button, self.list, self.open_button, self.preview_button,
            self.save_button, self.rename_button, self.up_button, self.down_button, self.remove_button,
            self.restore_button,
        )  # fmt: skip
        for one, next_one in pairwise(order):
            QWidget.setTabOrder(one, next_one)

    def _connect(self) -> None:
        self.list.open_wanted.connect(self.open_chosen)
        self.list.preview_wanted.connect(self.preview_chosen)
        self.list.rename_wanted.connect(self.rename_chosen)
        self.list.remove_wanted.connect(self.remove_chosen)
        self.list.move_wanted.connect(self.move_chosen)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._follow())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.bin_switch.toggled.connect(lambda _on: self.show_row(self._row_id))

    def _follow(self) -> None:
        """Allow what can be done with what is selected; a button that is off says why where there is a reason."""
        files, binned, closed = self.chosen(), self.bin_switch.isChecked(), self._closed
        one = len(files) == 1
        there = one and files[0].presence in (Presence.HERE, Presence.CHANGED)
        at = self.model.files.index(files[0]) if one else -1
        self._allow(self.add, not closed and not binned, closed)
        self._allow(self.link, not closed and not binned, closed)
        self._allow(self.open_button, there, files[0].remark if one else "")
        self._allow(self.save_button, there, files[0].remark if one else "")
        self._allow(self.preview_button, there and can_preview(files[0]), files[0].remark if one else "")
        self._allow(self.rename_button, one and not closed and not binned, closed)
        self._allow(self.up_button, at > 0 and not closed and not binned, closed)
        self._allow(self.down_button, 0 <= at < len(self.model.files) - 1 and not closed and not binned, closed)
        for button, wanted in ((self.remove_button, not binned), (self.restore_button, binned)):
            button.setVisible(wanted)
            self._allow(button, bool(files) and not closed, closed)

    @staticmethod
    def _allow(button: QToolButton | QPushButton, allowed: bool, reason: str) -> None:
        button.setEnabled(allowed)
        button.setToolTip(str(button.property("said") or "") if allowed or not reason else reason)

    @Slot(QPoint)
    def _menu(self, point: QPoint) -> None:
        files = self.chosen()
        if not files:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def entry(picture: str, name: str, run: Callable[[], object], allowed: bool = True) -> None:
            action = menu.addAction(icon(picture), name)
            action.triggered.connect(lambda _on=False: run())
            action.setEnabled(allowed)

        for picture, button in (
            ("external-link", self.open_button), ("eye", self.preview_button), ("download", self.save_button),
            ("pencil", self.rename_button),
        ):  # fmt: skip
            entry(picture, button.accessibleName(), button.click, button.isEnabled())
        file = files[0]
        if len(files) == 1 and file.kept == "linked":
            writable = not self._closed
            entry("refresh-cw", tr("Take it as it is now"), lambda: self.acts.renew(file),
                  writable and file.presence is Presence.CHANGED)  # fmt: skip
            entry("folder-open", tr("Say where it lies now…"), lambda: self.acts.point(file), writable)
        menu.addSeparator()
        restoring = self.bin_switch.isChecked()
        entry("archive-restore" if restoring else "trash-2", tr("Restore") if restoring else tr("Remove"),
              self.remove_chosen, not self._closed)  # fmt: skip
        menu.popup(self.list.viewport().mapToGlobal(point))
