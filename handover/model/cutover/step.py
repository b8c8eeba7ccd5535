"""The steps of a wave: who does what, how long it is to take, and how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, link, state
from handover.model.cutover.wave import CutoverWave
from handover.model.entailed import at_hand
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have, must_name
from handover.model.running.instant_column import instant_column, instant_problems
from handover.model.steps import Taker
from handover.model.vocabulary import Option
from handover.running import instants
from handover.running.instants import instant
from handover.running.run_sheet import OVER

CUTOVER_STEP_STATUS = Lifecycle(
    (
        Option("waiting", NC_("cutover", "Waiting"), "neutral", ("waiting", "open", "未开始", "待执行")),
        Option("running", NC_("cutover", "Under way"), "warning", ("running", "in progress", "进行中", "执行中")),
        Option("done", NC_("cutover", "Done"), "ok", ("done", "ok", "完成", "已完成")),
        Option("failed", NC_("cutover", "Failed"), "danger", ("failed", "失败", "不成功")),
        Option("skipped", NC_("cutover", "Skipped"), "neutral", ("skipped", "n/a", "跳过", "不适用")),
    ),
    steps=(
        Step("begin", NC_("cutover", "Begin"), ("waiting", "failed"), "running", may=("started_at",),
             wipes=("finished_at",), needs="wave_stands_still"),
        Step("done", NC_("cutover", "Tick off"), ("waiting", "running"), "done", may=("finished_at", "result"),
             needs="wave_stands_still"),
        Step("fail", NC_("cutover", "It failed"), ("running",), "failed", asks=("result",)),
        Step("skip", NC_("cutover", "Skip"), ("waiting", "failed"), "skipped", asks=("skipped_because",)),
        Step("undo", NC_("cutover", "Take it back"), ("running", "done", "skipped"), "waiting",
             wipes=("started_at", "finished_at", "real_minutes", "skipped_because")),
    ),
    closed=OVER,
)  # fmt: skip


class CutoverStep(Row):
    """A step of a wave, in the order of the run sheet.

    Attributes:
        together: it begins with the step before it.
        no_return: once it has begun, there is no way back.
        real_minutes: from its beginning to its end; the program counts them.
    """

    __tablename__ = "cutover_step"
    prefix: ClassVar[str] = "CUT"
    part_of: ClassVar[str] = "wave_id"

    wave_id: Mapped[str] = mapped_column(String(32), ForeignKey("cutover_wave.id"), index=True)
    number: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    owner_id: Mapped[str | None] = link("person")
    deputy_id: Mapped[str | None] = link("person")
    planned_minutes: Mapped[int | None]
    real_minutes: Mapped[int | None]
    together: Mapped[bool | None]
    no_return: Mapped[bool | None]
    status: Mapped[str] = state(CUTOVER_STEP_STATUS)
    started_at: Mapped[str | None] = instant_column()
    finished_at: Mapped[str | None] = instant_column()
    check: Mapped[str | None] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    skipped_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def slip(self) -> int | None:
        """Minutes that it took longer than planned; negative where it took less."""
        raise AttributeError("slip is computed in SQL")

    @slip.inplace.expression
    @classmethod
    def _slip(cls) -> ColumnElement[int | None]:
        return cls.real_minutes - cls.planned_minutes

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It belongs to a wave, says what is done, and doesn't end before it begins."""
        yield from must_have(values, "title")
        yield from instant_problems(values, "started_at", "finished_at")
        if (values.get("planned_minutes") or 0) < 0:
            yield Problem("planned_minutes", N_("This number can't be negative."))
        yield from must_name(values, "wave")

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: column values
        """What begins or ends without saying when does so now; the minutes follow from the two."""
        follows: dict[str, Any] = {}
        if "status" in changed:
            stamped = {"running": "started_at", "done": "finished_at", "failed": "finished_at"}
            key = stamped.get(str(values.get("status")))
            if key and not values.get(key):
                follows[key] = instants.now_stamp()
        return {**follows, **cls._lasted({**values, **follows})}

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as above
        """A list that doesn't say when doesn't mean now."""
        return cls._lasted(values)

    @staticmethod
    def _lasted(values: Mapping[str, Any]) -> dict[str, Any]:  # Any: as above
        start, end = instant(values.get("started_at")), instant(values.get("finished_at"))
        if start is None or end is None or end < start:
            return {}
        minutes = round((end - start).total_seconds() / 60)
        return {"real_minutes": minutes} if values.get("real_minutes") != minutes else {}

    def wave_stands_still(self, taker: Taker) -> Iterator[Reason]:
        """A step is taken while its wave is under way."""
        session = object_session(self)
        wave = at_hand(session, CutoverWave, self.wave_id) if session is not None else None
        if wave is not None and not taker.history and wave.status != "executing":
            message = N_("{wave} isn't under way: start the wave first.")
            yield Reason(message, {"wave": wave.name}, rows=(("cutover_wave", wave.id),))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither done nor skipped."""
        return cls.status.not_in(OVER)

    @classmethod
    def under_way(cls) -> ColumnElement[bool]:
        """It is being done."""
        return cls.status == "running"

    @classmethod
    def slower(cls) -> ColumnElement[bool]:
        """It took longer than planned."""
        return and_(cls.real_minutes.is_not(None), cls.real_minutes > cls.planned_minutes)
