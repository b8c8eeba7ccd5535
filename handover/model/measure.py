"""Measures: each number of the overview as it stood at the end of each day, for trends and burn-downs."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Base, new_id


class Measure(Base):
    """How many rows a view of a register had on a day; ``view`` is empty for all of them.

    Derived from the rows and overwritten during its day, so that the change log doesn't follow it.
    """

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("project_id", "register", "view", "day"),)
    logged: ClassVar[bool] = False

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    register: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(40))
    day: Mapped[dt.date]
    n: Mapped[int]
