"""My week: across the projects of a workspace, what needs one person within some days, and what is late already.

A row needs whoever its register names as its owner, and whomever the model's ``needs`` tells, such as those who are
asked to a meeting. One statement a project.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from handover.model import account
from handover.model.base import Due
from handover.model.dialect import within
from handover.model.people import Person
from handover.model.project import Project
from handover.registers.catalogue import chapters
from handover.registers.declare import Register
from handover.registers.figures.things import OpenItem, things

#: So many rows of a project are shown at most; whoever has more needs another list.
MOST = 1000


@dataclass(frozen=True, slots=True)
class WeekOfProject:
    """What needs the person in one project, the earliest due first."""

    project_id: str
    code: str
    name: str
    person: str
    items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class MyWeek:
    """What needs somebody in all projects.

    Attributes:
        days: so many days ahead, today included as the first.
        unknown: the codes of open projects in which no person has the account.
    """

    days: int
    projects: tuple[WeekOfProject, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return sum(len(each.items) for each in self.projects)

    @property
    def overdue(self) -> int:
        """How many of them are late."""
        return sum(bool(item.overdue_days) for each in self.projects for item in each.items)


def my_week(connection: Connection, user: str, days: int = 7) -> MyWeek:
    """What needs the person with an account, in every project that isn't closed."""
    open_ones = select(Project.id, Project.code, Project.name).where(Project.status != "closed").order_by(Project.code)
    found, unknown = [], []
    for key, code, name in connection.execute(open_ones).all():
        person = account.person_of(connection, key, user)
        if person is None:
            unknown.append(code)
            continue
        items = things(connection, _needing(person, days), key, MOST)
        found.append(WeekOfProject(key, code, name, _name(connection, person), tuple(items)))
    return MyWeek(days, tuple(found), tuple(unknown))


def _needing(person: str, days: int) -> Iterator[tuple[Register, ColumnElement[bool]]]:
    for register in (each for chapter in chapters() if chapter.of_work for each in chapter.registers):
        model = register.model
        if not register.due or not issubclass(model, Due):
            continue
        of_whom = [getattr(model, register[register.owner].attr) == person] if register.owner else []
        if needs := getattr(model, "needs", None):
            of_whom.append(needs(person))
        if of_whom:
            soon = and_(model.open(), within(model.due_day(), max(0, days - 1)))
            yield register, and_(or_(model.overdue(), soon), or_(*of_whom))


def _name(connection: Connection, person: str) -> str:
    return str(connection.execute(select(Person.name).where(Person.id == person)).scalar_one())
