"""The list of a transmittal for programs, which lies beside its files: the other side takes it in without typing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.model.documents.transmittal import ITEM_LIST, Recipient, Transmittal
from handover.model.people import Organisation, Person
from handover.model.picks.pick import Pick
from handover.store.workspace import Workspace

_KIND, _VERSION = "handover-transmittal", 1


def write_item_list(
    workspace: Workspace,
    key: str,
    number: str,
    note: str,
    items: Sequence[tuple[Any, Sequence[str]]],  # Any: rows of the items
    folder: Path,
) -> Path:
    """Write the list into a folder; returns its path.

    Args:
        note: the name of the note that lies beside it.
        items: the rows of what is listed, each with the names of its files.
    """
    said = {
        "kind": _KIND,
        "version": _VERSION,
        "number": number,
        "note": note,
        **_head(workspace, key),
        "items": [
            {
                "document_no": item.document_no,
                "title": item.title,
                "code": item.code,
                "revision_on": item.revision_on.isoformat() if item.revision_on else None,
                "pages": item.pages,
                "copies": item.copies,
                "files": list(names),
            }
            for item, names in items
        ],
    }
    path = folder / ITEM_LIST
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _head(workspace: Workspace, key: str) -> dict[str, object]:
    sender = select(Organisation.name).where(Organisation.id == Transmittal.from_org_id).scalar_subquery()
    purpose = select(Pick.code).where(Pick.id == Transmittal.purpose_id).scalar_subquery()
    to = (Recipient.transmittal_id == key, Recipient.deleted_at.is_(None))
    wanted = select(Transmittal.subject, Transmittal.sent_on, sender.label("sender"), purpose.label("purpose"))
    receivers = (
        select(Person.name, Organisation.name)
        .select_from(Recipient)
        .outerjoin(Person, Person.id == Recipient.person_id)
        .outerjoin(Organisation, Organisation.id == Recipient.organisation_id)
        .where(*to)
        .order_by(Recipient.number)
    )
    with workspace.read() as connection:
        row = connection.execute(wanted.where(Transmittal.id == key)).one()
        names = [person or company for person, company in connection.execute(receivers)]
    return {
        "sent_on": row.sent_on.isoformat() if row.sent_on else None,
        "subject": row.subject,
        "purpose": row.purpose,
        "from": row.sender,
        "to": [name for name in names if name],
    }
