"""Rows of a list of documents that are revisions of a document in another row: judged, told and stored as revisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, select
from sqlalchemy.engine import Engine

from handover.exchange.dry_run.judging import ToJudge, judge
from handover.exchange.rows.existing import Existing
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Judgement
from handover.exchange.rows.matching import Matched
from handover.exchange.rows.older_revisions import RevisionRows
from handover.exchange.rows.outcome import Fault
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.documents.revising import SHOWN
from handover.model.documents.revision import Revision, same_code
from handover.model.documents.states import DOCUMENT_STATUS
from handover.registers.catalogue import register
from handover.registers.documents.earlier_revisions import FurtherRevisions, add_further, is_newer
from handover.registers.noticing import noticer
from handover.store.among import among
from handover.store.work import UnitOfWork
from handover.values.cells import as_text
from handover.values.revision_codes import CodeOrder

_OLDER = N_("An older revision of “{number}”, whose current one is in row {row}.")
_LATER = N_("A later revision of “{number}”, which hasn't come; row {row} has the current one.")
_OURS_IS_NEWER = N_("An older revision of “{number}”; the one that you have, “{code}”, is newer.")
_LEFT = N_("Row {row} has the current revision of “{number}” and isn't taken.")


@dataclass(slots=True)
class FurtherRows:
    """The rows of a list that are further revisions of documents.

    Attributes:
        groups: the rows of each document.
        noted: what was found out about their cells before they were set apart, by place.
        reasons: what each is, by place.
        older: the places of older revisions that come, the others of the rows being there already.
        fresh: their columns as revisions, by place.
    """

    #: What it must know of the documents that there are, whether or not the list says it.
    compares: ClassVar[tuple[str, ...]] = ("status",)

    groups: Sequence[RevisionRows]
    orders: Sequence[CodeOrder]
    noted: dict[int, tuple[list[Fault], list[Fault]]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    fresh: dict[int, dict[str, Any]] = field(default_factory=dict)  # Any: what columns hold
    _stored: dict[str, list[Row[Any]]] = field(default_factory=dict)  # Any: id, document, code, day
    _current: dict[int, int] = field(default_factory=dict)

    @property
    def places(self) -> Iterator[int]:
        """The rows that don't stand for their document."""
        return (place for group in self.groups for place in group.others)

    def set_apart(self, incoming: Incoming) -> None:
        """Take the rows out of those that are compared as documents."""
        number, rows = _number_of(incoming), incoming.rows
        for group in self.groups:
            for sentence, places in ((_OLDER, group.before), (_LATER, group.after)):
                for place in places:
                    self._current[place] = group.current
                    self.reasons[place] = tr(sentence, number=number[place], row=rows[group.current])
        for place in self.places:
            self.noted[place] = incoming.faults.get(place, []), incoming.remarks.get(place, [])
        incoming.findings.skip(dict(self.reasons))

    def beside(self, connection: Connection, incoming: Incoming, existing: Existing, matched: Matched) -> None:
        """Look at the revisions that we have: where ours is newer than all of the list, ours stays the current one."""
        documents = {key: group for group in self.groups if (key := matched.ids[group.current]) is not None}
        self._stored = _revisions(connection, list(documents))
        number, groups = _number_of(incoming), []
        status = incoming.values.get("status") or [None] * len(incoming.rows)
        for group in self.groups:
            key = matched.ids[group.current]
            for place in group.others:
                matched.ids[place] = key
            state = existing.value(key, "status") if key is not None else DOCUMENT_STATUS.initial
            if state == DOCUMENT_STATUS.initial and status[group.current] is None:
                status[group.current] = "submitted"  # as any further revision of which nothing else is said
                incoming.values["status"] = status
            ours = _newer_of_ours(self._stored.get(key or "", ()), incoming, group, self.orders)
            if ours is None:
                groups.append(group)
                continue
            place = group.current
            self.reasons[place] = tr(_OURS_IS_NEWER, number=number[place], code=ours.code)
            self.noted[place] = incoming.faults.get(place, []), incoming.remarks.get(place, [])
            incoming.findings.skip({place: self.reasons[place]})
            groups.append(RevisionRows(-1, (*group.before, place), group.after))
        self.groups = groups

    def judge(
        self,
        incoming: Incoming,
        matched: Matched,
        judgement: Judgement,
        engine: Engine,
        connection: Connection,
        project_id: str,
        progress: Progress = unattended,
    ) -> None:
        """Find out what becomes of the rows as revisions, and say so among the rows of the list."""
        places = sorted(self.places)
        told = _as_revisions(incoming, places, self.noted)
        keys = Matched([None] * len(places), [matched.keys[place] for place in places])
        nothing = Existing(told.register, [], {"ref": []})
        found = judge(ToJudge(told, nothing, keys), engine, progress)
        told.findings.add(found.findings)
        look = noticer(connection, Revision, project_id)
        for n, place in enumerate(places):
            incoming.skipped.pop(place, None)
            judgement.outcomes[place] = found.outcomes[n]
            if found.outcomes[n] == "new":
                values = found.fresh[n]
                if self._is_there(matched.ids[place], values.get("code")):
                    judgement.outcomes[place] = "unchanged"
                    continue
                judgement.outcomes[place] = "older"
                self.fresh[place] = values
                for each in look(values, {}) if look is not None else ():
                    told.findings.notice(n, each.field, each.message, **each.values)
        self._leave_with_the_current(incoming, judgement)
        _give_back(told.findings, places, incoming)

    def _leave_with_the_current(self, incoming: Incoming, judgement: Judgement) -> None:
        """Nothing is taken of a document whose current revision isn't."""
        number = _number_of(incoming)
        for group in self.groups:
            if group.current < 0 or judgement.outcomes[group.current] not in ("error", "skipped"):
                continue
            for place in group.others:
                if self.fresh.pop(place, None) is not None:
                    judgement.outcomes[place] = "error"
                    incoming.blame(place, "", _LEFT, row=incoming.rows[group.current], number=number[place])

    def _is_there(self, document: str | None, code: str | None) -> bool:
        return any(same_code(code, row.code) for row in self._stored.get(document or "", ()))

    @property
    def count(self) -> int:
        """How many revisions come beside the current ones."""
        return len(self.fresh)

    def document(self, place: int, matched: Sequence[str | None], keys: Sequence[str]) -> str:
        """The key of the document that a row is a revision of."""
        return matched[place] or keys[self._current[place]]

    def store(self, work: UnitOfWork, matched: Sequence[str | None], keys: Sequence[str],
              progress: Progress = unattended) -> dict[str, str]:  # fmt: skip
        """Within an act that has stored the documents, store their further revisions; their references by key."""
        further = []
        for group in self.groups:
            if not any(place in self.fresh for place in group.others):
                continue
            held = matched[group.others[0]]
            document = self.document(group.others[0], matched, keys)
            before, after = ([self.fresh[p] for p in some if p in self.fresh] for some in (group.before, group.after))
            further.append(FurtherRevisions(document, held is None, before, after))
        return add_further(work, further, self.orders, progress)


def _number_of(incoming: Incoming) -> list[Any]:  # Any: a text, of rows that are revisions
    return incoming.values[next(k for k in ("number", "code") if k in incoming.register and k in incoming.values)]


def _newer_of_ours(
    stored: Sequence[Row[Any]], incoming: Incoming, group: RevisionRows, orders: Sequence[CodeOrder]
) -> Row[Any] | None:  # Any: as above
    """The newest of the revisions that we have, where it is newer than all of the list."""
    come = [row for row in stored if row.status not in ("cancelled", DOCUMENT_STATUS.initial)]
    if not come:
        return None
    ours, code = come[-1], as_text(incoming.values["revision"][group.current])
    day = (incoming.values.get("revision_on") or {group.current: None})[group.current]
    listed = {"code": code, "revision_on": day}
    newer = not same_code(ours.code, code) and is_newer(ours.code, ours.revision_on, listed, orders)
    return ours if newer else None


def _revisions(connection: Connection, documents: Sequence[str]) -> dict[str, list[Row[Any]]]:  # Any: as above
    """The revisions of documents in their order."""
    of = Revision
    query = select(of.document_id, of.code, of.revision_on, of.status).where(
        among(of.document_id, documents), of.deleted_at.is_(None)
    )
    found: dict[str, list[Row[Any]]] = {}
    rows: Sequence[Any] = connection.execute(query.order_by(of.document_id, of.number, of.id)).all()
    for row in rows if documents else ():
        found.setdefault(row.document_id, []).append(row)
    return found


def _fields(incoming: Incoming) -> dict[str, str]:
    """What a list of documents says of revisions: the field of the document, and that of the revision."""
    return {
        target.field: target.field if SHOWN[target.attr] == target.attr else SHOWN[target.attr]
        for target in incoming.register.entered
        if target.attr in SHOWN and target.field in incoming.values
    }


def _as_revisions(
    incoming: Incoming, places: Sequence[int], noted: Mapping[int, tuple[list[Fault], list[Fault]]]
) -> Incoming:
    """The rows as those of a list of revisions."""
    fields = _fields(incoming)
    told = Incoming(
        register("revisions"),
        [incoming.rows[place] for place in places],
        {theirs: [incoming.values[ours][place] for place in places] for ours, theirs in fields.items()},
        {theirs: incoming.columns[ours] for ours, theirs in fields.items() if ours in incoming.columns},
        said={
            theirs: [incoming.said[ours][p] for p in places] for ours, theirs in fields.items() if ours in incoming.said
        },
    )
    for n, place in enumerate(places):
        faults, remarks = noted.get(place, ((), ()))
        for said, into in ((faults, told.faults), (remarks, told.remarks)):
            if kept := [_renamed(each, fields[each.field]) for each in said if each.field in fields]:
                into[n] = kept
    return told


def _give_back(found: Findings, places: Sequence[int], incoming: Incoming) -> None:
    """Say of the rows of the list what was found out about them as revisions."""
    back = {theirs: ours for ours, theirs in _fields(incoming).items()}
    for said, into in ((found.faults, incoming.faults), (found.remarks, incoming.remarks)):
        for n, faults in said.items():
            into.setdefault(places[n], []).extend(_renamed(each, back.get(each.field, each.field)) for each in faults)


def _renamed(fault: Fault, key: str) -> Fault:
    return replace(fault, field=key)
