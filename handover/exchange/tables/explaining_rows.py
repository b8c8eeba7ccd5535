"""Rows that speak of a list: how to fill it in, sentences that go on, lines to sign, legends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handover.exchange.reading.grid import Grid
from handover.values.cells import Cell, normal

#: What stands under a heading to say how its column is filled in.
_ASKED = re.compile(
    r"(?:required|mandatory|optional|conditional|pflicht|pflichtfeld|erforderlich|obligatoire|facultatif|obligatorio"
    r"|obligatório|opcional|obbligatorio|facoltativo|обязательно"
    r"|必填|选填|可选|非必填|必須|任意)(?: field)?|\W?(?:必填|选填)\W?",
    re.IGNORECASE,
)
_FILLED_BY = re.compile(
    r"lookup|look ?up|n/?a|text|free text|number|numeric|integer|date|list|drop ?down|pick ?list|auto(?:matic)?|formula"
    r"|yes/no|y/n|文本|数字|日期|下拉|自动|公式|-",
    re.IGNORECASE,
)
_BLANK_LINE = re.compile(r"_{4,}|＿{3,}|\.{6,}|…{3,}")
_LABEL = re.compile(r"[^:：]{1,40}[:：]\s*$")
_LABELLED = re.compile(r"[^:：]{2,30}[:：] ?\S")
_SIGNED = re.compile(
    r"(?:received|prepared|checked|approved|reviewed|submitted|inspected|witnessed|signed|issued|accepted) by\b"
    r"|\bsignature|\brep\b\.?|签字|签名|签章|盖章|签收",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?;:。！？；：]\W*$")
_SAMPLE = 25
#: So many cells of one text are no values.
_ALIKE = 4
#: So many rows of a sheet tell a form; its labels are shorter than this, and not so many for each line to sign.
_FORM, _LONGEST, _LISTED = 100, 80, 30


def says_how_to_fill(grid: Grid, row: int, below: Sequence[int], columns: Sequence[int]) -> bool:
    """True for a row under the headings that says of each column what goes into it.

    Args:
        below: the rows of data under it.
    """
    said = {c: normal(v) for c in columns if isinstance(v := grid.rows[row][c], str)}
    if len(said) < 2 or len(said) < sum(grid.rows[row][c] is not None for c in columns):
        return False
    if len(said) >= _ALIKE and len(set(said.values())) == 1 and not any((row, c) in grid.repeats for c in said):
        return True  # the same under each heading
    asked = sum(bool(_ASKED.fullmatch(t)) for t in said.values())
    if asked and all(_ASKED.fullmatch(t) or _FILLED_BY.fullmatch(t) for t in said.values()):
        return True
    rows = below[:_SAMPLE]
    letters = [t for t in said.values() if any(ch.isalpha() for ch in t)]
    shouted = bool(letters) and all(t.isupper() for t in letters)
    others = [normal(v) for r in rows for c in said if isinstance(v := grid.rows[r][c], str)]
    calm = sum(t.isupper() for t in others) < 0.3 * max(len(others), 1)
    return shouted and calm and any(_only_values(grid.rows[r][c] for r in rows) for c in said)


def _only_values(cells: Iterable[Cell]) -> bool:
    """True for a column of two or more numbers or days and nothing else."""
    filled = [c for c in cells if c is not None]
    return len(filled) >= 2 and not any(isinstance(c, str) for c in filled)


def goes_on(grid: Grid, row: int, above: int, column: int) -> bool:
    """True for a text that goes on with the sentence of the row above it."""
    text, before = grid.rows[row][column], grid.rows[above][column]
    if not isinstance(text, str) or not isinstance(before, str):
        return False
    words = text.strip()
    return bool(words) and words[0].islower() and " " in words and not _ENDED.search(before.strip())


def is_signature(cells: Sequence[Cell]) -> bool:
    """True for a line of a form: blanks to sign on, labels without anything behind them."""
    texts = [v.strip() for v in cells if isinstance(v, str)]
    if len(texts) < len(cells) or not texts or len(texts) > 8:
        return False
    if any(_BLANK_LINE.search(t) for t in texts):
        return True
    return all(_LABEL.match(t) for t in texts) and any(_SIGNED.search(t) for t in texts)


def is_legend(cells: Sequence[Cell], used: frozenset[str]) -> bool:
    """True for a mark of the table with what it means beside it; ``used`` are the short texts in its cells."""
    if len(cells) != 2 or not all(isinstance(c, str) for c in cells):
        return False
    mark, meaning = str(cells[0]).strip(), str(cells[1]).strip()
    return mark in used and len(mark) <= 2 and len(meaning) > len(mark)


def is_form(grid: Grid) -> bool:
    """True for a sheet that is filled in and signed rather than listed: labels all over it, lines to sign on."""
    labels = signed = 0
    for row in grid.rows[:_FORM]:
        texts = [v.strip() for v in row if isinstance(v, str) and len(v) < _LONGEST]
        labels += sum((":" in t or "：" in t) and _is_label(t) for t in texts)
        signed += any(_BLANK_LINE.search(t) or _SIGNED.search(t) for t in texts)
        if labels > _LISTED * (signed + 1):
            return False  # a long list with a column of texts such as 12:30
    return signed >= 2 and labels >= 3


def _is_label(text: str) -> bool:
    return text in (":", "：") or bool(_LABEL.match(text) or _LABELLED.match(text))
