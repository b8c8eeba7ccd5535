"""Numbers of parts: 1, 2, 3 within the row that they belong to, given once and never again.

The last one given is kept beside the counters of references, under the key of the owner, so that no undo gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handover.model.base import Base, Row
from handover.store.log import Counter

#: Owners to a statement when what they gave last is looked up.
_CHUNK = 5_000


def numbers_parts(model: type[Base]) -> bool:
    """Whether rows of a model are parts that are numbered."""
    return issubclass(model, Row) and bool(model.part_of) and "number" in model.__table__.columns


class PartNumbers:
    """Gives numbers within one act; ``write`` keeps the last ones given."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[tuple[str, str], int] = {}  # by owner and prefix

    def number(self, model: type[Row], values: Mapping[str, Any]) -> int | None:  # Any: the values of any column
        """The number of a new part, or of one that goes to another owner; None while it has no owner.

        A number that it brings along, as from a file, is kept, and those after it count on from there.
        """
        owner = values.get(model.part_of)
        if not owner:
            return None
        place = owner, model.prefix
        if place not in self._last:
            self._look_up(model, [owner])
        given: int | None = values.get("number")
        number = given if given is not None else self._last[place] + 1
        self._last[place] = max(self._last[place], number)
        return number

    def numbers(
        self, model: type[Row], rows: Sequence[Mapping[str, Any]], new: Set[str]
    ) -> list[int | None]:  # Any: as above
        """The numbers of many new parts, looked up together; of owners that are ``new`` themselves nothing is known."""
        owners = dict.fromkeys(row.get(model.part_of) for row in rows)
        wanted = [key for key in owners if key and (key, model.prefix) not in self._last]
        self._last.update(((key, model.prefix), 0) for key in wanted if key in new)
        known = [key for key in wanted if key not in new]
        for at in range(0, len(known), _CHUNK):
            self._look_up(model, known[at : at + _CHUNK])
        return [self.number(model, row) for row in rows]

    def write(self) -> None:
        """Keep the last numbers given."""
        if self._last:
            self._session.connection().exec_driver_sql(
                "INSERT INTO counter (project_id, prefix, last) VALUES (?, ?, ?)"
                " ON CONFLICT (project_id, prefix) DO UPDATE SET last = excluded.last",
                [(*place, last) for place, last in self._last.items()],
            )
        self._last.clear()

    def _look_up(self, model: type[Row], owners: Sequence[str]) -> None:
        """What was last given in some owners: as it was kept, else the highest that is there."""
        part_of, number = (model.__table__.columns[name] for name in (model.part_of, "number"))
        kept = select(Counter.project_id, Counter.last).where(
            Counter.project_id.in_(owners), Counter.prefix == model.prefix
        )
        found = {row.project_id: row.last for row in self._session.execute(kept)}
        if missing := [key for key in owners if key not in found]:
            highest = select(part_of, func.max(number)).where(part_of.in_(missing)).group_by(part_of)
            found.update((key, last or 0) for key, last in self._session.execute(highest))
        self._last.update(((key, model.prefix), found.get(key, 0)) for key in owners)
