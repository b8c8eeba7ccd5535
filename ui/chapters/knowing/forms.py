"""Small forms of knowledge: plan a session, type a verification back, agree a measure of retention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from handover.clock import today
from handover.errors import HandoverError, NotValid, Refused
from handover.i18n import tr
from handover.jobs import Progress
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Register
from handover.registers.knowing.clashes import SessionClash, SessionPlanned
from handover.registers.knowing.planning_sessions import plan_session, session_about
from handover.registers.knowing.session_days import attendees, clashes_of
from handover.values.moments import midnight
from ui.register.details.form import SectionBody
from ui.register.details.small_form import SmallForm
from ui.register.grid.typed import stored
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.page import Context
from ui.theme.style import role

_SESSION = ("title", "method", "giver", "planned_on", "hours", "place", "material")
_VERIFICATION = ("result", "level", "verifier", "witness", "verified_on", "method", "score", "pass_mark", "valid_until",
                 "evidence", "questions", "next_step")  # fmt: skip
_RETENTION = ("measure", "owner", "due_on", "description", "reasons")
_WIDE = 640


class AddForm(SmallForm):
    """Asks for the fields of a new row in two columns; what is refused is said beside them.

    Args:
        known: what the row has besides, by field.
        begin: what stands in the fields at first, links as rows that are shown.
        done: is given the key of the new row.
    """

    def __init__(
        self,
        context: Context,
        register: Register,
        title: str,
        fields: Sequence[str],
        asked: Sequence[str],
        verb: str,
        parent: QWidget,
        *,
        known: Mapping[str, Any],  # Any: what each field holds
        begin: Mapping[str, Any],  # Any: as above
        note: str = "",
        done: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(context, title, [register[each] for each in fields], asked, begin, verb, parent, note=note)
        self.context, self.register = context, register
        self._known, self._done = known, done
        self.setMinimumWidth(_WIDE)
        body = SectionBody([*self.boxes.values()], self)
        body.set(2)
        self.column().insertWidget(2 if note else 1, body)
        self.given.connect(self._add)

    def column(self) -> QVBoxLayout:
        """The column in which its parts stand."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # made so by the small form
        return layout

    def store(self, values: Mapping[str, Any]) -> str:  # Any: as above
        """Store the row; returns its key."""
        return editing.add(self.context.workspace, self.register, self.context.project.id, {**values, **self._known})

    @Slot(object)
    def _add(self, values: Mapping[str, Any]) -> None:  # Any: as above
        given = {key: value for key, value in values.items() if value not in (None, "")}
        try:
            row = self.store(given)
        except HandoverError as error:
            self.refuse(self._reasons(error))
            return
        self.accept()
        if self._done is not None:
            self._done(row)

    def _reasons(self, error: HandoverError) -> list[ToldReason]:
        if isinstance(error, Refused):
            with self.context.workspace.read() as connection:
                return told(connection, error.reasons, self.register)
        return [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]


class PlanSessionForm(AddForm):
    """Plans a session about an item; says at once what its day clashes with.

    Args:
        day: on which it is to be, None to ask.
    """

    def __init__(
        self,
        context: Context,
        item: str,
        parent: QWidget,
        *,
        day: dt.date | None = None,
        done: Callable[[str], object] | None = None,
    ) -> None:
        sessions = register_of("sessions")
        with context.workspace.read() as connection:
            wanted = session_about(connection, item)
            people = query.linked(connection, "person", [wanted.values["giver"]])
            ways = query.linked(connection, "pick", [wanted.values["method"]])
        begin = {
            "title": wanted.values["title"], "giver": people.get(wanted.values["giver"] or ""),
            "method": ways.get(wanted.values["method"] or ""), "planned_on": midnight(day) if day else None,
        }  # fmt: skip
        super().__init__(
            context, sessions, tr("Plan a session"), _SESSION, ("title", "planned_on"), tr("Plan it"), parent,
            known={"item": item}, begin=begin, done=done,
        )  # fmt: skip
        self._asked = 0
        self.invited = QListWidget(self)
        self.invited.setAccessibleName(tr("Who is to be there"))
        for key, name in wanted.invited:
            entry = QListWidgetItem(name, self.invited)
            entry.setData(Qt.ItemDataRole.UserRole, key)
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            entry.setCheckState(Qt.CheckState.Checked)
        self.invited.setMaximumHeight(96)
        heading = QLabel(tr("Who is to be there"), self)
        role(heading, "secondary")
        if not wanted.invited:
            heading.setText(tr("Nobody is to learn it yet: name its receivers first, or invite people afterwards."))
            self.invited.hide()
        self.clash = QLabel(self)
        self.clash.setWordWrap(True)
        self.clash.setTextFormat(Qt.TextFormat.PlainText)
        role(self.clash, "secondary")
        at = self.column().indexOf(self.reasons)
        for n, part in enumerate((heading, self.invited, self.clash)):
            self.column().insertWidget(at + n, part)
        for box in self.boxes.values():
            box.entered.connect(self._look)
        self.invited.itemChanged.connect(self._look)
        self._look()

    def people(self) -> list[str]:
        """The keys of those who are ticked."""
        entries = (self.invited.item(n) for n in range(self.invited.count()))
        return [e.data(Qt.ItemDataRole.UserRole) for e in entries if e.checkState() == Qt.CheckState.Checked]

    def store(self, values: Mapping[str, Any]) -> str:  # Any: as in AddForm
        return plan_session(self.context.workspace, self.context.project.id, {**values, **self._known}, self.people())

    @Slot()
    def _look(self, *_: object) -> None:
        """Say what the session would clash with as it is filled in just now."""
        try:
            on, hours, giver = (stored(self.context, box.field, box.typed()) if box.text().strip() else None
                                for box in (self.boxes[key] for key in ("planned_on", "hours", "giver")))  # fmt: skip
        except HandoverError:
            return
        if on is None:
            self.clash.setText("")
            return
        begins = on if isinstance(on, dt.datetime) else midnight(on)
        self._asked += 1
        number, keys, project = self._asked, self.people(), self.context.project.id
        workspace = self.context.workspace

        def work(_progress: Progress) -> tuple[int, tuple[SessionClash, ...]]:
            with workspace.read() as connection:
                people = attendees(connection, [*([giver] if giver else []), *keys])
                first = people[0] if giver and people else None
                rest = tuple(people[1:] if first is not None else people)
                planned = SessionPlanned("", "", "", begins, hours, "planned", "", "", "", first, rest)
                return number, clashes_of(connection, project, planned)

        self.context.run_job(tr("Reading"), work, background=True).done.connect(self._tell_clashes)

    @Slot(object)
    def _tell_clashes(self, answer: tuple[int, tuple[SessionClash, ...]]) -> None:
        number, found = answer
        if number == self._asked:
            self.clash.setText("\n".join(map(str, found)))


class VerificationForm(AddForm):
    """Types back what a receiver showed, as it stands on his or her sheet."""

    def __init__(
        self,
        context: Context,
        receiver: str,
        parent: QWidget,
        *,
        place: str = "",
        done: Callable[[str], object] | None = None,
    ) -> None:
        with context.workspace.read() as connection:
            row = query.one(connection, register_of("receivers"), receiver)
            fields = register_of("receivers").fields
            values = dict(zip((field.field for field in fields), row.values, strict=False))
        who, item = values["person"], values["item"]
        said = tr("{ref} {name}: {item}", ref=row.ref, name=who.name if who else "", item=str(item or ""))
        super().__init__(
            context, register_of("verifications"), tr("Type a verification back"), _VERIFICATION,
            ("result", "verifier", "verified_on"), tr("Record it"), parent, known={"receiver": receiver},
            begin={"result": "passed", "verified_on": today()}, note=f"{place} {said}".strip(), done=done,
        )  # fmt: skip


def type_sheets_back(context: Context, receivers: Sequence[str], over: QWidget) -> None:
    """Type the sheets of receivers back, one after the other; Cancel ends it, and what was stored stays."""
    left = list(receivers)
    if not left:
        context.tell(tr("Choose the receivers whose sheets are filled in."))
        return
    whole = len(left)

    def following(_row: str = "") -> None:
        if not left:
            context.tell(tr("The sheets are typed back."), undo=True)
            return
        place = tr("{n} of {of}.", n=whole - len(left) + 1, of=whole) if whole > 1 else ""
        VerificationForm(context, left.pop(0), over.window(), place=place, done=following).open()

    following()


def retention_form(context: Context, person: str, over: QWidget) -> AddForm:
    """Asks for a measure by which somebody is kept, or his or her leaving made up for."""
    with context.workspace.read() as connection:
        named = query.linked(connection, "person", [person])[person]
    return AddForm(
        context, register_of("retention-plans"), tr("Agree a measure of retention"), _RETENTION, ("measure",),
        tr("Add it"), over.window(), known={"person": person}, begin={}, note=named.name,
        done=lambda row: context.open_row("retention-plans", row),
    )  # fmt: skip
