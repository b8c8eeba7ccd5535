"""The dialog that takes in a transmittal that came: what it holds against what we have, then one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from handover.errors import NotValid
from handover.exchange.transmittals.matching import Standing, standing_word
from handover.exchange.transmittals.opening import opened_parcel
from handover.exchange.transmittals.rehearsal import Rehearsed, rehearse
from handover.exchange.transmittals.taking_in import TakenIn, take_in_place
from handover.exchange.transmittals.told import head_said, notices_said, taken_said
from handover.i18n import N_, tr, trc
from handover.jobs import Progress
from handover.model.documents.transmittal import Transmittal
from handover.model.vocabulary import Tone
from handover.registers.catalogue import of_table
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.writing import PathField, WritingDialog, last_folder

_TONES: dict[Standing, Tone] = {"new": "ok", "newer": "ok", "known": "neutral", "older": "warning",
                                "unknown": "warning", "ambiguous": "danger"}  # fmt: skip


class TransmittalInDialog(WritingDialog):
    """Looks at a list, a folder or an archive, shows each line with its standing, and takes it in.

    Args:
        place: what is looked at, at once where it is given.

    Signals:
        taken: the key of the transmittal that was taken in.
    """

    taken = Signal(str)

    def __init__(self, context: Context, place: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Take in a transmittal"),
            tr("Its list as a workbook, or the folder or archive (.zip) of its files. You see first what it is."),
            parent,
        )
        self.setMinimumWidth(760)
        self.place_field = _CameField(context, self)
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.hide()
        self.lines = _lines_view(self)
        self.remark = QLabel(self)
        self.remark.setWordWrap(True)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.lines.currentItemChanged.connect(lambda now, _before: self.remark.setText(now.text(4) if now else ""))
        self.add_documents = QCheckBox(tr("Add documents of numbers that aren't in the register"), self)
        self.again = QCheckBox(tr("Take it in all the same"), self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        role(self.told, "secondary")
        self.fields.addWidget(FieldBox(tr("What came"), self.place_field))
        self.fields.addWidget(self.head)
        self.fields.addWidget(self.lines, 1)
        for each in (self.remark, self.told, self.add_documents, self.again):
            each.hide()
            self.fields.addWidget(each)
        self.run_: Rehearsed | None = None
        self.place_field.edit.textChanged.connect(self._forget)
        self.forget_question()
        self.place_field.edit.setFocus()
        if place is not None:
            self.place_field.edit.setText(str(place))
            self.start()

    def verb(self) -> str:
        return tr("Look at it") if self.run_ is None else tr("Take in")

    def targets(self) -> Sequence[Path]:
        if not self.place_field.edit.text().strip():
            raise NotValid(N_("Choose the file or the folder that came."))
        return ()  # no file is written

    def place(self) -> PathField:
        """None: no file is written that could be held by another program."""
        raise NotImplementedError

    def write(self) -> None:
        """Look at what came, then take it in."""
        context, place = self.context, self.place_field.path()
        workspace = context.workspace
        project = workspace.project(context.project.code)
        if self.run_ is None:

            def look(progress: Progress) -> Rehearsed:
                with opened_parcel(workspace, project, place, progress) as parcel:
                    return rehearse(workspace, project, parcel, progress)

            self.work.run(tr("Looking at what came"), look, self._show, self.fail)
            return
        shown, add, again = self.run_, self.add_documents.isChecked(), self.again.isChecked()

        def take(progress: Progress) -> TakenIn:
            return take_in_place(
                workspace, project, place, shown, add_documents=add, again=again, progress=progress
            )  # fmt: skip

        self.work.run(tr("Taking in the transmittal"), take, self._taken, self.fail)

    def _forget(self) -> None:
        """Another place: what was seen of the one before counts no more."""
        self.run_ = None
        for each in (self.head, self.lines, self.remark, self.told, self.add_documents, self.again):
            each.hide()
        self.notice.say("")
        self.forget_question()

    def _show(self, run: Rehearsed) -> None:
        self.run_ = run
        self.head.setText(head_said(run))
        self.lines.clear()
        for each in run.lines:
            said = " ".join(run.said_of(each))
            texts = [each.line.number or each.line.title or each.line.place, each.line.code,
                     standing_word(each.standing), str(len(each.line.files)), said]  # fmt: skip
            item = QTreeWidgetItem(self.lines, texts)
            tone = _TONES[each.standing]
            item.setIcon(2, icon(TONE_ICONS[tone], tone))
            item.setToolTip(0, each.line.title or each.line.place)
            item.setToolTip(4, said)
        for column in (1, 2, 3):
            self.lines.resizeColumnToContents(column)
        if first := self.lines.topLevelItem(0):
            self.lines.setCurrentItem(first)
        self.told.setText("\n".join(notices_said(run)))
        shown = {self.told: bool(self.told.text()), self.add_documents: bool(run.counts["unknown"]),
                 self.again: bool(run.before)}  # fmt: skip
        odd = any(run.said_of(each) for each in run.lines)
        for widget, wanted in {self.head: True, self.lines: True, self.remark: odd, **shown}.items():
            widget.setVisible(wanted)
        if run.wrong:
            self.notice.say(str(run.wrong[0].wrong), "danger")
        self.forget_question()
        self.grow()
        self.go.setFocus()

    def _taken(self, done: TakenIn) -> None:
        self.accept()
        self.context.tell(taken_said(done), undo=True)
        self.taken.emit(done.id)
        register = of_table(Transmittal.__tablename__)
        assert register is not None  # it is declared
        self.context.open_row(register.key, done.id)


class _CameField(QWidget):
    """A file or a folder that can be typed or chosen."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._start = str(last_folder(context))
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(tr("What came"))
        self.file = QPushButton(tr("File…"), self)
        self.folder = QPushButton(tr("Folder…"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 2)
        row.addWidget(self.edit, 1)
        for button, folder in ((self.file, False), (self.folder, True)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, whole=folder: self._choose(folder=whole))
            row.addWidget(button)
        self.setFocusProxy(self.edit)

    def path(self) -> Path:
        """What stands there."""
        return Path(self.edit.text().strip()).expanduser()

    def _choose(self, *, folder: bool) -> None:
        dialog = QFileDialog(self, tr("What came"), self.edit.text() or self._start)
        if folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()


def _lines_view(parent: QWidget) -> QTreeWidget:
    view = QTreeWidget(parent)
    view.setAccessibleName(tr("Lines of the transmittal"))
    view.setHeaderLabels(
        [tr("Document no."), trc("document", "Revision"), tr("What it is"), tr("Files"), tr("Remarks")]
    )
    view.setRootIsDecorated(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    view.header().setStretchLastSection(True)
    view.setColumnWidth(0, 210)
    view.setMinimumHeight(200)
    view.hide()
    return view
