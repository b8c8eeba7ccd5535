"""Decisions: who took them on which authority, why, and what they replaced; an emergency stop is one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, ForeignKey, String, Text, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover import clock
from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Due, Moment, Problem, Row, choice, link, state
from handover.model.dialect import day, this_minute_
from handover.model.entailed import at_hand, entailed_by
from handover.model.group import WorkingGroup
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person, must_have
from handover.model.steps import Taker
from handover.model.system import System
from handover.model.teams.leads import holders
from handover.model.vocabulary import Option, Vocabulary
from handover.values.moments import midnight
from handover.values.shown import ShownDay

AUTHORITY = Vocabulary(
    (
        Option("technical", NC_("authority", "Technical"), "info", ("technical", "技术", "技术决策")),
        Option("resource", NC_("authority", "Resources"), "ok", ("resource", "resources", "资源", "资源决策")),
        Option("joint", NC_("authority", "Joint, both sign"), "info", ("joint", "both", "双签", "联合")),
        Option(
            "emergency",
            NC_("authority", "Emergency stop"),
            "danger",
            ("emergency", "stop", "紧急", "紧急暂停", "紧急暂停令"),
        ),
    )
)

DECISION_STATUS = Lifecycle(
    (
        Option("draft", NC_("decision", "Proposed"), "neutral", ("proposed", "draft", "提议", "待决")),
        Option("in_force", NC_("decision", "In force"), "ok", ("decided", "in force", "valid", "有效", "生效")),
        Option("regularised", NC_("decision", "In force, regularised"), "warning", ("regularised", "已补签")),
        Option("lifted", NC_("decision", "Stop lifted"), "neutral", ("lifted", "已解除", "恢复")),
        Option("superseded", NC_("decision", "Superseded"), "neutral", ("superseded", "replaced", "已替代", "被替代")),
        Option("void", NC_("decision", "Withdrawn"), "neutral", ("withdrawn", "rejected", "撤销", "作废")),
    ),
    steps=(
        Step("decide", N_("Decide"), ("draft",), "in_force", asks=("decided_by",), may=("countersigned_by",),
             by="decided_by", on="decided_on", needs="authority_wanting"),
        Step("regularise", N_("Regularise"), ("in_force",), "regularised", asks=("regularised_by",),
             by="regularised_by", on="regularised_on", after=("decided_on",), by_other_than=("decided_by",),
             needs="wanting_to_regularise"),
        Step("lift", N_("Lift the stop"), ("in_force", "regularised"), "lifted", asks=("lifted_by", "lifted_because"),
             by="lifted_by", on="lifted_on", after=("decided_on",), needs="wanting_to_lift"),
        Step("void", N_("Withdraw"), ("draft", "in_force"), "void", asks=("void_because",), needs="wanting_to_void"),
    ),
    closed=frozenset({"lifted", "superseded", "void"}),
    locked=frozenset({"in_force", "regularised", "lifted", "superseded", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip

#: The states in which a decision binds.
BINDING = ("in_force", "regularised")
#: Within how many hours an emergency stop is regularised where its group says nothing else.
REGULARISED_WITHIN = 24


class Decision(Due, Row):
    """A decision; its reference is its number.

    Attributes:
        options: what was considered besides.
        countersigned_by_id: the lead of the other side, of a joint decision.
        supersedes_id: the decision in whose place it stands from the moment on in which it is taken.
        stopped_at: when an emergency stop took effect.
        regularise_by: until when the other lead has to have signed it.
    """

    __tablename__ = "decision"
    prefix: ClassVar[str] = "DCS"
    guarded: ClassVar[frozenset[str]] = frozenset({"supersedes_id"})
    #: What is decided goes on while the work stands still: a stop is ended by decisions.
    goes_on_when_stopped: ClassVar[bool] = True
    stands_from: ClassVar[str] = "commissioning"  # where a stop stands, nothing passes to anybody
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} emergency stop of {system} is in force: {refs}.", "{n} emergency stops of {system} are in force: {refs}."
    )

    title: Mapped[str] = mapped_column(String(500))
    group_id: Mapped[str | None] = link("working_group")
    meeting_id: Mapped[str | None] = link("meeting")
    authority: Mapped[str | None] = choice(AUTHORITY, "joint")
    status: Mapped[str] = state(DECISION_STATUS)
    system_id: Mapped[str | None] = link("system")
    scope: Mapped[str | None] = mapped_column(String(300))
    options: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[str | None] = link("person")
    countersigned_by_id: Mapped[str | None] = link("person")
    decided_on: Mapped[dt.date | None]
    effective_on: Mapped[dt.date | None]
    supersedes_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("decision.id"), index=True)
    stopped_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    regularise_by: Mapped[dt.datetime | None] = mapped_column(Moment)
    regularised_by_id: Mapped[str | None] = link("person")
    regularised_on: Mapped[dt.date | None]
    lifted_by_id: Mapped[str | None] = link("person")
    lifted_on: Mapped[dt.date | None]
    lifted_because: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what is decided, and never replaces itself; a stop names what it stops."""
        yield from must_have(values, "title")
        if values.get("supersedes_id") and values.get("supersedes_id") == values.get("id"):
            yield Problem("supersedes", N_("A decision can't supersede itself."))
        if values.get("authority") == "emergency" and not values.get("system_id"):
            yield Problem("system", N_("An emergency stop names the system that it stops."))
        by, also = values.get("decided_by_id"), values.get("countersigned_by_id")
        if by and by == also:
            yield Problem("countersigned_by", N_("The second signature is somebody else's."))

    def against_change(self, before: Mapping[str, Any], _taker: Taker) -> Iterator[Reason]:  # Any: column values
        """What it supersedes doesn't supersede it in turn, by whatever way."""
        session = object_session(self)
        unchanged = before.get("supersedes_id") == self.supersedes_id
        if session is None or not self.supersedes_id or unchanged or self.supersedes_id == self.id:
            return
        seen = {self.id}
        former = at_hand(session, Decision, self.supersedes_id)
        while former is not None:
            if former.id in seen:
                yield Reason(
                    N_("{ref} is superseded by this one already, so that it can't supersede it."),
                    {"ref": former.ref}, field="supersedes",
                )  # fmt: skip
                return
            seen.add(former.id)
            former = at_hand(session, Decision, former.supersedes_id)

    def authority_wanting(self, taker: Taker) -> Iterator[Reason]:
        """A decision is taken by who holds its authority: the technical lead, the resource lead, or both."""
        session = object_session(self)
        if session is None or taker.history:
            return
        if not self.group_id and not self.system_id:
            yield Reason(N_("Name its group or its system: their leads decide."), field="group")
            return
        signed = {key for key in (self.decided_by_id or taker.person, self.countersigned_by_id) if key}
        technical, resources = self._leads(session, self.decided_on or taker.today)
        if self.authority == "emergency":
            if not signed & (technical | resources):
                yield self._not_theirs(session, N_("A stop is ordered by one of the leads: {names}."),
                                       technical | resources)  # fmt: skip
            return
        if self.authority != "resource" and not signed & technical:
            yield self._not_theirs(session, N_("This decision needs the technical lead: {names}."), technical)
        if self.authority != "technical" and not signed & resources:
            yield self._not_theirs(session, N_("This decision needs the resource lead: {names}."), resources)
        if self.authority not in ("technical", "resource") and len(signed) < 2:
            yield Reason(N_("A joint decision has two signatures: {field}."), {"field": "countersigned_by"},
                         field="countersigned_by")  # fmt: skip
        yield from self._former_standing(session)

    def _former_standing(self, session: Session) -> Iterator[Reason]:
        former = at_hand(session, Decision, self.supersedes_id)
        if former is None:
            return
        values = {"ref": former.ref}
        if former.authority == "emergency" and former.status in BINDING:
            yield Reason(N_("{ref} is a stop in force: it is lifted, not superseded."), values, field="supersedes")
        elif former.status not in BINDING:
            yield Reason(N_("{ref} isn't in force, so that nothing can supersede it."), values, field="supersedes")

    def wanting_to_regularise(self, taker: Taker) -> Iterator[Reason]:
        """A stop is regularised by a lead other than the one who ordered it."""
        yield from self._of_stop(taker, self.regularised_by_id, "regularised_by")

    def wanting_to_lift(self, taker: Taker) -> Iterator[Reason]:
        """A stop is lifted by a lead."""
        yield from self._of_stop(taker, self.lifted_by_id, "lifted_by")

    def wanting_to_void(self, _taker: Taker) -> Iterator[Reason]:
        """A stop that is in force is lifted, not withdrawn."""
        if self.authority == "emergency" and self.decided_on is not None:
            yield Reason(N_("A stop that is in force is lifted, not withdrawn."))

    def _of_stop(self, taker: Taker, named: str | None, field: str) -> Iterator[Reason]:
        session = object_session(self)
        if self.authority != "emergency":
            yield Reason(N_("Only an emergency stop is regularised and lifted."))
        elif session is not None and not taker.history:
            by = named or taker.person
            technical, resources = self._leads(session, taker.today)
            if by not in technical | resources:
                yield self._not_theirs(session, N_("It takes one of the leads: {names}."), technical | resources, field)

    def _leads(self, session: Session, on: dt.date) -> tuple[frozenset[str], frozenset[str]]:
        technical, resources = (
            holders(session, role, self.group_id, self.system_id, on) for role in ("tech_lead", "ops_lead")
        )
        return technical, resources

    def _not_theirs(self, session: Session, message: str, leads: Set[str], field: str = "decided_by") -> Reason:
        names = session.scalars(select(Person.name).where(Person.id.in_(leads)).order_by(Person.name)).all()
        if not names:
            return Reason(N_("Neither its group nor its system has the lead whose authority it needs."), field="group")
        return Reason(message, {"names": "; ".join(names)}, field=field)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """An emergency stop that nobody has regularised yet."""
        return and_(cls.authority == "emergency", cls.status == "in_force")

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which a stop has to be regularised."""
        return day(cls.regularise_by)

    @classmethod
    def overdue(cls) -> ColumnElement[bool]:
        """A stop whose time for the second signature is over, to the minute."""
        return and_(cls.open(), cls.regularise_by < this_minute_())

    @classmethod
    def proposed(cls) -> ColumnElement[bool]:
        """Not yet decided."""
        return cls.status == "draft"

    @classmethod
    def binding(cls) -> ColumnElement[bool]:
        """In force, regularised or not."""
        return cls.status.in_(BINDING)

    @classmethod
    def stops(cls) -> ColumnElement[bool]:
        """Emergency stops in force."""
        return and_(cls.authority == "emergency", cls.status.in_(BINDING))

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """A stop in force."""
        return cls.stops()

    @classmethod
    def standing_alarms(cls, connection: Connection, project_id: str) -> list[Reason]:
        """The stops in force, each with its system and the time until which it has to be regularised."""
        wanted = (
            select(cls.id, cls.ref, cls.title, cls.status, cls.regularise_by, System.code)
            .join(System, System.id == cls.system_id)
            .where(cls.project_id == project_id, cls.deleted_at.is_(None), cls.stops())
            .order_by(cls.id)
        )
        found = []
        for row in connection.execute(wanted):
            message = N_("Emergency stop: {system} and all below it is stopped by {ref}, “{title}”.")
            values = {"system": row.code, "ref": row.ref, "title": row.title, "until": ShownDay(row.regularise_by)}
            if row.status == "in_force" and row.regularise_by is not None:
                message = N_("Emergency stop: {system} and all below it is stopped by {ref}, “{title}”. "
                             "It is to be regularised by {until}.")  # fmt: skip
                if row.regularise_by < clock.minute():
                    message = N_("Emergency stop: {system} and all below it is stopped by {ref}, “{title}”. "
                                 "It should have been regularised by {until}.")  # fmt: skip
            found.append(Reason(message, values, rows=((cls.__tablename__, row.id),)))
        return found


@entailed_by(Decision)
def follow_decision(decision: Decision, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """What is decided takes the place of what it supersedes; a stop begins, and the time for its second signature."""
    if "status" not in changed or decision.status != "in_force":
        return
    former = at_hand(session, Decision, decision.supersedes_id)
    if former is not None and former.status in BINDING and former is not decision:
        with former.shows_another:
            former.status = "superseded"
        yield former
    if decision.authority == "emergency" and decision.stopped_at is None:
        on = decision.decided_on or taker.today
        decision.stopped_at = clock.minute() if on == clock.today() else midnight(on)
        group = at_hand(session, WorkingGroup, decision.group_id)
        hours = (group.regularise_within if group is not None else None) or REGULARISED_WITHIN
        decision.regularise_by = decision.stopped_at + dt.timedelta(hours=hours)
        yield decision
