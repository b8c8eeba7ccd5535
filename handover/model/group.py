"""Joint working groups: both sides at one table, with two leads."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.dialect import today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, Person, must_have
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


class WorkingGroup(Row):
    """A joint working group with its charter and the goals that both sides share."""

    __tablename__ = "working_group"
    prefix: ClassVar[str] = "JWG"

    name: Mapped[str] = mapped_column(String(200))
    scope: Mapped[str | None] = mapped_column(Text)
    charter: Mapped[str | None] = mapped_column(Text)
    shared_goals: Mapped[str | None] = mapped_column(Text)
    sponsor_id: Mapped[str | None] = link("person")
    started_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    status: Mapped[str] = state(GROUP_STATUS)
    dissolves_when: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A group needs a name and can't end before it starts."""
        yield from must_have(values, "name")
        first, last = values.get("started_on"), values.get("ends_on")
        if first and last and last < first:
            yield Problem("ends_on", N_("It ends before it starts."))

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


class Member(Row):
    """A seat in a working group."""

    __tablename__ = "member"
    prefix: ClassVar[str] = "MEM"
    part_of: ClassVar[str] = "group_id"

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
        for key in ("group", "person"):
            if not values.get(f"{key}_id"):
                yield Problem(key, N_("This field must be filled in."))
        own_side = {"tech_lead": "project", "ops_lead": "operations"}.get(str(values.get("role")))
        if own_side and values.get("side") not in (None, own_side):
            yield Problem(
                "role", N_("The project lead comes from the project side, the operations lead from operations.")
            )
        share = values.get("allocation")
        if share is not None and not 0 <= share <= 1:
            yield Problem("allocation", N_("A share lies between 0 % and 100 %."))

    @classmethod
    def present(cls) -> ColumnElement[bool]:
        """In the group today."""
        return and_(
            or_(cls.from_on.is_(None), cls.from_on <= today_()), or_(cls.to_on.is_(None), cls.to_on >= today_())
        )
