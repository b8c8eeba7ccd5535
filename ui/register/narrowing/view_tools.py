"""Three buttons above a table that change how its rows are shown: in groups, in colours, with what was changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from handover.i18n import tr
from handover.registers.grouping import groupable
from handover.registers.query import SINCE
from ui.register.grid.rows_in_view import RowsInView
from ui.register.grid.table import RegisterTable
from ui.register.narrowing.colour_rules import ColourDialog, ColourRules
from ui.register.narrowing.filtering import Filtering
from ui.register.narrowing.since_dialog import SinceDialog
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.tokens import SPACE


class ViewTools(QWidget):
    """Each says by its tooltip what is in force, and is marked while anything is."""

    def __init__(
        self,
        context: Context,
        table: RegisterTable,
        filtering: Filtering,
        rows: RowsInView,
        colours: ColourRules,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._table, self._register = context, table, table.rows.register
        self._filtering, self._rows, self._colours = filtering, rows, colours
        self.menu_shown: QMenu | None = None
        self.dialog: ColourDialog | SinceDialog | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE)
        self.groups = self._button("list-tree", self.offer_groups)
        self.colours = self._button("tag", self.offer_colours)
        self.since = self._button("git-compare", self.ask_since)
        for each in (self.groups, self.colours, self.since):
            line.addWidget(each)
        colours.changed.connect(self.show_now)
        self.show_now()

    def _button(self, picture: str, run: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(picture, "secondary"))
        button.setIconSize(QSize(16, 16))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(run)
        return button

    def show_now(self) -> None:
        """Say what is in force."""
        query = self._filtering.query
        named = tr(", ").join(self._register[key].label for key in query.groups)
        rules = len(self._colours.all)
        for button, on, name, active in (
            (self.groups, bool(query.groups), tr("Group the rows"), tr("Grouped by {fields}", fields=named)),
            (self.colours, bool(rules), tr("Colours by rules"), tr("Colours by rules: {n}", n=rules)),
            (self.since, query.since is not None, tr("Changes since a day"), tr("Changes are shown")),
        ):
            button.setChecked(on)
            button.setToolTip(active if on else name)
            button.setAccessibleName(active if on else name)

    # -- groups -------------------------------------------------------------------------------------------------------

    def offer_groups(self) -> None:
        """Offer the fields by which rows can be grouped."""
        self.show_now()  # a press on it turned its mark
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        first, second = (*self._filtering.query.groups, "", "")[:2]
        self._fill(menu, "", first)
        if first:
            inner = menu.addMenu(tr("Within {field} by", field=self._register[first].label))
            self._fill(inner, first, second)
            menu.addSeparator()
            menu.addAction(icon("chevron-right"), tr("Fold all groups"), self._rows.fold_all)
            menu.addAction(icon("chevron-down"), tr("Unfold all groups"), self._rows.unfold_all)
        self.menu_shown = menu
        menu.destroyed.connect(self._forget)
        menu.popup(self.groups.mapToGlobal(QPoint(0, self.groups.height())))

    def _fill(self, menu: QMenu, above: str, now: str) -> None:
        """Fields of the columns in view first, then the others; on top the way out."""
        none = menu.addAction(tr("No groups"))
        none.triggered.connect(lambda _=False: self._filtering.group_by(*filter(None, [above])))
        none.setCheckable(True)
        none.setChecked(not now)
        menu.addSeparator()
        shown = [field.field for field in self._table.rows.fields]
        order = sorted(self._register.fields, key=lambda f: shown.index(f.field) if f.field in shown else len(shown))
        for field in order:
            if not groupable(field) or field.field == above:
                continue
            action = menu.addAction(field.label.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(field.field == now)
            keys = [key for key in (above, field.field) if key]
            action.triggered.connect(lambda _=False, keys=keys: self._filtering.group_by(*keys))

    def _forget(self) -> None:
        self.menu_shown = None

    # -- colours and changes ------------------------------------------------------------------------------------------

    def offer_colours(self) -> None:
        """Open the rules of colour."""
        self.show_now()
        dialog = ColourDialog(self._context, self._colours, self._register, self._rows.query(), self.window())
        self.dialog = dialog
        dialog.open()

    def ask_since(self) -> None:
        """Ask since when changes are to be shown."""
        self.show_now()
        now = next((c for c in self._filtering.query.where if c.field == SINCE), None)
        dialog = SinceDialog(self._context, self._register, now, self.window())
        dialog.chosen.connect(self._filtering.add_filter)
        self.dialog = dialog
        dialog.open()
