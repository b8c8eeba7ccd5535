"""What stands in the way of a system's handover: one answer for its list, its guard, its gate and its certificate.

A model takes part when it has a method ``blocking`` and names a system. What stands below a system stands in its way.
Rows that stand in the way for a reason of their own are told apart by ``stands_also``: views of the model, each with
its sentence; ``stands_as`` is the sentence of the others. ``stands_from`` is the custody from which on they stand:
what operations must have doesn't keep a system from the commissioning team.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Integer, case, literal, select, union_all

from handover.errors import Reason
from handover.i18n import NN_
from handover.model.base import Base, Row

#: To whom custody can pass, in order; what stands in the way of one stands in that of all after it.
_PASSING = ("commissioning", "care_custody", "operations")
#: Where a model has no sentence of its own; ``refs`` names all rows.
_STANDS = NN_("{n} row of {system} is still open: {refs}.", "{n} rows of {system} are still open: {refs}.")


def taking_part() -> list[type[Row]]:
    """The models whose rows can stand in the way of a handover, in the order of their tables."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return sorted((m for m in models if hasattr(m, "blocking")), key=lambda m: str(m.__tablename__))


@cache
def blocking(model: Any) -> ColumnElement[bool]:  # Any: a model that takes part
    """The rows of a model that stand in the way; put together once, as some conditions are long."""
    found: ColumnElement[bool] = model.blocking()
    return found


def below(system_id: str) -> CTE:
    """A system and all that is below it, as a table of their keys."""
    systems = Base.metadata.tables["system"].c  # by its name: the model of systems asks this module
    tree = select(literal(system_id).label("id")).cte("below", recursive=True)
    return tree.union(select(systems.id).where(systems.parent_id == tree.c.id, systems.deleted_at.is_(None)))


def in_the_way(connection: Connection, system_id: str, code: str, toward: str = _PASSING[-1]) -> Iterator[Reason]:
    """A reason for each kind of thing that stands in the way of a system and of what is below it, naming every row.

    Args:
        code: what the reasons call the system.
        toward: to whom it is to pass, as a code of custody.
    """
    of_systems = [
        model
        for model in taking_part()
        if "system_id" in model.__table__.columns and _PASSING.index(_stands_from(model)) <= _PASSING.index(toward)
    ]
    if not of_systems:
        return
    tree = below(system_id)
    found = union_all(*(_standing(model, tree) for model in of_systems)).subquery()
    rows = connection.execute(select(found).order_by(found.c.tbl, found.c.kind, found.c.ref)).all()
    models = {str(model.__tablename__): model for model in of_systems}
    for (table, kind), group in groupby(rows, key=lambda row: (str(row[0]), int(row[3]))):
        several = list(group)
        one, many = _sentences(models[table])[kind]
        values = {"system": code, "refs": ", ".join(str(row[2]) for row in several)}
        yield Reason(one, values, many, len(several), rows=tuple((table, str(row[1])) for row in several))


def _standing(model: Any, tree: CTE) -> Any:  # Any: a model that takes part, and a select of its columns
    inside = model.system_id.in_(select(tree.c.id))
    kinds = [(getattr(model, view)(), place) for place, (view, _) in enumerate(_stands_also(model), 1)]
    kind = case(*kinds, else_=literal(0, Integer)) if kinds else literal(0, Integer)
    columns = (
        literal(model.__tablename__).label("tbl"),
        model.id.label("id"),
        model.ref.label("ref"),
        kind.label("kind"),
    )
    return select(*columns).where(inside, model.deleted_at.is_(None), blocking(model))


def _stands_from(model: type[Row]) -> str:
    found: str = getattr(model, "stands_from", _PASSING[-1])
    return found


def _stands_also(model: type[Row]) -> tuple[tuple[str, tuple[str, str]], ...]:
    also: tuple[tuple[str, tuple[str, str]], ...] = getattr(model, "stands_also", ())
    return also


def _sentences(model: type[Row]) -> list[tuple[str, str]]:
    """What is said of rows that stand in the way, one and several, by their kind."""
    return [getattr(model, "stands_as", _STANDS), *(said for _, said in _stands_also(model))]
