"""What was found in a folder of files, as a list that can be sent to whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from handover.file_names import shown_name
from handover.i18n import N_, NC_
from handover.jobs import Progress, unattended
from handover.pack.outline import Row, Status, TableBlock, TableColumn
from handover.pack.single.csv_file import write_csv
from handover.registers.files.file_matching import Candidate
from handover.registers.files.file_scan import VERDICTS, FoundFile
from handover.values.print_forms import LONG, NUMBER, SHARE
from handover.wording import Language, said

_COLUMNS = (
    TableColumn("file", said(N_("File name"))),
    TableColumn("folder", said(N_("Folder"))),
    TableColumn("size", said(N_("Size")), NUMBER),
    TableColumn("verdict", said(NC_("of files", "Found"), context="of files")),
    TableColumn("row", said(N_("Row"))),
    TableColumn("revision", said(N_("Revision"), context="document")),
    TableColumn("confidence", said(N_("Sure by")), SHARE),
    TableColumn("by", said(N_("Told by"))),
    TableColumn("note", said(N_("To be known")), LONG),
    TableColumn("near", said(N_("Nearest")), LONG),
)


def write_scan(
    files: Sequence[FoundFile], folder: Path, path: Path, language: Language, progress: Progress = unattended
) -> None:
    """Write files of a folder as CSV that a spreadsheet program opens.

    Raises:
        HandoverError: it can't be written. Cancelled: the user stopped it; what was there before is there.
    """
    rows = tuple(_row(each, folder) for each in files)
    write_csv(TableBlock("files", said(N_("Files")), _COLUMNS, rows, len(rows)), path, language, progress)


def _row(file: FoundFile, folder: Path) -> Row:
    where = file.path.parent
    inside = where.relative_to(folder.absolute()) if where.is_relative_to(folder.absolute()) else where
    return (
        shown_name(file.path.name),
        "" if str(inside) == "." else str(inside),
        file.size,
        Status(said(VERDICTS[file.verdict])),
        _named(file.rows),
        file.match.code,
        file.match.confidence if file.rows else None,
        file.by,
        file.note,
        _named(file.match.near),
    )


def _named(rows: Sequence[Candidate]) -> str:
    return "; ".join(f"{row.ref} {row.name}".strip() for row in rows[:3])
