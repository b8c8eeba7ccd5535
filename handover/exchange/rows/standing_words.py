"""A column that says in words how far each row is, beside one of shares or without any: Completed, CLOSE, 已整改."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handover.exchange.columns.mapping import ColumnMapping, MappedColumn
from handover.exchange.progress_words import asks_done, is_progress_word, share_in_words, state_said
from handover.exchange.reading.grid import Grid
from handover.values.cells import Cell, is_nothing

#: A heading that asks how far something is; the words alone may be positions of valves.
_ASKS = re.compile(
    r"status|\bstate\b|progress|\bdone\b|complet|closed?\b|fixed|solved|statut|estado|stand\b|状态|狀態|情况|状況|進捗|进度|进展|结果"
    r"|完成|整改|消缺|解决|修复|상태|진행|статус|состояние|готовност|stato\b|stav\b|durum|situação|tila\b|闭环|销项|是否关闭",
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
        if mapped.field or mapped.why or not asks_done(mapped.heading):
            continue
        cells = [grid.rows[r][mapped.column] for r in rows]
        states: list[Cell] = [state_said(c) for c in cells]
        filled = sum(not is_nothing(c) for c in cells[:_ENOUGH])
        told = sum(s is not None for s in states[:_ENOUGH])
        if told and told >= _MOST * filled:
            return mapped, states
    return None


def words_of(grid: Grid, mapped: MappedColumn, rows: Sequence[int]) -> list[Cell]:
    """What the column says of each row; None where it is no such word."""
    cells = (grid.rows[r][mapped.column] for r in rows)
    return [c if isinstance(c, str) and is_progress_word(c) else None for c in cells]
