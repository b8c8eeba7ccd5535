"""A page that was drawn off the window's thread, put where it is looked at."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from handover.i18n import tr
from handover.preview.pages import DrawnPage


def show_page(sheet: QLabel, drawn: DrawnPage, name: str) -> None:
    """Show a page on a label, at the density of its screen.

    Args:
        name: of what it is a page, for those who have it read to them.
    """
    picture = QPixmap()
    picture.loadFromData(drawn.png, "PNG")
    picture.setDevicePixelRatio(sheet.devicePixelRatioF())
    sheet.setPixmap(picture)
    sheet.setAccessibleName(tr("Page {n} of {count} of {file}", n=drawn.number + 1, count=drawn.count, file=name))
