"""People lent from one side to the other: from when to when, with which share, and what they cover there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, exists, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice, link
from handover.model.dialect import today_, within
from handover.model.people import must_name
from handover.model.vocabulary import Option, Vocabulary

LENT_TO = Vocabulary(
    (
        Option("operations", NC_("secondment", "Project engineer with operations"), "info",
               ("to operations", "投产工程师驻运营", "驻运营", "驻场")),
        Option("project", NC_("secondment", "Operations staff with the project"), "ok",
               ("to project", "运营人员随岗", "随岗", "跟岗")),
    )
)  # fmt: skip
SECONDMENT_STATUS = Vocabulary(
    (
        Option("planned", NC_("secondment", "To come"), "info"),
        Option("running", NC_("secondment", "Running"), "ok"),
        Option("over", NC_("secondment", "Over"), "neutral"),
    )
)
#: More than the whole, with what shares like three thirds lose.
WHOLE = 1.0001


class Secondment(Row):
    """Somebody who works with the other side for a time; what he or she covers are parts of it."""

    __tablename__ = "secondment"
    prefix: ClassVar[str] = "SCD"

    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), index=True)
    lent_to: Mapped[str | None] = choice(LENT_TO, "operations")
    group_id: Mapped[str | None] = link("working_group")
    host_id: Mapped[str | None] = link("person")
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    share: Mapped[float | None]
    task: Mapped[str | None] = mapped_column(Text)
    shift: Mapped[str | None] = mapped_column(String(60))
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def status(self) -> str:
        """Computed on the user's day; see SECONDMENT_STATUS."""
        raise AttributeError("status is computed in SQL")

    @status.inplace.expression
    @classmethod
    def _status(cls) -> ColumnElement[str]:
        return case((cls.from_on > today_(), "planned"), (cls.to_on < today_(), "over"), else_="running")

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It names the person; its days stand in their order, and nobody is lent with more than himself."""
        yield from must_name(values, "person")
        first, last = values.get("from_on"), values.get("to_on")
        if first and last and last < first:
            yield Problem("to_on", N_("It ends before it starts."))
        share = values.get("share")
        if share is not None and not 0 < share <= 1:
            yield Problem("share", N_("A share lies between 0 % and 100 %."))
        if values.get("host_id") and values.get("host_id") == values.get("person_id"):
            yield Problem("host", N_("Nobody is lent to himself."))

    @classmethod
    def running(cls) -> ColumnElement[bool]:
        """Today."""
        return _on(cls, today_())

    @classmethod
    def ending_soon(cls) -> ColumnElement[bool]:
        """Ends within four weeks."""
        return within(cls.to_on, 28)

    @classmethod
    def beyond_whole(cls) -> ColumnElement[bool]:
        """On one of its days the person is lent with more than 100 % in all."""
        # The sum is greatest on the first day of one of them: it grows nowhere else.
        first, held = aliased(Secondment), aliased(Secondment)
        same = (first.person_id == cls.person_id, first.project_id == cls.project_id, first.deleted_at.is_(None))
        day = first.from_on
        total = (
            select(func.sum(func.coalesce(held.share, 1.0)))
            .where(held.person_id == first.person_id, held.project_id == first.project_id, held.deleted_at.is_(None),
                   _on(held, day))
            .correlate(first).scalar_subquery()
        )  # fmt: skip
        return exists().where(*same, or_(first.id == cls.id, _on(cls, day)), total > WHOLE).correlate(cls)


class SecondmentCover(Row):
    """What a secondment covers: a system, and which part of its work."""

    __tablename__ = "secondment_cover"
    prefix: ClassVar[str] = "SCV"
    part_of: ClassVar[str] = "secondment_id"

    secondment_id: Mapped[str] = mapped_column(String(32), ForeignKey("secondment.id"), index=True)
    system_id: Mapped[str | None] = link("system")
    item: Mapped[str | None] = mapped_column(String(300))
    knowledge_id: Mapped[str | None] = link("knowledge_item")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It names a system, a knowledge item or what else is covered."""
        yield from must_name(values, "secondment")
        if not (values.get("system_id") or values.get("knowledge_id") or str(values.get("item") or "").strip()):
            yield Problem("system", N_("Name the system, or what else is covered."))


def _on(row: Any, day: Any) -> ColumnElement[bool]:  # Any: the model or an alias of it, and a day or a column of days
    return and_(or_(row.from_on.is_(None), row.from_on <= day), or_(row.to_on.is_(None), row.to_on >= day))
