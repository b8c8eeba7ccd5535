"""A file from outside before it is read: what it really is, whether it is safe, and which sheets it has."""

from __future__ import annotations

import codecs
import hashlib
import weakref
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from handover.confined import ChildDied, ChildFailed, Frame, sentence_of, values_of
from handover.errors import NotFound, NotValid, UnusableFile
from handover.exchange.notice import Notice
from handover.exchange.reading.child_process import ChildReading, Job, beyond_limits
from handover.exchange.reading.foreign_plans import PROGRAMS
from handover.exchange.reading.limits import MAX_FILE, MAX_NAME, MAX_PARTS, MIB
from handover.exchange.reading.text_file import Dialect
from handover.exchange.reading.text_form import TextForm
from handover.exchange.reading.zip_workbook import SheetInfo
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import open_plain, refuse_odd

WORKBOOKS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
TEXTS = ("csv", "tsv")
PLANS = ("mspdi", "xer", *PROGRAMS)
_STRANGE = "frame"
_OR_NONE = (str, type(None))


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Source:
    """A file that may be read.

    ``kind`` is what its contents say, whatever its suffix: ``xlsx``, ``xlsm``, ``xlsb``, ``xls``, ``ods``, ``csv``,
    ``tsv``, ``mspdi`` (MS Project XML), ``xer`` (Primavera P6) or one of ``foreign_plans.PROGRAMS``.
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
    dialect: Dialect | None = None
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

    def text_job(self, most: int | None = None) -> Job:
        """What the reading child is told in order to read a text file, ``most`` rows of it."""
        assert self.dialect is not None
        form = self.dialect
        told = [form.encoding, form.delimiter, form.has_sep_line, form.strict, form.doubtful]
        return {"do": "text", "path": str(self.path), "file": self.file, "dialect": told, "most": most}

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
    size = _size_of(path)
    saying = tr("Checking {file}", file=path.name)
    step(progress, 0, 0, saying)
    job: Job = {"do": "look", "path": str(path.absolute()), "file": path.name}
    job |= {"encoding": form.encoding, "separator": form.separator}
    with ExitStack() as unless_read, closing(ChildReading(job)) as looking:
        digest = _sha256(path, progress)
        found = _ToldOfFile(Source(path, "", size, digest))
        try:
            for frame in looking.frames(lambda: step(progress, 0, 0, saying)):
                if begun := found.take(frame):
                    unless_read.callback(begun.close)
        except ChildDied as death:
            raise beyond_limits(path.name, death.code) from death
        source = found.whole()
        weakref.finalize(source, unless_read.pop_all().close)
    return source


class _ToldOfFile:
    """What the child tells of a file, piece by piece, each held to what it may be."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._sheets: list[SheetInfo] = []
        self._notices: list[Notice] = []
        self._told = False

    def take(self, frame: Frame) -> ChildReading | None:
        """Note what a frame tells; returns the reading of the only sheet, which begins now.

        Raises:
            ChildFailed: no honest child says that.
        """
        match frame[0]:
            case "only":
                return self._begin(*values_of(frame, str, str, _OR_NONE, _OR_NONE, bool))
            case "sheet":
                values = values_of(frame, str, bool, int, int, str, bool)
                if len(values[0]) > MAX_NAME or len(self._sheets) >= MAX_PARTS or min(values[2], values[3]) < 0:
                    raise ChildFailed(_STRANGE, "sheet")
                self._sheets.append(SheetInfo(*values))
            case "notice":
                self._notices.append(Notice(*sentence_of(frame)))
            case "dialect":
                self._source = replace(self._source, dialect=dialect_of(frame[1:]))
            case "source":
                kind, texts, styles, date1904 = values_of(frame, str, _OR_NONE, _OR_NONE, bool)
                if kind not in (*WORKBOOKS, *TEXTS, *PLANS) or (kind in TEXTS and self._source.dialect is None):
                    raise ChildFailed(_STRANGE, "kind")
                parts = {"texts": texts, "styles": styles}
                self._source = replace(self._source, kind=kind, parts=parts, date1904=date1904)
                self._told = True
            case _:
                raise ChildFailed(_STRANGE, "name")
        return None

    def _begin(self, name: str, part: str, texts: str | None, styles: str | None, date1904: bool) -> ChildReading:
        parts = {"texts": texts, "styles": styles}
        only = replace(self._source, kind="xlsx", parts=parts, date1904=date1904)
        begun = ChildReading(only.job(SheetInfo(name, part=part)))
        self._source.begun.append(begun)
        return begun

    def whole(self) -> Source:
        """All that was told. Raises UnusableFile."""
        if not self._told or (self._source.kind not in PLANS and not self._sheets):
            raise beyond_limits(self._source.file, None)
        return replace(self._source, sheets=tuple(self._sheets), notices=tuple(self._notices))


def dialect_of(values: tuple[object, ...] | list[object]) -> Dialect:
    """How a text file holds its table, from what one process tells another.

    Raises:
        ChildFailed: it can't be that.
    """
    encoding, delimiter, *flags = values_of(("dialect", *values), str, str, bool, bool, bool)
    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        delimiter = ""
    if len(delimiter) != 1:
        raise ChildFailed(_STRANGE, "dialect")
    return Dialect(encoding, delimiter, *flags)


def _size_of(path: Path) -> int:
    size = refuse_odd(path).st_size
    if not size:
        raise UnusableFile(N_("{file} is empty: it has no bytes at all."), file=path.name)
    if size > MAX_FILE:
        raise UnusableFile(
            N_("{file} has {size} MiB; files of more than {most} MiB aren't read."),
            file=path.name,
            size=size // MIB,
            most=MAX_FILE // MIB,
        )
    return size


def _sha256(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with open_plain(path) as file:
        while piece := file.read(4 * MIB):
            step(progress, 0, 0, tr("Checking {file}", file=path.name))
            digest.update(piece)
    return digest.hexdigest()
