"""What a session clashes with: other sessions and meetings of its people, the plan, days off, shifts, who has left.

Pure: given sessions and what else its people have on, it says what is wrong with each.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.vocabulary import Tone
from handover.values.shown import ShownDay

#: How long a session is where nobody said, in hours.
USUAL_HOURS = 1.0
#: So many tasks of somebody are named.
_NAMED = 3


class SessionAttendee(NamedTuple):
    """Somebody who gives a session or is to be there."""

    id: str
    name: str
    shift: str
    leaves: dt.date | None


@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """A session with its day.

    Attributes:
        begins: at midnight where only the day is said.
        giver, people: who gives it, and who else is to be there.
    """

    id: str
    ref: str
    title: str
    begins: dt.datetime
    hours: float | None
    status: str
    place: str
    method: str
    item_ref: str
    giver: SessionAttendee | None
    people: tuple[SessionAttendee, ...]

    @property
    def timed(self) -> bool:
        """Whether its time of day is said."""
        return self.begins.time() != dt.time()

    @property
    def ends(self) -> dt.datetime:
        """When it is over; at the end of its day where no time is said."""
        if not self.timed:
            return self.begins + dt.timedelta(days=1)
        return self.begins + dt.timedelta(hours=self.hours or USUAL_HOURS)

    @property
    def everybody(self) -> tuple[SessionAttendee, ...]:
        """Who gives it and who is to be there, each once."""
        both = (*((self.giver,) if self.giver else ()), *self.people)
        return tuple({each.id: each for each in both}.values())


class Busy(NamedTuple):
    """A time at which somebody has something else on: a meeting, or a task of the plan."""

    kind: str
    ref: str
    name: str
    begins: dt.datetime
    ends: dt.datetime
    timed: bool = True


@dataclass(frozen=True, slots=True)
class SessionClash:
    """What a session clashes with, as a sentence in a tone."""

    kind: str
    tone: Tone
    told: Reason

    def __str__(self) -> str:
        return str(self.told)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the sessions.

    Attributes:
        busy: by person, what else is on.
        works: whether a day is worked by the calendar of the project.
        shifts: how many people of operations each shift has.
    """

    busy: Mapping[str, Sequence[Busy]] = field(default_factory=dict)
    works: Callable[[dt.date], bool] = lambda _day: True
    shifts: Mapping[str, int] = field(default_factory=dict)


def clashes(sessions: Sequence[SessionPlanned], around: Around) -> dict[str, tuple[SessionClash, ...]]:
    """What clashes with each of the planned sessions, the gravest first, by key; sound ones aren't in it."""
    planned = [each for each in sessions if each.status == "planned"]
    by_day: dict[dt.date, list[SessionPlanned]] = defaultdict(list)
    for each in planned:
        for n in range((each.ends - dt.timedelta(minutes=1) - each.begins).days + 1):
            by_day[each.begins.date() + dt.timedelta(days=n)].append(each)
    found: dict[str, tuple[SessionClash, ...]] = {}
    for each in planned:
        beside = {other.id: other for other in by_day[each.begins.date()] if other.id != each.id}
        told = sorted(_of_session(each, list(beside.values()), around), key=lambda clash: _GRAVEST.index(clash.tone))
        if told:
            found[each.id] = tuple(told)
    return found


_GRAVEST: tuple[Tone, ...] = ("danger", "warning", "info")


def _of_session(session: SessionPlanned, beside: Sequence[SessionPlanned], around: Around) -> Iterator[SessionClash]:
    yield from _gone(session)
    yield from _doubled(session, beside)
    yield from _busy(session, around)
    if not around.works(session.begins.date()):
        told = Reason(N_("{day} is a day off in the project's calendar."), {"day": ShownDay(session.begins.date())})
        yield SessionClash("day_off", "warning", told)
    yield from _whole_shifts(session, around.shifts)


def _gone(session: SessionPlanned) -> Iterator[SessionClash]:
    for each in session.everybody:
        if each.leaves is not None and each.leaves <= session.begins.date():
            told = Reason(N_("{name} has left by then, on {day}."), {"name": each.name, "day": ShownDay(each.leaves)})
            yield SessionClash("left", "danger", told)


def _doubled(session: SessionPlanned, beside: Iterable[SessionPlanned]) -> Iterator[SessionClash]:
    here = {each.id: each for each in session.everybody}
    for other in beside:
        if not (session.begins < other.ends and other.begins < session.ends):
            continue
        for each in other.everybody:
            if each.id in here:
                values = {"name": each.name, "ref": other.ref, "title": other.title}
                if session.timed and other.timed:
                    told = Reason(N_("{name} is in {ref} {title} at the same time."), values)
                    yield SessionClash("double", "danger", told)
                else:
                    told = Reason(N_("{name} is in {ref} {title} on the same day; no time is said."), values)
                    yield SessionClash("double", "warning", told)


def _busy(session: SessionPlanned, around: Around) -> Iterator[SessionClash]:
    for person in session.everybody:
        on = [b for b in around.busy.get(person.id, ()) if b.begins < session.ends and session.begins < b.ends]
        for each in on:
            values = {"name": person.name, "ref": each.ref, "title": each.name}
            if each.kind == "meeting":
                sure = session.timed and each.timed
                told = Reason(N_("{name} is asked to {ref} {title} at that time."), values)
                yield SessionClash("meeting", "danger" if sure else "warning", told)
        tasks = [each for each in on if each.kind == "task"]
        if tasks:
            names = "; ".join(f"{each.ref} {each.name}" for each in tasks[:_NAMED])
            one, many = NN_("{name} has a task of the plan on that day: {tasks}.",
                            "{name} has {n} tasks of the plan on that day: {tasks}.")  # fmt: skip
            told = Reason(one, {"name": person.name, "tasks": names}, many, len(tasks))
            yield SessionClash("plan", "info", told)


def _whole_shifts(session: SessionPlanned, shifts: Mapping[str, int]) -> Iterator[SessionClash]:
    """All of a shift in one session: nobody of it is left at the plant."""
    there: dict[str, int] = defaultdict(int)
    for each in session.everybody:
        if each.shift:
            there[each.shift] += 1
    for shift, n in there.items():
        if n > 1 and n >= shifts.get(shift, n + 1):
            told = Reason(N_("It takes all {n} people of the shift “{shift}” away at once."), {"n": n, "shift": shift})
            yield SessionClash("shift", "warning", told)
