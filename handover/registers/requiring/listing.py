"""Listing the documents that requirements ask for: what would come and go, and doing it in one act."""

from __future__ import annotations

from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.documents.document import Document
from handover.model.documents.expected import ExpectedChanges, expected_changes
from handover.store.workspace import Workspace

#: Rows to a step of the progress.
_CHUNK = 5_000


def look_ahead(workspace: Workspace, project_id: str) -> ExpectedChanges:
    """What listing the expected documents would do."""
    with workspace.read() as connection:
        return expected_changes(connection, project_id)


def list_expected(workspace: Workspace, project_id: str, progress: Progress = unattended) -> ExpectedChanges:
    """List what is asked for and isn't listed yet, in one act that undo takes back.

    Documents that were listed before, of which nothing has come and which nobody asks for any more, or in whose place
    another document of the kind has come, go into the bin.

    Raises:
        ReadOnly: the workspace can't be written; Cancelled: the user stopped it.
    """
    changes = look_ahead(workspace, project_id)
    if not (changes.new or changes.gone):
        return changes
    label = N_("List what must be delivered: {new} documents more, {gone} fewer")
    with workspace.edit(label, project=project_id, new=len(changes.new), gone=len(changes.gone)) as work:
        with work.loading(Document, len(changes.new), progress):
            for at in range(0, len(changes.new), _CHUNK):
                work.insert_many(Document, list(changes.new[at : at + _CHUNK]))
        for each in changes.gone:
            work.delete(work.get(Document, each.id))
    return changes
