"""What is told of rows as they come in although nothing is wrong enough to refuse them.

Whoever knows of a model says so with ``noticing_with``; an import asks for the rows that are new or change, and tells
each as a remark.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handover.i18n import tr
from handover.model.base import Row

Columns = Mapping[str, Any]  # Any: what each column holds


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about a row: the field, a sentence (a catalogue key) and what fills it."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return tr(self.message, **self.values)


#: Told of a row: the columns that are set, and what those of them held before, empty for a new row.
Noticer = Callable[[Columns, Columns], Iterator[Noticed]]
_noticing: dict[type[Row], Callable[[Connection, str], Noticer]] = {}


def noticing_with(model: type[Row], maker: Callable[[Connection, str], Noticer]) -> None:
    """From now on ``maker`` gives, for a project, what tells of rows of a model."""
    _noticing[model] = maker


def noticer(connection: Connection, model: type[Row], project_id: str) -> Noticer | None:
    """What tells of the rows of a model in a project, None where nobody does."""
    maker = _noticing.get(model)
    return maker(connection, project_id) if maker is not None else None
