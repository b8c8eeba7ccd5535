"""Measures: each number of the overview as it stood at the end of each day, for trends and burn-downs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Base


class Measure(Base):
    """How many rows a view of a register had on a day; ``view`` is empty for all of them.

    Derived from the rows and overwritten during its day, so that the change log doesn't follow it.
    """

    __tablename__ = "measure"

    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"), primary_key=True)
    register: Mapped[str] = mapped_column(String(40), primary_key=True)
    view: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    n: Mapped[int]
