"""The next best act for knowledge at risk: what to do first about an item, and about somebody who leaves.

The order is that of the way of knowledge: somebody who knows it, somebody who learns it, what is only to be recorded or
verified, the session that is planned, and in the end the session that is to be planned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.values.shown import ShownDay

#: So many days after a session something is to be verified.
VERIFIED_WITHIN = 14


class HolderFact(NamedTuple):
    """Who holds an item; ``sole`` is said, or None where nobody said."""

    person: str
    name: str
    leaves: dt.date | None
    sole: bool | None


class ReceiverFact(NamedTuple):
    """Who receives an item; ``lapsed`` says why a verified level no longer counts."""

    id: str
    name: str
    status: str
    lapsed: str | None


class SessionFact(NamedTuple):
    """A session about an item, planned or held; ``giver_leaves`` on which day."""

    id: str
    on: dt.date | None
    held: dt.date | None
    giver: str
    giver_leaves: dt.date | None


@dataclass(frozen=True, slots=True)
class NextAct:
    """What to do next.

    Attributes:
        key: what kind of act it is; ``plan`` wants a session planned, ``interview`` a guide printed.
        told: what to do, as a sentence.
        register, row: where it is done.
    """

    key: str
    told: Reason
    register: str = ""
    row: str = ""

    def __str__(self) -> str:
        return str(self.told)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the next act of an item follows from."""

    id: str
    holders: Sequence[HolderFact]
    receivers: Sequence[ReceiverFact]
    sessions: Sequence[SessionFact]

    def here(self, day: dt.date) -> list[HolderFact]:
        """Its holders who are there on a day."""
        return [each for each in self.holders if each.leaves is None or each.leaves > day]

    def known_until(self) -> dt.date | None:
        """The day on which the last of its holders leaves; None while one stays, or where nobody is named."""
        days = [each.leaves for each in self.holders]
        return max((d for d in days if d is not None), default=None) if None not in days else None

    def unverified_since(self, day: dt.date) -> int:
        """How many days ago its last session was, where nothing was verified since within two weeks; else 0."""
        held = max((each.held for each in self.sessions if each.held is not None), default=None)
        waiting = any(each.status in ("in_transfer", "demonstrated") for each in self.receivers)
        days = (day - held).days if held is not None and waiting else 0
        return days if days >= VERIFIED_WITHIN else 0


def next_of_item(item: ItemFacts, day: dt.date) -> NextAct:
    """What to do next about an item, as things stand on a day."""
    here = item.here(day)
    if not here:
        return NextAct("find", Reason(N_("Find somebody who knows it")), "knowledge", item.id)
    if not item.receivers:
        return NextAct("receive", Reason(N_("Name who is to learn it")), "knowledge", item.id)
    return _to_verify(item, day) or _of_sessions(item, day) or _to_plan(item, here, day)


def _to_verify(item: ItemFacts, day: dt.date) -> NextAct | None:
    shown = next((each for each in item.receivers if each.status == "demonstrated"), None)
    if shown is not None:
        return NextAct("verify", Reason(N_("Verify what {name} can do"), {"name": shown.name}), "receivers", shown.id)
    old = next((each for each in item.receivers if each.lapsed in ("ran_out", "changed", "item_changed")), None)
    if old is not None:
        return NextAct("verify", Reason(N_("Verify {name} anew"), {"name": old.name}), "receivers", old.id)
    gone = next((each for each in item.receivers if each.lapsed == "left"), None)
    if gone is not None and all(each.lapsed == "left" for each in item.receivers):
        return NextAct("receive", Reason(N_("Name who learns it in the place of {name}"), {"name": gone.name}),
                       "knowledge", item.id)  # fmt: skip
    days = item.unverified_since(day)
    if days:
        waiting = next(each for each in item.receivers if each.status in ("in_transfer", "demonstrated"))
        told = Reason(N_("Verify {name}: the session was {days} days ago"), {"name": waiting.name, "days": days})
        return NextAct("verify", told, "receivers", waiting.id)
    return None


def _of_sessions(item: ItemFacts, day: dt.date) -> NextAct | None:
    planned = sorted((s for s in item.sessions if s.held is None and s.on is not None), key=_on)
    for session in planned:
        on = _on(session)
        if on < day:
            return NextAct("record", Reason(N_("Record the session of {day}"), {"day": ShownDay(on)}), "sessions",
                           session.id)  # fmt: skip
        ends = session.giver_leaves or item.known_until()
        if ends is not None and on > ends:
            values = {"day": ShownDay(on), "name": session.giver, "leaves": ShownDay(ends)}
            named = N_("Move the session of {day}: {name} leaves on {leaves}")
            nameless = N_("Move the session of {day}: its holder leaves on {leaves}")
            return NextAct("move", Reason(named if session.giver else nameless, values), "sessions", session.id)
        return NextAct("hold", Reason(N_("Hold the session of {day}"), {"day": ShownDay(on)}), "sessions", session.id)
    return None


def _to_plan(item: ItemFacts, here: Sequence[HolderFact], day: dt.date) -> NextAct:
    first = min(here, key=lambda each: each.leaves or dt.date.max)
    ends = item.known_until()
    again = any(each.held is not None for each in item.sessions)
    if ends is not None and ends > day:
        told = Reason(N_("Plan a session with {name} before {day}"), {"name": first.name, "day": ShownDay(ends)})
    elif again:
        told = Reason(N_("Plan the next session with {name}"), {"name": first.name})
    else:
        told = Reason(N_("Plan a session with {name}"), {"name": first.name})
    return NextAct("plan", told, "knowledge", item.id)


def next_of_person(
    person: str, name: str, alone: Iterable[ItemFacts], unwritten: int, *, kept: bool, day: dt.date
) -> NextAct:
    """What to do next about somebody who leaves.

    Args:
        alone: the open items that nobody else knows.
        unwritten: how many of his open items aren't written down.
        kept: a measure that keeps him, or makes up for his leaving, is there.
        day: as things stand on it.
    """
    idle = [item for item in alone if next_of_item(item, day).key in ("plan", "receive")]
    if idle:
        one, many = NN_("Plan the session of {n} item that only {name} knows",
                        "Plan the sessions of {n} items that only {name} knows")  # fmt: skip
        told = Reason(one, {"name": name}, many, len(idle))
        return NextAct("plan", told, "knowledge", idle[0].id)
    if unwritten:
        one, many = NN_(
            "Interview {name}: {n} item isn't written down", "Interview {name}: {n} items aren't written down"
        )
        return NextAct("interview", Reason(one, {"name": name}, many, unwritten), "people", person)
    if not kept:
        return NextAct(
            "retain", Reason(N_("Agree with {name} on a measure of retention"), {"name": name}), "people", person
        )
    return NextAct("none", Reason(N_("Everything is under way")), "people", person)


def _on(session: SessionFact) -> dt.date:
    return session.on or dt.date.max
