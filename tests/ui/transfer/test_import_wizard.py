"""From a file to rows: the steps of the wizard, what it shows, what it keeps, what it does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from handover.exchange.importing.reports import past_imports
from handover.jobs import Progress, step
from tests.ui.transfer.conftest import Hands
from ui.shell.context import Context
from ui.shell.help import Help
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.verdict_model import TAKE

Importing = Callable[..., Hands]
AList = Callable[..., Path]

HEAD = ("Task name", "Start", "Finish", "Owner")
ROWS = (
    ("Flush the pipes", "2026-03-02", "2026-03-06", "Li Na"),
    ("Fill the tank", "2026-03-09", "2026-03-10", "Li Na"),
    ("Run the pump", "2026-03-11", "2026-03-20", "Bob Stone"),
)


def test_a_list_becomes_rows_step_by_step(importing: Importing, a_list: AList) -> None:
    hands = importing(into="tasks")
    hands.choose(a_list(HEAD, *ROWS))
    hands.go_on(2)
    assert hands.verdicts() == ["new", "new", "new"]
    hands.go_on()
    assert hands.wizard.next.text() == "Import 3 rows"
    assert hands.wizard.agree_step.sentences == [
        "3 rows are added to Tasks.",
        "2 rows are added to People with it: Li Na, Bob Stone.",
    ]
    hands.go_on()

    assert hands.names() == ["Flush the pipes", "Fill the tank", "Run the pump"]
    assert hands.wizard.done_step.notice.sentence.text() == "3 rows were imported from tasks.xlsx into Tasks."


def test_keyboard_alone_suffices(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    for _ in range(4):
        qtbot.keyClick(hands.wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.rest()

    assert hands.wizard.at == steps.DONE
    assert len(hands.names()) == 3


def test_dropped_file_is_read(importing: Importing, a_list: AList) -> None:
    hands = importing()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_list(HEAD, *ROWS)))])
    hands.wizard.file_step.drop.dropEvent(
        QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    hands.rest()

    assert hands.wizard.at == steps.TABLE


def test_file_imported_lately_is_offered(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    importing(a_list(HEAD, *ROWS)).wizard.close()
    hands = importing()
    recent = hands.wizard.file_step.recent
    recent.setFocus()
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    hands.rest()

    assert hands.wizard.at == steps.TABLE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.xlsx", b"%PDF-1.7 of a list", "scan.xlsx is a PDF. Import the workbook that it was printed from."),
        ("empty.xlsx", b"", "empty.xlsx is empty: it has no bytes at all."),
    ],
)
def test_file_that_cant_be_used_is_refused_in_place(
    importing: Importing, a_list: AList, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    hands = importing()
    hands.choose(tmp_path / name)
    assert hands.wizard.at == steps.FILE
    assert hands.wizard.file_step.notice.sentence.text() == said
    assert not hands.wizard.next.isEnabled()

    hands.choose(a_list(HEAD, *ROWS))
    assert hands.wizard.at == steps.TABLE


def test_back_loses_nothing(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on()
    hands.pick(hands.field_of("Owner"), "resources")
    hands.go_on()
    hands.correct(3, "name", "Fill both tanks")
    for _ in range(3):
        hands.click(hands.wizard.back)
    assert hands.wizard.at == steps.FILE
    hands.go_on(3)

    assert hands.cell(3, "name") == "Fill both tanks"
    assert hands.wizard.preview_step.model.column("resources") > 0
    assert hands.wizard.preview_step.model.column("owner") < 0


def test_undo_takes_the_import_back_and_the_report_stays(importing: Importing, a_list: AList, context: Context) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(4)
    hands.click(hands.wizard.done_step.undo)

    assert hands.names() == []
    assert hands.names("people") == []
    assert not hands.wizard.done_step.undo.isEnabled()
    with context.workspace.read() as connection:
        (report,) = past_imports(connection, context.project.id)
    assert (report.file, report.rows["new"]) == ("tasks.xlsx", 3)


def test_second_import_of_a_file_changes_nothing(importing: Importing, a_list: AList) -> None:
    path = a_list(HEAD, *ROWS)
    importing(path).go_on(5)
    again = importing(path)
    again.go_on(2)
    assert again.verdicts() == ["unchanged"] * 3
    again.go_on()

    assert not again.wizard.next.isEnabled()
    assert "nothing to import" in again.wizard.agree_step.notice.sentence.text()


def test_changed_rows_say_what_from_what_to_what(importing: Importing, a_list: AList) -> None:
    importing(a_list(HEAD, *ROWS)).go_on(5)
    changed = (ROWS[0], ("Fill the tank", "2026-03-09", "2026-03-12", "Li Na"), ROWS[2])
    hands = importing(a_list(HEAD, *changed))
    hands.go_on(2)
    assert hands.verdicts() == ["unchanged", "changed", "unchanged"]
    preview = hands.wizard.preview_step
    hands.click(preview.filters["changed"])

    assert preview.model.rowCount() == 1
    assert preview.model.verdict(preview.model.index(0, 0)).why == "Finish: 10 Mar 2026 → 12 Mar 2026"


def test_rows_that_disappeared_can_be_marked(importing: Importing, a_list: AList, context: Context) -> None:
    importing(a_list(HEAD, *ROWS)).go_on(5)
    hands = importing(a_list(HEAD, *ROWS[:2]))
    hands.go_on(2)
    missing = hands.wizard.preview_step.missing
    assert missing.list.item(0).text() == "TSK-0003 Run the pump"
    hands.wizard.preview_step.tabs.setCurrentWidget(missing)
    missing.drop.click()
    hands.rest()
    hands.go_on()
    assert "1 task that the file no longer has is marked as inactive." in hands.wizard.agree_step.sentences
    hands.go_on()

    with context.workspace.read() as connection:
        gone = connection.exec_driver_sql("SELECT name FROM task WHERE inactive").scalars().all()
    assert gone == ["Run the pump"]


def test_wrong_cell_is_named_and_corrected_in_place(importing: Importing, a_list: AList) -> None:
    bad = ("Fill the tank", "soon", "2026-03-10", "Li Na")
    hands = importing(a_list(HEAD, ROWS[0], bad, ROWS[2]))
    hands.go_on(2)
    preview = hands.wizard.preview_step
    assert hands.verdicts() == ["new"] * 3
    assert preview.filters["remark"].text() == "With a remark 1" and not preview.filters["error"].isVisible()
    hands.click(preview.filters["remark"])
    assert hands.verdicts() == ["new"]
    assert preview.model.verdict(preview.model.index(0, 0)).why.startswith("B3: “soon”")
    hands.correct(3, "start", "2026-03-09")

    assert hands.verdicts() == ["new"] * 3
    hands.go_on(2)
    assert hands.names() == ["Flush the pipes", "Fill the tank", "Run the pump"]


def test_space_leaves_a_row_out_and_takes_it_again(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(2)
    preview = hands.wizard.preview_step
    preview.view.setCurrentIndex(preview.model.index(1, TAKE))
    qtbot.keyClick(preview.view, Qt.Key.Key_Space)
    hands.rest()
    assert hands.verdicts() == ["new", "skipped", "new"]
    qtbot.keyClick(preview.view, Qt.Key.Key_Space)
    hands.rest()
    assert hands.verdicts() == ["new", "new", "new"]

    rect = preview.view.visualRect(preview.model.index(2, TAKE))
    qtbot.mouseClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    hands.rest()
    assert hands.verdicts() == ["new", "new", "skipped"]


def test_text_filters_rows(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(2)
    preview = hands.wizard.preview_step
    qtbot.keyClicks(preview.quick, "tank")
    hands.rest()

    assert preview.counted.text() == "1 of 3 rows"
    assert hands.cell(3, "name") == "Fill the tank"


def test_doubtful_dates_are_asked_with_both_readings(importing: Importing, a_list: AList) -> None:
    rows = (("Flush", "3/5/2026"), ("Fill", "4/6/2026"))
    hands = importing(a_list(("Task name", "Start"), *rows))
    hands.go_on()
    question = hands.wizard.mapping_step.question
    assert question.isVisible()
    assert hands.wizard.focusWidget() is question.readings["DMY"]
    assert "“3/5/2026”" in question.sentence.text()
    assert question.readings["DMY"].text() == "3 May 2026 (the day comes first)"
    assert question.readings["MDY"].text() == "5 Mar 2026 (the month comes first)"
    assert not hands.wizard.next.isEnabled()
    question.readings["MDY"].click()
    hands.go_on()

    assert hands.cell(2, "start") == "5 Mar 2026"


def test_other_sheet_and_row_of_headings(importing: Importing, a_list: AList) -> None:
    people = (("Staff of the plant",), ("as of March",), ("Name", "E-mail"), ("Li Na", "na@plant.cn"))
    hands = importing(a_list(HEAD, *ROWS, Staff=people))
    table = hands.wizard.table_step
    assert table.sheet.currentText() == "Sheet"
    hands.pick(table.sheet, "Staff")
    assert table.header.value() == 3
    hands.pick(table.register, "people")
    hands.go_on(4)

    assert hands.names("people") == ["Li Na"]


def test_row_of_headings_can_be_moved(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    table = hands.wizard.table_step
    table.header.setValue(2)
    assert "2 rows of data were found" in table.said.text()
    table.header.setValue(1)

    assert "3 rows of data were found" in table.said.text()


def test_hidden_rows_are_taken_only_when_wanted(importing: Importing, a_list: AList) -> None:
    import openpyxl

    path = a_list(HEAD, *ROWS)
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    hands = importing(path)
    hidden = hands.wizard.table_step.hidden_rows
    assert hidden.text() == "Take the 1 hidden row, too"
    hands.go_on(2)
    assert sorted(hands.verdicts()) == ["new", "new", "skipped"]
    hands.click(hands.wizard.back)
    hands.click(hands.wizard.back)
    hidden.click()
    hands.go_on(2)

    assert hands.verdicts() == ["new"] * 3


def test_mapping_says_how_sure_it_is_and_what_lacks(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on()
    mapping = hands.wizard.mapping_step
    said = mapping.table.cellWidget(1, 2).accessibleName()
    assert said.startswith("Confidence: certain, ")
    assert mapping.table.item(1, 3).text() == "2026-03-02 · 2026-03-09 · 2026-03-11"
    hands.pick(hands.field_of("Task name"), "")

    assert mapping.left.text() == "3 columns are taken. 1 isn't: Task name."
    assert "No column fills Task" in mapping.notice.sentence.text()


def test_correction_of_the_mapping_is_remembered(importing: Importing, a_list: AList) -> None:
    rows = (("Phase", "Task name"), ("Civil", "Dig"), ("Civil", "Pour"))
    first = importing(a_list(*rows), "tasks")
    first.go_on()
    first.pick(first.field_of("Phase"), "notes")
    first.go_on(3)
    again = importing(a_list(*rows, name="later.xlsx"), "tasks")
    again.go_on()

    assert again.field_of("Phase").currentData() == "notes"
    assert again.wizard.mapping_step.table.cellWidget(0, 2).accessibleName() == "Confidence: as last time, 100 %"


def test_mapping_is_saved_handed_on_and_taken_in(importing: Importing, a_list: AList, tmp_path: Path) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on()
    hands.pick(hands.field_of("Owner"), "resources")
    saved = hands.wizard.mapping_step.saved
    saved.ask_name()
    hands.qtbot.keyClicks(saved.name, "Our planner")
    hands.click(saved.keep)
    saved.hand_on("Our planner", tmp_path / "planner.json")
    hands.wizard.intake.memory.forget("Our planner")
    hands.pick(hands.field_of("Owner"), "owner")
    saved.take(tmp_path / "planner.json")

    assert hands.field_of("Owner").currentData() == "resources"
    saved.fill()
    assert saved.menu.actions()[0].text() == "Our planner"


def endless(progress: Progress) -> None:
    pause = threading.Event()
    while True:
        step(progress, 1, 2, "Row by row")
        pause.wait(0.005)


def test_stopped_import_has_changed_nothing(
    importing: Importing, a_list: AList, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(3)
    monkeypatch.setattr(hands.wizard.intake, "store", endless)
    qtbot.mouseClick(hands.wizard.next, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: hands.wizard.work.what.text() == "Row by row")
    qtbot.waitUntil(hands.wizard.work.stop.isVisible)
    qtbot.mouseClick(hands.wizard.work.stop, Qt.MouseButton.LeftButton)
    hands.rest()

    assert hands.wizard.at == steps.AGREE
    assert hands.wizard.next.isEnabled()
    assert hands.names() == []


def test_closing_while_a_file_is_read_stops_the_reading_first(
    importing: Importing, a_list: AList, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands = importing()
    monkeypatch.setattr(hands.wizard.intake, "read", lambda _path, progress: endless(progress))
    hands.wizard.file_step.choose(a_list(HEAD, *ROWS))
    qtbot.keyClick(hands.wizard, Qt.Key.Key_Escape)
    hands.rest()
    assert isValid(hands.wizard) and hands.wizard.isVisible()
    qtbot.keyClick(hands.wizard, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: not isValid(hands.wizard) or not hands.wizard.isVisible())


def test_rows_of_the_done_page_open_their_rows(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(4)
    rows = hands.wizard.done_step.rows
    rows.view.setFocus()
    qtbot.keyClick(rows.view, Qt.Key.Key_Return)

    (went,) = hands.went
    assert went[0] == "tasks"
    assert went[1]["row"]


def test_link_of_the_agreement_shows_the_rows(importing: Importing, a_list: AList) -> None:
    bad = ("Fill the tank", "soon", "2026-03-10", "Li Na")
    hands = importing(a_list(HEAD, ROWS[0], bad))
    hands.go_on(3)
    links = [b for b in hands.wizard.agree_step.findChildren(QPushButton) if b.text() == "Show the rows"]
    hands.click(links[-1])

    assert hands.wizard.at == steps.PREVIEW
    assert hands.verdicts() == ["new"]
    assert hands.wizard.preview_step.model.verdict(hands.wizard.preview_step.model.index(0, 0)).remarks


def test_everything_that_can_be_used_has_a_name(importing: Importing, a_list: AList) -> None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLineEdit

    hands = importing(a_list(HEAD, *ROWS))
    hands.go_on(3)
    nameless = []
    for kind in (QAbstractButton, QAbstractItemView, QLineEdit):
        for widget in hands.wizard.findChildren(kind):
            face = QAccessible.queryAccessibleInterface(widget)
            inner = widget.objectName().startswith("qt_") or widget.parent().inherits("QComboBoxPrivateContainer")
            corner = widget.inherits("QTableCornerButton") or widget.inherits("QHeaderView")
            if widget.isVisibleTo(hands.wizard) and not inner and not corner and not face.text(QAccessible.Text.Name):
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def in_tab_order(hands: Hands) -> list[QWidget]:
    """What Tab reaches in the wizard, from the first widget on."""
    wizard = hands.wizard
    found: list[QWidget] = []
    widget = wizard.nextInFocusChain()
    while widget is not wizard:
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if takes and widget.focusProxy() is None and widget.window() is wizard:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def test_tab_goes_as_one_reads(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *ROWS))
    for _ in range(5):
        tops = [(w.mapTo(hands.wizard, w.rect().topLeft()).y(), w) for w in in_tab_order(hands)]
        start = next(n for n, (_, w) in enumerate(tops) if w is hands.wizard.next) + 1
        read = tops[start:] + tops[:start]
        for (above, before), (below, after) in pairwise(read):
            assert below > above - 12, f"step {hands.wizard.at}: {before!r} before {after!r}"
        if hands.wizard.at != steps.DONE:
            hands.go_on()


def test_f1_opens_the_help_of_imports(importing: Importing, qtbot: QtBot) -> None:
    hands = importing()
    qtbot.keyClick(hands.wizard, Qt.Key.Key_F1)
    (help_,) = hands.wizard.findChildren(Help)

    assert help_.isVisible()
    assert "Ctrl+Z takes all of it back" in help_.text.toPlainText()
    help_.close()
