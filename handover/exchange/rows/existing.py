"""The rows that a project has already, column by column, as an import compares them with a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from handover.i18n import tr
from handover.jobs import Progress, step, unattended, watched
from handover.registers.declare import Register

_CHUNK = 5_000


@dataclass(slots=True)
class Existing:
    """The living rows of a register in a project.

    Attributes:
        columns: for each attribute that was asked for, its values in the order of ``ids``.
        binned: references of rows that lie in the bin.
    """

    register: Register
    ids: list[str]
    columns: dict[str, list[Any]]  # Any: values of any column
    binned: set[str] = field(default_factory=set)
    place: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.place = {key: n for n, key in enumerate(self.ids)}

    @property
    def refs(self) -> list[str]:
        """The references."""
        return self.columns["ref"]

    def value(self, key: str, attr: str) -> Any:  # Any: as above
        """What a row holds in a column that was asked for."""
        return self.columns[attr][self.place[key]]


def load_existing(
    connection: Connection,
    register: Register,
    project_id: str,
    fields: Iterable[str],
    progress: Progress = unattended,
) -> Existing:
    """The rows of a register with what an import needs to know of them. Raises Cancelled.

    Args:
        fields: keys of fields that the file fills; those that tell rows apart are added.
    """
    wanted = {register[f].attr for f in fields if f in register and register[f].kind.stored}
    wanted |= {register[f].attr for match in register.match for f in match}
    wanted |= {"ref", *(a for a in ("position", "depth", "parent_id", "kind") if a in register.table.columns)}
    wanted |= {"elapsed", "estimated"} & set(register.table.columns.keys()) if "duration" in set(fields) else set()
    attrs = sorted(wanted)
    model = register.model
    order = getattr(model, register.order)
    shown = {
        f.attr: f.of_model for f in register.entered if f.kind.stored
    }  # what a file of ours says where nobody has filled it in
    statement = select(model.id, *(shown.get(a, getattr(model, a)) for a in attrs)).order_by(order, model.id)
    result = connection.execute(statement.where(model.project_id == project_id, model.deleted_at.is_(None)))
    loaded: list[list[Any]] = [[] for _ in range(len(attrs) + 1)]
    for some in watched(result.partitions(_CHUNK), progress, 0, tr("Loading the rows that you have"), 1):
        for column, values in zip(loaded, zip(*some, strict=True), strict=True):
            column += values
    binned = connection.execute(
        select(model.ref).where(model.project_id == project_id, model.deleted_at.is_not(None))
    ).scalars()
    return Existing(register, loaded[0], dict(zip(attrs, loaded[1:], strict=True)), set(binned))


def whole_rows(
    connection: Connection, register: Register, keys: list[str], progress: Progress = unattended
) -> dict[str, dict[str, Any]]:
    """All columns of some rows by key, for rules that look at more than what a file says. Raises Cancelled."""
    names = [c.key for c in register.table.columns]
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(keys), _CHUNK):
        step(progress, at, len(keys), tr("Loading the rows that you have"))
        statement = select(*(getattr(register.model, n) for n in names))
        for row in connection.execute(statement.where(register.model.id.in_(keys[at : at + _CHUNK]))):
            values = dict(zip(names, row, strict=True))
            found[values["id"]] = values
    return found
