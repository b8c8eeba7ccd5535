"""Acceptance parameters: what is measured, what it must keep to, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from functools import reduce
from typing import Any, ClassVar
from typing import cast as typed

from sqlalchemy import ColumnElement, Float, String, Text, and_, cast, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import NotValid, Reason
from handover.i18n import N_, NC_, NN_
from handover.model.acceptance import results
from handover.model.base import Moment, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.project import Project
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary
from handover.values.limits import (
    Direction,
    Limits,
    amount_in,
    judged,
    limits_text,
    read_limits,
    said_in,
    says_nothing,
    unit_of,
)

DIRECTION = Vocabulary(
    (
        Option("range", NC_("limits", "Between two limits"), aliases=("区间", "双边")),
        Option("min", NC_("limits", "Not less"), aliases=("不小于", "下限")),
        Option("max", NC_("limits", "Not more"), aliases=("不大于", "上限")),
        Option("exact", NC_("limits", "Equal"), aliases=("等于",)),
        Option("boolean", NC_("limits", "Pass or fail"), aliases=("合格/不合格",)),
        Option("text", NC_("limits", "As described"), aliases=("文本",)),
    )
)
SIGNATURE = Lifecycle(
    (
        Option("unsigned", NC_("parameter", "Not signed"), "neutral", ("未签字",)),
        Option("signed", NC_("parameter", "Signed"), "ok", ("已签字",)),
    ),
    steps=(
        Step("sign", N_("Sign the result"), ("unsigned",), "signed", asks=("signed_by",), by="signed_by",
             on="signed_on", needs="wanting_to_sign"),
        Step("unsign", N_("Take the signature back"), ("signed",), "unsigned", wipes=("signed_by", "signed_on"),
             needs="wanting_to_unsign"),
    ),
    closed=frozenset({"signed"}),
    locked=frozenset({"signed"}),
    stays_open=frozenset({"measured", "measured_at", "notes"}),
)  # fmt: skip
_OF_LIMITS = frozenset({"limits", "design_value", "unit", "lower", "upper"})
_READ = {"direction", "lower", "upper", "lower_open", "upper_open"}


class AcceptanceParameter(Row):
    """A parameter of a system with its limits; its readings are its parts, its result follows from them.

    Attributes:
        limits: as somebody wrote them; ``direction``, ``lower`` and ``upper`` follow from them, and they from those.
        design_value: from which a tolerance without a number of its own counts.
        key: the chief engineer signs its result.
        remedy: what the contract says follows where it fails.
        measured, measured_at: the latest reading that counts; what is typed here becomes a reading.
        na_because: why it isn't measured at all; empty for one that is.
    """

    __tablename__ = "acceptance_parameter"
    prefix: ClassVar[str] = "PAR"
    guarded: ClassVar[frozenset[str]] = frozenset({*_OF_LIMITS, "system_id", "measured", "measured_at"})
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} acceptance parameter of {system} has failed: {refs}.",
        "{n} acceptance parameters of {system} have failed: {refs}.",
    )
    stands_also: ClassVar[tuple[tuple[str, tuple[str, str]], ...]] = (
        (
            "pending",
            NN_(
                "{n} acceptance parameter of {system} isn't measured yet: {refs}.",
                "{n} acceptance parameters of {system} aren't measured yet: {refs}.",
            ),
        ),
        (
            "to_sign",
            NN_(
                "{n} key parameter of {system} isn't signed by the chief engineer: {refs}.",
                "{n} key parameters of {system} aren't signed by the chief engineer: {refs}.",
            ),
        ),
    )

    no: Mapped[str | None] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(300))
    system_id: Mapped[str | None] = link("system")
    campaign_id: Mapped[str | None] = link("test_campaign")
    unit: Mapped[str | None] = mapped_column(String(40))
    design_value: Mapped[str | None] = mapped_column(String(100))
    limits: Mapped[str | None] = mapped_column(String(300))
    direction: Mapped[str | None] = choice(DIRECTION)
    lower: Mapped[float | None] = mapped_column(Float)
    upper: Mapped[float | None] = mapped_column(Float)
    lower_open: Mapped[bool | None]
    upper_open: Mapped[bool | None]
    test_method: Mapped[str | None] = mapped_column(Text)
    test_conditions: Mapped[str | None] = mapped_column(Text)
    test_point: Mapped[str | None] = mapped_column(String(200))
    instrument_id: Mapped[str | None] = link("instrument")
    key: Mapped[bool | None]
    signature: Mapped[str] = state(SIGNATURE)
    signed_by_id: Mapped[str | None] = link("person")
    signed_on: Mapped[dt.date | None]
    clause: Mapped[str | None] = mapped_column(String(200))
    remedy: Mapped[str | None] = mapped_column(Text)
    measured: Mapped[str | None] = mapped_column(String(200))
    measured_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    na_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def accepted(self) -> str | None:
        """The limits as they were read, told in words."""
        raise AttributeError("accepted is told from several columns")

    @accepted.inplace.expression
    @classmethod
    def _accepted(cls) -> ColumnElement[str | None]:
        """``range|9.9|10.1|||mm|9.9~10.1``: direction, bounds, which of them are open, the unit, and as written."""
        told = (cls.lower, cls.upper, cls.lower_open, cls.upper_open, cls.unit, cls.limits)
        parts = [func.coalesce(cast(column, String), "") for column in told]
        return reduce(lambda text, part: text + "|" + part, parts, cast(cls.direction, String))

    @hybrid_property
    def result(self) -> str:
        """What its readings say, see ``results.RESULT``."""
        raise AttributeError("result is computed in SQL")

    @result.inplace.expression
    @classmethod
    def _result(cls) -> ColumnElement[str]:
        return results.result(cls)

    @property
    def bounds(self) -> Limits | None:
        """Its limits as values are judged by them; None where it has none."""
        if self.direction is None:
            return None
        direction = typed(Direction, self.direction)  # the vocabulary holds these alone
        return Limits(direction, self.lower, self.upper, bool(self.lower_open), bool(self.upper_open), self.unit or "")

    def verdict(self, value: str | None) -> str | None:
        """Whether a value keeps to its limits; None where it can't be judged by them."""
        if self.bounds is None or value is None:
            return None
        amount = amount_in(value)
        same = value == self.limits
        return judged(self.bounds, amount[0] if amount is not None else None, said_in(value), same)

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:
        """Bounds follow from the limits as they were written, the limits from bounds, the unit from either."""
        if not changed & _OF_LIMITS:
            return {}
        unit = unit_of(str(values.get("unit") or "")) or None
        follows: dict[str, Any] = {"unit": unit}
        text = str(values.get("limits") or "")
        bounds_told = bool(changed & {"lower", "upper"}) and "limits" not in changed
        if bounds_told or (says_nothing(text) and (values.get("lower") is not None or values.get("upper") is not None)):
            low, high = values.get("lower"), values.get("upper")
            if low is not None and high is not None and low > high:
                return follows
            text = limits_text(low, high)
            follows["limits"] = text or None
        if says_nothing(text):
            return {**follows, **dict.fromkeys(_READ)}
        design = str(values.get("design_value") or "")
        try:
            found = read_limits(text, design, unit or "")
        except NotValid:
            return follows  # told by ``problems``
        of_design = amount_in(design)
        follows["unit"] = unit or unit_of(found.unit or (of_design[1] if of_design else "")) or None
        return {
            **follows, "direction": found.direction, "lower": found.lower, "upper": found.upper,
            "lower_open": found.lower_open or None, "upper_open": found.upper_open or None,
        }  # fmt: skip

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A parameter has a name, and limits that can be read and stand the right way up."""
        yield from must_have(values, "name")
        low, high = values.get("lower"), values.get("upper")
        if low is not None and high is not None and low > high:
            yield Problem("upper", N_("The upper limit is below the lower one."))
            return
        text = str(values.get("limits") or "")
        if says_nothing(text):
            return
        try:
            read_limits(text, str(values.get("design_value") or ""), unit_of(str(values.get("unit") or "")))
        except NotValid as error:
            yield Problem("limits", error.message, error.values)

    def wanting_to_sign(self, taker: Taker) -> Iterator[Reason]:
        """What passed or is waived is signed, what is key by the chief engineer alone."""
        session = object_session(self)
        if session is None or taker.history:
            return
        found = session.scalar(select(AcceptanceParameter.result).where(AcceptanceParameter.id == self.id))
        if found not in ("pass", "waived"):
            result = results.RESULT[found or "pending"]
            yield Reason(N_("{ref} is “{result}”: only what passed or is waived is signed."),
                         {"ref": self.ref, "result": result}, field="result")  # fmt: skip
        if self.key:
            yield from self._chief_wanting(self.signed_by_id or taker.person)

    def wanting_to_unsign(self, taker: Taker) -> Iterator[Reason]:
        """Who signs takes it back."""
        if not taker.history and self.key:
            yield from self._chief_wanting(taker.person)

    def _chief_wanting(self, person: str | None) -> Iterator[Reason]:
        session = object_session(self)
        project = session.get(Project, self.project_id) if session is not None else None
        if project is None or project.chief_engineer_id is None:
            yield Reason(N_("The project names no chief engineer, who signs key parameters."), field="signed_by")
        elif person != project.chief_engineer_id:
            yield Reason(N_("{ref} is a key parameter: the chief engineer signs it."), {"ref": self.ref},
                         field="signed_by")  # fmt: skip

    @classmethod
    def failed(cls) -> ColumnElement[bool]:
        """Failed, and not mended since."""
        return cls.result == "fail"

    @classmethod
    def pending(cls) -> ColumnElement[bool]:
        """Not measured yet, or by nothing that counts."""
        return cls.result == "pending"

    @classmethod
    def passed_on(cls) -> ColumnElement[bool]:
        """Measured and within its limits."""
        return cls.result == "pass"

    @classmethod
    def on_waiver(cls) -> ColumnElement[bool]:
        """Accepted as it is, for the time being."""
        return cls.result == "waived"

    @classmethod
    def unlimited(cls) -> ColumnElement[bool]:
        """To be measured, without limits that anybody could keep to."""
        return and_(cls.direction.is_(None), func.coalesce(cls.na_because, "") == "")

    @classmethod
    def to_sign(cls) -> ColumnElement[bool]:
        """Key, passed or waived, and not signed."""
        return and_(cls.key.is_(True), cls.signature == "unsigned", cls.result.in_(("pass", "waived")))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Failed or not measured."""
        return cls.result.in_(("fail", "pending"))

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Failed, not measured, or key and not signed."""
        unsigned = and_(cls.key.is_(True), cls.signature == "unsigned")
        found = cls.result
        return found.in_(("fail", "pending")) | and_(unsigned, found != "na")
