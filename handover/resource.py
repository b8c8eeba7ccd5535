"""Finds what travels beside the code: fonts, icons, catalogues, samples."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, alike in a checkout, a wheel and a frozen program.

    Raises:
        FileNotFoundError: nothing of that name is shipped; a fault of the installation, not of the user.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    path = root.joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path
