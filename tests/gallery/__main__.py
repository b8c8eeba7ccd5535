"""Pictures of every page, dialog and wizard on the sample workspace: ``python -m tests.gallery OUT [NAME…]``.

Each is opened offscreen in light and dark, English and Chinese, at 1280x800 and 1920x1080, and saved as a PNG. A page
that can't be opened ends the run with its fault: none is skipped. With names, only what contains one of them is drawn.
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
    if not arguments:
        print(__doc__)
        return 2
    from tests.gallery.drawing import draw

    print(f"{draw(Path(arguments[0]), arguments[1:])} pictures in {arguments[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
