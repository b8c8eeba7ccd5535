"""Draws the plan as a bar chart on a sheet of its own: a row a task, a column a unit of time, bars as filled cells.

The sheet shows the forecast; it is drawn anew at each export and never read back, unlike the register's own sheet.
Cells exist only where a bar is: what isn't worked and the line of today are looks of whole columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from handover.clock import today
from handover.i18n import N_
from handover.pack.excel.cell import DAY_FORMAT, display_width, yes_or_no
from handover.pack.excel.scale import BarScale, scale_of
from handover.pack.excel.sheet import (
    ACCENT,
    INK,
    LINE_HEIGHT,
    TYPE_SIZE,
    TYPEFACE,
    WHITE,
    Sheet,
    append_row,
    lines_in,
    set_up_print,
)
from handover.pack.meter import Meter
from handover.plan.worktime import moment
from handover.registers.scheduling.chart import Chart, ChartRow
from handover.values.durations import DAY
from handover.values.workbook_text import clean
from handover.wording import Language, said, shown

TITLE = said(N_("Gantt"))

#: Grounds of the bars: what is to come and what is done, of usual and of critical tasks, and summaries.
_AHEAD, _DONE, _CRITICAL, _CRITICAL_DONE = "8CC3C8", ACCENT, "EE9D79", "A8380B"
_SUMMARY, _SUMMARY_DONE, _RESTING, _TODAY, _HAIR = "A9B4BC", "4E5B65", "EEF1F3", "C2255C", "D5DBDF"
_HEADINGS = (
    (N_("Task"), 0.0),
    (N_("Forecast start"), 11.5),
    (N_("Forecast finish"), 11.5),
    (N_("% complete"), 11.5),
    (N_("Total float (days)"), 11.5),
    (N_("Critical"), 9.0),
)
_FIRST = len(_HEADINGS) + 1
_HEAD_ROWS = 5
_FORMATS = {"start": DAY_FORMAT, "finish": DAY_FORMAT, "percent": "0%", "float": "0.0"}
_DEEPEST = 7  # levels of rows that Excel can fold
_A4, _A3 = 9, 8
_BROAD = 190.0  # characters beside one another that an A4 page on its side can still show legibly


class BarRow(NamedTuple):
    """A task on the chart; ``start`` and ``finish`` are minutes as in ``handover.plan.worktime``."""

    name: str
    depth: int
    summary: bool
    milestone: bool
    start: int
    finish: int
    first_day: dt.date
    last_day: dt.date
    percent: float
    float_days: float
    critical: bool


@dataclass(frozen=True, slots=True)
class PlanBars:
    """The plan of a project on its way into a bar chart."""

    project: str
    rows: tuple[BarRow, ...]
    scale: BarScale
    today: int


def plan_bars(chart: Chart, language: Language, chosen: set[str] | None = None) -> PlanBars | None:
    """The bars of a plan; None where there is nothing to draw.

    Args:
        chosen: the keys of the tasks to show, with the summaries above them; all by default.
    """
    shown_rows = chart.rows if chosen is None else _with_summaries(chart, chosen)
    rows = tuple(_bar(chart, row) for row in shown_rows if row.id in chart.schedule)
    if not rows:
        return None
    first, last = min(r.start for r in rows), max(r.finish for r in rows)
    return PlanBars(chart.project, rows, scale_of(first, last, chart.days, language), moment(_midnight(today())))


def _with_summaries(chart: Chart, chosen: set[str]) -> list[ChartRow]:
    parents = {task.id: task.parent for task in chart.schedule.plan.tasks}
    wanted: set[str] = set()
    for key in chosen:
        here: str | None = key
        while here is not None and here not in wanted:
            wanted.add(here)
            here = parents.get(here)
    return [row for row in chart.rows if row.id in wanted]


def _bar(chart: Chart, row: ChartRow) -> BarRow:
    dates = chart.schedule[row.id]
    last = dates.finish - dt.timedelta(minutes=1) if dates.finish > dates.start else dates.finish
    return BarRow(
        row.name, row.depth, row.summary, dates.start == dates.finish and not row.summary, moment(dates.start),
        moment(dates.finish), dates.start.date(), last.date(), min(max(row.percent, 0.0), 1.0),
        round(dates.total_float / DAY, 1), dates.critical,
    )  # fmt: skip


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


class BarSheet:
    """A bar chart on its way into a sheet."""

    def __init__(self, book: Workbook, name: str, bars: PlanBars, language: Language) -> None:
        self.sheet: Sheet = book.create_sheet(name)
        self.bars = bars
        self.language = language
        self._row = 0
        self._today = bars.scale.line_at(bars.today)
        self._looks: dict[tuple[object, ...], BookCell] = {}

    def write(self, meter: Meter) -> None:
        """Write the sheet from top to bottom."""
        self._set_up()
        self._legend()
        self._head()
        for row in self.bars.rows:
            meter.tick()
            self._task(row)
        self.sheet.close()

    # Before the rows

    def _set_up(self) -> None:
        sheet, scale = self.sheet, self.bars.scale
        names = (display_width(row.name[:60]) + 2 * row.depth for row in self.bars.rows)
        name_width = float(min(max(max(names) + 2, 30), 52))
        widths = [name_width, *(width for _, width in _HEADINGS[1:]), *[scale.width] * len(scale.units)]
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        for n, unit in enumerate(scale.units):
            look = sheet.column_dimensions[get_column_letter(_FIRST + n)]
            if unit.rests:
                look.fill = PatternFill("solid", fgColor=_RESTING)
            if n == self._today:
                look.border = Border(left=Side("medium", color=_TODAY))
        sheet.freeze_panes = f"{get_column_letter(_FIRST)}{_HEAD_ROWS + 1}"
        sheet.sheet_format.defaultRowHeight = 16
        sheet.sheet_format.outlineLevelRow = min(max(row.depth for row in self.bars.rows), _DEEPEST)
        sheet.sheet_properties.outlinePr.summaryBelow = False
        sheet.sheet_properties.tabColor = ACCENT
        self._print_set_up(sum(widths))

    def _print_set_up(self, width: float) -> None:
        sheet = self.sheet
        set_up_print(sheet)
        sheet.page_setup.paperSize = _A3 if width > _BROAD else _A4
        last = f"{get_column_letter(_FIRST + len(self.bars.scale.units) - 1)}{_HEAD_ROWS + len(self.bars.rows)}"
        sheet.print_title_rows = f"{_HEAD_ROWS - 1}:{_HEAD_ROWS}"
        sheet.print_area = f"A1:{last}"
        self._rule_lines(_HEAD_ROWS + 1, _HEAD_ROWS + len(self.bars.rows))

    def _rule_lines(self, top: int, bottom: int) -> None:
        """Hairlines under the tasks, but not where today's line runs: LibreOffice puts a rule's border in its place."""
        last = _FIRST + len(self.bars.scale.units)
        gap = last if self._today is None else _FIRST + self._today
        spans = [(a, b) for a, b in ((1, gap), (gap + 1, last)) if a < b]
        area = " ".join(f"{get_column_letter(a)}{top}:{get_column_letter(b - 1)}{bottom}" for a, b in spans)
        line = Border(bottom=Side("thin", color=_HAIR))
        self.sheet.conditional_formatting.add(area, FormulaRule(["TRUE"], border=line))  # type: ignore[no-untyped-call]  # no stub

    def _legend(self) -> None:
        """Lines over the chart: whose plan it is, and what each colour means, in that colour."""
        self._append([self._text(self.bars.project, size=14, bold=True)])
        first = self._text(self._say(N_("Forecast by the critical-path method")))
        self._append([first, *self._swatches(_FIRST_LINE)])
        second = _SECOND_LINE if any(unit.rests for unit in self.bars.scale.units) else _SECOND_LINE[:-1]
        self._append([self._text(""), *self._swatches(second)])

    def _swatches(self, entries: tuple[tuple[str, str, str], ...]) -> Iterator[BookCell]:
        for message, ground, ink in entries:
            word = shown(said(message), self.language)
            cell = self._text(word, size=8, ink=ink, ground=ground, across="center", wrap=True)
            if message == _TODAY_WORD:
                cell.border = Border(left=Side("medium", color=_TODAY))
            yield cell

    def _head(self) -> None:
        """The two lines of the time scale; the upper one's words run over into the empty cells beside them."""
        scale = self.bars.scale
        blank = [self._text("", ground=ACCENT) for _ in _HEADINGS]
        upper = [self._text(unit.over, ink=WHITE, bold=True, ground=ACCENT, size=9) for unit in scale.units]
        self._append([*blank, *upper])
        labels = [shown(said(message), self.language) for message, _ in _HEADINGS]
        heads = [
            self._text(label, ink=WHITE, bold=True, ground=ACCENT, across="center" if n else "left", wrap=True)
            for n, label in enumerate(labels)
        ]
        units = [
            self._text(unit.label, ink=WHITE, ground=ACCENT, size=8, across="center" if scale.centred else "left")
            for unit in scale.units
        ]
        most = max(lines_in(label, width - 1) for label, (_, width) in zip(labels, _HEADINGS, strict=True) if width)
        self._append([*heads, *units], most)

    # Rows

    def _task(self, row: BarRow) -> None:
        cells: list[BookCell | None] = [
            self._kept("name", row.name, min(row.depth, 15), row.summary),
            self._kept("start", row.first_day, 0, row.summary),
            self._kept("finish", row.last_day, 0, row.summary),
            self._kept("percent", row.percent, 0, row.summary),
            self._kept("float", row.float_days, 0, row.summary),
            self._kept("critical", yes_or_no(True, self.language), 0, row.summary) if row.critical else None,
        ]
        if row.milestone:
            at = self.bars.scale.column(row.start)
            cells += [None] * at
            cells.append(self._mark(row.critical, at == self._today))
        else:
            first, end = self.bars.scale.span(row.start, row.finish)
            cells += [None] * first
            done = round(row.percent * (end - first))
            cells += (self._filled(row, n - first < done, n == self._today) for n in range(first, end))
        self._row += 1
        if row.depth:
            self.sheet.row_dimensions[self._row] = {"outlineLevel": str(min(row.depth, _DEEPEST))}
        self.sheet.append(cells)
        self.sheet.row_dimensions.pop(self._row, None)

    def _filled(self, row: BarRow, done: bool, today_here: bool) -> BookCell:
        key = ("bar", row.summary, row.critical, done, today_here)
        cell = self._looks.get(key)
        if cell is None:
            cell = self._looks[key] = WriteOnlyCell(self.sheet)
            cell.fill = PatternFill("solid", fgColor=_ground(row, done))
            cell.border = _edges(today_here)
        return cell

    def _mark(self, critical: bool, today_here: bool) -> BookCell:
        key = ("mark", critical, today_here)
        cell = self._looks.get(key)
        if cell is None:
            ink = _CRITICAL_DONE if critical else INK
            cell = self._looks[key] = self._text("◆", ink=ink, across="center")
            cell.border = _edges(today_here)
        return cell

    def _kept(self, kind: str, value: str | float | dt.date, depth: int, strong: bool) -> BookCell:
        """A cell of the left part in the look of its kind; filled anew for each row, as in the registers' sheets."""
        key = (kind, depth, strong)
        cell = self._looks.get(key)
        if cell is None:
            cell = self._looks[key] = self._text("", bold=strong, across="left" if kind == "name" else "center")
            cell.alignment = Alignment("left" if kind == "name" else "center", "center", indent=depth)
            cell.number_format = _FORMATS.get(kind, "@")
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it begins with
        return cell

    def _append(self, cells: list[BookCell], lines: int = 2) -> None:
        self._row += 1
        append_row(self.sheet, self._row, cells, lines * LINE_HEIGHT)

    def _say(self, message: str) -> str:
        return shown(said(message), self.language, " ")

    def _text(
        self,
        text: str,
        *,
        size: int = TYPE_SIZE,
        bold: bool = False,
        ink: str = INK,
        ground: str = "",
        across: str = "left",
        wrap: bool = False,
    ) -> BookCell:
        cell = WriteOnlyCell(self.sheet, clean(text) or None)
        if text:
            cell.data_type = "s"
        cell.font = Font(name=TYPEFACE, size=size, bold=bold, color=ink)
        cell.alignment = Alignment(across, "center", wrap_text=wrap)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
        return cell


def _edges(today_here: bool) -> Border:
    """The line of today and, since the rule leaves that column out, the hairline."""
    return Border(left=Side("medium", color=_TODAY), bottom=Side("thin", color=_HAIR)) if today_here else Border()


def _ground(row: BarRow, done: bool) -> str:
    if row.summary:
        return _SUMMARY_DONE if done else _SUMMARY
    if row.critical:
        return _CRITICAL_DONE if done else _CRITICAL
    return _DONE if done else _AHEAD


_TODAY_WORD = N_("Today")
_FIRST_LINE = (
    (N_("To do"), _AHEAD, INK),
    (N_("Part done"), _DONE, WHITE),
    (N_("Summary task"), _SUMMARY, INK),
    (N_("◆ Milestone"), "", INK),
    (_TODAY_WORD, "", INK),
)
_SECOND_LINE = (
    (N_("Critical"), _CRITICAL, INK),
    (N_("Critical, done"), _CRITICAL_DONE, WHITE),
    (N_("Summary, done"), _SUMMARY_DONE, WHITE),
    (N_("Non-working"), _RESTING, INK),
)
