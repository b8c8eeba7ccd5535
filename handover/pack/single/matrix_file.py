"""A matrix on its own, as a PDF or as a workbook that comes back as changes."""

from __future__ import annotations

from pathlib import Path

from handover import clock
from handover.jobs import Progress, unattended
from handover.model import Project
from handover.pack.contents import single_outline
from handover.pack.matrices import matrix_block
from handover.pack.outline import Section
from handover.pack.single.by_ending import refuse_other_endings, write_outline
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
    refuse_other_endings(path)
    with workspace.read() as connection:
        block = matrix_block(connection, matrix, project.id, down, across)
    section = Section(matrix.key, said(matrix.name), (block,))
    outline = single_outline(workspace, project, language, section, matrix.key.upper().replace("_", "-"))
    write_outline(outline, path, progress)
    return len(block.down), len(block.across)
