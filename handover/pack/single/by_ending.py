"""Writing an outline as the kind of file that the ending of its name says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from handover.errors import NotValid
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.pack.excel.workbook import write_excel
from handover.pack.outline import PackOutline
from handover.pack.pdf.document import write_pdf

_WRITERS: dict[str, Callable[..., object]] = {".pdf": write_pdf, ".xlsx": write_excel}


def refuse_other_endings(path: Path) -> None:
    """Raise NotValid for a file that is neither a PDF nor a workbook."""
    if path.suffix.lower() not in _WRITERS:
        raise NotValid(N_("“{name}” must end in .xlsx or .pdf."), name=path.name)


def write_outline(outline: PackOutline, path: Path, progress: Progress = unattended) -> None:
    """Write an outline as PDF or workbook.

    Raises:
        NotValid: ``path`` ends neither in .pdf nor in .xlsx.
        Cancelled, HandoverError: as the writers; what stood at ``path`` is as it was.
    """
    refuse_other_endings(path)
    _WRITERS[path.suffix.lower()](outline, path, progress=progress)
