"""What goes out of the program: exports, packs, templates, issued papers."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.pack.contents import outline_of
from handover.pack.issuing import issue
from handover.pack.produce import packs_in_force
from handover.registers.catalogue import paper
from tests.gallery.opening import Scenes, register_page, wait
from ui.chapters.issued import PaperPanel
from ui.transfer.export_dialog import ExportDialog, PackDialog
from ui.transfer.reports import ReportsDialog
from ui.transfer.sign_dialog import SignDialog
from ui.transfer.template_dialog import TemplateDialog
from ui.transfer.verify_dialog import VerifyDialog
from ui.window.window import MainWindow


def _export(window: MainWindow) -> QWidget:
    return ExportDialog(window.context)


def _pack(window: MainWindow) -> QWidget:
    dialog = PackDialog(window.context)
    dialog.open()
    wait(lambda: not dialog.preview.sheet.pixmap().isNull())
    return dialog


def _issue_pack(window: MainWindow) -> QWidget:
    dialog = PackDialog(window.context)
    dialog.choose_issue(None)
    dialog.chapters.setCurrentRow(1)
    dialog.open()
    wait(lambda: not dialog.preview.sheet.pixmap().isNull())
    return dialog


def _paper_panel(window: MainWindow) -> PaperPanel:
    """The tab of an issued pack that is superseded by its next edition."""
    context = window.context
    project = context.workspace.project(context.project.code)
    outline = outline_of(context.workspace, project, "both", ("summary", "sign_off"))
    supersedes = None
    with context.workspace.read() as connection:
        there = packs_in_force(connection, project.id)
    for _edition in range(0 if there else 2):
        supersedes = issue(context.workspace, project.id, outline, paper("pack"), supersedes=supersedes).id
    shown = register_page(window, "issued", view="", details=True)
    shown.table.go_to(1, 0)
    (panel,) = shown.detail.tabs.findChildren(PaperPanel)
    shown.detail.tabs.setCurrentWidget(panel)
    return panel


def _issued_paper(window: MainWindow) -> None:
    """What is said when an issued pack is compared."""
    panel = _paper_panel(window)
    panel.verify.click()
    wait(lambda: bool(panel.verdict.text()))


def _sign(window: MainWindow) -> QWidget:
    return SignDialog(window.context, _paper_panel(window)._paper, window)


def _check_pack(window: MainWindow) -> QWidget:
    return VerifyDialog(window.context)


def _reports(window: MainWindow) -> QWidget:
    return ReportsDialog(window.context)


def _template(window: MainWindow) -> QWidget:
    return TemplateDialog(window.context, "documents")


def scenes() -> Scenes:
    """The dialogs that write files, and a paper that was issued."""
    yield "dialog-export", _export
    yield "dialog-pack", _pack
    yield "dialog-pack-issue", _issue_pack
    yield "dialog-template", _template
    yield "dialog-check-pack", _check_pack
    yield "dialog-import-reports", _reports
    yield "register-issued-paper", _issued_paper
    yield "paper-sign", _sign
