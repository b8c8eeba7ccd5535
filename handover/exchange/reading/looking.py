"""What a file from outside really is: its kind by its contents, whether it is safe, and which sheets it has.

Runs in the reading child; what it finds travels as frames, each taken apart in ``handover.exchange.reading.source``.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handover.confined import Frame, sentence_frame
from handover.errors import UnusableFile
from handover.exchange.notice import Notice
from handover.exchange.reading import markup, text_file
from handover.exchange.reading.foreign_plans import by_first_bytes
from handover.exchange.reading.limits import MAX_NAME
from handover.exchange.reading.text_form import TextForm, encoding_name
from handover.exchange.reading.workbook import listed
from handover.exchange.reading.zip_safety import (
    PartFacts,
    ZipFacts,
    check_contents,
    check_directory,
    open_zip,
    read_part,
)
from handover.exchange.reading.zip_workbook import SheetInfo, kind_of_zip, list_sheets, uses_1904
from handover.i18n import N_

_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")

#: What stands in the first bytes of files that document protection in companies has encrypted.
_PROTECTED = (b"NASCA DRM FILE", b"E-SafeNet", b"SCDSA00", b"DRMONE")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Look:
    """What was found: see ``handover.exchange.reading.source.Source``."""

    kind: str
    sheets: Sequence[SheetInfo] = ()
    notices: Sequence[Notice] = ()
    parts: dict[str, str | None] = field(default_factory=dict)
    date1904: bool = False
    dialect: text_file.Dialect | None = None


def look(job: dict[str, Any]) -> Iterator[Frame]:
    """The frames that tell what a file is.

    The only sheet of a workbook is told before the workbook is checked, so that it can be read meanwhile.

    Raises:
        UnusableFile: with a sentence of its own for each thing that can be wrong.
    """
    path = Path(job["path"])
    form = TextForm(job["encoding"], job["separator"])
    with path.open("rb") as file:
        head = file.read(_HEAD)
    found: Look
    if head.startswith(b"PK"):
        with open_zip(path) as archive:
            check_directory(archive, path.name)
            kind = kind_of_zip(_names(archive), path.name)
            if kind in ("xlsx", "xlsm"):
                yield from _only_sheet(archive, path.name)
            found = _zipped(path, archive, kind)
    else:
        found = _unzipped(path, head, form)
    yield from _frames(found)


def _frames(found: Look) -> Iterator[Frame]:
    for sheet in found.sheets:
        yield "sheet", sheet.name[:MAX_NAME], sheet.hidden, sheet.rows, sheet.columns, sheet.part, sheet.marked
    for notice in found.notices:
        yield sentence_frame("notice", notice.message, notice.values)
    if found.dialect is not None:
        form = found.dialect
        yield "dialect", form.encoding, form.delimiter, form.has_sep_line, form.strict, form.doubtful
    yield "source", found.kind, found.parts.get("texts"), found.parts.get("styles"), found.date1904


def _unzipped(path: Path, head: bytes, form: TextForm) -> Look:
    if program := by_first_bytes(path, head):
        return Look(program)
    if head.startswith(_OLE):
        return _in_ole(path)
    if head[:2] == b"\x09\x08" or head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        raise UnusableFile(N_("{file} is of an Excel older than 97. Save it as .xlsx and import that."), file=path.name)
    _refuse_other_formats(head, path.name)
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        return Look("xer")
    if markup.looks_like_markup(head):
        return Look(markup.kind_of_markup(path, head))
    dialect = text_file.recognise(path, form)
    if path.suffix.lower() in _ZIPPED and dialect.delimiter.encode() not in head:
        raise UnusableFile(N_("{file} is no workbook, whatever its name says: it holds plain text."), file=path.name)
    kind = "tsv" if dialect.delimiter == "\t" else "csv"
    return Look(kind, [SheetInfo(path.stem)], _of_text(dialect), dialect=dialect)


# -- zipped workbooks ----------------------------------------------------------------------------------------------


def _names(archive: zipfile.ZipFile) -> ZipFacts:
    return ZipFacts({entry.filename: PartFacts() for entry in archive.infolist()})


def _only_sheet(archive: zipfile.ZipFile, file: str) -> Iterator[Frame]:
    """What reading the only sheet needs, where there is just one."""
    try:
        found = _workbook(archive, _names(archive), file)
    except UnusableFile:
        return  # the check is about to say why
    if len(found.sheets) == 1 and len(found.sheets[0].name) <= MAX_NAME:
        (sheet,) = found.sheets
        yield "only", sheet.name, sheet.part, found.parts["texts"], found.parts["styles"], found.date1904


def _zipped(path: Path, archive: zipfile.ZipFile, kind: str) -> Look:
    if kind == "ods":
        _refuse_locked_ods(archive, _names(archive), path.name)
    facts = check_contents(archive, path.name)
    notices = _notices(facts)
    if kind in ("xlsb", "ods"):
        return Look(kind, _sheets(path), notices + ((_untold(),) if kind == "xlsb" else ()))
    found = _workbook(archive, facts, path.name)
    return Look(kind, found.sheets, notices, found.parts, found.date1904)


def _workbook(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> Look:
    """What the workbook says of its sheets."""
    sheets = list_sheets(archive, facts, file)
    if not sheets:
        raise UnusableFile(N_("{file} has no worksheets."), file=file)
    parts = {"texts": facts.find("xl/sharedStrings.xml"), "styles": facts.find("xl/styles.xml")}
    return Look("", sheets, (), parts, uses_1904(archive, facts, file))


def _sheets(path: Path) -> list[SheetInfo]:
    found = [SheetInfo(name, hidden, rows, columns) for name, hidden, rows, columns in listed(str(path))]
    if not found:
        raise UnusableFile(N_("{file} has no worksheets."), file=path.name)
    return found


def _refuse_locked_ods(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> None:
    manifest = facts.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in read_part(archive, manifest):
        raise UnusableFile(
            N_("{file} is protected with a password. Remove the password in Excel and import it again."), file=file
        )


def _of_text(dialect: text_file.Dialect) -> tuple[Notice, ...]:
    if not dialect.doubtful:
        return ()
    return (
        Notice(
            N_("The encoding {encoding} is only guessed. Where letters look wrong, choose another (--encoding)."),
            {"encoding": encoding_name(dialect.encoding)},
        ),
    )


def _untold() -> Notice:
    return Notice(
        N_("Which rows and columns are hidden can't be told in this format: all are taken. Save it as .xlsx to tell.")
    )


def _notices(facts: ZipFacts) -> tuple[Notice, ...]:
    notices = []
    if facts.find("xl/vbaProject.bin"):
        notices.append(Notice(N_("The workbook holds macros; they are left alone and never run.")))
    if any("externallinks/" in part.lower() for part in facts.parts):
        notices.append(
            Notice(N_("The workbook refers to other workbooks; they aren't opened, the stored values are used."))
        )
    if any("/embeddings/" in part.lower() for part in facts.parts):
        notices.append(Notice(N_("The workbook holds embedded objects; they aren't opened.")))
    return tuple(notices)


# -- everything else -----------------------------------------------------------------------------------------------


def _in_ole(path: Path) -> Look:
    """What hides in Microsoft's old container: a workbook, a plan, an encrypted workbook, or something else."""
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnusableFile(
            N_("{file} is protected with a password. Remove the password in Excel and import it again."),
            file=path.name,
        )
    if holds("Workbook") or holds("Book"):
        return Look("xls", _sheets(path), (_untold(),))
    if holds("WordDocument"):
        raise UnusableFile(
            N_("{file} is a Word document, not a workbook. Save its table in Excel first."), file=path.name
        )
    if holds("TBkndTask"):
        return Look("mpp")
    raise UnusableFile(N_("{file} is no workbook."), file=path.name, detail="OLE container without a Workbook stream")


def _refuse_other_formats(head: bytes, file: str) -> None:
    known = (
        (b"%PDF", N_("{file} is a PDF. Import the workbook that it was printed from.")),
        (b"\x89PNG", N_("{file} is a picture, not a workbook.")),
        (b"\xff\xd8\xff", N_("{file} is a picture, not a workbook.")),
        (b"GIF8", N_("{file} is a picture, not a workbook.")),
        (b"SQLite format 3", N_("{file} is a database. A workspace is opened with Open, not imported.")),
        (b"Rar!", N_("{file} is an archive. Unpack it and import the file inside.")),
        (b"7z\xbc\xaf", N_("{file} is an archive. Unpack it and import the file inside.")),
        (b"\x1f\x8b", N_("{file} is an archive. Unpack it and import the file inside.")),
        (b"{\\rtf", N_("{file} is a text document, not a workbook.")),
        (b"MZ", N_("{file} is a program, not a workbook.")),
        (b"\x7fELF", N_("{file} is a program, not a workbook.")),
    )
    for magic, sentence in known:
        if head.startswith(magic):
            raise UnusableFile(sentence, file=file)
    if b"\0" in head and any(mark in head[:512] for mark in _PROTECTED):
        raise UnusableFile(
            N_(
                "{file} is encrypted by a company's document protection. "
                "Open it where you may read it, save it without protection and import that."
            ),
            file=file,
        )
