"""The charts of acceptance tell what was left on each day, and lead to the rows behind them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.figures.acceptance_charts import (
    AcceptanceCharts,
    RectificationFact,
    acceptance_charts,
    burnt_down,
)
from handover.registers.query import every
from tests.domain import a_project, a_workspace

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


def _charts(folder: Path, values: tuple[str, ...]) -> tuple[AcceptanceCharts, list[int]]:
    """The charts of three parameters, 9.9 to 10.1, of which some were read, a day after the other."""
    with a_workspace(folder) as workspace:
        project = a_project(workspace)
        named = [{"name": f"Gap {n}", "limits": "10±0.1"} for n in range(3)]
        keys = editing.add_many(workspace, register("parameters"), project, named)
        read = [
            {"parameter": key, "value": value, "taken_at": dt.datetime(2026, 5, 17 + n, 8)}
            for n, (key, value) in enumerate(zip(keys, values, strict=False))
        ]
        if read:
            editing.add_many(workspace, register("readings"), project, read)
        with workspace.read() as connection:
            charts = acceptance_charts(connection, project)
            behind = [
                len(list(every(connection, register(key.register), project, key.query)))
                for series in charts.results.series
                for key in series.keys
            ]
        return charts, behind


def test_what_is_left_goes_down_by_what_passed(tmp_path: Path) -> None:
    charts, _ = _charts(tmp_path, ("10", "10.3", "10.1"))

    assert charts.passed.actual is not None
    assert charts.passed.days[0] == dt.date(2026, 5, 16)
    assert charts.passed.actual.values == (3.0, 2.0, 2.0, 1.0, 1.0)


def test_nothing_measured_draws_nothing(tmp_path: Path) -> None:
    charts, _ = _charts(tmp_path, ())

    assert charts.passed.days == charts.rectified.days == ()


def test_a_column_leads_to_its_parameters(tmp_path: Path) -> None:
    charts, behind = _charts(tmp_path, ("10", "10.3"))

    assert [series.values for series in charts.results.series] == [(1.0,), (1.0,), (1.0,)]
    assert behind == [1, 1, 1]


def test_rectifications_are_open_from_their_first_day_to_their_last() -> None:
    day = dt.date(2026, 5, 18)
    facts = [RectificationFact(day, TODAY, day + dt.timedelta(1)), RectificationFact(day, None, None)]

    chart = burnt_down(facts, None)

    assert chart.actual is not None and chart.planned is not None
    assert chart.actual.values == (0.0, 2.0, 1.0, 1.0)
    assert chart.planned.values == (0.0, 2.0, 2.0, 1.0)
