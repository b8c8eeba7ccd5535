"""Small dialogs of the plan: taking a baseline, and how the plan is scheduled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError, NotValid
from handover.i18n import N_, tr
from handover.registers.scheduling import baselines, options
from handover.registers.scheduling.options import PlanOptions
from handover.values import shown
from handover.values.cells import parse_number
from handover.values.durations import DAY
from handover.values.typed_dates import typed_moment
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class _Asking(Dialog):
    """A dialog of fields with a verb; a refusal shows at its field."""

    def __init__(self, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.boxes: dict[str, FieldBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE * 5, SPACE * 4, SPACE * 5, SPACE * 4)
        self._column.setSpacing(SPACE * 3)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(SPACE * 3)
        self._column.addLayout(self.fields)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        self.done_button = QPushButton(verb, self)
        role(self.done_button, "primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.finish)
        row.addWidget(cancel)
        row.addWidget(self.done_button)
        self._column.addLayout(row)
        self.setMinimumWidth(440)

    def line(self, key: str, label: str, text: str, *, required: bool = False) -> QLineEdit:
        """A field of one line."""
        line = QLineEdit(text, self)
        self.boxes[key] = FieldBox(label, line, required=required, parent=self)
        self.fields.addWidget(self.boxes[key])
        return line

    def finish(self) -> None:
        """Do what the verb says."""
        raise NotImplementedError

    def attempt(self, act: Callable[[], object]) -> None:
        """Carry out an act and close, or show at its field why it can't be done."""
        try:
            act()
        except HandoverError as error:
            field = getattr(error, "field", "") or next(iter(self.boxes))
            self.boxes.get(field, next(iter(self.boxes.values()))).refuse(str(error))
            return
        self.accept()


class TakeBaseline(_Asking):
    """Asks for the name under which the plan is kept as it is now."""

    def __init__(self, context: Context, known: int, parent: QWidget | None = None) -> None:
        super().__init__(tr("Take a baseline"), tr("Take the baseline"), parent)
        self._context = context
        said = QLabel(tr("The plan is kept as it is scheduled now. Later dates are measured against it."), self)
        said.setWordWrap(True)
        self.fields.addWidget(said)
        self.name = self.line("name", tr("Name of the baseline"), tr("Baseline {n}", n=known + 1), required=True)
        self.name.selectAll()
        self.taken = ""

    def finish(self) -> None:
        def act() -> None:
            if not self.name.text().strip():
                raise NotValid(N_("This field must be filled in."), field="name")
            self.taken = baselines.take(self._context.workspace, self._context.project.id, self.name.text())

        self.attempt(act)


class ScheduleOptions(_Asking):
    """The data date, what is critical, and from which end the plan is scheduled."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(tr("How the plan is scheduled"), tr("Schedule so"), parent)
        self._context = context
        with context.workspace.read() as connection:
            now = options.read(connection, context.project.id)
        self.start = self.line(
            "plan_start", tr("Start of the plan (empty: the first date in it)"), _day(now.plan_start)
        )
        self.data_date = self.line(
            "data_date",
            tr("Data date: up to here progress is known; what isn't done lies after it"),
            _day(now.data_date),
        )
        days = f"{now.critical_float / DAY:g}"
        self.critical = self.line("critical_float", tr("Critical up to this many days of float"), days)
        self.back = self._check(tr("Schedule back from the finish, everything as late as possible"), now.from_finish)
        self.end = self.line("plan_finish", tr("Finish of the plan"), _day(now.plan_finish))
        self.end.setEnabled(now.from_finish)
        self.back.toggled.connect(self.end.setEnabled)
        self.links_win = self._check(tr("A link wins over a constraint that contradicts it"), now.links_win)
        self.ends = self._check(tr("Every task without a successor is critical"), now.open_ends_critical)
        self.done_button.setEnabled(not context.read_only)

    def _check(self, text: str, on: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(on)
        self.fields.addWidget(box)
        return box

    def finish(self) -> None:
        self.attempt(lambda: options.save(self._context.workspace, self._context.project.id, self._options()))

    def _options(self) -> PlanOptions:
        return PlanOptions(
            plan_start=_moment("plan_start", self.start.text()),
            data_date=_moment("data_date", self.data_date.text()),
            critical_float=_float(self.critical.text()),
            from_finish=self.back.isChecked(),
            plan_finish=_moment("plan_finish", self.end.text()),
            links_win=self.links_win.isChecked(),
            open_ends_critical=self.ends.isChecked(),
        )


def _day(at: dt.datetime | None) -> str:
    return shown.moment(at) if at else ""


def _moment(field: str, text: str) -> dt.datetime | None:
    try:
        return typed_moment(text.strip()) if text.strip() else None
    except NotValid as error:
        error.field = field
        raise


def _float(text: str) -> int:
    try:
        return round((parse_number(text.strip()) or 0) * DAY)
    except NotValid as error:
        error.field = "critical_float"
        raise
