"""Titles between two headers that are alike: whether they begin another table or go on with the same one."""

from __future__ import annotations

import re

from handover.exchange.reading.grid import Grid
from handover.values.cells import normal

_PAGE = re.compile(r"页|\bpage\b|\bcontinued\b|续", re.IGNORECASE)
#: What counts lists of one kind: A. 计划 and B. 计划, 表1 and 表2.
_COUNT = re.compile(r"^(?:[A-Z]|\d{1,2}|[IVX]{1,5})\s*[.、)）．]\s*")
_TABLE = re.compile(r"(?:table|list|表|清单|附表|附件)\s*[\dA-Z]{1,2}\b", re.IGNORECASE)


def begins_another(grid: Grid, row: int, top: int) -> bool:
    """True when the title in ``row`` begins another table with the headings of the one whose header begins at ``top``.

    Both titles must count lists of one kind. Any other title between headings that are alike names a group of the same
    list, as boards are exported, or repeats what stands on each page.
    """
    own, before = _title(grid, row), _title(grid, top - 1) if top else ""
    if not own or not before or own == before or _PAGE.search(own):
        return False
    if _TABLE.match(own) and _TABLE.match(before):
        return True
    kind = _COUNT.sub("", own)
    return kind not in ("", own) and kind == _COUNT.sub("", before)


def _title(grid: Grid, row: int) -> str:
    """The text that stands alone in a row, or once in cells merged across it."""
    said = {v for v in grid.rows[row] if v is not None}
    text = next(iter(said)) if len(said) == 1 else None
    return normal(text) if isinstance(text, str) else ""
