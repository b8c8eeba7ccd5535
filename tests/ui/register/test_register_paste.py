"""Blocks of cells to and from the clipboard, as between a register and Excel."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidget

from handover.store import undo
from ui.register.grid import clipboard

from .conftest import Using

CTRL = Qt.KeyboardModifier.ControlModifier
Open = Callable[..., Using]


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def paste(at: Using, row: int, field: str, text: str) -> None:
    put(text)
    at.go(row, field)
    at.press(Qt.Key.Key_V, CTRL)


@pytest.mark.parametrize(
    "block",
    [
        [["a", "b"], ["", "d"]],
        [["two\nlines", "tab\tinside"], ['say "hi"', '"quoted"']],
        [["007", "=1+1"], ["-", " "]],
        [["单元", "ends\n"]],
    ],
)
def test_a_block_comes_back_cell_by_cell(block: clipboard.Block) -> None:
    assert clipboard.parse(clipboard.tsv(block)) == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("a\tb\r\nc\r\n", [["a", "b"], ["c", ""]]),
        ("a\rb", [["a"], ["b"]]),
        ('"x\ny"\tz\n', [["x\ny", "z"]]),
        ("", [[""]]),
    ],
)
def test_what_other_programs_put_there_is_a_rectangle(text: str, block: clipboard.Block) -> None:
    assert clipboard.parse(text) == block


def test_a_block_is_copied_as_text_and_as_a_table(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("discipline"), 1, at.column("doc_type"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_C, CTRL)

    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Process\tOperating manual\r\n仪表\tP&ID"
    assert "<td>P&amp;ID</td>" in data.html()


def test_other_programs_are_told_what_is_text(using: Open) -> None:
    clipboard.put([["007", "=1+1", "12"]])

    html = QGuiApplication.clipboard().mimeData().html()

    assert html.count("mso-number-format:'\\@'") == 2
    assert "<td>12</td>" in html


def test_a_copied_block_is_pasted_as_it_was_in_one_step(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("system"), 1, at.column("doc_type"))
    at.page.table.setFocus()
    at.press(Qt.Key.Key_C, CTRL)
    before = at.texts("doc_type")

    at.go(10, "system")
    at.press(Qt.Key.Key_V, CTRL)
    assert at.texts("system")[10:12] == at.texts("system")[:2]
    assert at.texts("doc_type")[10:12] == at.texts("doc_type")[:2]
    assert at.told[-1].endswith("cells pasted.")
    undo(at.context.workspace)
    at.rest()

    assert at.texts("doc_type") == before


def test_cut_takes_the_block_away(using: Open) -> None:
    at = using()
    at.page.table.select_block(0, at.column("discipline"), 0, at.column("discipline"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_X, CTRL)

    assert QGuiApplication.clipboard().text() == "Process"
    assert at.cell(0, "discipline") == ""


def test_one_value_fills_a_selection(using: Open) -> None:
    at = using()
    put("Piping")
    at.page.table.select_block(0, at.column("discipline"), 3, at.column("discipline"))
    at.page.table.setFocus()

    at.press(Qt.Key.Key_V, CTRL)

    assert at.texts("discipline")[:5] == ["Piping"] * 4 + ["Process"]


def test_a_paste_with_refused_cells_is_shown_before_anything_is_written(using: Open) -> None:
    at = using()
    before = at.texts("due_on")

    paste(at, 0, "due_on", "2026-12-24\r\nsoonish\r\n2026-12-25")

    dialog = at.page.acts.dialog
    assert dialog is not None and dialog.isVisible()
    assert at.texts("due_on") == before
    table = dialog.findChild(QTableWidget)
    assert table.item(0, 0).text() == "DOC-0002"
    assert "not a date" in table.item(0, 4).text()
    dialog.go.click()
    at.rest()

    assert at.texts("due_on")[:3] == ["24 Dec 2026", before[1], "25 Dec 2026"]


def test_a_paste_that_is_refused_by_its_user_changes_nothing(using: Open) -> None:
    at = using()
    before = at.texts("due_on")
    paste(at, 0, "due_on", "2026-12-24\r\nsoonish")
    dialog = at.page.acts.dialog
    assert dialog is not None

    dialog.reject()
    at.rest()

    assert at.texts("due_on") == before


def test_an_unlawful_state_is_refused_in_the_preview(using: Open) -> None:
    at = using()

    paste(at, 0, "status", "Accepted by operations\r\nReceived")

    dialog = at.page.acts.dialog
    assert dialog is not None
    table = dialog.findChild(QTableWidget)
    assert "Outstanding" in table.item(0, 4).text()
    assert dialog.go.text() == "Paste 1 cell"


def test_rows_beyond_the_last_one_are_offered_as_new_rows_in_one_step(using: Open) -> None:
    at = using()
    last = at.page.model.rowCount() - 1

    paste(at, last, "number", "N-1\tOne\r\nN-2\tTwo\r\nN-3\tThree")
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.go.click()
    at.rest()
    assert at.texts("title")[-3:] == ["One", "Two", "Three"]
    assert at.page.model.rowCount() == 202
    undo(at.context.workspace)
    at.rest()

    assert at.page.model.rowCount() == 200
    assert at.texts("title")[-1] != "One"


def test_columns_beyond_the_last_one_are_said_to_be_left_out(using: Open) -> None:
    at = using()
    field = at.page.model.fields[-1].field

    paste(at, 0, field, "\tmore\r\n\tmore")

    dialog = at.page.acts.dialog
    assert dialog is not None
    assert dialog.go.text() == "Paste 2 cells"


def test_nothing_is_pasted_into_a_workspace_for_reading(using: Open) -> None:
    at = using()
    at.context.workspace.read_only = True
    before = at.texts("discipline")

    paste(at, 0, "discipline", "A\tB")

    assert at.texts("discipline") == before
    assert at.told == ["This workspace is open for reading only."]


def test_a_state_cant_be_pasted_away(using: Open) -> None:
    at = using()

    paste(at, 0, "title", "Z\t\r\nY\t")

    dialog = at.page.acts.dialog
    assert dialog is not None
    assert dialog.go.text() == "Paste 2 cells"
    assert dialog.findChild(QTableWidget).item(0, 4).text() == "This field must be filled in."


def test_many_rows_are_pasted_in_a_job_as_one_step(using: Open) -> None:
    at = using("documents")
    jobs: list[str] = []
    at.context.job_started.connect(lambda job, _background: jobs.append(job.title))

    paste(at, 0, "number", "\r\n".join(f"N-{n}\tTitle {n}" for n in range(400)))
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.go.click()
    at.rest()

    assert "Pasting" in jobs
    assert at.page.model.rowCount() == 400
    assert at.texts("title")[-1] == "Title 399"
    undo(at.context.workspace)
    at.rest()
    assert at.page.model.rowCount() == 200


def test_the_first_rows_of_a_register_are_pasted_into_its_empty_page(using: Open) -> None:
    at = using("knowledge")
    put("Start-up of the compressor\r\nSurge control")

    at.page.empty.paste_wanted.emit()
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.go.click()
    at.rest()

    assert at.texts("title") == ["Start-up of the compressor", "Surge control"]


def test_dates_that_can_be_read_in_two_ways_are_asked_about(using: Open) -> None:
    at = using()
    before = at.texts("due_on")

    paste(at, 0, "due_on", "05/03/2026\r\n06/03/2026")
    dialog = at.page.acts.dialog
    assert dialog is not None
    assert not dialog.go.isEnabled()
    assert at.texts("due_on") == before
    dialog.order.readings["DMY"].click()
    at.rest()

    assert at.texts("due_on")[:2] == ["5 Mar 2026", "6 Mar 2026"]


def test_a_single_date_that_can_be_read_in_two_ways_is_asked_about(using: Open) -> None:
    at = using()

    paste(at, 0, "due_on", "05/03/2026")
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.order.readings["MDY"].click()
    at.rest()

    assert at.texts("due_on")[0] == "3 May 2026"


def test_a_column_tells_the_order_of_its_dates(using: Open) -> None:
    at = using()

    paste(at, 0, "due_on", "05/03/2026\r\n13/03/2026")

    assert at.texts("due_on")[:2] == ["5 Mar 2026", "13 Mar 2026"]


def test_dates_without_a_year_are_asked_about(using: Open) -> None:
    at = using()

    paste(at, 0, "due_on", "3月5日\r\n3月6日")
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.year.year.setValue(2027)
    dialog.year.take.click()
    at.rest()

    assert at.texts("due_on")[:2] == ["5 Mar 2027", "6 Mar 2027"]


def test_a_block_goes_into_the_rows_that_are_there_alone_when_its_user_wants(using: Open) -> None:
    at = using()
    last = at.page.model.rowCount() - 1

    paste(at, last, "number", "N-1\tOne\r\nN-2\tTwo")
    dialog = at.page.acts.dialog
    assert dialog is not None
    dialog.only_there.click()
    at.rest()

    assert at.page.model.rowCount() == 200
    assert at.texts("title")[-1] == "One"


def test_a_text_of_two_lines_stays_one_of_two_through_paste_and_copy(using: Open) -> None:
    at = using()

    paste(at, 0, "title", '"Two\nlines"\r\nOne')
    at.page.table.select_block(0, at.column("title"), 1, at.column("title"))
    at.page.acts.copy()

    assert clipboard.parse(clipboard.take()) == [["Two\nlines"], ["One"]]
