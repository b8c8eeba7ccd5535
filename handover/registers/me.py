"""Who the user is among the people of a project: the person whose account is the name in the change log."""

from __future__ import annotations

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model import account
from handover.model.people import Person
from handover.model.project import Project
from handover.registers.linked import Linked
from handover.registers.query import linked
from handover.store.open_file import sort_key
from handover.store.workspace import Workspace


def me(workspace: Workspace, project_id: str) -> str | None:
    """The key of the person who the user is in a project; None where nobody, or more than one, has the account."""
    with workspace.read() as connection:
        return account.person_of(connection, project_id, workspace.user)


def candidates(connection: Connection, project_id: str) -> list[Linked]:
    """The people of a project by name, among whom the user is."""
    wanted = select(Person.id).where(Person.project_id == project_id, Person.deleted_at.is_(None))
    found = linked(connection, Person.__tablename__, connection.execute(wanted).scalars().all())
    return sorted(found.values(), key=lambda person: (sort_key(person.name), person.ref))


def choose(workspace: Workspace, project_id: str, person_id: str | None, *, source: str = "hand") -> None:
    """Say which person of a project the user is, None for nobody; whoever had the account before has none any more."""
    label = (
        N_("{name} works under the account {account}") if person_id else N_("Nobody works under the account {account}")
    )
    with workspace.read() as connection:
        name = connection.execute(select(Person.name).where(Person.id == person_id)).scalar() or ""
    with workspace.edit(label, project=project_id, source=source, name=name, account=workspace.user) as work:
        under_it = account.under(workspace.user)
        for other in work.session.scalars(select(Person).where(Person.project_id == project_id, under_it)):
            other.account = None
        if person_id is not None:
            work.get(Person, person_id).account = workspace.user


def rename(workspace: Workspace, name: str) -> None:
    """Have another name in the change log from now on; the people who the user is in each project follow it."""
    before, workspace.user = workspace.user, name
    if workspace.read_only or before == name:
        return
    with workspace.edit(N_("{before} works as {name} from now on"), before=before, name=name) as work:
        under_it = account.under(before)
        still_open = Person.project_id.in_(select(Project.id).where(Project.status != "closed"))
        for person in work.session.scalars(select(Person).where(under_it, still_open)):
            person.account = name
