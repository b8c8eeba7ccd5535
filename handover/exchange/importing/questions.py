"""What must be answered before an import: one clear question each, with the likely answer first."""

from __future__ import annotations

from collections.abc import Iterator

from handover.exchange.columns.unlike_lists import unlike
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.question import Question
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.session import Intake
from handover.exchange.lists.best_list import ListChoice, ListDoubt
from handover.exchange.tables.finding import Table
from handover.i18n import tr

_ORDERS = ("dmy", "mdy", "ymd")


def questions(intake: Intake, run: DryRun | SheetsDryRun) -> list[Question]:
    """All that must be answered before a dry run is carried out: which list, then how dates are read."""
    asked = which_list(intake)
    return [*([asked] if asked else []), *_of_dates(run)]


def which_list(intake: Intake) -> Question | None:
    """The question of which list of the file is meant, None where one suits clearly better than all others."""
    file, table, register = intake.file, intake.table, intake.register
    if file is None or table is None or register is None or intake.together or intake.settled:
        return None
    doubt = file.doubts.get((register.key, table.sheet, table.header_rows))
    if doubt is None:
        return None
    if intake.wanted is None and (question := _which_register(intake, doubt)):
        return question
    rival = next((r for r in doubt.near if r.register is register and _differs(r, table)), None)
    if rival is None:
        return None
    if rival.table.sheet != table.sheet:
        sheets = (table.sheet, rival.table.sheet)
        return Question(
            tr("Which sheet holds the list: “{first}” or “{second}”?", first=sheets[0], second=sheets[1]),
            sheets, "--sheet", tr("Say which with --sheet."),
        )  # fmt: skip
    rows = (str(table.header_row), str(rival.table.header_row))
    return Question(
        tr("Which list is meant: that with headings in row {first} or in row {second}?", first=rows[0], second=rows[1]),
        rows, "--header", tr("Say the row of the headings with --header."),
    )  # fmt: skip


def _which_register(intake: Intake, doubt: ListDoubt) -> Question | None:
    """The question of what the list is of, where little or several things speak for a register."""
    register = intake.chosen_register
    near = [r.register for r in doubt.near if r.register is not register]
    others = near or ([doubt.second.register] if doubt.second is not None else [])
    kind = unlike([m.heading for m in intake.mapping().columns])
    if kind is None and not near and not doubt.weak:
        return None
    if kind is not None:
        said = tr(
            "This looks like a list of {kind}, for which there is no register. Shall it go into {register}?",
            kind=tr(kind.name), register=register.label,
        )  # fmt: skip
    elif others:
        said = tr("Is this a list of {first} or of {second}?", first=register.label, second=others[0].label)
    else:
        said = tr("Is this a list of {first}?", first=register.label)
    choices = tuple(dict.fromkeys((register.key, *(r.key for r in others))))
    return Question(said, choices, "--register", tr("Say which register takes the rows with --register."))


def _differs(rival: ListChoice, table: Table) -> bool:
    """Whether a list is another one that the command line can name."""
    same = (rival.table.sheet, rival.table.header_rows) == (table.sheet, table.header_rows)
    return not same and rival.table.header_row is not None


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
