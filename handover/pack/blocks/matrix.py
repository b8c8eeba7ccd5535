"""A matrix as a block of an outline: one register against another."""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.pack.blocks.later import LATER
from handover.pack.blocks.tone import Tone
from handover.values import print_forms
from handover.values.print_forms import PrintForm
from handover.wording import Words


@dataclass(frozen=True, slots=True)
class LineHead:
    """The head of a row or a column of a matrix.

    Args:
        ref: knows the row again when the workbook comes back.
        mark, tone: a word that marks it, such as a side, and how it is coloured.
        found: in a few words what is wrong with its line, empty where nothing is.
        totals: how often each letter stands in its line.
        count, count_tone: the number that stands at its line besides the cells, empty where there is none.
    """

    ref: str
    name: Words
    mark: Words = ""
    tone: Tone | None = None
    found: Words = ""
    totals: tuple[int, ...] = ()
    count: str = field(default="", metadata=LATER)
    count_tone: Tone | None = field(default=None, metadata=LATER)


@dataclass(frozen=True, slots=True)
class MatrixLetter:
    """What a letter in the cells of a matrix stands for; a retired one isn't offered."""

    letter: str
    word: Words
    tone: Tone | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRemark:
    """A sentence about a line of a matrix."""

    text: Words
    tone: Tone


@dataclass(frozen=True, slots=True)
class MatrixBlock:
    """One register against another: heads down and across, those across turned where they are narrow.

    In the workbook it has a sheet of its own, which comes back as changes.

    Args:
        key: of the matrix, stable and unique in the outline.
        corner: what stands down.
        cells: of each row what stands in each of its cells.
        letters: that the cells may hold; empty where they are free.
        kind: how free values are stored in a workbook.
        several: a cell may hold several letters.
        totals: the totals of the heads are shown.
        remarks: what is wrong, in whole sentences.
        below, beside: what the numbers of the heads across and down count, empty where they have none.
    """

    key: str
    title: Words
    corner: Words
    down: tuple[LineHead, ...]
    across: tuple[LineHead, ...]
    cells: tuple[tuple[str, ...], ...]
    letters: tuple[MatrixLetter, ...] = ()
    several: bool = False
    totals: bool = False
    remarks: tuple[MatrixRemark, ...] = ()
    empty: Words = ""
    kind: PrintForm = print_forms.TEXT
    below: Words = field(default="", metadata=LATER)
    beside: Words = field(default="", metadata=LATER)
