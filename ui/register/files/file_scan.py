"""The dialog that looks through a folder for files of rows and attaches or links those that the user agrees to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from handover.file_types import media_type
from handover.i18n import language, tr, trn
from handover.jobs import Progress
from handover.pack.scan_list import write_scan
from handover.registers.declare import Register
from handover.registers.files import attachments
from handover.registers.files.attached_files import FileRow, Presence
from handover.registers.files.attachments import Attached
from handover.registers.files.file_matching import Candidate
from handover.registers.files.file_scan import VERDICTS, FileVerdict, FoundFile, Scan, scan, taken
from ui.register.files.preview import Preview, can_preview
from ui.register.files.row_picker import RowPicker
from ui.register.files.scan_model import FILE, FOUND, NOTE, ROW, SIZE, SURE, FoundDelegate, ScanModel
from ui.settings import largest_file
from ui.shell.another_name import write_file
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.work import WorkingDialog, WorkStrip

_READ_ALL = "files/read_all"


class FileScan(WorkingDialog):
    """Lists the files of a folder with the rows to which they belong.

    Signals:
        listed: a folder was looked through.
    """

    listed = Signal()

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find files of {register}", register=register.label))
        self.resize(1000, 640)
        self._context, self._register = context, register
        self._folder = Path()
        self.found: Scan | None = None
        self.dialog: QFileDialog | None = None
        self.preview: Preview | None = None
        self._make_parts()
        self._make_feet()
        self._lay_out()
        self._count()
        self._follow()

    # -- the folder ---------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for the folder."""
        start = str(self._context.settings.get("files/folder", "") or self._context.workspace.path.parent)
        self.dialog = QFileDialog(self, tr("Folder to look through"), start)
        self.dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self.dialog.fileSelected.connect(lambda path: self.look_in(Path(path)))
        self.dialog.open()

    def look_in(self, folder: Path) -> None:
        """Look through a folder."""
        if self.work.busy:
            return
        workspace, register, project = self._context.workspace, self._register, self._context.project.id
        read_all = self.read_all.isChecked()
        self._context.settings.put("files/folder", str(folder))
        self._folder = folder
        self.folder.setText(str(folder))
        self.work.run(
            tr("Looking through {folder}", folder=folder.name),
            lambda progress: scan(workspace, register, project, folder, progress, read_all=read_all),
            self._list,
        )

    @Slot(object)
    def _list(self, found: Scan) -> None:
        self.found = found
        self.model.show_files(found.files)
        self.picker.ask_of(found.names.like)
        counts = found.counts()
        self.verdicts.blockSignals(True)
        self.verdicts.clear()
        self.verdicts.addItem(tr("All files ({n})", n=len(found.files)), None)
        for verdict, n in counts.items():
            if n:
                self.verdicts.addItem(f"{tr(VERDICTS[verdict])} ({n})", verdict)
        self.verdicts.blockSignals(False)
        self._say_remarks(found)
        if found.files:
            self.table.setCurrentIndex(self.model.index(0, FILE))
        self._count()
        self._follow()
        self.listed.emit()

    def _say_remarks(self, found: Scan) -> None:
        said = [str(each.reason) for each in found.unfit[:3]]
        if len(found.unfit) > 3:
            said.append(trn("{n} more can't be taken.", "{n} more can't be taken.", len(found.unfit) - 3))
        if found.missing:
            names = ", ".join(each.name for each in found.missing[:3])
            said.append(trn("{n} linked file isn't there any more: {names}.",
                            "{n} linked files aren't there any more: {names}.",
                            len(found.missing), names=names))  # fmt: skip
        if found.more:
            said.append(tr("There are more files than are looked at. Choose a smaller folder."))
        self.notice.say("\n".join(said), "warning")

    @Slot(int)
    def _narrow(self, at: int) -> None:
        verdict = self.verdicts.itemData(at)
        self.model.show_verdict(FileVerdict(verdict) if verdict is not None else None)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, FILE))
        self._follow()

    # -- one of them ----------------------------------------------------------------------------------------------

    def current(self) -> FoundFile | None:
        """The file in hand."""
        index = self.table.currentIndex()
        return self.model.file(index) if index.isValid() else None

    @Slot()
    def _follow(self) -> None:
        """Show what is known of the file in hand, and what may be said of it."""
        file = self.current()
        can_be_given = file is not None and file.verdict is not FileVerdict.HELD and not file.renews
        self.picker.setEnabled(can_be_given)
        self.look_button.setEnabled(file is not None and can_preview(_as_row(file)))
        if file is None:
            self.picker.clear()
            return
        rows = file.rows or file.match.near
        self.picker.offer(rows)
        self.picker.setText(f"{file.rows[0].ref}  {file.rows[0].name}".strip() if file.rows else "")

    @Slot()
    def _offer(self) -> None:
        """Drop down what the file in hand may belong to."""
        file = self.current()
        if file is not None:
            self.picker.offer(file.rows or file.match.near)
            self.picker.setFocus()
            self.picker.completer().complete()

    @Slot(object)
    def _give(self, row: Candidate) -> None:
        at = self.table.currentIndex().row()
        if at >= 0:
            self.model.give(at, row)
            self._count()

    @Slot()
    def look(self) -> None:
        """Look at the file in hand."""
        file = self.current()
        if file is not None:
            self.preview = Preview(self._context, [_as_row(file)], 0, self)
            self.preview.open_button.hide()  # it is somebody's file outside
            self.preview.open()

    # -- taking them --------------------------------------------------------------------------------------------

    def take(self, *, link: bool) -> None:
        """Attach or link what is ticked, in one act."""
        workspace, project = self._context.workspace, self._context.project.id
        ticked, most = self.model.ticked(), largest_file(self._context.settings)
        renewed = {file.renews: file.path for file in ticked if file.renews}
        files = taken(file for file in ticked if not file.renews)

        def work(progress: Progress) -> Attached:
            if link or renewed:
                return attachments.link_to(workspace, project, files, progress, renewed=renewed)
            return attachments.attach_to(workspace, project, files, progress, most=most)

        self.work.run(tr("Linking files") if link else tr("Attaching files"), work, self._taken)

    @Slot(object)
    def _taken(self, made: Attached) -> None:
        said = trn("{n} file added.", "{n} files added.", len(made.ids))
        if made.renewed:
            said += " " + trn("{n} linked file is taken as it is now.", "{n} linked files are taken as they are now.",
                              made.renewed)  # fmt: skip
        self._context.tell(said, undo=True)
        self.accept()

    @Slot()
    def save_list(self) -> None:
        """Ask where, and write the files in view as a list."""
        self.dialog = QFileDialog(self, tr("Save the list"), str(self._folder / f"{tr('Files')}.csv"))
        self.dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.dialog.setNameFilter(tr("Lists (*.csv)"))
        self.dialog.setDefaultSuffix("csv")
        self.dialog.fileSelected.connect(lambda path: self.save_list_to(Path(path)))
        self.dialog.open()

    def save_list_to(self, target: Path) -> None:
        """Write the files in view as a list."""
        files, folder = self.model.in_view(), self._folder
        write_file(
            self._context,
            self,
            target,
            lambda path, progress: write_scan(files, folder, path, "zh" if language() == "zh" else "en", progress),
            lambda path, _none: self._context.tell(tr("Saved as {file}", file=str(path))),
        )

    @Slot()
    def _count(self) -> None:
        ticked, of = len(self.model.ticked()), len(self.model.files)
        self.said.setText(
            tr("{n} of {all} files ticked", n=ticked, all=of)
            if self.found is not None
            else tr("Choose a folder. The row of each file is found by its name, its title block and its content.")
        )
        renews = any(file.renews for file in self.model.ticked())
        able = bool(ticked) and not self._context.read_only and not self.work.busy
        self.attach_button.setEnabled(able and not renews)
        self.attach_button.setToolTip(tr("Linked files that were changed can only be linked again.") if renews else "")
        self.link_button.setEnabled(able)
        self.list_button.setEnabled(bool(of))

    # -- making -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.folder = QLabel(tr("No folder chosen"), self)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder.setMinimumWidth(80)
        role(self.folder, "secondary")
        self.choose_button = QPushButton(tr("Choose a folder…"), self)
        self.choose_button.clicked.connect(self.choose)
        self.read_all = QCheckBox(tr("Read the title block of every PDF"), self)
        self.read_all.setToolTip(tr("Finds files whose name says another number than their title block; takes longer."))
        self.read_all.setChecked(bool(self._context.settings.get(_READ_ALL, False)))
        self.read_all.toggled.connect(lambda on: self._context.settings.put(_READ_ALL, on))
        self.verdicts = QComboBox(self)
        self.verdicts.setAccessibleName(tr("Files in view"))
        self.verdicts.setMinimumWidth(180)
        self.verdicts.currentIndexChanged.connect(self._narrow)
        self.notice = NoticeBox(self)
        self.model = ScanModel(self)
        self.model.dataChanged.connect(lambda *_: self._count())
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Files"))
        self.table.setItemDelegateForColumn(FOUND, FoundDelegate(self.table))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        for column, width in ((FILE, 230), (FOUND, 132), (ROW, 210), (SURE, 64), (NOTE, 240), (SIZE, 72)):
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(NOTE, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentChanged.connect(self._moved)
        self.model.modelReset.connect(self._follow)

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        self._follow()

    def _make_feet(self) -> None:
        self.picker = RowPicker(self)
        self.picker.setPlaceholderText(tr("Type a number, a title or a reference"))
        self.picker.setAccessibleName(tr("Belongs to"))
        self.picker.picked.connect(self._give)
        self.offer_button = QPushButton(tr("Suggestions"), self)
        self.offer_button.clicked.connect(self._offer)
        self.look_button = QPushButton(tr("Look at it"), self)
        self.look_button.clicked.connect(self.look)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        role(self.said, "secondary")
        self.work = WorkStrip(self._context, self)
        self.work.busy_changed.connect(self._busy)
        self.list_button = QPushButton(tr("Save the list…"), self)
        self.list_button.clicked.connect(self.save_list)
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.clicked.connect(self.reject)
        self.link_button = QPushButton(tr("Link them"), self)
        self.link_button.clicked.connect(lambda: self.take(link=True))
        self.attach_button = QPushButton(tr("Attach them"), self)
        role(self.attach_button, "primary")
        self.attach_button.clicked.connect(lambda: self.take(link=False))

    @Slot(bool)
    def _busy(self, busy: bool) -> None:
        for each in (self.choose_button, self.read_all, self.verdicts, self.table):
            each.setEnabled(not busy)
        self.said.setVisible(not busy)
        self._count()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        top = QHBoxLayout()
        top.setSpacing(SPACE * 3)
        for widget, stretch in ((self.choose_button, 0), (self.folder, 1), (self.read_all, 0), (self.verdicts, 0)):
            top.addWidget(widget, stretch)
        whole.addLayout(top)
        whole.addWidget(self.notice)
        whole.addWidget(self.table, 1)
        one = QHBoxLayout()
        one.setSpacing(SPACE * 2)
        belongs = QLabel(tr("Belongs to"), self)
        belongs.setBuddy(self.picker)
        one.addWidget(belongs)
        one.addWidget(self.picker, 1)
        one.addWidget(self.offer_button)
        one.addWidget(self.look_button)
        whole.addLayout(one)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.work, 1)
        for each in (self.list_button, self.close_button, self.link_button, self.attach_button):
            foot.addWidget(each)
        whole.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)


def _as_row(file: FoundFile) -> FileRow:
    """A file of the folder as the preview asks for it."""
    media = media_type(_head(file.path), file.path.name)
    return FileRow("", "", "", file.path.name, media, "linked", file.size, "", "", file.path, Presence.HERE, "", "")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(16)
    except (OSError, ValueError):
        return b""
