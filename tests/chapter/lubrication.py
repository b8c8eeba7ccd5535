"""A chapter of its own, which the program has never heard of: rounds of lubrication with their points and duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import must_have
from handover.model.vocabulary import Option, Vocabulary
from handover.registers.chapter import Chapter, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.matrix.declaration import Matrix, MatrixFinding, MatrixLine

ROUND_STATUS = Lifecycle(
    (
        Option("planned", "Planned round", "warning"),
        Option("greased", "Greased", "info"),
        Option("sealed", "Sealed", "ok"),
    ),
    steps=(
        Step("grease", N_("Grease"), ("planned",), "greased", asks=("greased_by",), by="greased_by", on="greased_on"),
        Step("seal", N_("Seal"), ("greased",), "sealed", by="sealed_by", by_other_than=("greased_by",)),
    ),
    closed=frozenset({"sealed"}),
    locked=frozenset({"sealed"}),
)
DUTY = Vocabulary((Option("G", "Greases", "ok", ("加油",)), Option("L", "Looks on", "neutral", ("旁观",))))


class LubeRound(Row):
    """A round that has to be made before a system passes."""

    __tablename__ = "lube_round"
    prefix: ClassVar[str] = "LUB"
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} round of {system} isn't sealed: {refs}.", "{n} rounds of {system} aren't sealed: {refs}."
    )

    name: Mapped[str] = mapped_column(String(60))
    system_id: Mapped[str | None] = link("system")
    status: Mapped[str] = state(ROUND_STATUS)
    greased_by_id: Mapped[str | None] = link("person")
    greased_on: Mapped[dt.date | None]
    sealed_by_id: Mapped[str | None] = link("person")

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        return must_have(values, "name")

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        return cls.status.not_in(ROUND_STATUS.closed)

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        return cls.open()


class LubePoint(Row):
    """A point of a round, numbered within it."""

    __tablename__ = "lube_point"
    prefix: ClassVar[str] = "LPT"
    part_of: ClassVar[str] = "round_id"

    round_id: Mapped[str] = mapped_column(String(32), ForeignKey("lube_round.id"), index=True)
    number: Mapped[int | None]
    what: Mapped[str] = mapped_column(String(60))


class LubeDuty(Row):
    """Who does what in a round."""

    __tablename__ = "lube_duty"
    prefix: ClassVar[str] = "LDT"
    part_of: ClassVar[str] = "round_id"

    round_id: Mapped[str] = mapped_column(String(32), ForeignKey("lube_round.id"), index=True)
    person_id: Mapped[str] = mapped_column(String(32), ForeignKey("person.id"), index=True)
    duty: Mapped[str] = choice(DUTY)


def somebody_greases(line: MatrixLine) -> Iterator[MatrixFinding]:
    if line.axis == "down" and not line.holders("G"):
        yield MatrixFinding(N_("Dry"), Reason(N_("{name} is greased by nobody."), {"name": line.head.name}))


ROUNDS = Register(
    "lube_rounds",
    LubeRound,
    N_("Lubrication rounds"),
    (
        Column("name", N_("Round")),
        Column("status", N_("Status")),
        Column("system", N_("System")),
        Column("greased_by", N_("Greased by")),
        Column("greased_on", N_("Greased on")),
        Column("sealed_by", N_("Sealed by")),
    ),
    ("name",),
    (("name",),),
    (View("open", N_("Open")),),
    files=True,
)
POINTS = Register(
    "lube_points",
    LubePoint,
    N_("Lubrication points"),
    (Column("round", N_("Round")), Column("number", N_("No.")), Column("what", N_("What"))),
    ("what",),
    (("round", "number"),),
)
DUTIES = Register(
    "lube_duties",
    LubeDuty,
    N_("Duties of a round"),
    (Column("round", N_("Round")), Column("person", N_("Person")), Column("duty", N_("Duty"))),
    ("person", "round"),
    (("round", "person"),),
)
PAPER = PaperKind("minutes", "{project}-LUB-{n:03}")
CHAPTER = Chapter(
    "lubrication",
    N_("Lubrication"),
    "readiness",
    (ROUNDS, POINTS, DUTIES),
    pages=(OwnPage("lube_chart", N_("Rounds by state"), "chart-column"),),
    pack=(InPack("lube_rounds"), InPack("lube_points")),
    papers=(PAPER,),
    matrices=(Matrix("lube_duties", N_("Duty matrix"), DUTIES, "round", "person", "duty", rules=somebody_greases),),
)
