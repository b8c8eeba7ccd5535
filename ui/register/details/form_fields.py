"""The boxes of a register's form, in the sections of its declaration; what is folded is remembered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from handover.i18n import tr
from handover.registers.declare import OF_FILES, Field, Register
from ui.register.details.fieldbox import RowFieldBox
from ui.register.details.form import FormGrid, FormSection
from ui.shell.page import Context


class FormFields(QObject):
    """Fills a form with the fields of a register, when it is first seen: the page opens sooner.

    Attributes:
        boxes: by field.
    """

    def __init__(self, context: Context, register: Register, grid: FormGrid) -> None:
        super().__init__(grid)
        self._context, self._register, self._grid = context, register, grid
        self._key = f"page/{register.key}/folded"
        self.boxes: dict[str, RowFieldBox] = {}
        grid.folded.connect(self._keep)

    def make(self, prepare: Callable[[RowFieldBox], None]) -> None:
        """Make the boxes, unless they are there.

        Args:
            prepare: is given each of them.
        """
        if self.boxes:
            return
        sections = []
        for group, fields in in_sections(self._register).items():
            boxes = tuple(RowFieldBox(self._context, field, self._grid.widget()) for field in fields)
            sections.append(FormSection(group, tr(group) if group else "", boxes))
            for box in boxes:
                self.boxes[box.field.field] = box
                prepare(box)
        self._grid.take_sections(sections, self._context.settings.get(self._key, []))

    def reveal(self, box: RowFieldBox) -> None:
        """Open the section in which a box stands."""
        self._grid.reveal(box.field.group)

    def open_required(self) -> None:
        """Open the sections in which something must be filled in."""
        for box in self.boxes.values():
            if box.asked and not box.text():
                self.reveal(box)

    @Slot(str, bool)
    def _keep(self, group: str, folded: bool) -> None:
        kept = [each for each in self._context.settings.get(self._key, []) if each != group]
        self._context.settings.put(self._key, [*kept, group] if folded else kept)


def in_sections(register: Register) -> dict[str, list[Field]]:
    """The fields of a register's form by section; without sections what is typed comes before what is computed."""
    fields = [f for f in register.fields if not f.counts and f.column not in OF_FILES]  # these have a tab
    if not any(field.group for field in fields):
        fields.sort(key=lambda field: field.computed)
    sections: dict[str, list[Field]] = {}
    for field in fields:
        sections.setdefault(field.group, []).append(field)
    return sections
