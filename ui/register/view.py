"""The page of a register: bar, chips, table and detail form, and where the user stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from handover.i18n import tr, trn
from handover.registers.catalogue import parts_of
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Field
from handover.registers.figures.handed_over import PAPERS
from handover.registers.query import Query
from ui.register.acts import Acts
from ui.register.arrange import Arrangement
from ui.register.below import BelowRows
from ui.register.details.beside_rows import BesideRows
from ui.register.details.detail import DetailPane
from ui.register.grid.model import RegisterModel
from ui.register.grid.place import Place
from ui.register.grid.rows_in_view import RowsInView
from ui.register.grid.sums import Sums
from ui.register.grid.table import RegisterTable
from ui.register.menus import ColumnMenu, RowMenu, open_filter
from ui.register.narrowing.colour_rules import ColourRules
from ui.register.narrowing.filtering import Filtering
from ui.register.narrowing.filters import told_rule
from ui.register.narrowing.saved_views import SavedViews
from ui.register.narrowing.usual_views import UsualViews
from ui.register.narrowing.view_tools import ViewTools
from ui.register.narrowing.views_menu import ViewsButton
from ui.register.own_acts import own_acts
from ui.register.page_actions import PageActions, PageRuns
from ui.register.pane import RowsPane
from ui.register.stepping.page_steps import PageSteps
from ui.register.stepping.steps import StepActs
from ui.shell.page import Context, Page, RowsAsShown
from ui.theme.tokens import SPACE

_TYPING_MS = 15


class RegisterPage(Page):
    """Shows and edits one register.

    ``restore`` understands: ``view`` (key of a view), ``text``, ``where`` (conditions, or lists of field, operator and
    values), ``sort``, ``bin``, ``row`` (key of a row to go to), ``tab`` (what of it to show) and ``part`` (which of its
    parts), ``number``, ``column``, ``scroll``, ``details``.

    Signals:
        shown: rows were loaded.
    """

    shown = Signal()

    def __init__(self, context: Context, register_key: str, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.register = register_of(register_key)
        self.key = self.register.key
        self.setAccessibleName(self.title())
        self._make_parts()
        self._make_actions()
        self._lay_out()
        self._connect()
        self.rows.ask()

    # -- what the frame asks ------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The register's name; that of tasks is told from the plan, which is their chart."""
        return self.register.label

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Filters, order, current row and scroll."""
        return {
            **self.filtering.state(),
            "details": not self.detail.isHidden(),
            "tab": self.detail.tab,
            **Place.of(self.table).plain(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        """Go where ``state`` says. A state without filters keeps those in force, so long as its row is among them."""
        if "details" in state:
            self.detail.setVisible(bool(state["details"]))
            self.details_action.setChecked(bool(state["details"]))
        if not state.get("row"):
            self.detail.show_tab(str(state.get("tab") or ""))
        self.rows.place = Place.from_plain(state) if "number" in state else None
        self.filtering.restore(state)
        if row_id := state.get("row"):
            self.go_to_row(str(row_id))
            self.table.setFocus()
            if tab := state.get("tab"):
                self.detail.show_tab(str(tab), str(state.get("part", "")))

    def refresh(self, tables: frozenset[str]) -> None:
        """Rows of these tables changed: read again, keeping selection and scroll."""
        concerned = {self.register.table.name, *(f.target for f in self.register.fields if f.target)}
        if self.register.links:
            concerned.add(self.register.links)
        concerned |= {str(part.table.name) for part in parts_of(self.register)}
        if self.register.files:
            concerned.add("attachment")
        concerned.add(PAPERS)  # what was issued is what changes are told since
        if tables & concerned:
            self.rows.read()
        self.detail.refresh(tables)

    def find_here(self) -> None:
        """Into the quick filter."""
        self.bar.quick.setFocus()
        self.bar.quick.selectAll()

    def page_actions(self) -> list[QAction]:
        """New row, duplicate, delete, restore, columns, bin, details."""
        return self._actions.of_bin if self.filtering.query.bin else self._actions.of_rows

    def panes(self) -> list[QWidget]:
        """The rows or the sentence in their place, the details while they are shown, the filter and the views."""
        return [self.table, self.empty, self.pane.line, self.detail, self.bar, self.chips]

    def unsaved(self) -> str:
        """How many cells hold something that was refused."""
        n = self.model.refusals
        if self.pane.line.new.begun or self.detail.worth_keeping:
            return tr("The new row isn't added yet: press Enter in it")
        return trn("{n} cell isn't saved: it was refused", "{n} cells aren't saved: they were refused", n) if n else ""

    def row_actions(self) -> list[QAction]:
        """The steps that lead on from the selected rows."""
        return self.page_steps.actions()

    # -- what others ask ----------------------------------------------------------------------------------------------

    def as_shown(self) -> RowsAsShown:
        """The rows that the filters leave, in their order, with the columns in view and the colours of rules."""
        rules = tuple(told_rule(self.context, self.register, rule) for rule in self.model.marks.rules)
        return RowsAsShown(self.register, self.query(), self.visible_fields(), rules)

    def query(self) -> Query:
        """Which rows are shown, in which order."""
        return self.rows.query()

    def visible_fields(self) -> tuple[Field, ...]:
        """The columns in view, from left to right."""
        return self.model.fields

    def go_to_row(self, row_id: str) -> None:
        """Make a row the current one and show its details; filters that hide it go."""
        self.beside.go_to_row(row_id)

    # -- making -------------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.model = RegisterModel(self.context, self.register, self)
        self.table = RegisterTable(self.model)
        self.filtering = Filtering(self.register, self)
        self.arrangement = Arrangement(self.table, self.context.settings, self)
        self.pane = RowsPane(self.context, self.register, self.table, self.icon, self)
        self.bar, self.chips, self.banner = self.pane.bar, self.pane.chips, self.pane.banner
        self.empty, self.stack = self.pane.empty, self.pane.stack
        self.rows = RowsInView(
            self.context, self.table, self.filtering, self.arrangement, self.pane, self._show_filters, self
        )
        self.steps = StepActs(self.context, self.register, self)
        self.model.take_step = lambda row_id, step: self.steps.take_at_once([row_id], step)
        self.detail = DetailPane(self.context, self.register, self.steps)
        colours = ColourRules(self.context, self.model, self)
        self.views = SavedViews(self.context, self.register, self.filtering, self.arrangement, colours, self)
        self.usual_views = UsualViews(self.context, self.register, self.filtering, self.chips, self)
        self.views_button = ViewsButton(self.views, self.chips)
        self.tools = ViewTools(self.context, self.table, self.filtering, self.rows, colours, self.chips)
        self.chips.offer_saved(self.views_button, self.tools)
        self.acts = Acts(self.context, self.table, self)
        self.page_steps = PageSteps(self.context, self.table, self.filtering, self.steps, self)
        self.sums = Sums(self.context, self.table, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._search)

    def _make_actions(self) -> None:
        runs = PageRuns(
            add_row=self.add_row,
            next_step=self.page_steps.open_menu,
            empty_bin=self.empty_bin,
            switch_bin=self._switch_bin,
            choose_columns=self._choose_columns,
            offer_views=self.views_button.offer,
            switch_details=self.switch_details,
            find_files=self.find_files,
            replace=self.replace_texts,
            fill_series=self.acts.fill_series,
            group=self.tools.offer_groups,
            fold=self.rows.fold_all,
            unfold=self.rows.unfold_all,
            colour=self.tools.offer_colours,
            since=self.tools.ask_since,
        )
        own = own_acts(self.context, self.register)
        keys, writable = self.context.shortcuts, not self.context.read_only
        made = PageActions(self, self.register, self.acts, runs, keys, own, writable=writable)
        self._actions = made
        self.add_action, self.duplicate_action, self.delete_action = made.add, made.duplicate, made.delete
        self.restore_action, self.empty_action, self.bin_action = made.restore, made.empty, made.bin
        self.columns_action, self.details_action, self.step_action = made.columns, made.details, made.step
        self.files_action = made.files
        self.beside = BesideRows(
            self.table, self.detail, self.filtering, self.rows, made.details, self._say_deleted, self._switch_bin, self
        )

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.pane)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setCollapsible(0, False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        sizes = self.context.settings.get(f"page/{self.key}/split", [])
        whole_numbers = len(sizes) == 2 and all(type(size) is int and 0 <= size < 100_000 for size in sizes)
        self.splitter.setSizes(sizes if whole_numbers else [720, 340])
        self.detail.hide()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.bar.quick.textChanged.connect(lambda _text: self._typing.start(_TYPING_MS if self.rows.large else 0))
        self.bar.quick.left.connect(self._into_table)
        self.chips.viewed.connect(self.filtering.choose_view)
        self.rows.taken.connect(self.sums.refresh)
        self.rows.taken.connect(self.shown)
        self.table.in_vain.connect(self._explain)
        self.model.step_wanted.connect(self.page_steps.ask)
        self.model.refusals_changed.connect(self.unsaved_changed)
        self.acts.waiting.connect(self.steps.take_each)
        self.splitter.splitterMoved.connect(self._remember_split)
        for head in (self.table.head, self.table.frozen.head):
            head.sorted.connect(self._sort)
            head.menu_wanted.connect(self._column_menu)
            head.filter_wanted.connect(self._filter_column)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._row_menu)
        self.acts.added.connect(lambda ids: self.go_to_row(ids[0]))
        self.acts.doubled.connect(self.rows.mark_field)
        BelowRows(self.context, self.table, self.pane.line, self.acts).begun_changed.connect(self.unsaved_changed)
        self.sums.changed.connect(self.summary_changed)
        self.empty.add_wanted.connect(self.add_row)
        self.empty.import_wanted.connect(self.import_rows)
        self.empty.clear_wanted.connect(self.filtering.clear)
        self.empty.paste_wanted.connect(self.acts.paste)
        self.table.head_menu_wanted.connect(self._column_menu)
        self.table.filter_wanted.connect(self._filter_column)

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _explain(self, index: QModelIndex) -> None:
        """Say why a cell takes nothing."""
        field = self.model.fields[index.column()]
        if self.model.removed(index.row()):
            self.context.tell(tr("This row was deleted. Restore it from the bin to change it."))
        elif self.context.read_only:
            self.context.tell(tr("This workspace is open for reading only."))
        elif self.filtering.query.bin:
            self.context.tell(tr("Rows in the bin can't be changed. Restore them first."))
        elif held := self.model.held(index):
            self.context.tell(held)
        elif (why := field.why_not_typed()) is not None:
            self.context.tell(str(why))

    def _remember_split(self, *_: int) -> None:
        self.context.settings.put(f"page/{self.key}/split", self.splitter.sizes())

    # -- filters and order --------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.filtering.search(self.bar.quick.text().strip())

    def _into_table(self) -> None:
        self._typing.stop()
        self._search()
        self.table.setFocus()
        if not self.table.currentIndex().isValid():
            self.table.go_to(0, 0)

    def _show_filters(self) -> None:
        wanted = self.filtering.query
        if not self._typing.isActive():
            self.pane.show_text(wanted.text)
        self.pane.show_filters(self.filtering)
        self.usual_views.show_query(wanted)
        if wanted.bin:
            self._say_deleted()
        self.model.mark(wanted.sort, frozenset(c.field for c in wanted.where))
        self.model.mark_words(wanted.text)
        self.tools.show_now()
        if self.bin_action.isChecked() != wanted.bin:
            self.bin_action.setChecked(wanted.bin)
        self.model.editable = not wanted.bin and not self.context.read_only
        self.pane.line.new.given = self.filtering.given()
        filled = wanted.bin and bool(self.model.rowCount()) and not self.context.read_only
        self.restore_action.setEnabled(filled)
        self.empty_action.setEnabled(filled)

    def _say_deleted(self) -> None:
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() and self.model.rowCount() else None
        self.pane.say_deleted(row)

    def _sort(self, column: int, add: bool) -> None:
        self.filtering.turn(self.model.fields[column].field, add=add)

    # -- menus ------------------------------------------------------------------------------------------------------

    def _choose_columns(self) -> None:
        self.arrangement.choose(self.stack.mapToGlobal(QPoint(self.stack.width() - SPACE * 2, SPACE)))

    def _column_menu(self, column: int, point: QPoint) -> None:
        ColumnMenu(self.table, self.filtering, self.arrangement, self.columns_action, column).popup(point)

    def _filter_column(self, column: int) -> None:
        open_filter(self.table, self.filtering, column)

    def _row_menu(self, point: QPoint) -> None:
        index = self.table.indexAt(point)
        if index.isValid() and self.model.head(index.row()) is None:
            of_rows = self._actions.of_menu(self.page_actions())
            menu = RowMenu(self.table, self.filtering, self.acts, of_rows, index, self.page_steps.menu())
            menu.link_wanted.connect(self.detail.open_link)
            menu.details_wanted.connect(lambda: self.beside.show(True))
            menu.popup(self.table.viewport().mapToGlobal(point))

    # -- acts of the page ---------------------------------------------------------------------------------------------

    def add_row(self) -> None:
        """Begin a row in the details; it takes over what the filters say."""
        self.beside.begin()

    def switch_details(self) -> None:
        """Show the details, or hide them."""
        self.beside.switch()

    def import_rows(self) -> None:
        """Show the import wizard for this register."""
        from ui.transfer.wizard.import_wizard import ImportWizard

        wizard = ImportWizard(self.context, register=self.key)
        wizard.setParent(self.window(), wizard.windowFlags())
        wizard.open()

    def find_files(self) -> None:
        """Look through a folder for files of rows."""
        from ui.register.files.file_scan import FileScan

        self.scan = FileScan(self.context, self.register, self.window())
        self.scan.open()

    def replace_texts(self) -> None:
        """Find and replace in the rows and columns that are shown."""
        from ui.register.replace import ReplaceDialog

        self.table.finish_editing()
        wanted, fields = self.query(), self.visible_fields()
        self.replacing = ReplaceDialog(self.context, self.register, wanted, fields, wanted.text, self.window())
        self.replacing.open()

    def _switch_bin(self) -> None:
        self.filtering.switch_bin()
        self.actions_changed.emit()

    def empty_bin(self) -> None:
        """Ask once, then remove the rows in the bin for good."""
        from ui.register.bin import ask_to_empty

        self._question = ask_to_empty(self.context, self.register, self)
