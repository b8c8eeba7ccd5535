"""Pictures in rich text as papers hold them: read from the files of a row, made as small as print needs, and kept."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from handover.pack.outline import PictureBlock
from handover.registers.files.pictures import picture_path
from handover.store.workspace import Workspace

#: The longest side in pixels: the width of a page at some 200 to the inch.
_LARGEST = (1400, 1400)
#: Pixels beyond which a picture isn't opened.
_MOST_PIXELS = 60_000_000


def picture_block(workspace: Workspace, address: str, caption: str) -> PictureBlock | None:
    """A picture that a text names; None where its file isn't here or is no picture that can be read."""
    from PIL import Image, UnidentifiedImageError

    path = picture_path(workspace, address)
    if path is None:
        return None
    out = BytesIO()
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            photograph = picture.format == "JPEG"
            whole = picture.convert("RGBA")
            small = Image.new("RGB", whole.size, "white")  # papers are archived, which takes nothing see-through
            small.paste(whole, mask=whole.getchannel("A"))
            small.thumbnail(_LARGEST)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError):
        return None
    small.save(out, "JPEG" if photograph else "PNG", quality=85)
    return PictureBlock(b64encode(out.getvalue()).decode("ascii"), small.width, small.height, caption)
