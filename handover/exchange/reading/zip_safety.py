"""Whether a zipped workbook is safe to hand to a parser, and what its sheets measure.

Each part is unpacked once in small pieces and thrown away: the limits are on bytes that really come out, not on what
the zip's directory claims, and never on a ratio, which honest workbooks exceed. The sheets are measured on the way.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from handover.errors import UnusableFile
from handover.exchange.reading.limits import MAX_INFLATED, MAX_PART, MAX_PARTS, MIB
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended

_PIECE = 1 * MIB
_KEEP = 512
_ROW_NUMBER = re.compile(rb"<(?:\w{1,20}:)?row\b[^<>]{0,400}?\br=[\"'](\d{1,9})[\"']")
_DIMENSION = re.compile(rb"<(?:\w{1,20}:)?dimension\b[^<>]{0,400}?\bref=[\"']([A-Z0-9:$]{1,40})[\"']")
#: Hidden or grouped rows and columns, the end of a formula, a failed one: as few as can be, for each byte is searched.
_MARKS = (b"hidden=", b"outlineLevel=", b"f>", b't="e"')
_TEXT_PARTS = (".xml", ".rels", ".vml")
_WIDE_DOCTYPES = ("<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))

#: What unpacking a part of a damaged zip raises.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError)

DAMAGED = N_(
    "{file} is damaged: its contents can't be unpacked. Open it in the program that made it, "
    "save it anew and import it again."
)


@dataclass(slots=True)
class PartFacts:
    """What unpacking a part showed."""

    size: int = 0
    last_row: int = 0
    dimension: str = ""
    #: For a sheet: it has hidden or grouped rows or columns, or formulas.
    marked: bool = False


@dataclass(slots=True)
class ZipFacts:
    """What is in a zip: its parts by name, in the order of the directory."""

    parts: dict[str, PartFacts] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The part of this name, whatever its capitals and slashes, for some writers differ in both."""
        wanted = name.lstrip("/").lower()
        return next((p for p in self.parts if p.replace("\\", "/").lstrip("/").lower() == wanted), None)


def check_directory(archive: zipfile.ZipFile, file: str) -> None:
    """Refuse by the zip's directory alone.

    Raises:
        UnusableFile: too many parts, an encrypted part, or sizes that already exceed the limits.
    """
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise UnusableFile(
            N_("{file} has {n} parts; a workbook with more than {most} isn't opened."),
            file=file,
            n=len(entries),
            most=MAX_PARTS,
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnusableFile(
            N_("{file} is an encrypted zip. Unpack it with its password and import the workbook inside."), file=file
        )
    if sum(entry.file_size for entry in entries) > MAX_INFLATED or any(e.file_size > MAX_PART for e in entries):
        raise too_large(file)


def too_large(file: str) -> UnusableFile:
    """The refusal of a file that unpacks to more than is allowed, a zip bomb among them."""
    return UnusableFile(
        N_(
            "{file} unpacks to more than {most} MiB and isn't opened. "
            "Delete unused sheets and formats in it, or import a part of it."
        ),
        file=file,
        most=MAX_INFLATED // MIB,
    )


def check_contents(archive: zipfile.ZipFile, file: str, progress: Progress = unattended) -> ZipFacts:
    """Unpack every part once, in pieces, and measure it.

    Raises:
        UnusableFile: a part that is damaged, too large, or declares a document type.
        Cancelled: the user stopped it.
    """
    facts = ZipFacts()
    total = 0
    saying = tr("Checking {file}", file=file)
    for done, entry in enumerate(archive.infolist()):
        step(progress, done, len(archive.infolist()), saying)
        try:
            with archive.open(entry) as part:
                facts.parts[entry.filename] = _measure(part, entry.filename, file, MAX_INFLATED - total, progress)
        except BROKEN as error:
            raise UnusableFile(DAMAGED, detail=f"{entry.filename}: {error}", file=file) from error
        total += facts.parts[entry.filename].size
    return facts


def _measure(part: IO[bytes], name: str, file: str, allowance: int, progress: Progress) -> PartFacts:
    facts = PartFacts()
    lower = name.lower()
    is_text = lower.endswith(_TEXT_PARTS)
    is_sheet = is_text and "/worksheets/" in lower
    rest = b""
    while piece := part.read(_PIECE):
        facts.size += len(piece)
        if facts.size > min(MAX_PART, allowance):
            raise too_large(file)
        is_text = is_text or (not rest and piece.lstrip()[:5] == b"<?xml")
        if is_text:
            piece = rest + piece
            _refuse_document_type(piece, name, file)
            if is_sheet:
                _measure_sheet(piece, facts)
            rest = piece[-_KEEP:]
        if facts.size > 8 * _PIECE:
            step(progress, 0, 0, tr("Checking {file}", file=file))
    return facts


def _refuse_document_type(piece: bytes, name: str, file: str) -> None:
    if b"<!DOCTYPE" in piece or any(d in piece for d in _WIDE_DOCTYPES if piece[:2] in (b"\xff\xfe", b"\xfe\xff")):
        raise UnusableFile(
            N_("{file} declares a document type in its part {part}, as no workbook does; it isn't opened."),
            file=file,
            part=Path(name).name,
        )


def _measure_sheet(piece: bytes, facts: PartFacts) -> None:
    if not facts.last_row and not facts.dimension and (match := _DIMENSION.search(piece)):  # it stands before the rows
        facts.dimension = match[1].decode("ascii")
    facts.marked = facts.marked or any(mark in piece for mark in _MARKS)
    start = max(piece.rfind(b"<row"), piece.rfind(b":row"))
    if start >= 0 and (match := _ROW_NUMBER.search(piece, max(0, start - 20))):
        facts.last_row = max(facts.last_row, int(match[1]))


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open a zip's directory.

    Raises:
        UnusableFile: it has none that can be read.
    """
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, struct.error, ValueError, NotImplementedError) as error:
        raise UnusableFile(DAMAGED, detail=str(error), file=path.name) from error


def read_part(archive: zipfile.ZipFile, name: str, most: int = 8 * MIB) -> bytes:
    """The contents of a part, cut at ``most`` bytes. Raises one of ``BROKEN`` where it wasn't checked before."""
    with archive.open(name) as part:
        return part.read(most)
