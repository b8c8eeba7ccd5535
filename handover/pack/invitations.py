"""Invitations for calendars: iCalendar (RFC 5545) with the method of RFC 5546.

A request, and later ones with a higher sequence number that replace it; once the date is called off, its cancellation.
Its times have no zone: those of the site.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from icalendar import Calendar, Event, vCalAddress, vText

from handover import __version__, clock


@dataclass(frozen=True, slots=True)
class MailDraft:
    """What was written: the file, and the people without an address."""

    file: Path
    without_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is asked, with the address of his or her mail, empty where none is known."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation says.

    Attributes:
        key: of the row that it is of; a later invitation of it replaces the former one.
        lasts: in minutes.
        by: who invites, None where nobody is named.
        lines: what it is about.
        project: its code.
    """

    ref: str
    key: str
    title: str
    lasts: int
    place: str
    cancelled: bool
    by: Invited | None
    invited: tuple[Invited, ...]
    lines: tuple[str, ...]
    project: str

    def without_address(self) -> tuple[str, ...]:
        """The names of those who can't be mailed."""
        return tuple(each.name for each in self.invited if not each.address)


def calendar_of(asked: Invitation, begins: dt.datetime, sequence: int) -> bytes:
    """An invitation as iCalendar; one that begins at midnight is of the whole day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Handover//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if asked.cancelled else "REQUEST")
    event = Event()
    event.add("uid", f"{asked.key}@handover")
    event.add("sequence", sequence)
    event.add("dtstamp", clock.now())
    event.add("summary", f"{asked.project} {asked.title}")
    if begins.time() == dt.time():
        event.add("dtstart", begins.date())
        event.add("dtend", begins.date() + dt.timedelta(days=1))
    else:
        event.add("dtstart", begins)
        event.add("dtend", begins + dt.timedelta(minutes=asked.lasts))
    event.add("status", "CANCELLED" if asked.cancelled else "CONFIRMED")
    if asked.place:
        event.add("location", asked.place)
    if asked.lines:
        event.add("description", "\n".join(asked.lines))
    if asked.by is not None and asked.by.address:
        event["organizer"] = _address(asked.by)
    for each in asked.invited:
        if each.address:
            address = _address(each)
            address.params["role"] = vText("REQ-PARTICIPANT")
            address.params["rsvp"] = vText("TRUE")
            event.add("attendee", address, encode=False)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _address(person: Invited) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.address}")
    address.params["cn"] = vText(person.name)
    return address
