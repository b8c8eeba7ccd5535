"""The results of readings and parameters as SQL: one answer for registers, guards, charts and packs.

A reading counts unless it is struck out or something is against it: another unit, a day before its campaign, an
instrument whose calibration had run out. The latest reading that counts tells the result of its parameter; where a
rectification is open, the parameter has failed until a reading after the mend passes. Limits are included.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, literal, null, or_, select

from handover.i18n import N_, NC_
from handover.model.base import Base
from handover.model.dialect import day, today_
from handover.model.standing import below
from handover.model.vocabulary import Option, Vocabulary

RESULT = Vocabulary(
    (
        Option("pending", NC_("parameter", "Not measured"), "neutral", ("pending", "未测", "待测")),
        Option("pass", NC_("parameter", "Pass"), "ok", ("ok", "合格")),
        Option("fail", NC_("parameter", "Fail"), "danger", ("ng", "不合格")),
        Option("waived", NC_("parameter", "Waived"), "warning", ("让步", "让步接收")),
        Option("na", NC_("parameter", "Not applicable"), "neutral", ("n/a", "不适用")),
    )
)
#: Why a reading doesn't count.
DOUBT = Vocabulary(
    (
        Option("void", N_("Struck out"), "neutral"),
        Option("unit", N_("Another unit than the parameter"), "danger"),
        Option("early", N_("Before its campaign began"), "danger"),
        Option("instrument", N_("Calibration of the instrument had run out"), "danger"),
    )
)
#: The states of a rectification in which its parameter has failed.
UNRESOLVED = ("opened", "in_work", "awaiting_retest", "retest_failed")

Columns = Any  # the columns of a table, of a mapped class or of an alias of either


def verdict(parameter: Columns, reading: Columns) -> ColumnElement[str | None]:
    """Whether a reading keeps to the limits of its parameter; NULL where it can't be judged by them."""
    same_text = and_(parameter.direction == "text", reading.value == parameter.limits)
    said = case((same_text, "pass"), else_=reading.word)
    below = or_(
        reading.amount < parameter.lower, and_(parameter.lower_open.is_(True), reading.amount == parameter.lower)
    )
    above = or_(
        reading.amount > parameter.upper, and_(parameter.upper_open.is_(True), reading.amount == parameter.upper)
    )
    outside = func.coalesce(below, False) | func.coalesce(above, False)
    measured = case((reading.amount.is_(None), null()), (outside, "fail"), else_="pass")
    in_words = parameter.direction.in_(("boolean", "text"))
    return cast(case((parameter.direction.is_(None), null()), (in_words, said), else_=measured), String)


def doubt(parameter: Columns, reading: Columns) -> ColumnElement[str | None]:
    """What is against a reading, see ``DOUBT``; NULL where nothing is."""
    campaign = Base.metadata.tables["test_campaign"].alias()
    instrument = Base.metadata.tables["instrument"].alias()
    on = day(reading.taken_at)
    early = select(campaign.c.id).where(campaign.c.id == reading.campaign_id, on < campaign.c.starts_on)
    expired = select(instrument.c.id).where(instrument.c.id == reading.instrument_id, instrument.c.calibration_due < on)
    return case(
        (func.coalesce(reading.void_because, "") != "", "void"),
        (reading.unit != parameter.unit, "unit"),
        (early.correlate_except(campaign).exists(), "early"),
        (expired.correlate_except(instrument).exists(), "instrument"),
        else_=null(),
    )


def latest(parameter: Columns, wanted: Any = None) -> ColumnElement[Any]:
    """The verdict on the latest reading of a parameter that counts, or another of its columns by name."""
    reading = Base.metadata.tables["parameter_reading"].alias()
    judged = verdict(parameter, reading.c)
    counting = (
        reading.c.parameter_id == parameter.id,
        reading.c.deleted_at.is_(None),
        doubt(parameter, reading.c).is_(None),
        judged.is_not(None),
    )
    asked = select(reading.c[wanted] if wanted else judged).where(*counting)
    newest = asked.order_by(reading.c.taken_at.desc().nulls_last(), reading.c.id.desc()).limit(1)
    return newest.correlate_except(reading).scalar_subquery()


def result(parameter: Columns) -> ColumnElement[str]:
    """The result of a parameter, see ``RESULT``."""
    rectification = Base.metadata.tables["rectification"].alias()
    open_ones = select(rectification.c.id).where(
        rectification.c.parameter_id == parameter.id,
        rectification.c.deleted_at.is_(None),
        rectification.c.status.in_(UNRESOLVED),
    )
    return case(
        (func.coalesce(parameter.na_because, "") != "", "na"),
        (waived(parameter), "waived"),
        (open_ones.correlate_except(rectification).exists(), "fail"),
        else_=func.coalesce(latest(parameter), "pending"),
    )


def waived(parameter: Columns) -> ColumnElement[bool]:
    """A waiver of the parameter is in force today."""
    waiver = Base.metadata.tables["waiver"].alias()
    in_force = select(waiver.c.id).where(
        waiver.c.parameter_id == parameter.id,
        waiver.c.deleted_at.is_(None),
        waiver.c.status == "approved",
        or_(waiver.c.valid_until.is_(None), waiver.c.valid_until >= today_()),
    )
    return in_force.correlate_except(waiver).exists()


class Overall(NamedTuple):
    """How many parameters there are of each result, and what follows of all together."""

    counts: dict[str, int]

    @property
    def result(self) -> str:
        """Failed if one has failed, else pending if one is pending, else passed."""
        if self.counts.get("fail"):
            return "fail"
        return "pending" if self.counts.get("pending") or not self.total else "pass"

    @property
    def total(self) -> int:
        """All parameters."""
        return sum(self.counts.values())


def overall(connection: Connection, project_id: str, system_id: str | None = None) -> Overall:
    """The results of all parameters of a project, or of a system and all below it."""
    parameters = Base.metadata.tables["acceptance_parameter"].alias()
    told = result(parameters.c).label("result")
    here = [parameters.c.project_id == project_id, parameters.c.deleted_at.is_(None)]
    if system_id is not None:
        here.append(parameters.c.system_id.in_(select(below(system_id).c.id)))
    each = select(told).where(*here).subquery()
    rows = connection.execute(select(each.c.result, func.count(literal(1))).group_by(each.c.result))
    return Overall({str(code): int(count) for code, count in rows})
