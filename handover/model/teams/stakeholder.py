"""Those who have a stake in the handover, and what each of them gets to hear, how often and by whom."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, func, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Due, Problem, Row, choice, link
from handover.model.people import SIDE, must_have
from handover.model.vocabulary import Option, Vocabulary

ATTITUDE = Vocabulary(
    (
        Option("supports", NC_("stakeholder", "Supports it"), "ok", ("supportive", "支持")),
        Option("neutral", NC_("stakeholder", "Neutral"), "neutral", ("neutral", "中立")),
        Option("against", NC_("stakeholder", "Against it"), "danger", ("resistant", "opposed", "反对", "抵触")),
    )
)
#: What follows from influence and interest, each from 1 to 5; 3 is counted as high.
APPROACH = Vocabulary(
    (
        Option("closely", NC_("stakeholder", "Manage closely"), "danger"),
        Option("satisfied", NC_("stakeholder", "Keep satisfied"), "warning"),
        Option("informed", NC_("stakeholder", "Keep informed"), "info"),
        Option("watch", NC_("stakeholder", "Watch"), "neutral"),
    )
)
HIGH = 3
HOW_OFTEN = Vocabulary(
    (
        Option("once", NC_("communication", "Once"), aliases=("once", "一次", "单次")),
        Option("daily", NC_("communication", "Every day"), aliases=("daily", "每日", "每天")),
        Option("weekly", NC_("communication", "Every week"), aliases=("weekly", "每周")),
        Option("fortnightly", NC_("communication", "Every two weeks"), aliases=("fortnightly", "biweekly", "每两周")),
        Option("monthly", NC_("communication", "Every month"), aliases=("monthly", "每月")),
        Option("quarterly", NC_("communication", "Every quarter"), aliases=("quarterly", "每季度")),
    )
)
CHANNEL = Vocabulary(
    (
        Option("meeting", NC_("communication", "Meeting"), aliases=("meeting", "会议")),
        Option("email", NC_("communication", "E-mail"), aliases=("email", "mail", "邮件")),
        Option("report", NC_("communication", "Report"), aliases=("report", "报告", "书面报告")),
        Option("call", NC_("communication", "Call"), aliases=("phone", "call", "电话")),
        Option("board", NC_("communication", "Notice board"), aliases=("board", "看板", "公告")),
        Option("message", NC_("communication", "Message group"), aliases=("chat", "message", "微信群", "企业微信")),
    )
)
_DAYS = {"daily": 1, "weekly": 7, "fortnightly": 14}
_MONTHS = {"monthly": 1, "quarterly": 3}


class Stakeholder(Row):
    """A person, an authority or a department with a stake in the handover."""

    __tablename__ = "stakeholder"
    prefix: ClassVar[str] = "STK"

    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[str | None] = link("person")
    organisation_id: Mapped[str | None] = link("organisation")
    side: Mapped[str | None] = choice(SIDE)
    post: Mapped[str | None] = mapped_column(String(200))
    interest: Mapped[int | None]
    influence: Mapped[int | None]
    attitude: Mapped[str | None] = choice(ATTITUDE)
    expects: Mapped[str | None] = mapped_column(Text)
    measures: Mapped[str | None] = mapped_column(Text)
    owner_id: Mapped[str | None] = link("person")
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def approach(self) -> str | None:
        """Follows from influence and interest; see APPROACH."""
        raise AttributeError("approach is computed in SQL")

    @approach.inplace.expression
    @classmethod
    def _approach(cls) -> ColumnElement[str]:
        influence, interest = cls.influence >= HIGH, cls.interest >= HIGH
        return case(
            (or_(cls.influence.is_(None), cls.interest.is_(None)), None),
            (and_(influence, interest), "closely"),
            (influence, "satisfied"),
            (interest, "informed"),
            else_="watch",
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It has a name; interest and influence are given from 1 to 5."""
        yield from must_have(values, "name")
        for key in ("interest", "influence"):
            if values.get(key) is not None and not 1 <= values[key] <= 5:
                yield Problem(key, N_("A number from 1 to 5."))

    @classmethod
    def closely(cls) -> ColumnElement[bool]:
        """Of much influence and much interest."""
        return and_(cls.influence >= HIGH, cls.interest >= HIGH)

    @classmethod
    def opposed(cls) -> ColumnElement[bool]:
        """Against it, and of influence."""
        return and_(cls.attitude == "against", cls.influence >= HIGH)


class Communication(Due, Row):
    """What somebody gets to hear: how often, by which channel and by whom; ``next_on`` follows from what was sent."""

    __tablename__ = "communication"
    prefix: ClassVar[str] = "COM"

    stakeholder_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("stakeholder.id"), index=True)
    audience: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(Text)
    how_often: Mapped[str | None] = choice(HOW_OFTEN)
    channel: Mapped[str | None] = choice(CHANNEL)
    sender_id: Mapped[str | None] = link("person")
    next_on: Mapped[dt.date | None]
    sent_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what is told; ``to_nobody`` shows those that don't say to whom yet."""
        yield from must_have(values, "content")

    @classmethod
    def to_nobody(cls) -> ColumnElement[bool]:
        """That still go on, and say neither a stakeholder nor whom else they are for."""
        audience = func.trim(func.coalesce(cls.audience, ""))
        return and_(cls.stakeholder_id.is_(None), audience == "", cls.ended_on.is_(None))

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as in the base
        """Once it was sent, the next is due a period later; what is told once is over."""
        sent, often = values.get("sent_on"), values.get("how_often")
        if "sent_on" not in changed or sent is None or "next_on" in changed:
            return {}
        if often in (None, "once"):
            return {"next_on": None, "ended_on": values.get("ended_on") or sent} if often else {}
        return {"next_on": next_after(sent, str(often))}

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not over."""
        return cls.ended_on.is_(None)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """The day on which it is sent next."""
        return cls.next_on


def next_after(day: dt.date, often: str) -> dt.date:
    """The day a period after another; in a shorter month its last day."""
    if often in _DAYS:
        return day + dt.timedelta(days=_DAYS[often])
    years, month = divmod(day.month - 1 + _MONTHS[often], 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
