"""Rectifications: what failed, who mends it, and the reading or the test after the mend that shows that it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.acceptance import results
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading, counts
from handover.model.acceptance.waiver import ParameterWaiver
from handover.model.base import Base, Due, Problem, Row, choice, link, state
from handover.model.entailed import at_hand
from handover.model.learning.written import OperatingProcedure
from handover.model.lifecycle import Lifecycle, Step
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary
from handover.values.moments import day_of

RECTIFICATION_CATEGORY = Vocabulary(
    (
        Option("A", NC_("rectification", "A Before handover"), "danger", ("A类", "重大")),
        Option("B", NC_("rectification", "B Agreed date"), "warning", ("B类", "一般")),
    )
)
RECTIFICATION_STATUS = Lifecycle(
    (
        Option("opened", NC_("rectification", "Opened"), "danger", ("已立项",)),
        Option("in_work", NC_("rectification", "In work"), "warning", ("整改中",)),
        Option("awaiting_retest", NC_("rectification", "Mended, to be measured again"), "info", ("待复测",)),
        Option("retest_failed", NC_("rectification", "Failed again"), "danger", ("复测不合格",)),
        Option("retest_passed", NC_("rectification", "Passed again"), "info", ("复测合格",)),
        Option("sop_updated", NC_("rectification", "Procedure updated"), "info", ("文件已更新",)),
        Option("closed", NC_("rectification", "Closed"), "ok", ("已关闭", "销项")),
        Option("waived", NC_("rectification", "Accepted by waiver"), "warning", ("让步", "让步接收")),
        Option("void", NC_("rectification", "Void"), "neutral", ("作废",)),
    ),
    steps=(
        Step("start", N_("Start mending"), ("opened",), "in_work", may=("owner", "due_on")),
        Step("mend", N_("Mended"), ("in_work",), "awaiting_retest", asks=("measure", "mended_by"),
             may=("setpoint_changed",), by="mended_by", on="mended_on", after=("opened_on",)),
        Step("pass_retest", N_("Passed again"), ("awaiting_retest",), "retest_passed", may=("retest",),
             needs="retest_wanting"),
        Step("fail_retest", N_("Failed again"), ("awaiting_retest",), "retest_failed", may=("retest",),
             needs="failure_wanting"),
        Step("rework", N_("Mend it again"), ("retest_failed",), "in_work", counts="reworked",
             wipes=("mended_by", "mended_on", "retest", "retested_on", "known_until")),
        Step("update_procedure", N_("Procedure updated"), ("retest_passed",), "sop_updated", asks=("procedure",),
             needs="procedure_wanting"),
        Step("close", N_("Close"), ("retest_passed", "sop_updated"), "closed", on="closed_on", after=("mended_on",),
             needs="wanting_to_close"),
        Step("accept", N_("Accept by waiver"), ("opened", "in_work", "awaiting_retest", "retest_failed"), "waived",
             on="closed_on", needs="waiver_wanting"),
        Step("void", N_("Void it"), ("opened", "in_work", "awaiting_retest"), "void", asks=("void_because",),
             on="closed_on", needs="still_failing"),
    ),
    closed=frozenset({"closed", "waived", "void"}),
    locked=frozenset({"closed", "waived", "void"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip
#: The states that are reached through a reading that passed.
_PROVEN = ("retest_passed", "sop_updated", "closed")


class Rectification(Due, Row):
    """What a failing reading raises by itself, one open for a parameter; later failures add to it. A step of a test
    that fails raises one where its test says so.

    Attributes:
        trial_id: the test whose step failed; such a one has no parameter, and is proven by the step alone.
        reading_id: that failed first; ``deviation`` tells it.
        retested_on: when the step was done again after the mend.
        setpoint_changed: the mend changed a set point, so that a procedure has to follow.
        retest_id: the reading after the mend.
        known_until: the number of the last reading when it was mended or settled; later ones are new.
        reworked: how often it failed again.
    """

    __tablename__ = "rectification"
    prefix: ClassVar[str] = "RCT"
    guarded: ClassVar[frozenset[str]] = frozenset({"parameter_id", "trial_id", "retest_id", "mended_on"})
    #: Nobody closes one without a passing reading after the mend, not even by a list.
    comes_without_state: ClassVar[bool] = True
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} rectification of {system} is open: {refs}.", "{n} rectifications of {system} are open: {refs}."
    )

    parameter_id: Mapped[str | None] = link("acceptance_parameter")
    trial_id: Mapped[str | None] = link("trial")
    system_id: Mapped[str | None] = link("system")
    reading_id: Mapped[str | None] = link("parameter_reading")
    deviation: Mapped[str | None] = mapped_column(String(300))
    category: Mapped[str | None] = choice(RECTIFICATION_CATEGORY, "A")
    status: Mapped[str] = state(RECTIFICATION_STATUS)
    opened_on: Mapped[dt.date | None]
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    cause: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(Text)
    setpoint_changed: Mapped[bool | None]
    mended_by_id: Mapped[str | None] = link("person")
    mended_on: Mapped[dt.date | None]
    retest_id: Mapped[str | None] = link("parameter_reading")
    retested_on: Mapped[dt.date | None]
    reworked: Mapped[int | None]
    procedure_id: Mapped[str | None] = link("operating_procedure")
    closed_on: Mapped[dt.date | None]
    known_until: Mapped[int | None]
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def failures(self) -> int:
        """How many readings of its parameter failed since the first one of it, that one included."""
        raise AttributeError("failures are counted in SQL")

    @failures.inplace.expression
    @classmethod
    def _failures(cls) -> ColumnElement[int]:
        tables = Base.metadata.tables
        first, reading = tables["parameter_reading"].alias(), tables["parameter_reading"].alias()
        parameter = tables["acceptance_parameter"].alias()
        counted = (
            select(func.count(reading.c.id))
            .select_from(reading)
            .join(parameter, parameter.c.id == reading.c.parameter_id)
            .join(first, first.c.parameter_id == reading.c.parameter_id)
            .where(
                first.c.id == cls.reading_id,
                reading.c.number >= first.c.number,
                reading.c.deleted_at.is_(None),
                results.verdict(parameter.c, reading.c) == "fail",
                results.doubt(parameter.c, reading.c).is_(None),
            )
        )
        return counted.correlate_except(first, reading, parameter).scalar_subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is of a parameter or of a test; what is proven names its proof; its days stand in their order."""
        if not values.get("parameter_id") and not values.get("trial_id"):
            yield Problem("parameter", N_("A rectification is of a parameter or of a test."))
        if values.get("parameter_id") and values.get("trial_id"):
            yield Problem("trial", N_("A rectification is of a parameter or of a test, not of both."))
        proof = "retest_id" if values.get("parameter_id") else "retested_on"
        if values.get("status") in _PROVEN and not values.get(proof):
            yield Problem("status", N_("It needs the reading after the mend that passed."))
        if values.get("opened_on") and values.get("mended_on") and values["mended_on"] < values["opened_on"]:
            yield Problem("mended_on", N_("Mended before it was opened."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """One is open for a parameter, and what says that it is proven is."""
        session = object_session(self)
        if session is None or self.deleted_at is not None:
            return
        moved = self.parameter_id is not None and before.get("parameter_id") != self.parameter_id
        if self.parameter_id and moved and self.status not in RECTIFICATION_STATUS.closed:
            for other in rectifications_of(session, self.parameter_id):
                if other is not self and other.status not in RECTIFICATION_STATUS.closed:
                    yield Reason(N_("{ref} is open for this parameter: a further failure adds to it."),
                                 {"ref": other.ref}, field="parameter")  # fmt: skip
        if self.status in _PROVEN and before.get("status") not in (*_PROVEN, self.status):
            yield from self.retest_wanting(taker)

    def retest_wanting(self, _taker: Taker) -> Iterator[Reason]:
        """What is wanting in the reading after the mend: that it is there, counts, passes, and was taken after it.

        Of a test it is the step that proves it, by being done again.
        """
        if self.parameter_id is None:
            if self.retested_on is None:
                yield Reason(N_("The step of the test decides: set its result once it is done again."), field="trial")
            return
        session = object_session(self)
        reading = at_hand(session, ParameterReading, self.retest_id) if session is not None else None
        parameter = at_hand(session, AcceptanceParameter, self.parameter_id) if session is not None else None
        if session is None or reading is None or parameter is None or reading.parameter_id != self.parameter_id:
            yield Reason(N_("It needs the reading after the mend that passed."), field="retest")
        elif counts(session, parameter, reading) != "pass":
            yield Reason(N_("{ref} didn't pass, or doesn't count."), {"ref": reading.ref}, field="retest")
        elif not self.is_after_mend(reading):
            yield Reason(N_("{ref} was taken before the mend."), {"ref": reading.ref}, field="retest")

    def failure_wanting(self, taker: Taker) -> Iterator[Reason]:
        """What failed again is a reading, or the step of the test."""
        if not taker.history and self.retest_id is None and self.retested_on is None:
            if self.parameter_id is None:
                yield Reason(N_("The step of the test decides: set its result once it is done again."), field="trial")
            else:
                yield Reason(N_("It needs the reading after the mend that failed."), field="retest")

    def is_after_mend(self, reading: ParameterReading) -> bool:
        """Whether a reading was taken after the mend, as far as its number and its day tell."""
        if self.mended_on is None or reading.id == self.reading_id:
            return False
        if reading.number is not None and reading.number <= (self.known_until or 0):
            return False
        return reading.taken_at is None or day_of(reading.taken_at) >= day_of(self.mended_on)

    def procedure_wanting(self, _taker: Taker) -> Iterator[Reason]:
        """The procedure that follows a changed set point is in force."""
        session = object_session(self)
        found = at_hand(session, OperatingProcedure, self.procedure_id) if session is not None else None
        if found is None:
            yield Reason(N_("The mend changed a set point: name the procedure that says so."), field="procedure")
        elif found.status not in ("in_force", "superseded"):
            yield Reason(N_("{ref} isn't in force yet."), {"ref": found.ref}, field="procedure")

    def wanting_to_close(self, taker: Taker) -> Iterator[Reason]:
        """It passed after the mend, and the procedure says what changed."""
        yield from self.retest_wanting(taker)
        if self.setpoint_changed:
            yield from self.procedure_wanting(taker)

    def waiver_wanting(self, taker: Taker) -> Iterator[Reason]:
        """A waiver of its parameter is in force."""
        session = object_session(self)
        if session is None:
            return
        if self.parameter_id is None:
            yield Reason(N_("Only what is measured can be accepted by a waiver; a test is passed or dropped."))
            return
        waivers = session.scalars(select(ParameterWaiver).where(ParameterWaiver.parameter_id == self.parameter_id))
        if not any(each.holds(taker.today) for each in waivers):
            yield Reason(N_("No waiver of its parameter is in force."), field="parameter")

    def still_failing(self, _taker: Taker) -> Iterator[Reason]:
        """What failed stays failed, unless the reading was struck out."""
        session = object_session(self)
        if session is not None and self.trial_id is not None:
            yield from self._steps_still_failing(session)
        reading = at_hand(session, ParameterReading, self.reading_id) if session is not None else None
        parameter = at_hand(session, AcceptanceParameter, self.parameter_id) if session is not None else None
        if session is None or reading is None or parameter is None:
            return
        if reading.deleted_at is None and counts(session, parameter, reading) == "fail":
            yield Reason(N_("{ref} still fails: strike it out with a reason where it was a mistake."),
                         {"ref": reading.ref}, field="reading")  # fmt: skip

    def _steps_still_failing(self, session: Session) -> Iterator[Reason]:
        steps = Base.metadata.tables["trial_step"].c  # by its name: steps of tests name rectifications
        wanted = select(steps.ref).where(
            steps.rectification_id == self.id, steps.deleted_at.is_(None), steps.result == "fail"
        )
        for ref in session.scalars(wanted):
            yield Reason(N_("{ref} still fails."), {"ref": ref}, field="trial")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet closed."""
        return cls.status.not_in(RECTIFICATION_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be mended."""
        return cls.due_on

    @classmethod
    def to_measure(cls) -> ColumnElement[bool]:
        """Mended, and to be measured again."""
        return cls.status == "awaiting_retest"

    @classmethod
    def procedure_due(cls) -> ColumnElement[bool]:
        """Passed again, with a changed set point of which no procedure tells yet."""
        return (cls.status == "retest_passed") & cls.setpoint_changed.is_(True)

    @classmethod
    def closed(cls) -> ColumnElement[bool]:
        """Mended, proven and closed."""
        return cls.status == "closed"

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Open."""
        return cls.open()


def rectifications_of(session: Session, parameter_id: str) -> list[Rectification]:
    """The rectifications of a parameter in their order, those that this act adds included."""
    stored = session.scalars(select(Rectification).where(Rectification.parameter_id == parameter_id)).all()
    added = [r for r in session.new if isinstance(r, Rectification) and r.parameter_id == parameter_id]
    return sorted((row for row in (*stored, *added) if row.deleted_at is None), key=lambda row: row.id)
