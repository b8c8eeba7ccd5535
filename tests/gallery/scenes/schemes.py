"""Schemes of documents, the next revision, what is noticed, what came in, and the comment sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path

from openpyxl import Workbook
from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Scenes, in_state, page, register_page, wait
from ui.chapters.sending.comment_sheet import CommentSheetDialog
from ui.chapters.sending.revision_acts import RevisionForm
from ui.transfer.transmittal_in import TransmittalInDialog
from ui.window.window import MainWindow

_CAME = [
    ["Document transmittal / 文件移交单", None, None, None],
    ["Transmittal No.:", "BA-HT-TR-0041", "Date:", "2026-11-12"],
    ["From:", "Brandt Automation (China) Co., Ltd.", "To:", "Chen Zhiqiang"],
    ["Document no.", "Title", "Revision", "Pages"],
    ["NEV01-BIW10-ME-DWG-002", "As-built drawings of the front and rear floor fixtures", "B", 16],
    ["NEV01-BIW10-ME-MAN-001", "Underbody welding line manual", "0", 103],
    ["NEV01-BIW10-ME-REP-001", "FAT report", "A", 13],
    ["NEV01-BIW10-QA-XX-1", "Weld map of the underbody", "A", 4],
]


def _noticed(window: MainWindow) -> None:
    shown = register_page(window, "documents", view="noticed", details=True)
    wait(lambda: shown.model.rowCount() > 0)
    shown.table.go_to(0, 0)
    titles = [shown.detail.tabs.tabText(at) for at in range(shown.detail.tabs.count())]
    shown.detail.tabs.setCurrentIndex(
        next(at for at, title in enumerate(titles) if title.startswith(("Noticed", "需留意")))
    )
    wait(lambda: not window.context.jobs)


def _revise(window: MainWindow) -> QWidget:
    shown = in_state(window, "documents", "returned")
    RevisionForm.ask(window.context, shown.acts.chosen(), shown)
    return window.findChildren(RevisionForm)[-1]


def _came(window: MainWindow) -> QWidget:
    book = Workbook()
    assert book.active is not None
    for row in _CAME:
        book.active.append(row)
    path = Path(tempfile.mkdtemp(prefix="handover-gallery-")) / "BA-HT-TR-0041.xlsx"
    book.save(path)
    dialog = TransmittalInDialog(window.context, path, window)
    dialog.open()
    wait(lambda: dialog.run_ is not None)
    return dialog


def _sheet(window: MainWindow) -> QWidget:
    shown = in_state(window, "documents", "in_review")
    next(a for a in shown.page_actions() if a.text().startswith(("Comment sheet", "意见表"))).trigger()
    return window.findChildren(CommentSheetDialog)[-1]


def scenes() -> Scenes:
    """The registers of schemes, and the dialogs of documents that come."""
    yield "schemes-numbers", page("number-schemes")
    yield "schemes-revisions", page("revision-schemes")
    yield "schemes-noticed", _noticed
    yield "schemes-revise", _revise
    yield "transmittal-in", _came
    yield "comment-sheet", _sheet
