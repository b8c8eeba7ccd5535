"""What this program is, its version, and under which licences its parts stand."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover import __version__
from handover.i18n import tr
from ui.shell.dialog import Dialog
from ui.theme.style import role
from ui.theme.tokens import SPACE


class About(Dialog):
    """Version and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Handover"))
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 3)
        title = QLabel("Handover", self)
        role(title, "title")
        versions = QLabel(
            tr(
                "Version {version}, with Python {python} and Qt {qt}.",
                version=__version__,
                python=platform.python_version(),
                qt=qVersion(),
            ),
            self,
        )
        licences = QLabel(
            tr(
                "Handover stands under the MIT licence. It uses Qt for Python (LGPL 3), the Noto Sans SC fonts "
                "(SIL Open Font License) and Lucide icons (ISC). The process plant's templates are after the CFIHOS "
                "reference data library 2.0, © IOGP JIP36 (CC BY 4.0). It never uses the network."
            ),
            self,
        )
        role(licences, "secondary")
        leave = QPushButton(tr("Close"), self)
        leave.setDefault(True)
        leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        for each in (title, versions, licences):
            each.setWordWrap(True)
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(each)
        column.addLayout(row)
