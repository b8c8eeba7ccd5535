"""What another program put into a file and no field holds is shown as unreadable on every page and ends nothing."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import Task
from handover.registers.catalogue import register
from tests.sample.once import a_sample
from tests.ui.conftest import open_in, rest
from ui.register.details.history import RowHistory
from ui.window.window import MainWindow


@pytest.fixture(scope="module")
def a_plant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_sample(tmp_path_factory, "en")


def spoiled(path: Path, folder: Path, *statements: str) -> Path:
    shutil.copy(path, folder / "x.handover")
    with closing(sqlite3.connect(folder / "x.handover")) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()
    return folder / "x.handover"


@pytest.mark.parametrize(
    "change",
    [
        "percent='x'",
        "duration='abc'",
        "name=x'ff00fe'",
        "name=CAST(x'ff41' AS TEXT)",
        "start='never'",
        "finish=5, \"constraint\"='sometimes', constraint_at='then'",
        "start='9999-12-31', finish='9999-12-31', deadline='0001-01-01'",
    ],
)
def test_every_page_is_painted(
    change: str, a_plant: Path, window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "_complained", lambda _self, error: complaints.append(error))
    open_in(window, spoiled(a_plant, tmp_path, f"UPDATE task SET {change} WHERE rowid % 3 = 0"), qtbot)
    for key in ("overview", "plan", "tasks", "blockers"):
        window._visit(key)
        rest(qtbot, window)
        window.grab()
    assert complaints == []


def test_a_broken_log_opens_and_its_rows_and_history_are_shown(
    a_plant: Path, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = "UPDATE act SET label_values='{', at='never', undo_top=4711, label='{n.__class__} {'"
    open_in(window, spoiled(a_plant, tmp_path, broken), qtbot)
    for key in ("overview", "tasks"):
        window._visit(key)
        rest(qtbot, window)
        window.grab()
    workspace = window.context.workspace
    with workspace.read() as connection:
        task = connection.execute(select(Task.id).limit(1)).scalar_one()
    panel = RowHistory(window.context, register("tasks"))
    qtbot.addWidget(panel)
    panel.show_row(task)
    rest(qtbot, window)
    panel.grab()
