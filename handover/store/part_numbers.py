"""Numbers of parts: 1, 2, 3 within the row that they belong to, given once and never again.

The last one given is kept beside the counters of references, under the key of the owner, so that no undo gives it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handover.model.base import Base, Row
from handover.store.log import Counter


def numbers_parts(model: type[Base]) -> bool:
    """Whether rows of a model are parts that are numbered."""
    return issubclass(model, Row) and bool(model.part_of) and "number" in model.__table__.columns


class PartNumbers:
    """Gives numbers within one act."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counters: dict[tuple[str, str], Counter] = {}

    def number(self, model: type[Row], values: Mapping[str, Any]) -> int | None:  # Any: the values of any column
        """The number of a new part, or of one that goes to another owner; None while it has no owner.

        A number that it brings along, as from a file, is kept, and those after it count on from there.
        """
        owner = values.get(model.part_of)
        if not owner:
            return None
        counter = self._counter(model, owner)
        given: int | None = values.get("number")
        number = given if given is not None else counter.last + 1
        counter.last = max(counter.last, number)
        return number

    def _counter(self, model: type[Row], owner: str) -> Counter:
        place = owner, model.prefix
        counter = self._counters.get(place) or self._session.get(Counter, place)
        if counter is None:
            columns = model.__table__.columns
            highest = select(func.max(columns["number"])).where(columns[model.part_of] == owner)
            counter = Counter(project_id=owner, prefix=model.prefix, last=self._session.scalar(highest) or 0)
            self._session.add(counter)
        self._counters[place] = counter
        return counter
