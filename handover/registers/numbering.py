"""The number series of a project: how its papers are numbered, and what was given out last."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_
from handover.model import series
from handover.model.project import Project
from handover.model.series import NumberSeries, SeriesCount
from handover.registers.catalogue import paper, papers
from handover.registers.chapter import PaperKind
from handover.store.numbers import count_on_from
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """A series of a project.

    Attributes:
        pattern: how its numbers are written.
        last: the number that was drawn last, of this year where the pattern names the year; 0 for none yet.
        last_number, next_number: as they are written; ``last_number`` is empty where there is none.
    """

    paper: PaperKind
    pattern: str
    last: int
    last_number: str
    next_number: str


def all_series(connection: Connection, project_id: str) -> tuple[SeriesShown, ...]:
    """The series of a project, one for each kind of paper."""
    code = connection.execute(select(Project.code).where(Project.id == project_id)).scalar_one()
    chosen = select(NumberSeries.key, NumberSeries.pattern).where(NumberSeries.project_id == project_id)
    patterns = {row.key: row.pattern for row in connection.execute(chosen)}
    counted = select(SeriesCount.key, SeriesCount.year, SeriesCount.last).where(SeriesCount.project_id == project_id)
    counts = {(row.key, row.year): row.last for row in connection.execute(counted)}
    year = today().year
    found = []
    for each in papers():
        pattern = patterns.get(each.key, each.pattern)
        last = counts.get((each.key, year if series.by_year(pattern) else 0), 0)
        before = series.written(pattern, code, year, last) if last else ""
        found.append(SeriesShown(each, pattern, last, before, series.written(pattern, code, year, last + 1)))
    return tuple(found)


#: The highest number that a series may be set to.
HIGHEST = 999_999_999


def set_last(workspace: Workspace, project_id: str, key: str, last: int, *, source: str = "hand") -> None:
    """Let a series go on behind a number that was given out elsewhere; undo doesn't set it back.

    Raises:
        NotFound: there is no such series.
        NotValid: it has gone beyond that number already, or no number is that high.
    """
    kind = paper(key)
    if not 0 <= last <= HIGHEST:
        raise NotValid(N_("A number lies between 0 and {highest}."), field="last", highest=HIGHEST)
    with workspace.read() as connection:
        pattern = next(each.pattern for each in all_series(connection, project_id) if each.paper.key == key)
    with workspace.edit(
        N_("Let the series {series} go on behind {last}"), project=project_id, source=source, series=kind.label,
        last=last,
    ) as work:  # fmt: skip
        count_on_from(work, key, today().year if series.by_year(pattern) else 0, last)


def set_pattern(workspace: Workspace, project_id: str, key: str, pattern: str, *, source: str = "hand") -> None:
    """Write the numbers of a series in another way from the next one on; nothing happens where it is the way already.

    Raises:
        NotFound: there is no such series.
        NotValid: a number can't be written like this.
    """
    kind, pattern = paper(key), pattern.strip()
    for problem in series.pattern_problems(pattern):
        raise NotValid(problem.message, field=problem.field, detail="", **problem.values)
    with workspace.edit(
        N_("Number the series {series} as {pattern}"), project=project_id, source=source, series=kind.label,
        pattern=pattern,
    ) as work:  # fmt: skip
        here = NumberSeries.project_id == project_id, NumberSeries.key == key
        chosen = work.session.scalars(select(NumberSeries).where(*here)).one_or_none()
        if chosen is not None:
            chosen.pattern = pattern
        elif pattern != kind.pattern:
            work.add(NumberSeries(project_id=project_id, key=key, pattern=pattern))
