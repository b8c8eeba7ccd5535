"""Exports, packs and their check: what is written where, what is asked before, what can be opened after."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handover.jobs import Progress, step
from handover.model import System
from handover.model.pack_definition import PackDefinition
from handover.pack.contents import parts
from handover.pack.produce import Issue, make_pack
from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.ui.transfer.conftest import Hands
from ui.register.view import RegisterPage
from ui.shell.context import Context
from ui.transfer import opening, pack_dialog
from ui.transfer.export_dialog import ExportDialog
from ui.transfer.pack_dialog import PackDialog
from ui.transfer.template_dialog import TemplateDialog
from ui.transfer.verify_dialog import VerifyDialog
from ui.transfer.writing import WritingDialog

LEFT = Qt.MouseButton.LeftButton
Importing = Callable[..., Hands]


@pytest.fixture
def filled(context: Context) -> Context:
    """A project with four documents and two tasks."""
    project, workspace = context.project.id, context.workspace
    names = ("Pump manual", "Pump drawing", "Tank manual", "Valve list")
    editing.add_many(workspace, register("documents"), project, [{"title": n, "number": n[:6]} for n in names])
    editing.add_many(workspace, register("tasks"), project, [{"name": "Flush"}, {"name": "Fill"}])
    return context


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open; it has no program for the second of them."""
    asked: list[str] = []
    monkeypatch.setattr(
        opening.QDesktopServices, "openUrl", lambda url: bool(asked.append(url.toLocalFile())) or len(asked) < 2
    )
    return asked


@pytest.fixture
def page(filled: Context, qtbot: QtBot) -> RegisterPage:
    """The documents filtered for pumps."""
    page = RegisterPage(filled, "documents")
    qtbot.addWidget(page)
    page.restore({"text": "Pump"})
    qtbot.waitUntil(lambda: not filled.jobs)
    return page


def shown(dialog: WritingDialog, qtbot: QtBot) -> WritingDialog:
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    return dialog


def click(dialog: WritingDialog, qtbot: QtBot, button: QPushButton | None = None) -> None:
    wanted = button or dialog.go
    assert wanted.isEnabled() and wanted.isVisible()
    qtbot.mouseClick(wanted, LEFT)
    qtbot.waitUntil(lambda: not dialog.work.busy, timeout=60_000)


def links(dialog: WritingDialog) -> list[QPushButton]:
    return [b for b in dialog.written.findChildren(QPushButton) if b.isVisible()]


def test_register_is_exported_as_it_is_seen(page: RegisterPage, filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled, page)
    shown(dialog, qtbot)
    assert dialog.as_seen.isChecked()
    assert dialog.as_seen.text() == "As on the page: its columns, 2 rows"
    click(dialog, qtbot)

    assert dialog.notice.sentence.text() == "2 rows were written to NH3 Documents.xlsx."
    book = openpyxl.load_workbook(tmp_path / "NH3 Documents.xlsx")
    cells = {c.value for sheet in book for row in sheet.iter_rows() for c in row}
    assert "Pump drawing" in cells
    assert "Valve list" not in cells


def test_whole_register_can_be_exported(page: RegisterPage, filled: Context, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled, page)
    shown(dialog, qtbot)
    dialog.all_rows.click()
    click(dialog, qtbot)

    assert dialog.notice.sentence.text() == "4 rows were written to NH3 Documents.xlsx."


@pytest.mark.parametrize(("suffix", "begins"), [(".pdf", b"%PDF"), (".xml", b"<?xml"), (".ics", b"BEGIN:VCALENDAR")])
def test_plan_goes_out_in_every_format(
    filled: Context, tmp_path: Path, qtbot: QtBot, suffix: str, begins: bytes
) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("tasks"))
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    click(dialog, qtbot)

    assert (tmp_path / f"NH3 Tasks{suffix}").read_bytes().startswith(begins)


def test_only_the_plan_offers_the_formats_of_planning_programs(filled: Context, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("people"))

    assert [dialog.kind.itemData(n) for n in range(dialog.kind.count())] == [".xlsx", ".csv", ".pdf"]


def test_file_in_the_way_is_asked_about_and_then_replaced(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("documents"))
    there = tmp_path / "NH3 Documents.xlsx"
    there.write_text("mine")
    click(dialog, qtbot)
    assert there.read_text() == "mine"
    assert dialog.go.text() == "Replace 1 file"
    assert "would be replaced: NH3 Documents.xlsx" in dialog.notice.sentence.text()
    click(dialog, qtbot)

    assert there.read_bytes().startswith(b"PK")


def test_another_name_takes_the_question_back(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "NH3 Tasks.xlsx").write_text("mine")
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("tasks"))
    click(dialog, qtbot)
    dialog.file.edit.selectAll()
    qtbot.keyClicks(dialog.file.edit, str(tmp_path / "other"))
    assert dialog.go.text() == "Export"
    click(dialog, qtbot)

    assert (tmp_path / "other.xlsx").exists()
    assert (tmp_path / "NH3 Tasks.xlsx").read_text() == "mine"


def test_what_was_written_can_be_opened(filled: Context, tmp_path: Path, qtbot: QtBot, opened: list[str]) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("tasks"))
    dialog.open_after.click()
    click(dialog, qtbot)
    assert opened == []
    for link in links(dialog)[:2]:
        click(dialog, qtbot, link)

    assert opened == [str(tmp_path / "NH3 Tasks.xlsx"), str(tmp_path)]
    assert "no program that opens" in dialog.notice.sentence.text()


def test_the_paths_of_what_was_written_go_to_the_clipboard(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("tasks"))
    click(dialog, qtbot)
    click(dialog, qtbot, next(link for link in links(dialog) if link.text() == "Copy the path"))

    assert QApplication.clipboard().text() == str(tmp_path / "NH3 Tasks.xlsx")
    assert dialog.notice.sentence.text() == "The path is on the clipboard."


def test_folder_opens_afterwards_unless_it_was_unticked(
    filled: Context, tmp_path: Path, qtbot: QtBot, opened: list[str]
) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    click(dialog, qtbot)
    assert opened == [str(tmp_path)]
    dialog.open_after.click()

    assert not PackDialog(filled).open_after.isChecked()


def test_file_that_is_open_in_excel_stays_and_one_click_writes_another(
    filled: Context, tmp_path: Path, qtbot: QtBot, held: set[str]
) -> None:
    held.add("NH3 Documents.xlsx")
    (tmp_path / "NH3 Documents.xlsx").write_text("open in Excel")
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.register.setCurrentIndex(dialog.register.findData("documents"))
    click(dialog, qtbot)
    assert not dialog.notice.other.isVisible()
    click(dialog, qtbot)
    assert dialog.notice.other.text() == "Write “NH3 Documents (1).xlsx”"
    click(dialog, qtbot, dialog.notice.other)

    assert dialog.notice.sentence.text() == "4 rows were written to NH3 Documents (1).xlsx."
    assert not dialog.notice.other.isVisible()
    assert (tmp_path / "NH3 Documents.xlsx").read_text() == "open in Excel"
    assert (tmp_path / "NH3 Documents (1).xlsx").read_bytes().startswith(b"PK")


def test_pack_of_which_a_file_is_open_goes_into_a_folder_of_its_own_by_one_click(
    filled: Context, tmp_path: Path, qtbot: QtBot, held: set[str]
) -> None:
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    names = [path.name for path in dialog.targets()]
    workbook = next(name for name in names if name.endswith(".xlsx"))
    (tmp_path / workbook).mkdir()
    click(dialog, qtbot)
    click(dialog, qtbot)
    own = tmp_path / f"{Path(workbook).stem} (1)"
    assert dialog.notice.other.text() == f"Write “{own.name}”"
    click(dialog, qtbot, dialog.notice.other)

    assert "The pack is ready" in dialog.notice.sentence.text()
    assert sorted(path.name for path in own.iterdir()) == sorted(names)


def test_folder_that_isnt_there_is_told_in_place(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(filled)
    shown(dialog, qtbot)
    dialog.file.edit.setText(str(tmp_path / "nowhere" / "plan.xlsx"))
    click(dialog, qtbot)

    assert "isn't there" in dialog.notice.sentence.text()
    assert dialog.form.isVisible()


def test_pack_of_chosen_chapters_is_made(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    dialog.chapters.setFocus()
    qtbot.keyClick(dialog.chapters, Qt.Key.Key_Space)
    assert dialog.go.text() == f"Make the pack of {len(parts()) - 1} chapters"
    dialog.folder.edit.setText(str(tmp_path / "out"))
    click(dialog, qtbot)

    assert "The pack is ready" in dialog.notice.sentence.text()
    assert {p.suffix for p in (tmp_path / "out").iterdir()} == {".pdf", ".xlsx", ".json"}
    again = PackDialog(filled)
    qtbot.addWidget(again)
    assert again.folder.path() == tmp_path / "out"
    assert again.chosen() == tuple(c.key for c in parts()[1:])


@pytest.mark.parametrize(
    ("undo", "said"),
    [
        (lambda d: [d.pdf.setChecked(False), d.workbook.setChecked(False)], "Choose PDF, Excel or both."),
        (lambda d: d.folder.edit.clear(), "Choose the folder for the files."),
    ],
)
def test_pack_without_form_or_place_is_refused(
    filled: Context, qtbot: QtBot, undo: Callable[[PackDialog], object], said: str
) -> None:
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    undo(dialog)
    click(dialog, qtbot)

    assert dialog.notice.sentence.text() == said


def test_stopped_pack_leaves_nothing(
    filled: Context, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = threading.Event()

    def endless(*_args: object, progress: Progress, **_kw: object) -> None:
        while True:
            step(progress, 1, 2, "Page by page")
            pause.wait(0.005)

    monkeypatch.setattr(pack_dialog, "make_pack", endless)
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    dialog.folder.edit.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: dialog.work.what.text() == "Page by page" and dialog.work.stop.isVisible())
    click(dialog, qtbot, dialog.work.stop)

    assert dialog.notice.sentence.text() == "Stopped. Nothing was written."
    assert dialog.go.isEnabled()
    assert not (tmp_path / "out").exists()


def test_changed_and_missing_files_of_a_pack_are_told(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    made = PackDialog(filled)
    shown(made, qtbot)
    made.folder.edit.setText(str(tmp_path / "out"))
    click(made, qtbot)
    check = VerifyDialog(filled)
    shown(check, qtbot)
    click(check, qtbot)
    assert check.notice.sentence.text() == "All 2 files are as they were when the pack was made."
    (pdf,) = (tmp_path / "out").glob("*.pdf")
    pdf.write_bytes(b"forged")
    (book,) = (tmp_path / "out").glob("*.xlsx")
    book.unlink()
    click(check, qtbot)

    head = check.found.topLevelItem(0)
    assert head is not None
    assert [head.child(n).text(1) for n in range(head.childCount())] == ["Changed", "Missing"]
    assert check.notice.sentence.text() == "2 files aren't as they were when the pack was made."


def test_stranger_in_a_pack_and_what_the_workspace_never_issued_are_told(
    filled: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    out = tmp_path / "out"
    made = make_pack(filled.workspace, filled.workspace.only_project(), out, chapters=("summary",), issue=Issue())
    check = VerifyDialog(filled)
    shown(check, qtbot)
    check.folder.edit.setText(str(made.pdf))
    click(check, qtbot)
    head = check.found.topLevelItem(0)
    assert head is not None
    assert [head.child(n).text(1) for n in range(head.childCount())] == [
        "As it was", "As it was", "As it was", "As it was issued",
    ]  # fmt: skip

    (out / "annex.txt").write_text("slipped in", encoding="utf-8")
    check.folder.edit.setText(str(out))
    click(check, qtbot)
    assert check.notice.sentence.text() == "1 file lies there that doesn't belong to the pack."

    said = json.loads(made.manifest.read_text(encoding="utf-8"))
    made.manifest.write_text(json.dumps(said | {"edition": 7}), encoding="utf-8")
    click(check, qtbot)
    assert check.notice.sentence.text() == f"The workspace has issued no {said['number']}, edition 7."


def test_folder_without_a_pack_is_told(filled: Context, tmp_path: Path, qtbot: QtBot) -> None:
    check = VerifyDialog(filled)
    shown(check, qtbot)
    check.folder.edit.setText(str(tmp_path))
    click(check, qtbot)

    assert "There is no manifest of a pack" in check.notice.sentence.text()


def test_labels_stand_over_editors_with_names(filled: Context, qtbot: QtBot) -> None:
    for dialog in (ExportDialog(filled), PackDialog(filled), VerifyDialog(filled)):
        shown(dialog, qtbot)
        for editor in dialog.form.findChildren(QWidget):
            if editor.focusPolicy() & Qt.FocusPolicy.TabFocus and editor.isVisible() and not editor.objectName():
                text = editor.accessibleName() or (editor.text() if hasattr(editor, "text") else "")
                assert text, f"{type(editor).__name__} in {type(dialog).__name__}"


@pytest.mark.parametrize(("code", "head"), [("en", "Title *"), ("zh", "文件名称 *")])
def test_blank_workbook_is_written_filled_in_and_imported(
    filled: Context, tmp_path: Path, qtbot: QtBot, importing: Importing, code: str, head: str
) -> None:
    dialog = TemplateDialog(filled, "documents")
    shown(dialog, qtbot)
    dialog.language.setCurrentIndex(dialog.language.findData(code))
    click(dialog, qtbot)
    path = tmp_path / "Documents to fill in.xlsx"
    assert dialog.notice.sentence.text() == "Documents to fill in.xlsx is ready to be filled in."
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (column,) = (c.column for c in sheet[1] if c.value == head)
    sheet.cell(3, column, "Crane manual")
    book.save(path)
    hands = importing(path, "documents")
    hands.go_on(4)

    titles = [r.what for r in hands.wizard.done_step.done if r.outcome == "new"]
    assert len(titles) == 1
    assert len(hands.names("documents")) == 5


def test_wizard_leads_to_the_blank_workbook(importing: Importing, context: Context) -> None:
    hands = importing(into="documents")
    hands.click(hands.wizard.file_step.template)

    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, TemplateDialog) and w.isVisible())
    assert dialog.register.currentData() == "documents"
    dialog.close()


def test_dossier_of_named_systems_is_made_and_what_was_lost_is_told(
    filled: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    with filled.workspace.edit("Add", project=filled.project.id) as work:
        work.add(System(code="S77", name="Rocket 🚀"))
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    assert not dialog.about_box.isVisible()
    dialog.kind.setCurrentIndex(dialog.kind.findText("Dossier of systems"))
    assert dialog.about_box.isVisible()
    dialog.folder.edit.setText(str(tmp_path / "out"))
    click(dialog, qtbot)
    assert dialog.notice.sentence.text() == "Name the systems that the dossier is about."

    dialog.about.setText("S77")
    dialog.workbook.setChecked(False)
    click(dialog, qtbot)

    assert "U+1F680" in dialog.notice.sentence.text()
    assert [path.suffix for path in sorted((tmp_path / "out").iterdir())] == [".json", ".pdf"]


def test_defined_pack_is_offered_with_its_choices(filled: Context, qtbot: QtBot) -> None:
    with filled.workspace.edit("Define", project=filled.project.id) as work:
        monthly = PackDefinition(name="Monthly", language="zh", purpose="review", chapters="summary,sign_off")
        work.add(monthly)
    dialog = PackDialog(filled)
    shown(dialog, qtbot)
    dialog.kind.setCurrentIndex(dialog.kind.findText("Monthly"))

    assert dialog.language.currentData() == "zh"
    assert dialog.purpose.currentData() == "review"
    assert dialog.chosen() == ("summary", "sign_off")
