"""The charts of training count who passed each course, and the share of each shift."""

from __future__ import annotations

from pathlib import Path

from handover.model import Person
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.registers.figures.training_charts import training_charts
from tests.domain import a_project, a_row, a_workspace


def test_courses_with_the_most_people_missing_come_first_and_shares_are_of_those_who_need_it(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        fire, laser = (a_row(workspace, project, TrainingCourse(title=title)).id for title in ("Fire", "Laser"))
        people = [a_row(workspace, project, Person(name=n, shift=s)).id for n, s in ("1A", "2A", "3B")]
        for course, person, status in (
            (fire, 0, "passed"), (fire, 1, "planned"), (fire, 2, "planned"), (laser, 0, "passed"),
        ):  # fmt: skip
            a_row(workspace, project, TrainingRecord(course_id=course, person_id=people[person], status=status))
        optional = TrainingRecord(course_id=laser, person_id=people[1], requirement="O")
        a_row(workspace, project, optional)

        with workspace.read() as connection:
            charts = training_charts(connection, project)

    assert charts.courses.categories == ("Fire", "Laser")
    assert [series.values for series in charts.courses.series] == [(1.0, 1.0), (2.0, 0.0)]
    assert charts.shifts.cells == ((0.5, 0.0), (1.0, None))
    assert charts.shifts.key(0, 1).query.where[0].values != ()  # type: ignore[union-attr]  # rows behind it


def test_nothing_is_drawn_while_no_training_is_required(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace, workspace.read() as connection:
        charts = training_charts(connection, "none")

    assert charts.courses.categories == () and charts.shifts.rows == ()
