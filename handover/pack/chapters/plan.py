"""The plan as of the day of the pack: its tasks, what is wrong with it, its progress and its bar chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handover.i18n import N_
from handover.pack.drawing import DrawingPages
from handover.pack.gantt import pages_of
from handover.pack.outline import Block, Cell, Figure, Marked, Note, Row, Rows, TableBlock, TableColumn
from handover.pack.reading import PackReading
from handover.plan.lateness import last_day
from handover.registers.scheduling.findings import ScheduleFinding, findings_of
from handover.registers.scheduling.plan_charts import progress_chart, progress_points
from handover.values.print_forms import LONG
from handover.wording import said, said_of

#: So many findings are listed; a plan with more has the same fault everywhere.
_MOST = 200


def more(reading: PackReading) -> tuple[Block, ...]:
    """What is wrong with the plan, and its charts; nothing while there are no tasks."""
    if not reading.overview.total("tasks"):
        return ()
    plan = reading.plan
    blocks: list[Block] = [] if reading.project.data_date else [_as_of(reading)]
    blocks += _findings(findings_of(plan))
    progress = replace(progress_chart(plan, progress_points(plan)), title=said(N_("Progress of the plan")))
    blocks += [Figure("progress", progress), DrawingPages(pages_of(plan), said(N_("Bar chart of the plan")))]
    return tuple(blocks)


def as_of(reading: PackReading, table: TableBlock) -> TableBlock:
    """The tasks with the days that the schedule gives them on the day of the pack, where the plan has no data date."""
    if reading.project.data_date:
        return table
    return replace(table, rows=Rows(lambda: _on_the_day(reading, table)))


def _on_the_day(reading: PackReading, table: TableBlock) -> Iterator[Row]:
    keys = [column.key for column in table.columns]
    start, finish, due, ref = (keys.index(key) for key in ("scheduled_start", "scheduled_finish", "due_on", "ref"))
    of_ref = {row.ref: reading.plan.schedule[row.id] for row in reading.plan.rows if row.id in reading.plan.schedule}
    for row in table.rows:
        dates = of_ref.get(str(row[ref]))
        if dates is None:
            yield row
            continue
        cells = list(row)
        by_schedule = cells[due] is not None and _day(cells[due]) == _day(cells[finish])
        cells[start], cells[finish] = dates.start.date(), last_day(dates.finish)
        if by_schedule and cells[keys.index("finish")] is None:  # nobody entered a day: the schedule says until when
            cells[due] = cells[finish]
        yield tuple(cells)


def _day(cell: Cell) -> Cell:
    return cell.value if isinstance(cell, Marked) else cell


def _as_of(reading: PackReading) -> Note:
    return Note(
        said(
            N_(
                "The plan has no data date. Its charts take {day}, the day of this pack: what isn't done lies after it."
            ),
            day=reading.as_of.isoformat(),
        ),
        "info",
    )


def _findings(found: tuple[ScheduleFinding, ...]) -> Iterator[Block]:
    if not found:
        return
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.6, rank=1),
        TableColumn("task", said(N_("Task")), LONG, weight=1.4, rank=1),
        TableColumn("finding", said(N_("What is wrong")), LONG, weight=2.4, rank=1),
    )
    rows: tuple[Row, ...] = tuple((each.ref, each.task, each.sentence) for each in found[:_MOST])
    caption = said_of("{n} finding of the schedule.", "{n} findings of the schedule.", len(found))
    yield TableBlock(
        "plan-findings", said(N_("Findings of the schedule")), columns, rows, len(rows), caption=caption, place="print"
    )
