"""The charts of knowledge tell what is open, what is verified, and who still carries what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.model import KnowledgeItem, Person
from handover.registers.figures.knowledge_charts import GapFact, burn_down, knowledge_charts
from tests.domain import a_project, a_workspace

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


def gap(due: int | None, verified: int | None = None) -> GapFact:
    days = [None if n is None else TODAY + dt.timedelta(weeks=n) for n in (due, verified)]
    return GapFact("x", "", days[0], days[1], verified is None)


def test_burn_down_counts_what_was_open_and_goes_on_at_the_pace_of_four_weeks() -> None:
    chart = burn_down([gap(-3, -2), gap(-1, -1), gap(2), gap(4)], TODAY + dt.timedelta(weeks=8))

    assert chart.actual is not None and chart.planned is not None and chart.remaining is not None
    assert chart.actual.values == (4.0, 3.0, 2.0, 2.0)
    assert chart.planned.values[:8] == (3.0, 3.0, 2.0, 2.0, 2.0, 1.0, 1.0, 0.0)
    assert chart.remaining.values[3:8] == (2.0, 1.5, 1.0, 0.5, 0.0)
    assert [day for day, _ in chart.marks] == [TODAY + dt.timedelta(weeks=8)]


def test_nothing_to_tell_is_an_empty_chart() -> None:
    assert burn_down([], None).days == ()


def test_teams_and_load_count_the_rows_behind_them(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Add", project=project) as work:
            chen = work.add(Person(name="Chen")).id
            tang = work.add(Person(name="Tang", shift="A")).id
            for title in ("One", "Two"):
                work.add(KnowledgeItem(title=title, holder_id=chen, receiver_id=tang))
        with workspace.read() as connection:
            charts = knowledge_charts(connection, project)

    assert (charts.teams.categories, [s.values for s in charts.teams.series]) == (("A",), [(0.0,), (2.0,)])
    assert (charts.load.categories, charts.load.series[0].values) == (("Chen",), (2.0,))
