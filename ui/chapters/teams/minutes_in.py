"""The dialog that takes in minutes of others: what they hold first, then a meeting with its actions as one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from handover.errors import NotValid
from handover.exchange.minutes.reading import IncomingMinutes, read_minutes
from handover.exchange.minutes.taking_in import TakenMinutes, take_minutes
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.registers.catalogue import register
from handover.registers.query import Query, every
from handover.values.shown import moment
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import PathField, WritingDialog, last_folder


class MinutesInDialog(WritingDialog):
    """Looks at a workbook of minutes, shows what it holds, and takes it in."""

    def __init__(self, context: Context, parent: QWidget, file: Path | None = None) -> None:
        super().__init__(
            context,
            tr("Take minutes in"),
            tr("A workbook whose head says which meeting it was and who was there, and whose table lists the actions."
               " You see first what it holds."),
            parent,
        )  # fmt: skip
        self.setMinimumWidth(680)
        self.came: IncomingMinutes | None = None
        self.file_field = _MinutesField(context, self)
        self.group = QComboBox(self)
        self.group.setAccessibleName(tr("Group"))
        for key, name in self._groups():
            self.group.addItem(name, key)
        self.head = QLabel(self)
        self.head.setWordWrap(True)
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.hide()
        self.lines = QTreeWidget(self)
        self.lines.setAccessibleName(tr("Actions"))
        self.lines.setRootIsDecorated(False)
        self.lines.setHeaderLabels([tr("Action"), tr("Owner"), tr("Due")])
        self.lines.header().setStretchLastSection(False)
        self.lines.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.lines.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.lines.setMinimumHeight(140)
        self.lines.hide()
        self.fields.addWidget(FieldBox(tr("What came"), self.file_field))
        self.fields.addWidget(FieldBox(tr("Group"), self.group))
        self.fields.addWidget(self.head)
        self.fields.addWidget(self.lines, 1)
        self.file_field.edit.textChanged.connect(self._forget)
        self.forget_question()
        self.file_field.edit.setFocus()
        if file is not None:
            self.file_field.edit.setText(str(file))

    def _groups(self) -> list[tuple[str, str]]:
        """The groups that meet, by key and name."""
        groups = register("groups")
        with self.context.workspace.read() as connection:
            named = Query(view="open", sort=(("name", False),))
            found = every(connection, groups, self.context.project.id, named, [groups["name"]])
            return [(row.id, str(row.values[0])) for row in found]

    def verb(self) -> str:
        return tr("Look at it") if self.came is None else tr("Take in")

    def targets(self) -> Sequence[Path]:
        if not self.file_field.edit.text().strip():
            raise NotValid(N_("Choose the file that came."))
        if self.group.currentData() is None:
            raise NotValid(N_("A meeting is one of a working group: name the group."))
        return ()  # no file is written

    def place(self) -> PathField:
        """None: no file is written that could be held by another program."""
        raise NotImplementedError

    def write(self) -> None:
        """Look at what came, then take it in."""
        workspace, file = self.context.workspace, self.file_field.path()
        project = workspace.project(self.context.project.code)
        came, group = self.came, str(self.group.currentData())
        if came is None:

            def look(progress: Progress) -> IncomingMinutes:
                return read_minutes(workspace, project.code, file, progress)

            self.work.run(tr("Looking at what came"), look, self._show_what_came, self.fail)
            return

        def take(_progress: Progress) -> TakenMinutes:
            return take_minutes(workspace, project, came, group)

        self.work.run(tr("Taking the minutes in"), take, self._taken, self.fail)

    def _show_what_came(self, came: IncomingMinutes) -> None:
        self.came = came
        when = moment(came.starts_at) if came.starts_at is not None else ""
        people = tr(", ").join(came.there)
        self.head.setText("\n".join(part for part in (f"{came.title}  {when}".rstrip(), people) if part))
        self.head.show()
        self.lines.clear()
        for each in came.actions:
            due = moment(each.due_on) if each.due_on is not None else ""
            item = QTreeWidgetItem(self.lines, [each.text, each.owner, due])
            item.setToolTip(0, each.text)
        self.lines.show()
        self.forget_question()
        self.grow()
        self.go.setFocus()

    def _taken(self, taken: TakenMinutes) -> None:
        said = trn("{ref} is there with {n} action.", "{ref} is there with {n} actions.", taken.actions, ref=taken.ref)
        if taken.unknown:
            said += " " + tr("Not among the people of the project: {names}.", names=tr(", ").join(taken.unknown))
        self.accept()
        self.context.tell(said, undo=True)
        self.context.open_row("meetings", taken.id)

    def _forget(self) -> None:
        """Another file is wanted: what was seen holds no more."""
        if self.came is not None:
            self.came = None
            self.head.hide()
            self.lines.hide()
            self.forget_question()


class _MinutesField(PathField):
    """A field for a workbook that came."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(tr("What came"), Path(), folder=False, parent=parent)
        self._start = last_folder(context)
        self.edit.clear()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose the minutes"), str(self._start))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()
