"""Writes the rows of a register's sheet as XML of their own, which is laid into the sheet that openpyxl makes.

Openpyxl builds an object and an element a cell, which takes three quarters of the time of a large workbook. Here a
cell is a text, and a value that stands in a column again is looked up rather than made again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from handover.pack.blocks.tone import Tone
from handover.pack.excel.cell import Filled, Plain, filled, yes_or_no
from handover.pack.outline import Cell, Row, TableColumn
from handover.wording import Language

#: Values of a column that are kept ready. A column with more of them has another one in each row, so that keeping them
#: isn't worth it; days come again and again.
_READY, _READY_DAYS = 500, 4_000
#: Rows that are written at once.
_AT_ONCE = 512
_END = b"</sheetData>"
_HIGHEST = 400.0


class _Made(NamedTuple):
    """A cell as it is written: what follows its place, how many lines it takes, whether something had to go."""

    xml: str
    lines: int
    shortened: bool


_NOTHING = _Made("", 1, False)


class RowsFile:
    """Rows on their way into a sheet.

    Args:
        first: the number of the first row.
        style_of: the number of the style of a column's cell.
        lines_of: about how many lines a text takes in a column, at a level of an outline.
        line_height: in points.
    """

    def __init__(
        self,
        columns: Sequence[TableColumn],
        language: Language,
        first: int,
        style_of: Callable[[int, Filled], int],
        lines_of: Callable[[int, str, int], int],
        line_height: float,
    ) -> None:
        self.shortened = 0
        self._columns = tuple(columns)
        self._language: Language = language
        self._number = first
        self._style_of, self._lines_of, self._line_height = style_of, lines_of, line_height
        self._heads = tuple(f'<c r="{get_column_letter(n)}' for n in range(1, len(columns) + 1))
        self._yes, self._no = yes_or_no(True, language), yes_or_no(False, language)
        self._ready = [_READY_DAYS if column.kind.day else _READY for column in columns]
        self._looks: dict[tuple[Tone | None, bool], list[dict[Cell, _Made]]] = {}
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="handover-rows-")  # noqa: SIM115 - closed with its sheet
        self._waiting: list[str] = []

    def add(self, row: Row, ground: Tone | None = None, opens: bool = False) -> None:
        """Write a row.

        Args:
            ground: the colour of the whole row.
            opens: a group begins with it.
        """
        ready = self._looks.get((ground, opens))
        if ready is None:
            ready = self._looks[ground, opens] = [{} for _ in self._columns]
        number, most, shortened = self._number, 1, False
        cells: list[str] = []
        for at, (cell, known, head) in enumerate(zip(row, ready, self._heads, strict=True)):
            if cell is True:  # equal to 1, which another row may have
                cell = self._yes
            elif cell is False:
                cell = self._no
            made = known.get(cell)
            if made is None:
                made = self._made(at, cell, ground, opens)
                if self._ready[at]:
                    known[cell] = made
                    if len(known) > self._ready[at]:
                        self._ready[at] = 0
                        known.clear()
            if made is _NOTHING:
                continue
            cells.append(f'{head}{number}"{made.xml}')
            if made.lines > most:
                most = made.lines
            shortened = shortened or made.shortened
        height = f' ht="{min(most * self._line_height, _HIGHEST):g}"' if most > 1 else ""
        self._waiting.append(f'<row r="{number}"{height}>{"".join(cells)}</row>')
        self.shortened += shortened
        self._number += 1
        if len(self._waiting) >= _AT_ONCE:
            self._flush()

    def _made(self, at: int, cell: Cell, ground: Tone | None, opens: bool) -> _Made:
        value = filled(cell, self._columns[at], self._language)
        if ground or opens:
            value = value._replace(ground=ground, opens=opens)
        if value.value is None and not ground and not opens:
            return _Made("/>", 1, True) if value.shortened else _NOTHING
        style = f' s="{self._style_of(at, value)}"'
        lines = self._lines_of(at, value.value, value.level) if isinstance(value.value, str) else 1
        return _Made(style + _content(value.value), lines, value.shortened)

    def _flush(self) -> None:
        self._file.write("".join(self._waiting).encode("utf-8"))
        self._waiting.clear()

    def lay_into(self, sheet: Path, target: Callable[[bytes], object], block: int) -> None:
        """Hand the XML of a sheet, with these rows behind those that it has, to ``target``, block by block."""
        self._flush()
        whole = sheet.read_bytes()
        at = whole.index(_END)
        target(whole[:at])
        self._file.seek(0)
        while piece := self._file.read(block):
            target(piece)
        target(whole[at:])

    def close(self) -> None:
        """Let go of the temporary file."""
        self._file.close()


def _content(value: Plain) -> str:
    """What follows the place and the style of a cell."""
    if value is None:
        return "/>"
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != value.strip() else ""
        return f' t="inlineStr"><is><t{space}>{_escaped(value)}</t></is></c>'
    if isinstance(value, date):
        return f' t="n"><v>{to_excel(value)}</v></c>'  # type: ignore[no-untyped-call]  # no stub
    if isinstance(value, Decimal):
        return f' t="n"><v>{value:f}</v></c>'
    return f' t="n"><v>{value!r}</v></c>'


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
