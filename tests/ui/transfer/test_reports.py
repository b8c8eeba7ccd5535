"""The reports of imports: what each did, and the way from a report to its rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.transfer.conftest import Hands
from ui.shell.context import Context
from ui.transfer.reports import ReportsDialog

Importing = Callable[..., Hands]
HEAD = ("Task name", "Start")


def report(context: Context, qtbot: QtBot) -> ReportsDialog:
    dialog = ReportsDialog(context)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_project_without_imports_says_what_to_do(context: Context, qtbot: QtBot) -> None:
    dialog = report(context, qtbot)

    assert "Import a file to see its report here" in dialog.notice.sentence.text()
    assert not dialog.list.isVisible()


def test_report_names_file_counts_and_every_row(
    importing: Importing, a_list: Callable[..., Path], context: Context, qtbot: QtBot
) -> None:
    importing(a_list(HEAD, ("Flush", "2026-03-02"), ("Fill", "soon"))).go_on(5)
    importing(a_list(HEAD, ("Flush", "2026-03-03"), name="later.xlsx")).go_on(5)
    dialog = report(context, qtbot)
    assert [dialog.list.item(n, 1).text() for n in range(2)] == ["later.xlsx", "tasks.xlsx"]
    assert dialog.list.item(1, 4).text() == "New 2"
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)

    assert "SHA-256" in dialog.facts.text()
    rows = [(r.row, r.outcome, r.what) for r in dialog.rows.model.rows]
    assert rows == [(2, "new", "TSK-0001"), (3, "new", "TSK-0002")]
    assert dialog.rows.model.rows[1].why.startswith("B3: “soon” is not a date")


def test_row_of_a_report_opens_the_row(
    importing: Importing, a_list: Callable[..., Path], context: Context, qtbot: QtBot
) -> None:
    hands = importing(a_list(HEAD, ("Flush", "2026-03-02")))
    hands.go_on(5)
    dialog = report(context, qtbot)
    dialog.rows.view.setFocus()
    qtbot.keyClick(dialog.rows.view, Qt.Key.Key_Return)

    assert [key for key, _ in hands.went] == ["tasks"]


def test_row_that_was_undone_is_told(
    importing: Importing, a_list: Callable[..., Path], context: Context, qtbot: QtBot
) -> None:
    hands = importing(a_list(HEAD, ("Flush", "2026-03-02")))
    hands.go_on(4)
    hands.click(hands.wizard.done_step.undo)
    dialog = report(context, qtbot)
    dialog.rows.view.setFocus()
    qtbot.keyClick(dialog.rows.view, Qt.Key.Key_Return)

    assert dialog.notice.sentence.text() == "TSK-0001 is no longer in the register; perhaps it lies in the bin."


def test_wizard_leads_to_the_reports(importing: Importing, a_list: Callable[..., Path], qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QApplication

    hands = importing(a_list(HEAD, ("Flush", "2026-03-02")))
    hands.go_on(4)
    qtbot.mouseClick(hands.wizard.done_step.reports, Qt.MouseButton.LeftButton)

    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ReportsDialog) and w.isVisible())
    assert dialog.list.rowCount() == 1
    dialog.close()


def test_an_import_is_undone_from_its_report_while_nothing_came_after_it(
    importing: Importing, a_list: Callable[..., Path], context: Context, qtbot: QtBot
) -> None:
    importing(a_list(HEAD, ("Flush", "2026-03-02"))).go_on(5)
    importing(a_list(HEAD, ("Fill", "2026-03-03"), name="later.xlsx")).go_on(5)
    dialog = report(context, qtbot)

    dialog.list.setCurrentCell(1, 0)
    dialog.undo.click()
    assert "Other things were changed after the import" in dialog.notice.sentence.text()
    dialog.list.setCurrentCell(0, 0)
    dialog.undo.click()
    qtbot.waitUntil(lambda: not context.jobs)
    assert "The import was undone" in dialog.notice.sentence.text()
    dialog.undo.click()

    assert "undone before" in dialog.notice.sentence.text()
