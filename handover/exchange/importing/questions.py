"""What must be answered before an import: one clear question each, with the likely answer first."""

from __future__ import annotations

from handover.exchange.columns.unlike_lists import unlike
from handover.exchange.importing.session import Intake
from handover.exchange.lists.best_list import ListChoice, ListDoubt
from handover.exchange.question import AS_SAID, Question
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr


def ask(intake: Intake) -> None:
    """Add to the dry run of an import what must be answered first: which list of the file is meant."""
    asked = which_list(intake)
    if asked is not None and intake.run is not None:
        intake.run.asked = [asked, *intake.run.asked]


def which_list(intake: Intake) -> Question | None:
    """The question of which list of the file is meant, None where one suits clearly better than all others."""
    file, table, register = intake.file, intake.table, intake.register
    if file is None or table is None or register is None or intake.together or intake.settled:
        return None
    if file.export is not None and table.sheet in file.export.sheets:
        return None  # it says itself what it is
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
        message = N_("Which sheet holds the list: “{first}” or “{second}”?")
        values = {"first": sheets[0], "second": sheets[1]}
        return Question(message, values, sheets, "--sheet", N_("Say which with --sheet."))
    rows = (str(table.header_row), str(rival.table.header_row))
    message = N_("Which list is meant: that with headings in row {first} or in row {second}?")
    how = N_("Say the row of the headings with --header.")
    return Question(message, {"first": rows[0], "second": rows[1]}, rows, "--header", how)


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
    how = N_("Say which register takes the rows with --register.")
    return Question(AS_SAID, {"said": said}, choices, "--register", how)


def _differs(rival: ListChoice, table: Table) -> bool:
    """Whether a list is another one that the command line can name."""
    same = (rival.table.sheet, rival.table.header_rows) == (table.sheet, table.header_rows)
    return not same and rival.table.header_row is not None
