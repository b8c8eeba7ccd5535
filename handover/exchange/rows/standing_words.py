"""A column that says in words how far each row is, beside one of shares or without any: Completed, CLOSE, 已整改."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handover.errors import NotValid
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn
from handover.exchange.progress_words import is_progress_word, share_in_words
from handover.exchange.reading.grid import Grid
from handover.values.cells import Cell, is_nothing, parse_yes

#: A heading that asks how far something is; the words alone may be positions of valves.
_ASKS = re.compile(
    r"status|\bstate\b|progress|\bdone\b|complet|closed?\b|statut|estado|stand\b|状态|狀態|情况|進捗|进度|进展|结果|完成|整改|消缺"
    r"|闭环|销项|是否关闭",
    re.IGNORECASE,
)
#: A heading that is answered with yes where a row is done.
_ASKS_DONE = re.compile(
    r"\bdone\b|complete|closed?\b|cleared|finished|rectified|resolved|是否(?:完成|关闭|整改|闭环|销项)|已(?:完成|关闭|整改|闭环|销项)"
    r"|完成情况|整改情况|闭环情况|销项情况|erledigt|abgeschlossen|terminé|cerrado",
    re.IGNORECASE,
)
_MOST = 0.7
_ENOUGH = 3000


def standing_column(grid: Grid, mapping: ColumnMapping, rows: Sequence[int]) -> MappedColumn | None:
    """The column nobody takes whose words say where each row stands; None where there is none.

    Args:
        rows: those of the table, counted from 0.
    """
    for mapped in mapping.columns:
        if mapped.field or mapped.why or not _ASKS.search(mapped.heading):
            continue
        said = [c for r in rows[:_ENOUGH] if not is_nothing(c := grid.rows[r][mapped.column])]
        words = [c for c in said if isinstance(c, str) and is_progress_word(c)]
        if words and len(words) >= _MOST * len(said) and any(share_in_words(w) is not None for w in words):
            return mapped
    return None


def state_column(grid: Grid, mapping: ColumnMapping, rows: Sequence[int]) -> tuple[MappedColumn, list[Cell]] | None:
    """The column nobody takes that says whether each row is done, in words or as yes and no; with its states.

    Args:
        rows: those of the table, counted from 0.
    """
    for mapped in mapping.columns:
        if mapped.field or mapped.why or not _ASKS_DONE.search(mapped.heading):
            continue
        cells = [grid.rows[r][mapped.column] for r in rows]
        states: list[Cell] = [_state(c) for c in cells]
        filled = sum(not is_nothing(c) for c in cells[:_ENOUGH])
        told = sum(s is not None for s in states[:_ENOUGH])
        if told and told >= _MOST * filled:
            return mapped, states
    return None


def _state(cell: Cell) -> Cell:
    if isinstance(cell, str) and is_progress_word(cell):
        return cell
    try:
        yes = None if isinstance(cell, (int, float)) and not isinstance(cell, bool) else parse_yes(cell)
    except NotValid:
        return None
    return None if yes is None else "✅" if yes else "⬜"  # as the vocabulary of the register says it


def words_of(grid: Grid, mapped: MappedColumn, rows: Sequence[int]) -> list[Cell]:
    """What the column says of each row; None where it is no such word."""
    cells = (grid.rows[r][mapped.column] for r in rows)
    return [c if isinstance(c, str) and is_progress_word(c) else None for c in cells]
