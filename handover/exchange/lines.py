"""From a table and its mapping to the cells of each field, with what the user corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dictionary
from itertools import islice

from handover.exchange.grid import Cell, Grid
from handover.exchange.headings import LEVEL, PHASE
from handover.exchange.incoming import Lines
from handover.exchange.mapping import Column, Mapping, lexicon_of
from handover.exchange.outline import Shown, find_outline, read_codes
from handover.exchange.structure import Table
from handover.exchange.values import as_text, is_nothing, normal
from handover.registers.catalogue import register
from handover.registers.declare import Kind, Register

#: Corrected cells: the row as Excel shows it and the field, with the text to read in place of the cell.
Corrections = Dictionary[tuple[int, str], str]


#: What an export writes in words of a language.
_WORDED = (Kind.BOOL, Kind.DURATION)
#: What no code holds: several words, or several characters of Chinese and its neighbours.
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7af]{2,}|^[^\W\d_]{6,}$")
#: So many rows tell what a column holds.
_ENOUGH = 3000


def columns_of(grid: Grid, table: Table, with_hidden: bool = False) -> list[Column]:
    """The columns of a table as the mapping sees them, without drawn bars and, unless wanted, without hidden ones."""
    rows = list(islice(table.rows(), _ENOUGH))
    return [
        Column(h.column, h.parts or ((h.text,) if h.text else ()), [grid.rows[r][h.column] for r in rows])
        for h in table.headings
        if not h.timeline and (with_hidden or not h.hidden)
    ]


def lines_of(
    grid: Grid,
    table: Table,
    mapping: Mapping,
    corrections: Corrections | None = None,
    hidden: frozenset[int] = frozenset(),
) -> Lines:
    """The cells of every mapped field.

    Args:
        hidden: hidden rows of the grid, counted from 0, that the user wants all the same.
    """
    places = list(table.rows(hidden))
    lines = Lines(rows=[r + 1 for r in places], cells={}, date1904=grid.date1904)
    rows = grid.rows
    for mapped in mapping.columns:
        if not mapped.field:
            continue
        cells: list[Cell] = [rows[r][mapped.column] for r in places]
        if mapped.field == PHASE:
            lines.phases.append((mapped.heading, mapped.column, cells))
            continue
        lines.cells[mapped.field] = cells
        lines.columns[mapped.field] = mapped.column
        lines.headings[mapped.field] = mapped.heading
    if mapping.register == "tasks":
        _outline(grid, table, mapping, places, lines)
    _correct(lines, corrections or {})
    return lines


def in_one_language(lines: Lines, register: Register) -> None:
    """Take the first of two languages where an export of ours says words in both: ``是 / Yes``, ``5 天 / 5 d``."""
    for key, cells in lines.cells.items():
        if key in register and (register[key].words is not None or register[key].kind in _WORDED):
            lines.cells[key] = [c.partition(" / ")[0] if isinstance(c, str) and " / " in c else c for c in cells]


def _outline(grid: Grid, table: Table, mapping: Mapping, places: list[int], lines: Lines) -> None:
    """What the sheet shows of the outline, and codes that a spreadsheet took for numbers."""
    names = lines.cells.get("name")
    if names is None:
        return
    name_column = lines.columns["name"]
    others = {m.column for m in mapping.columns if m.field and m.column != name_column}
    found = find_outline(
        grid, table, name_column, lines.columns.get(LEVEL), lines.columns.get("wbs"), places, frozenset(others),
        lines.columns.get("source_id"),
    )  # fmt: skip
    place_of = {row: place for place, row in enumerate(places)}
    if found.shown_by is not Shown.NOTHING:
        above = [found.parents.get(row) for row in places]
        lines.parents = [None if a is None else place_of[a] for a in above]
    for row, name in found.names.items():
        names[place_of[row]] = name
    for row, text in table.sections.items():
        if row in place_of and names[place_of[row]] is None:
            names[place_of[row]] = text
    _names_among_codes(lines, names)
    if "wbs" in lines.cells:
        lines.cells["wbs"] = [code or None for code in read_codes(lines.cells["wbs"])]
    taken = {m.column for m in mapping.columns if m.field}
    lexicon = lexicon_of(register("tasks"))
    for heading in table.headings:
        if heading.column not in taken and not heading.timeline:
            matches = lexicon.matches(heading.parts or (heading.text,))
            if any(m.field in ("source_id", "wbs") and m.certainty >= 0.6 for m in matches):
                lines.ids.append((heading.text, [grid.rows[r][heading.column] for r in places]))


def _names_among_codes(lines: Lines, names: list[Cell]) -> None:
    """A row without a name and with words in place of its code is called by them: a group's row."""
    for key in ("wbs", "source_id"):
        for place, cell in enumerate(lines.cells.get(key, ())):
            if isinstance(cell, str) and is_nothing(names[place]) and _WORDS.search(cell):
                names[place], lines.cells[key][place] = cell, None


def _correct(lines: Lines, corrections: Corrections) -> None:
    place_of = {row: place for place, row in enumerate(lines.rows)}
    for (row, key), text in corrections.items():
        if row in place_of:
            column = lines.cells.setdefault(key, [None] * len(lines.rows))
            column[place_of[row]] = text.strip() or None
            _forget_code(lines, place_of[row], text)
def _forget_code(lines: Lines, place: int, name: str) -> None:
    """The name of a section that stands in the column of numbers is no number."""
    for key in ("wbs", "source_id"):
        if key in lines.cells and normal(as_text(lines.cells[key][place])) == name:
            lines.cells[key][place] = None


