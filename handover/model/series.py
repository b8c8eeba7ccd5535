"""Number series: what an issued thing is numbered by, drawn when it is issued and never given twice."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Base, Problem, new_id

#: What a pattern can name.
_NAMES = frozenset({"project", "year", "n"})
#: The longest pattern, and the longest number that one may write.
LONGEST = 100
#: How the place of the number may be written, such as ``{n:04}``: at most nine digits.
_WIDTHS = frozenset({"", *(f"0{width}" for width in range(1, 10))})


class NumberSeries(Base):
    """How a project writes the numbers of a series, such as that of its transmittals, where it isn't the usual way.

    ``pattern`` is written as ``{project}-TR-{n:04}``, with ``{year}`` where each year begins anew.
    """

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("project_id", "key"),)
    logged: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(40))
    pattern: Mapped[str] = mapped_column(String(LONGEST))

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A pattern names the number, and nothing that it can't."""
        yield from pattern_problems(str(values.get("pattern") or ""))


class SeriesCount(Base):
    """The number of a series that was drawn last, in a year where its pattern names the year (else 0).

    Not followed by the log, as ``counter`` isn't: an undone act doesn't give its number back, it stays void.
    """

    __tablename__ = "series_count"

    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def pattern_problems(pattern: str) -> Iterator[Problem]:
    """What is wrong with a pattern."""
    if not _sound(pattern):
        yield Problem("pattern", N_("Write the number as {example}."), {"example": "{project}-TR-{n:04}"})


def by_year(pattern: str) -> bool:
    """Whether a pattern begins anew each year."""
    return any(name == "year" for _, name, _, _ in string.Formatter().parse(pattern))


def written(pattern: str, project: str, year: int, n: int) -> str:
    """A number of a series as it is written."""
    return pattern.format(project=project, year=year, n=n)


def _sound(pattern: str) -> bool:
    try:
        fields = [field for field in string.Formatter().parse(pattern) if field[1] is not None]
    except ValueError:
        return False
    names = {name for _, name, _, _ in fields}
    plain = all(
        not conversion and (width or "") in (_WIDTHS if name == "n" else {""}) for _, name, width, conversion in fields
    )
    return "n" in names and names <= _NAMES and plain and len(pattern) <= LONGEST and pattern.isprintable()
