"""The cover sheet of a workbook: which pack it is, what its sheets hold, and the figures of the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from handover.i18n import N_
from handover.pack.blocks.tone import Tone
from handover.pack.excel.cell import DAY_FORMAT, Plain, filled, number_format
from handover.pack.excel.marks import NamedTable
from handover.pack.excel.matrix import NamedMatrix
from handover.pack.excel.sheet import (
    ACCENT,
    INK,
    LINE_HEIGHT,
    MOST_ROWS,
    SHADES,
    SPARE_ROWS,
    TYPE_SIZE,
    TYPEFACE,
    WHITE,
    Sheet,
    append_row,
    choices_of,
    lines_in,
    link_to,
    set_up_print,
    tallied,
)
from handover.pack.outline import (
    Bars,
    Cell,
    Fact,
    Facts,
    KeyNumbers,
    Marked,
    PackOutline,
    TableColumn,
    WrittenTable,
    numbered,
)
from handover.pack.values import long_date
from handover.registers.catalogue import plan_register
from handover.values import print_forms
from handover.values.workbook_text import clean
from handover.wording import Words, said, shown

_MUTED = "5A6872"
_WIDTHS = (34.0, 46.0, 12.0, 46.0)
_EMPTY = '""'
_FREE = TableColumn("value", "", print_forms.LONG)
_NUMBER_FORMAT = number_format(TableColumn("value", "", print_forms.NUMBER))


def set_up_cover(sheet: Sheet) -> None:
    """What has to stand before the first row."""
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = INK
    set_up_print(sheet)


def write_cover(
    sheet: Sheet,
    outline: PackOutline,
    tables: Sequence[NamedTable],
    written: Sequence[WrittenTable],
    bar_chart: str = "",
    charts: Sequence[tuple[str, str]] = (),
    matrices: Sequence[NamedMatrix] = (),
    tallies: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
) -> dict[str, int]:
    """Fill the cover sheet once it is known what the others hold.

    Args:
        bar_chart: the name of the sheet of the plan's bars.
        charts: the names and titles of the sheets with charts.
        tallies: of each sheet how many rows there are in each state.

    Returns:
        what its formulas come to, by their cells.
    """
    cover = _Cover(sheet, outline)
    cover.title()
    cover.facts(_own_facts(outline))
    cover.sheets(tables, written, bar_chart)
    cover.matrices(matrices)
    cover.charts(charts)
    for section in outline.sections:
        if figures := list(_figures(section.blocks)):
            cover.heading(section.title)
            cover.facts(figures)
    cover.states(tables, tallies)
    sheet.close()
    return cover.results


def _own_facts(outline: PackOutline) -> list[Fact]:
    day = long_date(outline.made_at.date(), outline.language)
    facts = [
        Fact(said(N_("Number of the pack")), _number(outline)),
        *([] if outline.draft else [Fact(said(N_("Pack edition")), outline.edition)]),
        Fact(said(N_("As of")), day),
    ]
    facts += [Fact(party.side, party.organisation) for party in outline.cover.parties]
    return facts + list(outline.cover.facts)


def _number(outline: PackOutline) -> Cell:
    words = numbered(outline)
    return Marked(shown(words, outline.language, " "), "danger") if outline.draft else shown(words, outline.language)


def _figures(blocks: Sequence[object]) -> Iterator[Fact]:
    """The facts, key numbers and bars of a section as labels and values."""
    for block in blocks:
        if isinstance(block, Facts):
            yield from block.facts
        elif isinstance(block, KeyNumbers):
            yield from (Fact(number.label, number.value) for number in block.numbers)
        elif isinstance(block, Bars):
            yield from (Fact(bar.label, f"{bar.value:g} / {bar.whole:g}") for bar in block.bars)


def _rows_of(named: NamedTable, count: int) -> str:
    """The formula that counts the rows of a sheet: those with a reference, or with what names a new one."""
    areas = [_area(named.sheet, at, count) for at in range(1, min(len(named.table.columns), 3) + 1)]
    return f"=SUMPRODUCT(--({'+'.join(f'({area}<>{_EMPTY})' for area in areas)}>0))"


def _area(sheet: str, column: int, count: int) -> str:
    """The cells of a column, those under the last row too that are there to be filled."""
    letter, quoted = get_column_letter(column), sheet.replace("'", "''")
    return f"'{quoted}'!${letter}$2:${letter}${min(count + 1 + SPARE_ROWS, MOST_ROWS + 1)}"


class _Cover:
    """The cover sheet, written downward."""

    def __init__(self, sheet: Sheet, outline: PackOutline) -> None:
        self.sheet = sheet
        self.outline = outline
        self.language = outline.language
        self._row = 0
        self.results: dict[str, int] = {}

    def title(self) -> None:
        self._append([self._cell(self._say(self.outline.title), size=22, bold=True)], 32)
        if self.outline.subtitle:
            self._append([self._cell(self._say(self.outline.subtitle), ink=_MUTED)])
        self._append([])
        self._append([self._cell(self.outline.cover.project, size=14, bold=True)], 21)
        self._append([self._cell(self.outline.cover.code, ink=_MUTED)])
        self._append([])

    def heading(self, words: Words) -> None:
        self._append([])
        self._append([self._cell(self._say(words), size=13, bold=True, ink=ACCENT)], 22)

    def facts(self, facts: Sequence[Fact]) -> None:
        for fact in facts:
            label, value = self._cell(self._say(fact.label), ink=_MUTED, wrap=True), self._value(fact.value)
            self._append([label, value], self._height((label, value)))

    def sheets(self, tables: Sequence[NamedTable], written: Sequence[WrittenTable], bar_chart: str) -> None:
        """The list of the sheets, each name a link within the workbook."""
        self.heading(said(N_("Sheets of this workbook")))
        heads = (said(N_("Sheet name")), said(N_("Contents of the sheet")), said(N_("Row count")), said(N_("Remark")))
        self._append([self._cell(self._say(x), bold=True, ink=WHITE, ground=ACCENT) for x in heads])
        for named, done in zip(tables, written, strict=True):
            title = self._cell(self._say(named.table.title), wrap=True)
            remark = self._cell(self._remark(named, done), wrap=True)
            self._sheet([self._link(named.sheet), title, self._live(_rows_of(named, done.rows), done.rows), remark])
            if bar_chart and named.table.key == plan_register().key:
                remark = self._cell(self._say(said(N_("Changes in this sheet aren't read back."))), wrap=True)
                title = self._cell(self._say(said(N_("Bar chart of the plan, drawn from its forecast"))), wrap=True)
                self._sheet([self._link(bar_chart), title, None, remark])

    def matrices(self, matrices: Sequence[NamedMatrix]) -> None:
        """The sheets with matrices, and how many rows each has."""
        for named in matrices:
            title = self._cell(self._say(named.block.title), wrap=True)
            self._sheet([self._link(named.sheet), title, self._cell(len(named.block.down)), None])

    def charts(self, charts: Sequence[tuple[str, str]]) -> None:
        """The sheets with charts; they are drawn anew at each export."""
        for name, title in charts:
            remark = self._cell(self._say(said(N_("Changes in this sheet aren't read back."))), wrap=True)
            self._sheet([self._link(name), self._cell(title, wrap=True), None, remark])

    def states(self, tables: Sequence[NamedTable], tallies: Mapping[str, Mapping[str, int]]) -> None:
        """How many rows are in each state, counted anew whenever a sheet is changed."""
        counted = [named for named in tables if tallies.get(named.sheet)]
        if not counted:
            return
        self.heading(said(N_("Rows by state, as the sheets have them now")))
        heads = (said(N_("Sheet name")), said(N_("State of the rows")), said(N_("Row count")))
        self._append([self._cell(self._say(x), bold=True, ink=WHITE, ground=ACCENT) for x in heads])
        for named in counted:
            tally, key = tallies[named.sheet], tallied(named.table)
            at = next(n for n, column in enumerate(named.table.columns, 1) if column.key == key)
            area = _area(named.sheet, at, sum(tally.values()))
            for choice in choices_of(named.table.columns[at - 1], self.outline.language):
                words = self._cell(choice.shown, tone=choice.tone, wrap=True)
                count = tally.get(choice.shown, 0)
                here = self._live(f"=COUNTIF({area},B{self._row + 1})", count)
                self._sheet([self._link(named.sheet), words, here])

    def _live(self, formula: str, result: int) -> BookCell:
        """A formula with what it comes to, for programs that don't reckon."""
        cell = self._cell(result)
        cell.value = formula
        self.results[f"C{self._row + 1}"] = result
        return cell

    def _sheet(self, cells: Sequence[BookCell | None]) -> None:
        self._append(cells, self._height(cells))

    def _link(self, sheet: str) -> BookCell:
        link = self._cell(sheet, ink=ACCENT)
        link.hyperlink = link_to(sheet)
        link.font = Font(name=TYPEFACE, size=TYPE_SIZE, color=ACCENT, underline="single")
        return link

    def _remark(self, named: NamedTable, done: WrittenTable) -> str:
        said_here = []
        if named.table.filter and done.left_out:
            said_here.append(
                self._say(
                    said(N_("{filter}; {number} rows are left out."), filter=named.table.filter, number=done.left_out)
                )
            )
        elif named.table.filter:
            said_here.append(self._say(named.table.filter))
        elif done.left_out:
            said_here.append(self._say(said(N_("{number} rows are left out."), number=done.left_out)))
        if done.shortened:
            said_here.append(
                self._say(
                    said(N_("Texts that Excel can't hold were shortened in {number} rows."), number=done.shortened)
                )
            )
        return " ".join(x for x in said_here if x)

    def _append(self, cells: Sequence[BookCell | None], height: float = 0.0) -> None:
        self._row += 1
        append_row(self.sheet, self._row, cells, height)

    def _height(self, cells: Sequence[BookCell | None]) -> float:
        texts = [str(cell.value or "") if cell and cell.data_type != "f" else "" for cell in cells]
        return (max(map(lines_in, texts, _WIDTHS)) * 1.08 + 0.1) * LINE_HEIGHT

    def _say(self, words: Words) -> str:
        return shown(words, self.language, " ")

    def _value(self, value: Cell) -> BookCell | None:
        one = filled(value, _FREE, self.language)
        if one.value is None:
            return None
        cell = self._cell(one.value, tone=one.tone, wrap=True)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        if not isinstance(one.value, str):
            cell.number_format = DAY_FORMAT if isinstance(one.value, date) else _NUMBER_FORMAT
        return cell

    def _cell(
        self,
        value: Plain,
        size: int = TYPE_SIZE,
        bold: bool = False,
        ink: str = INK,
        ground: str = "",
        tone: Tone | None = None,
        wrap: bool = False,
    ) -> BookCell:
        cell = WriteOnlyCell(self.sheet)
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.font = Font(name=TYPEFACE, size=size, bold=bold, color=SHADES[tone][0] if tone else ink)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
        return cell
