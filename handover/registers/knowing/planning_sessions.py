"""Planning a session about an item: who gives it and whom it is for, and the session with its invited in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from handover.clock import today
from handover.i18n import N_
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.people import Person
from handover.registers.catalogue import register
from handover.store.workspace import Workspace


class SessionWanted(NamedTuple):
    """What a session about an item begins with: the values by field, and who is to be there."""

    values: Mapping[str, Any]  # Any: what each field holds
    invited: tuple[tuple[str, str], ...]

    @property
    def people(self) -> tuple[str, ...]:
        """The keys of those who are to be there."""
        return tuple(key for key, _ in self.invited)


def session_about(connection: Connection, item_id: str) -> SessionWanted:
    """What a session about an item begins with: its holder who leaves first, and the receivers whose gaps are open."""
    title, method = connection.execute(
        select(KnowledgeItem.title, KnowledgeItem.method_id).where(KnowledgeItem.id == item_id)
    ).one()
    here = Person.leaves_on.is_(None) | (Person.leaves_on > today())
    giver = connection.execute(
        select(Person.id)
        .join(KnowledgeHolder, KnowledgeHolder.person_id == Person.id)
        .where(KnowledgeHolder.item_id == item_id, KnowledgeHolder.deleted_at.is_(None), here)
        .order_by(Person.leaves_on.is_(None), Person.leaves_on, KnowledgeHolder.id)
        .limit(1)
    ).scalar()
    invited = connection.execute(
        select(Person.id, Person.name)
        .join(KnowledgeReceiver, KnowledgeReceiver.person_id == Person.id)
        .where(KnowledgeReceiver.item_id == item_id, KnowledgeReceiver.deleted_at.is_(None), KnowledgeReceiver.open(),
               here)
        .order_by(KnowledgeReceiver.id)
    ).all()  # fmt: skip
    values = {"title": title, "item": item_id, "method": method, "giver": giver}
    return SessionWanted(values, tuple((key, name) for key, name in invited))


def plan_session(
    workspace: Workspace, project_id: str, values: Mapping[str, Any], invited: Sequence[str] | None = None
) -> str:  # Any: what each field holds
    """Add a session with those who are to be there, in one act; returns its key. Raises NotValid or Refused.

    Args:
        invited: their keys; None for the receivers of its item whose gaps are open.
    """
    if invited is None and values.get("item"):
        with workspace.read() as connection:
            invited = session_about(connection, values["item"]).people
    sessions = register("sessions")
    with workspace.edit(N_("Plan a session"), project=project_id) as work:
        made = TransferSession(**{sessions[key].attr: value for key, value in values.items() if value is not None})
        made = work.add(made)
        for person in dict.fromkeys(invited or ()):
            work.add(SessionAttendance(session_id=made.id, person_id=person))
    return made.id
