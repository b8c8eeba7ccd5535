"""A matrix on its own, as a PDF or as a workbook that comes back as changes."""

from __future__ import annotations

from pathlib import Path

from handover import clock
from handover.errors import NotValid
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model import Project
from handover.pack.contents import single_outline
from handover.pack.excel.workbook import write_excel
from handover.pack.matrices import matrix_block
from handover.pack.outline import Section
from handover.pack.pdf.document import write_pdf
from handover.registers.matrix.declaration import Matrix
from handover.registers.matrix.reading import HeadsWanted
from handover.store import Workspace
from handover.wording import Language, said


@clock.at_source_date()
def write_matrix(
    workspace: Workspace,
    project: Project,
    matrix: Matrix,
    path: Path,
    *,
    language: Language = "en",
    down: HeadsWanted | None = None,
    across: HeadsWanted | None = None,
    progress: Progress = unattended,
) -> tuple[int, int]:
    """Write a matrix of a project; returns how many rows and columns it has.

    Raises:
        NotValid: ``path`` ends neither in .xlsx nor in .pdf.
        Cancelled, HandoverError: as the writers; what stood at ``path`` is as it was.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".pdf"):
        raise NotValid(N_("“{name}” must end in .xlsx or .pdf."), name=path.name)
    with workspace.read() as connection:
        block = matrix_block(connection, matrix, project.id, down, across)
    section = Section(matrix.key, said(matrix.name), (block,))
    outline = single_outline(workspace, project, language, section, matrix.key.upper().replace("_", "-"))
    if suffix == ".pdf":
        write_pdf(outline, path, progress=progress)
    else:
        write_excel(outline, path, progress=progress)
    return len(block.down), len(block.across)
