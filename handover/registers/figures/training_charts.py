"""The charts of training: who passed each course of those who need it, and how many in each shift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.charts.data import HeatChart, Series, StackChart
from handover.i18n import N_, NC_
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.model.people import Person
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.wording import Words, said

#: Courses beyond these aren't drawn: those with the most people missing come first.
_COURSES = 14


class TrainingFact(NamedTuple):
    """What the charts need of a record of which the course is required; ``shift`` is empty where none is known."""

    id: str
    course: str
    shift: str
    passed: bool


@dataclass(frozen=True, slots=True)
class TrainingCharts:
    """The charts as they stand today; their keys name the rows behind them."""

    courses: StackChart
    shifts: HeatChart


def training_charts(connection: Connection, project_id: str) -> TrainingCharts:
    """The charts of a project's training."""
    facts = _facts(connection, project_id)
    missing: dict[str, int] = defaultdict(int)
    for fact in facts:
        missing[fact.course] += not fact.passed
    courses = sorted(missing, key=lambda course: (-missing[course], course))[:_COURSES]
    return TrainingCharts(_by_course(facts, courses), _by_shift(facts, courses))


def _by_course(facts: Sequence[TrainingFact], courses: Sequence[str]) -> StackChart:
    def series(name: Words, colour: str, passed: bool) -> Series:
        chosen = [[f.id for f in facts if f.course == course and f.passed is passed] for course in courses]
        return Series(name, tuple(float(len(ids)) for ids in chosen), colour, tuple(map(_records, chosen)))

    return StackChart(
        title=said(N_("Training coverage")),
        categories=tuple(courses),
        series=(series(said(N_("Passed")), "ok", True), series(said(N_("Not passed")), "warning", False)),
        x=said(NC_("course", "Course")),
        y=said(N_("People who need it")),
        empty=said(N_("No training is required yet.")),
    )


def _by_shift(facts: Sequence[TrainingFact], courses: Sequence[str]) -> HeatChart:
    """The share of those who passed, of the people of each shift who need it."""
    shifts = sorted({fact.shift for fact in facts}, key=lambda shift: (not shift, shift))
    ids = {(c, s): [f for f in facts if (f.course, f.shift) == (c, s)] for c in courses for s in shifts}

    def share(found: Sequence[TrainingFact]) -> float | None:
        return sum(f.passed for f in found) / len(found) if found else None

    return HeatChart(
        title=said(N_("Training coverage by shift")),
        rows=tuple(courses),
        columns=tuple(shift or said(N_("No shift")) for shift in shifts),
        cells=tuple(tuple(share(ids[course, shift]) for shift in shifts) for course in courses),
        keys=tuple(tuple(_records(f.id for f in ids[course, shift]) for shift in shifts) for course in courses),
        steps=((0.0, "danger"), (0.5, "warning"), (1.0, "ok")),
        unit="%",
        empty=said(N_("No training is required yet.")),
    )


def _records(ids: Iterable[str]) -> RowsBehind:
    return RowsBehind("trainings", Query(where=(Condition("id", "is", tuple(ids)),)))


def _facts(connection: Connection, project_id: str) -> list[TrainingFact]:
    query = (
        select(TrainingRecord.id, TrainingCourse.code, TrainingCourse.title, Person.shift, TrainingRecord.counting())
        .join(TrainingCourse, TrainingCourse.id == TrainingRecord.course_id)
        .join(Person, Person.id == TrainingRecord.person_id)
        .where(TrainingRecord.project_id == project_id, TrainingRecord.deleted_at.is_(None),
               TrainingRecord.requirement == "R", TrainingCourse.deleted_at.is_(None))
        .order_by(TrainingRecord.id)
    )  # fmt: skip
    return [
        TrainingFact(key, f"{code} {title}" if code else title, shift or "", bool(passed))
        for key, code, title, shift, passed in connection.execute(query)
    ]
