"""Who the user is among the people of a project: the person whose account is at the keyboard."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, or_, select

from handover.model.people import Person


def person_of(connection: Connection, project_id: str | None, account: str) -> str | None:
    """The key of the one person of a project with an account, None where there is none or more than one."""
    if not project_id or not account:
        return None
    wanted = select(Person.id).where(Person.project_id == project_id, Person.deleted_at.is_(None), under(account))
    found = connection.execute(wanted.limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def under(account: str) -> ColumnElement[bool]:
    """The people with an account; Latin letters are the same in either case, as on most systems."""
    return or_(Person.account == account, func.lower(Person.account) == account.lower())
