"""The calendar of sessions: a week, a month or the people of a week, with what each session clashes with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.clock import today
from handover.i18n import tr, trc, trn
from handover.model.knowledge.session import SESSION_STATUS
from handover.registers.catalogue import register as register_of
from handover.registers.knowing.clashes import SessionPlanned
from handover.registers.knowing.planning_sessions import plan_session
from handover.registers.knowing.session_days import SessionDays, session_days
from handover.values.moments import midnight
from handover.values.shown import moment
from ui.chapters.knowing.calendar_grid import CalendarGrid
from ui.chapters.knowing.calendar_model import MODES, CalendarModel, Mode, span_of, step
from ui.chapters.knowing.forms import AddForm
from ui.chapters.knowing.invite import SessionInviteDialog
from ui.register.actions import ActionMaker
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_KEY = Qt.ItemDataRole.UserRole
_TABLES = frozenset(
    {"transfer_session", "session_attendance", "person", "meeting", "attendance", "task", "work_calendar",
     "calendar_day", "knowledge_item", "pick"}
)  # fmt: skip
_FIELDS = ("title", "item", "method", "giver", "planned_on", "hours", "place", "material")


class NewSessionForm(AddForm):
    """Plans a session on a day; the receivers of its item are asked to it."""

    def store(self, values: Mapping[str, Any]) -> str:  # Any: as in AddForm
        return plan_session(self.context.workspace, self.context.project.id, values)


class SessionCalendarPage(Page):
    """Shows the sessions in their days; ``restore`` understands ``mode`` and ``day``."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.day = today()
        self.mode: Mode = "week"
        self._session = ""
        self._begun = False
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        self.model = CalendarModel(self)
        self.grid = CalendarGrid(self.model, self)
        self.grid.setAccessibleName(self.title())
        self.grid.stepped.connect(self._step_over)
        self.grid.chosen.connect(self.choose)
        self.grid.selectionModel().currentChanged.connect(self._tell_cell)
        column.addWidget(self.grid, 3)
        self.of_day = QLabel(self)
        role(self.of_day, "lead")
        column.addWidget(self.of_day)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setAccessibleName(tr("Sessions of the day"))
        self.list.itemActivated.connect(self._open)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.grid)
        make = ActionMaker(self, context.shortcuts, writable=not context.read_only)
        self._actions = [
            make.writing(tr("Plan a session…"), "calendar-days", self.plan),
            make.writing(tr("Invite…"), "calendar-check", self.invite),
        ]
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Calendar of sessions")

    def help_key(self) -> str:
        return "session_calendar"

    def page_actions(self) -> list[QAction]:
        return self._actions

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"mode": self.mode, "day": self.day.isoformat()}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if state.get("mode") in MODES:
            self.mode = state["mode"]
            with QSignalBlocker(self.modes):
                self.modes.button(MODES.index(self.mode)).setChecked(True)
        if state.get("day"):
            self.day = dt.date.fromisoformat(str(state["day"]))
        self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, span = self.context.project.id, span_of(self.mode, self.day)
        self.read(lambda connection: session_days(connection, project, *span), self._show)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        row.addWidget(heading)
        row.addStretch(1)
        self.period = QLabel(self)
        row.addWidget(self.period)
        for picture, name, n in (("chevron-left", tr("Earlier"), -1), ("chevron-right", tr("Later"), 1)):
            button = QPushButton(icon(picture), "", self)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(lambda _=False, n=n: self.step(n))
            row.addWidget(button)
        here = QPushButton(tr("Today"), self)
        here.clicked.connect(lambda: self.go_to(today()))
        row.addWidget(here)
        self.modes = QButtonGroup(self)
        names = (trc("calendar", "Week"), trc("calendar", "Month"), trc("calendar", "By person"))
        for n, name in enumerate(names):
            button = QPushButton(name, self)
            button.setCheckable(True)
            role(button, "view")
            self.modes.addButton(button, n)
            row.addWidget(button)
        self.modes.button(0).setChecked(True)
        self.modes.idClicked.connect(self._turn)
        return row

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, read: SessionDays) -> None:
        self.model.show_days(read, self.mode, self.day)
        first, last = span_of(self.mode, self.day)
        if self.mode == "month":
            said = trc("calendar", "{month}/{year}", month=self.day.month, year=self.day.year)
        else:
            said = tr("{first} to {last}", first=moment(first), last=moment(last))
        clashing = sum(any(c.tone != "info" for c in found) for found in read.clashes.values())
        if clashing:
            said += "  ·  " + trn("{n} session clashes", "{n} sessions clash", clashing)
        self.period.setText(said)
        place = self.model.place_of_session(self._session) if self._session else self.model.place_of(self.day)
        self._session = ""
        if place.isValid():
            self.grid.setCurrentIndex(place)
        self._tell_cell()
        if not self._begun and self.isVisible():
            self._begun = True
            self.grid.setFocus()

    @Slot()
    def _tell_cell(self, *_: object) -> None:
        self.list.clear()
        cell = self.model.cell(self.grid.currentIndex())
        if cell is None:
            self.of_day.setText(tr("No sessions in these days.") if self.model.read is not None else "")
            return
        self.day = cell.day
        self.of_day.setText(moment(cell.day) if cell.sessions else tr("{day}: no sessions", day=moment(cell.day)))
        read = self.model.read
        for session in cell.sessions:
            lines = [_line(session)]
            clashes = read.clashes.get(session.id, ()) if read is not None else ()
            lines += [f"    {clash}" for clash in clashes]
            item = QListWidgetItem("\n".join(lines), self.list)
            item.setData(_KEY, session.id)
            if clashes and clashes[0].tone != "info":
                item.setIcon(icon("triangle-alert", clashes[0].tone))
            else:
                item.setIcon(icon("calendar-check", "secondary"))
        self.list.setCurrentRow(0)

    # -- what it does -----------------------------------------------------------------------------------------------

    def go_to(self, day: dt.date) -> None:
        """Show the days around another."""
        self.day = day
        self.refresh(frozenset())

    def step(self, n: int) -> None:
        """Show the period so many on."""
        self.go_to(step(self.mode, self.day, n))

    @Slot(int, int)
    def _step_over(self, n: int, weekday: int) -> None:
        if self.mode == "month":
            first = self.day - dt.timedelta(days=self.day.weekday())
            self.go_to(first + dt.timedelta(days=7 * n + weekday))
            return
        day = step(self.mode, self.day, n)
        self.go_to(day - dt.timedelta(days=day.weekday()) + dt.timedelta(days=max(0, weekday)))

    @Slot(int)
    def _turn(self, number: int) -> None:
        self.mode = MODES[number]
        self.refresh(frozenset())

    @Slot()
    def choose(self) -> None:
        """Open the session of the current cell; of several the list asks which; on an empty day one is planned."""
        cell = self.model.cell(self.grid.currentIndex())
        if cell is None or not cell.sessions:
            if not self.context.read_only:
                self.plan()
        elif len(cell.sessions) == 1:
            self.context.open_row("sessions", cell.sessions[0].id)
        else:
            self.list.setFocus()

    def plan(self) -> None:
        """Plan a session on the current day."""
        NewSessionForm(
            self.context, register_of("sessions"), tr("Plan a session"), _FIELDS, ("title", "planned_on"),
            tr("Plan it"), self.window(), known={}, begin={"planned_on": midnight(self.day)},
            note=tr("The receivers of its knowledge item are asked to it."), done=self._planned,
        ).open()  # fmt: skip

    def invite(self) -> None:
        """Write the invitations of the sessions of the current day."""
        keys = [str(self.list.item(n).data(_KEY)) for n in range(self.list.count())]
        if keys:
            SessionInviteDialog(self.context, keys, self.window()).open()
        else:
            self.context.tell(tr("Choose a day with sessions."))

    def _planned(self, row: str) -> None:
        self._session = row
        self.context.tell(tr("The session is planned."), undo=True)
        self.refresh(frozenset())

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.context.open_row("sessions", str(item.data(_KEY)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.list.hasFocus():
            self.grid.setFocus()
            return
        super().keyPressEvent(event)


def _line(session: SessionPlanned) -> str:
    """A session with its time, its giver, who is asked, and its place."""
    at = f"{session.begins:%H:%M}–{session.ends:%H:%M}" if session.timed else ""
    giver = session.giver.name if session.giver is not None else ""
    people = tr("; ").join(each.name for each in session.people)
    way = f"{giver} → {people}" if giver and people else giver or people
    state = SESSION_STATUS.label(session.status)
    return "  ·  ".join(filter(None, (at, f"{session.ref} {session.title}", way, session.method, session.place, state)))
