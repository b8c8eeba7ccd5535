"""The ways from the window to the wizard and the dialogs: menu commands, dropped files, a register's own button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import rest
from ui.register.view import RegisterPage
from ui.transfer.export_dialog import ExportDialog
from ui.transfer.pack_dialog import PackDialog
from ui.transfer.reports import ReportsDialog
from ui.transfer.template_dialog import TemplateDialog
from ui.transfer.verify_dialog import VerifyDialog
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.import_wizard import ImportWizard
from ui.window.window import MainWindow

DIALOGS = (
    ("import", ImportWizard),
    ("export", ExportDialog),
    ("pack", PackDialog),
    ("verify", VerifyDialog),
    ("template", TemplateDialog),
    ("reports", ReportsDialog),
)


@pytest.mark.parametrize(("command", "kind"), DIALOGS)
def test_command_opens_its_dialog(opened: MainWindow, qtbot: QtBot, command: str, kind: type) -> None:
    opened.bars.commands[command].trigger()
    rest(qtbot, opened)

    assert isinstance(opened.files.dialog, kind)
    assert opened.files.dialog.isVisible()
    opened.files.dialog.close()


def test_export_begins_with_the_register_in_view(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents", text="manual")
    rest(qtbot, opened)
    opened.files.export()
    dialog = opened.files.dialog

    assert isinstance(dialog, ExportDialog)
    assert dialog.register.currentData() == "documents"
    assert dialog.as_seen.text() == "As on the page: its columns, 2 rows"
    dialog.close()


def test_dropped_list_is_imported_and_shown(opened: MainWindow, qtbot: QtBot, a_list: Callable[..., Path]) -> None:
    opened.files.drop(a_list(("Title", "Document no.", "Revision"), ("Crane manual", "D-9", "A"), name="list.xlsx"))
    wizard = opened.files.dialog
    assert isinstance(wizard, ImportWizard)
    qtbot.waitUntil(lambda: wizard.at == steps.TABLE and not wizard.work.busy)
    for _ in range(4):
        wizard.go_on()
        qtbot.waitUntil(lambda: not wizard.work.busy)
    assert wizard.at == steps.DONE
    wizard.done_step.show_register.click()
    rest(qtbot, opened)

    page = opened.host.current
    assert isinstance(page, RegisterPage)
    assert page.key == "documents"
    assert page.model.rowCount() == 1, "the rows of the import alone are shown"
    assert [page.model.row(0).values[n] for n, f in enumerate(page.model.fields) if f.field == "number"] == ["D-9"]
    opened.host.back()
    opened.host.forward()
    rest(qtbot, opened)
    assert page.model.rowCount() == 1, "the list is a filter like any other"
    page.filtering.clear()
    rest(qtbot, opened)
    assert page.model.rowCount() == 4


def test_registers_button_imports_into_it(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents")
    rest(qtbot, opened)
    page = opened.host.current
    assert isinstance(page, RegisterPage)
    page.import_rows()
    (wizard,) = (w for w in opened.findChildren(ImportWizard) if w.isVisible())

    assert "Documents" in wizard.file_step.lead.text()
    wizard.close()
