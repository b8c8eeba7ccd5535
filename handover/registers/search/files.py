"""The texts of attached PDFs in the search index: read beside the work, a few files at a time.

Reading a PDF takes far longer than a row does, and so rows never wait for it: the index is up to date without these
texts, and they come in after. Which of them are in is told by the index itself: a text is named by its file and by
the content that it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.errors import HandoverError
from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.model.attachment import Attachment
from handover.registers.catalogue import registers
from handover.registers.files.attached_files import Presence, where_it_lies
from handover.store.search.filling import Filling, IndexEntry, TextSource
from handover.store.workspace import Workspace

#: Files that are read before what they say is written.
_TOGETHER = 8


class _FileText(NamedTuple):
    source: TextSource
    text: str


def take_files(workspace: Workspace, progress: Progress = unattended) -> None:
    """Bring the texts of all attached PDFs into the index, and those of files that are gone out of it.

    A file that isn't there is left for another time; one that can't be read has no words.

    Raises:
        Cancelled: the user stopped it; what was read until then is in.
    """
    held = workspace.search.sources()
    if held is None:
        return
    with workspace.read() as connection:
        wanted = _attached(workspace, connection)
    gone = held - wanted.keys()
    missing = [(source, place) for source, place in wanted.items() if source not in held]
    if gone:
        workspace.search.fill(lambda filling: _drop(filling, gone))
    for at in range(0, len(missing), _TOGETHER):
        step(progress, at, len(missing), tr("Reading the attached files"))
        read = list(_read(missing[at : at + _TOGETHER], progress))
        workspace.search.fill(lambda filling, read=read: _put(workspace, filling, read))  # type: ignore[misc]  # bound


def _attached(workspace: Workspace, connection: Connection) -> dict[TextSource, Path | None]:
    """The PDFs of rows outside the bin, with where each lies; None where it isn't there."""
    pdfs = (
        select(Attachment.__table__)
        .where(Attachment.media_type == "application/pdf", Attachment.deleted_at.is_(None))
        .order_by(Attachment.id)
    )
    found: dict[TextSource, Path | None] = {}
    for row in connection.execute(pdfs).mappings():
        source = TextSource(row["owner_table"], row["owner_id"], f"{row['id']} {row['sha256']}", row["name"])
        place, presence = where_it_lies(workspace, row)
        found[source] = place if presence is Presence.HERE else None
    return found


def _read(files: list[tuple[TextSource, Path | None]], progress: Progress) -> Iterator[_FileText]:
    """What each file that is there says."""
    from handover.preview.pages import File, texts  # loaded only where there is something to read

    sources = {File(source.place, place, "application/pdf"): source for source, place in files if place is not None}
    for file, said in texts(sources, progress):
        yield _FileText(sources[file], "" if isinstance(said, HandoverError) else "\n".join(said))


def _drop(filling: Filling, gone: set[TextSource]) -> None:
    for source in gone:
        filling.drop(source.table, [source.row_id], source.key)


def _put(workspace: Workspace, filling: Filling, read: list[_FileText]) -> None:
    """Take texts in; what was read of a row that is gone meanwhile is passed over."""
    lists = {r.table.name: r for r in registers()}
    with workspace.read() as connection:
        for (table, row_id, key, place), text in read:
            if table not in lists:
                continue
            model = lists[table].model
            row = connection.execute(select(model.project_id, model.deleted_at).where(model.id == row_id)).one_or_none()
            if row is not None:
                binned = row.deleted_at is not None
                filling.put([IndexEntry(table, row_id, row.project_id, binned, "", text, source=key, place=place)])
