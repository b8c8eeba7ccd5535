"""What blocks the handover: how much of it each system has, and each single thing with who has it and until when."""

from __future__ import annotations

from collections.abc import Iterator

from handover.i18n import N_, NC_
from handover.pack.outline import Block, Marked, Note, Row, Rows, Status, TableBlock, TableColumn
from handover.pack.reading import PackReading
from handover.pack.tables import both
from handover.registers.catalogue import register
from handover.registers.figures.blockers import Blocked, standing_everywhere
from handover.registers.figures.things import OpenItem
from handover.values.print_forms import DAY, LONG, NUMBER, STATUS
from handover.wording import Words, said, said_of

#: So many things that stand in the way are listed; whoever has more has other worries than the list.
_MOST = 50_000
#: So many registers have a column of their own on paper, those with the most; the workbook has one for each.
_COUNTED = 8
_WHOLE = N_("The project as a whole")


def blocking(reading: PackReading) -> tuple[Block, ...]:
    """The sentence, the table by system with its total, and the list of everything."""
    rows = [each for each in reading.blocked if _within(reading, each)]
    total = sum(each.total for each in rows)
    if not rows:
        return (Note(said(N_("Nothing stands in the way of the handover.")), "ok"),)
    blocks: list[Block] = [Note(_sentence(total), "warning" if total else "ok"), _by_system(rows, total)]
    if total:
        blocks.append(_list(reading, rows, total))
    return tuple(blocks)


def _within(reading: PackReading, each: Blocked) -> bool:
    return not reading.about or (each.system is not None and each.system.id in reading.about)


def _sentence(total: int) -> Words:
    if not total:
        return said(N_("Nothing stands in the way of the handover."))
    return said_of(
        "{n} open thing stands in the way of the handover.", "{n} open things stand in the way of the handover.", total
    )


def _by_system(blocked: list[Blocked], total: int) -> TableBlock:
    chapters_of = [register(k) for k in dict.fromkeys(k for b in blocked for k in b.open)]
    sums = {r.key: sum(each.open.get(r.key, 0) for each in blocked) for r in chapters_of}
    printed = set(sorted(sums, key=lambda key: -sums[key])[:_COUNTED])
    others = tuple(key for key in sums if key not in printed)
    custody = register("systems")["custody"]
    columns = (
        TableColumn("system", said(N_("System")), weight=2.2, rank=1),
        TableColumn("custody", said(N_("Custody")), STATUS, weight=1.6, rank=1),
        TableColumn("planned", said(N_("Planned handover")), DAY, rank=1),
        TableColumn("total", said(N_("Total")), NUMBER, rank=1),
        TableColumn("overdue", said(N_("Overdue")), NUMBER, rank=1),
        *(TableColumn(r.key, said(r.name), NUMBER, in_print=r.key in printed) for r in chapters_of),
        *((TableColumn("others", said(N_("Other registers")), NUMBER),) if others else ()),
    )
    rows: list[Row] = [
        (
            _system(each),
            Status(both(custody, each.custody), custody.words[each.custody].tone)
            if each.custody and custody.words
            else None,
            each.due,
            each.total or None,
            each.overdue or None,
            *(each.open.get(r.key) or None for r in chapters_of),
            *((sum(each.open.get(key, 0) for key in others) or None,) if others else ()),
        )
        for each in blocked
    ]
    if len(blocked) > 1:
        late = sum(each.overdue for each in blocked)
        rest = (sum(sums[key] for key in others) or None,) if others else ()
        counts = (sums[r.key] or None for r in chapters_of)
        rows.append((said(N_("All together")), None, None, total or None, late or None, *counts, *rest))
    return TableBlock("blockers", said(N_("What blocks the handover")), columns, tuple(rows), len(rows))


def _system(each: Blocked) -> Words:
    return each.system.name if each.system else said(_WHOLE)


def _list(reading: PackReading, blocked: list[Blocked], total: int) -> TableBlock:
    columns = (
        TableColumn("system", said(N_("System")), LONG, rank=1),
        TableColumn("ref", said(N_("Ref.")), weight=0.6, rank=1, web="mention"),
        TableColumn("what", said(N_("Kind")), weight=0.8),
        TableColumn("name", said(NC_("pack", "Name")), LONG, weight=2.0, rank=1),
        TableColumn("owner", said(N_("Owner")), rank=1),
        TableColumn("due", said(N_("Due")), DAY, rank=1),
    )
    return TableBlock(
        "blocking-things",
        said(N_("Everything that stands in the way")),
        columns,
        Rows(lambda: _things(reading, blocked)),
        total,
        group_by="system",
        place="print",
    )


def _things(reading: PackReading, blocked: list[Blocked]) -> Iterator[Row]:
    with reading.workspace.read() as connection:
        found = standing_everywhere(connection, reading.project.id, _MOST)
    for each in blocked:
        for item in found.get(each.system.id if each.system else None, ()):
            row = _row(_system(each), item)
            secret = item.row.id in reading.withheld.get(str(item.register.table.name), ())
            yield (*row[:3], said(N_("Confidential")), *row[4:]) if secret else row


def _row(system: Words, item: OpenItem) -> Row:
    due = item.due
    late = item.overdue_days
    cell = Marked(due, "danger", said_of("{n} day overdue", "{n} days overdue", late)) if due and late else due
    owner = item.owner.name or item.owner.ref if item.owner else None
    return (system, item.row.ref, said(item.register.name), item.row.name or item.row.ref, owner, cell)
