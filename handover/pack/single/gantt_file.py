"""The Gantt chart on its own, as a PDF of as many pages as it needs."""

from __future__ import annotations

from pathlib import Path

from handover import clock
from handover.errors import NotValid
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model import Project
from handover.pack.contents import single_outline
from handover.pack.gantt import gantt_pages
from handover.pack.outline import Section
from handover.pack.pdf.document import write_pdf
from handover.store import Workspace
from handover.wording import Language, said


@clock.at_source_date()
def write_gantt(
    workspace: Workspace,
    project: Project,
    path: Path,
    *,
    language: Language = "en",
    baseline_id: str | None = None,
    progress: Progress = unattended,
) -> int:
    """Write the chart of a project; returns how many pages it took.

    Args:
        baseline_id: the baseline under the bars; the newest by default, none for an empty key.

    Raises:
        NotValid: the plan has no tasks.
        Cancelled, HandoverError: as ``write_pdf``; what stood at ``path`` is as it was.
    """
    with workspace.read() as connection:
        pages = gantt_pages(connection, project.id, baseline_id)
    if not tuple(pages.drawings):
        raise NotValid(N_("The plan has no tasks yet, so there is nothing to draw."))
    section = Section("gantt", said(N_("Gantt chart")), (pages,))
    outline = single_outline(workspace, project, language, section, "GANTT")
    return write_pdf(outline, path, progress=progress).pages
