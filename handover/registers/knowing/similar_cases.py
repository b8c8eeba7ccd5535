"""Fault cases that are like the one that is being written, and reusing one of them.

Likeness is that of the search index: any of the words counts, the rarer the more, in Chinese pairs of signs.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from handover.i18n import N_
from handover.model.learning.fault_case import FaultCase
from handover.model.system import System
from handover.registers.search.filling import catch_up
from handover.store.among import among
from handover.store.search.likeness import any_of
from handover.store.workspace import Workspace

#: A case that is less alike than this share of the most alike one isn't told.
_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case that is like another; ``share`` of 1 is the most alike."""

    id: str
    ref: str
    symptom: str
    system: str
    tag: str
    cause: str
    remedy: str
    hours: float | None
    status: str
    usable: bool
    reused: int
    share: float


def similar_cases(
    workspace: Workspace, project_id: str, text: str, *, but: str = "", most: int = 6
) -> list[SimilarCase]:
    """The cases of a project that are most like a text, the most alike first; superseded ones stand last.

    Args:
        text: what is written so far: symptom, alarms, tag, keywords.
        but: the key of the case that is being written.
    """
    asked = any_of(text)
    if not asked:
        return []
    catch_up(workspace)
    found = workspace.search.alike(asked, FaultCase.__tablename__, project_id, most + 1) or []
    scores = {each.row_id: each.score for each in found if each.row_id != but}
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return []
    near = {key: score / best for key, score in scores.items() if score / best >= _SHARE}
    columns = (
        FaultCase.id, FaultCase.ref, FaultCase.symptom, System.code, FaultCase.tag, FaultCase.cause, FaultCase.remedy,
        FaultCase.hours_to_restore, FaultCase.status, FaultCase.still_valid, FaultCase.reused,
    )  # fmt: skip
    query = select(*columns).outerjoin(System, System.id == FaultCase.system_id).where(among(FaultCase.id, list(near)))
    with workspace.read() as connection:
        cases = [
            SimilarCase(
                r.id, r.ref, r.symptom, r.code or "", r.tag or "", r.cause or "", r.remedy or "", r.hours_to_restore,
                r.status, r.status != "superseded" and r.still_valid is not False, r.reused or 0, near[r.id],
            )
            for r in connection.execute(query)
        ]  # fmt: skip
    return sorted(cases, key=lambda case: (not case.usable, -case.share))[:most]


def text_of_case(workspace: Workspace, key: str) -> str:
    """What a stored case says, as it is compared with others."""
    columns = (FaultCase.symptom, FaultCase.alarms, FaultCase.tag, FaultCase.tags)
    with workspace.read() as connection:
        row = connection.execute(select(*columns).where(FaultCase.id == key)).one_or_none()
    return " ".join(filter(None, row)) if row is not None else ""


def reuse_case(workspace: Workspace, project_id: str, key: str) -> int:
    """Count that a case helped again, in one act; returns how often it has."""
    with workspace.edit(N_("Reuse {ref}"), project=project_id, ref="") as work:
        case = work.get(FaultCase, key)
        work.told["ref"] = case.ref
        case.reused = (case.reused or 0) + 1
        return case.reused
