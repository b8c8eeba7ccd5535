"""Opening what was written: the file itself, or the folder that it lies in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file in the program that the system has for it; whether it has one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path) -> bool:
    """Open a folder, or the folder of a file, in the system's file manager; whether it has one."""
    return open_file(path if path.is_dir() else path.parent)
