"""Drawing numbers within an act: counted beside the log, so that a number whose act was undone is never given again."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import insert, select, update

from handover import clock
from handover.errors import NotValid
from handover.i18n import N_
from handover.model import series
from handover.model.project import Project
from handover.model.series import NumberSeries, SeriesCount
from handover.store.work import UnitOfWork


def draw(work: UnitOfWork, key: str, pattern: str, taken: Callable[[str], bool] = lambda _: False) -> str:
    """Draw the next number of a series of the act's project; an act that fails gives it back, one that is undone not.

    Args:
        pattern: how it is written where the project hasn't chosen otherwise.
        taken: whether a number stands in the project already, as one that came with another copy; it is passed over.

    Raises:
        NotValid: no project is chosen, or the pattern can't be used.
    """
    connection, project = work.session.connection(), _project(work)
    chosen = select(NumberSeries.pattern).where(NumberSeries.project_id == project, NumberSeries.key == key)
    pattern = connection.execute(chosen).scalar() or pattern
    for problem in series.pattern_problems(pattern):
        raise NotValid(problem.message, field=problem.field, detail="", **problem.values)
    code = connection.execute(select(Project.code).where(Project.id == project)).scalar_one()
    year = clock.today().year
    while True:
        n = counted(work, key, year if series.by_year(pattern) else 0)
        number = series.written(pattern, code, year, n)
        if not taken(number):
            return number


def counted(work: UnitOfWork, key: str, year: int = 0, above: int = 0) -> int:
    """The next number of a count of the act's project, more than ``above``; never the same again."""
    connection, project = work.session.connection(), _project(work)
    here = (SeriesCount.project_id == project, SeriesCount.key == key, SeriesCount.year == year)
    last = connection.execute(select(SeriesCount.last).where(*here)).scalar()
    n = max(last or 0, above) + 1
    if last is None:
        connection.execute(insert(SeriesCount).values(project_id=project, key=key, year=year, last=n))
    else:
        connection.execute(update(SeriesCount).where(*here).values(last=n))
    return n


def count_on_from(work: UnitOfWork, key: str, year: int, last: int) -> None:
    """Let a count go on behind a number that was given elsewhere, as on paper; it is never set back.

    Raises:
        NotValid: the count is beyond it already.
    """
    connection, project = work.session.connection(), _project(work)
    here = (SeriesCount.project_id == project, SeriesCount.key == key, SeriesCount.year == year)
    now = connection.execute(select(SeriesCount.last).where(*here)).scalar()
    if last < (now or 0):
        raise NotValid(
            N_("The numbers run to {last} already. A number is never given twice, so that they go forward only."),
            field="last",
            last=now,
        )
    if now is None:
        connection.execute(insert(SeriesCount).values(project_id=project, key=key, year=year, last=last))
    else:
        connection.execute(update(SeriesCount).where(*here).values(last=last))


def _project(work: UnitOfWork) -> str:
    if work.project_id is None:
        raise NotValid(N_("Choose a project first."))
    return work.project_id
