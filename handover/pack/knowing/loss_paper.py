"""What may be lost, as a paper: the open items ranked, each with why and what to do next.

When people leave, how likely that is and what follows from it is internal. The paper holds it only where it is asked
for; without it the items are ranked by what is known of them alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from handover.i18n import N_
from handover.model.project import Project
from handover.pack.contents import single_outline
from handover.pack.outline import Block, Cell, Fact, Facts, PackOutline, Section, TableBlock, TableColumn
from handover.pack.single.by_ending import refuse_other_endings, write_outline
from handover.pack.tables import INTERNAL
from handover.registers import picks
from handover.registers.knowing.loss_risks import LOSS_REASON, ItemAtRisk, Leaving, LossRisks, Method, loss_risks
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, NUMBER
from handover.wording import Language, Text, Words, said, said_by

METHOD_NAMES: dict[Method, str] = {
    "tva": N_("TVA: leaving × position"),
    "scarcity": N_("Criticality × rarity"),
}


@dataclass(frozen=True, slots=True)
class LossPaper:
    """What is asked for.

    Attributes:
        method: how it is scored; without what is internal always by criticality and rarity.
        leaving: with leaving days, risks of leaving and what follows from them.
    """

    method: Method = "tva"
    leaving: bool = False

    @property
    def scored_by(self) -> Method:
        """How it is scored after all: TVA's method grades how likely people are to leave."""
        return self.method if self.leaving else "scarcity"


def loss_outline(workspace: Workspace, project: Project, asked: LossPaper, language: Language) -> PackOutline:
    """The paper as an outline."""
    with workspace.read() as connection:
        risks = loss_risks(connection, project.id, asked.scored_by, leaving=asked.leaving)
        bands = _bands(connection, project.id)
    section = Section("loss_risks", said(N_("Risk of loss")), tuple(_blocks(risks, asked, bands)))
    return single_outline(workspace, project, language, section, "KRL")


def write_loss_paper(workspace: Workspace, project: Project, asked: LossPaper, path: Path, language: Language) -> None:
    """Write the paper as PDF or workbook. Raises NotValid for another ending."""
    refuse_other_endings(path)
    write_outline(loss_outline(workspace, project, asked, language), path)


def _bands(connection: Connection, project_id: str) -> dict[int, Words]:
    """What the bands are called in both languages, by their least score."""
    entries = picks.entries(connection, project_id, "loss_band", retired=False)
    return {int(e.code): Text(e.en or e.word, e.zh or e.word) for e in entries if e.code.isdecimal()}


def _blocks(risks: LossRisks, asked: LossPaper, bands: dict[int, Words]) -> Iterator[Block]:
    yield Facts((Fact(said(N_("How it is scored")), said(METHOD_NAMES[asked.scored_by])),), 1)
    if asked.leaving:
        yield _people(risks)
    yield _items(risks, asked, bands)


def _people(risks: LossRisks) -> TableBlock:
    columns = (
        TableColumn("name", said(N_("Name")), LONG, 1.2),
        TableColumn("leaves", said(N_("Leaves on")), DAY, 0.9),
        TableColumn("days", said(N_("Days left")), NUMBER, 0.6),
        TableColumn("items", said(N_("Open items")), NUMBER, 0.6),
        TableColumn("alone", said(N_("Known to nobody else")), NUMBER, 0.8),
        TableColumn("next", said(N_("What to do next")), LONG, 2.6),
    )
    rows = tuple((p.name, p.leaves, p.days, p.items, p.alone, _next(p)) for p in risks.people)
    return TableBlock("leaving", said(N_("Who leaves")), columns, rows, len(rows), caption=said(INTERNAL),
                      empty=said(N_("Nobody who holds open items leaves.")))  # fmt: skip


def _items(risks: LossRisks, asked: LossPaper, bands: dict[int, Words]) -> TableBlock:
    columns = [
        TableColumn("ref", said(N_("Ref.")), weight=0.8),
        TableColumn("title", said(N_("Knowledge item")), LONG, 2.4),
        TableColumn("system", said(N_("System")), weight=0.7),
        TableColumn("score", said(N_("Score")), NUMBER, 0.5),
        TableColumn("band", said(N_("Band")), LONG, 0.9),
        TableColumn("holders", said(N_("Known to")), LONG, 1.1),
        TableColumn("why", said(N_("Why")), LONG, 1.6),
        TableColumn("next", said(N_("What to do next")), LONG, 1.8),
    ]
    if asked.leaving:
        columns.insert(5, TableColumn("days", said(N_("Days left")), NUMBER, 0.6))
    rows = tuple(_row(each, asked, bands) for each in risks.items)
    return TableBlock("at_risk", said(N_("Knowledge items at risk")), tuple(columns), rows, len(rows),
                      caption=said(INTERNAL) if asked.leaving else "", frozen=2,
                      empty=said(N_("Nothing is at risk: no open item is graded, and no holder leaves.")))  # fmt: skip


def _row(item: ItemAtRisk, asked: LossPaper, bands: dict[int, Words]) -> tuple[Cell, ...]:
    band = bands.get(item.band.least, "") if item.band is not None else ""
    why = said_by(lambda: "; ".join(LOSS_REASON.label(code) for code in item.why))
    days = (item.days,) if asked.leaving else ()
    holders = "; ".join(item.holders)
    return (item.ref, item.title, item.system, item.score, band, *days, holders, why, _next(item))


def _next(row: ItemAtRisk | Leaving) -> Words:
    return said_by(lambda: str(row.act))
