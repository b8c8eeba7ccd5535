"""Signs of companies for the cover: pictures read from files, made small, and kept in the paper."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from pathlib import Path

from handover.errors import NotValid
from handover.i18n import N_
from handover.pack.packs.controlled import Logo

#: More than 150 points hold at 300 dots an inch.
_LARGEST = (640, 200)
#: Pixels beyond which a picture isn't opened: it would take hundreds of megabytes for a stamp of a few centimetres.
_MOST_PIXELS = 40_000_000


def logo_of(path: Path) -> Logo:
    """A picture as it stands on a cover.

    Raises:
        NotValid: it is no PNG or JPEG, is damaged, or has too many pixels.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            pixels = picture.width * picture.height
            if pixels > _MOST_PIXELS:
                raise NotValid(
                    N_("The logo {file} has {n} megapixels; at most {most} can be used."),
                    file=path.name,
                    n=pixels // 1_000_000,
                    most=_MOST_PIXELS // 1_000_000,
                )
            picture.draft("RGB", _LARGEST)
            small = picture.convert("RGBA")
            small.thumbnail(_LARGEST)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as fault:
        raise NotValid(
            N_("{file} can't be used as a logo. Take a PNG or JPEG picture."), file=path.name, detail=str(fault)
        ) from fault
    out = BytesIO()
    small.save(out, "PNG")
    return Logo(b64encode(out.getvalue()).decode("ascii"), small.width, small.height)
