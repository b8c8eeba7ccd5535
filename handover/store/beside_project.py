"""What belongs to a project and isn't followed by the log: it goes and comes with the project when that is undone.

Reports of imports and the numbers that were drawn outlive the undoing of their acts; the project itself can't go while
they name it. The undoing takes them out with the project and tells the log, so that redoing brings them back as well.
The numbers of the days are derived, and simply go.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from handover.model.base import Base
from handover.model.imports import ImportReport
from handover.model.measure import Measure
from handover.model.series import SeriesCount
from handover.store import log
from handover.store.log import LogEntry

_BYTES = "base64:"
_BESIDE: dict[str, type[Base]] = {model.__tablename__: model for model in (ImportReport, SeriesCount)}


def is_beside(table: str) -> bool:
    """Whether rows of a table come and go with their project alone."""
    return table in _BESIDE


def take_out(connection: Connection, project: str) -> Iterator[LogEntry]:
    """Remove what lies beside a project that is about to go; what the log must tell of it."""
    connection.execute(delete(Measure).where(Measure.project_id == project))
    for name, model in _BESIDE.items():
        table = Base.metadata.tables[name]
        of_it = table.c.project_id == project
        for row in connection.execute(select(table).where(of_it)).mappings():
            fields = {column: _written(value) for column, value in row.items()}
            yield LogEntry(name, str(row.get("id", "")), "delete", log.as_json(fields))
        connection.execute(delete(model).where(of_it))


def bring_back(connection: Connection, entry: LogEntry) -> None:
    """Put back what was taken out with a project."""
    table = Base.metadata.tables[entry.table]
    fields = {name: _read(value) for name, value in log.fields_of(entry.fields).items() if name in table.c}
    connection.execute(insert(_BESIDE[entry.table]).values(**fields))


def _written(value: Any) -> Any:  # Any: stored values
    return _BYTES + base64.b64encode(value).decode() if isinstance(value, bytes) else log.stored(value)


def _read(value: Any) -> Any:  # Any: as above
    if isinstance(value, str) and value.startswith(_BYTES):
        return base64.b64decode(value.removeprefix(_BYTES))
    return value
