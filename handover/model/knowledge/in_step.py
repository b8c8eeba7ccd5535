"""Items, their holders and receivers, and verifications in step.

An item shows its first holder and the receiver who is least far, so that knowledge is read, sorted, typed and imported
as one flat list; what is set there is set of those, and the other way round. Until when a holder is there, and how
likely he is to leave, is said of the person alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from handover import clock
from handover.model.base import Row
from handover.model.entailed import after_many_new, at_hand, coming_with_new, entailed_by
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import VERIFIED_FIELDS, WORST_FIRST
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.verification import LevelVerification, verifications_of
from handover.model.people import Person
from handover.model.steps import Taker, attribute

#: What an item shows of a receiver: its attribute, and that of the receiver.
OF_RECEIVER = {
    "receiver_id": "person_id",
    **{
        attr: attr
        for attr in (
            "status", "method_id", "baseline_level", "current_level", "verified_level", "verified_by_id",
            "verified_on", "verification", "valid_until", "evidence", "due_on", "accepted_because",
        )
    },
}  # fmt: skip
#: What an item shows of its holder, and of the holder's person.
_OF_HOLDER = {"holder_id": "person_id", "sole_holder": "sole"}
OF_PERSON = {"holder_until": "leaves_on", "attrition": "retention_risk"}
#: What a receiver shows of his last verification: its attribute, and that of the verification.
OF_VERIFICATION = {"verified_level": "level", "verified_by_id": "verifier_id", "verified_on": "verified_on",
                    "verification": "method", "valid_until": "valid_until", "evidence": "evidence"}  # fmt: skip
#: What decides which receiver an item shows.
_PLACING = frozenset({"item_id", "person_id", "status", "deleted_at"})
_WHO_AND_WHEN = frozenset({"verified_level", "verified_by_id", "verified_on"})
#: What a verification says anew of somebody whose former ones expired.
_SHOWN_ANEW = frozenset({"receiver_id", "verified_on", "verifier_id", "result", "level"})


def holders_of(session: Session, item_id: str) -> list[KnowledgeHolder]:
    """The living holders of an item in their order, those that this act adds included."""
    stored = session.scalars(select(KnowledgeHolder).where(KnowledgeHolder.item_id == item_id)).all()
    added = [row for row in session.new if isinstance(row, KnowledgeHolder) and row.item_id == item_id]
    return sorted((row for row in (*stored, *added) if row.deleted_at is None), key=lambda row: row.id)


def receivers_of(session: Session, item_id: str) -> list[KnowledgeReceiver]:
    """The living receivers of an item in their order, those that this act adds included."""
    stored = session.scalars(select(KnowledgeReceiver).where(KnowledgeReceiver.item_id == item_id)).all()
    added = [row for row in session.new if isinstance(row, KnowledgeReceiver) and row.item_id == item_id]
    return sorted((row for row in (*stored, *added) if row.deleted_at is None), key=lambda row: row.id)


def least_far(receivers: Iterable[KnowledgeReceiver]) -> KnowledgeReceiver | None:
    """The receiver who is least far, the first of several; None where there is none."""
    return min(receivers, key=lambda row: WORST_FIRST.index(row.status or "identified"), default=None)


def shown_of(session: Session, item_id: str) -> KnowledgeReceiver | None:
    """The receiver of an item who is least far, without reading all that is known of the others."""
    known = session.execute(
        select(KnowledgeReceiver.id, KnowledgeReceiver.status, KnowledgeReceiver.deleted_at)
        .where(KnowledgeReceiver.item_id == item_id)
        .order_by(KnowledgeReceiver.id)
    ).all()
    if any(isinstance(row, KnowledgeReceiver) for row in session.new):
        return least_far(receivers_of(session, item_id))
    found: tuple[int, str] | None = None
    for key, status, deleted_at in known:
        held = session.identity_map.get(session.identity_key(KnowledgeReceiver, key))
        if held is not None:  # the act itself may have changed it
            status, deleted_at = held.status, held.deleted_at
            if held.item_id != item_id:
                continue
        far = WORST_FIRST.index(status or "identified")
        if deleted_at is None and (found is None or far < found[0]):
            found = far, key
    return session.get(KnowledgeReceiver, found[1]) if found is not None else None


@entailed_by(KnowledgeItem)
def pass_on(item: KnowledgeItem, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """What was said of an item's holder and receiver becomes theirs."""
    if changed & {*_OF_HOLDER, *OF_PERSON}:
        yield from _to_holder(item, changed, session, taker)
    given = changed & OF_RECEIVER.keys()
    if given and (item.receiver_id or "receiver_id" not in given or receivers_of(session, item.id)):
        yield from _to_receivers(item, given, session)


@entailed_by(KnowledgeHolder)
def show_holder(holder: KnowledgeHolder, _changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """The item shows its first holder."""
    yield from _shown_with_holder(session, holder.item_id)


@entailed_by(Person)
def show_leaving(person: Person, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """The items of a holder show until when he is there."""
    if not changed & set(OF_PERSON.values()):
        return
    held = select(KnowledgeHolder.item_id).where(KnowledgeHolder.person_id == person.id)
    for item_id in session.scalars(held.where(KnowledgeHolder.deleted_at.is_(None)).distinct()).all():
        yield from _shown_with_holder(session, item_id)


@entailed_by(KnowledgeReceiver)
def show_receiver(receiver: KnowledgeReceiver, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """A level that was verified has its verification; the item shows the receiver who is least far."""
    if receiver.verified_level and changed & {attribute(KnowledgeReceiver, each) for each in VERIFIED_FIELDS}:
        yield from _proof(receiver, session)
    if inspect(receiver).pending or changed & _PLACING:
        yield from _shown_with_receiver(session, receiver.item_id)
        return
    item = at_hand(session, KnowledgeItem, receiver.item_id)
    if item is not None and item.receiver_id in (None, receiver.person_id):  # what others have isn't shown
        yield from _shown_with_receiver(session, receiver.item_id)


@entailed_by(LevelVerification)
def count_verification(
    verification: LevelVerification, changed: Set[str], session: Session, taker: Taker
) -> Iterator[Row]:
    """A pass gives the receiver its level, and closes the gap where that reaches the target; a fail sends him back."""
    receiver = at_hand(session, KnowledgeReceiver, verification.receiver_id)
    if receiver is None or receiver.deleted_at is not None:
        return
    if verification.verified_on is None and not taker.history:
        verification.verified_on = taker.today
        yield verification
    of_receiver = verifications_of(session, receiver.id)
    newest = bool(of_receiver) and of_receiver[-1] is verification
    if receiver.status == "expired" and not (newest and changed & _SHOWN_ANEW):
        return  # those before no longer count, whatever is noted of them
    if _concluded(receiver, of_receiver):
        yield receiver


@coming_with_new(KnowledgeItem)
def first_holders(
    items: Sequence[Mapping[str, Any]], _session: Session
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: column values
    """The holders of many new items."""
    return KnowledgeHolder, [
        {"item_id": row["id"], "person_id": row["holder_id"], "sole": row.get("sole_holder")}
        for row in items
        if row.get("holder_id")
    ]


@coming_with_new(KnowledgeItem)
def first_receivers(
    items: Sequence[Mapping[str, Any]], _session: Session
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: as above
    """The receivers of many new items."""
    return KnowledgeReceiver, [
        {"item_id": row["id"], **{ours: row[attr] for attr, ours in OF_RECEIVER.items() if row.get(attr) is not None}}
        for row in items
        if row.get("receiver_id")
    ]


@coming_with_new(KnowledgeReceiver)
def first_verifications(
    receivers: Sequence[Mapping[str, Any]], _session: Session
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: as above
    """The verifications of many new receivers whose level was verified."""
    return LevelVerification, [
        {"receiver_id": row["id"],
         **{ours: row[attr] for attr, ours in OF_VERIFICATION.items() if row.get(attr) is not None}}
        for row in receivers
        if row.get("verified_level")
    ]  # fmt: skip


@after_many_new(KnowledgeItem)
def leaving_of_many(items: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: as above
    """What many new items say of when their holders leave becomes the people's, where nothing is known of them."""
    told: dict[str, Mapping[str, Any]] = {}
    for row in items:
        if row.get("holder_id") and any(row.get(attr) is not None for attr in OF_PERSON):
            told.setdefault(row["holder_id"], row)
    if not told:
        return
    people = {key: person for key in told if (person := session.get(Person, key)) is not None}
    for person in people.values():
        for attr, ours in OF_PERSON.items():
            if getattr(person, ours) is None and told[person.id].get(attr) is not None:
                setattr(person, ours, told[person.id][attr])
                yield person
    for row in items:
        person = people.get(row.get("holder_id") or "")
        otherwise = person is not None and any(
            row.get(attr) != getattr(person, ours) for attr, ours in OF_PERSON.items()
        )
        item = session.get(KnowledgeItem, row["id"]) if otherwise else None
        if item is not None and person is not None and _take_from(item, person, OF_PERSON):
            yield item


@after_many_new(KnowledgeHolder)
def holders_of_many(holders: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: as above
    """Items show the first of many new holders."""
    for item_id in dict.fromkeys(row["item_id"] for row in holders):
        yield from _shown_with_holder(session, item_id)


@after_many_new(KnowledgeReceiver)
def receivers_of_many(receivers: Sequence[Mapping[str, Any]], session: Session) -> Iterator[Row]:  # Any: as above
    """Items show the one who is least far of many new receivers."""
    for item_id in dict.fromkeys(row["item_id"] for row in receivers):
        yield from _shown_with_receiver(session, item_id)


@after_many_new(LevelVerification)
def verifications_of_many(
    verifications: Sequence[Mapping[str, Any]], session: Session
) -> Iterator[Row]:  # Any: as above
    """Receivers have the level of the last of many new verifications."""
    new = {row["id"] for row in verifications}
    for receiver_id in dict.fromkeys(row["receiver_id"] for row in verifications):
        receiver = session.get(KnowledgeReceiver, receiver_id)
        known = verifications_of(session, receiver_id)
        if receiver is None or not known or (receiver.status == "expired" and known[-1].id not in new):
            continue
        if _concluded(receiver, known):
            yield receiver


def _to_holder(item: KnowledgeItem, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    holders = holders_of(session, item.id)
    first = holders[0] if holders else None
    if item.holder_id is None:
        if first is not None and "holder_id" in changed:
            first.deleted_at = clock.now().isoformat(timespec="milliseconds")
            yield first
        return
    if first is not None and any(other.person_id == item.holder_id for other in holders[1:]):
        yield from _shown_with_holder(session, item.id)
        return
    # Of a new item, those who come with it stand beside the one whom it names.
    if first is None or (inspect(item).pending and first.person_id != item.holder_id):
        first = KnowledgeHolder(item_id=item.id, project_id=item.project_id, person_id=item.holder_id)
        first.sole = item.sole_holder
        session.add(first)
    else:
        first.person_id, first.sole = item.holder_id, item.sole_holder
    yield first
    person = at_hand(session, Person, item.holder_id)
    if person is None:
        return
    for attr, ours in OF_PERSON.items():
        said = getattr(item, attr)
        typed = attr in changed and not taker.history
        if said is not None and (getattr(person, ours) is None or (typed and getattr(person, ours) != said)):
            setattr(person, ours, said)
            yield person
    if _take_from(item, person, OF_PERSON):
        yield item


def _to_receivers(item: KnowledgeItem, given: Set[str], session: Session) -> Iterator[Row]:
    shown = shown_of(session, item.id)
    if shown is None:
        if item.receiver_id:
            yield _received(item, OF_RECEIVER)
        return
    if all(getattr(item, attr) == getattr(shown, OF_RECEIVER[attr]) for attr in given):
        return  # it was only shown
    receivers = receivers_of(session, item.id)
    if "receiver_id" in given and item.receiver_id != shown.person_id:
        yield from _another(item, shown, receivers, session)
        return
    before = inspect(item).attrs.status.history.deleted
    together = [r for r in receivers if before and r.status == before[0] and item.status != "verified"]
    for receiver in together if "status" in given and len(receivers) > 1 else [shown]:
        lost = OF_VERIFICATION.keys() if item.status == "expired" else set()
        said = given if receiver is shown else given & {"status", "accepted_because", *lost}
        if _take_over(receiver, item, {attr: OF_RECEIVER[attr] for attr in said}):
            yield receiver


def _another(
    item: KnowledgeItem, shown: KnowledgeReceiver, receivers: list[KnowledgeReceiver], session: Session
) -> Iterator[Row]:
    """Somebody else was named: he takes the place of one of whom nothing was verified yet, else he comes beside him."""
    if item.receiver_id is None:
        shown.deleted_at = clock.now().isoformat(timespec="milliseconds")
        yield shown
    elif any(other.person_id == item.receiver_id for other in receivers):
        yield from _shown_with_receiver(session, item.id)
    elif inspect(item).pending:  # those who come with a new item stand beside the one whom it names
        yield _received(item, OF_RECEIVER)
    elif shown.verified_level is None and not verifications_of(session, shown.id):
        shown.person_id = item.receiver_id
        yield shown
    else:
        yield _received(item, {"receiver_id": "person_id", "method_id": "method_id", "due_on": "due_on"})


def _received(item: KnowledgeItem, shown: Mapping[str, str]) -> KnowledgeReceiver:
    made = KnowledgeReceiver(item_id=item.id, project_id=item.project_id)
    _take_over(made, item, shown)
    return made


def _take_over(receiver: KnowledgeReceiver, item: KnowledgeItem, shown: Mapping[str, str]) -> bool:
    differs = {ours: getattr(item, attr) for attr, ours in shown.items()
               if getattr(receiver, ours) != getattr(item, attr)}  # fmt: skip
    with receiver.shows_another:
        for attr, value in differs.items():
            setattr(receiver, attr, value)
    return bool(differs)


def _take_from(item: KnowledgeItem, other: Row, shown: Mapping[str, str]) -> bool:
    """Have an item show what another row has; whether that changed it."""
    return _set_shown(item, {attr: getattr(other, ours) for attr, ours in shown.items()})


def _set_shown(row: KnowledgeItem | KnowledgeReceiver, values: Mapping[str, Any]) -> bool:  # Any: column values
    """Have a row show what others say; whether that changed it. One that wouldn't be sound so is left as it is: what
    is wrong with it is found by the check, and doesn't hold up the others."""
    differs = {attr: value for attr, value in values.items() if getattr(row, attr) != value}
    whole = {column.key: getattr(row, column.key) for column in row.__table__.columns} | differs
    if not differs or any(True for _ in row.problems(whole)):
        return False
    with row.shows_another:
        for attr, value in differs.items():
            setattr(row, attr, value)
    return True


def _shown_with_holder(session: Session, item_id: str) -> Iterator[Row]:
    item = at_hand(session, KnowledgeItem, item_id)
    if item is None or item.deleted_at is not None:
        return
    holders = holders_of(session, item_id)
    if not holders:
        differs = item.holder_id is not None
        item.holder_id = item.sole_holder = None
        if differs:
            yield item
        return
    person = at_hand(session, Person, holders[0].person_id)
    differs = _take_from(item, holders[0], _OF_HOLDER)
    if (person is not None and _take_from(item, person, OF_PERSON)) or differs:
        yield item


def _shown_with_receiver(session: Session, item_id: str) -> Iterator[Row]:
    item = at_hand(session, KnowledgeItem, item_id)
    if item is None or item.deleted_at is not None:
        return
    shown = shown_of(session, item_id)
    if shown is not None:
        if _take_from(item, shown, OF_RECEIVER):
            yield item
    elif item.receiver_id is not None and _set_shown(item, {**dict.fromkeys(OF_RECEIVER), "status": "identified"}):
        yield item


def _proof(receiver: KnowledgeReceiver, session: Session) -> Iterator[Row]:
    """The verification behind a verified level: a new one where level, person or day is another, else the last one."""
    known = [each for each in verifications_of(session, receiver.id) if each.result != "failed"]
    last = known[-1] if known else None
    same = last is not None and all(getattr(last, OF_VERIFICATION[a]) == getattr(receiver, a) for a in _WHO_AND_WHEN)
    if last is None or not same:
        last = LevelVerification(receiver_id=receiver.id, project_id=receiver.project_id, result="passed")
        session.add(last)
    differs = {ours: getattr(receiver, attr) for attr, ours in OF_VERIFICATION.items()
               if getattr(last, ours) != getattr(receiver, attr)}  # fmt: skip
    for attr, value in differs.items():
        setattr(last, attr, value)
    if differs:
        yield last


def _concluded(receiver: KnowledgeReceiver, known: Sequence[LevelVerification]) -> bool:
    """Have a receiver show what his verifications, in their order, say; whether that changed him."""
    last = known[-1] if known else None
    passed = next((each for each in reversed(known) if each.result != "failed"), None)
    values: dict[str, Any] = {attr: getattr(passed, ours) if passed is not None else None  # Any: column values
                              for attr, ours in OF_VERIFICATION.items()}  # fmt: skip
    reached = passed is not None and int(passed.level or 0) >= receiver.wanted_level()
    if receiver.status != "accepted_gap":
        if last is not None and last is not passed:
            values = dict.fromkeys(OF_VERIFICATION) if receiver.status in ("demonstrated", "verified") else {}
            values["status"] = "in_transfer" if receiver.status in ("demonstrated", "verified") else receiver.status
        elif reached:
            values["status"] = "verified"
        elif receiver.status == "verified":
            values["status"] = "in_transfer"
    return _set_shown(receiver, values)
