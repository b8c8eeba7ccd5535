"""Rows in error saved from the wizard, mended and imported again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from handover import i18n
from tests.ui.transfer.conftest import Hands

Importing = Callable[..., Hands]
AList = Callable[..., Path]
HEAD = ("Task name", "Duration")
ROWS = (("Flush", "5 days"), ("Fill", "soon"), ("Run", "2 days"))


def test_rows_with_a_remark_are_saved_mended_and_imported(
    importing: Importing, a_list: AList, tmp_path: Path, qtbot: QtBot
) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on(2)
    button = hands.wizard.preview_step.rejected
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert isinstance(button.dialog, QFileDialog)
    assert button.dialog.findChild(QLineEdit).text() == "tasks – rows to mend.xlsx"
    button.dialog.fileSelected.emit(str(tmp_path / "bad.xlsx"))
    button.dialog.close()
    hands.rest()
    assert button.notice.sentence.text() == (
        f"1 row that isn't taken as it stands was written to {tmp_path / 'bad.xlsx'}. Mend it there and import that."
    )

    hands.go_on(2)
    book = openpyxl.load_workbook(tmp_path / "bad.xlsx")
    book.active["B2"] = "1 day"
    book.save(tmp_path / "bad.xlsx")
    importing(tmp_path / "bad.xlsx", "tasks").go_on(4)
    assert sorted(hands.names()) == ["Fill", "Flush", "Run"]


def test_button_is_there_only_while_rows_are_not_taken_as_they_stand(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on(2)
    assert hands.wizard.preview_step.rejected.isVisible()
    hands.correct(3, "duration", "3 days")
    assert not hands.wizard.preview_step.rejected.isVisible()


def test_rows_can_be_saved_after_the_import_as_well(importing: Importing, a_list: AList, tmp_path: Path) -> None:
    hands = importing(a_list(HEAD, *ROWS), "tasks")
    hands.go_on(4)
    done = hands.wizard.done_step
    assert done.rejected.isVisible()
    done.rejected.save(tmp_path / "bad.xlsx")
    hands.rest()
    assert openpyxl.load_workbook(tmp_path / "bad.xlsx").active["A2"].value == "Fill"
    assert "3 rows were imported" in done.notice.sentence.text()
    assert done.notice.isVisible()


def test_file_that_is_imported_isnt_overwritten(importing: Importing, a_list: AList) -> None:
    path = a_list(HEAD, *ROWS)
    before = path.read_bytes()
    hands = importing(path, "tasks")
    hands.go_on(2)
    hands.wizard.preview_step.rejected.save(path)
    hands.rest()
    assert "is the file that is imported" in hands.wizard.preview_step.rejected.notice.sentence.text()
    assert path.read_bytes() == before


def test_button_speaks_chinese(importing: Importing, a_list: AList) -> None:
    with i18n.in_language("zh"):
        hands = importing(a_list(HEAD, *ROWS), "tasks")
        hands.go_on(2)
        assert hands.wizard.preview_step.rejected.text() == "保存需要修改的行…"
