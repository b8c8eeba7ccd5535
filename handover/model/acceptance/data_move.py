"""Data that moves from an old system into a new one: kept, cleaned, mapped, converted, verified, with its counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Due, Problem, Row, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.steps import Taker
from handover.model.vocabulary import Option

MOVE_STATUS = Lifecycle(
    (
        Option("planned", NC_("move", "Planned"), "neutral", ("计划", "未开始")),
        Option("backed_up", NC_("move", "Backed up"), "info", ("备份", "已备份")),
        Option("cleaned", NC_("move", "Cleaned"), "info", ("清理", "已清理", "清洗")),
        Option("mapped", NC_("move", "Mapped"), "info", ("映射", "已映射")),
        Option("converted", NC_("move", "Converted"), "info", ("转换", "已转换", "迁移")),
        Option("verified", NC_("move", "Verified"), "ok", ("校验", "已校验", "验证")),
    ),
    steps=(
        Step("back_up", N_("Backed up"), ("planned",), "backed_up", asks=("backup_place", "count_before"),
             on="backed_up_on"),
        Step("clean", N_("Cleaned"), ("backed_up",), "cleaned", asks=("count_left_out",), on="cleaned_on",
             after=("backed_up_on",)),
        Step("map", N_("Mapped"), ("cleaned",), "mapped", on="mapped_on", after=("cleaned_on",)),
        Step("convert", N_("Converted"), ("mapped",), "converted", asks=("count_after",), on="converted_on",
             after=("mapped_on",)),
        Step("verify", N_("Verify"), ("converted",), "verified", asks=("verified_by",), by="verified_by",
             on="verified_on", after=("converted_on",), by_other_than=("owner",), needs="difference_open"),
        Step("again", N_("Convert again"), ("converted", "verified"), "mapped", counts="repeated",
             wipes=("count_after", "converted_on", "verified_by", "verified_on")),
    ),
    closed=frozenset({"verified"}),
    locked=frozenset({"verified"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class DataMove(Due, Row):
    """Data of one kind that moves: every row of the old system is in the new one, or left out for a reason.

    Attributes:
        count_before, count_left_out, count_after: rows before, left out while cleaning, and found in the new system.
        difference_because: what explains that they don't add up.
    """

    __tablename__ = "data_move"
    prefix: ClassVar[str] = "MIG"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} data migration of {system} isn't verified: {refs}.",
        "{n} data migrations of {system} aren't verified: {refs}.",
    )

    title: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    source: Mapped[str | None] = mapped_column(String(200))
    target: Mapped[str | None] = mapped_column(String(200))
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    status: Mapped[str] = state(MOVE_STATUS)
    backup_place: Mapped[str | None] = mapped_column(String(300))
    backed_up_on: Mapped[dt.date | None]
    cleaning: Mapped[str | None] = mapped_column(Text)
    count_before: Mapped[int | None]
    count_left_out: Mapped[int | None]
    left_out_because: Mapped[str | None] = mapped_column(Text)
    cleaned_on: Mapped[dt.date | None]
    mapping: Mapped[str | None] = mapped_column(Text)
    mapped_on: Mapped[dt.date | None]
    count_after: Mapped[int | None]
    converted_on: Mapped[dt.date | None]
    difference_because: Mapped[str | None] = mapped_column(Text)
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    repeated: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def difference(self) -> int | None:
        """Rows that are in the new system and shouldn't, or with a minus that should be and aren't."""
        if self.count_before is None or self.count_after is None:
            return None
        return self.count_after - (self.count_before - (self.count_left_out or 0))

    @difference.inplace.expression
    @classmethod
    def _difference(cls) -> ColumnElement[int | None]:
        told: ColumnElement[int | None] = cls.count_after - (cls.count_before - func.coalesce(cls.count_left_out, 0))
        return told

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what moves, counts what there is, and tells why something is left out."""
        yield from must_have(values, "title")
        for key in ("count_before", "count_left_out", "count_after"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))
        before, left_out = values.get("count_before"), values.get("count_left_out") or 0
        if before is not None and left_out > before:
            yield Problem("count_left_out", N_("More is left out than there was."))
        elif left_out and not str(values.get("left_out_because") or "").strip():
            yield Problem("left_out_because", N_("Say why rows are left out."))

    def difference_open(self, taker: Taker) -> Iterator[Reason]:
        """Nothing is verified whose counts differ without an explanation."""
        if not taker.history and self.difference and not (self.difference_because or "").strip():
            yield Reason(N_("The counts differ by {n}: {before} before, {left_out} left out, {after} after. Say why."),
                         {"n": self.difference, "before": self.count_before, "left_out": self.count_left_out or 0,
                          "after": self.count_after}, field="difference_because")  # fmt: skip

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet verified."""
        return cls.status.not_in(MOVE_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be verified."""
        return cls.due_on

    @classmethod
    def differing(cls) -> ColumnElement[bool]:
        """With counts that don't add up, and nothing that explains it."""
        return and_(cls.difference != 0, func.coalesce(cls.difference_because, "") == "")

    @classmethod
    def verified(cls) -> ColumnElement[bool]:
        """Moved, and seen to be whole."""
        return cls.status == "verified"

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not yet verified."""
        return cls.open()
