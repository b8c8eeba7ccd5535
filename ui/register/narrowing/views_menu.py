"""The button above a table that offers the saved views, and the dialog that names one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr, trc
from ui.register.narrowing.saved_views import LONGEST, SavedViews
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class ViewsButton(QPushButton):
    """Says which saved view is used, with a dot where it was changed; a press offers them all."""

    def __init__(self, views: SavedViews, parent: QWidget) -> None:
        super().__init__(parent)
        self._views = views
        self.menu_shown: QMenu | None = None
        self.dialog: ViewName | None = None
        role(self, "view")
        self.setCheckable(True)
        self.setIcon(icon("layers", "secondary"))
        self.clicked.connect(self.offer)
        views.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        name = self._views.current
        short = name if len(name) <= 24 else f"{name[:23]}…"
        text = tr("Views") if not name else tr("{view} (changed)", view=short) if self._views.altered else short
        self.setText(text.replace("&", "&&"))
        self.setToolTip(tr("Saved views: filters, order and columns under a name"))
        self.setAccessibleName(tr("Saved views: {view}", view=text) if name else tr("Saved views"))
        self.setChecked(bool(name))

    def offer(self) -> None:
        """Offer the views, and what can be done with the one in use."""
        self._say()  # a press on it turned its mark
        views, menu = self._views, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in views.all:
            action = menu.addAction(each.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(each.name == views.current)
            action.triggered.connect(lambda _=False, name=each.name: views.use(name))
        if views.all:
            menu.addSeparator()
        if name := views.current.replace("&", "&&"):
            if views.altered:
                menu.addAction(icon("save"), tr("Save the changes to “{view}”", view=name), views.save_changes)
                again = tr("Put “{view}” back as it was saved", view=name)
                menu.addAction(icon("rotate-ccw"), again, lambda: views.use(views.current))
            menu.addAction(icon("pencil"), tr("Rename “{view}”…", view=name), self._rename)
            menu.addAction(icon("trash-2"), tr("Delete “{view}”", view=name), views.remove)
            menu.addAction(icon("list"), tr("All rows"), views.leave)
        menu.addAction(icon("plus"), tr("Save as a view…"), self._save)
        self.menu_shown = menu
        menu.destroyed.connect(self._forget)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _forget(self) -> None:
        self.menu_shown = None

    def _save(self) -> None:
        self._ask(tr("Save as a view"), tr("Save"), "", self._views.save)

    def _rename(self) -> None:
        self._ask(tr("Rename the view"), tr("Rename"), self._views.current, self._views.rename)

    def _ask(self, title: str, verb: str, name: str, store: Callable[[str], None]) -> None:
        self.dialog = ViewName(title, verb, name, store, self.window())
        self.dialog.open()


class ViewName(Dialog):
    """Asks for the name of a view; ``store`` says by an error why it can't be."""

    def __init__(self, title: str, verb: str, name: str, store: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self._store = store
        self.name = QLineEdit(name, self)
        self.name.setMaxLength(LONGEST)
        self.name.selectAll()
        self.name_box = FieldBox(trc("of a view", "Name"), self.name, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        column.addWidget(self.name_box)
        self.go = QPushButton(verb, self)
        self.go.clicked.connect(self._agree)
        column.addLayout(self.cancel_or(self.go))
        self.name.setFocus()

    def _agree(self) -> None:
        try:
            self._store(self.name.text())
        except HandoverError as error:
            self.name_box.refuse(str(error))
            self.name.setFocus()
        else:
            self.accept()
