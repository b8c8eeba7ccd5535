"""The files of a row: the tab, the preview, renaming and the scan of a folder."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QWidget
from reportlab.pdfgen.canvas import Canvas

from handover.registers.catalogue import register
from handover.registers.files import attachments
from tests.gallery.opening import Scenes, in_state, register_page, wait
from ui.register.files.attachments import AttachmentsPanel
from ui.register.files.preview import Preview
from ui.window.window import MainWindow


def _files(window: MainWindow) -> AttachmentsPanel:
    """The files of a document that isn't locked yet: a PDF, a picture and one that is missing."""
    shown = in_state(window, "documents", "issued")
    panel = shown.detail.beside["files"].tab
    assert isinstance(panel, AttachmentsPanel)
    shown.detail.tabs.setCurrentWidget(panel)
    wait(lambda: bool(panel.acts.row_id) and not window.context.jobs)
    if not panel.model.files:
        _attach_samples(window, panel.acts.row_id)
        wait(lambda: len(panel.model.files) == 3 and not window.context.jobs)
    return panel


def _attach_samples(window: MainWindow, row: str) -> None:
    folder = Path(os.environ["HANDOVER_HOME"])
    canvas = Canvas(str(folder / "Operating manual rev C.pdf"))
    for n in range(1, 13):
        canvas.drawString(80, 740, f"Operating manual, page {n}")
        canvas.showPage()
    canvas.save()
    Image.new("RGB", (640, 480), (90, 140, 170)).save(folder / "photo-2026-11-18-1.png")
    gone = folder / "as-built.dwg"
    gone.write_bytes(b"AC1032")
    context, documents = window.context, register("documents")
    names = ("Operating manual rev C.pdf", "photo-2026-11-18-1.png")
    attachments.attach(context.workspace, documents, context.project.id, [(row, folder / n) for n in names])
    attachments.link(context.workspace, documents, context.project.id, [(row, gone)])
    gone.unlink()


def _files_tab(window: MainWindow) -> None:
    _files(window)


def _preview(window: MainWindow) -> QWidget:
    panel = _files(window)
    panel.list.setCurrentIndex(panel.model.index(0))
    panel.preview_chosen()
    assert panel.preview is not None
    wait(lambda: not window.context.jobs)
    return panel.preview


def _file_name(window: MainWindow) -> QWidget:
    panel = _files(window)
    panel.acts.rename(panel.model.files[1])
    assert panel.acts.dialog is not None
    return panel.acts.dialog


def _file_scan(window: MainWindow) -> QWidget:
    shown = register_page(window, "documents", view="")
    shown.find_files()
    numbers = [str(shown.model.index(n, 0).data()) for n in range(6)]
    folder = Path(os.environ["HANDOVER_HOME"]) / "records"
    folder.mkdir(exist_ok=True)
    names = [f"{numbers[3]} rev Z.pdf", f"{numbers[4]}.pdf", f"copy of {numbers[4]}.pdf", "minutes.docx",
             f"{numbers[5]}.dwg", "scan 0017.pdf", numbers[2][:-1] + "x.pdf"]  # fmt: skip
    for n, name in enumerate(names):
        (folder / name).write_bytes(b"x" * 2048 if n in (1, 2) else bytes([65 + n]) * 2048)
    link = folder / "archive"
    if not link.is_symlink():
        link.symlink_to(folder.parent)
    shown.scan.look_in(folder)
    wait(lambda: not window.context.jobs)
    return shown.scan


def _preview_find(window: MainWindow) -> QWidget:
    preview = _preview(window)
    assert isinstance(preview, Preview)
    preview.look_for()
    preview.finding.edit.setText("manual")
    preview.finding.enter()
    wait(lambda: not window.context.jobs)
    return preview


def scenes() -> Scenes:
    """A document with a PDF, a picture and a file that is missing."""
    yield "register-files", _files_tab
    yield "dialog-preview", _preview
    yield "dialog-preview-find", _preview_find
    yield "dialog-file-name", _file_name
    yield "dialog-find-files", _file_scan
