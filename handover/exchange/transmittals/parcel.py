"""What came in as it stands there: the head of a transmittal, its lines and its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handover.exchange.notice import Notice


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a transmittal says; empty where it says nothing."""

    number: str = ""
    sent_on: dt.date | None = None
    subject: str = ""
    purpose: str = ""
    sender: str = ""
    receivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParcelFile:
    """A file that came with it.

    Attributes:
        path: where it lies now.
        name: what it is called there, with its folder within what came.
        sha256: what the sender says that it holds; empty where he says nothing.
    """

    path: Path
    name: str
    size: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """A document that came, as the sender writes it.

    Attributes:
        place: where it stands: a row of the list, or the name of a file.
    """

    number: str
    code: str
    title: str = ""
    place: str = ""
    revision_on: dt.date | None = None
    pages: int | None = None
    copies: int | None = None
    files: tuple[ParcelFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """All that came.

    Attributes:
        name: of the file or the folder.
        loose: files of which nothing tells to which document they belong.
        papers: files of the transmittal itself: its list, its note.
        notices: what the user should know before he takes it in.
    """

    name: str
    head: Head
    lines: tuple[ParcelLine, ...]
    loose: tuple[ParcelFile, ...] = ()
    papers: tuple[ParcelFile, ...] = ()
    notices: Sequence[Notice] = field(default_factory=tuple)
