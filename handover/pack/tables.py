"""A register as a table of a pack: the same columns as on the screen, those hidden there in the workbook alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection

from handover.i18n import LANGUAGES, N_, in_language
from handover.pack.outline import Cell, Indented, Marked, Rows, Status, TableBlock, TableColumn
from handover.pack.outline import Row as Printed
from handover.registers import declare, show
from handover.registers.catalogue import of_table
from handover.registers.changed_rows import RowFate, changed_rows
from handover.registers.colouring import ToldRule, first_rules
from handover.registers.declare import Field, Register
from handover.registers.figures.overview import late_numbers
from handover.registers.find import suggest
from handover.registers.linked import Linked
from handover.registers.picks import PickEntry, entries
from handover.registers.query import Query, ShownRow, count, every
from handover.store.workspace import Workspace
from handover.values import shown
from handover.values.print_forms import STATUS
from handover.wording import Text, Words, said, said_of

#: The column with the references of owners on the sheet of their parts.
OWNER_REF = "owner_ref"
#: What is said over whatever holds internal fields.
INTERNAL = N_("It holds internal data about people, which was asked for by name. Don't pass it on.")
#: The column that says why a row has a colour.
COLOURED = "coloured"
#: Rows whose colours are asked for at once.
_AT_ONCE = 500
#: Rows of a register beyond which a workbook doesn't offer their names: nobody chooses from such a list.
_OFFERED = 400
#: What is said of rows that are there because something was done to them.
_FATES: dict[RowFate, Status] = {
    "added": Status(said(N_("Added since then")), "ok"),
    "changed": Status(said(N_("Changed since then")), "info"),
    "removed": Status(said(N_("Deleted since then")), "danger"),
}


def register_table(
    workspace: Workspace,
    register: Register,
    project_id: str,
    query: Query | None = None,
    *,
    fields: tuple[Field, ...] = (),
    group_by: str = "",
    left_out: tuple[str, ...] = (),
    internal: Collection[str] = (),
    rules: Sequence[ToldRule] = (),
) -> TableBlock:
    """The rows of a register as a table, read afresh at each walk.

    Args:
        query: which rows; all by default.
        fields: the columns in print; those that the register shows by default.
        group_by: a field whose value becomes a line over each group in print; the rows are ordered by it. Rows that
            the query groups are grouped so in print, too; parts are grouped by the row that they belong to where no
            other order is asked for.
        left_out: fields that are left to the workbook although the register shows them.
        internal: internal fields that are asked for by name; the others are in neither.
        rules: by which rows take colours; the last column says of each row which of them fits, or what was done to it
            where the query asks for what was changed.
    """
    asked = query or Query()
    told = told_fields(register, internal)
    printed = {f.field for f in fields or register.fields if fields or f.shown} - set(left_out)
    part_of = register.part_of
    if asked.groups:
        group_by = asked.groups[0]
    elif part_of is not None and not asked.sort:
        group_by = group_by or part_of.field
    if group_by and not asked.groups:
        asked = replace(asked, sort=((group_by, False), *asked.sort))
    coloured = bool(rules or asked.since)
    first = first_rank(register)
    with workspace.read() as connection:
        listed = _listed(connection, register, project_id)
        offered = {f.field: _offered(connection, project_id, f) for f in told}
        columns = (
            TableColumn("ref", said(N_("Ref.")), weight=0.6, fixed=True, rank=1),
            *((_owner_ref(part_of),) if part_of is not None else ()),
            *(_column(f, f.field in printed, listed, offered[f.field], 1 if f.field in first else 2) for f in told),
            *((TableColumn(COLOURED, said(N_("Stands out as")), STATUS, fixed=True),) if coloured else ()),
        )
        found = count(connection, register, project_id, asked)
        all_rows = count(connection, register, project_id, Query())
    return TableBlock(
        key=register.key,
        title=said(register.name),
        columns=columns,
        rows=Rows(lambda: _rows(workspace, register, project_id, asked, told, rules)),
        count=found,
        group_by=group_by,
        caption=said(INTERNAL) if any(f.internal for f in told) else "",
        coloured_by=COLOURED if coloured else "",
        filter=_filter(register, asked),
        left_out=all_rows - found,
        frozen=2,
        empty=said(N_("No rows.")),
    )


def first_rank(register: Register) -> frozenset[str]:
    """The fields without which a row says nothing on paper: its name, its state, its day and who has it."""
    states = {f.field for f in register.fields if f.lifecycle is not None or f.field == "status"}
    return frozenset({*register.naming, *states, register.due, register.owner} - {""})


def told_fields(register: Register, internal: Collection[str] = ()) -> tuple[Field, ...]:
    """The fields of a register that others may read: all but what is internal and not asked for by name."""
    return tuple(f for f in register.fields if not f.internal or f.field in internal)


def both(field: Field, value: Any) -> Words:  # Any: what the field holds
    """A value as it reads in both languages."""
    texts = []
    for code in LANGUAGES:
        with in_language(code):
            texts.append(show.text(field, value))
    return texts[0] if texts[0] == texts[1] else Text(*texts)


def status(field: Field, code: str | None) -> Status | None:
    """A code of a vocabulary with its tone."""
    if not code or field.words is None:
        return None
    tone = field.words[code].tone if code in field.words else "neutral"
    return Status(both(field, code), tone)


Listed = Mapping[str, Mapping[str, Status]]
"""For each list that a register takes values from, its entries by key, as they read in both languages."""


def _listed(connection: Connection, register: Register, project_id: str) -> Listed:
    keys = dict.fromkeys(f.pick for f in register.fields if f.pick)
    return {key: {each.id: _entry(each) for each in entries(connection, project_id, key)} for key in keys}


def _entry(entry: PickEntry) -> Status:
    en, zh = entry.en or entry.word, entry.zh or entry.word
    return Status(en if en == zh else Text(en, zh), entry.tone or "neutral")


def _offered(connection: Connection, project_id: str, field: Field) -> tuple[str, ...]:
    """The names of the rows that a field may point to; none where they are too many to choose from."""
    if not field.links or field.pick or field.computed:
        return ()
    rows = suggest(connection, project_id, field.target, "", _OFFERED + 1)
    if len(rows) > _OFFERED:
        return ()
    return tuple(dict.fromkeys(_named(field, row) for row in rows))


def _named(field: Field, row: Linked) -> str:
    """What a row is called where another points to it."""
    return row.ref if _named_at_length(field.target) else row.name or row.ref


def blank_column(connection: Connection, project_id: str, field: Field) -> TableColumn:
    """A column of a workbook that is filled in by hand as a field is, with what its cells can hold."""
    known = entries(connection, project_id, field.pick) if field.pick else ()
    listed = {field.pick: {each.id: _entry(each) for each in known}}
    return replace(_column(field, False, listed, _offered(connection, project_id, field), 2), weight=1.0)


def _column(field: Field, printed: bool, listed: Listed, offered: tuple[str, ...], rank: int) -> TableColumn:
    choices: tuple[Status, ...] = ()
    if field.pick:
        choices = tuple(listed[field.pick].values())
    elif field.words is not None:
        choices = tuple(s for o in field.words if (s := status(field, o.code)) is not None)
    return TableColumn(
        field.field, said(field.column.label), field.kind.printed, field.width / 12, choices, in_print=printed,
        fixed=field.computed, offered=offered, rank=rank,
    )  # fmt: skip


def _owner_ref(field: Field) -> TableColumn:
    """The reference of the row that a part belongs to, for the workbook: names may occur twice, references don't."""
    return TableColumn(OWNER_REF, said(N_("{owner}: ref."), owner=said(field.column.label)), weight=0.6, in_print=False)


def _rows(
    workspace: Workspace,
    register: Register,
    project_id: str,
    query: Query,
    told: tuple[Field, ...],
    rules: Sequence[ToldRule],
) -> Iterator[Printed]:
    extra = (declare.bound(register.model, declare.Column("depth", "")),) if hasattr(register.model, "depth") else ()
    with workspace.read() as connection:
        late = late_numbers(connection, register, project_id)
        listed = _listed(connection, register, project_id)
        rows = every(connection, register, project_id, query, (*register.fields, *extra))
        coloured = bool(rules or query.since)
        while some := list(islice(rows, _AT_ONCE)):
            reasons = _reasons(connection, register, some, query, rules)
            for row in some:
                cells = _row(register, row, row.number in late, listed, told)
                yield (*cells, reasons.get(row.number)) if coloured else cells


def _reasons(
    connection: Connection, register: Register, rows: Sequence[ShownRow], query: Query, rules: Sequence[ToldRule]
) -> dict[int, Status]:
    """Why some rows stand out, by their numbers."""
    first = first_rules(connection, register, [row.number for row in rows], [told.rule for told in rules])
    found = {number: Status(rules[at].words, rules[at].rule.tone) for number, at in first.items()}
    if query.since is not None:
        done = changed_rows(connection, register, [row.id for row in rows], query.since, ())
        found |= {row.number: _FATES[done[row.id].fate] for row in rows if row.id in done}
    return found


def _row(register: Register, row: ShownRow, late: bool, listed: Listed, told: tuple[Field, ...]) -> Printed:
    fields = register.fields
    values = dict(zip((f.field for f in fields), row.values, strict=False))
    depth = row.values[len(fields)] if len(row.values) > len(fields) else None
    cells: list[Cell] = [row.ref]
    if register.part_of is not None:
        owner = values[register.part_of.field]
        cells.append(owner.ref if isinstance(owner, Linked) else None)
    for field in told:
        value = values[field.field]
        if value is None or value == "":
            cells.append(None)
        elif field.field == register.display[0] and depth is not None:
            cells.append(Indented(str(value), int(depth), _strong(values)))
        elif late and field.field == register.due:
            days = shown.days_over(value)
            remark = said_of("{n} day overdue", "{n} days overdue", days)
            cells.append(Marked(_day(value), "danger", remark))
        else:
            cells.append(_cell(field, value, listed))
    return tuple(cells)


def _strong(values: Mapping[str, Any]) -> bool:  # Any: what each field holds
    return values.get("kind") == "summary"


@cache
def _named_at_length(table: str) -> bool:
    """Whether rows of a table are named by a text of several lines: no row is found by such a name again."""
    target = of_table(table)
    return target is not None and any(target[key].kind.roomy for key in target.naming if key in target)


def _cell(field: Field, value: Any, listed: Listed) -> Cell:  # Any: what the field holds
    if field.pick and isinstance(value, Linked):
        return listed[field.pick].get(value.id) or Status(value.name, value.tone or "neutral")
    if field.words is not None:
        return status(field, str(value))
    if isinstance(value, Linked):
        return _named(field, value)
    if isinstance(value, dt.date):
        return _day(value)
    if field.kind.as_words and not field.kind.printed.minutes:
        return both(field, value)
    kept: Cell = value
    return kept


def _day(value: dt.date) -> dt.date:
    """A moment without a time of day as its day."""
    bare = isinstance(value, dt.datetime) and not value.hour and not value.minute
    return value.date() if bare and isinstance(value, dt.datetime) else value


def _filter(register: Register, query: Query) -> Words:
    if query.view:
        return said(register.view(query.view).name)
    if query.text:
        return said(N_("Rows that contain “{text}”"), text=query.text)
    return said(N_("Chosen rows")) if query.where else ""
