"""The tab of an issued paper: open, save, compare, next edition."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handover.pack.issuing import issue
from handover.registers.acts.taking import step_of, take
from handover.registers.catalogue import paper, register
from tests.pack.sample import a_pack
from tests.ui.register.conftest import Using
from ui.chapters.issued import PaperPanel
from ui.shell.context import Context
from ui.transfer import opening
from ui.transfer.pack_dialog import PackDialog


@pytest.fixture
def panel(context: Context, using: Callable[..., Using]) -> PaperPanel:
    """The register of issued papers with one pack in it, its tab in view."""
    issue(context.workspace, context.project.id, a_pack(2, 2), paper("pack"))
    at = using("issued", details=True)
    at.go(0, "number")
    (found,) = at.page.detail.tabs.findChildren(PaperPanel)
    at.page.detail.tabs.setCurrentWidget(found)
    return found


def pdf_of(context: Context) -> Path:
    with context.workspace.read() as connection:
        sha256 = connection.exec_driver_sql("SELECT pdf_sha256 FROM issued").scalar()
    return context.workspace.blobs.path_of(str(sha256))


def test_the_pdf_is_saved_as_it_was_issued(panel: PaperPanel, context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    panel.save_to(tmp_path / "a.pdf")
    qtbot.waitUntil(lambda: not context.jobs)

    assert (tmp_path / "a.pdf").read_bytes() == pdf_of(context).read_bytes()


def test_a_copy_of_the_pdf_is_opened(
    panel: PaperPanel, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(opening.QDesktopServices, "openUrl", lambda url: bool(asked.append(url.toLocalFile())) or True)

    panel.open_pdf.click()
    qtbot.waitUntil(lambda: bool(asked))

    assert Path(asked[0]).read_bytes() == pdf_of(context).read_bytes()
    assert Path(asked[0]) != pdf_of(context)
    assert f"{context.project.code}-HP-001" in Path(asked[0]).name


def test_the_comparison_says_how_it_is(panel: PaperPanel, context: Context, qtbot: QtBot) -> None:
    panel.verify.click()
    qtbot.waitUntil(lambda: bool(panel.verdict.text()))
    assert "as it was issued, and prints the same again" in panel.verdict.text()

    panel.verdict.clear()
    pdf_of(context).chmod(0o644)
    pdf_of(context).unlink()
    panel.verify.click()
    qtbot.waitUntil(lambda: bool(panel.verdict.text()))
    assert "lost or changed, but prints the same again" in panel.verdict.text()


def test_the_next_edition_is_chosen_in_the_dialog(panel: PaperPanel, qtbot: QtBot) -> None:
    panel.renew.click()

    dialog = panel.dialog
    assert isinstance(dialog, PackDialog)
    qtbot.addWidget(dialog)
    assert "edition 2 of" in dialog.issue.currentText()


def test_a_void_paper_has_no_next_edition(panel: PaperPanel, context: Context, qtbot: QtBot) -> None:
    issued = register("issued")
    key = panel._paper
    take(context.workspace, issued, context.project.id, [key], step_of(issued, "void"), {"void_because": "wrong"})
    qtbot.waitUntil(lambda: not context.jobs)

    panel.show_row(key)

    assert panel.renew.isHidden()
    assert not panel.open_pdf.isHidden()


def test_papers_are_not_added_by_hand(context: Context, using: Callable[..., Using]) -> None:
    at = using("issued")

    assert at.page.add_action not in at.page.page_actions()
    assert not at.page.add_action.isEnabled()
    assert at.page.empty.add.isHidden()
    assert at.page.empty.bring.isHidden()
