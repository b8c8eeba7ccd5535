"""The page on which a test crew types readings: what is the same for all above, a line a parameter below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr, trc, trn
from handover.model.project import Project
from handover.pack.chapters.acceptance import SheetWanted, issue_sheet, readings_sheet
from handover.pack.outline import PackOutline
from handover.registers import me, query
from handover.registers.acceptance.measuring import Choice, ToMeasure, choices, take_reading, to_measure
from handover.registers.catalogue import register
from handover.store.workspace import Workspace
from handover.wording import Language
from ui.chapters.measuring.paper import AcceptancePaperDialog, issue_paper
from ui.chapters.measuring.table import NEW, ReadingModel, ReadingTable
from ui.register.details.fieldbox import RowFieldBox
from ui.register.grid.typed import stored
from ui.shell.form import FieldBox
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_SAME = ("shift", "taken_by", "witness", "instrument")
_TABLES = frozenset(
    {"acceptance_parameter", "parameter_reading", "rectification", "waiver", "instrument", "test_campaign", "system"}
)


class ReadingsEntryPage(Page):
    """A table of parameters with a column to type into; each reading is stored and judged at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._storing = False
        self._begun = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        outer.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        outer.addWidget(heading)
        hint = QLabel(tr("Type a number at a parameter; Enter stores and judges it and goes to the next one."), self)
        hint.setWordWrap(True)
        role(hint, "secondary")
        outer.addWidget(hint)
        outer.addWidget(self._same_for_all())
        outer.addLayout(self._narrowing())
        self.model = ReadingModel(self._store, self)
        self.model.writable = not context.read_only
        self.table = ReadingTable(self.model, self)
        self.table.opened.connect(lambda key: context.go("parameter_chain", parameter=key))
        outer.addWidget(self.table, 1)
        self.fault = QLabel(self)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        role(self.fault, "error")
        self.fault.hide()
        outer.addWidget(self.fault)
        self.setFocusProxy(self.table)
        self._offer()
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Enter readings")

    def help_key(self) -> str:
        return "readings_entry"

    def state(self) -> dict[str, Any]:  # Any: as in Page
        return {"system": self.system.currentData(), "campaign": self.campaign.currentData(),
                "view": self.view.currentData()}  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as in Page
        for key, box in (("system", self.system), ("campaign", self.campaign), ("view", self.view)):
            place = box.findData(state.get(key))
            if place >= 0:
                box.setCurrentIndex(place)

    def page_actions(self) -> list[QAction]:
        sheet = QAction(icon("printer"), tr("Write the sheet of readings…"), self)
        sheet.triggered.connect(self.write_sheet)
        numbered = QAction(icon("stamp"), tr("Issue the sheet"), self)
        numbered.setEnabled(not self.context.read_only)
        numbered.triggered.connect(self.issue_sheet)
        return [sheet, numbered]

    def refresh(self, tables: frozenset[str]) -> None:
        if self._storing or (tables and not tables & _TABLES):
            return
        project = self.context.project.id
        wanted = [str(box.currentData() or "") for box in (self.system, self.campaign, self.view)]
        self.read(lambda connection: to_measure(connection, project, *wanted), self._show)

    # -- parts ------------------------------------------------------------------------------------------------------

    def _same_for_all(self) -> QWidget:
        card = QFrame(self)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        lead = QLabel(tr("The same for all readings that follow"), card)
        role(lead, "lead")
        column.addWidget(lead)
        across = QHBoxLayout()
        across.setSpacing(SPACE * 3)
        readings = register("readings")
        self.boxes = {key: RowFieldBox(self.context, readings[key], card) for key in _SAME}
        for box in self.boxes.values():
            box.allow(not self.context.read_only)
            box.begin(None)
        who = me.me(self.context.workspace, self.context.project.id)
        if who is not None:
            with self.context.workspace.read() as connection:
                self.boxes["taken_by"].begin(query.linked(connection, "person", [who]).get(who))
        for box in self.boxes.values():
            across.addWidget(box, 1)
        column.addLayout(across)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return card

    def _narrowing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        self.system, self.campaign, self.view = (QComboBox(self) for _ in range(3))
        for view, name in (
            ("", tr("All parameters")),
            ("pending", trc("parameter", "Not measured")),
            ("failed", trc("parameter", "Failed")),
        ):
            self.view.addItem(name, view)
        for name, box in ((tr("System"), self.system), (tr("Campaign"), self.campaign), (tr("Shown"), self.view)):
            box.setAccessibleName(name)
            row.addWidget(FieldBox(name, box))
            box.currentIndexChanged.connect(lambda _place: self.refresh(frozenset()))
        row.addStretch(1)
        self.count = QLabel(self)
        role(self.count, "secondary")
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    def _offer(self) -> None:
        with self.context.workspace.read() as connection:
            systems, campaigns = choices(connection, self.context.project.id)
        for box, first, found in (
            (self.system, tr("All systems"), systems),
            (self.campaign, tr("All campaigns"), campaigns),
        ):
            box.blockSignals(True)
            for each in (Choice("", first), *found):
                box.addItem(each.name, each.key)
            box.blockSignals(False)

    # -- what it does ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, rows: list[ToMeasure]) -> None:
        place = max(self.table.currentIndex().row(), 0)
        self.model.show(rows)
        if not self._begun and self.isVisible():
            self._begun = True
            self.table.setFocus()
        if rows:
            self.table.setCurrentIndex(self.model.index(min(place, len(rows) - 1), NEW))
        self._count()

    def _count(self) -> None:
        failed = sum(row.result == "fail" for row in self.model.rows)
        pending = sum(row.result == "pending" for row in self.model.rows)
        n = len(self.model.rows)
        told = trn(
            "{n} parameter, {pending} not measured, {failed} failed",
            "{n} parameters, {pending} not measured, {failed} failed",
            n, pending=pending, failed=failed,
        )  # fmt: skip
        self.count.setText(told)

    def _store(self, row: ToMeasure, text: str) -> ToMeasure | None:
        """Store a reading; the line as it then is, None where it was refused."""
        workspace, project = self.context.workspace, self.context.project.id
        self._storing = True
        try:
            take_reading(workspace, project, row.id, text, self._besides())
            with workspace.read() as connection:
                shown = to_measure(connection, project, only=row.id)[0]
        except HandoverError as error:
            self.fault.setText(f"{row.no or row.ref}: {error}")
            self.fault.show()
            return None
        finally:
            self._storing = False
        self.fault.hide()
        self._tell(shown, text)
        return shown

    def _besides(self) -> dict[str, Any]:  # Any: what fields hold
        given = {}
        for key, box in self.boxes.items():
            box.finish()
            if box.text().strip():
                given[key] = stored(self.context, box.field, box.typed())
        return given

    def _tell(self, row: ToMeasure, text: str) -> None:
        self.model.take(row)
        self._count()
        values = {"no": row.no or row.ref, "value": text}
        if row.result == "fail":
            self.context.tell(tr("{no}: {value} is outside of the limits. Its rectification is open.", **values),
                              undo=True)  # fmt: skip
        else:
            self.context.tell(tr("{no}: {value} is stored.", **values), undo=True)

    @Slot()
    def issue_sheet(self) -> None:
        """Issue the sheet of what is shown under a number of its own."""
        system, campaign, view = (str(b.currentData() or "") for b in (self.system, self.campaign, self.view))
        wanted = SheetWanted(system, campaign, view)
        issue_paper(self.context, tr("Issuing the sheet"), lambda opened, owner: issue_sheet(opened, owner, wanted))

    @Slot()
    def write_sheet(self) -> None:
        """Ask where the sheet of what is shown goes."""
        system, campaign, view = (str(b.currentData() or "") for b in (self.system, self.campaign, self.view))

        def outline(workspace: Workspace, project: Project, language: Language, blank: bool) -> PackOutline:
            return readings_sheet(workspace, project, SheetWanted(system, campaign, view, blank), language)

        AcceptancePaperDialog(
            self.context, tr("Write the sheet of readings"),
            tr("The parameters that are shown, with their limits, what was read, and places to sign."),
            tr("Readings"), outline, blank=True, parent=self.window(),
        ).open()  # fmt: skip
