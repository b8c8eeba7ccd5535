"""The numbers at the lines of the knowledge matrix: how many can do an item alone, and what somebody still carries."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from handover.clock import today
from handover.i18n import N_, trn
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.people import Person
from handover.registers.matrix.declaration import LineCount, LineCounts

#: From this level on somebody works alone; so many must.
_ALONE, _LEAST = "3", 2
_SOON = dt.timedelta(days=28)


def _coverage(connection: Connection, project_id: str) -> dict[str, LineCount]:
    able = (
        select(KnowledgeReceiver.item_id, func.count(KnowledgeReceiver.person_id.distinct()))
        .where(KnowledgeReceiver.project_id == project_id, KnowledgeReceiver.verified_level >= _ALONE,
               KnowledgeReceiver.counted())
        .group_by(KnowledgeReceiver.item_id)
    )  # fmt: skip
    counts = {row[0]: row[1] for row in connection.execute(able)}
    items = select(KnowledgeItem.id).where(KnowledgeItem.project_id == project_id, KnowledgeItem.deleted_at.is_(None))
    found = ((key, counts.get(key, 0)) for key in connection.execute(items).scalars())
    return {
        key: LineCount(
            str(n), "danger" if not n else "warning" if n < _LEAST else "ok",
            trn("{n} person is verified to do it alone", "{n} people are verified to do it alone", n),
        )
        for key, n in found
    }  # fmt: skip


def _load(connection: Connection, project_id: str) -> dict[str, LineCount]:
    query = (
        select(Person.id, Person.leaves_on, func.count(KnowledgeItem.id))
        .join(KnowledgeHolder, KnowledgeHolder.person_id == Person.id)
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeHolder.item_id)
        .where(KnowledgeItem.project_id == project_id, KnowledgeItem.deleted_at.is_(None),
               KnowledgeHolder.deleted_at.is_(None), KnowledgeItem.open())
        .group_by(Person.id, Person.leaves_on)
    )  # fmt: skip
    soon = today() + _SOON
    return {
        key: LineCount(
            str(n), "danger" if leaves is not None and leaves <= soon else "info",
            trn("holds {n} open item", "holds {n} open items", n),
        )
        for key, leaves, n in connection.execute(query)
    }  # fmt: skip


#: Below each item: counted are verified levels that count today.
COVERAGE_BELOW = LineCounts(N_("Alone, verified"), _coverage)
#: Beside each person: the open items of which he or she is a holder; red where he or she leaves within four weeks,
#: which no paper tells.
LOAD_BESIDE = LineCounts(N_("Items held"), _load, internal_tone=True)
