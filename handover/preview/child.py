"""The drawing child: a process of its own that draws pages of one file from outside, or reads their text, under limits.

It is started by ``handover.preview.pages`` and speaks the frames of ``handover.confined`` on its standard output.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

from handover.confined import answer, send
from handover.confining import confine_this_process

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

CPU_SECONDS = 30
#: Pixels of a picture that is unpacked at all, and of one that is sent.
MOST_PIXELS = 120_000_000
MOST_SENT = 16_000_000
#: Pages of a PDF, and characters in all, whose text is read.
MOST_PAGES = 5_000
MOST_TEXT = 4_000_000
#: Characters of a first page that are read for what it says of itself.
MOST_FRONT = 20_000
#: Places where a text stands, and rectangles of one place.
MOST_HITS, MOST_RECTANGLES = 2_000, 20
#: The title block of a drawing: how much of the page it takes from the right and from below at most; the head of a
#: page, which has that part in reports and certificates.
_BLOCK_WIDE, _BLOCK_HIGH, _HEAD_HIGH = 0.55, 0.4, 0.22
_FINE = 10_000  # into how many steps a page is divided where a place on it is told
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")


class TooLarge(Exception):
    """The picture has more pixels than are unpacked."""


def main() -> int:
    """Do the jobs that stand on standard input, one JSON line each, until it ends."""
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")
    out = sys.stdout.buffer
    confine_this_process(CPU_SECONDS)
    for line in sys.stdin.buffer:
        if not answer(json.loads(line), _JOBS, out):
            return 1
    return 0


def _page(job: dict[str, Any], out: BinaryIO) -> None:
    """One page as PNG, so wide, with the number of pages."""
    if job["media"] == "application/pdf":
        document = _document(job["path"])
        count, number = len(document), min(job["page"], len(document) - 1)
        image = _drawn(document, number, job["width"], job["height"])
    else:
        image, count, number = _picture(job["path"], job["page"], job["width"], job["height"])
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=1)
    send(out, ("page", data.getvalue(), number, count))


def _text(job: dict[str, Any], out: BinaryIO) -> None:
    """The text of a PDF, page by page."""
    document, left = _document(job["path"]), MOST_TEXT
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_bounded()[:left]
        left -= len(text)
        send(out, ("text", number, text))
        words.close()
        page.close()
        if left <= 0:
            return


def _front(job: dict[str, Any], out: BinaryIO) -> None:
    """What the first page of a PDF says: its title block and head, all of it, and how many pages there are."""
    document = _document(job["path"])
    page = document[0]
    left, bottom, right, top = page.get_bbox()
    words = page.get_textpage()
    wide, high = right - left, top - bottom
    block = words.get_text_bounded(right - _BLOCK_WIDE * wide, bottom, right, bottom + _BLOCK_HIGH * high)
    head = words.get_text_bounded(left, top - _HEAD_HIGH * high, right, top)
    said = f"{block[:MOST_FRONT]}\n{head[:MOST_FRONT]}"
    send(out, ("front", said, words.get_text_bounded()[:MOST_FRONT], len(document)))


def _find(job: dict[str, Any], out: BinaryIO) -> None:
    """Where a text stands in a PDF: for each place its page and its rectangles, in shares of the page from above."""
    document, left = _document(job["path"]), MOST_HITS
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        words = page.get_textpage()
        found = words.search(job["text"])
        while left and (place := found.get_next()) is not None:
            left -= 1
            rectangles = _rectangles(page, words, *place)
            send(out, ("hit", number, rectangles))
        found.close()
        words.close()
        page.close()
        if not left:
            return


def _rectangles(page: Any, words: Any, first: int, count: int) -> tuple[tuple[float, float, float, float], ...]:
    """Left, top, right and bottom of each line of a place, as the page is drawn. Any: pypdfium2 has no types."""
    found = []
    for n in range(min(words.count_rects(first, count), MOST_RECTANGLES)):
        x1, y1, x2, y2 = words.get_rect(n)
        corners = [_as_drawn(page, x, y) for x, y in ((x1, y1), (x2, y2))]
        (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
        found.append((left, top, right, bottom))
    return tuple(found)


def _as_drawn(page: Any, x: float, y: float) -> tuple[float, float]:  # Any: as above
    import ctypes

    from pypdfium2 import raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _document(path: str) -> PdfDocument:
    from pypdfium2 import PdfDocument

    document = PdfDocument(path)
    if not len(document):
        raise ValueError("no pages")
    return document


def _drawn(document: PdfDocument, number: int, width: int, height: int) -> Image:
    page = document[number]
    wide, high = page.get_size()
    scale = _scale(wide, high, width, height)
    scale = min(scale, (MOST_SENT / max(wide * high, 1)) ** 0.5)
    # Forms stay as they are drawn: their scripts are never loaded.
    drawn: Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return drawn


def _picture(path: str, number: int, width: int, height: int) -> tuple[Image, int, int]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here: what is too large is refused before it is unpacked
    with Image.open(path, formats=_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise TooLarge(f"{opened.width} x {opened.height}")
        count = min(getattr(opened, "n_frames", 1), MOST_PAGES) if opened.format == "TIFF" else 1
        number = min(number, count - 1)
        if number:
            opened.seek(number)
            if opened.width * opened.height > MOST_PIXELS:
                raise TooLarge(f"{opened.width} x {opened.height}")
        scale = min(1.0, _scale(opened.width, opened.height, width, height))
        if opened.format == "JPEG":
            opened.draft("RGB", (int(opened.width * scale) + 1, int(opened.height * scale) + 1))
        turned = ImageOps.exif_transpose(opened)
        plain = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
    scale = min(1.0, _scale(plain.width, plain.height, width, height))
    size = (max(1, round(plain.width * scale)), max(1, round(plain.height * scale)))
    return plain.resize(size) if size != plain.size else plain, count, number


def _scale(wide: float, high: float, width: int, height: int) -> float:
    """By how much a page grows so that it fits; a height of 0 doesn't count."""
    scale = width / max(wide, 1)
    return min(scale, height / max(high, 1)) if height else scale


_JOBS = {"page": _page, "text": _text, "front": _front, "find": _find}


if __name__ == "__main__":
    sys.exit(main())
