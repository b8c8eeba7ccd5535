"""Bars in the hand: moved, stretched and linked with the mouse, each as one act, with the schedule following."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.ui.plan.conftest import Plan

MAR = {day: dt.date(2027, 3, day) for day in range(1, 32)}


def test_the_plan_is_shown_with_its_schedule(plan: Plan) -> None:
    assert plan.days("Dig") == (MAR[1], MAR[5])
    assert plan.days("Works") == (MAR[1], MAR[12])
    assert plan.gantt.model.rowCount() == 6
    assert "12 Mar 2027" in plan.page.head.finish.text()


def test_dragging_a_bar_moves_it_by_whole_days_in_one_act(plan: Plan) -> None:
    before = len(plan.steps())
    plan.drag(plan.bar("Pour"), plan.bar("Pour") + QPointF(plan.days_wide(7), 0))
    assert plan.days("Pour") == (MAR[15], MAR[17])
    assert plan.days("Cure") == (MAR[18], MAR[19])
    assert len(plan.steps()) == before + 1
    plan.window.context.undo()
    plan.rest()
    assert plan.days("Pour") == (MAR[8], MAR[10])


def test_the_schedule_follows_while_a_bar_is_dragged(plan: Plan) -> None:
    start, end = plan.bar("Dig"), plan.bar("Dig") + QPointF(plan.days_wide(7), 0)
    plan.press(start)
    with plan.qtbot.waitSignal(plan.chart_view.previewed):
        plan.move(end)
    preview = plan.gantt.model.schedule
    assert preview is not None and preview[plan.id("Cure")].finish.date() == MAR[19]
    assert "19 Mar 2027" in (plan.chart_view.drag.sentence if plan.chart_view.drag else "")
    assert plan.days("Cure") == (MAR[11], MAR[12])  # nothing is stored yet
    plan.release(start)
    plan.rest()


def test_escape_lets_go_of_a_bar_and_changes_nothing(plan: Plan) -> None:
    before = plan.steps()
    plan.press(plan.bar("Dig"))
    plan.move(plan.bar("Dig") + QPointF(plan.days_wide(3), 0))
    QTest.keyClick(plan.chart_view, Qt.Key.Key_Escape)
    plan.release(plan.bar("Dig"))
    plan.rest()
    assert plan.steps() == before
    assert plan.gantt.model.preview is None


def test_dragging_the_end_of_a_bar_changes_its_duration(plan: Plan) -> None:
    end = QPointF(plan.chart_view.bar(plan.id("Paint")).right() - 1, plan.bar("Paint").y())
    plan.drag(end, end + QPointF(plan.days_wide(1), 0))
    assert plan.days("Paint") == (MAR[1], MAR[5])
    with plan.window.context.workspace.read() as connection:
        stored = connection.exec_driver_sql("SELECT duration FROM task WHERE name = 'Paint'").scalar()
    assert stored == 5 * 480


def test_drawing_from_the_knob_to_a_bar_links_them(plan: Plan) -> None:
    plan.move(plan.bar("Done"))
    plan.drag(plan.chart_view.knob(plan.id("Done")), plan.bar("Paint"))
    assert plan.days("Paint")[0] == MAR[15]


def test_a_link_that_closes_a_circle_is_refused_with_its_tasks(plan: Plan) -> None:
    before = plan.steps()
    with plan.qtbot.waitSignal(plan.window.context.complained) as refused:
        plan.move(plan.bar("Cure"))
        plan.drag(plan.chart_view.knob(plan.id("Cure")), plan.bar("Dig"))
    assert all(name in str(refused.args[0]) for name in ("Dig", "Pour", "Cure"))
    assert plan.steps() == before


def test_a_summary_is_not_dragged(plan: Plan) -> None:
    before = plan.steps()
    plan.drag(plan.bar("Works"), plan.bar("Works") + QPointF(plan.days_wide(5), 0))
    assert plan.steps() == before


def test_the_wheel_zooms_at_the_pointer(plan: Plan) -> None:
    scale = plan.chart_view.scale
    plan.chart_view.zoom_by(3, 200)
    assert plan.chart_view.scale.per < scale.per
    assert abs(plan.chart_view.scale.at(200) - scale.at(200)) < 1
    plan.chart_view.fit()
    width = plan.chart_view.viewport().width()
    assert 0 <= plan.chart_view.bar(plan.id("Works")).left() < plan.chart_view.bar(plan.id("Works")).right() <= width


def test_a_collapsed_summary_hides_its_parts_in_both_halves(plan: Plan) -> None:
    plan.gantt.toggle(plan.id("Works"))
    assert plan.gantt.model.rowCount() == 3
    assert plan.chart_view.bar(plan.id("Dig")).isNull()
    plan.gantt.choose([plan.id("Dig")])  # going to it opens its summary
    assert plan.gantt.model.rowCount() == 6


def test_halves_scroll_and_select_together(plan: Plan) -> None:
    plan.drag(plan.bar("Paint"), plan.bar("Paint"))
    assert plan.gantt.tree.current_id() == plan.id("Paint")
    plan.window.resize(1000, 260)
    plan.gantt.tree.verticalScrollBar().setValue(40)
    assert plan.chart_view.verticalScrollBar().value() == plan.gantt.tree.verticalScrollBar().value()


def test_hovering_tells_what_is_known_of_a_task(plan: Plan) -> None:
    from ui.plan.drag import describe

    assert plan.page.chart is not None
    told = describe(plan.page.chart, plan.page.chart.schedule, plan.id("Pour"))
    assert "8 Mar 2027" in told and "Waits for Dig" in told and "Critical" in told


def test_a_link_is_deleted_from_the_menu_over_its_line(plan: Plan) -> None:
    start, end = plan.chart_view.bar(plan.id("Dig")), plan.chart_view.bar(plan.id("Pour"))
    line = QPointF(end.left() + 3, (start.bottom() + end.top()) / 2)
    QTest.mouseClick(plan.chart_view.viewport(), Qt.MouseButton.RightButton, pos=line.toPoint())
    first = plan.page.menu.actions()[0]
    assert first.text() == "Delete the link Dig → Pour"
    first.trigger()
    plan.page.menu.close()
    plan.rest()
    assert plan.days("Pour")[0] == MAR[1]
