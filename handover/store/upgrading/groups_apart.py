"""The texts of working groups taken apart: their shared goals become rows, the systems that their scope names links.

The words of charter and scope stay as they are; a goal too long for its row goes whole into the notes of the group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.i18n import N_
from handover.store.upgrading.logged import UpgradeWork

#: What parts goals that stand in one text, and the marks before a goal in a list.
_PARTED = re.compile(r"[\n\r;；]")
_MARK = re.compile(
    r"^[ \t]{0,20}(?:[-*•·]|[(（]?\d{1,3}[.)、）])[ \t]{1,20}|^[ \t]{0,20}[(（]?\d{1,3}[、）][ \t]{0,20}"
)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class GroupTexts:
    """What groups said in texts before the upgrade: project, key, scope, shared goals and notes of each."""

    rows: tuple[tuple[str, str, str | None, str | None, str | None], ...]

    @classmethod
    def read(cls, connection: Connection) -> GroupTexts:
        """Read them while the columns are still there."""
        found = UpgradeWork(connection).rows("working_group", "project_id, id, scope, shared_goals, notes")
        return cls(tuple(tuple(row) for row in found))

    def apart(self, connection: Connection) -> None:
        """Write the goals and the links, once there are tables for them."""
        work = UpgradeWork(connection)
        codes = {project: work.rows("system", "id, code", "project_id=? AND deleted_at IS NULL", (project,))
                 for project in {row[0] for row in self.rows}}  # fmt: skip
        for project, group, scope, goals, notes in self.rows:
            told = [*_goals(goals)]
            fit = [goal for goal in told if len(goal) <= _LONGEST]
            work.insert(project, "goal", "GOL", [
                {"group_id": group, "number": n, "name": goal, "better": "higher"} for n, goal in enumerate(fit, 1)
            ])  # fmt: skip
            work.insert(project, "group_system", "GSY", [
                {"group_id": group, "system_id": key} for key, code in codes[project] if _named(code, scope)
            ])  # fmt: skip
            kept = "\n".join(text for text in (notes, *(goal for goal in told if len(goal) > _LONGEST)) if text)
            work.update(project, "working_group", group, {"notes": (notes, kept or None)},
                        gone={"shared_goals": goals} if goals else None)  # fmt: skip
        work.finish(N_("Make rows of the goals and systems of working groups"))


def _goals(text: str | None) -> list[str]:
    parts = (_MARK.sub("", part).strip().rstrip("。") for part in _PARTED.split(text or ""))
    return [part for part in parts if part]


def _named(code: str | None, text: str | None) -> bool:
    """Whether a text names a system by its code, standing for itself."""
    if not code or not text:
        return False
    at = text.casefold().find(code.casefold())
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(code) : at + len(code) + 1]
        if not any(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in around):
            return True
        at = text.casefold().find(code.casefold(), at + 1)
    return False
