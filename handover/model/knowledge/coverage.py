"""Coverage: how many people must be able to do something alone, per item or per system, and whether so many are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, Select, Text, and_, case, cast, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, aliased, mapped_column

from handover.i18n import N_, NN_
from handover.model.base import Problem, Row, choice, link
from handover.model.dialect import today_
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import CRITICAL, LEVEL
from handover.model.knowledge.receiver import KnowledgeReceiver, revised_since
from handover.model.people import Person
from handover.model.vocabulary import Option, Vocabulary

COVERAGE = Vocabulary(
    (
        Option("met", "Met", "ok", ("满足",)),
        Option("short", "Short of people", "danger", ("人数不足",)),
        Option("nothing", "Nothing to cover", "neutral", ("无对象",)),
    )
)
#: Where a rule says no level: works alone.
_ALONE = "3"


class CoverageRule(Row):
    """A rule such as two per shift who work alone, for one item or for all items of a system.

    Counted are receivers whose verified level counts today; a shift is one in which people of operations work.

    Attributes:
        least: how many people, in each shift where ``per_shift`` is said.
        from_criticality: of a system, only items of at least that criticality.
    """

    __tablename__ = "coverage_rule"
    prefix: ClassVar[str] = "COV"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} coverage rule of {system} is not met: {refs}.", "{n} coverage rules of {system} are not met: {refs}."
    )

    system_id: Mapped[str | None] = link("system")
    item_id: Mapped[str | None] = link("knowledge_item")
    least: Mapped[int] = mapped_column(default=2)
    per_shift: Mapped[bool | None]
    level: Mapped[str | None] = choice(LEVEL, _ALONE)
    from_criticality: Mapped[str | None] = choice(CRITICAL)
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def short(self) -> int:
        """In how many cases, items or items in a shift, too few people can do it."""
        raise AttributeError("short is computed in SQL")

    @short.inplace.expression
    @classmethod
    def _short(cls) -> ColumnElement[int]:
        item = aliased(KnowledgeItem)
        people = aliased(Person)
        shifts = cls._shifts(people)
        each = select(func.count()).select_from(item).where(*cls._scope(item), cls._able(item) < cls.least)
        in_shift = (
            select(func.count())
            .select_from(item)
            .join(shifts, shifts.c.project_id == item.project_id)
            .where(*cls._scope(item), cls._able(item, shifts.c.shift) < cls.least)
        )
        any_shift = select(people.id).where(*cls._working(people), people.project_id == cls.project_id)
        return case(
            (and_(cls.per_shift.is_(True), any_shift.correlate(cls).exists()),
             in_shift.correlate(cls).scalar_subquery()),
            else_=each.correlate(cls).scalar_subquery(),
        )  # fmt: skip

    @hybrid_property
    def items(self) -> int:
        """How many items it covers."""
        raise AttributeError("items is computed in SQL")

    @items.inplace.expression
    @classmethod
    def _items(cls) -> ColumnElement[int]:
        item = aliased(KnowledgeItem)
        counted: Select[Any] = select(func.count()).select_from(item).where(*cls._scope(item))
        return counted.correlate(cls).scalar_subquery()

    @hybrid_property
    def state(self) -> str:
        """Whether it is met; see COVERAGE."""
        raise AttributeError("state is computed in SQL")

    @state.inplace.expression
    @classmethod
    def _state(cls) -> ColumnElement[str]:
        return case((cls.items == 0, "nothing"), (cls.short > 0, "short"), else_="met")

    @classmethod
    def _scope(cls, item: Any) -> tuple[ColumnElement[bool], ...]:  # Any: items under another name
        """The items that a rule is about; a gap that was accepted needs nobody."""
        graded = cast(func.coalesce(item.criticality, "0"), Integer)
        asked = cast(func.coalesce(cls.from_criticality, "0"), Integer)
        of_system = and_(cls.item_id.is_(None), item.system_id == cls.system_id, graded >= asked)
        living = item.deleted_at.is_(None), item.status != "accepted_gap"
        return (or_(item.id == cls.item_id, of_system), *living)

    @classmethod
    def _able(cls, item: Any, shift: Any = None) -> ColumnElement[int]:  # Any: as above, and a column of shifts
        """How many people have the level in an item, of one shift where it is given."""
        receiver, person = aliased(KnowledgeReceiver), aliased(Person)
        counts = (
            receiver.item_id == item.id,
            receiver.deleted_at.is_(None),
            person.deleted_at.is_(None),
            func.coalesce(receiver.valid_until >= today_(), True),
            ~revised_since(receiver),
            func.coalesce(person.leaves_on > today_(), True),
            cast(func.coalesce(receiver.verified_level, "0"), Integer)
            >= cast(func.coalesce(cls.level, _ALONE), Integer),
        )
        of_shift = () if shift is None else (person.shift == shift,)
        counted = select(func.count(person.id.distinct())).join_from(receiver, person, receiver.person_id == person.id)
        return counted.where(*counts, *of_shift).correlate_except(receiver, person).scalar_subquery()

    @staticmethod
    def _working(people: Any) -> tuple[ColumnElement[bool], ...]:  # Any: people under another name
        here = func.coalesce(people.leaves_on > today_(), True)
        return (func.coalesce(people.shift, "") != "", people.side == "operations", people.deleted_at.is_(None), here)

    @classmethod
    def _shifts(cls, people: Any) -> Any:  # Any: as above, and a subquery
        return select(people.project_id, people.shift).where(*cls._working(people)).distinct().subquery()

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It is about a system or an item, and asks for somebody."""
        if not values.get("system_id") and not values.get("item_id"):
            yield Problem("system", N_("Say for which system or which item."))
        least = values.get("least")
        if least is not None and least < 1:
            yield Problem("least", N_("At least one person."))

    @classmethod
    def unmet(cls) -> ColumnElement[bool]:
        """Too few people can do it."""
        return cls.short > 0

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Not met."""
        return cls.unmet()
