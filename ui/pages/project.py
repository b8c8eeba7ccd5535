"""The dialog of a project's own fields, for a new one and for one that is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from handover.errors import HandoverError, NotValid
from handover.i18n import N_, tr
from handover.model.project import PROJECT_STATUS, Project
from handover.registers import find
from handover.registers.beginning import add_project
from handover.registers.kinds.choosing import CellChoice
from handover.registers.linked import Linked
from handover.registers.parties import PARTIES, parties, set_parties
from handover.values.shown import moment
from handover.values.typed_dates import typed_day
from ui.register.grid.choices import Choices, Chosen
from ui.register.grid.editors import LineEdit
from ui.shell.banner import Banner
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context, ProjectInHand
from ui.theme.style import role
from ui.theme.tokens import SPACE


@dataclass(frozen=True, slots=True)
class _Shown:
    field: str
    label: str
    kind: str = "text"
    wide: bool = False


_SECTIONS: tuple[tuple[str, tuple[_Shown, ...]], ...] = (
    (
        N_("Project"),
        (
            _Shown("name", N_("Project name")),
            _Shown("code", N_("Project code")),
            _Shown("status", N_("Status"), "status"),
            _Shown("site", N_("Site")),
        ),
    ),
    (
        N_("Who is involved"),
        (*(_Shown(each.field, each.name, "party") for each in PARTIES),),
    ),
    (
        N_("Dates"),
        (
            _Shown("started_on", N_("Started on"), "date"),
            _Shown("planned_handover", N_("Planned handover"), "date"),
            _Shown("forecast_handover", N_("Forecast handover"), "date"),
            _Shown("actual_handover", N_("Actual handover"), "date"),
            _Shown("window_from", N_("Contractual window from"), "date"),
            _Shown("window_to", N_("Contractual window until"), "date"),
        ),
    ),
    (
        N_("Remarks"),
        (
            _Shown("cost_of_delay", N_("Cost of a day's delay"), wide=True),
            _Shown("notes", N_("Notes"), "long", wide=True),
        ),
    ),
)


class ProjectDialog(Dialog):
    """The fields of a project.

    Signals:
        stored: the project as it now is.
    """

    stored = Signal(object)

    def __init__(self, context: Context, project: Project | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._project = project
        title = tr("New project") if project is None else tr("Project properties")
        self.setWindowTitle(title)
        self.resize(720, 640)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._banner = Banner("danger", self)
        whole.addWidget(self._banner)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(title)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 3)
        self.boxes: dict[str, FieldBox] = {}
        self._taken = self._parties()
        for name, fields in _SECTIONS:
            heading = QLabel(tr(name), body)
            role(heading, "lead")
            column.addWidget(heading)
            column.addLayout(self._section(fields, body))
            column.addSpacing(SPACE * 2)
        column.addStretch(1)
        scroll.setWidget(body)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._foot())
        self.boxes["name"].editor.setFocus()

    def _section(self, fields: tuple[_Shown, ...], body: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setVerticalSpacing(SPACE * 3)
        at = 0
        for shown in fields:
            box = FieldBox(tr(shown.label), self._editor(shown, body), required=shown.field in ("name", "code"))
            self.boxes[shown.field] = box
            if shown.wide:
                at += at % 2
                grid.addWidget(box, at // 2, 0, 1, 2)
                at += 2
            else:
                grid.addWidget(box, at // 2, at % 2)
                at += 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _parties(self) -> dict[str, Linked]:
        """Who takes part in the project."""
        if self._project is None:
            return {}
        with self._context.workspace.read() as connection:
            return parties(connection, self._project.id)

    def _party(self, shown: _Shown, body: QWidget) -> LineEdit:
        """A line that offers the people or companies of the project; a new name is entered with it."""
        place = next(each for each in PARTIES if each.field == shown.field)
        line = LineEdit(self._offered(place.table) if self._project is not None else None, body)
        taken = self._taken.get(shown.field)
        line.fill(taken.name if taken else "")
        line.setCursorPosition(0)
        line.setReadOnly(self._context.read_only)
        line.setPlaceholderText(tr("A name; who is new is entered with it"))
        return line

    def _offered(self, table: str) -> Choices:
        workspace, project = self._context.workspace, self._project

        def fitting(text: str) -> list[CellChoice]:
            if project is None:
                return []
            with workspace.read() as connection:
                found = find.suggest(connection, project.id, table, text)
            return [CellChoice(row.name, row.ref, row) for row in found]

        return fitting

    def _editor(self, shown: _Shown, body: QWidget) -> QWidget:
        if shown.kind == "party":
            return self._party(shown, body)
        value = getattr(self._project, shown.field) if self._project is not None else None
        locked = self._context.read_only
        if shown.kind == "status":
            combo = QComboBox(body)
            now = value or PROJECT_STATUS.initial
            for option in (PROJECT_STATUS[now], *PROJECT_STATUS.next_states(now)):
                combo.addItem(option.label, option.code)
            combo.setEnabled(not locked and self._project is not None)
            return combo
        if shown.kind == "long":
            text = QPlainTextEdit(value or "", body)
            text.setFixedHeight(96)
            text.setTabChangesFocus(True)
            text.setReadOnly(locked)
            return text
        line = QLineEdit(body)
        line.setText(moment(value) if isinstance(value, dt.date) else value or "")
        line.setCursorPosition(0)
        line.setReadOnly(locked)
        if shown.kind == "date":
            line.setPlaceholderText(tr("such as 2026-03-05, 3/5, +7"))
        return line

    def _foot(self) -> QWidget:
        foot = QWidget(self)
        row = QHBoxLayout(foot)
        row.setContentsMargins(SPACE * 6, SPACE * 3, SPACE * 6, SPACE * 4)
        row.setSpacing(SPACE * 2)
        row.addStretch(1)
        leave = QPushButton(tr("Cancel"), foot)
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self.store = QPushButton(tr("Create project") if self._project is None else tr("Apply changes"), foot)
        self.store.setDefault(True)
        self.store.clicked.connect(self.apply)
        self.store.setEnabled(not self._context.read_only)
        row.addWidget(leave)
        row.addWidget(self.store)
        return foot

    def apply(self) -> None:
        """Store what stands in the fields; what won't do is said at its field."""
        values, sound = self._values()
        if not sound:
            return
        try:
            project = self._write(values)
        except NotValid as error:
            self._refuse(error.field, str(error))
        except HandoverError as error:
            self._banner.complain(error)
        else:
            self.stored.emit(project)
            self.accept()

    def _values(self) -> tuple[dict[str, Any], bool]:  # Any: the values of any column
        values: dict[str, Any] = {}
        sound = True
        for _, fields in _SECTIONS:
            for shown in fields:
                try:
                    values[shown.field] = _READ[shown.kind](self.boxes[shown.field].editor)
                except NotValid as error:
                    self._refuse(shown.field, str(error))
                    sound = False
        for problem in Project.problems(values):
            self._refuse(problem.field, tr(problem.message, **problem.values))
            sound = False
        return values, sound

    def _refuse(self, field: str, reason: str) -> None:
        box = self.boxes.get(field)
        if box is None:
            self._banner.say(reason)
        else:
            box.refuse(reason)

    def _moved(self, field: str, typed: str) -> bool:
        """Whether a place is given to somebody else than the dialog showed."""
        taken = self._taken.get(field)
        return typed != (taken.name if taken else "")

    def _write(self, values: Mapping[str, Any]) -> ProjectInHand:  # Any: as above
        workspace = self._context.workspace
        code, name = values["code"], values["name"]
        taken = {p.code: p.id for p in workspace.projects()}
        own = self._project.id if self._project is not None else ""
        if taken.get(code, own) != own:
            raise NotValid(N_("Another project of this workspace has this code."), field="code")
        seats = {each.field: values[each.field] for each in PARTIES if self._moved(each.field, values[each.field])}
        own_values = {field: value for field, value in values.items() if field not in _SEATS}
        if self._project is None:
            with workspace.edit(N_("Add project {code}"), code=code) as work:
                project = add_project(work, Project(**own_values))
                set_parties(work, project, seats)
        else:
            with workspace.edit(N_("Change project {code}"), project=own, code=code) as work:
                project = work.get(Project, own)
                for field, value in own_values.items():
                    if getattr(project, field) != value:
                        setattr(project, field, value)
                set_parties(work, project, seats)
        return ProjectInHand(project.id, code, name)


def _seat(editor: LineEdit) -> str:
    """Who stands in the line: the reference where somebody was chosen, else what was typed."""
    editor.take_marked()
    typed = editor.typed()
    return typed.value.ref if isinstance(typed, Chosen) else typed.strip()


def _line(editor: QLineEdit) -> str | None:
    return editor.text().strip() or None


def _long(editor: QPlainTextEdit) -> str | None:
    return editor.toPlainText().strip() or None


def _date(editor: QLineEdit) -> dt.date | None:
    return typed_day(editor.text()) if editor.text().strip() else None


def _status(editor: QComboBox) -> str:
    return str(editor.currentData())


_READ: dict[str, Callable[[Any], Any]] = {
    "text": _line,
    "long": _long,
    "date": _date,
    "status": _status,
    "party": _seat,
}
_SEATS = frozenset(each.field for each in PARTIES)
