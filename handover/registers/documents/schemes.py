"""The schemes of a project, and what a number or the code of a revision that keeps to none of them breaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.documents.revising import NO_NUMBER
from handover.model.documents.schemes import NumberScheme, RevisionScheme
from handover.model.project import Project
from handover.model.system import System
from handover.registers.noticing import Columns, Noticed, Noticer
from handover.values import number_patterns, revision_codes
from handover.values.number_patterns import Breach
from handover.values.revision_codes import CodeOrder

#: So many skipped codes are named.
_NAMED = 8


@dataclass(frozen=True)
class Schemes:
    """The schemes of a project in their order.

    Attributes:
        patterns: of numbers, by the name of their scheme.
        orders: of the codes of revisions.
        known: what the fields of a number can be: the code of the project, those of its systems.
    """

    patterns: Mapping[str, str]
    orders: Sequence[CodeOrder]
    known: Mapping[str, frozenset[str]]

    def breach(self, number: str) -> tuple[str, Breach] | None:
        """The scheme that a number comes nearest to, and where it breaks it; None where it keeps to one."""
        nearest: tuple[str, Breach] | None = None
        for name, pattern in self.patterns.items():
            found = number_patterns.breach(pattern, number, self.known)
            if found is None:
                return None
            if nearest is None or found.at > nearest[1].at:
                nearest = name, found
        return nearest

    def of_number(self, number: str | None) -> Iterator[Noticed]:
        """What a number breaks; nothing of one that is still to come."""
        said = (number or "").strip()
        if not said or said.upper() in NO_NUMBER:
            return
        if (found := self.breach(said)) is not None:
            name, where = found
            yield Noticed(
                "number",
                N_("“{number}” breaks the scheme “{scheme}”: {where}."),
                {"number": said, "scheme": name, "where": where},
            )

    def of_code(self, before: str | None, code: str | None) -> Sequence[Noticed]:
        """What is odd about the code of a revision that follows another, or is the first where ``before`` is None."""
        pair = before, code
        if pair not in self._known_pairs:  # many documents have the same two codes
            self._known_pairs[pair] = tuple(self._of_code(before, code))
        return self._known_pairs[pair]

    @cached_property
    def _known_pairs(self) -> dict[tuple[str | None, str | None], Sequence[Noticed]]:
        return {}

    def _of_code(self, before: str | None, code: str | None) -> Iterator[Noticed]:
        if not revision_codes.plain(code):
            return
        if self.orders and not any(order.knows(code) for order in self.orders):
            yield Noticed("revision", N_("“{code}” is no code of a revision scheme."), {"code": code})
            return
        left_out = revision_codes.skipped(self.orders, before, code) if before else ()
        if left_out:
            said = ", ".join(left_out[:_NAMED]) + (" …" if len(left_out) > _NAMED else "")
            yield Noticed("revision", N_("“{code}” follows “{before}”: {skipped} was skipped."),
                          {"code": code, "before": before, "skipped": said})  # fmt: skip
        elif before and self._backward(before, code):
            yield Noticed("revision", N_("“{code}” follows “{before}”, which is the newer code."),
                          {"code": code, "before": before})  # fmt: skip

    def following(self, codes: Sequence[str | None]) -> str | None:
        """The code that is proposed behind those of a document; None where nothing tells."""
        return revision_codes.following(self.orders, codes)

    def _backward(self, before: str, code: str | None) -> bool:
        order = revision_codes.order_of(self.orders, [before, code])
        places = (order.place(before), order.place(code)) if order is not None else (None, None)
        return places[0] is not None and places[1] is not None and places[1] < places[0]

    @cached_property
    def empty(self) -> bool:
        """Whether the project has no scheme at all."""
        return not self.patterns and not self.orders


def read_schemes(connection: Connection, project_id: str) -> Schemes:
    """The schemes of a project. What another program has put there and can't be read is passed over."""
    numbers = connection.execute(
        select(NumberScheme.name, NumberScheme.pattern)
        .where(NumberScheme.project_id == project_id, NumberScheme.deleted_at.is_(None))
        .order_by(NumberScheme.rank.is_(None), NumberScheme.rank, NumberScheme.id)
    ).all()
    patterns = {name: pattern for name, pattern in numbers if number_patterns.pattern_fault(pattern) is None}
    code = connection.execute(select(Project.code).where(Project.id == project_id)).scalar()
    systems = connection.execute(
        select(System.code).where(System.project_id == project_id, System.deleted_at.is_(None))
    ).scalars()
    known = {"project": frozenset(filter(None, [code])), "system": frozenset(filter(None, systems))}
    return Schemes(patterns, read_orders(connection, project_id), known)


def read_orders(connection: Connection, project_id: str) -> tuple[CodeOrder, ...]:
    """The codes of the revision schemes of a project, in the order of the schemes."""
    orders = connection.execute(
        select(RevisionScheme.codes)
        .where(RevisionScheme.project_id == project_id, RevisionScheme.deleted_at.is_(None))
        .order_by(RevisionScheme.rank.is_(None), RevisionScheme.rank, RevisionScheme.id)
    ).scalars()
    return tuple(revision_codes.code_order(codes) for codes in orders if revision_codes.order_fault(codes) is None)


def documents_noticer(connection: Connection, project_id: str) -> Noticer:
    """What tells of documents that come in: numbers that break the schemes, codes that are none or were skipped to."""
    schemes = read_schemes(connection, project_id)

    def look(now: Columns, before: Columns) -> Iterator[Noticed]:
        if "number" in now:
            yield from schemes.of_number(now["number"])
        if "revision" in now:
            yield from schemes.of_code(before.get("revision"), now["revision"])

    return look


def revisions_noticer(connection: Connection, project_id: str) -> Noticer:
    """What tells of revisions that come in: codes that are none."""
    schemes = read_schemes(connection, project_id)

    def look(now: Columns, before: Columns) -> Iterator[Noticed]:
        if "code" in now:
            for each in schemes.of_code(before.get("code"), now["code"]):
                yield Noticed("code", each.message, each.values)

    return look
