"""The dialog that reads a box back: codes are typed or scanned one after the other, and told at once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import N_, tr, trc, trn
from handover.model.vocabulary import Tone
from handover.registers.files.reading_back import BoxedPaper, BoxReading, ReadBack, ReadCode
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox

_TONES: dict[ReadBack, Tone] = {
    ReadBack.FOUND: "ok",
    ReadBack.AGAIN: "info",
    ReadBack.ELSEWHERE: "warning",
    ReadBack.UNKNOWN: "danger",
    ReadBack.SEVERAL: "warning",
}
_NOT_YET, _LENT = N_("Not read yet"), N_("Lent to {name}")


class CodeEdit(QLineEdit):
    """Enter, as a scanner types it behind each code, takes the code and leaves the field empty for the next."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()  # heard here: the dialog would press a button
            return
        super().keyPressEvent(event)


class ReadBackDialog(Dialog):
    """The list of a box on the screen, and the field that takes codes."""

    def __init__(self, context: Context, box: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reading = BoxReading(context.workspace, context.project.id, box)
        title = tr("Read back {box}", box=self.reading.code)
        self.setWindowTitle(title)
        self.resize(720, 560)
        self.heading = QLabel(title, self)
        role(self.heading, "title")
        self.edit = CodeEdit(self)
        self.edit.setPlaceholderText(tr("Scan or type the code of a paper, then Enter"))
        self.edit.setAccessibleName(tr("Code of a paper"))
        self.edit.returnPressed.connect(self._enter)
        self.notice = NoticeBox(self)
        self.said = QLabel(self)
        role(self.said, "secondary")
        self._make_list()
        self.close_button = QPushButton(tr("Close"), self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self._count()
        self.edit.setFocus()

    def _make_list(self) -> None:
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([trc("in a box", "Paper"), tr("Title"), trc("of files", "Found")])
        self.list.setAccessibleName(tr("Papers in the box"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, 220)
        self.list.setColumnWidth(2, 150)
        self._items = {paper.id: self._item(paper) for paper in self.reading.papers}

    def _item(self, paper: BoxedPaper) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.list)
        item.setText(0, paper.called)
        item.setText(1, paper.title)
        item.setToolTip(1, paper.title)
        self._show_state(item, paper)
        return item

    def _show_state(self, item: QTreeWidgetItem, paper: BoxedPaper) -> None:
        here = self.reading.is_here(paper)
        tone: Tone = "ok" if here else "info" if paper.lent_to else "neutral"
        said = trc("in a box", "Here") if here else tr(_LENT, name=paper.lent_to) if paper.lent_to else tr(_NOT_YET)
        item.setText(2, said)
        item.setIcon(2, icon(TONE_ICONS[tone], tone))

    @Slot()
    def _enter(self) -> None:
        code = self.edit.text()
        self.edit.clear()
        if not code.strip():
            return
        self.answer(self.reading.take(code))

    def answer(self, read: ReadCode) -> None:
        """Tell what became of a code, and show it in the list."""
        self.notice.say(read.sentence, _TONES[read.outcome])
        paper = read.paper
        if paper is not None and paper.id in self._items:
            item = self._items[paper.id]
            self._show_state(item, paper)
            self.list.setCurrentItem(item)
        self._count()

    def _count(self) -> None:
        missing, of = len(self.reading.missing), len(self.reading.papers)
        here = sum(self.reading.is_here(paper) for paper in self.reading.papers)
        foreign = [each for each in self.reading.read if each.outcome not in (ReadBack.FOUND, ReadBack.AGAIN)]
        said = [tr("{n} of {all} are here", n=here, all=of)]
        if missing and self.reading.read:
            said.append(trn("{n} is missing", "{n} are missing", missing))
        if foreign:
            said.append(trn("{n} doesn't belong here", "{n} don't belong here", len(foreign)))
        if of and self.reading.complete:
            said = [tr("{box} is complete.", box=self.reading.code)]
        self.said.setText(" · ".join(said))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 3)
        for each in (self.heading, self.edit, self.notice):
            whole.addWidget(each)
        whole.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.close_button)
        whole.addLayout(foot)
