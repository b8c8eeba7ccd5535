"""References that people see, such as DOC-0042: counted by project and prefix, none given twice."""

from __future__ import annotations

from sqlalchemy.orm import Session

from handover.store.log import Counter


class RowReferences:
    """Gives references within one act."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counters: dict[tuple[str, str], Counter] = {}

    def next(self, project: str, prefix: str, count: int) -> list[str]:
        """The next references of a prefix in a project, such as DOC-0042."""
        # Kept here as well: a new counter that waits for its flush is found by no query.
        counter = self._counters.get((project, prefix)) or self._session.get(Counter, (project, prefix))
        if counter is None:
            counter = Counter(project_id=project, prefix=prefix, last=0)
            self._session.add(counter)
        self._counters[project, prefix] = counter
        first = counter.last + 1
        counter.last += count
        return [f"{prefix}-{n:04d}" for n in range(first, first + count)]
