"""Several sheets of one workbook in one import: dry runs one after the other, agreed to and stored as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handover.exchange.dry_run.compared import ImportedFile, Missing
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.rows.names import Created
from handover.exchange.rows.outcome import OUTCOMES
from handover.i18n import tr, trn


@dataclass(frozen=True, slots=True)
class SheetLeft:
    """A sheet that isn't taken: how many rows it has and why; ``why`` is a catalogue key."""

    sheet: str
    rows: int
    why: str

    def __str__(self) -> str:
        rows = trn("{n} row", "{n} rows", self.rows)
        return tr("Sheet {sheet} ({rows}) isn't taken: {why}", sheet=self.sheet, rows=rows, why=tr(self.why))


@dataclass
class SheetsDryRun:
    """What an import of several sheets would do.

    Attributes:
        file: where the rows come from; its sheet is empty.
        runs: the dry runs in the order in which they are stored: rows that others refer to come first.
        left: the sheets that aren't taken.
        asked: what must be answered before it is carried out.
    """

    file: ImportedFile
    runs: Sequence[DryRun]
    left: Sequence[SheetLeft] = ()
    asked: Sequence[Question] = ()

    @property
    def project_id(self) -> str:
        """The key of the project that gets the rows."""
        return self.runs[0].project_id

    @property
    def rows(self) -> dict[str, int]:
        """How many rows of all sheets come to which verdict."""
        counts = Counter[str]()
        for run in self.runs:
            counts.update(run.rows)
        return {outcome: counts[outcome] for outcome in OUTCOMES}

    @property
    def total(self) -> int:
        """How many rows the sheets have, skipped ones included."""
        return sum(run.total for run in self.runs)

    @property
    def created(self) -> list[Created]:
        """People, organisations and systems that come into being with the import beside its rows."""
        return [made for run in self.runs for made in run.created]

    @property
    def missing(self) -> list[Missing]:
        """Rows that an earlier import brought and that none of the sheets has any more."""
        return [gone for run in self.runs for gone in run.missing]

    @property
    def changes_anything(self) -> bool:
        """True when applying it would change the project."""
        return any(run.changes_anything for run in self.runs)

    @property
    def remarked(self) -> list[int]:
        """The rows, sheet by sheet, that are taken although not all of their cells are."""
        return [place for run in self.runs for place in run.remarked]

    @property
    def noticed(self) -> list[int]:
        """The rows, sheet by sheet, about which something is odd that is taken as it stands."""
        return [place for run in self.runs for place in run.noticed]

    @property
    def further_revisions(self) -> int:
        """How many rows come in as further revisions of a document that stands in another row."""
        return sum(run.further_revisions for run in self.runs)

    @property
    def questions(self) -> list[Question]:
        """Everything that must be answered before anything is stored, each question once."""
        return list({str(q): q for q in (*self.asked, *(q for run in self.runs for q in run.questions))}.values())

    @property
    def notices(self) -> list[Notice]:
        """What the user should read before agreeing, each sentence once."""
        said = (notice for run in self.runs for notice in (*run.date_notices(), *run.notices))
        return list({str(notice): notice for notice in said}.values())


def runs_of(run: DryRun | SheetsDryRun) -> Sequence[DryRun]:
    """The dry runs of an import, sheet by sheet."""
    return run.runs if isinstance(run, SheetsDryRun) else [run]


def miss_together(runs: Sequence[DryRun]) -> None:
    """Let rows be missing only where no sheet has them or refers to them, and each once."""
    for register in {id(run.register): run.register for run in runs}.values():
        same = [run for run in runs if run.register is register]
        seen = {key for run in same for key in run.found.matched if key}
        seen |= {key for run in runs for key in _referred(run, register.table.name)}
        for run in same:
            run.found.missing = list(_unseen(run.found.missing, seen))


def _referred(run: DryRun, table: str) -> Iterator[str]:
    """The keys of the rows of a table that the rows of a sheet refer to."""
    for target in run.register.fields:
        if target.links and target.target == table:
            yield from (v for v in run.found.incoming.values.get(target.field, ()) if isinstance(v, str))


def _unseen(missing: Sequence[Missing], seen: set[str]) -> Iterator[Missing]:
    for gone in missing:
        if gone.id not in seen:
            seen.add(gone.id)
            yield gone
