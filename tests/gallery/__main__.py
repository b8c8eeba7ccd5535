"""Pictures of every page, dialog and wizard on the sample workspace: ``python -m tests.gallery OUT [NAME…]``.

Each is opened offscreen in light and dark, English and Chinese, at 1024x700, 1280x800 and 1920x1080, and saved as a
PNG. A page that can't be opened, or of which something is out of sight at 1024x700, ends the run with its fault: none
is skipped. With names, only what contains one of them is drawn; with ``--look=zh-dark-1024x700`` or a part of it, only
that look.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HANDOVER_HOME"] = tempfile.mkdtemp(prefix="handover-gallery-")


def main(arguments: list[str]) -> int:
    """Draw into the folder that is named first."""
    strange = [each for each in arguments if each.startswith("-") and not each.startswith("--look=")]
    if not arguments or strange or arguments[0].startswith("--look="):
        print(__doc__)
        return 2
    from tests.gallery.drawing import draw

    print(f"{draw(Path(arguments[0]), arguments[1:])} pictures in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
