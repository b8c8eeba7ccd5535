"""Drills of emergency plans: planned, held with people and findings, and graded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, func
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_name
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

DRILL_KIND = Vocabulary(
    (
        Option("desk", "At the table", aliases=("desktop", "table-top", "桌面推演", "桌面演练")),
        Option("partial", "In part, on site", aliases=("partial", "basic", "单项演练", "现场演练")),
        Option("full", "In full, on site", aliases=("full", "advanced", "综合演练", "实战演练")),
    )
)

GRADE = Vocabulary(
    (
        Option("good", NC_("drill", "Good"), "ok", ("good", "A", "良好", "优秀")),
        Option("adequate", NC_("drill", "Adequate, with findings"), "warning", ("adequate", "B", "合格", "基本合格")),
        Option("failed", NC_("drill", "Failed, to be repeated"), "danger", ("failed", "C", "不合格", "重新演练")),
    )
)

DRILL_STATUS = Lifecycle(
    (
        Option("planned", NC_("drill", "Planned"), "info", ("planned", "计划")),
        Option("held", NC_("drill", "Held"), "ok", ("held", "done", "已演练", "已完成")),
        Option("cancelled", NC_("drill", "Cancelled"), "neutral", ("cancelled", "取消")),
    ),
    steps=(
        Step("hold", NC_("drill", "Held"), ("planned",), "held", asks=("participants", "findings", "grade"),
             may=("minutes_long", "actions"), on="held_on", needs="held_ahead"),
        Step("cancel", N_("Cancel it"), ("planned",), "cancelled", asks=("cancelled_because",)),
        Step("reopen", NC_("drill", "Back to planned"), ("held", "cancelled"), "planned",
             wipes=("held_on", "grade", "cancelled_because")),
    ),
    closed=frozenset({"held", "cancelled"}),
    locked=frozenset({"held"}),
    stays_open=frozenset({"actions", "action", "punch", "notes"}),
)  # fmt: skip


class EmergencyDrill(Due, Row):
    """A drill of a plan: it counts with its day, the people who were there and what was found, unless it failed.

    Attributes:
        findings: what was found; “none” where nothing was.
        action_id, punch_id: the action or the punch item that was raised for a finding.
        minutes_long: how long it took.
    """

    __tablename__ = "emergency_drill"
    prefix: ClassVar[str] = "DRL"
    part_of: ClassVar[str] = "plan_id"
    #: An approved plan is drilled.
    outlives_lock: ClassVar[bool] = True

    plan_id: Mapped[str] = mapped_column(String(32), ForeignKey("emergency_plan.id"), index=True)
    kind: Mapped[str | None] = choice(DRILL_KIND)
    script: Mapped[str | None] = mapped_column(Text)
    planned_on: Mapped[dt.date | None]
    leader_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(DRILL_STATUS)
    held_on: Mapped[dt.date | None]
    participants: Mapped[str | None] = mapped_column(Text)
    shift: Mapped[str | None] = mapped_column(String(60))
    minutes_long: Mapped[int | None]
    findings: Mapped[str | None] = mapped_column(Text)
    grade: Mapped[str | None] = choice(GRADE)
    actions: Mapped[str | None] = mapped_column(Text)
    action_id: Mapped[str | None] = link("action")
    punch_id: Mapped[str | None] = link("punch")
    cancelled_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A drill is of a plan."""
        yield from must_name(values, "plan")
        if (values.get("minutes_long") or 0) < 0:
            yield Problem("minutes_long", N_("This number can't be negative."))

    def held_ahead(self, taker: Taker) -> Iterator[Reason]:
        """A drill isn't held on a day to come."""
        if self.held_on is not None and self.held_on > taker.today:
            yield Reason(N_("A drill that is still to come can't have been held."), field="held_on")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Planned, and not held yet."""
        return cls.status.not_in(DRILL_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """For when it is planned."""
        return cls.planned_on

    @classmethod
    def counting(cls) -> ColumnElement[bool]:
        """Held, with day, people and findings, and not failed."""
        filled = (func.coalesce(func.trim(each), "") != "" for each in (cls.participants, cls.findings))
        return and_(cls.status == "held", cls.held_on.is_not(None), cls.held_on <= today_(), *filled,
                    func.coalesce(cls.grade, "") != "failed")  # fmt: skip

    @classmethod
    def failures(cls) -> ColumnElement[bool]:
        """Held and failed."""
        return and_(cls.status == "held", cls.grade == "failed")
