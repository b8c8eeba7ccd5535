"""What the user can choose for the whole program: language, light or dark, name, folder of packs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.registers.catalogue import chapters
from handover.registers.declare import Register
from handover.registers.me import rename
from ui.pages.copies_settings import CopiesForm
from ui.pages.project_settings import WIDTH, MeForm, NumbersForm, ProjectSettings
from ui.settings import largest_file, settings_folder
from ui.shell.dialog import Dialog
from ui.shell.folders import documents_folder
from ui.shell.form import FieldBox
from ui.shell.page import Context, Page
from ui.theme.style import number_box, role
from ui.theme.tokens import SPACE

_MEGABYTE = 1_000_000


def packs_folder(context: Context) -> Path:
    """Where packs and exports are proposed to go."""
    return Path(context.settings.get("packs", "") or documents_folder())


def _set_up_here() -> list[Register]:
    """The registers of what a project is set up with that no page of its own leads to."""
    return [each for chapter in chapters() if not (chapter.of_work or chapter.pages) for each in chapter.registers]


class SettingsForm(QWidget):
    """The choices; each is kept and takes effect at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 4)
        settings = context.settings
        self.language = self._choice(
            [(tr("As the system"), ""), ("English", "en"), ("中文", "zh")],
            settings.get("language", ""),
            context.choose_language,
        )
        self.theme = self._choice(
            [
                (tr("As the system"), ""),
                (tr("Light"), "light"),
                (tr("Dark"), "dark"),
                (tr("High contrast, light"), "contrast-light"),
                (tr("High contrast, dark"), "contrast-dark"),
            ],
            settings.get("theme", ""),
            context.choose_theme,
        )
        self.rows = self._choice(
            [(tr("Compact"), "compact"), (tr("Usual"), ""), (tr("Roomy"), "roomy")],
            settings.get("rows", ""),
            context.choose_rows,
        )
        self.user = QLineEdit(settings.get("user", ""), self)
        self.user.setPlaceholderText(context.workspace.user if context.has_workspace else "")
        self.user.editingFinished.connect(self._keep_user)
        self.packs = QLineEdit(str(packs_folder(context)), self)
        self.packs.editingFinished.connect(self._keep_packs)
        browse = QPushButton(tr("Choose…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self._packs_box = FieldBox(tr("Folder for packs and exports"), self.packs, parent=self)
        folder = QHBoxLayout()
        folder.addWidget(self._packs_box, 1)
        folder.addWidget(browse, 0, Qt.AlignmentFlag.AlignBottom)
        column.addWidget(FieldBox(tr("Language"), self.language, parent=self))
        column.addWidget(FieldBox(tr("Light or dark"), self.theme, parent=self))
        column.addWidget(FieldBox(tr("Rows of registers"), self.rows, parent=self))
        column.addWidget(FieldBox(tr("Your name in the change log"), self.user, parent=self))
        column.addLayout(folder)
        if context.has_project:
            lists = QPushButton(tr("Pick lists of the project…"), self)
            lists.setAutoDefault(False)
            lists.clicked.connect(lambda: context.go("pick_lists"))
            column.addWidget(lists, 0, Qt.AlignmentFlag.AlignLeft)
            for register in _set_up_here():
                button = QPushButton(tr("{register} of the project…", register=register.label), self)
                button.setAutoDefault(False)
                button.clicked.connect(lambda _=False, page=register.key: context.go(page))
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.largest = number_box(self)
        self.largest.setRange(1, 100_000)
        self.largest.setGroupSeparatorShown(True)
        self.largest.setSuffix(" MB")
        self.largest.setValue(largest_file(settings) // _MEGABYTE)
        self.largest.setKeyboardTracking(False)
        self.largest.valueChanged.connect(lambda size: settings.put("files/largest", size * _MEGABYTE))
        column.addWidget(
            FieldBox(tr("Largest file that is attached; larger ones can be linked"), self.largest, parent=self)
        )
        self.copies = CopiesForm(context, self)
        column.addWidget(self.copies)
        remark = QLabel(tr("Settings and the log of faults lie in {folder}.", folder=str(settings_folder())), self)
        role(remark, "small")
        remark.setWordWrap(True)
        remark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(remark)

    def _choice(self, options: list[tuple[str, str]], now: str, then: Callable[[str], None]) -> QComboBox:
        combo = QComboBox(self)
        for name, value in options:
            combo.addItem(name, value)
        combo.setCurrentIndex(max(0, combo.findData(now)))
        combo.activated.connect(lambda at: then(combo.itemData(at)))
        return combo

    def _keep_user(self) -> None:
        name = self.user.text().strip()
        self._context.settings.put("user", name)
        if name and self._context.has_workspace:
            self._context.act(lambda: rename(self._context.workspace, name))

    def _keep_packs(self) -> None:
        folder = Path(self.packs.text().strip()).expanduser()
        if folder.is_dir():
            self._context.settings.put("packs", str(folder))
        else:
            self._packs_box.refuse(tr("There is no such folder."))

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Folder for packs and exports"), self.packs.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.packs.setText(path)
        self._keep_packs()


def _scrolled(parent: QWidget) -> QScrollArea:
    """What the choices lie in, which are more than a small screen shows."""
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setAccessibleName(tr("Settings"))
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    return scroll


class SettingsPage(Page):
    """The choices as a page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = _scrolled(self)
        body = QWidget(scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        heading = QLabel(tr("Settings"), body)
        role(heading, "title")
        column.addWidget(heading)
        self.form = SettingsForm(context, body)
        self.form.setMaximumWidth(WIDTH)
        column.addWidget(self.form)
        self.keys = QPushButton(tr("Keys of the commands…"), body)
        self.keys.setAutoDefault(False)
        self.keys.clicked.connect(self._change_keys)
        column.addWidget(self.keys, 0, Qt.AlignmentFlag.AlignLeft)
        self.of_project: list[ProjectSettings] = []
        if context.has_project:
            self.of_project = [MeForm(context, body), NumbersForm(context, body)]
        for each in self.of_project:
            column.addWidget(each)
        column.addStretch(1)
        scroll.setWidget(body)
        outer.addWidget(scroll)

    def title(self) -> str:
        return tr("Settings")

    def _change_keys(self) -> None:
        from ui.pages.keys_settings import KeysDialog

        KeysDialog(self.context, self.window()).open()

    def refresh(self, tables: frozenset[str]) -> None:
        """Show what a project is set up with as it is now."""
        for each in self.of_project:
            if tables & each.tables:
                each.show_now()


class SettingsDialog(Dialog):
    """The choices as a dialog, while no project is open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        scroll = _scrolled(self)
        self.form = SettingsForm(context, scroll)
        scroll.setWidget(self.form)
        column.addWidget(scroll)
        row = QHBoxLayout()
        row.addStretch(1)
        leave = QPushButton(tr("Close"), self)
        leave.clicked.connect(self.accept)
        row.addWidget(leave)
        column.addLayout(row)
        around = self.sizeHint().height() - scroll.sizeHint().height()
        self.resize(self.minimumWidth(), self.form.sizeHint().height() + around)  # on a small screen less of it is seen
        context.language_changed.connect(self.close)
