"""The dialog that looks through a folder for files of rows and attaches or links those that the user agrees to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.registers.declare import Register
from handover.registers.files import attachments
from handover.registers.files.attachments import Attached
from handover.registers.files.file_scan import FoundFile, Scan, scan
from handover.store.files.incoming_file import size_words
from ui.settings import largest_file
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import ROW, SPACE

_FILE, _ROW, _SIZE, _SAID = range(4)


class FileScan(Dialog):
    """Lists the files of a folder with the rows that their names tell of.

    Signals:
        listed: a folder was looked through.
    """

    listed = Signal()

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find files of {register}", register=register.label))
        self.resize(860, 560)
        self._context, self._register = context, register
        self.dialog: QFileDialog | None = None
        self._make_parts()
        self._lay_out()
        self._count()

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
        workspace, register, project = self._context.workspace, self._register, self._context.project.id
        self._context.settings.put("files/folder", str(folder))
        self.folder.setText(str(folder))
        self._context.run_job(
            tr("Looking through {folder}", folder=folder.name),
            lambda progress: scan(workspace, register, project, folder, progress),
            done=self._list,
        )

    @Slot(object)
    def _list(self, found: Scan) -> None:
        self.tree.clear()
        for file in sorted(found.files, key=lambda f: (not f.rows, f.already, f.path.name.casefold())):
            self._add(file)
        self.tree.resizeColumnToContents(_SIZE)
        self.more.setVisible(found.more)
        self._count()
        self.listed.emit()

    def _add(self, file: FoundFile) -> None:
        item = QTreeWidgetItem(self.tree)
        item.setText(_FILE, file.path.name)
        item.setSizeHint(_ROW, QSize(0, ROW + SPACE))
        item.setToolTip(_FILE, str(file.path))
        item.setText(_SIZE, size_words(file.size))
        item.setTextAlignment(_SIZE, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(_FILE, Qt.ItemDataRole.UserRole, file)
        if not file.rows:
            item.setText(_SAID, tr("No row of that name"))
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            return
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_FILE, Qt.CheckState.Checked if file.sure else Qt.CheckState.Unchecked)
        if len(file.rows) == 1:
            row = file.rows[0]
            item.setText(_ROW, f"{row.ref}  {row.name}")
            item.setToolTip(_ROW, row.name)
        else:
            combo = QComboBox(self.tree)
            combo.setAccessibleName(tr("Row of {file}", file=file.path.name))
            for row in file.rows:
                combo.addItem(f"{row.ref}  {row.name}", row.row_id)
            self.tree.setItemWidget(item, _ROW, combo)
            item.setText(_SAID, tr("Several rows fit: choose one"))
        if file.already:
            item.setText(_SAID, tr("The row has it already"))

    # -- taking them --------------------------------------------------------------------------------------------

    def wanted(self) -> list[tuple[str, Path]]:
        """The rows and files that are ticked."""
        found = []
        for n in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(n)
            if item is not None and item.checkState(_FILE) == Qt.CheckState.Checked:
                file: FoundFile = item.data(_FILE, Qt.ItemDataRole.UserRole)
                combo = self.tree.itemWidget(item, _ROW)
                key = combo.currentData() if isinstance(combo, QComboBox) else file.rows[0].row_id
                found.append((str(key), file.path))
        return found

    def take(self, *, link: bool) -> None:
        """Attach or link what is ticked, in one act."""
        workspace, register, project = self._context.workspace, self._register, self._context.project.id
        files, most = self.wanted(), largest_file(self._context.settings)

        def work(progress: Progress) -> Attached:
            if link:
                return attachments.link(workspace, register, project, files, progress)
            return attachments.attach(workspace, register, project, files, progress, most=most)

        self._context.run_job(tr("Linking files") if link else tr("Attaching files"), work, done=self._taken)

    @Slot(object)
    def _taken(self, made: Attached) -> None:
        self._context.tell(trn("{n} file added.", "{n} files added.", len(made.ids)), undo=True)
        self.accept()

    @Slot()
    def _count(self) -> None:
        wanted = len(self.wanted())
        self.said.setText(
            tr("{n} of {all} files ticked", n=wanted, all=self.tree.topLevelItemCount())
            if self.tree.topLevelItemCount()
            else tr("Choose a folder. Its files are matched with rows by the codes and titles in their names.")
        )
        for button in (self.attach_button, self.link_button):
            button.setEnabled(bool(wanted) and not self._context.read_only)

    # -- making -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.folder = QLabel(tr("No folder chosen"), self)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role(self.folder, "secondary")
        self.choose_button = QPushButton(tr("Choose a folder…"), self)
        self.choose_button.clicked.connect(self.choose)
        self.tree = QTreeWidget(self)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHeaderLabels([tr("File name"), self._register.label, tr("Size"), ""])
        self.tree.setAccessibleName(tr("Files"))
        head = self.tree.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in ((_FILE, 290), (_ROW, 280), (_SIZE, 80)):
            self.tree.setColumnWidth(column, width)
        self.tree.itemChanged.connect(lambda _item, _column: self._count())
        self.more = QLabel(tr("There are more files than are looked at. Choose a smaller folder."), self)
        role(self.more, "error")
        self.more.hide()
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        role(self.said, "secondary")
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.clicked.connect(self.reject)
        self.link_button = QPushButton(tr("Link them"), self)
        self.link_button.clicked.connect(lambda: self.take(link=True))
        self.attach_button = QPushButton(tr("Attach them"), self)
        role(self.attach_button, "primary")
        self.attach_button.clicked.connect(lambda: self.take(link=False))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        top = QHBoxLayout()
        top.addWidget(self.choose_button)
        top.addWidget(self.folder, 1)
        whole.addLayout(top)
        whole.addWidget(self.tree, 1)
        whole.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.said, 1)
        for each in (self.close_button, self.link_button, self.attach_button):
            each.setAutoDefault(False)
            foot.addWidget(each)
        whole.addLayout(foot)
