"""The chart on the screen: values on hover, keys from value to value, rows on a click, a table, copying."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from handover import i18n
from handover.charts.data import ColumnChart, Series
from handover.charts.drawing import Rect, box_of
from handover.charts.reach import Standing, standing
from tests.charts.kinds import columns, every_kind
from ui.charts.view import ChartView
from ui.theme import style, tokens


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> ChartView:
    """The columns of punch items, shown and with the keyboard on them."""
    made = ChartView(columns())
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    made.activateWindow()
    made.canvas.setFocus()
    qtbot.waitUntil(made.canvas.hasFocus)
    return made


def middle(shape: Standing) -> QPoint:
    left, top, right, bottom = box_of(shape)
    return QPoint(round((left + right) / 2), round((top + bottom) / 2))


def shape_of(view: ChartView, key: object) -> Standing:
    return next(shape for shape, target in standing(view.canvas.drawing) if target.key == key)


def test_a_click_opens_the_rows_behind_a_value(view: ChartView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.picked) as picked:
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=middle(shape_of(view, ("B", 1))))
    assert picked.args == [("B", 1)]


def test_pointing_at_a_value_says_it(view: ChartView, qtbot: QtBot) -> None:
    QTest.mouseMove(view.canvas, middle(shape_of(view, ("A", 1))))
    qtbot.waitUntil(lambda: "Battery pack line" in QToolTip.text())
    assert "Category A · Battery pack line · 12 items" in QToolTip.text()
    assert view.canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(view.canvas, QPoint(3, view.canvas.height() - 3))
    assert view.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_names_are_no_markup(qtbot: QtBot) -> None:
    view = ChartView(ColumnChart(categories=("<b>x</b>",), series=(Series("", (5,)),)))
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    QTest.mouseMove(view.canvas, middle(standing(view.canvas.drawing)[0][0]))
    qtbot.waitUntil(lambda: "&lt;b&gt;x" in QToolTip.text())


def test_the_arrow_keys_go_from_value_to_value_and_enter_opens_one(view: ChartView, qtbot: QtBot) -> None:
    steps = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(view.canvas, key)
        assert view.canvas.current is not None
        steps.append(view.canvas.current.key)
    assert steps == [("A", 0), ("A", 1), ("B", 1), ("B", 5), ("A", 0)]
    assert view.canvas.accessibleDescription() == "Category A · Body welding line · 4 items"
    with qtbot.waitSignal(view.picked) as picked:
        QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert picked.args == [("A", 0)]


def test_where_the_keyboard_stands_is_seen(view: ChartView) -> None:
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    left, top, _, _ = box_of(shape_of(view, ("A", 0)))
    ring = view.canvas.grab().toImage().pixelColor(round(left + 8), round(top - 3))
    assert _near(ring, tokens.colour("accent"))


def _near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 60 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))  # type: ignore[index]  # PySide's stub says object


def test_t_turns_it_into_a_table_and_back_and_the_keyboard_stays_in_it(view: ChartView, qtbot: QtBot) -> None:
    QTest.keyClick(view.canvas, Qt.Key.Key_T)
    assert view.as_table
    assert view.table.hasFocus()
    model = view.table.model()
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == [
        "System", "Category A (items)", "Category B (items)",
    ]  # fmt: skip
    assert [model.index(1, n).data() for n in range(3)] == ["Battery pack line", "12", "25"]
    assert model.index(4, 2).data() == ""
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Battery pack line, Category A, 12 items"
    with qtbot.waitSignal(view.picked) as picked:
        view.table.setCurrentIndex(model.index(1, 2))
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert picked.args == [("B", 1)]
    QTest.keyClick(view.table, Qt.Key.Key_T)
    assert not view.as_table
    assert view.canvas.hasFocus()


def test_the_button_turns_it_too(view: ChartView, qtbot: QtBot) -> None:
    QTest.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert view.stack.currentWidget() is view.table
    assert view.button.accessibleName() == "Show the chart (T)"


def test_ctrl_c_copies_a_picture_and_the_values(view: ChartView) -> None:
    QTest.keyClick(view.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text().splitlines()[:2] == [
        "System\tCategory A (items)\tCategory B (items)", "Body welding line\t4\t11",
    ]  # fmt: skip
    image = copied.imageData()
    assert isinstance(image, QImage)
    assert image.width() == 2 * view.canvas.width()


def test_a_block_of_the_table_is_copied_alone(view: ChartView) -> None:
    QTest.keyClick(view.canvas, Qt.Key.Key_T)
    view.table.setCurrentIndex(view.table.model().index(0, 0))
    view.table.selectionModel().select(view.table.model().index(0, 1), view.table.selectionModel().SelectionFlag.Select)
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Body welding line\t4"


def test_tab_leads_into_the_chart_and_on(view: ChartView) -> None:
    assert view.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert view.canvas.accessibleName() == "Punch items by system"
    assert "arrow keys" in view.canvas.accessibleDescription()


def test_another_size_is_laid_out_anew(view: ChartView, qtbot: QtBot) -> None:
    before = view.canvas.drawing
    view.resize(900, 500)
    qtbot.waitUntil(lambda: view.canvas.drawing.width != before.width)
    assert {t.key for _, t in standing(view.canvas.drawing)} == {t.key for _, t in standing(before)}


def test_without_a_chart_there_is_nothing_to_open(qtbot: QtBot) -> None:
    view = ChartView()
    qtbot.addWidget(view)
    view.show()
    view.copy()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view.canvas.current is None
    assert view.table.model().rowCount() == 0


@pytest.mark.parametrize("name", every_kind())
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_is_painted_in_both_themes_and_languages(
    qapp: QApplication, qtbot: QtBot, name: str, theme: tokens.Theme, language: str
) -> None:
    before = tokens.theme()
    try:
        i18n.use(language)
        style.apply(qapp, theme, Path(tempfile.mkdtemp()))
        view = ChartView(every_kind()[name])
        qtbot.addWidget(view)
        view.resize(520, 340)
        view.show()
        QAbstractItemModelTester(view.table.model())
        picture = view.canvas.picture()
        targets = standing(view.canvas.drawing)
        filled = (s for s, _ in targets if isinstance(s, Rect) and s.height > 8 and s.fill != "raised")
        shape = next(filled, targets[0][0])
        seen = picture.pixelColor(middle(shape) * 2)
        assert seen != tokens.colour("raised")
        assert picture.pixelColor(1, 1) == tokens.colour("raised")
    finally:
        i18n.use("en")
        style.apply(qapp, before, Path(tempfile.mkdtemp()))
