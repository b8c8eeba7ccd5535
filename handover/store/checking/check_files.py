"""The check of attached files: each content is there and is what its hash says, each file has its row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from handover.errors import UnusableFile
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.store.checking.finding import Finding
from handover.store.files.attached import mentioned_in
from handover.store.files.blobs import Blobs, is_hash
from handover.store.files.incoming_file import BytesHeard, read

_GONE = N_("The content of {names} is missing from the files folder. Point to where it lies, or attach it again.")
_SPOILED = N_("The content of {names} is no longer what was attached. Attach it again, or restore it from a backup.")


def check_files(path: Path, connection: sqlite3.Connection, progress: Progress) -> list[Finding]:
    """What is wrong with the files attached to rows; reads every stored content. Raises Cancelled."""
    blobs, wanted = Blobs(path), mentioned_in(connection)
    findings = list(_rows(connection))
    if wanted and not blobs.folder.is_dir():
        sentence = trn(
            "The folder {folder} isn't here: {n} file lies in it. Put it beside {file} again.",
            "The folder {folder} isn't here: {n} files lie in it. Put it beside {file} again.",
            len(wanted),
            folder=blobs.folder.name,
            file=path.name,
        )
        return [*findings, Finding("files_folder", sentence)]
    heard = BytesHeard(progress, sum(wanted.values()), tr("Checking files"))
    for sha256, size in wanted.items():
        fault = _fault(blobs, sha256, size, heard)
        if fault:
            findings.append(Finding(fault[0], tr(fault[1], names=_names(connection, sha256))))
    return findings


def _fault(blobs: Blobs, sha256: str, size: int, heard: BytesHeard) -> tuple[str, str] | None:
    """What is wrong with a content: a kind, and a sentence with ``{names}``."""
    try:
        content = read(blobs.path_of(sha256), heard)
    except UnusableFile:
        if blobs.path_of(sha256).exists():
            return "file_changed", _SPOILED
        return "file_missing", _GONE
    return None if (content.sha256, content.size) == (sha256, size) else ("file_changed", _SPOILED)


def _rows(connection: sqlite3.Connection) -> Iterator[Finding]:
    known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    if "attachment" not in known:
        return
    for sha256, name in connection.execute("SELECT sha256, name FROM attachment"):
        if not is_hash(sha256):
            yield Finding("file_record", tr("The record of the file “{name}” is damaged.", name=name))
    for (table,) in connection.execute("SELECT DISTINCT owner_table FROM attachment").fetchall():
        if table not in known:
            gone = connection.execute("SELECT count(*) FROM attachment WHERE owner_table=?", (table,)).fetchone()[0]
        else:
            quoted = table.replace('"', '""')
            gone = connection.execute(
                "SELECT count(*) FROM attachment WHERE owner_table=? "  # noqa: S608 - a table that is there
                f'AND owner_id NOT IN (SELECT id FROM "{quoted}")',
                (table,),
            ).fetchone()[0]
        if gone:
            sentence = trn(
                "{n} file belongs to a row of table “{table}” that isn't there.",
                "{n} files belong to rows of table “{table}” that aren't there.",
                gone,
                table=table,
            )
            yield Finding("file_owner", sentence)


def _names(connection: sqlite3.Connection, sha256: str) -> str:
    """The references and names of the files that have a content, some of them."""
    found = connection.execute("SELECT ref, name FROM attachment WHERE sha256=? ORDER BY id LIMIT 4", (sha256,))
    return ", ".join(f"{ref} “{name}”" for ref, name in found)
