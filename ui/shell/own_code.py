"""What a chapter has of its own in the window, found by the chapter's key and loaded when it is first wanted.

This is the one way to ``ui.chapters``: general code names no chapter.
"""

from __future__ import annotations

import importlib
from types import ModuleType


def own_code(chapter_key: str) -> ModuleType | None:
    """The module ``ui.chapters.KEY`` of a chapter, None where it has none."""
    name = f"ui.chapters.{chapter_key}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:  # the module is there, and something that it imports is not
            raise
        return None
