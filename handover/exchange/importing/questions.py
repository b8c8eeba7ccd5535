"""What must be answered before an import: one clear question each, with the likely answer first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.session import Intake
from handover.exchange.lists.best_list import ListChoice
from handover.i18n import tr

_ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the option of the command line that answers it.

    Attributes:
        choices: what the option may be given, the likely one first; empty where anything may be.
        hint: how to answer it there, as a sentence.
    """

    question: str
    choices: tuple[str, ...]
    option: str
    hint: str


def questions(intake: Intake, run: DryRun | SheetsDryRun) -> list[Question]:
    """All that must be answered before a dry run is carried out: which list, then how dates are read."""
    asked = which_list(intake)
    return [*([asked] if asked else []), *_of_dates(run)]


def which_list(intake: Intake) -> Question | None:
    """The question of which list of the file is meant, None where one suits clearly better than all others."""
    file, table, register = intake.file, intake.table, intake.register
    if file is None or table is None or register is None or intake.together or intake.settled:
        return None
    rivals = file.rivals.get((register.key, table.sheet, table.header_rows), [])
    rival = next((r for r in rivals if _differs(r, intake)), None)
    if rival is None:
        return None
    if rival.table.sheet != table.sheet:
        sheets = (table.sheet, rival.table.sheet)
        return Question(
            tr("Which sheet holds the list: “{first}” or “{second}”?", first=sheets[0], second=sheets[1]),
            sheets, "--sheet", tr("Say which with --sheet."),
        )  # fmt: skip
    if rival.register is not register:
        return Question(
            tr("Is this a list of {first} or of {second}?", first=register.label, second=rival.register.label),
            (register.key, rival.register.key), "--register", tr("Say which register takes the rows with --register."),
        )  # fmt: skip
    rows = (str(table.header_row), str(rival.table.header_row))
    return Question(
        tr("Which list is meant: that with headings in row {first} or in row {second}?", first=rows[0], second=rows[1]),
        rows, "--header", tr("Say the row of the headings with --header."),
    )  # fmt: skip


def _differs(rival: ListChoice, intake: Intake) -> bool:
    """Whether a list can be told from the one that was taken by what the command line offers."""
    table = rival.table
    assert intake.table is not None
    if intake.wanted is not None and rival.register is not intake.register:
        return False
    same = (table.sheet, table.header_rows) == (intake.table.sheet, intake.table.header_rows)
    return rival.register is not intake.register if same else table.header_row is not None


def _of_dates(run: DryRun | SheetsDryRun) -> Iterator[Question]:
    for each in runs_of(run):
        for key, reading in each.undecided.items():
            likely = (reading.order or "dmy").lower()
            yield Question(
                each.question(key), (likely, *(o for o in _ORDERS if o != likely and not o.startswith("y"))),
                "--date-order", tr("Say which is meant with --date-order dmy, mdy or ymd."),
            )  # fmt: skip
        if question := each.year_question():
            yield Question(question, (), "--year", tr("Say the year with --year, such as --year 2026."))
