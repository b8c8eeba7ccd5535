"""Systems and subsystems: the breakdown that is handed over piece by piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.standing import in_the_way
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

SYSTEM_LEVEL = Vocabulary(
    (
        Option("system", "System", aliases=("系统",)),
        Option("subsystem", "Subsystem", aliases=("子系统",)),
        Option("package", "Turnover package", aliases=("package", "移交包")),
        Option("tag", "Tag", aliases=("位号",)),
    )
)

CRITICALITY = Vocabulary(
    (
        Option("5", "5 Vital", "danger", ("5", "vital", "critical", "关键", "A")),
        Option("4", "4 High", "warning", ("4", "high", "高", "重要")),
        Option("3", "3 Medium", "info", ("3", "medium", "中")),
        Option("2", "2 Low", "neutral", ("2", "low", "低")),
        Option("1", "1 Minor", "neutral", ("1", "minor", "很低")),
    )
)

CUSTODY = Lifecycle(
    (
        Option("constructor", "Constructor"),
        Option("commissioning", "Commissioning team", "info"),
        Option("care_custody", "Care and custody of operations", "warning"),
        Option("operations", "Operations (accepted)", "ok"),
    ),
    steps=(
        Step("commission", N_("Pass to commissioning"), ("constructor",), "commissioning", on="actual_rfc"),
        Step("take_care", N_("Pass into the care of operations"), ("commissioning",), "care_custody"),
        Step(
            "hand_over",
            N_("Hand over to operations"),
            ("care_custody",),
            "operations",
            on="actual_rfo",
            after=("actual_rfc",),
            needs="stands_in_the_way",
        ),
    ),
    closed=frozenset({"operations"}),
    locked=frozenset({"operations"}),
    stays_open=frozenset({"engineering_lead", "operations_lead", "area", "criticality", "priority", "notes"}),
)


class System(Row):
    """A system, subsystem or package; custody of it passes one step at a time."""

    __tablename__ = "system"
    prefix: ClassVar[str] = "SYS"
    #: What decides which documents are expected of it, see ``model.expected``.
    guarded: ClassVar[frozenset[str]] = frozenset({"system_type_id", "level", "parent_id"})

    code: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("system.id"), index=True)
    level: Mapped[str | None] = choice(SYSTEM_LEVEL, "system")
    system_type_id: Mapped[str | None] = pick("system_type")
    area: Mapped[str | None] = mapped_column(String(100))
    discipline: Mapped[str | None] = mapped_column(String(60))
    priority: Mapped[int | None]
    criticality: Mapped[str | None] = choice(CRITICALITY)
    engineering_lead_id: Mapped[str | None] = link("person")
    operations_lead_id: Mapped[str | None] = link("person")
    custody: Mapped[str] = state(CUSTODY)
    planned_rfc: Mapped[dt.date | None]
    actual_rfc: Mapped[dt.date | None]
    planned_rfo: Mapped[dt.date | None]
    forecast_rfo: Mapped[dt.date | None]
    actual_rfo: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A system needs a number and a name, and can't be part of itself."""
        yield from must_have(values, "code", "name")
        if values.get("parent_id") and values.get("parent_id") == values.get("id"):
            yield Problem("parent", N_("A system can't be part of itself."))

    def stands_in_the_way(self, _taker: Taker) -> Iterator[Reason]:
        """Everything open in the system and in all below it that operations can't take over."""
        session = object_session(self)
        if session is not None:
            yield from in_the_way(session.connection(), self.id, self.code)

    @classmethod
    def handed_over(cls) -> ColumnElement[bool]:
        """In the custody of operations, accepted or in its care."""
        return cls.custody.in_(("care_custody", "operations"))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet in the custody of operations."""
        return cls.custody.not_in(CUSTODY.closed)
