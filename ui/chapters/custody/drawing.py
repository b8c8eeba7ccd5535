"""Drawing certificates up: the kind, the systems, and at once what stands in the way and what would be an exception."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from handover.errors import HandoverError, Refused
from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.model.custody.kinds import GOES_BACK
from handover.registers import catalogue
from handover.registers.custody.drawing_up import Outlook, draw_up, outlook, systems_for
from handover.registers.custody.kinds import OfferedKind, kinds
from handover.registers.linked import Linked
from handover.values.shown import moment
from ui.register.stepping.reasons import NamedRow, ReasonsArea, ReasonsLabel, ToldReason, told
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: Of more systems than these only the first are looked at before they are drawn up.
_LOOKED_AT = 12
_WAIT_MS = 150

ToldOutlook = tuple[Outlook, list[ToldReason], list[ToldReason]]


class DrawUpDialog(Dialog):
    """Chooses kind and systems; shows what each certificate would say before it is made."""

    def __init__(self, context: Context, systems: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._wanted = list(systems)
        self._asked = 0
        self._looks: list[ToldOutlook] = []
        self.setWindowTitle(tr("Draw up certificates"))
        self.resize(860, 620)
        with context.workspace.read() as connection:
            self._kinds = kinds(connection, context.project.id)
        self.kind = QComboBox(self)
        for each in self._kinds:
            self.kind.addItem(each.word, each.id)
        self.systems = QListWidget(self)
        self.systems.itemChanged.connect(self._look_soon)
        self.place = QLineEdit(self)
        self.scope = QPlainTextEdit(self)
        self.reason = QPlainTextEdit(self)
        for edit in (self.scope, self.reason):
            edit.setTabChangesFocus(True)
            edit.setFixedHeight(58)
        self.reason.textChanged.connect(self._look_soon)
        self.refused = ReasonsArea(120, self)
        self.refused.row_wanted.connect(self._open_row)
        self.issue = QPushButton(icon("send"), tr("Issue for signature"), self)
        self.issue.clicked.connect(lambda: self._make(issue=True))
        self.draft = QPushButton(tr("Draw up as a draft"), self)
        self.draft.clicked.connect(lambda: self._make(issue=False))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self.look)
        self._lay_out()
        self._choose_kind_for_systems()
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self._kind_changed()
        self.kind.setFocus()

    def _lay_out(self) -> None:
        heading = QLabel(tr("Draw up certificates"), self)
        role(heading, "lead")
        left = QVBoxLayout()
        left.setSpacing(SPACE * 3)
        self._reason_box = FieldBox(tr("Why it is given back"), self.reason, required=True)
        left.addWidget(FieldBox(tr("Kind of certificate"), self.kind))
        label = QLabel(tr("Systems"), self)
        role(label, "small")
        label.setBuddy(self.systems)
        self.systems.setAccessibleName(tr("Systems"))
        left.addWidget(label)
        left.addWidget(self.systems, 1)
        left.addWidget(self._reason_box)
        left.addWidget(FieldBox(tr("What is handed over"), self.scope))
        left.addWidget(FieldBox(tr("Place"), self.place))
        self._found = QWidget(self)
        self._found_column = QVBoxLayout(self._found)
        self._found_column.setContentsMargins(0, 0, SPACE * 2, 0)
        self._found_column.setSpacing(SPACE * 2)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._found)
        scroll.setAccessibleName(tr("What stands in the way"))
        columns = QHBoxLayout()
        columns.setSpacing(SPACE * 5)
        columns.addLayout(left, 2)
        columns.addWidget(scroll, 3)
        last = self.cancel_or(self.issue)
        last.insertWidget(2, self.draft)
        self.draft.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        whole.addWidget(heading)
        whole.addLayout(columns, 1)
        whole.addWidget(self.refused)
        whole.addLayout(last)

    @property
    def chosen(self) -> OfferedKind | None:
        """The kind that is chosen; None where a project has none."""
        return next((each for each in self._kinds if each.id == self.kind.currentData()), None)

    @property
    def ticked(self) -> list[str]:
        """The systems that are chosen."""
        items = (self.systems.item(n) for n in range(self.systems.count()))
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items
                if item.checkState() == Qt.CheckState.Checked]  # fmt: skip

    def tick(self, key: str, *, on: bool = True) -> None:
        """Choose a system, or leave it out."""
        for n in range(self.systems.count()):
            item = self.systems.item(n)
            if item.data(Qt.ItemDataRole.UserRole) == key:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _choose_kind_for_systems(self) -> None:
        """Begin with the first kind that fits the systems that were chosen before."""
        if not self._wanted:
            return
        with self._context.workspace.read() as connection:
            for at, each in enumerate(self._kinds):
                fitting = {row.id for row in systems_for(connection, self._context.project.id, each.id)}
                if fitting.issuperset(self._wanted):
                    self.kind.setCurrentIndex(at)
                    return

    @Slot()
    def _kind_changed(self) -> None:
        kind = self.chosen
        ticked = set(self.ticked) or set(self._wanted)
        self._reason_box.setVisible(kind is not None and kind.meaning == GOES_BACK)
        found: list[Linked] = []
        if kind is not None:
            with self._context.workspace.read() as connection:
                found = systems_for(connection, self._context.project.id, kind.id)
        self.systems.blockSignals(True)
        self.systems.clear()
        for each in found:
            item = QListWidgetItem(each.name, self.systems)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.id in ticked else Qt.CheckState.Unchecked)
        self.systems.blockSignals(False)
        self.look()

    @Slot()
    def _look_soon(self) -> None:
        self._soon.start()

    @Slot()
    def look(self) -> None:
        """Find out what the chosen certificates would say, off the window's thread."""
        kind, ticked = self.chosen, self.ticked
        self._soon.stop()
        self._asked += 1
        self.refused.show_reasons(())
        if kind is None or not ticked:
            self._show((self._asked, []))
            return
        workspace, number, reason = self._context.workspace, self._asked, self.reason.toPlainText() or None
        register = catalogue.register("certificates")

        def work(_progress: Progress) -> tuple[int, list[ToldOutlook]]:
            with workspace.read() as connection:
                found = []
                for key in ticked[:_LOOKED_AT]:
                    look = outlook(connection, kind.id, key, reason)
                    excepted = [ToldReason(_exception(row), _row_of(row)) for row in look.exceptions]
                    found.append((look, told(connection, look.reasons, register), excepted))
                return number, found

        self.issue.setEnabled(False)
        self._context.run_job(tr("Reading"), work, done=self._show, background=True)

    @Slot(object)
    def _show(self, answer: tuple[int, list[ToldOutlook]]) -> None:
        number, found = answer
        if number != self._asked:
            return
        self._looks = found
        while (item := self._found_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for look, reasons, exceptions in found:
            self._say_look(look, reasons, exceptions)
        if not found:
            self._say(tr("Choose the systems: what stands in the way of each is shown here."), "secondary")
        more = len(self.ticked) - len(found)
        if more > 0:
            self._say(trn("{n} more is looked at when it is issued.", "{n} more are looked at when they are issued.",
                          more), "secondary")  # fmt: skip
        self._found_column.addStretch(1)
        self.issue.setEnabled(bool(found) and all(look.possible for look, _, _ in found))
        self.draft.setEnabled(bool(found))

    def _say_look(self, look: Outlook, reasons: list[ToldReason], exceptions: list[ToldReason]) -> None:
        self._say(look.system.name, "lead")
        if reasons:
            self._list(reasons, tr("What stands in the way:"))
        else:
            self._say(tr("Nothing stands in the way."), "")
        if exceptions:
            self._list(exceptions, tr("Exceptions that it will list:"))
        if len(look.passes) > 1:
            self._say(tr("Passes with it: {systems}", systems=", ".join(look.passes[1:])), "secondary")
        if look.signers:
            self._say(tr("Sign in this order: {names}", names=", ".join(look.signers)), "secondary")

    def _say(self, text: str, name: str) -> None:
        label = QLabel(text, self._found)
        label.setWordWrap(True)
        if name:
            role(label, name)
        self._found_column.addWidget(label)

    def _list(self, reasons: list[ToldReason], lead: str) -> None:
        label = ReasonsLabel(self._found)
        label.show_reasons(reasons, lead)
        label.row_wanted.connect(self._open_row)
        self._found_column.addWidget(label)

    def _make(self, *, issue: bool) -> None:
        kind = self.chosen
        if kind is None:
            return
        context, ticked = self._context, self.ticked
        values = {"place": self.place.text().strip(), "scope": self.scope.toPlainText().strip(),
                  "reason": self.reason.toPlainText().strip()}  # fmt: skip
        try:
            made = draw_up(context.workspace, context.project.id, kind.id, ticked, values, issue=issue)
        except Refused as error:
            with context.workspace.read() as connection:
                self.refused.show_reasons(told(connection, error.reasons, catalogue.register("certificates")))
            return
        except HandoverError as error:
            self.refused.show_reasons([ToldReason(str(error))])
            return
        self.accept()
        if issue:
            said = trn("{n} certificate is out for signature.", "{n} certificates are out for signature.", len(made))
        else:
            said = trn("{n} certificate is drawn up.", "{n} certificates are drawn up.", len(made))
        context.tell(said, undo=True)
        context.open_row("certificates", made[0])

    def _open_row(self, register: str, key: str) -> None:
        self.reject()
        self._context.open_row(register, key)


def draw_up_act(context: Context, *, of_systems: bool) -> Callable[[Sequence[str], QWidget], Any]:
    """Open the dialog, for systems that were chosen or for any."""

    def run(ids: Sequence[str], over: QWidget) -> DrawUpDialog:
        dialog = DrawUpDialog(context, ids if of_systems else (), over.window())
        dialog.open()
        return dialog

    return run


def _exception(row: Any) -> str:  # Any: a row that would be an exception
    due = moment(row.due_on) if row.due_on is not None else tr("no date")
    return tr("{ref} {text} ({due})", ref=row.ref, text=row.text, due=due)


def _row_of(row: Any) -> tuple[Any, ...]:  # Any: as above, and what links to it
    register = catalogue.of_table(row.table)
    return (NamedRow(register.key, row.id, row.ref),) if register is not None else ()
