"""Joint working groups: both sides at one table, with two leads."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.dialect import days_after, today_
from handover.model.entailed import at_hand, entailed_by
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, Person, must_have, must_name
from handover.model.project import Project
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

GROUP_STATUS = Lifecycle(
    (
        Option("forming", "Forming", "warning", ("筹建中",)),
        Option("active", "In operation", "ok", ("active", "运行中")),
        Option("winding_down", "Winding down", "info", ("收尾中",)),
        Option("dissolved", "Dissolved", "neutral", ("已解散",)),
    ),
    steps=(
        Step("start", N_("Start"), ("forming",), "active", on="started_on", needs="lacks"),
        Step("wind_down", N_("Wind down"), ("active",), "winding_down"),
        Step("dissolve", N_("Dissolve"), ("winding_down",), "dissolved"),
    ),
    closed=frozenset({"dissolved"}),
    locked=frozenset({"dissolved"}),
    stays_open=frozenset({"notes"}),
)

GROUP_ROLE = Vocabulary(
    (
        Option(
            "tech_lead", "Project lead (technical)", "info", ("tech lead", "技术负责人", "项目方负责人", "project lead")
        ),
        Option(
            "ops_lead",
            "Operations lead (resources)",
            "ok",
            ("ops lead", "资源负责人", "运营方负责人", "operations lead"),
        ),
        Option("secretary", "Secretary", aliases=("秘书",)),
        Option("member", "Member", aliases=("成员",)),
        Option("sponsor", "Executive sponsor", aliases=("sponsor", "高层发起人")),
    )
)


#: The two who lead a group, each on an authority of his own.
LEADS = ("tech_lead", "ops_lead")


class WorkingGroup(Row):
    """A joint working group with its charter; its goals, systems and seats are parts of it.

    ``regularise_within`` is how many hours the other lead has to sign an emergency stop. A group lives for a year after
    the handover where nobody says until when.
    """

    __tablename__ = "working_group"
    prefix: ClassVar[str] = "JWG"

    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str | None] = mapped_column(Text)
    scope: Mapped[str | None] = mapped_column(Text)
    charter: Mapped[str | None] = mapped_column(Text)
    sponsor_id: Mapped[str | None] = link("person")
    started_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    status: Mapped[str] = state(GROUP_STATUS)
    dissolves_when: Mapped[str | None] = mapped_column(Text)
    regularise_within: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A group needs a name and can't end before it starts."""
        yield from must_have(values, "name")
        first, last = values.get("started_on"), values.get("ends_on")
        if first and last and last < first:
            yield Problem("ends_on", N_("It ends before it starts."))
        if values.get("regularise_within") is not None and values["regularise_within"] < 1:
            yield Problem("regularise_within", N_("This number is at least 1."))

    @classmethod
    def default_ends_on(cls) -> ColumnElement[dt.date]:
        """A year after the handover, where nobody has said until when it works."""
        handover = func.coalesce(Project.actual_handover, Project.forecast_handover, Project.planned_handover)
        return select(days_after(handover, 365)).where(Project.id == cls.project_id).scalar_subquery()

    def lacks(self, _taker: Taker) -> Iterator[Reason]:
        """What a group lacks before it can go to work: members of both sides and exactly one lead of each."""
        session = object_session(self)
        if session is None:
            return
        seats = session.execute(
            select(func.coalesce(Member.side, Person.side).label("side"), Member.role)
            .join(Person, Person.id == Member.person_id)
            .where(Member.group_id == self.id, Member.deleted_at.is_(None), Member.present())
        ).all()
        sides, roles = Counter(s.side for s in seats), Counter(s.role for s in seats)
        if not sides["project"] or not sides["operations"]:
            yield Reason(N_("{group} needs at least one member of each side first."), {"group": self.name})
        if roles["tech_lead"] != 1 or roles["ops_lead"] != 1:
            yield Reason(
                N_("{group} needs exactly one project lead and one operations lead first."), {"group": self.name}
            )

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not dissolved."""
        return cls.status.not_in(GROUP_STATUS.closed)

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not yet at work."""
        return cls.status == "forming"

    @classmethod
    def leaderless(cls) -> ColumnElement[bool]:
        """Not dissolved, and without exactly one lead of each side today."""
        return and_(cls.open(), or_(*(cls._leads(role) != 1 for role in LEADS)))

    @classmethod
    def _leads(cls, role: str) -> ColumnElement[int]:
        seat = aliased(Member)
        today = and_(or_(seat.from_on.is_(None), seat.from_on <= today_()),
                     or_(seat.to_on.is_(None), seat.to_on >= today_()))  # fmt: skip
        here = (seat.group_id == cls.id, seat.role == role, seat.deleted_at.is_(None), today)
        return select(func.count()).select_from(seat).where(*here).scalar_subquery()


class Member(Row):
    """A seat in a working group."""

    __tablename__ = "member"
    prefix: ClassVar[str] = "MEM"
    part_of: ClassVar[str] = "group_id"
    guarded: ClassVar[frozenset[str]] = frozenset({"group_id", "person_id", "side", "role", "from_on", "to_on"})

    group_id: Mapped[str] = mapped_column(String(32), ForeignKey("working_group.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), index=True)
    side: Mapped[str | None] = choice(SIDE)
    role: Mapped[str | None] = choice(GROUP_ROLE, "member")
    allocation: Mapped[float | None]
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    replaces_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A seat needs its group and person; the leads sit on their own side."""
        yield from must_name(values, "group", "person")
        own_side = {"tech_lead": "project", "ops_lead": "operations"}.get(str(values.get("role")))
        if own_side and values.get("side") not in (None, own_side):
            yield Problem(
                "role", N_("The project lead comes from the project side, the operations lead from operations.")
            )
        share = values.get("allocation")
        if share is not None and not 0 <= share <= 1:
            yield Problem("allocation", N_("A share lies between 0 % and 100 %."))
        first, last = values.get("from_on"), values.get("to_on")
        if first and last and last < first:
            yield Problem("to_on", N_("It ends before it starts."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Nobody sits on both sides at once; a group has one lead of each side, who leaves only with a successor."""
        session = object_session(self)
        if session is None or taker.history:
            return
        if self.deleted_at is None:
            yield from self._on_both_sides(session)
            yield from self._second_lead(session)
        if before:
            yield from self._without_successor(before, session, taker)

    def _on_both_sides(self, session: Session) -> Iterator[Reason]:
        person = at_hand(session, Person, self.person_id)
        own = self.side or (person.side if person is not None else None)
        for seat in _seats(session, Member.person_id == self.person_id, "person_id", self.person_id):
            other = seat.side or (person.side if person is not None else None)
            if seat is not self and own and other and own != other and overlap(self, seat):
                values = {"name": person.name if person is not None else "", "side": SIDE[other], "ref": seat.ref}
                message = N_("{name} sits on the other side, {side}, in that time ({ref}). One person has one side.")
                yield Reason(message, values, field="side")
                return

    def _second_lead(self, session: Session) -> Iterator[Reason]:
        group = at_hand(session, WorkingGroup, self.group_id)
        if group is None or group.status == "forming":  # its leads are counted when it starts
            return
        for seat in self._of_same_role(session):
            follows = self.replaces_id == seat.person_id or seat.replaces_id == self.person_id
            if overlap(self, seat) and not follows:
                person = at_hand(session, Person, seat.person_id)
                values = {"name": person.name if person is not None else "", "role": GROUP_ROLE[str(self.role)]}
                yield Reason(N_("{name} is “{role}” in that time. Say whom the new one replaces."), values,
                             field="replaces")  # fmt: skip

    def _without_successor(self, before: Mapping[str, Any], session: Session, taker: Taker) -> Iterator[Reason]:
        group = at_hand(session, WorkingGroup, before.get("group_id"))
        role, until = str(before.get("role")), before.get("to_on")
        if role not in LEADS or group is None or group.deleted_at or group.status not in ("active", "winding_down"):
            return
        gone = self.role != role or self.group_id != before.get("group_id") or self.deleted_at is not None
        sooner = self.to_on is not None and (until is None or self.to_on < until)
        if not gone and not (sooner and _until(self) < (group.ends_on or dt.date.max)):
            return
        day = taker.today if gone else _until(self) + dt.timedelta(days=1)
        others = [each for each in _seats(session, Member.group_id == group.id, "group_id", group.id)
                  if each is not self and each.role == role]  # fmt: skip
        if not any(_from(each) <= day <= _until(each) for each in others):
            values = {"role": GROUP_ROLE[role], "group": group.name}
            message = N_("“{role}” of {group} leaves only with a successor on the same day. Add the successor first,"
                         " with whom he or she replaces.")  # fmt: skip
            yield Reason(message, values, field="to_on")

    def _of_same_role(self, session: Session) -> list[Member]:
        if self.role not in LEADS:
            return []
        found = _seats(session, Member.group_id == self.group_id, "group_id", self.group_id)
        return [seat for seat in found if seat is not self and seat.role == self.role]

    @classmethod
    def overloaded(cls) -> ColumnElement[bool]:
        """Whose shares in all groups of today come to more than the whole of the working time."""
        seat = aliased(Member)
        today = and_(or_(seat.from_on.is_(None), seat.from_on <= today_()),
                     or_(seat.to_on.is_(None), seat.to_on >= today_()))  # fmt: skip
        here = (seat.person_id == cls.person_id, seat.project_id == cls.project_id, seat.deleted_at.is_(None), today)
        return and_(cls.present(), select(func.sum(seat.allocation)).where(*here).scalar_subquery() > 1.0001)

    @classmethod
    def leads(cls) -> ColumnElement[bool]:
        """The leads of today."""
        return and_(cls.role.in_(LEADS), cls.present())

    @classmethod
    def present(cls) -> ColumnElement[bool]:
        """In the group today."""
        return and_(
            or_(cls.from_on.is_(None), cls.from_on <= today_()), or_(cls.to_on.is_(None), cls.to_on >= today_())
        )


class GroupSystem(Row):
    """A system in the scope of a group."""

    __tablename__ = "group_system"
    prefix: ClassVar[str] = "GSY"
    part_of: ClassVar[str] = "group_id"

    group_id: Mapped[str] = mapped_column(String(32), ForeignKey("working_group.id"), index=True)
    system_id: Mapped[str] = mapped_column(String(32), ForeignKey("system.id"), index=True)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It names the group and the system."""
        yield from must_name(values, "group", "system")


@entailed_by(Member)
def end_with_successor(seat: Member, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A lead who is replaced leaves on the day before the successor begins, so that there is no day without one."""
    if taker.history or seat.role not in LEADS or not seat.replaces_id or not changed & {"replaces_id", "from_on"}:
        return
    if seat.from_on is None:
        seat.from_on = taker.today
        yield seat
    for former in _seats(session, Member.group_id == seat.group_id, "group_id", seat.group_id):
        if former is not seat and former.role == seat.role and former.person_id == seat.replaces_id:
            last = seat.from_on - dt.timedelta(days=1)
            if _until(former) > last and _from(former) <= last:
                former.to_on = last
                yield former


def overlap(one: Any, other: Any) -> bool:  # Any: rows with their days
    """Whether two rows with their days share one."""
    return _from(one) <= _until(other) and _from(other) <= _until(one)


def _from(row: Any) -> dt.date:  # Any: as above
    return row.from_on or dt.date.min


def _until(row: Any) -> dt.date:  # Any: as above
    return row.to_on or dt.date.max


def _seats(session: Session, where: ColumnElement[bool], attr: str, key: str | None) -> list[Member]:
    """Seats, with those that the act adds and without those in the bin."""
    stored = session.scalars(select(Member).where(where)).all()
    added = [row for row in session.new if isinstance(row, Member) and getattr(row, attr) == key]
    return [row for row in (*stored, *added) if row.deleted_at is None]
