"""Knowledge gaps: what people know, who must know it next, and whether that was verified."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, cast, func, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.dialect import days_after, greater, today_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import RISK_LEVEL, must_have
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

KNOWLEDGE_TYPE = Vocabulary(
    (
        Option("explicit", "Explicit", aliases=("显性知识",)),
        Option("procedural", "Procedural", aliases=("操作类",)),
        Option("tacit", "Tacit", aliases=("隐性知识", "经验")),
        Option("relational", "Relations and contacts", aliases=("联系人",)),
        Option("decision", "Past decisions", aliases=("历史决策",)),
    )
)

LEVEL = Vocabulary(
    (
        Option("0", "0 None", "danger", ("0", "未接触", "无")),
        Option("1", "1 (I) Can explain with help", "warning", ("1", "I", "了解")),
        Option("2", "2 (L) Works under supervision", "info", ("2", "L", "指导下操作")),
        Option("3", "3 (U) Works alone", "ok", ("3", "U", "独立操作")),
        Option("4", "4 (O) Can teach", "ok", ("4", "O", "能教他人")),
    )
)

CRITICAL = Vocabulary(
    (
        Option("5", "5 Vital", "danger", ("5", "vital", "关键")),
        Option("4", "4 High", "warning", ("4", "high", "高")),
        Option("3", "3 Medium", "info", ("3", "medium", "中")),
        Option("2", "2 Low", "neutral", ("2", "low", "低")),
        Option("1", "1 Minor", "neutral", ("1", "minor", "很低")),
    )
)

METHOD = Vocabulary(
    (
        Option("classroom", "Classroom training", aliases=("培训", "training", "集中培训")),
        Option("shadowing", "Shadowing", aliases=("跟岗",)),
        Option("joint_operation", "Joint operation", aliases=("联合值守", "联合运行")),
        Option("sop", "SOP writing", aliases=("SOP", "编写规程")),
        Option("simulation", "Simulation", aliases=("仿真",)),
        Option("vendor_training", "Vendor training", aliases=("厂家培训",)),
        Option("mentoring", "Mentoring", aliases=("师带徒",)),
        Option("interview", "Interview on record", aliases=("访谈", "录像")),
        Option("on_call", "On call", aliases=("远程支持",)),
        Option("rotation", "Job rotation", aliases=("轮岗",)),
        Option("drill", "Drill", aliases=("演练",)),
    )
)

VERIFICATION = Vocabulary(
    (
        Option("teach_back", "Teach-back", aliases=("复述",)),
        Option("solo", "Alone under watch", aliases=("独立操作",)),
        Option("written", "Written test", aliases=("笔试",)),
        Option("drill", "Drill", aliases=("演练",)),
        Option("fault_simulation", "Fault simulation", aliases=("故障模拟",)),
    )
)

_VERIFIED = ("verified_level", "verified_by", "verified_on", "verification")
_WORK = ("identified", "planned", "in_transfer", "demonstrated", "verified", "expired")

# The field's own list leaves an expired item without a way back to its verification; here it is planned anew.
GAP_STATUS = Lifecycle(
    (
        Option("identified", "Identified", "warning", ("识别", "open", "未开始")),
        Option("planned", "Planned", "info", ("计划",)),
        Option("in_transfer", "In transfer", "info", ("转移中", "in progress", "进行中")),
        Option("demonstrated", "Demonstrated, to verify", "info", ("已演示", "待验证")),
        Option("verified", "Verified", "ok", ("验证", "closed", "已关闭", "完成")),
        Option("expired", "Expired", "danger", ("过期",)),
        Option("accepted_gap", "Gap accepted", "warning", ("接受",)),
    ),
    steps=(
        Step("plan", N_("Plan the transfer"), ("identified", "expired"), "planned"),
        Step("begin", N_("Begin the transfer"), ("planned",), "in_transfer"),
        Step("demonstrate", N_("Demonstrated"), ("in_transfer",), "demonstrated"),
        Step(
            "verify",
            N_("Verify"),
            ("demonstrated",),
            "verified",
            by="verified_by",
            on="verified_on",
            may=("verified_level", "verification", "valid_until", "evidence"),
            needs="unverified",
        ),
        Step("try_again", N_("Not yet: transfer on"), ("demonstrated",), "in_transfer"),
        Step("expire", N_("Let it expire"), ("verified",), "expired", wipes=_VERIFIED),
        Step("accept_gap", N_("Accept the gap"), _WORK, "accepted_gap", asks=("accepted_because",)),
    ),
    closed=frozenset({"verified", "accepted_gap"}),
    locked=frozenset({"verified", "accepted_gap"}),
    stays_open=frozenset({"holder", "holder_until", "sole_holder", "documented", "document", "notes"}),
)


class KnowledgeItem(Due, Row):
    """Something that operations must know, with its holder and its receiver.

    The gap is the target level less the *verified* level: what the receiver says of himself never closes it.
    """

    __tablename__ = "knowledge_item"
    prefix: ClassVar[str] = "KNW"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} critical knowledge item of {system} is not verified yet: {refs}.",
        "{n} critical knowledge items of {system} are not verified yet: {refs}.",
    )

    title: Mapped[str] = mapped_column(String(300))
    description: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = choice(KNOWLEDGE_TYPE)
    system_id: Mapped[str | None] = link("system")
    criticality: Mapped[str | None] = choice(CRITICAL)
    rarity: Mapped[str | None] = choice(CRITICAL)
    attrition: Mapped[str | None] = choice(RISK_LEVEL)
    consequence: Mapped[str | None] = mapped_column(Text)
    documented: Mapped[bool | None]
    document_id: Mapped[str | None] = link("document")
    holder_id: Mapped[str | None] = link("person")
    sole_holder: Mapped[bool | None]
    holder_until: Mapped[dt.date | None]
    receiver_id: Mapped[str | None] = link("person")
    method: Mapped[str | None] = choice(METHOD)
    baseline_level: Mapped[str | None] = choice(LEVEL)
    current_level: Mapped[str | None] = choice(LEVEL)
    target_level: Mapped[str | None] = choice(LEVEL, "3")
    verified_level: Mapped[str | None] = choice(LEVEL)
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    verification: Mapped[str | None] = choice(VERIFICATION)
    valid_until: Mapped[dt.date | None]
    evidence: Mapped[str | None] = mapped_column(String(300))
    due_on: Mapped[dt.date | None]
    required_for_id: Mapped[str | None] = link("milestone")
    status: Mapped[str] = state(GAP_STATUS)
    accepted_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def gap(self) -> int:
        """Levels still missing: target less verified, at least 0."""
        return max(0, int(self.target_level or 3) - int(self.verified_level or 0))

    @gap.inplace.expression
    @classmethod
    def _gap(cls) -> ColumnElement[int]:
        target = func.coalesce(cast(cls.target_level, Integer), 3)
        verified = func.coalesce(cast(cls.verified_level, Integer), 0)
        return greater(0, target - verified)

    @hybrid_property
    def loss_risk(self) -> int | None:
        """Risk of losing the knowledge, 1 to 25: attrition factor times position factor.

        Source: TVA's method as adopted by the IAEA (STI/PUB/1248): total = attrition risk x position risk.
        """
        if self.attrition is None or self.criticality is None:
            return None
        return int(self.attrition) * int(self.criticality)

    @loss_risk.inplace.expression
    @classmethod
    def _loss_risk(cls) -> ColumnElement[int]:
        return cast(cls.attrition, Integer) * cast(cls.criticality, Integer)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A knowledge item needs a title; nobody verifies himself; verified means at the target level by somebody."""
        yield from must_have(values, "title")
        verifier = values.get("verified_by_id")
        if verifier and verifier == values.get("receiver_id"):
            yield Problem("verified_by", N_("The receiver can't verify his or her own level."))
        if values.get("verified_level") and not verifier:
            yield Problem("verified_by", N_("A verified level needs the person who verified it."))
        if values.get("status") == "verified":
            yield from cls._unverified(values)
        if values.get("status") == "accepted_gap":
            yield from (
                Problem("accepted_because", N_("An accepted gap needs its reason and measure."))
                for _ in must_have(values, "accepted_because")
            )

    @classmethod
    def _unverified(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        if int(values.get("verified_level") or 0) < int(values.get("target_level") or 3):
            yield Problem("verified_level", N_("Verified needs a verified level that reaches the target level."))

    def unverified(self, _taker: Taker) -> Iterator[Reason]:
        """What it lacks to be verified: a level that somebody else than the receiver verified."""
        levels = {"verified_level": self.verified_level, "target_level": self.target_level}
        for problem in self._unverified(levels):
            yield Reason(problem.message, field=problem.field)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor accepted as a gap."""
        return cls.status.not_in(GAP_STATUS.closed)

    @classmethod
    def closed(cls) -> ColumnElement[bool]:
        """Verified, or accepted as a gap."""
        return cls.status.in_(GAP_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When operations must know it."""
        return cls.due_on

    @classmethod
    def critical(cls) -> ColumnElement[bool]:
        """Open and of criticality 4 or 5."""
        return and_(cls.open(), cls.criticality.in_(("4", "5")))

    @classmethod
    def at_risk(cls) -> ColumnElement[bool]:
        """Critical without a receiver, or known to one person alone who leaves within four weeks or has left."""
        soon = days_after(today_(), 28)
        return and_(
            cls.open(),
            or_(
                and_(cls.criticality.in_(("4", "5")), cls.receiver_id.is_(None)),
                and_(cls.sole_holder.is_(True), cls.holder_until <= soon),
            ),
        )

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Critical knowledge that operations doesn't have yet."""
        return cls.critical()
