"""What migration 0012 does with documents: the revision that each has come as becomes a row of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from handover.i18n import N_
from handover.store.upgrading.logged import UpgradeWork

_OF_DOCUMENT = ("status", "revision_on", "purpose", "pages", "submitted_on", "received_on", "accepted_on", "deleted_at")
#: Words that stood where a number was still to come.
_NO_NUMBER = frozenset({"", "TBD", "TBC", "N/A", "NA", "-"})


def add_first_revisions(work: UpgradeWork) -> None:
    """Give each document that has come its first revision, with its state and its days.

    A placeholder of no code, one whose number is still to come, and one that was cancelled before it came get none; a
    document with a state but no code gets a revision of an empty code.
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)  # Any: the values of any column
    for key, project, number, code, *values in work.rows(
        "document", f"id, project_id, number, revision, {', '.join(_OF_DOCUMENT)}"
    ):
        given = dict(zip(_OF_DOCUMENT, values, strict=True))
        if _has_come(number, code, given["status"]):
            rows[project].append({"document_id": key, "number": 1, "code": code, **given})
    for project, made in rows.items():
        work.insert(project, "revision", "REV", made)
    told = {project: {"n": len(made)} for project, made in rows.items()}
    work.finish(N_("Give {n} documents their first revision"), told)


def _has_come(number: str | None, code: str | None, status: str) -> bool:
    code, number = (code or "").strip(), (number or "").strip().upper()
    if status == "placeholder":
        return bool(code) and number not in _NO_NUMBER
    return status != "cancelled" or bool(code)
