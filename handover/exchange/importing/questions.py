"""What must be answered before an import: one clear question each, with the likely answer first."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from handover.exchange.columns.unlike_lists import UNLIKE, unlike
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import Below
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.filter_left_on import filter_left_on
from handover.exchange.importing.own_book import OwnBook
from handover.exchange.importing.rehearse import form_notice
from handover.exchange.importing.rows_below import rows_below
from handover.exchange.importing.session import Intake
from handover.exchange.lists.best_list import ListChoice, ListDoubt, by_columns
from handover.exchange.notice import Notice
from handover.exchange.question import AS_SAID, Question
from handover.exchange.rows.lines import unit_asked
from handover.exchange.tables.finding import Table
from handover.exchange.tables.forms import FormKind, form_of
from handover.i18n import N_, tr, trn
from handover.registers.catalogue import register as register_named
from handover.values.date_text import Order

#: So many headings tell one list from another.
_TELLING = 4
#: So many registers are offered beside the nearest; any other can be named all the same.
_MOST_OTHERS = 5


def ask(intake: Intake) -> None:
    """Add to the dry run of an import what must be answered first: which list of the file is meant."""
    asked, run = which_list(intake), intake.run
    if asked is not None and run is not None:
        run.asked = [asked, *run.asked]
        if isinstance(run, DryRun) and asked.option == "--register":  # the question says what the notice would
            run.notices = [notice for notice in run.notices if notice.message != UNLIKE]


def emptied_cells() -> Question:
    """What becomes of the fields of cells that were emptied in a workbook of ours."""
    return Question(
        N_("Cells were emptied in the workbook since it was exported. Shall their fields be emptied here, too?"),
        choices=("clear", "keep"),
        option="--blank",
        how=N_("Say it with --blank clear or --blank keep."),
        said=(tr("Yes, empty the fields"), tr("No, keep what stands here")),
    )


def form_found(intake: Intake) -> Notice | None:
    """That the sheet in hand is a form, with what its head says; None where it is none."""
    if intake.register is None or intake.from_us or intake.together or (table := _list_in_hand(intake)) is None:
        return None
    return next(iter(form_notice(form_of(intake.grid(), table), intake.register)), None)


def form_taken_whole(intake: Intake) -> FormKind | None:
    """What kind of form the sheet in hand is, where such a form can be taken in with its head."""
    table = _list_in_hand(intake)
    form = form_of(intake.grid(), table) if table is not None else None
    return form.kind if form is not None and form.kind is not None and form.kind.taken_whole else None


def filter_asked(intake: Intake) -> Question | None:
    """What must be asked of a filter that hides most of the list in hand, whatever was answered."""
    if intake.from_us or intake.together or (table := _list_in_hand(intake)) is None:
        return None
    return filter_left_on(intake.grid(), table).question()


def duration_unit_asked(intake: Intake) -> Question | None:
    """What must be asked of the unit of the durations with the mapping in hand, whatever was answered."""
    mapping, table = intake.choices.mapping, _list_in_hand(intake)
    if mapping is None or table is None or intake.together:
        return None
    return unit_asked(intake.grid(), table, mapping, frozenset(row - 1 for row in intake.options().hidden))


def rows_below_asked(intake: Intake) -> Question | None:
    """What must be asked of what stands below the list with the mapping in hand, whatever was answered."""
    mapping, table, register = intake.choices.mapping, _list_in_hand(intake), intake.register
    if mapping is None or table is None or register is None or intake.together or intake.from_us:
        return None
    hidden = frozenset(row - 1 for row in intake.options().hidden)
    return rows_below(register, intake.grid(), table, mapping, hidden).question()


def asked_together(intake: Intake) -> Question | None:
    """The first question with answers to choose that the sheets imported together leave open."""
    if not isinstance(intake.run, SheetsDryRun):
        return None
    return next((question for question in intake.run.questions if question.choices), None)


def answer_together(intake: Intake, question: Question, choice: str) -> None:
    """Take an answer to what the sheets imported together leave open, for each sheet that it is about."""
    for chosen in intake.every_choice():
        if question.option == "--date-order":
            chosen.order = cast("Order", choice.upper())
        elif question.option == "--duration-unit":
            chosen.unit = choice
        elif question.option == "--below":
            chosen.below = cast("Below", choice)
    if question.option == "--map" and isinstance(intake.book, OwnBook):
        heading, _, key = choice.rpartition("=")
        for name, sheet in intake.book.sheets.items():
            columns = [m.column for m in sheet.mapping.columns if m.heading == heading]
            if question in sheet.mapping.asked and columns:
                intake.book.sheets[name] = replace(sheet, mapping=sheet.mapping.changed(columns[0], key))


def _list_in_hand(intake: Intake) -> Table | None:
    return None if intake.file is None or intake.is_plan else intake.table


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
        said = tuple(_said(t.sheet, t) for t in (table, rival.table))
        return Question(message, values, sheets, "--sheet", N_("Say which with --sheet."), said=said)
    rows = (str(table.header_row), str(rival.table.header_row))
    message = N_("Which list is meant: that with headings in row {first} or in row {second}?")
    how = N_("Say the row of the headings with --header.")
    said = tuple(_said(tr("Row {row}", row=t.header_row), t) for t in (table, rival.table))
    return Question(message, {"first": rows[0], "second": rows[1]}, rows, "--header", how, said=said)


def _said(place: str, table: Table) -> str:
    """A list as an answer: where it stands, how long it is, and its first headings."""
    n = sum(1 for _ in table.rows())
    headings = [h.text for h in table.headings if h.text]
    named = tr(", ").join([*headings[:_TELLING], *(["…"] if len(headings) > _TELLING else [])])
    rows = trn("{n} row", "{n} rows", n)
    return tr("{place}: {rows} ({headings})", place=place, rows=rows, headings=named) if named else place


def _which_register(intake: Intake, doubt: ListDoubt) -> Question | None:
    """The question of what the list is of, where little or several things speak for a register."""
    register = intake.chosen_register
    near = list(dict.fromkeys(r.register.key for r in doubt.near if r.register is not register))
    rest = [c.register.key for c in by_columns(doubt.others) if c.register is not register]
    others = [register_named(key) for key in dict.fromkeys([*near, *(rest if doubt.weak or not near else [])])]
    kind = unlike([m.heading for m in intake.mapping().columns])
    if kind is None and not near and not doubt.weak:
        return None
    if kind is not None:
        said = tr(
            "This looks like a list of {kind}, for which there is no register. Shall it go into {register}?",
            kind=tr(kind.name), register=register.label,
        )  # fmt: skip
    elif doubt.weak and len(near) != 1:
        said = tr("No register fits this list well; {register} comes nearest. Shall it go there?",
                  register=register.label)  # fmt: skip
    elif others:
        said = tr("Which register is this list for: {first} or {second}?", first=register.label, second=others[0].label)
    else:
        said = tr("Is this list for the register {first}?", first=register.label)
    choices = {each.key: each.label for each in (register, *others[:_MOST_OTHERS])}
    how = N_("Say which register takes the rows with --register.")
    return Question(AS_SAID, {"said": said}, tuple(choices), "--register", how, said=tuple(choices.values()))


def _differs(rival: ListChoice, table: Table) -> bool:
    """Whether a list is another one that the command line can name."""
    same = (rival.table.sheet, rival.table.header_rows) == (table.sheet, table.header_rows)
    return not same and rival.table.header_row is not None
