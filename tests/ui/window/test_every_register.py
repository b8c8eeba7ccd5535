"""What every register's page has, on the sample in a window of 1280x800, and what its export as text has."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from handover.registers.catalogue import registers
from handover.registers.declare import Register
from tests.sample.once import a_sample
from tests.ui.conftest import open_in, rest
from ui.register.grid.cells import mattering_fields
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


@pytest.fixture
def on_sample(window: MainWindow, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot) -> MainWindow:
    window.resize(1280, 800)
    open_in(window, a_sample(tmp_path_factory, "en"), qtbot)
    return window


def mattering(register: Register) -> list[str]:
    """The fields that say where a row stands, by whom and until when it is to be done."""
    return [f.field for f in register.fields if f.shown and f.field in mattering_fields(register)]


@pytest.mark.slow
def test_what_matters_is_in_sight_and_everything_is_at_hand(on_sample: MainWindow, qtbot: QtBot) -> None:
    wrong = []
    pages = 0
    for register in registers():
        if not register.in_navigation:
            continue
        on_sample.context.go(register.key)
        rest(qtbot, on_sample)
        page = on_sample.host.current
        if not isinstance(page, RegisterPage):
            continue
        pages += 1
        fields = [f.field for f in page.model.fields]
        table = page.table
        for key in mattering(register):
            at = fields.index(key)
            right = table.columnViewportPosition(at) + table.columnWidth(at)
            if right > table.viewport().width():
                wrong.append(f"{register.key}: {key} ends at {right} of {table.viewport().width()}")
        if register.by_hand and page.model.editable and not page.pane.line.isVisible() and page.model.rowCount():
            wrong.append(f"{register.key}: no empty line")
        if not table.head.arrow_of(0).isValid():
            wrong.append(f"{register.key}: no arrow that opens the filter")
    assert pages > 40
    assert not wrong, "\n".join(wrong)
