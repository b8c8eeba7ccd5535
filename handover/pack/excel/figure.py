"""Writes a chart as a sheet: its values as cells, and beside them Excel's own chart of these cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from handover.charts.data import CALENDAR, AnyChart, HeatChart, ScatterChart, SeatChart, StripChart
from handover.charts.drawing import paint
from handover.charts.heat import PALE, STRONG, TONES
from handover.charts.layout import is_empty
from handover.charts.table import ChartTable, Entry, as_table
from handover.i18n import N_
from handover.pack.excel.cell import DAY_FORMAT, display_width
from handover.pack.excel.native import native_chart
from handover.pack.excel.sheet import ACCENT, INK, TYPE_SIZE, TYPEFACE, WHITE, Sheet, append_row, set_up_print
from handover.pack.meter import Meter
from handover.pack.outline import Figure
from handover.pack.tokens import TOKENS
from handover.values.workbook_text import clean
from handover.wording import Language, Words, said, shown

_TITLE_ROWS = 2
#: The row of the headings; values begin under it.
HEAD = _TITLE_ROWS + 1
_NUMBER = "#,##0.######"


class FigureSheet:
    """A chart on its way into a sheet."""

    def __init__(self, book: Workbook, name: str, figure: Figure, language: Language) -> None:
        self.sheet: Sheet = book.create_sheet(name)
        self.figure = figure
        self.language = language
        self.table = with_numbers(figure.chart, as_table(figure.chart, language))
        self._row = 0

    def write(self, meter: Meter) -> None:
        """Write the sheet from top to bottom."""
        meter.tick(0)
        self._set_up()
        self._append([self._text(self._say(self.figure.chart.title), size=14, bold=True)])
        self._append([self._text(self._say(self.figure.caption or self.figure.chart.y), ink=TOKENS["secondary"][1:])])
        heads = [self._text(h, ink=WHITE, bold=True, ground=ACCENT, across=self._side(n)) for n, h in self._heads()]
        self._append(heads)
        for row in range(len(self.table.rows)):
            self._append([self._cell(entry, n) for n, entry in enumerate(self.table.rows[row])])
        if is_empty(self.figure.chart):
            self._append([self._text(self._say(self.figure.chart.empty or said(N_("Nothing to show yet."))))])
        elif isinstance(self.figure.chart, HeatChart):
            self._shade(self.figure.chart)
        elif not isinstance(self.figure.chart, StripChart | SeatChart):  # Excel has neither; their table says it all
            chart = native_chart(self.figure.chart, self.table, self.sheet, HEAD)
            self.sheet.add_chart(chart, f"{get_column_letter(len(self.table.heads) + 2)}{HEAD}")
        self.sheet.close()

    def _set_up(self) -> None:
        for n in range(len(self.table.heads)):
            texts = [self.table.heads[n], *(self.table.text(row, n) for row in range(len(self.table.rows)))]
            width = float(min(max(map(display_width, texts)) + 3, 44))
            self.sheet.column_dimensions[get_column_letter(n + 1)].width = max(width, 10.0)
        self.sheet.sheet_view.showGridLines = False
        self.sheet.sheet_properties.tabColor = ACCENT
        self.sheet.freeze_panes = f"B{HEAD + 1}"
        set_up_print(self.sheet)

    def _heads(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.table.heads)

    def _side(self, column: int) -> str:
        numbers = any(isinstance(row[column], int | float) for row in self.table.rows)
        return "center" if isinstance(self.figure.chart, HeatChart) and column else "right" if numbers else "left"

    def _cell(self, entry: Entry, column: int) -> BookCell | None:
        if entry is None:
            return None
        if isinstance(entry, str):
            return self._text(entry)
        if isinstance(entry, float) and self.table.units[column] == CALENDAR:
            entry = dt.date.fromordinal(round(entry))
        cell = WriteOnlyCell(self.sheet)
        cell.value = entry
        cell.font = Font(name=TYPEFACE, size=TYPE_SIZE, color=INK)
        share = self.table.units[column] == "%"
        cell.number_format = DAY_FORMAT if isinstance(entry, dt.date) else "0.0%" if share else _NUMBER
        cell.alignment = Alignment("left" if isinstance(entry, dt.date) else self._side(column), "center")
        return cell

    def _shade(self, chart: HeatChart) -> None:
        """The colours of a heat map, which follow when somebody changes a number."""
        last = f"{get_column_letter(1 + len(chart.columns))}{HEAD + len(chart.rows)}"
        area, rules = f"B{HEAD + 1}:{last}", self.sheet.conditional_formatting
        if not chart.steps:
            low, high = (paint(f"accent/{share}", TOKENS.__getitem__)[1:] for share in (PALE, STRONG))
            rules.add(area, ColorScaleRule("min", None, low, end_type="max", end_color=high))  # type: ignore[no-untyped-call]  # no stub
            return
        ends = [start for start, _ in chart.steps[1:]]
        for at, (start, tone) in enumerate(chart.steps):
            ground = TOKENS[f"{tone}_soft"] if tone in TONES else paint(f"{tone}/25", TOKENS.__getitem__)
            ink, fill = Font(color=TOKENS[tone][1:]), PatternFill(bgColor=ground[1:])
            first = f"B{HEAD + 1}"
            below = f",{first}<{ends[at]:g}" if at < len(ends) else ""
            test = f"AND(ISNUMBER({first}),{first}>={start:g}{below})"
            rules.add(area, FormulaRule([test], font=ink, fill=fill))  # type: ignore[no-untyped-call]  # no stub

    def _append(self, cells: Sequence[BookCell | None]) -> None:
        self._row += 1
        append_row(self.sheet, self._row, cells)

    def _say(self, words: Words) -> str:
        return shown(words, self.language, " ")

    def _text(
        self, text: str, *, size: int = TYPE_SIZE, bold: bool = False, ink: str = INK, ground: str = "",
        across: str = "left",
    ) -> BookCell:  # fmt: skip
        cell = WriteOnlyCell(self.sheet, clean(text) or None)
        if text:
            cell.data_type = "s"  # whatever it begins with
        cell.font = Font(name=TYPEFACE, size=size, bold=bold, color=ink)
        cell.alignment = Alignment(across, "center")
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
        return cell


def with_numbers(chart: AnyChart, table: ChartTable) -> ChartTable:
    """The table with the numbers of steps beside their words: Excel draws points by numbers only."""
    if not isinstance(chart, ScatterChart) or not (chart.x_steps and chart.y_steps):
        return table
    dots = [d for s in chart.series for d in s.dots if abs(d.x) < 1e300 and abs(d.y) < 1e300]
    rows = tuple((*row, dot.x, dot.y) for row, dot in zip(table.rows, dots, strict=True))
    heads = (*table.heads, f"{table.heads[2]} #", f"{table.heads[3]} #")
    keys = tuple((*keys, keys[0], keys[0]) for keys in table.keys)
    return ChartTable(heads, rows, keys, (*table.units, "", ""), table.language)
