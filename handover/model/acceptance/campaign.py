"""Test campaigns: when which parameters are measured, and what came of them together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, case, func, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.acceptance import results
from handover.model.base import Base, Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

CAMPAIGN_KIND = Vocabulary(
    (
        Option("sat", "Site acceptance test", aliases=("SAT", "现场验收")),
        Option("performance", NC_("campaign", "Performance test"), aliases=("性能考核", "性能试验")),
        Option("reliability", "Reliability run", aliases=("可靠性运行", "可靠性", "连续运行")),
    )
)
CAMPAIGN_STATUS = Lifecycle(
    (
        Option("planned", NC_("campaign", "Planned"), "neutral", ("计划",)),
        Option("running", NC_("campaign", "Under way"), "info", ("进行中",)),
        Option("closed", NC_("campaign", "Completed"), "ok", ("完成",)),
    ),
    steps=(
        Step("begin", N_("Begin the campaign"), ("planned",), "running", asks=("starts_on",)),
        Step("complete", N_("Complete the campaign"), ("running",), "closed", on="ends_on", after=("starts_on",),
             needs="unmeasured"),
        Step("reopen", N_("Open the campaign again"), ("closed",), "running", wipes=("ends_on",)),
    ),
    closed=frozenset({"closed"}),
    locked=frozenset({"closed"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class TestCampaign(Due, Row):
    """A campaign, from ``starts_on`` on: what was read before that day doesn't count for it."""

    __tablename__ = "test_campaign"
    __test__: ClassVar[bool] = False  # no test of ours, whatever its name says to pytest
    prefix: ClassVar[str] = "CMP"

    code: Mapped[str | None] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = choice(CAMPAIGN_KIND)
    system_id: Mapped[str | None] = link("system")
    starts_on: Mapped[dt.date | None]
    planned_end: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    lead_id: Mapped[str | None] = link("person")
    participants: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = state(CAMPAIGN_STATUS)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def parameters(self) -> int:
        """How many parameters are measured in it."""
        raise AttributeError("parameters are counted in SQL")

    @parameters.inplace.expression
    @classmethod
    def _parameters(cls) -> ColumnElement[int]:
        return cls._counted()

    @hybrid_property
    def passed_of_them(self) -> int:
        """How many of them passed, or are waived or left out."""
        raise AttributeError("passed_of_them are counted in SQL")

    @passed_of_them.inplace.expression
    @classmethod
    def _passed_of_them(cls) -> ColumnElement[int]:
        return cls._counted("pass", "waived", "na")

    @hybrid_property
    def result(self) -> str:
        """Failed if one of its parameters has failed, else pending if one is pending, else passed."""
        raise AttributeError("result is computed in SQL")

    @result.inplace.expression
    @classmethod
    def _result(cls) -> ColumnElement[str]:
        done = (cls._counted() > 0) & (cls._counted("pending") == 0)
        return case((cls._counted("fail") > 0, "fail"), (done, "pass"), else_="pending")

    @classmethod
    def _counted(cls, *wanted: str) -> ColumnElement[int]:
        parameters = Base.metadata.tables["acceptance_parameter"].alias()
        told = (results.result(parameters.c).in_(wanted),) if wanted else ()
        counted = select(func.count(parameters.c.id)).where(
            parameters.c.campaign_id == cls.id, parameters.c.deleted_at.is_(None), *told
        )
        return counted.correlate_except(parameters).scalar_subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A campaign has a name, and doesn't end before it begins."""
        yield from must_have(values, "name")
        for key in ("planned_end", "ends_on"):
            if values.get("starts_on") and values.get(key) and values[key] < values["starts_on"]:
                yield Problem(key, N_("The campaign would end before it begins."))

    def unmeasured(self, taker: Taker) -> Iterator[Reason]:
        """A campaign is complete once everything in it is measured."""
        session = object_session(self)
        if session is None or taker.history:
            return
        left = session.scalar(select(TestCampaign._counted("pending")).where(TestCampaign.id == self.id)) or 0
        if left:
            one, many = NN_("{n} parameter of it isn't measured yet.", "{n} parameters of it aren't measured yet.")
            yield Reason(one, {}, many, left)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet completed."""
        return cls.status.not_in(CAMPAIGN_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The planned end."""
        return cls.planned_end
