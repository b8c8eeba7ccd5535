"""Sets a table over as many pages as it needs: its header on each, rows whole, a line over each group."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from handover.i18n import N_
from handover.pack.meter import Meter
from handover.pack.outline import Cell, Row, Status, TableBlock, TableColumn
from handover.pack.pdf.cell import CellLine, draw_items, items_of
from handover.pack.pdf.fit import PAD, Fit
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.pen import Anchor
from handover.pack.pdf.style import ACCENT, FAINT, HEADINGS, INK, LEFT, MUTED, PALE, SMALL, SMALLEST, leading
from handover.wording import Text, said, said_of, shown

_ABOVE_BELOW = 2.8
#: What a head of a column is in the structure, and on which side its words stand.
_OF_COLUMN = "/A<</O/Table/Scope/Column>>"
_ENDS: tuple[Anchor, Anchor] = ("start", "end")
_NOTHING = nullcontext()
_CAPTION_PITCH = leading(SMALL)
_TITLE = HEADINGS[3]
#: Groups of a table that have a bookmark; among more of them nobody finds one.
_MARKED = 200


class TableSetter:
    """Sets one table as it was fitted.

    Args:
        rows: all rows, each with a cell for every column of the table.
        titled: the table's title stands over it, because its heading is that of several tables.
    """

    def __init__(self, press: Press, table: TableBlock, rows: Sequence[Row], fit: Fit, titled: bool = False) -> None:
        self.press = press
        self.table = table
        self.rows = rows
        self.fit = fit
        self.titled = titled
        self.pitch = leading(fit.size)
        self._groups = 0
        self._codes: dict[tuple[int, str], int] = {}
        self._legend: list[tuple[int, Status]] = []
        self._columns = [table.columns[i] for i in fit.columns]
        self._heading = [self._heading_of(i, width) for i, width in zip(fit.columns, fit.widths, strict=True)]
        self._group = next((i for i, c in enumerate(table.columns) if c.key == table.group_by), -1)

    def draw(self, meter: Meter) -> None:
        """Draw the table from where the press stands."""
        with self.press.piece("P"):
            self._caption()
            if not self.rows:
                self._nothing()
                return
        with self.press.element("Table"):
            self._all_rows(meter)
        self.press.down(4)
        with self.press.piece("P"):
            self._explain_codes()
            self._left_out()

    def _all_rows(self, meter: Meter) -> None:
        with self.press.element("TR"):
            self._header(first=True)
        group = ""
        for n, row in enumerate(self.rows):
            meter.tick()
            cells = self._cells(row)
            if self._group >= 0 and (n == 0 or self._group_name(row) != group):
                group = self._group_name(row)
                if self.press.room < self._group_height + self._least(cells):
                    self._turn("")
                self._group_line(group)
            with self.press.element("TR"):
                self._row(cells, group)

    @property
    def height(self) -> float:
        """The height of all of it where it isn't divided: title, caption, header, groups and rows."""
        names = [self._group_name(row) for row in self.rows] if self._group >= 0 else []
        groups = sum(n == 0 or name != names[n - 1] for n, name in enumerate(names))
        rows = sum(self._height(self._cells(row)) for row in self.rows)
        around = self._title_height + 2 * _CAPTION_PITCH + 4 + (self._header_height if self.rows else 34) + 24
        return around + groups * self._group_height + rows

    def _explain_codes(self) -> None:
        """What the numbers of statuses mean."""
        for column in self.fit.coded:
            told = [
                f"{n} = {self.press.show(status.label, ' ')}"
                for n, status in enumerate((each for of, each in self._legend if of == column), 1)
            ]
            if told:
                words = f"{self.press.show(self.table.columns[column].label, ' ')}: {'; '.join(told)}"
                lines = lines_of(words, self.press.breadth, SMALL)
                self.press.need(len(lines) * _CAPTION_PITCH)
                self.press.down(self.press.pen.lines(LEFT, self.press.y, lines, SMALL, _CAPTION_PITCH, MUTED) + 2)

    # Above and below the rows

    def _caption(self) -> None:
        """The caption and the number of rows, on the page where the first row will be."""
        press = self.press
        caption = press.show(self.table.caption)
        lines = lines_of(caption, press.breadth * 0.78, SMALL) if caption else ()
        height = max(len(lines), 1) * _CAPTION_PITCH + 4
        first = self._least(self._cells(self.rows[0])) if self.rows else 26.0
        press.need(self._title_height + height + self._header_height + self._group_height + first)
        self._title()
        if not self.rows and not lines:
            return
        press.pen.lines(LEFT, press.y, lines, SMALL, _CAPTION_PITCH, MUTED)
        if self.rows:
            count = press.show(said_of("{n} row", "{n} rows", len(self.rows)), " · ")
            press.pen.text(
                press.right, press.y + height - 4 - (_CAPTION_PITCH + SMALL) / 2, count, SMALL, MUTED, anchor="end"
            )
        press.down(height)

    @property
    def _title_height(self) -> float:
        return _TITLE * 1.5 + 4 if self.titled else 0.0

    def _title(self) -> None:
        if self.titled:
            press = self.press
            words = press.cut(press.show(self.table.title, "  "), press.breadth, _TITLE, True)
            press.pen.text(LEFT, press.y + 4, words, _TITLE, INK, True)
            press.down(self._title_height)

    def _nothing(self) -> None:
        press = self.press
        text = press.show(self.table.empty or said(N_("There are no entries.")), " · ")
        press.need(34)
        press.pen.box(LEFT, press.y, press.breadth, 26, fill=PALE, radius=3)
        press.pen.text(LEFT + 10, press.y + 9, press.cut(text, press.breadth - 20, SMALL), SMALL, MUTED)
        press.down(34)

    def _left_out(self) -> None:
        if not self.fit.left_out:
            return
        press = self.press
        labels = [self.table.columns[i].label for i in self.fit.left_out]
        names = Text(", ".join(shown(x, "en") for x in labels), "、".join(shown(x, "zh") for x in labels))
        note = said(N_("These columns don't fit on the page and stand in the workbook only: {names}."), names=names)
        lines = lines_of(press.show(note), press.breadth, SMALL)
        press.need(len(lines) * _CAPTION_PITCH)
        press.down(press.pen.lines(LEFT, press.y, lines, SMALL, _CAPTION_PITCH, MUTED) + 4)

    # The header

    def _heading_of(self, index: int, width: float) -> list[tuple[str, float, bool]]:
        """The lines of a heading with their size; in both languages the second is smaller."""
        size = self.fit.size
        label = self.press.show(self.table.columns[index].label)
        first, _, second = label.partition("\n") if self.press.language == "both" else (label, "", "")
        lines = [(line, size, True) for line in lines_of(first, width - 2 * PAD, size, True)]
        small = max(size - 1, SMALLEST)
        return lines + [(line, small, False) for line in lines_of(second, width - 2 * PAD, small) if line]

    @property
    def _header_height(self) -> float:
        return max(len(lines) for lines in self._heading) * self.pitch + 2 * _ABOVE_BELOW + 2

    def _header(self, first: bool = False) -> None:
        """The heads of the columns; on further pages they are repeated, and not read out again."""
        press, pitch, height = self.press, self.pitch, self._header_height
        pen = press.pen
        pen.box(LEFT, press.y, press.breadth, height, fill=PALE)
        pen.rule(LEFT, press.right, press.y, ACCENT, 1.0)
        x = LEFT
        for column, lines, width in zip(self._columns, self._heading, self.fit.widths, strict=True):
            top = press.y + height - _ABOVE_BELOW - 1 - len(lines) * pitch
            ends = column.kind.side == "end"
            with press.piece("TH", _OF_COLUMN) if first else nullcontext():
                for i, (line, size, strong) in enumerate(lines):
                    at = x + width - PAD if ends else x + PAD
                    ink, anchor = INK if strong else MUTED, _ENDS[ends]
                    pen.text(at, top + i * pitch + (pitch - size) / 2, line, size, ink, strong, anchor)
            x += width
        press.down(height)
        pen.rule(LEFT, press.right, press.y, ACCENT, 0.5)

    # Groups

    @property
    def _group_height(self) -> float:
        return self.pitch + 2 * _ABOVE_BELOW + 2 if self._group >= 0 else 0.0

    def _group_name(self, row: Row) -> str:
        items = items_of(row[self._group], self.table.columns[self._group], 10_000, self.fit.size, self.press)
        name = " ".join(item.text for item in items if item.text)
        return name or self.press.show(said(N_("Not assigned")), " · ")

    def _group_line(self, name: str, again: bool = False) -> None:
        press, size = self.press, self.fit.size
        if again:
            name = press.show(said(N_("{group} (continued)"), group=name), " · ") if press.language != "both" else name
        elif self._groups < _MARKED:
            self._groups += 1
            press.mark_within(name)
        press.pen.box(LEFT, press.y, press.breadth, self._group_height, fill=FAINT)
        top = press.y + (self._group_height - size) / 2
        spans = f"/A<</O/Table/Scope/Row/ColSpan {len(self._columns)}>>"
        words = press.cut(name, press.breadth - 2 * PAD, size, True)
        if again:
            press.pen.text(LEFT + PAD, top, words, size, INK, True)
        else:
            with press.element("TR"), press.piece("TH", spans):
                press.pen.text(LEFT + PAD, top, words, size, INK, True)
        press.down(self._group_height)

    # Rows

    def _cells(self, row: Row) -> list[list[CellLine]]:
        return [
            items_of(
                self._coded(i, row[i]) if i in self.fit.coded else row[i],
                self.table.columns[i],
                width - 2 * PAD,
                self.fit.size,
                self.press,
            )
            for i, width in zip(self.fit.columns, self.fit.widths, strict=True)
        ]

    def _coded(self, column: int, cell: Cell) -> Cell:
        """The number of a status, which the legend below the table explains."""
        if not isinstance(cell, Status):
            return cell
        key = column, shown(cell.label, self.press.language)
        if key not in self._codes:
            self._codes[key] = sum(of == column for of, _ in self._codes) + 1
            self._legend.append((column, cell))
        return Status(str(self._codes[key]), cell.tone)

    def _height(self, cells: list[list[CellLine]]) -> float:
        return max((len(items) for items in cells), default=1) * self.pitch + 2 * _ABOVE_BELOW

    @property
    def _body(self) -> float:
        """What an empty page has for rows under the header."""
        return self.press.whole_room - self._header_height - self._group_height

    def _least(self, cells: list[list[CellLine]]) -> float:
        """The height that must be left for a row to begin: all of it, or a part of one that no page holds."""
        height = self._height(cells)
        return height if height <= self._body else 6 * self.pitch

    def _turn(self, group: str) -> None:
        self.press.turn()
        self._header()
        if group:
            self._group_line(group, again=True)

    def _row(self, cells: list[list[CellLine]], group: str) -> None:
        """Draw a row whole; only one that is higher than a page is divided, between its lines."""
        if self.press.room < self._least(cells):
            self._turn(group)
        while self._height(cells) > self.press.room:
            lines = max(1, int((self.press.room - 2 * _ABOVE_BELOW) / self.pitch))
            self._part([items[:lines] for items in cells])
            cells = [items[lines:] for items in cells]
            self._turn(group)
        self._part(cells)

    def _woven(self, column: TableColumn, ref: str, x: float, width: float) -> None:
        """Tie a reference into the web: a mention leads to its row, the row back to the first mention."""
        press = self.press
        row, mention = f"row {ref}", f"mention {ref}"
        here, there = (row, mention) if column.web == "row" else (mention, row)
        press.place(here, press.y)
        press.lead(there, x, press.y, width, self.pitch + 2 * _ABOVE_BELOW)

    def _part(self, cells: list[list[CellLine]]) -> None:
        press = self.press
        height = self._height(cells)
        x = LEFT
        tagged = press.tagged
        for column, items, width in zip(self._columns, cells, self.fit.widths, strict=True):
            with press.piece("TD") if tagged else _NOTHING:
                draw_items(press.pen, items, column, x + PAD, press.y + _ABOVE_BELOW, width - 2 * PAD, self.pitch)
                if column.web and items:
                    self._woven(column, items[0].text, x, width)
            x += width
        press.down(height)
        press.pen.rule(LEFT, press.right, press.y, width=0.4)
