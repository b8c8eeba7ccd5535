"""A file from outside before it is read: what it really is, whether it is safe, and which sheets it has."""

from __future__ import annotations

import hashlib
import weakref
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from handover.confined import ChildDied
from handover.errors import NotFound, NotValid, UnusableFile
from handover.exchange.notice import Notice
from handover.exchange.reading import markup, text_file
from handover.exchange.reading.child_process import ChildReading, Job, beyond_limits, frames
from handover.exchange.reading.limits import MAX_FILE, MIB
from handover.exchange.reading.text_form import TextForm, encoding_name
from handover.exchange.reading.zip_safety import PartFacts, ZipFacts, check_contents, check_directory, open_zip
from handover.exchange.reading.zip_workbook import SheetInfo, kind_of_zip, list_sheets, uses_1904
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended

WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
TEXTS = ("csv", "tsv")
_ZIPPED = (".xlsx", ".xlsm", ".xlsb", ".ods")

#: What stands in the first bytes of files that document protection in companies has encrypted.
_PROTECTED = (b"NASCA DRM FILE", b"E-SafeNet", b"SCDSA00", b"DRMONE")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """A file that may be read.

    ``kind`` is what its contents say, whatever its suffix: ``xlsx``, ``xlsm``, ``xlsb``, ``xls``, ``ods``, ``csv``,
    ``tsv``, ``mspdi`` (MS Project XML) or ``xer`` (Primavera P6).
    """

    path: Path
    kind: str
    size: int
    sha256: str
    sheets: tuple[SheetInfo, ...] = ()
    notices: tuple[Notice, ...] = ()
    #: Parts of a zipped workbook that the reader needs: "texts", "styles".
    parts: dict[str, str | None] = field(default_factory=dict)
    date1904: bool = False
    #: How a text file holds its table.
    dialect: text_file.Dialect | None = None
    #: Readings that have begun already, each for whoever asks first; they end with the source.
    begun: list[ChildReading] = field(default_factory=list, compare=False)

    @property
    def file(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    def job(self, sheet: SheetInfo, do: str = "read", most: int | None = None) -> Job:
        """What the reading child is told in order to read a sheet, ``most`` rows of it."""
        return {
            "do": do,
            "path": str(self.path),
            "file": self.file,
            "sheet": sheet.name,
            "part": sheet.part,
            "kind": self.kind,
            "most": most,
            "texts": self.parts.get("texts"),
            "styles": self.parts.get("styles"),
            "date1904": self.date1904,
        }

    def sheet(self, name: str | None) -> SheetInfo:
        """The sheet of this name, or the first visible one that isn't empty.

        Raises:
            NotFound: there is no sheet of this name.
        """
        if name is None:
            used = [s for s in self.sheets if s.rows] or list(self.sheets)
            return next((s for s in used if not s.hidden), used[0])
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise NotFound(
            N_("{file} has no sheet {sheet}; it has: {sheets}."),
            file=self.file,
            sheet=name,
            sheets=", ".join(s.name for s in self.sheets),
        )


def open_source(path: str | Path, progress: Progress = unattended, form: TextForm | None = None) -> Source:
    """Find out what a file is, refuse what isn't safe or can't be read, and list its sheets.

    Args:
        form: how a text file is to be read where the user said so.

    Raises:
        UnusableFile: with a sentence of its own for each thing that can be wrong.
        NotValid: an encoding or a separator was chosen for what is no text file.
        Cancelled: the user stopped it.
    """
    path = Path(path)
    form = form or TextForm()
    source = _opened(path, progress, form)
    if form.chosen and source.kind not in TEXTS:
        raise NotValid(
            N_("{file} is no CSV or text file: no encoding and no separator can be chosen for it."), file=path.name
        )
    return source


def _opened(path: Path, progress: Progress, form: TextForm) -> Source:
    head, size = _look(path)
    step(progress, 0, 0, tr("Checking {file}", file=path.name))
    digest = _sha256(path, progress)
    if head.startswith(b"PK"):
        return _zipped(path, size, digest, progress)
    if head.startswith(_OLE):
        _check_ole(path)
        sheets = _listed(path, progress)
        return Source(path, "xls", size, digest, sheets, (_untold(),))
    if head[:2] == b"\x09\x08" or head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        raise UnusableFile(N_("{file} is of an Excel older than 97. Save it as .xlsx and import that."), file=path.name)
    _refuse_other_formats(head, path.name)
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        return Source(path, "xer", size, digest)
    if markup.looks_like_markup(head):
        return Source(path, markup.kind_of_markup(path, head), size, digest)
    dialect = text_file.recognise(path, form)
    if path.suffix.lower() in _ZIPPED and dialect.delimiter.encode() not in head:
        raise UnusableFile(N_("{file} is no workbook, whatever its name says: it holds plain text."), file=path.name)
    kind = "tsv" if dialect.delimiter == "\t" else "csv"
    return Source(path, kind, size, digest, (SheetInfo(path.stem),), _of_text(dialect), dialect=dialect)


def _look(path: Path) -> tuple[bytes, int]:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnusableFile(N_("{file} is a folder, not a file."), file=path.name)
        with path.open("rb") as file:
            head = file.read(65_536)
    except FileNotFoundError as error:
        raise UnusableFile(N_("{file} isn't there any more."), file=str(path), detail=str(error)) from error
    except OSError as error:
        raise UnusableFile(
            N_("{file} can't be opened: another program may hold it, or you may not read it."),
            file=path.name,
            detail=str(error),
        ) from error
    if not size:
        raise UnusableFile(N_("{file} is empty: it has no bytes at all."), file=path.name)
    if size > MAX_FILE:
        raise UnusableFile(
            N_("{file} has {size} MiB; files of more than {most} MiB aren't read."),
            file=path.name,
            size=size // MIB,
            most=MAX_FILE // MIB,
        )
    return head, size


def _sha256(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(4 * MIB):
            step(progress, 0, 0, tr("Checking {file}", file=path.name))
            digest.update(piece)
    return digest.hexdigest()


def _zipped(path: Path, size: int, digest: str, progress: Progress) -> Source:
    with open_zip(path) as archive:
        check_directory(archive, path.name)
        names = ZipFacts({e.filename: PartFacts() for e in archive.infolist()})
        kind = kind_of_zip(names, path.name)
        if kind == "ods":
            _refuse_locked_ods(archive, names, path.name)
        if kind in ("xlsb", "ods"):
            facts = check_contents(archive, path.name, progress)
            notices = _notices(facts) + ((_untold(),) if kind == "xlsb" else ())
            return Source(path, kind, size, digest, _listed(path, progress), notices)
        with ExitStack() as unless_read:
            begun = _begin(archive, Source(path, kind, size, digest), names)
            for reading in begun:
                unless_read.callback(reading.close)
            facts = check_contents(archive, path.name, progress)
            source = _workbook(archive, Source(path, kind, size, digest, notices=_notices(facts), begun=begun), facts)
            weakref.finalize(source, unless_read.pop_all().close)
    return source


def _workbook(archive: zipfile.ZipFile, source: Source, facts: ZipFacts) -> Source:
    """The source with what its workbook says of its sheets."""
    sheets = list_sheets(archive, facts, source.file)
    if not sheets:
        raise UnusableFile(N_("{file} has no worksheets."), file=source.file)
    parts = {"texts": facts.find("xl/sharedStrings.xml"), "styles": facts.find("xl/styles.xml")}
    return replace(source, sheets=tuple(sheets), parts=parts, date1904=uses_1904(archive, facts, source.file))


def _begin(archive: zipfile.ZipFile, source: Source, names: ZipFacts) -> list[ChildReading]:
    """Start to read the only sheet in its confined process while this one still checks what it was given."""
    try:
        source = _workbook(archive, source, names)
    except UnusableFile:
        return []  # the check is about to say why
    return [ChildReading(source.job(source.sheets[0]))] if len(source.sheets) == 1 else []


def _refuse_locked_ods(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> None:
    manifest = facts.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in archive.read(manifest):
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


def _check_ole(path: Path) -> None:
    """Tell apart what hides in Microsoft's old container: a workbook, an encrypted one, or something else."""
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise UnusableFile(
            N_("{file} is protected with a password. Remove the password in Excel and import it again."),
            file=path.name,
        )
    if holds("Workbook") or holds("Book"):
        return
    if holds("WordDocument"):
        raise UnusableFile(
            N_("{file} is a Word document, not a workbook. Save its table in Excel first."), file=path.name
        )
    if holds("TBkndTask"):
        raise UnusableFile(
            N_("{file} is a plan in MS Project's own format. Save it in Project as XML and import that."),
            file=path.name,
        )
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


def _listed(path: Path, progress: Progress) -> tuple[SheetInfo, ...]:
    job = {"do": "list", "path": str(path), "file": path.name}

    def beat() -> None:
        step(progress, 0, 0, tr("Reading {file}", file=path.name))

    try:
        found = [SheetInfo(name, hidden, rows, columns) for _, name, hidden, rows, columns in frames(job, beat)]
    except ChildDied as death:
        raise beyond_limits(path.name, death.code) from death
    if not found:
        raise UnusableFile(N_("{file} has no worksheets."), file=path.name)
    return tuple(found)
