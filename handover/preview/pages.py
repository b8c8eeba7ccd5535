"""Asks the drawing child for pages and texts, and outlives it: a file that kills it is told and left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from handover.confined import Child, ChildDied, ChildFailed, Frame, values_of
from handover.errors import HandoverError, UnusableFile
from handover.file_types import is_shown
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended

Answer = TypeVar("Answer")
_MODULE = "handover.preview.child"
#: Bytes of a page as PNG; so many pixels as a page may have, each by itself.
_MAX_FRAME = 80 * 1024 * 1024
_MOST_SIDE, _MOST_PIXELS = 30_000, 32_000_000
#: Beats of a tenth of a second that a job may take, whether it works or waits.
_MOST_BEATS = 400
_JOBS_OF_A_CHILD = 20
_MOST_TEXT = 4_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file to be looked into: the name that messages call it by, where it lies, what it is."""

    name: str
    path: Path
    media_type: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as PNG, its number from 0, and how many there are."""

    png: bytes
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first page of a PDF says: where a title block may stand, and all of it; with the number of pages."""

    block: str
    text: str
    pages: int


#: Left, top, right and bottom as shares of a page, counted from its upper left corner.
PlaceOnPage = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TextFound:
    """A place where a text stands: the page from 0, and the rectangles that it takes on it."""

    number: int
    places: tuple[PlaceOnPage, ...]


def page(file: File, number: int, width: int, height: int = 0, progress: Progress = unattended) -> DrawnPage:
    """One page of a PDF or a picture, drawn so wide (and high, where that is given) in pixels.

    Raises:
        UnusableFile: it can't be shown, is damaged, protected or too large.
        Cancelled: the user stopped it.
    """
    if not is_shown(file.media_type):
        raise UnusableFile(N_("There is no preview of “{name}”. Open it in its own program."), name=file.name)
    with closing(_Artist(progress)) as artist:
        return artist.page(file, number, width, height)


def pictures(
    files: Sequence[File], side: int, progress: Progress = unattended
) -> Iterator[tuple[File, bytes | HandoverError]]:
    """A small picture of each file that can be shown, fitting into a square of so many pixels, or why there is none.

    Raises:
        Cancelled: the user stopped it.
    """
    shown = (file for file in files if is_shown(file.media_type))
    yield from _each(shown, lambda artist, file: artist.page(file, 0, side, side).png, progress)


def texts(files: Iterable[File], progress: Progress = unattended) -> Iterator[tuple[File, list[str] | HandoverError]]:
    """The text of each PDF, page by page (pages that hold only pictures are empty), or why there is none.

    Raises:
        Cancelled: the user stopped it.
    """
    yield from _each(files, lambda artist, file: [str(f[2]) for f in artist.frames(file, {"do": "text"})], progress)


def first_pages(
    files: Iterable[File], progress: Progress = unattended
) -> Iterator[tuple[File, FirstPage | HandoverError]]:
    """What the first page of each PDF says, or why it can't be read.

    Raises:
        Cancelled: the user stopped it.
    """
    yield from _each(files, _first_page, progress)


def find(file: File, text: str, progress: Progress = unattended) -> list[TextFound]:
    """Where a text stands in a PDF, in the order of its pages, whatever the case of its letters; so many at most.

    Raises:
        UnusableFile: it can't be read, is damaged, protected or too large.
        Cancelled: the user stopped it.
    """
    if file.media_type != "application/pdf":
        return []
    with closing(_Artist(progress)) as artist:
        try:
            return [_text_found(frame) for frame in artist.frames(file, {"do": "find", "text": text[:200]})]
        except ChildFailed as fault:
            raise _told(file, fault) from None


def _first_page(artist: _Artist, file: File) -> FirstPage:
    try:
        (frame,) = artist.frames(file, {"do": "front"})
        return FirstPage(*values_of(frame, str, str, int))
    except (ValueError, ChildFailed) as fault:
        raise _told(file, ChildFailed("frame", str(fault))) from None


def _text_found(frame: Frame) -> TextFound:
    number, places = values_of(frame, int, tuple)
    for place in places:
        if type(place) is not tuple or len(place) != 4 or any(type(side) is not float for side in place):
            raise ChildFailed("frame", "no place on a page")
    return TextFound(number, tuple(tuple(min(1.0, max(0.0, side)) for side in place) for place in places))


def _each(
    files: Iterable[File], of: Callable[[_Artist, File], Answer], progress: Progress
) -> Iterator[tuple[File, Answer | HandoverError]]:
    with closing(_Artist(progress)) as artist:
        for file in files:
            try:
                yield file, of(artist, file)
            except UnusableFile as error:
                yield file, error
            artist.rest()


class _Artist:
    """Children that draw one page after another."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._child: Child | None = None
        self._dead, self._jobs = False, 0

    def page(self, file: File, number: int, width: int, height: int) -> DrawnPage:
        """One page of a file. Raises as ``page``."""
        job = {"do": "page", "page": number, "width": width, "height": height}
        try:
            (frame,) = self.frames(file, job)
            png, number, count = values_of(frame, bytes, int, int)
            wide, high = _size_of(png)
        except (ValueError, ChildFailed) as fault:
            raise _told(file, ChildFailed("frame", str(fault))) from None
        if not (0 < wide <= _MOST_SIDE and 0 < high <= _MOST_SIDE and wide * high <= _MOST_PIXELS):
            raise _beyond_limits(file, f"{wide} x {high}")
        return DrawnPage(png, number, count)

    def frames(self, file: File, job: dict[str, Any]) -> list[Frame]:  # Any: whatever JSON can say
        """What the child answers to a job on a file."""
        job = {**job, "path": str(file.path.absolute()), "media": file.media_type}
        if self._child is None:
            self._child = Child(_MODULE, job, _MAX_FRAME)
        else:
            self._child.tell(job)
        try:
            return list(self._child.frames(self._beats(file)))
        except ChildDied as fault:
            self._dead = True
            raise _beyond_limits(file, str(fault)) from None
        except _Late as fault:
            self._dead = True
            raise _beyond_limits(file, str(fault)) from None
        except ChildFailed as fault:
            raise _told(file, fault) from None

    def rest(self) -> None:
        """Let go of a child that died or has worked enough: the limit of its time counts all its jobs together."""
        self._jobs += 1
        if self._dead or self._jobs >= _JOBS_OF_A_CHILD:
            self.close()
            self._child, self._dead, self._jobs = None, False, 0

    def close(self) -> None:
        """Stop the child."""
        if self._child is not None:
            self._child.close()

    def _beats(self, file: File) -> Callable[[], None]:
        beats = iter(range(_MOST_BEATS))

        def beat() -> None:
            step(self._progress, 0, 0, tr("Drawing {file}", file=file.name))
            if next(beats, None) is None:
                raise _Late("out of time")

        return beat


def _size_of(png: bytes) -> tuple[int, int]:
    """Width and height that a PNG states. Raises ValueError where it is none."""
    if png[:8] != b"\x89PNG\r\n\x1a\n" or png[12:16] != b"IHDR" or len(png) < 24:
        raise ValueError("no PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


class _Late(Exception):
    """The child took longer than it may."""


def _beyond_limits(file: File, detail: str) -> UnusableFile:
    return UnusableFile(
        N_("“{name}” takes more memory or time to show than is allowed. Open it in its own program."),
        name=file.name,
        detail=detail,
    )


def _told(file: File, fault: ChildFailed) -> UnusableFile:
    if fault.kind == "memory":
        return _beyond_limits(file, fault.detail)
    if fault.kind == "TooLarge":
        sentence = N_("“{name}” has too many pixels to be shown here. Open it in its own program.")
    elif "password" in fault.detail.casefold():
        sentence = N_("“{name}” is protected with a password and can't be shown here.")
    elif fault.kind == "FileNotFoundError":
        sentence = N_("“{name}” isn't there any more.")
    else:
        sentence = N_("“{name}” can't be shown: it is damaged, or not what its name says.")
    return UnusableFile(sentence, name=file.name, detail=str(fault))
