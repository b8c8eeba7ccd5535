"""Acceptance on paper: the sheet on which readings are written down, the chain of one parameter, charts in the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handover.i18n import N_, in_language
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.results import RESULT, overall
from handover.model.project import Project
from handover.model.system import System
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.outline import Block, Fact, Facts, Figure, PackOutline, Section, TableBlock, TableColumn
from handover.pack.paper_steps import in_force_of
from handover.pack.reading import PackReading
from handover.registers.acceptance.chain import ChainLink, ParameterChain, chain_of
from handover.registers.acceptance.measuring import ToMeasure, to_measure
from handover.registers.catalogue import paper as paper_of
from handover.registers.figures.acceptance_charts import acceptance_charts
from handover.store.workspace import Workspace
from handover.values.moments import day_of
from handover.values.print_forms import DAY, LONG
from handover.wording import Language, Text, Words, said, shown

_BOTH: tuple[Language, Language] = ("en", "zh")
#: The kinds of paper of this chapter.
SHEET, CHAIN = "readings_sheet", "parameter_chain"


@dataclass(frozen=True, slots=True)
class SheetWanted:
    """Which parameters a sheet is of; ``blank`` leaves what was read out, for writing by hand."""

    system: str = ""
    campaign: str = ""
    view: str = ""
    blank: bool = False


def readings_sheet(workspace: Workspace, project: Project, asked: SheetWanted, language: Language) -> PackOutline:
    """The sheet as an outline: a table a system, with room for reading, time and name, and places to sign."""
    with workspace.read() as connection:
        rows = to_measure(connection, project.id, asked.system, asked.campaign, asked.view)
    systems = list(dict.fromkeys(row.system for row in rows))
    blocks: tuple[Block, ...] = (
        Facts((Fact(said(N_("Parameters")), str(len(rows))), Fact(said(N_("Systems")), ", ".join(systems)))),
        *(_sheet_table([row for row in rows if row.system == system], system, asked.blank) for system in systems),
        _signing((N_("Measured by"), N_("Witness"), N_("Chief engineer"))),
    )  # fmt: skip
    section = Section("readings-sheet", said(N_("Sheet of readings")), blocks)
    return single_outline(workspace, project, language, section, "RDS")


def chain_paper(workspace: Workspace, project: Project, parameter: str, language: Language) -> PackOutline:
    """The chain of a parameter as an outline."""
    with workspace.read() as connection:
        chain = chain_of(connection, project.id, parameter)
    blocks: tuple[Block, ...] = (
        _facts(chain), _links(chain.links), _signing((N_("Engineering"), N_("Operations"), N_("Chief engineer")))
    )  # fmt: skip
    of = chain.parameter
    title = said(N_("Chain of {parameter}"), parameter=f"{of.no or of.ref} {of.name}")
    return single_outline(workspace, project, language, Section("parameter-chain", title, blocks), "CHN")


def issue_sheet(workspace: Workspace, project: Project, asked: SheetWanted, language: Language = "both") -> Paper:
    """Issue the sheet as it stands, under a number of its own. Raises as ``issuing``."""
    about = (TestCampaign.__tablename__, asked.campaign) if asked.campaign else None
    if asked.system and not about:
        about = (System.__tablename__, asked.system)
    outline = readings_sheet(workspace, project, asked, language)
    return issue(workspace, project.id, outline, paper_of(SHEET), about=about)


def issue_chain(workspace: Workspace, project: Project, parameter: str, language: Language = "both") -> Paper:
    """Issue the chain as it stands, in place of the one in force. Raises as ``issuing``."""
    about = (AcceptanceParameter.__tablename__, parameter)
    outline = chain_paper(workspace, project, parameter, language)
    former = in_force_of(workspace, CHAIN, about)
    return issue(workspace, project.id, outline, paper_of(CHAIN), about=about, supersedes=former)


def more(reading: PackReading) -> tuple[Block, ...]:
    """The overall result and the charts; nothing while there are no parameters."""
    if not reading.overview.total("parameters"):
        return ()
    with reading.workspace.read() as connection:
        whole = overall(connection, reading.project.id)
        charts = acceptance_charts(connection, reading.project.id)
    counts = tuple(
        Fact(said(option.name), str(whole.counts[option.code])) for option in RESULT if whole.counts.get(option.code)
    )
    return (
        Facts((Fact(said(N_("Overall result")), said(RESULT[whole.result].name)), *counts)),
        Figure("parameters_passed", charts.passed, 210.0),
        Figure("rectifications_open", charts.rectified, 200.0),
        Figure("parameter_results", charts.results, 200.0),
    )


def _sheet_table(rows: Sequence[ToMeasure], system: str, blank: bool) -> TableBlock:
    columns = (
        TableColumn("no", said(N_("Parameter no.")), LONG, 1.1),
        TableColumn("name", said(N_("Parameter")), LONG, 2.6),
        TableColumn("test_point", said(N_("Test point")), LONG, 0.9),
        TableColumn("limits", said(N_("Limits"), context="parameter"), LONG, 1.2),
        TableColumn("unit", said(N_("Unit")), LONG, 0.6),
        TableColumn("value", said(N_("Reading"), context="reading"), LONG, 1.0),
        TableColumn("result", said(N_("Result")), LONG, 0.9),
        TableColumn("taken_at", said(N_("Measured on")), LONG, 1.2),
    )
    told = tuple(
        (row.no or row.ref, row.name, row.test_point, row.limits_told, row.unit,
         *(("", "", "") if blank else (row.measured, said(RESULT[row.result].name), _at(row))))
        for row in rows
    )  # fmt: skip
    return TableBlock(f"readings-{system}", system or said(N_("No system")), columns, told, len(told))


def _at(row: ToMeasure) -> str:
    return row.measured_at.isoformat(" ", "minutes") if row.measured_at is not None else ""


def _facts(chain: ParameterChain) -> Facts:
    shown_of = chain.parameter
    limits = Text(*(f"{shown_of.limits}  ({words})" if words else shown_of.limits for words in _in_both(shown_of)))
    signed = f"{chain.signed_by} {chain.signed_on or ''}".strip()
    facts = (
        Fact(said(N_("Parameter")), f"{shown_of.no or shown_of.ref} {shown_of.name}"),
        Fact(said(N_("System")), shown_of.system),
        Fact(said(N_("Limits"), context="parameter"), limits),
        Fact(said(N_("Unit")), shown_of.unit),
        Fact(said(N_("Result")), said(chain.result.name)),
        Fact(said(N_("Signature")), signed or said(chain.signature.name)),
        Fact(said(N_("What follows where it fails")), chain.remedy),
    )
    return Facts(tuple(fact for fact in facts if fact.value))


def _in_both(row: ToMeasure) -> tuple[str, str]:
    told = []
    for code in ("en", "zh"):
        with in_language(code):
            told.append(row.in_words())
    return told[0], told[1]


def _links(links: Sequence[ChainLink]) -> TableBlock:
    columns = (
        TableColumn("on", said(N_("Date")), DAY, 0.9),
        TableColumn("what", said(N_("What happened")), LONG, 1.1),
        TableColumn("ref", said(N_("Ref.")), weight=0.8),
        TableColumn("title", said(N_("Value")), LONG, 1.6),
        TableColumn("state", said(N_("Status")), LONG, 1.1),
        TableColumn("facts", said(N_("Details")), LONG, 3.0),
    )
    rows = tuple(
        (day_of(link.on) if link.on is not None else None, link.what, link.ref, link.title, said(link.state.name),
         _told(link))
        for link in links
    )  # fmt: skip
    return TableBlock("chain", said(N_("From reading to closing")), columns, rows, len(rows),
                      empty=said(N_("Nothing is measured yet.")))  # fmt: skip


def _told(link: ChainLink) -> Text:
    return Text(*("\n".join(f"{shown(label, code)}: {value}" for label, value in link.facts) for code in _BOTH))


def _signing(parts: Sequence[str]) -> TableBlock:
    """A line to sign on for each part, high enough for a pen."""
    columns = (
        TableColumn("part", said(N_("Part in it")), weight=1.2),
        TableColumn("name", said(N_("Name")), LONG, 1.6),
        TableColumn("signed_on", said(N_("Date")), weight=0.9),
        TableColumn("signature", said(N_("Signature")), weight=1.8),
    )
    rows: tuple[tuple[Words, ...], ...] = tuple((said(part), "\u00a0\n\u00a0", "", "") for part in parts)
    return TableBlock("signatures", said(N_("Signatures")), columns, rows, len(rows))
