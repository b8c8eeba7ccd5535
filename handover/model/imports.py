"""Reports of imports: what came from which file, and what became of each of its rows."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from handover.model.base import Base, new_id

#: A line of a report: row, verdict, reference, reason, sheet; reports of earlier versions don't name the sheet.
ReportedLine = tuple[int, str, str, str, str]


class ImportReport(Base):
    """What an import did; it stays with the project when the import is undone.

    ``at`` is UTC as ISO text. ``verdicts`` holds compressed JSON: a list of ``ReportedLine``. ``register`` names the
    registers that got rows, parted by commas, ``sheet`` the sheets.
    """

    __tablename__ = "import_report"
    __table_args__ = (Index(None, "project_id", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    project_id: Mapped[str] = mapped_column(String(32), ForeignKey("project.id"))
    at: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(String(100))
    register: Mapped[str] = mapped_column(String(40))
    file: Mapped[str] = mapped_column(String(260))
    sha256: Mapped[str] = mapped_column(String(64))
    origin: Mapped[str] = mapped_column(String(40))
    sheet: Mapped[str] = mapped_column(String(100))
    header_row: Mapped[int | None]
    headings: Mapped[str] = mapped_column(String(64))
    new: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    skipped: Mapped[int]
    error: Mapped[int]
    conflict: Mapped[int]
    missing: Mapped[int]
    created: Mapped[int]
    verdicts: Mapped[bytes] = mapped_column(LargeBinary)

    def lines(self) -> list[tuple[int, str, str, str]]:
        """Row, verdict, reference and reason of every row."""
        return [tuple(line[:4]) for line in unpack(self.verdicts)]


def pack(lines: list[ReportedLine]) -> bytes:
    """The stored form of the verdicts."""
    return zlib.compress(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(data: bytes) -> list[Any]:  # Any: JSON
    """The verdicts of a stored form."""
    loaded: list[Any] = json.loads(zlib.decompress(data))
    return loaded
