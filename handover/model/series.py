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


class NumberSeries(Base):
    """A series of a project, such as that of its transmittals.

    ``pattern`` is written as ``{project}-TR-{n:04}``, with ``{year}`` where each year begins anew. ``last`` is the
    number that was drawn last; it never goes back, so that a number whose issue was undone stays void.
    """

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("project_id", "key", "year"),)
    # Not followed by the log, as ``counter``: an undone act must not give a number back.
    logged: ClassVar[bool] = False

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    key: Mapped[str] = mapped_column(String(40))
    year: Mapped[int] = mapped_column(default=0)
    pattern: Mapped[str] = mapped_column(String(100))
    last: Mapped[int] = mapped_column(default=0)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A pattern names the number, and nothing that it can't."""
        yield from pattern_problems(str(values.get("pattern") or ""))


def pattern_problems(pattern: str) -> Iterator[Problem]:
    """What is wrong with a pattern."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
        written(pattern, "P", 2026, 1)
    except (ValueError, KeyError, IndexError, AttributeError):
        names = set()
    if "n" not in names or not names <= _NAMES:
        yield Problem("pattern", N_("Write the number as {example}."), {"example": "{project}-TR-{n:04}"})


def written(pattern: str, project: str, year: int, n: int) -> str:
    """A number of a series as it is written."""
    return pattern.format(project=project, year=year, n=n)
