"""Who has which system: the tree of systems with the certificates by which each passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from handover.model.custody.certificate import Certificate
from handover.model.custody.kinds import HELD_BY
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.picks.pick import Pick
from handover.model.system import CUSTODY_PROOF, System
from handover.model.vocabulary import Option
from handover.registers.linked import Linked


@dataclass(frozen=True, slots=True)
class Passage:
    """A certificate that a system stands on, whatever has become of it.

    Attributes:
        kind: as people read it; ``status`` as a code of ``CERTIFICATE_STATUS``.
        before, after: who had the system and who has it by it, as codes.
        left: how many of its exceptions are still open.
    """

    id: str
    ref: str
    number: str
    kind: str
    status: str
    before: str
    after: str
    on: dt.date | None
    left: int


@dataclass(frozen=True, slots=True)
class HeldSystem:
    """A system in the tree.

    Attributes:
        depth: how many systems it lies below.
        held: who has it; ``proof`` what says so, None where it never left the constructor.
        passages: its certificates, the first first; drafts are among them.
    """

    system: Linked
    depth: int
    held: Option
    proof: Option | None
    passages: tuple[Passage, ...]

    @property
    def last(self) -> Passage | None:
        """The certificate in force that passed it to who has it."""
        moved = [each for each in self.passages if each.status == "in_force" and each.before != each.after]
        return moved[-1] if moved else None


def custody_tree(connection: Connection, project_id: str) -> list[HeldSystem]:
    """All systems of a project, each right after the one that it is part of."""
    query = select(System.id, System.ref, System.code, System.name, System.parent_id, System.custody,
                   System.custody_proof)  # fmt: skip
    rows = connection.execute(
        query.where(System.project_id == project_id, System.deleted_at.is_(None)).order_by(System.code, System.id)
    ).all()
    passages = _passages(connection, project_id)
    there = {row.id for row in rows}
    below: dict[str | None, list[str]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in there else None, []).append(row.id)
    by_key = {row.id: row for row in rows}
    found = []
    for key, depth in _walk(below, None, 0, set()):
        row = by_key[key]
        proof = CUSTODY_PROOF[row.custody_proof] if row.custody_proof else None
        found.append(HeldSystem(Linked(row.id, row.ref, f"{row.code} {row.name}"), depth, HELD_BY[row.custody], proof,
                                tuple(passages.get(key, ()))))  # fmt: skip
    return found


def _walk(
    below: dict[str | None, list[str]], under: str | None, depth: int, seen: set[str]
) -> Iterator[tuple[str, int]]:
    for key in below.get(under, ()):
        if key not in seen:
            seen.add(key)
            yield key, depth
            yield from _walk(below, key, depth + 1, seen)


def _passages(connection: Connection, project_id: str) -> dict[str, list[Passage]]:
    """The certificates of each system in the order in which they came into force, those that aren't last."""
    line, kind = aliased(CertificateSystem), aliased(Pick)
    left = (
        select(CertificateException.certificate_id, func.count().label("n"))
        .where(CertificateException.project_id == project_id, CertificateException.deleted_at.is_(None))
        .where(CertificateException.open())
        .group_by(CertificateException.certificate_id)
        .subquery()
    )
    columns = (line.system_id, Certificate.id, Certificate.ref, Certificate.number, kind.word.label("kind"),
               Certificate.status, line.held_before, line.held_after, Certificate.effective_on, left.c.n)  # fmt: skip
    wanted = (
        select(*columns)
        .join(Certificate, Certificate.id == line.certificate_id)
        .outerjoin(kind, kind.id == Certificate.kind_id)
        .outerjoin(left, left.c.certificate_id == Certificate.id)
        .where(Certificate.project_id == project_id, Certificate.deleted_at.is_(None), line.deleted_at.is_(None))
        .order_by(Certificate.effective_on.is_(None), Certificate.effective_on, func.length(Certificate.number),
                  Certificate.number, Certificate.id)
    )  # fmt: skip
    found: dict[str, list[Passage]] = {}
    for system, key, ref, number, word, status, before, after, on, n in connection.execute(wanted):
        passage = Passage(key, ref, number or "", word or "", status, before or "", after or "", on, n or 0)
        found.setdefault(system, []).append(passage)
    return found
