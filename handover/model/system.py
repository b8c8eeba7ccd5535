"""Systems and subsystems: the breakdown that is handed over piece by piece."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, case, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Base, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle
from handover.model.people import must_have
from handover.model.picks.pick import pick
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
    closed=frozenset({"operations"}),
    locked=frozenset({"operations"}),
    stays_open=frozenset({"engineering_lead", "operations_lead", "area", "criticality", "priority", "notes"}),
    follows=N_("Custody passes by a signed certificate alone. Draw one up for this system."),
)

#: What says who has a system.
CUSTODY_PROOF = Vocabulary(
    (
        Option("certificate", "By certificate", "ok"),
        Option("recorded", "Recorded before certificates", "neutral"),
    )
)


class System(Row):
    """A system, subsystem or package. Custody of it passes one step at a time, each by a certificate.

    A system that comes from a list of the past may be further on: that is recorded before certificates.
    """

    __tablename__ = "system"
    prefix: ClassVar[str] = "SYS"
    #: What decides which documents are expected of it, see ``model.expected``.
    guarded: ClassVar[frozenset[str]] = frozenset({"system_type_id", "level", "parent_id"})
    comes_without_state: ClassVar[bool] = True  # a list doesn't pass custody; what it says is told and noted

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

    @hybrid_property
    def custody_proof(self) -> str | None:
        """What says who has it: a certificate in force, else what was recorded before there were any."""
        raise AttributeError("custody_proof is computed in SQL")

    @custody_proof.inplace.expression
    @classmethod
    def _custody_proof(cls) -> ColumnElement[str | None]:
        tables = Base.metadata.tables
        line, paper = tables["certificate_system"].c, tables["certificate"].c
        passed = (
            select(line.id)
            .where(line.system_id == cls.id, line.deleted_at.is_(None), paper.id == line.certificate_id)
            .where(paper.status == "in_force", paper.deleted_at.is_(None), line.held_before != line.held_after)
            .correlate(cls)
            .exists()
        )
        return case((passed, "certificate"), (cls.custody != CUSTODY.initial, "recorded"), else_=None)

    @classmethod
    def recorded(cls) -> ColumnElement[bool]:
        """Further on than the constructor without a certificate that says so."""
        return cls.custody_proof == "recorded"

    @classmethod
    def handed_over(cls) -> ColumnElement[bool]:
        """In the custody of operations, accepted or in its care."""
        return cls.custody.in_(("care_custody", "operations"))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet in the custody of operations."""
        return cls.custody.not_in(CUSTODY.closed)
