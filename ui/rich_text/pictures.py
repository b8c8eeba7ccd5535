"""Pictures that are put into a text: read with limits, scaled where they are larger than a page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from handover.errors import NotValid
from handover.i18n import N_, tr

#: The longest side of a picture as it is kept: the width of a page at 220 dpi.
LONGEST_SIDE = 1600
#: Millions of pixels that are read at all.
MOST_MEGAPIXELS = 60
#: So many bytes may a picture without losses have; a larger one is kept as a photograph.
_LOSSLESS = 1_000_000


class PicturePlace(Protocol):
    """Where the pictures of a text are kept."""

    def keep(self, name: str, data: bytes) -> str:
        """Keep a picture; returns its address. Raises HandoverError."""

    def read(self, address: str) -> bytes | None:
        """The bytes of a picture; None where it isn't there."""


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """A picture as it is kept.

    Attributes:
        note: what was done to it, in a sentence; empty where nothing was.
    """

    name: str
    data: bytes
    note: str


def read_file(path: str) -> QImage:
    """The picture in a file. Raises NotValid: it is none, or it is too large."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    _refuse_large(reader.size())
    image = reader.read()
    if image.isNull():
        raise NotValid(N_("{file} is no picture that can be read."), file=path.replace("\\", "/").rsplit("/", 1)[-1])
    return image


def fitted(image: QImage, name: str) -> FittedPicture:
    """A picture scaled to what a page needs, as bytes. Raises NotValid: it is too large."""
    _refuse_large(image.size())
    was, note = image.size(), ""
    if max(was.width(), was.height()) > LONGEST_SIDE:
        image = image.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio,
                             Qt.TransformationMode.SmoothTransformation)  # fmt: skip
        now = image.size()
        note = tr("The picture had {was} pixels and was scaled to {now}.", was=_shown(was), now=_shown(now))
    data, suffix = _written(image, "PNG"), ".png"
    if len(data) > _LOSSLESS and not image.hasAlphaChannel():
        data, suffix = _written(image, "JPEG"), ".jpg"
    return FittedPicture(f"{name.rsplit('.', 1)[0] or 'picture'}{suffix}", data, note)


def _refuse_large(size: QSize) -> None:
    if size.width() * size.height() > MOST_MEGAPIXELS * 1_000_000:
        raise NotValid(
            N_("The picture has {size} pixels; more than {most} million aren't taken. Make it smaller first."),
            size=_shown(size),
            most=MOST_MEGAPIXELS,
        )


def _shown(size: QSize) -> str:
    return f"{size.width():,} x {size.height():,}"


def _written(image: QImage, form: str) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form, 85 if form == "JPEG" else -1)  # type: ignore[call-overload]  # the stubs want bytes here
    buffer.close()
    return bytes(held.data())
