"""Dates that another program has spoiled: they come out of the database as what stands there, not as a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite import DATE
from sqlalchemy.engine import Dialect
from sqlalchemy.types import Date


class LenientDate(DATE):
    """SQLite's date; a text that is none stays a text, so that one cell is unreadable and not the whole register."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """What makes a date of what is stored."""
        del dialect, coltype

        def read(value: Any) -> Any:  # Any: whatever stands in the column
            try:
                return None if value is None else dt.date.fromisoformat(value)
            except (TypeError, ValueError):
                return value

        return read


def take_odd_dates(engine: Engine) -> None:
    """Let an engine read dates so."""
    engine.dialect.colspecs = {**engine.dialect.colspecs, Date: LenientDate}
