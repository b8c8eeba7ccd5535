"""The seats of a working group as a chart: by side, the leads on top, the sponsor over both."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from handover.charts.data import Seat, SeatChart, SeatColumn
from handover.i18n import N_
from handover.model.group import GROUP_ROLE, LEADS, Member, WorkingGroup
from handover.model.people import SIDE, Organisation, Person
from handover.wording import said

_COLOURS = {"project": "info", "operations": "ok", "third": "neutral"}


@dataclass(frozen=True, slots=True)
class GroupSeats:
    """A group with its chart; the keys of its seats are those of the members, that over them of the person."""

    id: str
    name: str
    chart: SeatChart


def group_seats(connection: Connection, project_id: str) -> list[GroupSeats]:
    """The charts of all groups of a project that aren't dissolved, by name, as they sit today."""
    groups = connection.execute(
        select(WorkingGroup.id, WorkingGroup.name, Person.id.label("sponsor"), Person.name.label("sponsored_by"))
        .outerjoin(Person, Person.id == WorkingGroup.sponsor_id)
        .where(WorkingGroup.project_id == project_id, WorkingGroup.deleted_at.is_(None), WorkingGroup.open())
        .order_by(WorkingGroup.name, WorkingGroup.id)
    ).all()
    seats = _seats_of(connection, project_id)
    return [
        GroupSeats(group.id, group.name, _chart(group.name, _sponsor(group.sponsor, group.sponsored_by),
                                                seats.get(group.id, {})))
        for group in groups
    ]  # fmt: skip


def _sponsor(key: str | None, name: str | None) -> tuple[Seat, ...]:
    if key is None:
        return ()
    return (Seat(name or "", said(N_("Executive sponsor")), key=("people", key), lead=True),)


def _chart(name: str, above: tuple[Seat, ...], seats: dict[str, list[Seat]]) -> SeatChart:
    columns = tuple(
        SeatColumn(said(option.name), tuple(seats[option.code]), _COLOURS.get(option.code, "neutral"))
        for option in SIDE.options
        if seats.get(option.code)
    )
    if seats.get(""):
        columns = (*columns, SeatColumn(said(N_("No side said")), tuple(seats[""]), "neutral"))
    return SeatChart(title=name, columns=columns, above=above, empty=said(N_("Nobody sits in this group today.")))


def _seats_of(connection: Connection, project_id: str) -> dict[str, dict[str, list[Seat]]]:
    """The seats of today by group and side: the leads first, then by role and name."""
    order = {option.code: at for at, option in enumerate(GROUP_ROLE.options)}
    rank = case(order, value=Member.role, else_=len(order))
    wanted = (
        select(Member.id, Member.group_id, func.coalesce(Member.side, Person.side).label("side"), Member.role,
               Person.name, Person.post, Organisation.name.label("company"), Member.allocation)
        .join(Person, Person.id == Member.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Member.project_id == project_id, Member.deleted_at.is_(None), Member.present())
        .order_by(rank, Person.name, Member.id)
    )  # fmt: skip
    known = {option.code: option.name for option in GROUP_ROLE.options}
    found: dict[str, dict[str, list[Seat]]] = {}
    for row in connection.execute(wanted):
        share = f"{row.allocation:.0%}" if row.allocation else ""
        note = " · ".join(part for part in (row.post, row.company, share) if part)
        role = said(known[row.role]) if row.role in known else ""
        seat = Seat(row.name, role, note, ("members", row.id), row.role in LEADS)
        found.setdefault(row.group_id, {}).setdefault(row.side or "", []).append(seat)
    return found
