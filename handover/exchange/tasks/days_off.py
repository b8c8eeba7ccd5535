"""Tasks that begin on a day off: said, so that nobody is surprised when the schedule moves them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from handover.exchange.notice import Notice
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Judgement, taken_places
from handover.i18n import N_
from handover.registers.scheduling.planning import works_on
from handover.values.moments import day_of

_MOST_NAMED = 20
_SAID = N_(
    "Rows {rows} begin on a day off of the standard calendar: those whose days are all days off keep them, the others "
    "are scheduled from the next working day."
)


def on_days_off(connection: Connection, project_id: str, incoming: Incoming, judgement: Judgement) -> list[Notice]:
    """What to say of the rows that are new or changed and begin on a day off."""
    starts = incoming.values.get("start")
    if starts is None or not any(isinstance(s, dt.date) for s in starts):
        return []
    works = works_on(connection, project_id)
    known: dict[dt.date, bool] = {}
    rows = []
    for place in taken_places(judgement):
        start = starts[place]
        if not isinstance(start, dt.date) or judgement.outcomes[place] not in ("new", "changed"):
            continue
        day = day_of(start)
        if day not in known:
            known[day] = works(day)
        if not known[day]:
            rows.append(incoming.rows[place])
    if not rows:
        return []
    named = ", ".join(map(str, rows[:_MOST_NAMED])) + (", …" if len(rows) > _MOST_NAMED else "")
    return [Notice(_SAID, {"rows": named})]
