"""The punch list: what was found wanting, who mends it, and who saw that it is mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, func, select
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_, NN_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, must_have
from handover.model.picks.pick import Pick, means, pick
from handover.model.signatory import signatory_of
from handover.model.steps import Taker
from handover.model.system import System
from handover.model.vocabulary import Option, Vocabulary

# 三查四定: what the three checks look for, and the four things that each finding must be given.
THREE_CHECKS = Vocabulary(
    (
        Option("omission", "Left out of the design", "warning", ("设计漏项", "漏项")),
        Option("quality", "Quality or hidden danger", "danger", ("工程质量", "质量隐患", "隐患")),
        Option("unfinished", "Unfinished work", "warning", ("未完工程", "尾工")),
    )
)
#: The meanings of categories by their weight, the gravest first.
#: Characters of what is wrong at most.
LONGEST = 3500
_WEIGHT = {"blocks": 0, "before_operations": 1, "after_operations": 2}
_FOUR = ("task", "action_by", "due_on", "measure")

PRIORITY = Vocabulary(
    (
        Option("1", "1 At once", "danger", ("1", "urgent", "紧急", "high", "高")),
        Option("2", "2 Soon", "warning", ("2", "medium", "中", "一般")),
        Option("3", "3 When there is time", "neutral", ("3", "low", "低")),
    )
)

#: What workbooks of several languages say of each state.
_OPEN = (
    "outstanding", "new", "not started", "in progress", "未整改", "整改中", "未关闭", "ouvert",
    "ouverte", "offen", "abierto", "abierta", "aberto", "aberta", "aperto", "открыто",
    "открыт", "未対応", "対応中", "미조치",
)  # fmt: skip
_CLEARED = (
    "cleared", "done", "completed", "ready for inspection", "fixed", "resolved", "rectified", "已整改",
    "corrigé", "behoben", "erledigt", "corregido", "corrigido", "corretto", "исправлено",
    "устранено", "対応済", "対応済み", "조치완료",
)  # fmt: skip
_VERIFIED = (
    "closed", "accepted", "approved", "已关闭", "已销项", "验收合格", "销项", "fermé",
    "fermée", "clos", "geschlossen", "abgeschlossen", "cerrado", "cerrada", "fechado", "fechada",
    "chiuso", "закрыто", "закрыт", "完了", "종결",
)  # fmt: skip

PUNCH_STATUS = Lifecycle(
    (
        Option(
            "open",
            NC_("punch", "Open"),
            "warning",
            _OPEN,
        ),
        Option(
            "cleared",
            "Cleared, to verify",
            "info",
            _CLEARED,
        ),
        Option(
            "verified",
            NC_("punch", "Verified"),
            "ok",
            _VERIFIED,
        ),
        Option("void", "Void", "neutral", ("cancelled", "n/a", "not applicable", "作废", "取消")),
    ),
    steps=(
        Step(
            "clear",
            N_("Clear"),
            ("open",),
            "cleared",
            asks=("cleared_by",),
            may=("measure", "root_cause"),
            by="cleared_by",
            on="cleared_on",
            after=("raised_on",),
            needs="material_wanting",
        ),
        Step(
            "reject",
            N_("Reject"),
            ("cleared",),
            "open",
            asks=("rejected_because",),
            may=("due_on",),
            wipes=("cleared_by", "cleared_on"),
            counts="reopened",
        ),
        Step("unclear", N_("Take the clearing back"), ("cleared",), "open", wipes=("cleared_by", "cleared_on")),
        Step(
            "verify",
            N_("Verify"),
            ("cleared",),
            "verified",
            asks=("verified_by",),
            by="verified_by",
            on="verified_on",
            after=("cleared_on",),
            by_other_than=("cleared_by",),
        ),
        Step(
            "unverify",
            N_("Take the verification back"),
            ("verified",),
            "cleared",
            wipes=("verified_by", "verified_on"),
            needs="signatory_wanting",
        ),
        Step("void", N_("Void it"), ("open", "cleared", "verified"), "void", asks=("void_because",)),
    ),
    closed=frozenset({"verified", "void"}),
    locked=frozenset({"verified", "void"}),
)


class Punch(Due, Row):
    """A punch item, by its category A, B or C: found, cleared by one, verified by another.

    ``estimate`` is in hours; ``reopened`` counts how often its clearing was rejected.
    """

    __tablename__ = "punch"
    prefix: ClassVar[str] = "PNL"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} punch item of {system} that blocks the certificate is not verified: {refs}.",
        "{n} punch items of {system} that block the certificate are not verified: {refs}.",
    )
    stands_from: ClassVar[str] = "commissioning"
    reserved_as: ClassVar[tuple[str, str, str]] = ("description", "action_by_id", "due_on")
    guarded: ClassVar[frozenset[str]] = frozenset({"category_id"})

    external_no: Mapped[str | None] = mapped_column(String(60), index=True)
    category_id: Mapped[str | None] = pick("punch_category")
    description: Mapped[str] = mapped_column(Text, info={"limit": LONGEST})
    system_id: Mapped[str | None] = link("system")
    tag: Mapped[str | None] = mapped_column(String(100))
    location: Mapped[str | None] = mapped_column(String(200))
    discipline_id: Mapped[str | None] = pick("discipline")
    spec_clause: Mapped[str | None] = mapped_column(String(200))
    source_id: Mapped[str | None] = pick("punch_source")
    check: Mapped[str | None] = choice(THREE_CHECKS)
    meeting_id: Mapped[str | None] = link("meeting")
    status: Mapped[str] = state(PUNCH_STATUS)
    raised_by_id: Mapped[str | None] = link("person")
    raised_on: Mapped[dt.date | None]
    side: Mapped[str | None] = choice(SIDE)
    clearing_org_id: Mapped[str | None] = link("organisation")
    action_by_id: Mapped[str | None] = link("person")
    task: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[dt.date | None]
    priority: Mapped[str | None] = choice(PRIORITY)
    estimate: Mapped[float | None]
    measure: Mapped[str | None] = mapped_column(Text)
    material_required: Mapped[bool | None]
    material: Mapped[str | None] = mapped_column(String(300))
    material_due: Mapped[dt.date | None]
    material_arrived: Mapped[dt.date | None]
    cleared_by_id: Mapped[str | None] = link("person")
    cleared_on: Mapped[dt.date | None]
    verified_by_id: Mapped[str | None] = link("person")
    verified_on: Mapped[dt.date | None]
    rejected_because: Mapped[str | None] = mapped_column(Text)
    reopened: Mapped[int | None]
    root_cause: Mapped[str | None] = mapped_column(Text)
    ncr: Mapped[str | None] = mapped_column(String(60))
    downgraded_because: Mapped[str | None] = mapped_column(Text)
    void_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An item says what is wrong; names and days of its steps stand in their order."""
        yield from must_have(values, "description")
        if len(str(values.get("description") or "")) > LONGEST:
            yield Problem("description", N_("At most 3,500 characters; put the rest into the notes."))
        if (values.get("estimate") or 0) < 0:
            yield Problem("estimate", N_("This number can't be negative."))
        for earlier, later, sentence in (
            ("raised_on", "cleared_on", N_("Cleared before it was raised.")),
            ("cleared_on", "verified_on", N_("Verified before it was cleared.")),
        ):
            first, last = values.get(earlier), values.get(later)
            if first and last and last < first:
                yield Problem(later, sentence)

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: as above
        """Only the signatory lowers a category, with a reason; a finding of the three checks is given its four."""
        if before.get("category_id") and before["category_id"] != self.category_id:
            yield from self._lowered(before["category_id"], taker)
        if not taker.history and self.status == "open" and self._source_means("three_checks"):
            for field in _FOUR:
                if not str(getattr(self, f"{field}_id" if field == "action_by" else field) or "").strip():
                    message = N_("A finding of the three checks needs its task, person, time and measure: {field}.")
                    yield Reason(message, {"field": field}, field=field)

    def _lowered(self, before: str, taker: Taker) -> Iterator[Reason]:
        session = object_session(self)
        if session is None:
            return
        keys = [before, self.category_id or ""]
        found = {row.id: row.meaning for row in session.execute(select(Pick.id, Pick.meaning).where(Pick.id.in_(keys)))}
        was, now = (_WEIGHT.get(found.get(key) or "", len(_WEIGHT)) for key in keys)
        if now <= was:
            return
        yield from self.signatory_wanting(taker)
        if not (self.downgraded_because or "").strip():
            message = N_("A category is lowered with a reason: {field}.")
            yield Reason(message, {"field": "downgraded_because"}, field="downgraded_because")

    def _source_means(self, meaning: str) -> bool:
        session = object_session(self)
        if session is None or self.source_id is None:
            return False
        return session.scalar(select(Pick.meaning).where(Pick.id == self.source_id)) == meaning

    def material_wanting(self, taker: Taker) -> Iterator[Reason]:
        """An item that needs material says which, and when it comes, before it can be cleared."""
        if taker.history:
            return
        if self.material_required and not (self.material or "").strip():
            yield Reason(N_("It needs material: say which in {field}."), {"field": "material"}, field="material")
        if self.material_required and self.material_due is None and self.material_arrived is None:
            yield Reason(N_("It needs material: say when it comes in {field}."), {"field": "material_due"},
                         field="material_due")  # fmt: skip

    def signatory_wanting(self, taker: Taker) -> Iterator[Reason]:
        """Only the signatory of the system's certificate may do it."""
        session = object_session(self)
        system = session.get(System, self.system_id) if session is not None and self.system_id else None
        signatory = signatory_of(session, system) if session is not None and system is not None else None
        if system is None:
            yield Reason(N_("{ref} names no system, so nobody signs its certificate."), {"ref": self.ref})
        elif signatory is None:
            yield Reason(
                N_("{system} has neither a signatory nor an operations lead, so nobody may do this."),
                {"system": system.code},
            )
        elif signatory != taker.person:
            yield Reason(N_("Only the signatory of the certificate of {system} may do this."), {"system": system.code})

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Neither verified nor void."""
        return cls.status.not_in(PUNCH_STATUS.closed)

    @classmethod
    def wanted(cls) -> ColumnElement[bool]:
        """Not void."""
        return cls.status != "void"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be mended."""
        return cls.due_on

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Open and of a category that blocks the certificate; one that nobody graded yet counts so, too."""
        return and_(cls.open(), means(cls.category_id, "blocks") | cls.category_id.is_(None))

    @classmethod
    def reserved(cls) -> ColumnElement[bool]:
        """Open and of a category that doesn't block: a certificate lists it as an exception."""
        return and_(cls.open(), cls.category_id.is_not(None), ~means(cls.category_id, "blocks"))

    @classmethod
    def to_verify(cls) -> ColumnElement[bool]:
        """Cleared and not yet verified."""
        return cls.status == "cleared"

    @classmethod
    def rejected(cls) -> ColumnElement[bool]:
        """Open again, since its clearing was rejected."""
        return and_(cls.status == "open", func.coalesce(cls.reopened, 0) > 0)

    @classmethod
    def waiting(cls) -> ColumnElement[bool]:
        """Open and waiting for material."""
        return and_(cls.status == "open", cls.material_required.is_(True), cls.material_arrived.is_(None))

    @classmethod
    def verified(cls) -> ColumnElement[bool]:
        """Mended, and seen to be."""
        return cls.status == "verified"
