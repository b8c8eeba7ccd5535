"""The page of the contribution score: off at first, explained down to its rows, open to objection."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Person, Project
from handover.model.teams.action import Action
from handover.model.teams.contribution import ScoreObjection, ScoreRule
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.chapters.teams.score_page import ContributionPage
from ui.window.window import MainWindow


@pytest.fixture
def scores(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> ContributionPage:
    """The page in a project with one action that was done in time."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id, source="import") as work:
            anna = work.add(Person(name="Anna Berg", side="operations"))
            ben = work.add(Person(name="Ben Li", side="project"))
            work.add(Action(text="Order seals", owner_id=ben.id, due_on=dt.date(2026, 5, 9), status="verified",
                            done_on=dt.date(2026, 5, 8), verified_by_id=anna.id, verified_on=dt.date(2026, 5, 9),
                            evidence="seen"))  # fmt: skip
    open_in(window, path, qtbot)
    window.context.go("contribution_score")
    page = window.host.current
    assert isinstance(page, ContributionPage)
    rest(qtbot, window)
    return page


def _shown_to(page: ContributionPage, code: str, qtbot: QtBot) -> None:
    page.shown.setCurrentIndex(page.shown.findData(code))
    page.shown.activated.emit(page.shown.currentIndex())
    qtbot.waitUntil(lambda: page.board is not None and page.board.shown == code)


def test_nothing_is_shown_until_somebody_says_for_whom_but_the_formula_is(
    scores: ContributionPage, qtbot: QtBot
) -> None:
    assert scores.tree.topLevelItemCount() == 0
    assert "3 for each, at most 15" in scores.note.text()
    _shown_to(scores, "sides", qtbot)

    assert [scores.tree.topLevelItem(n).text(0) for n in range(2)] == ["Project side", "Operations side"]
    assert not scores.by["person"].isEnabled()


def test_score_is_explained_down_to_its_rows_and_an_objection_is_raised(scores: ContributionPage, qtbot: QtBot) -> None:
    _shown_to(scores, "people", qtbot)
    scores.by["person"].click()
    qtbot.waitUntil(lambda: scores.tree.topLevelItem(0).text(0) == "Ben Li")
    row = scores.tree.topLevelItem(0).child(0).child(0)
    assert (scores.tree.topLevelItem(0).text(1), row.text(0)) == ("3", "Order seals")
    ref = row.text(2)
    scores.tree.setCurrentItem(row)
    scores.object_action.trigger()
    assert scores.form is not None
    scores.form.boxes["text"].editor.setPlainText("It was late")  # type: ignore[union-attr]  # a field of lines
    scores.form.boxes["raised_by"].editor.setText("Anna Berg")  # type: ignore[union-attr]  # a line
    scores.form.take()
    rest(qtbot, scores.window())  # type: ignore[arg-type]  # the program's window

    with scores.context.workspace.read() as connection:
        found = connection.execute(select(ScoreObjection.about, ScoreObjection.status, ScoreObjection.month_on)).all()
    assert [tuple(each) for each in found] == [(ref, "open", dt.date(2026, 5, 1))]


def test_weights_become_rows_that_can_be_edited(scores: ContributionPage, qtbot: QtBot) -> None:
    scores.weights_action.trigger()
    rest(qtbot, scores.window())  # type: ignore[arg-type]  # the program's window

    with scores.context.workspace.read() as connection:
        assert len(connection.execute(select(ScoreRule.id)).all()) == 11
