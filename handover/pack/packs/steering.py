"""Two pages for a steering committee: traffic lights, gates, how far everything is, and the decisions wanted."""

from __future__ import annotations

from dataclasses import replace

from handover.i18n import N_, NC_
from handover.pack.outline import Block, Figure, Note, Row, Status, TableBlock, TableColumn
from handover.pack.packs.summary import bars, key_numbers
from handover.pack.reading import PackReading
from handover.pack.tables import both
from handover.registers.catalogue import register
from handover.registers.figures.blockers import Blocked
from handover.registers.figures.overview import items, progress
from handover.registers.query import Query
from handover.registers.scheduling.plan_charts import progress_chart, progress_points
from handover.values.print_forms import DAY, LONG, NUMBER, STATUS
from handover.wording import Text, Words, said, said_of

#: What fits on two pages.
_SYSTEMS, _ITEMS, _NUMBERS, _BARS = 16, 5, 5, 6
_RED = Status(said(N_("Red")), "danger")
_AMBER = Status(said(N_("Amber")), "warning")
_GREEN = Status(said(N_("Green")), "ok")


def lights(reading: PackReading) -> tuple[Block, ...]:
    """The first page: key numbers, and a light for each system."""
    blocks: list[Block] = [key_numbers(reading, _NUMBERS)]
    if reading.blocked:
        blocks.append(_systems(reading))
    return tuple(blocks)


def wanted(reading: PackReading) -> tuple[Block, ...]:
    """The second page: the curve of the plan, how far all is, the gates ahead, the decisions that are proposed."""
    blocks: list[Block] = []
    if reading.overview.total("tasks"):
        points = progress_points(reading.plan)
        if points:
            chart = replace(progress_chart(reading.plan, points), title=said(N_("Progress of the plan")))
            blocks.append(Figure("progress", chart, 110))
    with reading.workspace.read() as connection:
        advanced = progress(connection, reading.project.id)
    if advanced:
        blocks.append(bars(advanced[:_BARS]))
    blocks += [_table(reading, "gates", "ahead", N_("Gates ahead")), _table(
        reading, "decisions", "proposed", N_("Decisions wanted")
    )]  # fmt: skip
    return tuple(blocks)


def _light(each: Blocked, reading: PackReading) -> Status:
    """Red: something is overdue, or the date is past. Amber: something stands in the way. Green: nothing does."""
    late = each.due is not None and each.due < reading.as_of and each.custody not in ("care_custody", "operations")
    if each.overdue or (late and each.total):
        return _RED
    return _AMBER if each.total or late else _GREEN


def _systems(reading: PackReading) -> TableBlock:
    custody = register("systems")["custody"]
    columns = (
        TableColumn("system", said(N_("System")), weight=2.2, rank=1),
        TableColumn("light", said(N_("Traffic light")), STATUS, rank=1),
        TableColumn("custody", said(N_("Custody")), STATUS, weight=1.4, rank=1),
        TableColumn("planned", said(N_("Planned handover")), DAY, rank=1),
        TableColumn("total", said(N_("Blocks")), NUMBER, rank=1),
        TableColumn("overdue", said(N_("Overdue")), NUMBER, rank=1),
    )
    place = {id(_RED): 0, id(_AMBER): 1, id(_GREEN): 2}
    found = [(_light(each, reading), each) for each in reading.blocked]
    lit = sorted(found, key=lambda pair: (place[id(pair[0])], -pair[1].total))
    rows: list[Row] = [
        (
            each.system.name if each.system else said(N_("The project as a whole")),
            light,
            Status(both(custody, each.custody), custody.words[each.custody].tone)
            if each.custody and custody.words
            else None,
            each.due,
            each.total or None,
            each.overdue or None,
        )
        for light, each in lit
    ]
    more = max(0, len(rows) - _SYSTEMS)
    explained = said(
        N_("Red: something is overdue, or the date has passed with things open. Amber: something stands in the way."
           " Green: nothing does.")
    )  # fmt: skip
    caption: Words = explained
    if more:
        rest = said_of("{n} more system isn't shown.", "{n} more systems aren't shown.", more)
        caption = Text(f"{explained.en} {rest.en}", f"{explained.zh}{rest.zh}")
    return TableBlock(
        "lights", said(N_("Traffic lights")), columns, tuple(rows[:_SYSTEMS]), min(len(rows), _SYSTEMS),
        caption=caption, place="print",
    )  # fmt: skip


def _table(reading: PackReading, key: str, view: str, title: str) -> Block:
    """The rows of a view with their owners and days; a sentence where there are none."""
    of = register(key)
    with reading.workspace.read() as connection:
        found = items(connection, of, reading.project.id, Query(view=view), _ITEMS + 1)
    if not found:
        return Note(said(N_("{title}: none."), title=said(title)), "ok")
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.6, rank=1, web="mention"),
        TableColumn("name", said(NC_("pack", "Name")), LONG, weight=2.6, rank=1),
        TableColumn("owner", said(N_("Owner")), rank=1),
        TableColumn("due", said(N_("Due")), DAY, rank=1),
    )
    rows: tuple[Row, ...] = tuple(
        (item.row.ref, item.row.name, item.owner.name if item.owner else None, item.due) for item in found[:_ITEMS]
    )
    caption = said(N_("More than these; the register has them all.")) if len(found) > _ITEMS else ""
    return TableBlock(f"{key}-{view}", said(title), columns, rows, len(rows), caption=caption, place="print")
