"""Grades from 1 to 5, which people write in words as often: low, medium, high, 高."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from handover.i18n import tr
from handover.registers.kinds.kind import KindField, ProjectNames
from handover.registers.kinds.number import WholeNumberKind, whole
from handover.values.cells import Cell, ColumnReading, folded, read_column, reads

#: The words of each grade, in the languages that lists come in.
_WORDS = {
    1: (
        "very_low vl none minimal negligible 很低 极低 非常に低い sehr_niedrig sehr_gering très_faible muy_bajo "
        "muy_baja muito_baixo muito_baixa molto_basso очень_низкий очень_низкая"
    ),
    2: (
        "low l minor small weak 低 弱 小 낮음 niedrig gering klein faible bas basse bajo baja baixo baixa basso bassa "
        "низкий низкая низкое"
    ),
    3: (
        "medium med m moderate mid average 中 中等 一般 보통 중간 mittel moyen moyenne modéré medio media médio média "
        "средний средняя среднее"
    ),
    4: ("high h strong major large 高 强 大 높음 hoch groß élevé élevée fort forte alto alta высокий высокая высокое"),
    5: (
        "very_high vh critical extreme highest 很高 极高 非常高 非常に高い sehr_hoch très_élevé très_élevée très_fort "
        "muy_alto muy_alta muito_alto muito_alta molto_alto очень_высокий очень_высокая"
    ),
}
_GRADES = {folded(word.replace("_", " ")): grade for grade, words in _WORDS.items() for word in words.split()}
#: What stands beside a grade: 4 - High, High (4), 5/5.
_BESIDE = re.compile(r"[-–/()\[\]:.\s]+")


class GradeKind(WholeNumberKind):
    """A grade from 1 to 5, by its number or by a word."""

    key = "grade"
    column_types: ClassVar[tuple[type, ...]] = ()
    summable = False

    def read(self, field: KindField, text: str, names: ProjectNames) -> int | None:
        return graded(text)

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[float] | None:
        return read_column(cells, graded)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(reads(graded, c) for c in cells) / len(cells)

    def meaning(self, field: KindField) -> str:
        return tr("A number from 1 to 5, or a word such as high.")


def graded(cell: Cell) -> int | None:
    """A cell as a grade.

    Raises:
        Unreadable: it holds something else.
    """
    if isinstance(cell, str):
        said = _BESIDE.sub(" ", cell).split()
        words = folded("".join(part for part in said if not part.isdigit()))
        numbers = [part for part in said if part.isdigit()]
        if words in _GRADES and len(numbers) < 2:
            return int(numbers[0]) if numbers else _GRADES[words]
    return whole(cell)


GRADE = GradeKind()
