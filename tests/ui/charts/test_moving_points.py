"""Points of a map of two scales are dragged from field to field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from handover.charts.data import Dot, DotSeries, ScatterChart
from handover.charts.drawing import box_of
from handover.charts.reach import standing
from ui.charts.canvas import ChartCanvas

_STEPS = tuple("12345")


@pytest.fixture
def canvas(qtbot: QtBot) -> ChartCanvas:
    """A map of five by five with one point at 2, 3."""
    made = ChartCanvas()
    made.resize(640, 480)
    made.show_chart(ScatterChart(title="Grid", x="X", y="Y", series=(DotSeries("", (Dot(2, 3, "Mayor", "key"),)),),
                                 x_steps=_STEPS, y_steps=_STEPS))  # fmt: skip
    made.movable = True
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def _middle(canvas: ChartCanvas, x: int, y: int) -> QPoint:
    left, top, right, bottom = next(f.edges for f in canvas.drawing.fields if (f.x, f.y) == (x, y))
    return QPoint(int((left + right) / 2), int((top + bottom) / 2))


def _point(canvas: ChartCanvas) -> QPoint:
    left, top, right, bottom = box_of(standing(canvas.drawing)[0][0])
    return QPoint(int((left + right) / 2), int((top + bottom) / 2))


def test_point_that_is_dropped_in_another_field_moves_there(canvas: ChartCanvas, qtbot: QtBot) -> None:
    start, end = _point(canvas), _middle(canvas, 5, 1)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, end)
    with qtbot.waitSignal(canvas.moved) as moved:
        qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)

    assert moved.args == ["key", 5, 1]


def test_click_without_dragging_opens_the_point(canvas: ChartCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.picked) as picked:
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=_point(canvas))

    assert picked.args == ["key"]


def test_point_moves_by_keys_and_not_beyond_the_edge(canvas: ChartCanvas, qtbot: QtBot) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    with qtbot.waitSignal(canvas.moved) as moved:
        qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert moved.args == ["key", 2, 4]
    canvas.show_chart(ScatterChart(title="Grid", x="X", y="Y", series=(DotSeries("", (Dot(1, 1, "Mayor", "key"),)),),
                                   x_steps=_STEPS, y_steps=_STEPS))  # fmt: skip
    with qtbot.assertNotEmitted(canvas.moved):
        qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)


def test_point_of_a_chart_that_cannot_be_moved_is_opened_at_once(canvas: ChartCanvas, qtbot: QtBot) -> None:
    canvas.movable = False
    with qtbot.waitSignal(canvas.picked):
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=_point(canvas))
