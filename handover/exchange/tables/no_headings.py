"""Rows near a header that are none: labels of titles, pairs of label and value, technical names."""

from __future__ import annotations

import re
from collections.abc import Callable

from handover.exchange.reading.grid import Grid
from handover.values.cells import normal

#: What stands beside an empty place in the titles of a list: the project's name, a date, who made it.
TITLE_LABEL = re.compile(
    r"(?i)(?:project|client|contract|prepared|date|revision|version|manager|owner)\b.{0,20}|项目.{0,4}|.{0,4}(?:日期|编号|经理|单位)"
)
#: A technical name, as databases call a column.
KEY = re.compile(r"[a-z][a-z0-9_.]{0,59}")


def are_keys(own: dict[int, str], filled: set[int], named: dict[int, str]) -> bool:
    """True for a row of technical names such as ``task_code`` under or over the spoken ones."""
    if len(own) < 2 or len(own) < len(filled) or len(own) < 0.6 * len(named):
        return False
    return all(KEY.fullmatch(t) for t in own.values()) and sum("_" in t for t in own.values()) >= len(own) / 3


def are_title_labels(own: dict[int, str], header: dict[int, str], likeness: Callable[[str], float]) -> bool:
    """True for labels of the titles, such as 项目名称 and 日期, over headings that need no words above them."""
    texts = list(header.values())
    known = sum(likeness(t) >= 0.5 for t in texts)
    alone = len(set(texts)) == len(texts) and known >= 0.6 * len(texts)
    return alone and all(TITLE_LABEL.fullmatch(t) for t in own.values())


def are_pairs(grid: Grid, row: int, likeness: Callable[[str], float]) -> bool:
    """True for what stands above many lists: Project, its name, Leader, a person, Date, a day."""
    cells = [v for c, v in enumerate(grid.rows[row]) if v is not None and (row, c) not in grid.repeats]
    labels, values = cells[0::2], cells[1::2]
    if not values or len(labels) < 2:
        return False
    said = [isinstance(v, str) and likeness(normal(v)) >= 0.5 for v in labels]
    told = [not isinstance(v, str) or likeness(normal(v)) < 0.3 for v in values]
    return all(said) and all(told)
