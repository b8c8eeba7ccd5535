"""A paper whose file is open in another program is written under another name by one click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handover.registers import query
from handover.registers.catalogue import register
from tests.ui.transfer.test_writing import click, filled, shown
from ui.chapters.knowing.loss_dialog import LossPaperDialog
from ui.chapters.paper_dialogs import FormDialog, LabelDialog
from ui.shell.context import Context
from ui.transfer.into_file import FileDialog

__all__ = ["filled"]  # a fixture


def _labels(context: Context) -> FileDialog:
    documents = register("documents")
    with context.workspace.read() as connection:
        ids = [row.id for row in query.every(connection, documents, context.project.id, None, ())]
    return LabelDialog(context, documents, ids)


def _loss(context: Context) -> FileDialog:
    return LossPaperDialog(context, "tva", None)  # type: ignore[arg-type]  # over nothing


@pytest.mark.parametrize("make", [_labels, lambda c: FormDialog(c, register("documents")), _loss])
def test_paper_of_which_the_file_is_open_is_written_beside_it(
    filled: Context, tmp_path: Path, qtbot: QtBot, held: set[str], make: Callable[[Context], FileDialog]
) -> None:
    dialog = make(filled)
    shown(dialog, qtbot)
    path = dialog.file.path()
    held.add(path.name)
    path.write_text("open in another program")
    click(dialog, qtbot)
    click(dialog, qtbot)
    click(dialog, qtbot, dialog.notice.other)

    assert dialog.file.path() == path.with_name(f"{path.stem} (1){path.suffix}")
    assert dialog.file.path().read_bytes().startswith(b"%PDF")
    assert path.read_text() == "open in another program"
