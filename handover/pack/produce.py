"""Making packs and exports: from a project in a workspace to files in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handover.errors import NotValid
from handover.file_names import safe_name
from handover.i18n import LANGUAGES, N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.project import Project
from handover.pack.contents import file_stem, outline_of, single_outline
from handover.pack.delivery import together
from handover.pack.excel import write_excel
from handover.pack.excel_bars import PlanBars, plan_bars
from handover.pack.manifest import SUFFIX, write_manifest
from handover.pack.outline import Section
from handover.pack.pdf import write_pdf
from handover.pack.tables import register_table
from handover.registers.catalogue import plan_register
from handover.registers.chart import read_chart
from handover.registers.declare import Field, Register
from handover.registers.query import Query, every
from handover.store.workspace import Workspace
from handover.wording import Language, said


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack."""

    folder: Path
    pdf: Path | None
    workbook: Path | None
    manifest: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that were written."""
        return tuple(p for p in (self.pdf, self.workbook, self.manifest) if p is not None)


def make_pack(
    workspace: Workspace,
    project: Project,
    folder: Path,
    *,
    language: str = "both",
    chapters: tuple[str, ...] = (),
    pdf: bool = True,
    workbook: bool = True,
    progress: Progress = unattended,
) -> Pack:
    """Write the handover pack of a project into a folder, which is made when it isn't there.

    Args:
        language: ``en``, ``zh`` or ``both``.
        chapters: the keys of ``contents.parts()`` that go in; all by default.

    Raises:
        Cancelled: the user stopped; the folder is as it was.
        HandoverError: a file can't be written; the folder is as it was.
    """
    outline = outline_of(workspace, project, language_of(language), chapters)
    stem = safe_name(file_stem(project, outline.language), "handover-pack")
    names = [f"{stem}{suffix}" for suffix, wanted in ((".pdf", pdf), (".xlsx", workbook)) if wanted]
    with together(folder) as stage:
        for name in names:
            step(progress, 0, 0, tr("Writing {file}", file=name))
            if name.endswith(".pdf"):
                write_pdf(outline, stage / name, progress=progress)
            else:
                bars = (
                    _bars(workspace, project, outline.language)
                    if not chapters or plan_register().key in chapters
                    else None
                )
                write_excel(outline, stage / name, progress=progress, bars=bars)
        write_manifest(outline, stage / f"{stem}{SUFFIX}", [stage / name for name in names])
    by_suffix = {Path(name).suffix: folder / name for name in names}
    return Pack(folder, by_suffix.get(".pdf"), by_suffix.get(".xlsx"), folder / f"{stem}{SUFFIX}")


def pack_names(project: Project, *, language: str = "both", pdf: bool = True, workbook: bool = True) -> tuple[str, ...]:
    """The names of the files that ``make_pack`` would write today."""
    stem = safe_name(file_stem(project, language_of(language)), "handover-pack")
    return tuple(f"{stem}{s}" for s, wanted in ((".pdf", pdf), (".xlsx", workbook), (SUFFIX, True)) if wanted)


def export_register(
    workspace: Workspace,
    project: Project,
    register: Register,
    path: Path,
    *,
    query: Query | None = None,
    fields: tuple[Field, ...] = (),
    language: str = "en",
    progress: Progress = unattended,
) -> int:
    """Write rows of a register as a workbook or, for ``.pdf``, as a document; returns how many rows there were.

    Args:
        fields: the columns in print; those that the register shows by default.

    The workbook carries each row's reference, so that it comes back as changes when somebody has filled it in.
    """
    if path.suffix.lower() not in (".xlsx", ".pdf"):
        raise NotValid(N_("“{name}” must end in .xlsx or .pdf."), name=path.name)
    table = register_table(workspace, register, project.id, query, fields=fields)
    section = Section(register.key, said(register.name), (table,))
    outline = single_outline(workspace, project, language_of(language), section, register.model.prefix)
    if path.suffix.lower() == ".pdf":
        write_pdf(outline, path, progress=progress)
    else:
        bars = _bars(workspace, project, outline.language, query) if register.links else None
        write_excel(outline, path, progress=progress, bars=bars)
    return table.count or 0


def _bars(workspace: Workspace, project: Project, language: Language, query: Query | None = None) -> PlanBars | None:
    """The plan as a bar chart; of a query's tasks where there is one, with the summaries above them."""
    with workspace.read() as connection:
        chart = read_chart(connection, project.id, "")
        chosen = None
        if query and query != Query():
            chosen = {row.id for row in every(connection, plan_register(), project.id, query, ())}
    return plan_bars(chart, language, chosen)


def language_of(code: str) -> Language:
    """The language of a pack by its code. Raises NotValid, naming those that there are."""
    if code == "both":
        return "both"
    if code not in LANGUAGES:
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=code, allowed="en, zh, both")
    return "zh" if code == "zh" else "en"
