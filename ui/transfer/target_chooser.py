"""The dialog that asks under which name a file is written, where it may be of several kinds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from handover.file_names import safe_name
from ui.shell.context import Context
from ui.transfer.writing import last_folder


def target_chooser(
    context: Context, parent: QWidget, title: str, stem: str, kinds: Sequence[tuple[str, str]]
) -> QFileDialog:
    """A dialog for a file of one of the kinds, given by name and ending; the first is proposed, in the last folder."""
    filters = {f"{name} (*.{ending})": ending for name, ending in kinds}
    proposed = last_folder(context) / safe_name(f"{stem}.{kinds[0][1]}")
    chooser = QFileDialog(parent, title, str(proposed), ";;".join(filters))
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setDefaultSuffix(kinds[0][1])
    chooser.filterSelected.connect(lambda chosen: chooser.setDefaultSuffix(filters[chosen]))
    return chooser
