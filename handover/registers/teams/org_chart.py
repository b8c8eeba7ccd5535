"""The seats of a working group as a chart: by side, the leads on top, the sponsor over both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
    found = []
    for group in groups:
        sponsor = () if group.sponsor is None else (_sponsor(group.sponsor, group.sponsored_by),)
        seated = [each for each in seats.get(group.id, ()) if each.person != group.sponsor or each.role != "sponsor"]
        above = (*sponsor, *(each.seat for each in seated if each.role == "sponsor"))
        found.append(GroupSeats(group.id, group.name, _chart(group.name, above, seated)))
    return found


class _Seated(NamedTuple):
    person: str
    role: str | None
    side: str
    seat: Seat


def _sponsor(key: str, name: str) -> Seat:
    return Seat(name, said(N_("Executive sponsor")), key=("people", key), lead=True)


def _chart(name: str, above: tuple[Seat, ...], seated: Sequence[_Seated]) -> SeatChart:
    sides = [*((option.code, said(option.name)) for option in SIDE.options), ("", said(N_("No side said")))]
    columns = tuple(
        SeatColumn(words, seats, _COLOURS.get(code, "neutral"))
        for code, words in sides
        if (seats := tuple(each.seat for each in seated if each.side == code and each.role != "sponsor"))
    )
    return SeatChart(title=name, columns=columns, above=above, empty=said(N_("Nobody sits in this group today.")))


def _seats_of(connection: Connection, project_id: str) -> dict[str, list[_Seated]]:
    """The seats of today by group: the leads first, then by role and name."""
    order = {option.code: at for at, option in enumerate(GROUP_ROLE.options)}
    rank = case(order, value=Member.role, else_=len(order))
    wanted = (
        select(Member.id, Member.group_id, Member.person_id, Member.role, Member.allocation,
               func.coalesce(Member.side, Person.side).label("side"), Person.name, Person.post,
               Organisation.name.label("company"))
        .join(Person, Person.id == Member.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Member.project_id == project_id, Member.deleted_at.is_(None), Member.present())
        .order_by(rank, Person.name, Member.id)
    )  # fmt: skip
    known = {option.code: option.name for option in GROUP_ROLE.options}
    found: dict[str, list[_Seated]] = {}
    for row in connection.execute(wanted):
        share = f"{row.allocation:.0%}" if row.allocation else ""
        note = " · ".join(part for part in (row.post, row.company, share) if part)
        role = said(known[row.role]) if row.role in known else ""
        seat = Seat(row.name, role, note, ("members", row.id), row.role in LEADS)
        found.setdefault(row.group_id, []).append(_Seated(row.person_id, row.role, row.side or "", seat))
    return found
