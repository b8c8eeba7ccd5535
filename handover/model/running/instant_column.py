"""A column that holds an instant: a moment with the offset from UTC that was in force when it was written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_
from handover.model.base import Problem
from handover.running.instants import LENGTH, instant


def instant_column() -> Mapped[Any]:  # Any: nullable or not, as annotated
    """A column of instants, stored as ``2026-10-25T02:30+01:00``."""
    return mapped_column(String(LENGTH))


def instant_problems(values: Mapping[str, Any], *keys: str) -> Iterator[Problem]:  # Any: the values of any column
    """What is no instant among these columns, which stand in the order in which they happen."""
    found = {key: instant(values.get(key)) for key in keys}
    for key in keys:
        if values.get(key) and found[key] is None:
            message = N_("“{text}” is no moment with its offset from UTC, such as {example}.")
            yield Problem(key, message, {"text": str(values[key]), "example": "2026-03-05 14:05 +08:00"})
    told = [(key, at) for key in keys if (at := found[key]) is not None]
    for (_, earlier), (key, later) in pairwise(told):
        if later < earlier:
            yield Problem(key, N_("It ends before it begins."))
