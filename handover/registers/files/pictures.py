"""Pictures in the text of a row: each is a file of the row, named in the text by its key."""

from __future__ import annotations

import tempfile
from pathlib import Path

from handover.errors import NotLawful
from handover.file_names import safe_name
from handover.i18n import N_
from handover.registers.declare import Register
from handover.registers.files import attachments
from handover.registers.files.attached_files import Presence, file_of
from handover.store.workspace import Workspace

#: How the address of a picture in a text begins.
ADDRESS = "attachment:"
#: So many bytes a picture may have that is shown in a text.
LARGEST_PICTURE = 8 * 2**20


def keep_picture(workspace: Workspace, register: Register, project_id: str, row_id: str, name: str, data: bytes) -> str:
    """Make a picture a file of a row; returns the address under which its text names it.

    Raises:
        NotLawful: the row isn't stored yet, its register keeps no files, or it may not be changed.
        HandoverError: the file can't be kept.
    """
    if not row_id:
        raise NotLawful(N_("Add the row first. Then pictures can stand in its text."))
    if not register.files:
        raise NotLawful(N_("The rows of “{register}” have no files, and so no pictures."), register=register.label)
    with tempfile.TemporaryDirectory(prefix="handover-picture-") as folder:
        path = Path(folder) / safe_name(name, "picture.png")
        path.write_bytes(data)
        kept = attachments.attach(workspace, register, project_id, [(row_id, path)], most=LARGEST_PICTURE)
    return ADDRESS + kept.ids[0]


def read_picture(workspace: Workspace, address: str) -> bytes | None:
    """The bytes of a picture that a text names; None where it isn't here or is too large to be shown."""
    path = picture_path(workspace, address)
    return path.read_bytes() if path is not None else None


def picture_path(workspace: Workspace, address: str) -> Path | None:
    """Where a picture lies that a text names; None where it isn't here, is none, or is too large to be shown."""
    file = file_of(workspace, address.removeprefix(ADDRESS)) if address.startswith(ADDRESS) else None
    if file is None or file.presence is not Presence.HERE or not file.media_type.startswith("image/"):
        return None
    return file.place if file.size <= LARGEST_PICTURE else None
