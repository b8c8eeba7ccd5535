"""The log of a proving run: the segments in which the plant ran, and what interrupted it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, cast

from sqlalchemy import ColumnElement, ForeignKey, String, Text, and_, case, func, inspect, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Base, Problem, Row, choice, link
from handover.model.people import must_have, must_name
from handover.model.running.instant_column import instant_column, instant_problems
from handover.model.running.rules import ATTRIBUTION, EFFECT, RunRules
from handover.model.steps import Taker
from handover.running.instants import instant, now, shown_instant
from handover.running.log_entries import RunEntry, overlapping
from handover.running.rule_set import USUAL


class RunSegment(Row):
    """A stretch in which the plant ran, at a load that is a share of the full one; without an end while it does."""

    __tablename__ = "run_segment"
    prefix: ClassVar[str] = "RSG"
    part_of: ClassVar[str] = "run_id"
    guarded: ClassVar[frozenset[str]] = frozenset({"run_id", "from_at", "to_at"})

    run_id: Mapped[str] = mapped_column(String(32), ForeignKey("proving_run.id"), index=True)
    number: Mapped[int | None]
    from_at: Mapped[str] = instant_column()
    to_at: Mapped[str | None] = instant_column()
    load: Mapped[float | None]
    shift: Mapped[str | None] = mapped_column(String(40))
    logged_by_id: Mapped[str | None] = link("person")
    remark: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It belongs to a run, has a beginning, and doesn't end before that."""
        yield from _entry_problems(values)
        if (values.get("load") or 0) < 0:
            yield Problem("load", N_("This number can't be negative."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """The plant runs once at a time."""
        if not taker.history:
            yield from _told_already(self, before, N_("Segment {n} tells of this time already: {span}. Two segments "
                                                      "can't overlap."))  # fmt: skip

    @classmethod
    def going_on(cls) -> ColumnElement[bool]:
        """Not ended yet."""
        return cls.to_at.is_(None)


class RunInterruption(Row):
    """What interrupted a run: its cause, what failed, who answers for it, and what it does to the clock.

    Attributes:
        item: what failed, by which repeated failures are known.
        effect: what was agreed for this one; by the rules of the run where it is empty.
    """

    __tablename__ = "run_interruption"
    prefix: ClassVar[str] = "RIN"
    part_of: ClassVar[str] = "run_id"
    guarded: ClassVar[frozenset[str]] = frozenset({"run_id", "from_at", "to_at"})

    run_id: Mapped[str] = mapped_column(String(32), ForeignKey("proving_run.id"), index=True)
    number: Mapped[int | None]
    from_at: Mapped[str] = instant_column()
    to_at: Mapped[str | None] = instant_column()
    cause: Mapped[str] = mapped_column(String(500))
    item: Mapped[str | None] = mapped_column(String(100))
    attribution: Mapped[str | None] = choice(ATTRIBUTION)
    effect: Mapped[str | None] = choice(EFFECT)
    shift: Mapped[str | None] = mapped_column(String(40))
    logged_by_id: Mapped[str | None] = link("person")
    agreed_by: Mapped[str | None] = mapped_column(String(200))
    notes: Mapped[str | None] = mapped_column(Text)

    @hybrid_property
    def counts_as(self) -> str:
        """What it does to the clock: what was agreed, else what the rules of the run say; see EFFECT."""
        raise AttributeError("counts_as is computed in SQL")

    @counts_as.inplace.expression
    @classmethod
    def _counts_as(cls) -> ColumnElement[str]:
        runs = Base.metadata.tables["proving_run"].c

        def of_rules(who: str) -> ColumnElement[str]:
            column: ColumnElement[str] = getattr(RunRules, f"effect_{who}")
            asked = select(column).join_from(RunRules, runs.id.table, runs.rules_id == RunRules.id)
            found = asked.where(runs.id == cls.run_id).correlate(cls).scalar_subquery()
            return func.coalesce(found, USUAL[who])

        by_rules = [(cls.attribution == who, of_rules(who)) for who in USUAL]
        return case((cls.effect.is_not(None), cls.effect), *by_rules, else_="suspend")

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It belongs to a run, has a cause and a beginning, and doesn't end before that."""
        yield from must_have(values, "cause")
        yield from _entry_problems(values)

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """A stop is told once; one that is over, with its end."""
        if not taker.history:
            yield from _told_already(self, before, N_("Interruption {n} tells of this time already: {span}. Two "
                                                      "interruptions can't overlap."))  # fmt: skip

    @classmethod
    def going_on(cls) -> ColumnElement[bool]:
        """Not over yet."""
        return cls.to_at.is_(None)

    @classmethod
    def unanswered(cls) -> ColumnElement[bool]:
        """Nobody has said who answers for it."""
        return and_(cls.attribution.is_(None), cls.effect.is_(None))


def _entry_problems(values: Mapping[str, Any]) -> Iterator[Problem]:  # Any: the values of any column
    yield from must_have(values, "from_at")
    yield from instant_problems(values, "from_at", "to_at")
    yield from must_name(values, "run")


def _told_already(row: RunSegment | RunInterruption, before: Mapping[str, Any], message: str) -> Iterator[Reason]:
    """The other entries of the run that tell of the same time."""
    session, model = object_session(row), type(row)
    same = all(before.get(key) == getattr(row, key) for key in ("run_id", "from_at", "to_at", "deleted_at"))
    mine = _entry(row)
    if session is None or same or row.deleted_at is not None or mine is None:
        return
    with session.no_autoflush:
        stored = cast(
            "Sequence[RunSegment | RunInterruption]",
            session.scalars(select(model).where(model.run_id == row.run_id)).all(),
        )
    added = [other for other in session.new if isinstance(other, model) and other.run_id == row.run_id]
    others = {other.id: other for other in (*stored, *added) if other is not row and other.deleted_at is None}
    entries = {key: entry for key, other in others.items() if (entry := _entry(other)) is not None}
    for one, other in overlapping([mine, *entries.values()], now()):
        if mine.key in (one.key, other.key):
            told = others[other.key if one.key == mine.key else one.key]
            span = f"{shown_instant(told.from_at)} – {shown_instant(told.to_at) or '…'}"
            yield Reason(message, {"n": told.number or told.ref, "span": span}, field="from_at",
                         rows=((str(model.__tablename__), told.id),))  # fmt: skip


def _entry(row: RunSegment | RunInterruption) -> RunEntry | None:
    start = instant(row.from_at)
    return RunEntry(row.id or str(id(inspect(row))), start, instant(row.to_at)) if start is not None else None
