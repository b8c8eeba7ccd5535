"""The charts of readiness in the pack, and the readiness pack: training, spare parts, emergency plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.pack.contents import outline_of
from handover.pack.issuing import Paper, in_force, issue
from handover.pack.outline import Block, Figure, PackOutline
from handover.pack.reading import PackReading
from handover.pack.single.by_ending import write_outline
from handover.registers.catalogue import paper as paper_of
from handover.registers.figures.readiness import readiness_charts
from handover.store.workspace import Workspace
from handover.wording import Language, said

KIND = "readiness_pack"
#: What stands in it: how ready operations is, the three, and the signatures.
_PARTS = ("readiness", "training", "spares", "emergency", "sign_off")


def more(reading: PackReading) -> tuple[Block, ...]:
    """The charts; nothing while there are no criteria."""
    if not reading.overview.total("criteria"):
        return ()
    with reading.workspace.read() as connection:
        charts = readiness_charts(connection, reading.project.id)
    return (
        Figure("readiness_areas", charts.areas, 220, charts.notes["areas"][0]),
        Figure("readiness_systems", charts.systems, 60 + 20 * len(charts.systems.rows)),
    )


def readiness_pack(workspace: Workspace, project: Project, language: Language) -> PackOutline:
    """The readiness pack as an outline, a draft until it is issued."""
    outline = outline_of(workspace, project, language, _PARTS)
    return replace(outline, title=said(N_("Readiness pack")),
                   subtitle=said(N_("Training, spare parts and emergency plans before start-up")))  # fmt: skip


def write_readiness_pack(workspace: Workspace, project: Project, path: Path, language: Language) -> None:
    """Write the readiness pack as a draft, as PDF or workbook. Raises NotValid for another ending."""
    outline = readiness_pack(workspace, project, language)
    write_outline(outline, path)


def issue_readiness_pack(
    workspace: Workspace, project: Project, language: Language = "both", progress: Progress = unattended
) -> Paper:
    """Issue the readiness pack as it stands now, in place of the one in force. Raises as ``issue``."""
    kind = paper_of(KIND)
    with workspace.read() as connection:
        former = in_force(connection, project.id, kind)
    supersedes = former[0].id if former else None
    outline = readiness_pack(workspace, project, language)
    return issue(workspace, project.id, outline, kind, supersedes=supersedes, progress=progress)
