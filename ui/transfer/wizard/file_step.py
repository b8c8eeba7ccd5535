"""The step that chooses the file: dropped, browsed for, or one of those imported lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.importing.session import Intake
from handover.exchange.reading.text_form import TextForm
from handover.i18n import tr
from ui.shell.folders import documents_folder
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import icon, paint_icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.wizard.step import WizardStep
from ui.transfer.wizard.text_form import TextFormBoxes

RECENT = "imports/recent"
_MOST = 8
#: What is text by its name: where it isn't recognised as a table, one can say how it is one.
_TEXTS = (".csv", ".tsv", ".txt")
_PATTERNS = "*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.tsv *.txt *.xml *.xer *.mpp *.mpx *.gan *.planner *.pp *.ppx"


class FileStep(WizardStep):
    """Gives out a path and shows why a file can't be used.

    Signals:
        chosen: a path, and the ``TextForm`` that the user chose for it.
        template_wanted: a blank workbook to fill in is wanted.
    """

    chosen = Signal(object, object)
    template_wanted = Signal()

    def __init__(self, context: Context, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        if intake.wanted is not None:
            said = tr("The rows of the file go into the register {register}.", register=intake.wanted.label)
        else:
            said = tr("Handover finds out which register the rows belong to; you can change it afterwards.")
        self.lead.setText(said)
        self.notice = NoticeBox(self)
        self.text = TextFormBoxes(self)
        self.text.chosen.connect(self._say_form)
        self._asked: Path | None = None
        self._form = TextForm()
        self.drop = DropField(self)
        self.drop.dropped.connect(self.choose)
        self.browse = self.drop.browse
        self.browse.clicked.connect(self._browse)
        self.recent_label = QLabel(tr("Imported lately"), self)
        role(self.recent_label, "lead")
        self.recent = QListWidget(self)
        self.recent.setAccessibleName(tr("Imported lately"))
        self.recent.setMaximumHeight(190)
        self.recent.itemActivated.connect(lambda item: self.choose(Path(item.data(Qt.ItemDataRole.UserRole))))
        for each in (self.notice, self.text, self.drop, self.recent_label, self.recent):
            self.column.addWidget(each)
        self.template = QPushButton(tr("No list yet? Get a blank workbook to fill in…"), self)
        role(self.template, "link")
        self.template.setAutoDefault(False)
        self.template.clicked.connect(self.template_wanted)
        self.column.addWidget(self.template, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._fill()

    def title(self) -> str:
        return tr("Choose the file")

    def ready(self) -> bool:
        return self.intake.path is not None

    def enter(self) -> None:
        self._fill()
        if self.intake.path is not None:
            self.drop.name(self.intake.path.name)
        self.browse.setFocus()

    def choose(self, path: Path) -> None:
        """Take a file."""
        self.text.hide()
        self._ask(path, TextForm())

    def refuse(self, error: BaseException) -> None:
        """Say why a file can't be used; another can be chosen at once, and for a text file how it is to be read."""
        self.drop.name("")
        self.notice.complain(error)
        if self._asked is not None and self._asked.suffix.lower() in _TEXTS and self._asked.is_file():
            self.notice.say(
                tr("{what} If it is text, choose its encoding below.", what=error),
                "danger",
                getattr(error, "detail", ""),
            )
            self.text.show_form(None, self._form)
            self.text.encoding.setFocus()
        else:
            self.browse.setFocus()

    def _say_form(self, form: TextForm) -> None:
        if self._asked is not None:
            self._ask(self._asked, form)

    def _ask(self, path: Path, form: TextForm) -> None:
        self._asked, self._form = path, form
        self.notice.say("")
        self.drop.name(path.name)
        self.chosen.emit(path, form)

    def remember(self, path: Path) -> None:
        """Put a file at the top of those imported lately."""
        known = [p for p in self.context.settings.get(RECENT, []) if p != str(path)]
        self.context.settings.put(RECENT, [str(path), *known][:_MOST])

    def _fill(self) -> None:
        self.recent.clear()
        for text in self.context.settings.get(RECENT, []):
            path = Path(text)
            if path.is_file():
                item = QListWidgetItem(icon("file-spreadsheet", "secondary"), tr("{file} — {folder}", file=path.name,
                                       folder=str(path.parent)))  # fmt: skip
                item.setData(Qt.ItemDataRole.UserRole, text)
                item.setSizeHint(QSize(0, tokens.ROW))
                item.setToolTip(text)
                self.recent.addItem(item)
        any_ = self.recent.count() > 0
        self.recent.setVisible(any_)
        self.recent_label.setVisible(any_)
        if any_:
            self.recent.setCurrentRow(0)
            self.recent.setFixedHeight(min(190, self.recent.count() * tokens.ROW + SPACE))

    def _browse(self) -> None:
        before = self.context.settings.get(RECENT, [])
        folder = str(Path(before[0]).parent) if before else str(documents_folder())
        dialog = QFileDialog(self, tr("Choose the file"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [tr("Workbooks and plans ({patterns})", patterns=_PATTERNS), tr("All files ({patterns})", patterns="*")]
        )
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, tr("Choose"))
        dialog.fileSelected.connect(lambda path: self.choose(Path(path)))
        dialog.open()


class DropField(QWidget):
    """Where a file is dropped, with the button for those who rather browse.

    Signals:
        dropped: a path.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._over = False
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 18, SPACE * 6, SPACE * 6)
        whole.setSpacing(SPACE * 2)
        self._said = QLabel(self)
        role(self._said, "lead")
        kinds = QLabel(
            tr("Excel (.xlsx, .xlsm, .xlsb, .xls), OpenDocument (.ods), CSV, MS Project XML, Primavera XER"), self
        )
        role(kinds, "small")
        kinds.setWordWrap(True)
        kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.browse = QPushButton(tr("Choose a file…"), self)
        self.browse.setAutoDefault(False)
        for each in (self._said, self.browse):
            whole.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(kinds)
        whole.addStretch(1)
        self.name("")

    def name(self, file: str) -> None:
        """Show the file that was chosen."""
        self._said.setText(file or tr("Drop a file here"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(tokens.colour("hover" if self._over else "raised"))
        painter.setPen(QPen(tokens.colour("accent" if self._over else "border"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
        spot = QRectF(self.width() / 2 - 16, SPACE * 7, 32, 32)
        paint_icon(painter, spot, "import", tokens.colour("accent"))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event) is not None:
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        path = _file_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _mark(self, over: bool) -> None:
        self._over = over
        self.update()


def _file_in(event: QDropEvent) -> Path | None:
    """The only file that is dragged, None when there are several or none."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
