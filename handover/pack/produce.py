"""Making packs and exports: from a project in a workspace to files in a folder."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile

from sqlalchemy import Connection

from handover import clock
from handover.errors import HandoverError, NotValid
from handover.file_names import safe_name
from handover.i18n import LANGUAGES, N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.issued import PACK_PURPOSE
from handover.model.project import Project
from handover.pack.contents import PackContents, draft_stem, outline_of, pack_title, single_outline
from handover.pack.delivery import refuse_held, together
from handover.pack.excel.bars import PlanBars, plan_bars
from handover.pack.excel.workbook import write_excel
from handover.pack.issuing import Paper, in_force, issuing, stem_of
from handover.pack.manifest import SUFFIX, checksum, write_manifest
from handover.pack.outline import PackOutline, Section
from handover.pack.packs.annexes import annexes_mark
from handover.pack.packs.controlled import FileMark
from handover.pack.packs.editions import with_former, with_revisions
from handover.pack.packs.embedding import embedded_files
from handover.pack.packs.kinds import PackKind, pack_kind
from handover.pack.packs.losses import NOTHING_LOST, PackLosses
from handover.pack.packs.sign_page import bound_to, warnings_of
from handover.pack.pdf.document import write_pdf
from handover.pack.single.csv_file import write_csv
from handover.pack.tables import register_table
from handover.registers.catalogue import paper as paper_of
from handover.registers.catalogue import plan_register
from handover.registers.colouring import ToldRule
from handover.registers.declare import Field, Register
from handover.registers.numbering import all_series
from handover.registers.odd_values import PLAN, refuse_odd_values
from handover.registers.query import Query, every
from handover.registers.scheduling.chart import read_chart
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.wording import Language, Text, said

#: The kind of paper that a pack is.
_PAPER = "pack"


@dataclass(frozen=True, slots=True)
class Issue:
    """That a pack is to be issued: under a new number, or as the next edition of the one in force with a key.

    Args:
        purpose: a code of ``PACK_PURPOSE``.
        changes: in a few words what the edition changes.
    """

    supersedes: str | None = None
    purpose: str | None = None
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """The files of a pack, and the paper that it is where it was issued.

    Args:
        losses: what the files don't show as it was entered.
        warnings: what is odd about it otherwise, such as who signs.
    """

    folder: Path
    pdf: Path | None
    workbook: Path | None
    manifest: Path
    paper: Paper | None = None
    losses: PackLosses = NOTHING_LOST
    warnings: tuple[Text, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that were written."""
        return tuple(p for p in (self.pdf, self.workbook, self.manifest) if p is not None)


@dataclass(frozen=True, slots=True)
class _Written:
    """What is to be written of a pack: its outline, as files of which kinds, the bars of its plan, one in the other."""

    outline: PackOutline
    suffixes: tuple[str, ...]
    bars: PlanBars | None
    embed: bool = False


@clock.at_source_date()
def make_pack(
    workspace: Workspace,
    project: Project,
    folder: Path,
    *,
    language: str = "both",
    chapters: tuple[str, ...] = (),
    pdf: bool = True,
    workbook: bool = True,
    issue: Issue | None = None,
    contents: PackContents | None = None,
    embed: bool = False,
    tagged: bool = False,
    source: str = "hand",
    progress: Progress = unattended,
) -> Pack:
    """Write the handover pack of a project into a folder, which is made when it isn't there.

    Args:
        language: ``en``, ``zh`` or ``both``.
        chapters: the keys of ``contents.parts()`` that go in; all by default.
        issue: issue it; without, it is a draft, says so, and has no number of the series.
        contents: which kind of pack it is, what it is about, and what makes it a controlled paper.
        embed: the workbook and a manifest stand in the PDF, too, which is then one of PDF/A-3.
        tagged: the PDF tells its structure to those who have it read to them.

    Raises:
        ReadOnly: it is to be issued, and the workspace can't be written.
        NotValid: it is to be issued without a PDF, which is what is issued.
        TargetHeld: a file of that name is open in another program; nothing was issued, and a folder is offered.
        Cancelled: the user stopped; the folder is as it was, and nothing was issued.
        HandoverError: a file can't be written; the folder is as it was. Whether it was issued all the same is said.
    """
    chosen, asked = language_of(language), contents or PackContents()
    if embed and not (pdf and workbook):
        raise NotValid(N_("To have the workbook in the PDF, choose both."))
    if issue is not None and not pdf:
        raise NotValid(N_("A pack is issued as a PDF. Choose PDF, too."))
    with workspace.read() as connection:
        refuse_odd_values(connection, project.id)
    asked = with_former(workspace, asked, issue.supersedes if issue else None)
    if issue is not None and issue.purpose:
        asked = replace(asked, control=replace(asked.control, purpose=said(PACK_PURPOSE[issue.purpose].name)))
    outline = replace(outline_of(workspace, project, chosen, chapters, asked), tagged=tagged)
    bars = _bars(workspace, project, chosen) if workbook and _holds_plan(outline) else None
    suffixes = tuple(s for s, wanted in ((".pdf", pdf), (".xlsx", workbook)) if wanted)
    written = _Written(outline, suffixes, bars, embed)
    if issue is None:
        return _draft(project, folder, written, asked.kind, progress)
    return _issue(workspace, project, folder, written, issue, asked, source, progress)


def _holds_plan(outline: PackOutline) -> bool:
    return any(table.key == plan_register().key for table in outline.tables())


def _draft(project: Project, folder: Path, written: _Written, kind: PackKind, progress: Progress) -> Pack:
    """Write a pack that isn't issued: the workbook first, so that the page to sign can name its checksum."""
    outline = written.outline
    stem = safe_name(draft_stem(project, outline.language, kind), "handover-pack")
    refuse_held(folder, _names(stem, written.suffixes))
    losses = NOTHING_LOST
    with together(folder) as stage:
        if ".xlsx" in written.suffixes:
            outline, losses = _workbook(outline, stage / f"{stem}.xlsx", written, progress)
        if ".pdf" in written.suffixes:
            step(progress, 0, 0, tr("Writing {file}", file=f"{stem}.pdf"))
            files = embedded_files(outline, lambda _: stage / f"{stem}.xlsx")
            losses = losses.with_printed(write_pdf(outline, stage / f"{stem}.pdf", progress=progress, files=files))
        write_manifest(outline, stage / f"{stem}{SUFFIX}", [stage / f"{stem}{suffix}" for suffix in written.suffixes])
    return _pack(folder, stem, written.suffixes, None, losses, warnings_of(outline))


def _workbook(
    outline: PackOutline, path: Path, written: _Written, progress: Progress
) -> tuple[PackOutline, PackLosses]:
    """Write the workbook of a pack; returns the outline that names its checksum, and what it doesn't show."""
    step(progress, 0, 0, tr("Writing {file}", file=path.name))
    tables = write_excel(outline, path, progress=progress, bars=written.bars)
    mark = FileMark(path.name, said(N_("Workbook")), checksum(path))
    outline = replace(outline, embeds=(mark,)) if written.embed else outline
    return bound_to(outline, (mark,)), NOTHING_LOST.with_tables(tables)


def _issue(
    workspace: Workspace,
    project: Project,
    folder: Path,
    written: _Written,
    issue: Issue,
    asked: PackContents,
    source: str,
    progress: Progress,
) -> Pack:
    """Issue a pack; its files come into the folder once it is issued, and are kept with the paper as well."""
    kind, paper, stem = paper_of(_PAPER), None, ""
    losses = NOTHING_LOST
    try:
        with together(folder) as stage:
            title = pack_title(written.outline.language, asked.kind)

            def prepare(outline: PackOutline, work: UnitOfWork) -> PackOutline:
                nonlocal stem, losses
                stem = safe_name(stem_of(outline.number, outline.edition, title), "handover-pack")
                refuse_held(folder, _names(stem, written.suffixes))
                outline = with_revisions(outline, work, issue.changes)
                if ".xlsx" in written.suffixes:
                    outline, losses = _workbook(outline, stage / f"{stem}.xlsx", written, progress)
                annexes = annexes_mark(outline)
                return outline if annexes is None else bound_to(outline, (annexes,))

            with issuing(
                workspace,
                project.id,
                written.outline,
                kind,
                supersedes=issue.supersedes,
                source=source,
                progress=progress,
                prepare=prepare,
                said_of_it={
                    "pack_kind": asked.kind.key,
                    "purpose": issue.purpose,
                    "changes": issue.changes or None,
                },
                files_in_it=lambda outline: embedded_files(outline, lambda _: stage / f"{stem}.xlsx"),
            ) as in_hand:
                given = in_hand.paper
                losses = losses.with_printed(in_hand.printed)
                copyfile(in_hand.pdf, stage / f"{stem}.pdf")
                if ".xlsx" in written.suffixes:
                    in_hand.keep(stage / f"{stem}.xlsx")
                files = [stage / f"{stem}{suffix}" for suffix in written.suffixes]
                in_hand.keep(write_manifest(in_hand.outline, stage / f"{stem}{SUFFIX}", files, in_hand.anchor))
            paper = given
    except (HandoverError, OSError) as error:
        if paper is None:
            raise
        raise HandoverError(
            N_(
                "{number} was issued, but its files couldn't be put into {folder}: {reason} They are kept with the"
                " paper in the register of issued papers; save them from there."
            ),
            number=paper.number,
            folder=str(folder),
            reason=str(error),
        ) from error
    return _pack(folder, stem, written.suffixes, paper, losses, warnings_of(written.outline))


def _pack(
    folder: Path,
    stem: str,
    suffixes: tuple[str, ...],
    paper: Paper | None,
    losses: PackLosses,
    warnings: tuple[Text, ...],
) -> Pack:
    of = {suffix: folder / f"{stem}{suffix}" for suffix in suffixes}
    return Pack(folder, of.get(".pdf"), of.get(".xlsx"), folder / f"{stem}{SUFFIX}", paper, losses, warnings)


def pack_names(
    workspace: Workspace,
    project: Project,
    *,
    language: str = "both",
    pdf: bool = True,
    workbook: bool = True,
    issue: Issue | None = None,
    kind: PackKind | None = None,
) -> tuple[str, ...]:
    """The names of the files that ``make_pack`` would write today."""
    of_kind = kind or pack_kind("full")
    stem = draft_stem(project, language_of(language), of_kind)
    if issue is not None:
        title = pack_title(language_of(language), of_kind)
        with workspace.read() as connection:
            former = {paper.id: paper for paper in packs_in_force(connection, project.id)}.get(issue.supersedes or "")
            following = next_pack_number(connection, project.id)
        stem = stem_of(former.number, former.edition + 1, title) if former else stem_of(following, 1, title)
    kinds = ((".pdf", pdf), (".xlsx", workbook))
    return _names(safe_name(stem, "handover-pack"), tuple(suffix for suffix, wanted in kinds if wanted))


def _names(stem: str, suffixes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{stem}{suffix}" for suffix in (*suffixes, SUFFIX))


def next_pack_number(connection: Connection, project_id: str) -> str:
    """The number that the next pack of a project would be issued under."""
    return next(series for series in all_series(connection, project_id) if series.paper.key == _PAPER).next_number


def packs_in_force(connection: Connection, project_id: str) -> tuple[Paper, ...]:
    """The packs that were issued and are neither superseded nor void, the newest first."""
    return in_force(connection, project_id, paper_of(_PAPER))


ROW_FILES = (".xlsx", ".csv", ".pdf")
"""The endings by which the rows of a register are written."""


@clock.at_source_date()
def export_register(
    workspace: Workspace,
    project: Project,
    register: Register,
    path: Path,
    *,
    query: Query | None = None,
    fields: tuple[Field, ...] = (),
    internal: Collection[str] = (),
    rules: tuple[ToldRule, ...] = (),
    language: str = "en",
    tagged: bool = False,
    progress: Progress = unattended,
) -> int:
    """Write rows of a register as a workbook or, for ``.pdf`` and ``.csv``, as such; returns how many rows there were.

    Args:
        fields: the columns in print; those that the register shows by default.
        internal: internal fields that are asked for by name; others of them are left out.
        rules: by which rows take colours in a workbook or a document.
        tagged: a PDF tells its structure to those who have it read to them.

    Raises:
        NotValid: an internal field that there isn't, or another ending.

    The workbook carries each row's reference, so that it comes back as changes when somebody has filled it in.
    """
    if path.suffix.lower() not in ROW_FILES:
        raise NotValid(N_("“{name}” must end in .xlsx, .csv or .pdf."), name=path.name)
    with workspace.read() as connection:
        refuse_odd_values(connection, project.id, (PLAN if register.links else frozenset()) | {register.table.name})
    for name in internal:
        if not register[name].internal:
            raise NotValid(N_("{field} isn't internal: it is in every export."), field=register[name].label)
    plain = path.suffix.lower() == ".csv"
    told = () if plain else rules
    table = register_table(workspace, register, project.id, query, fields=fields, internal=internal, rules=told)
    if plain:
        write_csv(table, path, language_of(language), progress)
        return table.count or 0
    section = Section(register.key, said(register.name), (table,))
    outline = single_outline(workspace, project, language_of(language), section, register.model.prefix)
    if path.suffix.lower() == ".pdf":
        write_pdf(replace(outline, tagged=tagged), path, progress=progress)
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
