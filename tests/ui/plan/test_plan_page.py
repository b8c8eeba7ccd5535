"""The plan's page: keys, typed cells, trying things out, baselines and reports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from handover.charts.drawing import box_of
from handover.charts.reach import standing
from handover.errors import NotValid
from handover.registers.scheduling import baselines
from tests.ui.conftest import MakeWorkspace, open_in
from tests.ui.plan.conftest import Plan, shown
from ui.plan.calendars import CalendarDialog
from ui.plan.columns import Col
from ui.plan.dialogs import ScheduleOptions, TakeBaseline
from ui.plan.findings import REPORTS
from ui.plan.picture import picture_of
from ui.plan.tree import HEAD
from ui.theme import tokens
from ui.transfer.export_dialog import ExportDialog
from ui.window.window import MainWindow

MAR = {day: dt.date(2027, 3, day) for day in range(1, 32)}


def type_into(plan: Plan, name: str, column: Col, text: str) -> None:
    """Edit a cell as a person does."""
    row = plan.gantt.model.reveal(plan.id(name))
    tree = plan.gantt.tree
    tree.setCurrentIndex(plan.gantt.model.index(row, column))
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.viewport().findChild(QLineEdit, "cell")
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    plan.rest()


def test_the_model_keeps_qts_rules(plan: Plan) -> None:
    QAbstractItemModelTester(plan.gantt.model, QAbstractItemModelTester.FailureReportingMode.Fatal, plan.page)
    plan.gantt.toggle(plan.id("Works"))
    plan.gantt.unfold_all()
    assert plan.gantt.model.rowCount() == 6


@pytest.mark.parametrize(
    ("column", "text", "days"),
    [
        (Col.DURATION, "6d", (MAR[1], MAR[8])),
        (Col.START, "2027-03-03", (MAR[3], MAR[9])),
        (Col.FINISH, "2027-03-09", (MAR[1], MAR[9])),
    ],
)
def test_what_is_typed_moves_the_forecast(plan: Plan, column: Col, text: str, days: tuple[dt.date, dt.date]) -> None:
    type_into(plan, "Dig", column, text)
    assert plan.days("Dig") == days
    assert plan.days("Pour")[0] > days[1]


def test_predecessors_are_typed_as_references(plan: Plan) -> None:
    assert plan.page.chart is not None
    ref = plan.page.chart.rows[plan.page.chart.node[plan.id("Dig")]].ref
    type_into(plan, "Paint", Col.PREDECESSORS, f"{ref}FS+1d")
    assert plan.days("Paint")[0] == MAR[9]


def test_a_wrong_entry_stays_in_view_with_its_reason(plan: Plan) -> None:
    before = plan.steps()
    type_into(plan, "Dig", Col.DURATION, "soon")
    index = plan.gantt.model.index(plan.gantt.model.reveal(plan.id("Dig")), Col.DURATION)
    assert index.data() == "soon"
    assert "duration" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert plan.steps() == before


def test_keys_indent_outdent_and_move(plan: Plan) -> None:
    plan.choose("Done")
    plan.page.commands["indent"].trigger()
    plan.rest()
    assert plan.depth("Done") == 1
    plan.choose("Done")
    plan.page.commands["outdent"].trigger()
    plan.rest()
    assert plan.depth("Done") == 0
    plan.choose("Paint")
    plan.page.commands["up"].trigger()
    plan.rest()
    assert plan.page.chart is not None
    assert [row.name for row in plan.page.chart.rows][-2:] == ["Paint", "Done"]


def test_a_new_task_stands_below_and_its_name_is_typed_at_once(plan: Plan, qtbot: QtBot) -> None:
    plan.choose("Dig")
    plan.page.commands["add"].trigger()
    plan.rest()
    qtbot.waitUntil(lambda: plan.gantt.tree.viewport().findChild(QLineEdit, "cell") is not None)
    editor = plan.gantt.tree.viewport().findChild(QLineEdit, "cell")
    QTest.keyClicks(editor, "Fence")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    plan.rest()
    assert plan.page.chart is not None
    assert [row.name for row in plan.page.chart.rows][:3] == ["Works", "Dig", "Fence"]


def test_links_are_made_and_deleted_between_selected_tasks(plan: Plan) -> None:
    plan.choose("Done", "Paint")
    plan.page.commands["link"].trigger()
    plan.rest()
    assert plan.days("Paint")[0] == MAR[15]
    plan.choose("Done", "Paint")
    plan.page.commands["unlink"].trigger()
    plan.rest()
    assert plan.days("Paint")[0] == MAR[1]


def test_keys_move_and_lengthen_a_bar_by_a_day(plan: Plan) -> None:
    plan.choose("Dig")
    plan.page.commands["later"].trigger()
    plan.rest()
    plan.choose("Dig")
    plan.page.commands["longer"].trigger()
    plan.rest()
    assert plan.days("Dig") == (MAR[2], MAR[9])


def test_what_is_tried_is_not_stored_until_it_is_kept(plan: Plan) -> None:
    before = plan.steps()
    plan.page.commands["try"].trigger()
    plan.rest()
    type_into(plan, "Dig", Col.DURATION, "10d")
    plan.choose("Paint")
    plan.page.commands["delete"].trigger()
    plan.rest()
    assert plan.steps() == before
    assert "12 Mar 2027 → 19 Mar 2027, 5 working days later" in plan.page.banner.sentence.text()
    plan.page.banner.keep.click()
    plan.rest()
    assert len(plan.steps()) == len(before) + 1
    assert plan.days("Dig") == (MAR[1], MAR[12])
    assert plan.gantt.model.rowCount() == 5
    plan.window.context.undo()
    plan.rest()
    assert plan.days("Dig") == (MAR[1], MAR[5])
    assert plan.gantt.model.rowCount() == 6


def test_a_task_added_while_trying_is_kept_with_its_links(plan: Plan) -> None:
    plan.page.commands["try"].trigger()
    plan.rest()
    plan.page.acts.add(plan.id("Paint"))
    plan.rest()
    plan.page.acts.link(plan.id("Paint"), plan.id("New task"))
    plan.rest()
    plan.page.banner.keep.click()
    plan.rest()
    assert plan.days("New task") == (MAR[5], MAR[5])


def test_what_is_dropped_leaves_no_trace(plan: Plan) -> None:
    plan.page.commands["try"].trigger()
    plan.rest()
    scratch = plan.page.acts.scratch
    assert scratch is not None
    type_into(plan, "Dig", Col.DURATION, "10d")
    plan.page.banner.drop.click()
    plan.rest()
    assert plan.days("Dig") == (MAR[1], MAR[5])
    assert not scratch.workspace.path.exists()
    assert plan.page.banner.isHidden()


def test_a_baseline_is_taken_and_slip_is_told(plan: Plan) -> None:
    plan.page.commands["baseline"].trigger()
    dialog = plan.page.asking.dialog
    assert isinstance(dialog, TakeBaseline)
    dialog.name.setText("Agreed")
    dialog.done_button.click()
    plan.rest()
    type_into(plan, "Dig", Col.DURATION, "7d")
    row = plan.gantt.model.reveal(plan.id("Cure"))
    assert plan.gantt.model.index(row, Col.SLIP).data() == "+2 d"
    assert plan.gantt.model.index(row, Col.START_SLIP).data() == "+2 d"
    assert plan.gantt.tree.isColumnHidden(Col.START_SLIP)
    plan.gantt.choose_columns({*plan.gantt.columns, Col.START_SLIP})
    assert not plan.gantt.tree.isColumnHidden(Col.START_SLIP)
    plan.page.head.show_view("slip", ask=True)
    lines = plan.page.report.table.rows.finding.lines
    cure = next(line for line in lines if line.cells[0] == "Cure")
    assert cure.cells[-1] == "Dig → Pour"
    plan.page.commands["drop_baseline"].trigger()
    plan.rest()
    with plan.window.context.workspace.read() as connection:
        assert baselines.baselines(connection, plan.window.context.project.id) == []


@pytest.mark.parametrize("key", list(REPORTS))
def test_every_report_opens_and_leads_to_its_tasks(plan: Plan, key: str) -> None:
    plan.page.head.show_view(key, ask=True)
    report = plan.page.report
    assert plan.page.stack.currentWidget() is report
    assert report.sentence.text()
    lines = report.table.rows.finding.lines
    for line in lines:
        assert len(line.cells) == len(report.table.rows.finding.heads)
    if lines and lines[0].ids:
        report.opened.emit(list(lines[0].ids))
        assert plan.gantt.tree.current_id() == lines[0].ids[0]
        assert plan.page.stack.currentWidget() is plan.gantt


def test_problems_are_told_at_their_task(plan: Plan) -> None:
    plan.page.acts.change(plan.id("Pour"), {"constraint": "mso", "constraint_at": dt.datetime(2027, 3, 2)})
    plan.rest()
    assert plan.page.head.problems.isVisible()
    plan.page.head.problems.click()
    line = plan.page.report.table.rows.finding.lines[0]
    assert line.ids == (plan.id("Pour"),)
    assert "Pour" in line.cells[1] and "2 Mar 2027" in line.cells[1] and "00:00" not in line.cells[1]


def test_a_problem_is_mended_with_one_click(plan: Plan) -> None:
    plan.page.acts.change(plan.id("Pour"), {"constraint": "mso", "constraint_at": dt.datetime(2027, 3, 2)})
    plan.rest()
    plan.page.head.show_view("problems", ask=True)
    assert "constraint of Pour" in plan.page.report.mend.text()
    plan.page.report.mend.click()
    plan.rest()
    assert plan.page.chart is not None
    assert plan.page.chart.schedule.problems == ()


def test_a_ring_is_opened_at_the_link_that_leads_back(plan: Plan) -> None:
    links = {plan.id("Dig"): {"predecessors": [(plan.id("Cure"), "FS", 0.0, "working")]}}
    plan.page.acts.change_many(links)  # as an import brings it in
    plan.rest()
    plan.page.head.show_view("problems", ask=True)
    assert plan.page.report.mend.text() == "Delete the link Cure → Dig"
    plan.page.report.mend.click()
    plan.rest()
    assert plan.days("Cure") == (MAR[11], MAR[12])


def test_a_summary_is_not_linked_to_its_own_part(plan: Plan) -> None:
    with plan.qtbot.waitSignal(plan.window.context.complained):
        plan.page.acts.link(plan.id("Works"), plan.id("Dig"))
    assert not plan.page.acts.links_to(plan.id("Dig"))


def test_a_point_of_the_s_curve_leads_to_the_work_of_its_day(plan: Plan) -> None:
    plan.page.head.show_view("curve", ask=True)
    diagram = plan.page.report.diagram
    points = standing(diagram.drawing)
    forecast = [shape for shape, target in points if target.row == points[-1][1].row]
    left, top, right, bottom = box_of(forecast[1])
    with plan.qtbot.waitSignal(plan.page.report.opened) as opened:
        middle = QPoint(round((left + right) / 2), round((top + bottom) / 2))
        QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args == [[plan.id("Pour")]]


def test_holidays_move_the_plan(plan: Plan) -> None:
    plan.page.commands["calendars"].trigger()
    dialog = plan.page.asking.dialog
    assert isinstance(dialog, CalendarDialog)
    dialog.days.add_day()
    for column, text in enumerate(("2027-03-03", "2027-03-04", "", "Works outing")):
        dialog.days.item(0, column).setText(text)
    dialog.store.click()
    plan.rest()
    assert plan.days("Dig") == (MAR[1], MAR[9])


def test_the_critical_threshold_is_set_in_days(plan: Plan) -> None:
    assert plan.page.chart is not None
    assert not plan.page.chart.schedule[plan.id("Paint")].critical
    plan.page.commands["options"].trigger()
    dialog = plan.page.asking.dialog
    assert isinstance(dialog, ScheduleOptions)
    dialog.critical.setText("many")
    dialog.done_button.click()
    assert dialog.boxes["critical_float"].reason.text()
    dialog.critical.setText("6")
    dialog.done_button.click()
    plan.rest()
    assert plan.page.chart.schedule[plan.id("Paint")].critical


def test_the_page_comes_back_as_it_was(plan: Plan) -> None:
    plan.gantt.toggle(plan.id("Works"))
    plan.chart_view.zoom_by(2, 100)
    plan.choose("Paint")
    state = plan.page.state()
    plan.page.outdated.emit()  # made anew, as when the language changes
    plan.rest()
    again = shown(plan.window, plan.qtbot)
    assert again.page.state() == state


def test_an_empty_plan_offers_the_first_step(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(empty=True), qtbot)
    plan = shown(window, qtbot)
    assert plan.page.stack.currentWidget() is plan.page.empty
    plan.page.empty.add.click()
    plan.rest()
    assert plan.page.stack.currentWidget() is plan.gantt


def test_a_read_only_plan_can_be_looked_at_and_tried(plan: Plan, tmp_path: Path) -> None:
    plan.window.context.workspace.read_only = True
    plan.page.refresh(frozenset())
    plan.rest()
    assert not plan.page.commands["add"].isEnabled()
    assert not plan.chart_view.editable
    plan.page.commands["try"].trigger()
    plan.rest()
    type_into(plan, "Dig", Col.DURATION, "10d")
    assert plan.days("Dig") == (MAR[1], MAR[12])
    assert not plan.page.banner.keep.isEnabled()


def test_what_is_being_typed_survives_that_the_plan_is_read_again(plan: Plan) -> None:
    tree = plan.gantt.tree
    tree.setCurrentIndex(plan.gantt.model.index(plan.gantt.model.reveal(plan.id("Dig")), Col.NAME))
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.viewport().findChild(QLineEdit, "cell")
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Excavate")
    plan.page.acts.change(plan.id("Paint"), {"duration": 480})
    plan.rest()
    assert plan.days("Paint") == (MAR[1], MAR[1])
    assert editor.text() == "Excavate"
    plan.page.acts.add(None)  # another row: the tree waits until the cell is done
    plan.rest()
    assert editor.text() == "Excavate"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    plan.rest()
    assert plan.page.chart is not None
    assert {"Excavate", "New task"} <= {row.name for row in plan.page.chart.rows}


def test_delete_means_the_tasks_only_while_one_is_among_them(plan: Plan) -> None:
    plan.choose("Paint")
    plan.page.head.show_view("paths", ask=True)
    assert not plan.page.commands["delete"].isEnabled()
    plan.page.head.show_view("gantt", ask=True)
    assert plan.page.commands["delete"].isEnabled()
    plan.choose("Paint")
    QTest.keyClick(plan.gantt.tree, Qt.Key.Key_Delete)
    plan.rest()
    assert plan.gantt.model.rowCount() == 5


def test_the_chart_is_written_as_a_pdf(plan: Plan, tmp_path: Path) -> None:
    plan.page.asking.write_chart_to(tmp_path / "chart.pdf")
    plan.rest()
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")


def test_the_chart_is_written_as_one_picture_of_all_its_rows(plan: Plan, tmp_path: Path) -> None:
    plan.window.resize(900, 300)  # most rows and bars are scrolled away
    plan.chart_view.zoom_by(6)
    plan.rest()
    kept = plan.gantt.state()

    image = picture_of(plan.window.context, plan.gantt)
    plan.page.asking.write_picture_to(tmp_path / "chart.png", image)
    plan.rest()

    written = QImage(str(tmp_path / "chart.png"))
    ratio = round(image.devicePixelRatio())
    assert written.height() == ratio * (HEAD + plan.gantt.model.rowCount() * tokens.ROW)
    low = [written.pixelColor(x, written.height() - ratio * tokens.ROW // 2) for x in range(written.width())]
    assert len({each.rgb() for each in low}) > 5  # the last row, which is out of sight, is drawn with its name and bar
    assert plan.gantt.state() == kept


def test_a_chart_too_large_for_one_picture_says_what_else_there_is(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.plan.picture._MOST", 1000)
    with pytest.raises(NotValid, match="write it as a PDF"):
        picture_of(plan.window.context, plan.gantt)


def test_the_plan_is_offered_for_export_as_it_is_shown(plan: Plan, qtbot: QtBot) -> None:
    dialog = ExportDialog(plan.window.context, plan.page)
    qtbot.addWidget(dialog)

    assert dialog.chosen.key == "tasks"
    assert dialog.as_seen.isChecked()
    assert dialog.as_seen.text() == "As on the page: its columns, 6 rows"


def test_selected_tasks_are_copied_for_a_workbook(plan: Plan) -> None:
    plan.choose("Dig", "Pour")
    QTest.keyClick(plan.gantt.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Task\tDuration\tStart")
    assert [line.split("\t")[0] for line in lines[1:]] == ["Dig", "Pour"]


def test_undo_takes_back_what_was_tried_and_nothing_stored(plan: Plan) -> None:
    before = plan.steps()
    plan.page.commands["try"].trigger()
    plan.rest()
    type_into(plan, "Dig", Col.DURATION, "10d")
    plan.gantt.tree.setFocus()
    QTest.keyClick(plan.gantt.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    plan.rest()
    assert plan.days("Dig") == (MAR[1], MAR[5])
    assert plan.steps() == before
    assert plan.page.acts.scratch is not None and plan.page.acts.scratch.steps == 0


def test_plus_and_minus_open_and_close_a_summary(plan: Plan) -> None:
    plan.choose("Works")
    QTest.keyClicks(plan.gantt.tree, "-")
    assert plan.gantt.model.rowCount() == 3
    QTest.keyClicks(plan.gantt.tree, "+")
    assert plan.gantt.model.rowCount() == 6


def test_enter_opens_the_task_in_its_register(plan: Plan) -> None:
    plan.choose("Dig")
    with plan.qtbot.waitSignal(plan.window.context.wanted) as wanted:
        QTest.keyClick(plan.gantt.tree, Qt.Key.Key_Return)
    assert wanted.args == ["tasks", {"row": plan.id("Dig")}]
    plan.rest()


def test_a_diagram_is_copied_as_picture_and_text(plan: Plan) -> None:
    plan.page.head.show_view("curve", ask=True)
    plan.page.report.copy.click()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasImage() and copied.text().startswith("Day\t")
